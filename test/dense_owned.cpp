// SPDX-License-Identifier: MPL-2.0
//
// Temporaries given to a derivative, fields, coordinates and stencils alike, live as long as it and its copies. What
// would dangle shows under an address sanitizer, and nearly always without one: the freed memory is used again.

#include <doctest/doctest.h>
#include <gridgrad/gradient.hpp>

#include <array>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

#include "reference.hpp"

using Eigen::MatrixXd;
using Eigen::VectorXd;
using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::gradient;
using gridgrad::Stencil;
using reference::Index;
using reference::quarters;
using reference::uneven;

namespace {

using MatrixXdRow = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

template <class Plain>
Plain field() {
  return quarters<Plain>(5, 4);
}
template <class Plain>
const Plain constantField() {
  return quarters<Plain>(5, 4);
}

/// Uses freed memory again, so that what dangles does not stay as it was.
void scribble() {
  std::vector<std::unique_ptr<double[]>> blocks;
  for (std::size_t size = 1; size < 64; ++size) {
    blocks.push_back(std::make_unique<double[]>(size));
    for (std::size_t i = 0; i < size; ++i) blocks.back()[i] = -1e300;
  }
}

/// The same for the stack.
void scribbleStack() {
  volatile double stack[256];
  for (auto& value : stack) value = -1e300;
}

bool isClose(const MatrixXd& a, const MatrixXd& b) {
  return a.rows() == b.rows() && a.cols() == b.cols() && (a - b).cwiseAbs().maxCoeff() <= 1e-12;
}

template <class G>
bool lives(const G& g, const MatrixXd& expected) {
  scribble();
  scribbleStack();
  return isClose(MatrixXd(g), expected);
}

auto slopeOfTemporary() { return derivative<0>(field<MatrixXd>(), 0.5); }
auto slopeOfTemporaryOnTemporary() { return derivative<0>(field<MatrixXd>(), Stencil(uneven(5), Edge::SecondOrder)); }
auto slopesOfTemporary() { return gradient(field<MatrixXd>(), uneven(5), 0.5); }
auto slopeOfMoved() {
  MatrixXd f = field<MatrixXd>();
  return derivative<1>(std::move(f), uneven(4));
}
auto slopeOfSlope() { return derivative<1>(derivative<0>(field<MatrixXd>(), uneven(5)), uneven(4)); }
auto slopeOfFixed() {
  return derivative<0>(field<Eigen::Matrix<double, 5, 4>>(), std::array<double, 5>{0, 1, 3, 4, 6});
}

}  // namespace

TEST_CASE_TEMPLATE("a temporary field lives as long as its derivative", Plain, MatrixXd,
                   Eigen::Array<double, 5, 4, Eigen::RowMajor>,
                   Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::ColMajor, 6, 6>, Eigen::MatrixXi) {
  const Plain f = field<Plain>();
  const MatrixXd by0 = derivative<0>(f, 0.5), by1 = derivative<1>(f, 0.5);

  const auto g = derivative<0>(field<Plain>(), 0.5);
  CHECK(lives(g, by0));
  const auto h = derivative(constantField<Plain>(), 1, 0.5);
  CHECK(lives(h, by1));
  Plain moved = f;
  const auto m = derivative<1>(std::move(moved), 0.5);
  CHECK(lives(m, by1));
  auto [g0, g1] = gradient(field<Plain>(), 0.5);
  CHECK(lives(g0, by0));
  CHECK(lives(g1, by1));
  const auto pair = gradient(constantField<Plain>(), 0.5);
  CHECK(lives(std::get<0>(pair) + std::get<1>(pair), by0 + by1));
  const auto one = gradient<1>(field<Plain>(), 0.5);
  CHECK(lives(one, by1));
}

TEST_CASE("a temporary vector, of any size, down or across") {
  const VectorXd f = quarters<VectorXd>(9, 1);
  const auto g = gradient(quarters<VectorXd>(9, 1), 0.5);
  CHECK(lives(g, gradient(f, 0.5)));
  const auto r = gradient(quarters<Eigen::RowVectorXd>(1, 9), uneven(9));
  CHECK(lives(r, gradient(quarters<Eigen::RowVectorXd>(1, 9), uneven(9))));
  const auto three = gradient(Eigen::Vector3d(1, 4, 9));
  CHECK(lives(three, Eigen::Vector3d(3, 4, 5)));
}

