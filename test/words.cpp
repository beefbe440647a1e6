// SPDX-License-Identifier: MPL-2.0
//
// Divergence, curl, Laplacian, Hessian and Jacobian of arrays and matrices: against derivatives taken one at a time,
// against polynomials, identities of vector calculus and exact rational arithmetic; with every spelling of the grid,
// with temporaries, and with what is assigned read on the right.

#include <boost/multiprecision/cpp_int.hpp>
#include <doctest/doctest.h>
#include <gridgrad/curl.hpp>
#include <gridgrad/divergence.hpp>
#include <gridgrad/gradient.hpp>
#include <gridgrad/hessian.hpp>
#include <gridgrad/jacobian.hpp>
#include <gridgrad/laplacian.hpp>
#include <gridgrad/second_derivative.hpp>

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <stdexcept>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "reference.hpp"

using Eigen::ArrayXd;
using Eigen::ArrayXXd;
using Eigen::MatrixXd;
using gridgrad::curl;
using gridgrad::derivative;
using gridgrad::divergence;
using gridgrad::Edge;
using gridgrad::Edges;
using gridgrad::gradient;
using gridgrad::hessian;
using gridgrad::jacobian;
using gridgrad::laplacian;
using gridgrad::periodic;
using gridgrad::secondDerivative;
using gridgrad::Spacing;
using gridgrad::Stencil;
using reference::equal;
using reference::Index;
using reference::quarters;
using reference::uneven;

namespace {

using Numbers = std::vector<double>;
using MatrixXcfRow = Eigen::Matrix<std::complex<float>, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr Edge first = Edge::FirstOrder, second = Edge::SecondOrder, wrapped = Edge::Periodic;

/// All words of a vector field (u, v), evaluated.
template <class Plain>
struct Words {
  Plain divergence, curl, laplacian, laplacianOfU, laplacianOfV;
  Plain fxx, fxy, fyy;  // of u
  Plain ux, uy, vx, vy;
};

template <class Plain>
Words<Plain> say(const Plain& u, const Plain& v, const Stencil& x, const Stencil& y) {
  const auto [lapU, lapV] = laplacian(u, v, x, y);
  const auto [fxx, fxy, fyy] = hessian(u, x, y);
  const auto [ux, uy, vx, vy] = jacobian(u, v, x, y);
  return {divergence(u, v, x, y), curl(u, v, x, y), laplacian(u, x, y), lapU, lapV, fxx, fxy, fyy, ux, uy, vx, vy};
}

/// The same from derivatives one at a time, each evaluated.
template <class Plain>
Words<Plain> oneByOne(const Plain& u, const Plain& v, const Stencil& x, const Stencil& y) {
  const auto d = [&](const Plain& f, int axis) { return Plain(derivative(f, axis, axis == 0 ? x : y)); };
  const auto dd = [&](const Plain& f, int axis) { return Plain(secondDerivative(f, axis, axis == 0 ? x : y)); };
  const Plain ux = d(u, 0), uy = d(u, 1), vx = d(v, 0), vy = d(v, 1), uxx = dd(u, 0), uyy = dd(u, 1);
  const Plain lapU = uxx + uyy, lapV = dd(v, 0) + dd(v, 1);
  return {ux + vy, vx - uy, lapU, lapU, lapV, uxx, d(ux, 1), uyy, ux, uy, vx, vy};
}

/// Within so many roundings of the greatest coefficient, or of a term as great as 64, which any sum here may have.
template <class Plain>
bool close(const Plain& a, const Plain& b, double roundings = 16) {
  using Real = typename Eigen::NumTraits<typename Plain::Scalar>::Real;
  const Real bound =
      Real(roundings) * std::numeric_limits<Real>::epsilon() * std::max(b.array().abs().maxCoeff(), Real(64));
  return a.rows() == b.rows() && a.cols() == b.cols() && (a.array() - b.array()).abs().maxCoeff() <= bound;
}

template <class Plain>
bool agree(const Words<Plain>& a, const Words<Plain>& b) {
  return close(a.divergence, b.divergence) && close(a.curl, b.curl) && close(a.laplacian, b.laplacian) &&
         close(a.laplacianOfU, b.laplacianOfU) && close(a.laplacianOfV, b.laplacianOfV) && close(a.fxx, b.fxx) &&
         close(a.fxy, b.fxy) && close(a.fyy, b.fyy) && close(a.ux, b.ux) && close(a.uy, b.uy) && close(a.vx, b.vx) &&
         close(a.vy, b.vy);
}

/// An uneven axis of m samples, or once around of 50; and steps.
std::pair<Stencil, Stencil> grid(Index m, Edges edges) {
  const Numbers x = uneven(m);
  return {edges.arePeriodic() ? Stencil(periodic(x, 50)) : Stencil(x, edges), Stencil(0.3, edges)};
}

const ArrayXXd u = quarters<ArrayXXd>(6, 5, 1), v = quarters<ArrayXXd>(6, 5, 7);
ArrayXXd makeU() { return u; }
ArrayXXd makeV() { return v; }

/// Samples of a function of places half a unit apart: exact for polynomials of small whole numbers.
template <class Function>
ArrayXXd sampled(const Function& function) {
  return ArrayXXd::NullaryExpr(6, 5, [&](Index i, Index j) { return function(double(i) / 2 - 1, double(j) / 2); });
}

/// The coefficients, one at a time, which is quick to compile.
template <class Xpr>
ArrayXXd values(const Xpr& xpr) {
  ArrayXXd result(xpr.rows(), xpr.cols());
  for (Index i = 0; i < result.rows(); ++i)
    for (Index j = 0; j < result.cols(); ++j) result(i, j) = xpr.coeff(i, j);
  return result;
}
template <class Xpr>
bool isAll(const Xpr& found, double value) {
  return (values(found) == value).all() && found.size() > 0;
}
template <class Xpr>
bool is(const Xpr& found, const ArrayXXd& expected) {
  return close(values(found), expected);
}

}  // namespace

