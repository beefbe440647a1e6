// SPDX-License-Identifier: MPL-2.0
//
// Every way to spell a gradient of a tensor, every kind of tensor, and every argument that is refused.
//
// The words, their checks and their sentences are those of arrays, which check.cpp and gradient.cpp try one by one;
// here it is seen that they hold for three axes as for two.

#include <unsupported/Eigen/CXX11/Tensor>

#include <array>
#include <limits>
#include <stdexcept>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <gridgrad/tensor.hpp>

#include "tensors.hpp"

using Eigen::Tensor;
using Eigen::TensorFixedSize;
using Eigen::TensorMap;
using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::gradient;
using gridgrad::Spacing;
using gridgrad::Stencil;
using reference::Index;
using reference::uneven;
using tensors::coefficients;
using tensors::equal;
using tensors::isClose;
using tensors::quarters;

namespace {

using Tensor3 = Tensor<double, 3>;
using Tensor3R = Tensor<double, 3, Eigen::RowMajor>;
using Numbers = std::vector<double>;

constexpr Edge first = Edge::FirstOrder, second = Edge::SecondOrder, periodic = Edge::Periodic;
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

const Tensor3 f = quarters<Tensor3>({4, 5, 6});

/// The derivative by the definition, on an even grid and on an uneven one.
Tensor3 even(int axis, double h, Edge edge = first) {
  return tensors::derivative(f, axis, reference::even(6, h), edge);
}
Tensor3 onUneven(int axis, Edge edge = first) {
  return tensors::derivative(f, axis, uneven(f.dimension(std::size_t(axis))), edge);
}

template <class G>
bool is(const G& g, const Tensor3& expected) {
  return isClose(coefficients(g), expected);
}

/// Whether T is an expression of ours, of a scalar, a rank and a layout.
template <class Scalar, int rank, int layout, class T>
constexpr bool isExpression(const T&) {
  using Traits = Eigen::internal::traits<T>;
  return gridgrad::detail::isExpression<T> && std::is_same<typename T::Scalar, Scalar>::value &&
         int(T::NumDimensions) == rank && int(Traits::Layout) == layout;
}

}  // namespace

TEST_CASE("a spacing for each axis, steps and coordinates as you like, and then the edge") {
  const Numbers x = uneven(4);
  const Eigen::ArrayXd y = Eigen::ArrayXd::Map(uneven(5).data(), 5);
  {
    auto [gx, gy, gz] = gradient(f, x, 0.5, uneven(6), Edge::SecondOrder);
    CHECK(is(gx, onUneven(0, second)));
    CHECK(is(gy, even(1, 0.5, second)));
    CHECK(is(gz, onUneven(2, second)));
  }
  {
    auto [gx, gy, gz] = gradient(f, 0.5, y, 0.25f);
    CHECK(is(gx, even(0, 0.5)));
    CHECK(is(gy, onUneven(1)));
    CHECK(is(gz, even(2, 0.25)));
  }
  {
    const Stencil stencil(y, second);
    auto [gx, gy, gz] = gradient(f, 2, stencil, -1, periodic);
    CHECK(is(gx, even(0, 2, periodic)));
    CHECK(is(gy, onUneven(1, second)));
    CHECK(is(gz, even(2, -1, periodic)));
  }
}

TEST_CASE("one step for all axes, or none") {
  auto [gx, gy, gz] = gradient(f, 0.5);
  CHECK(is(gx, even(0, 0.5)));
  CHECK(is(gy, even(1, 0.5)));
  CHECK(is(gz, even(2, 0.5)));
  auto [ux, uy, uz] = gradient(f);
  CHECK(is(ux, even(0, 1)));
  CHECK(is(uz, even(2, 1)));
  auto [sx, sy, sz] = gradient(f, second);
  CHECK(is(sy, even(1, 1, second)));
  (void)uy, (void)sx, (void)sz;
}

