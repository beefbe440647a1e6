// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: coordinates must be 1-D, one for each sample along the axis
//
// A C array of two dimensions is no list of places.

#include <gridgrad/gradient.hpp>

auto slope(const Eigen::ArrayXd& f, const double (&x)[5][2]) {
#ifdef MISTAKE
  return gridgrad::gradient(f, gridgrad::Spacing(x));
#else
  return gridgrad::gradient(f, gridgrad::Spacing(x[0]));
#endif
}
