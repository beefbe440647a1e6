// SPDX-License-Identifier: MPL-2.0
//
// Does a tensor expression read memory that an assignment is about to write?
//
// As for dense arrays, what the walk does not know may read anything.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include <gridgrad/tensor/derivative.hpp>
#include <gridgrad/tensor/expression.hpp>
#include <gridgrad/tensor/functors.hpp>

namespace gridgrad {
namespace detail {

/// The bytes [begin, end).
struct TensorMemory {
  std::uintptr_t begin, end;

  template <class Type>
  static TensorMemory of(const Type* data, std::ptrdiff_t count) {
    const auto begin = reinterpret_cast<std::uintptr_t>(data);
    return {begin, begin + std::uintptr_t(count) * sizeof(Type)};
  }
};

template <class Xpr, class = void>
struct TensorReads;

/// Whether evaluating the expression coefficient by coefficient reads of the memory `to` what may have been written
/// before. `inPlace` says that coefficient k of the assignment reads only coefficient k of this expression.
template <class Xpr>
bool readsWritten(const TensorMemory& to, const Xpr& xpr, bool inPlace) {
  return TensorReads<Xpr>::readsWritten(to, xpr, inPlace);
}

/// What is not known may read anything: a function of the user's, an operation of the user's, or one that this list
/// lacks. That is never wrong, only slower.
template <class Xpr, class>
struct TensorReads {
  static bool readsWritten(const TensorMemory&, const Xpr&, bool) { return true; }
};

/// Operations that read others elsewhere than in place: slices, reductions, derivatives, …
struct TensorReadsElsewhere {
  template <class Xpr>
  static bool readsWritten(const TensorMemory& to, const Xpr& xpr, bool) {
    return detail::readsWritten(to, xpr.expression(), false);
  }
};
struct TensorReadsTwo {
  template <class Xpr>
  static bool readsWritten(const TensorMemory& to, const Xpr& xpr, bool) {
    return detail::readsWritten(to, xpr.lhsExpression(), false) || detail::readsWritten(to, xpr.rhsExpression(), false);
  }
};
/// Those with a function in them, which has to be known.
struct TensorReadsAnything {
  template <class Xpr>
  static bool readsWritten(const TensorMemory&, const Xpr&, bool) {
    return true;
  }
};

template <class Arg, int axis, class Rule>
struct TensorReads<TensorDerivative<Arg, axis, Rule>> : TensorReadsElsewhere {};
template <class Xpr>
struct TensorReads<TensorRoot<Xpr>> : TensorReadsElsewhere {};
template <class Xpr>
struct TensorReads<Xpr, std::enable_if_t<isExpression<Xpr>>> : TensorReadsElsewhere {};
#define GRIDGRAD_READS(operation) \
  template <class... Type>        \
  struct TensorReads<Eigen::operation<Type...>> : TensorReadsElsewhere {};
GRIDGRAD_READS(TensorBroadcastingOp)
GRIDGRAD_READS(TensorInflationOp)
GRIDGRAD_READS(TensorLayoutSwapOp)
GRIDGRAD_READS(TensorPaddingOp)
GRIDGRAD_READS(TensorPatchOp)
GRIDGRAD_READS(TensorReshapingOp)
GRIDGRAD_READS(TensorReverseOp)
GRIDGRAD_READS(TensorShufflingOp)
GRIDGRAD_READS(TensorSlicingOp)
GRIDGRAD_READS(TensorStridingOp)
GRIDGRAD_READS(TensorStridingSlicingOp)
GRIDGRAD_READS(TensorTraceOp)
#undef GRIDGRAD_READS
template <Eigen::DenseIndex axis, class Xpr>
struct TensorReads<Eigen::TensorChippingOp<axis, Xpr>> : TensorReadsElsewhere {};
template <class Axis, class Lhs, class Rhs>
struct TensorReads<Eigen::TensorConcatenationOp<Axis, Lhs, Rhs>> : TensorReadsTwo {};
template <class Pairs, class Lhs, class Rhs, class Output>
struct TensorReads<Eigen::TensorContractionOp<Pairs, Lhs, Rhs, Output>>
    : std::conditional_t<isKnownFunctor<Output>, TensorReadsTwo, TensorReadsAnything> {};
template <class Op, class Axes, class Xpr, template <class> class MakePointer>
struct TensorReads<Eigen::TensorReductionOp<Op, Axes, Xpr, MakePointer>>
    : std::conditional_t<isKnownFunctor<Op>, TensorReadsElsewhere, TensorReadsAnything> {};
template <class Op, class Xpr>
struct TensorReads<Eigen::TensorScanOp<Op, Xpr>>
    : std::conditional_t<isKnownFunctor<Op>, TensorReadsElsewhere, TensorReadsAnything> {};

/// Tensors in memory.
struct TensorReadsMemory {
  template <class Xpr>
  static bool readsWritten(const TensorMemory& to, const Xpr& xpr, bool inPlace) {
    const TensorMemory from = TensorMemory::of(xpr.data(), static_cast<std::ptrdiff_t>(xpr.size()));
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

/// Evaluated before anything is written.
template <class Xpr>
struct TensorReads<Eigen::TensorForcedEvalOp<Xpr>> {
  static bool readsWritten(const TensorMemory&, const Eigen::TensorForcedEvalOp<Xpr>&, bool) { return false; }
};

// Operations that read others in place. A constant reads only how large its operand is.
template <class Op, class Xpr>
struct TensorReads<Eigen::TensorCwiseUnaryOp<Op, Xpr>> {
  static bool readsWritten(const TensorMemory& to, const Eigen::TensorCwiseUnaryOp<Op, Xpr>& xpr, bool inPlace) {
    return !isKnownFunctor<Op> || detail::readsWritten(to, xpr.nestedExpression(), inPlace);
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
    return !isKnownFunctor<Op> || detail::readsWritten(to, xpr.lhsExpression(), inPlace) ||
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
