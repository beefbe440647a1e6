// SPDX-License-Identifier: MPL-2.0
//
// How Eigen assigns an expression with a derivative in it: without a temporary when it can, right always.

#pragma once

#include <Eigen/Core>

#include <type_traits>

#include <gridgrad/dense/by_coefficient.hpp>
#include <gridgrad/dense/contains.hpp>
#include <gridgrad/dense/judged.hpp>
#include <gridgrad/dense/loops.hpp>
#include <gridgrad/dense/overlap.hpp>
#include <gridgrad/engine/paths.hpp>

namespace Eigen {
namespace internal {

/// A derivative along an axis known only now, as one along an axis known while compiling.
template <class Dst, class Xpr, class Rule, class Functor>
struct Assignment<Dst, gridgrad::Derivative<Xpr, Dynamic, Rule>, Functor, Dense2Dense, void> {
  using Src = gridgrad::Derivative<Xpr, Dynamic, Rule>;

  static EIGEN_ALWAYS_INLINE void run(Dst& dst, const Src& src, const Functor& functor) {
    if (src.isDownRows())
      assign(dst, src.template along<0>(), functor);
    else
      assign(dst, src.template along<1>(), functor);
  }

 private:
  template <class Fixed>
  static EIGEN_STRONG_INLINE void assign(Dst& dst, const Fixed& src, const Functor& functor) {
    Assignment<Dst, Fixed, Functor>::run(dst, src, functor);
  }
};

template <class Dst, class Src, class Functor>
struct Assignment<Dst, Src, Functor, Dense2Dense,
                  std::enable_if_t<gridgrad::detail::ContainsDerivative<Src>::value &&
                                   !gridgrad::detail::HasOwnAssignment<Src>::value>> {
  static EIGEN_ALWAYS_INLINE void run(Dst& dst, const Src& src, const Functor& functor) {
    using gridgrad::detail::Overlap;
    constexpr bool replaces = std::is_same<Functor, assign_op<typename Dst::Scalar, typename Src::Scalar>>::value;
    if constexpr (gridgrad::detail::isSmall<Src> && gridgrad::detail::isKnown<Src>)
      return gridgrad::detail::assignSmall(dst, src, functor,
                                           std::make_index_sequence<std::size_t(Src::SizeAtCompileTime)>());
    const Overlap overlap = gridgrad::detail::overlap(dst, src);
    if (overlap == Overlap::Some)
      throughTemporary(dst, src, functor);
    else if (GRIDGRAD_COUNT(InPlace), replaces && overlap == Overlap::Nothing)
      loop<replaces>(dst, src, functor);
    else
      loop<false>(dst, src, functor);
  }

 private:
  /// Computes every coefficient, `mayRecompute` if that is faster.
  template <bool mayRecompute, class To, class Assign>
  static EIGEN_STRONG_INLINE void loop(To& to, const Src& src, const Assign& assign) {
    if constexpr (gridgrad::detail::isKnown<Src>)
      gridgrad::detail::Loops<To, Src, Assign, mayRecompute>::run(to, src, assign);
    else if constexpr (gridgrad::detail::hasMemory<To>)
      GRIDGRAD_COUNT(PerCoefficient), Eigen::internal::call_dense_assignment_loop(to, src, assign);
    else
      GRIDGRAD_COUNT(PerCoefficient), gridgrad::detail::assignEach(to, src, assign);
  }

  static EIGEN_DONT_INLINE void throughTemporary(Dst& dst, const Src& src, const Functor& functor) {
    using Temporary = typename Src::PlainObject;
    GRIDGRAD_COUNT(Temporary);
    Temporary temporary;
    if constexpr (gridgrad::detail::isKnown<Src>) temporary.resize(src.rows(), src.cols());
    loop<true>(temporary, src, assign_op<typename Temporary::Scalar, typename Src::Scalar>());
    if constexpr (gridgrad::detail::hasMemory<Dst>)
      Eigen::internal::call_assignment_no_alias(dst, temporary, functor);
    else
      gridgrad::detail::assignEach(dst, temporary, functor);
  }
};

#if EIGEN_VERSION_AT_LEAST(5, 0, 0)
/// `a.device(pool) = …`: Eigen shares the loops out, which is right once nothing read is written.
template <class Dst, class Src, class Functor, class Device>
struct AssignmentWithDevice<
    Dst, Src, Functor, Device, Dense2Dense,
    std::enable_if_t<gridgrad::detail::ContainsDerivative<Src>::value && !gridgrad::detail::IsProduct<Src>::value>> {
  static EIGEN_STRONG_INLINE void run(Dst& dst, const Src& src, const Functor& functor, Device& device) {
    if constexpr (!gridgrad::detail::hasMemory<Dst>) return Assignment<Dst, Src, Functor>::run(dst, src, functor);
    if (gridgrad::detail::overlap(dst, src) != gridgrad::detail::Overlap::Some)
      return GRIDGRAD_COUNT(InPlace), Eigen::internal::call_dense_assignment_loop(dst, src, functor, device);
    GRIDGRAD_COUNT(Temporary);
    typename Src::PlainObject temporary(src.rows(), src.cols());
    Eigen::internal::call_dense_assignment_loop(temporary, src, assign_op<typename Src::Scalar, typename Src::Scalar>(),
                                                device);
    AssignmentWithDevice<Dst, typename Src::PlainObject, Functor, Device>::run(dst, temporary, functor, device);
  }
};
#endif

}  // namespace internal
}  // namespace Eigen
