// SPDX-License-Identifier: MPL-2.0
//
// The README's program for two dimensions.

#include <gridgrad.hpp>

#include <iostream>

int main() {
  // T(y, x) = y^2 + 2x, on three rows at y = 0, 1, 3 and four columns 0.5 apart.
  const Eigen::ArrayXXd T{{0, 1, 2, 3}, {1, 2, 3, 4}, {9, 10, 11, 12}};
  const Eigen::ArrayXd y{{0, 1, 3}};
  const double dx = 0.5;

  // Axis 0 first, as in NumPy. Nothing is computed yet.
  auto [dTdy, dTdx] = gridgrad::gradient(T, y, dx, gridgrad::Edge::SecondOrder);

  // Computed here, each in one pass over T.
  const Eigen::ArrayXXd down = dTdy;
  const Eigen::ArrayXXd across = dTdx;
  const Eigen::ArrayXXd lengthSquared = dTdy.square() + dTdx.square();
  std::cout << down << "\n\n" << across << "\n\n" << lengthSquared << '\n';
}
