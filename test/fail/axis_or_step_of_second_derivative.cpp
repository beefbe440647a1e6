// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: this number would be the axis: give the spacing too, secondDerivative(f, axis, h), or name the axis
// while compiling, secondDerivative<1>(f); the sum over all axes is laplacian(f, h)
//
// An axis of a tensor, known while running, or a step?

#include <gridgrad/second_derivative.hpp>
#include <gridgrad/tensor.hpp>

Eigen::Tensor<double, 2> curvature(const Eigen::Tensor<double, 2>& f, int axis) {
#ifdef MISTAKE
  return gridgrad::secondDerivative(f, axis);
#else
  return gridgrad::secondDerivative(f, axis, gridgrad::Edge::SecondOrder);
#endif
}
