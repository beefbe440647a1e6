// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: the field must be an Eigen array, matrix, Map, Ref, Block or an expression of them; wrap other data
// in an Eigen::Map, and for an Eigen::Tensor include <gridgrad/tensor.hpp>
//
// The components come first, then the spacing.

#include <gridgrad/flow.hpp>

auto vortices(const Eigen::ArrayXXd& u, const Eigen::ArrayXXd& v, double h) {
#ifdef MISTAKE
  return gridgrad::qCriterion(h, u, v);
#else
  return gridgrad::qCriterion(u, v, h);
#endif
}
