// SPDX-License-Identifier: MPL-2.0
//
// The diagnostics of a flow, against flows whose answer is known in closed form, and against their definitions.
//
// Linear velocities are differentiated exactly on any grid with any edge. Of a wave on a periodic axis with a step h,
// the central difference is the derivative times sin(kh)/(kh), to rounding: so a flow of waves has closed forms on the
// grid too, and factors and signs show without an error of discretisation to hide in.

#include "paths.hpp"

#include <unsupported/Eigen/CXX11/Tensor>

#include <Eigen/Core>

#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <stdexcept>
#include <tuple>
#include <type_traits>
#include <vector>

#include <doctest/doctest.h>
#include <unsupported/Eigen/AutoDiff>

#include <gridgrad/divergence.hpp>
#include <gridgrad/flow.hpp>
#include <gridgrad/tensor.hpp>

#include "tensors.hpp"
#include "traps.hpp"

using Eigen::ArrayXXd;
using gridgrad::Edge;
using gridgrad::Stencil;
using reference::Index;
using reference::uneven;
using tensors::coefficients;

namespace {

using Tensor3 = Eigen::Tensor<double, 3>;
using Numbers = std::vector<double>;
using Real = long double;
using Matrix3 = Eigen::Matrix<Real, 3, 3>;
using Matrix2 = Eigen::Matrix<Real, 2, 2>;

constexpr double pi = 3.14159265358979323846;
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

/// What a flow is asked for, at one sample, in the order of the words; in two dimensions without lambda2.
struct Answer3 {
  std::array<double, 3> vorticity;
  std::array<double, 6> strain;
  double enstrophy, q, lambda2;
};
struct Answer2 {
  double vorticity;
  std::array<double, 3> strain;
  double enstrophy, q;
};

/// The root in the middle of the three of t³ - c₂ t² + c₁ t - c₀, the characteristic polynomial of a symmetric matrix:
/// it falls between its two extrema, and there is bisected.
Real middleEigenvalue(const Matrix3& m) {
  const Real c2 = m.trace(), c0 = m.determinant();
  const Real c1 = m(0, 0) * m(1, 1) - m(0, 1) * m(1, 0) + m(0, 0) * m(2, 2) - m(0, 2) * m(2, 0) + m(1, 1) * m(2, 2) -
                  m(1, 2) * m(2, 1);
  const Real half = std::sqrt(std::max(c2 * c2 - 3 * c1, Real(0))) / 3;
  Real from = c2 / 3 - half, to = c2 / 3 + half;
  for (int k = 0; k < 200; ++k) {
    const Real t = (from + to) / 2;
    (((t - c2) * t + c1) * t - c0 > 0 ? from : to) = t;
  }
  return (from + to) / 2;
}

/// All answers from the velocity gradient, by their definitions.
Answer3 answersFor(const Matrix3& j) {
  const Matrix3 s = (j + j.transpose()) / 2, o = (j - j.transpose()) / 2;
  const Eigen::Matrix<Real, 3, 1> vorticity(j(2, 1) - j(1, 2), j(0, 2) - j(2, 0), j(1, 0) - j(0, 1));
  Answer3 answer;
  for (int k = 0; k < 3; ++k) answer.vorticity[std::size_t(k)] = double(vorticity[k]);
  answer.strain = {double(s(0, 0)), double(s(0, 1)), double(s(0, 2)),
                   double(s(1, 1)), double(s(1, 2)), double(s(2, 2))};
  answer.enstrophy = double(vorticity.squaredNorm() / 2);
  answer.q = double((o.squaredNorm() - s.squaredNorm()) / 2);
  answer.lambda2 = double(middleEigenvalue(s * s + o * o));
  return answer;
}

/// What the library says of three tensors.
struct Found3 {
  std::array<Tensor3, 3> vorticity;
  std::array<Tensor3, 6> strain;
  Tensor3 enstrophy, q, lambda2;

