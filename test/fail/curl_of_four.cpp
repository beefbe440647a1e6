// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: a curl needs two components of two axes, or three tensors of three axes
//
// In four dimensions there is a divergence, and no curl.

#include <gridgrad/curl.hpp>
#include <gridgrad/divergence.hpp>
#include <gridgrad/tensor.hpp>

auto turns(const Eigen::Tensor<double, 4>& u) {
#ifdef MISTAKE
  return gridgrad::curl(u, u, u, u, 0.5);
#else
  return gridgrad::divergence(u, u, u, u, 0.5);
#endif
}
