// SPDX-License-Identifier: MPL-2.0
//
// The same words for Eigen::Tensor: include this, and derivative(), gradient() and all that is made of them take
// tensors.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <type_traits>
#include <utility>

#include <gridgrad/detail/tensor_result.hpp>
#include <gridgrad/detail/world.hpp>
#include <gridgrad/gradient.hpp>

namespace gridgrad {
namespace detail {

template <class T>
inline constexpr bool isTensorRef = false;
template <class PlainTensor>
inline constexpr bool isTensorRef<Eigen::TensorRef<PlainTensor>> = true;

/// The expression a lazy derivative holds of a tensor: without ours around it, and without const.
template <class F>
struct World<F, std::enable_if_t<isTensor<F>>> {
  using Xpr = Plain<decltype(detail::within(std::declval<const F&>()))>;
  using Scalar = std::remove_const_t<typename Eigen::internal::traits<Xpr>::Scalar>;
  using Kind = std::integral_constant<int, Eigen::internal::traits<Xpr>::Layout>;

  static constexpr bool known = true;
  static constexpr int rank = Eigen::internal::traits<Xpr>::NumDimensions;

  static Index samples(const F& f, Index axis) {
    const Eigen::DefaultDevice device;
    return detail::sampleAt(
        detail::extent(Eigen::TensorEvaluator<const Xpr, Eigen::DefaultDevice>(detail::within(f), device).dimensions(),
                       static_cast<int>(axis)));
  }

  /// A TensorRef computes one coefficient at a time, each by a virtual call: it is evaluated before it is read.
  static decltype(auto) capture(const F& f) {
    if constexpr (isTensorRef<F>)
      return f.eval();
    else
      return (detail::within(f));
  }
  static auto capture(F&& f) {
    using Plain = TensorOf<Xpr>;
    if constexpr (IsPlainTensor<F>::value)
      return TensorOwned<F>(std::move(f));
    else if constexpr (isTensorRef<F>)
      return TensorOwned<Plain>(Plain(f));
    else
      return Xpr(detail::within(f));
  }
  static auto capture(const F&& f) { return capture(F(f)); }

  template <int Axis, class Captured, class Rule>
  static auto derivative(const Captured& f, Index axis, const Rule& rule) {
    return detail::asExpression(TensorDerivative<Captured, Axis, Rule>(f, axis, rule));
  }

  template <class A, class B>
  static auto product(const A& a, const B& b) {
    return a * b;
  }
  template <class A>
  static auto square(const A& a) {
    return a.square();
  }
};

/// Tensors of rank 1 may be coordinates.
template <class T>
struct CoordinateSource<T, std::enable_if_t<isTensor<T>>> {
  static constexpr bool known = true;
  static constexpr bool oneDimensional = Eigen::internal::traits<T>::NumDimensions == 1;
  using Scalar = std::remove_const_t<typename Eigen::internal::traits<T>::Scalar>;

  static Index count(Place, const T& x) { return World<T>::samples(x, 0); }

  template <class Real>
  static Eigen::Array<Real, Eigen::Dynamic, 1> read(Place place, const T& x) {
    const Eigen::DefaultDevice device;
    Eigen::TensorEvaluator<const T, Eigen::DefaultDevice> evaluator(x, device);
    evaluator.evalSubExprsIfNeeded(nullptr);
    Eigen::Array<Real, Eigen::Dynamic, 1> result(count(place, x));
    for (Index i = 0; i < result.size(); ++i)
      result[i] = detail::convert<Real>(evaluator.coeff(static_cast<typename Eigen::internal::traits<T>::Index>(i)));
    evaluator.cleanup();
    return result;
  }
};

}  // namespace detail
}  // namespace gridgrad
