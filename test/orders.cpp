// SPDX-License-Identifier: MPL-2.0
//
// The order of accuracy that each word promises is the order it shows: the slope of the logarithm of its greatest error
// over that of the number of samples, in two flows with closed forms, on seven grids of 33 to 257 samples a side.
//
// A slope may differ from its promise by 0.12: of the error of a coarse grid some per cent are of the next order. It
// may not be higher either, as that would say the flow hides what it should show.

#include <Eigen/Core>

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

#include "order.hpp"

using Eigen::ArrayXd;
using Eigen::ArrayXXd;
using Eigen::Index;
using gridgrad::Edge;
using gridgrad::Edges;
using gridgrad::periodic;
using gridgrad::Stencil;

namespace {

constexpr double pi = 3.14159265358979323846;
constexpr double tolerance = 0.12;

/// The velocity at one sample and its derivatives.
struct Known {
  double u, v, ux, uy, vx, vy, uxx, uxy, uyy;
};

constexpr std::size_t words = 11;
const std::string names[words] = {"derivative", "secondDerivative", "divergence", "curl",      "laplacian", "hessian",
                                  "jacobian",   "vorticity",        "strainRate", "enstrophy", "qCriterion"};
template <class T>
using PerWord = std::array<T, words>;

/// What each word should say; of those that have several parts, the part that is most of its own.
PerWord<double> expected(const Known& k) {
  const double vorticity = k.vx - k.uy;
  return {k.ux,
          k.uxx,
          k.ux + k.vy,
          vorticity,
          k.uxx + k.uyy,
          k.uxy,
          k.vx,
          vorticity,
          (k.uy + k.vx) / 2,
          vorticity * vorticity / 2,
          -(k.ux * k.ux + k.vy * k.vy) / 2 - k.uy * k.vx};
}

/// And what each says.
PerWord<ArrayXXd> found(const ArrayXXd& u, const ArrayXXd& v, const Stencil& x, const Stencil& y) {
  return {gridgrad::derivative<0>(u, x),
          gridgrad::secondDerivative<0>(u, x),
          gridgrad::divergence(u, v, x, y),
          gridgrad::curl(u, v, x, y),
          gridgrad::laplacian(u, x, y),
          std::get<1>(gridgrad::hessian(u, x, y)),
          std::get<2>(gridgrad::jacobian(u, v, x, y)),
          gridgrad::vorticity(u, v, x, y),
          std::get<1>(gridgrad::strainRate(u, v, x, y)),
          gridgrad::enstrophy(u, v, x, y),
          gridgrad::qCriterion(u, v, x, y)};
}

/// The greatest error of each word between the ends, and with them.
struct Errors {
  PerWord<double> between, whole;
};

template <class Flow>
Errors errors(const Flow& flow, const ArrayXd& x, const ArrayXd& y, const Stencil& alongX, const Stencil& alongY) {
  const Index m = x.size(), n = y.size();
  ArrayXXd u(m, n), v(m, n);
  PerWord<ArrayXXd> answers;
  answers.fill(ArrayXXd(m, n));
  for (Index j = 0; j < n; ++j)
    for (Index i = 0; i < m; ++i) {
      const Known known = flow(x[i], y[j]);
      u(i, j) = known.u, v(i, j) = known.v;
      const PerWord<double> values = expected(known);
      for (std::size_t w = 0; w < words; ++w) answers[w](i, j) = values[w];
    }
  const PerWord<ArrayXXd> says = found(u, v, alongX, alongY);
  Errors result;
  for (std::size_t w = 0; w < words; ++w) {
    const ArrayXXd error = (says[w] - answers[w]).abs();
    result.whole[w] = error.maxCoeff();
    result.between[w] = error.block(1, 1, m - 2, n - 2).maxCoeff();
  }
  return result;
}

const std::vector<double> refinements{32, 48, 64, 96, 128, 192, 256};

/// The orders shown between the ends and with them, of errorsOn(intervals).
struct Orders {
  PerWord<double> between, whole;
};
template <class ErrorsOn>
Orders orders(const ErrorsOn& errorsOn) {
  std::vector<Errors> all;
  for (double n : refinements) all.push_back(errorsOn(Index(n)));
  Orders result;
  for (std::size_t w = 0; w < words; ++w) {
    std::vector<double> between, whole;
    for (const Errors& e : all) between.push_back(e.between[w]), whole.push_back(e.whole[w]);
    result.between[w] = order(refinements, between);
    result.whole[w] = order(refinements, whole);
  }
  return result;
}

void checkOrders(const PerWord<double>& shown, double promised) {
  for (std::size_t w = 0; w < words; ++w) {
    CAPTURE(names[w]);
    CAPTURE(shown[w]);
    CHECK(std::abs(shown[w] - promised) <= tolerance);
  }
}

/// Places in [0, 1]: even, or denser about the middle, by x(t) = t + sin(2πt)/10, whose steps change smoothly.
ArrayXd places(Index intervals, bool isStretched) {
  const ArrayXd t = ArrayXd::LinSpaced(intervals + 1, 0, 1);
  return isStretched ? ArrayXd(t + 0.1 * (2 * pi * t).sin()) : t;
}

/// Vortices in rows and columns, twice as many along y: a flow that keeps its shape as it decays.
/// G. I. Taylor, On the decay of vortices in a viscous fluid, Philosophical Magazine 46 (1923) 671-674,
/// doi:10.1080/14786442308634295: the stream function cos(x) cos(2y)/2 = ψ has the vorticity -Δψ = 5ψ, whatever it is
/// multiplied by.
Known taylor(double x, double y) {
  const double cx = std::cos(x), sx = std::sin(x), cy = std::cos(2 * y), sy = std::sin(2 * y);
  // u = -∂ψ/∂y = cos(x) sin(2y), v = ∂ψ/∂x = -sin(x) cos(2y)/2.
  return {cx * sy, -sx * cy / 2, -sx * sy, 2 * cx * cy, -cx * cy / 2, sx * sy, -cx * sy, -2 * sx * cy, -4 * cx * sy};
}

/// A vortex of circulation 2π that has spread by viscosity to the radius √c, c = 4νt = 1: at the distance r the speed
/// is (1 - exp(-r²/c))/r. P. G. Saffman, Vortex Dynamics, Cambridge 1992, doi:10.1017/CBO9780511624063.
Known lambOseen(double x, double y) {
  // u = -y g, v = x g, where g(s) = (1 - exp(-s/c))/s and s = r². So ∂g/∂x = 2x g', and g' = (exp(-s/c)/c - g)/s,
  // g'' = -(exp(-s/c)/c² + 2g')/s. These cancel about the axis, where g = Σ (-s/c)ᵏ / (c (k+1)!).
  const double c = 1, s = x * x + y * y;
  double g = 0, g1 = 0, g2 = 0;
  if (s < c) {
    double term = 1 / c;  // (-1/c)ᵏ / (c (k+1)!)
    for (int k = 0; k < 20; term *= -1 / (c * (k + 2)), ++k) {
      g += term * std::pow(s, k);
      if (k >= 1) g1 += term * k * std::pow(s, k - 1);
      if (k >= 2) g2 += term * k * (k - 1) * std::pow(s, k - 2);
    }
  } else {
    const double e = std::exp(-s / c);
    g = (1 - e) / s;
    g1 = (e / c - g) / s;
    g2 = -(e / (c * c) + 2 * g1) / s;
  }
  return {-y * g,
          x * g,
          -2 * x * y * g1,
          -g - 2 * y * y * g1,
          g + 2 * x * x * g1,
          2 * x * y * g1,
          -2 * y * g1 - 4 * x * x * y * g2,
          -2 * x * g1 - 4 * x * y * y * g2,
          -6 * y * g1 - 4 * y * y * y * g2};
}

/// Of each flow in a rectangle where nothing is symmetric, so that no error cancels another.
template <class Flow>
Orders inRectangle(const Flow& flow, bool isStretched, Edges edges) {
  return orders([&](Index n) {
    const ArrayXd x = -1 + 2.5 * places(n, isStretched), y = -0.8 + 2 * places(n, isStretched);
    return errors(flow, x, y, Stencil(x, edges), Stencil(y, edges));
  });
}

}  // namespace

