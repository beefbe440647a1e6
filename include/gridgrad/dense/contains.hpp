// SPDX-License-Identifier: MPL-2.0
//
// Is there a derivative in an expression? Answered from its type: from the template arguments of every node, known or
// unknown, and from what a node that has none says it is made of.
//
// What a type does not show is not seen: a derivative that a function or a lambda has captured, or that a class which
// is no template holds without saying so. docs/lifetime.md says what to do there.

#pragma once

#include <Eigen/Core>

#include <type_traits>
#include <utility>

#include <gridgrad/dense/derivative.hpp>
#include <gridgrad/numbers/scalar.hpp>

namespace gridgrad {
namespace detail {

template <class Xpr>
struct ContainsDerivative;

template <class Xpr>
using ContainsDerivativeIn = ContainsDerivative<Plain<Xpr>>;

template <class... Xprs>
using AnyContainsDerivative = std::disjunction<ContainsDerivativeIn<Xprs>...>;

/// In the expression that Xpr gives as the one it is made of, by Eigen's name for it.
template <class Xpr, class = void>
struct NestedContainsDerivative : std::false_type {};
template <class Xpr>
struct NestedContainsDerivative<Xpr, std::void_t<decltype(std::declval<const Xpr&>().nestedExpression())>>
    : ContainsDerivativeIn<decltype(std::declval<const Xpr&>().nestedExpression())> {};

/// In one whose types and numbers stand in an order that Eigen's own do not have.
template <class Xpr>
struct OddlyContainsDerivative : NestedContainsDerivative<Xpr> {};
template <template <auto, class...> class Node, auto n, class... Xprs>
struct OddlyContainsDerivative<Node<n, Xprs...>> : AnyContainsDerivative<Xprs...> {};
template <template <auto, auto, class...> class Node, auto n, auto m, class... Xprs>
struct OddlyContainsDerivative<Node<n, m, Xprs...>> : AnyContainsDerivative<Xprs...> {};
template <template <auto, class, auto, auto...> class Node, auto n, class First, auto m, auto... more>
struct OddlyContainsDerivative<Node<n, First, m, more...>> : ContainsDerivativeIn<First> {};
template <template <class, auto...> class Node, class First, auto... numbers>
struct OddlyContainsDerivative<Node<First, numbers...>> : ContainsDerivativeIn<First> {};
template <template <class, auto, class...> class Node, class First, auto n, class... Xprs>
struct OddlyContainsDerivative<Node<First, n, Xprs...>> : AnyContainsDerivative<First, Xprs...> {};
template <template <class, auto, auto, class...> class Node, class First, auto n, auto m, class... Xprs>
struct OddlyContainsDerivative<Node<First, n, m, Xprs...>> : AnyContainsDerivative<First, Xprs...> {};
template <template <class, class, auto, class...> class Node, class First, class Second, auto n, class... Xprs>
struct OddlyContainsDerivative<Node<First, Second, n, Xprs...>> : AnyContainsDerivative<First, Second, Xprs...> {};
template <template <class, class, class, auto, auto...> class Node, class First, class Second, class Third, auto n,
          auto... more>
struct OddlyContainsDerivative<Node<First, Second, Third, n, more...>> : AnyContainsDerivative<First, Second, Third> {};

template <class Xpr>
struct ContainsDerivative : OddlyContainsDerivative<Xpr> {};
template <class Xpr, int Axis, class Rule>
struct ContainsDerivative<Derivative<Xpr, Axis, Rule>> : std::true_type {};
template <template <class...> class Node, class... Xprs>
struct ContainsDerivative<Node<Xprs...>> : AnyContainsDerivative<Xprs...> {};
template <template <class, auto, auto...> class Node, class First, auto n, auto... more>
struct ContainsDerivative<Node<First, n, more...>> : ContainsDerivativeIn<First> {};
template <template <class, class, auto, auto...> class Node, class First, class Second, auto n, auto... more>
struct ContainsDerivative<Node<First, Second, n, more...>> : AnyContainsDerivative<First, Second> {};

}  // namespace detail
}  // namespace gridgrad
