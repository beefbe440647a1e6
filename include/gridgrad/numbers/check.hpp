// SPDX-License-Identifier: MPL-2.0
//
// Argument checks and their messages.
//
// The checks are made when a function is called, before anything is evaluated or written. What the types alone can show
// is a static_assert, and its sentence stands in says.hpp.

#pragma once

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <type_traits>

#include <gridgrad/numbers/exponent.hpp>
#include <gridgrad/numbers/fail.hpp>
#include <gridgrad/numbers/packets.hpp>
#include <gridgrad/edge.hpp>

namespace gridgrad {
namespace detail {

/// The axis counted from 0, when it may be counted from the end.
EIGEN_ALWAYS_INLINE Index checkedAxis(Index axis, Index rank) {
  if (axis < -rank || axis >= rank)
    detail::fail<std::out_of_range>("axis ", axis, " was asked for, but the field has ", rank,
                                    rank == 1 ? " axis" : " axes", ": 0 to ", rank - 1, ", or -", rank,
                                    " to -1 from the end");
  return axis < 0 ? axis + rank : axis;
}

/// How many samples an edge needs for the first derivative or the second; a number that is no Edge is refused.
EIGEN_ALWAYS_INLINE Index samplesNeeded(Place place, Edge edge, int order) {
  switch (edge) {
    case Edge::FirstOrder: return order + 1;
    case Edge::SecondOrder: return order + 2;
    case Edge::Periodic: return 1;
  }
  detail::fail<std::invalid_argument>(place, " has an ", edge,
                                      " edge, but it must be Edge::FirstOrder, Edge::SecondOrder or Edge::Periodic");
}

/// Samples beyond one end are those at the other.
EIGEN_ALWAYS_INLINE void checkEdges(Place place, Edges edges) {
  if ((edges.first == Edge::Periodic) != (edges.last == Edge::Periodic))
    detail::fail<std::invalid_argument>(
        place, " is periodic at one end only, but a periodic axis has no ends: ", "Edge::Periodic must stand for both");
}

EIGEN_ALWAYS_INLINE void checkSamples(Place place, Index samples, Edges edges, int order) {
  const auto demand = [&](Edge edge) {
    const Index needed = detail::samplesNeeded(place, edge, order);
    if (samples < needed)
      detail::fail<std::invalid_argument>(place, " has ", Count{samples, "sample"}, ", but a ", edge, " edge ",
                                          order == 1 ? "" : "of a second derivative ", "needs at least ", needed);
  };
  detail::checkEdges(place, edges);
  demand(edges.first);
  if (edges.last != edges.first) demand(edges.last);
}

/// Neither infinite nor NaN, for any scalar that can be subtracted and compared. Of built-in ones it is asked without
/// arithmetic: infinity less infinity is a floating-point exception.
template <class Real>
EIGEN_ALWAYS_INLINE bool isFinite(const Real& x) {
  if constexpr (std::is_floating_point<Real>::value) {
    return detail::exponentOf(x).isFinite();
  } else {
    const Real difference = x - x;
    return difference == Real(0);
  }
}

/// Large enough to have all its digits, and finite.
template <class Real>
EIGEN_ALWAYS_INLINE bool isNormal(const Real& x) {
  if constexpr (std::is_floating_point<Real>::value) {
    return detail::exponentOf(x).isNormal();
  } else {
    const Real least = (std::numeric_limits<Real>::min)(), minusLeast = -least;
    return detail::isFinite(x) && !(x == Real(0)) && !(minusLeast < x && x < least);
  }
}

template <class Real>
void checkStep(Place place, const Real& step) {
  if (!detail::isFinite(step) || step == Real(0))
    detail::fail<std::invalid_argument>(place, " has a step of ", step, ", but a step must be finite and not zero");
}

/// Distances between samples are one fewer, and a step is one number; whoever gave those is told what coordinates are.
inline void checkCount(Place place, Index samples, Index coordinates) {
  if (samples != coordinates)
    detail::fail<std::invalid_argument>(
        place, " has ", Count{samples, "sample"}, ", but ", Count{coordinates, "coordinate"},
        coordinates == 1 ? " was given: " : " were given: ",
        coordinates == 1             ? "a step is given as a number, not as an array"
        : coordinates == samples - 1 ? "coordinates are places, one for each sample, not distances"
                                     : "there must be one for each sample");
}

inline void checkStencilFits(Place place, Index samples, Index made) {
  if (samples != made)
    detail::fail<std::invalid_argument>(place, " has ", Count{samples, "sample"}, ", but its stencil was made for ",
                                        made);
}

/// Whether all coordinates are finite and differ from the next two, asked in packets. If not, or if they have no
/// packets or are few, it may say no all the same.
template <class Real>
bool areDistinct(const Eigen::Array<Real, Eigen::Dynamic, 1>& x) {
  if constexpr (Packets<Real>::exist) {
    using Packet = typename Packets<Real>::type;
    constexpr Index size = Packets<Real>::size;
    const Index n = x.size();
    const Quiet quiet;
    if (n < size + 2 || x[1] == x[0]) return false;
    Everywhere<Real> finite, distinct;
    finite.noteAtLeast(Real(0), Eigen::internal::ploadu<Packet>(x.data()));
    for (Index i = 2; i < n; i += size) {
      const Real* at = x.data() + (std::min)(i, n - size);
      const auto here = Eigen::internal::ploadu<Packet>(at), before = Eigen::internal::ploadu<Packet>(at - 1);
      const auto twoBefore = Eigen::internal::ploadu<Packet>(at - 2), zero = Eigen::internal::pset1<Packet>(Real(0));
      finite.noteAtLeast(Real(0), here);
      distinct.note(Eigen::internal::pcmp_lt(zero, Eigen::internal::pabs(Eigen::internal::psub(here, before))));
      distinct.note(Eigen::internal::pcmp_lt(zero, Eigen::internal::pabs(Eigen::internal::psub(here, twoBefore))));
    }
    return bool(finite) && bool(distinct);
  } else {
    return false;
  }
}

/// Every coordinate is finite and differs from the next two: from the one beside it and from the one beyond.
template <class Coordinates>
void checkCoordinates(Place place, const Coordinates& x) {
  const Index n = x.size();
  if (detail::areDistinct(x)) return;
  for (Index i = 0; i < n; ++i) {
    if (!detail::isFinite(x[i]))
      detail::fail<std::invalid_argument>(place, " has coordinate ", x[i], " at sample ", i,
                                          ", but coordinates must be finite");
    if (i >= 1 && x[i] == x[i - 1])
      detail::fail<std::invalid_argument>(place, " has the same coordinate ", x[i], " at samples ", i - 1, " and ", i,
                                          ", but neighbours must differ: coordinates are places, not distances");
    if (i >= 2 && x[i] == x[i - 2])
      detail::fail<std::invalid_argument>(
          place, " has the same coordinate ", x[i], " at samples ", i - 2, " and ", i,
          ", but the two neighbours of a sample must differ: coordinates are places, not distances");
  }
}

/// The cubic at a second-order edge of a second derivative goes through four samples, of which these two are left to
/// ask.
template <class Coordinates>
void checkEnds(Place place, const Coordinates& x, Edges edges) {
  const auto demand = [&](Edge edge, Index from, Index to) {
    if (edge == Edge::SecondOrder && x[from] == x[to])
      detail::fail<std::invalid_argument>(
          place, " has the same coordinate ", x[from], " at samples ", from, " and ", to,
          ", but at a second-order edge of a second derivative four samples must differ");
  };
  demand(edges.first, 0, 3);
  demand(edges.last, x.size() - 4, x.size() - 1);
}

/// Coordinates alone do not say how far the last sample is from the first.
[[noreturn]] GRIDGRAD_COLD inline void failPeriodUnknown(Place place) {
  detail::fail<std::invalid_argument>(place,
                                      " is periodic and has coordinates, but these do not give the distance from the ",
                                      "last sample to the first: a periodic edge needs a step, or periodic(x, period)");
}

/// Once around is further than from any sample to any other, and samples come in the order they are passed in.
template <class Coordinates, class Real>
void checkPeriod(Place place, const Coordinates& x, const Real& period) {
  if (!detail::isFinite(period) || !(period > Real(0)))
    detail::fail<std::invalid_argument>(place, " has a period of ", period,
                                        ", but a period must be finite and positive");
  const Index n = x.size();
  if (n == 0) return;
  const bool rises = x[n - 1] > x[0];
  for (Index i = 1; i < n; ++i)
    if ((x[i] > x[i - 1]) != rises)
      detail::fail<std::invalid_argument>(place, " is periodic, but its coordinates turn back at sample ", i,
                                          ": they must rise all the way, or fall all the way");
  const Real from = rises ? x[0] : x[n - 1], to = rises ? x[n - 1] : x[0], two(2);
  if (!(period / two > to / two - from / two))  // halves, which cannot overflow
    detail::fail<std::invalid_argument>(place, " has coordinates from ", from, " to ", to, ", but a period of ", period,
                                        ": a period must be greater than their range");
}

/// A weight that overflowed would turn 0 into NaN; weights that vanished, any slope into 0.
[[noreturn]] GRIDGRAD_COLD inline void failWeight(Place place, Index sample) {
  detail::fail<std::invalid_argument>(place, " has distances at sample ", sample,
                                      " too small or too large for weights in the field's precision, but weights must ",
                                      "neither overflow nor vanish");
}

/// One spacing can serve several axes only if it is a step; of a Spacing, that is known at run time.
inline void checkServesAll(bool isStep, Index axes) {
  if (!isStep)
    detail::fail<std::invalid_argument>("coordinates were given for ", axes,
                                        " axes at once, but coordinates belong to one axis: give one spacing per axis");
}

/// The type cannot always tell a vector from a matrix; the sizes can.
inline void checkOneDimensional(Place place, Index rows, Index cols) {
  if (rows != 1 && cols != 1)
    detail::fail<std::invalid_argument>(place, " has ", rows, " x ", cols, " coordinates, but coordinates must be 1-D");
}

/// All components of a vector field have one shape.
inline void checkSameSamples(Index component, Index axis, Index samples, Index ofFirst) {
  if (samples != ofFirst)
    detail::fail<std::invalid_argument>("component ", component, " of the vector field has ", Count{samples, "sample"},
                                        " along axis ", axis, ", but component 0 has ", ofFirst,
                                        ": all components must have the same shape");
}

/// A field that is also assigned to may have been given a new shape before it was read.
template <class Shape>
void checkShapeKept(Index axis, const Shape& before, const Shape& now) {
  if (before == now) return;
  const auto list = [](const Shape& shape) {
    std::ostringstream text;
    for (std::size_t k = 0; k < shape.size(); ++k) text << (k == 0 ? "" : " x ") << shape[k];
    return text.str();
  };
  detail::fail<std::invalid_argument>("the field whose derivative along axis ", axis, " was asked for had ",
                                      list(before), " samples, but has ", list(now),
                                      " now that it is read: assign a derivative of another shape to another tensor");
}

/// A stencil made from a step alone has no rows of weights to show.
inline void checkStencilHasSamples(Index samples) {
  if (samples < 0)
    detail::fail<std::invalid_argument>(
        "the stencil was made from a step for any number of samples, but its weights can be listed ",
        "only for a given number: Stencil(step, samples)");
}

}  // namespace detail
}  // namespace gridgrad