  Answer3 at(Index k) const {
    Answer3 answer;
    for (std::size_t c = 0; c < 3; ++c) answer.vorticity[c] = vorticity[c].data()[k];
    for (std::size_t c = 0; c < 6; ++c) answer.strain[c] = strain[c].data()[k];
    answer.enstrophy = enstrophy.data()[k], answer.q = q.data()[k], answer.lambda2 = lambda2.data()[k];
    return answer;
  }
};
using Velocity3 = std::array<Tensor3, 3>;
using Stencils3 = std::array<Stencil, 3>;

Found3 ask(const Velocity3& f, const Stencils3& x) {
  const auto [ox, oy, oz] = gridgrad::vorticity(f[0], f[1], f[2], x[0], x[1], x[2]);
  const auto [sxx, sxy, sxz, syy, syz, szz] = gridgrad::strainRate(f[0], f[1], f[2], x[0], x[1], x[2]);
  Found3 found;
  found.vorticity = {coefficients(ox), coefficients(oy), coefficients(oz)};
  found.strain = {coefficients(sxx), coefficients(sxy), coefficients(sxz),
                  coefficients(syy), coefficients(syz), coefficients(szz)};
  const paths::Since start;
  found.enstrophy = gridgrad::enstrophy(f[0], f[1], f[2], x[0], x[1], x[2]);
  found.q = gridgrad::qCriterion(f[0], f[1], f[2], x[0], x[1], x[2]);
  found.lambda2 = gridgrad::lambda2(f[0], f[1], f[2], x[0], x[1], x[2]);
  CHECK(start.way() == (f[0].dimension(0) < 24 ? "3 InPlace 3 Blocks" : "3 InPlace 3 Rows"));
  return found;
}

/// Of two arrays.
struct Found2 {
  ArrayXXd vorticity;
  std::array<ArrayXXd, 3> strain;
  ArrayXXd enstrophy, q;

  Answer2 at(Index i, Index j) const {
    return {vorticity(i, j), {strain[0](i, j), strain[1](i, j), strain[2](i, j)}, enstrophy(i, j), q(i, j)};
  }
};
using Velocity2 = std::array<ArrayXXd, 2>;
using Stencils2 = std::array<Stencil, 2>;

Found2 ask(const Velocity2& f, const Stencils2& x) {
  const auto [sxx, sxy, syy] = gridgrad::strainRate(f[0], f[1], x[0], x[1]);
  return {gridgrad::vorticity(f[0], f[1], x[0], x[1]),
          {sxx, sxy, syy},
          gridgrad::enstrophy(f[0], f[1], x[0], x[1]),
          gridgrad::qCriterion(f[0], f[1], x[0], x[1])};
}

bool close(double a, double b, double tolerance) { return std::abs(a - b) <= tolerance; }

bool agree(const Answer3& found, const Answer3& expected, double tolerance) {
  bool all = close(found.enstrophy, expected.enstrophy, tolerance) && close(found.q, expected.q, tolerance) &&
             close(found.lambda2, expected.lambda2, tolerance);
  for (std::size_t c = 0; c < 3; ++c) all = all && close(found.vorticity[c], expected.vorticity[c], tolerance);
  for (std::size_t c = 0; c < 6; ++c) all = all && close(found.strain[c], expected.strain[c], tolerance);
  return all;
}
bool agree(const Answer2& found, const Answer2& expected, double tolerance) {
  bool all = close(found.enstrophy, expected.enstrophy, tolerance) && close(found.q, expected.q, tolerance) &&
             close(found.vorticity, expected.vorticity, tolerance);
  for (std::size_t c = 0; c < 3; ++c) all = all && close(found.strain[c], expected.strain[c], tolerance);
  return all;
}

/// The samples of function(x, y, z), an array of three components.
template <class Function>
Velocity3 sampled(const Numbers& x, const Numbers& y, const Numbers& z, const Function& function) {
  const Tensor3 empty(Index(x.size()), Index(y.size()), Index(z.size()));
  Velocity3 f{empty, empty, empty};
  for (std::size_t i = 0; i < x.size(); ++i)
    for (std::size_t j = 0; j < y.size(); ++j)
      for (std::size_t k = 0; k < z.size(); ++k) {
        const auto value = function(x[i], y[j], z[k]);
        for (std::size_t c = 0; c < 3; ++c) f[c](Index(i), Index(j), Index(k)) = double(value[c]);
      }
  return f;
}
template <class Function>
Velocity2 sampled(const Numbers& x, const Numbers& y, const Function& function) {
  const ArrayXXd empty(Index(x.size()), Index(y.size()));
  Velocity2 f{empty, empty};
  for (std::size_t i = 0; i < x.size(); ++i)
    for (std::size_t j = 0; j < y.size(); ++j) {
      const auto value = function(x[i], y[j]);
      for (std::size_t c = 0; c < 2; ++c) f[c](Index(i), Index(j)) = double(value[c]);
    }
  return f;
}

/// A linear flow u = Jx on uneven axes, one of them falling, with edges of every kind. J of small multiples of 1/8
/// makes its samples exact.
Found3 linear(const Matrix3& j) {
  const Numbers x = uneven(4), z = uneven(3, -4);
  Numbers y = uneven(5);
  std::reverse(y.begin(), y.end());
  const auto velocity = sampled(x, y, z, [&](double a, double b, double c) {
    const Eigen::Matrix<Real, 3, 1> v = j * Eigen::Matrix<Real, 3, 1>(a, b, c);
    return std::array<Real, 3>{v[0], v[1], v[2]};
  });
  return ask(velocity, {Stencil(x), Stencil(y, Edge::SecondOrder), Stencil(z, Edge::FirstOrder, Edge::SecondOrder)});
}
Found2 linear(const Matrix2& j) {
  const Numbers x = uneven(4);
  Numbers y = uneven(5);
  std::reverse(y.begin(), y.end());
  const auto velocity = sampled(x, y, [&](double a, double b) {
    return std::array<Real, 2>{j(0, 0) * a + j(0, 1) * b, j(1, 0) * a + j(1, 1) * b};
  });
  return ask(velocity, {Stencil(x, Edge::SecondOrder, Edge::FirstOrder), Stencil(y)});
}

/// Everywhere the same. Entries of J are below 8 and samples below 128; weights at most 8, squares and sums as in
/// tensors.hpp.
bool isEverywhere(const Found3& found, const Answer3& expected, double tolerance = 1e-11) {
  for (Index k = 0; k < found.q.size(); ++k)
    if (!agree(found.at(k), expected, tolerance)) return false;
  return found.q.size() > 0;
}
bool isEverywhere(const Found2& found, const Answer2& expected, double tolerance = 1e-11) {
  for (Index i = 0; i < found.q.rows(); ++i)
    for (Index j = 0; j < found.q.cols(); ++j)
      if (!agree(found.at(i, j), expected, tolerance)) return false;
  return found.q.size() > 0;
}

Matrix3 matrix(std::initializer_list<Real> rows) {
  return Eigen::Map<const Eigen::Matrix<Real, 3, 3, Eigen::RowMajor>>(rows.begin());
}

/// n steps once around 2π, and the factor of a wave of one turn.
Numbers circle(Index n) { return reference::even(n, 2 * pi / double(n)); }
double factor(Index n) { return std::sin(2 * pi / double(n)) / (2 * pi / double(n)); }
Stencil around(Index n) { return Stencil(2 * pi / double(n), Edge::Periodic); }

}  // namespace

