// SPDX-License-Identifier: MPL-2.0
//
// A spacing says how far apart the samples along an axis are: a step, or one coordinate per sample.

#pragma once

#include <Eigen/Core>

#include <optional>
#include <type_traits>
#include <utility>

#include <gridgrad/numbers/check.hpp>
#include <gridgrad/numbers/coordinates.hpp>
#include <gridgrad/numbers/says.hpp>
#include <gridgrad/numbers/scalar.hpp>

namespace gridgrad {
namespace detail {

/// What can divide is a number; a pointer or a string cannot.
template <class Type, class = void>
struct IsNumber : std::false_type {};
template <class Type>
struct IsNumber<Type, std::void_t<decltype(Type(1) / std::declval<const Type&>())>> : std::true_type {};

/// What was made from a step or coordinates before: a Spacing, a Stencil.
template <class Type>
inline constexpr bool isMadeSpacing = false;

/// Asks of the type of a step, or of a coordinate, what will be done with it.
template <class Type>
constexpr bool demandDistance() {
  static_assert(!isComplex<Type>, GRIDGRAD_SAYS_COMPLEX_SPACING);
  if constexpr (!isComplex<Type>) static_assert(isDistance<Type>, GRIDGRAD_SAYS_DISTANCE);
  return true;
}

/// Asks of a type whether it may be a spacing. First thing in a call, where compilers show the caller's line at once.
template <class SpacingType>
constexpr bool demandSpacing() {
  if constexpr (CoordinateSource<SpacingType>::known) {
    static_assert(CoordinateSource<SpacingType>::oneDimensional, GRIDGRAD_SAYS_COORDINATES_1D);
    if constexpr (CoordinateSource<SpacingType>::oneDimensional)
      detail::demandDistance<typename CoordinateSource<SpacingType>::Scalar>();
  } else if constexpr (isTensor<SpacingType>) {
    static_assert(!isTensor<SpacingType>, GRIDGRAD_SAYS_TENSOR_HEADER);
  } else if constexpr (IsCollection<SpacingType>::value) {
    static_assert(!IsCollection<SpacingType>::value, GRIDGRAD_SAYS_COLLECTION);
  } else if constexpr (!isMadeSpacing<SpacingType>) {
    // Two durations, two points in time and the like can be subtracted; two strings cannot.
    constexpr bool isQuantity = std::is_class<SpacingType>::value && IsPossible<Difference_t, void, SpacingType>::value;
    static_assert(IsNumber<SpacingType>::value || isQuantity, GRIDGRAD_SAYS_SPACING);
    if constexpr (IsNumber<SpacingType>::value || isQuantity) detail::demandDistance<SpacingType>();
  }
  return true;
}

/// A step, as a Real.
template <class Real, class SpacingType>
EIGEN_ALWAYS_INLINE Real checkedStep(Place place, const SpacingType& step) {
  static_assert(std::is_constructible<Real, SpacingType>::value, GRIDGRAD_SAYS_SPACING);
  const Real result = detail::convert<Real>(step);
  detail::checkStep(place, result);
  return result;
}

/// Where the samples are, and, of an axis that closes on itself, how far it is once around in the order of the samples.
template <class Distance>
struct Points {
  Eigen::Array<Distance, Eigen::Dynamic, 1> x;
  Distance around = Distance(0);

  Index size() const { return x.size(); }
  bool arePeriodic() const { return around != Distance(0); }

  /// Of one that closes on itself, samples -1 and size() too.
  Distance operator[](Index k) const {
    if (k < 0) return x[k + size()] - around;
    if (k >= size()) return x[k - size()] + around;
    return x[k];
  }

  template <class Wider>
  Points<Wider> as() const {
    return {x.template cast<Wider>(), detail::convert<Wider>(around)};
  }
};

/// The distance type of a spacing, step or coordinates.
template <class SpacingType, bool IsCoordinates = CoordinateSource<SpacingType>::known>
struct SpacingScalar {
  using type = typename DistanceScalar<SpacingType>::type;
};
template <class SpacingType>
struct SpacingScalar<SpacingType, true> {
  using type = typename DistanceScalar<typename CoordinateSource<SpacingType>::Scalar>::type;
};

}  // namespace detail

/// How far apart the samples along one axis are, in the unit of that axis, and what to do at its ends.
///
///     Spacing(0.1)                     a step: the distance from each sample to the next; may be negative
///     Spacing(x)                       coordinates: where each sample is; may descend and need not be monotone
///     Spacing(0.1, Edge::Periodic)     with an edge of its own, which goes before the Edge of the call
///     Spacing(x, Edge::SecondOrder, Edge::FirstOrder)    an edge for each end
///
/// Coordinates are any 1-D Eigen expression, a tensor of rank 1, a std::vector, a std::array or an array of C, of real
/// numbers. Every function that takes a spacing takes the step or the coordinates themselves; a Spacing is for axes
/// with edges of their own, and for programs that choose between a step and coordinates while they run. Holds a copy of
/// the coordinates, and refers to nothing. `Real` is the type distances are computed in, at least double, and follows
/// from the argument: write Spacing, without angle brackets.
///
/// Cost: allocates for coordinates, not for a step. The weights are computed where it is used; a Stencil computes
/// them once.
///
/// Throws std::invalid_argument if the step is zero or not finite, if a coordinate is not finite or equals one of the
/// next two, or if Edge::Periodic is given for coordinates, which takes periodic().
template <class Real = double>
class Spacing {
 public:
  /// A step or coordinates; the edges are those of the call.
  template <class SpacingType, class = std::enable_if_t<!std::is_base_of<Spacing, SpacingType>::value>>
  explicit Spacing(const SpacingType& spacing) : Spacing(detail::Place::spacing(), spacing) {}

