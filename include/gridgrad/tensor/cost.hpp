// SPDX-License-Identifier: MPL-2.0
//
// Estimated cost per coefficient of a tensor expression, from its type alone: not all of Eigen's evaluators can say.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <gridgrad/tensor/derivative.hpp>

namespace gridgrad {
namespace detail {

/// In cycles, about. What is not known (reductions, products, …) is expensive.
template <class Xpr>
inline constexpr int tensorCost = IsTensorMemory<Xpr>::value ? 0 : 100;
template <class Xpr>
inline constexpr int tensorCost<const Xpr> = tensorCost<Xpr>;

template <class Arg>
inline constexpr int tensorCost<Eigen::TensorForcedEvalOp<Arg>> = 0;  // computed once anyway
template <class Op, class Arg>
inline constexpr int tensorCost<Eigen::TensorCwiseUnaryOp<Op, Arg>> = tensorCost<Arg> +
                                                                      int(Eigen::internal::functor_traits<Op>::Cost);
template <class Op, class Lhs, class Rhs>
inline constexpr int tensorCost<Eigen::TensorCwiseBinaryOp<Op, Lhs, Rhs>> =
    tensorCost<Lhs> + tensorCost<Rhs> + int(Eigen::internal::functor_traits<Op>::Cost);
template <class Target, class Arg>
inline constexpr int tensorCost<Eigen::TensorConversionOp<Target, Arg>> = tensorCost<Arg> + 1;
template <class Arg, int Axis, class Rule>
inline constexpr int tensorCost<TensorDerivative<Arg, Axis, Rule>> = 2 * tensorCost<Arg> + 5;
template <class Start, class Size, class Arg>
inline constexpr int tensorCost<Eigen::TensorSlicingOp<Start, Size, Arg>> = tensorCost<Arg> + 5;
template <Eigen::DenseIndex axis, class Arg>
inline constexpr int tensorCost<Eigen::TensorChippingOp<axis, Arg>> = tensorCost<Arg> + 5;

/// An argument as expensive as this is computed once for a block, not once for each coefficient that reads it.
template <class Arg>
inline constexpr bool isExpensiveArgument = tensorCost<Arg> > 16;

}  // namespace detail
}  // namespace gridgrad
