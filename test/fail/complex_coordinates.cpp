// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: a spacing must be real: distances along an axis are not complex
//
// Fields may be complex; the places of their samples may not.

#include <gridgrad/gradient.hpp>

#include <complex>
#include <vector>

#ifdef MISTAKE
using Coordinate = std::complex<double>;
#else
using Coordinate = double;
#endif

double slope(const Eigen::ArrayXcd& f, const std::vector<Coordinate>& x) { return gridgrad::gradient(f, x)[0].real(); }
