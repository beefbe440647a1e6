// SPDX-License-Identifier: MPL-2.0
//
// The laws of a derivative, tried on every small size, in both storage orders and several scalars.
//
// Fields are quarters and steps powers of two, so that every sum and product is exact and results are compared with ==.
// Where coordinates make weights that no precision holds, the bound is in units of the last place of the largest term.

#include <doctest/doctest.h>
#include <gridgrad/derivative.hpp>

#include <cmath>
#include <complex>
#include <limits>
#include <vector>

#include "reference.hpp"

using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::Stencil;
using reference::allEdges;
using reference::even;
using reference::Index;
using reference::needed;
using reference::openEdges;
using reference::quarters;
using reference::uneven;

namespace {

using MatrixXfRow = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using ArrayXXcdRow = Eigen::Array<std::complex<double>, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

#define FIELDS Eigen::MatrixXd, MatrixXfRow, Eigen::ArrayXXf, ArrayXXcdRow

template <class Plain>
using RealOf = typename Eigen::NumTraits<typename Plain::Scalar>::Real;

/// Coordinates are at least a quarter apart, so no weight is above 8, and no value above 8: a sum of two terms of at
/// most 8 * 16, each rounded about four times, is this close.
template <class Real>
constexpr Real tolerance = 8 * 16 * 8 * std::numeric_limits<Real>::epsilon();

template <class A, class B>
bool isClose(const A& a, const B& b) {
  using Real = typename Eigen::NumTraits<typename A::Scalar>::Real;
  return a.rows() == b.rows() && a.cols() == b.cols() &&
         (a.size() == 0 || (a - b).array().abs().maxCoeff() <= tolerance<Real>);
}

template <class A, class B>
bool isEqual(const A& a, const B& b) {
  return a.rows() == b.rows() && a.cols() == b.cols() && (a.array() == b.array()).all();
}

/// Calls visit(rows, cols) for every shape up to 9 x 9, and for some long ones: packets, their ends, and what is left.
template <class Visit>
void forEachShape(const Visit& visit) {
  for (Index rows = 1; rows <= 9; ++rows)
    for (Index cols = 1; cols <= 9; ++cols) visit(rows, cols);
  for (Index length : {15, 16, 17, 18, 19, 31, 33, 34, 35, 40}) {
    visit(length, Index(3));
    visit(Index(3), length);
  }
}

template <class Plain, class Visit>
void forEachField(const Visit& visit) {
  forEachShape([&](Index rows, Index cols) { visit(quarters<Plain>(rows, cols)); });
}

}  // namespace

TEST_CASE_TEMPLATE("with a step, every coefficient of every small field is what the definition gives", Plain, FIELDS) {
  using Real = RealOf<Plain>;
  for (Edge edge : allEdges)
    forEachField<Plain>([&](const Plain& f) {
      CAPTURE(f.rows());
      CAPTURE(f.cols());
      CAPTURE(edge);
      const Index n = std::max(f.rows(), f.cols());
      std::vector<Real> x;
      for (double position : even(n, 0.25)) x.push_back(Real(position));
      if (f.rows() >= needed(edge)) {
        const Plain g = derivative<0>(f, 0.25, edge);
        REQUIRE(isEqual(g, reference::derivative(f, 0, x, edge)));
      }
      if (f.cols() >= needed(edge)) {
        const Plain g = derivative<1>(f, 0.25, edge);
        REQUIRE(isEqual(g, reference::derivative(f, 1, x, edge)));
      }
    });
}

TEST_CASE_TEMPLATE("with coordinates, every coefficient of every small field is what the definition gives", Plain,
                   FIELDS) {
  using Real = RealOf<Plain>;
  for (Edge edge : openEdges)
    forEachField<Plain>([&](const Plain& f) {
      CAPTURE(f.rows());
      CAPTURE(f.cols());
      CAPTURE(edge);
      const auto real = [](const std::vector<double>& x) { return std::vector<Real>(x.begin(), x.end()); };
      if (f.rows() >= needed(edge)) {
        const auto x = real(uneven(f.rows()));
        const Plain g = derivative<0>(f, x, edge);
        REQUIRE(isClose(g, reference::derivative(f, 0, x, edge)));
      }
      if (f.cols() >= needed(edge)) {
        const auto x = real(uneven(f.cols()));
        const Plain g = derivative<1>(f, x, edge);
        REQUIRE(isClose(g, reference::derivative(f, 1, x, edge)));
      }
    });
}

