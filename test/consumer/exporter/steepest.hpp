// SPDX-License-Identifier: MPL-2.0
//
// What a library made with gridgrad offers; gridgrad's types are in its interface.

#pragma once

#include <gridgrad/spacing.hpp>

/// The greatest slope of samples, up or down.
double steepest(const Eigen::ArrayXd& f, const gridgrad::Spacing<>& spacing);
