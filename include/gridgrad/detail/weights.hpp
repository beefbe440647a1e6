// SPDX-License-Identifier: MPL-2.0
//
// The formulas: from distances between samples to the weights of a first derivative.
//
// Every weight multiplies a difference of two samples, never a sample. So the weights of one derivative sum to zero by
// construction, a constant has the derivative zero to the last bit, and large offsets cost no digits. A sample that has
// no weight is not read. Derivations and sources: docs/mathematics.md.

#pragma once

#include <Eigen/Core>

#include <vector>

#include <gridgrad/detail/check.hpp>
#include <gridgrad/detail/scalar.hpp>

namespace gridgrad {
namespace detail {

/// One weighted difference, weight * (f[to] - f[from]).
template <class Real>
struct Difference {
  Index from, to;
  Real weight;
};

/// The derivative at an end of the axis: a sum of weighted differences.
template <class Real>
struct End {
  int terms;
  Difference<Real> term[2];

  template <class Visit>
  void forEach(const Visit& visit) const {
    for (int k = 0; k < terms; ++k) visit(term[k].from, term[k].to, term[k].weight);
  }
};

/// Both ends of the axis.
template <class Real>
struct Ends {
  End<Real> first, last;
};

template <class Real>
EIGEN_ALWAYS_INLINE End<Real> oneDifference(Index from, Index to, const Real& weight) {
  return {1, {{from, to, weight}, {from, from, Real(0)}}};
}

/// The weights of an axis whose samples are one step apart.
template <class Real>
struct StepWeights {
  Real across;  // of f[i+1] - f[i-1] at every sample with two neighbours
  Ends<Real> ends;

  /// Calls visit(from, to, weight) for each difference in the derivative at sample i of n.
  template <class Visit>
  void forEach(Index i, Index n, const Visit& visit) const {
    if (i == 0) return ends.first.forEach(visit);
    if (i == n - 1) return ends.last.forEach(visit);
    visit(i - 1, i + 1, across);
  }
};

/// The weights of an axis whose samples have coordinates.
template <class Real>
struct CoordinateWeights {
  std::vector<Real> lower, upper;  // of f[i] - f[i-1] and f[i+1] - f[i], where sample i has two neighbours
  Ends<Real> ends;
  Index overflow = -1;  // the first sample whose weights this precision cannot hold

  template <class Visit>
  void forEach(Index i, Index n, const Visit& visit) const {
    if (i == 0) return ends.first.forEach(visit);
    if (i == n - 1) return ends.last.forEach(visit);
    visit(i - 1, i, lower[static_cast<std::size_t>(i)]);
    visit(i, i + 1, upper[static_cast<std::size_t>(i)]);
  }
};

/// Notes the first sample with a weight that overflows, or whose weights all vanish. One that vanishes beside another
/// counts for nothing, and does no harm.
template <class Real>
void noteOverflow(CoordinateWeights<Real>& weights) {
  const Index n = static_cast<Index>(weights.lower.size());
  for (Index i = 0; i < n && weights.overflow < 0; ++i) {
    bool allFinite = true, anyNormal = false;
    weights.forEach(i, n, [&](Index, Index, const Real& weight) {
      allFinite = allFinite && isFinite(weight);
      anyNormal = anyNormal || isNormal(weight);
    });
    if (!allFinite || !anyNormal) weights.overflow = i;
  }
}

/// Central differences, (f[i+1] - f[i-1]) / 2h, and at the ends one-sided ones of the same step.
template <class Real, class Distance>
EIGEN_ALWAYS_INLINE StepWeights<Real> stepWeights(Place place, const Distance& h, Index n, Edge edge) {
  const auto weight = [&](const Distance& w) {
    const Real rounded = convert<Real>(w);
    if (!isNormal(rounded)) failWeight(place, 0);
    return rounded;
  };
  const Real across = weight(Distance(1) / (Distance(2) * h));
  const Real along = weight(Distance(1) / h);
  if (edge == Edge::Periodic)
    return {across, {oneDifference(n - 1, 1 % n, across), oneDifference((n - 2 + n) % n, Index(0), across)}};
  if (edge == Edge::FirstOrder)
    return {across, {oneDifference(Index(0), Index(1), along), oneDifference(n - 2, n - 1, along)}};
  // (-3 f[0] + 4 f[1] - f[2]) / 2h, in differences.
  const Real near = weight(Distance(3) / (Distance(2) * h)), far = weight(Distance(-1) / (Distance(2) * h));
  return {across, {{2, {{0, 1, near}, {1, 2, far}}}, {2, {{n - 2, n - 1, near}, {n - 3, n - 2, far}}}}};
}

/// The slope of the parabola through three samples, at the middle one: with l and r the intervals to its left and
/// right, r/(l(l+r)) (f[i] - f[i-1]) + l/(r(l+r)) (f[i+1] - f[i]).
/// Source: B. Fornberg, Generation of finite difference formulas on arbitrarily spaced grids, Mathematics of
/// Computation 51 (1988) 699-706, doi:10.1090/S0025-5718-1988-0935077-0.
template <class Real, class Distance>
CoordinateWeights<Real> coordinateWeights(const Eigen::Array<Distance, Eigen::Dynamic, 1>& x, Edge edge) {
  const Index n = x.size();
  CoordinateWeights<Real> weights;
  const auto weight = [](const Distance& w) { return convert<Real>(w); };
  weights.lower.assign(static_cast<std::size_t>(n), Real(0));
  weights.upper.assign(static_cast<std::size_t>(n), Real(0));
  for (Index i = 1; i + 1 < n; ++i) {
    const Distance l = x[i] - x[i - 1], r = x[i + 1] - x[i], both = x[i + 1] - x[i - 1];
    weights.lower[static_cast<std::size_t>(i)] = weight(r / both / l);
    weights.upper[static_cast<std::size_t>(i)] = weight(l / both / r);
  }

  // At an end: the interval at it, the next one in, and, of a parabola, their sum.
  const Distance one(1), l0 = x[1] - x[0], ln = x[n - 1] - x[n - 2];
  if (edge == Edge::FirstOrder) {
    weights.ends.first = oneDifference(Index(0), Index(1), weight(one / l0));
    weights.ends.last = oneDifference(n - 2, n - 1, weight(one / ln));
  } else {
    const Distance r0 = x[2] - x[1], both0 = x[2] - x[0], rn = x[n - 2] - x[n - 3], bothn = x[n - 1] - x[n - 3];
    weights.ends.first = {2, {{0, 1, weight(one / l0 + one / both0)}, {1, 2, weight(-(l0 / both0) / r0)}}};
    weights.ends.last = {2,
                         {{n - 2, n - 1, weight(one / ln + one / bothn)}, {n - 3, n - 2, weight(-(ln / bothn) / rn)}}};
  }
  noteOverflow(weights);
  return weights;
}

}  // namespace detail
}  // namespace gridgrad
