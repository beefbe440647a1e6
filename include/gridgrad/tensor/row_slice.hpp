// SPDX-License-Identifier: MPL-2.0
//
// A slice of an expression, row by row: so a field that is too large for memory can be computed slab by slab as fast,
// and in the same way, as the whole.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <type_traits>

#include <gridgrad/tensor/derivative.hpp>
#include <gridgrad/tensor/row_kernel.hpp>

namespace gridgrad {
namespace detail {

/// A slice: of the argument's rows some, and of each a part.
template <class Start, class Sizes, class Arg>
struct RowKernel<Eigen::TensorSlicingOp<Start, Sizes, Arg>, std::enable_if_t<RowKernel<Arg>::known>> {
  using Xpr = Eigen::TensorSlicingOp<Start, Sizes, Arg>;
  using Scalar = typename RowKernel<Arg>::Scalar;
  static constexpr int rank = Eigen::internal::traits<Xpr>::NumDimensions;
  static constexpr int layout = Eigen::internal::traits<Xpr>::Layout;
  static constexpr bool known = true, readsAlong = RowKernel<Arg>::readsAlong, hasPackets = RowKernel<Arg>::hasPackets;

  explicit RowKernel(const Xpr& xpr) : m_arg(xpr.expression()) {
    const Eigen::DefaultDevice device;
    const Eigen::TensorEvaluator<const std::remove_const_t<Arg>, Eigen::DefaultDevice> whole(xpr.expression(), device);
    Offset stride = 1;
    for (int d = 0; d < rank; ++d) {
      const int axis = layout == int(Eigen::ColMajor) ? d : rank - 1 - d;
      m_start[axis] = detail::extent(xpr.startIndices(), axis);
      m_stride[axis] = stride;
      stride *= detail::extent(whole.dimensions(), axis);
    }
  }

  EIGEN_ALWAYS_INLINE void enter(const RowPlace<rank>& place) { m_arg.enter(inArgument(place)); }
  EIGEN_ALWAYS_INLINE bool isBetween(const RowPlace<rank>& place) const { return m_arg.isBetween(inArgument(place)); }

  // What is first or last in the slice may be anywhere in the row it is a part of.
  template <RowRegion region>
  EIGEN_ALWAYS_INLINE Scalar coeff(Offset i) const {
    constexpr bool isEnd = region == RowRegion::First || region == RowRegion::Last;
    return m_arg.template coeff < isEnd ? RowRegion::Anywhere : region > (m_start[inner] + i);
  }
  template <RowRegion region, class Packet>
  EIGEN_ALWAYS_INLINE Packet packet(Offset i) const {
    return m_arg.template packet<region, Packet>(m_start[inner] + i);
  }

 private:
  static constexpr int inner = layout == int(Eigen::ColMajor) ? 0 : rank - 1;

  EIGEN_ALWAYS_INLINE RowPlace<rank> inArgument(const RowPlace<rank>& place) const {
    RowPlace<rank> result{0, {}};
    for (int axis = 0; axis < rank; ++axis) {
      if (axis == inner) continue;
      result.along[axis] = m_start[axis] + place.along[axis];
      result.offset += result.along[axis] * m_stride[axis];
    }
    return result;
  }

  RowKernel<Arg> m_arg;
  Offset m_start[std::size_t(rank)], m_stride[std::size_t(rank)];
};

/// One derivative alone has loops of its own, and so has a slice of it: to the last bit what the whole is.
template <class Xpr>
inline constexpr bool isSliceOfDerivative = false;
template <class Start, class Sizes, class Arg, int axis, class Rule>
inline constexpr bool
    isSliceOfDerivative<Eigen::TensorSlicingOp<Start, Sizes, const TensorDerivative<Arg, axis, Rule>>> = true;

}  // namespace detail
}  // namespace gridgrad