TEST_CASE("the flows are flows: their closed forms have no divergence, and the vorticity of the papers") {
  for (double x : {-0.7, -0.1, 0.2, 1.3})
    for (double y : {-0.6, 0.05, 0.9}) {
      const Known t = taylor(x, y), l = lambOseen(x, y);
      CHECK(t.ux + t.vy == 0);
      CHECK(l.ux + l.vy == 0);
      CHECK(t.vx - t.uy == doctest::Approx(-2.5 * std::cos(x) * std::cos(2 * y)));
      // Γ/(4πνt) exp(-r²/4νt), and Δu = -∂ω/∂y.
      const double vorticity = 2 * std::exp(-(x * x + y * y));
      CHECK(l.vx - l.uy == doctest::Approx(vorticity));
      CHECK(l.uxx + l.uyy == doctest::Approx(2 * y * vorticity));
    }
}

TEST_CASE("every word is of the first order with first-order edges, and of the second between them") {
  for (const bool isStretched : {false, true}) {
    CAPTURE(isStretched);
    for (const auto& shown :
         {inRectangle(taylor, isStretched, Edge::FirstOrder), inRectangle(lambOseen, isStretched, Edge::FirstOrder)}) {
      checkOrders(shown.between, 2);
      checkOrders(shown.whole, 1);
    }
  }
}

