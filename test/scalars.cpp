// SPDX-License-Identifier: MPL-2.0
//
// Every scalar a field may have: what type its derivative has, and that no digit is lost on the way.

#include <doctest/doctest.h>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <boost/multiprecision/eigen.hpp>
#include <gridgrad/second_derivative.hpp>

#include <cmath>
#include <complex>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <vector>

#include "autodiff.hpp"
#include "reference.hpp"

using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::Stencil;
using reference::Index;
using reference::Point;

namespace {

using Multi = boost::multiprecision::cpp_bin_float_50;
using autodiff::AutoDiff;

template <class Scalar>
using Vector = Eigen::Array<Scalar, Eigen::Dynamic, 1>;

template <class Scalar>
using ScalarOfDerivative =
    typename std::decay_t<decltype(derivative<0>(std::declval<const Vector<Scalar>&>(), 1))>::Scalar;

template <class Scalar, class Expected>
constexpr bool gives = std::is_same<ScalarOfDerivative<Scalar>, Expected>::value;

template <class Scalar>
constexpr bool givesItself = gives<Scalar, Scalar>;

/// A field of two samples, and its derivative: their difference.
template <class Scalar>
ScalarOfDerivative<Scalar> difference(Scalar from, Scalar to) {
  Vector<Scalar> f(2);
  f << from, to;
  const Vector<ScalarOfDerivative<Scalar>> g = derivative<0>(f, 1);
  REQUIRE(g[0] == g[1]);
  return g[0];
}

}  // namespace

TEST_CASE("a real, complex or user's scalar stays what it is; integers and bool become double") {
  static_assert(givesItself<float> && givesItself<double> && givesItself<long double>);
  static_assert(givesItself<Eigen::half> && givesItself<Eigen::bfloat16>);
  static_assert(givesItself<std::complex<float>> && givesItself<std::complex<double>> &&
                givesItself<std::complex<long double>>);
  static_assert(givesItself<AutoDiff> && givesItself<Multi>);
  static_assert(gives<bool, double> && gives<char, double> && gives<signed char, double> &&
                gives<unsigned char, double>);
  static_assert(gives<short, double> && gives<unsigned short, double> && gives<int, double> && gives<unsigned, double>);
  static_assert(gives<long, double> && gives<unsigned long, double> && gives<long long, double> &&
                gives<unsigned long long, double>);
  static_assert(gives<std::complex<int>, std::complex<double>>);
}

TEST_CASE_TEMPLATE("integers are converted before they are subtracted, at their extremes too", Integer, bool, char,
                   std::int8_t, std::uint8_t, std::int16_t, std::uint16_t, std::int32_t, std::uint32_t, std::int64_t,
                   std::uint64_t, long long, unsigned long long) {
  constexpr Integer lowest = std::numeric_limits<Integer>::lowest(), highest = std::numeric_limits<Integer>::max();
  // The width of a type of b bits is 2^b - 1, which a double holds, or for 64 bits rounds to 2^64.
  const double width = static_cast<double>(highest) - static_cast<double>(lowest);
  CHECK(difference<Integer>(lowest, highest) == width);
  CHECK(difference<Integer>(highest, lowest) == -width);

  // Between the ends, at second-order ends and with coordinates: as the same numbers in double.
  for (Index n : {3, 5, 8, 17, 40}) {
    CAPTURE(n);
    Eigen::Array<Integer, Eigen::Dynamic, Eigen::Dynamic> f(n, 4);
    for (Index i = 0; i < f.size(); ++i)
      f(i) = i % 3 == 0 ? lowest : i % 3 == 1 ? highest : static_cast<Integer>((i * 7) % 120);
    const Eigen::ArrayXXd whole = f.template cast<double>();
    const Stencil x(reference::uneven(n), Edge::SecondOrder);
    for (Edge edge : reference::allEdges) {
      const Eigen::ArrayXXd g0 = derivative<0>(f, 0.5, edge), expected0 = derivative<0>(whole, 0.5, edge);
      // Two terms of at most 3 * width, each rounded, in an order and with a contraction that are the compiler's.
      REQUIRE((g0 - expected0).abs().maxCoeff() <= 8 * std::numeric_limits<double>::epsilon() * 6 * width);
      const Eigen::ArrayXXd g1 = derivative<1>(f, 0.5, edge), expected1 = derivative<1>(whole, 0.5, edge);
      REQUIRE((g1 - expected1).abs().maxCoeff() <= 8 * std::numeric_limits<double>::epsilon() * 6 * width);
    }
    const Eigen::ArrayXXd g = derivative<0>(f, x), expected = derivative<0>(whole, x);
    REQUIRE((g - expected).abs().maxCoeff() <= 8 * std::numeric_limits<double>::epsilon() * 16 * width);
  }
}

