// SPDX-License-Identifier: MPL-2.0
//
// Does an expression read memory that an assignment is about to write?
//
// A derivative reads neighbours, so evaluating it straight into its own argument would read what was written a moment
// before. Whatever stands in an expression, the answer is found by walking it once; what the walk does not know may
// read anything, and counts as an overlap.

#pragma once

#include <Eigen/Core>

#include <algorithm>
#include <type_traits>
#include <utility>

#include <gridgrad/dense/derivative.hpp>
#include <gridgrad/dense/memory.hpp>
#include <gridgrad/dense/owned.hpp>
#include <gridgrad/dense/reference.hpp>
#include <gridgrad/engine/known_functors.hpp>

namespace gridgrad {
namespace detail {

template <class Xpr, class = void>
struct HasNested : std::false_type {};
template <class Xpr>
struct HasNested<Xpr, std::void_t<decltype(std::declval<const Xpr&>().nestedExpression())>> : std::true_type {};

/// The memory an assignment writes: that of the array beneath the destination's views, or unknown.
template <class Dst>
EIGEN_ALWAYS_INLINE Memory written(const Dst& dst) {
  if constexpr (hasMemory<Dst>) {
    return detail::memoryOf(dst);
  } else if constexpr (HasNested<Dst>::value && !IsUsersView<Dst>::value) {
    Memory memory = detail::written(dst.nestedExpression());
    memory.rowStride = memory.colStride = -1;  // in another order: no coefficient is known to stay in its place
    return memory;
  } else {
    return {};
  }
}

/// It may read anything.
struct ReadsAnything {
  template <class Xpr>
  static EIGEN_ALWAYS_INLINE Overlap overlap(const Memory&, const Xpr&, bool) {
    return Overlap::Some;
  }
};

/// What an expression without memory of its own reads of the memory `dst`. Not specialised: it may read anything.
template <class Xpr>
struct Reads : ReadsAnything {};

/// What Xpr reads of the memory `dst`; inPlace says that the expression it stands in reads, for its coefficient (i, j),
/// only coefficient (i, j) of Xpr.
template <class Xpr>
EIGEN_ALWAYS_INLINE Overlap overlap(const Memory& dst, const Xpr& xpr, bool inPlace) {
  if constexpr (hasMemory<Xpr>)
    return dst.overlap(detail::memoryOf(xpr), inPlace);
  else
    return Reads<Xpr>::overlap(dst, xpr, inPlace);
}

/// What assigning the expression to the destination would read of what it writes.
template <class Dst, class Src>
EIGEN_ALWAYS_INLINE Overlap overlap(const Dst& dst, const Src& src) {
  return detail::overlap(detail::written(dst), src, true);
}

/// An expression that reads no memory another can write.
struct ReadsNothing {
  template <class Xpr>
  static EIGEN_ALWAYS_INLINE Overlap overlap(const Memory&, const Xpr&, bool) {
    return Overlap::Nothing;
  }
};

/// An expression that reads one other: each coefficient in its place, or any.
template <bool readsInPlace>
struct ReadsNested {
  template <class Xpr>
  static EIGEN_ALWAYS_INLINE Overlap overlap(const Memory& dst, const Xpr& xpr, bool inPlace) {
    return detail::overlap(dst, xpr.nestedExpression(), inPlace && readsInPlace);
  }
};
using ReadsInPlace = ReadsNested<true>;
using ReadsElsewhere = ReadsNested<false>;

template <class Xpr, int Axis, class Rule>
struct Reads<Derivative<Xpr, Axis, Rule>> : ReadsElsewhere {};
template <class PlainObject>
struct Reads<Owned<PlainObject>> : ReadsNothing {};
template <class RefToConst>
struct Reads<Referred<RefToConst>> {
  static EIGEN_ALWAYS_INLINE Overlap overlap(const Memory& dst, const Referred<RefToConst>& xpr, bool inPlace) {
    return detail::overlap(dst, xpr.map(), inPlace);
  }
};

// A function of the user's may read any array, beside its arguments.
template <class Op, class Plain>
struct Reads<Eigen::CwiseNullaryOp<Op, Plain>> : std::conditional_t<isKnownFunctor<Op>, ReadsNothing, ReadsAnything> {};
template <class Op, class Xpr>
struct Reads<Eigen::CwiseUnaryOp<Op, Xpr>> : std::conditional_t<isKnownFunctor<Op>, ReadsInPlace, ReadsAnything> {};
template <class Xpr>
struct Reads<Eigen::ArrayWrapper<Xpr>> : ReadsInPlace {};
template <class Xpr>
struct Reads<Eigen::MatrixWrapper<Xpr>> : ReadsInPlace {};
template <class Xpr>
struct Reads<Eigen::NestByValue<Xpr>> : ReadsInPlace {};
template <class Xpr>
struct Reads<Eigen::Transpose<Xpr>> : ReadsElsewhere {};
template <class Xpr, int rows, int cols, bool innerPanel>
struct Reads<Eigen::Block<Xpr, rows, cols, innerPanel>> : ReadsElsewhere {};
template <class Xpr, int size>
struct Reads<Eigen::VectorBlock<Xpr, size>> : ReadsElsewhere {};
template <class Xpr, int direction>
struct Reads<Eigen::Reverse<Xpr, direction>> : ReadsElsewhere {};
template <class Xpr, int rows, int cols>
struct Reads<Eigen::Replicate<Xpr, rows, cols>> : ReadsElsewhere {};
template <class Xpr, int index>
struct Reads<Eigen::Diagonal<Xpr, index>> : ReadsElsewhere {};

/// An expression that reads three others, or two, in place.
struct ReadsAll {
  template <class Op, class Lhs, class Rhs>
  static EIGEN_ALWAYS_INLINE Overlap overlap(const Memory& dst, const Eigen::CwiseBinaryOp<Op, Lhs, Rhs>& xpr,
                                             bool inPlace) {
    return (std::max)(detail::overlap(dst, xpr.lhs(), inPlace), detail::overlap(dst, xpr.rhs(), inPlace));
  }
  template <class Op, class First, class Second, class Third>
  static EIGEN_ALWAYS_INLINE Overlap overlap(const Memory& dst,
                                             const Eigen::CwiseTernaryOp<Op, First, Second, Third>& xpr, bool inPlace) {
    return (std::max)({detail::overlap(dst, xpr.arg1(), inPlace), detail::overlap(dst, xpr.arg2(), inPlace),
                       detail::overlap(dst, xpr.arg3(), inPlace)});
  }
};

template <class Op, class Lhs, class Rhs>
struct Reads<Eigen::CwiseBinaryOp<Op, Lhs, Rhs>> : std::conditional_t<isKnownFunctor<Op>, ReadsAll, ReadsAnything> {};
template <class Op, class First, class Second, class Third>
struct Reads<Eigen::CwiseTernaryOp<Op, First, Second, Third>>
    : std::conditional_t<isKnownFunctor<Op>, ReadsAll, ReadsAnything> {};

}  // namespace detail
}  // namespace gridgrad
