// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: a spacing must be real: distances along an axis are not complex
//
// Fields may be complex; the step from one sample to the next may not.

#include <gridgrad/gradient.hpp>

#include <complex>

#ifdef MISTAKE
using Step = std::complex<double>;
#else
using Step = double;
#endif

double slope(const Eigen::ArrayXcd& f, Step h) { return gridgrad::gradient(f, h)[0].real(); }
