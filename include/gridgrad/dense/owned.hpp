// SPDX-License-Identifier: MPL-2.0
//
// A temporary array given to a derivative: owned, so that `auto g = gradient(field())` does not dangle.

#pragma once

#include <Eigen/Core>

#include <memory>
#include <type_traits>
#include <utility>

namespace gridgrad {
namespace detail {

/// An expression that owns a plain array: in a shared node if its size is dynamic, by value if it is fixed.
template <class PlainObject>
class Owned;

}  // namespace detail
}  // namespace gridgrad

namespace Eigen {
namespace internal {

template <class PlainObject>
struct traits<gridgrad::detail::Owned<PlainObject>> : traits<PlainObject> {
  // Nested by value: whatever holds the expression holds a share of the array.
  enum { Flags = int(traits<PlainObject>::Flags) & RowMajorBit };
};

}  // namespace internal
}  // namespace Eigen

namespace gridgrad {
namespace detail {

template <class PlainObject_>
class Owned : public Eigen::internal::dense_xpr_base<Owned<PlainObject_>>::type {
 public:
  using Base = typename Eigen::internal::dense_xpr_base<Owned>::type;
  EIGEN_DENSE_PUBLIC_INTERFACE(Owned)

  explicit Owned(PlainObject_&& array) : m_array(hold(std::move(array))) {}

  EIGEN_DEVICE_FUNC Eigen::Index rows() const { return array().rows(); }
  EIGEN_DEVICE_FUNC Eigen::Index cols() const { return array().cols(); }

  const PlainObject_& array() const {
    if constexpr (isFixed)
      return m_array;
    else
      return *m_array;
  }

 private:
  static constexpr bool isFixed = PlainObject_::MaxSizeAtCompileTime != Eigen::Dynamic;
  using Holder = std::conditional_t<isFixed, PlainObject_, std::shared_ptr<const PlainObject_>>;

  static Holder hold(PlainObject_&& array) {
    if constexpr (isFixed)
      return std::move(array);
    else
      return std::make_shared<const PlainObject_>(std::move(array));
  }

  Holder m_array;
};

}  // namespace detail
}  // namespace gridgrad

namespace Eigen {
namespace internal {

template <class PlainObject>
struct evaluator<gridgrad::detail::Owned<PlainObject>> : evaluator<PlainObject> {
  explicit evaluator(const gridgrad::detail::Owned<PlainObject>& xpr) : evaluator<PlainObject>(xpr.array()) {}
};

}  // namespace internal
}  // namespace Eigen
