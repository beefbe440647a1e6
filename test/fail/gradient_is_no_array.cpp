// SPDX-License-Identifier: MPL-2.0
// says: std::tuple<gridgrad::expressions::Derivative
// says: std::tuple<Derivative
//
// The gradient of a field of two axes is two derivatives. A std::tuple leaves the sentence to the compiler: it is read
// for saying of what it is a tuple.

#include <gridgrad/gradient.hpp>

Eigen::ArrayXXd slope(const Eigen::ArrayXXd& f) {
#ifdef MISTAKE
  const Eigen::ArrayXXd g = gridgrad::gradient(f, 0.1);
#else
  const Eigen::ArrayXXd g = gridgrad::gradient<0>(f, 0.1);
#endif
  return g;
}
