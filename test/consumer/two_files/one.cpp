// SPDX-License-Identifier: MPL-2.0
//
// One of two files of a program that both include all of gridgrad: nothing may be defined twice, and
// what both have is one thing.

#include <gridgrad.hpp>

#include <iostream>

Eigen::ArrayXd other(const Eigen::ArrayXd& f);
const void* letterOfOther();

int main() {
  const Eigen::ArrayXd f{{1, 2, 4, 7, 11}};
  const Eigen::ArrayXd g = gridgrad::gradient(f, gridgrad::Edge::SecondOrder);
  std::cout << g.transpose() << '\n';
  return (g == other(f)).all() && letterOfOther() == &gridgrad::detail::letters::u ? 0 : 1;
}
