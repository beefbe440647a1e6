// SPDX-License-Identifier: MPL-2.0
//
// curl(u, v[, w], …): how a vector field turns about each point.

#pragma once

#include <utility>

#include <gridgrad/words/partials.hpp>

namespace gridgrad {

/// The curl of a vector field: of two components ∂v/∂x - ∂u/∂y, of three the tuple
/// (∂w/∂y - ∂v/∂z, ∂u/∂z - ∂w/∂x, ∂v/∂x - ∂u/∂y); each of the shape of a component, computed when read.
///
///     auto turning = curl(u, v, h);               // np.gradient(v, h, axis=0) - np.gradient(u, h, axis=1)
///     auto [cx, cy, cz] = curl(u, v, w, x, y, z); // three tensors of three axes
///
/// Component u goes with axis 0, called x here, v with axis 1, y, and w with axis 2, z: the sign is that of a
/// right-handed system of the axes in this order. Where rows are y: -curl(v, u, y, x).
///
/// Arguments, kind, order, units, what is borrowed, errors and cost are as divergence() says; each of three components
/// is one pass.
///
/// Source of the signs: G. K. Batchelor, An Introduction to Fluid Dynamics, Cambridge 1967, section 2.3.
template <class... Arguments>
auto curl(Arguments&&... arguments) {
  using namespace detail::letters;
  static_assert(detail::rankOfFirst<Arguments...> != 1, GRIDGRAD_SAYS_CURL);
  const auto d = detail::partialsOfVector(std::forward<Arguments>(arguments)...);
  static_assert(d.rank == 2 || d.rank == 3, GRIDGRAD_SAYS_CURL);
  if constexpr (d.rank == 2)
    return d(v, x) - d(u, y);
  else
    return detail::oneOrSeveral(d(w, y) - d(v, z), d(u, z) - d(w, x), d(v, x) - d(u, y));
}

}  // namespace gridgrad
