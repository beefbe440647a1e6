// SPDX-License-Identifier: MPL-2.0
//
// secondDerivative(f, …): the other primitive, compact where a derivative of a derivative is twice as wide.

#pragma once

#include <type_traits>
#include <utility>

#include <gridgrad/derivative.hpp>

namespace gridgrad {

/// The second derivative of `f` along one axis, ∂²f/∂xₐ²: same shape as `f`, computed when read.
///
///     auto c = secondDerivative<0>(f, dx);             // findiff.FinDiff(0, dx, 2)(f), but for its ends
///     auto c = secondDerivative<1>(f, x, Edge::SecondOrder);
///
/// Takes what derivative() takes, gives an expression of the same kind, and borrows what it borrows, a Stencil too.
///
/// Between the ends, the parabola through three samples: (f[i+1] - 2 f[i] + f[i-1]) / h² where they are a step h apart.
/// Zero on constants to the last bit, exact on parabolas on any spacing. Of second order where the spacing is a step or
/// changes smoothly, of first order where it jumps. At the ends, Edge::FirstOrder takes the parabola through the first
/// three samples and is of first order; Edge::SecondOrder the cubic through the first four, of second order. Never a
/// derivative of a derivative. Units: those of `f` over those of the spacing squared. The formulas and their source:
/// docs/mathematics.md.
///
/// Cost: one pass, no allocation; coordinates cost four divisions a sample at the call, and the memory of the weights.
///
/// Throws what derivative() throws; Edge::FirstOrder needs 3 samples, Edge::SecondOrder 4, whose coordinates must all
/// differ, Edge::Periodic 1.
template <int Axis, class Field, class SpacingType, std::enable_if_t<!detail::isEdge<SpacingType>, int> = 0>
EIGEN_ALWAYS_INLINE auto secondDerivative(Field&& f, SpacingType&& spacing, Edges edges = Edge::FirstOrder) {
  return detail::derivativeAlong<2, Axis>(std::forward<Field>(f), std::forward<SpacingType>(spacing), edges);
}

/// The same for samples one unit apart.
template <int Axis, class Field>
EIGEN_ALWAYS_INLINE auto secondDerivative(Field&& f, Edges edges = Edge::FirstOrder) {
  return detail::derivativeAlong<2, Axis>(std::forward<Field>(f), 1, edges);
}

/// The same along an axis known only at run time.
///
/// Throws std::out_of_range if there is no such axis.
template <class Field, class AxisType, class SpacingType,
          std::enable_if_t<detail::isAxis<AxisType> && !detail::isEdge<SpacingType>, int> = 0>
EIGEN_ALWAYS_INLINE auto secondDerivative(Field&& f, AxisType axis, SpacingType&& spacing,
                                          Edges edges = Edge::FirstOrder) {
  return detail::derivativeAlong<2>(std::forward<Field>(f), static_cast<Index>(axis),
                                    std::forward<SpacingType>(spacing), edges);
}

/// The same along an axis known only at run time, for samples one unit apart. Without an edge it does not compile, as
/// derivative() does not.
template <class Field, class AxisType, std::enable_if_t<detail::isAxis<AxisType>, int> = 0>
EIGEN_ALWAYS_INLINE auto secondDerivative(Field&& f, AxisType axis, Edges edges) {
  return detail::derivativeAlong<2>(std::forward<Field>(f), static_cast<Index>(axis), 1, edges);
}

/// @cond  A call that names no axis, or a number that may be one or a step, does not compile, and says so.
template <class Field, class AxisType, std::enable_if_t<detail::isAxis<AxisType>, int> = 0>
auto secondDerivative(Field&&, AxisType) {
  static_assert(detail::demandField<Field>());
  static_assert(detail::never<AxisType>, GRIDGRAD_SAYS_AXIS_OR_STEP_OF_SECOND);
}
template <class Field, class SpacingType, class... Rest,
          std::enable_if_t<detail::lacksAxis<Field, SpacingType>(), int> = 0>
auto secondDerivative(Field&&, SpacingType&&, Rest&&...) {
  static_assert(detail::never<SpacingType>, GRIDGRAD_SAYS_AXIS_OF_SECOND_MISSING);
}
template <class Field, std::enable_if_t<detail::isField<Field>, int> = 0>
auto secondDerivative(Field&&) {
  static_assert(detail::never<Field>, GRIDGRAD_SAYS_AXIS_OF_SECOND_MISSING);
}
/// @endcond

}  // namespace gridgrad
