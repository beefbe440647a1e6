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
#include <cstdint>
#include <type_traits>
#include <utility>

#include <gridgrad/detail/dense_derivative.hpp>
#include <gridgrad/detail/dense_owned.hpp>

namespace gridgrad {
namespace detail {

/// Nothing: nothing read is written. SamePlace: each coefficient reads, of what is written, only itself. Some: all
/// else.
enum class Overlap { Nothing = 0, SamePlace = 1, Some = 2 };

/// The memory an array lies in: where it begins and ends, and how it is laid out between.
struct Memory {
  bool known = false;
  std::uintptr_t begin = 0, end = 0;
  Index rowStride = 0, colStride = 0;  // in bytes

  /// What an expression that reads `other` reads of this memory.
  EIGEN_ALWAYS_INLINE Overlap overlap(const Memory& other, bool inPlace) const {
    if (other.begin == other.end) return Overlap::Nothing;
    if (known && (other.end <= begin || end <= other.begin)) return Overlap::Nothing;
    const bool same = known && inPlace && begin == other.begin && end == other.end && rowStride == other.rowStride &&
                      colStride == other.colStride;
    return same ? Overlap::SamePlace : Overlap::Some;
  }
};

template <class Xpr, class = void>
struct HasData : std::false_type {};
template <class Xpr>
struct HasData<Xpr, std::void_t<decltype(std::declval<const Xpr&>().data())>> : std::true_type {};

/// Whether the expression is an array in memory, or a view of one. Of rows picked by their indices Eigen says so too,
/// but cannot say where they are.
template <class Xpr>
inline constexpr bool hasMemory =
    (int(Eigen::internal::traits<Xpr>::Flags) & Eigen::DirectAccessBit) != 0 && HasData<Xpr>::value;

/// Whether an array is known while compiling to lie in one piece, its strides positive.
template <class Xpr>
struct IsOnePiece : std::is_base_of<Eigen::PlainObjectBase<Xpr>, Xpr> {};
template <class PlainObject, int options>
struct IsOnePiece<Eigen::Map<PlainObject, options, Eigen::Stride<0, 0>>> : std::true_type {};

template <class Xpr>
EIGEN_ALWAYS_INLINE Memory memoryOf(const Xpr& xpr) {
  constexpr Index size = sizeof(typename Xpr::Scalar);
  const Index inner = xpr.innerStride() * size, outer = xpr.outerStride() * size;
  const Index rows = xpr.rows(), cols = xpr.cols();
  Memory memory;
  memory.known = true;
  memory.begin = memory.end = reinterpret_cast<std::uintptr_t>(xpr.data());
  if (!IsOnePiece<Xpr>::value && (rows == 0 || cols == 0)) return memory;
  if (rows > 1) memory.rowStride = Xpr::IsRowMajor ? outer : inner;
  if (cols > 1) memory.colStride = Xpr::IsRowMajor ? inner : outer;
  if (IsOnePiece<Xpr>::value) {
    memory.end += std::uintptr_t(xpr.size() * size);
    return memory;
  }
  // Strides may be negative.
  const Index down = memory.rowStride * (rows - 1), across = memory.colStride * (cols - 1);
  memory.begin += std::uintptr_t(std::min<Index>(down, 0) + std::min<Index>(across, 0));
  memory.end += std::uintptr_t(std::max<Index>(down, 0) + std::max<Index>(across, 0) + size);
  return memory;
}

template <class Xpr, class = void>
struct HasNested : std::false_type {};
template <class Xpr>
struct HasNested<Xpr, std::void_t<decltype(std::declval<const Xpr&>().nestedExpression())>> : std::true_type {};

/// The memory an assignment writes: that of the array beneath the destination's views, or unknown.
template <class Dst>
EIGEN_ALWAYS_INLINE Memory written(const Dst& dst) {
  if constexpr (hasMemory<Dst>) {
    return detail::memoryOf(dst);
  } else if constexpr (HasNested<Dst>::value) {
    Memory memory = detail::written(dst.nestedExpression());
    memory.rowStride = memory.colStride = -1;  // in another order: no coefficient is known to stay in its place
    return memory;
  } else {
    return {};
  }
}

/// What an expression without memory of its own reads of the memory `dst`. Not specialised: it may read anything.
template <class Xpr>
struct Reads {
  static Overlap overlap(const Memory&, const Xpr&, bool) { return Overlap::Some; }
};

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

// A functor of positions may read any array; Eigen's own read none.
template <class Scalar, class Plain>
struct Reads<Eigen::CwiseNullaryOp<Eigen::internal::scalar_constant_op<Scalar>, Plain>> : ReadsNothing {};
template <class Scalar, class Plain>
struct Reads<Eigen::CwiseNullaryOp<Eigen::internal::scalar_identity_op<Scalar>, Plain>> : ReadsNothing {};
template <class Scalar, class Plain>
struct Reads<Eigen::CwiseNullaryOp<Eigen::internal::linspaced_op<Scalar>, Plain>> : ReadsNothing {};

template <class Op, class Xpr>
struct Reads<Eigen::CwiseUnaryOp<Op, Xpr>> : ReadsInPlace {};
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

template <class Op, class Lhs, class Rhs>
struct Reads<Eigen::CwiseBinaryOp<Op, Lhs, Rhs>> {
  static EIGEN_ALWAYS_INLINE Overlap overlap(const Memory& dst, const Eigen::CwiseBinaryOp<Op, Lhs, Rhs>& xpr,
                                             bool inPlace) {
    return (std::max)(detail::overlap(dst, xpr.lhs(), inPlace), detail::overlap(dst, xpr.rhs(), inPlace));
  }
};

template <class Op, class First, class Second, class Third>
struct Reads<Eigen::CwiseTernaryOp<Op, First, Second, Third>> {
  static EIGEN_ALWAYS_INLINE Overlap overlap(const Memory& dst,
                                             const Eigen::CwiseTernaryOp<Op, First, Second, Third>& xpr, bool inPlace) {
    return (std::max)({detail::overlap(dst, xpr.arg1(), inPlace), detail::overlap(dst, xpr.arg2(), inPlace),
                       detail::overlap(dst, xpr.arg3(), inPlace)});
  }
};

}  // namespace detail
}  // namespace gridgrad
