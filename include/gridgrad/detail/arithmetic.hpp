// SPDX-License-Identifier: MPL-2.0
//
// What can be computed with a type, asked before anything is: may it be a distance, may it be a sample?

#pragma once

#include <Eigen/Core>

#include <type_traits>
#include <utility>

#include <gridgrad/detail/says.hpp>

namespace gridgrad {
namespace detail {

// Asked of a pointer, since a class may derive from an expression of another type, as VectorBlock does from Block.
template <class Derived>
std::true_type isDenseXpr(const Eigen::DenseBase<Derived>*);
std::false_type isDenseXpr(const void*);

template <class T>
inline constexpr bool isDense =
    decltype(detail::isDenseXpr(static_cast<const std::remove_reference_t<T>*>(nullptr)))::value;

// The types of a - b and the like; where there is no such thing, there is no such type.
template <class A, class B = A>
using Difference_t = decltype(std::declval<const A&>() - std::declval<const B&>());
template <class A, class B = A>
using Sum_t = decltype(std::declval<const A&>() + std::declval<const B&>());
template <class A, class B = A>
using Product_t = decltype(std::declval<const A&>() * std::declval<const B&>());
template <class A, class B = A>
using Quotient_t = decltype(std::declval<const A&>() / std::declval<const B&>());

template <template <class...> class Operation, class Void, class... T>
struct IsPossible : std::false_type {};
template <template <class...> class Operation, class... T>
struct IsPossible<Operation, std::void_t<Operation<T...>>, T...> : std::true_type {};

/// Whether the operation is there, and what it gives becomes a Result.
template <class Result, template <class...> class Operation, class Void, class... T>
struct GivesResult : std::false_type {};
template <class Result, template <class...> class Operation, class... T>
struct GivesResult<Result, Operation, std::void_t<Operation<T...>>, T...>
    : std::is_convertible<Operation<T...>, Result> {};
template <class Result, template <class...> class Operation, class... T>
using Gives = GivesResult<Result, Operation, void, T...>;

template <class T>
using Number_t = decltype(void(bool(std::declval<const T&>() == std::declval<const T&>())),
                          void(bool(std::declval<const T&>() < std::declval<const T&>())), void(T(1)));
template <class T>
using Negative_t = decltype(-std::declval<const T&>());

/// Whether a T computes as a real number does: built-in ones, and users' own. Distances along an axis have to. Of two
/// durations there is no product, and the product of two lengths is no length.
template <class T, class Enable = void>
struct IsReal : std::is_arithmetic<T> {};
template <class T>
struct IsReal<T, std::enable_if_t<!std::is_arithmetic<T>::value && !isDense<T> && !isTensor<T>>>
    : std::conjunction<IsPossible<Number_t, void, T>, Gives<T, Negative_t, T>, Gives<T, Difference_t, T>,
                       Gives<T, Sum_t, T>, Gives<T, Product_t, T>, Gives<T, Quotient_t, T>> {};

/// What an enumeration, or a class that becomes a number when computed with, is computed in: the type of a - b. What
/// computes by itself is void here.
template <class T, class Void = void>
struct NumberWithin {
  using type = void;
};
template <class T>
struct NumberWithin<
    T, std::enable_if_t<!std::is_arithmetic<T>::value && !isDense<T> && !isTensor<T> &&
                        std::is_convertible<T, double>::value && std::is_arithmetic<Difference_t<T>>::value>> {
  using type = Difference_t<T>;
};

/// Whether a T may be a distance or a coordinate.
template <class T>
inline constexpr bool isDistance = IsReal<T>::value || !std::is_void<typename NumberWithin<T>::type>::value;

/// Whether two have a quotient of another type. Then they have a unit, as lengths have, and a derivative would lose it.
template <class T, class Enable = void>
struct HasUnit : std::false_type {};
template <class T>
struct HasUnit<T, std::void_t<Quotient_t<T>>>
    : std::bool_constant<!IsReal<T>::value &&
                         (std::is_arithmetic<Quotient_t<T>>::value || !std::is_convertible<Quotient_t<T>, T>::value)> {
};

/// Whether the derivative of samples of type T, with weights of type Weight, can be computed: of numbers, and of
/// vectors that a program has of its own.
template <class T, class Weight, class Enable = void>
struct IsSample : std::false_type {};
template <class T, class Weight>
struct IsSample<T, Weight, std::enable_if_t<!isDense<T> && !isTensor<T>>>
    : std::conjunction<Gives<T, Difference_t, T>, Gives<T, Sum_t, T>, Gives<T, Product_t, Weight, T>,
                       std::negation<HasUnit<T>>> {};

}  // namespace detail
}  // namespace gridgrad
