// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: give no spacing, one step for every axis, or one spacing per axis (then, last, an Edge)
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
