// SPDX-License-Identifier: MPL-2.0
//
// The loops of the assignment: what they compute does not depend on how long their lines are, where these begin in
// memory, how large the result is, or who shares the work.

#include "paths.hpp"

#include <gridgrad.hpp>

#include <Eigen/Dense>
#if EIGEN_VERSION_AT_LEAST(5, 0, 0)
#include <Eigen/ThreadPool>
#endif
#include <doctest/doctest.h>

#include <cfenv>
#include <limits>
#include <vector>

#include "reference.hpp"

using namespace gridgrad;
using reference::hasPackets;

namespace {

// Steps of a power of two: every result is exact, however it is computed.
template <class Field>
typename Field::PlainObject byHand(const Field& f, int axis, typename Field::Scalar h) {
  typename Field::PlainObject out(f.rows(), f.cols());
  for (Index i = 0; i < f.rows(); ++i)
    for (Index j = 0; j < f.cols(); ++j) {
      const Index n = axis == 0 ? f.rows() : f.cols(), k = axis == 0 ? i : j;
      const Index before = std::max<Index>(k - 1, 0), after = std::min(k + 1, n - 1);
      const auto difference = axis == 0 ? f(after, j) - f(before, j) : f(i, after) - f(i, before);
      out(i, j) = difference / (h * static_cast<typename Field::Scalar>(after - before));
    }
  return out;
}

template <class T, int order>
using Field = Eigen::Array<T, Eigen::Dynamic, Eigen::Dynamic, order>;

template <class T, int order>
Field<T, order> wholeNumbers(Index rows, Index cols) {
  Field<T, order> f(rows, cols);
  for (Index i = 0; i < f.size(); ++i) f.data()[i] = static_cast<T>((i * 7919) % 1009);
  return f;
}

}  // namespace

TEST_CASE_TEMPLATE("a result too large for the caches is the same to the last bit", T, float, double) {
  // 50 MB or more, which is where packets of 32 bytes and more are stored past the caches; lines of an odd length, so
  // that they begin at every place within a packet.
  const Index rows = 3601, cols = 3601;
  const auto f = wholeNumbers<T, Eigen::ColMajor>(rows, cols);
  Field<T, Eigen::ColMajor> out;
  for (int axis = 0; axis < 2; ++axis) {
    const paths::Since start;
    out = derivative(f, axis, T(2));
    CHECK(start.way() == "InPlace Loops");
    CHECK(start.count(paths::PastTheCaches) == gridgrad::detail::canStream);
    CHECK(start.count(paths::InPackets) == hasPackets);
    CHECK((out == byHand(f, axis, T(2))).all());
  }
}

TEST_CASE("lines may begin anywhere in memory") {
  for (Index offset = 0; offset < 17; ++offset)
    for (Index length : {2, 3, 7, 8, 15, 16, 17, 31, 33, 64, 65, 100}) {
      std::vector<float> from(static_cast<std::size_t>(length + 17)), to(static_cast<std::size_t>(length + 36), -1.f);
      for (std::size_t i = 0; i < from.size(); ++i) from[i] = static_cast<float>((i * i) % 101);
      const Eigen::Map<const Eigen::ArrayXf> f(from.data() + offset, length);
      Eigen::Map<Eigen::ArrayXf> out(to.data() + 17 - offset, length);
      const paths::Since start;
      out = gradient(f, 2.f);
      CHECK(start.way() == "InPlace Loops");
      if (length >= 100) CHECK(start.count(paths::InPackets) == hasPackets);
      CHECK(start.count(paths::PastTheCaches) == 0);
      const Eigen::ArrayXf expected = byHand(f, 0, 2.f);
      CHECK((out == expected).all());
      out += gradient(f, 2.f);
      CHECK((out == 2 * expected).all());
      // Nothing beside the line was written.
      CHECK(to[static_cast<std::size_t>(16 - offset)] == -1.f);
      CHECK(to[static_cast<std::size_t>(17 - offset + length)] == -1.f);
    }
}

#if defined(__has_feature)
#if __has_feature(undefined_behavior_sanitizer)
#define CHECKS_ALIGNMENT  // and complains of Eigen's own accesses to such memory
#endif
#endif
#ifndef CHECKS_ALIGNMENT
// As in records that are packed: Eigen's own assignments take it.
TEST_CASE("memory need not be aligned to its own scalar, in a field or in a destination") {
  const auto check = [](auto scalar, Index rows, Index cols, std::size_t offset) {
    using T = decltype(scalar);
    using Plain = Field<T, Eigen::ColMajor>;
    const auto size = static_cast<std::size_t>(rows * cols) * sizeof(T);
    std::vector<char> from(size + 64), to(size + 64, char(77));
    Eigen::Map<Plain> f(reinterpret_cast<T*>(from.data() + offset), rows, cols);
    Eigen::Map<Plain> out(reinterpret_cast<T*>(to.data() + offset + 1), rows, cols);
    f = wholeNumbers<T, Eigen::ColMajor>(rows, cols);
    bool good = true;
    for (int axis = 0; axis < 2; ++axis) {
      const Plain expected = derivative(wholeNumbers<T, Eigen::ColMajor>(rows, cols), axis, T(2));
      out = derivative(f, axis, T(2));
      good = good && (out == expected).all();
      out += derivative(f, axis, T(2));
      good = good && (out == T(2) * expected).all();
    }
    return good && to[offset] == 77 && to[offset + 1 + size] == 77;
  };
  for (std::size_t offset : {0u, 1u, 3u, 4u, 12u})
    for (Index rows : {2, 19, 300}) {
      CHECK(check(float(), rows, 5, offset));
      CHECK(check(double(), rows, 5, offset));
    }
  // Larger than the caches: stores past these have to be aligned.
  CHECK(check(double(), 2601, 2600, 3));
  CHECK(check(float(), 3700, 3500, 3));
}
#endif

