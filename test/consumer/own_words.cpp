// SPDX-License-Identifier: MPL-2.0
//
// A program that has functions of its own by the names of ours, and moves to gridgrad piece by piece: its own stay its
// own, also of our results, since these live where none of the words do.

#include <gridgrad.hpp>

namespace program {

using Eigen::ArrayXXd;
using Eigen::Tensor;

struct Options {};

int laplacian(const ArrayXXd&, double) { return 1; }
int derivative(const ArrayXXd&, const Options&) { return 1; }
template <class Derived>
int gradient(const Eigen::ArrayBase<Derived>&, double) {
  return 1;
}
int divergence(const Tensor<double, 2>&, double) { return 1; }

int calls() {
  const ArrayXXd F = ArrayXXd::Zero(4, 4);
  Tensor<double, 2> t(4, 4);
  t.setZero();
  auto [Fy, Fx] = gridgrad::gradient(F, 1.0);
  auto [ty, tx] = gridgrad::gradient(t, 1.0);
  return laplacian(Fy, 1.0) + laplacian(2 * Fx, 1.0) + derivative(Fy, Options()) + gradient(Fx, 1.0) +
         gradient(Fx + Fy, 1.0) + divergence(ty, 1.0) + divergence(2.0 * tx, 1.0);
}

}  // namespace program

int main() { return program::calls() == 7 ? 0 : 1; }
