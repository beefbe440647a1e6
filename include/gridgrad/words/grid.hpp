// SPDX-License-Identifier: MPL-2.0
//
// What the arguments after a word's fields say of the grid: the spacing of each axis, and what to do at its ends.

#pragma once

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

#include <gridgrad/derivative.hpp>
#include <gridgrad/words/results.hpp>

namespace gridgrad {
namespace detail {

/// A step can serve every axis; coordinates and stencils belong to one.
template <class SpacingType>
inline constexpr bool isStepType = !isEdge<SpacingType> && !CoordinateSource<Plain<SpacingType>>::known &&
                                   !std::is_same<Plain<SpacingType>, Stencil>::value;

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

template <class SpacingType>
void checkServesAll(const SpacingType&, Index) {}
template <class Distance>
void checkServesAll(const Spacing<Distance>& spacing, Index axes) {
  detail::checkServesAll(spacing.isStep(), axes);
}

template <class OwnTraits, int order, int... axes, class Field, class Spacings, std::size_t... k>
auto rulesAlong(const Field& f, Edges edges, Spacings spacings, std::index_sequence<k...>) {
  using Real = typename WeightScalar<typename OwnTraits::Scalar>::type;
  constexpr std::size_t count = std::tuple_size<Spacings>::value;
  if constexpr (count == 1 && sizeof...(axes) > 1) detail::checkServesAll(std::get<0>(spacings), sizeof...(axes));
  // In braces, so that the first axis complains first.
  return std::tuple{detail::makeRule<Real, order>(detail::spacingOf<k, count>(spacings), OwnTraits::samples(f, axes),
                                                  edges, Place{axes})...};
}

/// Sorts the arguments into spacings and edges, and asks of their types what can be asked.
template <class OwnTraits, int order, int... axes, class Field, std::size_t... k, class... Arguments>
auto rulesOf(const Field& f, std::index_sequence<k...>, Arguments&&... arguments) {
  static_assert((isEdge<Arguments> + ... + 0) == int(sizeof...(Arguments) - sizeof...(k)), GRIDGRAD_SAYS_EDGE_LAST);
  auto all = std::forward_as_tuple(std::forward<Arguments>(arguments)...);
  using All = decltype(all);
  static_assert(((!isEdge<std::tuple_element_t<k, All>>)&&...), GRIDGRAD_SAYS_EDGE_LAST);
  static_assert((detail::demandSpacing<Plain<std::tuple_element_t<k, All>>>() && ...));
  constexpr bool oneForAll = sizeof...(k) == 1 && (isStepType<std::tuple_element_t<k, All>> && ...);
  static_assert(sizeof...(k) != 1 || sizeof...(axes) <= 1 || oneForAll, GRIDGRAD_SAYS_COORDINATES_OF_ONE_AXIS);
  static_assert(sizeof...(k) == 0 || sizeof...(k) == sizeof...(axes) || oneForAll, GRIDGRAD_SAYS_ONE_SPACING_PER_AXIS);
  return detail::rulesAlong<OwnTraits, order, axes...>(f, detail::edgesOf(arguments...),
                                                       std::forward_as_tuple(std::get<k>(std::move(all))...),
                                                       std::make_index_sequence<sizeof...(axes)>());
}

/// The rules of a derivative of this order along the axes of such a field: a std::tuple, one for each axis.
template <class OwnTraits, int order, int... axes, class Field, class... Arguments>
auto gridRules(const Field& f, std::integer_sequence<int, axes...>, Arguments&&... arguments) {
  return detail::rulesOf<OwnTraits, order, axes...>(
      f, std::make_index_sequence<sizeof...(Arguments) - detail::edgesAtEnd<Arguments...>()>(),
      std::forward<Arguments>(arguments)...);
}

/// All axes of a field, 0, 1, …
template <class OwnTraits>
using AxesOf = std::make_integer_sequence<int, OwnTraits::rank>;

}  // namespace detail
}  // namespace gridgrad
