// SPDX-License-Identifier: MPL-2.0
//
// The partial derivatives of a field, scalar or vector, for words to pick from: d(u, x) is ∂u/∂x.
//
// A word takes its fields first, one component for each axis, then the spacings, then the edges. Here they are told
// apart; weights are made once for each axis, and a component given as a temporary is kept once.

#pragma once

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

#include <gridgrad/words/grid.hpp>

namespace gridgrad {
namespace detail {

/// The components of a vector field and the axes of the grid go by the letters of the field's textbooks.
template <int k>
using Letter = std::integral_constant<int, k>;

namespace letters {
inline constexpr Letter<0> u, x;
inline constexpr Letter<1> v, y;
inline constexpr Letter<2> w, z;
}  // namespace letters

/// Of fields with the nested types Fields, on a grid with these rules for first and for second derivatives.
template <class OwnTraits, class Fields, class FirstRules, class SecondRules>
class Partials {
 public:
  static constexpr int rank = OwnTraits::rank;
  using Scalar = typename DerivativeScalar<typename OwnTraits::Scalar>::type;

  Partials(Fields fields, FirstRules first, SecondRules second)
      : m_fields(std::move(fields)), m_first(std::move(first)), m_second(std::move(second)) {}

  /// ∂u/∂x, for component u and axis x.
  template <int k, int a>
  auto operator()(Letter<k>, Letter<a>) const {
    return OwnTraits::template derivative<a>(std::get<k>(m_fields), a, std::get<a>(m_first));
  }

  /// ∂²u/∂x∂y; the compact one if these are the same axis.
  template <int k, int a, int b>
  auto operator()(Letter<k>, Letter<a>, Letter<b>) const {
    if constexpr (a == b) {
      return OwnTraits::template derivative<a>(std::get<k>(m_fields), a, std::get<a>(m_second));
    } else {
      auto inner = OwnTraits::template derivative<a>(std::get<k>(m_fields), a, std::get<a>(m_first));
      using Inner = FieldTraitsOf<decltype(inner)>;
      return Inner::template derivative<b>(Inner::nest(std::move(inner)), b, std::get<b>(m_first));
    }
  }

  /// Of the coefficients of what is made of them.
  template <class Lhs, class Rhs>
  static auto product(const Lhs& a, const Rhs& b) {
    return OwnTraits::product(a, b);
  }
  template <class Lhs>
  static auto square(const Lhs& a) {
    return OwnTraits::square(a);
  }

