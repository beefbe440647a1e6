// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: this number would be the axis: give the spacing too, derivative(f, axis, h), or name the axis while
// compiling, derivative<1>(f); a step along all axes is gradient(f, h)
//
// gradient(f, 1) takes steps of 1; who writes derivative(f, 1) may mean that, or axis 1.

#include <gridgrad/derivative.hpp>

Eigen::ArrayXXd slope(const Eigen::ArrayXXd& f) {
#ifdef MISTAKE
  return gridgrad::derivative(f, 1);
#else
  return gridgrad::derivative(f, 1, 1) + gridgrad::derivative<1>(f) +
         gridgrad::derivative(f, 1, gridgrad::Edge::FirstOrder);
#endif
}
