// SPDX-License-Identifier: MPL-2.0
//
// Every argument that is refused, with the whole sentence it is refused in; and the unusual ones that must be accepted.
//
// A sentence names the place, what was found, and what is needed. The call itself throws: nothing is evaluated, and
// the destination stays as it was.

#include <Eigen/Core>

#include <array>
#include <cstdint>
#include <limits>
#include <locale>
#include <stdexcept>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <unsupported/Eigen/AutoDiff>

#include <gridgrad/gradient.hpp>

using Eigen::ArrayXd;
using Eigen::ArrayXf;
using Eigen::ArrayXXd;
using Eigen::Index;
using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::gradient;
using gridgrad::Spacing;
using gridgrad::Stencil;

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

/// 0, 1, 4, 9, …: the field of most cases. Its slopes by differences of neighbours are 1, 2, 4, 6, …
ArrayXd squares(Index n) { return ArrayXd::LinSpaced(n, 0, double(n - 1)).square(); }

using Numbers = std::vector<double>;

const auto noEdge = static_cast<Edge>(7);

}  // namespace

#define CHECK_REFUSED(call, sentence) CHECK_THROWS_WITH_AS((void)(call), "gridgrad: " sentence, std::invalid_argument)
#define CHECK_NO_AXIS(call, sentence) CHECK_THROWS_WITH_AS((void)(call), "gridgrad: " sentence, std::out_of_range)

TEST_CASE("a step that is zero, NaN or infinite is refused, in every type and every spelling") {
  const ArrayXd v = squares(5);
  const ArrayXXd f = ArrayXXd::Random(4, 5);
  CHECK_REFUSED(derivative<0>(v, 0.0), "axis 0 has a step of 0, but a step must be finite and not zero");
  CHECK_REFUSED(derivative<0>(v, -0.0), "axis 0 has a step of -0, but a step must be finite and not zero");
  CHECK_REFUSED(derivative<0>(v, notANumber), "axis 0 has a step of nan, but a step must be finite and not zero");
  CHECK_REFUSED(derivative<0>(v, infinity), "axis 0 has a step of inf, but a step must be finite and not zero");
  CHECK_REFUSED(derivative<0>(v, -infinity), "axis 0 has a step of -inf, but a step must be finite and not zero");

  CHECK_REFUSED(derivative<0>(v, 0), "axis 0 has a step of 0, but a step must be finite and not zero");
  CHECK_REFUSED(derivative<0>(v, 0u), "axis 0 has a step of 0, but a step must be finite and not zero");
  CHECK_REFUSED(derivative<0>(v, false), "axis 0 has a step of 0, but a step must be finite and not zero");
  CHECK_REFUSED(derivative<0>(v, 0.0f), "axis 0 has a step of 0, but a step must be finite and not zero");
  CHECK_REFUSED(derivative<0>(v, 0.0L), "axis 0 has a step of 0, but a step must be finite and not zero");
  CHECK_REFUSED(derivative<0>(v, std::int64_t(0)), "axis 0 has a step of 0, but a step must be finite and not zero");
  CHECK_REFUSED(derivative<0>(v, Eigen::half(0.0f)), "axis 0 has a step of 0, but a step must be finite and not zero");

  CHECK_REFUSED(gradient(v, 0.0), "axis 0 has a step of 0, but a step must be finite and not zero");
  CHECK_REFUSED(gradient(f, 0.0), "axis 0 has a step of 0, but a step must be finite and not zero");
  CHECK_REFUSED(gradient(f, 1.0, 0.0), "axis 1 has a step of 0, but a step must be finite and not zero");
  CHECK_REFUSED((gradient<1, 0>(f, 1.0, notANumber)),
                "axis 0 has a step of nan, but a step must be finite and not zero");
  CHECK_REFUSED(gradient<-1>(f, 0.0), "axis 1 has a step of 0, but a step must be finite and not zero");
  CHECK_REFUSED(derivative(f, 1, 0.0), "axis 1 has a step of 0, but a step must be finite and not zero");
  CHECK_REFUSED(derivative(f, -1, 0.0), "axis 1 has a step of 0, but a step must be finite and not zero");
  CHECK_REFUSED(Stencil(0.0), "the stencil has a step of 0, but a step must be finite and not zero");
  CHECK_REFUSED(Stencil(notANumber, 5), "the stencil has a step of nan, but a step must be finite and not zero");
  CHECK_REFUSED(Spacing(infinity), "the spacing has a step of inf, but a step must be finite and not zero");
}

