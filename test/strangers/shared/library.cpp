// SPDX-License-Identifier: MPL-2.0
//
// A shared library that uses gridgrad. Two of them, compiled with different flags, are in one process: see main.cpp.

#include <gridgrad.hpp>

#define JOINED(a, b) a##b
#define NAME(library) JOINED(library, _wrong)

/// How many answers are wrong. What the library was compiled for must be in it alone.
extern "C" __attribute__((visibility("default"))) int NAME(LIBRARY)() {
  int wrong = 0;
  for (int n = 2; n < 70; ++n) {
    Eigen::ArrayXXd f(n, 9), g(n, 9);
    for (int i = 0; i < n; ++i) f.row(i).setConstant(3.0 * i);
    g = gridgrad::derivative<0>(f, 0.5) + f;
    wrong += !(g.row(0) == 6.0).all() + !(g - f == 6.0).all();
    f = gridgrad::derivative<0>(f, 0.5, gridgrad::Edge::FirstOrder);
    wrong += !(f == 6.0).all();
  }
  Eigen::Tensor<double, 2> t(40, 5), slope(40, 5);
  for (int i = 0; i < 40; ++i)
    for (int j = 0; j < 5; ++j) t(i, j) = 3.0 * i + j;
  slope = gridgrad::derivative<0>(t, 0.5) + gridgrad::derivative<1>(t, 0.5);
  for (int k = 0; k < slope.size(); ++k) wrong += slope.data()[k] != 8.0;
  try {
    (void)gridgrad::derivative<0>(t, 0.0);
    ++wrong;
  } catch (const std::invalid_argument&) {
  }
  return wrong;
}
