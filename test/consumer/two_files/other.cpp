// SPDX-License-Identifier: MPL-2.0
//
// The other file.

#include <gridgrad.hpp>

Eigen::ArrayXd other(const Eigen::ArrayXd& f) { return gridgrad::derivative<0>(f, 1, gridgrad::Edge::SecondOrder); }

const void* letterOfOther() { return &gridgrad::detail::letters::u; }