TEST_CASE("equal neighbouring coordinates are refused") {
  const ArrayXd v = squares(4);
  CHECK_REFUSED(derivative<0>(v, Numbers{1, 1, 2, 3}),
                "axis 0 has the same coordinate 1 at samples 0 and 1, but neighbours must differ: coordinates are "
                "places, not distances");
  CHECK_REFUSED(derivative<0>(v, Numbers{1, 2, 3.5, 3.5}),
                "axis 0 has the same coordinate 3.5 at samples 2 and 3, but neighbours must differ: coordinates are "
                "places, not distances");
  CHECK_REFUSED(derivative<0>(v, Numbers{0, -0.0, 1, 2}),
                "axis 0 has the same coordinate -0 at samples 0 and 1, but neighbours must differ: coordinates are "
                "places, not distances");
  CHECK_REFUSED(derivative<0>(squares(2), std::array<int, 2>{5, 5}),
                "axis 0 has the same coordinate 5 at samples 0 and 1, but neighbours must differ: coordinates are "
                "places, not distances");
  CHECK_REFUSED(Stencil(Numbers{1, 2, 2}),
                "the stencil has the same coordinate 2 at samples 1 and 2, but neighbours must differ: coordinates are "
                "places, not distances");
  // 2^24 + 1 is no float: these two are one number before the library sees them.
  CHECK_REFUSED(derivative<0>(squares(2), std::vector<float>{16777216.0f, 16777217.0f}),
                "axis 0 has the same coordinate 16777216 at samples 0 and 1, but neighbours must differ: coordinates "
                "are places, not distances");
}

TEST_CASE("a number in a sentence has the digits to be found by, whatever the program's locale") {
  // Nanoseconds since 1970, and the unsigned that no signed number holds; 0.3 and its neighbour.
  const std::int64_t t = 1700000000123456789;
  CHECK_REFUSED(derivative<0>(squares(2), std::vector<std::int64_t>{t, t}),
                "axis 0 has the same coordinate 1700000000123456789 at samples 0 and 1, but neighbours must differ: "
                "coordinates are places, not distances");
  const std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();
  CHECK_REFUSED(derivative<0>(squares(2), std::vector<std::uint64_t>{largest, largest}),
                "axis 0 has the same coordinate 18446744073709551615 at samples 0 and 1, but neighbours must differ: "
                "coordinates are places, not distances");
  CHECK_REFUSED(derivative<0>(squares(4), Numbers{0.3, 0.1 + 0.2, 0.3, 1}),
                "axis 0 has the same coordinate 0.3 at samples 0 and 2, but the two neighbours of a sample must "
                "differ: coordinates are places, not distances");
  CHECK_REFUSED(derivative<0>(squares(4), Numbers{0.1 + 0.2, 0.3, 0.1 + 0.2, 1}),
                "axis 0 has the same coordinate 0.30000000000000004 at samples 0 and 2, but the two neighbours of a "
                "sample must differ: coordinates are places, not distances");
  struct Grouped : std::numpunct<char> {
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
    char do_decimal_point() const override { return ','; }
  };
  const std::locale before = std::locale::global(std::locale(std::locale(), new Grouped));
  CHECK_REFUSED(derivative<0>(squares(2000), Numbers{0.5}),
                "axis 0 has 2000 samples, but 1 coordinate was given: a step is given as a number, not as an array");
  CHECK_REFUSED(derivative<0>(squares(2), Numbers{1000.5, 1000.5}),
                "axis 0 has the same coordinate 1000.5 at samples 0 and 1, but neighbours must differ: coordinates are "
                "places, not distances");
  std::locale::global(before);
}

TEST_CASE("coordinates whose parabola has no slope, x[i-1] == x[i+1], are refused") {
  CHECK_REFUSED(derivative<0>(squares(4), Numbers{1, 2, 1, 3}),
                "axis 0 has the same coordinate 1 at samples 0 and 2, but the two neighbours of a sample must differ: "
                "coordinates are places, not distances");
  CHECK_REFUSED(derivative<0>(squares(5), Numbers{0, 1, 2, 7, 2}, Edge::SecondOrder),
                "axis 0 has the same coordinate 2 at samples 2 and 4, but the two neighbours of a sample must differ: "
                "coordinates are places, not distances");
  // Farther apart the same place may come again.
  CHECK_NOTHROW((void)derivative<0>(squares(4), Numbers{1, 2, 3, 1}));
}

