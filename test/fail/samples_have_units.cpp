// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: the samples of a field must be numbers, or vectors of your own that have + and - and can be
// multiplied by a number: of text, durations and units take the numbers, as in f.unaryExpr([](auto d) { return
// double(d.count()); })
//
// The slope of lengths would be a length, which it is not.

#include <gridgrad/laplacian.hpp>
#include <gridgrad/tensor.hpp>

struct Length {
  double metres = 0;
};
Length operator+(Length a, Length b) { return {a.metres + b.metres}; }
Length operator-(Length a, Length b) { return {a.metres - b.metres}; }
Length operator*(double s, Length a) { return {s * a.metres}; }
double operator/(Length a, Length b) { return a.metres / b.metres; }

auto curvature(const Eigen::Tensor<Length, 2>& f) {
#ifdef MISTAKE
  return gridgrad::laplacian(f, 0.5);
#else
  return gridgrad::laplacian(f.unaryExpr([](Length a) { return a.metres; }), 0.5);
#endif
}
