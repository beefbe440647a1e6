// SPDX-License-Identifier: MPL-2.0
//
// Storing past the caches: for results far larger than these, which nobody reads soon, and whose old contents a plain
// store would first fetch from memory.

#pragma once

#include <Eigen/Core>

#include <cstddef>

#if defined(__AVX__)
#include <immintrin.h>
#endif

namespace gridgrad {
namespace detail {

/// Worth it where the result is larger than the last-level cache that a core can use on common machines. What the
/// processor says of its caches is no guide: it may count those of other cores, or of the machine beneath a virtual
/// one.
constexpr bool isWorthStreaming(std::size_t bytes) { return bytes >= std::size_t(48) << 20; }

#if defined(__AVX__)
inline constexpr bool canStream = true;
EIGEN_ALWAYS_INLINE void streamStore(float* to, __m256 packet) { _mm256_stream_ps(to, packet); }
EIGEN_ALWAYS_INLINE void streamStore(double* to, __m256d packet) { _mm256_stream_pd(to, packet); }
#if defined(__AVX512F__)
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
