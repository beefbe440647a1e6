// SPDX-License-Identifier: MPL-2.0
//
// The formulas: from distances between samples to the weights of a first or a second derivative. Derivations:
// docs/mathematics.md.
//
// All of them are derivatives of the polynomial through the nearest samples. Source: B. Fornberg, Generation of finite
// difference formulas on arbitrarily spaced grids, Mathematics of Computation 51 (1988) 699-706,
// doi:10.1090/S0025-5718-1988-0935077-0.

#pragma once

#include <Eigen/Core>

#include <limits>
#include <type_traits>

#include <gridgrad/numbers/check.hpp>
#include <gridgrad/numbers/packets.hpp>
#include <gridgrad/numbers/scalar.hpp>
#include <gridgrad/numbers/weights.hpp>
#include <gridgrad/spacing.hpp>

namespace gridgrad {
namespace detail {

/// The weights of a derivative of this order, before they are rounded:
///
///     between(h)             of the only difference between the ends, where samples are a step apart
///     lower(l, r, both), upper(l, r, both)    of the differences on the left and on the right; both = l + r
///     atEnd(edge, h), atEnd(edge, x)          at the first of samples 0, 1, 2, …
template <int order>
struct Formula;

template <>
struct Formula<1> {
  static constexpr int order = 1;

  template <class Distance>
  static EIGEN_ALWAYS_INLINE Distance between(const Distance& h) {
    return Distance(1) / (Distance(2) * h);
  }

  /// The slope of the parabola through three samples, at the middle one:
  /// r/(l(l+r)) (f[i] - f[i-1]) + l/(r(l+r)) (f[i+1] - f[i]).
  template <class Distance>
  static EIGEN_ALWAYS_INLINE Distance lower(const Distance& l, const Distance& r, const Distance& both) {
    return detail::over(detail::over(r, both), l);
  }
  template <class Distance>
  static EIGEN_ALWAYS_INLINE Distance upper(const Distance& l, const Distance& r, const Distance& both) {
    return detail::over(detail::over(l, both), r);
  }

  /// The slope of the line, or of the parabola, (-3 f[0] + 4 f[1] - f[2]) / 2h, at its first sample.
  template <class Distance>
  static EIGEN_ALWAYS_INLINE End<Distance> atEnd(Edge edge, const Distance& h) {
    if (edge == Edge::FirstOrder)
      return {1, {{0, 1, Distance(1) / h}, detail::noDifference<Distance>(), detail::noDifference<Distance>()}};
    return {2,
            {{0, 1, Distance(3) / (Distance(2) * h)},
             {1, 2, Distance(-1) / (Distance(2) * h)},
             detail::noDifference<Distance>()}};
  }
  template <class Distance, class Places>
  static End<Distance> atEnd(Edge edge, const Places& x) {
    const Distance l = x(1) - x(0), one(1);
    if (edge == Edge::FirstOrder)
      return {1, {{0, 1, one / l}, detail::noDifference<Distance>(), detail::noDifference<Distance>()}};
    const Distance r = x(2) - x(1), both = x(2) - x(0);
    return {2, {{0, 1, one / l + one / both}, {1, 2, -(l / both) / r}, detail::noDifference<Distance>()}};
  }
};

template <>
struct Formula<2> {
  static constexpr int order = 2;

  template <class Distance>
  static EIGEN_ALWAYS_INLINE Distance between(const Distance& h) {
    return Distance(1) / h / h;
  }

  /// Twice the second divided difference, the curvature of the parabola through three samples:
  /// 2/(l+r) ((f[i+1] - f[i]) / r - (f[i] - f[i-1]) / l).
  template <class Distance>
  static EIGEN_ALWAYS_INLINE Distance lower(const Distance& l, const Distance&, const Distance& both) {
    return detail::over(detail::over(detail::all<Distance>(-2), both), l);
  }
  template <class Distance>
  static EIGEN_ALWAYS_INLINE Distance upper(const Distance&, const Distance& r, const Distance& both) {
    return detail::over(detail::over(detail::all<Distance>(2), both), r);
  }

