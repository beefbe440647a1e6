// SPDX-License-Identifier: MPL-2.0
//
// What the tests of tensors compare with: the same fields and the same definition as for arrays, along any axis.
//
// Everything here works on memory, so that no expression of Eigen's is among what is compared with.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <array>
#include <cmath>
#include <limits>
#include <type_traits>
#include <vector>

#include <gridgrad/tensor.hpp>

#include "reference.hpp"

namespace tensors {

using gridgrad::Edge;
using reference::Index;

template <class T>
using Sizes = Eigen::DSizes<typename T::Index, int(T::NumDimensions)>;

template <int rank>
using Shape = std::array<Index, std::size_t(rank)>;

/// A tensor of quarters.
template <class T>
T quarters(const Shape<T::NumDimensions>& shape, int seed = 1) {
  Sizes<T> sizes;
  for (std::size_t k = 0; k < shape.size(); ++k) sizes[k] = static_cast<typename T::Index>(shape[k]);
  T f(sizes);
  reference::Quarters source(seed);
  for (Index k = 0; k < f.size(); ++k) source.next(f.data()[k]);
  return f;
}

/// How far apart in memory two samples along an axis are.
template <class T>
Index strideOf(const T& f, int axis) {
  Index stride = 1;
  for (int k = 0; k < T::NumDimensions; ++k)
    if (int(T::Layout) == int(Eigen::ColMajor) ? k < axis : k > axis) stride *= f.dimension(std::size_t(k));
  return stride;
}

/// The derivative along an axis on the grid x, by reference.hpp's definition.
template <class T, class Real>
T derivative(const T& f, int axis, const std::vector<Real>& x, Edge edge) {
  T g(f.dimensions());
  const Index n = f.dimension(std::size_t(axis)), stride = strideOf(f, axis);
  for (Index k = 0; k < f.size(); ++k) {
    const Index i = k / stride % n;
    const auto read = [&](Index j) { return f.data()[k + (j - i) * stride]; };
    g.data()[k] = reference::slope(read, i, n, x, edge);
  }
  return g;
}

template <class A, class B>
bool sameSizes(const A& a, const B& b) {
  static_assert(int(A::NumDimensions) == int(B::NumDimensions) && int(A::Layout) == int(B::Layout));
  for (std::size_t k = 0; k < std::size_t(A::NumDimensions); ++k)
    if (Index(a.dimension(k)) != Index(b.dimension(k))) return false;
  return true;
}

/// Equal shapes and coefficients.
template <class A, class B>
bool equal(const A& a, const B& b) {
  if (!sameSizes(a, b)) return false;
  for (Index k = 0; k < Index(a.size()); ++k)
    if (!(a.data()[k] == b.data()[k])) return false;
  return true;
}

/// As in derivative.cpp: weights of coordinates a quarter apart are at most 8, quarters too, so a sum of two terms of
/// at most 8 * 16, each rounded about four times, is this close.
template <class Real>
constexpr Real tolerance = 8 * 16 * 8 * std::numeric_limits<Real>::epsilon();

template <class A, class B>
bool isClose(const A& a, const B& b) {
  using Real = typename Eigen::NumTraits<typename A::Scalar>::Real;
  if (!sameSizes(a, b)) return false;
  for (Index k = 0; k < Index(a.size()); ++k)
    if (!(std::abs(a.data()[k] - b.data()[k]) <= tolerance<Real>)) return false;
  return true;
}

/// The coefficients of an expression of ours, one by one: the least that Eigen may ask of it, and quick to compile.
template <class Expression>
auto coefficients(const Expression& expression) {
  using Xpr = std::decay_t<decltype(expression.expression())>;
  using Traits = Eigen::internal::traits<Xpr>;
  using I = typename Traits::Index;
  const Eigen::DefaultDevice device;
  Eigen::TensorEvaluator<const Xpr, Eigen::DefaultDevice> evaluator(expression.expression(), device);
  evaluator.evalSubExprsIfNeeded(nullptr);
  Eigen::DSizes<I, Traits::NumDimensions> sizes;
  for (std::size_t k = 0; k < std::size_t(Traits::NumDimensions); ++k)
    sizes[k] = static_cast<I>(gridgrad::detail::extent(evaluator.dimensions(), int(k)));
  Eigen::Tensor<typename Traits::Scalar, Traits::NumDimensions, Traits::Layout, I> result(sizes);
  for (I k = 0; k < result.size(); ++k) result.data()[k] = evaluator.coeff(k);
  evaluator.cleanup();
  return result;
}

/// A step of 1/4, an uneven grid of n samples, and an even one for the definition to compare with.
template <class Real>
std::vector<Real> grid(Index n, bool isEven) {
  const auto x = isEven ? reference::even(std::max<Index>(n, 2), 0.25) : reference::uneven(n);
  return {x.begin(), x.end()};
}

/// Shapes with every combination of short axes; with one axis empty, or longer than a packet; and with so many
/// coefficients that Eigen takes them in several blocks.
template <int rank>
std::vector<Shape<rank>> shapes() {
  std::vector<Shape<rank>> result;
  constexpr Index most = rank < 4 ? 5 : 3;
  Shape<rank> shape;
  shape.fill(1);
  for (std::size_t k = 0; k < rank;) {
    if (k == 0) result.push_back(shape);
    if (++shape[k] <= most) {
      k = 0;
    } else {
      shape[k++] = 1;
    }
  }
  for (std::size_t k = 0; k < rank; ++k)
    for (Index n : {0, 8, 16, 17, 18, 33, 64, 65}) {
      shape.fill(3);
      shape[k] = n;
      result.push_back(shape);
    }
  const Index large[][4] = {{40, 33, 17, 1}, {5, 70, 41, 1}, {130, 3, 33, 2}, {3, 40, 9, 17}};
  for (const auto& sizes : large) {
    for (std::size_t k = 0; k < rank; ++k) shape[k] = sizes[k] * (rank == 1 ? 200 : rank == 2 ? 5 : 1);
    result.push_back(shape);
  }
  return result;
}

}  // namespace tensors
