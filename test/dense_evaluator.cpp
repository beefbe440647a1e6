// SPDX-License-Identifier: MPL-2.0
//
// A derivative is an Eigen expression: whatever may be done with one may be done with it, on either side of it.
//
// Each result is compared with that of the same work on an evaluated derivative, or of an evaluated field. Fields are
// quarters and steps powers of two, so the two are equal and not just close, unless coordinates or exp come in.

#include "paths.hpp"

#include <doctest/doctest.h>
#include <gridgrad/gradient.hpp>

#include <cmath>
#include <limits>
#include <type_traits>
#include <vector>

#include "reference.hpp"
#include "traps.hpp"

using Eigen::ArrayXXd;
using Eigen::MatrixXd;
using Eigen::seq;
using Eigen::VectorXd;
using Eigen::indexing::all;
using Eigen::indexing::last;
using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::gradient;
using gridgrad::Stencil;
using reference::equal;
using reference::Index;
using reference::isClose;
using reference::quarters;
using reference::same;
using reference::uneven;

namespace {

using MatrixXdRow = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

}  // namespace

TEST_CASE("the result has the field's kind, shape and order") {
  const auto kind = [](const auto& f) {
    using F = std::decay_t<decltype(f)>;
    using G = std::decay_t<decltype(derivative<0>(f, 1))>;
    return std::is_same<typename F::PlainObject, typename G::PlainObject>::value &&
           std::is_same<typename F::PlainObject, std::decay_t<decltype(derivative<0>(f, 1).eval())>>::value;
  };
  CHECK(kind(MatrixXd(2, 2)));
  CHECK(kind(MatrixXdRow(2, 2)));
  CHECK(kind(ArrayXXd(2, 2)));
  CHECK(kind(VectorXd(2)));
  CHECK(kind(Eigen::RowVectorXf(2)));
  CHECK(kind(Eigen::Matrix3d(Eigen::Matrix3d::Zero())));
  CHECK(kind(Eigen::Array<float, 4, 3, Eigen::RowMajor>(Eigen::Array<float, 4, 3, Eigen::RowMajor>::Zero())));
  CHECK(kind(Eigen::Matrix<double, 3, Eigen::Dynamic>(3, 4)));
  CHECK(kind(Eigen::Matrix<double, Eigen::Dynamic, 2>(4, 2)));
  CHECK(kind(Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::ColMajor, 4, 5>(4, 5)));
}

