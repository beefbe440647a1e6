// SPDX-License-Identifier: MPL-2.0
//
// A stencil says, for each sample, which neighbours to read and how to weigh their differences.

#pragma once

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <ostream>
#include <tuple>
#include <type_traits>

#include <gridgrad/detail/weights.hpp>
#include <gridgrad/edge.hpp>
#include <gridgrad/spacing.hpp>

namespace gridgrad {

/// The weights of the first derivative along one axis, computed once, for programs that differentiate again and again
/// on the same grid.
///
///     const Stencil y(coordinates, Edge::SecondOrder);
///     for (…) dTdy = derivative<0>(T, y);            // np.gradient(T, coordinates, axis=0, edge_order=2)
///
/// Takes the place of a spacing in every function and brings its own edge with it. Holds its weights in float, double
/// and long double, for fields of each, and no reference to what it was made from; a derivative made with a named
/// Stencil borrows it. Cost: four divisions for each sample and precision, once.
/// Throws std::invalid_argument if the spacing is not usable (see Spacing) or too short for the edge.
class Stencil {
 public:
  /// From coordinates, one for each sample, or from a step, for any number of samples.
  template <class S, class = std::enable_if_t<!std::is_base_of<Stencil, S>::value>>
  explicit Stencil(const S& spacing, Edge edge = Edge::FirstOrder)
      : Stencil(Spacing<typename detail::SpacingScalar<S>::type>(spacing), edge) {}

  template <class Distance>
  explicit Stencil(const Spacing<Distance>& spacing, Edge edge = Edge::FirstOrder) : m_edge(edge) {
    const auto place = detail::Place::stencil();
    detail::samplesNeeded(place, edge);
    if (spacing.isStep()) {
      m_step = detail::convert<long double>(spacing.step());
      m_isWide = !std::is_same<detail::WiderDistance<double, Distance>, double>::value;
      detail::checkStep(place, m_step);
      m_shortest = m_longest = std::abs(static_cast<double>(m_step));
    } else {
      detail::checkPeriodKnown(place, edge);
      m_samples = spacing.coordinates().size();
      detail::checkSamples(place, m_samples, edge);
      fill<float>(spacing.coordinates());
      fill<double>(spacing.coordinates());
      fill<long double>(spacing.coordinates());
      m_shortest = m_longest =
          std::abs(detail::convert<double>(Distance(spacing.coordinates()[1] - spacing.coordinates()[0])));
      for (Index i = 2; i < m_samples; ++i) {
        const double step =
            std::abs(detail::convert<double>(Distance(spacing.coordinates()[i] - spacing.coordinates()[i - 1])));
        m_shortest = std::min(m_shortest, step);
        m_longest = std::max(m_longest, step);
      }
    }
  }

  /// From a step, for a given number of samples: the same derivative, and the weights can be listed.
  template <class S>
  Stencil(const S& step, Index samples, Edge edge = Edge::FirstOrder) : Stencil(step, edge) {
    static_assert(!detail::CoordinateSource<S>::known, "gridgrad: coordinates bring their own number of samples");
    if (!isStep()) detail::checkCount(detail::Place::stencil(), samples, m_samples);
    detail::checkSamples(detail::Place::stencil(), samples, edge);
    m_samples = samples;
  }

  /// How many samples the axis must have; -1 if any number will do.
  Index samples() const { return m_samples; }

  Edge edge() const { return m_edge; }

  bool isStep() const { return m_step != 0; }

  /// The three-point weights: row i of the three holds the weights of samples i-1, i and i+1. A periodic axis wraps; at
  /// any other end, row 0 holds those of samples 0, 1, 2 and the last row those of the last three.
  Eigen::ArrayXd lower() const { return column(0); }
  Eigen::ArrayXd centre() const { return column(1); }
  Eigen::ArrayXd upper() const { return column(2); }

  /// What evaluators need, if the stencil was made from coordinates. Real: float, double or long double.
  template <class Real>
  const detail::CoordinateWeights<Real>& coordinateWeights() const {
    return std::get<detail::CoordinateWeights<Real>>(m_weights);
  }

  /// What evaluators need, if the stencil was made from a step.
  template <class Real>
  detail::StepWeights<Real> stepWeights(detail::Place place, Index samples) const {
    // As precisely as the step was given, so that a stencil and its step give the same bits.
    using Usual = typename detail::DistanceScalar<Real>::type;
    using Wide = detail::WiderDistance<Usual, long double>;
    return m_isWide ? detail::stepWeights<Real>(place, detail::convert<Wide>(m_step), samples, m_edge)
                    : detail::stepWeights<Real>(place, detail::convert<Usual>(m_step), samples, m_edge);
  }

  /// "a stencil of 69 samples, first-order edges, steps from 0.0003 to 0.05".
  friend std::ostream& operator<<(std::ostream& out, const Stencil& s) {
    out << "a stencil of ";
    if (s.m_samples < 0)
      out << "any number of samples";
    else
      out << detail::Count{s.m_samples, "sample"};
    out << ", " << s.m_edge << " edges, ";
    if (s.isStep()) return out << "a step of " << static_cast<double>(s.m_step);
    return out << "steps from " << s.m_shortest << " to " << s.m_longest;
  }

 private:
  Edge m_edge;
  Index m_samples = -1;
  long double m_step = 0;  // or 0, for coordinates
  bool m_isWide = false;   // whether the step was given more precisely than in double
  double m_shortest, m_longest;
  std::tuple<detail::CoordinateWeights<float>, detail::CoordinateWeights<double>,
             detail::CoordinateWeights<long double>>
      m_weights;

  template <class Real, class Distance>
  void fill(const Eigen::Array<Distance, Eigen::Dynamic, 1>& coordinates) {
    using Working = detail::WiderDistance<typename detail::DistanceScalar<Real>::type, Distance>;
    const Eigen::Array<Working, Eigen::Dynamic, 1> x = coordinates.template cast<Working>();
    std::get<detail::CoordinateWeights<Real>>(m_weights) = detail::coordinateWeights<Real>(x, m_edge);
  }

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
      const Index start = m_edge == Edge::Periodic ? i - 1 : std::max(Index(0), std::min(i - 1, m_samples - 3));
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
