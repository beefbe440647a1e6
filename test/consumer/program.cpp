// SPDX-License-Identifier: MPL-2.0
//
// A stranger's program. Says which Eigen it was built with, and fails if gridgrad's answer is not NumPy's.

#include <gridgrad/gradient.hpp>

#include <iostream>

int main() {
  const Eigen::ArrayXd f{{1, 2, 4, 7, 11}}, numpy{{1, 1.5, 2.5, 3.5, 4}};
  const Eigen::ArrayXd g = gridgrad::gradient(f);
  if (!(g == numpy).all()) return 1;
  std::cout << "Eigen " << EIGEN_WORLD_VERSION << '.' << EIGEN_MAJOR_VERSION << ": " << g.transpose() << '\n';
#ifdef OWN_EIGEN
  std::cout << "the project's own Eigen\n";
#endif
}