TEST_CASE("coordinates that are NaN or infinite are refused, the first and the last too") {
  const ArrayXd v = squares(4);
  CHECK_REFUSED(derivative<0>(v, Numbers{notANumber, 1, 2, 3}),
                "axis 0 has coordinate nan at sample 0, but coordinates must be finite");
  CHECK_REFUSED(derivative<0>(v, Numbers{0, 1, notANumber, 3}),
                "axis 0 has coordinate nan at sample 2, but coordinates must be finite");
  CHECK_REFUSED(derivative<0>(v, Numbers{0, 1, 2, infinity}),
                "axis 0 has coordinate inf at sample 3, but coordinates must be finite");
  CHECK_REFUSED(derivative<0>(v, Numbers{-infinity, infinity, 2, 3}),
                "axis 0 has coordinate -inf at sample 0, but coordinates must be finite");
  CHECK_REFUSED(gradient(ArrayXXd::Random(2, 4), 1, Numbers{0, notANumber, 2, 3}),
                "axis 1 has coordinate nan at sample 1, but coordinates must be finite");
  CHECK_REFUSED(Stencil(Numbers{0, notANumber, 1}),
                "the stencil has coordinate nan at sample 1, but coordinates must be "
                "finite");
}

TEST_CASE("a coordinate that is not usable is found wherever it stands") {
  // Many are asked at a time, so that each length and each place is a case of its own.
  for (Index n = 3; n < 36; ++n)
    for (Index i = 0; i < n; ++i) {
      CAPTURE(n);
      CAPTURE(i);
      const ArrayXd f = squares(n);
      const auto said = [&](double value) {
        ArrayXd x = ArrayXd::LinSpaced(n, 1, double(n));
        x[i] = value;
        try {
          (void)derivative<0>(f, x);
        } catch (const std::invalid_argument& error) {
          return std::string(error.what());
        }
        return std::string("nothing");
      };
      const std::string at = std::to_string(i), before = std::to_string(i - 1), two = std::to_string(i - 2);
      CHECK(said(notANumber) ==
            "gridgrad: axis 0 has coordinate nan at sample " + at + ", but coordinates must be finite");
      CHECK(said(infinity) ==
            "gridgrad: axis 0 has coordinate inf at sample " + at + ", but coordinates must be finite");
      CHECK(said(-1e9) == "nothing");
      if (i >= 1)
        CHECK(said(double(i)) == "gridgrad: axis 0 has the same coordinate " + at + " at samples " + before + " and " +
                                     at + ", but neighbours must differ: coordinates are places, not distances");
      if (i >= 2)
        CHECK(said(double(i - 1)) ==
              "gridgrad: axis 0 has the same coordinate " + before + " at samples " + two + " and " + at +
                  ", but the two neighbours of a sample must differ: coordinates are places, not distances");
    }
}

TEST_CASE("distances that overflow are found at whatever sample") {
  for (Index n = 3; n < 36; ++n)
    for (Index i = 1; i < n; ++i) {
      ArrayXd x = 1e300 * ArrayXd::LinSpaced(n, 0, double(n - 1));
      x.head(i) -= 1e308;
      x.tail(n - i) += 1e308;
      CHECK_THROWS_WITH_AS((void)derivative<0>(squares(n), x),
                           ("gridgrad: axis 0 has distances at sample " + std::to_string(i - 1) +
                            " too small or too large for weights in the field's precision, but weights must neither "
                            "overflow nor vanish")
                               .c_str(),
                           std::invalid_argument);
    }
}

TEST_CASE("too many or too few coordinates are refused") {
  const ArrayXXd f = ArrayXXd::Random(4, 5);
  const Numbers four{1, 2, 3, 4}, five{1, 2, 3, 4, 5};
  CHECK_REFUSED(gradient(f, five, five),
                "axis 0 has 4 samples, but 5 coordinates were given: there must be one for each sample");
  CHECK_REFUSED(
      gradient(f, four, four),
      "axis 1 has 5 samples, but 4 coordinates were given: coordinates are places, one for each sample, not distances");
  CHECK_REFUSED(gradient(f, 1, Numbers{3}),
                "axis 1 has 5 samples, but 1 coordinate was given: a step is given as a number, not as an array");
  CHECK_REFUSED(gradient(f, Numbers{}, 1),
                "axis 0 has 4 samples, but 0 coordinates were given: there must be one for each sample");
  CHECK_REFUSED(
      derivative(f, -1, four),
      "axis 1 has 5 samples, but 4 coordinates were given: coordinates are places, one for each sample, not distances");
  CHECK_REFUSED(
      derivative<0>(f.row(0), four),
      "axis 0 has 5 samples, but 4 coordinates were given: coordinates are places, one for each sample, not distances");
  CHECK_REFUSED(derivative<0>(ArrayXd(1), four),
                "axis 0 has 1 sample, but 4 coordinates were given: there must be one for each sample");
  CHECK_REFUSED(derivative<0>(f, Spacing(five)),
                "axis 0 has 4 samples, but 5 coordinates were given: there must be one for each sample");
}