TEST_CASE("every word is of the second order with second-order edges, at them and between them") {
  for (const bool isStretched : {false, true}) {
    CAPTURE(isStretched);
    for (const auto& shown : {inRectangle(taylor, isStretched, Edge::SecondOrder),
                              inRectangle(lambOseen, isStretched, Edge::SecondOrder)}) {
      checkOrders(shown.between, 2);
      checkOrders(shown.whole, 2);
    }
  }
}

TEST_CASE("every word is of the second order around a circle, where samples are a step apart or have coordinates") {
  const double length = 2 * pi;
  for (const bool isStretched : {false, true}) {
    CAPTURE(isStretched);
    const Orders shown = orders([&](Index n) {
      const ArrayXd x = 0.3 + length * places(n, isStretched).head(n), y = x + 0.4;
      return isStretched ? errors(taylor, x, y, Stencil(periodic(x, length)), Stencil(periodic(y, length)))
                         : errors(taylor, x, y, Stencil(length / double(n), Edge::Periodic),
                                  Stencil(length / double(n), Edge::Periodic));
    });
    checkOrders(shown.whole, 2);
  }
}

TEST_CASE("where the spacing jumps, a second derivative is of the first order, and a first derivative of the second") {
  // At a sample between steps of l and r the errors are (r - l)/3 f''' and lr/6 f''', by Taylor's theorem.
  enum Jump { once, everywhere };
  for (const Jump jump : {once, everywhere}) {
    CAPTURE(jump);
    std::vector<double> slope, curvature;
    for (double n : refinements) {
      ArrayXd x(Index(n) + 1);
      x[0] = 0;
      for (Index i = 1; i < x.size(); ++i)
        x[i] = x[i - 1] + ((jump == once ? i > x.size() / 2 : i % 2 == 0) ? 4. : 2.) / (3 * n);
      const ArrayXd f = (x + 0.2).sin();
      const Stencil stencil(x, Edge::SecondOrder);
      slope.push_back((gridgrad::derivative<0>(f, stencil) - (x + 0.2).cos()).abs().maxCoeff());
      curvature.push_back((gridgrad::secondDerivative<0>(f, stencil) + f).abs().maxCoeff());
    }
    CHECK(std::abs(order(refinements, slope) - 2) <= tolerance);
    CHECK(std::abs(order(refinements, curvature) - 1) <= tolerance);
  }
}

TEST_CASE("an edge for each end is of its own order at that end") {
  std::vector<double> head, tail, headOfSecond, tailOfSecond;
  for (double n : refinements) {
    const ArrayXd x = places(Index(n), true), f = (2 * x).exp();
    const Stencil stencil(x, Edge::SecondOrder, Edge::FirstOrder);
    const ArrayXd slope = (gridgrad::derivative<0>(f, stencil) - 2 * f).abs();
    const ArrayXd curvature = (gridgrad::secondDerivative<0>(f, stencil) - 4 * f).abs();
    const Index last = x.size() - 1;
    head.push_back(slope[0]), tail.push_back(slope[last]);
    headOfSecond.push_back(curvature[0]), tailOfSecond.push_back(curvature[last]);
  }
  CHECK(std::abs(order(refinements, head) - 2) <= tolerance);
  CHECK(std::abs(order(refinements, tail) - 1) <= tolerance);
  CHECK(std::abs(order(refinements, headOfSecond) - 2) <= tolerance);
  CHECK(std::abs(order(refinements, tailOfSecond) - 1) <= tolerance);
}
