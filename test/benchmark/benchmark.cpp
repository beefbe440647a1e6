// SPDX-License-Identifier: MPL-2.0
//
// gridgrad against the loop one would have written by hand, a copy of as many bytes, Eigen slices and Blitz++: see
// docs/performance.md. Every line is checked before it is timed.

#include <gridgrad.hpp>

#include <Eigen/Dense>

#ifdef GRIDGRAD_BENCHMARK_BLITZ
#include <blitz/array.h>
#endif

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <string>

#include "hand.hpp"
#include "measure.hpp"

namespace {

using namespace gridgrad;
using namespace benchmark;
using Eigen::Dynamic;
using hand::stepWeights;
using hand::weightsOf;

template <class A, class B>
void expectClose(const std::string& work, const A& ours, const B& hand) {
  const double error = double((ours - hand).abs().maxCoeff()), scale = double(hand.abs().maxCoeff());
  if (error <= 1e-4 * scale) return;
  std::fprintf(stderr, "%s: the results differ by %g of %g\n", work.c_str(), error, scale);
  std::exit(1);
}

std::string size(Index rows, Index cols) {
  return cols == 1 ? std::to_string(rows) : std::to_string(rows) + "x" + std::to_string(cols);
}

/// The same with Eigen's own expressions, as one writes it without gridgrad.
template <int axis, class Field, class Result, class T>
void slices(const Field& f, Result& out, const hand::Weights<T>& w) {
  if constexpr (axis == 1) {
    auto ft = f.transpose();
    auto ot = out.transpose();
    slices<0>(ft, ot, w);
  } else {
    const Index n = f.rows();
    if (w.coordinates) {
      const Eigen::Map<const Eigen::Array<T, Dynamic, 1>> lower(w.lower + 1, n - 2), upper(w.upper + 1, n - 2);
      out.middleRows(1, n - 2) = (f.middleRows(1, n - 2) - f.topRows(n - 2)).colwise() * lower +
                                 (f.bottomRows(n - 2) - f.middleRows(1, n - 2)).colwise() * upper;
    } else {
      out.middleRows(1, n - 2) = (f.bottomRows(n - 2) - f.topRows(n - 2)) * w.across;
    }
    out.row(0) = w.near0 * (f.row(1) - f.row(0)) + w.far0 * (f.row(w.second ? 2 : 1) - f.row(1));
    out.row(n - 1) =
        w.near1 * (f.row(n - 1) - f.row(n - 2)) + w.far1 * (f.row(n - 2) - f.row(w.second ? n - 3 : n - 2));
  }
}

#ifdef GRIDGRAD_BENCHMARK_BLITZ
template <int axis, class T>
Work blitzWork(T* f, T* out, Index lines, Index length, bool along, T across) {
  using namespace blitz;
  const Array<T, 2> a(f, shape(int(lines), int(length)), neverDeleteData);
  Array<T, 2> b(out, shape(int(lines), int(length)), neverDeleteData);
  const Range all = Range::all();
  if (along) {
    const Range i(1, int(length) - 2);
    return [=]() mutable { b(all, i) = (a(all, i + 1) - a(all, i - 1)) * across; };
  }
  const Range j(1, int(lines) - 2);
  return [=]() mutable { b(j, all) = (a(j + 1, all) - a(j - 1, all)) * across; };
}
#endif

/// One derivative of a field of any order, along any axis, with any stencil.
template <class T, int order, int axis>
void single(Index rows, Index cols, bool coordinates, Edge edge) {
  using Field = Eigen::Array<T, Dynamic, Dynamic, order>;
  Arena arena;
  const Index count = rows * cols, n = axis == 0 ? rows : cols;
  Eigen::Map<Field> f(arena.take<T>(count), rows, cols), out(arena.take<T>(count), rows, cols);
  f = Field::Random(rows, cols);

  // A grid stretched towards its beginning, as one has it at a wall.
  const Eigen::ArrayXd even = Eigen::ArrayXd::LinSpaced(n, 0, 1);
  const Stencil y =
      coordinates ? Stencil(Eigen::ArrayXd(even + 3 * even.square()), edge) : Stencil(unknownStep(), edge);
  const T h = T(unknownStep());
  const hand::Weights<T> w = weightsOf<T>(y, n);

  const bool isAlong = (axis == 0) == (order == Eigen::ColMajor) || cols == 1;
  const Index length = cols == 1 ? rows : order == Eigen::ColMajor ? rows : cols, lines = count / length;
  Line line;
  line.work = std::string(name<T>()) +
              (cols == 1                  ? ""
               : order == Eigen::ColMajor ? " col-major"
                                          : " row-major") +
              (cols == 1   ? ""
               : axis == 0 ? " axis 0"
                           : " axis 1") +
              (coordinates ? " coordinates" : " step") + (edge == Edge::SecondOrder ? " 2nd" : " 1st");
  line.size = size(rows, cols);
  if (coordinates)
    line.ours = [&] { out = derivative<axis>(f, y); };
  else
    line.ours = [&] { out = derivative<axis>(f, h, edge); };
  const auto weights = [&, coordinates, edge] { return coordinates ? w : stepWeights(h, edge); };
  if (isAlong)
    line.hand = [&] { hand::along(f.data(), out.data(), lines, length, weights()); };
  else
    line.hand = [&] { hand::across(f.data(), out.data(), lines, length, weights()); };
  line.copy = copy(f.data(), out.data(), count);
  line.slices = [&] { slices<axis>(f, out, w); };
#ifdef GRIDGRAD_BENCHMARK_BLITZ
  if (!coordinates) line.peer = blitzWork<axis>(f.data(), out.data(), lines, length, isAlong, w.across);
#endif

  line.hand();
  const Field expected = out;
  line.slices();
  expectClose(line.work + " with slices", out, expected);
  line.ours();
  expectClose(line.work, out, expected);
  run(line);
}

/// A vector is one line.
template <class T>
void vector(Index n, bool coordinates, Edge edge) {
  using Field = Eigen::Array<T, Dynamic, 1>;
  Arena arena;
  Eigen::Map<Field> f(arena.take<T>(n), n), out(arena.take<T>(n), n);
  f = Field::Random(n);
  const Eigen::ArrayXd even = Eigen::ArrayXd::LinSpaced(n, 0, 1);
  const Stencil y =
      coordinates ? Stencil(Eigen::ArrayXd(even + 3 * even.square()), edge) : Stencil(unknownStep(), edge);
  const T h = T(unknownStep());
  const hand::Weights<T> w = weightsOf<T>(y, n);
  Line line;
  line.work =
      std::string(name<T>()) + (coordinates ? " coordinates" : " step") + (edge == Edge::SecondOrder ? " 2nd" : " 1st");
  line.size = size(n, 1);
  if (coordinates)
    line.ours = [&] { out = gradient(f, y); };
  else
    line.ours = [&] { out = gradient(f, h, edge); };
  line.hand = [&] { hand::along(f.data(), out.data(), 1, n, coordinates ? w : stepWeights(h, edge)); };
  line.copy = copy(f.data(), out.data(), n);
  line.slices = [&] { slices<0>(f, out, w); };
  line.hand();
  const Field expected = out;
  line.ours();
  expectClose(line.work, out, expected);
  run(line);
}

template <class T>
void fused(Index n) {
  using Field = Eigen::Array<T, Dynamic, Dynamic>;
  Arena arena;
  Eigen::Map<Field> u(arena.take<T>(n * n), n, n), v(arena.take<T>(n * n), n, n), out(arena.take<T>(n * n), n, n),
      d0(arena.take<T>(n * n), n, n), d1(arena.take<T>(n * n), n, n);
  u = Field::Random(n, n);
  v = Field::Random(n, n);
  const T h = T(unknownStep()), dt = T(1e-3);
  const hand::Weights<T> w = stepWeights(h, Edge::FirstOrder);

  // In the column of slices: each derivative into an array that is there already, and then what is made of the two.
  const auto squares = [](T, T a, T b) { return a * a + b * b; };
  const auto sum = [](T, T a, T b) { return a + b; };
  const auto step = [dt](T o, T a, T b) { return o + dt * (a + b); };
  Line line;
  line.size = size(n, n);
  line.copy = copy(u.data(), out.data(), n * n);
  const auto compare = [&](const char* work) {
    line.work = std::string(name<T>()) + ' ' + work;
    out.setZero();
    line.hand();
    const Field expected = out;
    out.setZero();
    line.ours();
    expectClose(line.work, out, expected);
    out.setZero();
    if (line.slices) line.slices(), expectClose(line.work + " with slices", out, expected);
    run(line);
  };
  line.ours = [&] {
    auto g = gradient(u, h);
    out = std::get<0>(g).square() + std::get<1>(g).square();
  };
  line.hand = [&] { hand::fused(u.data(), u.data(), out.data(), n, n, h, squares); };
  line.slices = [&] {
    slices<0>(u, d0, w);
    slices<1>(u, d1, w);
    out = d0.square() + d1.square();
  };
  compare("grad f squared");

  // The best that two temporaries can do: no slices, but loops by hand.
  line.slices = [&] {
    hand::along(u.data(), d0.data(), n, n, w);
    hand::across(u.data(), d1.data(), n, n, w);
    out = d0.square() + d1.square();
  };
  compare("grad f squared, temporaries by hand");

  line.ours = [&] { out = derivative<0>(u, h) + derivative<1>(v, h); };
  line.hand = [&] { hand::fused(u.data(), v.data(), out.data(), n, n, h, sum); };
  line.slices = [&] {
    slices<0>(u, d0, w);
    slices<1>(v, d1, w);
    out = d0 + d1;
  };
  compare("div(u, v)");

  line.ours = [&] { out += dt * (derivative<0>(u, h) + derivative<1>(v, h)); };
  line.hand = [&] { hand::fused(u.data(), v.data(), out.data(), n, n, h, step); };
  line.slices = [&] {
    slices<0>(u, d0, w);
    slices<1>(v, d1, w);
    out += dt * (d0 + d1);
  };
  compare("f += dt div(u, v)");

  line.slices = nullptr;
  line.ours = [&] { out = derivative(u, 1, h); };
  line.hand = [&] { hand::across(u.data(), out.data(), n, n, w); };
  compare("run-time axis 1");
  if (!std::is_same<T, double>::value) return;

  line.ours = [&] { out += derivative<0>(u, h); };
  line.hand = [&] { hand::along(u.data(), out.data(), n, n, w, [](T o, T d) { return o + d; }); };
  compare("+= axis 0");
  line.ours = [&] { out -= derivative<1>(u, h); };
  line.hand = [&] { hand::across(u.data(), out.data(), n, n, w, [](T o, T d) { return o - d; }); };
  compare("-= axis 1");
  line.ours = [&] { out *= derivative<1>(u, h) + T(1); };
  line.hand = [&] { hand::across(u.data(), out.data(), n, n, w, [](T o, T d) { return o * (d + T(1)); }); };
  compare("*= axis 1 + 1");
  line.ours = [&] { out.matrix().noalias() = derivative<0>(u.matrix(), h); };
  line.hand = [&] { hand::along(u.data(), out.data(), n, n, w); };
  compare(".noalias() axis 0");
}

/// Arguments that are computed on the way, and integers.
void arguments(Index n) {
  using Field = Eigen::ArrayXXd;
  Arena arena;
  Eigen::Map<Field> a(arena.take<double>(n * n), n, n), b(arena.take<double>(n * n), n, n),
      out(arena.take<double>(n * n), n, n), t(arena.take<double>(n * n), n, n);
  a = Field::Random(n, n);
  b = Field::Random(n, n);
  const double h = unknownStep();
  const hand::Weights<double> w = stepWeights(h, Edge::FirstOrder);
  Line line;
  line.size = size(n, n);
  line.copy = copy(a.data(), out.data(), n * n);
  // By hand: the argument into an array that is there already, then its derivative.
  const auto compare = [&](const char* work, auto ours, auto argument) {
    line.work = work;
    line.ours = ours;
    line.hand = [&, argument] {
      argument();
      hand::along(t.data(), out.data(), n, n, w);
    };
    line.hand();
    const Field expected = out;
    line.ours();
    expectClose(line.work, out, expected);
    run(line);
  };
  compare(
      "d0 of a + b", [&] { out = derivative<0>(a + b, h); }, [&] { t = a + b; });
  compare(
      "d0 of a b + a", [&] { out = derivative<0>(a * b + a, h); }, [&] { t = a * b + a; });
  compare(
      "d0 of exp a", [&] { out = derivative<0>(a.exp(), h); }, [&] { t = a.exp(); });

  Eigen::Map<Eigen::ArrayXXi> k(arena.take<int>(n * n), n, n);
  k = Eigen::ArrayXXi::Random(n, n);
  line.copy = nullptr;
  line.work = "int d0";
  line.ours = [&] { out = derivative<0>(k, h); };
  line.hand = [&] { hand::along(k.data(), out.data(), n, n, w); };
  run(line);
  line.work = "int d1";
  line.ours = [&] { out = derivative<1>(k, h); };
  line.hand = [&] { hand::across(k.data(), out.data(), n, n, w); };
  run(line);
}

/// Fixed sizes: a function of one cell, called for many; its step known while compiling, or not.
template <bool known, class Field>
HAND_NOINLINE void oursFixed(const Field& f, Field& out, double h) {
  out = derivative<0>(f, known ? 0.1 : h);
}
template <bool known, class Field>
HAND_NOINLINE void handFixed(const Field& f, Field& out, double h) {
  constexpr int rows = Field::RowsAtCompileTime, cols = Field::ColsAtCompileTime;
  const double w = 1 / (2 * (known ? 0.1 : h)), w1 = 1 / (known ? 0.1 : h);
  for (int j = 0; j < cols; ++j) {
    out(0, j) = (f(1, j) - f(0, j)) * w1;
    for (int i = 1; i < rows - 1; ++i) out(i, j) = (f(i + 1, j) - f(i - 1, j)) * w;
    out(rows - 1, j) = (f(rows - 1, j) - f(rows - 2, j)) * w1;
  }
}

template <bool known, int rows, int cols>
void fixed() {
  using Field = Eigen::Array<double, rows, cols>;
  constexpr int cells = 512;
  static Field f[cells], out[cells];
  for (Field& cell : f) cell.setRandom();
  const double h = unknownStep();
  Line line;
  line.work = known ? "double fixed, known step" : "double fixed";
  line.size = "512 of " + size(rows, cols);
  line.ours = [h] {
    for (int c = 0; c < cells; ++c) oursFixed<known>(f[c], out[c], h);
  };
  line.hand = [h] {
    for (int c = 0; c < cells; ++c) handFixed<known>(f[c], out[c], h);
  };
  line.copy = copy(f[0].data(), out[0].data(), cells * rows * cols);
  run(line);
}

template <bool known>
void allFixed() {
  fixed<known, 3, 1>();
  fixed<known, 3, 3>();
  fixed<known, 6, 1>();
  fixed<known, 16, 1>();
}

/// What it costs to look whether a destination and an expression overlap, in nanoseconds, in a loop of nothing else.
template <class Dst, class Xpr>
void overlapCheck(const char* work, const Dst& dst, const Xpr& xpr) {
  constexpr int looks = 1000;
  const auto forget = [&] { asm volatile("" : : "r"(&dst), "r"(&xpr) : "memory"); };  // what the arrays' places are
  int sum = 0;
  const auto seconds = race({[&] {
                               for (int i = 0; i < looks; ++i) forget(), sum += int(detail::overlap(dst, xpr));
                             },
                             [&] {
                               for (int i = 0; i < looks; ++i) forget(), ++sum;
                             }},
                            4 * rounds);
  if (sum < 0) std::abort();
  const double look = quartiles(seconds[0]).median, nothing = quartiles(seconds[1]).median;
  std::printf("| %s | %.1f |\n", work, (look - nothing) / looks * 1e9);
}

void overlapChecks() {
  Eigen::ArrayXXd u(9, 9), v(9, 9), out(9, 9);
  const auto [d0, d1] = gradient(u, 0.1);
  std::printf("\n| does the destination overlap | ns |\n|---|--:|\n");
  overlapCheck("one derivative", out, d0);
  overlapCheck("grad f squared", out, d0.square() + d1.square());
  overlapCheck("f + dt div(u, v)", out, v + 0.1 * (derivative<0>(u, 0.1) + derivative<1>(v, 0.1)));
}

template <class T>
void all() {
  for (const Index n : {1000, 100000, 10000000})
    for (const bool coordinates : {false, true})
      for (const Edge edge : {Edge::FirstOrder, Edge::SecondOrder}) vector<T>(n, coordinates, edge);
  for (const Index n : {64, 1000, 4000})
    for (const bool coordinates : {false, true})
      for (const Edge edge : {Edge::FirstOrder, Edge::SecondOrder}) {
        single<T, Eigen::ColMajor, 0>(n, n, coordinates, edge);
        single<T, Eigen::ColMajor, 1>(n, n, coordinates, edge);
        single<T, Eigen::RowMajor, 0>(n, n, coordinates, edge);
        single<T, Eigen::RowMajor, 1>(n, n, coordinates, edge);
      }
  for (const Index n : {64, 1000, 4000}) fused<T>(n);
}

}  // namespace

// benchmark [ROUNDS [ONLY]]
int main(int count, char** values) {
  readArguments(count, values);
  std::printf("%s, Eigen %s, %s\n\n", GRIDGRAD_BENCHMARK_BUILD, EIGEN_VERSION_AT_LEAST(5, 0, 0) ? "5" : "3.4",
              Eigen::SimdInstructionSetsInUse());
  header("Blitz++");
  all<double>();
  all<float>();
  for (const Index n : {64, 1000, 4000}) arguments(n);
  allFixed<true>();
  allFixed<false>();
  if (std::string("overlap").find(only) != std::string::npos) overlapChecks();
}
