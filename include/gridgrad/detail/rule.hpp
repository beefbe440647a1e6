// SPDX-License-Identifier: MPL-2.0
//
// A rule is what an evaluator sees of a stencil: how to combine the samples around sample i, and nothing of why.
//
// The evaluator brings a reader, which knows where samples lie and whether they come one at a time or in packets:
//     read(k)                      the value at sample k
//     read.weight(w), (&w)         a weight: one for all values, or those that start at an address
//     read.scaled(w, from, to)     w * (to - from)
//     read.sum(a, b)               a + b

#pragma once

#include <Eigen/Core>

#include <memory>
#include <utility>

#include <gridgrad/detail/weights.hpp>

namespace gridgrad {
namespace detail {

/// What is known of the spacing while compiling: that it is a step, that it is coordinates, or neither.
enum class Form { Step, Coordinates, Either };

/// The weights of one axis, most of them elsewhere.
template <class Real, Form form>
struct RuleView {
  Real across;
  const Real* lower;
  const Real* upper;
  const Ends<Real>* ends;
  Real lowerHere, upperHere;

  static constexpr bool isEither = form == Form::Either;

  /// The same, for a loop that has asked hasStep() before.
  template <Form known>
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE RuleView<Real, known> as() const {
    return {across, lower, upper, ends, lowerHere, upperHere};
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
    if (hasStep()) return acrossBoth(i, read);
    return toEach(i, read, read.weight(lower + i), read.weight(upper + i));
  }

  /// The same, with the weights at place `at` of a table.
  template <class Read>
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE auto between(Index i, Index at, const Read& read) const {
    if (hasStep()) return acrossBoth(i, read);
    return toEach(i, read, read.weight(lower + at), read.weight(upper + at));
  }

  /// The same, again and again at sample i: its weights are taken out once, by `enter(i)`.
  template <class Read>
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE auto betweenHere(Index i, const Read& read) const {
    if (hasStep()) return acrossBoth(i, read);
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
    return end.terms == 1 ? nearest : read.sum(nearest, term(end.term[1], read));
  }

  /// Whether all samples between the ends have the same weight.
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE bool hasStep() const {
    return form == Form::Step || (form == Form::Either && lower == nullptr);
  }

 private:
  /// With a step, the sample itself is not read: a NaN there does no harm.
  template <class Read>
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE auto acrossBoth(Index i, const Read& read) const {
    return read.scaled(read.weight(across), read(i - 1), read(i + 1));
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
template <class Real_, Form form>
class Rule {
 public:
  using Real = Real_;
  using View = RuleView<Real, form>;

  explicit Rule(const StepWeights<Real>& w) : m_across(w.across), m_lower(nullptr), m_upper(nullptr), m_ends(w.ends) {}
  explicit Rule(const CoordinateWeights<Real>& w)
      : m_across(0), m_lower(w.lower.data()), m_upper(w.upper.data()), m_ends(w.ends) {}
  explicit Rule(std::shared_ptr<const CoordinateWeights<Real>> w) : Rule(*w) { m_keep = std::move(w); }

  /// Good as long as the rule is.
  EIGEN_DEVICE_FUNC View view() const { return {m_across, m_lower, m_upper, &m_ends, Real(0), Real(0)}; }

  void keep(std::shared_ptr<const void> owner) {
    if (!m_keep) m_keep = std::move(owner);
  }

 private:
  Real m_across;
  const Real* m_lower;
  const Real* m_upper;
  Ends<Real> m_ends;
  std::shared_ptr<const void> m_keep;
};

/// The rule of a step is all there: it costs nothing to copy, and no more than its few numbers to make.
template <class Real_>
class Rule<Real_, Form::Step> {
 public:
  using Real = Real_;
  using View = RuleView<Real, Form::Step>;

  EIGEN_ALWAYS_INLINE explicit Rule(const StepWeights<Real>& weights) : m_weights(weights) {}

  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE View view() const {
    return {m_weights.across, nullptr, nullptr, &m_weights.ends, Real(0), Real(0)};
  }

 private:
  StepWeights<Real> m_weights;
};

}  // namespace detail
}  // namespace gridgrad