TEST_CASE("a destination of the other storage order, or of another scalar type, takes the same values") {
  const auto f = wholeNumbers<float, Eigen::ColMajor>(37, 21);
  for (int axis = 0; axis < 2; ++axis) {
    const Field<float, Eigen::ColMajor> expected = byHand(f, axis, 2.f);
    const paths::Since start;
    Field<float, Eigen::RowMajor> other = derivative(f, axis, 2.f);
    CHECK((other == expected).all());
    Field<double, Eigen::RowMajor> wide = derivative(f, axis, 2.f).cast<double>();
    CHECK((wide == expected.cast<double>()).all());
    Eigen::ArrayXXcf complex = derivative(f, axis, 2.f);
    CHECK(start.way() == "3 InPlace 3 Loops");
    CHECK(start.count(paths::InPackets) == 0);
    CHECK((complex.real() == expected).all());
    CHECK((complex.imag() == 0).all());
  }
}

TEST_CASE("a block of an expression of derivatives is that of the whole, and nothing beside it is computed") {
  const Index rows = 37, cols = 41;
  const auto f = wholeNumbers<double, Eigen::ColMajor>(rows, cols);
  std::vector<double> coordinates(static_cast<std::size_t>(cols));
  for (std::size_t i = 0; i < coordinates.size(); ++i) coordinates[i] = static_cast<double>(i * i);
  const Stencil x(coordinates, Edge::SecondOrder);
  const auto d = derivative<0>(f, 2.0) - 0.5 * derivative<1>(f, x);
  const auto curvature = secondDerivative<0>(f, 2.0, Edge::Periodic) + secondDerivative<1>(f, 2.0);
  const Eigen::ArrayXXd whole = d, curved = curvature;
  for (Index i : {0, 1, 5})
    for (Index j : {0, 1, 7})
      for (Index n : {1, 2, 20, 32})
        for (Index m : {1, 3, 34}) {
          Eigen::ArrayXXd out = Eigen::ArrayXXd::Constant(rows, cols, -1), expected = out;
          out.block(i, j, n, m) = d.block(i, j, n, m);
          expected.block(i, j, n, m) = whole.block(i, j, n, m);
          REQUIRE((out == expected).all());
          out.block(i, j, n, m) += 0.5 * curvature.block(i, j, n, m);
          expected.block(i, j, n, m) += 0.5 * curved.block(i, j, n, m);
          REQUIRE((out == expected).all());
        }
  Field<double, Eigen::RowMajor> turned = d.topRows(9);
  CHECK((turned == whole.topRows(9)).all());
  const Eigen::ArrayXd column = d.col(3).segment(2, 30);
  CHECK((column == whole.col(3).segment(2, 30)).all());
  const Eigen::ArrayXd segment = (2 * derivative<0>(f.col(3), 2.0)).segment(2, 30).matrix().head(20).array();
  CHECK((segment == 2 * derivative<0>(f, 2.0).col(3).segment(2, 20).eval()).all());

  // A field that is infinite wherever the block does not read raises no floating-point exception.
  const double inf = std::numeric_limits<double>::infinity();
  Eigen::ArrayXXd g = Eigen::ArrayXXd::Constant(rows, cols, inf), out(rows - 20, cols - 20);
  g.block(9, 9, rows - 18, cols - 18).setRandom();
  std::feclearexcept(FE_ALL_EXCEPT);
  out = laplacian(g, 0.5).block(10, 10, rows - 20, cols - 20);
  CHECK(std::fetestexcept(FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW) == 0);
  CHECK(out.allFinite());
}

TEST_CASE("a matrix of one column gives its derivative to a vector, and takes it from one") {
  const Eigen::MatrixXd f = wholeNumbers<double, Eigen::ColMajor>(19, 1).matrix();
  Eigen::VectorXd v = derivative<0>(f, 2.0);
  CHECK((v.array() == byHand(f.array(), 0, 2.0)).all());
  // Across the one column, which is its own neighbour.
  v = derivative<1>(f, 2.0, Edge::Periodic);
  CHECK((v.array() == 0).all());
  const Eigen::VectorXd u = f;
  Eigen::MatrixXd m = derivative<0>(u, 2.0);
  CHECK((m.array() == byHand(f.array(), 0, 2.0)).all());
}

#if EIGEN_VERSION_AT_LEAST(5, 0, 0)
TEST_CASE("threads share the work and give the same") {
  Eigen::ThreadPool pool(3);
  Eigen::CoreThreadPoolDevice device(pool);
  const auto f = wholeNumbers<double, Eigen::ColMajor>(301, 407);
  for (int axis = 0; axis < 2; ++axis) {
    const Eigen::ArrayXXd expected = byHand(f, axis, 2.0);
    Eigen::ArrayXXd out(f.rows(), f.cols());
    const paths::Since start;
    out.device(device) = derivative(f, axis, 2.0);
    CHECK((out == expected).all());
    CHECK(start.way() == "InPlace");

    Eigen::ArrayXXd u = f;
    u.device(device) += 0.5 * derivative(u, axis, 2.0);
    CHECK((u == f + 0.5 * expected).all());
    u = f;
    const paths::Since again;
    u.device(device) = derivative(u, axis, 2.0);
    CHECK(again.count(paths::Temporary) == 1);
    CHECK((u == expected).all());
  }
  Eigen::MatrixXd product(301, 301);
  product.device(device) = derivative<0>(f.matrix(), 2.0) * f.matrix().transpose();
  CHECK(product.isApprox(byHand(f, 0, 2.0).matrix() * f.matrix().transpose()));
}
#endif