// By rows as well where the tests are run with Eigen's default storage order turned round (test/run --matrix).
TEST_CASE("any view of any array may be the field") {
  using Plain = MatrixXd;
  const Plain f = quarters<Plain>(11, 13);
  const Stencil y(uneven(5), Edge::SecondOrder);

  SUBCASE("a block") {
    const Plain b = f.block(2, 3, 5, 7);
    CHECK(same(derivative<0>(f.block(2, 3, 5, 7), 0.5), derivative<0>(b, 0.5)));
    CHECK(same(derivative<1>(f.block(2, 3, 5, 7), 0.5), derivative<1>(b, 0.5)));
    CHECK(isClose(derivative<0>(f.block(2, 3, 5, 7), y), derivative<0>(b, y)));
    const Eigen::Matrix<double, 5, 7> fixed = b;
    CHECK(same(derivative<0>(f.block<5, 7>(2, 3), 0.5), derivative<0>(fixed, 0.5)));
  }
  SUBCASE("a row, a column, a segment, a diagonal") {
    const VectorXd row = f.row(3), col = f.col(4), segment = f.col(4).segment(2, 5), diagonal = f.diagonal();
    CHECK(same(gradient(f.row(3), 0.5), gradient(row.transpose(), 0.5)));
    CHECK(same(gradient(f.col(4), 0.5), gradient(col, 0.5)));
    CHECK(same(gradient(f.col(4).segment(2, 5), 0.5), gradient(segment, 0.5)));
    CHECK(isClose(gradient(f.col(4).segment(2, 5), y), gradient(segment, y)));
    CHECK(same(gradient(f.diagonal(), 0.5), gradient(diagonal, 0.5)));
  }
  SUBCASE("a transpose, a reverse, a replicate") {
    const Plain t = f.transpose(), r = f.reverse(), twice = f.replicate(2, 2);
    CHECK(same(derivative<0>(f.transpose(), 0.5), derivative<0>(t, 0.5)));
    CHECK(same(derivative<1>(f.reverse(), 0.5), derivative<1>(r, 0.5)));
    CHECK(same(derivative<0>(f.replicate(2, 2), 0.5), derivative<0>(twice, 0.5)));
  }
  SUBCASE("rows and columns picked by their indices, and another shape") {
    const Plain picked = f(seq(0, last, 2), all), odd = f(std::vector<int>{3, 1, 4, 1, 5}, all);
    const Plain head = f.topRows(10);
    CHECK(same(derivative<0>(f(seq(0, last, 2), all), 0.5), derivative<0>(picked, 0.5)));
    CHECK(same(derivative<0>(f(std::vector<int>{3, 1, 4, 1, 5}, all), 0.5), derivative<0>(odd, 0.5)));
    const Plain reshaped = head.reshaped(13, 10);
    CHECK(same(derivative<0>(head.reshaped(13, 10), 0.5), derivative<0>(reshaped, 0.5)));
  }
  SUBCASE("an array seen as a matrix, and back") {
    CHECK(same(derivative<0>(f.array(), 0.5).matrix(), derivative<0>(f, 0.5)));
    const ArrayXXd a = f.array();
    CHECK(same(derivative<1>(a.matrix(), 0.5).array(), derivative<1>(a, 0.5)));
  }
  SUBCASE("a Ref, constant or not, also one that had to copy") {
    Plain g = f;
    const Eigen::Ref<Plain, 0, Eigen::OuterStride<>> ref(g);
    const Eigen::Ref<const Plain, 0, Eigen::OuterStride<>> part(f.middleCols(2, 6).middleRows(1, 5)), copy(2 * f);
    CHECK(same(derivative<0>(ref, 0.5), derivative<0>(f, 0.5)));
    CHECK(same(derivative<0>(part, 0.5), derivative<0>(Plain(part), 0.5)));
    CHECK(same(derivative<1>(copy, 0.5), 2 * derivative<1>(f, 0.5)));
  }
  SUBCASE("a Map: contiguous, unaligned, strided, running backwards") {
    std::vector<double> buffer(400);
    for (std::size_t i = 0; i < buffer.size(); ++i) buffer[i] = static_cast<double>(i * 29 % 64) / 4;
    using Stride = Eigen::Stride<Eigen::Dynamic, Eigen::Dynamic>;
    for (int offset = 0; offset < 5; ++offset) {
      const Eigen::Map<const Plain> whole(buffer.data() + offset, 7, 9);
      const Eigen::Map<const Plain, 0, Stride> strided(buffer.data() + offset, 7, 9, Stride(32, 3)),
          backwards(buffer.data() + 399 - offset, 7, 9, Stride(-32, -3));
      const Stencil x(uneven(9));
      const auto check = [&](const auto& map) {
        const Plain plain = map;
        const auto lazy = derivative<0>(map, 0.5);
        return paths::way([&] { (void)lazy.eval(); }) == "InPlace Loops" &&
               same(derivative<0>(map, 0.5), derivative<0>(plain, 0.5)) &&
               same(derivative<1>(map, 0.5), derivative<1>(plain, 0.5)) &&
               isClose(derivative<1>(map, x), derivative<1>(plain, x));
      };
      CHECK(check(whole));
      CHECK(check(strided));
      CHECK(check(backwards));
    }
  }
}

TEST_CASE("any expression may be the field") {
  const MatrixXd a = quarters<MatrixXd>(9, 9, 1), b = quarters<MatrixXd>(9, 9, 5);
  const auto check = [](const auto& xpr) {
    const MatrixXd plain = xpr;
    const bool good = same(derivative<0>(xpr, 0.5), derivative<0>(plain, 0.5)) &&
                      same(derivative<1>(xpr, 0.5, Edge::SecondOrder), derivative<1>(plain, 0.5, Edge::SecondOrder)) &&
                      same(derivative<1>(xpr, 2, Edge::Periodic), derivative<1>(plain, 2, Edge::Periodic));
    const auto lazy = derivative<0>(xpr, 0.5);
    return good ? paths::way([&] { (void)lazy.eval(); }) : "wrong";
  };
  // What the walk for overlaps does not know may read anything, as a lambda may: also what is evaluated before anything
  // is written.
  const char* const evaluated = "Temporary Argument Loops";
  CHECK(check(2 * a - b) == "InPlace Loops");
  CHECK(check(a.cwiseProduct(b)) == "InPlace Loops");
  CHECK(check(a * b) == evaluated);
  CHECK(check(a * b + a) == evaluated);
  CHECK(check((a * b).lazyProduct(a)) == evaluated);
  CHECK(check(a.col(0) * b.row(0)) == evaluated);
  CHECK(check(a.cwiseAbs().cwiseMax(b)) == "InPlace Loops");
  // Since Eigen 5, a select is a function of three, which is known.
  const bool isFunction = EIGEN_VERSION_AT_LEAST(5, 0, 0);
  CHECK(check((a.array() > 0).select(a, b)) == (isFunction ? "InPlace Argument Loops" : evaluated));
  CHECK(check(a.cast<float>().cast<double>()) == "InPlace Loops");
  CHECK(check(a.unaryExpr([](double x) { return x * x; })) == "Temporary Loops");
  CHECK(check(MatrixXd::NullaryExpr(5, 6, [](Index i, Index j) { return double(i * j); })) == evaluated);
  CHECK(check(MatrixXd::Identity(6, 5)) == "InPlace Loops");
  CHECK(check(a.colwise().sum().replicate(4, 1)) == evaluated);
  CHECK(check(a.rowwise() - b.row(2)) == "InPlace Argument Loops");
  CHECK(check(b.row(1).asDiagonal() * a) == evaluated);
  CHECK(check(derivative<0>(a, 0.5)) == "InPlace Loops");
  CHECK(check(derivative<1>(derivative<0>(a + b, 0.5), 0.25)) == "2 InPlace Argument 2 Loops");
}

