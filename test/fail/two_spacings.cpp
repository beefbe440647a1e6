// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: along one axis goes one spacing, and then, if wanted, one Edge; where the two ends differ,
// Edges(first, last)
//
// NumPy's edge_order=2 is no number here.

#include <gridgrad/derivative.hpp>

auto slope(const Eigen::ArrayXd& f) {
#ifdef MISTAKE
  return gridgrad::derivative<0>(f, 0.5, 2);
#else
  return gridgrad::derivative<0>(f, 0.5, gridgrad::Edge::SecondOrder);
#endif
}
