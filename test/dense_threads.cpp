// SPDX-License-Identifier: MPL-2.0
//
// Compiled with OpenMP, large results of dense arrays are shared among Eigen's threads: the same bits whatever their
// number, and only where nothing stands against it. Small results count as large here,
// and there are eight processors.

#define GRIDGRAD_THREADED_RESULT 1000
#define GRIDGRAD_LARGE_RESULT 100000
#define GRIDGRAD_PROCESSORS 8
#include "paths.hpp"

#include <Eigen/Dense>
#include <doctest/doctest.h>
#include <gridgrad.hpp>
#include <omp.h>

#include <atomic>
#include <cfenv>
#include <complex>
#include <cstring>
#include <vector>

#include "reference.hpp"
#include "traps.hpp"

using Eigen::ArrayXd;
using Eigen::ArrayXXd;
using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::gradient;
using gridgrad::laplacian;
using gridgrad::Stencil;
using reference::Index;
using reference::uneven;

namespace {

/// Restores the number of threads.
struct Threads {
  const int before = Eigen::nbThreads();
  ~Threads() { Eigen::setNbThreads(before); }
};

template <class Plain>
bool sameBits(const Plain& a, const Plain& b) {
  return a.size() == b.size() &&
         std::memcmp(a.data(), b.data(), sizeof(typename Plain::Scalar) * static_cast<std::size_t>(a.size())) == 0;
}

/// What `statement(g)` makes of g is the same by two, three and five threads as by one, and they do share the work.
template <class Plain, class Statement>
void isShared(const Plain& start, const Statement& statement) {
  const Threads restored;
  Eigen::setNbThreads(1);
  Plain one = start;
  CHECK(paths::count(paths::Shared, [&] { statement(one); }) == 0);
  CHECK_FALSE(sameBits(one, start));
  for (int threads : {2, 3, 5}) {
    Eigen::setNbThreads(threads);
    Plain several = start;
    CHECK(paths::count(paths::Shared, [&] { statement(several); }) == 1);
    CHECK(sameBits(one, several));
  }
}

/// Is not shared, however many threads there are.
template <class Statement>
void isNotShared(const Statement& statement) {
  const Threads restored;
  Eigen::setNbThreads(4);
  CHECK(paths::count(paths::Shared, statement) == 0);
}

template <class Scalar>
using Field = Eigen::Array<Scalar, Eigen::Dynamic, Eigen::Dynamic>;
template <class Scalar>
using RowMajor = Eigen::Array<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

}  // namespace

TEST_CASE_TEMPLATE("several threads give the bits of one", Plain, Field<double>, RowMajor<float>,
                   Field<std::complex<float>>) {
  using Scalar = typename Plain::Scalar;
  for (const Index rows : {4, 17, 200})
    for (const Index cols : {64, 203}) {
      CAPTURE(rows);
      CAPTURE(cols);
      const Plain f = Plain::Random(rows, cols), start = Plain::Zero(rows, cols);
      const Stencil y(uneven(rows), Edge::SecondOrder), x(uneven(cols));
      isShared(start, [&](Plain& g) { g = derivative<0>(f, 0.3); });
      isShared(start, [&](Plain& g) { g = derivative<1>(f, x); });
      isShared(start, [&](Plain& g) { g = derivative(f, 0, y); });
      isShared(start, [&](Plain& g) { g += f * derivative<0>(f, y) + derivative<1>(f, 0.7); });
      isShared(start, [&](Plain& g) { g -= Scalar(2) * laplacian(f, y, x); });
      isShared(f, [&](Plain& g) { g = g + Scalar(1) * derivative<1>((f * f).sqrt(), x); });
      isShared(f, [&](Plain& g) { g = derivative<0>(g, 0.3); });  // through a temporary
    }
}

TEST_CASE_TEMPLATE("a vector is shared in parts", Scalar, double, float) {
  using Vector = Eigen::Array<Scalar, Eigen::Dynamic, 1>;
  std::vector<Scalar> memory(70000);
  for (const Index n : {1000, 4095, 4096, 4097, 8191, 8195, 8208, 12290, 40000, 65537})
    for (const Index offset : {0, 1, 3}) {
      CAPTURE(n);
      CAPTURE(offset);
      const Vector f = Vector::Random(n), start = Vector::Zero(n);
      const Stencil x(uneven(n));
      const auto inMemory = [&](const auto& write) {
        return [&, write](Vector& g) {
          Eigen::Map<Vector> to(memory.data() + offset, n);
          to = g;
          write(to);
          g = to;
        };
      };
      const auto check = [&](const auto& write) {
        const Threads restored;
        Eigen::setNbThreads(1);
        Vector one = start;
        inMemory(write)(one);
        for (int threads : {2, 3, 5}) {
          Eigen::setNbThreads(threads);
          Vector several = start;
          const paths::Since before;
          inMemory(write)(several);
          if (n < 8193 || n >= 8208) CHECK(before.count(paths::Shared) == (n >= 8208));
          CHECK(sameBits(one, several));
        }
      };
      check([&](auto& g) { g = gradient(f, Scalar(0.3)); });
      check([&](auto& g) { g = gradient(f, x); });
      check([&](auto& g) { g += f * gradient(f, x); });
    }
}

TEST_CASE("threads round as the one they work for, and what they raise can be asked for") {
  const traps::Off off;
  ArrayXXd f = ArrayXXd::Random(100, 100);
  const auto upwards = [&](ArrayXXd& g) {
    std::fesetround(FE_UPWARD);
    g = derivative<1>(f, 0.3);
    std::fesetround(FE_TONEAREST);
  };
  isShared(ArrayXXd(ArrayXXd::Zero(100, 100)), upwards);
  ArrayXXd up, near = derivative<1>(f, 0.3);
  upwards(up);
  CHECK_FALSE(sameBits(up, near));

  const Threads restored;
  Eigen::setNbThreads(4);
  for (Index column : {1, 50, 98}) {
    f.setRandom();
    std::feclearexcept(FE_ALL_EXCEPT);
    near = derivative<0>(f, 0.3);
    CHECK_FALSE(std::fetestexcept(FE_OVERFLOW));
    f(10, column) = 1e308, f(12, column) = -1e308;
    near = derivative<0>(f, 0.3);
    CHECK(std::fetestexcept(FE_OVERFLOW));
  }
  std::feclearexcept(FE_ALL_EXCEPT);
}

TEST_CASE("what has a function of the program's own in it, random numbers, or numbers of its own, is not shared") {
  const ArrayXXd f = ArrayXXd::Random(100, 100);
  ArrayXXd g = f;
  isNotShared([&] { g = derivative<0>(f, 0.3).unaryExpr([](double x) { return x + 1; }); });
  isNotShared([&] { g = derivative<0>(f.unaryExpr([](double x) { return x + 1; }), 0.3); });
  isNotShared([&] { g = derivative<0>(f, 0.3) + ArrayXXd::Random(100, 100); });
}

TEST_CASE("nothing is shared that is small, or within a parallel region") {
  const Threads restored;
  Eigen::setNbThreads(4);
  const ArrayXXd f = ArrayXXd::Random(100, 100), small = f.topLeftCorner(11, 11);
  ArrayXXd g;
  isNotShared([&] { g = derivative<0>(small, 0.3); });
  std::atomic<long> shared{0};
#pragma omp parallel num_threads(2)
  {
    ArrayXXd mine;
    const paths::Since start;
    mine = derivative<0>(f, 0.3);
    shared += start.count(paths::Shared);
  }
  CHECK(shared == 0);
}
