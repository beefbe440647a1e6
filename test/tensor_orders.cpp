// SPDX-License-Identifier: MPL-2.0
//
// The order of accuracy that each word promises is the order it shows, in three dimensions: the slope of the logarithm
// of its greatest error over that of the number of samples, in two flows with closed forms, on five grids from 17³ to
// 49³ samples.
//
// A slope may differ from its promise by 0.14: of the error of a coarse grid some per cent are of the next order.

#include <unsupported/Eigen/CXX11/Tensor>

#include <Eigen/Core>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

#include <gridgrad/divergence.hpp>
#include <gridgrad/flow.hpp>
#include <gridgrad/hessian.hpp>
#include <gridgrad/jacobian.hpp>
#include <gridgrad/laplacian.hpp>
#include <gridgrad/second_derivative.hpp>
#include <gridgrad/tensor.hpp>

#include "order.hpp"

using Eigen::ArrayXd;
using Eigen::Index;
using gridgrad::Edge;
using gridgrad::Edges;
using gridgrad::periodic;
using gridgrad::Stencil;

namespace {

using Tensor3 = Eigen::Tensor<double, 3>;
using Matrix3 = Eigen::Matrix3d;

constexpr double pi = 3.14159265358979323846;
constexpr double tolerance = 0.14, noEnds = 0;

constexpr std::size_t words = 11;
const std::string names[words] = {"derivative", "secondDerivative", "divergence", "curl",       "laplacian", "hessian",
                                  "jacobian",   "strainRate",       "enstrophy",  "qCriterion", "lambda2"};
template <class T>
using PerWord = std::array<T, words>;

/// The velocity at one sample, its gradient, and second derivatives of its first component.
struct Known {
  Eigen::Vector3d velocity;
  Matrix3 j;
  double uyy, uxz, laplacian;
};

/// The eigenvalue in the middle, in closed form. O. K. Smith, Eigenvalues of a symmetric 3 × 3 matrix, Communications
/// of the ACM 4 (1961) 168, doi:10.1145/355578.366316. Of two that lie together it has half the digits, which is
/// plenty.
double middleEigenvalue(const Matrix3& m) {
  const double mean = m.trace() / 3;
  const Matrix3 rest = m - mean * Matrix3::Identity();
  const double p = std::sqrt(rest.squaredNorm() / 6);
  if (p == 0) return mean;
  const double cosine = std::max(-1., std::min(1., rest.determinant() / (2 * p * p * p)));
  return mean + 2 * p * std::cos((std::acos(cosine) - 2 * pi) / 3);
}

/// What each word should say; of those that have several parts, a part that needs two axes.
PerWord<double> expected(const Known& k) {
  const Matrix3& j = k.j;
  const Matrix3 s = (j + j.transpose()) / 2, o = (j - j.transpose()) / 2;
  const Eigen::Vector3d vorticity(j(2, 1) - j(1, 2), j(0, 2) - j(2, 0), j(1, 0) - j(0, 1));
  return {j(0, 1),
          k.uyy,
          j.trace(),
          vorticity[1],
          k.laplacian,
          k.uxz,
          j(2, 1),
          s(0, 2),
          vorticity.squaredNorm() / 2,
          (o.squaredNorm() - s.squaredNorm()) / 2,
          middleEigenvalue(s * s + o * o)};
}

/// And what each says; lambda2, which takes longest, only if wanted.
PerWord<Tensor3> found(const std::array<Tensor3, 3>& f, const std::array<Stencil, 3>& x, bool withLambda2) {
  const Tensor3 &u = f[0], &v = f[1], &w = f[2];
  const auto& [sx, sy, sz] = x;
  return {gridgrad::derivative<1>(u, sy),
          gridgrad::secondDerivative<1>(u, sy),
          gridgrad::divergence(u, v, w, sx, sy, sz),
          std::get<1>(gridgrad::curl(u, v, w, sx, sy, sz)),
          gridgrad::laplacian(u, sx, sy, sz),
          std::get<2>(gridgrad::hessian(u, sx, sy, sz)),
          std::get<7>(gridgrad::jacobian(u, v, w, sx, sy, sz)),
          std::get<2>(gridgrad::strainRate(u, v, w, sx, sy, sz)),
          gridgrad::enstrophy(u, v, w, sx, sy, sz),
          gridgrad::qCriterion(u, v, w, sx, sy, sz),
          withLambda2 ? Tensor3(gridgrad::lambda2(u, v, w, sx, sy, sz)) : u};
}

/// A flow, and the words it is not asked for.
struct Flow {
  Known (*at)(double, double, double);
  std::vector<std::string> without;

