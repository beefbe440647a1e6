// SPDX-License-Identifier: MPL-2.0
//
// Where an array lies in memory, and whether two arrays share some of it.

#pragma once

#include <Eigen/Core>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include <gridgrad/engine/known_functors.hpp>

namespace gridgrad {
namespace detail {

/// Nothing: nothing read is written. SamePlace: each coefficient reads, of what is written, only itself. Some: all
/// else.
enum class Overlap { Nothing = 0, SamePlace = 1, Some = 2 };

/// The memory an array lies in: where it begins and ends, and how it is laid out between. Bytes are counted in a type
/// that can hold them, whatever Eigen's Index is.
struct Memory {
  bool known = false;
  std::uintptr_t begin = 0, end = 0;
  std::ptrdiff_t rowStride = 0, colStride = 0;  // in bytes

  /// What an expression that reads `other` reads of this memory.
  EIGEN_ALWAYS_INLINE Overlap overlap(const Memory& other, bool inPlace) const {
    if (other.begin == other.end) return Overlap::Nothing;
    if (known && (other.end <= begin || end <= other.begin)) return Overlap::Nothing;
    const bool same = known && inPlace && begin == other.begin && end == other.end && rowStride == other.rowStride &&
                      colStride == other.colStride;
    return same ? Overlap::SamePlace : Overlap::Some;
  }
};

template <class Xpr, class = void>
struct HasData : std::false_type {};
template <class Xpr>
struct HasData<Xpr, std::void_t<decltype(std::declval<const Xpr&>().data())>> : std::true_type {};

/// A view through a function of the user's, which may lead anywhere.
template <class Xpr>
struct IsUsersView : std::false_type {};
template <class Op, class... Rest>
struct IsUsersView<Eigen::CwiseUnaryView<Op, Rest...>> : std::bool_constant<!isKnownFunctor<Op>> {};

/// Whether the expression is an array in memory, or a view of one. Of rows picked by their indices Eigen says so too,
/// but cannot say where they are.
template <class Xpr>
inline constexpr bool hasMemory =
    (int(Eigen::internal::traits<Xpr>::Flags) & Eigen::DirectAccessBit) != 0 && HasData<Xpr>::value &&
    !IsUsersView<Xpr>::value;

/// Whether an array is known while compiling to lie in one piece, its strides positive.
template <class Xpr>
struct IsOnePiece : std::is_base_of<Eigen::PlainObjectBase<Xpr>, Xpr> {};
template <class PlainObject, int options>
struct IsOnePiece<Eigen::Map<PlainObject, options, Eigen::Stride<0, 0>>> : std::true_type {};

template <class Xpr>
EIGEN_ALWAYS_INLINE Memory memoryOf(const Xpr& xpr) {
  using Bytes = std::ptrdiff_t;
  constexpr Bytes size = sizeof(typename Xpr::Scalar);
  const Bytes inner = xpr.innerStride() * size, outer = xpr.outerStride() * size;
  const Bytes rows = xpr.rows(), cols = xpr.cols();
  Memory memory;
  memory.known = true;
  memory.begin = memory.end = reinterpret_cast<std::uintptr_t>(xpr.data());
  if (!IsOnePiece<Xpr>::value && (rows == 0 || cols == 0)) return memory;
  if (rows > 1) memory.rowStride = Xpr::IsRowMajor ? outer : inner;
  if (cols > 1) memory.colStride = Xpr::IsRowMajor ? inner : outer;
  if (IsOnePiece<Xpr>::value) {
    memory.end += std::uintptr_t(rows * cols * size);
    return memory;
  }
  // Strides may be negative.
  const Bytes down = memory.rowStride * (rows - 1), across = memory.colStride * (cols - 1);
  memory.begin += std::uintptr_t(std::min<Bytes>(down, 0) + std::min<Bytes>(across, 0));
  memory.end += std::uintptr_t(std::max<Bytes>(down, 0) + std::max<Bytes>(across, 0) + size);
  return memory;
}

/// How many bytes the coefficients of an expression take.
template <class Xpr>
EIGEN_ALWAYS_INLINE std::size_t bytesOf(const Xpr& xpr) {
  return static_cast<std::size_t>(xpr.rows()) * static_cast<std::size_t>(xpr.cols()) * sizeof(typename Xpr::Scalar);
}

/// Whether packets may be stored in it: an array in memory, or a view of one, whose lines have no gaps and do not run
/// backwards. A view without an address of its own may have packets too, as a reverse has; but these are to be read.
template <class Xpr>
inline constexpr bool takesPackets = hasMemory<Xpr>&& int(Xpr::InnerStrideAtCompileTime) == 1;

}  // namespace detail
}  // namespace gridgrad