TEST_CASE("solid-body rotation has twice its angular velocity for vorticity, and no strain") {
  // u = -wy, v = wx, from the first axis towards the second: enstrophy ½(2w)², Q = ½ ‖Ω‖² = ½ 2w².
  const double w = 0.75;
  CHECK(isEverywhere(linear(Matrix2{{0, -w}, {w, 0}}), {2 * w, {0, 0, 0}, 2 * w * w, w * w}));
  // About the axis z, then about an axis between all: u = (a, b, c) × r. S² + Ω² = -(|a|² - aaᵀ), with the eigenvalue
  // -|a|² twice and 0.
  CHECK(isEverywhere(linear(matrix({0, -w, 0, w, 0, 0, 0, 0, 0})),
                     {{0, 0, 2 * w}, {0, 0, 0, 0, 0, 0}, 2 * w * w, w * w, -w * w}));
  const double a = 0.5, b = -1.25, c = 2, square = a * a + b * b + c * c;
  CHECK(isEverywhere(linear(matrix({0, -c, b, c, 0, -a, -b, a, 0})),
                     {{2 * a, 2 * b, 2 * c}, {0, 0, 0, 0, 0, 0}, 2 * square, square, -square}));
}

TEST_CASE("pure shear strains at half its rate, turns at its rate, and is no vortex") {
  const double rate = 1.5;
  CHECK(isEverywhere(linear(Matrix2{{0, rate}, {0, 0}}), {-rate, {0, rate / 2, 0}, rate * rate / 2, 0}));
  CHECK(isEverywhere(linear(matrix({0, rate, 0, 0, 0, 0, 0, 0, 0})),
                     {{0, 0, -rate}, {0, rate / 2, 0, 0, 0, 0}, rate * rate / 2, 0, 0}));
  CHECK(isEverywhere(linear(matrix({0, 0, 0, 0, 0, 0, rate, 0, 0})),
                     {{0, -rate, 0}, {0, 0, rate / 2, 0, 0, 0}, rate * rate / 2, 0, 0}));
  CHECK(isEverywhere(linear(matrix({0, 0, 0, 0, 0, rate, 0, 0, 0})),
                     {{-rate, 0, 0}, {0, 0, 0, 0, rate / 2, 0}, rate * rate / 2, 0, 0}));
}

