// SPDX-License-Identifier: MPL-2.0
//
// The laws of a derivative, for tensors: every small shape, every axis, both layouts, all the ways Eigen may ask.
//
// A derivative alone is computed by loops of its own; one coefficient, or one packet, where Eigen asks for that. All
// are compared with the definition: with ==, since fields are quarters and steps powers of two; where coordinates make
// weights that no precision holds, to within a few units in the last place of the largest term.

#include "paths.hpp"

#include "tensors.hpp"

#include <doctest/doctest.h>
#include <gridgrad/tensor.hpp>

#include <cfenv>
#include <complex>
#include <cstring>
#include <limits>
#include <vector>

#include "traps.hpp"

using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::Stencil;
using reference::allEdges;
using reference::Index;
using reference::needed;
using reference::openEdges;
using tensors::equal;
using tensors::grid;
using tensors::isClose;
using tensors::quarters;

namespace {

constexpr int C = Eigen::RowMajor, F = Eigen::ColMajor;

using VectorXd = Eigen::Tensor<double, 1>;
using MatrixXdF = Eigen::Tensor<double, 2, F>;
using MatrixXfC = Eigen::Tensor<float, 2, C>;
using MatrixXcfC = Eigen::Tensor<std::complex<float>, 2, C, int>;
using TensorXdF = Eigen::Tensor<double, 3, F>;
using TensorXfC = Eigen::Tensor<float, 3, C, int>;

template <class T>
using RealOf = typename Eigen::NumTraits<typename T::Scalar>::Real;

/// What Eigen gets from an expression in all the ways it may ask: all of it at once; coefficient by coefficient; and
/// packet by packet, so that every coefficient was in every place of one.
template <class T, class Expression>
std::vector<T> askedAllWays(const Expression& expression) {
  using Xpr = std::decay_t<decltype(expression.expression())>;
  using Evaluator = Eigen::TensorEvaluator<const Xpr, Eigen::DefaultDevice>;
  using I = typename T::Index;
  const Eigen::DefaultDevice device;
  Evaluator evaluator(expression.expression(), device);
  evaluator.evalSubExprsIfNeeded(nullptr);
  const paths::Since start;
  T g = expression;
  if (g.size() > 0) REQUIRE(start.way() == "InPlace Runs");
  std::vector<T> result{g};
  for (I k = 0; k < g.size(); ++k) g.data()[k] = evaluator.coeff(k);
  result.push_back(g);
  if constexpr (Evaluator::PacketAccess != 0) {
    constexpr I size = Evaluator::PacketSize;
    for (I first = 0; first < size; ++first) {
      for (I k = first; k + size <= g.size(); k += size)
        Eigen::internal::pstoreu(g.data() + k, evaluator.template packet<Eigen::Unaligned>(k));
      result.push_back(g);
    }
  }
  return result;
}

/// Whether all of them are what the definition gives.
template <class T, class Expression>
bool allEqual(const Expression& expression, const T& expected) {
  for (const T& g : askedAllWays<T>(expression))
    if (!equal(g, expected)) return false;
  return true;
}
template <class T, class Expression>
bool allClose(const Expression& expression, const T& expected) {
  for (const T& g : askedAllWays<T>(expression))
    if (!isClose(g, expected)) return false;
  return true;
}

template <class T, class Visit>
void forEachField(const Visit& visit) {
  for (const auto& shape : tensors::shapes<T::NumDimensions>()) visit(quarters<T>(shape));
}

}  // namespace

TEST_CASE_TEMPLATE("every coefficient of every small tensor is what the definition gives", T, VectorXd, MatrixXdF,
                   MatrixXfC, MatrixXcfC, TensorXdF, TensorXfC, Eigen::Tensor<double, 4, C>) {
  using Real = RealOf<T>;
  forEachField<T>([](const T& f) {
    CAPTURE(f.dimensions());
    for (int axis = 0; axis < T::NumDimensions; ++axis) {
      const Index n = f.dimension(std::size_t(axis));
      CAPTURE(axis);
      for (Edge edge : allEdges) {
        if (n < needed(edge)) continue;
        CAPTURE(edge);
        const T byStep = tensors::derivative(f, axis, grid<Real>(n, true), edge);
        REQUIRE(allEqual(derivative(f, axis, Stencil(0.25, edge)), byStep));
        if (edge == Edge::Periodic) continue;
        const T byCoordinates = tensors::derivative(f, axis, grid<Real>(n, false), edge);
        REQUIRE(allClose(derivative(f, axis - T::NumDimensions, Stencil(grid<double>(n, false), edge)), byCoordinates));
      }
    }
  });
}

