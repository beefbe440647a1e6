// SPDX-License-Identifier: MPL-2.0
//
// Whatever may be given as coordinates, and how they are read out of it.

#pragma once

#include <Eigen/Core>

#include <cstddef>
#include <iterator>
#include <type_traits>
#include <utility>

#include <gridgrad/numbers/arithmetic.hpp>
#include <gridgrad/numbers/check.hpp>
#include <gridgrad/numbers/scalar.hpp>

namespace gridgrad {
namespace detail {

/// Excludes containers of characters.
template <class Type>
inline constexpr bool isCharacter = std::is_same<Type, char>::value || std::is_same<Type, wchar_t>::value ||
                                    std::is_same<Type, char16_t>::value || std::is_same<Type, char32_t>::value;

template <class Type, class = void>
struct IsContiguous : std::false_type {};
template <class Type>
struct IsContiguous<Type, std::void_t<typename Type::value_type, decltype(*std::declval<const Type&>().data()),
                                      decltype(std::declval<const Type&>().size())>>
    : std::bool_constant<!isCharacter<typename Type::value_type>> {};

/// Other collections: a std::valarray, a std::list, a std::vector of bool.
template <class Type, class = void>
struct IsCollection : std::false_type {};
template <class Type>
struct IsCollection<Type, std::void_t<typename Type::value_type, decltype(std::begin(std::declval<const Type&>()))>>
    : std::bool_constant<!isCharacter<typename Type::value_type>> {};

/// How to read coordinates out of a type. What has no specialisation is no set of coordinates; a kind of array
/// that is not known here adds its own.
template <class Type, class Enable = void>
struct CoordinateSource {
  static constexpr bool known = false;
};

/// Any 1-D Eigen expression; a matrix type may turn out to be a single row or column at run time.
template <class Type>
struct CoordinateSource<Type, std::enable_if_t<isDense<Type>>> {
  static constexpr bool known = true;
  static constexpr bool mayBeOne(int size) { return size == 1 || size == Eigen::Dynamic; }
  static constexpr bool oneDimensional = mayBeOne(Type::RowsAtCompileTime) || mayBeOne(Type::ColsAtCompileTime);
  using Scalar = typename Type::Scalar;

  static Index count(Place place, const Type& x) {
    detail::checkOneDimensional(place, x.rows(), x.cols());
    return x.size();
  }

  template <class Real>
  static Eigen::Array<Real, Eigen::Dynamic, 1> read(Place place, const Type& x) {
    detail::checkOneDimensional(place, x.rows(), x.cols());
    const auto& values = x.eval();
    Eigen::Array<Real, Eigen::Dynamic, 1> result(values.size());
    for (Index i = 0; i < result.size(); ++i) result[i] = detail::convert<Real>(values.data()[i]);
    return result;
  }
};

/// std::vector, std::array and their like.
template <class Type>
struct CoordinateSource<Type, std::enable_if_t<!isDense<Type> && IsContiguous<Type>::value>> {
  static constexpr bool known = true;
  static constexpr bool oneDimensional = !IsContiguous<typename Type::value_type>::value;
  using Scalar = typename Type::value_type;

  static Index count(Place, const Type& x) { return static_cast<Index>(x.size()); }

  template <class Real>
  static Eigen::Array<Real, Eigen::Dynamic, 1> read(Place place, const Type& x) {
    Eigen::Array<Real, Eigen::Dynamic, 1> result(count(place, x));
    for (Index i = 0; i < result.size(); ++i) result[i] = detail::convert<Real>(x.data()[i]);
    return result;
  }
};

/// An array of C's.
template <class Type, std::size_t n>
struct CoordinateSource<Type[n], std::enable_if_t<!isCharacter<Type>>> {
  static constexpr bool known = true;
  static constexpr bool oneDimensional = !std::is_array<Type>::value;
  using Scalar = std::remove_all_extents_t<Type>;

  static Index count(Place, const Type (&)[n]) { return Index(n); }

  template <class Real>
  static Eigen::Array<Real, Eigen::Dynamic, 1> read(Place, const Type (&x)[n]) {
    Eigen::Array<Real, Eigen::Dynamic, 1> result{Index(n)};
    for (Index i = 0; i < result.size(); ++i) result[i] = detail::convert<Real>(x[i]);
    return result;
  }
};

}  // namespace detail
}  // namespace gridgrad
