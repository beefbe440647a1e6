// SPDX-License-Identifier: MPL-2.0
//
// Where the loops over a tensor read their samples, one at a time or in packets: from memory, or from an evaluator.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <type_traits>

#include <gridgrad/engine/run_packet.hpp>
#include <gridgrad/numbers/scalar.hpp>
#include <gridgrad/tensor/derivative.hpp>

namespace gridgrad {
namespace detail {

/// An argument that lies in memory, from coefficient `origin` on.
template <class Type, class Index>
struct MemorySource {
  using Scalar = Type;
  static constexpr bool isMemory = true;
  static constexpr bool hasPackets =
      std::is_floating_point<Type>::value && bool(Eigen::internal::packet_traits<Type>::Vectorizable);

  const Type* data;
  Index origin = 0;

  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE const Type& coeff(Index k) const { return data[k - origin]; }
  template <class Packet>
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE Packet packet(Index k) const {
    return Eigen::internal::ploadu<Packet>(data + (k - origin));
  }
};

/// An argument that is computed on the way, with packets as Eigen's evaluators know them: full ones.
template <class Evaluator>
struct ComputedSource {
  using Scalar = std::remove_const_t<typename Evaluator::Scalar>;
  using Index = typename Evaluator::Index;
  static constexpr bool isMemory = false;
  static constexpr bool hasPackets = std::is_floating_point<Scalar>::value && Evaluator::PacketAccess != 0;

  const Evaluator& evaluator;

  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE Scalar coeff(Offset k) const { return evaluator.coeff(static_cast<Index>(k)); }
  template <class Packet>
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE Packet packet(Offset k) const {
    return evaluator.template packet<Eigen::Unaligned>(static_cast<Index>(k));
  }

  /// The coefficients [begin, end), to `out`.
  void copy(Offset begin, Offset end, Scalar* out) const {
    Offset k = begin;
    if constexpr (hasPackets) {
      constexpr Offset size = Eigen::internal::packet_traits<Scalar>::size;
      for (; k + size <= end; k += size)
        Eigen::internal::pstoreu(out + (k - begin), packet<typename Evaluator::PacketReturnType>(k));
    }
    for (; k < end; ++k) out[k - begin] = coeff(k);
  }
};

/// The last four samples of an argument along an axis, `length` coefficients of each, one after the other in a ring.
template <class Type, class Index>
struct RingSource {
  using Scalar = Type;
  static constexpr bool isMemory = true;
  static constexpr bool hasPackets = MemorySource<Type, Index>::hasPackets;
  static constexpr Index length = 1024, size = 4 * length;

  Type* data;

  EIGEN_ALWAYS_INLINE const Type& coeff(Index k) const { return data[k & (size - 1)]; }
  template <class Packet>
  EIGEN_ALWAYS_INLINE Packet packet(Index k) const {
    return Eigen::internal::ploadu<Packet>(data + (k & (size - 1)));
  }
};

/// Reads the samples along the axis that goes through coefficient `base`, one at a time, in the type they are
/// subtracted in.
template <class Source, class Index>
struct SampleReader {
  using Value = typename WorkingScalar<typename Source::Scalar>::type;
  using Real = typename WeightScalar<typename Source::Scalar>::type;

  const Source& source;
  Index base, stride;

  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE Value operator()(Eigen::Index k) const {
    return detail::convert<Value>(source.coeff(base + static_cast<Index>(k) * stride));
  }
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE const Real& weight(const Real& w) const { return w; }
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE const Real& weight(const Real* w) const { return *w; }
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE Value difference(const Value& from, const Value& to) const {
    return Value(to - from);
  }
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE Value scaled(const Real& w, const Value& from, const Value& to) const {
    return Value(w * difference(from, to));
  }
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE Value sum(const Value& a, const Value& b) const { return Value(a + b); }
};

/// The same, a packet at a time; `along` says that a packet lies along the axis, so that each of its values has weights
/// of its own.
template <class Source, class Index, class Packet, bool along>
struct SamplePacketReader {
  using Real = typename Source::Scalar;

  const Source& source;
  Index base, stride;

  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE Packet operator()(Eigen::Index k) const {
    return source.template packet<Packet>(base + static_cast<Index>(k) * stride);
  }
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE Packet weight(const Real& w) const { return Eigen::internal::pset1<Packet>(w); }
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE Packet weight(const Real* w) const {
    return along ? Eigen::internal::ploadu<Packet>(w) : Eigen::internal::pset1<Packet>(*w);
  }
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE Packet difference(const Packet& from, const Packet& to) const {
    return Eigen::internal::psub(to, from);
  }
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE Packet scaled(const Packet& w, const Packet& from, const Packet& to) const {
    return Eigen::internal::pmul(w, difference(from, to));
  }
  EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE Packet sum(const Packet& a, const Packet& b) const {
    return Eigen::internal::padd(a, b);
  }
};

}  // namespace detail
}  // namespace gridgrad
