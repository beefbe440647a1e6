// SPDX-License-Identifier: MPL-2.0
//
// A world is a kind of array the words work on. This is all a word may know of one.

#pragma once

namespace gridgrad {
namespace detail {

/// What the words need to know of a field of type F; each world specialises it for its own kind of array:
///
///     known                        true
///     rank                         how many axes
///     Scalar                       of the samples
///     Kind                         what a field must share with another to be added to it
///     samples(f, axis)             how many samples along an axis
///     capture(f)                   f, so that it lives as long as a derivative of it: borrowed if named, else owned
///     derivative<Axis>(captured, axis, rule)   the lazy expression; Axis is Eigen::Dynamic if known at run time only
///     product(a, b), square(a)     of coefficients, of expressions of real derivatives
template <class F, class Enable = void>
struct World {
  static constexpr bool known = false;
};

}  // namespace detail
}  // namespace gridgrad
