// SPDX-License-Identifier: MPL-2.0
//
// The derivative of a tensor along one axis: traits, then the operation. Eigen's operations on tensors nest it as they
// nest each other; what users hold is a TensorExpression around it.

#pragma once

#include <unsupported/Eigen/CXX11/Tensor>

#include <array>
#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>

#include <gridgrad/engine/rule.hpp>
#include <gridgrad/numbers/scalar.hpp>

namespace gridgrad {
namespace detail {

/// The lazy derivative of the tensor or tensor expression Arg. Axis is Eigen::Dynamic where it is known at run time
/// only.
template <class Arg, int Axis, class Rule>
class TensorDerivative;

/// A temporary tensor given to a derivative: kept, so that `auto g = gradient(field())` does not dangle.
template <class PlainTensor>
class TensorOwned;

/// Coefficients are counted so, and so are products of extents and strides, whatever index the tensor has and whatever
/// Eigen::Index is: a sum of two places that an int holds may be more than one holds.
using Offset = std::ptrdiff_t;

/// A sample along an axis, as rules count them.
EIGEN_DEVICE_FUNC EIGEN_ALWAYS_INLINE Eigen::Index sampleAt(Offset i) {
  return gridgrad::detail::convert<Eigen::Index>(i);
}

/// A named tensor is borrowed; views and expressions are held by value.
template <class Type>
struct IsPlainTensor : std::false_type {};
template <class Scalar, int rank, int options, class Index>
struct IsPlainTensor<Eigen::Tensor<Scalar, rank, options, Index>> : std::true_type {};
template <class Scalar, class Sizes, int options, class Index>
struct IsPlainTensor<Eigen::TensorFixedSize<Scalar, Sizes, options, Index>> : std::true_type {};

/// Whatever lies in memory.
template <class Type>
struct IsTensorMemory : IsPlainTensor<Type> {};
template <class Plain, int options, template <class> class MakePointer>
struct IsTensorMemory<Eigen::TensorMap<Plain, options, MakePointer>> : std::true_type {};
template <class PlainTensor>
struct IsTensorMemory<TensorOwned<PlainTensor>> : std::true_type {};

/// How many coefficients along an axis; of the dimensions, Eigen has two kinds.
template <class Dimensions>
EIGEN_DEVICE_FUNC Offset extent(const Dimensions& dimensions, int axis) {
  return static_cast<Offset>(dimensions[static_cast<std::size_t>(axis)]);
}
template <std::ptrdiff_t... sizes>
EIGEN_DEVICE_FUNC Offset extent(const Eigen::Sizes<sizes...>& dimensions, int axis) {
  return static_cast<Offset>(dimensions[axis]);
}

/// All extents, as plain numbers.
template <int rank, class Dimensions>
std::array<Offset, std::size_t(rank)> shapeOf(const Dimensions& dimensions) {
  std::array<Offset, std::size_t(rank)> shape{};
  for (int k = 0; k < rank; ++k) shape[std::size_t(k)] = detail::extent(dimensions, k);
  return shape;
}

/// The traits of an operation whose values have the type Scalar and that is otherwise shaped like Xpr.
template <class Xpr, class Scalar_>
struct TensorTraitsLike {
  using Scalar = Scalar_;
  using StorageKind = Eigen::Dense;
  using Index = typename Eigen::internal::traits<Xpr>::Index;
  using PointerType = Scalar*;
  static constexpr int NumDimensions = Eigen::internal::traits<Xpr>::NumDimensions;
  static constexpr int Layout = Eigen::internal::traits<Xpr>::Layout;
  enum { Flags = 0 };
};

}  // namespace detail
}  // namespace gridgrad

namespace Eigen {
namespace internal {

template <class Arg, int Axis, class Rule>
struct traits<gridgrad::detail::TensorDerivative<Arg, Axis, Rule>>
    : gridgrad::detail::TensorTraitsLike<
          Arg, typename gridgrad::detail::DerivativeScalar<std::remove_const_t<typename traits<Arg>::Scalar>>::type> {};

template <class PlainTensor>
struct traits<gridgrad::detail::TensorOwned<PlainTensor>>
    : gridgrad::detail::TensorTraitsLike<PlainTensor, typename traits<PlainTensor>::Scalar> {};

}  // namespace internal
}  // namespace Eigen

