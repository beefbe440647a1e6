// SPDX-License-Identifier: MPL-2.0
//
// The loops that assign an expression with derivatives in it: first the rows and columns at the ends of an axis, then,
// without a test, all the rest.

#pragma once

#include <Eigen/Core>

#include <algorithm>
#include <cstdint>
#include <type_traits>

#include <gridgrad/dense/memory.hpp>
#include <gridgrad/dense/view_kernel.hpp>
#include <gridgrad/engine/paths.hpp>
#include <gridgrad/engine/run_packet.hpp>
#include <gridgrad/engine/stream_store.hpp>
#include <gridgrad/engine/threads.hpp>

namespace gridgrad {
namespace detail {

template <class Xpr>
struct IsDerivative : std::false_type {};
template <class Xpr, int Axis, class Rule>
struct IsDerivative<Derivative<Xpr, Axis, Rule>> : std::true_type {};

/// Assigns src to dst, coefficient by coefficient, each once, or `mayRecompute` where that saves a remainder.
template <class Dst, class Src, class Functor, bool mayRecompute>
class Loops {
  using DstEvaluator = Eigen::internal::evaluator<Dst>;
  using SrcEvaluator = Eigen::internal::evaluator<Src>;
  using SrcKernel = Kernel<Src>;
  using Arguments = typename SrcKernel::Arguments;
  using Scalar = typename Dst::Scalar;

  static constexpr bool isVector = int(Dst::IsVectorAtCompileTime) != 0;
  static constexpr bool isRowMajor = (int(DstEvaluator::Flags) & Eigen::RowMajorBit) != 0;
  static constexpr bool sameOrder = isRowMajor == ((int(SrcEvaluator::Flags) & Eigen::RowMajorBit) != 0) ||
                                    (isVector && int(Src::IsVectorAtCompileTime) != 0);
  static constexpr bool hasPackets =
      sameOrder && takesPackets<Dst> && SrcKernel::hasPackets && std::is_same<Scalar, typename Src::Scalar>::value &&
      bool(Eigen::internal::packet_traits<Scalar>::Vectorizable) &&
      (int(DstEvaluator::Flags) & int(SrcEvaluator::Flags) & Eigen::PacketAccessBit) != 0 &&
      bool(Eigen::internal::functor_traits<Functor>::PacketAccess);

  // Lines run along the inner axis, in the order of memory.
  static constexpr bool innerIsDown = isVector ? int(Dst::ColsAtCompileTime) == 1 : !isRowMajor;
  static constexpr bool readsAlongLines = SrcKernel::readsAlong(innerIsDown);
  static constexpr bool readsAcrossLines = SrcKernel::readsAlong(!innerIsDown);
  static constexpr Region lineBegin = innerIsDown ? Region::FirstRow : Region::FirstColumn;
  static constexpr Region lineEnd = innerIsDown ? Region::LastRow : Region::LastColumn;

  using FullPacket = typename Eigen::internal::packet_traits<Scalar>::type;
  using LinePackets = RunPacket<Scalar, readsAlongLines && !readsAcrossLines>;
  using LinePacket = typename LinePackets::type;

  // Large results are shared among threads: whole lines, or parts of a vector.
  static constexpr bool canShare =
      GRIDGRAD_THREADS && SrcKernel::canShare && isPlainNumber<Scalar> && isKnownFunctor<Functor>;
  static constexpr Index lengthOfPart = 4096;

  // One derivative and nothing else is bound by memory, if the result is large: it may be stored past the caches.
  static constexpr bool canBeNonTemporal = canStream && mayRecompute && hasPackets && IsDerivative<Src>::value;

