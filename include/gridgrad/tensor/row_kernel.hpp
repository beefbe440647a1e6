// SPDX-License-Identifier: MPL-2.0
//
// A tensor expression as it is read row by row: what is the same all along a row (where its neighbours are, and their
// weights) is found once for it.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <type_traits>

#include <gridgrad/tensor/derivative.hpp>
#include <gridgrad/tensor/source.hpp>

namespace gridgrad {
namespace detail {

/// Where a row is: its first coefficient, and the place of that along each axis.
template <int rank>
struct RowPlace {
  Offset offset;
  Offset along[std::size_t(rank)];
};

/// Between the ends of every axis across the rows, and of the one along them or at its first or last coefficient; or
/// wherever.
enum class RowRegion { Between, First, Last, Anywhere };

/// An expression as the rows read it. Not specialised: it cannot be read so.
///
///     enter(place)                       begins a row
///     isBetween(place)                   whether that lies between the ends of every axis a derivative crosses rows on
///     coeff<region>(i), packet<region>   of the row
template <class Xpr, class = void>
struct RowKernel {
  static constexpr bool known = false, hasPackets = false, readsAlong = false;
};
template <class Xpr>
struct RowKernel<const Xpr, void> : RowKernel<Xpr> {
  using RowKernel<Xpr>::RowKernel;
};

/// A tensor in memory.
template <class Xpr>
struct RowKernel<Xpr, std::enable_if_t<IsTensorMemory<Xpr>::value>> {
  using Scalar = std::remove_const_t<typename Eigen::internal::traits<Xpr>::Scalar>;
  static constexpr bool known = true, readsAlong = false;
  static constexpr bool hasPackets =
      std::is_floating_point<Scalar>::value && bool(Eigen::internal::packet_traits<Scalar>::Vectorizable);

  explicit RowKernel(const Xpr& xpr) : m_data(detail::dataOf(xpr)), m_row(m_data) {}

  template <int rank>
  EIGEN_ALWAYS_INLINE void enter(const RowPlace<rank>& place) {
    m_row = m_data + place.offset;
  }
  template <int rank>
  EIGEN_ALWAYS_INLINE bool isBetween(const RowPlace<rank>&) const {
    return true;
  }
  template <RowRegion region>
  EIGEN_ALWAYS_INLINE Scalar coeff(Offset i) const {
    return m_row[i];
  }
  template <RowRegion region, class Packet>
  EIGEN_ALWAYS_INLINE Packet packet(Offset i) const {
    return Eigen::internal::ploadu<Packet>(m_row + i);
  }

 private:
  const Scalar* m_data;
  const Scalar* m_row;
};

template <class Op, class Arg>
struct RowKernel<Eigen::TensorCwiseUnaryOp<Op, Arg>, std::enable_if_t<RowKernel<Arg>::known>> {
  using Xpr = Eigen::TensorCwiseUnaryOp<Op, Arg>;
  using Scalar = typename Xpr::Scalar;
  static constexpr bool known = true, readsAlong = RowKernel<Arg>::readsAlong;
  static constexpr bool hasPackets = RowKernel<Arg>::hasPackets &&
                                     bool(Eigen::internal::functor_traits<Op>::PacketAccess) &&
                                     std::is_same<Scalar, typename RowKernel<Arg>::Scalar>::value;

  explicit RowKernel(const Xpr& xpr) : m_op(xpr.functor()), m_arg(xpr.nestedExpression()) {}

  template <int rank>
  EIGEN_ALWAYS_INLINE void enter(const RowPlace<rank>& place) {
    m_arg.enter(place);
  }
  template <int rank>
  EIGEN_ALWAYS_INLINE bool isBetween(const RowPlace<rank>& place) const {
    return m_arg.isBetween(place);
  }
  template <RowRegion region>
  EIGEN_ALWAYS_INLINE Scalar coeff(Offset i) const {
    return m_op(m_arg.template coeff<region>(i));
  }
  template <RowRegion region, class Packet>
  EIGEN_ALWAYS_INLINE Packet packet(Offset i) const {
    return m_op.packetOp(m_arg.template packet<region, Packet>(i));
  }

