// SPDX-License-Identifier: MPL-2.0
//
// Every way to spell a gradient, and NumPy's own cases: the values and refusals of the TestGradient class in its test
// suite, its docstring, and the inputs of well-known tutorials. Where a number is not worked out beside it, it is what
// NumPy 1.24.2 returns.

#include <Eigen/Core>

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <stdexcept>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <gridgrad/gradient.hpp>

using Eigen::ArrayXd;
using Eigen::ArrayXXd;
using Eigen::Dynamic;
using Eigen::Index;
using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::gradient;
using gridgrad::Spacing;
using gridgrad::Stencil;

namespace {

using Numbers = std::vector<double>;

constexpr Edge second = Edge::SecondOrder, periodic = Edge::Periodic;

/// Whether an expression has these values, to within a few roundings of the greatest.
template <class Found>
bool equals(const Found& found, const ArrayXXd& expected) {
  const ArrayXXd values = found.template cast<double>();
  if (values.rows() != expected.rows() || values.cols() != expected.cols()) return false;
  return ((values - expected).abs() <= 4e-16 * expected.abs().maxCoeff()).all();
}

/// Of a vector.
template <class Found>
bool equals(const Found& found, std::initializer_list<double> values) {
  const ArrayXd expected = Eigen::Map<const ArrayXd>(values.begin(), Index(values.size()));
  static_assert(Found::IsVectorAtCompileTime, "a vector's gradient is a vector");
  return Found::ColsAtCompileTime == 1 ? equals(found, ArrayXXd(expected)) : equals(found, expected.transpose());
}

/// Samples of x² y on rows y = 0, 1, 2, 3 and columns x = 0, 1, 2, 3, 4: whole numbers, as all their slopes are halves.
ArrayXXd field() {
  const ArrayXd y = ArrayXd::LinSpaced(4, 0, 3), x = ArrayXd::LinSpaced(5, 0, 4);
  return (y.matrix() * x.square().matrix().transpose()).array();
}

/// Its slopes for steps of one, with edges of first and of second order. Down the rows x², whichever the edge.
const ArrayXXd down = Eigen::RowVectorXd{{0, 1, 4, 9, 16}}.replicate(4, 1);
const ArrayXXd across = Eigen::VectorXd{{0, 1, 2, 3}} * Eigen::RowVectorXd{{1, 2, 4, 6, 7}};
const ArrayXXd acrossSecond = Eigen::VectorXd{{0, 1, 2, 3}} * Eigen::RowVectorXd{{0, 2, 4, 6, 8}};

/// Whether a gradient has the two components.
template <class D0, class D1>
bool equals(const std::tuple<D0, D1>& found, const ArrayXXd& d0, const ArrayXXd& d1) {
  return equals(std::get<0>(found), d0) && equals(std::get<1>(found), d1);
}

const Numbers yTwice{0, 2, 4, 6}, xHalf{0, 0.5, 1, 1.5, 2};

}  // namespace

TEST_CASE("without a spacing the samples are one unit apart") {
  const ArrayXXd f = field();
  CHECK(equals(gradient(f), down, across));
  CHECK(equals(gradient(f, second), down, acrossSecond));
}

TEST_CASE("one step serves every axis") {
  const ArrayXXd f = field();
  CHECK(equals(gradient(f, 0.5), 2 * down, 2 * across));
  CHECK(equals(gradient(f, 2), down / 2, across / 2));
  CHECK(equals(gradient(f, -0.5f, second), -2 * down, -2 * acrossSecond));
  CHECK(equals(gradient(f, Spacing(0.5), second), 2 * down, 2 * acrossSecond));
}

TEST_CASE("one spacing for each axis: steps, coordinates and stencils mix") {
  const ArrayXXd f = field();
  const Stencil y(yTwice), x(xHalf, second), step(0.5, second);
  CHECK(equals(gradient(f, 2, 0.5), down / 2, 2 * across));
  CHECK(equals(gradient(f, yTwice, xHalf), down / 2, 2 * across));
  CHECK(equals(gradient(f, yTwice, xHalf, second), down / 2, 2 * acrossSecond));
  CHECK(equals(gradient(f, yTwice, 0.5), down / 2, 2 * across));
  CHECK(equals(gradient(f, 2.0f, xHalf, second), down / 2, 2 * acrossSecond));
  CHECK(equals(gradient(f, Spacing(yTwice), 0.5L), down / 2, 2 * across));
  CHECK(equals(gradient(f, y, x), down / 2, 2 * acrossSecond));
  CHECK(equals(gradient(f, y, step), down / 2, 2 * acrossSecond));
  CHECK(equals(gradient(f, 2, x), down / 2, 2 * acrossSecond));
  CHECK(equals(gradient(f, Stencil(2), Stencil(xHalf)), down / 2, 2 * across));
}

