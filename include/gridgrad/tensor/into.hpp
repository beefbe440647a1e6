// SPDX-License-Identifier: MPL-2.0
//
// A tensor expression with derivatives, evaluated straight into memory: by rows, by loops or by Eigen, whichever suits.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include <gridgrad/engine/paths.hpp>
#include <gridgrad/tensor/device.hpp>
#include <gridgrad/tensor/evaluator.hpp>
#include <gridgrad/tensor/overlap.hpp>
#include <gridgrad/tensor/rows.hpp>
#include <gridgrad/tensor/sink.hpp>

namespace gridgrad {
namespace detail {

/// Evaluates an expression straight into memory that nothing in it reads.
template <class Xpr, class Device>
struct TensorInto {
  using Scalar = typename Xpr::Scalar;
  using Index = typename Eigen::internal::traits<Xpr>::Index;
  using Dimensions = Eigen::DSizes<Index, Eigen::internal::traits<Xpr>::NumDimensions>;
  using Memory = Eigen::TensorMap<
      Eigen::Tensor<Scalar, Eigen::internal::traits<Xpr>::NumDimensions, Eigen::internal::traits<Xpr>::Layout, Index>>;
  using Map = std::conditional_t<mixesScalars<Xpr>, TensorSink<Memory>, Memory>;
  using Assign = Eigen::TensorAssignOp<Map, const Xpr>;

  static void run(const Device& device, const Xpr& xpr, const Dimensions& dimensions, Scalar* to) {
    if constexpr (RowKernel<Xpr>::known && !isSliceOfDerivative<Xpr> && Dimensions::count > 0 && !isGpu<Device>) {
      using Rows = TensorRows<Xpr, Scalar, Dimensions::count>;
      Offset size[Dimensions::count], total = 1;
      for (int k = 0; k < Dimensions::count; ++k) total *= size[k] = detail::extent(dimensions, k);
      if (total == 0) return;
      const Offset length = size[Rows::inner];
      if (length >= Rows::worthwhile) {
        GRIDGRAD_COUNT(Rows);
        const Rows rows(xpr, size);
        const bool mayRecompute = !detail::readsWritten(TensorMemory::of(to, total), xpr, false);
        detail::share(device, total / length, std::size_t(total) * sizeof(Scalar), cost(device, xpr, length),
                      [&](Offset begin, Offset end) {
                        if (mayRecompute)
                          rows.template run<true>(begin, end, to);
                        else
                          rows.template run<false>(begin, end, to);
                      });
        return;
      }
    }
    GRIDGRAD_COUNT(Blocks);
    Map map(to, dimensions);
    Eigen::internal::TensorExecutor<const Assign, Device>::run(Assign(map, xpr), device);
  }
  static Eigen::TensorOpCost cost(const Device& device, const Xpr& xpr, Offset length) {
    return double(length) * Eigen::TensorEvaluator<const Xpr, Device>(xpr, device).costPerCoeff(true);
  }
#ifdef EIGEN_USE_THREADS
  template <class Done>
  static void runAsync(const Device& device, const Xpr& xpr, const Dimensions& dimensions, Scalar* to, Done done) {
    GRIDGRAD_COUNT(Blocks);
    Map map(to, dimensions);
    Eigen::internal::TensorAsyncExecutor<const Assign, Device, Done>::runAsync(Assign(map, xpr), device,
                                                                               std::move(done));
  }
#endif
};

/// One derivative and nothing else, where the processor itself does the work: plain loops over all of it.
template <class Arg, int Axis, class Rule, class Device>
class TensorDerivativeInto {
  using Xpr = TensorDerivative<Arg, Axis, Rule>;
  using Scalar = typename Xpr::Scalar;
  using Index = typename Xpr::Index;
  using Dimensions = Eigen::DSizes<Index, Eigen::internal::traits<Xpr>::NumDimensions>;
  using Evaluator = Eigen::TensorEvaluator<const Xpr, Device>;

