// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: coordinates, and a Stencil, belong to one axis, but there are several here: give one spacing per
// axis, as in gradient(f, x, y), or name the axis, as in gradient<0>(f, x)
//
// One step serves every axis; coordinates serve one.

#include <gridgrad/gradient.hpp>

#ifdef MISTAKE
using Spacing = Eigen::VectorXd;
#else
using Spacing = double;
#endif

double slope(const Eigen::ArrayXXd& f, const Spacing& s) { return std::get<0>(gridgrad::gradient(f, s))(0, 0); }
