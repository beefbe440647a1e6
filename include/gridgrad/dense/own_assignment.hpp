// SPDX-License-Identifier: MPL-2.0
//
// What Eigen assigns in ways of its own that write before all is read: products without aliasing, solutions, inverses,
// triangles, diagonals. With a derivative in them they go through a temporary.
//
// A specialisation here must not touch an assignment without a derivative. Where Eigen leaves no room for a condition
// (a triangle on either side, a sparse matrix times a dense one coefficient by coefficient), only the derivative itself
// is caught, not an expression of it: docs/lifetime.md says so.

#pragma once

#include <Eigen/Core>

#include <type_traits>

#include <gridgrad/dense/assignment.hpp>
#include <gridgrad/engine/paths.hpp>

namespace Eigen {

template <class Xpr>
class SparseView;  // of a module that not everybody includes

namespace internal {

template <class Lhs, class Rhs>
struct evaluator_assume_aliasing<Product<Lhs, Rhs, AliasFreeProduct>>
    : std::disjunction<gridgrad::detail::ContainsDerivative<Lhs>, gridgrad::detail::ContainsDerivative<Rhs>> {};
template <class Decomposition, class Rhs>
struct evaluator_assume_aliasing<Solve<Decomposition, Rhs>> : gridgrad::detail::ContainsDerivative<Rhs> {};
template <class Decomposition, class Rhs, class Guess>
struct evaluator_assume_aliasing<SolveWithGuess<Decomposition, Rhs, Guess>>
    : std::disjunction<gridgrad::detail::ContainsDerivative<Rhs>, gridgrad::detail::ContainsDerivative<Guess>> {};
// Diagonals and the like: what they leave out is set to zero before they are read.
template <class Xpr>
struct evaluator_assume_aliasing<DiagonalWrapper<Xpr>> : gridgrad::detail::ContainsDerivativeIn<Xpr> {};
#if EIGEN_VERSION_AT_LEAST(5, 0, 0)
template <class Xpr>
struct evaluator_assume_aliasing<SkewSymmetricWrapper<Xpr>> : gridgrad::detail::ContainsDerivativeIn<Xpr> {};
#endif
// A sparse matrix joined to a dense expression: two assignments, or one after a zero. Of products by coefficient Eigen
// leaves no room for more than the derivative itself.
template <class First, class Second, class Lhs, class Rhs>
struct evaluator_assume_aliasing<CwiseBinaryOp<scalar_sum_op<First, Second>, Lhs, Rhs>, SparseShape>
    : std::disjunction<gridgrad::detail::ContainsDerivativeIn<Lhs>, gridgrad::detail::ContainsDerivativeIn<Rhs>> {};
template <class First, class Second, class Lhs, class Rhs>
struct evaluator_assume_aliasing<CwiseBinaryOp<scalar_difference_op<First, Second>, Lhs, Rhs>, SparseShape>
    : std::disjunction<gridgrad::detail::ContainsDerivativeIn<Lhs>, gridgrad::detail::ContainsDerivativeIn<Rhs>> {};
template <class First, class Second, class Lhs, class Xpr, int Axis, class Rule>
struct evaluator_assume_aliasing<
    CwiseBinaryOp<scalar_product_op<First, Second>, Lhs, const gridgrad::Derivative<Xpr, Axis, Rule>>, SparseShape>
    : std::true_type {};
template <class First, class Second, class Xpr, int Axis, class Rule, class Rhs>
struct evaluator_assume_aliasing<
    CwiseBinaryOp<scalar_product_op<First, Second>, const gridgrad::Derivative<Xpr, Axis, Rule>, Rhs>, SparseShape>
    : std::true_type {};
template <class Xpr>
struct evaluator_assume_aliasing<SparseView<Xpr>> : gridgrad::detail::ContainsDerivativeIn<Xpr> {};
template <class Xpr>
struct evaluator_assume_aliasing<Inverse<Xpr>> : gridgrad::detail::ContainsDerivative<Xpr> {};
template <class Xpr, int direction>
struct evaluator_assume_aliasing<Homogeneous<Xpr, direction>> : gridgrad::detail::ContainsDerivative<Xpr> {};

/// A triangle takes that of a derivative.
template <class To, unsigned int mode, class Xpr, int Axis, class Rule, class Functor>
struct Assignment<TriangularView<To, mode>, gridgrad::Derivative<Xpr, Axis, Rule>, Functor, Dense2Triangular, void> {
  using Src = gridgrad::Derivative<Xpr, Axis, Rule>;
  static EIGEN_STRONG_INLINE void run(TriangularView<To, mode>& dst, const Src& src, const Functor& functor) {
    GRIDGRAD_COUNT(Temporary);
    const typename Src::PlainObject temporary(src);
    Eigen::internal::call_triangular_assignment_loop<int(mode), false>(dst, temporary, functor);
  }
};

/// A matrix, or a triangle of one, takes a triangle of a derivative.
template <class Dst, class Src, class Functor, bool clears>
struct TriangleOfDerivative {
  static EIGEN_STRONG_INLINE void run(Dst& dst, const Src& src, const Functor& functor) {
    GRIDGRAD_COUNT(Temporary);
    const typename Src::PlainObject temporary(src.nestedExpression());
    Eigen::internal::call_triangular_assignment_loop<int(Src::Mode), clears>(
        dst, temporary.template triangularView<Src::Mode>(), functor);
  }
};
template <class Dst, unsigned int mode, class Xpr, int Axis, class Rule, class Functor>
struct Assignment<Dst, TriangularView<gridgrad::Derivative<Xpr, Axis, Rule>, mode>, Functor, Triangular2Dense, void>
    : TriangleOfDerivative<Dst, TriangularView<gridgrad::Derivative<Xpr, Axis, Rule>, mode>, Functor,
                           (mode & SelfAdjoint) == 0> {};
template <class Dst, unsigned int mode, class Xpr, int Axis, class Rule, class Functor>
struct Assignment<Dst, TriangularView<const gridgrad::Derivative<Xpr, Axis, Rule>, mode>, Functor, Triangular2Dense,
                  void> : TriangleOfDerivative<Dst, TriangularView<const gridgrad::Derivative<Xpr, Axis, Rule>, mode>,
                                               Functor, (mode & SelfAdjoint) == 0> {};
template <class Dst, unsigned int mode, class Xpr, int Axis, class Rule, class Functor>
struct Assignment<Dst, TriangularView<gridgrad::Derivative<Xpr, Axis, Rule>, mode>, Functor, Triangular2Triangular,
                  void>
    : TriangleOfDerivative<Dst, TriangularView<gridgrad::Derivative<Xpr, Axis, Rule>, mode>, Functor, false> {};
template <class Dst, unsigned int mode, class Xpr, int Axis, class Rule, class Functor>
struct Assignment<Dst, TriangularView<const gridgrad::Derivative<Xpr, Axis, Rule>, mode>, Functor,
                  Triangular2Triangular, void>
    : TriangleOfDerivative<Dst, TriangularView<const gridgrad::Derivative<Xpr, Axis, Rule>, mode>, Functor, false> {};

/// A matrix takes the symmetric matrix that a triangle stands for.
template <class Dst, class Xpr, unsigned int mode, class First, class Second>
struct Assignment<Dst, SelfAdjointView<Xpr, mode>, assign_op<First, Second>, EigenBase2EigenBase,
                  std::enable_if_t<gridgrad::detail::ContainsDerivativeIn<Xpr>::value>> {
  static EIGEN_STRONG_INLINE void run(Dst& dst, const SelfAdjointView<Xpr, mode>& src,
                                      const assign_op<First, Second>&) {
    GRIDGRAD_COUNT(Temporary);
    const typename SelfAdjointView<Xpr, mode>::PlainObject temporary(src.nestedExpression());
    dst = temporary.template selfadjointView<mode>();
  }
};

}  // namespace internal
}  // namespace Eigen
