// SPDX-License-Identifier: MPL-2.0
//
// Two dimensions with a known answer: F(y, x) = exp(y) sin(x), whose gradient has the length exp(y) everywhere.

#include <gridgrad.hpp>

#include <cstdio>

using Eigen::ArrayXd;
using Eigen::ArrayXXd;
using gridgrad::Edge;
using gridgrad::gradient;

namespace {

double worst(const ArrayXXd& error) { return error.abs().maxCoeff(); }

void measure(Eigen::Index rows, Eigen::Index cols) {
  // Rows are samples along y, crowded towards y = 0; columns are samples along x, a step dx apart.
  const ArrayXd y = ArrayXd::LinSpaced(rows, 0, 1).square();
  const ArrayXd x = ArrayXd::LinSpaced(cols, 0, 3);
  const double dx = 3.0 / static_cast<double>(cols - 1);
  const ArrayXXd F = y.exp().matrix() * x.sin().matrix().transpose();

  auto [dFdy, dFdx] = gradient(F, y, dx, Edge::SecondOrder);     // nothing is computed yet
  const ArrayXXd lengthSquared = dFdy.square() + dFdx.square();  // one pass over F, no temporaries

  const ArrayXXd exactDy = y.exp().matrix() * x.sin().matrix().transpose();
  const ArrayXXd exactDx = y.exp().matrix() * x.cos().matrix().transpose();
  const ArrayXXd exactLengthSquared = (2 * y).exp().replicate(1, cols);
  std::printf("%4d x %-4d %11.1e %11.1e %11.1e\n", int(rows), int(cols), worst(dFdy - exactDy), worst(dFdx - exactDx),
              worst(lengthSquared - exactLengthSquared));
}

}  // namespace

int main() {
  std::printf("Worst errors, which should fall by four with each line:\n");
  std::printf("%-11s %11s %11s %11s\n", "samples", "dF/dy", "dF/dx", "|grad F|^2");
  measure(21, 31);
  measure(41, 61);
  measure(81, 121);
  measure(161, 241);
}
