// SPDX-License-Identifier: MPL-2.0
//
// The laws of a second derivative, and of axes that close on themselves or whose two ends differ, for both derivatives.
//
// Its weights are read off the identity matrix and compared with those of exact rational arithmetic: the polynomial
// through the samples the edge names, found by solving for it. All else is linear in the field.

#include <boost/multiprecision/cpp_int.hpp>
#include <doctest/doctest.h>
#include <gridgrad/second_derivative.hpp>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdint>
#include <limits>
#include <random>
#include <stdexcept>
#include <type_traits>
#include <vector>

#include "reference.hpp"

using Eigen::ArrayXd;
using Eigen::MatrixXd;
using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::Edges;
using gridgrad::periodic;
using gridgrad::secondDerivative;
using gridgrad::Spacing;
using gridgrad::Stencil;
using reference::Index;
using reference::isClose;
using reference::quarters;
using reference::same;
using reference::uneven;

namespace {

using Numbers = std::vector<double>;
using Rational = boost::multiprecision::cpp_rational;
using MatrixXfRow = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using MatrixXdRow = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr Edge first = Edge::FirstOrder, second = Edge::SecondOrder, wrapped = Edge::Periodic;
const Edges openEdges[] = {first, second, {first, second}, {second, first}};
constexpr double epsilon = std::numeric_limits<double>::epsilon();

/// How many samples a derivative of this order needs.
Index needed(Edges edges, int order) {
  if (edges.arePeriodic()) return 1;
  return order + (edges.first == second || edges.last == second ? 2 : 1);
}

/// The weights of samples at x in a derivative, of this order and at the place t, of the polynomial through them: they
/// give every power (x - t)^m its derivative, which is m! for m = order and 0 for any other. By Gauss's elimination.
std::vector<Rational> solved(const std::vector<Rational>& x, const Rational& t, int order) {
  const std::size_t n = x.size();
  std::vector<std::vector<Rational>> rows(n, std::vector<Rational>(n + 1));
  for (std::size_t k = 0; k < n; ++k) {
    rows[0][k] = 1;
    for (std::size_t m = 1; m < n; ++m) rows[m][k] = rows[m - 1][k] * (x[k] - t);
  }
  rows[std::size_t(order)][n] = order;  // 1! = 1, 2! = 2
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    while (rows[pivot][k] == 0) ++pivot;
    std::swap(rows[pivot], rows[k]);
    for (std::size_t m = 0; m < n; ++m) {
      if (m == k) continue;
      const Rational factor = rows[m][k] / rows[k][k];
      for (std::size_t c = k; c <= n; ++c) rows[m][c] -= factor * rows[k][c];
    }
  }
  std::vector<Rational> weights(n);
  for (std::size_t k = 0; k < n; ++k) weights[k] = rows[k][n] / rows[k][k];
  return weights;
}

/// Row i: the weights of all samples in the derivative at sample i, by the promise of each edge, exactly. `around` is
/// the way once around in the order of the samples.
MatrixXd exactWeights(const Numbers& x, int order, Edges edges, double around = 0) {
  const Index n = Index(x.size());
  MatrixXd result = MatrixXd::Zero(n, n);
  for (Index i = 0; i < n; ++i) {
    const Edge edge = i == 0 ? edges.first : edges.last;
    const bool isEnd = !edges.arePeriodic() && (i == 0 || i == n - 1);
    const Index count = isEnd ? order + (edge == second ? 2 : 1) : 3;
    const Index from = !isEnd ? i - 1 : i == 0 ? 0 : n - count;
    std::vector<Rational> places;
    for (Index k = from; k < from + count; ++k) {
      const Index turn = k < 0 ? -1 : k >= n ? 1 : 0;
      places.push_back(Rational(x[std::size_t(k - turn * n)]) + turn * Rational(around));
    }
    const auto weights = solved(places, Rational(x[std::size_t(i)]), order);
    for (Index k = 0; k < count; ++k) result(i, (from + k + n) % n) += static_cast<double>(weights[std::size_t(k)]);
  }
  return result;
}

/// Down the rows, in one form for all, which is quick to compile.
MatrixXd slopes(const MatrixXd& f, const Stencil& x) { return derivative<0>(f, x); }
MatrixXd curvatures(const MatrixXd& f, const Stencil& x) { return secondDerivative<0>(f, x); }