  /// The second derivative of the parabola, or of the cubic, (2 f[0] - 5 f[1] + 4 f[2] - f[3]) / h², at its first
  /// sample.
  template <class Distance>
  static EIGEN_ALWAYS_INLINE End<Distance> atEnd(Edge edge, const Distance& h) {
    const Distance w = between(h);
    if (edge == Edge::FirstOrder) return {2, {{0, 1, Distance(-w)}, {1, 2, w}, detail::noDifference<Distance>()}};
    return {3, {{0, 1, Distance(Distance(-2) * w)}, {1, 2, Distance(Distance(3) * w)}, {2, 3, Distance(-w)}}};
  }
  /// Of Newton's cubic, 2 f[0,1,2] - 2 (x₁ - x₀ + x₂ - x₀) f[0,1,2,3], with f[…] the divided differences.
  template <class Distance, class Places>
  static End<Distance> atEnd(Edge edge, const Places& x) {
    const Distance a = x(1) - x(0), b = x(2) - x(1), ab = x(2) - x(0), two(2);
    if (edge == Edge::FirstOrder)
      return {2, {{0, 1, -(two / ab / a)}, {1, 2, two / ab / b}, detail::noDifference<Distance>()}};
    const Distance c = x(3) - x(2), bc = x(3) - x(1), all = x(3) - x(0);
    const Distance third = two * (a + ab) / all, close = (two + third) / ab, distant = third / bc;
    return {3, {{0, 1, -(close / a)}, {1, 2, (close + distant) / b}, {2, 3, -(distant / c)}}};
  }
};

/// The other end of an axis of n samples, which is a first end in a mirror: a first derivative changes its sign there.
template <class Real>
EIGEN_ALWAYS_INLINE End<Real> mirrored(const End<Real>& end, Index n, int order) {
  const auto mirror = [&](const Difference<Real>& d) {
    return Difference<Real>{n - 1 - d.to, n - 1 - d.from, order == 1 ? d.weight : Real(-d.weight)};
  };
  return {end.terms, {mirror(end.term[0]), mirror(end.term[1]), mirror(end.term[2])}};
}

/// The weights of n samples a step h apart, which is neither very small nor very large.
template <class Real, int order, class Distance>
EIGEN_ALWAYS_INLINE StepWeights<Real, order> moderateStepWeights(Place place, const Distance& h, Index n, Edges edges) {
  using Formulas = Formula<order>;
  const Real between = gridgrad::detail::rounded<Real>(Formulas::between(h));
  bool allNormal = detail::isNormal(between);
  const auto checked = [&](const End<Distance>& end) {
    const End<Real> result = end.template as<Real>();
    for (int k = 0; k < 3; ++k) allNormal = allNormal && (k >= result.terms || detail::isNormal(result.term[k].weight));
    return result;
  };
  StepWeights<Real, order> weights{between, {}};
  if (edges.arePeriodic()) {
    const Index second = 1 % n, beforeLast = (n - 2 + n) % n;
    if (order == 1)
      weights.ends = {{1, {{n - 1, second, between}, detail::noDifference<Real>(), detail::noDifference<Real>()}},
                      {1, {{beforeLast, 0, between}, detail::noDifference<Real>(), detail::noDifference<Real>()}}};
    else
      weights.ends = {{2, {{0, n - 1, between}, {0, second, between}, detail::noDifference<Real>()}},
                      {2, {{n - 1, beforeLast, between}, {n - 1, 0, between}, detail::noDifference<Real>()}}};
  } else {
    weights.ends.first = checked(Formulas::atEnd(edges.first, h));
    weights.ends.last = detail::mirrored(checked(Formulas::atEnd(edges.last, h)), n, order);
  }
  if (!allNormal) detail::failWeight(place, 0);
  return weights;
}

/// The weights of n samples a step h apart. Those of a very small step may overflow, and be refused.
template <class Real, int order, class Distance>
EIGEN_ALWAYS_INLINE StepWeights<Real, order> stepWeights(Place place, const Distance& h, Index n, Edges edges) {
  if (gridgrad::detail::isModerate(h)) return gridgrad::detail::moderateStepWeights<Real, order>(place, h, n, edges);
  const auto quietly = [&]() GRIDGRAD_COLD {
    const Quiet quiet;
    return gridgrad::detail::moderateStepWeights<Real, order>(place, h, n, edges);
  };
  return quietly();
}

/// Those of all samples between the ends, in packets where there are any. Whether all are normal numbers.
template <class Real, int order, class Distance>
bool weightsBetween(const Points<Distance>& x, CoordinateWeights<Real>& weights) {
  using Formulas = Formula<order>;
  bool areNormal = true;
  Index i = 1;
  if constexpr (std::is_same<Real, Distance>::value && Packets<Distance>::exist) {
    using Packet = typename Packets<Distance>::type;
    Everywhere<Real> normal;
    for (const Real* from = x.x.data(); i + Packets<Real>::size < x.size(); i += Packets<Real>::size) {
      const auto before = Eigen::internal::ploadu<Packet>(from + i - 1);
      const auto here = Eigen::internal::ploadu<Packet>(from + i);
      const auto after = Eigen::internal::ploadu<Packet>(from + i + 1);
      const Packet l = Eigen::internal::psub(here, before), r = Eigen::internal::psub(after, here);
      const Packet both = Eigen::internal::psub(after, before);
      const Packet lower = Formulas::lower(l, r, both), upper = Formulas::upper(l, r, both);
      normal.noteAtLeast((std::numeric_limits<Real>::min)(), lower);
      normal.noteAtLeast((std::numeric_limits<Real>::min)(), upper);
      Eigen::internal::pstoreu(weights.lower.data() + i, lower);
      Eigen::internal::pstoreu(weights.upper.data() + i, upper);
    }
    areNormal = bool(normal);
  }
  for (; i + 1 < x.size(); ++i) {
    const Distance l = x.x[i] - x.x[i - 1], r = x.x[i + 1] - x.x[i], both = x.x[i + 1] - x.x[i - 1];
    weights.lower[i] = gridgrad::detail::rounded<Real>(Formulas::lower(l, r, both));
    weights.upper[i] = gridgrad::detail::rounded<Real>(Formulas::upper(l, r, both));
    areNormal = areNormal && detail::isNormal(weights.lower[i]) && detail::isNormal(weights.upper[i]);
  }
  return areNormal;
}

/// The weights of samples that have coordinates.
template <class Real, int order, class Distance>
CoordinateWeights<Real> coordinateWeights(const Points<Distance>& x, Edges edges) {
  using Formulas = Formula<order>;
  const Quiet quiet;
  const Index n = x.size();
  CoordinateWeights<Real> weights;
  for (auto* list : {&weights.lower, &weights.upper}) {
    list->resize(n);
    for (Index i : {Index(0), n - 1})
      if (n > 0) (*list)[i] = Real(0);
  }
  const bool areNormal = detail::weightsBetween<Real, order>(x, weights);

  if (edges.arePeriodic()) {
    const auto wrapped = [&](Index i) {
      const Distance l = x[i] - x[i - 1], r = x[i + 1] - x[i], both = x[i + 1] - x[i - 1];
      const Real lower = gridgrad::detail::rounded<Real>(Formulas::lower(l, r, both));
      const Real upper = gridgrad::detail::rounded<Real>(Formulas::upper(l, r, both));
      return End<Real>{2, {{(i + n - 1) % n, i, lower}, {i, (i + 1) % n, upper}, detail::noDifference<Real>()}};
    };
    weights.ends = {wrapped(0), wrapped(n - 1)};
  } else {
    const auto fromFirst = [&](Index k) { return Distance(x[k]); };
    const auto fromLast = [&](Index k) { return Distance(-x[n - 1 - k]); };
    weights.ends.first = Formulas::template atEnd<Distance>(edges.first, fromFirst).template as<Real>();
    weights.ends.last =
        detail::mirrored(Formulas::template atEnd<Distance>(edges.last, fromLast).template as<Real>(), n, order);
  }
  weights.noteOverflow(areNormal);
  return weights;
}

}  // namespace detail
}  // namespace gridgrad
