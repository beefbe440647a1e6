// SPDX-License-Identifier: MPL-2.0
//
// What is asked of the velocity of a flow: vorticity, rate of strain, enstrophy, and two criteria for vortices.
//
// All take the velocity, a component for each axis, then spacings and Edge, as divergence() does, and borrow what it
// borrows; all are computed when read, each in one pass, in the shape of a component.
//
// With J the velocity gradient, Jᵢⱼ = ∂uᵢ/∂xⱼ, these are made of its symmetric part S = (J + Jᵀ)/2, the rate of strain,
// and its antisymmetric part Ω = (J - Jᵀ)/2, the rate of rotation.

#pragma once

#include <type_traits>
#include <utility>

#include <gridgrad/curl.hpp>
#include <gridgrad/words/middle_eigenvalue.hpp>
#include <gridgrad/words/partials.hpp>

namespace gridgrad {
namespace detail {

/// The derivatives of a velocity, which is real and has two components or three.
template <class First, class... Rest>
auto partialsOfFlow(First&& first, Rest&&... rest) {
  static_assert(detail::demandField<First>());
  using OwnTraits = FieldTraitsOf<First>;
  static_assert((OwnTraits::rank == 2 || OwnTraits::rank == 3) && IsReal<typename OwnTraits::Scalar>::value,
                GRIDGRAD_SAYS_FLOW);
  return detail::partialsOfVector(std::forward<First>(first), std::forward<Rest>(rest)...);
}

}  // namespace detail

/// The vorticity ω = ∇ × u of a flow, which is curl() by its name in fluid mechanics: twice the angular velocity at
/// which a small piece of fluid turns. Of two components ∂v/∂x - ∂u/∂y, with its sign; of three, the tuple of
/// components. Not the magnitude: that has lost the axis and the sense of the rotation, and is one line from here,
///
///     auto [ox, oy, oz] = vorticity(u, v, w, h);
///     magnitude = (ox.square() + oy.square() + oz.square()).sqrt();   // or (2 * enstrophy(u, v, w, h)).sqrt()
///
/// Takes what curl() takes: a component for each axis, then spacings and Edge. Kind, what is borrowed, errors and cost
/// are as curl() says. Units: 1/time.
///
/// Source: G. K. Batchelor, An Introduction to Fluid Dynamics, Cambridge 1967, section 2.3.
template <class... Arguments>
auto vorticity(Arguments&&... arguments) {
  return gridgrad::curl(std::forward<Arguments>(arguments)...);
}

/// The rate of strain, Sᵢⱼ = ½(∂uᵢ/∂xⱼ + ∂uⱼ/∂xᵢ): the upper triangle row by row as a tuple. The matrix is symmetric.
/// With the ½: some call 2S the rate of strain, and the shear angle of engineers is 2Sᵢⱼ.
///
///     auto [sxx, sxy, syy] = strainRate(u, v, h);
///     auto [sxx, sxy, sxz, syy, syz, szz] = strainRate(u, v, w, h);
///
/// Takes two or three real components, each a component of the velocity, then spacings and Edge, as divergence() does,
/// and borrows what it borrows. Each entry has the kind and shape of a component and is computed when read, in one
/// pass. Order and errors are as divergence() says. Units: 1/time.
///
/// Source: G. K. Batchelor, An Introduction to Fluid Dynamics, Cambridge 1967, section 2.3.
template <class... Arguments>
auto strainRate(Arguments&&... arguments) {
  using namespace detail::letters;
  const auto d = detail::partialsOfFlow(std::forward<Arguments>(arguments)...);
  const auto half = detail::halfOf(d);
  const auto xy = half * (d(u, y) + d(v, x));
  if constexpr (d.rank == 2)
    return detail::oneOrSeveral(d(u, x), xy, d(v, y));
  else
    return detail::oneOrSeveral(d(u, x), xy, half * (d(u, z) + d(w, x)), d(v, y), half * (d(v, z) + d(w, y)), d(w, z));
}

/// The enstrophy of each point, ½|ω|²: same shape as a component, computed when read. Some authors leave out the ½.
///
///     total = enstrophy(u, v, h).sum() * h * h;
///
/// Takes what strainRate() takes, and borrows what it borrows; one pass over all components. Order and errors are as
/// divergence() says. Units: 1/time².
///
/// Source: U. Frisch, Turbulence: The Legacy of A. N. Kolmogorov, Cambridge 1995, section 2.3.
template <class... Arguments>
auto enstrophy(Arguments&&... arguments) {
  using namespace detail::letters;
  const auto d = detail::partialsOfFlow(std::forward<Arguments>(arguments)...);
  const auto half = detail::halfOf(d);
  const auto aboutZ = d.square(d(v, x) - d(u, y));
  if constexpr (d.rank == 2)
    return half * aboutZ;
  else
    return half * (d.square(d(w, y) - d(v, z)) + d.square(d(u, z) - d(w, x)) + aboutZ);
}

/// The Q-criterion, ½(‖Ω‖² - ‖S‖²), with ‖A‖² = Σᵢⱼ Aᵢⱼ²: positive where rotation outweighs strain, the sign of a
/// vortex.
///
/// Computed as -½ Σᵢⱼ (∂uᵢ/∂xⱼ)(∂uⱼ/∂xᵢ), which is the same for every velocity field, compressible or not. It is the
/// second invariant of J only where the divergence vanishes: that has ½(∇·u)² besides. In two dimensions it is minus
/// the Okubo-Weiss parameter over 4, for a flow without divergence.
///
///     vortices = qCriterion(u, v, w, h) > 0.0;
///
/// Same shape as a component, computed when read. Takes what strainRate() takes, and borrows what it borrows; one pass
/// over all components. Order and errors are as divergence() says. Units: 1/time².
///
/// Source: J. C. R. Hunt, A. A. Wray & P. Moin, Eddies, streams, and convergence zones in turbulent flows, Center for
/// Turbulence Research Report CTR-S88 (1988) 193-208; in this form J. Jeong & F. Hussain, On the identification of a
/// vortex, Journal of Fluid Mechanics 285 (1995) 69-94, doi:10.1017/S0022112095000462.
template <class... Arguments>
auto qCriterion(Arguments&&... arguments) {
  using namespace detail::letters;
  const auto d = detail::partialsOfFlow(std::forward<Arguments>(arguments)...);
  // A number, not an expression: the minus of a user's scalar may be one that refers to what it is the minus of.
  using Scalar = typename decltype(d)::Scalar;
  const Scalar minusHalf = static_cast<Scalar>(-0.5);
  const auto xy = d.product(d(u, y), d(v, x));
  if constexpr (d.rank == 2)
    return minusHalf * (d.square(d(u, x)) + d.square(d(v, y))) - xy;
  else
    return minusHalf * (d.square(d(u, x)) + d.square(d(v, y)) + d.square(d(w, z))) -
           (xy + d.product(d(u, z), d(w, x)) + d.product(d(v, z), d(w, y)));
}

/// The λ₂-criterion: the middle one of the three eigenvalues of S² + Ω², negative in the core of a vortex. In three
/// dimensions only.
///
///     core = lambda2(u, v, w, h) < 0.0;
///
/// Same shape as a component, computed when read. Takes three real tensors of three axes, then spacings and Edge, as
/// divergence() does, and borrows what it borrows. NaN where a derivative, or its square, is not finite. The
/// eigenvalues are Eigen's (SelfAdjointEigenSolver), which dominates the cost. Order and errors are as divergence()
/// says. Units: 1/time².
///
/// Source: J. Jeong & F. Hussain, On the identification of a vortex, Journal of
/// Fluid Mechanics 285 (1995) 69-94, doi:10.1017/S0022112095000462.
template <class... Arguments>
auto lambda2(Arguments&&... arguments) {
  using namespace detail::letters;
  const auto d = detail::partialsOfFlow(std::forward<Arguments>(arguments)...);
  static_assert(d.rank == 3, GRIDGRAD_SAYS_LAMBDA2);
  return detail::middleEigenvalue(d(u, x), d(u, y), d(u, z), d(v, x), d(v, y), d(v, z), d(w, x), d(w, y), d(w, z));
}

}  // namespace gridgrad
