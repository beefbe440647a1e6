// SPDX-License-Identifier: MPL-2.0
//
// A tensor expression with derivatives in it, as users hold it.
//
// A derivative reads neighbours, so it must not be evaluated into its own argument. Where an expression is assigned to,
// Eigen tells only the outermost operation. So every operation on a TensorExpression makes another, whose evaluator
// (tensor/assignment.hpp) is told, and looks. Within, there are Eigen's own operations and nothing else.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <type_traits>
#include <utility>

#include <gridgrad/tensor/derivative.hpp>
#include <gridgrad/words/field_traits.hpp>

namespace gridgrad {

namespace expressions {

/// What derivative() and gradient() give for tensors, and what becomes of it in arithmetic: usable wherever Eigen takes
/// a tensor expression, which is Xpr. Its name need not be written: it is what `auto` stands for.
///
///     auto [tx, ty, tz] = gradient(t, h);                                  // three of them
///     const Eigen::Tensor<double, 3> steepness = (tx.square() + ty.square() + tz.square()).sqrt();
///     const Eigen::Tensor<double, 2> plane = tz.chip<2>(0);                // only this plane is computed
///
/// It has the operators + - * / < <= > >= == != && || with tensors, tensor expressions and numbers, and the operations
/// of Eigen's tensors by their names and with their arguments: abs, broadcast, cast, chip, contract, mean, shuffle,
/// slice, sqrt, square, sum and the rest. Each gives a TensorExpression again, computed when it is read.
template <class Xpr>
class TensorExpression;

}  // namespace expressions
using expressions::TensorExpression;

namespace detail {

/// What Eigen sees of it.
template <class Xpr>
class TensorRoot;

}  // namespace detail
}  // namespace gridgrad

namespace Eigen {
namespace internal {

template <class Xpr>
struct traits<gridgrad::detail::TensorRoot<Xpr>> : gridgrad::detail::TensorTraitsLike<Xpr, typename Xpr::Scalar> {};

template <class Xpr>
struct traits<gridgrad::TensorExpression<Xpr>> : traits<gridgrad::detail::TensorRoot<Xpr>> {};

}  // namespace internal
}  // namespace Eigen

namespace gridgrad {
namespace detail {

template <class Xpr>
class TensorRoot : public TensorOperation<TensorRoot<Xpr>> {
 public:
  explicit TensorRoot(const Xpr& xpr) : m_xpr(xpr) {}

  const Xpr& expression() const { return m_xpr; }

 private:
  Xpr m_xpr;
};

template <class Xpr>
TensorExpression<Xpr> asExpression(const Xpr& xpr) {
  return TensorExpression<Xpr>(xpr);
}

// Asked of a pointer, since one of several results derives from an expression.
template <class Xpr>
std::true_type isExpressionXpr(const TensorExpression<Xpr>*);
std::false_type isExpressionXpr(const void*);
template <class Type>
inline constexpr bool isExpression = decltype(detail::isExpressionXpr(static_cast<const Type*>(nullptr)))::value;

/// What Eigen's own operations are to work on: of ours, what is within.
template <class Type>
decltype(auto) unwrap(const Type& operand) {
  if constexpr (isExpression<Type>)
    return operand.expression();
  else
    return (operand);
}

/// What stands beside an expression in arithmetic: another, a tensor, or a number.
template <class Type, class Xpr>
inline constexpr bool isOperandOf = isTensor<Type> || std::is_convertible<const Type&, typename Xpr::Scalar>::value;

/// A number beside an expression, in the type of its coefficients.
template <class Xpr, class Type>
decltype(auto) operandOf(const Type& operand) {
  if constexpr (isTensor<Type>)
    return detail::unwrap(operand);
  else
    return static_cast<typename Xpr::Scalar>(operand);
}

// After 5.0, Eigen's `t += expression` adds what it sees of the expression.
#define GRIDGRAD_OPERATOR(op)                                             \
  template <class Tensor, class Xpr>                                      \
  auto operator op(const Tensor& lhs, const TensorRoot<Xpr>& rhs) {       \
    return detail::asExpression(detail::unwrap(lhs) op rhs.expression()); \
  }
GRIDGRAD_OPERATOR(+)
GRIDGRAD_OPERATOR(-)
GRIDGRAD_OPERATOR(*)
GRIDGRAD_OPERATOR(/)
#undef GRIDGRAD_OPERATOR

}  // namespace detail

namespace expressions {

template <class Xpr>
class TensorExpression : public detail::TensorRoot<Xpr> {
 public:
  /// What Eigen sees of it.
  using Base = detail::TensorRoot<Xpr>;
  /// How an expression holds it that it is an operand of: by value.
  using Nested = TensorExpression;
  using Base::Base;

  /// Itself, as Eigen asks for it.
  const TensorExpression& derived() const { return *this; }

  /// The expression with its sign changed.
  auto operator-() const { return detail::asExpression(-this->expression()); }

