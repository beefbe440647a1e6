// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: a spacing must be a step (a real number), the coordinates of the samples (a 1-D Eigen expression,
// std::vector or std::array of real numbers), or a gridgrad::Stencil
//
// A pointer says neither how many coordinates there are nor that it is a step.

#include <gridgrad/gradient.hpp>

double slope(const Eigen::ArrayXd& f, const double* x) {
#ifdef MISTAKE
  return gridgrad::gradient(f, x)[0];
#else
  return gridgrad::gradient(f, Eigen::Map<const Eigen::ArrayXd>(x, f.size()))[0];
#endif
}