TEST_CASE_TEMPLATE("an axis known while compiling, with a step or with coordinates, gives the same", T, TensorXdF,
                   TensorXfC) {
  using Real = RealOf<T>;
  forEachField<T>([](const T& f) {
    CAPTURE(f.dimensions());
    const auto byStep = [&](auto axis) {
      const Index n = f.dimension(std::size_t(axis));
      for (Edge edge : allEdges)
        if (n >= needed(edge))
          REQUIRE(allEqual(derivative<axis>(f, 0.25, edge), tensors::derivative(f, axis, grid<Real>(n, true), edge)));
    };
    const auto byCoordinates = [&](auto axis) {
      const Index n = f.dimension(std::size_t(axis));
      for (Edge edge : openEdges)
        if (n >= needed(edge))
          REQUIRE(allClose(derivative<axis - 3>(f, grid<double>(n, false), edge),
                           tensors::derivative(f, axis, grid<Real>(n, false), edge)));
    };
    constexpr int inner = int(T::Layout) == F ? 0 : 2;
    byStep(std::integral_constant<int, inner>());
    byCoordinates(std::integral_constant<int, 2 - inner>());
  });
}

TEST_CASE_TEMPLATE("of five or six axes, each is one of many", T, Eigen::Tensor<double, 5, F>,
                   Eigen::Tensor<float, 6, C>) {
  using Real = RealOf<T>;
  tensors::Shape<T::NumDimensions> shape;
  for (std::size_t k = 0; k < shape.size(); ++k) shape[k] = Index(2 + k % 4);
  const T f = quarters<T>(shape);
  for (int axis = 0; axis < T::NumDimensions; ++axis) {
    const Index n = f.dimension(std::size_t(axis));
    const T byStep = tensors::derivative(f, axis, grid<Real>(n, true), Edge::FirstOrder);
    CHECK(allEqual(derivative(f, axis, Stencil(0.25)), byStep));
    const T byCoordinates = tensors::derivative(f, axis, grid<Real>(n, false), Edge::FirstOrder);
    CHECK(allClose(derivative(f, axis, Stencil(grid<double>(n, false))), byCoordinates));
  }
}

TEST_CASE_TEMPLATE("parabolas have their slope everywhere with second-order edges, lines with first-order ones", T,
                   TensorXdF, TensorXfC) {
  using Real = RealOf<T>;
  for (int axis = 0; axis < 3; ++axis)
    for (Index n = 2; n <= 20; ++n) {
      CAPTURE(axis);
      CAPTURE(n);
      tensors::Shape<3> shape{{3, 4, 5}};
      shape[std::size_t(axis)] = n;
      for (bool isEven : {true, false}) {
        const auto x = grid<Real>(n, isEven);
        T line = quarters<T>(shape), parabola = line, slope = line;
        const Index stride = tensors::strideOf(line, axis);
        for (Index k = 0; k < line.size(); ++k) {
          const Real t = x[std::size_t(k / stride % n)];
          line.data()[k] = 3 - Real(1.75) * t;
          parabola.data()[k] = 2 + 3 * t - t * t;
          slope.data()[k] = 3 - 2 * t;
        }
        // Coordinates are below 32, so that slopes are below 64; values and weights are rounded a few times.
        const auto isNear = [&](const T& a, auto expected) {
          for (Index k = 0; k < a.size(); ++k)
            if (!(std::abs(a.data()[k] - expected(k)) <= 32 * 64 * std::numeric_limits<Real>::epsilon())) return false;
          return true;
        };
        const auto minusSeven = [](Index) { return Real(-1.75); };
        REQUIRE(isNear(derivative(line, axis, Stencil(x)), minusSeven));
        if (n < 3) continue;
        REQUIRE(isNear(derivative(line, axis, Stencil(x, Edge::SecondOrder)), minusSeven));
        REQUIRE(isNear(derivative(parabola, axis, Stencil(x, Edge::SecondOrder)),
                       [&](Index k) { return slope.data()[k]; }));
      }
    }
}

