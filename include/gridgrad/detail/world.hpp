// SPDX-License-Identifier: MPL-2.0
//
// A world is a kind of array the words work on. This is all a word may know of one.

#pragma once

#include <type_traits>

#include <gridgrad/detail/arithmetic.hpp>
#include <gridgrad/detail/says.hpp>
#include <gridgrad/detail/scalar.hpp>

namespace gridgrad {
namespace detail {

/// What the words need to know of a field of some type; each world specialises it for its own kind of array:
///
///     known                        true
///     rank                         how many axes
///     Scalar                       of the samples
///     Kind                         what a field must share with another to be added to it
///     samples(f, axis)             how many samples along an axis
///     capture(f)                   f, so that it lives as long as a derivative of it: borrowed if named, else owned
///     derivative<Axis>(captured, axis, rule)   the lazy expression; Axis is Eigen::Dynamic if known at run time only
///     product(a, b), square(a)     of coefficients, of expressions of real derivatives
template <class Field, class Enable = void>
struct World {
  static constexpr bool known = false;
};

template <class Field>
using WorldOf = World<Plain<Field>>;

/// Asks of a type whether it may be a field, and whether its samples can be computed with.
template <class Field>
constexpr bool demandField() {
  static_assert(WorldOf<Field>::known || !isTensor<Plain<Field>>, GRIDGRAD_SAYS_TENSOR_HEADER);
  static_assert(WorldOf<Field>::known, GRIDGRAD_SAYS_FIELD);
  if constexpr (WorldOf<Field>::known) {
    using Sample = typename WorldOf<Field>::Scalar;
    using Working = typename WorkingScalar<Sample>::type;
    if constexpr (isDense<Sample> || isTensor<Sample>)
      static_assert(never<Field>, GRIDGRAD_SAYS_SAMPLES_ARE_ARRAYS);
    else
      static_assert((isComplex<Sample> || std::is_constructible<Working, const Sample&>::value) &&
                        IsSample<Working, typename WeightScalar<Sample>::type>::value,
                    GRIDGRAD_SAYS_SAMPLES);
  }
  return true;
}

}  // namespace detail
}  // namespace gridgrad
