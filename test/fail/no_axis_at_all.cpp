// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: say along which axis, as a whole number: derivative<0>(f, h) or derivative(f, 0, h); gradient(f, h)
// takes all axes
//
// The first thing one types.

#include <gridgrad/derivative.hpp>

auto slope(const Eigen::ArrayXd& f) {
#ifdef MISTAKE
  return gridgrad::derivative(f);
#else
  return gridgrad::derivative<0>(f);
#endif
}