TEST_CASE_TEMPLATE("a constant has the derivative zero on every grid", T, TensorXdF, TensorXfC) {
  // As for arrays: three weights that do not sum to zero would give up to 64 here in float.
  const Index n = 101;
  std::vector<double> even(n), stretched(n), descending(n), unordered(n);
  for (Index i = 0; i < n; ++i) {
    const double t = double(i) / double(n - 1);
    const auto k = std::size_t(i);
    even[k] = t, stretched[k] = t * t * t + 1e-3 * t, descending[k] = -stretched[k];
    unordered[k] = double(i * 389 % 1009) / 1009;
  }
  for (int axis = 0; axis < 3; ++axis) {
    tensors::Shape<3> shape{{5, 6, 7}};
    shape[std::size_t(axis)] = n;
    T f = quarters<T>(shape);
    f.setConstant(1e6f);
    T zero = f;
    zero.setZero();
    for (const auto& x : {even, stretched, descending, unordered})
      for (Edge edge : openEdges) CHECK(allEqual(derivative(f, axis, Stencil(x, edge)), zero));
    for (double h : {1., 0.001, -0.3})
      for (Edge edge : allEdges) CHECK(allEqual(derivative(f, axis, Stencil(h, edge)), zero));
  }
}

TEST_CASE_TEMPLATE("a neighbour that is not read cannot spoil the answer", T, MatrixXdF, TensorXfC) {
  // Which samples each derivative reads, as in dense_evaluator.cpp.
  using Real = RealOf<T>;
  const Real nan = std::numeric_limits<Real>::quiet_NaN(), inf = std::numeric_limits<Real>::infinity();
  const auto reads = [](Index i, Index k, Index n, bool isStep, Edge edge) {
    if (edge == Edge::Periodic) return k == (i + 1) % n || k == (i + n - 1) % n;
    const Index reach = edge == Edge::FirstOrder ? 1 : 2;
    if (i == 0) return k <= reach;
    if (i == n - 1) return k >= n - 1 - reach;
    return k == i - 1 || k == i + 1 || (k == i && !isStep);
  };
  for (int axis = 0; axis < T::NumDimensions; ++axis)
    for (Index n : {4, 5, 9, 17, 34})
      for (Real bad : {nan, inf, -inf})
        for (Index spoiled = 0; spoiled < n; ++spoiled)
          for (Edge edge : allEdges) {
            const traps::Off differencesOfInfinities(std::isinf(bad));
            tensors::Shape<T::NumDimensions> shape;
            shape.fill(3);
            shape[std::size_t(axis)] = n;
            T f = quarters<T>(shape);
            const Index stride = tensors::strideOf(f, axis);
            const auto sample = [&](Index k) { return k / stride % n; };
            for (Index k = 0; k < f.size(); ++k)
              if (sample(k) == spoiled) f.data()[k] = bad;
            const auto check = [&](const T& g, bool isStep) {
              for (Index k = 0; k < g.size(); ++k)
                if (std::isfinite(g.data()[k]) == reads(sample(k), spoiled, n, isStep, edge)) return false;
              return true;
            };
            const auto checkAll = [&](const auto& expression, bool isStep) {
              for (const T& g : askedAllWays<T>(expression))
                if (!check(g, isStep)) return false;
              return true;
            };
            CAPTURE(n);
            CAPTURE(spoiled);
            CAPTURE(edge);
            REQUIRE(checkAll(derivative(f, axis, Stencil(0.5, edge)), true));
            if (edge == Edge::Periodic) continue;
            REQUIRE(checkAll(derivative(f, axis, Stencil(reference::uneven(n), edge)), false));
          }
}

