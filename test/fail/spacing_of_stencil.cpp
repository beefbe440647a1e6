// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: a Spacing is made from a step or coordinates; one made before, or a Stencil, is given as it is
//
// A Stencil has weights, and no longer the distances they were made of.

#include <gridgrad/gradient.hpp>

auto slope(const Eigen::ArrayXd& f, const gridgrad::Stencil& x) {
#ifdef MISTAKE
  return gridgrad::gradient(f, gridgrad::Spacing<>(x));
#else
  return gridgrad::gradient(f, x);
#endif
}
