// SPDX-License-Identifier: MPL-2.0
//
// Loops that compute the derivative of a tensor for coefficients that follow each other in memory, run by run.
//
// Along the innermost axis the neighbours of a coefficient are beside it; along any other they are a stride away, and
// so long as the sample along the axis stays the same, a run of coefficients has runs of neighbours.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <algorithm>

#include <gridgrad/engine/paths.hpp>
#include <gridgrad/engine/rule.hpp>
#include <gridgrad/numbers/scalar.hpp>
#include <gridgrad/tensor/runs.hpp>

namespace gridgrad {
namespace detail {

/// An axis as it lies in memory: how many samples, and how far apart two of them are.
template <class Index>
struct TensorAxis {
  Index samples, stride;
};

/// Along the innermost axis, rows of fewer coefficients than this have a loop of their own. Across rows of fewer than
/// thinStride, all rows of a span of fewer than longestThin are computed together.
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
  RepeatedWeights<Real> repeated = {nullptr, nullptr};

  /// Writes the derivative at the coefficients [begin, end) to `out`, which nothing here reads; `nonTemporal` says:
  /// across the axis, past the caches.
  template <bool nonTemporal = false>
  void fill(Index begin, Index end, Scalar* out) const {
    if (begin >= end) return;
    if constexpr (View::isEither) {
      if (rule.hasStep())
        known<Form::Step>().template fill<nonTemporal>(begin, end, out);
      else
        known<Form::Coordinates>().template fill<nonTemporal>(begin, end, out);
    } else if (axis.stride == 1) {
      fillAlong(begin, end, out);
    } else if (repeated.lower) {
      GRIDGRAD_COUNT(ThinRows), fillThin(begin, end, out);
    } else {
      fillAcross<nonTemporal>(begin, end, out);
    }
  }

  /// The same for coefficients between the ends that have the same sample, from a source where `line` is what would be
  /// sample 0 of the first.
  void fillBetween(Index sample, Index line, Index count, Scalar* out) const {
    View here = rule;
    const Source from = source;
    here.enter(detail::sampleAt(sample));
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
    return {source, endSource, rule.template as<form>(), axis, repeated};
  }

  void fillAlong(Index begin, Index end, Scalar* out) const {
    const Index n = axis.samples, head = (begin + n - 1) / n * n, tail = end / n * n;
    if (n < shortRow && head < tail) {
      if (begin < head) fillLines(begin, head, out);
      fillShortRows(head, tail, out + (head - begin));
      if (tail < end) fillLines(tail, end, out + (tail - begin));
    } else {
      fillLines(begin, end, out);
    }
  }

  /// Long rows, and parts of rows.
  void fillLines(Index begin, Index end, Scalar* out) const {
    const Index n = axis.samples;
    View here = rule;
    const Source from = source;
    const Ends<Real> ends = *rule.ends;
    for (Index row = begin - begin % n; row < end; row += n) {
      // In the order of memory, which is what the processor's prefetching expects.
      const Index first = (std::max)(begin, row + 1), last = (std::min)(end, row + n - 1);
      if (begin <= row) out[row - begin] = atEnd(here, ends.first, row);
      if (first < last)
        Runs::template run<false>(from, Index(1), last - first, out + (first - begin), Along{here, row, first - row});
      if (row + n <= end && n > 1) out[row + n - 1 - begin] = atEnd(here, ends.last, row);
    }
  }

  /// Whole short rows, in packets that fit between the ends of one: what lies across the seam of two rows is no
  /// difference that anybody asked for, and may trap.
  void fillShortRows(Index begin, Index end, Scalar* out) const {
    GRIDGRAD_COUNT(ShortRows);
    if constexpr (Source::hasPackets && std::is_same<Scalar, typename Source::Scalar>::value) {
      using Packets = RunPacket<Scalar, Source::isMemory>;
      if (fillRowsInPackets<typename Packets::type, Packets::size>(begin, end, out)) return;
    }
    fillRows<Scalar, 1>(begin, end, out);
  }
  /// Unless even half a packet is longer than a row.
  template <class Packet, Index size>
  bool fillRowsInPackets(Index begin, Index end, Scalar* out) const {
    using Half = typename Eigen::internal::unpacket_traits<Packet>::half;
    constexpr Index half = sizeof(Half) / sizeof(Scalar);
    if (axis.samples - 2 >= size) return fillRows<Packet, size>(begin, end, out), true;
    if constexpr (Source::isMemory && 1 < half && half < size)
      if (axis.samples - 2 >= half) return fillRows<Half, half>(begin, end, out), true;
    return false;
  }
  template <class Packet, Index size>
  void fillRows(Index begin, Index end, Scalar* out) const {
    // Copies, so that no store can be thought to change them.
    const Index n = axis.samples, last = n - 1;
    const View here = rule;
    const Source from = source;
    const Ends<Real> ends = *rule.ends;
    for (Index row = begin; row < end; row += n, out += n) {
      out[0] = atEnd(here, ends.first, row);
      if (n == 1) continue;
      if constexpr (size > 1) {
        GRIDGRAD_COUNT(InPackets);
        const typename Runs::template ReadPacket<Source, Packet, true> read{from, 1};
        const auto line = read(row);
        Index k = 1;
        for (; k + size <= last; k += size) Eigen::internal::pstoreu(out + k, here.between(detail::sampleAt(k), line));
        if (k < last) Eigen::internal::pstoreu(out + last - size, here.between(detail::sampleAt(last - size), line));
      } else {
        const typename Runs::template ReadScalar<Source> read{from, 1};
        const auto line = read(row);
        for (Index k = 1; k < last; ++k) out[k] = detail::convert<Scalar>(here.between(detail::sampleAt(k), line));
      }
      out[last] = atEnd(here, ends.last, row);
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

  template <bool nonTemporal>
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
        here.enter(detail::sampleAt(sample));
        Runs::template run<nonTemporal>(from, stride, next - k, out + (k - begin), Across{here, line, sample});
      }
      sample = sample + samples == n ? 0 : sample + samples;
    }
  }
};

}  // namespace detail
}  // namespace gridgrad
