// SPDX-License-Identifier: MPL-2.0
//
// How the derivative of a tensor is computed where Eigen asks for a part of it: a coefficient, a packet or a block.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <algorithm>
#include <cstddef>
#include <type_traits>

#include <gridgrad/engine/paths.hpp>
#include <gridgrad/tensor/block.hpp>
#include <gridgrad/tensor/cost.hpp>
#include <gridgrad/tensor/derivative.hpp>
#include <gridgrad/tensor/device.hpp>
#include <gridgrad/tensor/loops.hpp>
#include <gridgrad/tensor/weights.hpp>
#include <gridgrad/tensor/window.hpp>

namespace gridgrad {
namespace detail {

/// Blocks of so many bytes: a few of them, one for each derivative in an expression, lie in the first-level cache.
inline constexpr std::size_t blockBytes = 8 << 10;

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
  using Offset = gridgrad::detail::Offset;
  using Dimensions = typename ArgEvaluator::Dimensions;
  using CoeffReturnType = Scalar;
  using PacketReturnType = typename PacketType<Scalar, Device>::type;
  using Storage = StorageMemory<Scalar, Device>;
  using EvaluatorPointerType = typename Storage::Type;

  static constexpr int NumDims = internal::traits<XprType>::NumDimensions;
  static constexpr int Layout = internal::traits<XprType>::Layout;
  static constexpr int PacketSize = PacketType<Scalar, Device>::size;
  static constexpr bool argIsMemory = gridgrad::detail::IsTensorMemory<Arg>::value;
  static constexpr bool isExpensive =
      gridgrad::detail::isExpensiveArgument<Arg> && !NumTraits<ArgScalar>::RequireInitialization;
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
      : m_arg(xpr.expression(), device), m_weights(xpr.rule()), m_device(device) {
    const int axis = Axis == Dynamic ? xpr.axis() : Axis;
    m_axis = {extent(axis), 1};
    gridgrad::detail::checkShapeKept(xpr.axis(), xpr.shape(), gridgrad::detail::shapeOf<NumDims>(m_arg.dimensions()));
    m_total = 1;
    for (int k = 0; k < NumDims; ++k) {
      if (Layout == int(ColMajor) ? k < axis : k > axis) m_axis.stride *= extent(k);
      m_total *= extent(k);
    }
    m_span = static_cast<Index>((std::max)(m_axis.samples * m_axis.stride, Offset(1)));
    m_bySpan = internal::TensorIntDivisor<Index>(m_span);
    m_byStride = internal::TensorIntDivisor<Index>(static_cast<Index>((std::max)(m_axis.stride, Offset(1))));
  }

  EIGEN_DEVICE_FUNC const Dimensions& dimensions() const { return m_arg.dimensions(); }

  bool evalSubExprsIfNeeded(EvaluatorPointerType) {
    m_arg.evalSubExprsIfNeeded(nullptr);
    m_weights.allocate(m_device, m_axis);
    return true;
  }
#ifdef EIGEN_USE_THREADS
  template <class Done>
  void evalSubExprsIfNeededAsync(EvaluatorPointerType, Done done) {
    m_weights.allocate(m_device, m_axis);
    m_arg.evalSubExprsIfNeededAsync(nullptr, [done](bool) mutable { done(true); });
  }
#endif
  void cleanup() {
    m_arg.cleanup();
    m_weights.release(m_device);
  }

