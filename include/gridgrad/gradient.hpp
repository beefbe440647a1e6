// SPDX-License-Identifier: MPL-2.0
//
// gradient(f, …): numpy.gradient, one lazy derivative for each axis.

#pragma once

#include <tuple>
#include <type_traits>
#include <utility>

#include <gridgrad/derivative.hpp>

namespace gridgrad {
namespace detail {

template <class T>
constexpr bool isEdge = std::is_same<Plain<T>, Edge>::value;

/// A step can serve every axis; coordinates and stencils belong to one.
template <class S>
constexpr bool isStepType = !isEdge<S> && !CoordinateSource<Plain<S>>::known && !std::is_same<Plain<S>, Stencil>::value;

/// The edge at the end of the arguments, or NumPy's default.
inline Edge edgeOf() { return Edge::FirstOrder; }
template <class First, class... Rest>
Edge edgeOf(const First& first, const Rest&... rest) {
  if constexpr (sizeof...(Rest) == 0 && isEdge<First>)
    return first;
  else
    return edgeOf(rest...);
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
  checkServesAll(spacing.isStep(), axes);
}

template <int... axes>
constexpr bool areDistinct() {
  constexpr int list[] = {axes...};
  for (std::size_t i = 0; i < sizeof...(axes); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (list[i] == list[j]) return false;
  return true;
}

template <int... axes, class F, class Arguments, std::size_t... k>
auto gradientAlong(F&& f, Edge edge, Arguments arguments, std::index_sequence<k...>) {
  using W = WorldOf<F>;
  constexpr std::size_t count = std::tuple_size<Arguments>::value;
  const Index samples[] = {W::samples(f, axes)...};
  const auto& field = W::capture(std::forward<F>(f));
  if constexpr (sizeof...(axes) == 1) {
    return derivativeOf<W, axes...>(field, samples[0], axes..., spacingOf<0, count>(arguments), edge);
  } else {
    if constexpr (count == 1) checkServesAll(std::get<0>(arguments), sizeof...(axes));
    // In braces, so that the first axis complains first.
    return std::tuple{derivativeOf<W, axes>(field, samples[k], axes, spacingOf<k, count>(arguments), edge)...};
  }
}

/// Sorts the arguments into spacings and edge, and asks of their types what can be asked.
template <int... axes, class F, class... Arguments, std::size_t... k>
auto gradientOf(F&& f, std::index_sequence<k...>, Arguments&&... arguments) {
  static_assert(areDistinct<axes...>(), GRIDGRAD_SAYS_REPEATED_AXIS);
  static_assert((isEdge<Arguments> + ... + 0) == int(sizeof...(Arguments) - sizeof...(k)), GRIDGRAD_SAYS_EDGE_LAST);
  auto all = std::forward_as_tuple(std::forward<Arguments>(arguments)...);
  using All = decltype(all);
  static_assert(((!isEdge<std::tuple_element_t<k, All>>)&&...), GRIDGRAD_SAYS_EDGE_LAST);
  constexpr bool oneForAll = sizeof...(k) == 1 && (isStepType<std::tuple_element_t<k, All>> && ...);
  static_assert(sizeof...(k) == 0 || sizeof...(k) == sizeof...(axes) || oneForAll, GRIDGRAD_SAYS_ONE_SPACING_PER_AXIS);
  return gradientAlong<axes...>(std::forward<F>(f), edgeOf(arguments...),
                                std::forward_as_tuple(std::get<k>(std::move(all))...),
                                std::make_index_sequence<sizeof...(axes)>());
}

template <class... Arguments>
constexpr std::size_t edgesAtEnd() {
  if constexpr (sizeof...(Arguments) == 0)
    return 0;
  else
    return isEdge<std::tuple_element_t<sizeof...(Arguments) - 1, std::tuple<Arguments...>>> ? 1 : 0;
}

template <class F, int... axes, class... Arguments>
auto gradientOfAll(F&& f, std::integer_sequence<int, axes...>, Arguments&&... arguments) {
  return gradientOf<axes...>(std::forward<F>(f),
                             std::make_index_sequence<sizeof...(Arguments) - edgesAtEnd<Arguments...>()>(),
                             std::forward<Arguments>(arguments)...);
}

}  // namespace detail

/// The gradient of `f`, ∂f/∂xₐ for every axis a: each of the shape of `f`, computed when read.
///
///     auto [d0, d1] = gradient(f);                            // np.gradient(f)
///     auto [d0, d1] = gradient(f, h);                         // np.gradient(f, h)
///     auto [d0, d1] = gradient(f, y, dx, Edge::SecondOrder);  // np.gradient(f, y, dx, edge_order=2)
///     auto slope    = gradient(v, x);                         // np.gradient(v, x), v a vector
///
/// The arguments after `f`: no spacing (samples one unit apart), one step for every axis, or one spacing for each axis;
/// then, if wanted, the Edge of every axis whose spacing is not a Stencil. A vector gives the derivative itself, all
/// else a std::tuple of one derivative for each axis: axis 0 down the rows, axis 1 across the columns. Everything else
/// (order, units, what is borrowed, cost, errors) is as derivative() says.
template <class F, class... Arguments>
auto gradient(F&& f, Arguments&&... arguments) {
  using W = detail::WorldOf<F>;
  static_assert(W::known, GRIDGRAD_SAYS_FIELD);
  return detail::gradientOfAll(std::forward<F>(f), std::make_integer_sequence<int, W::rank>(),
                               std::forward<Arguments>(arguments)...);
}

/// The gradient along chosen axes, in their order; negative ones count from the end.
///
///     auto d1       = gradient<1>(f, dx);                     // np.gradient(f, dx, axis=1)
///     auto [d1, d0] = gradient<1, 0>(f, dx, y);               // np.gradient(f, dx, y, axis=(1, 0))
///
/// One axis gives the derivative itself.
template <int First, int... More, class F, class... Arguments>
auto gradient(F&& f, Arguments&&... arguments) {
  using W = detail::WorldOf<F>;
  return detail::gradientOfAll(std::forward<F>(f),
                               std::integer_sequence<int, detail::axisOf<W, First>(), detail::axisOf<W, More>()...>(),
                               std::forward<Arguments>(arguments)...);
}

}  // namespace gridgrad
