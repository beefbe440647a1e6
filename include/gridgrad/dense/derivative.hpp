// SPDX-License-Identifier: MPL-2.0
//
// The derivative of a dense expression along one axis: traits, then the expression.

#pragma once

#include <Eigen/Core>

#include <gridgrad/engine/rule.hpp>
#include <gridgrad/numbers/scalar.hpp>

namespace gridgrad {

/// Where results live. It has none of the words, which are thus not found by the types of results alone: a program's
/// own laplacian(slope, h) stays its own.
namespace expressions {

/// The lazy derivative of the dense expression Xpr; made by derivative() and gradient(), read like any expression of
/// Eigen's. Of its own it has next to nothing: an array of it has the members of Eigen::ArrayBase, a matrix of it those
/// of Eigen::MatrixBase. Its name need not be written: it is what `auto` stands for.
///
/// Axis is Eigen::Dynamic where it is known at run time only.
template <class Xpr, int Axis, class Rule>
class Derivative;

}  // namespace expressions
using expressions::Derivative;

}  // namespace gridgrad

namespace Eigen {
namespace internal {

template <class Xpr, int Axis, class Rule>
struct traits<gridgrad::Derivative<Xpr, Axis, Rule>> : traits<typename Xpr::PlainObject> {
  using Scalar = typename gridgrad::detail::DerivativeScalar<typename Xpr::Scalar>::type;
  using XprKind = typename traits<Xpr>::XprKind;
  enum {
    RowsAtCompileTime = traits<Xpr>::RowsAtCompileTime,
    ColsAtCompileTime = traits<Xpr>::ColsAtCompileTime,
    MaxRowsAtCompileTime = traits<Xpr>::MaxRowsAtCompileTime,
    MaxColsAtCompileTime = traits<Xpr>::MaxColsAtCompileTime,
    Flags = int(traits<Xpr>::Flags) & RowMajorBit
  };
};

}  // namespace internal
}  // namespace Eigen

namespace gridgrad {

namespace expressions {

template <class Xpr, int Axis, class Rule>
class Derivative : public Eigen::internal::dense_xpr_base<Derivative<Xpr, Axis, Rule>>::type {
 public:
  /// What Eigen's expressions of this kind have in common.
  using Base = typename Eigen::internal::dense_xpr_base<Derivative>::type;
  EIGEN_DENSE_PUBLIC_INTERFACE(Derivative)
  /// The field.
  using NestedExpression = Xpr;

  /// For the library's own use: derivative() makes it.
  Derivative(const Xpr& xpr, Index axis, const Rule& rule) : m_xpr(xpr), m_axis(axis), m_rule(rule) {
    m_samples = isDownRows() ? m_xpr.rows() : m_xpr.cols();
  }

  /// Those of the field.
  EIGEN_DEVICE_FUNC Index rows() const { return m_xpr.rows(); }
  /// Those of the field.
  EIGEN_DEVICE_FUNC Index cols() const { return m_xpr.cols(); }

  /// The field.
  const Xpr& nestedExpression() const { return m_xpr; }
  /// For the library's own use: how its samples are combined.
  const Rule& rule() const { return m_rule; }

  /// For the library's own use: how many samples the axis has. The weights were made for as many, and reading more, or
  /// fewer, would be reading out of bounds: the field must keep its size.
  Index samples() const {
    const Index samples = isDownRows() ? rows() : cols();
    eigen_assert(samples == m_samples && "the field has another size than when its derivative was asked for");
    return samples;
  }

  /// The same derivative along an axis known while compiling.
  template <int Known>
  Derivative<Xpr, Known, Rule> along() const {
    samples();  // as many as before
    return {m_xpr, Known, m_rule};
  }

  /// Whether the derivative runs along the columns, in the direction of the row index.
  bool isDownRows() const {
    if (int(Base::IsVectorAtCompileTime)) return int(Base::ColsAtCompileTime) == 1;
    return m_axis.value() == 0;
  }

 private:
  typename Eigen::internal::ref_selector<Xpr>::type m_xpr;  // named arrays by reference, all else by value
  Eigen::internal::variable_if_dynamic<Index, Axis> m_axis;
  Rule m_rule;
  Index m_samples;
};

}  // namespace expressions
}  // namespace gridgrad
