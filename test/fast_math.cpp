// SPDX-License-Identifier: MPL-2.0
//
// What is promised of a program that is compiled with -ffast-math: the refusals and their sentences, and results to
// rounding. What is not: docs/packaging.md says.

#include <gridgrad/derivative.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#if !defined(__FINITE_MATH_ONLY__) || !__FINITE_MATH_ONLY__
#error "this test is about a program compiled with -ffast-math"
#endif

namespace {

using gridgrad::derivative;
using gridgrad::Edge;

int failures = 0;

void check(bool holds, const char* what) {
  if (holds) return;
  std::printf("not so: %s\n", what);
  ++failures;
}

/// Whether the call is refused in this sentence.
template <class Call>
void refused(const Call& call, const std::string& sentence) {
  try {
    call();
    check(false, ("no error: " + sentence).c_str());
  } catch (const std::exception& error) {
    if (error.what() != "gridgrad: " + sentence) std::printf("%s\n", error.what());
    check(error.what() == "gridgrad: " + sentence, sentence.c_str());
  }
}

/// What a compiler that takes NaN and infinities for impossible does not know it reads.
template <class Real>
Real read(const char* text) {
  return static_cast<Real>(std::strtod(text, nullptr));
}

template <class Real>
void refusals() {
  const Eigen::Array<Real, Eigen::Dynamic, 1> f = Eigen::Array<Real, Eigen::Dynamic, 1>::LinSpaced(4, 0, 3);
  const Real nan = read<Real>("nan"), infinity = read<Real>("inf");
  refused([&] { (void)derivative<0>(f, nan); }, "axis 0 has a step of nan, but a step must be finite and not zero");
  refused([&] { (void)derivative<0>(f, -infinity); },
          "axis 0 has a step of -inf, but a step must be finite and not zero");
  refused([&] { (void)derivative<0>(f, read<Real>("0")); },
          "axis 0 has a step of 0, but a step must be finite and not zero");
  refused(
      [&] {
        (void)derivative<0>(f, std::vector<Real>{0, 1, nan, 3});
      },
      "axis 0 has coordinate nan at sample 2, but coordinates must be finite");
  refused(
      [&] {
        (void)derivative<0>(f, std::vector<Real>{infinity, 1, 2, 3});
      },
      "axis 0 has coordinate inf at sample 0, but coordinates must be finite");
  refused(
      [&] {
        (void)derivative<0>(f, std::vector<Real>{0, 1, 1, 3});
      },
      "axis 0 has the same coordinate 1 at samples 1 and 2, but neighbours must differ: coordinates are places, not "
      "distances");
  refused(
      [&] {
        (void)gridgrad::periodic(std::vector<Real>{0, 1, 2}, nan);
      },
      "the spacing has a period of nan, but a period must be finite and positive");
  refused(
      [&] {
        (void)gridgrad::Stencil(std::vector<Real>{0, nan, 2});
      },
      "the stencil has coordinate nan at sample 1, but coordinates must be finite");
}

}  // namespace

int main() {
  refusals<float>();
  refusals<double>();
  refusals<long double>();

  const Eigen::ArrayXf g = Eigen::ArrayXf::LinSpaced(3, 0, 2);
  refused([&] { (void)derivative<0>(g, read<double>("1e-300")); },
          "axis 0 has distances at sample 0 too small or too large for weights in the field's precision, but weights "
          "must neither overflow nor vanish");

  // 40 samples of x² at x = 0, 1, 3, 6, …: packets, remainders and ends. Below 2^20, rounded a few times.
  Eigen::ArrayXXd f(40, 3);
  Eigen::ArrayXd x(40);
  for (Eigen::Index i = 0; i < 40; ++i) x[i] = double(i * (i + 1) / 2);
  f.colwise() = x.square();
  const Eigen::ArrayXXd slope = derivative<0>(f, x, Edge::SecondOrder);
  check(((slope.colwise() - 2 * x).abs() <= 1e-9).all(), "the slope of a parabola is exact to rounding");
  return failures == 0 ? 0 : 1;
}