/// What the library has.
template <class Plain = MatrixXd, class S>
Plain weights(const S& spacing, Index n, Edges edges = first) {
  const Plain identity = Plain::Identity(n, n);
  return secondDerivative<0>(identity, spacing, edges);
}
template <class S>
MatrixXd firstWeights(const S& spacing, Index n, Edges edges = first) {
  const MatrixXd identity = MatrixXd::Identity(n, n);
  return derivative<0>(identity, spacing, edges);
}

/// Within so many roundings of the largest weight of each row.
bool agree(const MatrixXd& found, const MatrixXd& exact, double roundings, double precision = epsilon) {
  const auto bound = (roundings * precision * exact.cwiseAbs().rowwise().maxCoeff()).replicate(1, exact.cols());
  return ((found - exact).cwiseAbs().array() <= bound.array()).all();
}

/// Different multiples of 1/64 in [-8, 8), whose distances are exact.
Numbers scattered(std::mt19937& random, Index n) {
  Numbers x;
  while (Index(x.size()) < n) {
    const double next = double(random() % 1024) / 64 - 8;
    if (std::find(x.begin(), x.end(), next) == x.end()) x.push_back(next);
  }
  return x;
}
Numbers rising(std::mt19937& random, Index n) {
  Numbers x = scattered(random, n);
  std::sort(x.begin(), x.end());
  return x;
}
Numbers reversed(Numbers x) {
  std::reverse(x.begin(), x.end());
  return x;
}

/// Samples of a polynomial and of its second derivative, in three equal columns.
template <class Function>
MatrixXd sampled(const Numbers& x, const Function& function) {
  MatrixXd f(Index(x.size()), 3);
  for (Index i = 0; i < f.rows(); ++i) f.row(i).setConstant(function(x[std::size_t(i)]));
  return f;
}

}  // namespace

TEST_CASE("three samples a step apart have the weights 1, -2, 1 over the square of the step") {
  const MatrixXd compact{{1, -2, 1, 0, 0}, {1, -2, 1, 0, 0}, {0, 1, -2, 1, 0}, {0, 0, 1, -2, 1}, {0, 0, 1, -2, 1}};
  const MatrixXd cubic{{2, -5, 4, -1, 0}, {1, -2, 1, 0, 0}, {0, 1, -2, 1, 0}, {0, 0, 1, -2, 1}, {0, -1, 4, -5, 2}};
  const MatrixXd round{{-2, 1, 0, 0, 1}, {1, -2, 1, 0, 0}, {0, 1, -2, 1, 0}, {0, 0, 1, -2, 1}, {1, 0, 0, 1, -2}};
  CHECK(weights(1, 5, first) == compact);
  CHECK(weights(1, 5, second) == cubic);
  CHECK(weights(1, 5, wrapped) == round);
  CHECK(weights(-0.5, 5, first) == 4 * compact);
  CHECK(weights(0.5, 5, second) == 4 * cubic);
  CHECK(weights(-4, 5, wrapped) == round / 16);
  const MatrixXd identity = MatrixXd::Identity(5, 5);
  CHECK(MatrixXd(secondDerivative<0>(identity)) == compact);
  CHECK(MatrixXd(secondDerivative<1>(identity, second)) == cubic.transpose());
}

TEST_CASE("on coordinates in any order the weights are those of exact rational arithmetic") {
  std::mt19937 random(1);
  for (Index n = 3; n <= 12; ++n)
    for (int repeat = 0; repeat < 6; ++repeat)
      for (const Edges edges : openEdges) {
        if (n < needed(edges, 2)) continue;
        const Numbers x = rising(random, n);
        CAPTURE(n);
        for (const Numbers& ordered : {x, reversed(x)}) {
          const MatrixXd exact = exactWeights(ordered, 2, edges);
          REQUIRE(agree(weights(ordered, n, edges), exact, 8));
          REQUIRE(agree(weights(Stencil(ordered, edges), n), exact, 8));
          const MatrixXd single = weights<MatrixXfRow>(Stencil(ordered, edges), n).cast<double>();
          REQUIRE(agree(single, exact, 2, std::numeric_limits<float>::epsilon()));
        }
        // Where they turn back, the terms of a weight at an end may cancel but for the shortest distance in the
        // longest, 1/64 in 16.
        const Numbers turning = scattered(random, n);
        REQUIRE(agree(weights(turning, n, edges), exactWeights(turning, 2, edges), 8 * 1024));
      }
}

