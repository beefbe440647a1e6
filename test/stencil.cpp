// SPDX-License-Identifier: MPL-2.0
//
// The laws of the weights, on every kind of grid of 2 to 12 samples, and what a Stencil promises.
//
// The derivative of the identity matrix is the matrix of the weights: entry (i, j) is what sample j counts for in the
// derivative at sample i, to the last bit. So the laws are told in that matrix.

#include <Eigen/Core>

#include <algorithm>
#include <cfenv>
#include <cmath>
#include <complex>
#include <limits>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <unsupported/Eigen/AutoDiff>

#include <gridgrad/derivative.hpp>
#include <gridgrad/second_derivative.hpp>
#include <gridgrad/stencil.hpp>

#include "traps.hpp"

using Eigen::ArrayXd;
using Eigen::Dynamic;
using Eigen::Index;
using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::Stencil;

namespace {

template <class Real>
using Matrix = Eigen::Matrix<Real, Dynamic, Dynamic>;

template <class Real>
constexpr long double unit = std::numeric_limits<Real>::epsilon();  // twice the error of one rounding

struct Grid {
  std::string name;
  ArrayXd x;
};

/// Coordinates of n samples, of every kind that is accepted. Fixed seed: the same grids in every run.
std::vector<Grid> grids(Index n) {
  std::mt19937 random(static_cast<unsigned>(n));
  std::uniform_real_distribution<double> step(0.01, 1), anywhere(-1, 1);
  ArrayXd rising(n), wild(n), stretched(n);
  rising[0] = stretched[0] = -0.3;
  for (Index i = 0; i < n; ++i) wild[i] = anywhere(random);
  for (Index i = 1; i < n; ++i) {
    rising[i] = rising[i - 1] + step(random);
    stretched[i] = stretched[i - 1] + 1e-3 * std::pow(1000, n > 2 ? double(i - 1) / double(n - 2) : 0);
  }
  return {{"even", ArrayXd::LinSpaced(n, -1, 2)},
          {"rising", rising},
          {"falling", rising.reverse()},
          {"not monotone", wild},
          {"stretched", stretched},
          {"far from zero", rising + 1e6}};
}

/// Calls visit(name, x, edge) for every grid and edge that go together.
template <class Visit>
void forEachGrid(const Visit& visit) {
  for (Index n = 2; n <= 12; ++n)
    for (const Grid& grid : grids(n))
      for (const Edge edge : {Edge::FirstOrder, Edge::SecondOrder}) {
        CAPTURE(n);
        CAPTURE(grid.name);
        CAPTURE(static_cast<int>(edge));
        if (edge == Edge::FirstOrder || n >= 3) visit(grid.x, edge);
      }
}

template <class Real, class Spacing>
Matrix<Real> weights(Index n, const Spacing& spacing, Edge edge) {
  return derivative<0>(Matrix<Real>::Identity(n, n), spacing, edge);
}

template <class Real>
Matrix<Real> weights(Index n, const Stencil& stencil) {
  return derivative<0>(Matrix<Real>::Identity(n, n), stencil);
}

/// The slope at x[at] of the parabola through samples a, b, c, as one weight for each: the derivatives of Lagrange's
/// polynomials, in another form than the library's, and in long double.
void addParabola(Matrix<long double>& result, const ArrayXd& x, Index at, Index a, Index b, Index c) {
  const Index sample[] = {a, b, c};
  for (int k = 0; k < 3; ++k) {
    const Index i = sample[k], j = sample[(k + 1) % 3], l = sample[(k + 2) % 3];
    const long double xi = x[i], xj = x[j], xl = x[l], xa = x[at];
    result(at, i) = ((xa - xj) + (xa - xl)) / ((xi - xj) * (xi - xl));
  }
}

Matrix<long double> textbook(const ArrayXd& x, Edge edge) {
  const Index n = x.size(), last = n - 1;
  Matrix<long double> result = Matrix<long double>::Zero(n, n);
  for (Index i = 1; i < last; ++i) addParabola(result, x, i, i - 1, i, i + 1);
  if (edge == Edge::SecondOrder) {
    addParabola(result, x, 0, 0, 1, 2);
    addParabola(result, x, last, last - 2, last - 1, last);
  } else {
    const long double left = 1 / ((long double)(x[1]) - x[0]), right = 1 / ((long double)(x[last]) - x[last - 1]);
    result.row(0).head(2) << -left, left;
    result.row(last).tail(2) << -right, right;
  }
  return result;
}

/// The greatest amount by which the two matrices differ, over the greatest weight in the row.
template <class Real>
long double worstDifference(const Matrix<Real>& found, const Matrix<long double>& expected) {
  const auto difference = (found.template cast<long double>() - expected).array().abs().rowwise().maxCoeff().eval();
  return (difference / expected.array().abs().rowwise().maxCoeff()).maxCoeff();
}

/// What rounding alone may do to M f, in units of Real: each product rounds by half a unit, each sum by another.
template <class Real>
Eigen::Array<long double, Dynamic, 1> rounding(const Matrix<Real>& m, const Eigen::Array<Real, Dynamic, 1>& f) {
  return 8 * unit<Real> *
         (m.template cast<long double>().cwiseAbs() * f.template cast<long double>().matrix().cwiseAbs()).array();
}

template <class Real>
Eigen::Array<long double, Dynamic, 1> apply(const Matrix<Real>& m, const Eigen::Array<Real, Dynamic, 1>& f) {
  return (m.template cast<long double>() * f.template cast<long double>().matrix()).array();
}

template <class Real>
bool sameBits(const Matrix<Real>& a, const Matrix<Real>& b) {
  return (a.array() == b.array()).all();
}

std::string printed(const Stencil& stencil) {
  std::ostringstream out;
  out << stencil;
  return out.str();
}

}  // namespace

