// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: these are several results, and one array takes one
//
// The gradient of a field of two axes is two derivatives.

#include <gridgrad/gradient.hpp>

Eigen::ArrayXXd slope(const Eigen::ArrayXXd& f) {
#ifdef MISTAKE
  const Eigen::ArrayXXd g = gridgrad::gradient(f, 0.1);
#else
  const Eigen::ArrayXXd g = gridgrad::gradient<0>(f, 0.1);
#endif
  return g;
}
