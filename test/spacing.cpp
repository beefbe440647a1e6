// SPDX-License-Identifier: MPL-2.0
//
// What a Spacing promises: whatever a step or the coordinates are written as, the same numbers are read out of them.

#include <Eigen/Core>

#include <array>
#include <cstdint>
#include <chrono>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <valarray>
#include <vector>

#include <doctest/doctest.h>

#include <gridgrad/derivative.hpp>
#include <gridgrad/spacing.hpp>

using Eigen::Array;
using Eigen::ArrayXd;
using Eigen::Dynamic;
using Eigen::Index;
using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::Spacing;

namespace {

/// 1, 2, 4, 8: small whole numbers, so that every type holds them and every expression of them exactly.
constexpr int samples = 4;
ArrayXd powersOfTwo() { return ArrayXd{{1, 2, 4, 8}}; }

template <class Coordinates>
bool readsPowersOfTwo(const Coordinates& x) {
  const Spacing spacing(x);
  const auto expected = powersOfTwo();
  if (spacing.isStep() || spacing.coordinates().size() != samples) return false;
  for (Index i = 0; i < samples; ++i)
    if (spacing.coordinates()[i] != expected[i]) return false;
  return true;
}

template <class T>
std::vector<T> vectorOf() {
  return {T(1), T(2), T(4), T(8)};
}

}  // namespace

TEST_CASE("a step of any arithmetic type is the same step") {
  CHECK(Spacing(2).step() == 2);
  CHECK(Spacing(2u).step() == 2);
  CHECK(Spacing(2.0f).step() == 2);
  CHECK(Spacing(2.0L).step() == 2);
  CHECK(Spacing(static_cast<signed char>(2)).step() == 2);
  CHECK(Spacing(static_cast<unsigned short>(2)).step() == 2);
  CHECK(Spacing(Eigen::half(2.0f)).step() == 2);
  CHECK(Spacing(Eigen::bfloat16(2.0f)).step() == 2);
  CHECK(Spacing(true).step() == 1);
  CHECK(Spacing(-2).step() == -2);
  CHECK(Spacing(2).isStep());
}

TEST_CASE("a float step is the float's value, not the decimal it was written as") {
  // The float nearest to 0.1 is 13421773 / 2^27.
  CHECK(Spacing(0.1f).step() == 13421773.0 / 134217728.0);
  CHECK(Spacing(0.1f).step() != 0.1);
}

TEST_CASE("distances are computed in double, and in long double where double cannot tell samples apart") {
  CHECK(std::is_same<decltype(Spacing(1)), Spacing<double>>::value);
  CHECK(std::is_same<decltype(Spacing(1.0f)), Spacing<double>>::value);
  CHECK(std::is_same<decltype(Spacing(Eigen::half(1.0f))), Spacing<double>>::value);
  CHECK(std::is_same<decltype(Spacing(1.0L)), Spacing<long double>>::value);
  CHECK(std::is_same<decltype(Spacing(std::int64_t(1))), Spacing<long double>>::value);
  CHECK(std::is_same<decltype(Spacing(vectorOf<float>())), Spacing<double>>::value);
  CHECK(std::is_same<decltype(Spacing(vectorOf<std::uint64_t>())), Spacing<long double>>::value);
}

TEST_CASE("coordinates of every type are read as the numbers they are") {
  CHECK(readsPowersOfTwo(vectorOf<double>()));
  CHECK(readsPowersOfTwo(vectorOf<float>()));
  CHECK(readsPowersOfTwo(vectorOf<long double>()));
  CHECK(readsPowersOfTwo(vectorOf<int>()));
  CHECK(readsPowersOfTwo(vectorOf<unsigned char>()));
  CHECK(readsPowersOfTwo(vectorOf<std::int64_t>()));
  CHECK(readsPowersOfTwo(vectorOf<std::uint64_t>()));
  CHECK(readsPowersOfTwo(vectorOf<Eigen::half>()));
  CHECK(readsPowersOfTwo(vectorOf<Eigen::bfloat16>()));
  CHECK(readsPowersOfTwo(std::array<float, samples>{1, 2, 4, 8}));
  const int array[samples] = {1, 2, 4, 8};
  CHECK(readsPowersOfTwo(array));
}