TEST_CASE("temporary coordinates, steps and stencils live as long as the derivative") {
  const MatrixXd f = field<MatrixXd>();
  const auto x = uneven(5);
  const MatrixXd expected = derivative<0>(f, x), second = derivative<0>(f, x, Edge::SecondOrder);

  const auto fromVector = derivative<0>(f, uneven(5));
  CHECK(lives(fromVector, expected));
  const auto fromArray = derivative<0>(f, Eigen::ArrayXd(Eigen::ArrayXd::Map(x.data(), 5)));
  CHECK(lives(fromArray, expected));
  const auto fromMap = derivative<0>(f, Eigen::VectorXd::Map(x.data(), 5));
  CHECK(lives(fromMap, expected));
  const auto fromExpression = derivative<0>(f, 2 * Eigen::VectorXd::Map(x.data(), 5) / 2);
  CHECK(lives(fromExpression, expected));
  const auto fromSpacing = derivative<0>(f, gridgrad::Spacing(uneven(5)));
  CHECK(lives(fromSpacing, expected));
  const auto fromStencil = derivative<0>(f, Stencil(uneven(5), Edge::SecondOrder));
  CHECK(lives(fromStencil, second));
  Stencil stencil(x, Edge::SecondOrder);
  const auto fromMoved = derivative<0>(f, std::move(stencil));
  CHECK(lives(fromMoved, second));
  const auto fromConstant = derivative<0>(f, static_cast<const Stencil&&>(Stencil(x, Edge::SecondOrder)));
  CHECK(lives(fromConstant, second));
  auto [g0, g1] = gradient(f, Stencil(x, Edge::SecondOrder), Stencil(uneven(4)));
  CHECK(lives(g0, second));
  CHECK(lives(g1, derivative<1>(f, uneven(4))));
  // A field whose weights are not those a stencil holds.
  const Eigen::Array<Eigen::half, Eigen::Dynamic, 1> h = quarters<Eigen::Array<Eigen::half, Eigen::Dynamic, 1>>(5, 1);
  const auto fromHalf = derivative<0>(h, Stencil(x));
  scribble();
  CHECK(fromHalf[2] == derivative<0>(h, x)[2]);
}

TEST_CASE("named coordinates may change or go: their weights are the derivative's own") {
  const MatrixXd f = field<MatrixXd>();
  auto x = uneven(5);
  const MatrixXd expected = derivative<0>(f, x);
  const auto g = derivative<0>(f, x);
  x.assign(5, 0);
  x.shrink_to_fit();
  CHECK(lives(g, expected));
}

TEST_CASE("copies of a derivative outlive it") {
  const MatrixXd expected = derivative<0>(field<MatrixXd>(), uneven(5));
  auto first = std::make_unique<decltype(derivative<0>(field<MatrixXd>(), uneven(5)))>(
      derivative<0>(field<MatrixXd>(), uneven(5)));
  const auto copy = *first;
  const auto sum = *first + *first;
  const auto part = first->topRows(3);
  const auto slope = derivative<1>(*first, 0.5);
  const auto moved = std::move(*first);
  first.reset();
  CHECK(lives(copy, expected));
  CHECK(lives(moved, expected));
  CHECK(lives(sum, 2 * expected));
  CHECK(lives(part, expected.topRows(3)));
  CHECK(lives(slope, derivative<1>(expected, 0.5)));
}

TEST_CASE("a function returns the derivative of what was its own") {
  const MatrixXd f = field<MatrixXd>();
  CHECK(lives(slopeOfTemporary(), derivative<0>(f, 0.5)));
  CHECK(lives(slopeOfTemporaryOnTemporary(), derivative<0>(f, uneven(5), Edge::SecondOrder)));
  CHECK(lives(std::get<0>(slopesOfTemporary()), derivative<0>(f, uneven(5))));
  CHECK(lives(slopeOfMoved(), derivative<1>(f, uneven(4))));
  CHECK(lives(slopeOfSlope(), derivative<1>(derivative<0>(f, uneven(5)), uneven(4))));
  CHECK(lives(slopeOfFixed(), derivative<0>(f, std::vector<double>{0, 1, 3, 4, 6})));
  const auto g = slopeOfTemporaryOnTemporary();
  CHECK(lives(g, derivative<0>(f, uneven(5), Edge::SecondOrder)));
  const auto both = slopesOfTemporary();
  CHECK(lives(std::get<0>(both), derivative<0>(f, uneven(5))));
  CHECK(lives(std::get<1>(both), derivative<1>(f, 0.5)));
}

TEST_CASE("a temporary Ref that had to copy takes its copy along") {
  const MatrixXd f = field<MatrixXd>();
  const auto g = derivative<0>(Eigen::Ref<const MatrixXd>(2 * f), 0.5);
  CHECK(lives(g, 2 * derivative<0>(f, 0.5)));
  const auto other = derivative<0>(Eigen::Ref<const MatrixXdRow>(MatrixXdRow(f)), 0.5);
  CHECK(lives(other, derivative<0>(f, 0.5)));
  const auto gradientOfRef = gradient(Eigen::Ref<const VectorXd>(f.row(2).transpose()), 0.5);
  CHECK(lives(gradientOfRef, gradient(f.row(2).transpose(), 0.5)));
}

