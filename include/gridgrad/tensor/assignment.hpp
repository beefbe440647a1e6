// SPDX-License-Identifier: MPL-2.0
//
// How a tensor expression with derivatives is assigned: into its destination, if nothing in it reads what is written,
// else into memory of its own first.
//
// An operation of Eigen's that does not know of derivatives, or a destination that is no plain piece of memory, asks
// for coefficients without saying where they go. Then too, all are computed before the first is given away.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <cstddef>
#include <type_traits>

#include <gridgrad/engine/paths.hpp>
#include <gridgrad/tensor/device.hpp>
#include <gridgrad/tensor/expression.hpp>
#include <gridgrad/tensor/into.hpp>
#include <gridgrad/tensor/overlap.hpp>

namespace Eigen {

template <class Xpr, class Device>
struct TensorEvaluator<const gridgrad::detail::TensorRoot<Xpr>, Device> {
  using XprType = const gridgrad::detail::TensorRoot<Xpr>;
  using Scalar = typename XprType::Scalar;
  using Index = typename XprType::Index;
  using CoeffReturnType = Scalar;
  using PacketReturnType = typename PacketType<Scalar, Device>::type;
  using Storage = StorageMemory<Scalar, Device>;
  using EvaluatorPointerType = typename Storage::Type;

  static constexpr int NumDims = internal::traits<XprType>::NumDimensions;
  static constexpr int Layout = internal::traits<XprType>::Layout;
  using Dimensions = DSizes<Index, NumDims>;  // the one kind that all of Eigen's operations take
  static constexpr int PacketSize = PacketType<Scalar, Device>::size;
  enum {
    IsAligned = false,
    PacketAccess = PacketSize > 1,
    BlockAccess = std::is_arithmetic<Scalar>::value,
    PreferBlockAccess = false,
    CoordAccess = false,
    RawAccess = true
  };

  using TensorBlockDesc = internal::TensorBlockDescriptor<NumDims, Index>;
  using TensorBlockScratch = internal::TensorBlockScratchAllocator<Device>;
  using TensorBlock = internal::TensorMaterializedBlock<Scalar, NumDims, Layout, Index>;

  TensorEvaluator(XprType& xpr, const Device& device) : m_xpr(xpr.expression()), m_device(device) {
    const TensorEvaluator<const Xpr, Device> evaluator(m_xpr, device);
    for (int k = 0; k < NumDims; ++k)
      m_dimensions[std::size_t(k)] = static_cast<Index>(gridgrad::detail::extent(evaluator.dimensions(), k));
  }

  EIGEN_DEVICE_FUNC const Dimensions& dimensions() const { return m_dimensions; }

  bool evalSubExprsIfNeeded(EvaluatorPointerType to) {
    using gridgrad::detail::TensorMemory;
    if (to && !gridgrad::detail::readsWritten(TensorMemory::of(to, total()), m_xpr, true)) {
      GRIDGRAD_COUNT(InPlace), Into::run(m_device, m_xpr, m_dimensions, to);
      return false;
    }
    GRIDGRAD_COUNT(Temporary), m_memory = Memory::allocate(m_device, total());
    Into::run(m_device, m_xpr, m_dimensions, m_memory);
    return !moved(to);
  }
#ifdef EIGEN_USE_THREADS
  template <class Done>
  void evalSubExprsIfNeededAsync(EvaluatorPointerType to, Done done) {
    using gridgrad::detail::TensorMemory;
    if (to && !gridgrad::detail::readsWritten(TensorMemory::of(to, total()), m_xpr, true))
      return GRIDGRAD_COUNT(InPlace),
             Into::runAsync(m_device, m_xpr, m_dimensions, to, [done]() mutable { done(false); });
    GRIDGRAD_COUNT(Temporary), m_memory = Memory::allocate(m_device, total());
    Into::runAsync(m_device, m_xpr, m_dimensions, m_memory, [this, to, done]() mutable { done(!moved(to)); });
  }
#endif
  /// The same with coefficients that have been computed before.
  bool take(EvaluatorPointerType to, const Scalar* values) {
    m_memory = Memory::allocate(m_device, total());
    Memory::copy(m_device, m_memory, values, total());
    return !moved(to);
  }
  void cleanup() {
    if (m_memory) Memory::deallocate(m_device, m_memory, total());
    m_memory = nullptr;
  }

  EIGEN_DEVICE_FUNC EIGEN_STRONG_INLINE CoeffReturnType coeff(Index k) const { return m_memory[k]; }
  template <int LoadMode>
  EIGEN_DEVICE_FUNC EIGEN_STRONG_INLINE PacketReturnType packet(Index k) const {
    return internal::ploadt<PacketReturnType, LoadMode>(m_memory + k);
  }
  /// Never in a destination that Eigen lends: its scalars may be of another size (tensor/sink.hpp).
  TensorBlock block(TensorBlockDesc& desc, TensorBlockScratch& scratch, bool /*root_of_expr_ast*/ = false) const {
    desc.DropDestinationBuffer();
    return TensorBlock::materialize(m_memory, m_dimensions, desc, scratch);
  }
  internal::TensorBlockResourceRequirements getResourceRequirements() const {
    return internal::TensorBlockResourceRequirements::any();
  }
  TensorOpCost costPerCoeff(bool vectorized) const {
    return TensorOpCost(sizeof(Scalar), 0, 0, vectorized, PacketSize);
  }
  EIGEN_DEVICE_FUNC EvaluatorPointerType data() const { return m_memory; }

 protected:
  Index total() const { return static_cast<Index>(internal::array_prod(m_dimensions)); }

 private:
  using Into = gridgrad::detail::TensorInto<Xpr, std::remove_const_t<Device>>;
  using Memory = gridgrad::detail::DeviceMemory<Scalar, Device>;

  /// Whether there was a place for the coefficients, where they are now.
  bool moved(EvaluatorPointerType to) {
    if (to) Memory::copy(m_device, to, m_memory, total());
    return to != nullptr;
  }

  const Xpr m_xpr;  // evaluators may outlive the expression they were made from
  Dimensions m_dimensions;
  const Device EIGEN_DEVICE_REF m_device;
  EvaluatorPointerType m_memory = nullptr;
};

template <class Xpr, class Device>
struct TensorEvaluator<const gridgrad::TensorExpression<Xpr>, Device>
    : TensorEvaluator<const gridgrad::detail::TensorRoot<Xpr>, Device> {
  using TensorEvaluator<const gridgrad::detail::TensorRoot<Xpr>, Device>::TensorEvaluator;
};
/// Of a tensor that may be written, `t.concatenate(expression, axis)` could be too, for all that Eigen knows.
template <class Xpr, class Device>
struct TensorEvaluator<gridgrad::TensorExpression<Xpr>, Device>
    : TensorEvaluator<const gridgrad::detail::TensorRoot<Xpr>, Device> {
  using TensorEvaluator<const gridgrad::detail::TensorRoot<Xpr>, Device>::TensorEvaluator;
};

}  // namespace Eigen
