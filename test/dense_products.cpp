// SPDX-License-Identifier: MPL-2.0
//
// What Eigen assigns in ways of its own, products, solutions, inverses, permutations, diagonals and triangles, gives
// the answer of evaluating first too when a derivative in it reads what is written.

#include "paths.hpp"

#include <Eigen/Geometry>
#include <Eigen/IterativeLinearSolvers>
#include <Eigen/LU>
#include <Eigen/QR>
#include <Eigen/SparseCore>
#include <doctest/doctest.h>
#include <gridgrad/gradient.hpp>

#include "aliasing.hpp"
#include "traps.hpp"

using Eigen::MatrixXd;
using gridgrad::derivative;
using reference::quarters;
using Plain = MatrixXd;

TEST_CASE("in products and solutions") {
  AGREES(u = v * D0(u));
  AGREES(u = D0(u) * v);
  AGREES(u = D0(u) * u);
  AGREES(u = D0(u) * D1(u));
  AGREES(u += v * D0(u));
  AGREES(u -= D1(u) * v);
  AGREES(u = v * v + D0(u));
  AGREES(u = D0(u) + v * v);
  AGREES(u = D0(u) - v * u);
  AGREES(u += D0(u) + v * u);
  AGREES(u.noalias() = D0(u) + v * v);
  AGREES(u.noalias() = D0(u) - v * v);
  AGREES(u.noalias() += D0(u) + v * v);
  AGREES(u = D0(v * u));
  AGREES(u = D0(u * v + u));
  AGREES(u = v.lazyProduct(D0(u)));
  AGREES(u.noalias() = v.lazyProduct(D0(u)));
  AGREES(u = v.col(1).asDiagonal() * D0(u));
  AGREES(u = D0(u) * v.row(1).asDiagonal());
  AGREES(u = D.whole(u.col(1).asDiagonal() * D0(v)));
  AGREES(u = D0(u.col(1)) * D0(u.row(1)));
  AGREES(u.col(3) = v * D0(u.col(3)));
  AGREES(u.row(3) = D0(u.row(3)) * v);
  AGREES(u.topRows(4) = v.topLeftCorner(4, 4) * D0(u.topRows(4)));
  AGREES(u = v.template triangularView<Eigen::Upper>() * D0(u));
  AGREES(u = D0(u).template triangularView<Eigen::Lower>() * v);
  AGREES(u = v.template selfadjointView<Eigen::Upper>() * D0(u));
}

TEST_CASE("a product beside the field's own derivative, joined to it coefficient by coefficient") {
  AGREES(u = D0(u).cwiseProduct(v * v));
  AGREES(u = (v * v).cwiseProduct(D1(u)));
  AGREES(u += D0(u).cwiseProduct(v * v));
  AGREES(u = D0(u).cwiseMin(v * v));
  AGREES(u = (u + D0(u)).cwiseProduct(v * v));
  AGREES(u = D0(u) + v * v);
  AGREES(u -= D0(u) - v * v);
  AGREES(u = D0(u) - 2 * (v * v));
}

TEST_CASE("assignments without a derivative are Eigen's own") {
  // That they compile: a specialisation for derivatives must not stand beside Eigen's.
  const MatrixXd a = MatrixXd::Random(6, 6), b = MatrixXd::Random(6, 6), ab = a * b;
  MatrixXd c = MatrixXd::Zero(6, 6);
  c.triangularView<Eigen::Upper>() = a * b;
  c.triangularView<Eigen::Upper>() += a * b;
  c.triangularView<Eigen::StrictlyLower>() = a;
  CHECK((c - MatrixXd((2 * ab).triangularView<Eigen::Upper>()) - MatrixXd(a.triangularView<Eigen::StrictlyLower>()))
            .norm() < 1e-12);
  c = a.triangularView<Eigen::Upper>();
  c += b.triangularView<Eigen::StrictlyLower>();
  CHECK(c(0, 5) == a(0, 5));
  CHECK(c(5, 0) == b(5, 0));
  c = a.selfadjointView<Eigen::Upper>();
  CHECK(c(5, 0) == a(0, 5));
  c = a.diagonal().asDiagonal();
  CHECK(c(0, 5) == 0);
}

TEST_CASE("a permutation of the field's own derivative") {
  const Eigen::PermutationMatrix<Eigen::Dynamic> turn(Eigen::VectorXi::LinSpaced(12, 11, 0));
  CHECK(agrees<Plain>([&](auto D, auto& u, const auto&) { u = turn * D0(u); }));
  CHECK(agrees<Plain>([&](auto D, auto& u, const auto&) { u = D1(u) * turn; }));
  CHECK(agrees<Plain>([&](auto D, auto& u, const auto&) { u = turn.transpose() * D1(u); }));
  CHECK(agrees<Plain>([&](auto D, auto& u, const auto&) { u.col(1) = turn * D0(u.col(1)); }));
}