TEST_CASE(
    "around a circle the weights of both derivatives are those of exact rational arithmetic, from one sample on") {
  std::mt19937 random(2);
  for (Index n = 1; n <= 12; ++n)
    for (int repeat = 0; repeat < 4; ++repeat) {
      const Numbers x = rising(random, n);
      const double period = x.back() - x.front() + double(1 + random() % 200) / 64;
      CAPTURE(n);
      for (const Numbers& ordered : {x, reversed(x)}) {
        const double around = ordered == x ? period : -period;
        const Stencil stencil(periodic(ordered, period));
        const MatrixXd exact = exactWeights(ordered, 2, wrapped, around);
        const MatrixXd slope = exactWeights(ordered, 1, wrapped, around);
        // A sample that is its own neighbour takes part in differences that cancel.
        const double roundings = n < 3 ? 32 : 8;
        REQUIRE(agree(weights(stencil, n), exact, roundings));
        REQUIRE(agree(weights(periodic(ordered, period), n), exact, roundings));
        REQUIRE(agree(firstWeights(stencil, n), slope, roundings));
        REQUIRE(agree(firstWeights(periodic(ordered, period), n), slope, roundings));
      }
    }
}

TEST_CASE_TEMPLATE("a constant has the second derivative zero, to the last bit, on every grid and with every edge",
                   Scalar, float, double, std::complex<float>, Eigen::half) {
  using Plain = Eigen::Array<Scalar, Eigen::Dynamic, 1>;
  const auto constant = static_cast<Scalar>(std::is_same<Scalar, Eigen::half>::value ? 1e4f : 1e6f);
  for (Index n : {4, 5, 7, 1001}) {
    const Plain f = Plain::Constant(n, constant), zero = Plain::Constant(n, Scalar(0));
    const ArrayXd even = ArrayXd::LinSpaced(n, 0, 1), stretched = even.cube() + 1e-3 * even, descending = -stretched;
    const ArrayXd unordered = ArrayXd::NullaryExpr(n, [](Index i) { return double(i * 389 % 1009) / 1009; });
    const auto isZero = [&](const Stencil& stencil) {
      return (Plain(secondDerivative<0>(f, stencil)) == zero).all() && (Plain(derivative<0>(f, stencil)) == zero).all();
    };
    for (const Edges edges : openEdges) {
      for (const ArrayXd& x : {even, stretched, descending, unordered}) CHECK(isZero(Stencil(x, edges)));
      for (double h : {1., 0.001, -0.3}) CHECK(isZero(Stencil(h, edges)));
    }
    CHECK(isZero(Stencil(0.3, wrapped)));
    for (const ArrayXd& x : {even, stretched, descending}) CHECK(isZero(Stencil(periodic(x, 1.37))));
  }
}

TEST_CASE("parabolas have their second derivative everywhere, with every edge and on every spacing") {
  const auto parabola = [](double x) { return 2 + 3 * x - 5 * x * x; };
  for (const Edges edges : openEdges)
    for (Index n = needed(edges, 2); n <= 40; ++n) {
      CAPTURE(n);
      for (double h : {0.5, 2., -1.}) {
        const MatrixXd f = sampled(reference::even(n, h), parabola);
        REQUIRE(curvatures(f, Stencil(h, edges)) == MatrixXd::Constant(n, 3, -10));
      }
      // Differences of f are exact, below 2^13; the weights by which these are multiplied are below 2^6.
      const Numbers x = uneven(n, -double(n) / 2);
      for (const Numbers& ordered : {x, reversed(x)}) {
        const MatrixXd found = curvatures(sampled(ordered, parabola), Stencil(ordered, edges));
        REQUIRE((found.array() + 10).abs().maxCoeff() <= 8 * epsilon * (1 << 19));
      }
    }
}

TEST_CASE("cubics have their second derivative at second-order edges, and everywhere where samples are a step apart") {
  const auto cubic = [](double x) { return 1 - 2 * x + x * x * (3 - 2 * x); };
  const auto curvature = [](double x) { return 6 - 12 * x; };
  for (Index n = 4; n <= 30; ++n) {
    CAPTURE(n);
    for (double h : {0.5, 2., -1.}) {
      const Numbers x = reference::even(n, h);
      REQUIRE(curvatures(sampled(x, cubic), Stencil(h, second)) == sampled(x, curvature));
    }
    const Numbers x = uneven(n, -double(n) / 2);
    for (const Numbers& ordered : {x, reversed(x)}) {
      const MatrixXd found = curvatures(sampled(ordered, cubic), Stencil(ordered, second));
      const MatrixXd expected = sampled(ordered, curvature);
      // Differences of f are exact, below 2^17 as |x| is below 40; weights at the ends below 2^7.
      for (Index end : {Index(0), n - 1})
        REQUIRE(std::abs(found(end, 0) - expected(end, 0)) <= 8 * epsilon * (1 << 24));
    }
  }
}

