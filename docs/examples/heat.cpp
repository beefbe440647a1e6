// SPDX-License-Identifier: MPL-2.0
//
// The heat equation on a stretched grid, against its exact solution.
//
// du/dt = kappa (d2u/dy2 + d2u/dx2) between a cold wall, u = 0 at y = 0, and a warm one, u = 1 at y = 1; in x the field
// repeats itself after a length of 1. Exact is
//     u = y + exp(-5 pi^2 kappa t) sin(pi y) sin(2 pi x),
// since sin(pi y) has the second derivative -pi^2 sin(pi y), and sin(2 pi x) has -4 pi^2 sin(2 pi x).

#include <gridgrad.hpp>

#include <cmath>
#include <cstdio>

using Eigen::ArrayXd;
using Eigen::ArrayXXd;
using gridgrad::Edge;
using gridgrad::laplacian;
using gridgrad::Stencil;

namespace {

const double pi = std::acos(-1.0), kappa = 0.1, end = 0.2;

ArrayXXd exact(const ArrayXd& y, const ArrayXd& x, double t) {
  const double left = std::exp(-5 * pi * pi * kappa * t);  // of the wave
  const ArrayXXd wave = (pi * y).sin().matrix() * (2 * pi * x).sin().matrix().transpose();
  return (left * wave).colwise() + y;
}

/// The worst error at the end, with n steps from wall to wall and n around.
double worstError(int n) {
  // Crowded towards both walls: the first step is half, the middle one three halves of the mean.
  const ArrayXd s = ArrayXd::LinSpaced(n + 1, 0, 1);
  const ArrayXd y = s - (2 * pi * s).sin() / (4 * pi);
  const ArrayXd x = ArrayXd::LinSpaced(n + 1, 0, 1).head(n);  // the next sample would be the first again

  // Euler's method is of first order. Its step goes with the square of the shortest step in space, which keeps it
  // stable, and makes its error fall as fast as that of the Laplacian.
  const double shortest = y[1] - y[0];
  const int steps = int(std::ceil(end * kappa / (0.2 * shortest * shortest)));
  const double dt = end / steps;

  // The weights are computed once, at their first use.
  const Stencil alongY(y), alongX(1.0 / n, Edge::Periodic);

  ArrayXXd u = exact(y, x, 0);
  for (int step = 0; step < steps; ++step) {
    u += dt * kappa * laplacian(u, alongY, alongX);
    u.row(0) = 0;  // the walls are kept by hand
    u.row(n) = 1;
  }
  return (u - exact(y, x, end)).abs().maxCoeff();
}

}  // namespace

int main() {
  std::printf("%7s %12s %7s\n", "samples", "worst error", "order");
  double before = 0;
  for (const int n : {8, 16, 32, 64}) {
    const double error = worstError(n);
    std::printf("%7d %12.1e", n, error);
    if (before > 0) std::printf(" %7.2f", std::log2(before / error));
    std::printf("\n");
    before = error;
  }
}