TEST_CASE("an edge serves every axis that has none of its own") {
  const ArrayXXd f = field();
  const Edge chosen = second;
  const Stencil x(0.5, Edge::FirstOrder);
  CHECK(equals(gradient(f, 1, 0.5, chosen), down, 2 * acrossSecond));
  CHECK(equals(gradient(f, 1, x, chosen), down, 2 * across));
  CHECK(equals(gradient(f.transpose(), x, 1, second), 2 * across.transpose(), down.transpose()));
}

TEST_CASE("a periodic edge takes the other end for the neighbour") {
  const ArrayXXd f = field();
  // Down the rows of x² y: at y = 0, (1 - 3) x² / 2; at 3, (0 - 2) x² / 2. Across: at 0, (1 - 16) y / 2, at 4,
  // (0 - 9) y / 2.
  const ArrayXXd d0 = (Eigen::VectorXd{{-1, 1, 1, -1}} * Eigen::RowVectorXd{{0, 1, 4, 9, 16}}).array();
  const ArrayXXd d1 = (Eigen::VectorXd{{0, 1, 2, 3}} * Eigen::RowVectorXd{{-7.5, 2, 4, 6, -4.5}}).array();
  CHECK(equals(gradient(f, periodic), d0, d1));
  CHECK(equals(gradient(f, 0.5, periodic), 2 * d0, 2 * d1));
  CHECK(equals(gradient<1>(f, 2, periodic), d1 / 2));
  CHECK(equals(gradient(f, Stencil(1, periodic), 1), d0, across));
}

TEST_CASE("chosen axes come in the order chosen, each with the spacing in its place") {
  const ArrayXXd f = field();
  CHECK(equals(gradient<0>(f), down));
  CHECK(equals(gradient<1>(f), across));
  CHECK(equals(gradient<-1>(f), across));
  CHECK(equals(gradient<-2>(f), down));
  CHECK(equals(gradient<1>(f, second), acrossSecond));
  CHECK(equals(gradient<1>(f, 0.5), 2 * across));
  CHECK(equals(gradient<-1>(f, xHalf, second), 2 * acrossSecond));
  CHECK(equals(gradient<0>(f, Stencil(yTwice)), down / 2));
  CHECK(equals(gradient<0, 1>(f, yTwice, 0.5), down / 2, 2 * across));
  CHECK(equals(gradient<1, 0>(f), across, down));
  CHECK(equals(gradient<1, 0>(f, second), acrossSecond, down));
  CHECK(equals(gradient<1, 0>(f, 0.5), 2 * across, 2 * down));
  CHECK(equals(gradient<1, 0>(f, 0.5, yTwice, second), 2 * acrossSecond, down / 2));
  CHECK(equals(gradient<-1, 0>(f, xHalf, 2), 2 * across, down / 2));
}

TEST_CASE("a vector's gradient is the expression itself, along its only axis") {
  const ArrayXd v{{0, 1, 4, 9}};
  const Eigen::RowVectorXd row = v.matrix().transpose();
  CHECK(equals(gradient(v), {1, 2, 4, 5}));
  CHECK(equals(gradient(v, second), {0, 2, 4, 6}));
  CHECK(equals(gradient(v, 0.5), {2, 4, 8, 10}));
  CHECK(equals(gradient(v, yTwice), {.5, 1, 2, 2.5}));
  CHECK(equals(gradient(v, yTwice, second), {0, 1, 2, 3}));
  CHECK(equals(gradient(v, Stencil(yTwice, second)), {0, 1, 2, 3}));
  CHECK(equals(gradient<0>(v, 0.5), {2, 4, 8, 10}));
  CHECK(equals(gradient<-1>(v, yTwice), {.5, 1, 2, 2.5}));
  CHECK(equals(gradient(row), {1, 2, 4, 5}));
  CHECK(equals(gradient<0>(row, 0.5), {2, 4, 8, 10}));
  CHECK(equals(gradient(row, row.cwiseSqrt(), second), {0, 2, 4, 6}));
  CHECK(equals(gradient(field().col(2), 1), {4, 4, 4, 4}));
  CHECK(equals(gradient(field().row(1), second), {0, 2, 4, 6, 8}));
  CHECK(gradient(v, 0.5)[3] == 10);
}

