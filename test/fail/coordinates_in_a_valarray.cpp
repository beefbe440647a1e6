// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: coordinates lie in memory one after the other, as in a std::vector, a std::array or an Eigen array:
// copy these into one (of a std::valarray a, Eigen::Map<const Eigen::ArrayXd>(&a[0], a.size()) is one)
//
// A std::valarray does not say where its numbers are.

#include <gridgrad/gradient.hpp>

#include <valarray>

Eigen::ArrayXd slope(const Eigen::ArrayXd& f, const std::valarray<double>& x) {
#ifdef MISTAKE
  return gridgrad::gradient(f, x);
#else
  return gridgrad::gradient(f, Eigen::Map<const Eigen::ArrayXd>(&x[0], Eigen::Index(x.size())));
#endif
}