TEST_CASE("of polynomials the words say what calculus says, component k going with axis k") {
  const ArrayXXd p = sampled([](double x, double y) { return x + 2 * y; });
  const ArrayXXd q = sampled([](double x, double y) { return 5 * x + 11 * y; });
  const ArrayXXd f = sampled([](double x, double y) { return 3 * x * x + 5 * x * y + 7 * y * y + x - y; });
  for (const Edge edge : {first, second}) {
    const Stencil h(0.5, edge);
    const auto flow = say(p, q, h, h), curved = say(f, p, h, h);
    CHECK(isAll(flow.divergence, 12));
    CHECK(isAll(flow.curl, 3));
    CHECK(isAll(flow.ux, 1));
    CHECK(isAll(flow.uy, 2));
    CHECK(isAll(flow.vx, 5));
    CHECK(isAll(flow.vy, 11));
    CHECK(isAll(curved.laplacian, 20));
    CHECK(isAll(curved.laplacianOfU, 20));
    CHECK(isAll(curved.laplacianOfV, 0));
    CHECK(isAll(curved.fxx, 6));
    CHECK(isAll(curved.fxy, 5));
    CHECK(isAll(curved.fyy, 14));
  }
}

TEST_CASE("the Laplacian is the compact one of five points") {
  ArrayXXd f = ArrayXXd::Zero(5, 5), expected = f;
  f(2, 2) = 1;
  expected.row(2) << 0, 1, -4, 1, 0;
  expected.col(2) << 0, 1, -4, 1, 0;
  // At the ends of the axes, the parabola through three samples reads the middle one.
  expected(0, 2) = expected(4, 2) = expected(2, 0) = expected(2, 4) = 1;
  CHECK(equal(say(f, f, Stencil(1), Stencil(1)).laplacian, expected));
  expected(0, 2) = expected(4, 2) = expected(2, 0) = expected(2, 4) = 0;
  CHECK(equal(say(f, f, Stencil(1, wrapped), Stencil(1, wrapped)).laplacian, expected));
}

TEST_CASE("every word is made of the derivatives it is defined by") {
  for (Index m : {4, 9})
    for (Index n : {4, 18})
      for (const Edges edges : {Edges(first), Edges(second), Edges(first, second), Edges(wrapped)}) {
        CAPTURE(m);
        CAPTURE(n);
        const auto [x, y] = grid(m, edges);
        const ArrayXXd p = quarters<ArrayXXd>(m, n, 1), q = quarters<ArrayXXd>(m, n, 7);
        REQUIRE(agree(say(p, q, x, y), oneByOne(p, q, x, y)));
      }
}