TEST_CASE("a step through integers is not an integer division") {
  Eigen::ArrayXi f(5);
  f << 0, 1, 1, 2, 4;
  Eigen::ArrayXd expected(5);
  expected << 1. / 3, 1. / 6, 1. / 6, 3. / 6, 2. / 3;
  CHECK((derivative<0>(f, 3) - expected).abs().maxCoeff() <= 2e-16);
  CHECK((derivative<0>(f.matrix().transpose(), 3).transpose().array() - expected).abs().maxCoeff() <= 2e-16);
}

TEST_CASE("a difference of 64-bit integers above 2^53 is that of the nearest doubles, as NumPy's is not") {
  // Nanoseconds since 1970, in 2017: 1.5e18, where doubles are 256 apart.
  const std::int64_t t = 1500000000000000000;
  CHECK(difference<std::int64_t>(t, t + 1024) == 1024);
  CHECK(difference<std::uint64_t>(0, std::numeric_limits<std::uint64_t>::max()) == 18446744073709551616.);
}

TEST_CASE_TEMPLATE("half and bfloat16 are subtracted and weighted in float and rounded once", Short, Eigen::half,
                   Eigen::bfloat16) {
  // Half a unit in the last of 11 and of 8 bits; Eigen's own epsilon of half is not that.
  const float rounding = std::is_same<Short, Eigen::half>::value ? 1 / 2048.f : 1 / 256.f;
  for (Index n : {3, 8, 17}) {
    const Vector<Short> f = reference::quarters<Vector<Short>>(n, 1);
    const Vector<float> whole = f.template cast<float>();
    const auto x = reference::uneven(n);
    for (Edge edge : reference::openEdges)
      for (Index i = 0; i < n; ++i) {
        CHECK(derivative<0>(f, 0.3, edge)[i] == Short(float(derivative<0>(whole, 0.3, edge)[i])));
        // In float, a term is at most 8 * 16, and rounded about four times; then the result is rounded to a Short.
        const float g = derivative<0>(whole, x, edge)[i];
        CHECK(std::abs(static_cast<float>(derivative<0>(f, x, edge)[i]) - g) <= std::abs(g) * rounding + 1e-4f);
      }
  }
  // 1/(1/3) is 3 in a short precision too, but 1/3 rounded to it first would give 3.001 or 2.996.
  Vector<Short> f(2);
  f << Short(1.f), Short(2.f);
  CHECK(static_cast<float>(derivative<0>(f, 1 / 3.)[0]) == 3.f);
}

TEST_CASE("float weights are rounded from double ones: coordinates closer than float tells apart still work") {
  // 1000 and 1000 + 2^-20 are the same float.
  const double step = std::ldexp(1., -20);
  Eigen::ArrayXd x(4);
  x << 1000, 1000 + step, 1000 + 2 * step, 1000 + 3 * step;
  Eigen::ArrayXf f(4);
  f << 0, 1, 2, 3;
  CHECK((derivative<0>(f, x) == 1048576.f).all());
  CHECK((derivative<0>(f, Stencil(x)) == 1048576.f).all());
}

