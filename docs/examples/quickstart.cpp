// SPDX-License-Identifier: MPL-2.0
//
// The program in the README. Its numbers are those of NumPy's own documentation of np.gradient.

#include <gridgrad.hpp>
#include <iostream>
int main() {
  Eigen::ArrayXd f{{1, 2, 4, 7, 11, 16}}, x{{0, 1, 1.5, 3.5, 4, 6}};
  Eigen::ArrayXXd F{{1, 2, 6}, {3, 4, 5}};
  auto [dF0, dF1] = gridgrad::gradient(F);
  std::cout << gridgrad::gradient(f, x).transpose() << "\n\n" << dF0 << "\n\n" << dF1 << '\n';
}
