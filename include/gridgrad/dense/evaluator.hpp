// SPDX-License-Identifier: MPL-2.0
//
// How one coefficient, or one packet of them, of a dense derivative is computed from its argument.

#pragma once

#include <Eigen/Core>

#include <type_traits>

#include <gridgrad/dense/derivative.hpp>
#include <gridgrad/engine/paths.hpp>

namespace gridgrad {
namespace detail {

/// An argument that costs more than this to read is evaluated once, into a temporary, before it is read two or three
/// times for each derivative. Products and the like always are.
inline constexpr int expensiveRead = 30;

template <class Xpr>
inline constexpr bool isExpensive = (int(Eigen::internal::traits<Xpr>::Flags) & Eigen::EvalBeforeNestingBit) != 0 ||
                                    (int(Eigen::internal::evaluator<Xpr>::Flags) & Eigen::EvalBeforeNestingBit) != 0 ||
                                    int(Eigen::internal::evaluator<Xpr>::CoeffReadCost) > expensiveRead;

/// Reads samples one at a time, in the type they are subtracted in.
template <class Xpr>
struct ScalarReader {
  using Value = typename WorkingScalar<typename Xpr::Scalar>::type;
  using Real = typename WeightScalar<typename Xpr::Scalar>::type;

  const Eigen::internal::evaluator<Xpr>& arg;
  Index row, col;
  bool isDownRows;

  EIGEN_ALWAYS_INLINE Value operator()(Index k) const {
    return detail::convert<Value>(isDownRows ? arg.coeff(k, col) : arg.coeff(row, k));
  }
  EIGEN_ALWAYS_INLINE const Real& weight(const Real& w) const { return w; }
  EIGEN_ALWAYS_INLINE const Real& weight(const Real* w) const { return *w; }
  EIGEN_ALWAYS_INLINE Value difference(const Value& from, const Value& to) const { return Value(to - from); }
  EIGEN_ALWAYS_INLINE Value scaled(const Real& w, const Value& from, const Value& to) const {
    return Value(w * difference(from, to));
  }
  EIGEN_ALWAYS_INLINE Value sum(const Value& a, const Value& b) const { return Value(a + b); }
};

/// Reads samples a packet at a time: packets that lie across the axis, or along it, as the storage order has it.
template <class Xpr, class Packet, bool along>
struct PacketReader {
  using Real = typename Xpr::Scalar;

  const Eigen::internal::evaluator<Xpr>& arg;
  Index row, col;
  bool isDownRows;

  EIGEN_ALWAYS_INLINE Packet operator()(Index k) const {
    return isDownRows ? arg.template packet<Eigen::Unaligned, Packet>(k, col)
                      : arg.template packet<Eigen::Unaligned, Packet>(row, k);
  }
  EIGEN_ALWAYS_INLINE Packet weight(const Real& w) const { return Eigen::internal::pset1<Packet>(w); }
  EIGEN_ALWAYS_INLINE Packet weight(const Real* w) const {
    return along ? Eigen::internal::ploadu<Packet>(w) : Eigen::internal::pset1<Packet>(*w);
  }
  EIGEN_ALWAYS_INLINE Packet difference(const Packet& from, const Packet& to) const {
    return Eigen::internal::psub(to, from);
  }
  EIGEN_ALWAYS_INLINE Packet scaled(const Packet& w, const Packet& from, const Packet& to) const {
    return Eigen::internal::pmul(w, difference(from, to));
  }
  EIGEN_ALWAYS_INLINE Packet sum(const Packet& a, const Packet& b) const { return Eigen::internal::padd(a, b); }
};

/// What is known of where coefficients are computed: nothing; that they have neighbours on every side; or that they lie
/// in this row or column and have neighbours on all sides but one.
enum class Region { Anywhere, Interior, FirstRow, LastRow, FirstColumn, LastColumn };

/// The derivative of Arg, an argument that is cheap to read, as an evaluator computes it.
template <class Arg, int Axis, class Rule>
class DerivativeKernel {
 public:
  using Scalar = typename DerivativeScalar<typename Arg::Scalar>::type;

  static constexpr bool hasPackets = std::is_floating_point<Scalar>::value &&
                                     std::is_same<Scalar, typename Arg::Scalar>::value &&
                                     (int(Eigen::internal::evaluator<Arg>::Flags) & Eigen::PacketAccessBit) != 0;
  static constexpr bool isRowMajor = (int(Eigen::internal::evaluator<Arg>::Flags) & Eigen::RowMajorBit) != 0;

  /// Borrows the argument and the rule.
  template <class Xpr>
  EIGEN_ALWAYS_INLINE DerivativeKernel(const Arg& arg, const Rule& rule, const Derivative<Xpr, Axis, Rule>& xpr)
      : m_arg(arg), m_rule(rule.view()), m_isDownRows(xpr.isDownRows()), m_samples(xpr.samples()) {}

  static constexpr bool runsAlong(bool down) {
    if (Arg::IsVectorAtCompileTime) return (int(Arg::ColsAtCompileTime) == 1) == down;
    return Axis == Eigen::Dynamic || (Axis == 0) == down;
  }

  EIGEN_ALWAYS_INLINE bool isDownRows() const {
    if (Arg::IsVectorAtCompileTime) return int(Arg::ColsAtCompileTime) == 1;
    return Axis == Eigen::Dynamic ? m_isDownRows : Axis == 0;
  }

  /// Comes before the packets of a line, in Region::Interior: weights that are the same all along it are taken out
  /// once.
  EIGEN_ALWAYS_INLINE void enterLine(Index line, bool linesAreColumns) {
    if (isDownRows() != linesAreColumns) m_rule.enter(line);
  }

