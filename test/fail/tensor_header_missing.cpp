// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: for an Eigen::Tensor include <gridgrad/tensor.hpp>, or <gridgrad.hpp>
//
// The words are the same for tensors, so that it is easy to forget whose header is included.

#include <unsupported/Eigen/CXX11/Tensor>

#include <gridgrad/gradient.hpp>
#ifndef MISTAKE
#include <gridgrad/tensor.hpp>
#endif

auto slopes(const Eigen::Tensor<double, 3>& t) { return gridgrad::gradient(t, 0.5); }