TEST_CASE_TEMPLATE("the axis may be known while compiling or while running", Plain, FIELDS) {
  forEachField<Plain>([&](const Plain& f) {
    for (int axis = 0; axis < 2; ++axis) {
      const Index n = axis == 0 ? f.rows() : f.cols();
      if (n < 3) continue;
      CAPTURE(f.rows());
      CAPTURE(f.cols());
      CAPTURE(axis);
      const Plain byStep = axis == 0 ? Plain(derivative<0>(f, 0.5)) : Plain(derivative<1>(f, 0.5));
      REQUIRE(isEqual(Plain(derivative(f, axis, 0.5)), byStep));
      REQUIRE(isEqual(Plain(derivative(f, axis - 2, 0.5)), byStep));
      const Stencil x(uneven(n), Edge::SecondOrder);
      const Plain byStencil = axis == 0 ? Plain(derivative<-2>(f, x)) : Plain(derivative<-1>(f, x));
      REQUIRE(isClose(Plain(derivative(f, axis, x)), byStencil));
    }
  });
}

TEST_CASE("an axis known while running may be an integer of any kind, a name for one, or a constant") {
  enum Axis { Y, X };
  const Eigen::MatrixXd f = quarters<Eigen::MatrixXd>(4, 5), expected = derivative<1>(f, 0.5);
  const double places[] = {0, 0.5, 1, 1.5, 2};
  const auto agrees = [&](auto axis) {
    return isEqual(Eigen::MatrixXd(derivative(f, axis, 0.5)), expected) &&
           isClose(Eigen::MatrixXd(derivative(f, axis, places)), expected);
  };
  CHECK(agrees(short(1)));
  CHECK(agrees(-1LL));
  CHECK(agrees(std::size_t(1)));
  CHECK(agrees(X));
  CHECK(agrees(std::integral_constant<int, 1>()));
  CHECK(agrees(Eigen::fix<1>));
}

TEST_CASE_TEMPLATE("coordinates, a Spacing of them and a Stencil of them are the same", Plain, Eigen::MatrixXd,
                   MatrixXfRow, Eigen::MatrixXcd) {
  for (Edge edge : openEdges)
    for (Index n = needed(edge); n <= 40; ++n) {
      const Plain f = quarters<Plain>(n, 5);
      const auto x = uneven(n);
      const Plain expected = derivative<0>(f, x, edge);
      CAPTURE(n);
      REQUIRE(isClose(Plain(derivative<0>(f, gridgrad::Spacing(x), edge)), expected));
      REQUIRE(isClose(Plain(derivative<0>(f, Stencil(x, edge))), expected));
      REQUIRE(isEqual(Plain(derivative<0>(f, gridgrad::Spacing(0.5), edge)), Plain(derivative<0>(f, 0.5, edge))));
      REQUIRE(isEqual(Plain(derivative<0>(f, Stencil(0.5, edge))), Plain(derivative<0>(f, 0.5, edge))));
    }
}

TEST_CASE_TEMPLATE("a vector of any length, column or row, is the column of a matrix of that length", Plain,
                   Eigen::VectorXd, Eigen::RowVectorXd, Eigen::ArrayXf, Eigen::VectorXcf) {
  using Scalar = typename Plain::Scalar;
  using Real = RealOf<Plain>;
  using Column = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic>;
  for (Edge edge : allEdges)
    for (Index n = needed(edge); n <= 40; ++n) {
      CAPTURE(n);
      CAPTURE(edge);
      const Column column = quarters<Column>(n, 1);
      Plain f(n);
      for (Index i = 0; i < n; ++i) f[i] = column(i, 0);
      const auto differs = [&](const Plain& g, const Column& expected) {
        Real worst(0);
        for (Index i = 0; i < n; ++i) worst = std::max<Real>(worst, std::abs(g[i] - expected(i, 0)));
        return worst;
      };
      REQUIRE(differs(derivative<0>(f, 0.25, edge), derivative<0>(column, 0.25, edge)) == Real(0));
      REQUIRE(differs(derivative(f, -1, 0.25, edge), derivative<0>(column, 0.25, edge)) == Real(0));
      if (edge == Edge::Periodic) continue;
      const auto x = uneven(n);
      REQUIRE(differs(derivative<0>(f, x, edge), derivative<0>(column, x, edge)) <= tolerance<Real>);
      REQUIRE(differs(derivative(f, 0, x, edge), derivative<0>(column, x, edge)) <= tolerance<Real>);
    }
}

