// SPDX-License-Identifier: MPL-2.0
//
// An Eigen::Ref given to a derivative: held as the samples it refers to, so that a function may return the slope of its
// Ref argument.

#pragma once

#include <Eigen/Core>

#include <memory>
#include <type_traits>
#include <utility>

namespace gridgrad {
namespace detail {

template <class Type>
struct IsRef : std::false_type {};
template <class PlainObject, int options, class Stride>
struct IsRef<Eigen::Ref<PlainObject, options, Stride>> : std::true_type {
  /// A Ref to const may own the array it refers to, and takes it along when it goes.
  static constexpr bool mayOwn = std::is_const<PlainObject>::value;
};

/// The samples at `data`, laid out as those of a Ref, as a Map: expressions would hold the Ref itself by reference,
/// even a function's own argument.
template <class PlainObject, int options, class Stride>
auto mapAs(const Eigen::Ref<PlainObject, options, Stride>& f, const typename PlainObject::Scalar* data) {
  constexpr int outer = Stride::OuterStrideAtCompileTime, inner = Stride::InnerStrideAtCompileTime;
  using Strides = Eigen::Stride<outer, inner>;
  return Eigen::Map<const PlainObject, options, Strides>(
      data, f.rows(), f.cols(),
      Strides(outer == Eigen::Dynamic ? f.outerStride() : outer, inner == Eigen::Dynamic ? f.innerStride() : inner));
}

/// What a Ref to const refers to: a Map of it, and a share of a copy where the Ref holds a copy itself.
template <class RefToConst>
class Referred;

}  // namespace detail
}  // namespace gridgrad

namespace Eigen {
namespace internal {

template <class RefToConst>
struct traits<gridgrad::detail::Referred<RefToConst>> : traits<typename RefToConst::PlainObject> {
  enum { Flags = int(traits<typename RefToConst::PlainObject>::Flags) & RowMajorBit };
};

}  // namespace internal
}  // namespace Eigen

namespace gridgrad {
namespace detail {

template <class RefToConst>
class Referred : public Eigen::internal::dense_xpr_base<Referred<RefToConst>>::type {
 public:
  using Base = typename Eigen::internal::dense_xpr_base<Referred>::type;
  EIGEN_DENSE_PUBLIC_INTERFACE(Referred)
  using Map = decltype(gridgrad::detail::mapAs(std::declval<const RefToConst&>(), nullptr));

  explicit Referred(const RefToConst& f)
      : m_copy(Peek::owns(f) ? std::make_shared<const Copy>(f) : nullptr),
        m_map(gridgrad::detail::mapAs(f, m_copy ? m_copy->data() : f.data())) {}

  EIGEN_DEVICE_FUNC Eigen::Index rows() const { return m_map.rows(); }
  EIGEN_DEVICE_FUNC Eigen::Index cols() const { return m_map.cols(); }

  const Map& map() const { return m_map; }

 private:
  using Copy = typename RefToConst::PlainObject;

  /// Where the array is that a Ref may own: a protected member, of the same name in every version.
  struct Peek : RefToConst {
    static bool owns(const RefToConst& f) { return f.size() > 0 && f.data() == (f.*(&Peek::m_object)).data(); }
  };

  std::shared_ptr<const Copy> m_copy;
  Map m_map;
};

/// The samples a Ref refers to, for as long as they live, or for as long as a copy is needed.
template <class RefType>
auto referredTo(const RefType& f) {
  if constexpr (IsRef<RefType>::mayOwn)
    return Referred<RefType>(f);
  else
    return gridgrad::detail::mapAs(f, f.data());
}

}  // namespace detail
}  // namespace gridgrad

namespace Eigen {
namespace internal {

template <class RefToConst>
struct evaluator<gridgrad::detail::Referred<RefToConst>>
    : evaluator<typename gridgrad::detail::Referred<RefToConst>::Map> {
  explicit evaluator(const gridgrad::detail::Referred<RefToConst>& xpr)
      : evaluator<typename gridgrad::detail::Referred<RefToConst>::Map>(xpr.map()) {}
};

}  // namespace internal
}  // namespace Eigen
