// SPDX-License-Identifier: MPL-2.0
//
// Assignments that need no loop over lines: to what is no plain memory, and of a few coefficients.

#pragma once

#include <Eigen/Core>

#include <cstddef>
#include <utility>

#include <gridgrad/dense/view_kernel.hpp>
#include <gridgrad/engine/paths.hpp>

namespace gridgrad {
namespace detail {

/// Assigns any src to dst, one coefficient after the other. To a reverse of fixed size Eigen's own loops would store
/// packets, though it runs backwards.
template <class Dst, class Src, class Functor>
EIGEN_DONT_INLINE void assignEach(Dst& dst, const Src& src, const Functor& functor) {
  const Eigen::internal::evaluator<Src> from(src);
  Eigen::internal::resize_if_allowed(dst, src, functor);
  Eigen::internal::evaluator<Dst> to(dst);
  for (Index j = 0; j < dst.cols(); ++j)
    for (Index i = 0; i < dst.rows(); ++i) functor.assignCoeff(to.coeffRef(i, j), from.coeff(i, j));
}

/// Few enough coefficients, their number known while compiling, to be written out one by one.
template <class Xpr>
inline constexpr bool isSmall = Xpr::SizeAtCompileTime != Eigen::Dynamic&& Xpr::SizeAtCompileTime <= 64;

/// Assigns a small expression: all of it is read before any of it is written, so that nothing can overlap.
template <class Dst, class Src, class Functor, std::size_t... k>
EIGEN_ALWAYS_INLINE void assignSmall(Dst& dst, const Src& src, const Functor& functor, std::index_sequence<k...>) {
  constexpr Index rows = Src::RowsAtCompileTime;
  GRIDGRAD_COUNT(Small);
  const typename Kernel<Src>::Arguments arguments(src);
  const Kernel<Src> kernel(src, arguments);
  const typename Src::Scalar values[] = {kernel.template coeff<Region::Anywhere>(Index(k) % rows, Index(k) / rows)...};
  Eigen::internal::resize_if_allowed(dst, src, functor);
  Eigen::internal::evaluator<Dst> to(dst);
  (functor.assignCoeff(to.coeffRef(Index(k) % rows, Index(k) / rows), values[k]), ...);
}

}  // namespace detail
}  // namespace gridgrad
