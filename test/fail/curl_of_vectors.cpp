// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: a curl needs two components of two axes, or three tensors of three axes
//
// Samples along a line do not say how a field changes beside it.

#include <gridgrad/curl.hpp>

#ifdef MISTAKE
using Component = Eigen::ArrayXd;
#else
using Component = Eigen::ArrayXXd;
#endif

auto turning(const Component& u, const Component& v, double h) { return gridgrad::curl(u, v, h); }
