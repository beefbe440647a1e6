// SPDX-License-Identifier: MPL-2.0
//
// gradient(f, …): numpy.gradient, one lazy derivative for each axis.

#pragma once

#include <cstddef>
#include <initializer_list>
#include <type_traits>
#include <utility>

#include <gridgrad/words/grid.hpp>

namespace gridgrad {
namespace detail {

template <int... axes>
constexpr bool areDistinct() {
  constexpr int list[] = {axes...};
  for (std::size_t i = 0; i < sizeof...(axes); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (list[i] == list[j]) return false;
  return true;
}

template <class Field, int... axes, std::size_t... k, class... Arguments>
auto gradientAlong(Field&& f, std::integer_sequence<int, axes...> all, std::index_sequence<k...>,
                   Arguments&&... arguments) {
  static_assert(detail::areDistinct<axes...>(), GRIDGRAD_SAYS_REPEATED_AXIS);
  using OwnTraits = FieldTraitsOf<Field>;
  const auto rules = detail::gridRules<OwnTraits, 1>(f, all, std::forward<Arguments>(arguments)...);
  const auto& field = OwnTraits::nest(std::forward<Field>(f));
  return detail::oneOrSeveral(OwnTraits::template derivative<axes>(field, axes, std::get<k>(rules))...);
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
/// then, if wanted, the Edge (or Edges) of every axis whose spacing has none of its own.
///
/// A vector, or a tensor of rank 1, gives the derivative itself, all else a std::tuple of one derivative for each axis:
/// axis 0 down the rows, axis 1 across the columns, as in NumPy.
///
/// Everything else (kind, order, units, what is borrowed, cost, errors) is as derivative() says. All derivatives of a
/// temporary share it. Several in one statement are one pass over `f`.
template <class Field, class... Arguments>
auto gradient(Field&& f, Arguments&&... arguments) {
  static_assert(detail::demandField<Field>());
  using OwnTraits = detail::FieldTraitsOf<Field>;
  return detail::gradientAlong(std::forward<Field>(f), detail::AxesOf<OwnTraits>(),
                               std::make_index_sequence<OwnTraits::rank>(), std::forward<Arguments>(arguments)...);
}

/// The gradient along chosen axes, in their order; negative ones count from the end.
///
///     auto d1       = gradient<1>(f, dx);                     // np.gradient(f, dx, axis=1)
///     auto [d1, d0] = gradient<1, 0>(f, dx, y);               // np.gradient(f, dx, y, axis=(1, 0))
///
/// One axis gives the derivative itself, several give a std::tuple. The spacings are those of the chosen axes, in the
/// same order; only the chosen axes have to have enough samples. Everything else is as derivative() says.
template <int First, int... More, class Field, class... Arguments>
auto gradient(Field&& f, Arguments&&... arguments) {
  static_assert(detail::demandField<Field>());
  using OwnTraits = detail::FieldTraitsOf<Field>;
  return detail::gradientAlong(
      std::forward<Field>(f),
      std::integer_sequence<int, detail::axisOf<OwnTraits, First>(), detail::axisOf<OwnTraits, More>()...>(),
      std::make_index_sequence<1 + sizeof...(More)>(), std::forward<Arguments>(arguments)...);
}

/// @cond  Braces have no type, and so can be neither steps nor coordinates.
template <class Field, class... Arguments>
auto gradient(Field&&, std::initializer_list<double>, Arguments&&...) {
  static_assert(detail::never<Field>, GRIDGRAD_SAYS_BRACES);
}
/// @endcond

}  // namespace gridgrad