TEST_CASE("a matrix that happens to have one column still has two axes") {
  const ArrayXXd column = ArrayXXd{{0}, {1}, {4}};
  CHECK(equals(gradient<0>(column), ArrayXXd{{1}, {2}, {3}}));
  CHECK(equals(gradient(column.replicate(1, 2)), ArrayXXd{{1, 1}, {2, 2}, {3, 3}}, ArrayXXd::Zero(3, 2)));
  CHECK_THROWS_AS((void)gradient(column), std::invalid_argument);
}

TEST_CASE("the components can be bound, tied, asked for and applied to") {
  const ArrayXXd f = field();
  auto [d0, d1] = gradient(f, 2, 0.5);
  CHECK(equals(d0, down / 2));
  CHECK(equals(d0.square() + d1.square(), down.square() / 4 + 4 * across.square()));

  ArrayXXd g0, g1;
  std::tie(g0, g1) = gradient(f);
  CHECK(equals(g0, down));
  CHECK(equals(g1, across));

  const auto slope = gradient(f);
  CHECK(std::tuple_size<std::decay_t<decltype(slope)>>::value == 2);
  CHECK(equals(std::get<1>(slope), across));
  const ArrayXXd sum = std::apply([](const auto&... d) { return ArrayXXd((... + d)); }, slope);
  CHECK(equals(sum, down + across));
}

TEST_CASE("tied to the field itself, each is the derivative of what the field was") {
  const ArrayXXd f = field();
  ArrayXXd u = f, w;
  std::tie(u, w) = gradient(u);
  CHECK(equals(u, down));
  CHECK(equals(w, across));
  u = f;
  std::tie(w, u) = gradient(u);
  CHECK(equals(w, down));
  CHECK(equals(u, across));

  ArrayXXd p = f, q = ArrayXXd::Constant(4, 5, 2);
  std::tie(p, q) = gradient(p * q);
  CHECK(equals(p, 2 * down));
  CHECK(equals(q, 2 * across));

  std::tuple<ArrayXXd, ArrayXXd> g(f, f);
  g = gradient(std::get<0>(g));
  CHECK(equals(g, down, across));

  // Of some memory as a map, into a block of it.
  using Columns = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::ColMajor>;
  Columns both(4, 10);
  both << f, f;
  Eigen::Map<Columns> left(both.data(), 4, 5);
  auto right = both.rightCols(5);
  std::tie(left, right) = gradient(both.leftCols(5));
  CHECK(equals(both.leftCols(5), down));
  CHECK(equals(both.rightCols(5), across));
}

TEST_CASE("a gradient that has a name is tied again and again, and so are its copies") {
  ArrayXXd u = field(), w;
  const auto slope = gradient(u);
  const auto copy = slope;
  for (int round = 0; round < 2; ++round) {
    u = field();
    std::tie(u, w) = slope;
    CHECK(equals(u, down));
    CHECK(equals(w, across));
    u = field();
    std::tie(u, w) = copy;
    CHECK(equals(u, down));
    CHECK(equals(w, across));
    u = 2 * field();
    u = std::get<0>(slope);  // the other, kept here, is not asked for: what is kept must not come back later
    CHECK(equals(u, 2 * down));
  }
}

TEST_CASE("by names of their own they are lazy: each is of what the field is when it is read") {
  ArrayXXd u = field();
  auto [d0, d1] = gradient(u);
  u = d0;
  const ArrayXXd after = d1;
  CHECK(equals(after, gradient<1>(down)));
}

TEST_CASE("arrays stay arrays, matrices stay matrices, and fixed sizes stay fixed") {
  const Eigen::Matrix<float, 3, 4> f = Eigen::Matrix<float, 3, 4>::Ones();
  const auto [d0, d1] = gradient(f, 0.5);
  using D0 = std::decay_t<decltype(d0)>;
  CHECK(std::is_base_of<Eigen::MatrixBase<D0>, D0>::value);
  CHECK(std::is_same<D0::Scalar, float>::value);
  CHECK(int(D0::RowsAtCompileTime) == 3);
  CHECK(int(D0::ColsAtCompileTime) == 4);
  const auto slope = gradient(Eigen::Array3d(0, 1, 4));
  using Slope = std::decay_t<decltype(slope)>;
  CHECK(std::is_base_of<Eigen::ArrayBase<Slope>, Slope>::value);
  CHECK(int(Slope::SizeAtCompileTime) == 3);
  CHECK((d0 * d1.transpose()).isZero(0));
}

