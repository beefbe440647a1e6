// SPDX-License-Identifier: MPL-2.0
//
// A block of a derivative, as Eigen's blockwise evaluation of tensors wants it: an expression over a run of memory.
//
// Eigen evaluates a large expression block by block, and asks every operation in it for its part of a block. Where a
// block has neighbours all along, ours is not computed but described: two or three pointers and a weight. Eigen
// computes it together with the rest of the expression, in one pass.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <algorithm>
#include <type_traits>

#include <gridgrad/tensor/derivative.hpp>

namespace gridgrad {
namespace detail {

/// weight (upper - lower), or, if `centre` is there, weightLower (centre - lower) + weight (upper - centre); or, if
/// neither is there, `upper` itself.
template <class Scalar, class Real>
struct TensorRunView {
  const Scalar* lower;
  const Scalar* centre;
  const Scalar* upper;
  Real weightLower, weight;
};

/// A TensorRunView as an expression of some shape.
template <class Scalar, class Real, int rank, int layout, class Index>
class TensorRun;

}  // namespace detail
}  // namespace gridgrad

namespace Eigen {
namespace internal {

template <class Scalar_, class Real, int rank, int layout, class Index_>
struct traits<gridgrad::detail::TensorRun<Scalar_, Real, rank, layout, Index_>> {
  using Scalar = Scalar_;
  using StorageKind = Dense;
  using Index = Index_;
  using PointerType = Scalar*;
  static constexpr int NumDimensions = rank;
  static constexpr int Layout = layout;
  enum { Flags = 0 };
};

}  // namespace internal
}  // namespace Eigen

namespace gridgrad {
namespace detail {

template <class Scalar_, class Real, int rank, int layout, class Index_>
class TensorRun : public TensorOperation<TensorRun<Scalar_, Real, rank, layout, Index_>> {
 public:
  using Dimensions = Eigen::DSizes<Index_, rank>;
  using View = TensorRunView<Scalar_, Real>;

  TensorRun(const View& view, const Dimensions& dimensions) : m_view(view), m_dimensions(dimensions) {}

  const View& view() const { return m_view; }
  const Dimensions& dimensions() const { return m_dimensions; }

 private:
  View m_view;
  Dimensions m_dimensions;
};

/// What an evaluator hands to Eigen for a block.
template <class Scalar_, class Real, int rank, int layout, class Index>
class TensorDerivativeBlock {
 public:
  using Scalar = Scalar_;
  using XprType = TensorRun<Scalar, Real, rank, layout, Index>;
  using Kind = Eigen::internal::TensorBlockKind;

  TensorDerivativeBlock(Kind kind, const typename XprType::View& view, const typename XprType::Dimensions& dimensions)
      : m_kind(kind), m_xpr(view, dimensions) {}

  Kind kind() const { return m_kind; }
  const XprType& expr() const { return m_xpr; }
  const Scalar* data() const { return m_kind == Kind::kExpr ? nullptr : m_xpr.view().upper; }
  void cleanup() {}

 private:
  Kind m_kind;
  XprType m_xpr;
};

/// How many coefficients of a block follow each other in the memory of a tensor of these dimensions.
template <int layout, int rank, class Index, class Dimensions>
Offset contiguous(const Eigen::internal::TensorBlockDescriptor<rank, Index>& block, const Dimensions& dimensions) {
  Offset run = 1;
  for (int k = 0; k < rank; ++k) {
    const int axis = layout == int(Eigen::ColMajor) ? k : rank - 1 - k;
    run *= block.dimension(axis);
    if (block.dimension(axis) != detail::extent(dimensions, axis)) break;
  }
  return (std::max)(run, Offset(1));
}

/// How far the k-th coefficient of a block is from its first, there.
template <int layout, int rank, class Index, class Dimensions>
Offset offsetInTensor(const Eigen::internal::TensorBlockDescriptor<rank, Index>& block, const Dimensions& dimensions,
                      Offset k) {
  Offset offset = 0, stride = 1;
  for (int d = 0; d < rank; ++d) {
    const int axis = layout == int(Eigen::ColMajor) ? d : rank - 1 - d;
    offset += k % block.dimension(axis) * stride;
    k /= block.dimension(axis);
    stride *= detail::extent(dimensions, axis);
  }
  return offset;
}

}  // namespace detail
}  // namespace gridgrad

namespace Eigen {

/// Eigen reads the coefficients of a block one by one or in packets, from the first to the last.
template <class Scalar_, class Real, int rank, int layout, class Index_, class Device>
struct TensorEvaluator<const gridgrad::detail::TensorRun<Scalar_, Real, rank, layout, Index_>, Device> {
  using XprType = const gridgrad::detail::TensorRun<Scalar_, Real, rank, layout, Index_>;
  using Scalar = Scalar_;
  using Index = Index_;
  using Dimensions = typename XprType::Dimensions;
  using CoeffReturnType = Scalar;
  using PacketReturnType = typename PacketType<Scalar, Device>::type;
  using EvaluatorPointerType = Scalar*;
  using TensorBlock = internal::TensorBlockNotImplemented;
  static constexpr int Layout = layout;
  static constexpr int PacketSize = PacketType<Scalar, Device>::size;
  enum {
    IsAligned = false,
    PacketAccess = std::is_floating_point<Scalar>::value && PacketSize > 1,
    BlockAccess = false,
    PreferBlockAccess = false,
    CoordAccess = false,
    RawAccess = false
  };

  TensorEvaluator(XprType& xpr, const Device&) : m_view(xpr.view()), m_dimensions(xpr.dimensions()) {}

  const Dimensions& dimensions() const { return m_dimensions; }

  EIGEN_ALWAYS_INLINE Scalar coeff(Index k) const {
    if (!m_view.lower) return m_view.upper[k];
    if (!m_view.centre) return m_view.weight * (m_view.upper[k] - m_view.lower[k]);
    return m_view.weightLower * (m_view.centre[k] - m_view.lower[k]) +
           m_view.weight * (m_view.upper[k] - m_view.centre[k]);
  }

  template <int LoadMode>
  EIGEN_ALWAYS_INLINE PacketReturnType packet(Index k) const {
    using Packet = PacketReturnType;
    const Packet upper = internal::ploadu<Packet>(m_view.upper + k);
    if constexpr (PacketAccess) {  // Eigen compiles more than it calls
      if (!m_view.lower) return upper;
      const Packet lower = internal::ploadu<Packet>(m_view.lower + k), weight = internal::pset1<Packet>(m_view.weight);
      if (!m_view.centre) return internal::pmul(weight, internal::psub(upper, lower));
      const Packet centre = internal::ploadu<Packet>(m_view.centre + k);
      return internal::padd(internal::pmul(internal::pset1<Packet>(m_view.weightLower), internal::psub(centre, lower)),
                            internal::pmul(weight, internal::psub(upper, centre)));
    } else {
      return upper;
    }
  }

  TensorOpCost costPerCoeff(bool vectorized) const {
    return TensorOpCost(2 * sizeof(Scalar), 0, 2, vectorized, PacketSize);
  }
  EvaluatorPointerType data() const { return nullptr; }

 private:
  typename XprType::View m_view;
  Dimensions m_dimensions;
};

}  // namespace Eigen
