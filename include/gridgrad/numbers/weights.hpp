// SPDX-License-Identifier: MPL-2.0
//
// What a derivative is made of: weighted differences of samples, for every sample between the ends and for the two
// ends.
//
// Every weight multiplies a difference of two samples, never a sample. So the weights of one derivative sum to zero by
// construction, a constant has the derivative zero to the last bit, and large offsets cost no digits. A sample that has
// no weight is not read.

#pragma once

#include <Eigen/Core>

#include <gridgrad/numbers/check.hpp>
#include <gridgrad/numbers/rounded.hpp>
#include <gridgrad/numbers/scalar.hpp>

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
  Difference<Real> term[3];

  template <class Visit>
  void forEach(const Visit& visit) const {
    for (int k = 0; k < terms; ++k) visit(term[k].from, term[k].to, term[k].weight);
  }

  template <class To>
  EIGEN_ALWAYS_INLINE End<To> as() const {
    const auto cast = [](const Difference<Real>& d) {
      return Difference<To>{d.from, d.to, gridgrad::detail::rounded<To>(d.weight)};
    };
    return {terms, {cast(term[0]), cast(term[1]), cast(term[2])}};
  }
};

template <class Real>
EIGEN_ALWAYS_INLINE Difference<Real> noDifference() {
  return {0, 0, Real(0)};
}

/// Both ends of the axis.
template <class Real>
struct Ends {
  End<Real> first, last;
};

/// The weights of an axis whose samples are one step apart.
template <class Real, int order>
struct StepWeights {
  /// Of f[i+1] - f[i-1], or, in a second derivative, of (f[i+1] - f[i]) - (f[i] - f[i-1]), at every sample with two
  /// neighbours.
  Real weight;
  Ends<Real> ends;

  /// Calls visit(from, to, weight) for each difference in the derivative at sample i of n.
  template <class Visit>
  void forEach(Index i, Index n, const Visit& visit) const {
    if (i == 0) return ends.first.forEach(visit);
    if (i == n - 1) return ends.last.forEach(visit);
    if (order == 1) return visit(i - 1, i + 1, weight);
    visit(i, i - 1, weight);
    visit(i, i + 1, weight);
  }
};

/// The weights of an axis whose samples have coordinates.
template <class Real>
struct CoordinateWeights {
  Eigen::Array<Real, Eigen::Dynamic, 1> lower,
      upper;  // of f[i] - f[i-1] and f[i+1] - f[i], at samples between the ends
  Ends<Real> ends;
  Index overflow = -1;  // the first sample whose weights this precision cannot hold

  template <class Visit>
  void forEach(Index i, Index n, const Visit& visit) const {
    if (i == 0) return ends.first.forEach(visit);
    if (i == n - 1) return ends.last.forEach(visit);
    visit(i - 1, i, lower[i]);
    visit(i, i + 1, upper[i]);
  }

  /// The same in another type.
  template <class To>
  CoordinateWeights<To> as() const {
    const Quiet quiet;
    const Index n = lower.size();
    CoordinateWeights<To> result;
    result.lower.resize(n);
    result.upper.resize(n);
    for (Index i = 0; i < n; ++i) {
      result.lower[i] = detail::convert<To>(lower[i]);
      result.upper[i] = detail::convert<To>(upper[i]);
    }
    result.ends = {ends.first.template as<To>(), ends.last.template as<To>()};
    result.noteOverflow();
    return result;
  }

  /// Notes the first sample with a weight that overflows, or whose weights all vanish; those between the ends need not
  /// be asked if all `areNormal`. One underflowing weight beside a normal one is accepted.
  void noteOverflow(bool areNormal = false) {
    const Index n = lower.size();
    const auto ask = [&](Index i) {
      bool allFinite = true, anyNormal = false;
      forEach(i, n, [&](Index, Index, const Real& weight) {
        allFinite = allFinite && detail::isFinite(weight);
        anyNormal = anyNormal || detail::isNormal(weight);
      });
      if (overflow < 0 && (!allFinite || !anyNormal)) overflow = i;
    };
    ask(0);
    for (Index i = 1; i + 1 < n && !areNormal; ++i) ask(i);
    if (n > 1) ask(n - 1);
  }
};

}  // namespace detail
}  // namespace gridgrad
