// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: an Edge goes last, after the spacings, and alone; where the two ends differ, write Edges(first, last)
//
// The order of the arguments is that of NumPy: field, spacings, edge.

#include <gridgrad/gradient.hpp>

double slope(const Eigen::ArrayXXd& f) {
  using gridgrad::Edge;
#ifdef MISTAKE
  return std::get<0>(gridgrad::gradient(f, Edge::SecondOrder, 0.1, 0.2))(0, 0);
#else
  return std::get<0>(gridgrad::gradient(f, 0.1, 0.2, Edge::SecondOrder))(0, 0);
#endif
}
