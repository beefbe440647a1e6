// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: coordinates must be 1-D, one for each sample along the axis
//
// A matrix whose size is known to be no row and no column holds no coordinates.

#include <gridgrad/gradient.hpp>

#ifdef MISTAKE
using Coordinates = Eigen::Matrix<double, 5, 2>;
#else
using Coordinates = Eigen::Matrix<double, Eigen::Dynamic, 1>;
#endif

double slope(const Eigen::ArrayXXd& f, const Coordinates& x) { return gridgrad::gradient<0>(f, x)(0, 0); }
