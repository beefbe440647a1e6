// SPDX-License-Identifier: MPL-2.0
//
// An assignment that writes what its right-hand side reads gives the answer of evaluating first: through every view of
// the field, on either side.

#include "paths.hpp"

#include <doctest/doctest.h>
#include <gridgrad/gradient.hpp>

#include <cmath>
#include <vector>

#include "aliasing.hpp"

using Eigen::MatrixXd;
using Eigen::seq;
using Eigen::indexing::all;
using Eigen::indexing::last;
using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::gradient;
using reference::Index;
using reference::quarters;

// By rows as well where the tests are run with Eigen's default storage order turned round (test/run --matrix).
TEST_CASE("a field is replaced by its own derivative") {
  using Plain = MatrixXd;
  ASIDE(u = D0(u));
  ASIDE(u = D1(u));
  ASIDE(u = D0(u, Edge::SecondOrder));
  ASIDE(u = D1(u, Edge::Periodic));
  ASIDE(u = derivative(u, 1, 0.5));
  ASIDE(u += 0.25 * D0(u));
  ASIDE(u -= 0.25 * D1(u));
  ASIDE(u.array() *= D1(u).array());
  ASIDE(u.array() /= (D1(u).array().abs() + 1).round());
  ASIDE(u.noalias() = D0(u));
  ASIDE(u.noalias() += D1(u));
  ASIDE(u.noalias() -= D1(u));
  ASIDE(u = u + 0.25 * D1(u));
  ASIDE(u = D0(u) + D1(u));
  ASIDE(u = D0(D1(u)));
  ASIDE(u = D0(u + v));
  ASIDE(u = D0(u.cwiseProduct(v)) + v);
  BY("Temporary Argument Loops", u = D0(2 * u * v));
  ASIDE(u = -D1(u.cwiseAbs()));
}

TEST_CASE("through views of the field, on either side") {
  using Plain = MatrixXd;
  BY("Temporary PerCoefficient", u = D0(u).transpose());
  ASIDE(u.transpose() = D0(u));
  ASIDE(u = D0(u.transpose()));
  BY("Temporary PerCoefficient", u = D0(u.transpose()).transpose());
  ASIDE(u.topRows(5) = D0(u.bottomRows(5)));
  ASIDE(u.topRows(8) = D0(u.bottomRows(8)));
  ASIDE(u.middleCols(2, 6) = D1(u.middleCols(3, 6)));
  BY("Temporary Loops", u.middleCols(2, 6) = D1(u).middleCols(3, 6));
  BY("Temporary Loops", u.block(1, 1, 4, 4) += D1(u).block(1, 1, 4, 4));
  BY("Small", u.template block<4, 4>(1, 2) = D0(u).template block<4, 4>(2, 1));
  BY("Temporary Loops", u.row(3) = D0(u).row(3));
  BY("Temporary Loops", u.row(3) = D0(u).row(4));
  BY("Temporary Loops", u.col(3) = D1(u).col(3));
  ASIDE(u.col(3) = D0(u.col(3)));
  ASIDE(u.row(3) = D0(u.row(3)));
  BY("Temporary PerCoefficient", u.row(3) = D0(u.col(3)).transpose());
  ASIDE(u.col(0).segment(2, 5) = D0(u.col(0).segment(4, 5)));
  BY("Temporary PerCoefficient", u.diagonal() = D0(u).diagonal());
  ASIDE(u.diagonal() = D0(u.diagonal()));
  ASIDE(u.diagonal(1) = D0(u.diagonal(-1)));
  ASIDE(u.array() = D0(u.array()));
  ASIDE(u.array() = D0(u).array());
  ASIDE(u = D0(u.array()).matrix());
  ASIDE(u.array().matrix() = D1(u));
  ASIDE(u.reverse() = D0(u));
  BY("Temporary PerCoefficient", u = D0(u).reverse());
  BY("Temporary Argument Loops", u = D0(u.reverse()));
  BY("Temporary Argument Loops", u.rowwise().reverse() = D1(u.rowwise().reverse()));
  ASIDE(u(seq(0, 7), all) = D0(u(seq(2, 9), all)));
  BY("Temporary Loops", u(seq(0, last, 2), all) = D0(u).topRows(6));
  ASIDE(u(all, seq(last, 0, Eigen::fix<-1>)) = D1(u));
  BY("Temporary Argument Loops", u(std::vector<int>({5, 2, 3, 9}), all) = D0(u(std::vector<int>({1, 2, 3, 4}), all)));
  BY("Temporary PerCoefficient", u = D0(u)(seq(last, 0, Eigen::fix<-1>), all));
  ASIDE(u.reshaped(6, 24) = D0(u.reshaped(6, 24)));
  BY("Temporary PerCoefficient", u = D0(u.reshaped(6, 24)).reshaped(12, 12));
  BY("Temporary PerCoefficient", u.reshaped() = D0(u).reshaped());
  BY("Temporary Argument Loops", u.topRows(6).reshaped(3, 24) = D0(u.topRows(6).reshaped(3, 24)));
  BY("Temporary Argument Loops", u.template reshaped<Eigen::RowMajor>() = D0(u.template reshaped<Eigen::RowMajor>()));
}