 private:
  Fields m_fields;
  FirstRules m_first;
  SecondRules m_second;
};

/// One half, in the type of the derivatives.
template <class Derivatives>
typename Derivatives::Scalar halfOf(const Derivatives&) {
  return static_cast<typename Derivatives::Scalar>(0.5);
}

template <class Type, bool known = FieldTraitsOf<Type>::known>
inline constexpr int rankOf = 0;
template <class Type>
inline constexpr int rankOf<Type, true> = FieldTraitsOf<Type>::rank;

template <class First, class...>
inline constexpr int rankOfFirst = rankOf<First>;

/// Beside a field of several axes stand components of as many; what has fewer is a spacing.
template <class First>
constexpr std::size_t countComponents() {
  return 0;
}
template <class First, class Next, class... Rest>
constexpr std::size_t countComponents() {
  if constexpr (rankOf<Next> == rankOf<First> && 1 < rankOf<First>)
    return 1 + detail::countComponents<First, Rest...>();
  else
    return 0;
}

/// How many of the arguments, from the first on, are fields.
template <class First, class... Rest>
constexpr std::size_t countFields() {
  static_assert(detail::demandField<First>());
  return 1 + detail::countComponents<First, Rest...>();
}

/// The components have one shape.
template <class First, class Other>
void checkAlike(const First& first, const Other& other, Index component) {
  using TraitsOfFirst = FieldTraitsOf<First>;
  using TraitsOfOther = FieldTraitsOf<Other>;
  for (Index axis = 0; axis < TraitsOfFirst::rank; ++axis)
    detail::checkSameSamples(component, axis, TraitsOfOther::samples(other, axis), TraitsOfFirst::samples(first, axis));
}

/// How to pass on an argument that will be needed once more: what would be moved from is copied.
template <class Type>
using Again = std::conditional_t<std::is_lvalue_reference<Type>::value, Type, const std::remove_reference_t<Type>&&>;

/// Of fields and what is said of their grid, with the rules that are wanted: those of first derivatives, of second
/// ones.
template <bool first, bool second, class... Fields, class... Grid>
auto partialsOf(std::tuple<Fields...> fields, std::tuple<Grid...> grid) {
  using OwnTraits = FieldTraitsOf<std::tuple_element_t<0, std::tuple<Fields...>>>;
  static_assert((std::is_same<typename FieldTraitsOf<Fields>::Kind, typename OwnTraits::Kind>::value && ...),
                GRIDGRAD_SAYS_ONE_KIND);
  static_assert((std::is_same<typename DerivativeScalar<typename FieldTraitsOf<Fields>::Scalar>::type,
                              typename DerivativeScalar<typename OwnTraits::Scalar>::type>::value &&
                 ...),
                GRIDGRAD_SAYS_ONE_SCALAR);
  const auto& u = std::get<0>(fields);
  Index component = 0;
  std::apply([&](const auto&... each) { (detail::checkAlike(u, each, component++), ...); }, fields);

  const auto firstRules = [&] {
    return std::apply(
        [&](auto&... each) {
          if constexpr (second)
            return detail::gridRules<OwnTraits, 1>(u, AxesOf<OwnTraits>(), static_cast<Again<Grid>>(each)...);
          else
            return detail::gridRules<OwnTraits, 1>(u, AxesOf<OwnTraits>(), std::forward<Grid>(each)...);
        },
        grid);
  };
  const auto secondRules = [&] {
    return std::apply(
        [&](auto&... each) {
          return detail::gridRules<OwnTraits, 2>(u, AxesOf<OwnTraits>(), std::forward<Grid>(each)...);
        },
        grid);
  };
  const auto rulesIf = [](auto wanted, const auto& rules) {
    if constexpr (decltype(wanted)::value)
      return rules();
    else
      return std::tuple<>();
  };
  auto firsts = rulesIf(std::bool_constant<first>(), firstRules);
  auto seconds = rulesIf(std::bool_constant<second>(), secondRules);

  using Nested = std::tuple<decltype(FieldTraitsOf<Fields>::nest(std::declval<Fields>()))...>;
  return std::apply(
      [&](auto&... each) {
        return Partials<OwnTraits, Nested, decltype(firsts), decltype(seconds)>(
            Nested(FieldTraitsOf<Fields>::nest(std::forward<Fields>(each))...), std::move(firsts), std::move(seconds));
      },
      fields);
}

template <bool first, bool second, class Arguments, std::size_t... f, std::size_t... g>
auto partialsOf(Arguments arguments, std::index_sequence<f...>, std::index_sequence<g...>) {
  constexpr std::size_t fields = sizeof...(f);
  return detail::partialsOf<first, second>(
      std::tuple<std::tuple_element_t<f, Arguments>...>(std::get<f>(std::move(arguments))...),
      std::tuple<std::tuple_element_t<fields + g, Arguments>...>(std::get<fields + g>(std::move(arguments))...));
}

/// The partial derivatives of a word's arguments, of which the first `fields` are fields.
template <std::size_t fields, bool first, bool second, class... Arguments>
auto partials(Arguments&&... arguments) {
  return detail::partialsOf<first, second>(std::forward_as_tuple(std::forward<Arguments>(arguments)...),
                                           std::make_index_sequence<fields>(),
                                           std::make_index_sequence<sizeof...(Arguments) - fields>());
}

/// The first derivatives of a vector field, a component for each axis.
template <class First, class... Rest>
auto partialsOfVector(First&& first, Rest&&... rest) {
  constexpr std::size_t fields = detail::countFields<First, Rest...>();
  static_assert(int(fields) == rankOf<First>, GRIDGRAD_SAYS_COMPONENTS);
  return detail::partials<fields, true, false>(std::forward<First>(first), std::forward<Rest>(rest)...);
}

}  // namespace detail
}  // namespace gridgrad