// Programs run with traps on these. clang++ takes it that nobody looks, and computes with what it does not need itself.
#if defined(__GNUC__) && !defined(__clang__)
TEST_CASE_TEMPLATE("no sum, difference or product is made that the answer does not need", T, MatrixXdF, TensorXfC) {
  using Real = RealOf<T>;
  const Real large = std::numeric_limits<Real>::max() / 2, inf = std::numeric_limits<Real>::infinity();
  constexpr int raised = FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW;
  // The two ends of an axis are of different signs: their difference overflows, or is not a number. No edge but a
  // periodic one reads both, from four samples on. Weights are below one.
  for (Real bad : {large, inf})
    for (int axis = 0; axis < T::NumDimensions; ++axis)
      for (Index n : {4, 5, 6, 7, 9, 11, 16, 17, 20, 33, 64, 127, 130, 600})
        for (Edge edge : openEdges) {
          tensors::Shape<T::NumDimensions> shape;
          shape.fill(6);
          shape[std::size_t(axis)] = n;
          T f = quarters<T>(shape), g = f;
          const T h = f;
          const Index stride = tensors::strideOf(f, axis);
          for (Index k = 0; k < f.size(); ++k)
            if (k / stride % n == 0 || k / stride % n == n - 1) f.data()[k] = k / stride % n == 0 ? bad : -bad;
          std::vector<Real> x = grid<Real>(n, true);
          for (Real& place : x) place *= 16;
          CAPTURE(n);
          CAPTURE(axis);
          CAPTURE(edge);
          for (const Stencil& s : {Stencil(4, edge), Stencil(x, edge)}) {
            std::feclearexcept(FE_ALL_EXCEPT);
            (void)askedAllWays<T>(derivative(f, axis, s));
            REQUIRE(std::fetestexcept(raised) == 0);
            g = derivative(f, axis, s) * Real(0.5) + h;
            REQUIRE(std::fetestexcept(raised) == 0);
            // What the library does not know is expensive to compute: it is computed once for a block of its
            // derivative.
            (void)askedAllWays<T>(derivative(f.reshape(f.dimensions()), axis, s));
            REQUIRE(std::fetestexcept(raised) == 0);
          }
        }
}

TEST_CASE("of an argument, nothing is computed outside of the rows that are asked for") {
  MatrixXdF f(64, 400);
  f.setConstant(2);
  const Eigen::array<Index, 2> start{0, 10}, size{64, 380};
  f.slice(start, size).setConstant(0.5);
  const auto logarithm = (1.5 - f).log();  // of a negative number, outside
  std::feclearexcept(FE_ALL_EXCEPT);
  const MatrixXdF g = derivative<0>(logarithm, 1.).slice(start, size);
  CHECK(std::fetestexcept(FE_INVALID) == 0);
  CHECK(g(63, 379) == 0);
}
#endif

// A sanitizer that knows the language's rules stops here; processors and Eigen's own assignment do not.
#if defined(__has_feature)
#define GRIDGRAD_HAS_FEATURE(feature) __has_feature(feature)
#else
#define GRIDGRAD_HAS_FEATURE(feature) 0
#endif
#if !defined(__SANITIZE_ADDRESS__) && !GRIDGRAD_HAS_FEATURE(undefined_behavior_sanitizer)
TEST_CASE("memory that is not aligned to its own scalar is read and written as any other, however large") {
  // Fields of packed records are; the last shape's result is stored past the caches.
  using T = TensorXdF;
  using Map = Eigen::TensorMap<T>;
  for (const tensors::Shape<3>& shape : {tensors::Shape<3>{4, 5, 6}, {40, 33, 17}, {2100, 1000, 3}}) {
    const bool isLarge = shape[0] > 100;
    const T f = quarters<T>(shape), exponential = isLarge ? f : T((f * 0.125).exp());
    const std::size_t bytes = std::size_t(f.size()) * sizeof(double);
    std::vector<char> source(bytes + 64), target(bytes + 64);
    for (int axis = 0; axis < 3; ++axis) {
      const T slope = derivative(f, axis, Stencil(0.25));
      for (std::size_t fromOffset : {0u, 4u})
        for (std::size_t toOffset : {0u, 1u, 4u}) {
          if (isLarge && (fromOffset == 0 || toOffset == 1)) continue;
          const Map from(reinterpret_cast<double*>(source.data() + fromOffset), shape[0], shape[1], shape[2]);
          Map to(reinterpret_cast<double*>(target.data() + toOffset), shape[0], shape[1], shape[2]);
          std::memcpy(source.data() + fromOffset, f.data(), bytes);
          const auto isWritten = [&](const T& expected) {
            return std::memcmp(target.data() + toOffset, expected.data(), bytes) == 0;
          };
          to = derivative(from, axis, Stencil(0.25));
          REQUIRE(isWritten(slope));
          if (isLarge) continue;
          const T sum = derivative<0>(f, 0.25) + f, expensive = derivative(exponential, axis, Stencil(0.25));
          to = derivative<0>(from, 0.25) + from;
          REQUIRE(isWritten(sum));
          to = derivative((from * 0.125).exp(), axis, Stencil(0.25));
          REQUIRE(tensors::isClose(T(to), expensive));
        }
    }
  }
}
#endif

