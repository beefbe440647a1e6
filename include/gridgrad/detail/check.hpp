// SPDX-License-Identifier: MPL-2.0
//
// Every question asked of an argument, and every sentence said when the answer is no.
//
// Numbers are checked when the call is made, before anything is evaluated or written. What the types alone can show
// is a static_assert where the types are known; its sentence is here too, so that all of them read alike.

#pragma once

#include <Eigen/Core>

#include <cstdio>
#include <cstdlib>
#include <limits>
#include <ostream>
#include <sstream>
#include <stdexcept>
#include <string>

#include <gridgrad/edge.hpp>

#if defined(__cpp_exceptions) || defined(__EXCEPTIONS) || defined(_CPPUNWIND)
#define GRIDGRAD_EXCEPTIONS 1
#else
#define GRIDGRAD_EXCEPTIONS 0
#endif

#if defined(__GNUC__)
#define GRIDGRAD_COLD __attribute__((noinline, cold))
#else
#define GRIDGRAD_COLD
#endif

#define GRIDGRAD_SAYS_FIELD                                                                                        \
  "gridgrad: the field must be an Eigen array, matrix, Map, Ref, Block or an expression of them; wrap other data " \
  "in an Eigen::Map, and for an Eigen::Tensor include <gridgrad/tensor.hpp>"
#define GRIDGRAD_SAYS_AXIS \
  "gridgrad: this axis does not exist: axes count from 0, or from -1 at the end, and a vector has only axis 0"
#define GRIDGRAD_SAYS_REPEATED_AXIS "gridgrad: each axis can be asked for only once"
#define GRIDGRAD_SAYS_ONE_SPACING_PER_AXIS \
  "gridgrad: give no spacing, one step for every axis, or one spacing per axis (then, last, an Edge)"
#define GRIDGRAD_SAYS_EDGE_LAST "gridgrad: an Edge goes last, after the spacings"
#define GRIDGRAD_SAYS_SPACING                                                                                    \
  "gridgrad: a spacing must be a step (a real number), the coordinates of the samples (a 1-D Eigen expression, " \
  "std::vector or std::array of real numbers), or a gridgrad::Stencil"
#define GRIDGRAD_SAYS_COMPLEX_SPACING "gridgrad: a spacing must be real: distances along an axis are not complex"
#define GRIDGRAD_SAYS_COORDINATES_1D "gridgrad: coordinates must be 1-D, one for each sample along the axis"
#define GRIDGRAD_SAYS_STENCIL_PRECISION                                                         \
  "gridgrad: a Stencil holds weights up to long double; give a more precise field its step or " \
  "coordinates themselves"

namespace gridgrad {
namespace detail {

/// Says the sentence: throws it as an Error, or, where exceptions are off, prints it and aborts.
template <class Error, class... Parts>
[[noreturn]] GRIDGRAD_COLD void fail(const Parts&... parts) {
  std::ostringstream sentence;
  sentence.precision(15);
  sentence << "gridgrad: ";
  (sentence << ... << parts);
#if GRIDGRAD_EXCEPTIONS
  throw Error(sentence.str());
#else
  std::fprintf(stderr, "%s\n", sentence.str().c_str());
  std::abort();
#endif
}

/// Where a complaint belongs: to an axis of a field, or to a stencil that is made before any field is seen.
struct Place {
  Index axis;
  static Place stencil() { return {-1}; }

  friend std::ostream& operator<<(std::ostream& out, Place place) {
    return place.axis < 0 ? out << "the stencil" : out << "axis " << place.axis;
  }
};

/// "1 sample", "2 samples".
struct Count {
  Index count;
  const char* thing;