  /// With edges of its own: one Edge for both ends, or Edges.
  template <class SpacingType>
  Spacing(const SpacingType& spacing, Edges edges) : Spacing(detail::Place::spacing(), spacing) {
    detail::checkEdges(detail::Place::spacing(), edges);
    if (!m_isStep && edges.arePeriodic()) detail::failPeriodUnknown(detail::Place::spacing());
    m_edges = edges;
  }

  /// With an edge for each end.
  template <class SpacingType>
  Spacing(const SpacingType& spacing, Edge first, Edge last) : Spacing(spacing, Edges(first, last)) {}

  /// For the library's own use: one whose errors name the axis it is given for.
  template <class SpacingType>
  Spacing(detail::Place place, const SpacingType& spacing) {
    static_assert(!detail::isMadeSpacing<SpacingType>, GRIDGRAD_SAYS_MADE_SPACING);
    static_assert(detail::demandSpacing<SpacingType>());
    if constexpr (detail::CoordinateSource<SpacingType>::known) {
      m_isStep = false;
      m_points.x = detail::CoordinateSource<SpacingType>::template read<Real>(place, spacing);
      detail::checkCoordinates(place, m_points.x);
    } else {
      m_isStep = true;
      m_step = detail::checkedStep<Real>(place, spacing);
    }
  }

  /// Whether it is a step.
  bool isStep() const { return m_isStep; }

  /// The step; zero if there are coordinates.
  const Real& step() const { return m_step; }

  /// The coordinates; empty if there is a step.
  const Eigen::Array<Real, Eigen::Dynamic, 1>& coordinates() const { return m_points.x; }

  /// For the library's own use: the coordinates, and the period if there is one.
  const detail::Points<Real>& points() const { return m_points; }

  /// Its own edges, or those of the call.
  Edges edgesOr(Edges ofCall) const { return m_edges.value_or(ofCall); }

 private:
  template <class Places, class Period>
  friend auto periodic(const Places& x, const Period& period);

  bool m_isStep;
  Real m_step = Real(0);
  detail::Points<Real> m_points;
  std::optional<Edges> m_edges;
};

namespace detail {
template <class Real>
inline constexpr bool isMadeSpacing<Spacing<Real>> = true;
}

/// `Real` is double, or wider if the argument is.
template <class SpacingType>
explicit Spacing(const SpacingType&) -> Spacing<typename detail::SpacingScalar<SpacingType>::type>;
/// The same.
template <class SpacingType>
Spacing(const SpacingType&, Edges) -> Spacing<typename detail::SpacingScalar<SpacingType>::type>;
/// The same.
template <class SpacingType>
Spacing(const SpacingType&, Edge, Edge) -> Spacing<typename detail::SpacingScalar<SpacingType>::type>;

/// Coordinates of an axis that closes on itself: after the last sample comes the first again, one `period` further on.
///
///     derivative<0>(f, periodic(angle, 2 * pi))      // np.gradient has no such thing
///
/// Comes back as a Spacing whose edge is Edge::Periodic, and takes the place of a spacing everywhere. It holds a copy
/// of the coordinates. They may begin anywhere, and rise or fall; the last sample is not the first one again. The
/// period has their unit, and is positive. Where samples are a step apart, Edge::Periodic is all there is to say.
///
/// Throws std::invalid_argument if the coordinates do not rise all the way or fall all the way, or if the period is not
/// greater than their range.
template <class Places, class Period>
auto periodic(const Places& x, const Period& period) {
  static_assert(detail::CoordinateSource<Places>::known && detail::IsNumber<Period>::value, GRIDGRAD_SAYS_PERIODIC);
  static_assert(detail::demandSpacing<Places>() && detail::demandSpacing<Period>());
  using Real =
      detail::WiderDistance<typename detail::SpacingScalar<Places>::type, typename detail::SpacingScalar<Period>::type>;
  Spacing<Real> result(x);
  const Real around = detail::convert<Real>(period);
  detail::checkPeriod(detail::Place::spacing(), result.m_points.x, around);
  const Index n = result.m_points.x.size();
  result.m_points.around = n > 1 && result.m_points.x[n - 1] < result.m_points.x[0] ? Real(-around) : around;
  result.m_edges = Edge::Periodic;
  return result;
}

}  // namespace gridgrad
