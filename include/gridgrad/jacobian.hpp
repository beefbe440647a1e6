// SPDX-License-Identifier: MPL-2.0
//
// jacobian(u, v[, w], …): all first derivatives of a vector field.

#pragma once

#include <utility>

#include <gridgrad/words/partials.hpp>

namespace gridgrad {
namespace detail {

template <class Derivatives, int... k>
auto jacobianOf(const Derivatives& d, std::integer_sequence<int, k...>) {
  return detail::oneOrSeveral(d(Letter<k / Derivatives::rank>(), Letter<k % Derivatives::rank>())...);
}

}  // namespace detail

/// The Jacobian matrix of a vector field, ∂uᵢ/∂xⱼ, in a flow the velocity gradient: row by row as a tuple, a row for
/// each component, each entry of the shape of a component, computed when read.
///
///     auto [ux, uy, vx, vy] = jacobian(u, v, h);
///     auto [ux, uy, uz, vx, vy, vz, wx, wy, wz] = jacobian(u, v, w, x, y, z);
///
/// The entry (i, j) is derivative<j>() of component i: np.gradient(components[i], h, axis=j). A vector gives its
/// derivative itself.
///
/// Arguments, kind, order, units, what is borrowed, errors and cost are as divergence() says; each entry is one pass.
template <class... Arguments>
auto jacobian(Arguments&&... arguments) {
  const auto d = detail::partialsOfVector(std::forward<Arguments>(arguments)...);
  return detail::jacobianOf(d, std::make_integer_sequence<int, d.rank * d.rank>());
}

}  // namespace gridgrad
