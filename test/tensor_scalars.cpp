// SPDX-License-Identifier: MPL-2.0
//
// Every scalar a tensor may have: what type its derivative has, and that no digit is lost on the way, alone or within
// another expression. The same promises as in scalars.cpp.

#include "autodiff.hpp"
#include "tensors.hpp"

#include <doctest/doctest.h>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <boost/multiprecision/eigen.hpp>
#include <gridgrad/tensor.hpp>

#include <complex>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <vector>

using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::Stencil;
using reference::Index;
using reference::Point;

namespace {

using Multi = boost::multiprecision::cpp_bin_float_50;
using autodiff::AutoDiff;

template <class Scalar>
using Vector = Eigen::Tensor<Scalar, 1>;
template <class Scalar>
using Matrix = Eigen::Tensor<Scalar, 2, Eigen::RowMajor>;

template <class Scalar>
using ScalarOfDerivative =
    typename std::decay_t<decltype(derivative<0>(std::declval<const Vector<Scalar>&>(), 1))>::Scalar;

template <class Scalar, class Expected>
constexpr bool gives = std::is_same<ScalarOfDerivative<Scalar>, Expected>::value;

template <class Scalar>
constexpr bool givesItself = gives<Scalar, Scalar>;

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

TEST_CASE_TEMPLATE("integers are converted before they are subtracted, at their extremes too", Integer, bool,
                   std::int8_t, std::int16_t, std::int32_t, std::uint32_t, std::int64_t) {
  constexpr Integer lowest = std::numeric_limits<Integer>::lowest(), highest = std::numeric_limits<Integer>::max();
  const double width = static_cast<double>(highest) - static_cast<double>(lowest);
  for (Index n : {3, 5, 17, 64}) {
    Matrix<Integer> f(n, n + 1);
    Matrix<double> whole(f.dimensions());
    for (Index k = 0; k < f.size(); ++k) {
      f.data()[k] = k % 3 == 0 ? lowest : k % 3 == 1 ? highest : static_cast<Integer>(k * 7 % 120);
      whole.data()[k] = static_cast<double>(f.data()[k]);
    }
    for (int axis = 0; axis < 2; ++axis)
      for (Edge edge : reference::allEdges) {
        // Two terms of at most 3 * width each, rounded, in an order and with a contraction that are the compiler's.
        const auto x = reference::even(n + 1, 0.5);
        const Matrix<double> expected = tensors::derivative(whole, axis, x, edge);
        const auto isNear = [&](const Matrix<double>& g) {
          for (Index k = 0; k < g.size(); ++k)
            if (!(std::abs(g.data()[k] - expected.data()[k]) <= 8 * std::numeric_limits<double>::epsilon() * 6 * width))
              return false;
          return true;
        };
        CAPTURE(n);
        CAPTURE(axis);
        CAPTURE(edge);
        REQUIRE(isNear(derivative(f, axis, Stencil(0.5, edge))));
        if constexpr (sizeof(Integer) == 1)  // blocks and packets of doubles, from bytes
          REQUIRE(isNear(-derivative(f, axis, Stencil(-0.5, edge))));
      }
  }
}

TEST_CASE("a step through integers is not an integer division, and a sum of integers is one of them") {
  Vector<int> f(5), large(2);
  f.setValues({0, 1, 1, 2, 4});
  const Vector<double> g = derivative<0>(f, 3);
  const double expected[] = {1. / 3, 1. / 6, 1. / 6, 3. / 6, 2. / 3};
  for (Index k = 0; k < 5; ++k) CHECK(std::abs(g[k] - expected[k]) <= 2e-16);
  // An argument is an expression of integers, and computed as one.
  const Vector<double> h = derivative<0>(f / 2, 1);  // of 0 0 0 1 2
  CHECK(h[3] == 1);
  CHECK(h[0] == 0);
  large.setValues({std::numeric_limits<int>::min(), std::numeric_limits<int>::max()});
  const Vector<double> difference = derivative<0>(large, 1);
  CHECK(difference[0] == 4294967295.);
}

TEST_CASE_TEMPLATE("half and bfloat16 are subtracted and weighted in float and rounded once", Short, Eigen::half,
                   Eigen::bfloat16) {
  const float rounding = std::is_same<Short, Eigen::half>::value ? 1 / 2048.f : 1 / 256.f;
  for (Index n : {3, 8, 17}) {
    const auto f = tensors::quarters<Matrix<Short>>({n, 5});
    Matrix<float> whole(f.dimensions());
    for (Index k = 0; k < f.size(); ++k) whole.data()[k] = static_cast<float>(f.data()[k]);
    for (Edge edge : reference::openEdges)
      for (const Stencil& s : {Stencil(0.3, edge), Stencil(reference::uneven(n), edge)}) {
        const Matrix<Short> g = derivative(f, 0, s), fused = -derivative(f, 0, s);
        const Matrix<float> expected = derivative(whole, 0, s);
        // In float, a term is at most 8 * 16, and rounded about four times; then the result is rounded to a Short.
        for (Index k = 0; k < f.size(); ++k) {
          const float e = expected.data()[k], bound = std::abs(e) * rounding + 1e-4f;
          REQUIRE(std::abs(static_cast<float>(g.data()[k]) - e) <= bound);
          REQUIRE(std::abs(static_cast<float>(fused.data()[k]) + e) <= bound);
        }
      }
  }
  // 1/(1/3) is 3 in a short precision too, but 1/3 rounded to it first would give 3.001 or 2.996.
  Matrix<Short> f(2, 1);
  f(0, 0) = Short(1.f), f(1, 0) = Short(2.f);
  const Matrix<Short> g = derivative(f, 0, Stencil(1 / 3.));
  CHECK(static_cast<float>(g(0, 0)) == 3.f);
}

TEST_CASE_TEMPLATE("long double and complex numbers keep their digits", Scalar, long double, std::complex<double>) {
  using Real = typename Eigen::NumTraits<Scalar>::Real;
  const Index n = 9;
  const Real third = Real(1) / 3;
  Matrix<Scalar> f(n, 2);
  std::vector<Real> x(n);
  for (Index i = 0; i < n; ++i) {
    x[std::size_t(i)] = third * static_cast<Real>(i);
    f(i, 0) = Scalar(x[std::size_t(i)] * x[std::size_t(i)]);
    f(i, 1) = Scalar(2) * f(i, 0);
  }
  // The derivative of x^2 is 2x at every sample with second-order ends. Values are below 8, weights about 3.
  const Real bound = 128 * std::numeric_limits<Real>::epsilon();
  for (const Stencil& s : {Stencil(third, Edge::SecondOrder), Stencil(x, Edge::SecondOrder)}) {
    const Matrix<Scalar> g = derivative(f, 0, s), fused = f + derivative(f, 0, s);
    for (Index i = 0; i < n; ++i)
      for (Index j = 0; j < 2; ++j) {
        CHECK(std::abs(g(i, j) - Scalar(Real(2 * (j + 1))) * x[std::size_t(i)]) <= bound);
        CHECK(std::abs(fused(i, j) - f(i, j) - g(i, j)) <= bound);
      }
  }
}

TEST_CASE_TEMPLATE("a derivative of any scalar may be a factor of a product, on either side", Scalar, int,
                   std::complex<float>) {
  const auto f = tensors::quarters<Matrix<int>>({5, 4});
  const Matrix<Scalar> field = f.template cast<Scalar>();
  const auto slope = derivative<1>(field, 0.5);
  using Value = typename std::decay_t<decltype(slope)>::Scalar;
  const Matrix<Value> g = slope;
  const Eigen::array<Eigen::IndexPair<int>, 1> pair{Eigen::IndexPair<int>(1, 1)};
  const auto isProduct = [&](const Matrix<Value>& product) {
    for (Index i = 0; i < 5; ++i)
      for (Index j = 0; j < 5; ++j) {
        Value sum(0);
        for (Index k = 0; k < 4; ++k) sum += g(i, k) * g(j, k);
        if (product(i, j) != sum) return false;  // of integers, exact in any order
      }
    return true;
  };
  CHECK(isProduct(slope.contract(g, pair)));
  CHECK(isProduct(g.contract(slope, pair)));
}

TEST_CASE("an imaginary part that is infinite leaves the real part alone") {
  Vector<std::complex<double>> f(3);
  f.setValues({{1, 0}, {2, 0}, {3, std::numeric_limits<double>::infinity()}});
  const Vector<std::complex<double>> g = derivative<0>(f, 1);
  CHECK(g[1].real() == 1);
  CHECK(g[1].imag() == std::numeric_limits<double>::infinity());
  CHECK(g[0] == std::complex<double>(1, 0));
}

TEST_CASE("AutoDiffScalar: a gradient's derivative with respect to a parameter of its field") {
  const std::vector<double> even = reference::even(6, 0.5), x = reference::uneven(6);
  auto f = autodiff::field<Vector<AutoDiff>>(even);
  const auto g = autodiff::field<Vector<AutoDiff>>(x);
  autodiff::checkSlope(Vector<AutoDiff>(derivative<0>(f, 0.5, Edge::SecondOrder)), even);
  autodiff::checkSlope(Vector<AutoDiff>(derivative<0>(g, x, Edge::SecondOrder)), x);
  // In place: memory of its own is made of such scalars, and given back.
  f = derivative<0>(f, 0.5, Edge::SecondOrder);
  autodiff::checkSlope(f, even);
}

TEST_CASE("the samples may be vectors of a program's own: each component has the derivative it has alone") {
  const Index n = 5;
  const Stencil s(reference::uneven(n), Edge::SecondOrder);
  const auto u = tensors::quarters<Matrix<double>>({n, 7}), v = tensors::quarters<Matrix<double>>({n, 7}, 2);
  Matrix<Point> f(n, 7);
  for (Index k = 0; k < f.size(); ++k) f.data()[k] = {u.data()[k], v.data()[k]};
  const Matrix<double> ux = derivative<0>(u, s), vx = derivative<0>(v, s);
  f = derivative<0>(f, s) + f;  // reads what it writes
  for (Index k = 0; k < f.size(); ++k) {
    CHECK(std::abs(f.data()[k].x - (ux.data()[k] + u.data()[k])) <= 1e-13);
    CHECK(std::abs(f.data()[k].y - (vx.data()[k] + v.data()[k])) <= 1e-13);
  }
}

TEST_CASE("fifty decimal digits: results and weights are right to 45") {
  const Index n = 12;
  const Multi third = Multi(1) / 3, digits45 = pow(Multi(10), -45);
  Vector<Multi> x(n), f(n);
  for (Index i = 0; i < n; ++i) {
    x[i] = third * int(i * i) + Multi(int(i)) / 7;
    f[i] = x[i] * x[i];
  }
  const Vector<Multi> byCoordinates = derivative<0>(f, x, Edge::SecondOrder);
  for (Index i = 0; i < n; ++i) CHECK(abs(byCoordinates[i] - 2 * x[i]) <= digits45 * 128);
  const Vector<Multi> byStep = derivative<0>(f, 3);
  CHECK(abs(byStep[1] * 6 - (f[2] - f[0])) <= digits45 * 128);
}