TEST_CASE("long double keeps its digits, in steps, coordinates and stencils") {
  using Array = Vector<long double>;
  const Index n = 9;
  const long double third = 1.L / 3;
  Array x(n), f(n);
  for (Index i = 0; i < n; ++i) {
    x[i] = third * static_cast<long double>(i);
    f[i] = x[i] * x[i];
  }
  // The derivative of x^2 is 2x at every sample with second-order ends. Values are below 8, weights about 3.
  const long double bound = 64 * std::numeric_limits<long double>::epsilon();
  CHECK((derivative<0>(f, third, Edge::SecondOrder) - 2 * x).abs().maxCoeff() <= bound);
  CHECK((derivative<0>(f, x, Edge::SecondOrder) - 2 * x).abs().maxCoeff() <= bound);
  CHECK((derivative<0>(f, Stencil(x, Edge::SecondOrder)) - 2 * x).abs().maxCoeff() <= bound);
  CHECK((derivative<0>(f, Stencil(third, Edge::SecondOrder)) - 2 * x).abs().maxCoeff() <= bound);
}

TEST_CASE_TEMPLATE("the derivative of a complex field is that of its parts", Real, float, double, long double) {
  using Complex = std::complex<Real>;
  for (Index n : {3, 8, 9, 33}) {
    const Vector<Complex> f = reference::quarters<Vector<Complex>>(n, 1);
    const auto x = reference::uneven(n);
    for (Edge edge : reference::openEdges) {
      const Vector<Complex> g = derivative<0>(f, 0.25, edge);
      CHECK((g.real() == derivative<0>(f.real(), 0.25, edge)).all());
      CHECK((g.imag() == derivative<0>(f.imag(), 0.25, edge)).all());
      const Vector<Complex> gx = derivative<0>(f, x, edge);
      const Real bound = 1024 * std::numeric_limits<Real>::epsilon();  // terms of 8 * 16, four roundings each
      CHECK((gx.real() - derivative<0>(f.real(), x, edge)).abs().maxCoeff() <= bound);
      CHECK((gx.imag() - derivative<0>(f.imag(), x, edge)).abs().maxCoeff() <= bound);
    }
  }
}

TEST_CASE("an imaginary part that is infinite leaves the real part alone") {
  // A complex product with a real weight must not become one with a complex weight: 0 * infinity is NaN.
  Eigen::ArrayXcd f(3);
  f << std::complex<double>(1, 0), std::complex<double>(2, 0),
      std::complex<double>(3, std::numeric_limits<double>::infinity());
  const Eigen::ArrayXcd g = derivative<0>(f, 1);
  CHECK(g[1].real() == 1);
  CHECK(g[1].imag() == std::numeric_limits<double>::infinity());
  CHECK(g[0] == std::complex<double>(1, 0));
}

TEST_CASE("AutoDiffScalar: a gradient's derivative with respect to a parameter of its field") {
  const std::vector<double> even = reference::even(6, 0.5), x = reference::uneven(6);
  const auto f = autodiff::field<Vector<AutoDiff>>(even), g = autodiff::field<Vector<AutoDiff>>(x);
  autodiff::checkSlope(Vector<AutoDiff>(derivative<0>(f, 0.5, Edge::SecondOrder)), even);
  autodiff::checkSlope(Vector<AutoDiff>(derivative<0>(g, x, Edge::SecondOrder)), x);
  autodiff::checkSlope(Vector<AutoDiff>(derivative<0>(g, Stencil(x, Edge::SecondOrder))), x);
}

