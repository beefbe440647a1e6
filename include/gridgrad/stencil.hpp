// SPDX-License-Identifier: MPL-2.0
//
// A stencil says, for each sample, which neighbours to read and how to weigh their differences.

#pragma once

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <memory>
#include <ostream>
#include <type_traits>

#include <gridgrad/numbers/formulas.hpp>
#include <gridgrad/numbers/tables.hpp>
#include <gridgrad/numbers/weights.hpp>
#include <gridgrad/edge.hpp>
#include <gridgrad/spacing.hpp>

namespace gridgrad {

class Stencil;
namespace detail {
template <>
inline constexpr bool isMadeSpacing<Stencil> = true;
}

/// The weights of the first and the second derivative along one axis, computed once, for programs that differentiate
/// again and again on the same grid.
///
///     const Stencil y(coordinates, Edge::SecondOrder);
///     for (…) dTdy = derivative<0>(T, y);            // np.gradient(T, coordinates, axis=0, edge_order=2)
///
///     Stencil(coordinates, Edge::SecondOrder, Edge::FirstOrder)    an edge for each end
///     Stencil(periodic(angle, 2 * pi))                             an axis that closes on itself
///
/// Takes the place of a spacing in every function and brings its own edges with it, which go before those of the call.
/// Holds no reference to what it was made from; a derivative made with a named Stencil borrows it, one made with a
/// temporary keeps it. Copies share their weights. A const one may be used by several threads at once.
///
/// Cost: a copy of the coordinates. The weights are computed when a derivative of that order is first asked for, of a
/// field of that precision, float, double or long double: four divisions for each sample, and the memory of two
/// numbers. From then on a derivative made with a named Stencil allocates nothing. The weights and their source:
/// docs/mathematics.md.
///
/// Throws std::invalid_argument if the spacing is not usable (see Spacing) or too short for the edges.
class Stencil {
 public:
  /// From coordinates, one for each sample, or from a step, for any number of samples.
  template <class SpacingType, class = std::enable_if_t<!std::is_base_of<Stencil, SpacingType>::value>>
  explicit Stencil(const SpacingType& spacing, Edges edges = Edge::FirstOrder)
      : Stencil(Spacing<typename detail::SpacingScalar<SpacingType>::type>(detail::Place::stencil(), spacing), edges) {}

  /// From a Spacing, whose own edges go before `edges`.
  template <class Distance>
  explicit Stencil(const Spacing<Distance>& spacing, Edges edges = Edge::FirstOrder) : m_edges(spacing.edgesOr(edges)) {
    static_assert(std::is_constructible<double, const Distance&>::value, GRIDGRAD_SAYS_STENCIL_DISTANCE);
    const auto place = detail::Place::stencil();
    detail::checkEdges(place, m_edges);
    detail::samplesNeeded(place, m_edges.first, 1);
    detail::samplesNeeded(place, m_edges.last, 1);
    const detail::Quiet quiet;
    if (spacing.isStep()) {
      m_step = detail::convert<long double>(spacing.step());
      m_isWide = !std::is_same<detail::WiderDistance<double, Distance>, double>::value;
      detail::checkStep(place, m_step);
      m_shortest = m_longest = std::abs(static_cast<double>(m_step));
    } else {
      const auto& x = spacing.points();
      if (m_edges.arePeriodic() && !x.arePeriodic()) detail::failPeriodUnknown(place);
      m_samples = x.size();
      detail::checkSamples(place, m_samples, m_edges, 1);
      m_tables = std::make_shared<const detail::Tables>(x, m_edges);
      const Index intervals = x.arePeriodic() ? m_samples : m_samples - 1;
      for (Index i = 0; i < intervals; ++i) {
        const double step = std::abs(detail::convert<double>(Distance(x[i + 1] - x[i])));
        m_shortest = i == 0 ? step : (std::min)(m_shortest, step);
        m_longest = (std::max)(m_longest, step);
      }
    }
  }

  /// With an edge for each end.
  template <class SpacingType>
  Stencil(const SpacingType& spacing, Edge first, Edge last) : Stencil(spacing, Edges(first, last)) {}