TEST_CASE("a field of random numbers is drawn once, however many derivatives read it") {
  // So the differences all along a periodic axis add up to nothing, but for roundings of numbers below one.
  const MatrixXd down = derivative<0>(MatrixXd::Random(7, 5), 1, Edge::Periodic);
  CHECK(down.colwise().sum().cwiseAbs().maxCoeff() <= 1e-14);
  CHECK(derivative<1>(MatrixXd::Random(5, 7), 1, Edge::Periodic).rowwise().sum().cwiseAbs().maxCoeff() <= 1e-14);
  CHECK(down.cwiseAbs().minCoeff() > 0);
}

TEST_CASE("an expensive field is evaluated right") {
  const ArrayXXd a = quarters<ArrayXXd>(17, 18) / 8;
  const ArrayXXd e = (a.exp() + a.abs().pow(1.5)).sin();
  const auto lazy = (a.exp() + a.abs().pow(1.5)).sin();
  CHECK(isClose(derivative<0>(lazy, 0.5), derivative<0>(e, 0.5)));
  CHECK(isClose(derivative<1>(lazy, uneven(18)), derivative<1>(e, uneven(18))));
  CHECK(paths::count(paths::Argument, [&] { CHECK(derivative<0>(lazy, 0.5).sum() != 0); }) == 1);
  CHECK(std::abs(derivative<1>(lazy, 0.5)(3, 4) - derivative<1>(e, 0.5)(3, 4)) <= 1e-14);
}

TEST_CASE("an expensive field is evaluated once a sample, however many derivatives read it") {
  Index calls = 0;
  const MatrixXd f = quarters<MatrixXd>(20, 30);
  const auto counted = f.unaryExpr([&calls](double x) {
    ++calls;
    return x;
  });
  // Not cheap: Eigen cannot know what a lambda costs, and takes it for a virtual call; the product makes it sure.
  const MatrixXd expected = derivative<0>(f * f.transpose(), 0.5);
  const paths::Since start;
  const MatrixXd g = derivative<0>(counted * f.transpose(), 0.5);
  CHECK(start.count(paths::Argument) == 1);
  CHECK(g == expected);
  CHECK(calls <= f.size());
}

TEST_CASE("fixed sizes, half-fixed sizes and bounded ones stay themselves") {
  const auto check = [](const auto& f) {
    const MatrixXd g = f;
    bool good = true;
    if (f.rows() >= 2) good = good && same(derivative<0>(f, 0.5), derivative<0>(g, 0.5));
    if (f.cols() >= 3)
      good = good && same(derivative<1>(f, 0.5, Edge::SecondOrder), derivative<1>(g, 0.5, Edge::SecondOrder));
    if (f.rows() >= 2) good = good && isClose(derivative<0>(f, uneven(f.rows())), derivative<0>(g, uneven(f.rows())));
    const auto lazy = derivative<1>(f, 0.5, Edge::Periodic);
    const Index size = std::decay_t<decltype(f)>::SizeAtCompileTime;
    good = good && paths::way([&] { (void)lazy.eval(); }) == (0 < size && size <= 64 ? "Small" : "InPlace Loops");
    return good && same(derivative<1>(f, 0.5, Edge::Periodic), derivative<1>(g, 0.5, Edge::Periodic));
  };
  constexpr int dynamic = Eigen::Dynamic;
  CHECK(check(quarters<Eigen::Matrix2d>(2, 2)));
  CHECK(check(quarters<Eigen::Matrix4d>(4, 4)));
  CHECK(check(quarters<Eigen::Matrix<double, 5, 3, Eigen::RowMajor>>(5, 3)));
  CHECK(check(quarters<Eigen::Matrix<double, 16, 9>>(16, 9)));
  CHECK(check(quarters<Eigen::Matrix<double, 3, dynamic>>(3, 17)));
  CHECK(check(quarters<Eigen::Matrix<double, dynamic, 3, Eigen::RowMajor>>(17, 3)));
  CHECK(check(quarters<Eigen::Matrix<double, dynamic, dynamic, Eigen::ColMajor, 6, 7>>(5, 7)));
  CHECK(check(quarters<Eigen::Matrix<double, dynamic, dynamic, Eigen::RowMajor, 6, 7>>(6, 4)));
}

