// SPDX-License-Identifier: MPL-2.0
//
// From whatever the caller gave as a spacing to the rule an evaluator follows, with every question asked on the way.

#pragma once

#include <limits>
#include <memory>
#include <type_traits>
#include <utility>

#include <gridgrad/detail/rule.hpp>
#include <gridgrad/stencil.hpp>

namespace gridgrad {
namespace detail {

template <class Real>
auto share(CoordinateWeights<Real> weights, Place place) {
  if (weights.overflow >= 0) failWeight(place, weights.overflow);
  return std::make_shared<const CoordinateWeights<Real>>(std::move(weights));
}

/// The weights of a stencil in a user's own scalar type.
template <class Real, class From>
CoordinateWeights<Real> convertWeights(const CoordinateWeights<From>& w) {
  const auto end = [](const End<From>& e) {
    End<Real> result = oneDifference(e.term[0].from, e.term[0].to, convert<Real>(e.term[0].weight));
    result.terms = e.terms;
    result.term[1] = {e.term[1].from, e.term[1].to, convert<Real>(e.term[1].weight)};
    return result;
  };
  CoordinateWeights<Real> result{{}, {}, {end(w.ends.first), end(w.ends.last)}};
  for (const From& weight : w.lower) result.lower.push_back(convert<Real>(weight));
  for (const From& weight : w.upper) result.upper.push_back(convert<Real>(weight));
  noteOverflow(result);
  return result;
}

/// From coordinates or a step, as the type says.
template <class Real>
struct RuleMaker {
  template <class S>
  static EIGEN_ALWAYS_INLINE auto make(const S& spacing, Index samples, Edge edge, Place place) {
    using Distance = WiderDistance<typename DistanceScalar<Real>::type, typename SpacingScalar<S>::type>;
    if constexpr (CoordinateSource<S>::known) {
      checkCount(place, samples, CoordinateSource<S>::count(place, spacing));
      checkPeriodKnown(place, edge);
      checkSamples(place, samples, edge);
      const Spacing<Distance> x(place, spacing);
      return Rule<Real, Form::Coordinates>(share(coordinateWeights<Real>(x.coordinates(), edge), place));
    } else {
      checkSamples(place, samples, edge);
      return Rule<Real, Form::Step>(stepWeights<Real>(place, checkedStep<Distance>(place, spacing), samples, edge));
    }
  }

  /// From a Spacing, which knows at run time whether it is coordinates or a step.
  template <class Distance>
  static auto make(const Spacing<Distance>& spacing, Index samples, Edge edge, Place place) {
    using Result = Rule<Real, Form::Either>;
    using Wider = WiderDistance<typename DistanceScalar<Real>::type, Distance>;
    if (!spacing.isStep()) checkCount(place, samples, spacing.coordinates().size());
    if (!spacing.isStep()) checkPeriodKnown(place, edge);
    checkSamples(place, samples, edge);
    if (spacing.isStep()) return Result(stepWeights<Real>(place, convert<Wider>(spacing.step()), samples, edge));
    const Eigen::Array<Wider, Eigen::Dynamic, 1> x = spacing.coordinates().template cast<Wider>();
    return Result(share(gridgrad::detail::coordinateWeights<Real>(x, edge), place));
  }

  /// From a Stencil, which has done the work already and is borrowed where it can be.
  static auto make(const Stencil& stencil, Index samples, Edge, Place place) {
    using Result = Rule<Real, Form::Either>;
    static_assert(!std::numeric_limits<Real>::is_specialized ||
                      std::numeric_limits<Real>::digits <= std::numeric_limits<long double>::digits,
                  GRIDGRAD_SAYS_STENCIL_PRECISION);
    if (stencil.samples() >= 0) checkStencilFits(place, samples, stencil.samples());
    checkSamples(place, samples, stencil.edge());
    if (stencil.isStep()) return Result(stencil.stepWeights<Real>(place, samples));
    if constexpr (std::is_floating_point<Real>::value) {
      const auto& weights = stencil.coordinateWeights<Real>();
      if (weights.overflow >= 0) failWeight(place, weights.overflow);
      return Result(weights);
    } else {
      return Result(share(convertWeights<Real>(stencil.coordinateWeights<long double>()), place));
    }
  }

  static auto make(Stencil&& stencil, Index samples, Edge edge, Place place) {
    auto kept = std::make_shared<const Stencil>(std::move(stencil));
    auto rule = make(*kept, samples, edge, place);
    rule.keep(std::move(kept));
    return rule;
  }
  static auto make(const Stencil&& stencil, Index samples, Edge edge, Place place) {
    return make(Stencil(stencil), samples, edge, place);
  }
};

/// The rule of one axis of `samples` samples. A Stencil's own edge goes before `edge`.
template <class Real, class S>
EIGEN_ALWAYS_INLINE auto makeRule(S&& spacing, Index samples, Edge edge, Place place) {
  return RuleMaker<Real>::make(std::forward<S>(spacing), samples, edge, place);
}

}  // namespace detail
}  // namespace gridgrad
