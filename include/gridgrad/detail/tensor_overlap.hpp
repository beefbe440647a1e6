// SPDX-License-Identifier: MPL-2.0
//
// Does a tensor expression read memory that an assignment is about to write?
//
// As for dense arrays, what the walk does not know may read anything.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <algorithm>
#include <cstdint>
#include <type_traits>
#include <utility>

#include <gridgrad/detail/tensor_derivative.hpp>

namespace gridgrad {
namespace detail {

/// The bytes [begin, end).
struct TensorMemory {
  std::uintptr_t begin, end;

  template <class Type>
  static TensorMemory of(const Type* data, Eigen::Index count) {
    const auto begin = reinterpret_cast<std::uintptr_t>(data);
    return {begin, begin + std::uintptr_t(count) * sizeof(Type)};
  }
};

template <class Xpr>
struct TensorReads;

/// Whether evaluating the expression coefficient by coefficient reads of the memory `to` what may have been written
/// before. `inPlace` says that coefficient k of the assignment reads only coefficient k of this expression.
template <class Xpr>
bool readsWritten(const TensorMemory& to, const Xpr& xpr, bool inPlace) {
  return TensorReads<Xpr>::readsWritten(to, xpr, inPlace);
}

template <class Xpr, class = void>
struct HasExpression : std::false_type {};
template <class Xpr>
struct HasExpression<Xpr, std::void_t<decltype(std::declval<const Xpr&>().expression())>> : std::true_type {};

template <class Xpr, class = void>
struct HasOperands : std::false_type {};
template <class Xpr>
struct HasOperands<Xpr, std::void_t<decltype(std::declval<const Xpr&>().lhsExpression()),
                                    decltype(std::declval<const Xpr&>().rhsExpression())>> : std::true_type {};

/// Operations that read others elsewhere than in place: slices, reductions, derivatives, products, …
template <class Xpr>
struct TensorReads {
  static bool readsWritten(const TensorMemory& to, const Xpr& xpr, bool) {
    if constexpr (HasOperands<Xpr>::value)
      return detail::readsWritten(to, xpr.lhsExpression(), false) ||
             detail::readsWritten(to, xpr.rhsExpression(), false);
    else if constexpr (HasExpression<Xpr>::value)
      return detail::readsWritten(to, xpr.expression(), false);
    else
      return true;
  }
};
template <class Xpr>
struct TensorReads<const Xpr> : TensorReads<Xpr> {};

/// Tensors in memory.
struct TensorReadsMemory {
  template <class Xpr>
  static bool readsWritten(const TensorMemory& to, const Xpr& xpr, bool inPlace) {
    const TensorMemory from = TensorMemory::of(xpr.data(), static_cast<Eigen::Index>(xpr.size()));
    if (from.begin == from.end || from.end <= to.begin || to.end <= from.begin) return false;
    return !(inPlace && from.begin == to.begin && from.end == to.end);
  }
};
template <class Scalar, int rank, int options, class Index>
struct TensorReads<Eigen::Tensor<Scalar, rank, options, Index>> : TensorReadsMemory {};
template <class Scalar, class Sizes, int options, class Index>
struct TensorReads<Eigen::TensorFixedSize<Scalar, Sizes, options, Index>> : TensorReadsMemory {};
template <class Plain, int options, template <class> class MakePointer>
struct TensorReads<Eigen::TensorMap<Plain, options, MakePointer>> : TensorReadsMemory {};

template <class PlainTensor>
struct TensorReads<TensorOwned<PlainTensor>> {
  static bool readsWritten(const TensorMemory&, const TensorOwned<PlainTensor>&, bool) { return false; }
};

// What a user's own functor reads, nobody knows.
template <class Generator, class Xpr>
struct TensorReads<Eigen::TensorGeneratorOp<Generator, Xpr>> {
  template <class Generated>
  static bool readsWritten(const TensorMemory&, const Generated&, bool) {
    return true;
  }
};
template <class Function, class Xpr>
struct TensorReads<Eigen::TensorCustomUnaryOp<Function, Xpr>> {
  template <class Custom>
  static bool readsWritten(const TensorMemory&, const Custom&, bool) {
    return true;
  }
};

/// Evaluated before anything is written.
template <class Xpr>
struct TensorReads<Eigen::TensorForcedEvalOp<Xpr>> {
  static bool readsWritten(const TensorMemory&, const Eigen::TensorForcedEvalOp<Xpr>&, bool) { return false; }
};

// Operations that read others in place. A constant reads only how large its operand is.
template <class Op, class Xpr>
struct TensorReads<Eigen::TensorCwiseUnaryOp<Op, Xpr>> {
  static bool readsWritten(const TensorMemory& to, const Eigen::TensorCwiseUnaryOp<Op, Xpr>& xpr, bool inPlace) {
    return detail::readsWritten(to, xpr.nestedExpression(), inPlace);
  }
};
template <class Scalar, class Xpr>
struct TensorReads<Eigen::TensorCwiseNullaryOp<Eigen::internal::scalar_constant_op<Scalar>, Xpr>> {
  template <class Constant>
  static bool readsWritten(const TensorMemory&, const Constant&, bool) {
    return false;
  }
};
template <class Target, class Xpr>
struct TensorReads<Eigen::TensorConversionOp<Target, Xpr>> {
  static bool readsWritten(const TensorMemory& to, const Eigen::TensorConversionOp<Target, Xpr>& xpr, bool inPlace) {
    return detail::readsWritten(to, xpr.expression(), inPlace);
  }
};
template <class Op, class Lhs, class Rhs>
struct TensorReads<Eigen::TensorCwiseBinaryOp<Op, Lhs, Rhs>> {
  static bool readsWritten(const TensorMemory& to, const Eigen::TensorCwiseBinaryOp<Op, Lhs, Rhs>& xpr, bool inPlace) {
    return detail::readsWritten(to, xpr.lhsExpression(), inPlace) ||
           detail::readsWritten(to, xpr.rhsExpression(), inPlace);
  }
};
template <class If, class Then, class Else>
struct TensorReads<Eigen::TensorSelectOp<If, Then, Else>> {
  static bool readsWritten(const TensorMemory& to, const Eigen::TensorSelectOp<If, Then, Else>& xpr, bool inPlace) {
    return detail::readsWritten(to, xpr.ifExpression(), inPlace) ||
           detail::readsWritten(to, xpr.thenExpression(), inPlace) ||
           detail::readsWritten(to, xpr.elseExpression(), inPlace);
  }
};

}  // namespace detail
}  // namespace gridgrad