 public:
  static void run(const Device& device, const Xpr& xpr, const Dimensions&, Scalar* to) {
    GRIDGRAD_COUNT(Runs);
    Evaluator evaluator(xpr, device);
    evaluator.evalSubExprsIfNeeded(nullptr);
    detail::share(device, units(evaluator), bytes(evaluator), cost(evaluator),
                  [&](Offset begin, Offset end) { part(evaluator, begin, end, to); });
    evaluator.cleanup();
  }

#ifdef EIGEN_USE_THREADS
  template <class Done>
  static void runAsync(const Device& device, const Xpr& xpr, const Dimensions&, Scalar* to, Done done) {
    GRIDGRAD_COUNT(Runs);
    const auto evaluator = std::make_shared<Evaluator>(xpr, device);
    evaluator->evalSubExprsIfNeededAsync(nullptr, [&device, evaluator, to, done](bool) mutable {
      auto finish = [evaluator, done]() mutable {
        evaluator->cleanup();
        done();
      };
      const auto work = [evaluator, to](Offset begin, Offset end) { part(*evaluator, begin, end, to); };
      if (bytes(*evaluator) >= serialBytes)
        return device.parallelForAsync(units(*evaluator), cost(*evaluator), nullptr, work, finish);
      work(0, units(*evaluator));
      finish();
    });
  }
#endif

 private:
  static std::size_t bytes(const Evaluator& evaluator) { return std::size_t(evaluator.total()) * sizeof(Scalar); }

  /// The work is cut into pieces of the size of the first-level cache, or, if the argument is expensive to compute and
  /// its neighbours are far apart, into pencils along the axis.
  static constexpr Offset piece = 1024;
  static bool byPencils(const Evaluator& evaluator) { return Evaluator::isExpensive && evaluator.stride() > piece / 8; }
  static Offset units(const Evaluator& evaluator) {
    return byPencils(evaluator) ? evaluator.pencils() : (evaluator.total() + piece - 1) / piece;
  }
  static Eigen::TensorOpCost cost(const Evaluator& evaluator) {
    return double(evaluator.total()) / double((std::max)(units(evaluator), Offset(1))) * evaluator.costPerCoeff(true);
  }

  static void part(const Evaluator& evaluator, Offset begin, Offset end, Scalar* to) {
    if (byPencils(evaluator)) {
      for (Offset pencil = begin; pencil < end; ++pencil) evaluator.fillPencil(pencil, to);
      return;
    }
    const Offset total = evaluator.total(), first = begin * piece;
    const Offset last = (std::min)(end * piece, total);
    std::vector<char> window;
    const auto allocate = [&](std::size_t size) {
      window.resize((std::max)(size, window.size()));
      return static_cast<void*>(window.data());
    };
    const bool nonTemporal =
        canBeNonTemporal<Scalar> && detail::isWorthStreaming(bytes(evaluator)) && detail::isAlignedToScalar(to);
    if (nonTemporal) GRIDGRAD_COUNT(PastTheCaches);
    if (!Evaluator::isExpensive && !nonTemporal) return evaluator.fill(first, last, to + first, allocate);
    if constexpr (canBeNonTemporal<Scalar>) {
      // Across the axis, long runs go past the caches as they are computed.
      if (!Evaluator::isExpensive && evaluator.stride() >= piece / 4) {
        evaluator.template fill<true>(first, last, to + first, allocate);
        return detail::streamFence();
      }
    }
    // All else is computed in the first-level cache, and goes past the others from there.
    EIGEN_ALIGN_MAX Scalar values[std::size_t(piece)];
    for (Offset k = first; k < last; k += piece) {
      const Offset next = (std::min)(k + piece, last);
      evaluator.fill(k, next, nonTemporal ? values : to + k, allocate);
      if (nonTemporal) detail::streamCopy(values, to + k, next - k);
    }
    detail::streamFence();
  }
};

template <class Arg, int Axis, class Rule>
struct TensorInto<TensorDerivative<Arg, Axis, Rule>, Eigen::DefaultDevice>
    : TensorDerivativeInto<Arg, Axis, Rule, Eigen::DefaultDevice> {};
#ifdef EIGEN_USE_THREADS
template <class Arg, int Axis, class Rule>
struct TensorInto<TensorDerivative<Arg, Axis, Rule>, Eigen::ThreadPoolDevice>
    : TensorDerivativeInto<Arg, Axis, Rule, Eigen::ThreadPoolDevice> {};
#endif

}  // namespace detail
}  // namespace gridgrad
