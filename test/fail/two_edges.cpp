// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: an Edge goes last, after the spacings, and alone; where the two ends differ, write Edges(first, last)
//
// Two edges are no argument of gradient(): there would be a third for the second axis.

#include <gridgrad/gradient.hpp>

auto slope(const Eigen::ArrayXd& f) {
  using gridgrad::Edge;
#ifdef MISTAKE
  return gridgrad::gradient(f, 0.1, Edge::SecondOrder, Edge::FirstOrder);
#else
  return gridgrad::gradient(f, 0.1, gridgrad::Edges(Edge::SecondOrder, Edge::FirstOrder));
#endif
}
