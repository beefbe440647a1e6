// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: a Laplacian takes one field, or a vector field of one component for each axis: two arrays or
// matrices, or as many tensors as they have axes; then the spacings
//
// Two components do for a plane, not for space.

#include <gridgrad/laplacian.hpp>
#include <gridgrad/tensor.hpp>

auto spreads(const Eigen::Tensor<double, 3>& u, const Eigen::Tensor<double, 3>& v) {
#ifdef MISTAKE
  return gridgrad::laplacian(u, v, 0.5);
#else
  return gridgrad::laplacian(u, v, u, 0.5);
#endif
}
