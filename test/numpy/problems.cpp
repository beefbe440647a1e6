// SPDX-License-Identifier: MPL-2.0
//
// Random problems and gridgrad's answers to them, for check.py to solve again with numpy.gradient.
//
//     problems SEED COUNT FILE
//
// One problem a line, its numbers in hexadecimal so that none is rounded on the way:
//
//     scalar order SIZExSIZE… axis edge step|coordinates VALUE… | FIELD… | ANSWER…
//
// Fields and answers come row by row, the last axis fastest; a complex number is two.

#include <gridgrad.hpp>
#include <gridgrad/tensor.hpp>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <type_traits>
#include <vector>

using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::gradient;
using gridgrad::Index;
using gridgrad::Stencil;

namespace {

std::mt19937_64 generator;
std::FILE* file;

Index whole(Index least, Index most) { return std::uniform_int_distribution<Index>(least, most)(generator); }
double real(double least, double most) { return std::uniform_real_distribution<double>(least, most)(generator); }
bool oneIn(Index n) { return whole(1, n) == 1; }

void write(double x) { std::fprintf(file, " %a", x); }
void write(float x) { write(static_cast<double>(x)); }
void write(long double x) { std::fprintf(file, " %La", x); }
void write(int x) { std::fprintf(file, " %d", x); }
template <class Real>
void write(const std::complex<Real>& x) {
  write(x.real());
  write(x.imag());
}

template <class Scalar>
struct Random {
  static Scalar sample(double offset, double scale) { return static_cast<Scalar>(offset + scale * real(-1, 1)); }
};
template <class Real>
struct Random<std::complex<Real>> {
  static std::complex<Real> sample(double offset, double scale) {
    return {Random<Real>::sample(offset, scale), Random<Real>::sample(-offset, scale)};
  }
};
template <>
struct Random<int> {
  static int sample(double, double scale) {
    return scale > 100 ? static_cast<int>(whole(-2147483648LL, 2147483647LL)) : static_cast<int>(whole(-9, 9));
  }
};

template <class Scalar>
constexpr const char* nameOf = std::is_same<Scalar, float>::value         ? "float32"
                               : std::is_same<Scalar, double>::value      ? "float64"
                               : std::is_same<Scalar, long double>::value ? "longdouble"
                               : std::is_same<Scalar, int>::value         ? "int32"
                                                                          : "complex128";

/// The coordinates are doubles: what a float, double or long double makes of them, all three know exactly.
std::vector<double> coordinates(Index n) {
  std::vector<double> x(static_cast<std::size_t>(n));
  const double first = real(-10, 10), step = std::exp(real(-5, 5));
  const Index form = whole(0, 4);
  double position = first;
  // The longest interval is up to 1000 times the shortest.
  const double ratio = std::pow(1000., (oneIn(2) ? 1 : -1) * real(0, 1) / std::max<double>(1, double(n - 2)));
  double interval = step;
  for (auto& value : x) {
    value = position;
    switch (form) {
      case 0: position += step; break;                                       // even
      case 1: position += interval, interval *= ratio; break;                // stretched
      case 2: position += step * std::pow(1000., real(0, 1)); break;         // abrupt
      case 3: position += step * real(0.1, 1) * (oneIn(3) ? -1 : 1); break;  // neither up nor down
      default: position -= interval, interval *= ratio; break;               // descending, stretched
    }
  }
  return x;
}

/// Three samples whose first and last nearly meet have weights as large as you like, and no three-point formula is of
/// use there; NumPy's loses all digits. Neither is asked.
bool isUsable(const std::vector<double>& x) {
  for (std::size_t i = 2; i < x.size(); ++i) {
    const double l = x[i - 1] - x[i - 2], r = x[i] - x[i - 1], both = x[i] - x[i - 2];
    if (l == 0 || r == 0 || std::abs(both) < 0.01 * std::max(std::abs(l), std::abs(r))) return false;
  }
  return true;
}

struct Spacing {
  bool isStep;
  double step;
  std::vector<double> x;
  Edge edge;

