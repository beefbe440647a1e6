// SPDX-License-Identifier: MPL-2.0
//
// Coordinates and weights several at a time, in packets: how they are read, divided, and asked whether they are usable.

#pragma once

#include <Eigen/Core>

#include <cstring>
#include <limits>

namespace gridgrad {
namespace detail {

/// Whether a type is a packet of numbers.
template <class Value>
inline constexpr bool isPacket = bool(Eigen::internal::unpacket_traits<Value>::vectorizable);

// Where a compiler is told that there is no NaN, it need not see one in a packet either.
#if defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__
inline constexpr bool seesNaN = false;
#else
inline constexpr bool seesNaN = true;
#endif

/// Whether numbers come in packets that can be divided and compared, and how.
template <class Real>
struct Packets {
  using Traits = Eigen::internal::packet_traits<Real>;
  using type = typename Traits::type;
  static constexpr bool exist = seesNaN && bool(Traits::Vectorizable) && bool(Traits::HasDiv) && bool(Traits::HasCmp);
  static constexpr Eigen::Index size = Traits::size;
};

/// a / b, of numbers or packets of them.
template <class Value>
EIGEN_ALWAYS_INLINE Value over(const Value& a, const Value& b) {
  if constexpr (isPacket<Value>)
    return Eigen::internal::pdiv(a, b);
  else
    return Value(a / b);
}

/// The same number for all.
template <class Value>
EIGEN_ALWAYS_INLINE Value all(int number) {
  if constexpr (isPacket<Value>)
    return Eigen::internal::pset1<Value>(typename Eigen::internal::unpacket_traits<Value>::type(number));
  else
    return Value(number);
}

/// Notes whether every one of many packets holds what is wanted: masks, all ones where it does. A comparison with NaN
/// may raise a floating-point exception: see Quiet.
template <class Real>
class Everywhere {
 public:
  using Packet = typename Packets<Real>::type;

  EIGEN_ALWAYS_INLINE void note(const Packet& mask) { m_all = Eigen::internal::pand(m_all, mask); }

  /// Of numbers from `least` to the largest, which NaN and infinity are not.
  EIGEN_ALWAYS_INLINE void noteAtLeast(const Real& least, const Packet& x) {
    const Packet size = Eigen::internal::pabs(x);
    note(Eigen::internal::pcmp_le(Eigen::internal::pset1<Packet>(least), size));
    note(Eigen::internal::pcmp_le(size, Eigen::internal::pset1<Packet>((std::numeric_limits<Real>::max)())));
  }

  explicit operator bool() const {
    unsigned char bytes[sizeof(Packet)], ones[sizeof(Packet)];
    std::memcpy(bytes, &m_all, sizeof bytes);
    std::memset(ones, 0xff, sizeof ones);
    return std::memcmp(bytes, ones, sizeof bytes) == 0;
  }

 private:
  Packet m_all = Eigen::internal::ptrue(Eigen::internal::pset1<Packet>(Real(0)));
};

}  // namespace detail
}  // namespace gridgrad