TEST_CASE("there is nothing to write to") {
  using D0 = std::decay_t<decltype(gradient<0>(std::declval<const ArrayXXd&>()))>;
  CHECK_FALSE(std::is_assignable<D0&, ArrayXXd>::value);
  CHECK_FALSE(std::is_assignable<D0&, D0>::value);
  CHECK_FALSE(std::is_assignable<decltype(std::declval<D0&>()(0, 0)), double>::value);
}

// NumPy's TestGradient.

TEST_CASE("NumPy: a two by two field, whole, along one axis, along both in either order") {
  const ArrayXXd f{{1, 1}, {3, 4}}, d0{{2, 3}, {2, 3}}, d1{{0, 0}, {1, 1}};
  CHECK(equals(gradient(f), d0, d1));
  CHECK(equals(gradient(Eigen::Array22i{{1, 1}, {3, 4}}), d0, d1));
  CHECK(equals(gradient<0>(f), d0));
  CHECK(equals(gradient<1>(f), d1));
  CHECK(equals(gradient<-1>(f), d1));
  CHECK(equals(gradient<1, 0>(f), d1, d0));
  CHECK(equals(gradient<1, 0>(f, 2, 3), d1 / 2, d0 / 3));
  CHECK_THROWS_AS((void)derivative(f, 3, 1), std::out_of_range);
  CHECK_THROWS_AS((void)derivative(f, -3, 1), std::out_of_range);
}

TEST_CASE("NumPy: steps and coordinates, mixed, for 0 to 24 in five rows") {
  const Numbers even{1, 2, 3, 4, 5}, uneven{1, 2, 5, 9, 11};
  const Eigen::ArrayXi line = Eigen::ArrayXi::LinSpaced(5, 0, 4);
  const Eigen::ArrayXXi f = Eigen::ArrayXXi::NullaryExpr(5, 5, [](Index i, Index j) { return int(5 * i + j); });
  const ArrayXXd one = ArrayXXd::Ones(5, 5);
  CHECK(equals(gradient(line, 3.0), ArrayXXd::Constant(5, 1, 1. / 3)));
  CHECK(equals(gradient(line, even), {1, 1, 1, 1, 1}));
  CHECK(equals(gradient(f, 1.5), one * 5 / 1.5, one / 1.5));
  CHECK(equals(gradient(f, even, 2), 5 * one, one / 2));
  CHECK(equals(gradient<1>(f, even), one));
  // Steps of 1, 3, 4, 2 where the field takes even ones; each slope is (r/l + l/r) / (l + r).
  const ArrayXXd slope{{1, 5. / 6, 25. / 84, 5. / 12, 1. / 2}};
  CHECK(equals(gradient(f, uneven, uneven), 5 * slope.transpose().replicate(1, 5), slope.replicate(5, 1)));
}

TEST_CASE("NumPy: coordinates of the wrong number, or two-dimensional, are refused") {
  const ArrayXXd f = ArrayXXd::Random(5, 5);
  const Numbers five{1, 2, 3, 4, 5}, two{1, 2};
  CHECK_THROWS_AS((void)gradient(f, five, two), std::invalid_argument);
  CHECK_THROWS_AS((void)gradient(f, 1, two), std::invalid_argument);
  CHECK_THROWS_AS((void)gradient(f, two, two), std::invalid_argument);
  CHECK_THROWS_AS((void)gradient(f, ArrayXXd(ArrayXXd::Random(5, 2)), 1), std::invalid_argument);
}

TEST_CASE("NumPy: dates and durations, here as whole days, whose halves NumPy cuts off and these keep") {
  using Days = Eigen::Array<std::int64_t, 7, 1>;
  // 16, 11, 10, 12 August, 12 October, 12 December 1910 and 12 December 1912, counted from 10 August 1910. NumPy: -5,
  // -3, 0, 31, 61, 396, 731.
  const Days dates{{6, 1, 0, 2, 63, 124, 855}};
  CHECK(equals(gradient(dates), {-5, -3, 0.5, 31.5, 61, 396, 731}));
  // NumPy: 2, 7, 7, 25, 154, 119, -21.
  const Days durations{{-5, -3, 10, 12, 61, 321, 300}};
  CHECK(equals(gradient(durations), {2, 7.5, 7.5, 25.5, 154.5, 119.5, -21}));
}