TEST_CASE("pure strain has no vorticity, and Q below zero") {
  const double a = 1.25, b = -0.5, c = -0.75;
  CHECK(isEverywhere(linear(Matrix2{{a, 0}, {0, -a}}), {0, {a, 0, -a}, 0, -a * a}));
  CHECK(isEverywhere(linear(Matrix2{{0, a}, {a, 0}}), {0, {0, a, 0}, 0, -a * a}));
  // S² has the eigenvalues a², b², c².
  CHECK(isEverywhere(linear(matrix({a, 0, 0, 0, b, 0, 0, 0, c})),
                     {{0, 0, 0}, {a, 0, 0, b, 0, c}, 0, -(a * a + b * b + c * c) / 2, c * c}));
}

TEST_CASE("in a flow that expands, Q is half of rotation less strain, and not the second invariant of J") {
  // u = ax, v = ay: Q = -½ 2a², while the invariant, the determinant, is a².
  const double a = 1.5;
  CHECK(isEverywhere(linear(Matrix2{{a, 0}, {0, a}}), {0, {a, 0, a}, 0, -a * a}));
  CHECK(isEverywhere(linear(matrix({a, 0, 0, 0, a, 0, 0, 0, a})),
                     {{0, 0, 0}, {a, 0, 0, a, 0, a}, 0, -1.5 * a * a, a * a}));
}

TEST_CASE("the core of Burgers's vortex is one while it turns faster than it is stretched") {
  // J. M. Burgers, A mathematical model illustrating the theory of turbulence, Advances in Applied Mechanics 1 (1948)
  // 171-199, doi:10.1016/S0065-2156(08)70100-5: near its axis u = -ax - wy/2, v = -ay + wx/2, with the vorticity w, and
  // the third component 2az. S² + Ω² is diagonal: a² - w²/4 twice, and 4a².
  for (double w : {0.5, 1., 4.}) {
    const double a = 0.5;
    CHECK(
        isEverywhere(linear(matrix({-a, -w / 2, 0, w / 2, -a, 0, 0, 0, 2 * a})),
                     {{0, 0, w}, {-a, 0, 0, -a, 0, 2 * a}, w * w / 2, (w * w / 2 - 6 * a * a) / 2, a * a - w * w / 4}));
  }
}

TEST_CASE("any velocity gradient has the answers of the definitions, lambda2 a root of the characteristic polynomial") {
  std::mt19937 random(1);
  for (int repeat = 0; repeat < 60; ++repeat) {
    Matrix3 j;
    for (int k = 0; k < 9; ++k) j(k / 3, k % 3) = Real(int(random() % 65) - 32) / 8;
    CAPTURE(repeat);
    CHECK(isEverywhere(linear(j), answersFor(j), 1e-10));
    const Matrix2 flat = j.topLeftCorner<2, 2>(), s = (flat + flat.transpose()) / 2, o = (flat - flat.transpose()) / 2;
    const Real turning = flat(1, 0) - flat(0, 1);
    CHECK(isEverywhere(linear(flat), {double(turning),
                                      {double(s(0, 0)), double(s(0, 1)), double(s(1, 1))},
                                      double(turning * turning / 2),
                                      double((o.squaredNorm() - s.squaredNorm()) / 2)}));
  }
}