TEST_CASE("coordinates in a matrix type that is no vector at run time are refused as such, whatever its size") {
  const Eigen::MatrixXd twoColumns = Eigen::MatrixXd::Random(5, 2);
  CHECK_REFUSED(derivative<0>(squares(5), twoColumns), "axis 0 has 5 x 2 coordinates, but coordinates must be 1-D");
  CHECK_REFUSED(derivative<0>(squares(10), twoColumns), "axis 0 has 5 x 2 coordinates, but coordinates must be 1-D");
  CHECK_REFUSED(gradient(ArrayXXd::Random(5, 5), 1, twoColumns.transpose()),
                "axis 1 has 2 x 5 coordinates, but coordinates must be 1-D");
  CHECK_REFUSED(Stencil(twoColumns), "the stencil has 5 x 2 coordinates, but coordinates must be 1-D");
  CHECK_REFUSED(derivative<0>(squares(5), Eigen::MatrixXd()),
                "axis 0 has 0 x 0 coordinates, but coordinates must be 1-D");
}

TEST_CASE("an axis too short for its edge is refused") {
  const Numbers none, one{1}, two{1, 2};
  CHECK_REFUSED(derivative<0>(squares(0), 1), "axis 0 has 0 samples, but a first-order edge needs at least 2");
  CHECK_REFUSED(derivative<0>(squares(1), 1), "axis 0 has 1 sample, but a first-order edge needs at least 2");
  CHECK_REFUSED(derivative<0>(squares(2), 1, Edge::SecondOrder),
                "axis 0 has 2 samples, but a second-order edge needs at least 3");
  CHECK_REFUSED(derivative<0>(squares(0), 1, Edge::Periodic),
                "axis 0 has 0 samples, but a periodic edge needs at least 1");
  CHECK_REFUSED(derivative<0>(squares(0), none), "axis 0 has 0 samples, but a first-order edge needs at least 2");
  CHECK_REFUSED(derivative<0>(squares(1), one), "axis 0 has 1 sample, but a first-order edge needs at least 2");
  CHECK_REFUSED(derivative<0>(squares(2), two, Edge::SecondOrder),
                "axis 0 has 2 samples, but a second-order edge needs at least 3");
  CHECK_REFUSED(derivative<0>(squares(1), Spacing(one)),
                "axis 0 has 1 sample, but a first-order edge needs at least 2");
  CHECK_REFUSED(gradient(ArrayXXd::Random(3, 2), Edge::SecondOrder),
                "axis 1 has 2 samples, but a second-order edge needs at least 3");
  CHECK_REFUSED(gradient(ArrayXXd::Random(1, 1)), "axis 0 has 1 sample, but a first-order edge needs at least 2");
  CHECK_REFUSED(derivative(ArrayXXd::Random(3, 1), 1, 1.0),
                "axis 1 has 1 sample, but a first-order edge needs at least 2");
  CHECK_REFUSED(derivative<0>(squares(2), Stencil(1, Edge::SecondOrder)),
                "axis 0 has 2 samples, but a second-order edge needs at least 3");
  CHECK_REFUSED(Stencil(one), "the stencil has 1 sample, but a first-order edge needs at least 2");
  CHECK_REFUSED(Stencil(none), "the stencil has 0 samples, but a first-order edge needs at least 2");
  CHECK_REFUSED(Stencil(two, Edge::SecondOrder), "the stencil has 2 samples, but a second-order edge needs at least 3");
  CHECK_REFUSED(Stencil(1, 2, Edge::SecondOrder),
                "the stencil has 2 samples, but a second-order edge needs at least 3");
  CHECK_REFUSED(Stencil(1, -3), "the stencil has -3 samples, but a first-order edge needs at least 2");
}

TEST_CASE("only the axes asked for need samples") {
  const ArrayXXd column = squares(3), row = column.transpose();
  CHECK((gradient<0>(column) == Eigen::Array3d(1, 2, 3)).all());
  CHECK((gradient<1>(row).transpose() == Eigen::Array3d(1, 2, 3)).all());
  CHECK((derivative(row, -1, 1).transpose() == Eigen::Array3d(1, 2, 3)).all());
  CHECK(gradient<0>(ArrayXXd(3, 0)).cols() == 0);
  CHECK(ArrayXXd(gradient<0>(ArrayXXd(3, 0))).size() == 0);
  CHECK(ArrayXXd(derivative(ArrayXXd(0, 3), 1, 0.5)).size() == 0);
}

