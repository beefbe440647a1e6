// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: a spacing must be a step (a real number), the coordinates of the samples (a 1-D Eigen expression,
// std::vector or std::array of real numbers), or a gridgrad::Stencil
//
// What was read from a file is no number yet.

#include <gridgrad/gradient.hpp>

#include <string>

auto slope(const Eigen::ArrayXd& f, const std::string& step) {
#ifdef MISTAKE
  return gridgrad::gradient(f, step);
#else
  return gridgrad::gradient(f, std::stod(step));
#endif
}
