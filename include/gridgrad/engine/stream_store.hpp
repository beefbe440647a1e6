// SPDX-License-Identifier: MPL-2.0
//
// Storing past the caches: for results far larger than these, which nobody reads soon, and whose old contents a plain
// store would first fetch from memory.

#pragma once

#include <Eigen/Core>

#include <cstddef>
#include <cstdint>

// Whether Eigen's packets are those of AVX, not whether the processor has it: the two differ by EIGEN_DONT_VECTORIZE,
// EIGEN_DONT_ALIGN and EIGEN_MAX_ALIGN_BYTES.
#if defined(EIGEN_VECTORIZE_AVX)
#include <immintrin.h>
#endif

namespace gridgrad {
namespace detail {

/// Worth it where the result is larger than the last-level cache that a core can use on common machines. What the
/// processor says of its caches is no guide: it may count those of other cores, or of the machine beneath a virtual
/// one.
#ifndef GRIDGRAD_LARGE_RESULT  // in bytes; a test makes it small
#define GRIDGRAD_LARGE_RESULT (std::size_t(48) << 20)
#endif
constexpr bool isWorthStreaming(std::size_t bytes) { return bytes >= GRIDGRAD_LARGE_RESULT; }

/// Such stores are of whole packets, aligned to themselves. Where memory is not aligned to its own scalar (fields of
/// packed records and messages), stepping from scalar to scalar never leads to one. A compiler may take it that a
/// number lies where numbers of its type may: so it is not told whose address it is asked about.
template <class Scalar>
EIGEN_ALWAYS_INLINE bool isAlignedToScalar(const Scalar* memory) {
  auto address = reinterpret_cast<std::uintptr_t>(memory);
#if defined(__GNUC__)
  __asm__("" : "+r"(address));
#endif
  return address % sizeof(Scalar) == 0;
}

#if defined(EIGEN_VECTORIZE_AVX)
inline constexpr bool canStream = true;
EIGEN_ALWAYS_INLINE void streamStore(float* to, __m256 packet) { _mm256_stream_ps(to, packet); }
EIGEN_ALWAYS_INLINE void streamStore(double* to, __m256d packet) { _mm256_stream_pd(to, packet); }
#if defined(EIGEN_VECTORIZE_AVX512)
EIGEN_ALWAYS_INLINE void streamStore(float* to, __m512 packet) { _mm512_stream_ps(to, packet); }
EIGEN_ALWAYS_INLINE void streamStore(double* to, __m512d packet) { _mm512_stream_pd(to, packet); }
#endif
EIGEN_ALWAYS_INLINE void streamFence() { _mm_sfence(); }
#else
inline constexpr bool canStream = false;
template <class Scalar, class Packet>
void streamStore(Scalar*, const Packet&) {}
inline void streamFence() {}
#endif

}  // namespace detail
}  // namespace gridgrad