TEST_CASE("chosen axes, in the order they are asked for, also from the end") {
  auto [gx, gz] = gradient<0, 2>(f, uneven(4), 0.5, second);
  CHECK(is(gx, onUneven(0, second)));
  CHECK(is(gz, even(2, 0.5, second)));
  auto [hz, hx] = gradient<-1, -3>(f, 0.5, uneven(4));
  CHECK(is(hz, even(2, 0.5)));
  CHECK(is(hx, onUneven(0)));
  auto [a, b, c] = gradient<2, 0, 1>(f, 0.5);
  CHECK(is(a, even(2, 0.5)));
  CHECK(is(b, even(0, 0.5)));
  CHECK(is(c, even(1, 0.5)));
  CHECK(is(gradient<1>(f, 0.5), even(1, 0.5)));
  CHECK(is(gradient<-2>(f), even(1, 1)));
}

TEST_CASE("one axis, known while compiling or while running") {
  CHECK(is(derivative<0>(f, 0.5), even(0, 0.5)));
  CHECK(is(derivative<-1>(f, 0.5), even(2, 0.5)));
  CHECK(is(derivative<1>(f), even(1, 1)));
  CHECK(is(derivative<2>(f, periodic), even(2, 1, periodic)));
  for (int axis = 0; axis < 3; ++axis) {
    CHECK(is(derivative(f, axis, 0.5), even(axis, 0.5)));
    CHECK(is(derivative(f, axis - 3, 0.5, second), even(axis, 0.5, second)));
    CHECK(is(derivative(f, axis, second), even(axis, 1, second)));
    CHECK(is(derivative(f, axis, uneven(f.dimension(std::size_t(axis)))), onUneven(axis)));
  }
}

TEST_CASE("coordinates may be an Eigen vector or expression, a rank-1 tensor, a std::vector or a std::array") {
  const Tensor3 expected = onUneven(1, second);
  const Numbers x = uneven(5);
  const auto map = Eigen::VectorXd::Map(x.data(), 5);
  const TensorMap<const Tensor<double, 1>> tensorMap(x.data(), 5);
  const Tensor<double, 1> tensor = tensorMap;
  Tensor<double, 1, Eigen::RowMajor, int> other(5);
  for (int i = 0; i < 5; ++i) other(i) = x[std::size_t(i)];
  TensorFixedSize<float, Eigen::Sizes<5>> fixed;
  fixed = tensor.cast<float>();
  const auto check = [&](const auto& coordinates) { return is(derivative<1>(f, coordinates, second), expected); };
  CHECK(check(x));
  CHECK(check(std::array<double, 5>{x[0], x[1], x[2], x[3], x[4]}));
  CHECK(check(Eigen::VectorXd(map)));
  CHECK(check(map.transpose()));
  CHECK(check(2 * map.array() / 2));
  CHECK(check(tensor));
  CHECK(check(tensorMap));
  CHECK(check(other));
  CHECK(check(fixed));
  CHECK(check(tensor + tensor.constant(3)));
  CHECK(check(Spacing(tensor)));
  CHECK(is(derivative<1>(f, Stencil(tensor, second)), expected));
  CHECK(is(derivative<1>(f, Stencil(tensor * 2.0, second)) * 2, expected));
  // And a field of rank 1 may have the coordinates of another.
  const Tensor<double, 1> squares = tensor.square();
  CHECK(coefficients(gradient(squares, tensor, second))[3] == doctest::Approx(2 * x[3]));
}

TEST_CASE("a tensor of rank 1 gives one expression, of rank 2 a pair, and so on") {
  const Tensor<float, 1> line(5);
  const Tensor<int, 2, Eigen::RowMajor> table(3, 4);
  static_assert(std::tuple_size<decltype(gradient(table))>::value == 2);
  static_assert(std::tuple_size<decltype(gradient(f))>::value == 3);
  static_assert(std::tuple_size<decltype(gradient(Tensor<double, 6>(2, 2, 2, 2, 2, 2)))>::value == 6);
  CHECK(isExpression<float, 1, Eigen::ColMajor>(gradient(line)));
  CHECK(isExpression<double, 2, Eigen::RowMajor>(std::get<0>(gradient(table))));
  CHECK(isExpression<double, 3, Eigen::ColMajor>(derivative(f, 2, 0.5)));
  static_assert(std::is_same<decltype(derivative<0>(Tensor<float, 2, Eigen::RowMajor, int>(2, 2)))::Index, int>::value);
}