TEST_CASE("the weights are those of the parabola through three samples") {
  forEachGrid([](const ArrayXd& x, Edge edge) {
    const Index n = x.size();
    const auto expected = textbook(x, edge);
    // Two subtractions, two divisions and a sum: five roundings at most. Where coordinates are given in double they
    // are exact, and so are the distances of long double's formula.
    CHECK(worstDifference(weights<double>(n, x, edge), expected) <= 3 * unit<double>);
    CHECK(worstDifference(weights<long double>(n, x, edge), expected) <= 6 * unit<long double>);
    // Computed in double, then rounded once: half a unit, and half a unit more where two of them are subtracted.
    CHECK(worstDifference(weights<float>(n, x, edge), expected) <= 1.001L * unit<float>);
  });
}

TEST_CASE("each row of weights has three entries at most, and they sum to zero") {
  forEachGrid([](const ArrayXd& x, Edge edge) {
    const Matrix<double> m = weights<double>(x.size(), x, edge);
    for (Index i = 0; i < m.rows(); ++i) {
      CHECK((m.row(i).array() != 0).count() <= 3);
      CHECK(std::abs(m.row(i).sum()) <= unit<double> * m.row(i).cwiseAbs().maxCoeff());
    }
  });
}

TEST_CASE("a constant has the derivative zero, to the last bit, on every grid and in every precision") {
  forEachGrid([](const ArrayXd& x, Edge edge) {
    const Index n = x.size();
    CHECK((derivative<0>(Eigen::ArrayXf::Constant(n, 1e6f), x, edge) == 0).all());
    CHECK((derivative<0>(ArrayXd::Constant(n, 1e300), x, edge) == 0).all());
    CHECK((derivative<0>(Eigen::Array<long double, Dynamic, 1>::Constant(n, 0.1L), x, edge) == 0).all());
    CHECK((derivative<0>(Eigen::Array<Eigen::half, Dynamic, 1>::Constant(n, Eigen::half(0.1f)), x, edge) ==
           Eigen::half(0.0f))
              .all());
  });
}

