// SPDX-License-Identifier: MPL-2.0
//
// A word of one's own, made of the library's: the steepness of a field, |grad f|.

#include <gridgrad.hpp>

#include <iostream>
#include <utility>

namespace {

/// The steepness of `f`, the length of its gradient: same shape as `f`, computed when read.
/// Takes what gradient() takes, borrows what gradient() borrows.
template <class F, class... Arguments>
auto steepness(F&& f, Arguments&&... arguments) {
  auto [d0, d1] = gridgrad::gradient(std::forward<F>(f), std::forward<Arguments>(arguments)...);
  return (d0.array().square() + d1.array().square()).sqrt();
}

Eigen::ArrayXXd plane() { return Eigen::ArrayXXd{{0, 4, 8}, {3, 7, 11}, {6, 10, 14}}; }

}  // namespace

int main() {
  const Eigen::ArrayXXd f = plane();
  std::cout << steepness(f) << "\n\n";

  auto s = steepness(plane(), 0.5, gridgrad::Edge::SecondOrder);  // keeps the temporary, as gradient() does
  std::cout << s << "\n\n" << steepness(f).maxCoeff() << '\n';
}
