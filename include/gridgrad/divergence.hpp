// SPDX-License-Identifier: MPL-2.0
//
// divergence(u, v, …): how much of a vector field leaves each point.

#pragma once

#include <cstddef>
#include <utility>

#include <gridgrad/words/partials.hpp>

namespace gridgrad {
namespace detail {

template <class Derivatives, int... k>
auto divergenceOf(const Derivatives& d, std::integer_sequence<int, k...>) {
  return (... + d(Letter<k>(), Letter<k>()));
}

}  // namespace detail

/// The divergence of a vector field, ∂u/∂x + ∂v/∂y (+ ∂w/∂z …): same shape as a component, computed when read.
///
///     auto div = divergence(u, v, h);               // np.gradient(u, h, axis=0) + np.gradient(v, h, axis=1)
///     auto div = divergence(u, v, w, x, y, dz);     // three tensors of three axes
///
/// First the components, as many as the field has axes, component k along axis k: two arrays or matrices, or as many
/// tensors as they have axes. They are of one kind, shape and scalar type. Then no spacing, one step for every axis, or
/// one spacing per axis; then, if wanted, the Edge. Where rows are y: divergence(v, u, y, x).
///
/// What comes back is one expression of the kind of the components. Of order two between the ends, and of the order of
/// the edge there. Units: those of the components over those of the spacing.
///
/// What is borrowed, errors and cost are as derivative() says, in one pass over all components. Throws
/// std::invalid_argument if the components differ in shape.
template <class... Arguments>
auto divergence(Arguments&&... arguments) {
  const auto d = detail::partialsOfVector(std::forward<Arguments>(arguments)...);
  return detail::divergenceOf(d, std::make_integer_sequence<int, d.rank>());
}

}  // namespace gridgrad
