// SPDX-License-Identifier: MPL-2.0
//
// The same words for Eigen::Tensor: include this, and derivative(), gradient() and all that is made of them take
// tensors.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <type_traits>
#include <utility>

#include <gridgrad/tensor/result.hpp>
#include <gridgrad/words/field_traits.hpp>
#include <gridgrad/gradient.hpp>

namespace gridgrad {
namespace detail {

template <class Type>
inline constexpr bool isTensorRef = false;
template <class PlainTensor>
inline constexpr bool isTensorRef<Eigen::TensorRef<PlainTensor>> = true;

/// The expression a lazy derivative holds of a tensor: without ours around it, and without const.
template <class Field>
struct FieldTraits<Field, std::enable_if_t<isTensor<Field>>> {
  using Xpr = Plain<decltype(detail::unwrap(std::declval<const Field&>()))>;
  using Scalar = std::remove_const_t<typename Eigen::internal::traits<Xpr>::Scalar>;
  using Kind = std::integral_constant<int, Eigen::internal::traits<Xpr>::Layout>;

  static constexpr bool known = true;
  static constexpr int rank = Eigen::internal::traits<Xpr>::NumDimensions;

  static Index samples(const Field& f, Index axis) {
    const Eigen::DefaultDevice device;
    return detail::sampleAt(
        detail::extent(Eigen::TensorEvaluator<const Xpr, Eigen::DefaultDevice>(detail::unwrap(f), device).dimensions(),
                       static_cast<int>(axis)));
  }

  /// A TensorRef computes one coefficient at a time, each by a virtual call: it is evaluated before it is read.
  static decltype(auto) nest(const Field& f) {
    if constexpr (isTensorRef<Field>)
      return f.eval();
    else
      return (detail::unwrap(f));
  }
  static auto nest(Field&& f) {
    using Plain = TensorOf<Xpr>;
    if constexpr (IsPlainTensor<Field>::value)
      return TensorOwned<Field>(std::move(f));
    else if constexpr (isTensorRef<Field>)
      return TensorOwned<Plain>(Plain(f));
    else
      return Xpr(detail::unwrap(f));
  }
  static auto nest(const Field&& f) { return nest(Field(f)); }

  template <int Axis, class Nested, class Rule>
  static auto derivative(const Nested& f, Index axis, const Rule& rule) {
    return detail::asExpression(TensorDerivative<Nested, Axis, Rule>(f, axis, rule));
  }

  template <class Lhs, class Rhs>
  static auto product(const Lhs& a, const Rhs& b) {
    return a * b;
  }
  template <class Lhs>
  static auto square(const Lhs& a) {
    return a.square();
  }
};

/// Tensors of rank 1 may be coordinates.
template <class Type>
struct CoordinateSource<Type, std::enable_if_t<isTensor<Type>>> {
  static constexpr bool known = true;
  static constexpr bool oneDimensional = Eigen::internal::traits<Type>::NumDimensions == 1;
  using Scalar = std::remove_const_t<typename Eigen::internal::traits<Type>::Scalar>;

  static Index count(Place, const Type& x) { return FieldTraits<Type>::samples(x, 0); }

  template <class Real>
  static Eigen::Array<Real, Eigen::Dynamic, 1> read(Place place, const Type& x) {
    const Eigen::DefaultDevice device;
    Eigen::TensorEvaluator<const Type, Eigen::DefaultDevice> evaluator(x, device);
    evaluator.evalSubExprsIfNeeded(nullptr);
    Eigen::Array<Real, Eigen::Dynamic, 1> result(count(place, x));
    for (Index i = 0; i < result.size(); ++i)
      result[i] = detail::convert<Real>(evaluator.coeff(static_cast<typename Eigen::internal::traits<Type>::Index>(i)));
    evaluator.cleanup();
    return result;
  }
};

}  // namespace detail
}  // namespace gridgrad
