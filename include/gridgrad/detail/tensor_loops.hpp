// SPDX-License-Identifier: MPL-2.0
//
// Loops that compute the derivative of a tensor for coefficients that follow each other in memory, run by run.
//
// Along the innermost axis the neighbours of a coefficient are beside it; along any other they are a stride away, and
// so long as the sample along the axis stays the same, a run of coefficients has runs of neighbours.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <algorithm>

#include <gridgrad/detail/paths.hpp>
#include <gridgrad/detail/rule.hpp>
#include <gridgrad/detail/scalar.hpp>
#include <gridgrad/detail/tensor_runs.hpp>

namespace gridgrad {
namespace detail {

/// An axis as it lies in memory: how many samples, and how far apart two of them are.
template <class Index>
struct TensorAxis {
  Index samples, stride;
};

/// Along the innermost axis, rows of fewer coefficients than this are computed many at a time, four times as many
/// coefficients. Across rows of fewer than thinStride, all rows together.
inline constexpr int shortRow = 128, thinStride = 32, longestThin = 8192;

/// Weights for each coefficient of such rows, not for each sample.
template <class Real>
struct RepeatedWeights {
  const Real* lower;
  const Real* upper;
};

/// The derivative of a source along an axis, by runs. What is missing a neighbour may be read from another source.
template <class Source, class EndSource, class View, class Scalar, class Index>
class TensorLoops {
  using Axis = TensorAxis<Index>;
  using Real = typename WeightScalar<typename Source::Scalar>::type;
  using Runs = TensorRuns<View, Real, Scalar, Index>;
  using Along = typename Runs::Along;
  using Across = typename Runs::Across;
  using Thin = typename Runs::Thin;
  using AtEnd = typename Runs::AtEnd;

 public:
  Source source;
  EndSource endSource;
  View rule;
  Axis axis;
  Index total;
  RepeatedWeights<Real> repeated = {nullptr, nullptr};

  /// Writes the derivative at the coefficients [begin, end) to `out`, which nothing here reads; `streams` says: across
  /// the axis, past the caches.
  template <bool streams = false>
  void fill(Index begin, Index end, Scalar* out) const {
    if (begin >= end) return;
    if constexpr (View::isEither) {
      if (rule.hasStep())
        known<Form::Step>().template fill<streams>(begin, end, out);
      else
        known<Form::Coordinates>().template fill<streams>(begin, end, out);
    } else if (axis.stride == 1) {
      fillAlong(begin, end, out);
    } else if (repeated.lower) {
      GRIDGRAD_COUNT(ThinRows), fillThin(begin, end, out);
    } else {
      fillAcross<streams>(begin, end, out);
    }
  }

  /// The same for coefficients between the ends that have the same sample, from a source where `line` is what would be
  /// sample 0 of the first.
  void fillBetween(Index sample, Index line, Index count, Scalar* out) const {
    View here = rule;
    const Source from = source;
    here.enter(sample);
    Runs::template run<false>(from, axis.stride, count, out, Across{here, line, sample});
  }

  /// And at an end of the axis.
  void fillEnd(Index sample, Index line, Index count, Scalar* out) const {
    Runs::template run<false>(endSource, axis.stride, count, out,
                              AtEnd{rule, sample == 0 ? rule.ends->first : rule.ends->last, line});
  }

 private:
  template <Form form>
  TensorLoops<Source, EndSource, RuleView<Real, form, View::order>, Scalar, Index> known() const {
    return {source, endSource, rule.template as<form>(), axis, total, repeated};
  }

