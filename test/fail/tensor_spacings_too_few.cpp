// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: give no spacing, one step for every axis, or one spacing per axis (then, last, an Edge)
//
// Three axes have three spacings, or one step for all.

#include <gridgrad/tensor.hpp>

auto slopes(const Eigen::Tensor<double, 3>& f) {
#ifdef MISTAKE
  return gridgrad::gradient(f, 0.5, 0.25);
#else
  return gridgrad::gradient(f, 0.5);
#endif
}
