// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: a vector field has one component for each axis, all of one rank: two arrays or matrices, or as many
// tensors as they have axes; the spacings come after them
//
// Beside an array, a vector is no component but coordinates.

#include <gridgrad/jacobian.hpp>

#ifdef MISTAKE
using Second = Eigen::ArrayXd;
#else
using Second = Eigen::ArrayXXd;
#endif

auto slopes(const Eigen::ArrayXXd& u, const Second& v) { return gridgrad::jacobian(u, v, 0.5); }
