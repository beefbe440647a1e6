// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: a vector field has one component for each axis, all of one rank: two arrays or matrices, or as many
// tensors as they have axes; the spacings come after them
//
// A divergence in a plane is of two components.

#include <gridgrad/divergence.hpp>

auto leaves(const Eigen::ArrayXXd& u, const Eigen::ArrayXXd& v) {
#ifdef MISTAKE
  static_cast<void>(v);
  return gridgrad::divergence(u, 0.5);
#else
  return gridgrad::divergence(u, v, 0.5);
#endif
}
