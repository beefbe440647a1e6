// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: for an Eigen::Tensor include <gridgrad/tensor.hpp>, or <gridgrad.hpp>
//
// A tensor may be coordinates too.

#include <unsupported/Eigen/CXX11/Tensor>

#include <gridgrad/gradient.hpp>
#ifndef MISTAKE
#include <gridgrad/tensor.hpp>
#endif

auto slope(const Eigen::ArrayXd& f, const Eigen::Tensor<double, 1>& x) { return gridgrad::gradient(f, x); }