TEST_CASE_TEMPLATE("through maps and references of one buffer", Plain, MatrixXd, MatrixXdRow) {
  using Map = Eigen::Map<Plain>;
  using ConstMap = Eigen::Map<const Plain>;
  using Strided = Eigen::Map<Plain, 0, Eigen::Stride<Eigen::Dynamic, Eigen::Dynamic>>;
  ASIDE(Map(u.data(), 12, 12) = D0(u));
  ASIDE(u = D0(Map(u.data(), 12, 12)));
  ASIDE(Map(u.data(), 12, 10) = D0(ConstMap(u.data() + 5, 12, 10)));
  ASIDE(Map(u.data() + 5, 12, 10) = D1(ConstMap(u.data(), 12, 10)));
  ASIDE(Map(u.data() + 71, 6, 12) = D1(ConstMap(u.data(), 6, 12)));
  ASIDE(Strided(u.data(), 6, 6, Eigen::Stride<Eigen::Dynamic, Eigen::Dynamic>(24, 2)) =
            D1(Strided(u.data() + 1, 6, 6, Eigen::Stride<Eigen::Dynamic, Eigen::Dynamic>(24, 2))));
  ASIDE(Strided(u.data() + 143, 12, 12, Eigen::Stride<Eigen::Dynamic, Eigen::Dynamic>(-12, -1)) = D0(u));
  ASIDE(u = D1(Strided(u.data() + 143, 12, 12, Eigen::Stride<Eigen::Dynamic, Eigen::Dynamic>(-12, -1))));
  // The same place and strides, but transposed.
  ASIDE(u = D.whole(v + Map(u.data(), 12, 12).transpose() + D0(v)));
  ASIDE(Eigen::Ref<Plain, 0, Eigen::OuterStride<>>(u) = D0(u));
  ASIDE(Eigen::Ref<Plain, 0, Eigen::OuterStride<>>(u.topRows(9)) = D0(u.bottomRows(9)));
  ASIDE(u = D0(Eigen::Ref<Plain, 0, Eigen::OuterStride<>>(u)));
  ASIDE(u = D0(Eigen::Ref<const Plain, 0, Eigen::OuterStride<>>(u)));
  BY("InPlace Loops", u = D0(Eigen::Ref<const Plain, 0, Eigen::OuterStride<>>(2 * u)));
}

TEST_CASE_TEMPLATE("assignments that resize", Plain, MatrixXd, MatrixXdRow) {
  CHECK(agrees<Plain>([](auto D, auto& u, const auto&) { u = D0(u).topRows(3); }));
  CHECK(agrees<Plain>([](auto D, auto& u, const auto&) { u = D0(u.leftCols(3)); }));
  CHECK(agrees<Plain>([](auto D, auto& u, const auto&) { u = D0(u).transpose(); }, 5, 9));
  CHECK(agrees<Plain>([](auto D, auto& u, const auto&) { u = D0(u.transpose()); }, 5, 9));
  CHECK(agrees<Plain>([](auto D, auto& u, const auto&) { u = D0(u).replicate(3, 2); }, 5, 9));
  CHECK(agrees<Plain>([](auto D, auto& u, const auto&) { u = D1(u.col(0) * u.row(0)); }, 5, 9));
  CHECK(agrees<Plain>([](auto D, auto& u, const auto& v) { u = D0(u) * v.transpose(); }, 5, 9));
  CHECK(agrees<Plain>([](auto D, auto& u, const auto&) { u = Plain(D0(u)); }, 5, 9));
  CHECK(agrees<Plain>([](auto D, auto& u, const auto&) { u = D0(u).reshaped(9, 5); }, 5, 9));
}