TEST_CASE("and so in a matrix, by rows, of complex numbers in single precision") {
  using Plain = MatrixXcfRow;
  for (Index m : {4, 9})
    for (Index n : {4, 18})
      for (const Edges edges : {Edges(first), Edges(second), Edges(first, second), Edges(wrapped)}) {
        CAPTURE(m);
        CAPTURE(n);
        const auto [x, y] = grid(m, edges);
        const Plain p = quarters<Plain>(m, n, 1), q = quarters<Plain>(m, n, 7);
        const Words<Plain> expected = oneByOne(p, q, x, y);
        REQUIRE(close<Plain>(divergence(p, q, x, y), expected.divergence));
        REQUIRE(close<Plain>(curl(p, q, x, y), expected.curl));
        REQUIRE(close<Plain>(laplacian(p, x, y), expected.laplacian));
        REQUIRE(close<Plain>(std::get<1>(hessian(p, x, y)), expected.fxy));
      }
}

TEST_CASE("the grid may be spelled as in a gradient: no spacing, one step, or one spacing for each axis, edges last") {
  const Numbers x = uneven(6), y = uneven(5);
  const auto expected = [](const Stencil& sx, const Stencil& sy) { return oneByOne(u, v, sx, sy); };
  const auto one = expected(Stencil(1), Stencil(1)), half = expected(Stencil(0.5, second), Stencil(0.5, second));
  CHECK(is(divergence(u, v), one.divergence));
  CHECK(is(curl(u, v, 0.5, second), half.curl));
  CHECK(is(laplacian(u, Spacing(0.5), second), half.laplacian));
  CHECK(is(std::get<1>(hessian(u, wrapped)), expected(Stencil(1, wrapped), Stencil(1, wrapped)).fxy));

  const Stencil named(y, second);
  CHECK(is(divergence(u, v, x, 0.25f), expected(Stencil(x), Stencil(0.25)).divergence));
  CHECK(is(curl(u, v, x, named), expected(Stencil(x), named).curl));
  CHECK(is(laplacian(u, periodic(x, 20), named), expected(Stencil(periodic(x, 20)), named).laplacian));
  CHECK(is(std::get<2>(hessian(u, 2, y, Edges(second, first))), expected(Stencil(2), Stencil(y, second, first)).fyy));
  CHECK(
      is(std::get<3>(jacobian(u, v, ArrayXd::LinSpaced(6, 0, 5), Spacing(y, second))), expected(Stencil(1), named).vy));
}

TEST_CASE("temporary components, coordinates and stencils live as long as what is made of them") {
  const Numbers x = uneven(6), y = uneven(5);
  const Stencil named(x, second);
  const auto expected = oneByOne(u, v, named, Stencil(y));
  const auto div = divergence(makeU(), makeV(), Stencil(x, second), Numbers(y));
  const auto lap = laplacian(makeU(), Stencil(x, second), Numbers(y));
  const auto all = hessian(makeU(), Stencil(x, second), Numbers(y));
  const auto entries = jacobian(u, makeV(), Spacing(Numbers(x), second), y);
  const std::vector<ArrayXXd> unrelated(16, ArrayXXd::Constant(6, 5, 1e300));  // where something freed would lie
  CHECK(is(div, expected.divergence));
  CHECK(is(lap, expected.laplacian));
  CHECK(is(std::get<0>(all), expected.fxx));
  CHECK(is(std::get<1>(all), expected.fxy));
  CHECK(is(std::get<2>(entries), expected.vx));
  CHECK(is(std::get<3>(entries), expected.vy));
  CHECK(unrelated[0](0, 0) == 1e300);
}

TEST_CASE("components may be blocks and expressions, and integers among doubles") {
  ArrayXXd both(6, 10);
  both << u, v;
  const auto expected = oneByOne(u, v, Stencil(0.5), Stencil(0.5));
  CHECK(is(divergence(both.leftCols(5), both.rightCols(5), 0.5), expected.divergence));
  const Eigen::Ref<const ArrayXXd> ref = both.rightCols(5);
  CHECK(is(curl(2 * u - u, ref, 0.5), expected.curl));
  const Eigen::ArrayXXi whole = (4 * u).cast<int>();
  const auto mixed = divergence(whole, v, 0.5);
  static_assert(std::is_same<decltype(mixed)::Scalar, double>::value);
  CHECK(is(mixed, oneByOne<ArrayXXd>(4 * u, v, Stencil(0.5), Stencil(0.5)).divergence));
}

