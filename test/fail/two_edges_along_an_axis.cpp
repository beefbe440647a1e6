// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: along one axis goes one spacing, and then, if wanted, one Edge; where the two ends differ,
// Edges(first, last)
//
// Two edges along one axis are one argument.

#include <gridgrad/derivative.hpp>

auto slope(const Eigen::ArrayXd& f) {
  using gridgrad::Edge;
#ifdef MISTAKE
  return gridgrad::derivative<0>(f, Edge::SecondOrder, Edge::FirstOrder);
#else
  return gridgrad::derivative<0>(f, gridgrad::Edges(Edge::SecondOrder, Edge::FirstOrder));
#endif
}
