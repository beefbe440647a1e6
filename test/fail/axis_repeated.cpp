// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: each axis can be asked for only once
//
// The same axis twice is a slip, also when it is counted once from the front and once from the end.

#include <gridgrad/gradient.hpp>

#ifdef MISTAKE
constexpr int second = -2;
#else
constexpr int second = -1;
#endif

double slope(const Eigen::ArrayXXd& f) { return std::get<0>(gridgrad::gradient<0, second>(f))(0, 0); }
