// SPDX-License-Identifier: MPL-2.0
//
// The expressions that Eigen assigns in ways of its own, which end in assignments of their parts: each of its
// specialisations of Assignment from dense to dense, judged. docs/design.md lists them, and those of other shapes.

#pragma once

#include <Eigen/Core>

#include <type_traits>

#include <gridgrad/dense/derivative.hpp>

// Declared here, since not everybody includes the solvers that have it.
namespace Eigen {
template <class Decomposition, class Rhs, class Guess>
class SolveWithGuess;
}

namespace gridgrad {
namespace detail {

template <class Xpr>
struct IsProduct : std::false_type {};
template <class Lhs, class Rhs, int option>
struct IsProduct<Eigen::Product<Lhs, Rhs, option>> : std::true_type {};

/// Expressions that Eigen assigns in ways of their own, which end in assignments of their parts.
template <class Xpr>
struct HasOwnAssignment : std::false_type {};
template <class Lhs, class Rhs>
struct HasOwnAssignment<Eigen::Product<Lhs, Rhs, Eigen::DefaultProduct>> : std::true_type {};
template <class Lhs, class Rhs>
struct HasOwnAssignment<Eigen::Product<Lhs, Rhs, Eigen::AliasFreeProduct>> : std::true_type {};
template <class First, class Second, class Xpr, class Lhs, class Rhs>
struct HasOwnAssignment<Eigen::CwiseBinaryOp<Eigen::internal::scalar_sum_op<First, Second>, Xpr,
                                             const Eigen::Product<Lhs, Rhs, Eigen::DefaultProduct>>> : std::true_type {
};
template <class First, class Second, class Xpr, class Lhs, class Rhs>
struct HasOwnAssignment<Eigen::CwiseBinaryOp<Eigen::internal::scalar_difference_op<First, Second>, Xpr,
                                             const Eigen::Product<Lhs, Rhs, Eigen::DefaultProduct>>> : std::true_type {
};
template <class First, class Second, class Third, class Plain, class Lhs, class Rhs>
struct HasOwnAssignment<
    Eigen::CwiseBinaryOp<Eigen::internal::scalar_product_op<First, Second>,
                         const Eigen::CwiseNullaryOp<Eigen::internal::scalar_constant_op<Third>, Plain>,
                         const Eigen::Product<Lhs, Rhs, Eigen::DefaultProduct>>> : std::true_type {};
template <class Decomposition, class Rhs>
struct HasOwnAssignment<Eigen::Solve<Decomposition, Rhs>> : std::true_type {};
template <class Decomposition, class Rhs, class Guess>
struct HasOwnAssignment<Eigen::SolveWithGuess<Decomposition, Rhs, Guess>> : std::true_type {};
template <class Xpr>
struct HasOwnAssignment<Eigen::Inverse<Xpr>> : std::true_type {};
template <class Xpr, int direction>
struct HasOwnAssignment<Eigen::Homogeneous<Xpr, direction>> : std::true_type {};
template <class Xpr, class Rule>
struct HasOwnAssignment<Derivative<Xpr, Eigen::Dynamic, Rule>> : std::true_type {};  // dense_assignment.hpp

}  // namespace detail
}  // namespace gridgrad