TEST_CASE_TEMPLATE("lines are exact at every sample, parabolas wherever the rule is of second order", Real, float,
                   double, long double) {
  forEachGrid([](const ArrayXd& coordinates, Edge edge) {
    using Array = Eigen::Array<Real, Dynamic, 1>;
    const Index n = coordinates.size();
    // As the field can hold them, about the middle, so that the parabola is no nearly straight line.
    const Array x = (coordinates - coordinates.mean()).template cast<Real>();
    const Matrix<Real> m = weights<Real>(n, x, edge);

    const Array line = Real(3) * x + Real(2);
    const auto slopeError = (apply(m, line) - 3).abs().eval();
    CHECK((slopeError <= rounding(m, line)).all());

    const Array parabola = x * x - Real(5) * x;
    const auto parabolaError = (apply(m, parabola) - (2 * x.template cast<long double>() - 5)).abs().eval();
    const Array terms = x * x + Real(5) * x.abs();
    const auto allowed = rounding(m, terms);
    const Index end = edge == Edge::SecondOrder ? 0 : 1;
    for (Index i = end; i < n - end; ++i) CHECK(parabolaError[i] <= allowed[i]);
    // And a first-order edge is that: it takes the slope of the chord, off by the interval at it.
    if (edge == Edge::FirstOrder) {
      const long double first = x[1], zeroth = x[0];
      CHECK(std::abs(parabolaError[0] - std::abs(first - zeroth)) <= allowed[0]);
    }
  });
}

TEST_CASE("reversing the samples and their coordinates reverses the derivative; negating the coordinates negates it") {
  forEachGrid([](const ArrayXd& x, Edge edge) {
    const Index n = x.size();
    const Matrix<double> m = weights<double>(n, x, edge);
    const Matrix<double> reversed = weights<double>(n, x.reverse(), edge), negated = weights<double>(n, -x, edge);
    CHECK(worstDifference<double>(reversed.reverse(), m.cast<long double>()) <= 3 * unit<double>);
    CHECK(sameBits<double>(negated, -m));
  });
}

TEST_CASE("coordinates a step apart have the weights of the step") {
  for (Index n = 2; n <= 12; ++n)
    for (const Edge edge : {Edge::FirstOrder, Edge::SecondOrder})
      for (const double h : {0.25, 2.0, -0.5}) {  // powers of two: no rounding
        if (n < 3 && edge == Edge::SecondOrder) continue;
        const ArrayXd x = h * ArrayXd::LinSpaced(n, 0, double(n - 1));
        CHECK(sameBits(weights<double>(n, x, edge), weights<double>(n, h, edge)));
        CHECK(sameBits(weights<float>(n, x, edge), weights<float>(n, h, edge)));
      }
}

TEST_CASE("a periodic axis is the same at every sample") {
  for (Index n = 1; n <= 12; ++n) {
    const Matrix<double> m = weights<double>(n, 0.25, Edge::Periodic);
    Matrix<double> expected = Matrix<double>::Zero(n, n);
    for (Index i = 0; i < n; ++i) {  // (f[i+1] - f[i-1]) / 2h, and of one or two samples, which cancel, nothing
      expected(i, (i + 1) % n) += 2;
      expected(i, (i - 1 + n) % n) -= 2;
    }
    CHECK(sameBits(m, expected));
  }
}

TEST_CASE("lower, centre and upper are the weights, in the columns they say") {
  const auto holds = [](const Stencil& stencil, Index n) {
    const Matrix<double> m = weights<double>(n, stencil);
    const ArrayXd columns[] = {stencil.lower(), stencil.centre(), stencil.upper()};
    Matrix<double> placed = Matrix<double>::Zero(n, n);
    for (Index i = 0; i < n; ++i)
      for (Index k = 0; k < 3; ++k) {
        const double weight = columns[k][i];
        const bool wraps = stencil.edges().arePeriodic();
        const Index j = wraps ? (i - 1 + k + n) % n : std::max<Index>(0, std::min<Index>(i - 1, n - 3)) + k;
        if (weight != 0) placed(i, j) += weight;
      }
    return columns[0].size() == n && columns[1].size() == n && columns[2].size() == n && sameBits(placed, m);
  };
  forEachGrid([&](const ArrayXd& x, Edge edge) { CHECK(holds(Stencil(x, edge), x.size())); });
  for (Index n = 1; n <= 12; ++n) {
    CHECK(holds(Stencil(0.3, n, Edge::Periodic), n));
    if (n >= 2) CHECK(holds(Stencil(0.3, n, Edge::FirstOrder), n));
    if (n >= 3) CHECK(holds(Stencil(-0.3, n, Edge::SecondOrder), n));
  }
}