namespace gridgrad {
namespace detail {

/// What Eigen asks of each operation: the names of its types.
template <class Derived>
class TensorOperation : public Eigen::TensorBase<Derived, Eigen::ReadOnlyAccessors> {
  using Traits = Eigen::internal::traits<Derived>;

 public:
  using Scalar = typename Traits::Scalar;
  using RealScalar = typename Eigen::NumTraits<Scalar>::Real;
  using CoeffReturnType = Scalar;
  using Nested = Derived;  // by value
  using StorageKind = typename Traits::StorageKind;
  using Index = typename Traits::Index;
};

template <class Arg, int Axis, class Rule>
class TensorDerivative : public TensorOperation<TensorDerivative<Arg, Axis, Rule>> {
  static constexpr int rank = Eigen::internal::traits<TensorDerivative>::NumDimensions;

 public:
  using Shape = std::array<Offset, std::size_t(rank)>;

  TensorDerivative(const Arg& arg, Eigen::Index axis, const Rule& rule)
      : m_arg(arg), m_axis(axis), m_rule(rule), m_shape(shapeNow()) {}

  const Arg& expression() const { return m_arg; }
  const Rule& rule() const { return m_rule; }
  int axis() const { return static_cast<int>(m_axis.value()); }

  /// What shape the argument had when the derivative was made. Eigen gives a destination its new shape before anything
  /// is computed: a field that is a destination too may have another by then.
  const Shape& shape() const { return m_shape; }

 private:
  Shape shapeNow() const {
    const Eigen::DefaultDevice device;
    return shapeOf<rank>(Eigen::TensorEvaluator<const Arg, Eigen::DefaultDevice>(m_arg, device).dimensions());
  }

  std::conditional_t<IsPlainTensor<Arg>::value, const Arg&, const Arg> m_arg;
  Eigen::internal::variable_if_dynamic<Eigen::Index, Axis> m_axis;
  Rule m_rule;
  Shape m_shape;
};

template <class PlainTensor>
class TensorOwned : public TensorOperation<TensorOwned<PlainTensor>> {
 public:
  explicit TensorOwned(PlainTensor&& tensor) : m_tensor(std::make_shared<const PlainTensor>(std::move(tensor))) {}

  const std::shared_ptr<const PlainTensor>& tensor() const { return m_tensor; }

 private:
  std::shared_ptr<const PlainTensor> m_tensor;
};

/// The memory a tensor lies in, and how large it is.
template <class Type>
auto dataOf(const Type& tensor) {
  return tensor.data();
}
template <class PlainTensor>
auto dataOf(const TensorOwned<PlainTensor>& owned) {
  return owned.tensor()->data();
}
template <class Type>
decltype(auto) dimensionsOf(const Type& tensor) {
  return tensor.dimensions();
}
template <class PlainTensor>
decltype(auto) dimensionsOf(const TensorOwned<PlainTensor>& owned) {
  return owned.tensor()->dimensions();
}

}  // namespace detail
}  // namespace gridgrad

namespace Eigen {

/// As that of the tensor itself. It keeps the tensor too: a thread may still evaluate when the expression is gone.
template <class PlainTensor, class Device>
struct TensorEvaluator<const gridgrad::detail::TensorOwned<PlainTensor>, Device>
    : TensorEvaluator<const PlainTensor, Device> {
  using XprType = const gridgrad::detail::TensorOwned<PlainTensor>;

  TensorEvaluator(const XprType& xpr, const Device& device)
      : TensorEvaluator<const PlainTensor, Device>(*xpr.tensor(), device), m_tensor(xpr.tensor()) {}

 private:
  std::shared_ptr<const PlainTensor> m_tensor;
};

}  // namespace Eigen
