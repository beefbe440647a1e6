// SPDX-License-Identifier: MPL-2.0
//
// What can be computed with a type, asked before anything is: may it be a distance, may it be a sample?

#pragma once

#include <Eigen/Core>

#include <type_traits>
#include <utility>

#include <gridgrad/numbers/says.hpp>

namespace gridgrad {
namespace detail {

// Asked of a pointer, since a class may derive from an expression of another type, as VectorBlock does from Block.
template <class Derived>
std::true_type isDenseXpr(const Eigen::DenseBase<Derived>*);
std::false_type isDenseXpr(const void*);

template <class Type>
inline constexpr bool isDense =
    decltype(detail::isDenseXpr(static_cast<const std::remove_reference_t<Type>*>(nullptr)))::value;

// The types of a - b and the like; where there is no such thing, there is no such type.
template <class Lhs, class Rhs = Lhs>
using Difference_t = decltype(std::declval<const Lhs&>() - std::declval<const Rhs&>());
template <class Lhs, class Rhs = Lhs>
using Sum_t = decltype(std::declval<const Lhs&>() + std::declval<const Rhs&>());
template <class Lhs, class Rhs = Lhs>
using Product_t = decltype(std::declval<const Lhs&>() * std::declval<const Rhs&>());
template <class Lhs, class Rhs = Lhs>
using Quotient_t = decltype(std::declval<const Lhs&>() / std::declval<const Rhs&>());

template <template <class...> class Operation, class Void, class... Type>
struct IsPossible : std::false_type {};
template <template <class...> class Operation, class... Type>
struct IsPossible<Operation, std::void_t<Operation<Type...>>, Type...> : std::true_type {};

/// Whether the operation is there, and what it gives becomes a Result.
template <class Result, template <class...> class Operation, class Void, class... Type>
struct GivesResult : std::false_type {};
template <class Result, template <class...> class Operation, class... Type>
struct GivesResult<Result, Operation, std::void_t<Operation<Type...>>, Type...>
    : std::is_convertible<Operation<Type...>, Result> {};
template <class Result, template <class...> class Operation, class... Type>
using Gives = GivesResult<Result, Operation, void, Type...>;

template <class Type>
using Number_t = decltype(void(bool(std::declval<const Type&>() == std::declval<const Type&>())),
                          void(bool(std::declval<const Type&>() < std::declval<const Type&>())), void(Type(1)));
template <class Type>
using Negative_t = decltype(-std::declval<const Type&>());

/// Whether a type computes as a real number does: built-in ones, and users' own. Distances along an axis have to. Of
/// two durations there is no product, and the product of two lengths is no length.
template <class Type, class Enable = void>
struct IsReal : std::is_arithmetic<Type> {};
template <class Type>
struct IsReal<Type, std::enable_if_t<!std::is_arithmetic<Type>::value && !isDense<Type> && !isTensor<Type>>>
    : std::conjunction<IsPossible<Number_t, void, Type>, Gives<Type, Negative_t, Type>, Gives<Type, Difference_t, Type>,
                       Gives<Type, Sum_t, Type>, Gives<Type, Product_t, Type>, Gives<Type, Quotient_t, Type>> {};

/// What an enumeration, or a class that becomes a number when computed with, is computed in: the type of a - b. What
/// computes by itself is void here.
template <class Type, class Void = void>
struct NumberWithin {
  using type = void;
};
template <class Type>
struct NumberWithin<
    Type, std::enable_if_t<!std::is_arithmetic<Type>::value && !isDense<Type> && !isTensor<Type> &&
                           std::is_convertible<Type, double>::value && std::is_arithmetic<Difference_t<Type>>::value>> {
  using type = Difference_t<Type>;
};

/// Whether a type may be that of a distance or a coordinate.
template <class Type>
inline constexpr bool isDistance = IsReal<Type>::value || !std::is_void<typename NumberWithin<Type>::type>::value;

/// Whether two have a quotient of another type. Then they have a unit, as lengths have, and a derivative would lose it.
template <class Type, class Enable = void>
struct HasUnit : std::false_type {};
template <class Type>
struct HasUnit<Type, std::void_t<Quotient_t<Type>>>
    : std::bool_constant<!IsReal<Type>::value && (std::is_arithmetic<Quotient_t<Type>>::value ||
                                                  !std::is_convertible<Quotient_t<Type>, Type>::value)> {};

/// Whether the derivative of samples of this type, with weights of type Weight, can be computed: of numbers, and of
/// vectors that a program has of its own.
template <class Type, class Weight, class Enable = void>
struct IsSample : std::false_type {};
template <class Type, class Weight>
struct IsSample<Type, Weight, std::enable_if_t<!isDense<Type> && !isTensor<Type>>>
    : std::conjunction<Gives<Type, Difference_t, Type>, Gives<Type, Sum_t, Type>, Gives<Type, Product_t, Weight, Type>,
                       std::negation<HasUnit<Type>>> {};

}  // namespace detail
}  // namespace gridgrad