TEST_CASE("the weights of 1, 2, 4 are those found by hand") {
  // At 2, l = 1 and r = 2: -r/l(l+r) = -2/3, (r-l)/lr = 1/2, l/r(l+r) = 1/6.
  const Stencil first(std::vector<int>{1, 2, 4}), second(std::vector<int>{1, 2, 4}, Edge::SecondOrder);
  const auto row = [](const Stencil& s, Index i) { return Eigen::Array3d(s.lower()[i], s.centre()[i], s.upper()[i]); };
  CHECK(row(first, 0).isApprox(Eigen::Array3d(-1, 1, 0)));
  CHECK(row(first, 1).isApprox(Eigen::Array3d(-2. / 3, 1. / 2, 1. / 6)));
  CHECK(row(first, 2).isApprox(Eigen::Array3d(0, -1. / 2, 1. / 2)));
  // At 1: -(2l+r)/l(l+r) = -4/3, (l+r)/lr = 3/2, -l/r(l+r) = -1/6. At 4: r/l(l+r) = 2/3, -3/2, (l+2r)/r(l+r) = 5/6.
  CHECK(row(second, 0).isApprox(Eigen::Array3d(-4. / 3, 3. / 2, -1. / 6)));
  CHECK(row(second, 1).isApprox(row(first, 1)));
  CHECK(row(second, 2).isApprox(Eigen::Array3d(2. / 3, -3. / 2, 5. / 6)));
}

TEST_CASE_TEMPLATE("a stencil gives the same bits as the coordinates it was made from", Real, float, double,
                   long double) {
  forEachGrid([](const ArrayXd& x, Edge edge) {
    const Index n = x.size();
    const auto check = [&](const auto& coordinates) {
      CHECK(sameBits(weights<Real>(n, Stencil(coordinates, edge)), weights<Real>(n, coordinates, edge)));
    };
    check(x);
    check(x.cast<long double>().eval());
    if (x.abs().maxCoeff() < 100) check(x.cast<float>().eval());
    check((1e12 * x).cast<std::int64_t>().eval());
  });
}

TEST_CASE_TEMPLATE("a stencil gives the same bits as the step it was made from", Real, float, double, long double) {
  const Index n = 4;
  const auto same = [&](const auto& h) {
    return sameBits(weights<Real>(n, Stencil(h, Edge::SecondOrder)), weights<Real>(n, h, Edge::SecondOrder));
  };
  std::mt19937 random(1);
  std::uniform_real_distribution<double> step(0.5, 1);
  int differ = 0;
  for (int k = 0; k < 3000; ++k) {  // one in about 2000 would be rounded twice
    const double h = step(random);
    differ += !same(h) + !same(static_cast<float>(h)) + !same(static_cast<long double>(h) / 3);
    differ += !same(static_cast<long double>(h)) + !same(k + 1) + !same(std::int64_t(k + 1));
  }
  CHECK(differ == 0);
}

TEST_CASE("a stencil outlives what it was made from, can be copied, and serves any number of fields") {
  ArrayXd x = ArrayXd{{1, 2, 4, 8}};
  Stencil stencil(x, Edge::SecondOrder);
  const Matrix<double> expected = weights<double>(4, x, Edge::SecondOrder);
  x.setZero();
  const Stencil copy(stencil);
  stencil = Stencil(0.5);
  for (int k = 0; k < 2; ++k) CHECK(sameBits(weights<double>(4, copy), expected));
  CHECK(sameBits<double>(derivative<1>(Eigen::Matrix4d::Identity(), copy), expected.transpose()));
}

TEST_CASE("copies share their weights, and what was moved from is still a stencil") {
  Stencil first(ArrayXd::LinSpaced(9, 0, 2).square());
  const Stencil copy = first, moved = std::move(first);
  CHECK(&copy.coordinateWeights<double>() == &moved.coordinateWeights<double>());
  CHECK(&first.coordinateWeights<double>() == &moved.coordinateWeights<double>());
  CHECK(&copy.coordinateWeights<double, 2>() != nullptr);
}