TEST_CASE("NumPy: a missing sample, here NaN, spoils what reads it and nothing else, and stays missing") {
  ArrayXd f{{0, 1, 2, 3, 4}};
  f[2] = std::numeric_limits<double>::quiet_NaN();
  const ArrayXd g = gradient(f, second);
  CHECK((g.isNaN() == Eigen::Array<bool, 5, 1>(true, true, false, true, true)).all());
  CHECK(g[2] == 1);
  CHECK((f.isNaN() == Eigen::Array<bool, 5, 1>(false, false, true, false, false)).all());
}

TEST_CASE("NumPy: with second-order edges ten samples of a cubic give its slope to 3 %, the ends included") {
  const ArrayXd even = ArrayXd::LinSpaced(10, 0, 1);
  // np.random.seed(0); np.sort(np.random.random(10))
  const ArrayXd uneven{{0.3834415188257777, 0.4236547993389047, 0.4375872112626925, 0.5448831829968969,
                        0.5488135039273248, 0.6027633760716439, 0.6458941130666561, 0.7151893663724195,
                        0.8917730007820798, 0.9636627605010293}};
  const auto worst = [](const ArrayXd& x, const auto& spacing) {
    const ArrayXd y = 2 * x.cube() + 4 * x.square() + 2 * x, slope = 6 * x.square() + 8 * x + 2;
    return (gradient(y, spacing, second) / slope - 1).abs().maxCoeff();
  };
  CHECK(worst(even, even[1] - even[0]) < 0.03);
  CHECK(worst(even, even) < 0.03);
  CHECK(worst(uneven, uneven) < 0.03);
}

TEST_CASE("NumPy: even and uneven coordinates on either axis and both, with edges of either order") {
  const ArrayXd profile{{0, 2, 3, 4, 5, 5}};
  const ArrayXXd f = profile.transpose().replicate(6, 1) + profile.replicate(1, 6);
  const Numbers even{0, 1, 2, 3, 4, 5}, uneven{0, 0.5, 1, 3, 5, 7};
  const auto rows = [](const ArrayXd& slope) { return ArrayXXd(slope.transpose().replicate(6, 1)); };
  const ArrayXXd even1 = rows(ArrayXd{{2, 1.5, 1, 1, 0.5, 0}}), even2 = rows(ArrayXd{{2.5, 1.5, 1, 1, 0.5, -0.5}});
  const ArrayXXd uneven1 = rows(ArrayXd{{4, 3, 1.7, 0.5, 0.25, 0}});
  const ArrayXXd uneven2 = rows(ArrayXd{{5, 3, 1.7, 0.5, 0.25, -0.25}});
  for (const Edge edge : {Edge::FirstOrder, Edge::SecondOrder}) {
    const ArrayXXd& e = edge == second ? even2 : even1;
    const ArrayXXd& u = edge == second ? uneven2 : uneven1;
    CHECK(equals(gradient(f, 1.0, edge), e.transpose(), e));
    CHECK(equals(gradient(f, even, even, edge), e.transpose(), e));
    CHECK(equals(gradient<0>(f, 1.0, edge), e.transpose()));
    CHECK(equals(gradient<0>(f, even, edge), e.transpose()));
    CHECK(equals(gradient<1>(f, 1.0, edge), e));
    CHECK(equals(gradient<1>(f, even, edge), e));
    CHECK(equals(gradient(f, uneven, uneven, edge), u.transpose(), u));
    CHECK(equals(gradient<0>(f, uneven, edge), u.transpose()));
    CHECK(equals(gradient<1>(f, uneven, edge), u));
    CHECK(equals(gradient<0, 1>(f, even, uneven, edge), e.transpose(), u));
    CHECK(equals(gradient<1, 0>(f, uneven, even, edge), u, e.transpose()));
  }
}

