// SPDX-License-Identifier: MPL-2.0
//
// A derivative is a tensor expression: whatever may be done with one may be done with it, on either side of it, and
// what comes of it is an expression of ours again.
//
// Each result is compared with that of the same work on an evaluated derivative, with ==: fields are quarters, steps
// powers of two.

#include "paths.hpp"

#include "tensors.hpp"

#include <doctest/doctest.h>
#include <gridgrad/tensor.hpp>

#include <type_traits>
#include <utility>

using gridgrad::derivative;
using gridgrad::gradient;
using reference::Index;
using tensors::coefficients;
using tensors::equal;
using tensors::quarters;

namespace {

using Tensor3 = Eigen::Tensor<double, 3>;

const Tensor3 f = quarters<Tensor3>({4, 5, 6}), h = quarters<Tensor3>({4, 5, 6}, 9);
const auto lazy = derivative<1>(f, 0.5);
const Tensor3 eager = lazy;

/// Whether an expression is ours, and has the values of one of Eigen's, each coefficient asked for alone.
template <class Ours, class Eigens>
bool same(const Ours& ours, const Eigens& eigens) {
  static_assert(gridgrad::detail::isExpression<Ours>, "what comes of an expression of ours is one");
  using Traits = Eigen::internal::traits<Ours>;
  static_assert(std::is_same<typename Traits::Scalar, std::remove_const_t<typename Eigens::Scalar>>::value);
  // As a forced evaluation, a kind of expression that coefficients() takes.
  return equal(coefficients(ours), coefficients(gridgrad::detail::asExpression(eigens)));
}

}  // namespace

// The work is written once, for the lazy derivative g and for the evaluated one.
#define SAME(work) CHECK(same([&](const auto& g) { return work; }(lazy), [&](const auto& g) { return work; }(eager)))

TEST_CASE("arithmetic with tensors, numbers and other derivatives, on either side") {
  SAME(g + h);
  SAME(h - g);
  SAME(g * g);
  SAME(h / (g + 100.));
  SAME(-g);
  SAME(2. * g);
  SAME(g / 4.);
  SAME(1. / (g + 100.));
  SAME(1. - g);
  CHECK(same(2 * lazy - 1.f, 2. * eager - 1.));  // any number becomes one of the field's
  const auto x = derivative<0>(f, 0.5);
  const auto y = derivative<2>(h, 0.5);
  const Tensor3 ex = x, ey = y;
  CHECK(same(x * x + y * y + lazy, ex * ex + ey * ey + eager));
  CHECK(same(x + h * y, ex + h * ey));
}

TEST_CASE("functions of each coefficient") {
  SAME(g.abs());
  SAME(g.square());
  SAME(g.cube());
  SAME(g.square().sqrt());
  SAME(g.exp());
  SAME(g.tanh());
  SAME(g.sign());
  SAME((g.abs() + 1.).log());
  SAME((g + 100.).inverse());
  SAME((g + 100.).rsqrt());
  SAME(g.round() + g.floor() + g.ceil());
  SAME((g.abs() + 1.).pow(1.5));
  SAME(g.clip(-1., 1.));
  SAME(g.cwiseMax(h) + g.cwiseMin(h));
  SAME(g.cwiseMax(0.) + g.cwiseMin(0.));
  SAME(g.template cast<float>());
  SAME(g.template cast<int>());
  SAME(g.unaryExpr([](double t) { return t * t; }));
  SAME(g.binaryExpr(h, [](double a, double b) { return a < b ? a : b; }));
  SAME(g.real());
  CHECK(same(lazy.conjugate() + 1, eager + 1.));
  SAME(g.constant(3.) + g.eval());
}

TEST_CASE("comparisons and choices") {
  SAME(g < h);
  SAME(h < g);
  SAME(g >= 0.);
  SAME(g == h);
  SAME(g != g);
  SAME((g > h) && (g <= 1.));
  SAME((h > g) || (g < 0.));
  SAME((g > h).select(g, h));
  SAME((g > h).select(h, g - h));
}

TEST_CASE("reductions: of all, of some axes, by every name") {
  const Eigen::array<int, 2> two{0, 2};
  const Eigen::array<int, 1> one{1};
  SAME(g.sum());
  SAME(g.sum(two));
  SAME(g.mean(one));
  SAME(g.maximum());
  SAME(g.minimum(two));
  SAME(g.prod(one));
  SAME((g > 100.).all());
  SAME((g > 0.).any(one));
  SAME(g.argmax(1));
  SAME(g.argmin());
  SAME(g.reduce(two, Eigen::internal::SumReducer<double>()));
  SAME(g.cumsum(1));
  SAME(g.cumprod(0));
  SAME((g * g).sum());
  // A full reduction assigned to a scalar tensor, and one of blocks' size.
  const Eigen::Tensor<double, 0> total = lazy.square().sum(), expected = eager.square().sum();
  CHECK(total() == expected());
  const Tensor3 large = quarters<Tensor3>({40, 33, 17}), slope = derivative<0>(large, 0.5);
  const Eigen::Tensor<double, 0> all = derivative<0>(large, 0.5).abs().sum(), found = slope.abs().sum();
  CHECK(all() == found());
}

