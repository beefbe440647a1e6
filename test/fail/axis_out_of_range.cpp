// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: this axis does not exist: axes count from 0, or from -1 at the end, and a vector has only axis 0
//
// An array has the axes 0 and 1, and -1 and -2 from the end.

#include <gridgrad/gradient.hpp>

#ifdef MISTAKE
constexpr int axis = -3;
#else
constexpr int axis = -2;
#endif

double slope(const Eigen::ArrayXXd& f) { return gridgrad::gradient<axis>(f)(0, 0); }