TEST_CASE("a solution, an inverse, a diagonal made of the field's own derivative") {
  // Pivots and permutations of its own; the same steps on the same numbers, so equal to the last bit.
  const Plain square = quarters<Plain>(12, 12, 5) + 20 * Plain::Identity(12, 12).colwise().reverse();
  const Eigen::PartialPivLU<Plain> lu(square);
  const Eigen::HouseholderQR<Plain> qr(square);
  CHECK(agrees<Plain>([&](auto D, auto& u, const auto&) { u = lu.solve(D0(u)); }));
  CHECK(agrees<Plain>([&](auto D, auto& u, const auto&) { u.col(1) = lu.solve(D0(u.col(1))); }));
  CHECK(agrees<Plain>([&](auto D, auto& u, const auto&) { u = qr.solve(D0(u)); }));
  AGREES(u = D.whole((D0(u) + 60 * Plain::Identity(12, 12)).inverse()));
  AGREES(u = D.whole((D0(u.topLeftCorner(3, 3)) + 60 * Plain::Identity(3, 3)).inverse()));
  AGREES(u = D0(u.col(1)).asDiagonal());
  AGREES(u = D0(u.row(1)).asDiagonal());
  AGREES(u.col(2).head(7) = D0(u.col(2).head(6)).homogeneous());
  AGREES(u.bottomRows(7) = D0(u.topRows(6)).colwise().homogeneous());
}

TEST_CASE("a fixed field takes the inverse of its own derivative") {
  const auto check = [](auto f) {
    auto lazy = f;
    lazy = (derivative<0>(lazy, 0.5) + 60 * decltype(f)::Identity()).inverse();
    const decltype(f) slope = derivative<0>(f, 0.5) + 60 * decltype(f)::Identity();
    const decltype(f) expected = slope.inverse();
    return lazy == expected;
  };
  CHECK(check(quarters<Eigen::Matrix2d>(2, 2)));
  CHECK(check(quarters<Eigen::Matrix3d>(3, 3)));
  CHECK(check(quarters<Eigen::Matrix4d>(4, 4)));
  CHECK(check(quarters<Eigen::Matrix<double, 5, 5>>(5, 5)));
}

TEST_CASE("a solution from a guess, of the field's own derivative, and with one for the guess") {
  const Plain square = quarters<Plain>(12, 12, 5) + 20 * Plain::Identity(12, 12);
  const Plain symmetric = square * square.transpose();
  const Eigen::ConjugateGradient<Plain> cg(symmetric);
  const Eigen::BiCGSTAB<Plain> stabilised(square);
  CHECK(agrees<Plain>([&](auto D, auto& u, const auto& v) { u = cg.solveWithGuess(D0(u), v); }));
  CHECK(agrees<Plain>([&](auto D, auto& u, const auto&) { u.col(1) = cg.solveWithGuess(D0(u.col(1)), u.col(1)); }));
  CHECK(agrees<Plain>([&](auto D, auto& u, const auto&) { u = stabilised.solveWithGuess(D0(u), D1(u)); }));
  CHECK(agrees<Plain>([&](auto D, auto& u, const auto&) { u = cg.solve(D0(u)); }));
}

TEST_CASE("sparse matrices joined to the field's own derivative") {
  const Eigen::SparseMatrix<double> s = quarters<Plain>(12, 12, 5).sparseView(4.0, 1.0);
  CHECK(agrees<Plain>([&](auto D, auto& u, const auto&) { u = s + D0(u); }));
  CHECK(agrees<Plain>([&](auto D, auto& u, const auto&) { u = D0(u) - s; }));
  CHECK(agrees<Plain>([&](auto D, auto& u, const auto&) { u += s - D0(u); }));
  CHECK(agrees<Plain>([&](auto D, auto& u, const auto&) { u -= D0(u) + s; }));
  CHECK(agrees<Plain>([&](auto D, auto& u, const auto&) { u = s * D0(u); }));
  CHECK(agrees<Plain>([&](auto D, auto& u, const auto&) { u = s.cwiseProduct(D0(u)); }));
  AGREES(u = D0(u).sparseView());
}

TEST_CASE("a diagonal made of an expression of the field's own derivative") {
  AGREES(u = (2 * D0(u.col(1))).asDiagonal());
  AGREES(u += D0(u.col(1)).asDiagonal());
  {
    const traps::Off oneOverZero;
    AGREES(u = D0(u.col(1)).asDiagonal().inverse());
  }
#if EIGEN_VERSION_AT_LEAST(5, 0, 0)
  CHECK(agrees<Eigen::Matrix3d>([](auto D, auto& u, const auto&) { u = (2 * D0(u.col(1))).asSkewSymmetric(); }, 3, 3));
#endif
}

TEST_CASE("a triangle of the field takes that of its own derivative") {
  AGREES(u.template triangularView<Eigen::Upper>() = D0(u));
  AGREES(u.template triangularView<Eigen::Lower>() = D0(u));
  AGREES(u.template triangularView<Eigen::StrictlyUpper>() = D1(u));
  AGREES(u.template triangularView<Eigen::UnitLower>() = D1(u));
  AGREES(u.template triangularView<Eigen::Upper>() += D0(u));
  AGREES(u.template triangularView<Eigen::Lower>() -= D1(u));
  AGREES(u.template triangularView<Eigen::Upper>() = D1(u).template triangularView<Eigen::Upper>());
}
