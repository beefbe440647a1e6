// SPDX-License-Identifier: MPL-2.0
// says: lvalue required as left operand of assignment
// says: expression is not assignable
//
// A derivative is computed when read, so there is nothing to write to. The sentence is the compiler's own.

#include <gridgrad/gradient.hpp>

double slope(Eigen::ArrayXd f) {
  auto g = gridgrad::gradient(f);
#ifdef MISTAKE
  g[0] = 1;
#else
  f = g;
#endif
  return g[0];
}
