// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: say along which axis, as a whole number: derivative<0>(f, h) or derivative(f, 0, h); gradient(f, h)
// takes all axes
//
// gradient() of a vector needs no axis; derivative() is of an axis always.

#include <gridgrad/derivative.hpp>

Eigen::ArrayXd slope(const Eigen::ArrayXd& f, double h) {
  Eigen::ArrayXd g(f.size());
#ifdef MISTAKE
  g = gridgrad::derivative(f, h, gridgrad::Edge::SecondOrder);
#else
  g = gridgrad::derivative(f, 0, h, gridgrad::Edge::SecondOrder);
#endif
  return g;
}
