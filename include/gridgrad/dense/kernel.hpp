// SPDX-License-Identifier: MPL-2.0
//
// An expression with derivatives in it as the assignment's own loops evaluate it: told once for a whole region, not
// once for each packet, whether a neighbour may be missing.

#pragma once

#include <Eigen/Core>

#include <type_traits>

#include <gridgrad/dense/evaluator.hpp>
#include <gridgrad/dense/owned.hpp>
#include <gridgrad/dense/reference.hpp>
#include <gridgrad/engine/known_functors.hpp>
#include <gridgrad/engine/paths.hpp>
#include <gridgrad/engine/threads.hpp>

namespace gridgrad {
namespace detail {

/// An evaluator of Xpr for the loops of this library. Not specialised: an expression these do not know, which Eigen's
/// own loops then assign.
///
///     known                          the expression can be evaluated here
///     Arguments(xpr)                 what has to be computed before, once
///     Kernel(xpr, arguments)         made anew for each set of loops, at the cost of a few pointers
///     hasPackets                     whether it can be read in packets, if Eigen's evaluator of it can
///     readsAlong(down)               whether a derivative in it may run down the rows, or across the columns
///     canShare                       whether several threads may compute it at once: no function of a program's own,
///                                    which may not bear it, and no number of one, which may throw
///     enterLine(line, down)          comes before the packets of a line that runs down the rows, or across the columns
///     coeff<region>, packet<region>  as an evaluator's
template <class Xpr, class Enable = void>
struct Kernel {
  static constexpr bool known = false;
};

template <class Xpr>
using KernelOf = Kernel<Plain<Xpr>>;

template <class Xpr>
inline constexpr bool isKnown = KernelOf<Xpr>::known;

/// An array or view in memory, or a constant: as Eigen reads it.
template <class Xpr>
struct EigenKernel {
  static constexpr bool known = true;
  static constexpr bool canShare = isPlainNumber<typename Xpr::Scalar>;
  struct Arguments {
    explicit Arguments(const Xpr&) {}
  };

  EIGEN_ALWAYS_INLINE EigenKernel(const Xpr& xpr, const Arguments&) : m_evaluator(xpr) {}
  static constexpr bool hasPackets = true;
  static constexpr bool readsAlong(bool) { return false; }
  EIGEN_ALWAYS_INLINE void enterLine(Index, bool) {}

  template <Region>
  EIGEN_ALWAYS_INLINE auto coeff(Index row, Index col) const {
    return m_evaluator.coeff(row, col);
  }
  template <Region, class Packet>
  EIGEN_ALWAYS_INLINE Packet packet(Index row, Index col) const {
    return m_evaluator.template packet<Eigen::Unaligned, Packet>(row, col);
  }

 private:
  Eigen::internal::evaluator<Xpr> m_evaluator;
};

template <class Xpr>
struct Kernel<Xpr, std::enable_if_t<(int(Eigen::internal::traits<Xpr>::Flags) & Eigen::DirectAccessBit) != 0>>
    : EigenKernel<Xpr> {
  using EigenKernel<Xpr>::EigenKernel;
};
/// Random numbers come in a sequence.
template <class Op>
struct IsRandom : std::false_type {};
template <class Scalar>
struct IsRandom<Eigen::internal::scalar_random_op<Scalar>> : std::true_type {};

template <class Op, class PlainObject>
struct Kernel<Eigen::CwiseNullaryOp<Op, PlainObject>, void> : EigenKernel<Eigen::CwiseNullaryOp<Op, PlainObject>> {
  using Base = EigenKernel<Eigen::CwiseNullaryOp<Op, PlainObject>>;
  static constexpr bool canShare = Base::canShare && isKnownFunctor<Op> && !IsRandom<Op>::value;
  using EigenKernel<Eigen::CwiseNullaryOp<Op, PlainObject>>::EigenKernel;
};
template <class PlainObject>
struct Kernel<Owned<PlainObject>, void> : EigenKernel<Owned<PlainObject>> {
  using EigenKernel<Owned<PlainObject>>::EigenKernel;
};
template <class RefToConst>
struct Kernel<Referred<RefToConst>, void> : EigenKernel<Referred<RefToConst>> {
  using EigenKernel<Referred<RefToConst>>::EigenKernel;
};

/// A derivative; an argument that is expensive, or not known here, is evaluated first, once.
template <class Xpr, int Axis, class Rule>
struct Kernel<Derivative<Xpr, Axis, Rule>, void> {
  static constexpr bool known = true;
  static constexpr bool hasPackets = true;
  static constexpr bool isEvaluated = isExpensive<Xpr> || !isKnown<Xpr>;
  using Arg = std::conditional_t<isEvaluated, typename Xpr::PlainObject, Xpr>;
  static constexpr bool canShare = KernelOf<Arg>::canShare;
  struct Arguments {
    explicit Arguments(const Derivative<Xpr, Axis, Rule>& xpr) : arg(xpr.nestedExpression()) {
      if (isEvaluated) GRIDGRAD_COUNT(Argument);
    }
    std::conditional_t<isEvaluated, const Arg, const Arg&> arg;
  };

