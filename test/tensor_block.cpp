// SPDX-License-Identifier: MPL-2.0
//
// Any block of a derivative is that part of the whole: described, or computed in scratch memory.
// Eigen takes it from there to wherever it goes, in whatever scalar.

#include "paths.hpp"

#include "tensors.hpp"

#include <doctest/doctest.h>
#include <gridgrad/tensor.hpp>

#include <string>
#include <vector>

using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::Stencil;
using reference::allEdges;
using reference::Index;
using reference::needed;
using tensors::grid;
using tensors::quarters;

namespace {

constexpr int C = Eigen::RowMajor, F = Eigen::ColMajor;

/// Calls visit(i, k) for each coefficient i of a block and its place k in the whole.
template <class T, class Visit>
void forEachPlace(const T& whole, Index offset, const typename T::Dimensions& sizes, const Visit& visit) {
  constexpr int rank = T::NumDimensions;
  for (Index i = 0; i < sizes.TotalSize(); ++i) {
    Index rest = i, place = offset;
    for (int d = 0; d < rank; ++d) {
      const int axis = int(T::Layout) == F ? d : rank - 1 - d;
      place += rest % sizes[std::size_t(axis)] * tensors::strideOf(whole, axis);
      rest /= sizes[std::size_t(axis)];
    }
    visit(i, place);
  }
}

template <class T>
bool agree(double a, double b) {
  return std::abs(a - b) <= double(tensors::tolerance<typename T::Scalar>);
}

/// Whether a block is that part of the whole: as Eigen asks for the operand of another operation, in coefficients and
/// in packets; and as it asks for a result, whose place it names.
template <class T, class Evaluator>
bool isPart(const Evaluator& evaluator, const T& whole, Index offset, const typename T::Dimensions& sizes) {
  using Device = Eigen::DefaultDevice;
  using Scalar = typename T::Scalar;
  using Block = typename Evaluator::TensorBlock;
  const Device device;
  bool good = true;

  typename Evaluator::TensorBlockScratch scratch(device);
  typename Evaluator::TensorBlockDesc operand(typename T::Index(offset), sizes);
  Block block = evaluator.block(operand, scratch);
  using Read = Eigen::TensorEvaluator<const typename Block::XprType, Device>;
  const Read read(block.expr(), device);
  forEachPlace(whole, offset, sizes, [&](Index i, Index k) {
    good = good && agree<T>(read.coeff(typename T::Index(i)), whole.data()[k]);
    good = good && (!block.data() || agree<T>(block.data()[i], whole.data()[k]));
  });
  if constexpr (Read::PacketAccess != 0) {
    constexpr Index size = Read::PacketSize;
    std::vector<Scalar> values(std::size_t(sizes.TotalSize()));
    for (Index first = 0; first < size; ++first) {
      for (Index i = first; i + size <= sizes.TotalSize(); i += size)
        Eigen::internal::pstoreu(values.data() + i, read.template packet<Eigen::Unaligned>(typename T::Index(i)));
      forEachPlace(whole, offset, sizes, [&](Index i, Index k) {
        const bool written = i >= first && i < first + (Index(values.size()) - first) / size * size;
        good = good && (!written || agree<T>(values[std::size_t(i)], whole.data()[k]));
      });
    }
  }
  block.cleanup();

  // What Eigen lends of the destination, in a tensor or of the size of the block, is of scalars of whatever size.
  for (bool isTensor : {true, false}) {
    std::vector<char> out(std::size_t(isTensor ? whole.size() : sizes.TotalSize()), 'a');
    typename T::Dimensions strides;
    for (int axis = 0; axis < T::NumDimensions; ++axis)
      strides[std::size_t(axis)] = typename T::Index(tensors::strideOf(whole, axis));
    typename Evaluator::TensorBlockDesc lent(typename T::Index(offset), sizes);
    lent.template AddDestinationBuffer<int(T::Layout)>(
        out.data() + (isTensor ? offset : 0), isTensor ? strides : Eigen::internal::strides<int(T::Layout)>(sizes));
    typename Evaluator::TensorBlockScratch more(device);
    Block again = evaluator.block(lent, more, true);
    good = good && again.kind() == block.kind() && out == std::vector<char>(out.size(), 'a');
    again.cleanup();
  }
  return good;
}

/// Whether all blocks, or those whose sizes are 1, 2 or as large as can be, are parts.
template <class T, class Expression>
bool allBlocksAreParts(const Expression& expression, const T& whole, bool all) {
  using Xpr = std::decay_t<decltype(expression.expression())>;
  using Dimensions = typename T::Dimensions;
  const Eigen::DefaultDevice device;
  Eigen::TensorEvaluator<const Xpr, Eigen::DefaultDevice> evaluator(expression.expression(), device);
  evaluator.evalSubExprsIfNeeded(nullptr);
  Dimensions from, sizes;
  const auto alongAxis = [&](auto&& self, int axis) -> bool {
    if (axis == T::NumDimensions) {
      Index offset = 0;
      for (int k = 0; k < T::NumDimensions; ++k) offset += from[std::size_t(k)] * tensors::strideOf(whole, k);
      return isPart(evaluator, whole, offset, sizes);
    }
    const auto a = std::size_t(axis);
    const auto n = whole.dimension(a);
    for (from[a] = 0; from[a] < n; ++from[a])
      for (sizes[a] = 1; sizes[a] <= n - from[a]; ++sizes[a])
        if (all || sizes[a] <= 2 || sizes[a] == n - from[a])
          if (!self(self, axis + 1)) return false;
    return true;
  };
  return alongAxis(alongAxis, 0);
}

template <class T>
bool everyBlock(const tensors::Shape<T::NumDimensions>& shape, bool all) {
  using Real = typename T::Scalar;
  const T f = quarters<T>(shape);
  for (int axis = 0; axis < T::NumDimensions; ++axis) {
    const Index n = f.dimension(std::size_t(axis));
    for (Edge edge : allEdges) {
      if (n < needed(edge)) continue;
      const T byStep = tensors::derivative(f, axis, grid<Real>(n, true), edge);
      if (!allBlocksAreParts(derivative(f, axis, Stencil(0.25, edge)), byStep, all)) return false;
      if (edge == Edge::Periodic) continue;
      const auto x = grid<Real>(n, false);
      const T byCoordinates = tensors::derivative(f, axis, x, edge);
      if (!allBlocksAreParts(derivative(f, axis, Stencil(x, edge)), byCoordinates, all)) return false;
    }
  }
  return true;
}

}  // namespace

