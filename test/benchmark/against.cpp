// SPDX-License-Identifier: MPL-2.0
//
// This version against an earlier one in the same process: each statement is compiled with the headers of both, of
// which the earlier ones are in namespace gridgrad_before (against.py makes them so). Built by test/benchmark/run
// --against.

#define EIGEN_USE_THREADS
#include <gridgrad.hpp>
#include <gridgrad/tensor.hpp>
#include <gridgrad_before.hpp>
#include <gridgrad_before/tensor.hpp>

#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "measure.hpp"

namespace {

using Eigen::Array;
using Eigen::ArrayXd;
using Eigen::ArrayXXd;
using Eigen::Index;

int slower = 0;

/// One line: how long it takes now, and over before.
void line(const std::string& work, const std::string& size, const benchmark::Work& now, const benchmark::Work& before) {
  if ((work + ' ' + size).find(benchmark::only) == std::string::npos) return;
  const auto times = benchmark::race({now, before}, benchmark::rounds);
  std::vector<double> ratios;
  for (std::size_t i = 0; i < times[0].size(); ++i) ratios.push_back(times[0][i] / times[1][i]);
  const auto ratio = benchmark::quartiles(ratios);
  slower += ratio.low > 1.1;
  std::printf("| %s | %s | %.2f | %.2f - %.2f | %.3g |%s\n", work.c_str(), size.c_str(), ratio.median, ratio.low,
              ratio.high, benchmark::quartiles(times[0]).median * 1e6, ratio.low > 1.1 ? " slower" : "");
  std::fflush(stdout);
}

/// A statement by one of both, which is called `version`, and whose stencil is `y`.
#define BY(library, stencil, ...) \
  [&] {                           \
    namespace version = library;  \
    using version::derivative;    \
    const auto& y = stencil;      \
    static_cast<void>(y);         \
    __VA_ARGS__;                  \
  }
#define AGAINST(size, ...) \
  line(#__VA_ARGS__, size, BY(gridgrad, places.now, __VA_ARGS__), BY(gridgrad_before, places.before, __VA_ARGS__))

/// A stencil of coordinates, of both versions.
struct Places {
  explicit Places(Index n) : x(ArrayXd::LinSpaced(n, 0, 1) + ArrayXd::LinSpaced(n, 0, 1).square()), now(x), before(x) {}
  ArrayXd x;
  gridgrad::Stencil now;
  gridgrad_before::Stencil before;
};

std::string times(Index n, Index m) { return std::to_string(n) + " x " + std::to_string(m); }

void vectors() {
  for (const Index n : {32, 100, 300, 1000, 100000}) {
    const std::string size = std::to_string(n);
    const Places places(n);
    const ArrayXd f = ArrayXd::Random(n), x = places.x;
    ArrayXd g(n);
    const double h = benchmark::unknownStep();
    AGAINST(size, g = derivative<0>(f, h));
    AGAINST(size, g = derivative<0>(f, y));
    AGAINST(size, g = derivative<0>(f, x));
    AGAINST(size, version::Stencil z(x));
  }
}

template <class T>
void fields() {
  using Field = Array<T, Eigen::Dynamic, Eigen::Dynamic>;
  for (const Index n : {64, 1000, 4000}) {
    const std::string size = times(n, n) + ' ' + benchmark::name<T>();
    const Places places(n);
    const Field f = Field::Random(n, n), v = Field::Random(n, n);
    Field g(n, n);
    const T h = T(benchmark::unknownStep());
    AGAINST(size, g = derivative<0>(f, h));
    AGAINST(size, g = derivative<1>(f, h));
    AGAINST(size, g = derivative<0>(f, y));
    AGAINST(size, g = derivative<1>(f, y));
    AGAINST(size, g = derivative<0>(f, h).square() + derivative<1>(f, h).square());
    AGAINST(size, g = version::laplacian(f, h));
    AGAINST(size, g = version::divergence(f, v, y, y));
    if (n == 4000) continue;
    AGAINST(size, g = derivative<0>(derivative<1>(f, h), h));
    AGAINST(size, g += T(0.1) * version::laplacian(f, h));
    AGAINST(size, g = (f > 0).select(derivative<0>(f, h), derivative<1>(f, h)));
    AGAINST(size, g = derivative<0>(f.exp(), h));
    AGAINST(size, g(0, 0) += derivative<0>(f, h).sum());
    AGAINST(size, g = derivative(f, Index(n > 0), h));
  }
}

void small() {
  using Field = Array<double, 8, 8>;
  const Places places(8);
  const Field f = Field::Random(), v = Field::Random();
  Field g;
  const double h = benchmark::unknownStep();
  AGAINST("8 x 8 fixed", g = derivative<0>(f, h));
  AGAINST("8 x 8 fixed", g = version::laplacian(f, y, y));
  AGAINST("8 x 8 fixed", g = version::vorticity(f, v, h));
}

void tensors() {
  using Tensor = Eigen::Tensor<double, 3>;
  for (const auto& d : {std::array<Index, 3>{64, 64, 64}, {256, 256, 256}, {17, 128, 128}, {3, 400, 400}}) {
    const std::string size = times(d[0], d[1]) + " x " + std::to_string(d[2]);
    const Places places(d[0]);
    Tensor f(d[0], d[1], d[2]), g(d[0], d[1], d[2]);
    f.setRandom();
    const double h = benchmark::unknownStep();
    AGAINST(size, g = derivative<0>(f, h));
    AGAINST(size, g = derivative<1>(f, h));
    AGAINST(size, g = derivative<2>(f, h));
    AGAINST(size, g = derivative<0>(f, y));
    AGAINST(size, g = derivative<0>(f, h).square() + derivative<1>(f, h).square() + derivative<2>(f, h).square());
    AGAINST(size, g = version::laplacian(f, h, version::Edge::Periodic));
    if (d[0] == 256) continue;
    AGAINST(size, g += derivative<1>(f, h));
    AGAINST(size, g = derivative<1>(f.exp(), h));
    AGAINST(size, Eigen::Tensor<double, 0> s = derivative<1>(f, h).sum(); g(0, 0, 0) += s());
  }
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::readArguments(argc, argv);
  std::printf("| statement | size | now / before | quartiles | now, µs |\n|---|---|--:|---|--:|\n");
  vectors();
  small();
  fields<double>();
  fields<float>();
  tensors();
  std::printf("\n%d lines are slower than before by more than a tenth in three rounds of four.\n", slower);
}