TEST_CASE("a run-time axis that does not exist is refused, before the spacing is looked at") {
  const ArrayXXd f = ArrayXXd::Random(4, 5);
  const ArrayXd v = squares(4);
  CHECK_NO_AXIS(derivative(f, 2, 1.0),
                "axis 2 was asked for, but the field has 2 axes: 0 to 1, or -2 to -1 from the "
                "end");
  CHECK_NO_AXIS(derivative(f, -3, 1.0),
                "axis -3 was asked for, but the field has 2 axes: 0 to 1, or -2 to -1 from the "
                "end");
  CHECK_NO_AXIS(derivative(v, 1, 1.0),
                "axis 1 was asked for, but the field has 1 axis: 0 to 0, or -1 to -1 from the "
                "end");
  CHECK_NO_AXIS(derivative(v, -2, 1),
                "axis -2 was asked for, but the field has 1 axis: 0 to 0, or -1 to -1 from the end");
  CHECK_NO_AXIS(derivative(v.transpose(), 1, Edge::SecondOrder),
                "axis 1 was asked for, but the field has 1 axis: 0 to 0, or -1 to -1 from the end");
  CHECK_NO_AXIS(derivative(f, 2, notANumber),
                "axis 2 was asked for, but the field has 2 axes: 0 to 1, or -2 to -1 from the "
                "end");
  CHECK_NO_AXIS(derivative(f, 4294967295u, 1.0),
                "axis 4294967295 was asked for, but the field has 2 axes: 0 to 1, or "
                "-2 to -1 from the end");
}

TEST_CASE("a periodic axis cannot have coordinates: nothing says how far the last sample is from the first") {
  const Numbers x{1, 2, 4};
  const char* sentence =
      "gridgrad: axis 0 is periodic and has coordinates, but these do not give the distance from the last sample to "
      "the first: a periodic edge needs a step, or periodic(x, period)";
  CHECK_THROWS_WITH_AS((void)derivative<0>(squares(3), x, Edge::Periodic), sentence, std::invalid_argument);
  CHECK_THROWS_WITH_AS((void)derivative<0>(squares(3), Spacing(x), Edge::Periodic), sentence, std::invalid_argument);
  CHECK_THROWS_WITH_AS((void)gradient(squares(3), x, Edge::Periodic), sentence, std::invalid_argument);
  CHECK_REFUSED(Stencil(x, Edge::Periodic),
                "the stencil is periodic and has coordinates, but these do not give the distance from the last sample "
                "to the first: a periodic edge needs a step, or periodic(x, period)");
  CHECK_NOTHROW((void)derivative<0>(squares(3), Spacing(0.5), Edge::Periodic));
}

TEST_CASE("an Edge that is none of the three is refused") {
  const char* axis =
      "gridgrad: axis 0 has an unknown (7) edge, but it must be Edge::FirstOrder, Edge::SecondOrder or Edge::Periodic";
  CHECK_THROWS_WITH_AS((void)derivative<0>(squares(5), 1, noEdge), axis, std::invalid_argument);
  CHECK_THROWS_WITH_AS((void)derivative<0>(squares(3), Numbers{1, 2, 3}, noEdge), axis, std::invalid_argument);
  CHECK_THROWS_WITH_AS((void)gradient(squares(5), noEdge), axis, std::invalid_argument);
  const char* stencil =
      "gridgrad: the stencil has an unknown (7) edge, but it must be Edge::FirstOrder, Edge::SecondOrder or "
      "Edge::Periodic";
  CHECK_THROWS_WITH_AS(Stencil(1, noEdge), stencil, std::invalid_argument);
  CHECK_THROWS_WITH_AS(Stencil(Numbers{1, 2, 3}, noEdge), stencil, std::invalid_argument);
}

TEST_CASE("a stencil made for another number of samples is refused") {
  const Stencil four(Numbers{1, 2, 3, 5}), stepFour(0.5, 4);
  CHECK_REFUSED(derivative<0>(squares(5), four), "axis 0 has 5 samples, but its stencil was made for 4");
  CHECK_REFUSED(derivative<0>(squares(5), stepFour), "axis 0 has 5 samples, but its stencil was made for 4");
  CHECK_REFUSED(derivative<0>(squares(1), Stencil(four)), "axis 0 has 1 sample, but its stencil was made for 4");
  CHECK_REFUSED(gradient(ArrayXXd::Random(4, 3), four, four), "axis 1 has 3 samples, but its stencil was made for 4");
  CHECK_REFUSED(Stencil(Spacing(Numbers{1, 2, 3, 5}), 6),
                "the stencil has 6 samples, but 4 coordinates were given: there must be one for each sample");
  CHECK_REFUSED(Stencil(0.5).lower(),
                "the stencil was made from a step for any number of samples, but its weights can be listed only for a "
                "given number: Stencil(step, samples)");
}

