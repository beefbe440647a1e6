// SPDX-License-Identifier: MPL-2.0
//
// Every word of vector calculus, on fields whose derivatives are known: the program of docs/calculus.md.

#include <gridgrad.hpp>

#include <cmath>
#include <iomanip>
#include <iostream>
#include <type_traits>

using Eigen::ArrayXd;
using Eigen::ArrayXXd;
using gridgrad::Edge;
using gridgrad::Stencil;
using Tensor3 = Eigen::Tensor<double, 3>;

namespace {

/// What a lazy tensor holds at the middle of a box of 3 x 3 x 3.
template <class Xpr>
double middle(const Xpr& xpr) {
  const Tensor3 values = xpr;
  return values(1, 1, 1);
}

void second() {
  const ArrayXd x{{0, 1, 2, 4, 8}};
  const ArrayXd f = x.cube();  // f'' = 6x
  std::cout << "second derivative\n";
  std::cout << gridgrad::secondDerivative<0>(f, x).transpose() << '\n';
  std::cout << gridgrad::secondDerivative<0>(f, x, Edge::SecondOrder).transpose() << "\n\n";
}

void ends() {
  using gridgrad::derivative;
  using gridgrad::Spacing;
  const ArrayXd x{{0, 1, 3, 4, 7}};
  const ArrayXd f = x.square();
  std::cout << "an edge for each end\n";
  std::cout << derivative<0>(f, x, {Edge::SecondOrder, Edge::FirstOrder}).transpose() << '\n';

  // An axis with edges of its own: periodic down the rows, ends across the columns.
  const ArrayXXd F{{0, 1, 4}, {1, 2, 5}, {0, 1, 4}, {-1, 0, 3}};
  auto [d0, d1] = gridgrad::gradient(F, Spacing(0.5, Edge::Periodic), 1.0, Edge::SecondOrder);
  std::cout << d0 << "\n\n" << d1 << "\n\n";
}

void around() {
  using gridgrad::periodic;
  const double turn = 2 * std::acos(-1);
  const ArrayXd even = ArrayXd::LinSpaced(60, 0, turn / 60 * 59);
  const ArrayXd angle = even + 0.3 * even.sin();  // crowded on one side
  const ArrayXd f = angle.sin();
  const ArrayXd slope = gridgrad::derivative<0>(f, periodic(angle, turn));
  std::cout << "uneven angles, once around\n" << (slope - angle.cos()).abs().maxCoeff() << "\n\n";
}

void plane() {
  using gridgrad::curl, gridgrad::divergence, gridgrad::hessian, gridgrad::jacobian, gridgrad::laplacian;
  const ArrayXd x{{0, 1, 2, 4}}, y{{0, 0.5, 1}};  // four rows at x, three columns at y
  const ArrayXXd X = x.replicate(1, 3), Y = y.transpose().replicate(4, 1);

  const ArrayXXd u = 3 * X - 5 * Y, v = 7 * X + 2 * Y;
  std::cout << "divergence " << divergence(u, v, x, y)(1, 1) << '\n';
  std::cout << "curl " << curl(u, v, x, y)(1, 1) << '\n';

  const ArrayXXd f = X.square() + 3 * X * Y + 4 * Y.square();
  std::cout << "Laplacian " << laplacian(f, x, y)(1, 1) << '\n';
  auto [lapU, lapV] = laplacian(f, u, x, y);  // of a vector field: component by component
  std::cout << "vector Laplacian " << lapU(1, 1) << ' ' << lapV(1, 1) << '\n';

  auto [fxx, fxy, fyy] = hessian(f, x, y);
  std::cout << "Hessian " << fxx(1, 1) << ' ' << fxy(1, 1) << ' ' << fyy(1, 1) << '\n';

  auto [ux, uy, vx, vy] = jacobian(u, v, x, y);
  std::cout << "Jacobian " << ux(1, 1) << ' ' << uy(1, 1) << ' ' << vx(1, 1) << ' ' << vy(1, 1) << "\n\n";
}

void flow() {
  // A rigid rotation about the third axis, 2 radians in a unit of time, and a shear of 6 along that axis.
  Tensor3 u(3, 3, 3), v(3, 3, 3), w(3, 3, 3);
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j)
      for (int k = 0; k < 3; ++k) {
        u(i, j, k) = -2 * j + 6 * k;
        v(i, j, k) = 2 * i;
        w(i, j, k) = 0;
      }
  const double h = 1;
  auto [ox, oy, oz] = gridgrad::vorticity(u, v, w, h);
  std::cout << "vorticity " << middle(ox) << ' ' << middle(oy) << ' ' << middle(oz) << '\n';
  std::cout << "its length " << middle((ox.square() + oy.square() + oz.square()).sqrt()) << '\n';
  auto [sxx, sxy, sxz, syy, syz, szz] = gridgrad::strainRate(u, v, w, h);
  std::cout << "rate of strain " << middle(sxx) << ' ' << middle(sxy) << ' ' << middle(sxz) << ' ' << middle(syy) << ' '
            << middle(syz) << ' ' << middle(szz) << '\n';
  std::cout << "enstrophy " << middle(gridgrad::enstrophy(u, v, w, h)) << '\n';
  std::cout << "Q " << middle(gridgrad::qCriterion(u, v, w, h)) << '\n';
  std::cout << "lambda2 " << middle(gridgrad::lambda2(u, v, w, h)) << "\n\n";
}

void diffusion() {
  using gridgrad::laplacian;
  ArrayXXd u = ArrayXXd::Zero(5, 5);
  u(2, 2) = 100;
  const Stencil x(1.0, Edge::Periodic), y(1.0, Edge::Periodic);
  const double nu = 0.1, dt = 1;
  for (int step = 0; step < 2; ++step) u += nu * dt * laplacian(u, x, y);
  std::cout << "diffusion, two steps\n"
            << u << "\n\n"
            << "still " << u.sum() << '\n';
}

}  // namespace

int main() {
  std::cout << std::setprecision(3);
  second();
  ends();
  around();
  plane();
  flow();
  diffusion();
}