TEST_CASE("a matrix stays a matrix, an array an array, and there are as many parts as the mathematics has") {
  const MatrixXd p = u, q = v;
  const auto isMatrix = [](const auto& xpr) {
    using Xpr = std::decay_t<decltype(xpr)>;
    return std::is_base_of<Eigen::MatrixBase<Xpr>, Xpr>::value;
  };
  CHECK(isMatrix(divergence(p, q, 0.5)));
  CHECK(isMatrix(curl(p, q, 0.5)));
  CHECK(isMatrix(laplacian(p, 0.5)));
  CHECK_FALSE(isMatrix(laplacian(u, 0.5)));
  CHECK_FALSE(isMatrix(divergence(u, v, 0.5)));
  static_assert(std::tuple_size<decltype(hessian(u))>::value == 3);
  static_assert(std::tuple_size<decltype(jacobian(u, v))>::value == 4);
  static_assert(std::tuple_size<decltype(laplacian(u, v))>::value == 2);
}

TEST_CASE("of a vector, which has one axis, each word is one derivative") {
  const ArrayXd f = quarters<ArrayXd>(7, 1);
  const Numbers x = uneven(7);
  const ArrayXXd slope = values(derivative<0>(f, x)), curvature = values(secondDerivative<0>(f, x));
  CHECK(equal(values(divergence(f, x)), slope));
  CHECK(equal(values(jacobian(f, x)), slope));
  CHECK(equal(values(laplacian(f, x)), curvature));
  CHECK(equal(values(hessian(f, x)), curvature));
}

TEST_CASE("a gradient does not turn, and what turns about a stream function does not spread, on any grid") {
  // Derivatives along two axes commute, whatever the spacings and edges; on quarters and steps of a half to the last
  // bit.
  const ArrayXXd f = quarters<ArrayXXd>(9, 8, 3);
  const auto turning = [&](const Stencil& x, const Stencil& y) {
    const auto [fx, fy] = gradient(f, x, y);
    return values(curl(fx, fy, x, y));
  };
  const auto spreading = [&](const Stencil& x, const Stencil& y) {
    const auto [fx, fy] = gradient(f, x, y);
    const ArrayXXd gx = fx, gy = fy;
    return say<ArrayXXd>(gy, -gx, x, y).divergence;
  };
  for (const Edge edge : {first, second, wrapped}) {
    const Stencil h(0.5, edge);
    CHECK(isAll(turning(h, h), 0));
    CHECK(isAll(spreading(h, h), 0));
    // Weights are below 8, once and again, samples below 8.
    const auto [x, y] = grid(9, edge);
    CHECK(turning(x, y).abs().maxCoeff() <= 1e-12);
    CHECK(spreading(x, y).abs().maxCoeff() <= 1e-12);
  }
}

TEST_CASE("a Laplacian on an uneven grid is that of exact rational arithmetic") {
  using Rational = boost::multiprecision::cpp_rational;
  // Of the parabola or the cubic through samples x_k … at t: each is its Lagrange polynomial, a product of t - x_m over
  // that of x_k - x_m, whose second derivative is 2 for two factors and 2 Σ (t - x_m) for three.
  const auto curvature = [](const Numbers& x, Index i, Edge edge, const auto& sample) {
    const Index n = Index(x.size()), count = (i == 0 || i == n - 1) && edge == second ? 4 : 3;
    const Index from = std::min(std::max(i - 1, Index(0)), n - count);
    Rational sum = 0;
    for (Index k = from; k < from + count; ++k) {
      Rational product = 1, distances = 0;
      for (Index m = from; m < from + count; ++m) {
        if (m == k) continue;
        product *= Rational(x[std::size_t(k)]) - Rational(x[std::size_t(m)]);
        distances += Rational(x[std::size_t(i)]) - Rational(x[std::size_t(m)]);
      }
      sum += 2 * Rational(sample(k)) * (count == 3 ? Rational(1) : distances) / product;
    }
    return sum;
  };
  const Index m = 11, n = 8;
  // A stretched grid, and one without order.
  Numbers x, y;
  for (Index i = 0; i < m; ++i) x.push_back(std::sinh(0.4 * double(i)));
  for (Index j = 0; j < n; ++j) y.push_back(double(5 * j % 8) / 3 + 0.01 * double(j * j));
  const ArrayXXd f = ArrayXXd::NullaryExpr(
      m, n, [&](Index i, Index j) { return std::sin(x[std::size_t(i)]) * std::exp(y[std::size_t(j)]); });
  for (const Edge edge : {first, second}) {
    const ArrayXXd found = laplacian(f, Stencil(x, edge), Stencil(y, edge));
    for (Index i = 0; i < m; ++i)
      for (Index j = 0; j < n; ++j) {
        const Rational exact = curvature(x, i, edge, [&, c = j](Index k) { return f(k, c); }) +
                               curvature(y, j, edge, [&, r = i](Index k) { return f(r, k); });
        // Samples are below 11 and weights below 20, so that the greatest terms are about 2^9.
        REQUIRE(std::abs(found(i, j) - static_cast<double>(exact)) <=
                16 * 512 * std::numeric_limits<double>::epsilon());
      }
  }
}