  bool isAsked(const std::string& word) const {
    return std::find(without.begin(), without.end(), word) == without.end();
  }
};

/// The greatest error of each word between the ends, and with them.
struct Errors {
  PerWord<double> between, whole;
};

Errors errors(const Flow& flow, const std::array<ArrayXd, 3>& x, const std::array<Stencil, 3>& stencils) {
  const Index l = x[0].size(), m = x[1].size(), n = x[2].size();
  const Tensor3 empty(l, m, n);
  std::array<Tensor3, 3> f{empty, empty, empty};
  std::vector<PerWord<double>> answers;
  for (Index k = 0; k < n; ++k)
    for (Index j = 0; j < m; ++j)
      for (Index i = 0; i < l; ++i) {
        const Known known = flow.at(x[0][i], x[1][j], x[2][k]);
        for (std::size_t c = 0; c < 3; ++c) f[c](i, j, k) = known.velocity[Index(c)];
        answers.push_back(expected(known));
      }
  const PerWord<Tensor3> says = found(f, stencils, flow.isAsked("lambda2"));
  Errors result{};
  for (std::size_t w = 0; w < words; ++w) {
    auto answer = answers.begin();
    for (Index k = 0; k < n; ++k)
      for (Index j = 0; j < m; ++j)
        for (Index i = 0; i < l; ++i) {
          const double error = std::abs(says[w](i, j, k) - (*answer++)[w]);
          const bool isBetween = i > 0 && i < l - 1 && j > 0 && j < m - 1 && k > 0 && k < n - 1;
          result.whole[w] = std::max(result.whole[w], error);
          if (isBetween) result.between[w] = std::max(result.between[w], error);
        }
  }
  return result;
}

/// Checks the orders shown with the ends, and between them unless there are none, by errorsOn(flow, intervals).
template <class ErrorsOn>
void checkOrders(const Flow& flow, const ErrorsOn& errorsOn, double promisedBetween, double promisedWhole) {
  const std::vector<double> refinements{16, 24, 32, 40, 48};
  std::vector<Errors> all;
  for (double n : refinements) all.push_back(errorsOn(flow, Index(n)));
  for (std::size_t w = 0; w < words; ++w) {
    if (!flow.isAsked(names[w])) continue;
    std::vector<double> between, whole;
    for (const Errors& e : all) between.push_back(e.between[w]), whole.push_back(e.whole[w]);
    CAPTURE(names[w]);
    if (promisedBetween > 0) CHECK(std::abs(order(refinements, between) - promisedBetween) <= tolerance);
    CHECK(std::abs(order(refinements, whole) - promisedWhole) <= tolerance);
  }
}

/// Places in [0, 1]: even, or denser about the middle, by x(t) = t + sin(2πt)/20, whose steps change smoothly.
ArrayXd places(Index intervals, bool isStretched) {
  const ArrayXd t = ArrayXd::LinSpaced(intervals + 1, 0, 1);
  return isStretched ? ArrayXd(t + 0.05 * (2 * pi * t).sin()) : t;
}

/// An ABC flow with A = 1, B = 0.75, C = 0.5: u = A sin z + C cos y, v = B sin x + A cos z, w = C sin y + B cos x.
/// T. Dombre, U. Frisch, J. M. Greene, M. Hénon, A. Mehr & A. M. Soward, Chaotic streamlines in the ABC flows, Journal
/// of Fluid Mechanics 167 (1986) 353-391, doi:10.1017/S0022112086002859. No component changes along its own axis, and
/// none has a mixed second derivative.
Known abcAt(double x, double y, double z) {
  const double a = 1, b = 0.75, c = 0.5;
  const double sx = std::sin(x), sy = std::sin(y), sz = std::sin(z), cx = std::cos(x), cy = std::cos(y),
               cz = std::cos(z);
  const Eigen::Vector3d velocity(a * sz + c * cy, b * sx + a * cz, c * sy + b * cx);
  const Matrix3 j{{0, -c * sy, a * cz}, {b * cx, 0, -a * sz}, {-b * sx, c * cy, 0}};
  return {velocity, j, -c * cy, 0, -velocity[0]};
}
const Flow abc{abcAt, {"divergence", "hessian"}};

/// Vortices as Taylor and Green's, with other wave numbers along y: u = cos x sin 2y sin z, v = ½ sin x cos 2y sin z,
/// w = -2 sin x sin 2y cos z, whose divergence is (-1 - 1 + 2) sin x sin 2y sin z.
/// G. I. Taylor & A. E. Green, Mechanism of the production of small eddies from large ones, Proceedings of the Royal
/// Society A 158 (1937) 499-521, doi:10.1098/rspa.1937.0036. What is of second degree in its derivatives is left to the
/// ABC flow: its waves, half as long again, would take finer grids to show their order.
Known taylorGreenAt(double x, double y, double z) {
  const double sx = std::sin(x), sy = std::sin(2 * y), sz = std::sin(z), cx = std::cos(x), cy = std::cos(2 * y),
               cz = std::cos(z);
  const Eigen::Vector3d velocity(cx * sy * sz, sx * cy * sz / 2, -2 * sx * sy * cz);
  const Matrix3 j{{-sx * sy * sz, 2 * cx * cy * sz, cx * sy * cz},
                  {cx * cy * sz / 2, -sx * sy * sz, sx * cy * cz / 2},
                  {-2 * cx * sy * cz, -4 * sx * cy * cz, 2 * sx * sy * sz}};
  return {velocity, j, -4 * velocity[0], -sx * sy * cz, -6 * velocity[0]};
}

const Flow taylorGreen{taylorGreenAt, {"enstrophy", "qCriterion", "lambda2"}};

/// In a box where nothing is symmetric, so that no error cancels another.
auto inBox(bool isStretched, Edges edges) {
  return [=](const Flow& flow, Index n) {
    const ArrayXd t = places(n, isStretched);
    const std::array<ArrayXd, 3> x{0.2 + 1.2 * t, -0.3 + t, 0.5 + 0.9 * t};
    return errors(flow, x, {Stencil(x[0], edges), Stencil(x[1], edges), Stencil(x[2], edges)});
  };
}

}  // namespace

