// SPDX-License-Identifier: MPL-2.0
//
// An expression evaluated step by step: each operation a plain loop over plain arrays, derivatives by the formulas of
// docs/mathematics.md in long double. It includes nothing of gridgrad's and nothing of Eigen's.
//
// Each number carries how far rounding may have taken whoever computes it in its own type. Every operation adds to what
// its operands bring a few units in the last place of the largest of its terms; so there is no tolerance to be chosen
// for a whole expression. Where rounding may decide, as in a comparison of two numbers that are nearly the same, or
// where Eigen promises nothing, as in the maximum of NaN and a number, anything is right: that error is infinite.

#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace fuzz {

using Index = std::ptrdiff_t;
using Shape = std::vector<Index>;
using Real = long double;

enum class Type { Int, Float, Double, Complex };

/// An array of any rank, the last axis fastest. Arrays and matrices have two axes, vectors too.
struct Values {
  Shape shape;
  Type type;
  std::vector<Real> real, imag, error;

  Values(Shape s, Type t);
  std::size_t size() const { return real.size(); }
  bool isComplex() const { return type == Type::Complex; }
  /// A NaN has no error, it is there or not; and where anything is right, the number is zero.
  void set(std::size_t k, Real re, Real im, Real e);
};

Index product(const Shape& shape);

/// What an axis does at an end, and where its samples are.
enum class End { FirstOrder, SecondOrder, Periodic };
struct Axis {
  bool isStep = true;
  double step = 1, period = 0;  // a period only where there are coordinates
  std::vector<double> places;
  End first = End::FirstOrder, last = End::FirstOrder;
};

Values derivative(const Values& f, int axis, int order, const Axis& grid);

Values add(const Values& a, const Values& b);
Values subtract(const Values& a, const Values& b);
Values multiply(const Values& a, const Values& b);
Values divide(const Values& a, const Values& b);
Values smaller(const Values& a, const Values& b);
Values larger(const Values& a, const Values& b);
/// a > b ? x : y
Values choose(const Values& a, const Values& b, const Values& x, const Values& y);

Values times(const Values& a, double number);
Values plus(const Values& a, double number);
Values over(const Values& a, double number);
Values negate(const Values& a);
Values abs(const Values& a);
Values square(const Values& a);
Values abs2(const Values& a);
Values root(const Values& a);
Values exponential(const Values& a);
Values conjugate(const Values& a);
Values realPart(const Values& a);
Values imagPart(const Values& a);
Values cast(const Values& a, Type type);

/// Samples of a, each from the place that is given for it.
Values take(const Values& a, const Shape& shape, const std::function<Shape(const Shape&)>& from);
Values transpose(const Values& a);
Values permute(const Values& a, const std::vector<int>& axes);
Values part(const Values& a, const Shape& start, const Shape& shape);
Values everyOther(const Values& a, const Shape& start, const Shape& shape, const Shape& stride);
Values reverse(const Values& a, const std::vector<bool>& axes);
Values chip(const Values& a, int axis, Index at);
Values pick(const Values& a, int axis, const std::vector<Index>& at);
Values repeat(const Values& a, const Shape& times);
Values join(const Values& a, const Values& b, int axis);
Values pad(const Values& a, const Shape& before, const Shape& after);
/// The same samples in the order of memory, which is that of the first axis if `firstFastest`.
Values reshape(const Values& a, const Shape& shape, bool firstFastest);
Values diagonal(const Values& a);

enum class Reduction { Sum, Mean, Largest, Smallest };
/// Along an axis, which is kept with one sample, or gone.
Values reduce(const Values& a, int axis, Reduction how, bool keeps);
/// Of matrices, or of the last axis of a with the first of b.
Values matrixProduct(const Values& a, const Values& b);

/// 0, 1, 2, … in an array of this shape: what a view makes of it says which samples the view is of.
Values numbers(const Shape& shape);

/// Several derivatives.
Values laplacian(const Values& f, const std::vector<Axis>& grid);
Values divergence(const std::vector<Values>& u, const std::vector<Axis>& grid);
/// ∂v/∂a - ∂u/∂b
Values rotation(const Values& u, const Values& v, int a, int b, const std::vector<Axis>& grid);
Values second(const Values& f, int a, int b, const std::vector<Axis>& grid);

}  // namespace fuzz
