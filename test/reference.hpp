// SPDX-License-Identifier: MPL-2.0
//
// What the tests compare with: fields of small binary fractions, whose differences are exact in every precision, and
// the derivative as numpy.gradient's manual defines it, one sample at a time, three weights to a sample, no library.

#pragma once

#include <Eigen/Core>

#include <complex>
#include <vector>

#include <gridgrad/edge.hpp>

namespace reference {

using Eigen::Index;
using gridgrad::Edge;

constexpr Edge allEdges[] = {Edge::FirstOrder, Edge::SecondOrder, Edge::Periodic};
constexpr Edge openEdges[] = {Edge::FirstOrder, Edge::SecondOrder};

/// Whether anything may be computed in packets here.
constexpr bool hasPackets = Eigen::internal::packet_traits<double>::Vectorizable;

inline Index needed(Edge edge) { return edge == Edge::FirstOrder ? 2 : edge == Edge::SecondOrder ? 3 : 1; }

/// A point or a velocity, as programs have their own: no number, but it can be added, subtracted and multiplied by one.
struct Point {
  double x, y;

  friend Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
  friend Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
  friend Point operator*(double s, Point a) { return {s * a.x, s * a.y}; }
};

/// Quarters in [-8, 8], without order, the same in every run: x -> 5x + 3 mod 65 visits them all.
class Quarters {
 public:
  explicit Quarters(int seed = 1) : m_state(seed) {}

  template <class Scalar>
  void next(Scalar& value) {
    m_state = (5 * m_state + 3) % 65 + (m_count++ % 7 == 0);
    value = Scalar(static_cast<float>(m_state % 65 - 32) / 4);
  }
  template <class Real>
  void next(std::complex<Real>& value) {
    Real real, imag;
    next(real);
    next(imag);
    value = {real, imag};
  }

 private:
  int m_state, m_count = 0;
};

/// A field of quarters.
template <class Plain>
Plain quarters(Index rows, Index cols, int seed = 1) {
  Plain f(rows, cols);
  Quarters source(seed);
  for (Index i = 0; i < rows; ++i)
    for (Index j = 0; j < cols; ++j) source.next(f(i, j));
  return f;
}

/// Uneven coordinates, a quarter to two and a quarter apart, exact in every precision.
inline std::vector<double> uneven(Index n, double first = -1.5) {
  std::vector<double> x(static_cast<std::size_t>(n));
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = i == 0 ? first : x[i - 1] + 0.25 + 0.5 * double(3 * i % 5);
  return x;
}

/// Evenly spaced ones.
inline std::vector<double> even(Index n, double step) {
  std::vector<double> x(static_cast<std::size_t>(n));
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = step * static_cast<double>(i);
  return x;
}

/// The derivative at sample i of n, of the samples that read(k) gives.
template <class Real, class Read>
auto slope(const Read& read, Index i, Index n, const std::vector<Real>& x, Edge edge) {
  const auto at = [&](Index k) { return x[static_cast<std::size_t>(k)]; };
  if (edge == Edge::Periodic) {  // with evenly spaced x only
    const Real h = n > 1 ? x[1] - x[0] : Real(1);
    return (read((i + 1) % n) - read((i - 1 + n) % n)) / (2 * h);
  }
  if (edge == Edge::FirstOrder && i == 0) return (read(1) - read(0)) / (at(1) - at(0));
  if (edge == Edge::FirstOrder && i == n - 1) return (read(n - 1) - read(n - 2)) / (at(n - 1) - at(n - 2));
  // Of the parabola through samples k-1, k, k+1, the slope at sample i: Lagrange's formula, differentiated.
  const Index k = i == 0 ? 1 : i == n - 1 ? n - 2 : i;
  const Real a = at(k - 1), b = at(k), c = at(k + 1), t = at(i);
  const Real wa = ((t - b) + (t - c)) / ((a - b) * (a - c)), wb = ((t - a) + (t - c)) / ((b - a) * (b - c)),
             wc = ((t - a) + (t - b)) / ((c - a) * (c - b));
  return wa * read(k - 1) + wb * read(k) + wc * read(k + 1);
}

/// The derivative of f along an axis, 0 down the rows or 1 across the columns, on the grid x.
template <class Plain, class Real>
Plain derivative(const Plain& f, int axis, const std::vector<Real>& x, Edge edge) {
  Plain g(f.rows(), f.cols());
  for (Index i = 0; i < f.rows(); ++i)
    for (Index j = 0; j < f.cols(); ++j) {
      if (axis == 0)
        g(i, j) = slope([&, column = j](Index k) { return f(k, column); }, i, f.rows(), x, edge);
      else
        g(i, j) = slope([&, row = i](Index k) { return f(row, k); }, j, f.cols(), x, edge);
    }
  return g;
}

template <class A, class B>
bool equal(const A& a, const B& b) {
  return a.rows() == b.rows() && a.cols() == b.cols() && (a.array() == b.array()).all();
}

/// Equal shapes and coefficients; both evaluated first.
template <class A, class B>
bool same(const A& a, const B& b) {
  return equal(a.eval(), b.eval());
}

/// Weights of coordinates a quarter apart are below 8, quarters and their differences below 16; four roundings.
template <class A, class B>
bool isClose(const A& a, const B& b) {
  const Eigen::MatrixXd x = a, y = b;
  return x.rows() == y.rows() && x.cols() == y.cols() && (x.size() == 0 || (x - y).cwiseAbs().maxCoeff() <= 1e-12);
}

}  // namespace reference