  EIGEN_DEVICE_FUNC EIGEN_STRONG_INLINE CoeffReturnType coeff(Index k) const {
    const Index within = k - k / m_bySpan * m_span, sample = within / m_byStride;
    const Computed source = computed();
    const Index stride = static_cast<Index>(m_axis.stride), samples = static_cast<Index>(m_axis.samples);
    const gridgrad::detail::SampleReader<Computed, Index> read{source, k - sample * stride, stride};
    return gridgrad::detail::convert<Scalar>(view()(sample, samples, read));
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

  /// A block with neighbours all along is described; any other is computed into scratch memory. Never into a
  /// destination that Eigen lends: its scalars may be of another size (tensor/sink.hpp).
  TensorBlock block(TensorBlockDesc& desc, TensorBlockScratch& scratch, bool /*root_of_expr_ast*/ = false) const {
    using Kind = internal::TensorBlockKind;
    desc.DropDestinationBuffer();
    const Offset size = desc.size(), row = gridgrad::detail::contiguous<Layout>(desc, dimensions());
    typename TensorBlock::XprType::View run;
    if (row == size && describe(desc.offset(), size, run))
      return GRIDGRAD_COUNT(Described), TensorBlock(Kind::kExpr, run, desc.dimensions());
    Scalar* const to = static_cast<Scalar*>(scratch.allocate(std::size_t(size) * sizeof(Scalar)));
    for (Offset k = 0; k < size; k += row) {
      const Offset begin = desc.offset() + gridgrad::detail::offsetInTensor<Layout>(desc, dimensions(), k);
      fill(begin, begin + row, to + k, [&](std::size_t bytes) { return scratch.allocate(bytes); });
    }
    return TensorBlock(Kind::kMaterializedInScratch, {nullptr, nullptr, to, Real(0), Real(0)}, desc.dimensions());
  }

  EIGEN_DEVICE_FUNC EvaluatorPointerType data() const { return nullptr; }

  Offset total() const { return m_total; }
  Offset stride() const { return m_axis.stride; }

  /// Of an argument that is expensive to compute, in pencils: see TensorWindow.
  Offset pencils() const { return window().pencils(); }
  void fillPencil(Offset pencil, Scalar* to) const { window().fillPencil(pencil, to); }

  /// Writes the coefficients [begin, end) to `out`, which they must not be read from. allocate(bytes) gives memory that
  /// somebody else takes back.
  template <bool nonTemporal = false, class Allocate>
  void fill(Offset begin, Offset end, Scalar* out, const Allocate& allocate) const {
    using Memory = gridgrad::detail::MemorySource<ArgScalar, Offset>;
    if constexpr (argIsMemory)
      Loops<Memory, Memory>{{m_arg.data(), 0}, {m_arg.data(), 0}, view(), m_axis, m_weights.repeated()}
          .template fill<nonTemporal>(begin, end, out);
    else if constexpr (!isExpensive)
      Loops<Computed, Computed>{computed(), computed(), view(), m_axis, m_weights.repeated()}
          .template fill<nonTemporal>(begin, end, out);
    else
      window().fill(begin, end, out, allocate);
  }

 private:
  template <class Source, class EndSource>
  using Loops = gridgrad::detail::TensorLoops<Source, EndSource, View, Scalar, Offset>;

  Offset extent(int axis) const { return gridgrad::detail::extent(dimensions(), axis); }

  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE Computed computed() const { return {m_arg}; }
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE View view() const { return m_weights.view(); }
  gridgrad::detail::TensorWindow<ArgEvaluator, View, Scalar, Offset> window() const {
    return {computed(), view(), m_axis, m_total};
  }

  /// One division finds the place along the axis. Where a packet has neighbours all along, it is computed as one. Of
  /// scalars whose packets are never asked for, Eigen's products, among others, compile this all the same.
  template <class Packet>
  EIGEN_DEVICE_FUNC EIGEN_STRONG_INLINE Packet packetAt(Index k) const {
    if constexpr (PacketAccess) {
      const Index stride = static_cast<Index>(m_axis.stride), within = k - k / m_bySpan * m_span;
      const auto source = computed();
      if (within >= stride && within <= m_span - stride - PacketSize) {
        if (view().hasStep()) return view().between(1, packets<Packet, false>(source, k - stride));
        if (stride == 1) return view().between(within, packets<Packet, true>(source, k - within));
        const Index sample = within / m_byStride;
        if (within <= (sample + 1) * stride - PacketSize)
          return view().between(sample, packets<Packet, false>(source, k - sample * stride));
      }
    }
    EIGEN_ALIGN_MAX Scalar values[std::size_t(PacketSize)];
    for (int i = 0; i < PacketSize; ++i) values[i] = coeff(k + i);
    return internal::ploadu<Packet>(values);
  }
  template <class Packet, bool along>
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE auto packets(const Computed& source, Index base) const {
    return gridgrad::detail::SamplePacketReader<Computed, Index, Packet, along>{source, base,
                                                                                static_cast<Index>(m_axis.stride)};
  }

  /// The run of `count` coefficients at k, if it is a weighted difference of others.
  bool describe(Index k, Offset count, typename TensorBlock::XprType::View& run) const {
    if constexpr (argIsMemory && sameScalar && std::is_floating_point<Scalar>::value) {
      const Scalar* data = m_arg.data();
      const Offset stride = m_axis.stride, n = m_axis.samples;
      const Index within = k - k / m_bySpan * m_span, sample = within / m_byStride;
      const Offset line = k - sample * stride;
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
      const auto at = [&](Eigen::Index i) { return data + (line + i * stride); };
      if (oneSample && (sample == 0 || sample == n - 1) && end.terms == 1) {
        run = {at(end.term[0].from), nullptr, at(end.term[0].to), Real(0), end.term[0].weight};
        return true;
      }
    }
    return false;
  }

  ArgEvaluator m_arg;
  gridgrad::detail::TensorWeights<Rule, Device> m_weights;
  gridgrad::detail::TensorAxis<Offset> m_axis;
  Offset m_total;
  Index m_span;
  internal::TensorIntDivisor<Index> m_bySpan, m_byStride;
  const Device EIGEN_DEVICE_REF m_device;
};

}  // namespace Eigen