TEST_CASE("every block of every derivative of a small tensor is that part of the whole") {
  using Line = Eigen::Tensor<double, 1>;
  for (Index n = 1; n <= 40; ++n) CHECK(everyBlock<Line>({n}, true));
  using Tensor = Eigen::Tensor<double, 3, F>;
  CHECK(everyBlock<Tensor>({1, 1, 1}, true));
  CHECK(everyBlock<Tensor>({4, 3, 5}, true));
  CHECK(everyBlock<Tensor>({1, 6, 2}, true));
  CHECK(everyBlock<Tensor>({17, 4, 5}, false));
  CHECK(everyBlock<Tensor>({3, 17, 4}, false));
  CHECK(everyBlock<Tensor>({2, 3, 33}, false));
  using RowMajor = Eigen::Tensor<float, 3, C, int>;
  CHECK(everyBlock<RowMajor>({4, 3, 5}, true));
  CHECK(everyBlock<RowMajor>({5, 4, 17}, false));
  CHECK(everyBlock<RowMajor>({4, 17, 3}, false));
  CHECK(everyBlock<RowMajor>({33, 3, 2}, false));
}

TEST_CASE("every block of a derivative of an expression, cheap or expensive, is that part of the whole") {
  // exp is not exact, but the same for both: the field's values are at most 8, their exponentials are scaled to be.
  using Tensor = Eigen::Tensor<double, 3, F>;
  const Tensor f = quarters<Tensor>({5, 6, 7}), doubled = f + f, exponential = (f * 0.25).exp();
  const Stencil x(reference::uneven(6), Edge::SecondOrder);
  for (int axis = 0; axis < 3; ++axis)
    for (Edge edge : allEdges) {
      const auto grid = tensors::grid<double>(doubled.dimension(std::size_t(axis)), true);
      const Stencil step(0.25, edge);
      CHECK(allBlocksAreParts(derivative(f + f, axis, step), tensors::derivative(doubled, axis, grid, edge), false));
      CHECK(allBlocksAreParts(derivative((f * 0.25).exp(), axis, step),
                              tensors::derivative(exponential, axis, grid, edge), false));
    }
  const auto grid = tensors::grid<double>(6, false);
  CHECK(allBlocksAreParts(derivative(f + f, 1, x), tensors::derivative(doubled, 1, grid, Edge::SecondOrder), false));
  CHECK(allBlocksAreParts(derivative((f * 0.25).exp(), 1, x),
                          tensors::derivative(exponential, 1, grid, Edge::SecondOrder), false));
}