TEST_CASE("the flows are flows: their closed forms have no divergence, and an ABC flow is its own vorticity") {
  for (double x : {-0.7, 0.2, 1.3})
    for (double y : {-0.6, 0.9})
      for (double z : {-1.1, 0.1, 2.}) {
        const Known a = abcAt(x, y, z), t = taylorGreenAt(x, y, z);
        CHECK(a.j.trace() == 0);
        CHECK(std::abs(t.j.trace()) < 1e-15);
        const Eigen::Vector3d vorticity(a.j(2, 1) - a.j(1, 2), a.j(0, 2) - a.j(2, 0), a.j(1, 0) - a.j(0, 1));
        CHECK((vorticity - a.velocity).norm() < 1e-15);
      }
}

TEST_CASE("every word is of the first order with first-order edges, and of the second between them") {
  for (const bool isStretched : {false, true})
    for (const Flow& flow : {abc, taylorGreen}) {
      CAPTURE(isStretched);
      checkOrders(flow, inBox(isStretched, Edge::FirstOrder), 2, 1);
    }
}

TEST_CASE("every word is of the second order with second-order edges, at them and between them") {
  for (const bool isStretched : {false, true})
    for (const Flow& flow : {abc, taylorGreen}) {
      CAPTURE(isStretched);
      checkOrders(flow, inBox(isStretched, Edge::SecondOrder), 2, 2);
    }
}

TEST_CASE("every word is of the second order around circles, where samples are a step apart or have coordinates") {
  const double length = 2 * pi;
  for (const bool isStretched : {false, true})
    for (const Flow& flow : {abc, taylorGreen}) {
      CAPTURE(isStretched);
      const auto around = [&](const Flow& f, Index n) {
        const ArrayXd x = 0.3 + length * places(n, isStretched).head(n);
        const Stencil stencil =
            isStretched ? Stencil(periodic(x, length)) : Stencil(length / double(n), Edge::Periodic);
        return errors(f, {x, x, x}, {stencil, stencil, stencil});
      };
      checkOrders(flow, around, noEnds, 2);
    }
}
