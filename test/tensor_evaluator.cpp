// SPDX-License-Identifier: MPL-2.0
//
// Only what is asked for is computed: a slice of a derivative reads the slice and the samples beside it, and an
// argument that is expensive to compute is computed once, not once for each coefficient that reads it.

#include "paths.hpp"

#include "tensors.hpp"

#include <doctest/doctest.h>
#include <gridgrad/tensor.hpp>

#include <atomic>

using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::Stencil;
using reference::Index;
using tensors::quarters;

namespace {

/// Counts how often it is called. Eigen is told that a call costs so many cycles.
template <int cycles>
struct Counting {
  std::atomic<Index>* calls;

  double operator()(double x) const {
    ++*calls;
    return x;
  }
};

}  // namespace

namespace Eigen {
namespace internal {
template <int cycles>
struct functor_traits<Counting<cycles>> {
  enum { Cost = cycles, PacketAccess = false };
};
}  // namespace internal
}  // namespace Eigen

namespace {

using Tensor3 = Eigen::Tensor<double, 3>;
using Place = Eigen::array<Index, 3>;

constexpr int cheap = 1, expensive = 100;

/// How many coefficients of a field a computation reads. work(counted field) computes, and must come to the same with
/// the field itself.
template <int cycles, class Work>
Index reads(const Tensor3& f, const Work& work) {
  std::atomic<Index> calls(0);
  const auto lazy = work(f.unaryExpr(Counting<cycles>{&calls})), plain = work(f);
  REQUIRE(tensors::isClose(lazy, plain));
  return calls;
}

}  // namespace

TEST_CASE("a slice of a derivative reads the slice and what is beside it") {
  const Tensor3 f = quarters<Tensor3>({18, 16, 20});
  const Place corner{7, 5, 9}, sizes{2, 3, 4};
  for (int axis = 0; axis < 3; ++axis) {
    const Index n = sizes[std::size_t(axis)], across = 24 / n;
    // With a step a sample reads its two neighbours: the slice, its halo, and nothing else; each perhaps twice.
    const auto slice = [&](const auto& t) { return Tensor3(derivative(t, axis, Stencil(0.5)).slice(corner, sizes)); };
    CAPTURE(axis);
    CHECK(reads<cheap>(f, slice) <= 2 * 24);
    CHECK(reads<expensive>(f, slice) <= 2 * 24);
    CHECK(reads<expensive>(f, slice) >= std::min<Index>(n, 2) * across);
    // With coordinates also itself.
    const Stencil x(reference::uneven(f.dimension(std::size_t(axis))));
    const auto uneven = [&](const auto& t) { return Tensor3(derivative(t, axis, x).slice(corner, sizes)); };
    CHECK(reads<cheap>(f, uneven) <= 3 * 24);
    CHECK(reads<expensive>(f, uneven) <= 3 * 24);
  }
}

TEST_CASE("one coefficient, one chip") {
  const Tensor3 f = quarters<Tensor3>({18, 16, 20});
  const auto one = [](const auto& t) { return Tensor3(derivative<1>(t, 0.5).slice(Place{3, 4, 5}, Place{1, 1, 1})); };
  CHECK(reads<cheap>(f, one) == 2);
  CHECK(reads<expensive>(f, one) == 2);
  const auto chip = [](const auto& t) {
    const Eigen::Tensor<double, 2> face = derivative<1>(t, 0.5).template chip<2>(7);
    return face;
  };
  CHECK(reads<cheap>(f, chip) <= 2 * 18 * 16);
  CHECK(reads<expensive>(f, chip) <= 2 * 18 * 16);
  // At a second-order edge three samples are read, in two differences.
  const auto edge = [](const auto& t) {
    const Eigen::Tensor<double, 2> face = derivative<2>(t, 0.5, Edge::SecondOrder).template chip<2>(0);
    return face;
  };
  CHECK(reads<cheap>(f, edge) <= 4 * 18 * 16);
}

TEST_CASE("an argument that is expensive is computed about once, alone and within another expression") {
  // Large, so that Eigen takes it in blocks. Blocks overlap by a sample on each side of the axis.
  const Tensor3 f = quarters<Tensor3>({40, 30, 20});
  for (int axis = 0; axis < 3; ++axis) {
    CAPTURE(axis);
    const auto alone = [&](const auto& t) { return Tensor3(derivative(t, axis, Stencil(0.5))); };
    // Pieces that fit the first-level cache overlap by a sample too: 1.10, 1.21 and 1.20 of the size, as measured.
    CHECK(double(reads<expensive>(f, alone)) <= 1.25 * double(f.size()));
    CHECK(paths::count(paths::Window, [&] { CHECK(reads<expensive>(f, alone) >= f.size()); }) > 0);
    CHECK(paths::count(paths::Window, [&] { CHECK(reads<cheap>(f, alone) <= 3 * f.size()); }) == 0);
    const auto within = [&](const auto& t) { return Tensor3(derivative(t, axis, Stencil(0.5)) + f); };
    CHECK(reads<expensive>(f, within) <= 3 * f.size());
    CHECK(reads<cheap>(f, within) <= 3 * f.size());
  }
  // What is along the innermost axis, or near it, is computed once for a whole block.
  const auto inner = [&](const auto& t) { return Tensor3(derivative<0>(t, 0.5) + f); };
  CHECK(double(reads<expensive>(f, inner)) <= 1.25 * double(f.size()));
}

TEST_CASE("what is refused is refused before the field is read, and to make a derivative reads nothing") {
  const Tensor3 f = quarters<Tensor3>({4, 5, 6});
  std::atomic<Index> calls(0);
  const auto counted = f.unaryExpr(Counting<cheap>{&calls});
  CHECK_THROWS((void)derivative<0>(counted, 0.0));
  const auto g = derivative<0>(counted, 0.5) + f;
  (void)g;
  CHECK(calls == 0);
}