TEST_CASE_TEMPLATE("storage order, a transpose and an axis known only at run time change nothing", Plain, MatrixXfRow,
                   Eigen::MatrixXcd) {
  for (Index n : {4, 5, 8, 17, 33})
    for (Index m : {1, 3, 18}) {
      CAPTURE(n);
      CAPTURE(m);
      const Plain f = quarters<Plain>(n, m), turned = f.transpose();
      for (const Edges edges : {Edges(first), Edges(second, first), Edges(wrapped)}) {
        const Plain g = secondDerivative<0>(f, 0.5, edges), across = secondDerivative<1>(turned, 0.5, edges);
        REQUIRE(across.transpose() == g);
        for (int axis : {0, -2}) REQUIRE(Plain(secondDerivative(f, axis, 0.5, edges)) == g);
        for (int axis : {1, -1}) REQUIRE(Plain(secondDerivative(turned, axis, 0.5, edges)) == across);
        // The rows of weights times the field, all exact.
        const MatrixXd all = weights(0.5, n, edges);
        for (Index i = 0; i < n; ++i)
          for (Index j = 0; j < m; ++j) {
            typename Plain::Scalar sum(0);
            for (Index k = 0; k < n; ++k) sum += typename Plain::Scalar(float(all(i, k))) * f(k, j);
            REQUIRE(sum == g(i, j));
          }
      }
    }
}

TEST_CASE("a Stencil and a Spacing give the bits that their coordinates or their step give") {
  std::mt19937 random(3);
  for (Index n = 4; n <= 12; ++n)
    for (const Edges edges : openEdges) {
      CAPTURE(n);
      const Numbers x = scattered(random, n);
      const MatrixXd expected = weights(x, n, edges);
      CHECK(weights(Stencil(x, edges), n) == expected);
      CHECK(weights(Spacing<>(x), n, edges) == expected);
      CHECK(weights(Spacing<>(x, edges), n) == expected);
      CHECK(weights(Stencil(Spacing<>(x, edges)), n) == expected);
      CHECK(weights(Stencil(-0.3, edges), n) == weights(-0.3, n, edges));
      CHECK(weights(Stencil(-0.3, n, edges), n) == weights(-0.3, n, edges));
      CHECK(weights(Spacing<>(-0.3, edges), n) == weights(-0.3, n, edges));
    }
}

TEST_CASE("the two ends may differ: the first row is as with the one edge, the last as with the other") {
  const Index n = 7;
  const Numbers x = uneven(n);
  for (const Edge atFirst : reference::openEdges)
    for (const Edge atLast : reference::openEdges) {
      const Edges edges(atFirst, atLast);
      const auto compare = [&](const MatrixXd& found, const MatrixXd& withFirst, const MatrixXd& withLast) {
        CHECK(found.row(0) == withFirst.row(0));
        CHECK(found.middleRows(1, n - 2) == withFirst.middleRows(1, n - 2));
        CHECK(found.row(n - 1) == withLast.row(n - 1));
      };
      compare(weights(x, n, edges), weights(x, n, atFirst), weights(x, n, atLast));
      compare(weights(0.3, n, edges), weights(0.3, n, atFirst), weights(0.3, n, atLast));
      compare(weights(Stencil(x, atFirst, atLast), n), weights(x, n, atFirst), weights(x, n, atLast));
      compare(weights(Spacing<>(0.3, atFirst, atLast), n), weights(0.3, n, atFirst), weights(0.3, n, atLast));
      compare(firstWeights(x, n, edges), firstWeights(x, n, atFirst), firstWeights(x, n, atLast));
      compare(firstWeights(0.3, n, edges), firstWeights(0.3, n, atFirst), firstWeights(0.3, n, atLast));
      compare(firstWeights(Stencil(0.3, edges), n), firstWeights(0.3, n, atFirst), firstWeights(0.3, n, atLast));
      compare(firstWeights(Spacing<>(x, edges), n), firstWeights(x, n, atFirst), firstWeights(x, n, atLast));
    }
}