 public:
  static EIGEN_STRONG_INLINE void run(Dst& dst, const Src& src, const Functor& functor) {
    const Arguments arguments(src);
    Eigen::internal::resize_if_allowed(dst, src, functor);
    if (dst.size() == 0) return;
    GRIDGRAD_COUNT(Loops);
    if (readsAcrossLines) outerLines(dst, src, functor, arguments);
    const Index from = readsAcrossLines ? 1 : 0, begin = readsAlongLines ? 1 : 0, end = length(dst) - begin;
    const auto some = [&](Index line, Index to, Index i, Index iEnd) {
      innerLines(dst, src, functor, arguments, line, to, i, iEnd);
    };
    if constexpr (!canShare) {
      some(from, lines(dst) - from, begin, end);
    } else if constexpr (isVector && !readsAcrossLines) {
      // Parts begin where packets would begin without them, and none is short: so that each coefficient is computed in
      // the same packets by any number of threads.
      const Index first = firstAligned(dst, begin), parts = (std::max)(Index(1), (end - first) / lengthOfPart);
      const auto cut = [&](Index k) { return k == 0 ? begin : k == parts ? end : first + k * lengthOfPart; };
      detail::shareOut(parts, detail::bytesOf(dst), [&](Index k, Index next) { some(0, 1, cut(k), cut(next)); });
    } else {
      detail::shareOut(lines(dst) - 2 * from, detail::bytesOf(dst),
                       [&](Index line, Index to) { some(from + line, from + to, begin, end); });
    }
  }

 private:
  /// What one set of loops reads and writes through. One whose address escapes is read anew after each store, so every
  /// function makes its own.
  struct Pass {
    DstEvaluator dst;
    SrcKernel src;
    const Functor functor;

    EIGEN_ALWAYS_INLINE Pass(Dst& d, const Src& s, const Functor& f, const Arguments& arguments)
        : dst(d), src(s, arguments), functor(f) {}

    EIGEN_ALWAYS_INLINE auto& at(Index line, Index i) {
      return innerIsDown ? dst.coeffRef(i, line) : dst.coeffRef(line, i);
    }
    /// Whether some coefficient of each line lies where a packet is aligned: not if lines begin off their own scalar,
    /// as those of packed records may.
    EIGEN_ALWAYS_INLINE bool canAlign() { return detail::isAlignedToScalar(&at(0, 0)); }

    template <Region region>
    EIGEN_ALWAYS_INLINE void coeff(Index line, Index i) {
      functor.assignCoeff(at(line, i),
                          innerIsDown ? src.template coeff<region>(i, line) : src.template coeff<region>(line, i));
    }
    template <Region region, class Packet>
    EIGEN_ALWAYS_INLINE void packet(Index line, Index i) {
      functor.template assignPacket<Eigen::Unaligned>(&at(line, i), innerIsDown
                                                                        ? src.template packet<region, Packet>(i, line)
                                                                        : src.template packet<region, Packet>(line, i));
    }

    /// To an aligned place.
    template <class Packet>
    EIGEN_ALWAYS_INLINE void stream(Index line, Index i) {
      detail::streamStore(&at(line, i), innerIsDown ? src.template packet<Region::Interior, Packet>(i, line)
                                                    : src.template packet<Region::Interior, Packet>(line, i));
    }

    template <Region region>
    EIGEN_ALWAYS_INLINE void coeffs(Index line, Index begin, Index end) {
      for (Index i = begin; i < end; ++i) coeff<region>(line, i);
    }

    /// The two ends of some lines.
    EIGEN_ALWAYS_INLINE void ends(Index from, Index to, Index last) {
      for (Index line = from; line < to; ++line) {
        coeff<lineBegin>(line, 0);
        if (last > 0) coeff<lineEnd>(line, last);
      }
    }

    /// At least two packets of a line. They are stored where they are aligned if `align`; what is left at the two ends
    /// is in packets that overlap their neighbours, or done one by one.
    template <Region region, class Packet, bool nonTemporal = false>
    EIGEN_ALWAYS_INLINE void packets(Index line, Index begin, Index end, bool align) {
      constexpr Index size = Eigen::internal::unpacket_traits<Packet>::size;
      constexpr int unroll = sizeof(Packet) >= 64 ? 1 : sizeof(Packet) >= 32 ? 2 : 4;
      if (region == Region::Interior) src.enterLine(line, innerIsDown);
      Index i = begin;
      if (align) {
        const auto address = reinterpret_cast<std::uintptr_t>(&at(line, begin));
        i += Index((std::uintptr_t(0) - address) / sizeof(Scalar) & std::uintptr_t(size - 1));
        if (mayRecompute)
          packet<region, Packet>(line, begin);
        else
          coeffs<region>(line, begin, i);
      }
      if constexpr (nonTemporal)
        for (; i + size <= end; i += size) stream<Packet>(line, i);
      for (; i + unroll * size <= end; i += unroll * size)
        for (int k = 0; k < unroll; ++k) packet<region, Packet>(line, i + k * size);
      for (; i + size <= end; i += size) packet<region, Packet>(line, i);
      if (mayRecompute) {
        if (i < end) packet<region, Packet>(line, end - size);
        return;
      }
      using Half = typename Eigen::internal::unpacket_traits<Packet>::half;
      constexpr Index half = sizeof(Half) / sizeof(Scalar);
      if constexpr (half < size)
        for (; i + half <= end; i += half) packet<region, Half>(line, i);
      coeffs<region>(line, i, end);
    }
  };

