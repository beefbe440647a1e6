// SPDX-License-Identifier: MPL-2.0
//
// Three dimensions with a known answer: f(x, y, z) = sin(x) cos(y) exp(-z) and its gradient, on a grid that is
// stretched in z. Then a plane of the gradient, of which only the plane is computed.

#include <gridgrad.hpp>

#include <unsupported/Eigen/CXX11/Tensor>

#include <array>
#include <cmath>
#include <cstdio>

using Eigen::ArrayXd;
using Eigen::Index;
using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::gradient;

namespace {

using Tensor3 = Eigen::Tensor<double, 3>;
using Tensor2 = Eigen::Tensor<double, 2>;

/// What f gives at the points of a grid.
template <class Function>
Tensor3 sample(const ArrayXd& x, const ArrayXd& y, const ArrayXd& z, const Function& f) {
  Tensor3 t(x.size(), y.size(), z.size());
  for (Index k = 0; k < z.size(); ++k)
    for (Index j = 0; j < y.size(); ++j)
      for (Index i = 0; i < x.size(); ++i) t(i, j, k) = f(x[i], y[j], z[k]);
  return t;
}

double worst(const Tensor3& error) {
  const Eigen::Tensor<double, 0> most = error.abs().maximum();
  return most();
}

void measure(Index n) {
  const ArrayXd x = ArrayXd::LinSpaced(n, 0, 2), y = ArrayXd::LinSpaced(n, 0, 2);
  const ArrayXd z = ArrayXd::LinSpaced(n, 0, 1).square();  // crowded towards z = 0
  const double h = 2.0 / static_cast<double>(n - 1);
  const Tensor3 t = sample(x, y, z, [](double a, double b, double c) { return sin(a) * cos(b) * exp(-c); });

  auto [tx, ty, tz] = gradient(t, h, h, z, Edge::SecondOrder);            // nothing is computed yet
  const Tensor3 lengthSquared = tx.square() + ty.square() + tz.square();  // one pass over t, no temporaries

  const Tensor3 ex = sample(x, y, z, [](double a, double b, double c) { return cos(a) * cos(b) * exp(-c); });
  const Tensor3 ey = sample(x, y, z, [](double a, double b, double c) { return -sin(a) * sin(b) * exp(-c); });
  std::printf("%3d cubed %11.1e %11.1e %11.1e %11.1e\n", int(n), worst(tx - ex), worst(ty - ey), worst(tz + t),
              worst(lengthSquared - (ex.square() + ey.square() + t.square())));
}

}  // namespace

int main() {
  std::printf("Worst errors, which should fall by four with each line:\n");
  std::printf("%-9s %11s %11s %11s %11s\n", "samples", "df/dx", "df/dy", "df/dz", "|grad f|^2");
  measure(17);
  measure(33);
  measure(65);

  const ArrayXd x = ArrayXd::LinSpaced(65, 0, 2);
  const Tensor3 t = sample(x, x, x, [](double a, double b, double c) { return sin(a) * cos(b) * exp(-c); });
  const double h = x[1] - x[0];
  auto [tx, ty, tz] = gradient(t, h, Edge::SecondOrder);
  const Tensor2 plane = (tx.square() + ty.square()).sqrt().chip<2>(0);  // 65 x 65 of 65 x 65 x 65 are computed
  const Eigen::Tensor<double, 0> mean = tz.mean();                      // no tensor at all
  const Tensor3 corner = ty.slice(std::array<Index, 3>{0, 0, 0}, std::array<Index, 3>{2, 2, 2});
  std::printf("\nAt z = 0, steepness along x and y at the four corners of the plane: %.4f %.4f %.4f %.4f\n",
              plane(0, 0), plane(64, 0), plane(0, 64), plane(64, 64));
  std::printf("Mean of df/dz: %.4f\nCorner of df/dy: %.4f\n", mean(), corner(1, 1, 1));

  Tensor3 u = t;
  u += 0.5 * derivative<0>(u, h);  // reads what it writes, so it is computed aside first
  std::printf("Worst difference from computing it aside: %.1f", worst(u - (t + 0.5 * derivative<0>(t, h))));
  u = t;
  u = derivative<0>(u, h).square() + u;
  std::printf(" and %.1f\n", worst(u - (derivative<0>(t, h).square() + t)));
}
