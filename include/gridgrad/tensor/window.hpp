// SPDX-License-Identifier: MPL-2.0
//
// The derivative of an argument that is expensive to compute: each of its coefficients is computed once for all that
// read it, into a window of memory that moves along.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <algorithm>
#include <cstddef>
#include <memory>

#include <gridgrad/engine/paths.hpp>
#include <gridgrad/tensor/loops.hpp>
#include <gridgrad/tensor/source.hpp>

namespace gridgrad {
namespace detail {

template <class ArgEvaluator, class View, class Scalar, class Index>
struct TensorWindow {
  using Computed = ComputedSource<ArgEvaluator>;
  using ArgScalar = typename Computed::Scalar;
  using Ring = RingSource<ArgScalar, Index>;
  using Memory = MemorySource<ArgScalar, Index>;
  template <class Source, class EndSource>
  using Loops = TensorLoops<Source, EndSource, View, Scalar, Index>;

  Computed computed;
  View view;
  TensorAxis<Index> axis;
  Index total;

  /// Pencils of coefficients side by side along the axis, through which the window moves from sample to sample: how
  /// many there are, and the coefficients of one, to a place for all.
  Index pencils() const { return total / span() * pencilsInSpan(); }
  void fillPencil(Index pencil, Scalar* to) const {
    GRIDGRAD_COUNT(Window);
    const Index stride = axis.stride, n = axis.samples, first = pencil % pencilsInSpan() * Ring::length;
    const Index begin = pencil / pencilsInSpan() * span() + first, count = (std::min)(Ring::length, stride - first);
    std::unique_ptr<ArgScalar[]> memory(new ArgScalar[std::size_t(Ring::size)]);
    const Loops<Ring, Computed> between{{memory.get()}, computed, view, {n, Ring::length}};
    const Loops<Computed, Computed> ends{computed, computed, view, axis};
    for (Index i = 0; i < n; ++i) {
      const Index k = begin + i * stride;
      computed.copy(k, k + count, memory.get() + i % 4 * Ring::length);
      if (i >= 2) between.fillBetween(i - 1, 0, count, to + (k - stride));
    }
    ends.fillEnd(0, begin, count, to + begin);
    if (n > 1) ends.fillEnd(n - 1, begin, count, to + (begin + (n - 1) * stride));
  }

  /// The coefficients [begin, end), to `out`. If those that read the same are far apart, the argument is computed once
  /// for each of the two or three runs they read. allocate(bytes) gives memory that somebody else takes back.
  template <class Allocate>
  void fill(Index begin, Index end, Scalar* out, const Allocate& allocate) const {
    GRIDGRAD_COUNT(Window);
    const Index stride = axis.stride, n = axis.samples;
    if (2 * stride <= end - begin || stride == 1) {
      // Of other rows nothing is computed: their samples are read by nobody here, and may trap.
      const Index from = (std::max)(begin - stride, begin - begin % span());
      const Index to = (std::min)(end + stride, end - 1 - (end - 1) % span() + span());
      ArgScalar* window = static_cast<ArgScalar*>(allocate(std::size_t(to - from) * sizeof(ArgScalar)));
      computed.copy(from, to, window);
      Loops<Memory, Computed>{{window, from}, computed, view, axis}.fill(begin, end, out);
      return;
    }
    const Index length = (std::min)(stride, end - begin);
    ArgScalar* window = static_cast<ArgScalar*>(allocate(std::size_t(3 * length) * sizeof(ArgScalar)));
    for (Index k = begin; k < end;) {
      const Index sample = k / stride % n, count = (std::min)(end, k - k % stride + stride) - k;
      const Loops<Memory, Computed> loops{{window, 0}, computed, view, {n, length}};
      if (sample == 0 || sample == n - 1) {
        Loops<Computed, Computed>{computed, computed, view, axis}.fillEnd(sample, k - sample * stride, count,
                                                                          out + (k - begin));
      } else {
        for (Index side = 0; side < 3; ++side)
          if (side != 1 || view.readsSample())
            computed.copy(k + (side - 1) * stride, k + (side - 1) * stride + count, window + side * length);
        loops.fillBetween(sample, (1 - sample) * length, count, out + (k - begin));
      }
      k += count;
    }
  }

 private:
  Index span() const { return (std::max)(axis.samples * axis.stride, Index(1)); }
  Index pencilsInSpan() const { return (axis.stride + Ring::length - 1) / Ring::length; }
};

}  // namespace detail
}  // namespace gridgrad