TEST_CASE("coordinates that a Spacing holds belong to one axis, and are not taken for one step for all") {
  const ArrayXXd f = ArrayXXd::Random(3, 3);
  CHECK_REFUSED(gradient(f, Spacing(Numbers{1, 2, 4})),
                "coordinates were given for 2 axes at once, but coordinates belong to one axis: give one spacing per "
                "axis");
  CHECK_NOTHROW((void)gradient(f, Spacing(0.5)));
  CHECK_NOTHROW((void)gradient<1>(f, Spacing(Numbers{1, 2, 4})));
}

// A step or an interval is refused where the field's precision cannot hold its weight. The bounds are those of IEEE
// numbers: float's greatest is 3.4e38 and its least normal 1.2e-38; double's 1.8e308 and 2.2e-308.
#define GRIDGRAD_WEIGHTS(sample)           \
  "axis 0 has distances at sample " sample \
  " too small or too large for weights in the field's precision, but weights must neither overflow nor vanish"

TEST_CASE("a step too small for its weight in the field's precision is refused") {
  const ArrayXd v = squares(3);
  const ArrayXf single = v.cast<float>();
  CHECK_REFUSED(derivative<0>(v, 1e-309), GRIDGRAD_WEIGHTS("0"));
  CHECK_REFUSED(derivative<0>(v, -1e-309), GRIDGRAD_WEIGHTS("0"));
  CHECK_REFUSED(derivative<0>(single, 1e-39), GRIDGRAD_WEIGHTS("0"));
  CHECK_REFUSED(derivative<0>(single, Stencil(1e-39)), GRIDGRAD_WEIGHTS("0"));
  CHECK_REFUSED(derivative<0>(single, Spacing(1e-39)), GRIDGRAD_WEIGHTS("0"));
  CHECK_REFUSED(derivative<0>(single, Numbers{0, 1e-39, 2e-39}), GRIDGRAD_WEIGHTS("0"));
  CHECK_REFUSED(derivative<0>(v, std::vector<long double>{0, 1e-310L, 2e-310L}), GRIDGRAD_WEIGHTS("0"));
  // 1e-38 is less than the least normal float, but its weight is a float.
  CHECK(derivative<0>(single, 1e-38)[1] == doctest::Approx(2e38));
  CHECK(derivative<0>(v, 1e-39)[1] == doctest::Approx(2e39));
}

TEST_CASE("a step too large for its weight is refused, where the answer would be zero or lose digits") {
  const ArrayXf single = squares(3).cast<float>();
  CHECK_REFUSED(derivative<0>(single, 1e46), GRIDGRAD_WEIGHTS("0"));  // 1 / 2h is 0 in float: the answer would be 0
  CHECK_REFUSED(derivative<0>(single, 1e39), GRIDGRAD_WEIGHTS("0"));  // and here not 0, but wrong by a tenth
  CHECK_REFUSED(derivative<0>(single, Numbers{0, 1e46, 3e46}), GRIDGRAD_WEIGHTS("0"));
  const ArrayXd x{{-1, 0, 1}};
  CHECK_REFUSED(derivative<0>(x, 1e308), GRIDGRAD_WEIGHTS("0"));  // 2h is infinite
  CHECK_REFUSED(derivative<0>(x, 4e307), GRIDGRAD_WEIGHTS("0"));  // and here 1 / 2h is less than the least normal
  CHECK_REFUSED(derivative<0>(x, ArrayXd(4e307 * x)), GRIDGRAD_WEIGHTS("1"));
  CHECK(derivative<0>(ArrayXd(1e307 * x), 1e307, Edge::SecondOrder).isApproxToConstant(1, 1e-14));
  CHECK(derivative<0>(ArrayXd(1e307 * x), ArrayXd(1e307 * x), Edge::SecondOrder).isApproxToConstant(1, 1e-14));
}

TEST_CASE("coordinates whose distances overflow are refused") {
  const Numbers far{-1.7e308, 0, 1.7e308}, apart{-1.7e308, 1.7e308, 1};
  CHECK_THROWS_AS((void)derivative<0>(squares(3), far), std::invalid_argument);
  CHECK_THROWS_AS((void)derivative<0>(squares(3), apart), std::invalid_argument);
  CHECK_THROWS_AS((void)derivative<0>(squares(3), Stencil(far)), std::invalid_argument);
  CHECK_THROWS_AS((void)derivative<0>(squares(2), Numbers{-1.7e308, 1.7e308}), std::invalid_argument);
}