  EIGEN_ALWAYS_INLINE Kernel(const Derivative<Xpr, Axis, Rule>& xpr, const Arguments& arguments)
      : m_kernel(arguments.arg, xpr.rule(), xpr) {}
  static constexpr bool readsAlong(bool down) { return DerivativeKernel<Arg, Axis, Rule>::runsAlong(down); }
  EIGEN_ALWAYS_INLINE void enterLine(Index line, bool down) { m_kernel.enterLine(line, down); }

  template <Region region>
  EIGEN_ALWAYS_INLINE auto coeff(Index row, Index col) const {
    return m_kernel.template coeff<region>(row, col);
  }
  template <Region region, class Packet>
  EIGEN_ALWAYS_INLINE Packet packet(Index row, Index col) const {
    return m_kernel.template packet<region, Packet>(row, col);
  }

 private:
  DerivativeKernel<Arg, Axis, Rule> m_kernel;
};

/// Eigen 5 reads casts in packets by evaluators of their own; here they are read one by one.
template <class Op>
struct IsCast : std::false_type {};
#if EIGEN_VERSION_AT_LEAST(5, 0, 0)
template <class From, class To>
struct IsCast<Eigen::internal::core_cast_op<From, To>> : std::true_type {};
#endif

/// A function of each coefficient.
template <class Op, class Xpr>
struct Kernel<Eigen::CwiseUnaryOp<Op, Xpr>, std::enable_if_t<isKnown<Xpr>>> {
  static constexpr bool known = true;
  using Node = Eigen::CwiseUnaryOp<Op, Xpr>;
  struct Arguments {
    explicit Arguments(const Node& xpr) : nested(xpr.nestedExpression()) {}
    typename KernelOf<Xpr>::Arguments nested;
  };

  EIGEN_ALWAYS_INLINE Kernel(const Node& xpr, const Arguments& arguments)
      : m_op(xpr.functor()), m_nested(xpr.nestedExpression(), arguments.nested) {}
  static constexpr bool hasPackets = KernelOf<Xpr>::hasPackets && !IsCast<Op>::value;
  static constexpr bool canShare = KernelOf<Xpr>::canShare && isKnownFunctor<Op>;
  static constexpr bool readsAlong(bool down) { return KernelOf<Xpr>::readsAlong(down); }
  EIGEN_ALWAYS_INLINE void enterLine(Index line, bool down) { m_nested.enterLine(line, down); }

  template <Region region>
  EIGEN_ALWAYS_INLINE auto coeff(Index row, Index col) const {
    return m_op(m_nested.template coeff<region>(row, col));
  }
  template <Region region, class Packet>
  EIGEN_ALWAYS_INLINE Packet packet(Index row, Index col) const {
    return m_op.packetOp(m_nested.template packet<region, Packet>(row, col));
  }

 private:
  const Op m_op;
  KernelOf<Xpr> m_nested;
};

/// A function of the coefficients of two expressions.
template <class Op, class Lhs, class Rhs>
struct Kernel<Eigen::CwiseBinaryOp<Op, Lhs, Rhs>, std::enable_if_t<isKnown<Lhs> && isKnown<Rhs>>> {
  static constexpr bool known = true;
  using Node = Eigen::CwiseBinaryOp<Op, Lhs, Rhs>;
  struct Arguments {
    explicit Arguments(const Node& xpr) : lhs(xpr.lhs()), rhs(xpr.rhs()) {}
    typename KernelOf<Lhs>::Arguments lhs;
    typename KernelOf<Rhs>::Arguments rhs;
  };

  EIGEN_ALWAYS_INLINE Kernel(const Node& xpr, const Arguments& arguments)
      : m_op(xpr.functor()), m_lhs(xpr.lhs(), arguments.lhs), m_rhs(xpr.rhs(), arguments.rhs) {}
  static constexpr bool hasPackets = KernelOf<Lhs>::hasPackets && KernelOf<Rhs>::hasPackets;
  static constexpr bool canShare = KernelOf<Lhs>::canShare && KernelOf<Rhs>::canShare && isKnownFunctor<Op>;
  static constexpr bool readsAlong(bool down) {
    return KernelOf<Lhs>::readsAlong(down) || KernelOf<Rhs>::readsAlong(down);
  }
  EIGEN_ALWAYS_INLINE void enterLine(Index line, bool down) {
    m_lhs.enterLine(line, down);
    m_rhs.enterLine(line, down);
  }

  template <Region region>
  EIGEN_ALWAYS_INLINE auto coeff(Index row, Index col) const {
    return m_op(m_lhs.template coeff<region>(row, col), m_rhs.template coeff<region>(row, col));
  }
  template <Region region, class Packet>
  EIGEN_ALWAYS_INLINE Packet packet(Index row, Index col) const {
    return m_op.packetOp(m_lhs.template packet<region, Packet>(row, col),
                         m_rhs.template packet<region, Packet>(row, col));
  }

 private:
  const Op m_op;
  KernelOf<Lhs> m_lhs;
  KernelOf<Rhs> m_rhs;
};

}  // namespace detail
}  // namespace gridgrad
