// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: this axis does not exist: axes count from 0, or from -1 at the end, and a vector has only axis 0
//
// A tensor of rank 3 has the axes 0 to 2, or -3 to -1.

#include <gridgrad/tensor.hpp>

#ifdef MISTAKE
constexpr int axis = 3;
#else
constexpr int axis = -3;
#endif

Eigen::Tensor<double, 3> slope(const Eigen::Tensor<double, 3>& f) { return gridgrad::derivative<axis>(f, 0.5); }