  friend std::ostream& operator<<(std::ostream& out, Count c) {
    return out << c.count << ' ' << c.thing << (c.count == 1 ? "" : "s");
  }
};

/// The axis counted from 0, when it may be counted from the end.
EIGEN_ALWAYS_INLINE Index checkedAxis(Index axis, Index rank) {
  if (axis < -rank || axis >= rank)
    fail<std::out_of_range>("axis ", axis, " was asked for, but the field has ", rank, rank == 1 ? " axis" : " axes",
                            ": 0 to ", rank - 1, ", or -", rank, " to -1 from the end");
  return axis < 0 ? axis + rank : axis;
}

/// An edge needs this many samples; a number that is no Edge is refused.
EIGEN_ALWAYS_INLINE Index samplesNeeded(Place place, Edge edge) {
  switch (edge) {
    case Edge::FirstOrder: return 2;
    case Edge::SecondOrder: return 3;
    case Edge::Periodic: return 1;
  }
  fail<std::invalid_argument>(place, " has an ", edge,
                              " edge, but it must be Edge::FirstOrder, Edge::SecondOrder or Edge::Periodic");
}

EIGEN_ALWAYS_INLINE void checkSamples(Place place, Index samples, Edge edge) {
  const Index needed = samplesNeeded(place, edge);
  if (samples < needed)
    fail<std::invalid_argument>(place, " has ", Count{samples, "sample"}, ", but a ", edge, " edge needs at least ",
                                needed);
}

/// Neither infinite nor NaN, for any scalar that can be subtracted and compared.
template <class Real>
bool isFinite(const Real& x) {
  const Real difference = x - x;
  return difference == Real(0);
}

/// Large enough to have all its digits, and finite.
template <class Real>
bool isNormal(const Real& x) {
  if constexpr (std::is_floating_point<Real>::value) {
    const Real size = x < 0 ? -x : x;
    return size >= std::numeric_limits<Real>::min() && size <= std::numeric_limits<Real>::max();
  }
  const Real least = std::numeric_limits<Real>::min(), minusLeast = -least;
  return isFinite(x) && x != Real(0) && !(minusLeast < x && x < least);
}

template <class Real>
void checkStep(Place place, const Real& step) {
  if (!isFinite(step) || step == Real(0))
    fail<std::invalid_argument>(place, " has a step of ", step, ", but a step must be finite and not zero");
}

inline void checkCount(Place place, Index samples, Index coordinates) {
  if (samples != coordinates)
    fail<std::invalid_argument>(place, " has ", Count{samples, "sample"}, ", but ", Count{coordinates, "coordinate"},
                                coordinates == 1 ? " was given" : " were given");
}

inline void checkStencilFits(Place place, Index samples, Index made) {
  if (samples != made)
    fail<std::invalid_argument>(place, " has ", Count{samples, "sample"}, ", but its stencil was made for ", made);
}

/// Every coordinate is finite and differs from the next two: from the one beside it and from the one beyond.
template <class Coordinates>
void checkCoordinates(Place place, const Coordinates& x) {
  for (Index i = 0; i < x.size(); ++i) {
    if (!isFinite(x[i]))
      fail<std::invalid_argument>(place, " has coordinate ", x[i], " at sample ", i,
                                  ", but coordinates must be finite");
    if (i >= 1 && x[i] == x[i - 1])
      fail<std::invalid_argument>(place, " has the same coordinate ", x[i], " at samples ", i - 1, " and ", i,
                                  ", but neighbours must differ");
    if (i >= 2 && x[i] == x[i - 2])
      fail<std::invalid_argument>(place, " has the same coordinate ", x[i], " at samples ", i - 2, " and ", i,
                                  ", but the two neighbours of a sample must differ");
  }
}

/// Coordinates alone do not say how far the last sample is from the first.
inline void checkPeriodKnown(Place place, Edge edge) {
  if (edge == Edge::Periodic)
    fail<std::invalid_argument>(place, " is periodic and has coordinates, but these do not give the distance from the ",
                                "last sample to the first: a periodic edge needs a step");
}

/// A weight that overflowed would turn 0 into NaN; weights that vanished, any slope into 0.
[[noreturn]] GRIDGRAD_COLD inline void failWeight(Place place, Index sample) {
  fail<std::invalid_argument>(place, " has distances at sample ", sample,
                              " too small or too large for weights in the field's precision, but weights must ",
                              "neither overflow nor vanish");
}

/// One spacing can serve several axes only if it is a step; of a Spacing, that is known at run time.
inline void checkServesAll(bool isStep, Index axes) {
  if (!isStep)
    fail<std::invalid_argument>("coordinates were given for ", axes,
                                " axes at once, but coordinates belong to one axis: give one spacing per axis");
}

/// The type cannot always tell a vector from a matrix; the sizes can.
inline void checkOneDimensional(Place place, Index rows, Index cols) {
  if (rows != 1 && cols != 1)
    fail<std::invalid_argument>(place, " has ", rows, " x ", cols, " coordinates, but coordinates must be 1-D");
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
  fail<std::invalid_argument>("the field whose derivative along axis ", axis, " was asked for had ", list(before),
                              " samples, but has ", list(now),
                              " now that it is read: assign a derivative of another shape to another tensor");
}

/// A stencil made from a step alone has no rows of weights to show.
inline void checkStencilHasSamples(Index samples) {
  if (samples < 0)
    fail<std::invalid_argument>(
        "the stencil was made from a step for any number of samples, but its weights can be listed ",
        "only for a given number: Stencil(step, samples)");
}

}  // namespace detail
}  // namespace gridgrad
