// SPDX-License-Identifier: MPL-2.0
//
// All of gridgrad: numpy.gradient for Eigen, by finite differences of sampled data.

#pragma once

#include <gridgrad/version.hpp>

#include <gridgrad/edge.hpp>
#include <gridgrad/spacing.hpp>
#include <gridgrad/stencil.hpp>

#include <gridgrad/derivative.hpp>
#include <gridgrad/second_derivative.hpp>

#include <gridgrad/gradient.hpp>

#include <gridgrad/curl.hpp>
#include <gridgrad/divergence.hpp>
#include <gridgrad/hessian.hpp>
#include <gridgrad/jacobian.hpp>
#include <gridgrad/laplacian.hpp>

#include <gridgrad/flow.hpp>

// Eigen's tensors are among its unsupported modules: where these are not installed, there are none.
#if __has_include(<unsupported/Eigen/CXX11/Tensor>)
#include <gridgrad/tensor.hpp>
#endif
