// SPDX-License-Identifier: MPL-2.0
//
// Temporaries given to the derivative of a tensor live as long as it and its copies, as for arrays: what would dangle
// shows under an address sanitizer, and nearly always without one, since the freed memory is used again.

#include "tensors.hpp"

#include <doctest/doctest.h>
#include <gridgrad/tensor.hpp>

#include <array>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::gradient;
using gridgrad::Stencil;
using reference::Index;
using reference::uneven;
using tensors::quarters;

namespace {

using Tensor2 = Eigen::Tensor<double, 2>;
using Fixed = Eigen::TensorFixedSize<double, Eigen::Sizes<5, 4>>;

Tensor2 field() { return quarters<Tensor2>({5, 4}); }
const Tensor2 constantField() { return field(); }
Fixed fixedField() {
  Fixed f;
  f = field();
  return f;
}
Eigen::Tensor<double, 1> coordinates(Index n) {
  Eigen::Tensor<double, 1> x(n);
  for (Index i = 0; i < n; ++i) x[i] = uneven(n)[std::size_t(i)];
  return x;
}

/// Uses freed memory again, so that what dangles does not stay as it was; and the same for the stack.
void scribble() {
  std::vector<std::unique_ptr<double[]>> blocks;
  for (std::size_t size = 1; size < 64; ++size) {
    blocks.push_back(std::make_unique<double[]>(size));
    for (std::size_t i = 0; i < size; ++i) blocks.back()[i] = -1e300;
  }
  volatile double stack[256];
  for (auto& value : stack) value = -1e300;
}

template <class G>
bool lives(const G& g, const Tensor2& expected) {
  scribble();
  return tensors::isClose(tensors::coefficients(g), expected);
}

const Tensor2 f = field(), by0 = derivative<0>(f, 0.5), by1 = derivative<1>(f, 0.5),
              uneven0 = derivative<0>(f, uneven(5)), second0 = derivative<0>(f, uneven(5), Edge::SecondOrder);

auto slopeOfTemporary() { return derivative<0>(field(), 0.5); }
auto slopesOfTemporary() { return gradient(field(), uneven(5), 0.5); }
auto slopeOfMoved() {
  Tensor2 t = field();
  return derivative<1>(std::move(t), 0.5);
}
auto slopeOfSlope() { return derivative<1>(derivative<0>(field(), uneven(5)), 0.5) * 2; }

}  // namespace

TEST_CASE("a temporary field lives as long as its derivative") {
  const auto g = derivative<0>(field(), 0.5);
  CHECK(lives(g, by0));
  const auto constant = derivative(constantField(), 1, 0.5);
  CHECK(lives(constant, by1));
  const auto fixed = derivative<1>(fixedField(), 0.5);
  CHECK(lives(fixed, by1));
  auto [g0, g1] = gradient(field(), 0.5);
  CHECK(lives(g0, by0));
  CHECK(lives(g1, by1));
  const auto sum = g0 + g1 * derivative<0>(field(), 0.5);
  const Tensor2 expected = by0 + by1 * by0;
  CHECK(lives(sum, expected));
  // Assigned, alone and with others.
  const Tensor2 found = g, foundSum = sum;
  CHECK((tensors::equal(found, by0) && tensors::equal(foundSum, expected)));
}

TEST_CASE("temporary coordinates, steps and stencils live as long as the derivative") {
  const auto fromVector = derivative<0>(f, uneven(5));
  CHECK(lives(fromVector, uneven0));
  const auto fromTensor = derivative<0>(f, coordinates(5));
  CHECK(lives(fromTensor, uneven0));
  const auto fromExpression = derivative<0>(f, coordinates(5) + coordinates(5) - coordinates(5));
  CHECK(lives(fromExpression, uneven0));
  const auto fromSpacing = derivative<0>(f, gridgrad::Spacing(coordinates(5)));
  CHECK(lives(fromSpacing, uneven0));
  const auto fromStencil = derivative<0>(f, Stencil(uneven(5), Edge::SecondOrder)) + f - f;
  CHECK(lives(fromStencil, second0));
  Stencil stencil(uneven(5), Edge::SecondOrder);
  const auto fromMoved = derivative<0>(f, std::move(stencil));
  CHECK(lives(fromMoved, second0));
  auto [g0, g1] = gradient(f, Stencil(uneven(5), Edge::SecondOrder), 0.5);
  CHECK(lives(g0, second0));
  CHECK(lives(g1, by1));
  auto x = std::make_unique<std::vector<double>>(uneven(5));
  const auto named = derivative<0>(f, *x);
  x.reset();
  CHECK(lives(named, uneven0));
}

TEST_CASE("copies of a derivative, and what was made of it, outlive it") {
  using First = decltype(derivative<0>(field(), uneven(5)));
  auto first = std::make_unique<First>(derivative<0>(field(), uneven(5)));
  const auto copy = *first;
  const auto sum = *first + *first;
  const auto part = first->slice(Eigen::array<Index, 2>{0, 0}, Eigen::array<Index, 2>{5, 4});
  const auto slope = derivative<1>(*first, 0.5);
  const auto moved = std::move(*first);
  first.reset();
  const Tensor2 twice = uneven0 + uneven0, across = derivative<1>(uneven0, 0.5);
  CHECK(lives(copy, uneven0));
  CHECK(lives(moved, uneven0));
  CHECK(lives(sum, twice));
  CHECK(lives(part, uneven0));
  CHECK(lives(slope, across));
}

TEST_CASE("a function returns the derivative of what was its own") {
  CHECK(lives(slopeOfTemporary(), by0));
  CHECK(lives(slopeOfMoved(), by1));
  const auto both = slopesOfTemporary();
  CHECK(lives(std::get<0>(both), uneven0));
  CHECK(lives(std::get<1>(both), by1));
  const auto slope = slopeOfSlope();
  const Tensor2 expected = 2.0 * derivative<1>(uneven0, 0.5);
  CHECK(lives(slope, expected));
}

TEST_CASE("a view or an expression of a named field, made on the way, may go") {
  Tensor2 t = field();
  const auto map = derivative<0>(Eigen::TensorMap<Tensor2>(t.data(), 5, 4), 0.5);
  const auto slice = derivative<0>(t.slice(Eigen::array<Index, 2>{0, 0}, Eigen::array<Index, 2>{5, 4}), 0.5);
  const auto sum = derivative<0>(t + t - t, 0.5);
  CHECK(lives(map, by0));
  CHECK(lives(slice, by0));
  CHECK(lives(sum, by0));
}

TEST_CASE("a borrowed field is read when the derivative is, an owned one stays") {
  Tensor2 t = field();
  const auto borrowed = derivative<0>(t, 0.5);
  const auto owned = derivative<0>(Tensor2(t), 0.5);
  t = t + t;
  const Tensor2 twice = by0 + by0;
  CHECK(lives(borrowed, twice));
  CHECK(lives(owned, by0));
}

TEST_CASE("a moved field is not copied") {
  Tensor2 t = quarters<Tensor2>({50, 40});
  const double* data = t.data();
  const auto g = derivative<0>(std::move(t), 0.5);
  CHECK(g.expression().expression().tensor()->data() == data);
}
