// SPDX-License-Identifier: MPL-2.0
//
// Views of a whole expression, as the assignment's own loops evaluate them: a block of it, and it seen as a matrix or
// an array.

#pragma once

#include <Eigen/Core>

#include <type_traits>
#include <utility>

#include <gridgrad/dense/kernel.hpp>

namespace gridgrad {
namespace detail {

/// A block of an expression: what has neighbours in the block has them in the expression.
template <class View, class Xpr>
struct BlockKernel {
  static constexpr bool known = true;
  using Nested = KernelOf<Xpr>;
  struct Arguments {
    explicit Arguments(const View& xpr) : nested(xpr.nestedExpression()) {}
    typename Nested::Arguments nested;
  };

  EIGEN_ALWAYS_INLINE BlockKernel(const View& xpr, const Arguments& arguments)
      : m_nested(xpr.nestedExpression(), arguments.nested), m_row(xpr.startRow()), m_col(xpr.startCol()) {}
  static constexpr bool hasPackets = Nested::hasPackets;
  static constexpr bool canShare = Nested::canShare;
  static constexpr bool readsAlong(bool down) { return Nested::readsAlong(down); }
  EIGEN_ALWAYS_INLINE void enterLine(Index line, bool down) { m_nested.enterLine(line + (down ? m_col : m_row), down); }

  template <Region region>
  EIGEN_ALWAYS_INLINE auto coeff(Index row, Index col) const {
    return m_nested.template coeff<inBlock(region)>(m_row + row, m_col + col);
  }
  template <Region region, class Packet>
  EIGEN_ALWAYS_INLINE Packet packet(Index row, Index col) const {
    return m_nested.template packet<inBlock(region), Packet>(m_row + row, m_col + col);
  }

 private:
  /// The first row of a block is not the first of the expression.
  static constexpr Region inBlock(Region region) {
    return region == Region::Interior ? Region::Interior : Region::Anywhere;
  }

  Nested m_nested;
  const Index m_row, m_col;
};

/// An array seen as a matrix, or the other way round.
template <class Wrapper>
struct WrapperKernel {
  static constexpr bool known = true;
  using Nested = KernelOf<decltype(std::declval<const Wrapper&>().nestedExpression())>;
  struct Arguments {
    explicit Arguments(const Wrapper& xpr) : nested(xpr.nestedExpression()) {}
    typename Nested::Arguments nested;
  };

  EIGEN_ALWAYS_INLINE WrapperKernel(const Wrapper& xpr, const Arguments& arguments)
      : m_nested(xpr.nestedExpression(), arguments.nested) {}
  static constexpr bool hasPackets = Nested::hasPackets;
  static constexpr bool canShare = Nested::canShare;
  static constexpr bool readsAlong(bool down) { return Nested::readsAlong(down); }
  EIGEN_ALWAYS_INLINE void enterLine(Index line, bool down) { m_nested.enterLine(line, down); }

  template <Region region>
  EIGEN_ALWAYS_INLINE auto coeff(Index row, Index col) const {
    return m_nested.template coeff<region>(row, col);
  }
  template <Region region, class Packet>
  EIGEN_ALWAYS_INLINE Packet packet(Index row, Index col) const {
    return m_nested.template packet<region, Packet>(row, col);
  }

 private:
  Nested m_nested;
};

template <class Xpr>
inline constexpr bool isKnownView = isKnown<Xpr> &&
                                    (int(Eigen::internal::traits<Plain<Xpr>>::Flags) & Eigen::DirectAccessBit) == 0;

template <class Xpr, int rows, int cols, bool innerPanel>
struct Kernel<Eigen::Block<Xpr, rows, cols, innerPanel>, std::enable_if_t<isKnownView<Xpr>>>
    : BlockKernel<Eigen::Block<Xpr, rows, cols, innerPanel>, Xpr> {
  using BlockKernel<Eigen::Block<Xpr, rows, cols, innerPanel>, Xpr>::BlockKernel;
};
template <class Xpr, int size>
struct Kernel<Eigen::VectorBlock<Xpr, size>, std::enable_if_t<isKnownView<Xpr>>>
    : BlockKernel<Eigen::VectorBlock<Xpr, size>, Xpr> {
  using BlockKernel<Eigen::VectorBlock<Xpr, size>, Xpr>::BlockKernel;
};
template <class Xpr>
struct Kernel<Eigen::ArrayWrapper<Xpr>, std::enable_if_t<isKnownView<Xpr>>> : WrapperKernel<Eigen::ArrayWrapper<Xpr>> {
  using WrapperKernel<Eigen::ArrayWrapper<Xpr>>::WrapperKernel;
};
template <class Xpr>
struct Kernel<Eigen::MatrixWrapper<Xpr>, std::enable_if_t<isKnownView<Xpr>>>
    : WrapperKernel<Eigen::MatrixWrapper<Xpr>> {
  using WrapperKernel<Eigen::MatrixWrapper<Xpr>>::WrapperKernel;
};

}  // namespace detail
}  // namespace gridgrad
