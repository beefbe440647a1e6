// SPDX-License-Identifier: MPL-2.0
//
// What the arguments after a word's fields say of the grid: the spacing of each axis, and what to do at its ends.

#pragma once

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

#include <gridgrad/derivative.hpp>
#include <gridgrad/detail/results.hpp>

namespace gridgrad {
namespace detail {

/// A step can serve every axis; coordinates and stencils belong to one.
template <class S>
inline constexpr bool isStepType =
    !isEdge<S> && !CoordinateSource<Plain<S>>::known && !std::is_same<Plain<S>, Stencil>::value;

/// The edges at the end of the arguments, or NumPy's default.
inline Edges edgesOf() { return Edge::FirstOrder; }
template <class First, class... Rest>
Edges edgesOf(const First& first, const Rest&... rest) {
  if constexpr (sizeof...(Rest) == 0 && isEdge<First>)
    return first;
  else
    return detail::edgesOf(rest...);
}

template <class... Arguments>
constexpr std::size_t edgesAtEnd() {
  if constexpr (sizeof...(Arguments) == 0)
    return 0;
  else
    return isEdge<std::tuple_element_t<sizeof...(Arguments) - 1, std::tuple<Arguments...>>> ? 1 : 0;
}

/// The k-th spacing of one per axis, one step for all, or none.
template <std::size_t k, std::size_t spacings, class Arguments>
decltype(auto) spacingOf(Arguments& arguments) {
  if constexpr (spacings == 0)
    return 1;
  else if constexpr (spacings == 1)
    return std::get<0>(std::move(arguments));
  else
    return std::get<k>(std::move(arguments));
}

template <class S>
void checkServesAll(const S&, Index) {}
template <class Distance>
void checkServesAll(const Spacing<Distance>& spacing, Index axes) {
  detail::checkServesAll(spacing.isStep(), axes);
}

template <class W, int order, int... axes, class F, class Spacings, std::size_t... k>
auto rulesAlong(const F& f, Edges edges, Spacings spacings, std::index_sequence<k...>) {
  using Real = typename WeightScalar<typename W::Scalar>::type;
  constexpr std::size_t count = std::tuple_size<Spacings>::value;
  if constexpr (count == 1 && sizeof...(axes) > 1) detail::checkServesAll(std::get<0>(spacings), sizeof...(axes));
  // In braces, so that the first axis complains first.
  return std::tuple{
      detail::makeRule<Real, order>(detail::spacingOf<k, count>(spacings), W::samples(f, axes), edges, Place{axes})...};
}

/// Sorts the arguments into spacings and edges, and asks of their types what can be asked.
template <class W, int order, int... axes, class F, std::size_t... k, class... Arguments>
auto rulesOf(const F& f, std::index_sequence<k...>, Arguments&&... arguments) {
  static_assert((isEdge<Arguments> + ... + 0) == int(sizeof...(Arguments) - sizeof...(k)), GRIDGRAD_SAYS_EDGE_LAST);
  auto all = std::forward_as_tuple(std::forward<Arguments>(arguments)...);
  using All = decltype(all);
  static_assert(((!isEdge<std::tuple_element_t<k, All>>)&&...), GRIDGRAD_SAYS_EDGE_LAST);
  static_assert((detail::demandSpacing<Plain<std::tuple_element_t<k, All>>>() && ...));
  constexpr bool oneForAll = sizeof...(k) == 1 && (isStepType<std::tuple_element_t<k, All>> && ...);
  static_assert(sizeof...(k) != 1 || sizeof...(axes) <= 1 || oneForAll, GRIDGRAD_SAYS_COORDINATES_OF_ONE_AXIS);
  static_assert(sizeof...(k) == 0 || sizeof...(k) == sizeof...(axes) || oneForAll, GRIDGRAD_SAYS_ONE_SPACING_PER_AXIS);
  return detail::rulesAlong<W, order, axes...>(f, detail::edgesOf(arguments...),
                                               std::forward_as_tuple(std::get<k>(std::move(all))...),
                                               std::make_index_sequence<sizeof...(axes)>());
}

/// The rules of a derivative of this order along the axes of a field of world W: a std::tuple, one for each axis.
template <class W, int order, int... axes, class F, class... Arguments>
auto gridRules(const F& f, std::integer_sequence<int, axes...>, Arguments&&... arguments) {
  return detail::rulesOf<W, order, axes...>(
      f, std::make_index_sequence<sizeof...(Arguments) - detail::edgesAtEnd<Arguments...>()>(),
      std::forward<Arguments>(arguments)...);
}

/// All axes of a world, 0, 1, …
template <class W>
using AxesOf = std::make_integer_sequence<int, W::rank>;

}  // namespace detail
}  // namespace gridgrad
