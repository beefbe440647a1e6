// SPDX-License-Identifier: MPL-2.0
//
// The functions that the tensor module has beside those of engine/known_functors.hpp, and that read their arguments and
// nothing else: of coefficients, to reduce them, and after a product.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <type_traits>

#include <gridgrad/engine/known_functors.hpp>

namespace gridgrad {
namespace detail {

#define GRIDGRAD_KNOWN(name) \
  template <class Type>      \
  struct IsKnownFunctor<Eigen::internal::name<Type>> : std::true_type {};

GRIDGRAD_KNOWN(scalar_mod_op)
GRIDGRAD_KNOWN(scalar_mod2_op)
GRIDGRAD_KNOWN(scalar_fmod_op)
GRIDGRAD_KNOWN(scalar_clamp_op)
GRIDGRAD_KNOWN(SumReducer)
GRIDGRAD_KNOWN(MeanReducer)
GRIDGRAD_KNOWN(ProdReducer)
#undef GRIDGRAD_KNOWN

template <class Type, int nan>
struct IsKnownFunctor<Eigen::internal::MaxReducer<Type, nan>> : std::true_type {};
template <class Type, int nan>
struct IsKnownFunctor<Eigen::internal::MinReducer<Type, nan>> : std::true_type {};
template <>
struct IsKnownFunctor<Eigen::internal::AndReducer> : std::true_type {};
template <>
struct IsKnownFunctor<Eigen::internal::OrReducer> : std::true_type {};
template <>
struct IsKnownFunctor<Eigen::NoOpOutputKernel> : std::true_type {};

}  // namespace detail
}  // namespace gridgrad