TEST_CASE("edges of its own go before the edge of the call, and none of its own do not") {
  const Numbers x = uneven(6);
  CHECK(weights(Stencil(x, first, second), 6, second) == weights(x, 6, Edges(first, second)));
  CHECK(weights(Spacing<>(x, second), 6, first) == weights(x, 6, second));
  CHECK(weights(Spacing<>(x), 6, second) == weights(x, 6, second));
  CHECK(firstWeights(Spacing<>(0.5, wrapped), 6, first) == firstWeights(0.5, 6, wrapped));
  CHECK(firstWeights(Spacing<>(0.5), 6, wrapped) == firstWeights(0.5, 6, wrapped));
  CHECK(firstWeights(periodic(x, 40), 6, second) == firstWeights(periodic(x, 40), 6));
  CHECK(Stencil(Spacing<>(x, second), first).edges() == Edges(second));
}

TEST_CASE("around a circle it does not matter where the samples begin") {
  for (Index n = 1; n <= 20; ++n) {
    CAPTURE(n);
    const MatrixXd f = quarters<MatrixXd>(n, 3);
    const Numbers x = uneven(n);
    const double period = x.back() - x.front() + 0.75;
    const Stencil circle(periodic(x, period)), steps(0.5, wrapped);
    const MatrixXd slope = slopes(f, circle), curvature = curvatures(f, circle), bySteps = curvatures(f, steps);
    for (Index shift = 0; shift < n; ++shift) {
      Numbers from(x.size());
      for (Index i = 0, k = shift; i < n; ++i, ++k) from[std::size_t(i)] = x[std::size_t(k % n)] + (k < n ? 0 : period);
      const auto turn = [&](const MatrixXd& m) {
        MatrixXd result(n, m.cols());
        result << m.bottomRows(n - shift), m.topRows(shift);
        return result;
      };
      const MatrixXd moved = turn(f), back = moved.colwise().reverse();
      const Stencil there(periodic(from, period)), opposite(periodic(reversed(from), period));
      REQUIRE(isClose(slopes(moved, there), turn(slope)));
      REQUIRE(isClose(curvatures(moved, there), turn(curvature)));
      REQUIRE(curvatures(moved, steps) == turn(bySteps));
      // The other way round: the same functions of x, read backwards.
      REQUIRE(isClose(slopes(back, opposite), MatrixXd(turn(slope).colwise().reverse())));
      REQUIRE(isClose(curvatures(back, opposite), MatrixXd(turn(curvature).colwise().reverse())));
    }
  }
}

TEST_CASE("around a circle is as on a line with a turn more at each end") {
  for (Index n = 1; n <= 20; ++n) {
    CAPTURE(n);
    const MatrixXd f = quarters<MatrixXd>(n, 3), three = f.replicate(3, 1);
    const auto middle = [&](const MatrixXd& g) { return MatrixXd(g.middleRows(n, n)); };
    Numbers x = uneven(n);
    const double period = x.back() - x.front() + 1.25;
    for (const bool falls : {false, true}) {
      if (falls) std::reverse(x.begin(), x.end());
      Numbers line;
      for (int turn = -1; turn <= 1; ++turn)
        for (double at : x) line.push_back(at + turn * (falls ? -period : period));
      const Stencil circle(periodic(x, period)), straight(line);
      REQUIRE(isClose(slopes(f, circle), middle(slopes(three, straight))));
      REQUIRE(isClose(curvatures(f, circle), middle(curvatures(three, straight))));
    }
    const Stencil steps(0.25, wrapped);
    REQUIRE(slopes(f, steps) == middle(slopes(three, Stencil(0.25))));
    REQUIRE(curvatures(f, steps) == middle(curvatures(three, Stencil(0.25))));
    // And even coordinates are a step.
    const Stencil even(periodic(reference::even(n, 0.25), 0.25 * double(n)));
    REQUIRE(isClose(slopes(f, even), slopes(f, steps)));
    REQUIRE(isClose(curvatures(f, even), curvatures(f, steps)));
  }
}