TEST_CASE("weights are made once, and stay where they are") {
  const Stencil stencil(ArrayXd::LinSpaced(9, 0, 2).square());
  const auto* weights = &stencil.coordinateWeights<float, 2>();
  (void)stencil.coordinateWeights<float, 1>();
  (void)stencil.coordinateWeights<double, 2>();
  CHECK(&stencil.coordinateWeights<float, 2>() == weights);
}

TEST_CASE("a stencil says how many samples, which edge, and what steps") {
  const Stencil coordinates(std::vector<double>{0, 0.25, -0.5, 1}, Edge::SecondOrder);
  CHECK(coordinates.samples() == 4);
  CHECK(coordinates.edges() == Edge::SecondOrder);
  CHECK_FALSE(coordinates.isStep());
  CHECK(printed(coordinates) == "a stencil of 4 samples, second-order edges, steps from 0.25 to 1.5");

  const Stencil step(0.5);
  CHECK(step.samples() == -1);
  CHECK(step.edges() == Edge::FirstOrder);
  CHECK(step.isStep());
  CHECK(printed(step) == "a stencil of any number of samples, first-order edges, a step of 0.5");
  CHECK(printed(Stencil(-2, 1, Edge::Periodic)) == "a stencil of 1 sample, periodic edges, a step of -2");
}

TEST_CASE("a stencil brings its own edge, whatever edge the call gives") {
  const ArrayXd f = ArrayXd{{0, 1, 4}};  // x squared: its slope at 0 is 0, and 1 by the chord
  const Stencil second(1.0, Edge::SecondOrder), first(1.0);
  CHECK(derivative<0>(f, second, Edge::FirstOrder)[0] == 0);
  CHECK(derivative<0>(f, first, Edge::SecondOrder)[0] == 1);
}

TEST_CASE("one stencil serves fields of every scalar") {
  // x squared on 0, 1, 3, 7: the parabola's slopes are 2x, whole numbers; the weights are not all exact.
  const std::vector<int> x = {0, 1, 3, 7};
  const Eigen::Array4d expected(0, 2, 6, 14);
  const Stencil stencil(x, Edge::SecondOrder);
  const auto squares = [&](auto one) {
    using Scalar = decltype(one);
    Eigen::Array<Scalar, Dynamic, 1> f(4);
    for (Index i = 0; i < 4; ++i) f[i] = static_cast<Scalar>(static_cast<float>(x[size_t(i)] * x[size_t(i)]));
    return f;
  };
  const auto near = [&](const auto& g, double bound) {
    return ((g.template cast<double>() - expected).abs() <= bound * 14).all();
  };
  CHECK(near(derivative<0>(squares(1.0f), stencil), unit<float>));
  CHECK(near(derivative<0>(squares(1.0), stencil), unit<double>));
  CHECK(near(derivative<0>(squares(1.0L), stencil), unit<double>));
  CHECK(near(derivative<0>(squares(1), stencil), unit<double>));
  CHECK(near(derivative<0>(squares(Eigen::half(1.0f)), stencil).cast<float>(), 0x1p-11));
  CHECK(near(derivative<0>(squares(Eigen::bfloat16(1.0f)), stencil).cast<float>(), 0x1p-8));

  const std::complex<double> i(0, 1);
  const Eigen::ArrayXcd g = derivative<0>(squares(1.0) * i, stencil);
  CHECK(near(g.imag(), unit<double>));
  CHECK((g.real() == 0).all());
  const Eigen::ArrayXcf imaginary = squares(1.0f) * std::complex<float>(0, 1);
  const Eigen::ArrayXcf single = derivative<0>(imaginary, stencil);
  CHECK(near(single.imag(), unit<float>));
}