TEST_CASE("what is evaluated in blocks is what is evaluated at once") {
  // Eigen takes a tensor larger than the first-level cache in blocks, and smaller ones, or where it is told so, not.
  using Tensor = Eigen::Tensor<double, 3, F>;
  long described = 0;
  for (const auto& shape : std::vector<tensors::Shape<3>>{{{40, 33, 17}}, {{5, 70, 41}}, {{3, 3, 2000}}, {{1, 9, 999}}})
    for (int axis = 0; axis < 3; ++axis) {
      const Tensor f = quarters<Tensor>(shape), h = quarters<Tensor>(shape, 9);
      if (f.dimension(std::size_t(axis)) < 3) continue;
      Tensor blocks(f.dimensions()), once(f.dimensions());
      for (const Stencil& s : {Stencil(0.5, Edge::SecondOrder), Stencil(0.5, Edge::Periodic),
                               Stencil(reference::uneven(f.dimension(std::size_t(axis))))}) {
        const auto g = (derivative(f, axis, s) + h).expression();
        using Assign = Eigen::TensorAssignOp<Tensor, const std::decay_t<decltype(g)>>;
        using Eigen::internal::TensorExecutor;
        using Eigen::internal::TiledEvaluation;
        const Eigen::DefaultDevice device;
        TensorExecutor<const Assign, Eigen::DefaultDevice, true, TiledEvaluation::On>::run(Assign(blocks, g), device);
        TensorExecutor<const Assign, Eigen::DefaultDevice, false, TiledEvaluation::Off>::run(Assign(once, g), device);
        CHECK(tensors::isClose(blocks, once));
        const paths::Since start;
        const Tensor chosen = derivative(f, axis, s) + h;
        CHECK(start.way() == "InPlace Blocks");
        described += start.count(paths::Described);
        CHECK(tensors::isClose(chosen, once));
      }
    }
  CHECK(described > 100);  // for most blocks across the innermost axis
}

TEST_CASE("a derivative in another scalar than its own is written nowhere but where it belongs") {
  // In blocks and in one piece: a tensor larger than the first-level cache, and a small one.
  using Tensor = Eigen::Tensor<double, 2, F>;
  using Single = Eigen::Tensor<float, 2, F>;
  const Eigen::array<bool, 2> back{true, false};
  const Eigen::array<int, 2> turn{1, 0};
  const auto narrow = [](double x) { return float(x); };
  for (const tensors::Shape<2>& shape : {tensors::Shape<2>{5, 4}, {7, 3000}}) {
    const Tensor f = quarters<Tensor>(shape), g = derivative<0>(f, 0.5);
    const auto lazy = derivative<0>(f, 0.5);
    const auto single = [&](Index k, double value) { return double(float(value)) == value && g.data()[k] == value; };
    // Guards around the destination would change if anything were written past its ends.
    const auto isWritten = [&](auto scalar, const auto& statement, const auto& holds) {
      using Scalar = decltype(scalar);
      const Index size = f.size(), guard = 4 * size;
      Eigen::Array<Scalar, Eigen::Dynamic, 1> buffer(size + 2 * guard);
      buffer.setConstant(Scalar(77));
      Eigen::TensorMap<Eigen::Tensor<Scalar, 2, F>> to(buffer.data() + guard, shape[0], shape[1]);
      statement(to);
      for (Index k = 0; k < buffer.size(); ++k)
        if (k < guard || k >= guard + size ? !(buffer[k] == Scalar(77))
                                           : !holds(k - guard, static_cast<double>(buffer[k])))
          return false;
      return true;
    };
    CHECK(isWritten(
        0.f, [&](auto& to) { to = lazy.template cast<float>(); }, single));
    CHECK(isWritten(
        0.f, [&](auto& to) { to = (lazy + f - f).template cast<float>(); }, single));
    CHECK(isWritten(
        0.f, [&](auto& to) { to = derivative(f, 0, 0.5).unaryExpr(narrow); }, single));
    CHECK(isWritten(
        0.f, [&](auto& to) { to = lazy.template cast<float>().eval(); }, single));
    CHECK(isWritten(
        Eigen::half(), [&](auto& to) { to = lazy.template cast<Eigen::half>(); }, single));
    CHECK(isWritten(
        0, [&](auto& to) { to = (lazy * 8.).template cast<int>(); },
        [&](Index k, double value) { return value == 8 * g.data()[k]; }));
    CHECK(isWritten(
        0.L, [&](auto& to) { to = lazy.template cast<long double>(); }, single));
    CHECK(isWritten(
        false, [&](auto& to) { to = lazy > f; },
        [&](Index k, double value) { return (value != 0) == (g.data()[k] > f.data()[k]); }));
    // Around an operation of Eigen's that writes its own scalars where it is told to.
    CHECK(isWritten(
        0.f, [&](auto& to) { to = lazy.reverse(back).template cast<float>().reverse(back); }, single));
    CHECK(isWritten(
        0.f, [&](auto& to) { to = lazy.shuffle(turn).template cast<float>().shuffle(turn).eval(); }, single));
    // An operation of Eigen's that does not know what is within, and parts of a tensor.
    using Cast = Eigen::TensorConversionOp<float, const std::decay_t<decltype(lazy)>>;
    CHECK(isWritten(
        0.f, [&](auto& to) { to = Cast(lazy); }, single));
    CHECK(isWritten(
        0.f, [&](auto& to) { to.template chip<1>(2) = lazy.template cast<float>().template chip<1>(2); },
        [&](Index k, double value) { return k / shape[0] != 2 ? value == 77 : value == g.data()[k]; }));
    const Eigen::array<Index, 2> start{1, 0}, size{2, shape[1]};
    CHECK(isWritten(
        0.f, [&](auto& to) { to.slice(start, size) = lazy.template cast<float>().slice(start, size); },
        [&](Index k, double value) { return value == (k % shape[0] == 1 || k % shape[0] == 2 ? g.data()[k] : 77.); }));
    // Of integers, widened, and of floats.
    const Eigen::Tensor<int, 2, F> whole = (f * 4.).cast<int>();
    CHECK(isWritten(
        0.f, [&](auto& to) { to = derivative<0>(whole, 2).template cast<float>(); }, single));
    const Single small = f.cast<float>();
    CHECK(isWritten(
        0., [&](auto& to) { to = derivative<0>(small, 0.5).template cast<double>(); }, single));
  }
}