TEST_CASE("the coordinates and the period of a circle may be of any numbers, and begin anywhere") {
  const MatrixXd f = quarters<MatrixXd>(4, 2), expected = slopes(f, Stencil(periodic(Numbers{0, 1, 3, 4}, 6)));
  CHECK(slopes(f, Stencil(periodic(Eigen::Vector4i(0, 1, 3, 4), 6.0f))) == expected);
  CHECK(slopes(f, Stencil(periodic(Eigen::RowVector4f(0, 1, 3, 4), 6))) == expected);
  CHECK(slopes(f, Stencil(periodic(std::vector<std::int64_t>{0, 1, 3, 4}, 6u))) == expected);
  CHECK(slopes(f, Stencil(periodic(Numbers{-100, -99, -97, -96}, 6.0L))) == expected);
  CHECK(slopes(f, Stencil(periodic(Numbers{4, 3, 1, 0}, 6))) == -expected);
  CHECK(periodic(Numbers{0, 1}, 6).edgesOr(first) == Edges(wrapped));
}

TEST_CASE("only what is read can spoil the answer") {
  const Numbers x = uneven(9), even = reference::even(9, 0.5);
  for (Index bad = 0; bad < 9; ++bad)
    for (const Edges edges : {Edges(first), Edges(second), Edges(first, second), Edges(wrapped)}) {
      MatrixXd f = quarters<MatrixXd>(9, 1);
      f(bad, 0) = std::numeric_limits<double>::quiet_NaN();
      const auto check = [&](const Stencil& stencil, const MatrixXd& exact) {
        const MatrixXd found = curvatures(f, stencil);
        CAPTURE(bad);
        for (Index i = 0; i < 9; ++i) CHECK(std::isnan(found(i, 0)) == (exact(i, bad) != 0));
      };
      check(Stencil(0.5, edges), exactWeights(even, 2, edges, 4.5));
      check(edges.arePeriodic() ? Stencil(periodic(x, 100)) : Stencil(x, edges), exactWeights(x, 2, edges, 100));
    }
}

TEST_CASE("integers and bool give double, and do not wrap round") {
  const Eigen::Array<std::uint8_t, 4, 1> f(0, 255, 0, 255);
  static_assert(std::is_same<decltype(secondDerivative<0>(f, 1))::Scalar, double>::value);
  static_assert(std::is_same<decltype(secondDerivative<0>(f.cast<float>(), 1))::Scalar, float>::value);
  CHECK(same(secondDerivative<0>(f, 1, second), Eigen::Array4d(-1530, -510, 510, 1530)));
  CHECK(same(secondDerivative<0>(f == 0, 1), Eigen::Array4d(2, 2, -2, -2)));
  const std::int64_t large = (std::int64_t(1) << 52);
  CHECK(same(secondDerivative<0>(Eigen::Array<std::int64_t, 3, 1>(-large, 0, large + 1), 1), Eigen::Array3d(1, 1, 1)));
}

TEST_CASE("a field may be assigned its own second derivative") {
  for (const Edges edges : {Edges(first), Edges(second), Edges(wrapped)}) {
    const MatrixXd before = quarters<MatrixXd>(12, 12), down = curvatures(before, Stencil(0.5, edges));
    const MatrixXd across = curvatures(before.transpose(), Stencil(0.5, edges)).transpose();
    MatrixXd u = before;
    u += secondDerivative<0>(u, 0.5, edges);
    CHECK(u == before + down);
    u = before;
    u = secondDerivative<1>(u, 0.5, edges);
    CHECK(u == across);
    u = before;
    u -= 0.25 * (secondDerivative<0>(u, 0.5, edges) + secondDerivative(u, 1, 0.5, edges));
    CHECK(u == before - 0.25 * (down + across));
  }
}

TEST_CASE("a temporary field, temporary coordinates and a temporary Stencil live as long as the derivative") {
  const Numbers x = uneven(6);
  const MatrixXd f = quarters<MatrixXd>(6, 4), expected = curvatures(f, Stencil(x, second));
  const auto kept = secondDerivative<0>(quarters<MatrixXd>(6, 4), Stencil(x, second));
  const auto other = secondDerivative<0>(quarters<MatrixXd>(6, 4), Numbers(x), second);
  const auto circle = secondDerivative<0>(quarters<MatrixXd>(6, 4), periodic(Numbers(x), 100));
  const std::vector<MatrixXd> unrelated(8, MatrixXd::Constant(6, 4, 1e300));  // where something freed would lie
  CHECK(MatrixXd(kept) == expected);
  CHECK(isClose(MatrixXd(other), expected));
  CHECK(isClose(MatrixXd(circle), curvatures(f, Stencil(periodic(x, 100)))));
  CHECK(unrelated[0](0, 0) == 1e300);
}

#define CHECK_REFUSED(call, sentence) CHECK_THROWS_WITH_AS((void)(call), "gridgrad: " sentence, std::invalid_argument)