TEST_CASE("Taylor-Green vortices in a plane") {
  // u = cos x sin y, v = -sin x cos y: the vorticity is -2 cos x cos y, the shear strain nothing.
  // G. I. Taylor & A. E. Green, Mechanism of the production of small eddies from large ones, Proceedings of the Royal
  // Society A 158 (1937) 499-521, doi:10.1098/rspa.1937.0036.
  const Index n = 16;
  const Numbers x = circle(n);
  const double s = factor(n);
  const auto found = ask(sampled(x, x,
                                 [](double a, double b) {
                                   return std::array<double, 2>{std::cos(a) * std::sin(b), -std::sin(a) * std::cos(b)};
                                 }),
                         {around(n), around(n)});
  for (Index i = 0; i < n; ++i)
    for (Index j = 0; j < n; ++j) {
      const double a = x[std::size_t(i)], b = x[std::size_t(j)];
      const double cosines = s * std::cos(a) * std::cos(b), sines = s * std::sin(a) * std::sin(b);
      const Answer2 expected{
          -2 * cosines, {-sines, 0, sines}, 2 * cosines * cosines, cosines * cosines - sines * sines};
      REQUIRE(agree(found.at(i, j), expected, 1e-14));
    }
}

TEST_CASE("an ABC flow is its own vorticity") {
  // u = A sin z + C cos y, v = B sin x + A cos z, w = C sin y + B cos x. T. Dombre, U. Frisch, J. M. Greene, M. Hénon,
  // A. Mehr & A. M. Soward, Chaotic streamlines in the ABC flows, Journal of Fluid Mechanics 167 (1986) 353-391,
  // doi:10.1017/S0022112086002859.
  const double a = 1, b = 0.75, c = 0.5;
  const std::array<Index, 3> n{12, 10, 14};
  const Numbers x = circle(n[0]), y = circle(n[1]), z = circle(n[2]);
  const auto f = sampled(x, y, z, [&](double p, double q, double r) {
    return std::array<double, 3>{a * std::sin(r) + c * std::cos(q), b * std::sin(p) + a * std::cos(r),
                                 c * std::sin(q) + b * std::cos(p)};
  });
  const Found3 found = ask(f, {around(n[0]), around(n[1]), around(n[2])});
  const double s0 = factor(n[0]), s1 = factor(n[1]), s2 = factor(n[2]);
  for (Index i = 0; i < n[0]; ++i)
    for (Index j = 0; j < n[1]; ++j)
      for (Index k = 0; k < n[2]; ++k) {
        const double p = x[std::size_t(i)], q = y[std::size_t(j)], r = z[std::size_t(k)];
        const double uy = -s1 * c * std::sin(q), uz = s2 * a * std::cos(r), vx = s0 * b * std::cos(p),
                     vz = -s2 * a * std::sin(r), wx = -s0 * b * std::sin(p), wy = s1 * c * std::cos(q);
        // Each component turns in the plane of the other two, as the curl of an ABC flow is itself.
        const std::array<double, 3> vorticity{s1 * c * std::cos(q) + s2 * a * std::sin(r),
                                              s2 * a * std::cos(r) + s0 * b * std::sin(p),
                                              s0 * b * std::cos(p) + s1 * c * std::sin(q)};
        const double sum = vorticity[0] * vorticity[0] + vorticity[1] * vorticity[1] + vorticity[2] * vorticity[2];
        const Answer3 expected{vorticity,
                               {0, (uy + vx) / 2, (uz + wx) / 2, 0, (vz + wy) / 2, 0},
                               sum / 2,
                               -(uy * vx + uz * wx + vz * wy),
                               answersFor(matrix({0, uy, uz, vx, 0, vz, wx, wy, 0})).lambda2};
        // Of roots that lie together, the polynomial gives half the digits of long double.
        REQUIRE(agree(found.at(tensors::strideOf(f[0], 1) * j + i + tensors::strideOf(f[0], 2) * k), expected, 1e-9));
        REQUIRE(close(found.q(i, j, k), expected.q, 1e-14));
        REQUIRE(close(found.enstrophy(i, j, k), expected.enstrophy, 1e-14));
      }
}

