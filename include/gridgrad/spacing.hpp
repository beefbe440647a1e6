// SPDX-License-Identifier: MPL-2.0
//
// A spacing says how far apart the samples along an axis are: a step, or one coordinate per sample.

#pragma once

#include <Eigen/Core>

#include <type_traits>
#include <utility>

#include <gridgrad/detail/check.hpp>
#include <gridgrad/detail/scalar.hpp>

namespace gridgrad {
namespace detail {

// Asked of a pointer, since a class may derive from an expression of another type, as VectorBlock does from Block.
template <class Derived>
std::true_type isDenseXpr(const Eigen::DenseBase<Derived>*);
std::false_type isDenseXpr(const void*);

template <class T>
constexpr bool isDense = decltype(isDenseXpr(static_cast<const std::remove_reference_t<T>*>(nullptr)))::value;

template <class T, class = void>
struct IsContiguous : std::false_type {};
template <class T>
struct IsContiguous<T, std::void_t<typename T::value_type, decltype(*std::declval<const T&>().data()),
                                   decltype(std::declval<const T&>().size())>> : std::true_type {};

/// How to read coordinates out of a T. What has no specialisation is no set of coordinates; a world whose arrays are
/// not known here adds its own.
template <class T, class Enable = void>
struct CoordinateSource {
  static constexpr bool known = false;
};

/// Any 1-D Eigen expression; a matrix type may turn out to be a single row or column at run time.
template <class T>
struct CoordinateSource<T, std::enable_if_t<isDense<T>>> {
  static constexpr bool known = true;
  static constexpr bool mayBeOne(int size) { return size == 1 || size == Eigen::Dynamic; }
  static constexpr bool oneDimensional = mayBeOne(T::RowsAtCompileTime) || mayBeOne(T::ColsAtCompileTime);
  using Scalar = typename T::Scalar;

  static Index count(Place place, const T& x) {
    checkOneDimensional(place, x.rows(), x.cols());
    return x.size();
  }

  template <class Real>
  static Eigen::Array<Real, Eigen::Dynamic, 1> read(Place place, const T& x) {
    checkOneDimensional(place, x.rows(), x.cols());
    const auto& values = x.eval();
    Eigen::Array<Real, Eigen::Dynamic, 1> result(values.size());
    for (Index i = 0; i < result.size(); ++i) result[i] = convert<Real>(values.data()[i]);
    return result;
  }
};

/// std::vector, std::array and their like.
template <class T>
struct CoordinateSource<T, std::enable_if_t<!isDense<T> && IsContiguous<T>::value>> {
  static constexpr bool known = true;
  static constexpr bool oneDimensional = !IsContiguous<typename T::value_type>::value;
  using Scalar = typename T::value_type;

  static Index count(Place, const T& x) { return static_cast<Index>(x.size()); }

  template <class Real>
  static Eigen::Array<Real, Eigen::Dynamic, 1> read(Place place, const T& x) {
    Eigen::Array<Real, Eigen::Dynamic, 1> result(count(place, x));
    for (Index i = 0; i < result.size(); ++i) result[i] = convert<Real>(x.data()[i]);
    return result;
  }
};

/// What can divide is a number; a pointer or a string cannot.
template <class T, class = void>
struct IsNumber : std::false_type {};
template <class T>
struct IsNumber<T, std::void_t<decltype(T(1) / std::declval<const T&>())>> : std::true_type {};

/// A step, as a Real.
template <class Real, class S>
EIGEN_ALWAYS_INLINE Real checkedStep(Place place, const S& step) {
  static_assert(!isComplex<S>, GRIDGRAD_SAYS_COMPLEX_SPACING);
  static_assert(IsNumber<S>::value && std::is_constructible<Real, S>::value, GRIDGRAD_SAYS_SPACING);
  const Real result = convert<Real>(step);
  checkStep(place, result);
  return result;
}

/// The distance type of a spacing, step or coordinates.
template <class S, bool IsCoordinates = CoordinateSource<S>::known>
struct SpacingScalar {
  using type = typename DistanceScalar<S>::type;
};
template <class S>
struct SpacingScalar<S, true> {
  using type = typename DistanceScalar<typename CoordinateSource<S>::Scalar>::type;
};

}  // namespace detail

/// How far apart the samples along one axis are, in the unit of that axis.
///
///     Spacing(0.1)     a step: the distance from each sample to the next; may be negative
///     Spacing(x)       coordinates: where each sample is; may descend and need not be monotone
///
/// Every function that takes a spacing takes the step or the coordinates themselves; a Spacing is for programs that
/// choose between the two while they run. Holds a copy of the coordinates. `Real` is the type distances are computed
/// in, at least double.
/// Throws std::invalid_argument if the step is zero or not finite, or if a coordinate is not finite or equals one of
/// the next two.
template <class Real = double>
class Spacing {
 public:
  template <class S, class = std::enable_if_t<!std::is_base_of<Spacing, S>::value>>
  explicit Spacing(const S& spacing) : Spacing(detail::Place::stencil(), spacing) {}

  template <class S>
  Spacing(detail::Place place, const S& spacing) {
    if constexpr (detail::CoordinateSource<S>::known) {
      using Source = detail::CoordinateSource<S>;
      static_assert(Source::oneDimensional, GRIDGRAD_SAYS_COORDINATES_1D);
      static_assert(!detail::isComplex<typename Source::Scalar>, GRIDGRAD_SAYS_COMPLEX_SPACING);
      m_isStep = false;
      m_coordinates = Source::template read<Real>(place, spacing);
      detail::checkCoordinates(place, m_coordinates);
    } else {
      m_isStep = true;
      m_step = detail::checkedStep<Real>(place, spacing);
    }
  }

  bool isStep() const { return m_isStep; }
  const Real& step() const { return m_step; }
  const Eigen::Array<Real, Eigen::Dynamic, 1>& coordinates() const { return m_coordinates; }

 private:
  bool m_isStep;
  Real m_step = Real(0);
  Eigen::Array<Real, Eigen::Dynamic, 1> m_coordinates;
};

template <class S>
explicit Spacing(const S&) -> Spacing<typename detail::SpacingScalar<S>::type>;

}  // namespace gridgrad