TEST_CASE("a slice is that part of the whole, wherever it begins and ends") {
  // Rows of 41 are read in packets, from a slice's own beginning on; a part of 5 is left to Eigen's blocks.
  const auto check = [](auto layout) {
    constexpr int order = decltype(layout)::value;
    using Tensor3 = Eigen::Tensor<double, 3, order>;
    using Place = Eigen::array<Index, 3>;
    const Tensor3 f = quarters<Tensor3>({41, 6, 41}, 1);
    const Stencil x(reference::uneven(41), Edge::SecondOrder), y(0.25, Edge::Periodic);
    const auto [da, db, dc] = gridgrad::gradient(f, x, y, 0.5);
    const auto a = da;  // which a lambda may refer to
    const auto b = db;
    const auto c = dc;
    const auto sum = a.square() + b.square() + c * f;
    const Tensor3 wholeSum = sum, wholeA = a, wholeC = c;
    for (const Index from : {0, 1, 9})
      for (const Index count : {5, 31, 32})
        for (const Index row : {0, 5}) {
          const Place start{from, row, from}, size{count, 6 - row, count};
          // Samples are quarters: another sample than the right one is seen in the second digit.
          const auto same = [&](const Tensor3& now, const Tensor3& whole) {
            const Tensor3 part = whole.slice(start, size);
            const Eigen::Tensor<double, 0, order> worst = (now - part).abs().maximum();
            return worst() < 1e-9;
          };
          const std::string kind = count < 24 ? "InPlace Blocks" : "InPlace Rows";
          CHECK(paths::way([&] { CHECK(same(sum.slice(start, size), wholeSum)); }) == kind);
          CHECK(paths::way([&] {
                  CHECK(same(a.slice(start, size).square() + b.slice(start, size).square() + (c * f).slice(start, size),
                             wholeSum));
                }) == kind);
          CHECK(paths::way([&] { CHECK(same(a.slice(start, size), wholeA)); }) == "InPlace Blocks");
          CHECK(same(c.slice(start, size), wholeC));
        }
  };
  check(std::integral_constant<int, F>());
  check(std::integral_constant<int, C>());
}

TEST_CASE("of no rows nothing is computed, however long they would be") {
  using Matrix = Eigen::Tensor<double, 2, F>;
  const Matrix f = quarters<Matrix>({40, 3}), none(40, 0);
  const Eigen::array<Index, 2> start{0, 0}, size{40, 0};
  const Matrix part = (derivative<0>(f, 0.5) + f).slice(start, size);
  CHECK(part.dimension(0) == 40);
  CHECK(part.dimension(1) == 0);
  Matrix sum = derivative<0>(none, 0.5) + none;
  CHECK(sum.size() == 0);
  sum += derivative<0>(none, 0.5);
  CHECK(sum.dimension(0) == 40);
}
