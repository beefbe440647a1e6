// SPDX-License-Identifier: MPL-2.0
//
// Runs: coefficients of a derivative that follow each other in memory, computed one after the other or in packets.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <cstdint>
#include <type_traits>

#include <gridgrad/engine/paths.hpp>
#include <gridgrad/engine/rule.hpp>
#include <gridgrad/numbers/scalar.hpp>
#include <gridgrad/engine/stream_store.hpp>
#include <gridgrad/tensor/source.hpp>

namespace gridgrad {
namespace detail {

/// Runs by one rule, of which View is the view, with weights of type Real.
template <class View, class Real, class Scalar, class Index>
struct TensorRuns {
  // What one run computes at its k-th coefficient: between two neighbours along the run or across it, or at an end of
  // the axis across it.
  struct Along {
    static constexpr bool along = true;
    const View& rule;
    Index row, first;  // where the row begins, and the sample at which the run does

    template <class Read>
    EIGEN_ALWAYS_INLINE auto operator()(Index k, Read read) const {
      return rule.between(detail::sampleAt(first + k), read(row));
    }
  };
  struct Across {
    static constexpr bool along = false;
    const View& rule;
    Index line, sample;

    template <class Read>
    EIGEN_ALWAYS_INLINE auto operator()(Index k, Read read) const {
      return rule.betweenHere(detail::sampleAt(sample), read(line + k));
    }
  };
  struct Thin {
    static constexpr bool along = true;
    const View& rule;
    Index below, at;  // the coefficient one sample before the first of the run, and the place of its weights

    template <class Read>
    EIGEN_ALWAYS_INLINE auto operator()(Index k, Read read) const {
      return rule.between(1, detail::sampleAt(at + k), read(below + k));
    }
  };
  struct AtEnd {
    static constexpr bool along = false;
    const View& rule;
    const End<Real>& end;
    Index line;

    template <class Read>
    EIGEN_ALWAYS_INLINE auto operator()(Index k, Read read) const {
      return rule.atEnd(end, read(line + k));
    }
  };

  // How it reads: the samples of the line through a coefficient.
  template <class From>
  struct ReadScalar {
    const From& source;
    Index stride;
    EIGEN_ALWAYS_INLINE SampleReader<From, Index> operator()(Index base) const { return {source, base, stride}; }
  };
  template <class From, class Packet, bool along>
  struct ReadPacket {
    const From& source;
    Index stride;
    EIGEN_ALWAYS_INLINE SamplePacketReader<From, Index, Packet, along> operator()(Index base) const {
      return {source, base, stride};
    }
  };

  /// `count` coefficients to `out`, past the caches if `nonTemporal` says so; samples are `stride` apart.
  template <bool nonTemporal, class From, class Compute>
  static EIGEN_ALWAYS_INLINE void run(const From& from, Index stride, Index count, Scalar* out,
                                      const Compute& compute) {
    if constexpr (From::hasPackets && std::is_same<Scalar, typename From::Scalar>::value) {
      using Packets = RunPacket<Scalar, Compute::along && From::isMemory>;
      if (count >= Packets::size)
        return runInPackets<nonTemporal, typename Packets::type, Packets::size>(from, stride, count, out, compute);
    }
    const ReadScalar<From> read{from, stride};
    for (Index k = 0; k < count; ++k) out[k] = detail::convert<Scalar>(compute(k, read));
  }

 private:
  /// Of a long run, the first packet as it comes and the others where they are aligned; the last so that it overlaps.
  template <bool nonTemporal, class Packet, Index size, class From, class Compute>
  static EIGEN_ALWAYS_INLINE void runInPackets(const From& from, Index stride, Index count, Scalar* out,
                                               const Compute& compute) {
    GRIDGRAD_COUNT(InPackets);
    constexpr int unroll = sizeof(Packet) >= 64 ? 1 : sizeof(Packet) >= 32 ? 2 : 4;
    const ReadPacket<From, Packet, Compute::along> read{from, stride};
    Index k = 0;
    if (count >= 16 * size) {
      store(out, 0, compute, read);
      k = Index((std::uintptr_t(0) - reinterpret_cast<std::uintptr_t>(out)) / sizeof(Scalar) &
                std::uintptr_t(size - 1));
      if constexpr (nonTemporal)
        for (; k + size <= count; k += size) detail::streamStore(out + k, compute(k, read));
    }
    for (; k + unroll * size <= count; k += unroll * size) {
      store(out, k, compute, read);
      if (unroll > 1) store(out, k + size, compute, read);
      if (unroll > 2) store(out, k + 2 * size, compute, read);
      if (unroll > 2) store(out, k + 3 * size, compute, read);
    }
    for (; k + size <= count; k += size) store(out, k, compute, read);
    if (k < count) store(out, count - size, compute, read);
  }
  // A function that is always inlined, and no lambda: what a lambda captures is kept in memory.
  template <class Compute, class Read>
  static EIGEN_ALWAYS_INLINE void store(Scalar* out, Index k, const Compute& compute, const Read& read) {
    Eigen::internal::pstoreu(out + k, compute(k, read));
  }
};

}  // namespace detail
}  // namespace gridgrad
