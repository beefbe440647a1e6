// SPDX-License-Identifier: MPL-2.0
//
// How the derivative of a tensor is computed where Eigen asks for a part of it: a coefficient, a packet or a block.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <algorithm>
#include <memory>
#include <type_traits>
#include <vector>

#include <gridgrad/detail/tensor_block.hpp>
#include <gridgrad/detail/tensor_cost.hpp>
#include <gridgrad/detail/tensor_derivative.hpp>
#include <gridgrad/detail/tensor_device.hpp>
#include <gridgrad/detail/tensor_loops.hpp>

namespace gridgrad {
namespace detail {

/// Blocks of so many bytes: a few of them, one for each derivative in an expression, lie in the first-level cache.
constexpr std::size_t blockBytes = 8 << 10;

}  // namespace detail
}  // namespace gridgrad

namespace Eigen {

template <class Arg, int Axis, class Rule, class Device>
struct TensorEvaluator<const gridgrad::detail::TensorDerivative<Arg, Axis, Rule>, Device> {
  using XprType = const gridgrad::detail::TensorDerivative<Arg, Axis, Rule>;
  using ArgEvaluator = TensorEvaluator<const Arg, Device>;
  using ArgScalar = std::remove_const_t<typename internal::traits<Arg>::Scalar>;
  using Scalar = typename XprType::Scalar;
  using Real = typename Rule::Real;
  using View = typename Rule::View;
  using Index = typename XprType::Index;
  using Dimensions = typename ArgEvaluator::Dimensions;
  using CoeffReturnType = Scalar;
  using PacketReturnType = typename PacketType<Scalar, Device>::type;
  using Storage = StorageMemory<Scalar, Device>;
  using EvaluatorPointerType = typename Storage::Type;

  static constexpr int NumDims = internal::traits<XprType>::NumDimensions;
  static constexpr int Layout = internal::traits<XprType>::Layout;
  static constexpr int PacketSize = PacketType<Scalar, Device>::size;
  static constexpr bool argIsMemory = gridgrad::detail::IsTensorMemory<Arg>::value;
  static constexpr bool isExpensive = gridgrad::detail::isDear<Arg> && !NumTraits<ArgScalar>::RequireInitialization;
  static constexpr bool sameScalar = std::is_same<Scalar, ArgScalar>::value;
  enum {
    IsAligned = false,
    PacketAccess = sameScalar && std::is_floating_point<Scalar>::value && ArgEvaluator::PacketAccess && PacketSize > 1,
    BlockAccess = std::is_arithmetic<Scalar>::value && !gridgrad::detail::isGpu<Device>,
    PreferBlockAccess = BlockAccess,
    CoordAccess = false,
    RawAccess = false
  };

  using TensorBlockDesc = internal::TensorBlockDescriptor<NumDims, Index>;
  using TensorBlockScratch = internal::TensorBlockScratchAllocator<Device>;
  using TensorBlock = gridgrad::detail::TensorDerivativeBlock<Scalar, Real, NumDims, Layout, Index>;
  using Computed = gridgrad::detail::ComputedSource<ArgEvaluator>;

  TensorEvaluator(XprType& xpr, const Device& device)
      : m_arg(xpr.expression(), device),
        m_rule(xpr.rule()),
        m_weights(m_rule.view()),
        m_ends(*m_weights.ends),
        m_device(device) {
    const int axis = Axis == Dynamic ? xpr.axis() : Axis;
    m_axis = {extent(axis), 1};
    gridgrad::detail::checkShapeKept(xpr.axis(), xpr.shape(), gridgrad::detail::shapeOf<NumDims>(m_arg.dimensions()));
    m_total = 1;
    for (int k = 0; k < NumDims; ++k) {
      if (Layout == int(ColMajor) ? k < axis : k > axis) m_axis.stride *= extent(k);
      m_total *= extent(k);
    }
    m_span = (std::max)(m_axis.samples * m_axis.stride, Index(1));
    m_bySpan = internal::TensorIntDivisor<Index>(m_span);
    m_byStride = internal::TensorIntDivisor<Index>((std::max)(m_axis.stride, Index(1)));
  }

  EIGEN_DEVICE_FUNC const Dimensions& dimensions() const { return m_arg.dimensions(); }

