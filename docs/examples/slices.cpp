// SPDX-License-Identifier: MPL-2.0
//
// Differences written with blocks and segments, each beside the word for it: the program of docs/slices.md.

#include <gridgrad.hpp>

#include <iostream>

using Eigen::ArrayXd;
using Eigen::ArrayXXd;
using Eigen::Index;
using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::gradient;

namespace {

int faults = 0;

/// Both are the same to rounding.
template <class A, class B>
void same(const char* what, const A& a, const B& b) {
  const bool good = a.rows() == b.rows() && a.cols() == b.cols() && (a - b).isZero(1e-12);
  std::cout << what << ": " << (good ? "the same" : "NOT the same") << '\n';
  faults += !good;
}

void vectors() {
  const Index n = 9;
  const double h = 0.5;
  const ArrayXd x = ArrayXd::LinSpaced(n, 0, 2).square();  // crowded at one end
  const ArrayXd f = (1 + x).log();

  ArrayXd g(n);
  g.segment(1, n - 2) = (f.tail(n - 2) - f.head(n - 2)) / (2 * h);
  g[0] = (f[1] - f[0]) / h;
  g[n - 1] = (f[n - 1] - f[n - 2]) / h;
  same("slope", g, gradient(f, h));

  g[0] = (-3 * f[0] + 4 * f[1] - f[2]) / (2 * h);
  g[n - 1] = (3 * f[n - 1] - 4 * f[n - 2] + f[n - 3]) / (2 * h);
  same("slope, ends of second order", g, gradient(f, h, Edge::SecondOrder));

  g[0] = (f[1] - f[n - 1]) / (2 * h);
  g[n - 1] = (f[0] - f[n - 2]) / (2 * h);
  same("slope, periodic", g, gradient(f, h, Edge::Periodic));

  const ArrayXd l = x.segment(1, n - 2) - x.head(n - 2), r = x.tail(n - 2) - x.segment(1, n - 2);
  const ArrayXd left = f.segment(1, n - 2) - f.head(n - 2), right = f.tail(n - 2) - f.segment(1, n - 2);
  g.segment(1, n - 2) = (r / l * left + l / r * right) / (l + r);
  same("slope, uneven", g.segment(1, n - 2), gradient(f, x).segment(1, n - 2));

  ArrayXd c(n - 2);
  c = (f.tail(n - 2) - 2 * f.segment(1, n - 2) + f.head(n - 2)) / (h * h);
  same("second derivative", c, gridgrad::secondDerivative<0>(f, h).segment(1, n - 2));
}

void planes() {
  const Index n = 6, m = 7;
  const double h = 0.25;
  ArrayXXd F(n, m), u(n, m), v(n, m);
  for (Index j = 0; j < m; ++j)
    for (Index i = 0; i < n; ++i) {
      const double x = h * double(i), y = h * double(j);
      F(i, j) = x * x * y, u(i, j) = x * y, v(i, j) = y - x * x;
    }

  const ArrayXXd d0 = (F.bottomRows(n - 2) - F.topRows(n - 2)) / (2 * h);
  same("down the rows", d0, derivative<0>(F, h).middleRows(1, n - 2));

  const ArrayXXd d1 = (F.rightCols(m - 2) - F.leftCols(m - 2)) / (2 * h);
  same("across the columns", d1, derivative<1>(F, h).middleCols(1, m - 2));

  const ArrayXXd five = (F.block(2, 1, n - 2, m - 2) + F.block(0, 1, n - 2, m - 2) + F.block(1, 2, n - 2, m - 2) +
                         F.block(1, 0, n - 2, m - 2) - 4 * F.block(1, 1, n - 2, m - 2)) /
                        (h * h);
  same("Laplacian", five, gridgrad::laplacian(F, h).block(1, 1, n - 2, m - 2));

  const ArrayXXd div = (u.block(2, 1, n - 2, m - 2) - u.block(0, 1, n - 2, m - 2) + v.block(1, 2, n - 2, m - 2) -
                        v.block(1, 0, n - 2, m - 2)) /
                       (2 * h);
  same("divergence", div, gridgrad::divergence(u, v, h).block(1, 1, n - 2, m - 2));
}

void overlap() {
  // In place, slice by slice: each row reads the row above it, which has just been written.
  const ArrayXXd before{{0, 0}, {1, 2}, {4, 6}, {9, 12}};
  ArrayXXd a = before;
  for (Index i = 1; i < 3; ++i) a.row(i) = (a.row(i + 1) - a.row(i - 1)) / 2;
  std::cout << "row by row\n" << a << "\n\n";
  a = before;
  a.middleRows(1, 2) = derivative<0>(a, 1).middleRows(1, 2);
  std::cout << "in one statement\n" << a << '\n';
}

}  // namespace

int main() {
  vectors();
  planes();
  overlap();
  return faults;
}
