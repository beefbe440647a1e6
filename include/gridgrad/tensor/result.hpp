// SPDX-License-Identifier: MPL-2.0
//
// One of several results of a word, of tensors: a tensor expression, and what it knows of the others.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <memory>
#include <type_traits>
#include <utility>

#include <gridgrad/words/results.hpp>
#include <gridgrad/tensor/assignment.hpp>
#include <gridgrad/tensor/expression.hpp>
#include <gridgrad/tensor/overlap.hpp>

namespace gridgrad {
namespace expressions {

/// One of the several lazy tensor expressions that a word gives, as std::get and std::apply hand it out.
template <class Xpr, class All>
class TensorResult;

}  // namespace expressions

namespace detail {

/// The tensor that holds the coefficients of an expression.
template <class Xpr>
using TensorOf = Eigen::Tensor<std::remove_const_t<typename Eigen::internal::traits<Xpr>::Scalar>,
                               Eigen::internal::traits<Xpr>::NumDimensions, Eigen::internal::traits<Xpr>::Layout,
                               typename Eigen::internal::traits<Xpr>::Index>;

template <class Xpr, class All>
struct ResultOf<TensorExpression<Xpr>, All> {
  using type = expressions::TensorResult<Xpr, All>;
};

}  // namespace detail
}  // namespace gridgrad

namespace Eigen {
namespace internal {

template <class Xpr, class All>
struct traits<gridgrad::expressions::TensorResult<Xpr, All>> : traits<gridgrad::TensorExpression<Xpr>> {};

}  // namespace internal
}  // namespace Eigen

namespace gridgrad {
namespace expressions {

template <class Xpr, class All>
class TensorResult : public TensorExpression<Xpr>, public detail::Sibling<detail::TensorOf<Xpr>, All> {
 public:
  /// How an expression holds it that it is an operand of: by value, alone.
  using Nested = TensorResult;

  /// For the library's own use: the words make it.
  explicit TensorResult(const TensorExpression<Xpr>& xpr) : TensorExpression<Xpr>(xpr) {}

  /// Itself, as Eigen asks for it.
  const TensorResult& derived() const { return *this; }

  /// For the library's own use: see words/results.hpp.
  const TensorExpression<Xpr>& lazy() const { return *this; }
  /// The same.
  bool reads(const detail::BytesWritten& written) const {
    return gridgrad::detail::readsWritten(detail::TensorMemory{written.begin, written.end}, this->expression(), false);
  }
  /// The same.
  auto computed() const { return std::make_unique<const detail::TensorOf<Xpr>>(lazy()); }
};

}  // namespace expressions
}  // namespace gridgrad

namespace Eigen {

/// As that of the expression itself; but the others are told first what will be written.
template <class Xpr, class All, class Device>
struct TensorEvaluator<const gridgrad::expressions::TensorResult<Xpr, All>, Device>
    : TensorEvaluator<const gridgrad::detail::TensorRoot<Xpr>, Device> {
  using Base = TensorEvaluator<const gridgrad::detail::TensorRoot<Xpr>, Device>;
  using Result = gridgrad::expressions::TensorResult<Xpr, All>;
  using Pointer = typename Base::EvaluatorPointerType;

  TensorEvaluator(const Result& xpr, const Device& device) : Base(xpr, device), m_one(xpr.isAlone() ? nullptr : &xpr) {}

  bool evalSubExprsIfNeeded(Pointer to) {
    if (const auto kept = beforeAssignment(to)) return this->take(to, kept->data());
    return Base::evalSubExprsIfNeeded(to);
  }
#ifdef EIGEN_USE_THREADS
  template <class Done>
  void evalSubExprsIfNeededAsync(Pointer to, Done done) {
    if (const auto kept = beforeAssignment(to)) return done(this->take(to, kept->data()));
    Base::evalSubExprsIfNeededAsync(to, std::move(done));
  }
#endif

 private:
  std::unique_ptr<const gridgrad::detail::TensorOf<Xpr>> beforeAssignment(Pointer to) const {
    if (!m_one) return nullptr;
    gridgrad::detail::BytesWritten written;
    if (to) {
      const auto memory = gridgrad::detail::TensorMemory::of(to, this->total());
      written = {memory.begin, memory.end};
    }
    return m_one->beforeAssignment(written);
  }

  const Result* m_one;  // where it lies among the others, which outlive the statement; alone, nowhere
};

/// For the same reason as that of a TensorExpression that is not constant.
template <class Xpr, class All, class Device>
struct TensorEvaluator<gridgrad::expressions::TensorResult<Xpr, All>, Device>
    : TensorEvaluator<const gridgrad::expressions::TensorResult<Xpr, All>, Device> {
  using TensorEvaluator<const gridgrad::expressions::TensorResult<Xpr, All>, Device>::TensorEvaluator;
};

}  // namespace Eigen
