// SPDX-License-Identifier: MPL-2.0
//
// A program without exceptions: compiled with -fno-exceptions, right where nothing is wrong, and ended by the sentence
// that would have been thrown. no_exceptions.cmake runs it and looks how it ends.

#include <cstdio>

#include <gridgrad.hpp>

#if GRIDGRAD_EXCEPTIONS
#error "this test is about a program without exceptions"
#endif

int main() {
  const Eigen::ArrayXXd f = Eigen::ArrayXXd::Constant(3, 2, 1);
  const auto [d0, d1] = gridgrad::gradient(f, 0.5, Eigen::Vector2d(1, 3));
  if (d0.abs().sum() + d1.abs().sum() != 0) {
    std::fputs("a constant has a slope\n", stderr);
    return 1;
  }
  const auto g = gridgrad::gradient<1>(f, gridgrad::Edge::SecondOrder);  // two samples: refused
  std::fprintf(stderr, "the call returned %g\n", g(0, 0));
}