  static EIGEN_ALWAYS_INLINE Index lines(const Dst& dst) { return isVector ? 1 : isRowMajor ? dst.rows() : dst.cols(); }
  static EIGEN_ALWAYS_INLINE Index length(const Dst& dst) {
    return isVector ? dst.size() : isRowMajor ? dst.cols() : dst.rows();
  }

  /// The first and the last line, where a derivative across the lines misses a neighbour.
  static EIGEN_DONT_INLINE void outerLines(Dst& dst, const Src& src, const Functor& functor,
                                           const Arguments& arguments) {
    Pass pass(dst, src, functor, arguments);
    const Index end = length(dst), last = lines(dst) - 1;
    for (Index line = 0;; line = last) {
      if constexpr (hasPackets) {
        if (end >= 2 * RunPacket<Scalar, false>::size)
          pass.template packets<Region::Anywhere, FullPacket>(line, 0, end, false);
        else
          pass.template coeffs<Region::Anywhere>(line, 0, end);
      } else {
        pass.template coeffs<Region::Anywhere>(line, 0, end);
      }
      if (line == last) return;
    }
  }

  /// The coefficient of a vector, from `begin` on, at which packets are aligned.
  static EIGEN_ALWAYS_INLINE Index firstAligned(Dst& dst, Index begin) {
    if constexpr (hasPackets) {
      const Scalar* at = &dst.coeffRef(0) + begin;
      if (!detail::isAlignedToScalar(at)) return begin;
      return begin + Index((std::uintptr_t(0) - reinterpret_cast<std::uintptr_t>(at)) / sizeof(Scalar) &
                           std::uintptr_t(LinePackets::size - 1));
    }
    return begin;
  }

  /// The lines [line, to): their ends some lines at a time, and of each what is between, the coefficients [begin, end).
  static EIGEN_DONT_INLINE void innerLines(Dst& dst, const Src& src, const Functor& functor, const Arguments& arguments,
                                           Index line, const Index to, const Index begin, const Index end) {
    Pass pass(dst, src, functor, arguments), ends(dst, src, functor, arguments);
    constexpr Index some = 16;
    const bool align = readsAlongLines && length(dst) >= Index(2048 / sizeof(Scalar)) && pass.canAlign();
    const bool nonTemporal = canBeNonTemporal && detail::isWorthStreaming(detail::bytesOf(dst)) && pass.canAlign();
    const bool inPackets = hasPackets && line < to && end - begin >= 2 * LinePackets::size;
    if (inPackets) GRIDGRAD_COUNT(InPackets);
    if (inPackets && nonTemporal) GRIDGRAD_COUNT(PastTheCaches);
    while (line < to) {
      const Index next = (std::min)(line + some, to);
      if (readsAlongLines && isVector) {
        if (begin == 1) pass.template coeff<lineBegin>(0, 0);
        if (end == length(dst) - 1 && end > 0) pass.template coeff<lineEnd>(0, end);
      } else if (readsAlongLines) {
        lineEnds(ends, line, next, length(dst) - 1);
      }
      if constexpr (hasPackets) {
        if (inPackets) {
          if constexpr (canBeNonTemporal) {
            if (nonTemporal) {
              for (; line < next; ++line)
                pass.template packets<Region::Interior, LinePacket, true>(line, begin, end, true);
              continue;
            }
          }
          for (; line < next; ++line) pass.template packets<Region::Interior, LinePacket>(line, begin, end, align);
          continue;
        }
      }
      for (; line < next; ++line) pass.template coeffs<Region::Interior>(line, begin, end);
    }
    if (nonTemporal) detail::streamFence();
  }

  static EIGEN_DONT_INLINE void lineEnds(Pass& pass, Index from, Index to, Index last) { pass.ends(from, to, last); }
};

}  // namespace detail
}  // namespace gridgrad