TEST_CASE("a view of a named field, made on the way, may go") {
  MatrixXd f = field<MatrixXd>();
  const auto block = derivative<0>(f.topRows(3), 0.5);
  const auto map = derivative<0>(Eigen::Map<MatrixXd>(f.data(), 5, 4), 0.5);
  const auto ref = derivative<0>(Eigen::Ref<MatrixXd>(f), 0.5);
  const auto columns = derivative<1>(Eigen::Ref<MatrixXd>(f.rightCols(3)), uneven(3));
  const auto strided = gradient(Eigen::Ref<Eigen::RowVectorXd, 0, Eigen::InnerStride<>>(f.row(2)), 0.5);
  const auto column = gradient(Eigen::Ref<VectorXd, 0, Eigen::InnerStride<>>(f.col(2)), 0.5);
  const auto row = gradient(f.row(1), 0.5);
  const auto sum = derivative<0>(2 * f - f.cwiseAbs(), 0.5);
  const MatrixXd plain = 2 * f - f.cwiseAbs();
  CHECK(lives(block, derivative<0>(MatrixXd(f.topRows(3)), 0.5)));
  CHECK(lives(map, derivative<0>(f, 0.5)));
  CHECK(lives(ref, derivative<0>(f, 0.5)));
  CHECK(lives(columns, derivative<1>(MatrixXd(f.rightCols(3)), uneven(3))));
  CHECK(lives(strided, derivative<1>(f, 0.5).row(2)));
  CHECK(lives(column, derivative<0>(f, 0.5).col(2)));
  CHECK(lives(row, derivative<1>(f, 0.5).row(1)));
  CHECK(lives(sum, derivative<0>(plain, 0.5)));
}

TEST_CASE("a borrowed field is read when the derivative is, an owned one stays") {
  MatrixXd f = field<MatrixXd>();
  const MatrixXd before = derivative<0>(f, 0.5);
  const auto borrowed = derivative<0>(f, 0.5);
  const auto owned = derivative<0>(MatrixXd(f), 0.5);
  f *= 2;
  CHECK(lives(borrowed, 2 * before));
  CHECK(lives(owned, before));
}

TEST_CASE("a moved field is not copied") {
  MatrixXd f = quarters<MatrixXd>(50, 40);
  const double* data = f.data();
  const auto g = derivative<0>(std::move(f), 0.5);
  CHECK(g.nestedExpression().array().data() == data);
}

namespace {

auto slopeOfReference(const Eigen::Ref<const Eigen::ArrayXd>& f) { return gridgrad::gradient(f, 0.5); }
auto slopeOfFixedReference(const Eigen::Ref<const Eigen::Matrix3d>& f) { return derivative<0>(f, 0.5); }
auto slopeOfColumns(const Eigen::Ref<const MatrixXd>& f) { return derivative<1>(f, 0.5); }
auto slopeOfReferenceToWrite(Eigen::Ref<Eigen::ArrayXXd> f) { return gridgrad::derivative<1>(f, 0.5); }

}  // namespace

TEST_CASE("a function may return the slope of its Ref argument, whose samples live on") {
  const Eigen::ArrayXd f = Eigen::ArrayXd::LinSpaced(20, 0, 1).square();
  const auto slope = slopeOfReference(f);
  CHECK((slope == gridgrad::gradient(f, 0.5)).all());
  Eigen::ArrayXXd g = Eigen::ArrayXXd::Random(6, 7);
  const auto across = slopeOfReferenceToWrite(g.block(1, 1, 4, 5));
  CHECK((across == gridgrad::derivative<1>(g.block(1, 1, 4, 5), 0.5)).all());
}

TEST_CASE("a function may return the slope of its Ref argument that had to copy") {
  // A row of an array stored by columns has gaps; an expression has no memory; each is copied into the Ref.
  const MatrixXd f = field<MatrixXd>();
  const Eigen::ArrayXXd a = f;
  CHECK(lives(slopeOfReference(a.row(2)).matrix(), gradient(VectorXd(f.row(2)), 0.5)));
  const auto slope = slopeOfReference(2 * a.col(1));
  CHECK(lives(slope.matrix(), gradient(VectorXd(2 * f.col(1)), 0.5)));
  const auto small = slopeOfFixedReference(2 * f.topLeftCorner<3, 3>());
  CHECK(lives(small, derivative<0>(MatrixXd(2 * f.topLeftCorner(3, 3)), 0.5)));
  const auto columns = slopeOfColumns(2 * f);
  CHECK(lives(columns, derivative<1>(MatrixXd(2 * f), 0.5)));
  const auto copy = columns;
  CHECK(lives(copy, derivative<1>(MatrixXd(2 * f), 0.5)));
}

TEST_CASE("a Ref that did not copy is borrowed, and what it refers to is seen to be written") {
  MatrixXd f = field<MatrixXd>();
  const MatrixXd expected = derivative<1>(MatrixXd(f.rightCols(3)), 0.5);
  const Eigen::Ref<const MatrixXd> part(f.rightCols(3));
  const auto slope = derivative<1>(part, 0.5);
  CHECK(slope.nestedExpression().map().data() == f.data() + 5);
  f.rightCols(3) = slope;
  CHECK(MatrixXd(f.rightCols(3)) == expected);
}