TEST_CASE("in any flow, Q is half of what vorticity and rate of strain say, and the strain's trace is the divergence") {
  const Stencils3 x{Stencil(uneven(6), Edge::SecondOrder), Stencil(0.5, Edge::Periodic), Stencil(uneven(4))};
  const tensors::Shape<3> shape{6, 5, 4};
  const Velocity3 f{tensors::quarters<Tensor3>(shape, 1), tensors::quarters<Tensor3>(shape, 7),
                    tensors::quarters<Tensor3>(shape, 30)};
  const Found3 found = ask(f, x);
  const Tensor3 divergence = coefficients(gridgrad::divergence(f[0], f[1], f[2], x[0], x[1], x[2]));
  for (Index k = 0; k < f[0].size(); ++k) {
    const Answer3 answer = found.at(k);
    double rotation = 0, strain = 0;
    for (double o : answer.vorticity) rotation += o * o / 2;  // ‖Ω‖², each entry ±o/2, twice
    for (std::size_t c = 0; c < 6; ++c)
      strain += (c == 0 || c == 3 || c == 5 ? 1 : 2) * answer.strain[c] * answer.strain[c];
    // Derivatives are below 2^8, their squares and sums of nine below 2^20.
    REQUIRE(close(answer.q, (rotation - strain) / 2, 1e-9));
    REQUIRE(close(answer.enstrophy, rotation, 1e-9));
    REQUIRE(close(answer.strain[0] + answer.strain[3] + answer.strain[5], divergence.data()[k], 1e-12));
  }
}

TEST_CASE(
    "two dimensions are as three with nothing moving in the third, in arrays, matrices and tensors of any layout") {
  const Stencil x(uneven(6), Edge::SecondOrder), y(0.25, Edge::Periodic);
  const ArrayXXd u = reference::quarters<ArrayXXd>(6, 5, 1), v = reference::quarters<ArrayXXd>(6, 5, 7);
  const Found2 found = ask({u, v}, {x, y});
  Velocity3 f{Tensor3(6, 5, 2), Tensor3(6, 5, 2), Tensor3(6, 5, 2)};
  for (Index i = 0; i < 6; ++i)
    for (Index j = 0; j < 5; ++j)
      for (Index k = 0; k < 2; ++k) f[0](i, j, k) = u(i, j), f[1](i, j, k) = v(i, j), f[2](i, j, k) = 3;
  const Found3 solid = ask(f, {x, y, Stencil(1)});
  for (Index i = 0; i < 6; ++i)
    for (Index j = 0; j < 5; ++j) {
      const Answer3 s = solid.at(i + 6 * j);
      REQUIRE(
          agree(found.at(i, j), {s.vorticity[2], {s.strain[0], s.strain[1], s.strain[3]}, s.enstrophy, s.q}, 1e-10));
      REQUIRE(s.strain[2] == 0);
      REQUIRE(s.strain[5] == 0);
    }

  const Eigen::MatrixXd mu = u, mv = v, q = gridgrad::qCriterion(mu, mv, x, y), e = gridgrad::enstrophy(mu, mv, x, y);
  CHECK((q.array() - found.q).abs().maxCoeff() <= 1e-10);
  CHECK((e.array() - found.enstrophy).abs().maxCoeff() <= 1e-10);
  using TensorR = Eigen::Tensor<float, 2, Eigen::RowMajor>;
  TensorR tu(6, 5), tv(6, 5);
  for (Index i = 0; i < 6; ++i)
    for (Index j = 0; j < 5; ++j) tu(i, j) = float(u(i, j)), tv(i, j) = float(v(i, j));
  const TensorR tq = coefficients(gridgrad::qCriterion(tu, tv, x, y)),
                te = coefficients(gridgrad::enstrophy(tu, tv, x, y));
  const auto shear = coefficients(std::get<1>(gridgrad::strainRate(tu, tv, x, y)));
  for (Index i = 0; i < 6; ++i)
    for (Index j = 0; j < 5; ++j) {
      REQUIRE(close(double(tq(i, j)), found.q(i, j), 0.05));  // of up to 2^12, in float
      REQUIRE(close(double(te(i, j)), found.enstrophy(i, j), 0.05));
      REQUIRE(close(double(shear(i, j)), found.strain[1](i, j), 1e-4));
    }
}

TEST_CASE("NaN in gives NaN out wherever it is read, in lambda2 too, and nowhere else") {
  const tensors::Shape<3> shape{7, 6, 5};
  Velocity3 f{tensors::quarters<Tensor3>(shape, 1), tensors::quarters<Tensor3>(shape, 7),
              tensors::quarters<Tensor3>(shape, 30)};
  const Stencils3 x{Stencil(0.5), Stencil(0.5), Stencil(0.5)};
  const Found3 before = ask(f, x);
  for (const double bad : {notANumber, std::numeric_limits<double>::infinity()}) {
    const traps::Off differencesOfInfinities(std::isinf(bad));
    Velocity3 spoilt = f;
    spoilt[1](3, 2, 2) = bad;
    const Found3 after = ask(spoilt, x);
    int spoiltSamples = 0;
    for (Index i = 0; i < 7; ++i)
      for (Index j = 0; j < 6; ++j)
        for (Index k = 0; k < 5; ++k) {
          const bool isRead = std::abs(i - 3) + std::abs(j - 2) + std::abs(k - 2) == 1;
          spoiltSamples += isRead;
          CHECK(std::isnan(after.lambda2(i, j, k)) == isRead);
          CHECK(std::isfinite(after.q(i, j, k)) == !isRead);
          if (isRead) continue;
          CHECK(after.lambda2(i, j, k) == before.lambda2(i, j, k));
          CHECK(after.q(i, j, k) == before.q(i, j, k));
        }
    CHECK(spoiltSamples == 6);
  }
}

