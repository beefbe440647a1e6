// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: coordinates must be 1-D, one for each sample along the axis
//
// A tensor of rank 2 holds no coordinates.

#include <gridgrad/tensor.hpp>

#ifdef MISTAKE
using Coordinates = Eigen::Tensor<double, 2>;
#else
using Coordinates = Eigen::Tensor<double, 1>;
#endif

Eigen::Tensor<double, 2> slope(const Eigen::Tensor<double, 2>& f, const Coordinates& x) {
  return gridgrad::derivative<0>(f, x);
}
