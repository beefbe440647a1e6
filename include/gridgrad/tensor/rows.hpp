// SPDX-License-Identifier: MPL-2.0
//
// A whole tensor expression, row by row. Nearly all rows have neighbours on all sides.
//
// This is for expressions of operations that read in place. Eigen evaluates all others, block by block.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <gridgrad/engine/paths.hpp>
#include <gridgrad/tensor/row_kernel.hpp>
#include <gridgrad/tensor/row_slice.hpp>
#include <gridgrad/tensor/source.hpp>

namespace gridgrad {
namespace detail {

/// Writes rows of an expression to memory that it does not read, or reads only in place.
template <class Xpr, class Scalar, int rank>
class TensorRows {
  using Kernel = RowKernel<Xpr>;
  static constexpr int layout = Eigen::internal::traits<Xpr>::Layout;

 public:
  static constexpr int inner = layout == int(Eigen::ColMajor) ? 0 : rank - 1;

  /// Shorter rows are not worth entering: Eigen's blocks hold many of them.
  static constexpr Offset worthwhile = 24;

  TensorRows(const Xpr& xpr, const Offset (&size)[std::size_t(rank)]) : m_kernel(xpr), m_length(size[inner]) {
    std::copy(size, size + rank, m_size);
  }

  /// Rows [begin, end), counted in the order of memory. `mayRecompute` says that a coefficient may be computed again.
  template <bool mayRecompute>
  void run(Offset begin, Offset end, Scalar* to) const {
    Kernel kernel = m_kernel;  // its address goes nowhere: no store can be thought to change it
    RowPlace<rank> place = placeOf(begin);
    for (Offset row = begin; row < end; ++row) {
      kernel.enter(place);
      if (kernel.isBetween(place))
        runRow<RowRegion::Between, mayRecompute>(kernel, to + place.offset);
      else
        runRow<RowRegion::Anywhere, mayRecompute>(kernel, to + place.offset);
      advance(place);
    }
  }

 private:
  RowPlace<rank> placeOf(Offset row) const {
    RowPlace<rank> place{row * m_length, {}};
    for (int d = 1; d < rank; ++d) {
      const int axis = layout == int(Eigen::ColMajor) ? d : rank - 1 - d;
      place.along[axis] = row % m_size[axis];
      row /= m_size[axis];
    }
    return place;
  }
  EIGEN_ALWAYS_INLINE void advance(RowPlace<rank>& place) const {
    place.offset += m_length;
    for (int d = 1; d < rank; ++d) {
      const int axis = layout == int(Eigen::ColMajor) ? d : rank - 1 - d;
      if (++place.along[axis] < m_size[axis]) return;
      place.along[axis] = 0;
    }
  }

  template <RowRegion region, bool mayRecompute>
  EIGEN_ALWAYS_INLINE void runRow(const Kernel& kernel, Scalar* to) const {
    // In the order of memory, which is what the processor's prefetching expects: the last coefficient last.
    constexpr RowRegion first = region == RowRegion::Between ? RowRegion::First : region;
    constexpr RowRegion last = region == RowRegion::Between ? RowRegion::Last : region;
    Offset i = 0, end = m_length;
    if (Kernel::readsAlong) {
      to[0] = kernel.template coeff<first>(0);
      i = 1;
      --end;
    }
    if constexpr (Kernel::hasPackets) {
      using Packets = RunPacket<Scalar, Kernel::readsAlong>;
      GRIDGRAD_COUNT(InPackets);
      runPackets<region, mayRecompute, typename Packets::type, Packets::size>(kernel, to, i, end);
    }
    for (; i < end; ++i) to[i] = kernel.template coeff<RowRegion::Anywhere>(i);
    if (Kernel::readsAlong && end > 0) to[end] = kernel.template coeff<last>(end);
  }

  template <RowRegion region, bool mayRecompute, class Packet, Offset size>
  static EIGEN_ALWAYS_INLINE void runPackets(const Kernel& kernel, Scalar* to, Offset& i, Offset end) {
    if (mayRecompute && end - i >= size) {
      // What is left at the two ends is in packets that overlap their neighbours.
      Eigen::internal::pstoreu(to + i, kernel.template packet<region, Packet>(i));
      const auto address = reinterpret_cast<std::uintptr_t>(to + i);
      i += Offset((std::uintptr_t(0) - address) / sizeof(Scalar) & std::uintptr_t(size - 1));
    }
    for (; i + size <= end; i += size) Eigen::internal::pstoreu(to + i, kernel.template packet<region, Packet>(i));
    if (mayRecompute && i < end && end - size >= (Kernel::readsAlong ? 1 : 0)) {
      Eigen::internal::pstoreu(to + end - size, kernel.template packet<region, Packet>(end - size));
      i = end;
    }
  }

  const Kernel m_kernel;
  const Offset m_length;
  Offset m_size[std::size_t(rank)];
};

}  // namespace detail
}  // namespace gridgrad
