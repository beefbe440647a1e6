// SPDX-License-Identifier: MPL-2.0
//
// Which type a field's differences are taken in, which type its weights have, and which type its derivative has.

#pragma once

#include <Eigen/Core>

#include <complex>
#include <limits>
#include <type_traits>

#include <gridgrad/numbers/arithmetic.hpp>

namespace gridgrad {
namespace detail {

template <class Type>
using Plain = std::remove_cv_t<std::remove_reference_t<Type>>;

template <class Type>
inline constexpr bool isHalf = std::is_same<Type, Eigen::half>::value || std::is_same<Type, Eigen::bfloat16>::value;

template <class Type>
inline constexpr bool isComplex = Eigen::NumTraits<Type>::IsComplex != 0;

/// The type in which two samples are subtracted: integers and bool as double, since Eigen's own choice for 8 and 16
/// bits is float; half and bfloat16 as float, so that a derivative is rounded once; everything else as itself.
template <class Type>
struct WorkingScalar {
  using type =
      std::conditional_t<Eigen::NumTraits<Type>::IsInteger != 0, double, std::conditional_t<isHalf<Type>, float, Type>>;
};
template <class Type>
struct WorkingScalar<std::complex<Type>> {
  using type = std::complex<typename WorkingScalar<Type>::type>;
};

/// The type of the derivative: the field's own, but double for integers and bool.
template <class Type>
struct DerivativeScalar {
  using type = std::conditional_t<Eigen::NumTraits<Type>::IsInteger != 0, double, Type>;
};
template <class Type>
struct DerivativeScalar<std::complex<Type>> {
  using type = std::complex<typename DerivativeScalar<Type>::type>;
};

/// The type of the weights: the real type of the working scalar; of a user's vectors, what these are multiplied by.
template <class Type, bool isNumber = IsReal<typename WorkingScalar<Type>::type>::value || isComplex<Type>>
struct WeightScalar {
  using type = typename WorkingScalar<Type>::type;
};
template <class Type>
struct WeightScalar<Type, false> {
  using Real = typename Eigen::NumTraits<Type>::Real;
  using type = std::conditional_t<std::is_floating_point<Real>::value, Real, double>;
};
template <class Type>
struct WeightScalar<std::complex<Type>, true> {
  using type = typename WorkingScalar<Type>::type;
};

/// The type in which a distance along an axis is computed: at least double; long double for 64-bit integers, whose
/// neighbours (time stamps in nanoseconds, say) a double cannot always tell apart; a user's own type as it is, or what
/// it becomes when computed with. What is no distance is refused elsewhere.
template <class Type, class Within = typename NumberWithin<Type>::type>
struct DistanceScalar {
  using type = typename DistanceScalar<Within, void>::type;
};
template <class Type>
struct DistanceScalar<Type, void> {
  static constexpr bool wide = std::is_same<Type, long double>::value ||
                               (std::is_integral<Type>::value && std::numeric_limits<Type>::digits > 53);
  using type = std::conditional_t<std::is_arithmetic<Type>::value || isHalf<Type> || !IsReal<Type>::value,
                                  std::conditional_t<wide, long double, double>, Type>;
};

/// Whether a user's type is built on a built-in one and no wider (AutoDiffScalar of double, say): numbers reach it
/// through that one.
template <class Type>
inline constexpr bool isBuiltOnLiteral =
    !std::is_arithmetic<Type>::value && std::numeric_limits<Type>::is_specialized &&
    std::is_floating_point<typename Eigen::NumTraits<Type>::Literal>::value &&
    std::numeric_limits<Type>::digits <= std::numeric_limits<typename Eigen::NumTraits<Type>::Literal>::digits;

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
