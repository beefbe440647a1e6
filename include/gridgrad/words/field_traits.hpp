// SPDX-License-Identifier: MPL-2.0
//
// Field traits: what operators need from a kind of array, so that each operator is written once for all of them.

#pragma once

#include <type_traits>

#include <gridgrad/numbers/arithmetic.hpp>
#include <gridgrad/numbers/says.hpp>
#include <gridgrad/numbers/scalar.hpp>

namespace gridgrad {
namespace detail {

/// What operators need from a field of some type. dense/ and tensor/ specialise it for their kind of array:
///
///     known                        true
///     rank                         how many axes
///     Scalar                       of the samples
///     Kind                         what a field must share with another to be added to it
///     samples(f, axis)             how many samples along an axis
///     nest(f)                   f, so that it lives as long as a derivative of it: borrowed if named, else owned
///     derivative<Axis>(nested, axis, rule)   the lazy expression; Axis is Eigen::Dynamic if known at run time only
///     product(a, b), square(a)     of coefficients, of expressions of real derivatives
template <class Field, class Enable = void>
struct FieldTraits {
  static constexpr bool known = false;
};

template <class Field>
using FieldTraitsOf = FieldTraits<Plain<Field>>;

/// Asks of a type whether it may be a field, and whether its samples can be computed with.
template <class Field>
constexpr bool demandField() {
  static_assert(FieldTraitsOf<Field>::known || !isTensor<Plain<Field>>, GRIDGRAD_SAYS_TENSOR_HEADER);
  static_assert(FieldTraitsOf<Field>::known, GRIDGRAD_SAYS_FIELD);
  if constexpr (FieldTraitsOf<Field>::known) {
    using Sample = typename FieldTraitsOf<Field>::Scalar;
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
