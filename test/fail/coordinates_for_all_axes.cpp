// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: give no spacing, one step for every axis, or one spacing per axis (then, last, an Edge)
//
// One step serves every axis; coordinates serve one.

#include <gridgrad/gradient.hpp>

#ifdef MISTAKE
using Spacing = Eigen::VectorXd;
#else
using Spacing = double;
#endif

double slope(const Eigen::ArrayXXd& f, const Spacing& s) { return std::get<0>(gridgrad::gradient(f, s))(0, 0); }