TEST_CASE_TEMPLATE("NumPy: floating point of every size stays what it is", Real, Eigen::half, float, double) {
  const Eigen::Array<Real, 3, 1> f(Real(1), Real(2), Real(3));
  CHECK(std::is_same<typename decltype(gradient(f))::Scalar, Real>::value);
  CHECK(equals(gradient(f), {1, 1, 1}));
}

TEST_CASE("NumPy: two samples do for a first-order edge, three for a second-order one, and fewer are refused") {
  const auto samples = [](Index n) { return ArrayXd(ArrayXd::LinSpaced(n, 0, double(n - 1))); };
  CHECK(equals(gradient(samples(2)), {1, 1}));
  CHECK(equals(gradient(samples(3), second), {1, 1, 1}));
  CHECK_THROWS_AS((void)gradient(samples(0)), std::invalid_argument);
  CHECK_THROWS_AS((void)gradient(samples(0), second), std::invalid_argument);
  CHECK_THROWS_AS((void)gradient(samples(1)), std::invalid_argument);
  CHECK_THROWS_AS((void)gradient(samples(1), second), std::invalid_argument);
  CHECK_THROWS_AS((void)gradient(samples(2), second), std::invalid_argument);
}

TEST_CASE_TEMPLATE("NumPy: unsigned samples and coordinates that decrease do not wrap around", Unsigned, std::uint8_t,
                   std::uint16_t, std::uint32_t, std::uint64_t) {
  const Eigen::Array<Unsigned, 5, 1> f(Unsigned(5), Unsigned(4), Unsigned(3), Unsigned(2), Unsigned(1));
  CHECK(equals(gradient(f), {-1, -1, -1, -1, -1}));
  CHECK(equals(gradient(Eigen::Array3i(0, 2, 4), std::vector<Unsigned>{3, 2, 1}), {-2, -2, -2}));
}

TEST_CASE_TEMPLATE("NumPy: signed samples and coordinates that jump from end to end do not overflow", Signed,
                   std::int8_t, std::int16_t, std::int32_t, std::int64_t) {
  const Signed least = std::numeric_limits<Signed>::min(), greatest = std::numeric_limits<Signed>::max();
  const Eigen::Array<Signed, 2, 1> f(Signed(-1), greatest);
  const double half = (static_cast<double>(greatest / 2) + 1);  // (greatest + 1) / 2, a power of two
  CHECK(equals(gradient(f, std::vector<int>{1, 3}), {half, half}));
  const ArrayXd low{{static_cast<double>(least) / 2, 0}};
  CHECK(equals(gradient(low, std::vector<Signed>{Signed(-1), greatest}), {0.5, 0.5}));
}

// NumPy's docstring.

TEST_CASE("NumPy's docstring: 1 2 4 7 11 16, by steps and by coordinates") {
  const ArrayXd f{{1, 2, 4, 7, 11, 16}};
  CHECK(equals(gradient(f), {1, 1.5, 2.5, 3.5, 4.5, 5}));
  CHECK(equals(gradient(f, 2), {0.5, 0.75, 1.25, 1.75, 2.25, 2.5}));
  CHECK(equals(gradient(f, Numbers{0, 1, 2, 3, 4, 5}), {1, 1.5, 2.5, 3.5, 4.5, 5}));
  CHECK(equals(gradient(f, Numbers{0, 1, 1.5, 3.5, 4, 6}), {1, 3, 3.5, 6.7, 6.9, 2.5}));
}

TEST_CASE("NumPy's docstring: two rows, by steps and by a step and coordinates") {
  const ArrayXXd f{{1, 2, 6}, {3, 4, 5}};
  const ArrayXXd d0{{2, 2, -1}, {2, 2, -1}};
  CHECK(equals(gradient(f), d0, ArrayXXd{{1, 2.5, 4}, {1, 1, 1}}));
  CHECK(equals(gradient<0>(f), d0));
  CHECK(equals(gradient(f, 2.0, Numbers{1, 1.5, 3.5}), d0 / 2, ArrayXXd{{2, 2, 2}, {2, 1.7, 0.5}}));
}

TEST_CASE("NumPy's docstring: squares, with edges of first and of second order") {
  const ArrayXd f{{0, 1, 4, 9, 16}};
  CHECK(equals(gradient(f), {1, 2, 4, 6, 7}));
  CHECK(equals(gradient(f, second), {0, 2, 4, 6, 8}));
}

// Tutorials: their inputs, with what NumPy returns for them, since the outputs they print are partly wrong.

