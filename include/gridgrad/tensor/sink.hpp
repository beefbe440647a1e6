// SPDX-License-Identifier: MPL-2.0
//
// A destination that Eigen's evaluation by blocks does not lend to what it evaluates.
//
// Eigen offers each block's place in the destination to the operations of the right-hand side as a buffer, and says
// there of which size the destination's scalars are, not the operation's own. Up to 5.0.1 its casts and functions hand
// that on to arguments of another scalar: a shuffle of doubles would write them into a tensor of floats.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <type_traits>

#include <gridgrad/tensor/derivative.hpp>

namespace gridgrad {
namespace detail {

/// Whether an operation in an expression may hand a destination on to an argument of another scalar. Where not, it is
/// lent: a large tensor reversed into scratch memory first would take three times as long.
template <class Xpr>
inline constexpr bool mixesScalars = !IsTensorMemory<Xpr>::value;
template <class Xpr>
inline constexpr bool mixesScalars<const Xpr> = mixesScalars<Xpr>;
template <class Arg, int axis, class Rule>
inline constexpr bool mixesScalars<TensorDerivative<Arg, axis, Rule>> = false;
template <class Arg>
inline constexpr bool mixesScalars<Eigen::TensorForcedEvalOp<Arg>> = false;
template <class Op, class Arg>
inline constexpr bool mixesScalars<Eigen::TensorCwiseNullaryOp<Op, Arg>> = false;
template <class Op, class Arg>
inline constexpr bool mixesScalars<Eigen::TensorCwiseUnaryOp<Op, Arg>> =
    mixesScalars<Arg> ||
    !std::is_same<typename Eigen::TensorCwiseUnaryOp<Op, Arg>::Scalar, typename Arg::Scalar>::value;
template <class Op, class Lhs, class Rhs>
inline constexpr bool mixesScalars<Eigen::TensorCwiseBinaryOp<Op, Lhs, Rhs>> = mixesScalars<Lhs> || mixesScalars<Rhs>;
template <Eigen::DenseIndex axis, class Arg>
inline constexpr bool mixesScalars<Eigen::TensorChippingOp<axis, Arg>> = mixesScalars<Arg>;
template <class Sizes, class Arg>
inline constexpr bool mixesScalars<Eigen::TensorReshapingOp<Sizes, Arg>> = mixesScalars<Arg>;
template <class Axes, class Arg>
inline constexpr bool mixesScalars<Eigen::TensorReverseOp<Axes, Arg>> = mixesScalars<Arg>;
template <class Order, class Arg>
inline constexpr bool mixesScalars<Eigen::TensorShufflingOp<Order, Arg>> = mixesScalars<Arg>;
template <class Start, class Sizes, class Arg>
inline constexpr bool mixesScalars<Eigen::TensorSlicingOp<Start, Sizes, Arg>> = mixesScalars<Arg>;

/// A TensorMap that is written block by block, each when it is complete.
template <class Map>
class TensorSink : public Map {
 public:
  using Nested = TensorSink;
  using Map::Map;
};

}  // namespace detail
}  // namespace gridgrad

namespace Eigen {
namespace internal {

template <class Map>
struct traits<gridgrad::detail::TensorSink<Map>> : traits<Map> {};

}  // namespace internal

template <class Map, class Device>
struct TensorEvaluator<gridgrad::detail::TensorSink<Map>, Device> : TensorEvaluator<Map, Device> {
  enum { RawAccess = false };
  using TensorEvaluator<Map, Device>::TensorEvaluator;
};

}  // namespace Eigen
