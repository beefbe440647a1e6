// SPDX-License-Identifier: MPL-2.0
//
// laplacian(f, …): how far a field is, at each point, from the mean of its surroundings.

#pragma once

#include <cstddef>
#include <utility>

#include <gridgrad/words/partials.hpp>

namespace gridgrad {
namespace detail {

template <int component, class Derivatives, int... a>
auto laplacianOf(const Derivatives& d, std::integer_sequence<int, a...>) {
  return (... + d(Letter<component>(), Letter<a>(), Letter<a>()));
}

template <class Derivatives, int... components>
auto laplaciansOf(const Derivatives& d, std::integer_sequence<int, components...>) {
  return detail::oneOrSeveral(
      detail::laplacianOf<components>(d, std::make_integer_sequence<int, Derivatives::rank>())...);
}

}  // namespace detail

/// The Laplacian, ∂²f/∂x² + ∂²f/∂y² (+ ∂²f/∂z² …): same shape as `f`, computed when read.
///
///     auto lap = laplacian(f, h);                   // MATLAB: 4 * del2(f, h) in two dimensions
///     u += nu * dt * laplacian(u, x, y);            // a step of diffusion: right, though u is read and written
///     auto [lapU, lapV] = laplacian(u, v, h);       // of a vector field: component by component
///
/// Takes one field, or a component for each axis; then spacings and Edge as gradient() does. One field gives one
/// expression of its kind, a vector field a std::tuple of one for each component.
///
/// Compact: a sum of secondDerivative(), five points in two dimensions, and of the order these have (two with
/// Edge::SecondOrder or Edge::Periodic where the spacing is a step or changes smoothly). Units: those of the field over
/// those of the spacing squared.
///
/// What is borrowed, errors and cost are as secondDerivative() says, in one pass. Throws std::invalid_argument if the
/// components of a vector field differ in shape.
template <class... Arguments>
auto laplacian(Arguments&&... arguments) {
  constexpr int fields = int(detail::countFields<Arguments...>());
  const auto d = detail::partials<fields, false, true>(std::forward<Arguments>(arguments)...);
  static_assert(fields == 1 || fields == d.rank, GRIDGRAD_SAYS_LAPLACIAN);
  return detail::laplaciansOf(d, std::make_integer_sequence<int, fields>());
}

}  // namespace gridgrad