TEST_CASE("coordinates are read from every 1-D expression, however it lies in memory") {
  const ArrayXd x = powersOfTwo();
  CHECK(readsPowersOfTwo(x));
  CHECK(readsPowersOfTwo(Eigen::VectorXd(x)));
  CHECK(readsPowersOfTwo(Eigen::RowVectorXd(x.matrix().transpose())));
  CHECK(readsPowersOfTwo(Eigen::Vector4f(1, 2, 4, 8)));
  CHECK(readsPowersOfTwo(x.sqrt().square().round()));
  CHECK(readsPowersOfTwo(ArrayXd(x.reverse()).reverse()));
  CHECK(readsPowersOfTwo(x.matrix().transpose()));

  Eigen::Array<double, Dynamic, Dynamic> table = Eigen::ArrayXXd::Constant(6, 7, -1);
  table.col(2).segment(1, samples) = x;
  table.row(5).segment(3, samples) = x.transpose();
  CHECK(readsPowersOfTwo(table.col(2).segment(1, samples)));
  CHECK(readsPowersOfTwo(table.row(5).segment(3, samples)));
  CHECK(readsPowersOfTwo(table.block(1, 2, samples, 1)));

  const double strided[] = {1, -1, -1, 2, -1, -1, 4, -1, -1, 8};
  CHECK(readsPowersOfTwo(Eigen::Map<const ArrayXd, 0, Eigen::InnerStride<3>>(strided, samples)));
  const Eigen::Ref<const ArrayXd, 0, Eigen::InnerStride<>> ref = table.row(5).segment(3, samples).transpose();
  CHECK(readsPowersOfTwo(ref));
}

TEST_CASE(
    "what becomes a number when it is computed with is that number: an enumeration, a constant, a unit that converts") {
  enum Level { ground = 1, first, second = 4, roof = 8 };
  struct Metres {
    double value;
    operator double() const { return value; }
  };
  CHECK(readsPowersOfTwo(std::array<Level, 4>{ground, first, second, roof}));
  CHECK(readsPowersOfTwo(std::vector<Metres>{{1}, {2}, {4}, {8}}));
  CHECK(Spacing(first).step() == 2);
  CHECK(Spacing(std::integral_constant<int, 2>()).step() == 2);
  CHECK(derivative<0>(powersOfTwo(), Metres{0.5})(0) == 2);
  static_assert(std::is_same<decltype(Spacing(Metres{1})), Spacing<double>>::value);
}

TEST_CASE("what cannot be computed with as a real number can is no distance") {
  using gridgrad::detail::isDistance;
  struct Length {  // as strong types of units are
    explicit Length(double);
    Length operator+(Length) const;
    Length operator-(Length) const;
    Length operator-() const;
    Length operator*(double) const;
    double operator/(Length) const;
    bool operator==(Length) const;
    bool operator<(Length) const;
  };
  static_assert(isDistance<int> && isDistance<float> && isDistance<long double> && isDistance<Eigen::half>);
  static_assert(!isDistance<Length> && !isDistance<std::string> && !isDistance<double*>);
  static_assert(!isDistance<std::chrono::nanoseconds> && !isDistance<std::chrono::duration<double>>);
  static_assert(!isDistance<std::chrono::system_clock::time_point> && !isDistance<std::optional<double>>);
  static_assert(!isDistance<std::valarray<double>> && !isDistance<Eigen::Vector2d> && !isDistance<Eigen::Array2d>);
}

TEST_CASE("a matrix type with one column or one row holds coordinates") {
  CHECK(readsPowersOfTwo(Eigen::ArrayXXd(powersOfTwo())));
  CHECK(readsPowersOfTwo(Eigen::ArrayXXd(powersOfTwo().transpose())));
  const Eigen::Array<double, Dynamic, Dynamic, Eigen::RowMajor> column = powersOfTwo();
  CHECK(readsPowersOfTwo(column));
}

TEST_CASE("a spacing keeps its own copy of the coordinates") {
  auto x = vectorOf<double>();
  const Spacing spacing(x);
  x.assign(x.size(), std::numeric_limits<double>::quiet_NaN());
  CHECK((spacing.coordinates() == powersOfTwo()).all());
}

TEST_CASE("a spacing chosen at run time gives the same bits as the step or the coordinates it holds") {
  const ArrayXd f = ArrayXd{{0.3, -1.7, 2.9, 11.1}};
  for (const Edge edge : {Edge::FirstOrder, Edge::SecondOrder}) {
    const ArrayXd byStep = derivative<0>(f, 0.7, edge), byCoordinates = derivative<0>(f, powersOfTwo(), edge);
    for (const bool isStep : {true, false}) {
      const Spacing<> spacing = isStep ? Spacing<>(0.7) : Spacing<>(powersOfTwo());
      CHECK(spacing.isStep() == isStep);
      const ArrayXd found = derivative<0>(f, spacing, edge), expected = isStep ? byStep : byCoordinates;
      // To within the last bit, which the compiler may round differently where it fuses multiplication and addition.
      CHECK(((found - expected).abs() <= 1e-15 * expected.abs()).all());
    }
  }
}

TEST_CASE("a copy of a spacing is the spacing") {
  const Spacing<> first(powersOfTwo());
  const Spacing<> second(first);  // not a Spacing of a Spacing
  CHECK((second.coordinates() == first.coordinates()).all());
}
