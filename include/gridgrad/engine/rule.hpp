// SPDX-License-Identifier: MPL-2.0
//
// The evaluator's view of a stencil: neighbours and weights.
//
// The evaluator brings a reader, which knows where samples lie and whether they come one at a time or in packets:
//     read(k)                      the value at sample k
//     read.weight(w), (&w)         a weight: one for all values, or those that start at an address
//     read.difference(from, to)    to - from
//     read.scaled(w, from, to)     w * (to - from)
//     read.sum(a, b)               a + b

#pragma once

#include <Eigen/Core>

#include <memory>
#include <utility>

#include <gridgrad/numbers/weights.hpp>

namespace gridgrad {
namespace detail {

/// What is known of the spacing while compiling: that it is a step, that it is coordinates, or neither.
enum class Form { Step, Coordinates, Either };

/// The weights of one axis, most of them elsewhere, for a derivative of this order, 1 or 2.
template <class Real, Form form, int order_>
struct RuleView {
  static constexpr int order = order_;

  Real weight;  // with a step, the only one between the ends
  const Real* lower;
  const Real* upper;
  const Ends<Real>* ends;
  Real lowerHere, upperHere;

  static constexpr bool isEither = form == Form::Either;

  /// The same, for a loop that has asked hasStep() before.
  template <Form known>
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE RuleView<Real, known, order> as() const {
    return {weight, lower, upper, ends, lowerHere, upperHere};
  }

  template <class Read>
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE auto operator()(Index i, Index n, const Read& read) const {
    if (i == 0) return atEnd(ends->first, read);
    if (i == n - 1) return atEnd(ends->last, read);
    return between(i, read);
  }

  /// At a sample with two neighbours.
  template <class Read>
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE auto between(Index i, const Read& read) const {
    if (hasStep()) return withStep(i, read);
    return toEach(i, read, read.weight(lower + i), read.weight(upper + i));
  }

  /// The same, with the weights at place `at` of a table.
  template <class Read>
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE auto between(Index i, Index at, const Read& read) const {
    if (hasStep()) return withStep(i, read);
    return toEach(i, read, read.weight(lower + at), read.weight(upper + at));
  }

  /// The same, again and again at sample i: its weights are taken out once, by `enter(i)`.
  template <class Read>
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE auto betweenHere(Index i, const Read& read) const {
    if (hasStep()) return withStep(i, read);
    return toEach(i, read, read.weight(lowerHere), read.weight(upperHere));
  }
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE void enter(Index i) {
    if (hasStep()) return;
    lowerHere = lower[i];
    upperHere = upper[i];
  }

  template <class Read>
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE auto atEnd(const End<Real>& end, const Read& read) const {
    const auto nearest = term(end.term[0], read);
    if (end.terms == 1) return nearest;
    const auto two = read.sum(nearest, term(end.term[1], read));
    return order == 1 || end.terms == 2 ? two : read.sum(two, term(end.term[2], read));
  }

  /// Whether all samples between the ends have the same weight.
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE bool hasStep() const {
    return form == Form::Step || (form == Form::Either && lower == nullptr);
  }

  /// Whether a sample is read for its own derivative, or only its neighbours are.
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE bool readsSample() const { return order == 2 || !hasStep(); }

  /// If it is, the weights of f[i] - f[i-1] and f[i+1] - f[i].
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE Real weightBelow(Index i) const { return hasStep() ? Real(-weight) : lower[i]; }
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE Real weightAbove(Index i) const { return hasStep() ? weight : upper[i]; }

 private:
  /// With a step, a first derivative does not read the sample itself: a NaN there does no harm.
  template <class Read>
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE auto withStep(Index i, const Read& read) const {
    if constexpr (order == 1) {
      return read.scaled(read.weight(weight), read(i - 1), read(i + 1));
    } else {
      const auto here = read(i);
      return read.scaled(read.weight(weight), read.difference(read(i - 1), here), read.difference(here, read(i + 1)));
    }
  }
  template <class Read, class Weight>
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE auto toEach(Index i, const Read& read, const Weight& low,
                                                    const Weight& high) const {
    const auto here = read(i);
    return read.sum(read.scaled(low, read(i - 1), here), read.scaled(high, here, read(i + 1)));
  }

  template <class Read>
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE auto term(const Difference<Real>& difference, const Read& read) const {
    return read.scaled(read.weight(difference.weight), read(difference.from), read(difference.to));
  }
};

/// A rule with what keeps it alive: nothing for the user's own named Stencil, a share otherwise.
template <class Real_, Form form, int order>
class Rule {
 public:
  using Real = Real_;
  using View = RuleView<Real, form, order>;

  explicit Rule(const StepWeights<Real, order>& w)
      : m_weight(w.weight), m_lower(nullptr), m_upper(nullptr), m_ends(w.ends) {}
  explicit Rule(const CoordinateWeights<Real>& w)
      : m_weight(0), m_lower(w.lower.data()), m_upper(w.upper.data()), m_ends(w.ends) {}
  explicit Rule(std::shared_ptr<const CoordinateWeights<Real>> w) : Rule(*w) { m_keep = std::move(w); }

  /// Good as long as the rule is.
  EIGEN_DEVICE_FUNC View view() const { return {m_weight, m_lower, m_upper, &m_ends, Real(0), Real(0)}; }

  void keep(std::shared_ptr<const void> owner) {
    if (!m_keep) m_keep = std::move(owner);
  }

 private:
  Real m_weight;
  const Real* m_lower;
  const Real* m_upper;
  Ends<Real> m_ends;
  std::shared_ptr<const void> m_keep;
};

/// The rule of a step is all there: it costs nothing to copy, and no more than its few numbers to make.
template <class Real_, int order>
class Rule<Real_, Form::Step, order> {
 public:
  using Real = Real_;
  using View = RuleView<Real, Form::Step, order>;

  EIGEN_ALWAYS_INLINE explicit Rule(const StepWeights<Real, order>& weights) : m_weights(weights) {}

  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE View view() const {
    return {m_weights.weight, nullptr, nullptr, &m_weights.ends, Real(0), Real(0)};
  }

 private:
  StepWeights<Real, order> m_weights;
};

}  // namespace detail
}  // namespace gridgrad
