// SPDX-License-Identifier: MPL-2.0
//
// Every spelling of np.gradient, and what it is here.

#include <gridgrad.hpp>

#include <array>
#include <iostream>
#include <vector>

using Eigen::ArrayXd;
using Eigen::ArrayXXd;
using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::gradient;

namespace {

/// All on one line, rows parted by semicolons.
template <class... Fields>
void print(const char* numpy, const Fields&... fields) {
  const Eigen::IOFormat line(4, Eigen::DontAlignCols, " ", "; ", "", "", "", "");
  std::cout << numpy << '\n';
  ((std::cout << "    " << fields.format(line) << '\n'), ...);
}

/// A vector, whichever way it lies in memory, on one line.
template <class Field>
void print1(const char* numpy, const Field& field) {
  print(numpy, field.transpose());
}

void oneAxis() {
  const ArrayXd v{{1, 2, 4, 7, 11, 16}};
  const ArrayXd x{{0, 1, 1.5, 3.5, 4, 6}};

  auto a = gradient(v);                        // np.gradient(v)
  auto b = gradient(v, 2);                     // np.gradient(v, 2)
  auto c = gradient(v, x);                     // np.gradient(v, x)
  auto d = gradient(v, Edge::SecondOrder);     // np.gradient(v, edge_order=2)
  auto e = gradient(v, x, Edge::SecondOrder);  // np.gradient(v, x, edge_order=2)

  print1("np.gradient(v)", a);
  print1("np.gradient(v, 2)", b);
  print1("np.gradient(v, x)", c);
  print1("np.gradient(v, edge_order=2)", d);
  print1("np.gradient(v, x, edge_order=2)", e);
}

void allAxes() {
  const ArrayXXd f{{1, 2, 6}, {3, 4, 5}, {8, 1, 0}};
  const ArrayXd y{{0, 1, 3}};
  const std::vector<double> x{0, 0.5, 2};

  auto [a0, a1] = gradient(f);                           // np.gradient(f)
  auto [b0, b1] = gradient(f, 2);                        // np.gradient(f, 2)
  auto [c0, c1] = gradient(f, 2, 0.5);                   // np.gradient(f, 2, 0.5)
  auto [d0, d1] = gradient(f, y, x);                     // np.gradient(f, y, x)
  auto [e0, e1] = gradient(f, y, 0.5);                   // np.gradient(f, y, 0.5)
  auto [g0, g1] = gradient(f, 2, x);                     // np.gradient(f, 2, x)
  auto [h0, h1] = gradient(f, Edge::SecondOrder);        // np.gradient(f, edge_order=2)
  auto [k0, k1] = gradient(f, y, 2, Edge::SecondOrder);  // np.gradient(f, y, 2, edge_order=2)

  print("np.gradient(f)", a0, a1);
  print("np.gradient(f, 2)", b0, b1);
  print("np.gradient(f, 2, 0.5)", c0, c1);
  print("np.gradient(f, y, x)", d0, d1);
  print("np.gradient(f, y, 0.5)", e0, e1);
  print("np.gradient(f, 2, x)", g0, g1);
  print("np.gradient(f, edge_order=2)", h0, h1);
  print("np.gradient(f, y, 2, edge_order=2)", k0, k1);
}

void chosenAxes() {
  const ArrayXXd f{{1, 2, 6}, {3, 4, 5}, {8, 1, 0}};
  const ArrayXd y{{0, 1, 3}};
  const std::array<double, 3> x{0, 0.5, 2};

  auto a = gradient<0>(f);                           // np.gradient(f, axis=0)
  auto b = gradient<1>(f, x);                        // np.gradient(f, x, axis=1)
  auto c = gradient<-1>(f, 0.5, Edge::SecondOrder);  // np.gradient(f, 0.5, axis=-1, edge_order=2)
  auto [d0, d1] = gradient<0, 1>(f, y, x);           // np.gradient(f, y, x, axis=(0, 1))
  auto [e1, e0] = gradient<1, 0>(f, x, y);           // np.gradient(f, x, y, axis=(1, 0))
  auto [g1, g0] = gradient<-1, -2>(f, 0.5);          // np.gradient(f, 0.5, axis=(-1, -2))

  print("np.gradient(f, axis=0)", a);
  print("np.gradient(f, x, axis=1)", b);
  print("np.gradient(f, 0.5, axis=-1, edge_order=2)", c);
  print("np.gradient(f, y, x, axis=(0, 1))", d0, d1);
  print("np.gradient(f, x, y, axis=(1, 0))", e1, e0);
  print("np.gradient(f, 0.5, axis=(-1, -2))", g1, g0);

  for (int axis = 0; axis < 2; ++axis) {
    auto along = derivative(f, axis, 0.5);  // np.gradient(f, 0.5, axis=axis)
    print("np.gradient(f, 0.5, axis=axis)", along);
  }
}

}  // namespace

int main() {
  oneAxis();
  allAxes();
  chosenAxes();
}
