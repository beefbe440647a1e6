// SPDX-License-Identifier: MPL-2.0
//
// A program whose namespace has functions by all our names, public and internal, which take anything. Its types are in
// every place where a type of a program's can be: functors, numbers, fields, steps, coordinates, axes. If it compiles,
// none of its functions was as much as looked at: see greedy_names.py, which writes them, out of our headers.

#include <gridgrad.hpp>

#include <cstddef>
#include <ostream>
#include <tuple>
#include <type_traits>
#include <vector>

namespace greedy {

struct Scale {
  double operator()(double x) const { return 2 * x; }
};

/// A number, and all that is asked of one.
struct Number {
  double value = 0;

  Number() = default;
  Number(double v) : value(v) {}

  Number& operator+=(Number other) { return value += other.value, *this; }
  friend Number operator-(Number a) { return -a.value; }
  friend Number operator+(Number a, Number b) { return a.value + b.value; }
  friend Number operator-(Number a, Number b) { return a.value - b.value; }
  friend Number operator*(Number a, Number b) { return a.value * b.value; }
  friend Number operator/(Number a, Number b) { return a.value / b.value; }
  friend bool operator==(Number a, Number b) { return a.value == b.value; }
  friend bool operator!=(Number a, Number b) { return a.value != b.value; }
  friend bool operator<(Number a, Number b) { return a.value < b.value; }
  friend bool operator>(Number a, Number b) { return a.value > b.value; }
  friend std::ostream& operator<<(std::ostream& out, Number a) { return out << a.value; }
};

struct Field : Eigen::ArrayXXd {
  using Eigen::ArrayXXd::ArrayXXd;
};

struct Step {
  double value;
  explicit Step(double v) : value(v) {}
  operator double() const { return value; }
};

template <class T>
struct Coordinates {
  using value_type = T;
  std::vector<T> values;
  const T* data() const { return values.data(); }
  std::size_t size() const { return values.size(); }
};

enum Axis { across = 1 };

}  // namespace greedy

template <>
struct Eigen::NumTraits<greedy::Number> : Eigen::NumTraits<double> {
  using Real = greedy::Number;
  using NonInteger = greedy::Number;
  using Nested = greedy::Number;
  using Literal = double;
  enum { IsComplex = 0, IsInteger = 0, IsSigned = 1, RequireInitialization = 1 };
};

#include "greedy_names.hpp"

namespace {

using greedy::Coordinates;
using greedy::Number;
using greedy::Step;
using gridgrad::Edge;
using gridgrad::Spacing;
using gridgrad::Stencil;

const Step h(0.5);
const Coordinates<double> x{{0, 1, 3, 6, 10}};

/// Computes a result, or several.
template <class Result>
void read(const Result& result) {
  if constexpr (gridgrad::detail::isTensor<Result>)
    Eigen::Tensor<typename Result::Scalar, Eigen::internal::traits<Result>::NumDimensions>{result};
  else
    result.eval();
}
template <class... Xprs>
void read(const gridgrad::expressions::Results<Xprs...>& results) {
  std::apply([](const auto&... each) { (read(each), ...); }, results);
}

/// All words of a field of two axes; the flow's only of arrays, since those of tensors take the compiler long.
template <class F, class S>
void words(const F& f, const S& s) {
  read(gridgrad::gradient(f, s, h, Edge::SecondOrder));
  read(gridgrad::gradient<1, 0>(f, h, s));
  read(gridgrad::derivative(f, greedy::across, h));
  read(gridgrad::secondDerivative(f, greedy::across, s));
  read(gridgrad::derivative<0>(f, Stencil(x)));
  read(gridgrad::secondDerivative<1>(f, Spacing(s, Edge::SecondOrder)));
  read(gridgrad::divergence(f, f, h));
  read(gridgrad::laplacian(f, gridgrad::periodic(x, Step(12)), h));
  read(gridgrad::curl(f, f, s, s));
  read(gridgrad::hessian(f, h));
  read(gridgrad::jacobian(f, f, s, h));
}

template <class F>
void flow(const F& u, const F& v) {
  read(gridgrad::vorticity(u, v, h));
  read(gridgrad::enstrophy(u, v, h));
  read(gridgrad::qCriterion(u, v, x, h));
  read(gridgrad::strainRate(u, v, h));
}

}  // namespace

int main() {
  greedy::Field f(5, 5);
  f.setRandom();
  const auto fs = f.unaryExpr(greedy::Scale());
  words(f, x);
  words(fs, x);
  flow(fs, fs);
  f += gridgrad::gradient<0>(fs, h);

  Eigen::Tensor<double, 2> t(5, 5);
  t.setRandom();
  const auto ts = t.unaryExpr(greedy::Scale());
  words(ts, h);
  t = t + gridgrad::gradient<0>(ts, x) * 2.0;

  Eigen::Array<Number, Eigen::Dynamic, Eigen::Dynamic> n(5, 5);
  n.setConstant(Number(1));
  const Coordinates<Number> xn{{0, 1, 3, 6, 10}};
  words(n, xn);
  flow(n, n);
  Eigen::Tensor<Number, 2> tn(5, 5);
  tn.setConstant(Number(1));
  read(gridgrad::gradient(tn, xn, Number(0.5)));
  read(gridgrad::derivative<0>(tn, Stencil(x)));
  read(gridgrad::laplacian(tn, h));
  tn = tn + gridgrad::derivative<1>(tn, h);

  Eigen::Tensor<double, 3> u(5, 5, 5);
  u.setRandom();
  const auto us = u.unaryExpr(greedy::Scale());
  read(gridgrad::lambda2(us, us, us, x, h, h));
}