TEST_CASE("every kind of tensor may be the field, constant or not, row-major too") {
  const Tensor3 expected = even(1, 0.5), coordinates = onUneven(1);
  const auto check = [&](const auto& field) {
    return is(derivative<1>(field, 0.5), expected) && is(derivative(field, 1, uneven(5)), coordinates);
  };
  Tensor3 t = f;
  TensorFixedSize<double, Eigen::Sizes<4, 5, 6>> fixed;
  fixed = f;
  const TensorMap<Tensor3> map(t.data(), 4, 5, 6);
  const TensorMap<const Tensor3> constant(t.data(), 4, 5, 6);
  CHECK(check(f));
  CHECK(check(t));
  CHECK(check(map));
  CHECK(check(constant));
  CHECK(check(fixed));
  CHECK(check(f * f.constant(2) - f));
  CHECK(check(f.reshape(Eigen::array<Index, 2>{20, 6}).reshape(Eigen::array<Index, 3>{4, 5, 6})));
  CHECK(check(f.shuffle(Eigen::array<int, 3>{2, 1, 0}).shuffle(Eigen::array<int, 3>{2, 1, 0})));
  CHECK(is(derivative<1>(t, 0.5), expected));  // not constant, named
  CHECK(is(derivative<1>(Tensor3(t), 0.5), expected));

  Tensor3R rows(4, 5, 6);
  for (Index i = 0; i < 4; ++i)
    for (Index j = 0; j < 5; ++j)
      for (Index k = 0; k < 6; ++k) rows(i, j, k) = f(i, j, k);
  const Tensor3R g = coefficients(derivative<1>(rows, 0.5)), gx = coefficients(derivative<0>(rows, uneven(4)));
  const Tensor3 x = onUneven(0);
  for (Index i = 0; i < 4; ++i)
    for (Index j = 0; j < 5; ++j)
      for (Index k = 0; k < 6; ++k) {
        CHECK(g(i, j, k) == expected(i, j, k));
        CHECK(gx(i, j, k) == doctest::Approx(x(i, j, k)));
      }
}

#define CHECK_REFUSED(call, sentence) CHECK_THROWS_WITH_AS((void)(call), "gridgrad: " sentence, std::invalid_argument)
#define CHECK_NO_AXIS(call, sentence) CHECK_THROWS_WITH_AS((void)(call), "gridgrad: " sentence, std::out_of_range)

TEST_CASE("a step that is zero, NaN or infinite is refused") {
  CHECK_REFUSED(derivative<0>(f, 0.0), "axis 0 has a step of 0, but a step must be finite and not zero");
  CHECK_REFUSED(gradient(f, 1, 2, notANumber), "axis 2 has a step of nan, but a step must be finite and not zero");
  CHECK_REFUSED(gradient(f, -0.0), "axis 0 has a step of -0, but a step must be finite and not zero");
  CHECK_REFUSED(derivative(f, -1, 0), "axis 2 has a step of 0, but a step must be finite and not zero");
  CHECK_REFUSED(derivative(f, 1, std::numeric_limits<double>::infinity()),
                "axis 1 has a step of inf, but a step must be finite and not zero");
}

