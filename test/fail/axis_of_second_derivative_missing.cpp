// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: say along which axis, as a whole number: secondDerivative<0>(f, h) or secondDerivative(f, 0, h); the
// sum over all axes is laplacian(f, h)
//
// The second derivative along every axis is a Hessian or a Laplacian.

#include <gridgrad/second_derivative.hpp>

Eigen::ArrayXd curvature(const Eigen::ArrayXd& f, const Eigen::ArrayXd& x) {
  Eigen::ArrayXd g(f.size());
#ifdef MISTAKE
  g = gridgrad::secondDerivative(f, x);
#else
  g = gridgrad::secondDerivative<0>(f, x);
#endif
  return g;
}