TEST_CASE("the vorticity is the curl") {
  const ArrayXXd u = reference::quarters<ArrayXXd>(4, 5, 1), v = reference::quarters<ArrayXXd>(4, 5, 7);
  const Stencil h(0.5);
  using gridgrad::curl;
  using gridgrad::vorticity;
  static_assert(std::is_same<decltype(vorticity(u, v, h, h)), decltype(curl(u, v, h, h))>::value);
  const Tensor3 t(2, 2, 2);
  static_assert(std::is_same<decltype(vorticity(t, t, t, h, h, h)), decltype(curl(t, t, t, h, h, h))>::value);
}

TEST_CASE("components of different shapes are refused") {
  const ArrayXXd array = reference::quarters<ArrayXXd>(5, 4), lower = array.topRows(4);
  const Tensor3 tensor = tensors::quarters<Tensor3>({3, 4, 5}), flat = tensors::quarters<Tensor3>({3, 4, 1});
  const Stencil h(0.5);
  const char* rows =
      "gridgrad: component 1 of the vector field has 4 samples along axis 0, but component 0 has 5: all components "
      "must "
      "have the same shape";
  const char* depth =
      "gridgrad: component 2 of the vector field has 1 sample along axis 2, but component 0 has 5: all components must "
      "have the same shape";
  CHECK_THROWS_WITH_AS((void)gridgrad::qCriterion(array, lower, h, h), rows, std::invalid_argument);
  CHECK_THROWS_WITH_AS((void)gridgrad::strainRate(array, lower, h, h), rows, std::invalid_argument);
  CHECK_THROWS_WITH_AS((void)gridgrad::enstrophy(tensor, tensor, flat, h, h, h), depth, std::invalid_argument);
  CHECK_THROWS_WITH_AS((void)gridgrad::lambda2(tensor, tensor, flat, h, h, h), depth, std::invalid_argument);
}

TEST_CASE("a scalar whose minus is an expression, and one of half precision, are as good as double") {
  using Dual = Eigen::AutoDiffScalar<Eigen::Vector2d>;
  Eigen::Array<Dual, Eigen::Dynamic, Eigen::Dynamic> u(4, 4), v(4, 4);
  ArrayXXd plainU(4, 4), plainV(4, 4);
  for (Index j = 0; j < 4; ++j)
    for (Index i = 0; i < 4; ++i) {
      plainU(i, j) = double(3 * i - 5 * j + i * i), plainV(i, j) = double(7 * i + 2 * j + i * j);
      u(i, j) = Dual(plainU(i, j)), v(i, j) = Dual(plainV(i, j));
    }
  const auto q = gridgrad::qCriterion(u, v, 0.5).eval();
  const ArrayXXd plain = gridgrad::qCriterion(plainU, plainV, 0.5);
  for (Index k = 0; k < q.size(); ++k) CHECK(q(k % 4, k / 4).value() == plain(k % 4, k / 4));

  Eigen::Tensor<Eigen::half, 3> x(3, 3, 3), y(3, 3, 3), z(3, 3, 3);
  for (Index k = 0; k < x.size(); ++k) {  // a rigid rotation by 1 about the third axis: lambda2 is -1
    x.data()[k] = Eigen::half(float(-(k / 3 % 3)));
    y.data()[k] = Eigen::half(float(k % 3));
    z.data()[k] = Eigen::half(0.0f);
  }
  const Eigen::Tensor<Eigen::half, 3> core = gridgrad::lambda2(x, y, z, 1.0);
  for (Index k = 0; k < core.size(); ++k) CHECK(float(core.data()[k]) == doctest::Approx(-1));
}