TEST_CASE("an axis too short for a second derivative is refused, and the shortest is not") {
  const auto f = [](Index n) { return quarters<ArrayXd>(n, 1); };
  CHECK_REFUSED(secondDerivative<0>(f(2), 0.5),
                "axis 0 has 2 samples, but a first-order edge of a second derivative needs at least 3");
  CHECK_REFUSED(secondDerivative<0>(f(3), 0.5, second),
                "axis 0 has 3 samples, but a second-order edge of a second derivative needs at least 4");
  CHECK_REFUSED(secondDerivative<0>(f(3), uneven(3), Edges(first, second)),
                "axis 0 has 3 samples, but a second-order edge of a second derivative needs at least 4");
  CHECK_REFUSED(secondDerivative<0>(f(2), Edges(first, second)),
                "axis 0 has 2 samples, but a first-order edge of a second derivative needs at least 3");
  CHECK_REFUSED(secondDerivative(MatrixXd(5, 1), 1, 0.5),
                "axis 1 has 1 sample, but a first-order edge of a second derivative needs at least 3");
  CHECK_REFUSED(secondDerivative<0>(f(0), 0.5, wrapped),
                "axis 0 has 0 samples, but a periodic edge of a second derivative needs at least 1");
  CHECK_THROWS_AS((void)secondDerivative(MatrixXd(5, 5), 2, 0.5), std::out_of_range);
  CHECK_NOTHROW((void)secondDerivative<0>(f(3), 0.5));
  CHECK_NOTHROW((void)secondDerivative<0>(f(4), uneven(4), second));
  CHECK_NOTHROW((void)secondDerivative<0>(f(1), 0.5, wrapped));
}

TEST_CASE("a Stencil may be long enough for a first derivative and too short for a second") {
  const Stencil two(Numbers{0, 1}), three(Numbers{0, 1, 3}, second), mixed(Numbers{0, 1, 3}, first, second);
  const ArrayXd f = quarters<ArrayXd>(3, 1);
  CHECK_NOTHROW((void)derivative<0>(f.head(2), two));
  CHECK_NOTHROW((void)derivative<0>(f, three));
  CHECK_NOTHROW((void)derivative<0>(f, mixed));
  CHECK_REFUSED(secondDerivative<0>(f.head(2), two),
                "axis 0 has 2 samples, but a first-order edge of a second derivative needs at least 3");
  CHECK_REFUSED(secondDerivative<0>(f, three),
                "axis 0 has 3 samples, but a second-order edge of a second derivative needs at least 4");
  CHECK_REFUSED(secondDerivative<0>(f, mixed),
                "axis 0 has 3 samples, but a second-order edge of a second derivative needs at least 4");
  CHECK_REFUSED(secondDerivative<0>(f, Stencil(0.5, 3, second)),
                "axis 0 has 3 samples, but a second-order edge of a second derivative needs at least 4");
  CHECK_REFUSED(secondDerivative<0>(f, two), "axis 0 has 3 samples, but its stencil was made for 2");
}

TEST_CASE("weights that the field's precision cannot hold are refused") {
  const Eigen::ArrayXf f = Eigen::ArrayXf::Zero(4);
  // 1/h² = 1e40 is no float, though 1/h is.
  CHECK_NOTHROW((void)derivative<0>(f, 1e-20));
  CHECK_REFUSED(secondDerivative<0>(f, 1e-20),
                "axis 0 has distances at sample 0 too small or too large for weights in the field's precision, but "
                "weights must neither overflow nor vanish");
  CHECK_REFUSED(secondDerivative<0>(f, Stencil(Numbers{0, 1e-20, 2e-20, 1})),
                "axis 0 has distances at sample 0 too small or too large for weights in the field's precision, but "
                "weights must neither overflow nor vanish");
}

TEST_CASE("four coordinates through which no cubic goes are refused where a cubic is wanted") {
  const ArrayXd f = quarters<ArrayXd>(5, 1);
  const Numbers atFirst{0, 1, 2, 0, 5}, atLast{-5, 0, 1, 2, 0};
  CHECK_REFUSED(
      secondDerivative<0>(f, atFirst, second),
      "axis 0 has the same coordinate 0 at samples 0 and 3, but at a second-order edge of a second derivative four "
      "samples must differ");
  CHECK_REFUSED(
      secondDerivative<0>(f, Spacing(atLast), second),
      "axis 0 has the same coordinate 0 at samples 1 and 4, but at a second-order edge of a second derivative four "
      "samples must differ");
  CHECK_NOTHROW((void)secondDerivative<0>(f, atFirst, Edges(first, second)));
  CHECK_NOTHROW((void)secondDerivative<0>(f, atLast, Edges(second, first)));
  CHECK_NOTHROW((void)derivative<0>(f, atFirst, second));
}

