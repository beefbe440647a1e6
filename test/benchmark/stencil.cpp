// SPDX-License-Identifier: MPL-2.0
//
// What a Stencil costs, and when it pays: the same derivative with coordinates, with a Stencil made before, and with a
// step. See docs/performance.md.

#include <gridgrad/derivative.hpp>
#include <gridgrad/stencil.hpp>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "measure.hpp"

namespace {

using Eigen::ArrayXd;
using Eigen::ArrayXXd;
using Eigen::Index;
using gridgrad::derivative;
using gridgrad::Stencil;

int rounds = 15;
std::string only;

/// A field of `rows` samples along the axis, and `columns` beside one another.
void line(Index rows, Index columns) {
  const std::string name = std::to_string(rows) + " x " + std::to_string(columns);
  if (name.find(only) == std::string::npos) return;
  const ArrayXXd f = ArrayXXd::Random(rows, columns);
  const ArrayXd x = ArrayXd::LinSpaced(rows, 0, 1).square() + ArrayXd::LinSpaced(rows, 0, 1);
  ArrayXXd g(rows, columns);
  const Stencil stencil(x);
  double sum = 0;
  const auto times = benchmark::race({[&] { sum += Stencil(x).samples() > 0; }, [&] { g = derivative<0>(f, x); },
                                      [&] { g = derivative<0>(f, stencil); }, [&] { g = derivative<0>(f, 0.1); }},
                                     rounds);
  double median[4], calls = 0;
  for (std::size_t k = 0; k < 4; ++k) median[k] = benchmark::quartiles(times[k]).median * 1e6;
  if (sum > 0) calls = median[0] / (median[1] - median[2]);
  std::printf("| %s | %.3g | %.3g | %.3g | %.3g | %.2g |\n", name.c_str(), median[0], median[1], median[2], median[3],
              calls);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1) rounds = std::atoi(argv[1]);
  if (argc > 2) only = argv[2];
  std::printf(
      "| samples x lines | Stencil, µs | coordinates | Stencil made before | step | pays from so many calls |\n");
  std::printf("|---|--:|--:|--:|--:|--:|\n");
  for (const Index rows : {30, 100, 1000, 10000}) line(rows, 1);
  for (const Index n : {64, 1000}) line(n, n);
}
