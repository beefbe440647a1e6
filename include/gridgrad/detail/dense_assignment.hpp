// SPDX-License-Identifier: MPL-2.0
//
// How Eigen assigns an expression with a derivative in it: without a temporary when it can, right always.

#pragma once

#include <Eigen/Core>

#include <type_traits>

#include <gridgrad/detail/dense_evaluator.hpp>
#include <gridgrad/detail/dense_loops.hpp>
#include <gridgrad/detail/dense_overlap.hpp>

namespace gridgrad {
namespace detail {

/// Whether there is a derivative anywhere in an expression, known or unknown, by the pattern of its template arguments.
template <class Xpr>
struct ContainsDerivative : std::false_type {};

template <class Xpr>
using ContainsDerivativeIn = ContainsDerivative<Plain<Xpr>>;

template <class Xpr, int Axis, class Rule>
struct ContainsDerivative<Derivative<Xpr, Axis, Rule>> : std::true_type {};
template <template <class...> class Node, class... Xprs>
struct ContainsDerivative<Node<Xprs...>> : std::disjunction<ContainsDerivativeIn<Xprs>...> {};
template <template <class, auto, auto...> class Node, class Xpr, auto first, auto... more>
struct ContainsDerivative<Node<Xpr, first, more...>> : ContainsDerivativeIn<Xpr> {};
template <template <class, class, auto, auto...> class Node, class First, class Second, auto first, auto... more>
struct ContainsDerivative<Node<First, Second, first, more...>>
    : std::disjunction<ContainsDerivativeIn<First>, ContainsDerivativeIn<Second>> {};

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
template <class Xpr>
struct HasOwnAssignment<Eigen::Inverse<Xpr>> : std::true_type {};
template <class Xpr, int direction>
struct HasOwnAssignment<Eigen::Homogeneous<Xpr, direction>> : std::true_type {};
template <class Xpr, class Rule>
struct HasOwnAssignment<Derivative<Xpr, Eigen::Dynamic, Rule>> : std::true_type {};  // below

}  // namespace detail
}  // namespace gridgrad

namespace Eigen {
namespace internal {

/// A derivative along an axis known only now, as one along an axis known while compiling.
template <class Dst, class Xpr, class Rule, class Functor>
struct Assignment<Dst, gridgrad::Derivative<Xpr, Dynamic, Rule>, Functor, Dense2Dense, void> {
  using Src = gridgrad::Derivative<Xpr, Dynamic, Rule>;

  static EIGEN_ALWAYS_INLINE void run(Dst& dst, const Src& src, const Functor& functor) {
    if (src.isDownRows())
      assign(dst, src.template along<0>(), functor);
    else
      assign(dst, src.template along<1>(), functor);
  }

 private:
  template <class Fixed>
  static EIGEN_STRONG_INLINE void assign(Dst& dst, const Fixed& src, const Functor& functor) {
    Assignment<Dst, Fixed, Functor>::run(dst, src, functor);
  }
};

template <class Dst, class Src, class Functor>
struct Assignment<Dst, Src, Functor, Dense2Dense,
                  std::enable_if_t<gridgrad::detail::ContainsDerivative<Src>::value &&
                                   !gridgrad::detail::HasOwnAssignment<Src>::value>> {
  static EIGEN_ALWAYS_INLINE void run(Dst& dst, const Src& src, const Functor& functor) {
    using gridgrad::detail::Overlap;
    constexpr bool replaces = std::is_same<Functor, assign_op<typename Dst::Scalar, typename Src::Scalar>>::value;
    if constexpr (gridgrad::detail::isSmall<Src> && gridgrad::detail::isKnown<Src>)
      return gridgrad::detail::assignSmall(dst, src, functor,
                                           std::make_index_sequence<std::size_t(Src::SizeAtCompileTime)>());
    const Overlap overlap = gridgrad::detail::overlap(dst, src);
    if (overlap == Overlap::Some)
      throughTemporary(dst, src, functor);
    else if (replaces && overlap == Overlap::Nothing)
      loop<replaces>(dst, src, functor);
    else
      loop<false>(dst, src, functor);
  }

 private:
  /// Computes every coefficient, `twice` if that is faster.
  template <bool twice, class To, class Assign>
  static EIGEN_STRONG_INLINE void loop(To& to, const Src& src, const Assign& assign) {
    if constexpr (gridgrad::detail::isKnown<Src>)
      gridgrad::detail::Loops<To, Src, Assign, twice>::run(to, src, assign);
    else
      Eigen::internal::call_dense_assignment_loop(to, src, assign);
  }

  static EIGEN_DONT_INLINE void throughTemporary(Dst& dst, const Src& src, const Functor& functor) {
    using Temporary = typename Src::PlainObject;
    Temporary temporary;
    if constexpr (gridgrad::detail::isKnown<Src>) temporary.resize(src.rows(), src.cols());
    loop<true>(temporary, src, assign_op<typename Temporary::Scalar, typename Src::Scalar>());
    Eigen::internal::call_assignment_no_alias(dst, temporary, functor);
  }
};

#if EIGEN_VERSION_AT_LEAST(5, 0, 0)
/// `a.device(pool) = …`: Eigen shares the loops out, which is right once nothing read is written.
template <class Dst, class Src, class Functor, class Device>
struct AssignmentWithDevice<
    Dst, Src, Functor, Device, Dense2Dense,
    std::enable_if_t<gridgrad::detail::ContainsDerivative<Src>::value && !gridgrad::detail::IsProduct<Src>::value>> {
  static EIGEN_STRONG_INLINE void run(Dst& dst, const Src& src, const Functor& functor, Device& device) {
    if (gridgrad::detail::overlap(dst, src) != gridgrad::detail::Overlap::Some)
      return Eigen::internal::call_dense_assignment_loop(dst, src, functor, device);
    typename Src::PlainObject temporary(src.rows(), src.cols());
    Eigen::internal::call_dense_assignment_loop(temporary, src, assign_op<typename Src::Scalar, typename Src::Scalar>(),
                                                device);
    AssignmentWithDevice<Dst, typename Src::PlainObject, Functor, Device>::run(dst, temporary, functor, device);
  }
};
#endif

}  // namespace internal
}  // namespace Eigen
