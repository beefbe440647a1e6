// SPDX-License-Identifier: MPL-2.0
//
// Whatever a derivative stands in, an assignment that writes what it reads gives the answer of evaluating first: in
// expressions that the walk for overlaps knows, and in those it does not.

#include "paths.hpp"

#include <doctest/doctest.h>
#include <gridgrad/gradient.hpp>

#include <cmath>
#include <complex>
#include <utility>

#include "aliasing.hpp"
#include "traps.hpp"

using Eigen::MatrixXd;
using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::gradient;
using reference::Index;
using reference::quarters;

namespace {

/// Functions that read what they are not given: through a pointer, or a global.
MatrixXd* global = nullptr;
struct ReadsGlobal {
  double operator()(double x) const { return x + (*global)(11, 11 - Index(std::abs(x)) % 12); }
};
struct ReadsPointer {
  const MatrixXd* u;
  double operator()(double x) const { return x + (*u)(0, Index(std::abs(x)) % 12); }
  double operator()(double x, double y) const { return x + y * (*u)(11, Index(std::abs(x)) % 12); }
  double operator()(double x, double y, double z) const { return x + y * (*u)(11, Index(std::abs(x)) % 12) - z; }
};
struct ViewsPointer {
  MatrixXd* u;
  const double& operator()(const double& x) const { return (*u)(11, Index(std::abs(x)) % 12); }
};

}  // namespace

// Interpolation at departure points is written so.
TEST_CASE("a function of the user's may read what is written") {
  using Plain = MatrixXd;
  AGREES(u = D0(v.unaryExpr([&u](double x) { return u(Index(std::abs(x)) % 12, 3); })));
  AGREES(u = D.whole(D0(v).unaryExpr([&u](double x) { return u(Index(std::abs(x)) % 12, 3); })));
  AGREES(u = D.whole(D0(v) + v.unaryExpr(ReadsPointer{&u})));
  AGREES(u += D.whole(D0(v).binaryExpr(v, ReadsPointer{&u})));
  AGREES(u = D0(v.binaryExpr(v, ReadsPointer{&u})));
  AGREES(
      u = D.whole(Eigen::CwiseTernaryOp<ReadsPointer, const Plain, const Plain, const Plain>(v, v, v, {&u}) + D0(v)));
  AGREES(global = &u, u = D.whole(D0(v).unaryExpr(ReadsGlobal())));
  AGREES(global = &u, u.topRows(4) -= D.whole(D0(v).unaryExpr(ReadsGlobal()).topRows(4)));
  AGREES(u = D.whole(v.unaryViewExpr(ViewsPointer{&u}) + D0(v)));
}

TEST_CASE("functions of Eigen's own and of ours read their arguments only: nothing is copied first") {
  using gridgrad::detail::Overlap;
  using gridgrad::detail::overlap;
  MatrixXd u = quarters<MatrixXd>(12, 12);
  const Eigen::ArrayXXd v = quarters<MatrixXd>(12, 12, 9).array();
  const auto d = derivative<0>(v, 0.5);
  CHECK(overlap(u, d.abs().sqrt() + 2 * d.min(v).max(0.) - d.pow(2) / (1 - d)) == Overlap::Nothing);
  CHECK(overlap(u, (d > 0 && !(v < 1)).cast<double>() * d.tanh().cube() + d.sign().isFinite().cast<double>()) ==
        Overlap::Nothing);
  CHECK(overlap(u, Eigen::ArrayXXd::Ones(12, 12) * d + Eigen::ArrayXXd::Random(12, 12)) == Overlap::Nothing);
  CHECK(overlap(u, d.unaryExpr([](double x) { return x; })) == Overlap::Some);
}

