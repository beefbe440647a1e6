// SPDX-License-Identifier: MPL-2.0
//
// Every device gives what the default one does, at once or later; and what a thread still needs lives as
// long as it does. Where the compiler can, this program is also built with a thread sanitizer.

#define EIGEN_USE_THREADS
#include "paths.hpp"

#include "tensors.hpp"

#include <doctest/doctest.h>
#include <gridgrad/tensor.hpp>

#include <memory>
#include <thread>
#include <utility>

using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::gradient;
using gridgrad::Stencil;
using reference::Index;
using reference::uneven;
using tensors::equal;
using tensors::quarters;

namespace {

using Tensor3 = Eigen::Tensor<double, 3>;
using Pool = Eigen::ThreadPool;
using Device = Eigen::ThreadPoolDevice;
using Place = Eigen::array<Index, 3>;

/// Less than is worth waking a thread for, more than a block, and more than 2 MB.
const tensors::Shape<3> shapes[] = {{{4, 5, 6}}, {{40, 33, 17}}, {{70, 67, 64}}, {{3, 5, 20011}}, {{20011, 5, 3}}};

Pool& pool() {
  static Pool threads(4);
  return threads;
}

/// Equal to the bit; but where g++ fuses products and sums as it likes, and devices take the same expression in loops
/// of their own, to within the roundings of a few terms of at most 64 * 8 * 16.
template <class T>
bool same(const T& a, const T& b) {
#if defined(__FMA__)
  return tensors::isClose(T(a * (1. / 64)), T(b * (1. / 64)));
#else
  return equal(a, b);
#endif
}

/// Calls visit(f, axis, spacing).
template <class Visit>
void forEachProblem(const Visit& visit) {
  for (const auto& shape : shapes) {
    const Tensor3 f = quarters<Tensor3>(shape);
    for (int axis = 0; axis < 3; ++axis)
      for (const Stencil& s : {Stencil(0.3, Edge::Periodic), Stencil(uneven(shape[std::size_t(axis)]))}) {
        CAPTURE(f.dimensions());
        CAPTURE(axis);
        visit(f, axis, s);
      }
  }
}

}  // namespace

TEST_CASE("a thread pool gives what one thread does: alone, with others, of an expression, in place") {
  const Device device(&pool(), 4);
  forEachProblem([&](const Tensor3& f, int axis, const Stencil& s) {
    const Tensor3 alone = derivative(f, axis, s), within = derivative(f, axis, s) * f,
                  expensive = derivative((f * 0.125).exp(), axis, s);
    Tensor3 g(f.dimensions()), t = f;
    REQUIRE(paths::way([&] { g.device(device) = derivative(f, axis, s); }) == "InPlace Runs");
    REQUIRE(equal(g, alone));
    g.device(device) = derivative(f, axis, s) * f;
    REQUIRE(same(g, within));
    g.device(device) = derivative((f * 0.125).exp(), axis, s);
    REQUIRE(tensors::isClose(g, expensive));
    REQUIRE(paths::way([&] { t.device(device) = derivative(t, axis, s); }) == "Temporary Runs");
    REQUIRE(equal(t, alone));
    t = f;
    t.device(device) = derivative(t, axis, s) * t;
    REQUIRE(same(t, within));
    t = f;
    t.device(device) += derivative(t, axis, s);
    const Tensor3 sum = f + alone;
    REQUIRE(same(t, sum));
  });
}

TEST_CASE("long rows of an expression are shared out too, row by row") {
  const Device device(&pool(), 4);
  const Tensor3 f = quarters<Tensor3>({70, 67, 64}), x = derivative<0>(f, 0.5), y = derivative<2>(f, 0.5);
  Tensor3 g(f.dimensions()), expected = x;
  for (Index k = 0; k < f.size(); ++k) expected.data()[k] = x.data()[k] + y.data()[k] * f.data()[k];
  const paths::Since start;
  g.device(device) = derivative<0>(f, 0.5) + derivative<2>(f, 0.5) * f;
  CHECK(start.way() == "InPlace Rows");
  CHECK(same(g, expected));
}

