// SPDX-License-Identifier: MPL-2.0
//
// Tensors of rank 3 against the loop one would have written by hand and a copy of as many bytes: see
// docs/performance.md. Every line is checked before it is timed.

#include <gridgrad/tensor.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "hand.hpp"
#include "measure.hpp"

namespace {

using namespace gridgrad;
using namespace benchmark;
using hand::Extents;
using hand::stepWeights;
using hand::weightsOf;

/// Some fields, a result and an array for an argument, of `extents` in the order of memory.
template <class T, int order>
struct Fields {
  using Map = Eigen::TensorMap<Eigen::Tensor<T, 3, order>>;
  static constexpr bool columns = order == int(Eigen::ColMajor);

  explicit Fields(const Extents& n)
      : extents(n), count(n[0] * n[1] * n[2]), u(field()), v(field()), w(field()), out(field()), argument(field()) {
    for (Map* f : {&u, &v, &w}) f->setRandom();
    line.size = std::to_string(n[0]) + "x" + std::to_string(n[1]) + "x" + std::to_string(n[2]);
    line.copy = copy(u.data(), out.data(), count);
  }

  Map field() {
    return columns ? Map(arena.take<T>(count), extents[0], extents[1], extents[2])
                   : Map(arena.take<T>(count), extents[2], extents[1], extents[0]);
  }

  /// The line of `work`, after a look whether `ours` and `byHand` leave the same in `out`.
  template <class Ours, class Hand>
  void compare(const std::string& work, const Ours& ours, const Hand& byHand) {
    line.work = std::string(name<T>()) + (columns ? " " : " row-major ") + work;
    line.ours = ours;
    line.hand = byHand;
    benchmark::check(line, out.data(), count);
    run(line);
  }

  Arena arena;
  const Extents extents;
  const Index count;
  Map u, v, w, out, argument;
  Line line;
};

/// Coordinates of a grid stretched towards its beginning, as one has it at a wall.
Stencil stretched(Index n) {
  const Eigen::ArrayXd even = Eigen::ArrayXd::LinSpaced(n, 0, 1);
  return Stencil(Eigen::ArrayXd(even + 3 * even.square()));
}

/// One derivative along the axis that is `axis` in the order of memory.
template <int axis, class T, int order>
void single(Fields<T, order>& f) {
  constexpr int k = order == int(Eigen::ColMajor) ? axis : 2 - axis;
  const T h = T(unknownStep());
  f.compare(
      "step axis " + std::to_string(k), [&] { f.out = derivative<k>(f.u, h); },
      [&] { hand::single(f.u.data(), f.out.data(), f.extents, axis, stepWeights(h, Edge::FirstOrder)); });
  const Stencil x = stretched(f.extents[axis]);
  const hand::Weights<T> weights = weightsOf<T>(x, f.extents[axis]);
  f.compare(
      "coordinates axis " + std::to_string(k), [&] { f.out = derivative<k>(f.u, x); },
      [&] { hand::single(f.u.data(), f.out.data(), f.extents, axis, weights); });
}

/// Sums of derivatives in one statement, against one loop by hand.
template <class T>
void fused(Fields<T, Eigen::ColMajor>& f) {
  const T h = T(unknownStep());
  const auto byHand = [&](const auto& u, const auto& v, const auto& w, const auto& spacing, auto combine) {
    return [&, combine] { hand::fused(u.data(), v.data(), w.data(), f.out.data(), f.extents, spacing, combine); };
  };
  const auto squares = [](T a, T b, T c) { return a * a + b * b + c * c; };
  const auto sum = [](T a, T b, T c) { return a + b + c; };
  f.compare(
      "grad f squared",
      [&] {
        const auto [d0, d1, d2] = gradient(f.u, h);
        f.out = d0.square() + d1.square() + d2.square();
      },
      byHand(f.u, f.u, f.u, h, squares));
  f.compare(
      "div(u, v, w)", [&] { f.out = derivative<0>(f.u, h) + derivative<1>(f.v, h) + derivative<2>(f.w, h); },
      byHand(f.u, f.v, f.w, h, sum));
  f.compare(
      "curl, one component", [&] { f.out = derivative<0>(f.v, h) - derivative<1>(f.u, h); },
      byHand(f.v, f.u, f.w, h, [](T a, T b, T) { return a - b; }));

  const Stencil x = stretched(f.extents[0]), y = stretched(f.extents[1]), z = stretched(f.extents[2]);
  const std::array<hand::Weights<T>, 3> weights{weightsOf<T>(x, f.extents[0]), weightsOf<T>(y, f.extents[1]),
                                                weightsOf<T>(z, f.extents[2])};
  f.compare(
      "grad f squared, coordinates",
      [&] {
        const auto [d0, d1, d2] = gradient(f.u, x, y, z);
        f.out = d0.square() + d1.square() + d2.square();
      },
      byHand(f.u, f.u, f.u, weights, squares));
}

/// Arguments that are computed on the way. By hand: into an array that is there already, then the derivative.
template <class T>
void arguments(Fields<T, Eigen::ColMajor>& f) {
  const T h = T(unknownStep());
  const auto byHand = [&](auto argument, int axis) {
    return [&, argument, axis] {
      argument();
      hand::single(f.argument.data(), f.out.data(), f.extents, axis, stepWeights(h, Edge::FirstOrder));
    };
  };
  f.compare(
      "d1 of f g", [&] { f.out = derivative<1>(f.u * f.v, h); }, byHand([&] { f.argument = f.u * f.v; }, 1));
  f.compare(
      "d2 of exp f", [&] { f.out = derivative<2>(f.u.exp(), h); }, byHand([&] { f.argument = f.u.exp(); }, 2));
}

template <class T>
void all(Index n0, Index n1, Index n2) {
  Fields<T, Eigen::ColMajor> f({n0, n1, n2});
  single<0>(f);
  single<1>(f);
  single<2>(f);
  fused(f);
  arguments(f);
}

/// By rows, where the last axis is the one along the memory.
template <class T>
void byRows(Index n0, Index n1, Index n2) {
  Fields<T, Eigen::RowMajor> f({n0, n1, n2});
  single<2>(f);
  single<1>(f);
  single<0>(f);
  const T h = T(unknownStep());
  f.compare(
      "grad f squared",
      [&] {
        const auto [d0, d1, d2] = gradient(f.u, h);
        f.out = d0.square() + d1.square() + d2.square();
      },
      [&] {
        hand::fused(f.u.data(), f.u.data(), f.u.data(), f.out.data(), f.extents, h,
                    [](T a, T b, T c) { return a * a + b * b + c * c; });
      });
}

}  // namespace

// tensor [ROUNDS [ONLY]]
int main(int count, char** values) {
  readArguments(count, values);
  header("-");
  all<double>(64, 64, 64);
  all<double>(256, 256, 256);
  all<float>(64, 64, 64);
  all<float>(256, 256, 256);
  all<double>(17, 128, 128);
  all<double>(3, 400, 400);
  all<double>(16, 1000, 1000);
  byRows<double>(64, 64, 64);
  byRows<double>(256, 256, 256);
}
