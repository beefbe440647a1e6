// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: this takes one field, then the spacings
//
// Two fields have two Hessians.

#include <gridgrad/hessian.hpp>

auto bends(const Eigen::ArrayXXd& f, const Eigen::ArrayXXd& g) {
#ifdef MISTAKE
  return gridgrad::hessian(f, g, 0.5);
#else
  return std::make_tuple(gridgrad::hessian(f, 0.5), gridgrad::hessian(g, 0.5));
#endif
}
