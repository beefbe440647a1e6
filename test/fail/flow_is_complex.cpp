// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: a flow has two components on two axes, or three on the three axes of tensors; and it is real
//
// Squares of a complex velocity's derivatives would be no criterion: a wave has its real part taken first.

#include <gridgrad/flow.hpp>

auto vortices(const Eigen::ArrayXXcd& u, const Eigen::ArrayXXcd& v) {
#ifdef MISTAKE
  return gridgrad::qCriterion(u, v, 0.5);
#else
  return gridgrad::qCriterion(u.real(), v.real(), 0.5);
#endif
}
