// SPDX-License-Identifier: MPL-2.0
//
// Numbers rounded to another precision without a floating-point exception.

#pragma once

#include <Eigen/Core>

#include <cmath>
#include <limits>
#include <type_traits>

#include <gridgrad/numbers/quiet.hpp>
#include <gridgrad/numbers/scalar.hpp>

namespace gridgrad {
namespace detail {

/// `x` as a To, infinite if it is too large for one.
template <class To, class From>
EIGEN_ALWAYS_INLINE To rounded(const From& x) {
  if constexpr (std::is_floating_point<To>::value && std::is_floating_point<From>::value &&
                (std::numeric_limits<To>::max_exponent < std::numeric_limits<From>::max_exponent)) {
    if (std::isgreater(std::abs(x), From((std::numeric_limits<To>::max)())))
      return std::copysign(std::numeric_limits<To>::infinity(), std::signbit(x) ? To(-1) : To(1));
  }
  return gridgrad::detail::convert<To>(x);
}

/// Whether one over it, or over its square, is far from overflowing and from vanishing.
template <class Step>
EIGEN_ALWAYS_INLINE bool isModerate(const Step& h) {
  if constexpr (std::is_floating_point<Step>::value) {
    const Step size = std::abs(h);
    return std::isgreater(size, Step(1e-100)) && std::isless(size, Step(1e100));
  }
  return true;
}

}  // namespace detail
}  // namespace gridgrad