TEST_CASE("a weight that vanishes beside another is no reason to refuse") {
  // Beside an interval of 1e-30, one of 1e30 counts for nothing, in any precision.
  const ArrayXf f = ArrayXf{{5, 0, 1}};
  const Numbers x{-1e30, 0, 1e-30};
  CHECK(derivative<0>(f, x)[1] == doctest::Approx(1e30));
  CHECK(derivative<0>(f, x, Edge::SecondOrder)[2] == doctest::Approx(1e30));
}

TEST_CASE("a stencil's weights are tested in a user's scalar too") {
  using Dual = Eigen::AutoDiffScalar<Eigen::Matrix<double, 1, 1>>;
  Eigen::Array<Dual, Eigen::Dynamic, 1> f(3);
  for (int i = 0; i < 3; ++i) f[i] = Dual(i, 1, 0);
  const std::vector<long double> close{0, 1e-310L, 2e-310L};
  CHECK_REFUSED(derivative<0>(f, Stencil(close)), GRIDGRAD_WEIGHTS("0"));
  CHECK_REFUSED(derivative<0>(f, Stencil(1e-310L)), GRIDGRAD_WEIGHTS("0"));
}

TEST_CASE("nothing is written, and a destination keeps its size, when the call refuses") {
  const ArrayXXd f = ArrayXXd::Random(4, 5), before = ArrayXXd::Random(2, 3);
  ArrayXXd d0 = before, inPlace = f;
  CHECK_THROWS_AS(d0 = derivative<0>(f, 0.0), std::invalid_argument);
  CHECK_THROWS_AS(d0 = derivative(f, 2, 1.0), std::out_of_range);
  CHECK_THROWS_AS(d0 = gradient<1>(f, Numbers{1, 2, 3, 4, 4}), std::invalid_argument);
  CHECK_THROWS_AS(d0 = std::get<0>(gradient(f, 1.0, notANumber)), std::invalid_argument);
  CHECK_THROWS_AS(inPlace = derivative<1>(inPlace, notANumber), std::invalid_argument);
  CHECK_THROWS_AS(inPlace += derivative<1>(f, 1.0) + derivative<0>(f, 0.0), std::invalid_argument);
  CHECK((d0 == before).all());
  CHECK((inPlace == f).all());
}

TEST_CASE("what is refused is refused before the field is read") {
  int reads = 0;
  const auto counted = ArrayXd::NullaryExpr(4, [&reads](Index i) { return ++reads, double(i); });
  CHECK_THROWS_AS((void)derivative<0>(counted, 0.0), std::invalid_argument);
  CHECK_THROWS_AS((void)derivative<0>(counted, Numbers{1, 1, 2, 3}), std::invalid_argument);
  CHECK(reads == 0);
  CHECK(derivative<0>(counted, 1.0).sum() == 4);
  CHECK(reads > 0);
}

TEST_CASE("coordinates may descend, need not be monotone, and steps may be negative") {
  const ArrayXd v = squares(4);  // 0 1 4 9
  CHECK((derivative<0>(v, -1) == -Eigen::Array4d(1, 2, 4, 5)).all());
  CHECK((derivative<0>(v, Numbers{3, 2, 1, 0}) == -Eigen::Array4d(1, 2, 4, 5)).all());
  // x = 0 3 1 2: chords 1/3, -3/2, 5. At 1, l = 3, r = -2: (-2 1/3 + 3 -3/2) / 1 = -31/6; at 2, l = -2, r = 1:
  // (1 -3/2 - 2 5) / -1 = 23/2.
  const ArrayXd wild = derivative<0>(v, Numbers{0, 3, 1, 2});
  CHECK(wild.isApprox(Eigen::Array4d(1. / 3, -31. / 6, 23. / 2, 5)));
}

TEST_CASE("steps and coordinates of every arithmetic type mean the numbers they are") {
  const ArrayXd v = squares(4);
  const Eigen::Array4d half = Eigen::Array4d(1, 2, 4, 5) / 2;
  CHECK((derivative<0>(v, 2) == half).all());
  CHECK((derivative<0>(v, 2u) == half).all());
  CHECK((derivative<0>(v, std::uint8_t(2)) == half).all());
  CHECK((derivative<0>(v, std::uint64_t(2)) == half).all());
  CHECK((derivative<0>(v, 2.0f) == half).all());
  CHECK((derivative<0>(v, 2.0L) == half).all());
  CHECK((derivative<0>(v, Eigen::half(2.0f)) == half).all());
  CHECK((derivative<0>(v, true) == 2 * half).all());
  CHECK((derivative<0>(v, std::vector<int>{0, 2, 4, 6}) == half).all());
  CHECK((derivative<0>(v, std::array<float, 4>{0, 2, 4, 6}) == half).all());
  CHECK((derivative<0>(v, Eigen::RowVector4f(0, 2, 4, 6)) == half).all());
  // Unsigned numbers that go down do not wrap around.
  CHECK((derivative<0>(v, std::vector<unsigned>{6, 4, 2, 0}) == -half).all());
  CHECK((derivative<0>(v, std::vector<std::uint8_t>{6, 4, 2, 0}) == -half).all());
  CHECK((derivative<0>(v, std::vector<std::uint64_t>{6, 4, 2, 0}) == -half).all());
}