TEST_CASE_TEMPLATE("lines have their slope everywhere, at first-order edges too", Scalar, float, double,
                   std::complex<double>) {
  using Plain = Eigen::Array<Scalar, Eigen::Dynamic, Eigen::Dynamic>;
  using Real = RealOf<Plain>;
  const Scalar slope(Real(-1.75));
  for (Edge edge : openEdges)
    for (Index n = needed(edge); n <= 40; ++n) {
      CAPTURE(n);
      CAPTURE(edge);
      for (const auto& x : {even(n, 0.5), even(n, -2), uneven(n)}) {
        Plain f(n, 3), g(3, n);
        for (Index i = 0; i < n; ++i) {
          f.row(i).setConstant(Scalar(3) + slope * Scalar(Real(x[static_cast<std::size_t>(i)])));
          g.col(i) = f.row(i).transpose();
        }
        // f is exact; its values and weights are as large as 1.75 |x| and 8, and rounded.
        const Real bound = 64 * std::numeric_limits<Real>::epsilon();
        REQUIRE((derivative<0>(f, x, edge) - slope).abs().maxCoeff() <= bound);
        REQUIRE((derivative<1>(g, x, edge) - slope).abs().maxCoeff() <= bound);
        if (x == uneven(n)) continue;
        const double step = x[1] - x[0];
        REQUIRE((derivative<0>(f, step, edge) == slope).all());
        REQUIRE((derivative<1>(g, step, edge) == slope).all());
      }
    }
}

TEST_CASE_TEMPLATE("parabolas have their slope everywhere with second-order edges", Scalar, float, double,
                   std::complex<double>) {
  using Plain = Eigen::Array<Scalar, Eigen::Dynamic, Eigen::Dynamic>;
  using Real = RealOf<Plain>;
  for (Index n = 3; n <= 40; ++n) {
    CAPTURE(n);
    for (const auto& x : {even(n, 0.5), even(n, -1), uneven(n, -double(n) / 2)}) {
      Plain f(n, 3), slope(n, 3);
      for (Index i = 0; i < n; ++i) {
        const auto t = Scalar(Real(x[static_cast<std::size_t>(i)]));
        f.row(i).setConstant(Scalar(2) + Scalar(3) * t - t * t);
        slope.row(i).setConstant(Scalar(3) - Scalar(2) * t);
      }
      // Differences of f are exact, being of multiples of a sixteenth below 2^20: what is rounded is slopes and
      // weights.
      const Real bound = 32 * std::numeric_limits<Real>::epsilon() * slope.abs().maxCoeff();
      REQUIRE((derivative<0>(f, x, Edge::SecondOrder) - slope).abs().maxCoeff() <= bound);
      if (x == uneven(n, -double(n) / 2)) continue;
      REQUIRE((derivative<0>(f, x[1] - x[0], Edge::SecondOrder) == slope).all());
      REQUIRE((derivative<1>(f.transpose(), x[1] - x[0], Edge::SecondOrder) == slope.transpose()).all());
    }
  }
}