  bool evalSubExprsIfNeeded(EvaluatorPointerType) {
    m_arg.evalSubExprsIfNeeded(nullptr);
    takeWeights();
    return true;
  }
#ifdef EIGEN_USE_THREADS
  template <class Done>
  void evalSubExprsIfNeededAsync(EvaluatorPointerType, Done done) {
    takeWeights();
    m_arg.evalSubExprsIfNeededAsync(nullptr, [done](bool) mutable { done(true); });
  }
#endif
  void cleanup() {
    m_arg.cleanup();
    dropWeights();
  }

  EIGEN_DEVICE_FUNC EIGEN_STRONG_INLINE CoeffReturnType coeff(Index k) const {
    const Index within = k - k / m_bySpan * m_span, sample = within / m_byStride;
    const Computed source = computed();
    const gridgrad::detail::SampleReader<Computed, Index> read{source, k - sample * m_axis.stride, m_axis.stride};
    return gridgrad::detail::convert<Scalar>(view()(sample, m_axis.samples, read));
  }

  template <int LoadMode>
  EIGEN_DEVICE_FUNC EIGEN_STRONG_INLINE PacketReturnType packet(Index k) const {
    return packetAt<PacketReturnType>(k);
  }

  TensorOpCost costPerCoeff(bool vectorized) const {
    const double compute = gridgrad::detail::tensorCost<XprType>;
    return TensorOpCost(2 * sizeof(ArgScalar), 0, compute, vectorized, PacketSize);
  }

  internal::TensorBlockResourceRequirements getResourceRequirements() const {
    return internal::TensorBlockResourceRequirements::withShapeAndSize<Scalar>(
        internal::TensorBlockShapeType::kSkewedInnerDims, gridgrad::detail::blockBytes, costPerCoeff(PacketAccess));
  }

  /// A block with neighbours all along is described; any other is computed into memory: the result's own, if it is all
  /// of the expression, or scratch.
  TensorBlock block(TensorBlockDesc& desc, TensorBlockScratch& scratch, bool /*root_of_expr_ast*/ = false) const {
    using Kind = internal::TensorBlockKind;
    const bool isAll = desc.HasDestinationBuffer();
    const Index size = desc.size(), row = contiguous(desc);
    typename TensorBlock::XprType::View run;
    if (!isAll && row == size && describe(desc.offset(), size, run))
      return TensorBlock(Kind::kExpr, run, desc.dimensions());
    const auto storage = Materialized::prepareStorage(desc, scratch);
    for (Index k = 0; k < size; k += row) {
      const Index begin = desc.offset() + offsetInTensor(desc, k);
      fill(begin, begin + row, storage.data() + k, [&](std::size_t bytes) { return scratch.allocate(bytes); });
    }
    return TensorBlock(storage.AsTensorMaterializedBlock().kind(), {nullptr, nullptr, storage.data(), Real(0), Real(0)},
                       desc.dimensions());
  }

  EIGEN_DEVICE_FUNC EvaluatorPointerType data() const { return nullptr; }

  Index total() const { return m_total; }
  Index stride() const { return m_axis.stride; }

  /// Strings of coefficients side by side along the axis, of which an argument that is dear to compute is computed
  /// once: how many, and the coefficients of one, to a place for all.
  Index strings() const { return m_total / m_span * stringsInSpan(); }
  void fillString(Index string, Scalar* to) const {
    const Index stride = m_axis.stride, n = m_axis.samples, first = string % stringsInSpan() * Ring::length;
    const Index begin = string / stringsInSpan() * m_span + first, count = (std::min)(Ring::length, stride - first);
    std::unique_ptr<ArgScalar[]> memory(new ArgScalar[std::size_t(Ring::size)]);
    const Loops<Ring, Computed> between{{memory.get()}, computed(), view(), {n, Ring::length}, m_total};
    const Loops<Computed, Computed> ends{computed(), computed(), view(), m_axis, m_total};
    for (Index i = 0; i < n; ++i) {
      const Index k = begin + i * stride;
      computed().copy(k, k + count, memory.get() + i % 4 * Ring::length);
      if (i >= 2) between.fillBetween(i - 1, 0, count, to + (k - stride));
    }
    ends.fillEnd(0, begin, count, to + begin);
    if (n > 1) ends.fillEnd(n - 1, begin, count, to + (begin + (n - 1) * stride));
  }