  explicit Spacing(Index n, Edge e) : isStep(oneIn(3)), step(std::exp(real(-5, 5)) * (oneIn(4) ? -1 : 1)), edge(e) {
    if (oneIn(8)) step = std::ldexp(1., static_cast<int>(whole(-4, 4)));
    do {
      x = coordinates(n);
    } while (!isUsable(x));
  }
};

void write(Index axis, const Spacing& s) {
  std::fprintf(file, " %ld %d %s", long(axis), s.edge == Edge::FirstOrder ? 1 : 2, s.isStep ? "step" : "coordinates");
  if (s.isStep)
    write(s.step);
  else
    for (double x : s.x) write(x);
  std::fputs(" |", file);
}

template <class Scalar, class F, class G>
void report(const F& f, bool isVector, const char* order, Index axis, const Spacing& s, const G& answer) {
  std::fprintf(file, "%s %s %ld", nameOf<Scalar>, order, long(isVector ? f.size() : f.rows()));
  if (!isVector) std::fprintf(file, "x%ld", long(f.cols()));
  write(axis, s);
  for (Index i = 0; i < f.rows(); ++i)
    for (Index j = 0; j < f.cols(); ++j) write(f(i, j));
  std::fputs(" |", file);
  for (Index i = 0; i < f.rows(); ++i)
    for (Index j = 0; j < f.cols(); ++j) write(answer(i, j));
  std::fputc('\n', file);
}

/// One derivative along an axis known while running, from one of the spacings there are.
template <class F>
auto answerAlong(const F& f, Index axis, bool negative, const Spacing& s) {
  using Scalar = typename gridgrad::detail::DerivativeScalar<typename F::Scalar>::type;
  Eigen::Array<Scalar, Eigen::Dynamic, Eigen::Dynamic> g;
  constexpr Index rank = F::IsVectorAtCompileTime ? 1 : 2;
  const Index a = negative ? axis - rank : axis;
  const Index spelling = whole(0, 2);
  if (s.isStep)
    g = derivative(f, a, s.step, s.edge);
  else if (spelling == 0)
    g = derivative(f, a, Stencil(s.x, s.edge));
  else if (spelling == 1)
    g = derivative(f, a, gridgrad::Spacing(Eigen::VectorXd::Map(s.x.data(), Index(s.x.size()))), s.edge);
  else
    g = derivative(f, a, s.x, s.edge);
  return g;
}

template <class Scalar, int order>
void problemOfRank2() {
  using Field = Eigen::Array<Scalar, Eigen::Dynamic, Eigen::Dynamic, order>;
  using Result = typename gridgrad::detail::DerivativeScalar<Scalar>::type;
  using Answer = Eigen::Array<Result, Eigen::Dynamic, Eigen::Dynamic>;
  const char* name = order == Eigen::RowMajor ? "C" : "F";
  const Edge edge = oneIn(2) ? Edge::FirstOrder : Edge::SecondOrder;
  const Index least = edge == Edge::FirstOrder ? 2 : 3;
  const Index rows = whole(least, oneIn(4) ? 40 : 12), cols = whole(least, oneIn(4) ? 40 : 12);
  const double scale = std::exp(real(-5, 8)), offset = oneIn(2) ? 0 : scale * real(-100, 100);
  Field f(rows, cols);
  for (Index i = 0; i < f.size(); ++i) f(i) = Random<Scalar>::sample(offset, scale);
  const Spacing y(rows, edge), x(cols, edge);
  Answer g0, g1;
  switch (whole(0, 3)) {
    case 0: {  // every axis at once
      if (y.isStep && x.isStep) {
        auto [d0, d1] = gradient(f, y.step, x.step, edge);
        g0 = d0, g1 = d1;
      } else if (y.isStep) {
        auto [d0, d1] = gradient(f, y.step, x.x, edge);
        g0 = d0, g1 = d1;
      } else if (x.isStep) {
        auto [d0, d1] = gradient(f, y.x, x.step, edge);
        g0 = d0, g1 = d1;
      } else {
        auto [d1, d0] = gradient<-1, 0>(f, x.x, y.x, edge);
        g0 = d0, g1 = d1;
      }
      report<Scalar>(f, false, name, 0, y, g0);
      report<Scalar>(f, false, name, 1, x, g1);
      break;
    }
    case 1:  // an axis known while compiling
      if (y.isStep)
        g0 = derivative<0>(f, y.step, edge);
      else
        g0 = derivative<-2>(f, y.x, edge);
      report<Scalar>(f, false, name, 0, y, g0);
      break;
    case 2:
      if (x.isStep)
        g1 = derivative<-1>(f, x.step, edge);
      else
        g1 = gradient<1>(f, x.x, edge);
      report<Scalar>(f, false, name, 1, x, g1);
      break;
    default: {
      const bool down = oneIn(2), negative = oneIn(2);
      report<Scalar>(f, false, name, negative ? (down ? -2 : -1) : (down ? 0 : 1), down ? y : x,
                     answerAlong(f, down ? 0 : 1, negative, down ? y : x));
    }
  }
}

template <class Scalar>
void problemOfRank1() {
  using Result = typename gridgrad::detail::DerivativeScalar<Scalar>::type;
  const Edge edge = oneIn(2) ? Edge::FirstOrder : Edge::SecondOrder;
  const Index n = whole(edge == Edge::FirstOrder ? 2 : 3, 40);
  const double scale = std::exp(real(-5, 8)), offset = oneIn(2) ? 0 : scale * real(-100, 100);
  Eigen::Array<Scalar, Eigen::Dynamic, 1> f(n);
  for (Index i = 0; i < n; ++i) f[i] = Random<Scalar>::sample(offset, scale);
  const Spacing s(n, edge);
  if (oneIn(3)) {
    report<Scalar>(f, true, "C", -1, s, answerAlong(f, 0, true, s));
    return;
  }
  Eigen::Array<Result, 1, Eigen::Dynamic> g;
  if (s.isStep)
    g = gradient(f.transpose(), s.step, edge);
  else
    g = gradient(f.transpose(), s.x, edge);
  report<Scalar>(f, true, "C", 0, s, g.transpose());
}

/// The coefficients of a tensor, the last axis fastest.
template <class T>
void writeAll(const T& t) {
  for (Index count = 0; count < t.size(); ++count) {
    Index rest = count, place = 0, stride = t.size();
    Eigen::array<Index, std::size_t(T::NumDimensions)> at;
    for (std::size_t k = at.size(); k-- > 0; rest /= t.dimension(k)) at[k] = rest % t.dimension(k);
    for (std::size_t k = 0; k < at.size(); ++k) {
      const std::size_t axis = int(T::Layout) == Eigen::RowMajor ? k : at.size() - 1 - k;
      stride /= t.dimension(axis);
      place += at[axis] * stride;
    }
    write(t.data()[place]);
  }
}

template <class Scalar, int rank, int order>
void problemOfTensor() {
  using Field = Eigen::Tensor<Scalar, rank, order>;
  using Answer = Eigen::Tensor<typename gridgrad::detail::DerivativeScalar<Scalar>::type, rank, order>;
  const Edge edge = oneIn(2) ? Edge::FirstOrder : Edge::SecondOrder;
  Eigen::DSizes<Index, rank> sizes;
  const Index axis = whole(0, rank - 1), least = edge == Edge::FirstOrder ? 2 : 3;
  for (Index k = 0; k < rank; ++k)
    sizes[std::size_t(k)] = k == axis ? whole(least, oneIn(4) ? 40 : 8) : whole(1, oneIn(4) ? 20 : 4);
  const double scale = std::exp(real(-5, 8)), offset = oneIn(2) ? 0 : scale * real(-100, 100);
  Field f(sizes);
  for (Index k = 0; k < f.size(); ++k) f.data()[k] = Random<Scalar>::sample(offset, scale);
  const Spacing s(f.dimension(std::size_t(axis)), edge);
  const bool negative = oneIn(2);
  const Index asked = negative ? axis - rank : axis;
  const Answer g = derivative(f, asked, s.isStep ? Stencil(s.step, edge) : Stencil(s.x, edge));
  std::fprintf(file, "%s %s ", nameOf<Scalar>, order == Eigen::RowMajor ? "C" : "F");
  for (std::size_t k = 0; k < std::size_t(rank); ++k) std::fprintf(file, k ? "x%ld" : "%ld", long(sizes[k]));
  write(asked, s);
  writeAll(f);
  std::fputs(" |", file);
  writeAll(g);
  std::fputc('\n', file);
}

void problemOfAnyTensor() {
  constexpr int C = Eigen::RowMajor, F = Eigen::ColMajor;
  switch (whole(0, 10)) {
    case 0: return problemOfTensor<double, 1, F>();
    case 1: return problemOfTensor<double, 2, F>();
    case 2: return problemOfTensor<double, 2, C>();
    case 3: return problemOfTensor<double, 3, F>();
    case 4: return problemOfTensor<double, 3, C>();
    case 5: return problemOfTensor<double, 4, F>();
    case 6: return problemOfTensor<double, 4, C>();
    case 7: return problemOfTensor<float, 3, F>();
    case 8: return problemOfTensor<float, 3, C>();
    case 9: return problemOfTensor<std::complex<double>, 3, C>();
    default: return problemOfTensor<int, 3, F>();
  }
}

template <class Scalar>
void problem() {
  switch (whole(0, 2)) {
    case 0: return problemOfRank1<Scalar>();
    case 1: return problemOfRank2<Scalar, Eigen::ColMajor>();
    default: return problemOfRank2<Scalar, Eigen::RowMajor>();
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: problems SEED COUNT FILE\n");
    return 2;
  }
  generator.seed(std::strtoull(argv[1], nullptr, 10));
  file = std::fopen(argv[3], "w");
  if (!file) {
    std::perror(argv[3]);
    return 2;
  }
  for (long count = std::atol(argv[2]); count-- > 0;) switch (whole(0, 8)) {
      case 0: problem<float>(); break;
      case 1:
      case 2: problem<double>(); break;
      case 3: problem<long double>(); break;
      case 4: problem<std::complex<double>>(); break;
      case 5:
      case 6:
      case 7: problemOfAnyTensor(); break;
      default: problem<int>(); break;
    }
  return std::fclose(file) != 0;
}