TEST_CASE_TEMPLATE("dense and tensor agree on the same memory, with the same flags", T, MatrixXdF, MatrixXfC) {
  using Real = typename T::Scalar;
  using Dense = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic, int(T::Layout) == F ? F : C>;
  for (const auto& shape : tensors::shapes<2>()) {
    if (shape[0] < 3 || shape[1] < 3) continue;
    const T f = quarters<T>(shape);
    const auto dense = Dense::Map(f.data(), shape[0], shape[1]);
    T g(f.dimensions());
    for (int axis = 0; axis < 2; ++axis)
      for (Edge edge : allEdges) {
        // Not a power of two: products are rounded, but there is nothing for a fused multiply-add to fuse, except at
        // second-order edges.
        const Stencil step(0.3, edge);
        Dense::Map(g.data(), shape[0], shape[1]) = derivative(dense, axis, step);
        const T byStep = derivative(f, axis, step);
        if (edge == Edge::SecondOrder)
          REQUIRE(isClose(byStep, g));
        else
          REQUIRE(equal(byStep, g));
        if (edge == Edge::Periodic) continue;
        const Stencil x(reference::uneven(shape[std::size_t(axis)]), edge);
        Dense::Map(g.data(), shape[0], shape[1]) = derivative(dense, axis, x);
        const T byCoordinates = derivative(f, axis, x);
#if defined(__FMA__)
        REQUIRE(isClose(byCoordinates, g));
#else
        REQUIRE(equal(byCoordinates, g));
#endif
      }
  }
}

TEST_CASE("rows that are short, along the axis or across it, are computed many at a time, and all others one by one") {
  using paths::ShortRows;
  using paths::ThinRows;
  const auto goes = [](const auto& f, int axis, const Stencil& s) {
    const paths::Since start;
    const std::decay_t<decltype(f)> g = derivative(f, axis, s);
    REQUIRE((start.count(paths::InPackets) > 0) == reference::hasPackets);
    return start.count(ShortRows) > 0 ? ShortRows : start.count(ThinRows) > 0 ? ThinRows : paths::Runs;
  };
  const TensorXdF f = quarters<TensorXdF>({20, 30, 40}), longer = quarters<TensorXdF>({130, 8, 40});
  CHECK(goes(f, 0, Stencil(0.5)) == ShortRows);
  CHECK(goes(f, 0, Stencil(reference::uneven(20))) == ShortRows);
  CHECK(goes(longer, 0, Stencil(0.5)) == paths::Runs);
  CHECK(goes(longer, 0, Stencil(reference::uneven(130))) == paths::Runs);
  CHECK(goes(f, 1, Stencil(0.5)) == paths::Runs);
  CHECK(goes(f, 1, Stencil(reference::uneven(30))) == ThinRows);
  CHECK(goes(f, 2, Stencil(reference::uneven(40))) == paths::Runs);
  const TensorXfC g = quarters<TensorXfC>({40, 30, 20});
  CHECK(goes(g, 2, Stencil(0.5)) == ShortRows);
  CHECK(goes(g, 1, Stencil(reference::uneven(30))) == ThinRows);
}