TEST_CASE("coordinates are read where they lie, not as if they lay side by side") {
  // x cubed on 0 1 3 7 15, given as a row of a table, as part of it, by a map with a stride, and as an expression.
  const ArrayXd x{{0, 1, 3, 7, 15}};
  const ArrayXd f = x.cube(), expected = derivative<0>(f, x);
  Eigen::Array<double, 3, 7, Eigen::ColMajor> table = Eigen::Array<double, 3, 7>::Constant(-1);
  table.row(1).segment(1, 5) = x.transpose();
  const ArrayXXd transposed = table.transpose();
  const auto same = [&](const auto& g) { return ((g - expected).abs() <= 1e-13 * expected.abs()).all(); };
  CHECK(same(derivative<0>(f, table.row(1).segment(1, 5))));
  CHECK(same(derivative<0>(f, table.block(1, 1, 1, 5))));
  CHECK(same(derivative<0>(f, table.row(1).tail(6).head<5>())));
  CHECK(same(derivative<0>(f, transposed.col(1).segment(1, 5))));
  CHECK(same(
      derivative<0>(f, Eigen::Map<const ArrayXd, 0, Eigen::InnerStride<>>(&table(1, 1), 5, Eigen::InnerStride<>(3)))));
  CHECK(same(derivative<0>(f, x.square().sqrt())));
  CHECK(same(derivative<0>(f, Spacing(table.row(1).segment(1, 5)))));
  CHECK(same(derivative<0>(f, Stencil(table.row(1).segment(1, 5)))));
  const auto& segment = table.row(1).segment(1, 5);
  CHECK(same(gradient(f, segment)));
}

TEST_CASE("time stamps in nanoseconds keep their nanoseconds") {
  // 1e18 ns after the epoch is the year 2001; a double there counts in steps of 128 ns.
  const std::int64_t epoch = 1'000'000'000'000'000'000;
  const std::vector<std::int64_t> signedStamps{epoch, epoch + 1, epoch + 3};
  const std::vector<std::uint64_t> unsignedStamps{std::uint64_t(epoch), std::uint64_t(epoch) + 1,
                                                  std::uint64_t(epoch) + 3};
  const ArrayXd line{{0, 2, 6}};
  CHECK(derivative<0>(line, signedStamps).isApproxToConstant(2, 1e-15));
  CHECK(derivative<0>(line, unsignedStamps).isApproxToConstant(2, 1e-15));
  CHECK(derivative<0>(line, Stencil(signedStamps)).isApproxToConstant(2, 1e-15));
  CHECK(derivative<0>(line, Spacing(signedStamps)).isApproxToConstant(2, 1e-15));
  CHECK(derivative<0>(line.cast<float>(), signedStamps).isApproxToConstant(2.0f, 1e-6f));
  CHECK(derivative<0>(line.cast<int>(), signedStamps).isApproxToConstant(2, 1e-15));
  const Eigen::Map<const Eigen::Array<std::int64_t, 3, 1>> map(signedStamps.data());
  CHECK(derivative<0>(line, map).isApproxToConstant(2, 1e-15));
}

TEST_CASE("coordinates at the ends of an integer type are as far apart as they are") {
  const auto least = std::numeric_limits<std::int64_t>::min(), greatest = std::numeric_limits<std::int64_t>::max();
  const ArrayXd f{{0, 1}};
  CHECK(derivative<0>(f, std::vector<std::int64_t>{least, greatest})[0] == 0x1p-64);  // 1 / (2^64 - 1), rounded
  CHECK(derivative<0>(f, std::vector<std::uint64_t>{std::numeric_limits<std::uint64_t>::max(), 0})[0] == -0x1p-64);
  CHECK(derivative<0>(f, std::vector<int>{std::numeric_limits<int>::min(), std::numeric_limits<int>::max()})[0] ==
        1 / 4294967295.0);
}