TEST_CASE("fixed vectors of every small length, down and across") {
  const auto check = [](const auto& f) {
    const VectorXd g = f.reshaped();
    const VectorXd h = gradient(f, 0.5).eval().reshaped();
    const VectorXd p = gradient(f, 0.5, Edge::Periodic).eval().reshaped();
    return equal(h, VectorXd(gradient(g, 0.5))) && equal(p, VectorXd(gradient(g, 0.5, Edge::Periodic)));
  };
  CHECK(check(quarters<Eigen::Vector2d>(2, 1)));
  CHECK(check(quarters<Eigen::Vector3d>(3, 1)));
  CHECK(check(quarters<Eigen::RowVector4d>(1, 4)));
  CHECK(check(quarters<Eigen::Matrix<double, 1, 7>>(1, 7)));
  CHECK(check(quarters<Eigen::Matrix<double, 8, 1>>(8, 1)));
  CHECK(check(quarters<Eigen::Matrix<double, 17, 1>>(17, 1)));
  const Eigen::Matrix<double, 1, 1> one(3);
  CHECK(gradient(one, 1, Edge::Periodic)[0] == 0);
}

TEST_CASE("an array that is empty across has an empty derivative down, and the other way round") {
  const MatrixXd none(5, 0), flat(0, 5);
  CHECK(derivative<0>(none, 1).rows() == 5);
  CHECK(derivative<0>(none, 1).cols() == 0);
  CHECK(derivative<0>(none, uneven(5)).eval().size() == 0);
  CHECK(derivative<1>(flat, 1).eval().rows() == 0);
  CHECK(derivative<1>(flat, 1).eval().cols() == 5);
  CHECK(derivative<0>(none, 1).sum() == 0);
  MatrixXd f = none;
  f = derivative<0>(f, 1);
  CHECK(f.rows() == 5);
  CHECK_THROWS_AS(derivative<1>(none, 1), std::invalid_argument);
  CHECK_THROWS_AS(derivative<0>(flat, 1), std::invalid_argument);
}

TEST_CASE("a neighbour that is not read cannot spoil the answer") {
  // Which samples each derivative reads: inside, both neighbours, and itself with coordinates only; at the ends, two
  // samples at first order and three at second. One sample after the other is spoiled, and exactly those that read it
  // become NaN; an infinite one makes them infinite or NaN.
  const double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();
  const auto reads = [](Index i, Index k, Index n, bool isStep, Edge edge) {
    if (edge == Edge::Periodic) return k == (i + 1) % n || k == (i + n - 1) % n;
    const Index reach = edge == Edge::FirstOrder ? 1 : 2;
    if (i == 0) return k <= reach;
    if (i == n - 1) return k >= n - 1 - reach;
    return k == i - 1 || k == i + 1 || (k == i && !isStep);
  };
  for (Index n : {4, 5, 9, 17, 34})
    for (double bad : {nan, inf, -inf})
      for (Index k = 0; k < n; ++k)
        for (Edge edge : reference::allEdges) {
          const traps::Off differencesOfInfinities(bad == inf || bad == -inf);
          MatrixXd down = quarters<MatrixXd>(n, 3);
          down.row(k).setConstant(bad);
          const MatrixXd across = down.transpose();
          const auto check = [&](const MatrixXd& g, bool isStep) {
            for (Index i = 0; i < n; ++i)
              if (g.row(i).allFinite() == reads(i, k, n, isStep, edge)) return false;
            return true;
          };
          CAPTURE(n);
          CAPTURE(k);
          CAPTURE(edge);
          REQUIRE(check(derivative<0>(down, 0.5, edge), true));
          REQUIRE(check(derivative<1>(across, 0.5, edge).transpose(), true));
          REQUIRE(check(derivative<0>(down, Stencil(0.5, edge)), true));
          REQUIRE(check(derivative<1>(across, gridgrad::Spacing(0.5), edge).transpose(), true));
          if (edge == Edge::Periodic) continue;
          const auto x = uneven(n);
          REQUIRE(check(derivative<0>(down, x, edge), false));
          REQUIRE(check(derivative<1>(across, x, edge).transpose(), false));
          REQUIRE(check(derivative<1>(across, Stencil(x, edge)).transpose(), false));
        }
}
