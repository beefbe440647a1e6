// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: the components of a vector field must be alike: all arrays, all matrices, or all tensors of one
// layout; see .array(), .matrix() and .swap_layout()
//
// Eigen adds no matrix to an array.

#include <gridgrad/divergence.hpp>

auto leaves(const Eigen::ArrayXXd& u, const Eigen::MatrixXd& v) {
#ifdef MISTAKE
  return gridgrad::divergence(u, v, 0.5);
#else
  return gridgrad::divergence(u, v.array(), 0.5);
#endif
}