TEST_CASE("later: the expression, its coordinates and its field are gone before the work is done") {
  const Device device(&pool(), 4);
  for (const auto& shape : shapes)
    for (bool isOwn : {false, true}) {
      const Tensor3 f = quarters<Tensor3>(shape), alone = derivative<1>(f, uneven(shape[1])),
                    within = derivative<0>(f, 0.3) + derivative<1>(f, uneven(shape[1])) * f;
      Tensor3 g(f.dimensions()), h(f.dimensions()), t = f;
      const paths::Since start;
      Eigen::Barrier done(3);
      const auto notify = [&done] { done.Notify(); };
      if (isOwn) {
        g.device(device, notify) = derivative<1>(Tensor3(f), Stencil(uneven(shape[1])));
      } else {
        g.device(device, notify) = derivative<1>(f, uneven(shape[1]));
      }
      h.device(device, notify) = derivative<0>(f, 0.3) + derivative<1>(f, uneven(shape[1])) * f;
      t.device(device, notify) = derivative<1>(t, uneven(shape[1]));  // in place
      done.Wait();
      CHECK(start.way() == "2 InPlace Temporary 2 Runs Blocks");
      CHECK(equal(g, alone));
      CHECK(same(h, within));
      CHECK(equal(t, alone));
    }
}

TEST_CASE("a reduction, a slice and a chip on a thread pool") {
  const Device device(&pool(), 4);
  const Tensor3 f = quarters<Tensor3>({70, 67, 64});
  const auto g = derivative<1>(f, 0.25);
  const Tensor3 whole = g;
  const Eigen::Tensor<double, 0> expected = whole.abs().sum();
  Eigen::Tensor<double, 0> sum;
  sum.device(device) = g.abs().sum();
  CHECK(sum() == expected());  // of quarters, exact in any order
  const Place from{3, 4, 5}, sizes{60, 61, 50};
  const Tensor3 part = whole.slice(from, sizes);
  Tensor3 slice(60, 61, 50), into = f;
  slice.device(device) = g.slice(from, sizes);
  CHECK(equal(slice, part));
  into.slice(from, sizes).device(device) = g.slice(from, sizes);
  const Tensor3 written = into.slice(from, sizes);
  CHECK(equal(written, part));
}

TEST_CASE("two threads may evaluate one named expression at once") {
  const Tensor3 f = quarters<Tensor3>({40, 33, 17});
  const auto g = derivative<1>(f, uneven(33)) + derivative<0>(Tensor3(f), Stencil(uneven(40)));
  const Tensor3 expected = g;
  Tensor3 one(f.dimensions()), other(f.dimensions());
  std::thread thread([&] {
    for (int k = 0; k < 20; ++k) one = g;
  });
  for (int k = 0; k < 20; ++k) other = g;
  thread.join();
  CHECK(equal(one, expected));
  CHECK(equal(other, expected));
}

TEST_CASE("several threads may use a stencil at once, at its first use too") {
  const Tensor3 f = quarters<Tensor3>({40, 33, 17});
  for (int k = 0; k < 20; ++k) {
    const Stencil stencil(uneven(33));
    Tensor3 results[4];
    std::thread threads[4];
    for (std::size_t t = 0; t < 4; ++t) threads[t] = std::thread([&, t] { results[t] = derivative<1>(f, stencil); });
    for (auto& thread : threads) thread.join();
    for (std::size_t t = 1; t < 4; ++t) CHECK(equal(results[t], results[0]));
  }
}

TEST_CASE("the default device, named, is the one that is used without a name") {
  const Eigen::DefaultDevice device;
  const Tensor3 f = quarters<Tensor3>({40, 33, 17}), expected = derivative<2>(f, uneven(17));
  Tensor3 g(f.dimensions());
  g.device(device) = derivative<2>(f, uneven(17));
  CHECK(equal(g, expected));
}