  template <Region region>
  EIGEN_ALWAYS_INLINE Scalar coeff(Index row, Index col) const {
    const ScalarReader<Arg> read{m_arg, row, col, isDownRows()};
    if (region == Region::Anywhere) return detail::convert<Scalar>(m_rule(sample(row, col), m_samples, read));
    if (region == (isDownRows() ? Region::FirstRow : Region::FirstColumn))
      return detail::convert<Scalar>(m_rule.atEnd(m_rule.ends->first, read));
    if (region == (isDownRows() ? Region::LastRow : Region::LastColumn))
      return detail::convert<Scalar>(m_rule.atEnd(m_rule.ends->last, read));
    return detail::convert<Scalar>(m_rule.between(sample(row, col), read));
  }

  template <Region region, class Packet>
  EIGEN_ALWAYS_INLINE Packet packet(Index row, Index col) const {
    constexpr Index size = Eigen::internal::unpacket_traits<Packet>::size;
    const Index i = sample(row, col);
    if (isDownRows() == isRowMajor) {
      const PacketReader<Arg, Packet, false> read{m_arg, row, col, isDownRows()};
      return region == Region::Interior ? m_rule.betweenHere(i, read) : m_rule(i, m_samples, read);
    }
    if (region == Region::Interior || (i > 0 && i + size < m_samples)) {
      const PacketReader<Arg, Packet, true> read{m_arg, row, col, isDownRows()};
      return m_rule.between(i, read);
    }
    return gathered<Packet>(row, col, 0, size);
  }

  /// A packet that reaches an end of the axis, from its coefficients [begin, begin + count) computed one by one.
  template <class Packet>
  Packet gathered(Index row, Index col, Index begin, Index count) const {
    constexpr Index size = Eigen::internal::unpacket_traits<Packet>::size;
    Scalar values[std::size_t(size)] = {};
    for (Index k = begin; k < begin + count; ++k)
      values[k] = isRowMajor ? coeff<Region::Anywhere>(row, col + k) : coeff<Region::Anywhere>(row + k, col);
    return Eigen::internal::ploadu<Packet>(values);
  }

 private:
  Eigen::internal::evaluator<Arg> m_arg;
  typename Rule::View m_rule;
  bool m_isDownRows;
  Index m_samples;

  EIGEN_ALWAYS_INLINE Index sample(Index row, Index col) const { return isDownRows() ? row : col; }
};

}  // namespace detail
}  // namespace gridgrad

namespace Eigen {
namespace internal {

template <class Xpr, int Axis, class Rule>
struct evaluator<gridgrad::Derivative<Xpr, Axis, Rule>> : evaluator_base<gridgrad::Derivative<Xpr, Axis, Rule>> {
  using XprType = gridgrad::Derivative<Xpr, Axis, Rule>;
  using Scalar = typename XprType::Scalar;
  using CoeffReturnType = Scalar;

  static constexpr bool isExpensive = gridgrad::detail::isExpensive<Xpr>;
  using Arg = std::conditional_t<isExpensive, typename Xpr::PlainObject, Xpr>;
  using Kernel = gridgrad::detail::DerivativeKernel<Arg, Axis, Rule>;

  enum {
    // Two or three reads, as many subtractions, and their weights.
    CoeffReadCost = 3 * int(evaluator<Arg>::CoeffReadCost) + 3 * int(NumTraits<Scalar>::AddCost) +
                    2 * int(NumTraits<Scalar>::MulCost),
    Flags = (int(evaluator<Arg>::Flags) & RowMajorBit) | (Kernel::hasPackets ? int(PacketAccessBit) : 0) |
            (int(XprType::IsVectorAtCompileTime) ? int(LinearAccessBit) : 0),
    Alignment = 0
  };

  explicit evaluator(const XprType& xpr)
      : m_argument(xpr.nestedExpression()), m_rule(xpr.rule()), m_kernel(m_argument, m_rule, xpr) {
    if (isExpensive) GRIDGRAD_COUNT(Argument);
  }

  EIGEN_ALWAYS_INLINE Scalar coeff(Index row, Index col) const {
    return m_kernel.template coeff<gridgrad::detail::Region::Anywhere>(row, col);
  }
  EIGEN_ALWAYS_INLINE Scalar coeff(Index index) const { return isColumn ? coeff(index, 0) : coeff(0, index); }

  template <int LoadMode, class Packet>
  EIGEN_ALWAYS_INLINE Packet packet(Index row, Index col) const {
    return m_kernel.template packet<gridgrad::detail::Region::Anywhere, Packet>(row, col);
  }
  template <int LoadMode, class Packet>
  EIGEN_ALWAYS_INLINE Packet packet(Index index) const {
    return isColumn ? packet<LoadMode, Packet>(index, 0) : packet<LoadMode, Packet>(0, index);
  }

  template <int LoadMode, class Packet>
  EIGEN_ALWAYS_INLINE Packet packetSegment(Index row, Index col, Index begin, Index count) const {
    return m_kernel.template gathered<Packet>(row, col, begin, count);
  }
  template <int LoadMode, class Packet>
  EIGEN_ALWAYS_INLINE Packet packetSegment(Index index, Index begin, Index count) const {
    return isColumn ? packetSegment<LoadMode, Packet>(index, 0, begin, count)
                    : packetSegment<LoadMode, Packet>(0, index, begin, count);
  }

 protected:
  static constexpr bool isColumn = int(XprType::ColsAtCompileTime) == 1;

  std::conditional_t<isExpensive, const Arg, const Arg&> m_argument;
  const Rule m_rule;  // evaluators may outlive the node of the expression they were made from
  Kernel m_kernel;
};

}  // namespace internal
}  // namespace Eigen
