// SPDX-License-Identifier: MPL-2.0
//
// What a device does for an evaluation: memory, threads, and stores past the caches.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>

#include <gridgrad/engine/stream_store.hpp>
#include <gridgrad/tensor/derivative.hpp>

namespace gridgrad {
namespace detail {

#if defined(EIGEN_USE_GPU)
template <class Device>
inline constexpr bool isGpu = std::is_same<Device, Eigen::GpuDevice>::value;
#else
template <class Device>
inline constexpr bool isGpu = false;
#endif

/// Work for fewer bytes than this is not worth waking threads for.
inline constexpr std::size_t serialBytes = std::size_t(2) << 20;

/// Memory for coefficients on a device.
template <class Scalar, class Device>
struct DeviceMemory {
  static constexpr bool construct = !isGpu<Device> && Eigen::NumTraits<Scalar>::RequireInitialization != 0;

  static Scalar* allocate(const Device& device, Offset count) {
    auto* memory = static_cast<Scalar*>(device.allocate(std::size_t((std::max)(count, Offset(1))) * sizeof(Scalar)));
    if constexpr (construct)
      for (Offset k = 0; k < count; ++k) ::new (static_cast<void*>(memory + k)) Scalar();
    return memory;
  }
  static void deallocate(const Device& device, Scalar* memory, Offset count) {
    if constexpr (construct)
      for (Offset k = 0; k < count; ++k) memory[k].~Scalar();
    device.deallocate(memory);
  }
  static void copy(const Device& device, Scalar* to, const Scalar* from, Offset count) {
    if constexpr (construct)
      std::copy(from, from + count, to);
    else
      device.memcpy(static_cast<void*>(to), from, std::size_t(count) * sizeof(Scalar));
  }
};

template <class Scalar>
inline constexpr bool canBeNonTemporal = canStream &&
                                         (std::is_same<Scalar, float>::value || std::is_same<Scalar, double>::value);

/// Copies to memory past the caches, which is aligned to its scalar.
template <class Scalar>
void streamCopy(const Scalar* from, Scalar* to, Offset count) {
  Offset k = 0;
  if constexpr (canBeNonTemporal<Scalar>) {
    using Packet = typename Eigen::internal::packet_traits<Scalar>::type;
    constexpr Offset size = Eigen::internal::packet_traits<Scalar>::size;
    const auto misaligned = [&] { return reinterpret_cast<std::uintptr_t>(to + k) % sizeof(Packet) != 0; };
    while (k < count && misaligned()) to[k] = from[k], ++k;
    for (; k + size <= count; k += size) detail::streamStore(to + k, Eigen::internal::ploadu<Packet>(from + k));
  }
  for (; k < count; ++k) to[k] = from[k];
}

/// Shares work out, if it is worth waking threads for: parts of `count`, by calls of work(begin, end).
template <class Work>
void share(const Eigen::DefaultDevice&, Offset count, std::size_t, const Eigen::TensorOpCost&, const Work& work) {
  work(Offset(0), count);
}
#ifdef EIGEN_USE_THREADS
template <class Work>
void share(const Eigen::ThreadPoolDevice& device, Offset count, std::size_t bytes, const Eigen::TensorOpCost& cost,
           const Work& work) {
  if (bytes >= serialBytes)
    device.parallelFor(static_cast<Eigen::Index>(count), cost, work);
  else
    work(Offset(0), count);
}
#endif

}  // namespace detail
}  // namespace gridgrad