TEST_CASE("the order of the destination is not that of the field") {
  const MatrixXd f = quarters<MatrixXd>(7, 9);
  const MatrixXd g0 = derivative<0>(f, 0.5), g1 = derivative<1>(f, 0.5);
  MatrixXdRow row;
  row = derivative<0>(f, 0.5);
  CHECK(row == g0);
  row += derivative<1>(f, 0.5);
  CHECK(row == g0 + g1);
  // The same memory in the other order is the transpose.
  const auto statement = [](auto D, MatrixXd& u, const MatrixXd&) {
    Eigen::Map<MatrixXdRow>(u.data(), u.rows(), u.cols()) = D0(u);
  };
  CHECK(agrees<MatrixXd>(statement));
}

TEST_CASE("vectors, fixed and dynamic, down and across") {
  const auto check = [](auto f) {
    auto lazy = f, eager = f;
    lazy = gradient(lazy, 0.5);
    eager = gradient(eager, 0.5).eval();
    bool good = (lazy.array() == eager.array()).all();
    lazy += 0.25 * gradient(lazy, 0.5, Edge::SecondOrder);
    eager += 0.25 * gradient(eager, 0.5, Edge::SecondOrder).eval();
    good = good && (lazy.array() == eager.array()).all();
    lazy.head(3) = gradient(lazy, 0.5).tail(3);
    eager.head(3) = gradient(eager, 0.5).eval().tail(3);
    good = good && (lazy.array() == eager.array()).all();
    lazy.reverse() = gradient(lazy, 0.5);
    eager.reverse() = gradient(eager, 0.5).eval();
    good = good && (lazy.array() == eager.array()).all();
    lazy = lazy.reverse() + gradient(lazy.reverse(), 0.5);
    eager = (eager.reverse() + gradient(eager.reverse(), 0.5)).eval();
    return good && (lazy.array() == eager.array()).all();
  };
  CHECK(check(quarters<Eigen::VectorXd>(33, 1)));
  CHECK(check(quarters<Eigen::RowVectorXd>(1, 33)));
  CHECK(check(quarters<Eigen::ArrayXf>(18, 1)));
  CHECK(check(quarters<Eigen::Vector3d>(3, 1)));
  CHECK(check(quarters<Eigen::RowVector3f>(1, 3)));
  CHECK(check(quarters<Eigen::Array<double, 7, 1>>(7, 1)));
}

namespace {

/// Whether a view of a part of a field takes what its coefficients would be given one by one, and nothing around it
/// changes; and whether a derivative of it is that of a copy.
template <class Look>
bool takesEach(const Look& look) {
  using Eigen::ArrayXXd;
  bool good = true;
  for (Index rows : {2, 3, 17, 40})
    for (Index cols : {2, 16, 21}) {
      ArrayXXd lazy = quarters<ArrayXXd>(rows + 6, cols + 6), each = lazy;
      auto to = look(lazy.block(3, 3, rows, cols)), one = look(each.block(3, 3, rows, cols));
      using Plain = typename decltype(to)::PlainObject;
      const Plain f = quarters<Plain>(to.rows(), to.cols(), 5);
      const Plain g = derivative<0>(f, 0.5, Edge::Periodic) + derivative<-1>(f, 0.25, Edge::Periodic);
      const auto forEach = [&](const auto& change) {
        for (Index j = 0; j < g.cols(); ++j)
          for (Index i = 0; i < g.rows(); ++i) change(one.coeffRef(i, j), g(i, j));
        good = good && (lazy == each).all();
      };
      const auto d = derivative<0>(f, 0.5, Edge::Periodic) + derivative<-1>(f, 0.25, Edge::Periodic);
      to = d;
      forEach([](double& x, double y) { x = y; });
      to += d;
      forEach([](double& x, double y) { x += y; });
      to *= d;
      forEach([](double& x, double y) { x *= y; });
      to /= d.abs() + 1;
      forEach([](double& x, double y) { x /= std::abs(y) + 1; });
      // Of what our loops do not know; and through a temporary.
      to = d.replicate(1, 1);
      forEach([](double& x, double y) { x = y; });
      const Plain before = to, slope = derivative<0>(before, 0.5, Edge::Periodic);
      good = good && (Plain(derivative<0>(to, 0.5, Edge::Periodic)) == slope).all();
      to = derivative<0>(to, 0.5, Edge::Periodic);
      good = good && (Plain(to) == slope).all();
      one = slope;
      good = good && (lazy == each).all();
    }
  return good;
}

}  // namespace