TEST_CASE("a stencil serves a user's scalar, here one that carries derivatives of its own") {
  // a x squared at a = 3 on 0, 1, 3, 7: the slope is 2 a x, and its derivative by a is 2 x.
  using Dual = Eigen::AutoDiffScalar<Eigen::Matrix<double, 1, 1>>;
  const std::vector<int> x = {0, 1, 3, 7};
  const Dual a(3.0, 1, 0);
  Eigen::Array<Dual, Dynamic, 1> f(4);
  for (Index i = 0; i < 4; ++i) f[i] = a * double(x[size_t(i)] * x[size_t(i)]);
  for (const Stencil& stencil : {Stencil(x, Edge::SecondOrder), Stencil(x)}) {
    const Eigen::Array<Dual, Dynamic, 1> g = derivative<0>(f, stencil);
    CHECK(g[1].value() == doctest::Approx(6));
    CHECK(g[1].derivatives()[0] == doctest::Approx(2));
    CHECK(g[2].value() == doctest::Approx(18));
    CHECK(g[2].derivatives()[0] == doctest::Approx(6));
  }
  const Eigen::Array<Dual, Dynamic, 1> byStep = derivative<0>(f, Stencil(0.5));
  CHECK(byStep[1].value() == 27);  // 3 (9 - 0) / (2 0.5)
  CHECK(byStep[1].derivatives()[0] == 9);
}

TEST_CASE("coordinates too close for float's weights serve a double field") {
  // 1e-39 apart: weights of 5e38, above float's greatest number, 3.4e38.
  const ArrayXd x = ArrayXd{{0, 1e-39, 2e-39}};
  const Stencil stencil(x);
  CHECK(derivative<0>(ArrayXd(x * 2), stencil).isApproxToConstant(2, 1e-15));
  const Eigen::ArrayXf f = Eigen::ArrayXf::LinSpaced(3, 0, 2);
  CHECK_THROWS_WITH_AS(derivative<0>(f, stencil),
                       "gridgrad: axis 0 has distances at sample 0 too small or too large for weights in the field's "
                       "precision, but weights must neither overflow nor vanish",
                       std::invalid_argument);
  const Stencil step(1e-39);
  CHECK(derivative<0>(ArrayXd(x * 2), step).isApproxToConstant(2, 1e-15));
  CHECK_THROWS_AS(derivative<0>(f, step), std::invalid_argument);
}

namespace {

/// Whether the work leaves no floating-point exception that programs trap; what it throws is caught.
template <class Work>
bool isQuiet(const Work& work) {
  std::feclearexcept(FE_ALL_EXCEPT);
  try {
    work();
  } catch (const std::invalid_argument&) {
  }
  return std::fetestexcept(FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW) == 0;
}

}  // namespace

TEST_CASE("weights that no field asks for, or that are refused, raise no floating-point exception") {
  const traps::Off coordinatesOfInfinities;
  const double inf = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
  const double big = std::numeric_limits<double>::max();
  const ArrayXd f = ArrayXd::LinSpaced(6, 0, 5), g = 1e-39 * f;
  const Eigen::ArrayXf small = f.cast<float>();
  // 1e-39 apart: too close for weights in float; 1e-200: for those of a second derivative in double.
  for (double h : {1e-39, 1e-200, 1e-310, big, inf, -inf, nan, 0.0}) {
    CAPTURE(h);
    const ArrayXd x = h * f, z = ArrayXd{{0, h, -h, 2 * h, big, -big}};
    CHECK(isQuiet([&] { Stencil{h}; }));
    CHECK(isQuiet([&] { Stencil{x}; }));
    CHECK(isQuiet([&] { Stencil(z, Edge::SecondOrder); }));
    CHECK(isQuiet([&] { gridgrad::periodic(z, h); }));
    CHECK(isQuiet([&] { gridgrad::periodic(g, h); }));
    CHECK(isQuiet([&] { derivative<0>(f, h, Edge::SecondOrder); }));
    CHECK(isQuiet([&] { derivative<0>(small, h); }));
    CHECK(isQuiet([&] { derivative<0>(small, x); }));
    CHECK(isQuiet([&] { gridgrad::secondDerivative<0>(f, h); }));
    CHECK(isQuiet([&] { gridgrad::secondDerivative<0>(f, z, Edge::SecondOrder); }));
  }
  const ArrayXd wide = ArrayXd{{-big, 0, big}};
  CHECK(isQuiet([&] { gridgrad::periodic(wide, big); }));
  CHECK(isQuiet([&] { Stencil{wide}; }));
  // And a program's own exceptions stay as they were.
  std::feraiseexcept(FE_INVALID);
  const Stencil stencil(g);
  CHECK(std::fetestexcept(FE_INVALID) != 0);
}