TEST_CASE("tutorial: 1 2 4 7 11 16 on coordinates that are not monotone") {
  const Eigen::ArrayXi f{{1, 2, 4, 7, 11, 16}};
  const Numbers x{2, 1, 5, 10, 11, 15};
  CHECK(equals(gradient(f, 1), {1, 1.5, 2.5, 3.5, 4.5, 5}));
  CHECK(equals(gradient(f, second), {0.5, 1.5, 2.5, 3.5, 4.5, 5.5}));
  CHECK(equals(gradient(f, 2, second), {0.25, 0.75, 1.25, 1.75, 2.25, 2.75}));
  CHECK(equals(gradient(f, x), {-1, -1.5, 49. / 90, 103. / 30, 3.45, 1.25}));
  CHECK(equals(gradient(f, x, second), {-0.5, -1.5, 49. / 90, 103. / 30, 3.45, -0.95}));
}

TEST_CASE("tutorial: two rows of tens") {
  const Eigen::ArrayXXi f{{10, 20, 30}, {40, 50, 60}};
  const ArrayXXd thirty = ArrayXXd::Constant(2, 3, 30), ten = ArrayXXd::Constant(2, 3, 10);
  CHECK(equals(gradient(f), thirty, ten));
  CHECK(equals(gradient<0>(f), thirty));
  CHECK(equals(gradient<1>(f), ten));
  CHECK(equals(gradient<1>(f, second), ten));
}

TEST_CASE("tutorial: three tenths, with a step and with coordinates that turn back") {
  const ArrayXd f{{1.2, 3.4, 5.6}};
  const Numbers x{7.8, 9.0, 0.1};
  CHECK(equals(gradient(f), {2.2, 2.2, 2.2}));
  CHECK(equals(gradient(f, 3), {2.2 / 3, 2.2 / 3, 2.2 / 3}));
  CHECK(equals(gradient(f, x), {1.8333333333333333, 2.1575708935259494, -0.24719101123595502}));
  CHECK(equals(gradient(f, x, second), {1.5090957731407166, 2.1575708935259494, -2.6519529159978594}));
}

TEST_CASE("tutorial: 1 3 5 9, and 1 2 4 7 11") {
  CHECK(equals(gradient(Eigen::ArrayXi{{1, 3, 5, 9}}), {2, 2, 3, 4}));
  CHECK(equals(gradient(Eigen::ArrayXi{{1, 3, 5, 9}}, second), {2, 2, 3, 5}));
  CHECK(equals(gradient(Eigen::ArrayXi{{1, 2, 4, 7, 11}}), {1, 1.5, 2.5, 3.5, 4}));
  CHECK(equals(gradient(Eigen::ArrayXi{{1, 2, 4, 7, 11}}, second), {0.5, 1.5, 2.5, 3.5, 4.5}));
  CHECK(equals(gradient(Eigen::ArrayXi{{1, 2, 4, 7, 11}}, 2), {0.5, 0.75, 1.25, 1.75, 2}));
}

TEST_CASE("tutorial: two rows of tenths, two apart") {
  const ArrayXXd f{{1.2, 3.4, 5.6}, {7.8, 9.0, 0.1}};
  CHECK(equals(gradient(f, 2), ArrayXXd{{3.3, 2.8, -2.75}, {3.3, 2.8, -2.75}},
               ArrayXXd{{1.1, 1.1, 1.1}, {0.6, -1.925, -4.45}}));
  CHECK(
      equals(gradient(f), ArrayXXd{{6.6, 5.6, -5.5}, {6.6, 5.6, -5.5}}, ArrayXXd{{2.2, 2.2, 2.2}, {1.2, -3.85, -8.9}}));
  CHECK(equals(gradient<1>(f, 2, second), ArrayXXd{{1.1, 1.1, 1.1}, {3.125, -1.925, -6.975}}));
}

TEST_CASE("tutorial: 1 2 4 7 11 16 in two rows") {
  const Eigen::ArrayXXi f{{1, 2, 4}, {7, 11, 16}};
  CHECK(equals(gradient(f), ArrayXXd{{6, 9, 12}, {6, 9, 12}}, ArrayXXd{{1, 1.5, 2}, {4, 4.5, 5}}));
  CHECK(equals(gradient<1>(f, second), ArrayXXd{{0.5, 1.5, 2.5}, {3.5, 4.5, 5.5}}));
}
