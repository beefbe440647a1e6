// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: braces say neither steps nor coordinates: write steps one after the other, gradient(f, 0.1, 0.2),
// and coordinates as a std::array or Eigen array
//
// NumPy's np.gradient(f, [0, 1, 3]) has a list, which C++ has not.

#include <gridgrad/gradient.hpp>

#include <array>

auto slope(const Eigen::Array3d& f) {
#ifdef MISTAKE
  gridgrad::gradient(f, {0, 1, 3});
#endif
  return gridgrad::gradient(f, std::array<double, 3>{0, 1, 3});
}
