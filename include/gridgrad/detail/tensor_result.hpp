// SPDX-License-Identifier: MPL-2.0
//
// One of several results of a word, of tensors: a tensor expression, and what it knows of the others.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <memory>
#include <utility>

#include <gridgrad/detail/results.hpp>
#include <gridgrad/detail/tensor_assignment.hpp>
#include <gridgrad/detail/tensor_expression.hpp>
#include <gridgrad/detail/tensor_overlap.hpp>

namespace gridgrad {
namespace expressions {

template <class Xpr>
void TensorExpression<Xpr>::keepIfRead(const detail::Bytes& written) const {
  if (gridgrad::detail::readsWritten(detail::TensorMemory{written.begin, written.end}, this->expression(), false))
    this->keep(std::make_unique<const detail::TensorOf<Xpr>>(TensorExpression(this->expression())));
}

}  // namespace expressions
}  // namespace gridgrad

namespace Eigen {

/// As that of a TensorRoot; of several results, the others are told first what will be written.
template <class Xpr, class Device>
struct TensorEvaluator<const gridgrad::TensorExpression<Xpr>, Device>
    : TensorEvaluator<const gridgrad::detail::TensorRoot<Xpr>, Device> {
  using Base = TensorEvaluator<const gridgrad::detail::TensorRoot<Xpr>, Device>;
  using Pointer = typename Base::EvaluatorPointerType;

  TensorEvaluator(const gridgrad::TensorExpression<Xpr>& xpr, const Device& device)
      : Base(xpr, device), m_one(xpr.isAlone() ? nullptr : &xpr) {}

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
  using Kept = std::unique_ptr<const gridgrad::detail::TensorOf<Xpr>>;

  Kept beforeAssignment(Pointer to) const {
    if (!m_one) return nullptr;
    gridgrad::detail::Bytes written;
    if (to) {
      const auto memory = gridgrad::detail::TensorMemory::of(to, this->total());
      written = {memory.begin, memory.end};
    }
    return m_one->beforeAssignment(written);
  }

  const gridgrad::TensorExpression<Xpr>* m_one;  // of several results, which outlive the statement; else nobody
};

}  // namespace Eigen