namespace {

using D = decltype(derivative<0>(std::declval<MatrixXd&>(), 0.5));

template <auto...>
struct Numbers;
template <int, class>
struct NumberType;
template <class, int, class>
struct TypeNumberType;
template <int, int, class...>
struct NumbersTypes;
template <bool, class, int>
struct NumberTypeNumber;
template <class, int, char, class>
struct TypeNumbersType;
template <class, class, int, class>
struct TypesNumberType;
template <class, class, class, bool>
struct TypesNumber;
template <class, int...>
struct TypeNumbers;
template <class, int, class...>
struct TypeNumberTypes;
struct NoTemplate {
  const Eigen::CwiseUnaryOp<Eigen::internal::scalar_opposite_op<double>, const D>& nestedExpression() const;
};
struct Unrelated {
  const MatrixXd& nestedExpression() const;
};

template <class T>
constexpr bool contains = gridgrad::detail::ContainsDerivative<T>::value;

static_assert(contains<NumberType<1, D>> && !contains<NumberType<1, MatrixXd>>);
static_assert(contains<TypeNumberType<D, 1, int>> && contains<TypeNumberType<int, 1, const D>>);
static_assert(contains<NumbersTypes<1, 2, MatrixXd, D>> && !contains<NumbersTypes<1, 2, MatrixXd>>);
static_assert(contains<NumberTypeNumber<true, D, 1>> && !contains<NumberTypeNumber<true, int, 1>>);
static_assert(contains<TypeNumbersType<int, 1, 'a', D>> && contains<TypeNumbersType<D, 1, 'a', int>>);
static_assert(contains<TypesNumberType<int, D, 1, int>> && contains<TypesNumberType<int, int, 1, NumberType<2, D>>>);
static_assert(contains<TypesNumber<int, int, D, true>> && !contains<TypesNumber<int, int, int, true>>);
static_assert(contains<TypeNumbers<D, 1, 2>> && !contains<TypeNumbers<MatrixXd, 1, 2>>);
static_assert(contains<TypeNumberTypes<int, 1, int, D>> && !contains<TypeNumberTypes<int, 1>>);
static_assert(contains<NoTemplate> && !contains<Unrelated> && !contains<Numbers<1, 'a', true>> && !contains<void>);

}  // namespace

// By rows as well where the tests are run with Eigen's default storage order turned round (test/run --matrix).
TEST_CASE("in expressions that the walk knows and that it does not know") {
  using Plain = MatrixXd;
  BY("Temporary PerCoefficient", u = (D0(u).array() > 0).select(D0(u), v));
  BY("Temporary PerCoefficient", u = (v.array() > 0).select(D0(u), u));
  BY("Temporary PerCoefficient", u = (v.array() > 0).select(D0(u), 0.));
  BY("Temporary PerCoefficient", u = (D0(u).array() > 0).select(v, u));
  ASIDE(u = (D0(u).array() > 0).template cast<double>().matrix());
  BY("InPlace Temporary Loops PerCoefficient", u = D0(u).replicate(1, 1));
  BY("InPlace Temporary Loops PerCoefficient", u = D0(u.topLeftCorner(6, 6)).replicate(2, 2));
  BY("InPlace Temporary Loops PerCoefficient", u = D0(u.col(1)).replicate(1, 12));
  BY("InPlace Temporary Loops PerCoefficient", u = u.colwise() + D0(u.col(1)));
  BY("InPlace Temporary Loops PerCoefficient", u = u.rowwise() - D0(u.row(1)));
  // Eigen's development branch evaluates the vector first itself, which needs no temporary of ours.
  AGREES(u.colwise() += D0(u.col(1)));
  AGREES(u.rowwise() -= D0(u.row(1)));
  BY("Temporary PerCoefficient", u.row(0) = D0(u).colwise().sum());
  BY("Temporary PerCoefficient", u.col(2) = D1(u).rowwise().maxCoeff());
  BY("2 Temporary 2 PerCoefficient", u = v.rowwise() + D1(u).colwise().sum());
  ASIDE(u = u.cwiseProduct(D1(u)).cwiseMax(D0(u)));
  ASIDE(u = D0(u).unaryExpr([](double x) { return x * x; }));
  ASIDE(u = D0(u).binaryExpr(u, [](double a, double b) { return a - b; }));
  ASIDE(u = D0(u).array().abs().min(u.array()).matrix());
  BY("InPlace Loops", u = u.cwiseAbs() + D0(v));
  BY("Temporary PerCoefficient", u = D.whole(u.reverse() + D0(v)));
  BY("Temporary Loops", u.topRows(11) = D.whole(u.bottomRows(11) + D0(v).topRows(11)));
  BY("Temporary Argument Loops",
     u = D0(Plain::NullaryExpr(12, 12, [&u](Index i, Index j) { return u(11 - i, j) / 2; })));
  ASIDE(u = D.whole(Plain::NullaryExpr(12, 12, [&u](Index i, Index j) { return u(11 - i, j); }) + D0(v)));
  ASIDE(u = D0(u).template cast<float>().template cast<double>());
  ASIDE(u = D0(u).real());
  ASIDE(u = D0(u).conjugate());
  BY("Temporary PerCoefficient", u = D0(u).adjoint());
  {
    const traps::Off oneOverZero;
    ASIDE(u = D0(u).cwiseInverse().cwiseInverse());
  }
  BY("Temporary PerCoefficient", u = (D0(u).array() == D1(u).array()).select(u, v));
  ASIDE(u << D0(u));
  BY("2 InPlace 2 Loops", u << D0(u.topRows(6)).eval(), D0(v.topRows(6)));
  BY("Temporary Loops", u = D0(u).middleRows(0, 12).leftCols(12));
  BY("InPlace Temporary Loops", u = D0(u).template triangularView<Eigen::Upper>());
  BY("InPlace Temporary Loops", u = D0(u).template selfadjointView<Eigen::Lower>());
  ASIDE(u = u.template triangularView<Eigen::Upper>().toDenseMatrix() + D0(u));
}

