// SPDX-License-Identifier: MPL-2.0
//
// A Stencil used at every step of a time loop: a rod held cold at both ends cools down.
//
// dT/dt = d/dx (dT/dx), T = 0 at x = 0 and x = 1. From T = sin(pi x) the answer is exp(-pi^2 t) sin(pi x).

#include <gridgrad.hpp>

#include <cmath>
#include <cstdio>

using Eigen::ArrayXd;
using gridgrad::Edge;
using gridgrad::gradient;
using gridgrad::Stencil;

int main() {
  const Eigen::Index n = 81;
  const double pi = std::acos(-1.0), dt = 5e-5;
  const int steps = 2000;

  // Samples crowd towards the left end.
  const ArrayXd s = ArrayXd::LinSpaced(n, 0, 1);
  const ArrayXd x = 0.5 * (s + s.square());

  // The weights are computed once, at their first use.
  const Stencil stencil(x, Edge::SecondOrder);
  std::printf("Made for %d samples.\n", int(stencil.samples()));

  ArrayXd T = (pi * x).sin();
  for (int step = 0; step < steps; ++step) {
    T += dt * gradient(gradient(T, stencil), stencil);
    T[0] = T[n - 1] = 0;
  }

  // The same, with a second array in place of the temporary that T += … above needs, because it reads what it writes.
  ArrayXd now = (pi * x).sin(), next(n);
  for (int step = 0; step < steps; ++step) {
    next = now + dt * gradient(gradient(now, stencil), stencil);
    next[0] = next[n - 1] = 0;
    now.swap(next);
  }

  const double t = dt * steps;
  const ArrayXd exact = std::exp(-pi * pi * t) * (pi * x).sin();
  std::printf("At t = %.2f the middle of the rod is at %.3f, and should be at %.3f.\n", t, T[n / 2], exact[n / 2]);
  std::printf("The worst error anywhere is below 0.001: %s.\n", (T - exact).abs().maxCoeff() < 1e-3 ? "yes" : "no");
  std::printf("Both loops give the same: %s.\n", (T - now).abs().maxCoeff() < 1e-12 ? "yes" : "no");
}
