// SPDX-License-Identifier: MPL-2.0
//
// From whatever the caller gave as a spacing to the rule an evaluator follows, with every question asked on the way.

#pragma once

#include <limits>
#include <memory>
#include <type_traits>
#include <utility>

#include <gridgrad/engine/rule.hpp>
#include <gridgrad/stencil.hpp>

namespace gridgrad {
namespace detail {

/// From places, for a derivative of this order.
template <class Real, int order, class Distance>
auto placedWeights(const Points<Distance>& x, Edges edges, Place place) {
  if constexpr (order == 2) detail::checkEnds(place, x.x, edges);
  return detail::coordinateWeights<Real, order>(x, edges);
}

template <class Real>
auto share(CoordinateWeights<Real> weights, Place place) {
  if (weights.overflow >= 0) detail::failWeight(place, weights.overflow);
  return std::make_shared<const CoordinateWeights<Real>>(std::move(weights));
}

/// From coordinates or a step, as the type says.
template <class Real, int order>
struct RuleMaker {
  template <class SpacingType>
  static EIGEN_ALWAYS_INLINE auto make(const SpacingType& spacing, Index samples, Edges edges, Place place) {
    using Distance = WiderDistance<typename DistanceScalar<Real>::type, typename SpacingScalar<SpacingType>::type>;
    static_assert(std::is_constructible<Real, const Distance&>::value, GRIDGRAD_SAYS_OTHER_DISTANCE);
    if constexpr (CoordinateSource<SpacingType>::known) {
      detail::checkCount(place, samples, CoordinateSource<SpacingType>::count(place, spacing));
      if (edges.arePeriodic()) detail::failPeriodUnknown(place);
      detail::checkSamples(place, samples, edges, order);
      const Spacing<Distance> x(place, spacing);
      return Rule<Real, Form::Coordinates, order>(
          detail::share(detail::placedWeights<Real, order>(x.points(), edges, place), place));
    } else {
      detail::checkSamples(place, samples, edges, order);
      const Distance step = detail::checkedStep<Distance>(place, spacing);
      return Rule<Real, Form::Step, order>(detail::stepWeights<Real, order>(place, step, samples, edges));
    }
  }

  /// From a Spacing, which knows at run time whether it is coordinates or a step.
  template <class Distance>
  static auto make(const Spacing<Distance>& spacing, Index samples, Edges ofCall, Place place) {
    using Result = Rule<Real, Form::Either, order>;
    using Wider = WiderDistance<typename DistanceScalar<Real>::type, Distance>;
    static_assert(std::is_constructible<Real, const Wider&>::value, GRIDGRAD_SAYS_OTHER_DISTANCE);
    const Edges edges = spacing.edgesOr(ofCall);
    if (!spacing.isStep()) detail::checkCount(place, samples, spacing.points().size());
    if (!spacing.isStep() && edges.arePeriodic() && !spacing.points().arePeriodic()) detail::failPeriodUnknown(place);
    detail::checkSamples(place, samples, edges, order);
    if (spacing.isStep())
      return Result(detail::stepWeights<Real, order>(place, detail::convert<Wider>(spacing.step()), samples, edges));
    return Result(
        detail::share(detail::placedWeights<Real, order>(spacing.points().template as<Wider>(), edges, place), place));
  }

  /// From a Stencil, which has done the work already and is borrowed where it can be.
  static auto make(const Stencil& stencil, Index samples, Edges, Place place) {
    using Result = Rule<Real, Form::Either, order>;
    static_assert(!std::numeric_limits<Real>::is_specialized ||
                      std::numeric_limits<Real>::digits <= std::numeric_limits<long double>::digits,
                  GRIDGRAD_SAYS_STENCIL_PRECISION);
    if (stencil.samples() >= 0) detail::checkStencilFits(place, samples, stencil.samples());
    detail::checkSamples(place, samples, stencil.edges(), order);
    if (stencil.isStep()) return Result(stencil.stepWeights<Real, order>(place, samples));
    if constexpr (std::is_floating_point<Real>::value) {
      const auto& weights = stencil.coordinateWeights<Real, order>();
      if (weights.overflow >= 0) detail::failWeight(place, weights.overflow);
      return Result(weights);
    } else {
      return Result(detail::share(stencil.coordinateWeights<long double, order>().template as<Real>(), place));
    }
  }

  static auto make(Stencil&& stencil, Index samples, Edges edges, Place place) {
    auto kept = std::make_shared<const Stencil>(std::move(stencil));
    auto rule = make(*kept, samples, edges, place);
    rule.keep(std::move(kept));
    return rule;
  }
  static auto make(const Stencil&& stencil, Index samples, Edges edges, Place place) {
    return make(Stencil(stencil), samples, edges, place);
  }
};

/// The rule of one axis of `samples` samples, for a derivative of this order. A spacing's own edges go before `edges`.
template <class Real, int order, class SpacingType>
EIGEN_ALWAYS_INLINE auto makeRule(SpacingType&& spacing, Index samples, Edges edges, Place place) {
  return RuleMaker<Real, order>::make(std::forward<SpacingType>(spacing), samples, edges, place);
}

}  // namespace detail
}  // namespace gridgrad