TEST_CASE("the real and the imaginary part of a field") {
  using Plain = Eigen::MatrixXcd;
  ASIDE(u = D0(u));
  BY("Temporary PerCoefficient", u.real() = D0(u).real());
  BY("Temporary PerCoefficient", u.imag() = D0(u).imag());
  ASIDE(u.real() = D0(u.real()));
  ASIDE(u.imag() = D0(u.real()));
  ASIDE(u.real() = D1(u.imag()));
  BY("Temporary PerCoefficient", u.real() = D1(u).imag());
  ASIDE(u.real() += D1(u).cwiseAbs2().cwiseMax(1));
  ASIDE(u = D0(u).conjugate());
  BY("Temporary PerCoefficient", u = D0(u).adjoint());
  ASIDE(u = D0(u.real()) + std::complex<double>(0, 1) * D0(u.imag()));
  ASIDE(u = D0(u.adjoint()));
  // A complex field's memory seen as twice as many reals.
  ASIDE(Eigen::Map<MatrixXd>(reinterpret_cast<double*>(u.data()), 24, 12) =
            D0(Eigen::Map<const MatrixXd>(reinterpret_cast<const double*>(u.data()), 24, 12)));
}

TEST_CASE("integers take the derivative of their own") {
  Eigen::MatrixXi f = (4 * quarters<MatrixXd>(6, 8)).cast<int>();
  const MatrixXd g = derivative<1>(f, 1);
  f = derivative<1>(f, 1).cast<int>();
  CHECK(f == g.cast<int>());
}

TEST_CASE("where each coefficient reads only itself of what is written, nothing is copied first") {
  MatrixXd u = quarters<MatrixXd>(12, 12), expected = u;
  const MatrixXd v = quarters<MatrixXd>(12, 12, 9);
  using gridgrad::detail::Overlap;
  using gridgrad::detail::overlap;
  CHECK(overlap(u, u + 0.5 * derivative<0>(v, 0.5)) == Overlap::SamePlace);
  CHECK(overlap(u, derivative<0>(v, 0.5)) == Overlap::Nothing);
  CHECK(overlap(u, derivative<0>(u, 0.5)) == Overlap::Some);
  CHECK(overlap(u, u.transpose() + derivative<0>(v, 0.5)) == Overlap::Some);
  using Columns = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::ColMajor>;
  Columns w = v;
  auto left = w.leftCols(6);
  CHECK(overlap(left, derivative<0>(Columns::Map(w.data() + 72, 12, 6), 0.5)) == Overlap::Nothing);
  expected += 0.5 * derivative<0>(v, 0.5).eval();
  u = u + 0.5 * derivative<0>(v, 0.5);
  CHECK(u == expected);
}