  /// Writes the coefficients [begin, end) to `out`, which they must not be read from. allocate(bytes) gives memory that
  /// somebody else takes back.
  template <bool streams = false, class Allocate>
  void fill(Index begin, Index end, Scalar* out, const Allocate& allocate) const {
    using Memory = gridgrad::detail::MemorySource<ArgScalar, Index>;
    if constexpr (argIsMemory)
      Loops<Memory, Memory>{{m_arg.data(), 0}, {m_arg.data(), 0}, view(), m_axis, m_total, repeated()}
          .template fill<streams>(begin, end, out);
    else if constexpr (!isExpensive)
      Loops<Computed, Computed>{computed(), computed(), view(), m_axis, m_total, repeated()}.template fill<streams>(
          begin, end, out);
    else
      fillThroughWindow(begin, end, out, allocate);
  }

 private:
  using Materialized = internal::TensorMaterializedBlock<Scalar, NumDims, Layout, Index>;
  template <class Source, class EndSource>
  using Loops = gridgrad::detail::TensorLoops<Source, EndSource, View, Scalar, Index>;

  Index extent(int axis) const { return static_cast<Index>(gridgrad::detail::extent(dimensions(), axis)); }

  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE Computed computed() const { return {m_arg}; }
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE View view() const {
    View view = m_weights;
    view.ends = &m_ends;
    return view;
  }
  /// One division finds the place along the axis. Where a packet has neighbours all along, it is computed as one.
  template <class Packet>
  EIGEN_DEVICE_FUNC EIGEN_STRONG_INLINE Packet packetAt(Index k) const {
    const Index stride = m_axis.stride, within = k - k / m_bySpan * m_span;
    const auto source = computed();
    if (within >= stride && within + PacketSize <= m_span - stride) {
      if (view().hasStep()) return view().between(1, packets<Packet, false>(source, k - stride));
      if (stride == 1) return view().between(within, packets<Packet, true>(source, k - within));
      const Index sample = within / m_byStride;
      if (within + PacketSize <= (sample + 1) * stride)
        return view().between(sample, packets<Packet, false>(source, k - sample * stride));
    }
    EIGEN_ALIGN_MAX Scalar values[PacketSize];
    for (int i = 0; i < PacketSize; ++i) values[i] = coeff(k + i);
    return internal::pload<Packet>(values);
  }
  template <class Packet, bool along>
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE auto packets(const Computed& source, Index base) const {
    return gridgrad::detail::SamplePacketReader<Computed, Index, Packet, along>{source, base, m_axis.stride};
  }

  /// An argument that is dear to compute is computed once for all coefficients that read it, or, if these are far
  /// apart, once for each of the two or three runs they read.
  template <class Allocate>
  void fillThroughWindow(Index begin, Index end, Scalar* out, const Allocate& allocate) const {
    using Memory = gridgrad::detail::MemorySource<ArgScalar, Index>;
    const Index stride = m_axis.stride, n = m_axis.samples;
    if (2 * stride <= end - begin || stride == 1) {
      const Index from = (std::max)(begin - stride, Index(0)), to = (std::min)(end + stride, m_total);
      ArgScalar* window = static_cast<ArgScalar*>(allocate(std::size_t(to - from) * sizeof(ArgScalar)));
      computed().copy(from, to, window);
      Loops<Memory, Computed>{{window, from}, computed(), view(), m_axis, m_total}.fill(begin, end, out);
      return;
    }
    const Index length = (std::min)(stride, end - begin);
    ArgScalar* window = static_cast<ArgScalar*>(allocate(std::size_t(3 * length) * sizeof(ArgScalar)));
    for (Index k = begin; k < end;) {
      const Index sample = k / stride % n, count = (std::min)(end, k - k % stride + stride) - k;
      const Loops<Memory, Computed> loops{{window, 0}, computed(), view(), {n, length}, m_total};
      if (sample == 0 || sample == n - 1) {
        Loops<Computed, Computed>{computed(), computed(), view(), m_axis, m_total}.fillEnd(sample, k - sample * stride,
                                                                                           count, out + (k - begin));
      } else {
        for (Index side = 0; side < 3; ++side)
          if (side != 1 || view().readsSample())
            computed().copy(k + (side - 1) * stride, k + (side - 1) * stride + count, window + side * length);
        loops.fillBetween(sample, (1 - sample) * length, count, out + (k - begin));
      }
      k += count;
    }
  }

  using Ring = gridgrad::detail::RingSource<ArgScalar, Index>;
  Index stringsInSpan() const { return (m_axis.stride + Ring::length - 1) / Ring::length; }

  /// How many coefficients of a block follow each other in memory.
  Index contiguous(const TensorBlockDesc& desc) const {
    Index run = 1;
    for (int k = 0; k < NumDims; ++k) {
      const int axis = Layout == int(ColMajor) ? k : NumDims - 1 - k;
      run *= desc.dimension(axis);
      if (desc.dimension(axis) != extent(axis)) break;
    }
    return (std::max)(run, Index(1));
  }