TEST_CASE("what is assigned may be read on the right") {
  const ArrayXXd p = quarters<ArrayXXd>(12, 12, 1), q = quarters<ArrayXXd>(12, 12, 7);
  const double nu = 0.25, dt = 0.125;
  for (const Edge edge : {first, second, wrapped}) {
    const Stencil h(0.5, edge);
    const auto expected = oneByOne(p, q, h, h);
    ArrayXXd a = p, b = q;
    a += nu * dt * laplacian(a, h, h);
    CHECK(equal(a, ArrayXXd(p + nu * dt * expected.laplacian)));
    a = p;
    a = divergence(a, b, h, h);
    CHECK(equal(a, expected.divergence));
    a = p;
    b = curl(a, b, h, h);
    CHECK(equal(b, expected.curl));
    a = p;
    a = std::get<1>(hessian(a, h, h));
    CHECK(equal(a, expected.fxy));
    // Both components from the same velocity: the parts are read only when they are assigned.
    a = p, b = q;
    const auto [lapA, lapB] = laplacian(a, b, h, h);
    a += dt * lapA;
    b += dt * lapB;
    CHECK(equal(a, ArrayXXd(p + dt * expected.laplacianOfU)));
    CHECK(equal(b, ArrayXXd(q + dt * expected.laplacianOfV)));
  }
}

TEST_CASE("several results may be tied to what they read: of matrices, of fixed size, of sums of derivatives") {
  const MatrixXd u0 = quarters<MatrixXd>(9, 7), v0 = quarters<MatrixXd>(9, 7, 7);
  const auto [xx, xy, yy] = hessian(u0, 0.5);
  const auto [lapU, lapV] = laplacian(u0, v0, 0.5);
  const auto [ux, uy, vx, vy] = jacobian(u0, v0, 0.5);
  MatrixXd s = u0, t = v0, a, b;
  std::tie(a, s, b) = hessian(s, 0.5);
  CHECK((equal(a, xx.eval()) && equal(s, xy.eval()) && equal(b, yy.eval())));
  s = u0;
  std::tie(t, s) = laplacian(s, t, 0.5);
  CHECK((equal(t, lapU.eval()) && equal(s, lapV.eval())));
  s = u0, t = v0;
  std::tie(s, t, a, b) = jacobian(s, t, 0.5);
  CHECK((equal(s, ux.eval()) && equal(t, uy.eval()) && equal(a, vx.eval()) && equal(b, vy.eval())));

  using Small = Eigen::Array<float, 4, 5>;
  const Small f = quarters<Small>(4, 5);
  Small g = f, h;
  std::tie(g, h) = gradient(g);
  CHECK((equal(g, gradient<0>(f).eval()) && equal(h, gradient<1>(f).eval())));
}

TEST_CASE("a triangle or a diagonal of one of several results may be assigned to what it reads") {
  const MatrixXd f = quarters<MatrixXd>(6, 6), d = gradient<0>(f, 0.5);
  const auto is = [](const MatrixXd& found, const MatrixXd& expected) { return equal(found, expected); };
  MatrixXd a = f, b = f;
  a.triangularView<Eigen::Upper>() = std::get<0>(gradient(a, 0.5));
  b.triangularView<Eigen::Upper>() = d;
  CHECK(is(a, b));
  a = f;
  a = std::get<0>(gradient(a, 0.5)).triangularView<Eigen::Lower>();
  CHECK(is(a, d.triangularView<Eigen::Lower>()));
  const auto slope = gradient(a, 0.5);
  a = f, b = f;
  a.triangularView<Eigen::Lower>() = std::get<0>(slope).triangularView<Eigen::Lower>();
  b.triangularView<Eigen::Lower>() = d.triangularView<Eigen::Lower>();
  CHECK(is(a, b));
  a = f;
  a = std::get<0>(slope).selfadjointView<Eigen::Lower>();
  CHECK(is(a, d.selfadjointView<Eigen::Lower>()));
  a = f;
  a = std::get<0>(slope).col(0).asDiagonal();
  CHECK(is(a, d.col(0).asDiagonal()));
}

