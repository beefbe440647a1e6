// SPDX-License-Identifier: MPL-2.0
//
// Whether a built-in number is finite, and whether it has all its digits: by the bits of its exponent.
//
// With -ffast-math compilers take it that there is no NaN and no infinity, and answer every question of arithmetic for
// one accordingly. And arithmetic with them, even to compare them, raises floating-point exceptions. Bits do neither.

#pragma once

#include <Eigen/Core>

#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>

namespace gridgrad {
namespace detail {

/// The bits of an exponent: none is set in zeros and subnormals, all are in infinities and NaN.
template <unsigned all>
struct Exponent {
  unsigned bits;

  EIGEN_ALWAYS_INLINE bool isFinite() const { return bits != all; }
  EIGEN_ALWAYS_INLINE bool isNormal() const { return bits != 0 && bits != all; }
};

/// `Bits` of the bytes of x, from one on; the compiler is not told any more whose they are.
template <class Bits, class Real>
EIGEN_ALWAYS_INLINE Bits bitsOf(const Real& x, int byte = 0) {
  Bits bits;
  std::memcpy(&bits, reinterpret_cast<const unsigned char*>(&x) + byte, sizeof bits);
#if defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__
  __asm__("" : "+r"(bits));
#endif
  return bits;
}

EIGEN_ALWAYS_INLINE Exponent<0xff> exponentOf(const float& x) {
  return {detail::bitsOf<std::uint32_t>(x) >> 23 & 0xff};
}
EIGEN_ALWAYS_INLINE Exponent<0x7ff> exponentOf(const double& x) {
  return {unsigned(detail::bitsOf<std::uint64_t>(x) >> 52 & 0x7ff)};
}
/// Of long double there are several: that of x86 with 64 digits, that of IEEE 754 with 113; others are two doubles, of
/// which the larger says it, or one.
EIGEN_ALWAYS_INLINE auto exponentOf(const long double& x) {
  constexpr int digits = std::numeric_limits<long double>::digits;
  if constexpr (digits == 64 || digits == 113) {
#if defined(__BYTE_ORDER__) && defined(__ORDER_BIG_ENDIAN__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    constexpr int byte = 0;
#else
    constexpr int byte = digits == 64 ? 8 : 14;
#endif
    return Exponent<0x7fff>{unsigned(detail::bitsOf<std::uint16_t>(x, byte) & 0x7fff)};
  } else {
    return detail::exponentOf(static_cast<double>(x));
  }
}

}  // namespace detail
}  // namespace gridgrad
