// SPDX-License-Identifier: MPL-2.0
//
// Mistakes that compile, and what happens then: the program of docs/mistakes.md.

#include <gridgrad.hpp>

#include <cmath>
#include <cstdint>
#include <iostream>
#include <stdexcept>
#include <vector>

using Eigen::ArrayXd;
using Eigen::ArrayXXd;
using gridgrad::Edge;
using gridgrad::gradient;
using gridgrad::Stencil;

namespace {

/// Says what is thrown.
template <class Call>
void refused(const Call& call) {
  try {
    call();
    std::cout << "not refused\n";
  } catch (const std::logic_error& error) {
    std::cout << error.what() << '\n';
  }
}

ArrayXd field() { return ArrayXd{{0, 1, 4, 9, 16}}; }

// Right: an array leaves the function, and holds numbers.
ArrayXd slopeOfLocal() {
  const ArrayXd f = field();
  return gradient(f, 0.5);
}

void lifetimes() {
  std::cout << "kept\n";
  // auto slope = gradient(field() - 1.0);          // wrong: the field is gone when slope is read
  auto slope = gradient((field() - 1.0).eval());     // right: keeps an array of its own
  const ArrayXd now = gradient(field() - 1.0, 0.5);  // right: computed in this statement
  std::cout << slope.transpose() << '\n' << now.transpose() << '\n' << slopeOfLocal().transpose() << "\n\n";
}

void readTwice() {
  std::cout << "read twice\n";
  const ArrayXd x = ArrayXd::LinSpaced(100, 0, 1);
  int calls = 0;
  const auto f = [&calls](double t) { return ++calls, std::exp(t); };
  auto slope = gradient(x.unaryExpr(f), x);
  const double range = slope.maxCoeff() - slope.minCoeff();  // two passes, each of which computes all anew
  std::cout << "two readings: " << calls << " calls\n";
  calls = 0;
  const ArrayXd values = gradient(x.unaryExpr(f).eval(), x);  // the field once, the slope once
  std::cout << "from arrays: " << calls << " calls\n";
  std::cout << "the same: " << (std::abs(values.maxCoeff() - values.minCoeff() - range) < 1e-12) << "\n\n";
}

void aliasing() {
  ArrayXd u = field();
  u = gradient(u);  // right
  std::cout << "aliasing\n" << u.transpose() << '\n';
  u = field();
  auto slope = gradient(u);
  for (int i = 0; i < u.size(); ++i) u[i] = slope(i);  // wrong: reads what it wrote a moment before
  std::cout << u.transpose() << "\n\n";

  ArrayXXd a{{0, 1, 4}, {1, 2, 5}, {4, 5, 8}};
  const ArrayXXd before = a;
  auto [d0, d1] = gradient(a);
  a = d0;                     // right
  const ArrayXXd wrong = d1;  // wrong: a is no longer what it was
  auto [e0, e1] = gradient(before);
  const ArrayXXd right = e1;
  std::cout << wrong << "\n\n" << right << "\n\n";
}

void severalAssignments() {
  const ArrayXd f = field();
  ArrayXd u = f;
  u << gradient(u, 0.5).head(3), gradient(u, 0.5).tail(2);  // wrong: the tail is read when the head has been written
  std::cout << "the comma\n" << u.transpose() << '\n';
  u = f;
  const ArrayXd slope = gradient(u, 0.5);
  u << slope.head(3), slope.tail(2);  // right
  std::cout << u.transpose() << "\n\n";
}

void axisOrder() {
  std::cout << "axis order\n";
  // Rows are y: T(i, j) is at (x[j], y[i]), and T = y + 10 x.
  const ArrayXd y{{0, 1, 3}}, x{{0, 2, 3}};
  const ArrayXXd T = y.replicate(1, 3) + 10 * x.transpose().replicate(3, 1);
  auto [wrongY, wrongX] = gradient(T, x, y);  // wrong, and not refused: as many rows as columns
  auto [dTdy, dTdx] = gradient(T, y, x);      // right
  std::cout << wrongY.row(1) << "   " << wrongX.row(1) << '\n' << dTdy.row(1) << "   " << dTdx.row(1) << '\n';
  const ArrayXd longX{{0, 2, 3, 7}};
  const ArrayXXd S = y.replicate(1, 4) + 10 * longX.transpose().replicate(3, 1);
  refused([&] { gradient(S, longX, y); });
  std::cout << '\n';
}

void spacings() {
  const ArrayXd x{{0, 1, 3, 4, 7}}, f = x.square();
  std::cout << "steps and coordinates\n";
  refused([&] { gradient(f, std::vector<double>{0.5}); });                      // one step in a vector
  refused([&] { gradient(f, ArrayXd(x.tail(4) - x.head(4))); });                // intervals
  refused([&] { gradient(f, std::vector<double>{0.5, 0.5, 0.5, 0.5, 0.5}); });  // a step for each sample
  const std::vector<double> widths{1, 1.5, 2, 2.5, 3};                          // each cell's width
  std::cout << gradient(f, widths).transpose() << '\n';                         // not refused
  std::cout << gradient(f, x).transpose() << '\n';                              // right
  const int n = 5;
  refused([&] { gradient(f, 1 / (n - 1)); });  // integers divide to zero
  std::cout << '\n';
}

void numbersThatMeanSomethingElse() {
  std::cout << "numbers\n";
  const ArrayXXd F{{0, 1, 4}, {1, 2, 5}, {4, 5, 8}};
  auto [a0, a1] = gradient(F, 0.5, 2);  // a step of 2 on axis 1, not NumPy's edge_order=2
  auto [b0, b1] = gradient(F, 0.5, Edge::SecondOrder);
  std::cout << a1.row(0) << "   " << b1.row(0) << '\n';
  refused([&] { gridgrad::derivative(field(), 2, 0.5); });  // axis 2, in steps of 0.5
  std::cout << '\n';
}

void shapes() {
  std::cout << "shapes\n";
  ArrayXXd column(5, 1);
  column.col(0) = field();
  refused([&] { gradient(column, 0.5); });
  std::cout << gradient<0>(column, 0.5).transpose() << '\n';      // right: one axis
  std::cout << gradient(column.col(0), 0.5).transpose() << '\n';  // right: a vector
  const Stencil x(ArrayXd{{0, 1, 3, 4}});
  refused([&] { gradient(field(), x); });
  std::cout << '\n';
}

void products() {
  std::cout << "products\n";
  const Eigen::MatrixXd F{{0, 1}, {3, 5}};
  auto [d0, d1] = gradient(F);
  const Eigen::MatrixXd wrong = d0 * d0 + d1 * d1;  // wrong: products of matrices
  const Eigen::MatrixXd right = d0.cwiseAbs2() + d1.cwiseAbs2();
  std::cout << wrong << "\n\n" << right << "\n\n";
}

void wholeNumbers() {
  std::cout << "whole numbers\n";
  const Eigen::Array<unsigned, 5, 1> counts{9u, 7u, 4u, 4u, 250u};
  std::cout << gradient(counts).transpose() << '\n';  // right: double
  const Eigen::Array<unsigned, 3, 1> byHand = (counts.tail<3>() - counts.head<3>()) / 2;
  std::cout << byHand.transpose() << "\n\n";  // wrong: unsigned differences wrap round, and halves are lost

  // Nanoseconds since 1970: 0, 100 and 300 after a moment in 2023.
  const Eigen::Array<std::int64_t, 3, 1> stamps{1700000000000000000, 1700000000000000100, 1700000000000000300};
  std::cout << gradient(stamps).transpose() << '\n';                // of the nearest doubles, 256 apart
  std::cout << gradient(stamps - stamps[0]).transpose() << "\n\n";  // right: subtracted as integers
}

void periodicTwice() {
  std::cout << "the end point twice\n";
  const double turn = 2 * std::acos(-1.0);
  const ArrayXd twice = ArrayXd::LinSpaced(9, 0, turn);  // 0 and 2 pi are one point
  const ArrayXd once = ArrayXd::LinSpaced(8, 0, turn * 7 / 8);
  refused([&] { gradient(twice.sin(), gridgrad::periodic(twice, turn)); });
  const double h = turn / 8;
  std::cout << gradient(twice.sin(), h, Edge::Periodic)(0) << '\n';  // wrong, and not refused
  std::cout << gradient(once.sin(), h, Edge::Periodic)(0) << '\n';   // right
}

}  // namespace

int main() {
  lifetimes();
  readTwice();
  aliasing();
  severalAssignments();
  axisOrder();
  spacings();
  numbersThatMeanSomethingElse();
  shapes();
  products();
  wholeNumbers();
  periodicTwice();
}