 private:
  const Op m_op;
  RowKernel<Arg> m_arg;
};

template <class Op, class Lhs, class Rhs>
struct RowKernel<Eigen::TensorCwiseBinaryOp<Op, Lhs, Rhs>,
                 std::enable_if_t<RowKernel<Lhs>::known && RowKernel<Rhs>::known>> {
  using Xpr = Eigen::TensorCwiseBinaryOp<Op, Lhs, Rhs>;
  using Scalar = typename Xpr::Scalar;
  static constexpr bool known = true, readsAlong = RowKernel<Lhs>::readsAlong || RowKernel<Rhs>::readsAlong;
  static constexpr bool hasPackets = RowKernel<Lhs>::hasPackets && RowKernel<Rhs>::hasPackets &&
                                     bool(Eigen::internal::functor_traits<Op>::PacketAccess) &&
                                     std::is_same<Scalar, typename RowKernel<Lhs>::Scalar>::value &&
                                     std::is_same<Scalar, typename RowKernel<Rhs>::Scalar>::value;

  explicit RowKernel(const Xpr& xpr) : m_op(xpr.functor()), m_lhs(xpr.lhsExpression()), m_rhs(xpr.rhsExpression()) {}

  template <int rank>
  EIGEN_ALWAYS_INLINE void enter(const RowPlace<rank>& place) {
    m_lhs.enter(place);
    m_rhs.enter(place);
  }
  template <int rank>
  EIGEN_ALWAYS_INLINE bool isBetween(const RowPlace<rank>& place) const {
    return m_lhs.isBetween(place) && m_rhs.isBetween(place);
  }
  template <RowRegion region>
  EIGEN_ALWAYS_INLINE Scalar coeff(Offset i) const {
    return m_op(m_lhs.template coeff<region>(i), m_rhs.template coeff<region>(i));
  }
  template <RowRegion region, class Packet>
  EIGEN_ALWAYS_INLINE Packet packet(Offset i) const {
    return m_op.packetOp(m_lhs.template packet<region, Packet>(i), m_rhs.template packet<region, Packet>(i));
  }

 private:
  const Op m_op;
  RowKernel<Lhs> m_lhs;
  RowKernel<Rhs> m_rhs;
};

/// A derivative of a tensor in memory, along an axis known while compiling.
template <class Arg, int axis, class Rule>
struct RowKernel<TensorDerivative<Arg, axis, Rule>,
                 std::enable_if_t<IsTensorMemory<Arg>::value && axis != Eigen::Dynamic>> {
  using Xpr = TensorDerivative<Arg, axis, Rule>;
  using Scalar = typename Xpr::Scalar;
  using ArgScalar = std::remove_const_t<typename Eigen::internal::traits<Arg>::Scalar>;
  using Source = MemorySource<ArgScalar, Offset>;
  static constexpr int rank = Eigen::internal::traits<Xpr>::NumDimensions;
  static constexpr int layout = Eigen::internal::traits<Xpr>::Layout;
  static constexpr bool known = true, readsAlong = axis == (layout == int(Eigen::ColMajor) ? 0 : rank - 1);
  static constexpr bool hasPackets = Source::hasPackets && std::is_same<Scalar, ArgScalar>::value;

  explicit RowKernel(const Xpr& xpr)
      : m_source{detail::dataOf(xpr.expression()), 0}, m_rule(xpr.rule().view()), m_stride(1) {
    const auto& dimensions = detail::dimensionsOf(xpr.expression());
    m_samples = detail::extent(dimensions, axis);
    for (int k = 0; k < rank; ++k)
      if (layout == int(Eigen::ColMajor) ? k < axis : k > axis) m_stride *= detail::extent(dimensions, k);
  }

  EIGEN_ALWAYS_INLINE void enter(const RowPlace<rank>& place) {
    if (readsAlong) {
      m_line = place.offset;
    } else {
      m_sample = place.along[axis];
      m_line = place.offset - m_sample * m_stride;
      m_rule.enter(detail::sampleAt(m_sample));
    }
  }
  EIGEN_ALWAYS_INLINE bool isBetween(const RowPlace<rank>& place) const {
    return readsAlong || (0 < place.along[axis] && place.along[axis] < m_samples - 1);
  }

  template <RowRegion region>
  EIGEN_ALWAYS_INLINE Scalar coeff(Offset i) const {
    const SampleReader<Source, Offset> read{m_source, readsAlong ? m_line : m_line + i, stride()};
    if (readsAlong && region == RowRegion::First)
      return detail::convert<Scalar>(m_rule.atEnd(m_rule.ends->first, read));
    if (readsAlong && region == RowRegion::Last) return detail::convert<Scalar>(m_rule.atEnd(m_rule.ends->last, read));
    const Offset sample = readsAlong ? i : m_sample;
    return detail::convert<Scalar>(region == RowRegion::Anywhere
                                       ? m_rule(detail::sampleAt(sample), detail::sampleAt(m_samples), read)
                                       : m_rule.between(detail::sampleAt(sample), read));
  }
  /// Along the row, a packet has neighbours on both sides.
  template <RowRegion region, class Packet>
  EIGEN_ALWAYS_INLINE Packet packet(Offset i) const {
    const SamplePacketReader<Source, Offset, Packet, readsAlong> read{m_source, readsAlong ? m_line : m_line + i,
                                                                      stride()};
    if (readsAlong) return m_rule.between(detail::sampleAt(i), read);
    return region == RowRegion::Between ? m_rule.betweenHere(detail::sampleAt(m_sample), read)
                                        : m_rule(detail::sampleAt(m_sample), detail::sampleAt(m_samples), read);
  }

 private:
  EIGEN_ALWAYS_INLINE Offset stride() const { return readsAlong ? 1 : m_stride; }

  const Source m_source;
  typename Rule::View m_rule;
  Offset m_samples, m_stride, m_line = 0, m_sample = 0;
};

}  // namespace detail
}  // namespace gridgrad
