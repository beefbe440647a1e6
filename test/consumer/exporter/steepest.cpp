// SPDX-License-Identifier: MPL-2.0
//
// A word of the stranger's own.

#include "steepest.hpp"

#include <gridgrad/gradient.hpp>

double steepest(const Eigen::ArrayXd& f, const gridgrad::Spacing<>& spacing) {
  return gridgrad::gradient(f, spacing).abs().maxCoeff();
}