TEST_CASE("an axis that is periodic at one end only is refused") {
  const ArrayXd f = quarters<ArrayXd>(5, 1);
  for (const Edges edges : {Edges(wrapped, first), Edges(second, wrapped)}) {
    CHECK_REFUSED(derivative<0>(f, 0.5, edges),
                  "axis 0 is periodic at one end only, but a periodic axis has no ends: Edge::Periodic must stand for "
                  "both");
    CHECK_REFUSED(secondDerivative(f, 0, edges),
                  "axis 0 is periodic at one end only, but a periodic axis has no ends: Edge::Periodic must stand for "
                  "both");
    CHECK_REFUSED(Spacing<>(0.5, edges),
                  "the spacing is periodic at one end only, but a periodic axis has no ends: Edge::Periodic must stand "
                  "for both");
    CHECK_REFUSED(Stencil(uneven(5), edges),
                  "the stencil is periodic at one end only, but a periodic axis has no ends: Edge::Periodic must stand "
                  "for both");
  }
}

TEST_CASE("a circle whose coordinates turn back or fill its period is refused") {
  const Numbers x{0, 1, 3, 4};
  CHECK_REFUSED(periodic(x, 0), "the spacing has a period of 0, but a period must be finite and positive");
  CHECK_REFUSED(periodic(x, -6.0), "the spacing has a period of -6, but a period must be finite and positive");
  CHECK_REFUSED(periodic(x, std::numeric_limits<float>::infinity()),
                "the spacing has a period of inf, but a period must be finite and positive");
  CHECK_REFUSED(periodic(x, std::numeric_limits<double>::quiet_NaN()),
                "the spacing has a period of nan, but a period must be finite and positive");
  CHECK_REFUSED(
      periodic(x, 4),
      "the spacing has coordinates from 0 to 4, but a period of 4: a period must be greater than their range");
  CHECK_REFUSED(periodic(reversed(x), 3.5),
                "the spacing has coordinates from 0 to 4, but a period of 3.5: a period must be greater than their "
                "range");
  CHECK_REFUSED(periodic(Numbers{0, 1, 0.5, 4}, 6),
                "the spacing is periodic, but its coordinates turn back at sample 2: they must rise all the way, or "
                "fall all the way");
  CHECK_REFUSED(periodic(Numbers{3, 4, 1, 2}, 6),
                "the spacing is periodic, but its coordinates turn back at sample 1: they must rise all the way, or "
                "fall all the way");
  CHECK_REFUSED(periodic(Numbers{0, 1, 1, 4}, 6),
                "the spacing has the same coordinate 1 at samples 1 and 2, but neighbours must differ: coordinates are "
                "places, not distances");
  CHECK_NOTHROW((void)periodic(x, 4.0001));
  CHECK_NOTHROW((void)periodic(Numbers{7}, 1e-3));
}

TEST_CASE("a circle of another number of samples, or one without a period, is refused") {
  const ArrayXd f = quarters<ArrayXd>(4, 1);
  const Numbers x{0, 1, 3};
  CHECK_REFUSED(
      derivative<0>(f, periodic(x, 6)),
      "axis 0 has 4 samples, but 3 coordinates were given: coordinates are places, one for each sample, not distances");
  CHECK_REFUSED(derivative<0>(f, Stencil(periodic(x, 6))), "axis 0 has 4 samples, but its stencil was made for 3");
  CHECK_REFUSED(derivative<0>(f.head(0), periodic(Numbers(), 6)),
                "axis 0 has 0 samples, but a periodic edge needs at least 1");
  CHECK_REFUSED(Spacing<>(x, wrapped),
                "the spacing is periodic and has coordinates, but these do not give the distance from the last sample "
                "to the first: a periodic edge needs a step, or periodic(x, period)");
  CHECK_REFUSED(secondDerivative<0>(f.head(3), x, wrapped),
                "axis 0 is periodic and has coordinates, but these do not give the distance from the last sample "
                "to the first: a periodic edge needs a step, or periodic(x, period)");
}
