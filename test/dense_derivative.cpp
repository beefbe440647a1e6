// SPDX-License-Identifier: MPL-2.0
//
// Whatever may be done with an Eigen expression may be done with a derivative.
//
// Each result is compared with that of the same work on an evaluated derivative. Fields are quarters and steps powers
// of two, so the two are equal and not just close, unless coordinates or functions come in.

#include <Eigen/LU>
#include <doctest/doctest.h>
#include <gridgrad/derivative.hpp>
#include <gridgrad/gradient.hpp>

#include <complex>
#include <limits>
#include <vector>

#include "reference.hpp"
#include "traps.hpp"

using Eigen::MatrixXd;
using Eigen::seq;
using Eigen::indexing::all;
using Eigen::indexing::last;
using gridgrad::derivative;
using gridgrad::gradient;
using reference::equal;
using reference::Index;
using reference::isClose;
using reference::quarters;
using reference::same;
using reference::uneven;

namespace {

struct Fixture {
  const MatrixXd u = quarters<MatrixXd>(9, 11);
  const MatrixXd e0 = derivative<0>(u, 0.5), e1 = derivative<1>(u, 0.5);
  decltype(derivative<0>(u, 0.5)) g0 = derivative<0>(u, 0.5);
  decltype(derivative<1>(u, 0.5)) g1 = derivative<1>(u, 0.5);
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "coefficients are read one by one, in any order") {
  for (Index j = u.cols(); j-- > 0;)
    for (Index i = u.rows(); i-- > 0;) {
      REQUIRE(g0(i, j) == e0(i, j));
      REQUIRE(g1.coeff(i, j) == e1(i, j));
    }
  const auto column = gradient(u.col(2), 0.5);
  const auto row = gradient(u.row(2), 0.5);
  for (Index i = 0; i < u.rows(); ++i) {
    REQUIRE(column[i] == e0(i, 2));
    REQUIRE(column(i) == e0(i, 2));
  }
  for (Index j = 0; j < u.cols(); ++j) REQUIRE(row[j] == e1(2, j));
}

TEST_CASE_FIXTURE(Fixture, "a derivative is reduced") {
  // Sums of at most 99 quarters, halves and eighths: exact in any order.
  CHECK(g0.sum() == e0.sum());
  CHECK(g1.sum() == e1.sum());
  CHECK(g0.maxCoeff() == e0.maxCoeff());
  CHECK(g1.minCoeff() == e1.minCoeff());
  CHECK(g0.squaredNorm() == e0.squaredNorm());
  CHECK(g1.norm() == e1.norm());
  CHECK(g1.trace() == e1.trace());
  CHECK(g0.cwiseProduct(g1).sum() == e0.cwiseProduct(e1).sum());
  CHECK(same(g0.colwise().sum(), e0.colwise().sum()));
  CHECK(same(g0.rowwise().sum(), e0.rowwise().sum()));
  CHECK(same(g1.colwise().maxCoeff(), e1.colwise().maxCoeff()));
  CHECK(same(g1.rowwise().squaredNorm(), e1.rowwise().squaredNorm()));
  CHECK(g0.col(1).dot(g1.col(2)) == e0.col(1).dot(e1.col(2)));
  Index i, j, k, l;
  g1.maxCoeff(&i, &j);
  e1.maxCoeff(&k, &l);
  CHECK(e1(i, j) == e1(k, l));
  CHECK((g0.array() > 1).count() == (e0.array() > 1).count());
  CHECK(g0.allFinite());
  CHECK_FALSE(g0.hasNaN());
  MatrixXd spoiled = u;
  spoiled(4, 5) = std::numeric_limits<double>::quiet_NaN();
  const auto bad = derivative<0>(spoiled, 0.5);  // at the two samples beside it
  const traps::Off off;                          // from 5 on, Eigen's allFinite() compares NaN
  CHECK_FALSE(bad.allFinite());
  CHECK(bad.hasNaN());
  CHECK(bad.array().isNaN().count() == 2);
  CHECK(bad.leftCols(5).allFinite());
  CHECK(g0 == e0);
  CHECK(g0.isApprox(e0));
  CHECK_FALSE(g0 == e1);
}

TEST_CASE_FIXTURE(Fixture, "a derivative is computed with") {
  CHECK(same(-g0, -e0));
  CHECK(same(g0 + g1, e0 + e1));
  CHECK(same(2 * g0 - g1 / 4, 2 * e0 - e1 / 4));
  CHECK(same(g0.cwiseProduct(g1) + u, e0.cwiseProduct(e1) + u));
  CHECK(same(g0.array().square() + g1.array().square(), e0.array().square() + e1.array().square()));
  CHECK(isClose(g0.cwiseAbs().cwiseSqrt(), e0.cwiseAbs().cwiseSqrt()));
  CHECK(same(g0.array().max(g1.array()), e0.array().max(e1.array())));
  CHECK(same(g0.cast<float>(), e0.cast<float>()));
  CHECK(same(g0.cast<std::complex<double>>(), e0.cast<std::complex<double>>()));
  CHECK(same(g0.rowwise() - g1.row(1), e0.rowwise() - e1.row(1)));
  CHECK(same(g1.colwise() + u.col(0), e1.colwise() + u.col(0)));
  CHECK(same((g0.array() > 0).select(g0, g1), (e0.array() > 0).select(e0, e1)));
  CHECK(same((g0.array() > 0).select(0., g1), (e0.array() > 0).select(0., e1)));
  CHECK(isClose(g0.array().exp().log(), e0));
}

TEST_CASE_FIXTURE(Fixture, "a derivative is multiplied, from both sides") {
  CHECK(same(g0 * u.transpose(), e0 * u.transpose()));
  CHECK(same(u.transpose() * g1, u.transpose() * e1));
  CHECK(same(g0 * g1.transpose(), e0 * e1.transpose()));
  CHECK(same(g0 * u.row(0).transpose(), e0 * u.row(0).transpose()));
  CHECK(same(u.col(0).transpose() * g0, u.col(0).transpose() * e0));
  CHECK(same(g0.col(1) * g1.row(2), e0.col(1) * e1.row(2)));
  CHECK(same(g0.lazyProduct(u.transpose()), e0.lazyProduct(u.transpose())));
  CHECK(same(u.col(0).asDiagonal() * g0, u.col(0).asDiagonal() * e0));
  CHECK(same(g0 * g1.row(0).asDiagonal(), e0 * e1.row(0).asDiagonal()));
  CHECK(same(g0.transpose() * u + g1.transpose() * u, e0.transpose() * u + e1.transpose() * u));
  MatrixXd product = u * u.transpose();
  const MatrixXd before = product;
  product += g0 * u.transpose();
  CHECK(same(product, before + e0 * u.transpose()));
  product.noalias() -= 2 * g0 * u.transpose();
  CHECK(same(product, before - e0 * u.transpose()));
  Eigen::PermutationMatrix<Eigen::Dynamic> permutation(Eigen::VectorXi::LinSpaced(9, 8, 0));
  CHECK(same(permutation * g0, permutation * e0));
  CHECK(same(g0.transpose() * permutation, e0.transpose() * permutation));
}

TEST_CASE_FIXTURE(Fixture, "a derivative is seen from another side") {
  CHECK(same(g0.transpose(), e0.transpose()));
  CHECK(same(g1.adjoint(), e1.adjoint()));
  CHECK(same(g0.reverse(), e0.reverse()));
  CHECK(same(g1.rowwise().reverse(), e1.rowwise().reverse()));
  CHECK(same(g0.replicate(2, 3), e0.replicate(2, 3)));
  CHECK(same(g0.block(1, 2, 5, 6), e0.block(1, 2, 5, 6)));
  CHECK(same(g0.block<3, 3>(1, 2), e0.block<3, 3>(1, 2)));
  CHECK(same(g1.row(4), e1.row(4)));
  CHECK(same(g1.col(4), e1.col(4)));
  CHECK(same(g1.diagonal(), e1.diagonal()));
  CHECK(same(g1.middleRows(3, 2), e1.middleRows(3, 2)));
  CHECK(same(g0(seq(0, last, 2), all), e0(seq(0, last, 2), all)));
  CHECK(same(g0(std::vector<int>{4, 2}, seq(3, 5)), e0(std::vector<int>{4, 2}, seq(3, 5))));
  CHECK(same(g0.reshaped(11, 9), e0.reshaped(11, 9)));
  CHECK(same(g0.reshaped(), e0.reshaped()));
  CHECK(same(g0.col(2).asDiagonal().toDenseMatrix(), e0.col(2).asDiagonal().toDenseMatrix()));
  CHECK(same(MatrixXd(g0.leftCols(9).triangularView<Eigen::Upper>()),
             MatrixXd(e0.leftCols(9).triangularView<Eigen::Upper>())));
  CHECK(same(MatrixXd(g0.leftCols(9).selfadjointView<Eigen::Lower>()),
             MatrixXd(e0.leftCols(9).selfadjointView<Eigen::Lower>())));
}

TEST_CASE_FIXTURE(Fixture, "a derivative is a field again") {
  CHECK(same(derivative<0>(g0, 0.5), derivative<0>(e0, 0.5)));
  CHECK(same(derivative<1>(g0, 0.5), derivative<1>(e0, 0.5)));
  CHECK(same(derivative<1>(g0, 0.5), derivative<0>(e1, 0.5)));
  CHECK(same(derivative<0>(derivative<0>(g0 + 2 * g1, 0.5), 0.5), derivative<0>(derivative<0>(e0 + 2 * e1, 0.5), 0.5)));
  CHECK(isClose(derivative<0>(derivative<0>(u, uneven(9)), uneven(9)),
                derivative<0>(derivative<0>(u, uneven(9)).eval(), uneven(9))));
  CHECK(same(derivative<0>(g0 * u.transpose(), 0.5), derivative<0>((e0 * u.transpose()).eval(), 0.5)));
  CHECK(same(derivative<0>(g1.row(3), 0.5), derivative<0>(e1.row(3), 0.5)));
}

TEST_CASE_FIXTURE(Fixture, "a derivative is solved and inverted") {
  const MatrixXd square = u.leftCols(9) + 20 * MatrixXd::Identity(9, 9);
  const MatrixXd rhs = square.partialPivLu().solve(e0);
  CHECK(isClose(square.partialPivLu().solve(g0), rhs));
  const MatrixXd matrix = derivative<0>(square, 0.5) + 60 * MatrixXd::Identity(9, 9);
  CHECK(isClose((derivative<0>(square, 0.5) + 60 * MatrixXd::Identity(9, 9)).inverse(), matrix.inverse()));
  const Eigen::Matrix3d small = square.topLeftCorner<3, 3>();
  const Eigen::Matrix3d slope = derivative<1>(small, 0.5) + 60 * Eigen::Matrix3d::Identity();
  CHECK(isClose((derivative<1>(small, 0.5) + 60 * Eigen::Matrix3d::Identity()).inverse(), slope.inverse()));
  CHECK((derivative<1>(small, 0.5) + 60 * Eigen::Matrix3d::Identity()).determinant() ==
        doctest::Approx(slope.determinant()));
}