TEST_CASE_TEMPLATE("a derivative is linear", Plain, Eigen::MatrixXd, MatrixXfRow, Eigen::MatrixXcd) {
  using Scalar = typename Plain::Scalar;
  const Scalar a(2), b(-0.5f);
  forEachShape([&](Index rows, Index cols) {
    if (rows < 3 || cols < 3) return;
    const Plain u = quarters<Plain>(rows, cols, 1), v = quarters<Plain>(rows, cols, 7);
    CAPTURE(rows);
    CAPTURE(cols);
    const Plain w = a * u + b * v;
    REQUIRE(isEqual(Plain(derivative<0>(a * u + b * v, 0.5)),
                    Plain(a * derivative<0>(u, 0.5) + b * derivative<0>(v, 0.5))));
    REQUIRE(isEqual(Plain(derivative<1>(w, 0.5)), Plain(a * derivative<1>(u, 0.5) + b * derivative<1>(v, 0.5))));
    const Stencil x(uneven(cols), Edge::SecondOrder);
    REQUIRE((derivative<1>(w, x) - (a * derivative<1>(u, x) + b * derivative<1>(v, x))).array().abs().maxCoeff() <=
            4 * tolerance<RealOf<Plain>>);
  });
}

TEST_CASE_TEMPLATE("transposing the field transposes the gradient", Plain, FIELDS) {
  forEachField<Plain>([](const Plain& f) {
    CAPTURE(f.rows());
    CAPTURE(f.cols());
    if (f.rows() < 2) return;
    const Plain g = derivative<0>(f, 0.5);
    const Plain whole = f.transpose();
    REQUIRE(isEqual(Plain(derivative<1>(whole, 0.5).transpose()), g));
    REQUIRE(isEqual(Plain(derivative<1>(f.transpose(), 0.5).transpose()), g));
    const auto x = uneven(f.rows());
    REQUIRE(isClose(Plain(derivative<1>(f.transpose(), x).transpose()), Plain(derivative<0>(f, x))));
  });
}

TEST_CASE_TEMPLATE("reversing the axis negates and reverses the derivative", Plain, Eigen::MatrixXd, MatrixXfRow,
                   Eigen::ArrayXXcd) {
  forEachField<Plain>([](const Plain& f) {
    CAPTURE(f.rows());
    CAPTURE(f.cols());
    for (Edge edge : openEdges) {
      if (f.rows() < needed(edge) || f.cols() < needed(edge)) continue;
      const Plain down = f.colwise().reverse(), across = f.rowwise().reverse();
      REQUIRE(isEqual(Plain(derivative<0>(down, 0.5, edge)), Plain(-derivative<0>(f, 0.5, edge).colwise().reverse())));
      REQUIRE(isEqual(Plain(derivative<1>(f.rowwise().reverse(), 0.5, edge)),
                      Plain(-derivative<1>(f, 0.5, edge).rowwise().reverse())));
      // The reversed axis measured from its other end.
      auto x = uneven(f.cols());
      const Plain g = derivative<1>(f, x, edge);
      std::reverse(x.begin(), x.end());
      REQUIRE(isClose(Plain(derivative<1>(across, x, edge)), Plain(g.rowwise().reverse())));
    }
  });
}

TEST_CASE_TEMPLATE("a negative step negates the derivative", Plain, Eigen::MatrixXd, MatrixXfRow, Eigen::ArrayXXcd) {
  forEachField<Plain>([](const Plain& f) {
    if (f.cols() < 3) return;
    for (Edge edge : allEdges)
      REQUIRE(isClose(Plain(derivative<1>(f, -0.3, edge)), Plain(-derivative<1>(f, 0.3, edge))));
  });
}

TEST_CASE_TEMPLATE("a block of the derivative is the derivative's block", Plain, FIELDS) {
  for (Index rows : {3, 9, 17})
    for (Index cols : {4, 18}) {
      const Plain f = quarters<Plain>(rows, cols);
      const Plain whole0 = derivative<0>(f, 0.3), whole1 = derivative<1>(f, 0.3);
      const Stencil y(uneven(rows)), x(uneven(cols), Edge::SecondOrder);
      const Plain uneven0 = derivative<0>(f, y), uneven1 = derivative<1>(f, x);
      for (Index i = 0; i < rows; ++i)
        for (Index j = 0; j < cols; ++j)
          for (Index m : {Index(1), (rows - i + 1) / 2, rows - i})
            for (Index n : {Index(1), (cols - j + 1) / 2, cols - j}) {
              REQUIRE(isEqual(Plain(derivative<0>(f, 0.3).block(i, j, m, n)), whole0.block(i, j, m, n)));
              REQUIRE(isEqual(Plain(derivative<1>(f, 0.3).block(i, j, m, n)), whole1.block(i, j, m, n)));
              REQUIRE(isClose(Plain(derivative<0>(f, y).block(i, j, m, n)), uneven0.block(i, j, m, n)));
              REQUIRE(isClose(Plain(derivative<1>(f, x).block(i, j, m, n)), uneven1.block(i, j, m, n)));
            }
    }
}