TEST_CASE("coordinates that repeat, are not finite, or are too many or too few are refused, tensors too") {
  Tensor<double, 1> x(4);
  x.setValues({0, 1, 1, 2});
  CHECK_REFUSED(derivative<0>(f, x),
                "axis 0 has the same coordinate 1 at samples 1 and 2, but neighbours must differ: coordinates are "
                "places, not distances");
  x.setValues({0, 1, 0, 2});
  CHECK_REFUSED(derivative<0>(f, x),
                "axis 0 has the same coordinate 0 at samples 0 and 2, but the two neighbours of a sample must differ: "
                "coordinates are places, not distances");
  x.setValues({0, 1, notANumber, 2});
  CHECK_REFUSED(derivative<0>(f, x), "axis 0 has coordinate nan at sample 2, but coordinates must be finite");
  CHECK_REFUSED(
      gradient(f, 1, x, 1),
      "axis 1 has 5 samples, but 4 coordinates were given: coordinates are places, one for each sample, not distances");
  CHECK_REFUSED(derivative<2>(f, Stencil(uneven(4))), "axis 2 has 6 samples, but its stencil was made for 4");
  CHECK_REFUSED(gradient(f, uneven(4), uneven(5), Numbers{1}),
                "axis 2 has 6 samples, but 1 coordinate was given: a step is given as a number, not as an array");
  CHECK_REFUSED(gradient(f, Spacing(uneven(4))),
                "coordinates were given for 3 axes at once, but coordinates belong to one axis: give one spacing per "
                "axis");
  CHECK_REFUSED(derivative<0>(f, uneven(4), periodic),
                "axis 0 is periodic and has coordinates, but these do not give the distance from the last sample to "
                "the first: a periodic edge needs a step, or periodic(x, period)");
}

TEST_CASE("an axis too short for its edge is refused, and only the axes asked for are looked at") {
  const Tensor3 thin(5, 2, 1);
  CHECK_REFUSED(gradient(thin), "axis 2 has 1 sample, but a first-order edge needs at least 2");
  CHECK_REFUSED(derivative(thin, 1, 0.5, second), "axis 1 has 2 samples, but a second-order edge needs at least 3");
  CHECK_REFUSED(gradient(Tensor3(0, 4, 4)), "axis 0 has 0 samples, but a first-order edge needs at least 2");
  CHECK_REFUSED(derivative(Tensor3(4, 0, 4), 1, periodic),
                "axis 1 has 0 samples, but a periodic edge needs at least 1");
  CHECK_NOTHROW((void)gradient<0, 1>(thin));
  CHECK_NOTHROW((void)derivative<2>(thin, periodic));
  const Tensor3 empty = derivative<0>(Tensor3(4, 0, 3), 0.5);
  CHECK(empty.dimension(0) == 4);
  CHECK(empty.dimension(1) == 0);
  CHECK(empty.dimension(2) == 3);
}

TEST_CASE("a run-time axis that does not exist is refused, before the spacing is looked at") {
  CHECK_NO_AXIS(derivative(f, 3, notANumber),
                "axis 3 was asked for, but the field has 3 axes: 0 to 2, or -3 to -1 from the end");
  CHECK_NO_AXIS(derivative(f, -4, 1),
                "axis -4 was asked for, but the field has 3 axes: 0 to 2, or -3 to -1 from the end");
  CHECK_NO_AXIS(derivative(Tensor<double, 1>(4), 1, second),
                "axis 1 was asked for, but the field has 1 axis: 0 to 0, or -1 to -1 from the end");
}

TEST_CASE("a weight that the field's precision cannot hold is refused") {
  const Tensor<float, 1> single(3);
  CHECK_REFUSED(derivative<0>(single, 1e-39),
                "axis 0 has distances at sample 0 too small or too large for weights in the field's precision, but "
                "weights must neither overflow nor vanish");
}

TEST_CASE("nothing is written, and a destination keeps its size, when the call refuses") {
  const Tensor3 before = quarters<Tensor3>({2, 3, 4});
  Tensor3 g = before;
  CHECK_THROWS_AS(g = derivative<0>(f, 0.0), std::invalid_argument);
  CHECK_THROWS_AS(g = derivative(f, 3, 1.0), std::out_of_range);
  CHECK_THROWS_AS(g = derivative(g, 1, notANumber), std::invalid_argument);
  CHECK(equal(g, before));
}
