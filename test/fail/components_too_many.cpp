// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: a vector field has one component for each axis, all of one rank: two arrays or matrices, or as many
// tensors as they have axes; the spacings come after them
//
// An array has two axes, and no third for a third component to go with.

#include <gridgrad/curl.hpp>

auto turns(const Eigen::ArrayXXd& u, const Eigen::ArrayXXd& v, const Eigen::ArrayXXd& w) {
#ifdef MISTAKE
  return gridgrad::curl(u, v, w, 0.5);
#else
  static_cast<void>(w);
  return gridgrad::curl(u, v, 0.5);
#endif
}