  void fillAlong(Index begin, Index end, Scalar* out) const {
    const Index n = axis.samples;
    View here = rule;
    const Source from = source;
    const Ends<Real> ends = *rule.ends;
    // Of short rows, many at a time: all coefficients are computed as if they were between two neighbours, which also
    // reads past the ends of rows, and then the ends again.
    const Index rows = n < shortRow && (rule.hasStep() || repeated.lower) ? shortRow * 4 / n : 1;
    if (rows > 1) GRIDGRAD_COUNT(ShortRows);
    if (rows > 1 && !rule.hasStep()) {
      here.lower = repeated.lower;
      here.upper = repeated.upper;
    }
    for (Index row = begin - begin % n; row < end; row += rows * n) {
      const Index next = (std::min)(row + rows * n, end + (n - 1) - (end - 1) % n);
      const Index first = rows == 1 ? (std::max)(begin, row + 1) : (std::max)({begin, row, Index(1)});
      const Index last = rows == 1 ? (std::min)(end, row + n - 1) : (std::min)({end, next, total - 1});
      // In the order of memory, which is what the processor's prefetching expects.
      if (rows == 1 && begin <= row) out[row - begin] = atEnd(here, ends.first, row);
      if (first < last)
        Runs::template run<false>(from, Index(1), last - first, out + (first - begin), Along{here, row, first - row});
      for (Index r = row; r < next; r += n) {
        if (rows > 1 && begin <= r) out[r - begin] = atEnd(here, ends.first, r);
        if (r + n <= end && n > 1) out[r + n - 1 - begin] = atEnd(here, ends.last, r);
      }
    }
  }
  EIGEN_ALWAYS_INLINE Scalar atEnd(const View& here, const End<Real>& end, Index row) const {
    return detail::convert<Scalar>(here.atEnd(end, typename Runs::template ReadScalar<EndSource>{endSource, 1}(row)));
  }

  void fillThin(Index begin, Index end, Scalar* out) const {
    const Index stride = axis.stride, span = axis.samples * stride;
    const Source from = source;
    const Ends<Real> ends = *rule.ends;
    View here = rule;
    here.lower = repeated.lower;
    here.upper = repeated.upper;
    for (Index base = begin - begin % span; base < end; base += span) {
      const auto part = [&](Index first, Index last, const auto& compute) {
        const Index k = (std::max)(begin, base + first), next = (std::min)(end, base + last);
        if (k < next) compute(k, next - k, out + (k - begin));
      };
      part(0, stride, [&](Index k, Index count, Scalar* to) {
        Runs::template run<false>(endSource, stride, count, to, AtEnd{here, ends.first, k});
      });
      part(stride, span - stride, [&](Index k, Index count, Scalar* to) {
        Runs::template run<false>(from, stride, count, to, Thin{here, k - stride, k - base});
      });
      part((std::max)(stride, span - stride), span, [&](Index k, Index count, Scalar* to) {
        Runs::template run<false>(endSource, stride, count, to, AtEnd{here, ends.last, k - (span - stride)});
      });
    }
  }

  template <bool streams>
  void fillAcross(Index begin, Index end, Scalar* out) const {
    // Copies, so that no store can be thought to change them.
    const Index n = axis.samples, stride = axis.stride;
    const Source from = source;
    const EndSource fromEnd = endSource;
    const Ends<Real> ends = *rule.ends;
    View here = rule;
    Index sample = begin / stride % n;
    for (Index k = begin, next = begin - begin % stride; k < end; k = next) {
      const Index line = k - sample * stride;
      Index samples = 1;
      next = (std::min)(end, next + stride);
      if (sample == 0 || sample == n - 1) {
        Runs::template run<false>(fromEnd, stride, next - k, out + (k - begin),
                                  AtEnd{here, sample == 0 ? ends.first : ends.last, line});
      } else {
        // A step is the same for all samples between the ends: one run of them.
        if (here.hasStep()) {
          samples = n - 1 - sample;
          next = (std::min)(end, next + (samples - 1) * stride);
        }
        here.enter(sample);
        Runs::template run<streams>(from, stride, next - k, out + (k - begin), Across{here, line, sample});
      }
      sample = sample + samples == n ? 0 : sample + samples;
    }
  }
};

}  // namespace detail
}  // namespace gridgrad
