// SPDX-License-Identifier: MPL-2.0
//
// Which type a field's differences are taken in, which type its weights have, and which type its derivative has.

#pragma once

#include <Eigen/Core>

#include <complex>
#include <limits>
#include <type_traits>

#include <gridgrad/detail/arithmetic.hpp>

namespace gridgrad {
namespace detail {

template <class T>
using Plain = std::remove_cv_t<std::remove_reference_t<T>>;

template <class T>
inline constexpr bool isHalf = std::is_same<T, Eigen::half>::value || std::is_same<T, Eigen::bfloat16>::value;

template <class T>
inline constexpr bool isComplex = Eigen::NumTraits<T>::IsComplex != 0;

/// The type in which two samples are subtracted: integers and bool as double, since Eigen's own choice for 8 and 16
/// bits is float; half and bfloat16 as float, so that a derivative is rounded once; everything else as itself.
template <class T>
struct WorkingScalar {
  using type = std::conditional_t<Eigen::NumTraits<T>::IsInteger != 0, double, std::conditional_t<isHalf<T>, float, T>>;
};
template <class T>
struct WorkingScalar<std::complex<T>> {
  using type = std::complex<typename WorkingScalar<T>::type>;
};

/// The type of the derivative: the field's own, but double for integers and bool.
template <class T>
struct DerivativeScalar {
  using type = std::conditional_t<Eigen::NumTraits<T>::IsInteger != 0, double, T>;
};
template <class T>
struct DerivativeScalar<std::complex<T>> {
  using type = std::complex<typename DerivativeScalar<T>::type>;
};

/// The type of the weights: the real type of the working scalar; of a user's vectors, what these are multiplied by.
template <class T, bool isNumber = IsReal<typename WorkingScalar<T>::type>::value || isComplex<T>>
struct WeightScalar {
  using type = typename WorkingScalar<T>::type;
};
template <class T>
struct WeightScalar<T, false> {
  using Real = typename Eigen::NumTraits<T>::Real;
  using type = std::conditional_t<std::is_floating_point<Real>::value, Real, double>;
};
template <class T>
struct WeightScalar<std::complex<T>, true> {
  using type = typename WorkingScalar<T>::type;
};

/// The type in which a distance along an axis is computed: at least double; long double for 64-bit integers, whose
/// neighbours (time stamps in nanoseconds, say) a double cannot always tell apart; a user's own type as it is, or what
/// it becomes when computed with. What is no distance is refused elsewhere.
template <class T, class Within = typename NumberWithin<T>::type>
struct DistanceScalar : DistanceScalar<Within> {};
template <class T>
struct DistanceScalar<T, void> {
  static constexpr bool wide =
      std::is_same<T, long double>::value || (std::is_integral<T>::value && std::numeric_limits<T>::digits > 53);
  using type = std::conditional_t<std::is_arithmetic<T>::value || isHalf<T> || !IsReal<T>::value,
                                  std::conditional_t<wide, long double, double>, T>;
};

/// Whether a user's type is built on a built-in one and no wider (AutoDiffScalar of double, say): numbers reach it
/// through that one.
template <class T>
inline constexpr bool isBuiltOnLiteral =
    !std::is_arithmetic<T>::value && std::numeric_limits<T>::is_specialized &&
    std::is_floating_point<typename Eigen::NumTraits<T>::Literal>::value &&
    std::numeric_limits<T>::digits <= std::numeric_limits<typename Eigen::NumTraits<T>::Literal>::digits;

/// The wider of two distance types; of a user's own type and a built-in one, the user's, unless it is built on one
/// narrower than the other; of two of these, the field's.
template <class Field, class Spacing>
using WiderDistance = std::conditional_t<(std::is_arithmetic<Field>::value && !std::is_arithmetic<Spacing>::value) ||
                                             ((std::is_arithmetic<Field>::value ||
                                               isBuiltOnLiteral<Field>)&&std::is_same<Spacing, long double>::value),
                                         Spacing, Field>;

/// `x` as a To, whether the conversion is implicit or has to be asked for.
template <class To, class From>
EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE To convert(const From& x) {
  if constexpr (isComplex<To> && isComplex<From> && !std::is_same<To, From>::value) {
    using Real = typename To::value_type;
    return To(detail::convert<Real>(x.real()), detail::convert<Real>(x.imag()));
  } else if constexpr (isBuiltOnLiteral<To> && std::is_arithmetic<From>::value) {
    return To(static_cast<typename Eigen::NumTraits<To>::Literal>(x));
  } else {
    return static_cast<To>(x);
  }
}

}  // namespace detail
}  // namespace gridgrad