TEST_CASE_TEMPLATE("a constant has the derivative zero on every grid", Scalar, float, double, long double, Eigen::half,
                   Eigen::bfloat16, std::complex<float>) {
  using Plain = Eigen::Array<Scalar, Eigen::Dynamic, 1>;
  // numpy.gradient gives up to 64 here in float32, since its three weights do not sum to zero when rounded.
  const Index n = 1001;
  const auto constant = static_cast<Scalar>(std::is_same<Scalar, Eigen::half>::value ? 1e4f : 1e6f);
  const Plain f = Plain::Constant(n, constant);
  const Plain zero = Plain::Constant(n, Scalar(0));
  const Eigen::ArrayXd even = Eigen::ArrayXd::LinSpaced(n, 0, 1);
  const Eigen::ArrayXd stretched = even.cube() + 1e-3 * even;
  const Eigen::ArrayXd descending = -stretched;
  const Eigen::ArrayXd unordered =
      Eigen::ArrayXd::NullaryExpr(n, [](Index i) { return static_cast<double>(i * 389 % 1009) / 1009; });
  for (const auto& x : {even, stretched, descending, unordered})
    for (Edge edge : openEdges) {
      CHECK((Plain(derivative<0>(f, x, edge)) == zero).all());
      CHECK((Plain(derivative<0>(f, Stencil(x, edge))) == zero).all());
    }
  for (double h : {1., 0.001, -0.3})
    for (Edge edge : allEdges) CHECK((Plain(derivative<0>(f, h, edge)) == zero).all());
}

TEST_CASE("on a periodic axis with a step, shifting the field shifts the derivative") {
  for (Index n = 1; n <= 40; ++n) {
    CAPTURE(n);
    const Eigen::MatrixXd f = quarters<Eigen::MatrixXd>(n, 3);
    const Eigen::MatrixXd g = derivative<0>(f, 0.25, Edge::Periodic);
    for (Index shift = 1; shift < n; ++shift) {
      Eigen::MatrixXd moved(n, 3), expected(n, 3);
      for (Index i = 0; i < n; ++i) {
        moved.row((i + shift) % n) = f.row(i);
        expected.row((i + shift) % n) = g.row(i);
      }
      REQUIRE(isEqual(Eigen::MatrixXd(derivative<0>(moved, 0.25, Edge::Periodic)), expected));
      REQUIRE(isEqual(Eigen::MatrixXd(derivative<1>(moved.transpose(), 0.25, Edge::Periodic)), expected.transpose()));
    }
    // What goes round comes back: the differences of a whole turn cancel, and exactly so for quarters.
    CHECK(g.colwise().sum().cwiseAbs().maxCoeff() == 0);
  }
}

TEST_CASE("halving the step of a smooth field quarters the error inside, and at second-order edges") {
  // Theory: error = h^2/6 f''' between the ends, h^2/3 f''' at second-order ends, h/2 f'' at first-order ones.
  const auto worst = [](Index n, Edge edge) {
    const Eigen::ArrayXd x = Eigen::ArrayXd::LinSpaced(n, 0, 1);
    return (derivative<0>(x.sin(), x, edge) - x.cos()).abs().maxCoeff();
  };
  const double second = worst(101, Edge::SecondOrder) / worst(201, Edge::SecondOrder);
  CHECK(second == doctest::Approx(4).epsilon(0.02));
  const double first = worst(101, Edge::FirstOrder) / worst(201, Edge::FirstOrder);
  CHECK(first == doctest::Approx(2).epsilon(0.02));
}
