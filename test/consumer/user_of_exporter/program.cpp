// SPDX-License-Identifier: MPL-2.0
//
// Knows of gridgrad only what the library says of it.

#include <steepest.hpp>

int main() {
  const Eigen::ArrayXd f{{1, 2, 4, 7, 11}};
  return steepest(f, gridgrad::Spacing<>(0.5)) == 8.0 ? 0 : 1;
}
