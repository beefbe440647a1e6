// SPDX-License-Identifier: MPL-2.0
//
// Two shear layers roll up: an incompressible flow in two dimensions, in a square that repeats itself on all sides.
//
//     shear_layer N END [FILE]    N x N samples, until time END; FILE is given the vorticity then: x, y, vorticity
//
// The velocity (u, v) carries the vorticity omega = dv/dx - du/dy along, and the viscosity nu spreads it:
//     d omega/dt = nu laplacian(omega) - div(u omega, v omega).
// The velocity follows from the vorticity by way of a stream function psi:
//     -laplacian(psi) = omega,    u = dpsi/dy,    v = -dpsi/dx.
//
// The flow is that of J. B. Bell, P. Colella & H. M. Glaz, A second-order projection method for the incompressible
// Navier-Stokes equations, Journal of Computational Physics 85 (1989) 257-283, doi:10.1016/0021-9991(89)90151-4.

#include <gridgrad.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

using Eigen::ArrayXd;
using Eigen::ArrayXXd;
using Eigen::Index;
using gridgrad::derivative;
using gridgrad::divergence;
using gridgrad::Edge;
using gridgrad::laplacian;
using gridgrad::Spacing;
using gridgrad::vorticity;

namespace {

const double pi = std::acos(-1.0), nu = 2e-4;

/// Solves -laplacian(psi) = omega from a first guess, psi, by the method of conjugate gradients. Source: M. R. Hestenes
/// & E. Stiefel, Journal of Research of the National Bureau of Standards 49 (1952) 409-436, doi:10.6028/jres.049.044.
void solve(ArrayXXd& psi, const ArrayXXd& omega, const Spacing<>& h) {
  ArrayXXd r = omega + laplacian(psi, h), p = r, Ap;
  double rr = r.square().sum();
  const double enough = 1e-16 * omega.square().sum();
  while (rr > enough) {
    Ap = -laplacian(p, h);
    const double alpha = rr / (p * Ap).sum();
    psi += alpha * p;
    r -= alpha * Ap;
    const double beta = r.square().sum() / rr;
    p = r + beta * p;
    rr *= beta;
  }
}

/// Prints how the flow does, and returns the vorticity at the end.
ArrayXXd simulate(const ArrayXd& x, const ArrayXd& y, double end) {
  const Index n = x.size();
  const Spacing h(1.0 / double(n), Edge::Periodic);  // on both axes
  const double dt = h.step() / 2;                    // the fastest fluid moves half a step in space

  // Axis 0 is x, axis 1 is y. In the middle the fluid moves to the right, elsewhere to the left; and a little up and
  // down, as a cosine, so that both vortices will be seen whole.
  const ArrayXd right = (y < 0.5).select((30 * (y - 0.25)).tanh(), (30 * (0.75 - y)).tanh());
  const ArrayXd up = 0.05 * (2 * pi * x).cos();
  ArrayXXd omega = vorticity(right.transpose().replicate(n, 1), up.replicate(1, n), h);
  ArrayXXd psi = ArrayXXd::Zero(n, n);
  solve(psi, omega, h);

  // Nothing is computed here: wherever u and v are read, they are the derivatives of psi as it is then.
  const auto u = derivative<1>(psi, h);
  const auto v = -derivative<0>(psi, h);

  // Of a unit of area. The mean of psi omega is that of the square of the velocity, by parts.
  const auto energy = [&] { return 0.5 * (psi * omega).mean(); };
  const auto enstrophy = [&] { return 0.5 * omega.square().mean(); };

  std::printf("%5s %9s %10s %12s %12s\n", "time", "energy", "enstrophy", "energy lost", "by viscosity");
  const double atFirst = energy();
  double byViscosity = 0, mostTotal = 0;
  const int steps = int(std::lround(end / dt));
  for (int step = 0;; ++step) {
    if (step % (n / 2) == 0 || step == steps)
      std::printf("%5.3f %9.4f %10.2f %12.5f %12.5f\n", step * dt, energy(), enstrophy(), atFirst - energy(),
                  byViscosity);
    mostTotal = std::max(mostTotal, std::abs(omega.mean()));
    if (step == steps) break;

    // Energy is lost at the rate of 2 nu times the enstrophy: the mean of its values before and after the step.
    byViscosity += dt * nu * enstrophy();

    // Three stages, of third order where the equation is linear: L. J. Wicker & W. C. Skamarock, Monthly Weather Review
    // 130 (2002) 2088-2097. The new vorticity is computed aside, since the divergence reads the old.
    const ArrayXXd before = omega;
    for (const double part : {dt / 3, dt / 2, dt}) {
      omega = before + part * (nu * laplacian(omega, h) - divergence(u * omega, v * omega, h));
      solve(psi, omega, h);
    }
    byViscosity += dt * nu * enstrophy();
  }
  std::printf("The total vorticity stayed zero: %s.\n", mostTotal < 1e-12 ? "yes" : "no");
  return omega;
}

}  // namespace

int main(int argc, char** argv) {
  const Index n = argc > 2 ? std::atoi(argv[1]) : 0;
  if (argc > 4 || n < 8) {
    std::fprintf(stderr, "usage: shear_layer N END [FILE], with N at least 8\n");
    return 2;
  }
  const ArrayXd x = ArrayXd::LinSpaced(n, 0, double(n - 1)) / double(n);  // after the last comes the first again
  const ArrayXXd omega = simulate(x, x, std::atof(argv[2]));
  if (argc == 4) {
    std::FILE* file = std::fopen(argv[3], "w");
    if (!file) {
      std::fprintf(stderr, "%s: cannot be written\n", argv[3]);
      return 1;
    }
    for (Index j = 0; j < n; ++j)
      for (Index i = 0; i < n; ++i) std::fprintf(file, "%.5f %.5f %.3f\n", x[i], x[j], omega(i, j));
    std::fclose(file);
  }
}
