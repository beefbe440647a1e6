// SPDX-License-Identifier: MPL-2.0
//
// Whatever a derivative stands in, an assignment that writes what it reads gives the answer of evaluating first: in
// expressions that the walk for overlaps knows, and in those it does not.

#include <doctest/doctest.h>
#include <gridgrad/gradient.hpp>

#include <complex>

#include "aliasing.hpp"

using Eigen::MatrixXd;
using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::gradient;
using reference::Index;
using reference::quarters;

// By rows as well where the tests are run with Eigen's default storage order turned round (test/run --matrix).
TEST_CASE("in expressions that the walk knows and that it does not know") {
  using Plain = MatrixXd;
  AGREES(u = (D0(u).array() > 0).select(D0(u), v));
  AGREES(u = (v.array() > 0).select(D0(u), u));
  AGREES(u = (v.array() > 0).select(D0(u), 0.));
  AGREES(u = (D0(u).array() > 0).select(v, u));
  AGREES(u = (D0(u).array() > 0).template cast<double>().matrix());
  AGREES(u = D0(u).replicate(1, 1));
  AGREES(u = D0(u.topLeftCorner(6, 6)).replicate(2, 2));
  AGREES(u = D0(u.col(1)).replicate(1, 12));
  AGREES(u = u.colwise() + D0(u.col(1)));
  AGREES(u = u.rowwise() - D0(u.row(1)));
  AGREES(u.colwise() += D0(u.col(1)));
  AGREES(u.rowwise() -= D0(u.row(1)));
  AGREES(u.row(0) = D0(u).colwise().sum());
  AGREES(u.col(2) = D1(u).rowwise().maxCoeff());
  AGREES(u = v.rowwise() + D1(u).colwise().sum());
  AGREES(u = u.cwiseProduct(D1(u)).cwiseMax(D0(u)));
  AGREES(u = D0(u).unaryExpr([](double x) { return x * x; }));
  AGREES(u = D0(u).binaryExpr(u, [](double a, double b) { return a - b; }));
  AGREES(u = D0(u).array().abs().min(u.array()).matrix());
  AGREES(u = u.cwiseAbs() + D0(v));
  AGREES(u = D.whole(u.reverse() + D0(v)));
  AGREES(u.topRows(11) = D.whole(u.bottomRows(11) + D0(v).topRows(11)));
  AGREES(u = D0(Plain::NullaryExpr(12, 12, [&u](Index i, Index j) { return u(11 - i, j) / 2; })));
  AGREES(u = D.whole(Plain::NullaryExpr(12, 12, [&u](Index i, Index j) { return u(11 - i, j); }) + D0(v)));
  AGREES(u = D0(u).template cast<float>().template cast<double>());
  AGREES(u = D0(u).real());
  AGREES(u = D0(u).conjugate());
  AGREES(u = D0(u).adjoint());
  AGREES(u = D0(u).cwiseInverse().cwiseInverse());
  AGREES(u = (D0(u).array() == D1(u).array()).select(u, v));
  AGREES(u << D0(u));
  AGREES(u << D0(u.topRows(6)).eval(), D0(v.topRows(6)));
  AGREES(u = D0(u).middleRows(0, 12).leftCols(12));
  AGREES(u = D0(u).template triangularView<Eigen::Upper>());
  AGREES(u = D0(u).template selfadjointView<Eigen::Lower>());
  AGREES(u = u.template triangularView<Eigen::Upper>().toDenseMatrix() + D0(u));
}

TEST_CASE("the real and the imaginary part of a field") {
  using Plain = Eigen::MatrixXcd;
  AGREES(u = D0(u));
  AGREES(u.real() = D0(u).real());
  AGREES(u.imag() = D0(u).imag());
  AGREES(u.real() = D0(u.real()));
  AGREES(u.imag() = D0(u.real()));
  AGREES(u.real() = D1(u.imag()));
  AGREES(u.real() = D1(u).imag());
  AGREES(u.real() += D1(u).cwiseAbs2().cwiseMax(1));
  AGREES(u = D0(u).conjugate());
  AGREES(u = D0(u).adjoint());
  AGREES(u = D0(u.real()) + std::complex<double>(0, 1) * D0(u.imag()));
  AGREES(u = D0(u.adjoint()));
  // A complex field's memory seen as twice as many reals.
  AGREES(Eigen::Map<MatrixXd>(reinterpret_cast<double*>(u.data()), 24, 12) =
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