TEST_CASE("NaN spoils what reads it and nothing else") {
  ArrayXXd f = quarters<ArrayXXd>(7, 7, 1);
  f(3, 3) = std::numeric_limits<double>::quiet_NaN();
  const auto [div, turning, lap, lapU, lapV, fxx, mixed, fyy, fx, fy, gx, gy] = say(f, f, Stencil(0.5), Stencil(0.5));
  for (Index i = 0; i < 7; ++i)
    for (Index j = 0; j < 7; ++j) {
      const Index apart = std::abs(i - 3) + std::abs(j - 3);
      const bool isCorner = std::abs(i - 3) == 1 && std::abs(j - 3) == 1;
      CHECK(std::isnan(lap(i, j)) == (apart <= 1));
      CHECK(std::isnan(mixed(i, j)) == isCorner);
      CHECK(std::isnan(div(i, j)) == (apart == 1));
    }
}

#define CHECK_REFUSED(call, sentence) CHECK_THROWS_WITH_AS((void)(call), "gridgrad: " sentence, std::invalid_argument)

TEST_CASE("components of different shapes are refused by every word that takes several") {
  const ArrayXXd p = ArrayXXd::Zero(5, 4), shorter = ArrayXXd::Zero(4, 4), narrower = ArrayXXd::Zero(5, 1);
  const Stencil h(0.5);
#define ROWS                                                                                                     \
  "component 1 of the vector field has 4 samples along axis 0, but component 0 has 5: all components must have " \
  "the same shape"
#define COLUMNS                                                                                                 \
  "component 1 of the vector field has 1 sample along axis 1, but component 0 has 4: all components must have " \
  "the same shape"
  CHECK_REFUSED(divergence(p, shorter, h, h), ROWS);
  CHECK_REFUSED(curl(p, shorter, h, h), ROWS);
  CHECK_REFUSED(laplacian(p, shorter, h, h), ROWS);
  CHECK_REFUSED(jacobian(p, shorter, h, h), ROWS);
  CHECK_REFUSED(divergence(p, narrower, h, h), COLUMNS);
  CHECK_REFUSED(jacobian(p, narrower, h, h), COLUMNS);
  ArrayXXd kept = p;
  CHECK_THROWS_AS(kept = divergence(p, shorter, h, h), std::invalid_argument);
  CHECK(equal(kept, p));
}

TEST_CASE("a grid that does not fit is refused, naming the axis, and a word asks only for what it needs") {
  const ArrayXXd f = ArrayXXd::Zero(5, 2), g = ArrayXXd::Zero(1, 5);
  const Stencil h(0.5), hSecond(0.5, second), mixed(0.5, first, second), coordinates(Numbers{0, 1, 2});
  CHECK_NOTHROW((void)divergence(f, f, h, h));
  CHECK_NOTHROW((void)jacobian(f, f, h, h));
  CHECK_REFUSED(laplacian(f, h, h),
                "axis 1 has 2 samples, but a first-order edge of a second derivative needs at least 3");
  CHECK_REFUSED(hessian(f, h, h),
                "axis 1 has 2 samples, but a first-order edge of a second derivative needs at least 3");
  CHECK_REFUSED(laplacian(f, f, mixed, mixed),
                "axis 1 has 2 samples, but a first-order edge of a second derivative needs at least 3");
  CHECK_REFUSED(curl(f, f, hSecond, hSecond), "axis 1 has 2 samples, but a second-order edge needs at least 3");
  CHECK_REFUSED(divergence(g, g, h, h), "axis 0 has 1 sample, but a first-order edge needs at least 2");
  CHECK_REFUSED(divergence(f, f, 0.5, Numbers{0, 1, 2}),
                "axis 1 has 2 samples, but 3 coordinates were given: there must be one for each sample");
  CHECK_REFUSED(curl(f, f, coordinates, h), "axis 0 has 5 samples, but its stencil was made for 3");
  CHECK_REFUSED(laplacian(f, 0.0, h), "axis 0 has a step of 0, but a step must be finite and not zero");
  CHECK_REFUSED(divergence(f, f, 0.5, Edges(wrapped, first)),
                "axis 0 is periodic at one end only, but a periodic axis has no ends: Edge::Periodic must stand for "
                "both");
  CHECK_REFUSED(laplacian(f, Spacing(Numbers{0, 1})),
                "coordinates were given for 2 axes at once, but coordinates belong to one axis: give one spacing per "
                "axis");
}
