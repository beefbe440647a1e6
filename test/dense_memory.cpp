// SPDX-License-Identifier: MPL-2.0
//
// Where arrays lie, with Eigen's indices an int (test/CMakeLists.txt): bytes are counted in a type that holds them; and
// that a borrowed array still has the size it had, which Eigen's assertions ask.
//
// By addresses alone, nothing is read: 20000 x 20000 doubles are 3.2e9 bytes, more than an int counts.

#include <stdexcept>
#define eigen_assert(condition) \
  if (!(condition)) throw std::logic_error(#condition)

#include <doctest/doctest.h>
#include <gridgrad/derivative.hpp>

#include <cstdint>
#include <type_traits>
#include <vector>

using Eigen::ArrayXXd;
using gridgrad::derivative;
using gridgrad::detail::Memory;
using gridgrad::detail::memoryOf;
using gridgrad::detail::Overlap;
using gridgrad::detail::overlap;

static_assert(std::is_same<Eigen::Index, int>::value, "this test is of indices that are an int");

namespace {

using Strides = Eigen::Stride<Eigen::Dynamic, Eigen::Dynamic>;
using Map = Eigen::Map<ArrayXXd>;
using StridedMap = Eigen::Map<ArrayXXd, 0, Strides>;

constexpr int n = 20000;
constexpr std::uintptr_t first = std::uintptr_t(1) << 40, bytes = std::uintptr_t(8) * n * n;

double* at(std::uintptr_t address) { return reinterpret_cast<double*>(address); }

bool reaches(const Memory& memory, std::uintptr_t from, std::uintptr_t size) {
  return memory.known && memory.begin == from && memory.end == from + size;
}

}  // namespace

TEST_CASE("an array of more bytes than an index counts reaches as far as it does") {
  CHECK(reaches(memoryOf(Map(at(first), n, n)), first, bytes));
  CHECK(reaches(memoryOf(StridedMap(at(first), n, n, Strides(n, 1))), first, bytes));
  CHECK(reaches(memoryOf(StridedMap(at(first), n, n / 2, Strides(2 * n, 1))), first, bytes - 8 * n));
  const StridedMap backwards(at(first + bytes - 8), n, n, Strides(-n, -1));
  CHECK(reaches(memoryOf(backwards), first, bytes));
  CHECK(memoryOf(backwards).colStride == -8 * n);
  CHECK(gridgrad::detail::bytesOf(backwards) == bytes);
}

TEST_CASE("overlap is seen between such arrays") {
  Map u(at(first), n, n), next(at(first + bytes), n, n), shifted(at(first + bytes - 8 * n), n, n);
  CHECK(overlap(u, derivative<0>(u, 0.5)) == Overlap::Some);
  CHECK(overlap(u, derivative<0>(StridedMap(at(first + bytes - 8), n, n, Strides(-n, -1)), 0.5)) == Overlap::Some);
  CHECK(overlap(shifted, derivative<0>(u, 0.5)) == Overlap::Some);
  CHECK(overlap(next, derivative<0>(u, 0.5)) == Overlap::Nothing);
  CHECK(overlap(u, u + derivative<0>(next, 0.5)) == Overlap::SamePlace);
}

TEST_CASE("a borrowed array that has another size when the result is read is refused by an assertion") {
  ArrayXXd f = ArrayXXd::Ones(8, 5), g(8, 5);
  const std::vector<double> y = {0, 1, 3, 4, 6, 7, 8, 9};
  const auto byStep = derivative<0>(f, 0.5);
  const auto byCoordinates = derivative<0>(f, y);
  const auto running = derivative(f, 0, 0.5);
  const auto across = derivative<1>(f, 0.5);
  g = byStep + byCoordinates;
  for (int rows : {7, 3, 1, 9}) {
    CAPTURE(rows);
    f.setOnes(rows, 5);
    g.resize(rows, 5);
    CHECK_THROWS_AS(g = byStep, std::logic_error);
    CHECK_THROWS_AS(g = byCoordinates, std::logic_error);
    CHECK_THROWS_AS(g += running, std::logic_error);
    CHECK_THROWS_AS(g = 2 * byStep.square(), std::logic_error);
    CHECK_THROWS_AS(byStep.topRows(1).sum(), std::logic_error);
    CHECK_THROWS_AS(byCoordinates(0, 0), std::logic_error);
    // The other axis may change.
    g = across;
    CHECK((g == 0).all());
  }
}
