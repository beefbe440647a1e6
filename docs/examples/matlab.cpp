// SPDX-License-Identifier: MPL-2.0
//
// MATLAB's gradient, del2, curl and divergence, each beside its spelling here: the program of docs/matlab.md.
//
// Fields are as MATLAB's meshgrid makes them: rows are y, columns are x.

#include <gridgrad.hpp>

#include <iostream>

using Eigen::ArrayXd;
using Eigen::ArrayXXd;
using gridgrad::curl;
using gridgrad::divergence;
using gridgrad::Edge;
using gridgrad::gradient;
using gridgrad::laplacian;
using Tensor3 = Eigen::Tensor<double, 3>;

namespace {

void inThePlane() {
  const ArrayXd x{{0, 1, 2, 3}}, y{{0, 0.5, 1}};
  const ArrayXXd X = x.transpose().replicate(3, 1);  // [X, Y] = meshgrid(x, y)
  const ArrayXXd Y = y.replicate(1, 4);
  const ArrayXXd F = X.square() + 3 * X * Y + 4 * Y.square();

  auto [FY, FX] = gradient(F, 0.5, 1);  // [FX, FY] = gradient(F, 1, 0.5)
  auto [GY, GX] = gradient(F, y, x);    // [GX, GY] = gradient(F, x, y)
  std::cout << "gradient\n" << FX << "\n\n" << FY << "\n\n";
  const bool same = (FX - GX).isZero(1e-12) && (FY - GY).isZero(1e-12);
  std::cout << "by coordinates, the same: " << same << "\n\n";

  const ArrayXXd U = X * Y, V = X.square();
  const ArrayXXd div = divergence(V, U, y, x);  // div = divergence(X, Y, U, V)
  const ArrayXXd curlz = -curl(V, U, y, x);     // [curlz, cav] = curl(X, Y, U, V)
  const ArrayXXd cav = 0.5 * curlz;             // cav = curl(X, Y, U, V)
  std::cout << "divergence\n" << div << "\n\n";
  std::cout << "curlz\n" << curlz << "\n\n";
  std::cout << "cav\n" << cav << "\n\n";
}

void laplacians() {
  const ArrayXd x{{0, 1, 2, 3, 4}}, y{{0, 1, 2, 3}};
  const ArrayXXd F = x.cube().transpose().replicate(4, 1) + y.cube().replicate(1, 5);
  const ArrayXXd L = laplacian(F, 1, Edge::SecondOrder) / 4;  // L = del2(F)
  std::cout << "del2\n" << L << "\n\n";

  const ArrayXd f = x.cube();
  const ArrayXd l = gridgrad::secondDerivative<0>(f, 1, Edge::SecondOrder) / 4;  // l = del2(f), of a vector
  std::cout << "del2 of a vector\n" << l.transpose() << "\n\n";
}

void uneven() {
  const ArrayXd x{{0, 1, 3, 4, 7}};
  const ArrayXd f = x.square();
  const ArrayXd g = gradient(f, x);  // exact between the ends, where MATLAB's gradient(f, x) gives 3, 5 and 10
  std::cout << "uneven\n" << g.transpose() << "\n\n";
}

void inSpace() {
  // As meshgrid(x, y, z) makes them: the first index is y, the second x, the third z.
  const Eigen::Index ny = 3, nx = 4, nz = 3;
  Tensor3 U(ny, nx, nz), V(ny, nx, nz), W(ny, nx, nz), F(ny, nx, nz);
  for (int k = 0; k < nz; ++k)
    for (int j = 0; j < nx; ++j)
      for (int i = 0; i < ny; ++i) {
        const double x = j, y = 0.5 * i, z = 2 * k;
        U(i, j, k) = 2 * y - 3 * z;
        V(i, j, k) = 5 * x + 7 * z;
        W(i, j, k) = 11 * x - 13 * y;
        F(i, j, k) = x * x + 2 * y * y + 3 * z * z;
      }
  const double hx = 1, hy = 0.5, hz = 2;
  auto [FY, FX, FZ] = gradient(F, hy, hx, hz);    // [FX, FY, FZ] = gradient(F, hx, hy, hz)
  auto [cy, cx, cz] = curl(V, U, W, hy, hx, hz);  // [curlx, curly, curlz] = curl(X, Y, Z, U, V, W): with the minus
  const Tensor3 gradx = FX, grady = FY, gradz = FZ;
  const Tensor3 curlx = -cx, curly = -cy, curlz = -cz;
  const Tensor3 L = laplacian(F, hy, hx, hz) / 6.0;  // L = del2(F, hx, hy, hz)
  std::cout << "in space\n" << gradx(1, 1, 1) << ' ' << grady(1, 1, 1) << ' ' << gradz(1, 1, 1) << '\n';
  std::cout << curlx(1, 1, 1) << ' ' << curly(1, 1, 1) << ' ' << curlz(1, 1, 1) << '\n';
  std::cout << L(1, 1, 1) << '\n';
}

}  // namespace

int main() {
  inThePlane();
  laplacians();
  uneven();
  inSpace();
}
