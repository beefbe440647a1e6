// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: coordinates must be 1-D, one for each sample along the axis
//
// A vector of vectors holds no coordinates.

#include <gridgrad/gradient.hpp>

#include <vector>

#ifdef MISTAKE
using Coordinates = std::vector<std::vector<double>>;
#else
using Coordinates = std::vector<double>;
#endif

double slope(const Eigen::ArrayXXd& f, const Coordinates& x) { return gridgrad::gradient<0>(f, x)(0, 0); }