TEST_CASE("AutoDiffScalar: a gradient's derivative with respect to the grid it was taken on") {
  // Samples 0, 1, 4, 9 at distances of s, with s = 2 the parameter: slopes go as 1/s, their derivatives as -1/s^2.
  const auto s = AutoDiff(2, 1, 0);
  Vector<AutoDiff> f(4), x(4);
  for (int i = 0; i < 4; ++i) {
    f[i] = AutoDiff(i * i, 1, 0);
    f[i].derivatives().setZero();
    x[i] = s * double(i);
  }
  const Vector<AutoDiff> byStep = derivative<0>(f, s), byCoordinates = derivative<0>(f, x);
  const double slope[] = {1, 2, 4, 5};
  for (int i = 0; i < 4; ++i) {
    CHECK(byStep[i].value() == doctest::Approx(slope[i] / 2));
    CHECK(byStep[i].derivatives()[0] == doctest::Approx(-slope[i] / 4));
    CHECK(byCoordinates[i].value() == doctest::Approx(slope[i] / 2));
    CHECK(byCoordinates[i].derivatives()[0] == doctest::Approx(-slope[i] / 4));
  }
}

TEST_CASE("the samples may be vectors of a program's own: each component has the derivative it has alone") {
  const Index n = 6;
  const auto x = reference::uneven(n);
  Eigen::ArrayXXd components(n, 2);
  reference::Quarters quarters;
  for (Index k = 0; k < components.size(); ++k) quarters.next(components(k));
  Vector<Point> f(n), slope(n), curvature(n);
  for (Index i = 0; i < n; ++i) f[i] = {components(i, 0), components(i, 1)};
  slope = derivative<0>(f, x, Edge::SecondOrder);
  curvature = gridgrad::secondDerivative<0>(f, 0.5) - f;
  const Eigen::ArrayXXd slopes = derivative<0>(components, x, Edge::SecondOrder);
  const Eigen::ArrayXXd curvatures = gridgrad::secondDerivative<0>(components, 0.5) - components;
  for (Index i = 0; i < n; ++i) {
    // Below 64, rounded a few times, contracted or not.
    CHECK(std::abs(slope[i].x - slopes(i, 0)) + std::abs(slope[i].y - slopes(i, 1)) <= 1e-13);
    CHECK(std::abs(curvature[i].x - curvatures(i, 0)) + std::abs(curvature[i].y - curvatures(i, 1)) <= 1e-12);
  }
}

TEST_CASE("fifty decimal digits: results and weights are right to 45") {
  const Index n = 12;
  const Multi third = Multi(1) / 3, digits45 = pow(Multi(10), -45);
  Vector<Multi> x(n), f(n), unevenX(n), unevenF(n);
  for (Index i = 0; i < n; ++i) {
    x[i] = third * int(i);
    f[i] = x[i] * x[i];
    unevenX[i] = third * int(i * i) + Multi(int(i)) / 7;
    unevenF[i] = unevenX[i] * unevenX[i];
  }
  // The derivative of x^2 is 2x; the step 1/3 and the coordinates are rounded to fifty digits, not to sixteen.
  const Vector<Multi> byStep = derivative<0>(f, third, Edge::SecondOrder);
  const Vector<Multi> byCoordinates = derivative<0>(unevenF, unevenX, Edge::SecondOrder);
  for (Index i = 0; i < n; ++i) {
    CHECK(abs(byStep[i] - 2 * x[i]) <= digits45 * 8);  // 2x is at most 8
    CHECK(abs(byCoordinates[i] - 2 * unevenX[i]) <= digits45 * 128);
  }
  // Steps and coordinates given in double are exact, and the weights made of them have all the digits.
  const Vector<Multi> g = derivative<0>(f, 3);
  CHECK(abs(g[1] * 6 - (f[2] - f[0])) <= digits45);
  CHECK(abs(derivative<0>(f, 3)[0] * 3 - (f[1] - f[0])) <= digits45);
  const std::vector<double> doubles = {0, 1, 4, 6, 11, 13, 16, 17, 20, 25, 26, 28};
  Vector<Multi> parabola(n);
  for (Index i = 0; i < n; ++i) parabola[i] = Multi(doubles[std::size_t(i)]) * doubles[std::size_t(i)] / 7;
  const Vector<Multi> slope = derivative<0>(parabola, doubles, Edge::SecondOrder);
  for (Index i = 0; i < n; ++i) CHECK(abs(slope[i] - Multi(2 * doubles[std::size_t(i)]) / 7) <= digits45 * 16);
}
