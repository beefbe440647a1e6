// SPDX-License-Identifier: MPL-2.0
//
// How fast errors fall as samples are added: on even, stretched and abrupt grids, inside and at the ends.
//
// An error that falls by 2^p when the number of intervals doubles is of order p.

#include <gridgrad.hpp>

#include <cmath>
#include <cstdio>

using Eigen::ArrayXd;
using Eigen::Index;
using gridgrad::Edge;
using gridgrad::gradient;

namespace {

struct Errors {
  double inside, end;
};

/// The worst errors of the slope of exp(x).
Errors errors(const ArrayXd& x, Edge edge) {
  const ArrayXd f = x.exp();
  const ArrayXd error = (gradient(f, x, edge) - f).abs();  // exp is its own slope
  return {error.segment(1, x.size() - 2).maxCoeff(), std::max(error[0], error[x.size() - 1])};
}

/// Without weights: the slope of the line through the two neighbours.
double errorWithoutWeights(const ArrayXd& x) {
  const Index n = x.size();
  const ArrayXd f = x.exp();
  const ArrayXd slope = (f.tail(n - 2) - f.head(n - 2)) / (x.tail(n - 2) - x.head(n - 2));
  return (slope - f.segment(1, n - 2)).abs().maxCoeff();
}

ArrayXd even(Index intervals) { return ArrayXd::LinSpaced(intervals + 1, 0, 1); }

ArrayXd stretched(Index intervals) { return even(intervals).square(); }

/// Intervals alternate between one and three parts.
ArrayXd abrupt(Index intervals) {
  ArrayXd x = even(intervals);
  for (Index i = 1; i < intervals; i += 2) x[i] -= 0.5 / static_cast<double>(intervals);
  return x;
}

double order(double coarse, double fine) { return std::log2(coarse / fine); }

void print(const char* name, ArrayXd (*grid)(Index)) {
  const ArrayXd coarse = grid(200), fine = grid(400);
  const Errors first[] = {errors(coarse, Edge::FirstOrder), errors(fine, Edge::FirstOrder)};
  const Errors second[] = {errors(coarse, Edge::SecondOrder), errors(fine, Edge::SecondOrder)};
  std::printf("%-10s %8.1f %12.1f %13.1f %16.1f\n", name, order(first[0].inside, first[1].inside),
              order(first[0].end, first[1].end), order(second[0].end, second[1].end),
              order(errorWithoutWeights(coarse), errorWithoutWeights(fine)));
}

}  // namespace

int main() {
  std::printf("%-10s %8s %12s %13s %16s\n", "samples", "inside", "FirstOrder", "SecondOrder", "without weights");
  print("even", even);
  print("stretched", stretched);
  print("abrupt", abrupt);
}
