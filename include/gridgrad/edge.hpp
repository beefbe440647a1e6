// SPDX-License-Identifier: MPL-2.0
//
// An edge says what to do at the two ends of an axis, where a sample has a neighbour on one side only.

#pragma once

#include <ostream>

#include <gridgrad/numbers/requirements.hpp>

namespace gridgrad {

using Eigen::Index;

/// What a derivative does at the first and the last sample of an axis. Of its three points or so, some are missing.
///
///     gradient(f, h, Edge::SecondOrder)               // np.gradient(f, h, edge_order=2)
///
/// NumPy spells the first two `edge_order=1` (its default, and ours) and `edge_order=2`; it has no third. The formulas
/// and their errors are in docs/mathematics.md. An axis that is too short for its edge throws std::invalid_argument: a
/// first derivative needs 2, 3 or 1 samples, in the order below, and a second derivative 3, 4 or 1.
enum class Edge {
  FirstOrder,   ///< the line through the two nearest samples (second derivative: the parabola through three)
  SecondOrder,  ///< the parabola through the three nearest samples (second derivative: the cubic through four)
  Periodic      ///< none is missing: the two ends are neighbours, one step apart, or as periodic() says
};

/// What a derivative does at each of the two ends, where they differ.
///
///     gradient(f, h, Edges(Edge::SecondOrder, Edge::FirstOrder))      // np.gradient has no such thing
///
/// Goes wherever an Edge goes; an Edge alone stands for both ends. Edge::Periodic is both ends or none: who is handed
/// Edges that have it at one end throws std::invalid_argument.
struct Edges {
  Edge first;  ///< what to do at the first sample
  Edge last;   ///< and at the last

  /// The same at both ends.
  constexpr Edges(Edge both) : first(both), last(both) {}  // NOLINT: an Edge is meant to become Edges unasked
  /// One for each end.
  constexpr Edges(Edge atFirst, Edge atLast) : first(atFirst), last(atLast) {}

  /// Whether the ends are neighbours.
  constexpr bool arePeriodic() const { return first == Edge::Periodic; }

  /// Whether both ends are alike in both.
  friend constexpr bool operator==(Edges a, Edges b) { return a.first == b.first && a.last == b.last; }
  /// Whether an end of one is not like that of the other.
  friend constexpr bool operator!=(Edges a, Edges b) { return !(a == b); }
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

/// "first-order", or "second-order and first-order".
inline std::ostream& operator<<(std::ostream& out, Edges edges) {
  out << edges.first;
  return edges.first == edges.last ? out : out << " and " << edges.last;
}

}  // namespace gridgrad
