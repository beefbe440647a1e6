// SPDX-License-Identifier: MPL-2.0
//
// hessian(f, …): all second derivatives of a field.

#pragma once

#include <cstddef>
#include <utility>

#include <gridgrad/words/partials.hpp>

namespace gridgrad {
namespace detail {

/// The k-th entry of the upper triangle of a matrix, row by row.
template <int rank>
constexpr int rowInTriangle(int k) {
  int row = 0;
  for (int length = rank; k >= length; --length, ++row) k -= length;
  return row;
}
template <int rank>
constexpr int columnInTriangle(int k) {
  int row = 0;
  for (int length = rank; k >= length; --length, ++row) k -= length;
  return row + k;
}

template <class Derivatives, int... k>
auto hessianOf(const Derivatives& d, std::integer_sequence<int, k...>) {
  return detail::oneOrSeveral(d(Letter<0>(), Letter<detail::rowInTriangle<Derivatives::rank>(k)>(),
                                Letter<detail::columnInTriangle<Derivatives::rank>(k)>())...);
}

}  // namespace detail

/// The Hessian matrix of a field, ∂²f/∂xₐ∂x_b: the upper triangle row by row as a tuple, each of the shape of `f`,
/// computed when read. The matrix is symmetric.
///
///     auto [fxx, fxy, fyy] = hessian(f, h);
///     auto [fxx, fxy, fxz, fyy, fyz, fzz] = hessian(t, x, y, dz, Edge::SecondOrder);
///
/// Takes what gradient() takes. A vector gives its second derivative itself. On the diagonal stands secondDerivative(),
/// beside it the derivative of a derivative along two different axes, which is compact too: all of second order between
/// the ends where the spacing is a step or changes smoothly, and of the order of the edge there. Units: those of `f`
/// over those of the two spacings.
///
/// What is borrowed, errors and cost are as secondDerivative() says; each entry is one pass.
template <class... Arguments>
auto hessian(Arguments&&... arguments) {
  static_assert(detail::countFields<Arguments...>() == 1, GRIDGRAD_SAYS_ONE_FIELD);
  const auto d = detail::partials<1, true, true>(std::forward<Arguments>(arguments)...);
  return detail::hessianOf(d, std::make_integer_sequence<int, d.rank*(d.rank + 1) / 2>());
}

}  // namespace gridgrad
