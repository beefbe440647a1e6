// SPDX-License-Identifier: MPL-2.0
//
// In which packets a run of coefficients is computed.

#pragma once

#include <Eigen/Core>

namespace gridgrad {
namespace detail {

/// Full ones; but half ones where a derivative reads along the run and a full one is as long as a cache line, since two
/// in three of its loads would then cross one.
template <class Scalar, bool along, bool isLong = Eigen::internal::packet_traits<Scalar>::size * sizeof(Scalar) == 64>
struct RunPacket {
  static constexpr int size = Eigen::internal::packet_traits<Scalar>::size;
  using type = typename Eigen::internal::packet_traits<Scalar>::type;
};
template <class Scalar>
struct RunPacket<Scalar, true, true> {
  static constexpr int size = Eigen::internal::packet_traits<Scalar>::size / 2;
  using type = typename Eigen::internal::packet_traits<Scalar>::half;
};

}  // namespace detail
}  // namespace gridgrad