TEST_CASE("parts, and other shapes and orders") {
  const Eigen::array<Index, 3> from{1, 0, 2}, sizes{2, 5, 3}, step{1, 2, 3}, to{4, 5, 6}, repeat{1, 2, 1};
  const Eigen::array<int, 3> order{2, 0, 1};
  const Eigen::array<bool, 3> back{true, false, true};
  const Eigen::array<Index, 2> flat{20, 6};
  const Eigen::array<std::pair<Index, Index>, 3> margins{{{0, 1}, {2, 0}, {0, 0}}};
  SAME(g.slice(from, sizes));
  SAME(g.slice(from, sizes).slice(from, Eigen::array<Index, 3>{1, 2, 1}));
  SAME(g.stridedSlice(from, to, step));
  SAME(g.template chip<0>(3));
  SAME(g.template chip<2>(0));
  SAME(g.chip(4, 1));
  SAME(g.shuffle(order));
  SAME(g.reshape(flat));
  SAME(g.reverse(back));
  SAME(g.broadcast(repeat));
  SAME(g.pad(margins));
  SAME(g.stride(step));
  SAME(g.reshape(flat).template chip<1>(2));
}

TEST_CASE("products with others, and others beside it") {
  const Eigen::array<Eigen::IndexPair<int>, 1> pair{Eigen::IndexPair<int>(1, 1)};
  const Eigen::array<int, 1> axis{1};
  const Eigen::Tensor<double, 1> kernel = quarters<Eigen::Tensor<double, 1>>({3});
  SAME(g.concatenate(h, 1));
  SAME(g.contract(h, pair));
  SAME(g.contract(g, pair));
  SAME(g.convolve(kernel, axis));
  // On the other side, where Eigen has the expression in a place of its own: of one that is not constant, and of a
  // slice.
  Tensor3 t = h;
  const Eigen::array<Index, 3> corner{0, 0, 0}, cube{2, 3, 2};
  const Tensor3 joined = t.concatenate(lazy, 1), expected = h.concatenate(eager, 1);
  CHECK(equal(joined, expected));
  const Tensor3 small = h.slice(corner, cube), slope = derivative<1>(small, 0.5);
  const Eigen::array<int, 3> all{0, 1, 2};
  const Tensor3 folded = f.convolve(derivative<1>(h.slice(corner, cube), 0.5), all), whole = f.convolve(slope, all);
  CHECK(equal(folded, whole));
  SAME(g.slice(Eigen::array<Index, 3>{0, 0, 0}, Eigen::array<Index, 3>{4, 4, 6}).trace(Eigen::array<int, 2>{0, 1}));
}

TEST_CASE("a derivative of a derivative, mixed, and of what was made of one") {
  CHECK(same(derivative<0>(lazy, 0.5), derivative<0>(eager, 0.5).expression()));
  CHECK(same(derivative<1>(lazy * 2, 0.5), derivative<1>(eager * eager.constant(2), 0.5).expression()));
  // Mixed derivatives commute, and exactly so for quarters.
  const Tensor3 xz = derivative<0>(derivative<2>(f, 0.5), 0.25), zx = derivative<2>(derivative<0>(f, 0.25), 0.5);
  CHECK(equal(xz, zx));
  auto [gx, gy] = gradient(lazy.chip<2>(3), 0.5);
  const Eigen::Tensor<double, 2> face = eager.chip<2>(3);
  CHECK(same(gx, derivative<0>(face, 0.5).expression()));
  CHECK(same(gy, derivative<1>(face, 0.5).expression()));
}

TEST_CASE("what it is assigned to: a tensor of any kind, part of one, and what is yet to be made") {
  const Tensor3 expected = eager + h;
  Tensor3 t(4, 5, 6), buffer(4, 5, 6);
  CHECK(paths::way([&] { t = lazy + h; }) == "InPlace Blocks");
  CHECK(equal(t, expected));
  const Tensor3 made = lazy + h, list{lazy + h};
  CHECK((equal(made, expected) && equal(list, expected)));
  Tensor3 empty;
  empty = lazy;
  CHECK(equal(empty, eager));
  Eigen::TensorFixedSize<double, Eigen::Sizes<4, 5, 6>> fixed;
  CHECK(paths::way([&] { fixed = lazy + h; }) == "InPlace Blocks");
  CHECK(equal(fixed, expected));
  const Eigen::TensorFixedSize<double, Eigen::Sizes<4, 5, 6>> fixedMade(lazy + h);
  CHECK(equal(fixedMade, expected));
  Eigen::TensorMap<Tensor3> map(buffer.data(), 4, 5, 6);
  CHECK(paths::way([&] { map = lazy + h; }) == "InPlace Blocks");
  CHECK(equal(buffer, expected));
  CHECK(paths::way([&] { map += lazy; }) == "InPlace Blocks");
  const Tensor3 more = expected + eager;
  CHECK(equal(buffer, more));
  Tensor3 large = quarters<Tensor3>({6, 6, 6}), copy = large;
  const Eigen::array<Index, 3> from{1, 0, 0}, sizes{4, 5, 6};
  const Eigen::array<Index, 2> corner{1, 0}, face{5, 6};
  large.slice(from, sizes) = lazy + h;
  copy.slice(from, sizes) = expected;
  CHECK(equal(large, copy));
  large.chip<0>(5).slice(corner, face) = lazy.chip<0>(2);
  copy.chip<0>(5).slice(corner, face) = eager.chip<0>(2);
  CHECK(equal(large, copy));
  const Eigen::array<Index, 2> flat{20, 6};
  t.reshape(flat) = (lazy + h).reshape(flat);
  CHECK(equal(t, expected));
}

TEST_CASE("constant or not, named or not, an expression is the same") {
  auto named = derivative<1>(f, 0.5);
  const auto constant = named;
  CHECK(same(named + std::move(constant), eager + eager));
  CHECK(same(std::move(named) * 2, eager * 2.));
  const auto copy = constant;
  CHECK(equal(coefficients(copy), eager));
}