  /// From a step, for a given number of samples: the same derivative, and the weights can be listed.
  template <class SpacingType>
  Stencil(const SpacingType& step, Index samples, Edges edges = Edge::FirstOrder) : Stencil(step, edges) {
    static_assert(!detail::CoordinateSource<SpacingType>::known,
                  "gridgrad: coordinates bring their own number of samples");
    if (!isStep()) detail::checkCount(detail::Place::stencil(), samples, m_samples);
    detail::checkSamples(detail::Place::stencil(), samples, m_edges, 1);
    m_samples = samples;
  }

  /// Copied where it could be moved, so that what was moved from is still a stencil.
  Stencil(const Stencil&) = default;
  /// The same.
  Stencil& operator=(const Stencil&) = default;

  /// How many samples the axis must have; -1 if any number will do.
  Index samples() const { return m_samples; }

  /// What it does at the two ends.
  Edges edges() const { return m_edges; }

  /// Whether it was made from a step; if not, from coordinates.
  bool isStep() const { return m_step != 0; }

  /// The weight of sample i-1 in the first derivative at sample i, for every i.
  ///
  /// At an end that is not periodic the three samples are the first three, or the last three, so that the weights there
  /// are those of samples 0, 1, 2, whichever the edge reads. Throws std::invalid_argument if the stencil was made from
  /// a step for any number of samples.
  Eigen::ArrayXd lower() const { return column(0); }

  /// The weight of sample i itself; otherwise as lower().
  Eigen::ArrayXd centre() const { return column(1); }

  /// The weight of sample i+1; otherwise as lower().
  Eigen::ArrayXd upper() const { return column(2); }

  /// For the library's own use: what evaluators need, if the stencil was made from coordinates. Real: float, double or
  /// long double; order: of the derivative, 1 or 2, for which the axis must be long enough.
  template <class Real, int order = 1>
  const detail::CoordinateWeights<Real>& coordinateWeights() const {
    return m_tables->get<Real, order>();
  }

  /// For the library's own use: what evaluators need, if the stencil was made from a step.
  template <class Real, int order = 1>
  detail::StepWeights<Real, order> stepWeights(detail::Place place, Index samples) const {
    // As precisely as the step was given, so that a stencil and its step give the same bits.
    using Usual = typename detail::DistanceScalar<Real>::type;
    using Wide = detail::WiderDistance<Usual, long double>;
    return m_isWide ? detail::stepWeights<Real, order>(place, detail::convert<Wide>(m_step), samples, m_edges)
                    : detail::stepWeights<Real, order>(place, detail::convert<Usual>(m_step), samples, m_edges);
  }

  /// "a stencil of 69 samples, first-order edges, steps from 0.0003 to 0.05".
  friend std::ostream& operator<<(std::ostream& out, const Stencil& s) {
    out << "a stencil of ";
    if (s.m_samples < 0)
      out << "any number of samples";
    else
      out << detail::Count{s.m_samples, "sample"};
    out << ", " << s.m_edges << " edges, ";
    if (s.isStep()) return out << "a step of " << detail::rounded<double>(s.m_step);
    return out << "steps from " << s.m_shortest << " to " << s.m_longest;
  }

 private:
  Edges m_edges;
  Index m_samples = -1;
  long double m_step = 0;  // or 0, for coordinates
  bool m_isWide = false;   // whether the step was given more precisely than in double
  double m_shortest = 0, m_longest = 0;
  std::shared_ptr<const detail::Tables> m_tables;  // of coordinates; shared by copies

  Eigen::ArrayXd column(Index which) const {
    detail::checkStencilHasSamples(m_samples);
    return isStep() ? column(which, stepWeights<double>(detail::Place::stencil(), m_samples))
                    : column(which, coordinateWeights<double>());
  }

  template <class Weights>
  Eigen::ArrayXd column(Index which, const Weights& weights) const {
    Eigen::ArrayXd result = Eigen::ArrayXd::Zero(m_samples);
    if (which >= m_samples) return result;
    for (Index i = 0; i < m_samples; ++i) {
      const Index start = m_edges.arePeriodic() ? i - 1 : (std::max)(Index(0), (std::min)(i - 1, m_samples - 3));
      const Index sample = (start + which + m_samples) % m_samples;
      weights.forEach(i, m_samples, [&](Index from, Index to, double weight) {
        if (from == to) return;
        if (to == sample) result[i] += weight;
        if (from == sample) result[i] -= weight;
      });
    }
    return result;
  }
};

}  // namespace gridgrad
