// SPDX-License-Identifier: MPL-2.0
//
// An edge says what to do at the two ends of an axis, where a sample has a neighbour on one side only.

#pragma once

#include <Eigen/Core>

#include <ostream>

namespace gridgrad {

using Eigen::Index;

/// What the derivative does at the first and the last sample of an axis.
///
/// NumPy spells the first two `edge_order=1` (its default) and `edge_order=2`; it has no third.
enum class Edge {
  FirstOrder,   ///< the slope of the straight line to the one neighbour: exact on lines; needs 2 samples
  SecondOrder,  ///< the slope of the parabola through the three nearest samples: exact on parabolas; needs 3
  Periodic      ///< the two ends are neighbours, one step apart; needs a step, and 1 sample
};

/// Writes an edge as the middle of a sentence: "first-order".
inline std::ostream& operator<<(std::ostream& out, Edge edge) {
  switch (edge) {
    case Edge::FirstOrder: return out << "first-order";
    case Edge::SecondOrder: return out << "second-order";
    case Edge::Periodic: return out << "periodic";
  }
  return out << "unknown (" << static_cast<int>(edge) << ")";
}

}  // namespace gridgrad