  // Eigen's operations on tensors, by the same names and with the same arguments.
#define GRIDGRAD_FORWARD(operation)                                                          \
  template <class... Arguments>                                                              \
  auto operation(const Arguments&... arguments) const {                                      \
    return detail::asExpression(this->expression().operation(detail::unwrap(arguments)...)); \
  }
  GRIDGRAD_FORWARD(abs)
  GRIDGRAD_FORWARD(all)
  GRIDGRAD_FORWARD(any)
  GRIDGRAD_FORWARD(argmax)
  GRIDGRAD_FORWARD(argmin)
  GRIDGRAD_FORWARD(binaryExpr)
  GRIDGRAD_FORWARD(broadcast)
  GRIDGRAD_FORWARD(ceil)
  GRIDGRAD_FORWARD(chip)
  GRIDGRAD_FORWARD(clip)
  GRIDGRAD_FORWARD(concatenate)
  GRIDGRAD_FORWARD(conjugate)
  GRIDGRAD_FORWARD(contract)
  GRIDGRAD_FORWARD(convolve)
  GRIDGRAD_FORWARD(cube)
  GRIDGRAD_FORWARD(cumprod)
  GRIDGRAD_FORWARD(cumsum)
  GRIDGRAD_FORWARD(cwiseMax)
  GRIDGRAD_FORWARD(cwiseMin)
  GRIDGRAD_FORWARD(exp)
  GRIDGRAD_FORWARD(floor)
  GRIDGRAD_FORWARD(imag)
  GRIDGRAD_FORWARD(inverse)
  GRIDGRAD_FORWARD(log)
  GRIDGRAD_FORWARD(maximum)
  GRIDGRAD_FORWARD(mean)
  GRIDGRAD_FORWARD(minimum)
  GRIDGRAD_FORWARD(pad)
  GRIDGRAD_FORWARD(pow)
  GRIDGRAD_FORWARD(prod)
  GRIDGRAD_FORWARD(real)
  GRIDGRAD_FORWARD(reduce)
  GRIDGRAD_FORWARD(reshape)
  GRIDGRAD_FORWARD(reverse)
  GRIDGRAD_FORWARD(round)
  GRIDGRAD_FORWARD(rsqrt)
  GRIDGRAD_FORWARD(select)
  GRIDGRAD_FORWARD(shuffle)
  GRIDGRAD_FORWARD(sign)
  GRIDGRAD_FORWARD(slice)
  GRIDGRAD_FORWARD(sqrt)
  GRIDGRAD_FORWARD(square)
  GRIDGRAD_FORWARD(stride)
  GRIDGRAD_FORWARD(stridedSlice)
  GRIDGRAD_FORWARD(sum)
  GRIDGRAD_FORWARD(tanh)
  GRIDGRAD_FORWARD(trace)
  GRIDGRAD_FORWARD(unaryExpr)
#undef GRIDGRAD_FORWARD

  /// Evaluated once, before anything else of the expression it stands in, as Eigen's `eval()`.
  auto eval() const { return detail::asExpression(Eigen::TensorForcedEvalOp<const Base>(*this)); }
  /// The coefficients in another type, as Eigen's `cast<Target>()`.
  template <class Target>
  auto cast() const {
    return detail::asExpression(this->expression().template cast<Target>());
  }
  /// One slice across an axis known while compiling, as Eigen's `chip<axis>(offset)`: an axis less.
  template <Eigen::DenseIndex axis>
  auto chip(Eigen::Index offset) const {
    return detail::asExpression(this->expression().template chip<axis>(offset));
  }
};

// Better matches than Eigen's, which would hide from the outermost operation what is within.
#define GRIDGRAD_OPERATOR(op)                                                                           \
  template <class Xpr, class Other, std::enable_if_t<detail::isOperandOf<Other, Xpr>, int> = 0>         \
  auto operator op(const TensorExpression<Xpr>& lhs, const Other& rhs) {                                \
    return detail::asExpression(lhs.expression() op detail::operandOf<Xpr>(rhs));                       \
  }                                                                                                     \
  template <class Other, class Xpr,                                                                     \
            std::enable_if_t<detail::isOperandOf<Other, Xpr> && !detail::isExpression<Other>, int> = 0> \
  auto operator op(const Other& lhs, const TensorExpression<Xpr>& rhs) {                                \
    return detail::asExpression(detail::operandOf<Xpr>(lhs) op rhs.expression());                       \
  }
GRIDGRAD_OPERATOR(+)
GRIDGRAD_OPERATOR(-)
GRIDGRAD_OPERATOR(*)
GRIDGRAD_OPERATOR(/)
#undef GRIDGRAD_OPERATOR

// Eigen compares tensors with tensors and with numbers on the right.
#define GRIDGRAD_COMPARISON(op)                                                                 \
  template <class Xpr, class Other, std::enable_if_t<detail::isOperandOf<Other, Xpr>, int> = 0> \
  auto operator op(const TensorExpression<Xpr>& lhs, const Other& rhs) {                        \
    return detail::asExpression(lhs.expression() op detail::operandOf<Xpr>(rhs));               \
  }                                                                                             \
  template <class Other, class Xpr,                                                             \
            std::enable_if_t<detail::isTensor<Other> && !detail::isExpression<Other>, int> = 0> \
  auto operator op(const Other& lhs, const TensorExpression<Xpr>& rhs) {                        \
    return detail::asExpression(lhs op rhs.expression());                                       \
  }
GRIDGRAD_COMPARISON(<)
GRIDGRAD_COMPARISON(<=)
GRIDGRAD_COMPARISON(>)
GRIDGRAD_COMPARISON(>=)
GRIDGRAD_COMPARISON(==)
GRIDGRAD_COMPARISON(!=)
GRIDGRAD_COMPARISON(&&)
GRIDGRAD_COMPARISON(||)
#undef GRIDGRAD_COMPARISON

}  // namespace expressions
}  // namespace gridgrad