// A reverse has packets, but no address that they could be stored at: those that were wrote beside it.
TEST_CASE("a view that is no plain memory takes a derivative coefficient by coefficient, and gives one") {
  CHECK(takesEach([](auto u) { return u.reverse(); }));
  CHECK(takesEach([](auto u) { return u.colwise().reverse(); }));
  CHECK(takesEach([](auto u) { return u.rowwise().reverse(); }));
  CHECK(takesEach([](auto u) { return u.reverse().topRows((u.rows() + 1) / 2); }));
  CHECK(takesEach([](auto u) { return u.matrix().colwise().reverse().array().block(1, 0, u.rows() - 1, u.cols()); }));
  CHECK(takesEach([](auto u) { return u.reverse().col(1); }));
  CHECK(takesEach([](auto u) { return u.reverse().row(1); }));
  CHECK(takesEach([](auto u) { return u.col(1).reverse().head((u.rows() + 1) / 2); }));
  CHECK(takesEach([](auto u) { return u.matrix().diagonal().reverse().array(); }));
  CHECK(takesEach([](auto u) { return u(seq(last, 0, Eigen::fix<-1>), all); }));
  CHECK(takesEach([](auto u) { return u(seq(0, last), std::vector<int>{1, 0}); }));
  // Memory, but with its lines or its samples turned round.
  using Strides = Eigen::Stride<Eigen::Dynamic, Eigen::Dynamic>;
  using Map = Eigen::Map<Eigen::ArrayXXd, 0, Strides>;
  CHECK(takesEach(
      [](auto u) { return Map(&u.coeffRef(u.rows() - 1, 0), u.rows(), u.cols(), Strides(u.outerStride(), -1)); }));
  CHECK(takesEach([](auto u) {
    using Lines = Eigen::Map<Eigen::ArrayXXd, 0, Eigen::OuterStride<>>;
    return Lines(&u.coeffRef(0, u.cols() - 1), u.rows(), u.cols(), Eigen::OuterStride<>(-u.outerStride()));
  }));
}

// To these Eigen's own loops store packets too, and are wrong: in 3.4 and in 5.
TEST_CASE("a view of fixed size that is no plain memory takes a derivative coefficient by coefficient") {
  using Fixed = Eigen::Array<double, 16, 9>;
  const Fixed f = quarters<Fixed>(16, 9), g = derivative<0>(f, 0.5);
  Eigen::ArrayXXd around = Eigen::ArrayXXd::Constant(16, 11, -1);
  auto to = around.middleCols<9>(1);
  const auto isReverse = [&](const Eigen::ArrayXXd& expected) {
    bool good = (around.leftCols(1) == -1).all() && (around.rightCols(1) == -1).all();
    for (Index j = 0; j < 9; ++j)
      for (Index i = 0; i < 16; ++i) good = good && to(15 - i, 8 - j) == expected(i, j);
    return good;
  };
  const auto fixed = [](auto& view) { return Eigen::Map<Fixed, 0, Eigen::OuterStride<16>>(view.data()).reverse(); };
  fixed(to) = derivative<0>(f, 0.5);
  CHECK(isReverse(g));
  fixed(to) += derivative<0>(f, 0.5).replicate<1, 1>();
  CHECK(isReverse(2 * g));
  Fixed turned = f;
  turned.reverse() = derivative<0>(turned, 0.5);
  to = turned;
  CHECK(isReverse(g));
}

TEST_CASE("gradients of one field replace two, one after the other") {
  MatrixXd u = quarters<MatrixXd>(6, 8), v = quarters<MatrixXd>(6, 8, 3);
  const MatrixXd before = v, turning = derivative<0>(v, 0.5).eval() - derivative<1>(u, 0.5).eval();
  v = derivative<0>(v, 0.5) - derivative<1>(u, 0.5);
  CHECK(v == turning);
  v = before;
  auto [u0, u1] = gradient(u, 0.5);
  const MatrixXd both = u0.eval().cwiseProduct(u1.eval());
  u = u0.cwiseProduct(u1);
  CHECK(u == both);
  v.swap(u);
  CHECK(v == both);
  // A lazy derivative of a field that has changed is that of the changed field.
  CHECK(MatrixXd(u0) == MatrixXd(derivative<0>(u, 0.5)));
}

TEST_CASE("a lazy derivative in an Eigen::Ref argument is evaluated before the function writes") {
  MatrixXd u = quarters<MatrixXd>(6, 8);
  const MatrixXd g = derivative<0>(u, 0.5);
  const auto write = [](MatrixXd& to, const Eigen::Ref<const MatrixXd>& from) { to = from; };
  write(u, derivative<0>(u, 0.5));
  CHECK(u == g);
}