  /// How far the k-th coefficient of a block is from its first.
  Index offsetInTensor(const TensorBlockDesc& desc, Index k) const {
    Index offset = 0, stride = 1;
    for (int d = 0; d < NumDims; ++d) {
      const int axis = Layout == int(ColMajor) ? d : NumDims - 1 - d;
      offset += k % desc.dimension(axis) * stride;
      k /= desc.dimension(axis);
      stride *= extent(axis);
    }
    return offset;
  }

  /// The run of `count` coefficients at k, if it is a weighted difference of others.
  bool describe(Index k, Index count, typename TensorBlock::XprType::View& run) const {
    if constexpr (argIsMemory && sameScalar && std::is_floating_point<Scalar>::value) {
      const Scalar* data = m_arg.data();
      const Index stride = m_axis.stride, n = m_axis.samples;
      const Index within = k - k / m_bySpan * m_span, sample = within / m_byStride, line = k - sample * stride;
      const View rule = view();
      const bool oneSample = within + count <= (sample + 1) * stride;
      if (sample > 0 && sample < n - 1 && (rule.hasStep() ? within + count <= m_span - stride : oneSample)) {
        if (rule.readsSample())
          run = {data + (k - stride), data + k, data + (k + stride), rule.weightBelow(sample),
                 rule.weightAbove(sample)};
        else
          run = {data + (k - stride), nullptr, data + (k + stride), Real(0), rule.weight};
        return true;
      }
      const auto& end = sample == 0 ? rule.ends->first : rule.ends->last;
      const auto at = [&](Eigen::Index i) { return data + (line + static_cast<Index>(i) * stride); };
      if (oneSample && (sample == 0 || sample == n - 1) && end.terms == 1) {
        run = {at(end.term[0].from), nullptr, at(end.term[0].to), Real(0), end.term[0].weight};
        return true;
      }
    }
    return false;
  }

  /// On a device of its own memory, the weights are there too. Elsewhere there are tables for short rows.
  void takeWeights() {
    if (m_weights.hasStep()) return;
    const std::size_t n = std::size_t(m_axis.samples);
    if constexpr (gridgrad::detail::isGpu<Device>) {
      const std::size_t bytes = n * sizeof(Real);
      Real* weights = static_cast<Real*>(m_device.allocate(2 * bytes));
      m_device.memcpyHostToDevice(weights, m_weights.lower, bytes);
      m_device.memcpyHostToDevice(weights + n, m_weights.upper, bytes);
      m_weights.lower = weights;
      m_weights.upper = weights + n;
    } else {
      using namespace gridgrad::detail;
      const std::size_t stride = std::size_t(m_axis.stride);
      const bool isShort = stride == 1 && m_axis.samples < shortRow;
      const bool isThin = 1 < stride && m_axis.stride < thinStride && m_span < longestThin;
      if (!isShort && !isThin) return;
      const std::size_t count = isShort ? 4 * std::size_t(shortRow) / n * n : n * stride;
      const auto weights = std::make_shared<std::vector<Real>>(2 * count);
      for (std::size_t k = 0; k < count; ++k) {
        (*weights)[k] = m_weights.lower[k / stride % n];
        (*weights)[count + k] = m_weights.upper[k / stride % n];
      }
      m_repeated = weights;
    }
  }
  gridgrad::detail::RepeatedWeights<Real> repeated() const {
    if (!m_repeated) return {nullptr, nullptr};
    return {m_repeated->data(), m_repeated->data() + m_repeated->size() / 2};
  }
  void dropWeights() {
    if constexpr (gridgrad::detail::isGpu<Device>) {
      if (m_weights.lower == m_rule.view().lower) return;  // never taken, or dropped before
      m_device.deallocate(const_cast<Real*>(m_weights.lower));
      m_weights = m_rule.view();
    }
  }

  ArgEvaluator m_arg;
  const Rule m_rule;  // evaluators may outlive the expression they were made from
  View m_weights;     // those of the rule, or a copy of them on the device
  gridgrad::detail::Ends<Real> m_ends;
  gridgrad::detail::TensorAxis<Index> m_axis;
  Index m_total, m_span;
  internal::TensorIntDivisor<Index> m_bySpan, m_byStride;
  std::shared_ptr<const std::vector<Real>> m_repeated;
  const Device EIGEN_DEVICE_REF m_device;
};

}  // namespace Eigen
