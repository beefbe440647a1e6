// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: coordinates, and a Stencil, belong to one axis, but there are several here: give one spacing per
// axis, as in gradient(f, x, y), or name the axis, as in gradient<0>(f, x)
//
// A Stencil belongs to one axis: two axes need two spacings.

#include <gridgrad/gradient.hpp>

double slope(const Eigen::ArrayXXd& f, const gridgrad::Stencil& y) {
#ifdef MISTAKE
  return std::get<0>(gridgrad::gradient(f, y))(0, 0);
#else
  return std::get<0>(gridgrad::gradient(f, y, 0.1))(0, 0);
#endif
}
