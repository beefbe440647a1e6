// SPDX-License-Identifier: MPL-2.0
//
// derivative(f, …): the one primitive, of which every word is made.

#pragma once

#include <Eigen/Core>

#include <type_traits>
#include <utility>

#include <gridgrad/numbers/coordinates.hpp>
#include <gridgrad/dense/result.hpp>
#include <gridgrad/words/make_rule.hpp>
#include <gridgrad/words/field_traits.hpp>

namespace gridgrad {
namespace detail {

/// Dense arrays: vectors have one axis; all else has two, down the rows and across the columns.
template <class Field>
struct FieldTraits<Field, std::enable_if_t<isDense<Field>>> {
  using Xpr = Plain<decltype(std::declval<Field&>().derived())>;
  using Scalar = typename Xpr::Scalar;
  using Kind = typename Eigen::internal::traits<Xpr>::XprKind;

  static constexpr bool known = true;
  static constexpr int rank = Xpr::IsVectorAtCompileTime ? 1 : 2;

  static Index samples(const Field& f, Index axis) { return rank == 1 ? f.size() : axis == 0 ? f.rows() : f.cols(); }

  static decltype(auto) nest(const Field& f) {
    if constexpr (isResult<Xpr>)
      return (f.derived().nestedExpression());
    else if constexpr (IsRef<Xpr>::value)
      return detail::referredTo(f.derived());
    else
      return static_cast<const Xpr&>(f.derived());
  }
  static auto nest(const Field&& f) { return nest(Field(f)); }
  static auto nest(Field&& f) {
    if constexpr (std::is_base_of<Eigen::PlainObjectBase<Xpr>, Xpr>::value) {
      return Owned<Xpr>(std::move(f.derived()));
    } else if constexpr (IsRef<Xpr>::value) {
      if constexpr (IsRef<Xpr>::mayOwn)
        return Owned<typename Xpr::PlainObject>(typename Xpr::PlainObject(f.derived()));
      else
        return detail::referredTo(f.derived());
    } else if constexpr (isResult<Xpr>) {
      return typename Xpr::NestedExpression(f.derived().nestedExpression());
    } else {
      return Xpr(f.derived());
    }
  }

  template <int Axis, class Nested, class Rule>
  static EIGEN_ALWAYS_INLINE Derivative<Nested, Axis, Rule> derivative(const Nested& f, Index axis, const Rule& rule) {
    return {f, axis, rule};
  }

  template <class Lhs, class Rhs>
  static auto product(const Lhs& a, const Rhs& b) {
    if constexpr (std::is_same<Kind, Eigen::ArrayXpr>::value)
      return a * b;
    else
      return a.cwiseProduct(b);
  }
  template <class Lhs>
  static auto square(const Lhs& a) {
    if constexpr (std::is_same<Kind, Eigen::ArrayXpr>::value)
      return a.square();
    else
      return a.cwiseAbs2();
  }
};

/// An axis known while compiling, counted from 0.
template <class OwnTraits, int Axis>
constexpr int axisOf() {
  static_assert(-OwnTraits::rank <= Axis && Axis < OwnTraits::rank, GRIDGRAD_SAYS_AXIS);
  return Axis < 0 ? Axis + OwnTraits::rank : Axis;
}

/// The derivative of a nested field; every other spelling ends here.
template <class OwnTraits, int order, int Axis, class Nested, class SpacingType>
EIGEN_ALWAYS_INLINE auto derivativeOf(const Nested& f, Index samples, Index axis, SpacingType&& spacing, Edges edges) {
  using Real = typename WeightScalar<typename OwnTraits::Scalar>::type;
  return OwnTraits::template derivative<Axis>(
      f, axis, detail::makeRule<Real, order>(std::forward<SpacingType>(spacing), samples, edges, Place{axis}));
}

/// Of a field that comes as it was given, along an axis known while compiling or while running.
template <int order, int Axis, class Field, class SpacingType>
EIGEN_ALWAYS_INLINE auto derivativeAlong(Field&& f, SpacingType&& spacing, Edges edges) {
  static_assert(detail::demandField<Field>() && detail::demandSpacing<Plain<SpacingType>>());
  using OwnTraits = FieldTraitsOf<Field>;
  constexpr int axis = detail::axisOf<OwnTraits, Axis>();
  const Index samples = OwnTraits::samples(f, axis);
  return detail::derivativeOf<OwnTraits, order, axis>(OwnTraits::nest(std::forward<Field>(f)), samples, axis,
                                                      std::forward<SpacingType>(spacing), edges);
}
template <int order, class Field, class SpacingType>
EIGEN_ALWAYS_INLINE auto derivativeAlong(Field&& f, Index axis, SpacingType&& spacing, Edges edges) {
  static_assert(detail::demandField<Field>() && detail::demandSpacing<Plain<SpacingType>>());
  using OwnTraits = FieldTraitsOf<Field>;
  constexpr int known = OwnTraits::rank == 1 ? 0 : Eigen::Dynamic;
  const Index a = detail::checkedAxis(axis, OwnTraits::rank);
  const Index samples = OwnTraits::samples(f, a);
  return detail::derivativeOf<OwnTraits, order, known>(OwnTraits::nest(std::forward<Field>(f)), samples, a,
                                                       std::forward<SpacingType>(spacing), edges);
}

/// What stands for the edges at the end of the arguments.
template <class Type>
inline constexpr bool isEdge = std::is_same<Plain<Type>, Edge>::value || std::is_same<Plain<Type>, Edges>::value;

/// An axis known while running: an integer, or a name for one, as an enumeration has; bool is rejected.
template <class AxisType, class = void>
struct IsConstant : std::false_type {};
template <class AxisType>
struct IsConstant<
    AxisType, std::enable_if_t<std::is_class<AxisType>::value && std::is_integral<decltype(+AxisType::value)>::value>>
    : std::is_convertible<AxisType, Index> {};
template <class AxisType>
inline constexpr bool isAxis =
    (std::is_integral<AxisType>::value && !std::is_same<AxisType, bool>::value) ||
    (std::is_enum<AxisType>::value && std::is_convertible<AxisType, Index>::value) || IsConstant<AxisType>::value;

/// A field and what may be a spacing: a call with these is meant for us, though the axis is missing.
template <class Field>
inline constexpr bool isField = FieldTraitsOf<Field>::known || isTensor<Plain<Field>>;
template <class Field, class SpacingType>
constexpr bool lacksAxis() {
  using Type = Plain<SpacingType>;
  constexpr bool isSpacing =
      CoordinateSource<Type>::known || IsNumber<Type>::value || isMadeSpacing<Type> || isEdge<Type>;
  return isSpacing && !isAxis<Type> && isField<Field>;
}

}  // namespace detail

/// The derivative of `f` along one axis, ∂f/∂xₐ: same shape as `f`, computed when read.
///
///     auto g = derivative<0>(f, dx);                          // np.gradient(f, dx, axis=0)
///     auto g = derivative<-1>(f, x, Edge::SecondOrder);       // np.gradient(f, x, axis=-1, edge_order=2)
///
/// `f` is an Eigen array, matrix, Map, Ref, block or an expression of them, or a tensor or tensor expression. Axis 0
/// goes down the rows, axis 1 across the columns, however they are stored; a vector has axis 0 only; negative axes
/// count from the end. What comes back is an expression of the kind of `f`, an array for an array, a matrix for a
/// matrix, a TensorExpression for a tensor. Integers and bool give double, all else keeps its scalar type: real,
/// complex, a program's own number, or a vector of its own that has +, - and a product with a number.
///
/// `spacing` is a step, the coordinates of the samples along the axis, periodic(coordinates, period), or a Spacing or
/// Stencil, whose own edges go before `edges`: an Edge for both ends, or an Edge for each.
///
/// Second order between the ends; at the ends of the order of the edge: exact on parabolas with Edge::SecondOrder, on
/// lines with Edge::FirstOrder. Units: those of `f` over those of the spacing. The formulas and their source:
/// docs/mathematics.md.
///
/// Borrows `f` if `f` is a named array or an expression of named arrays, and a named Stencil: let them outlive the
/// result. A temporary array, and coordinates, live as long as the result needs them. See docs/lifetime.md.
///
/// Cost: one pass, no allocation; coordinates cost four divisions a sample at the call, and the memory of the weights.
///
/// Throws std::invalid_argument if the spacing is not usable, does not fit the axis, or the axis is too short for the
/// edges (2 samples for Edge::FirstOrder, 3 for Edge::SecondOrder, 1 for Edge::Periodic), before anything is read.
template <int Axis, class Field, class SpacingType, std::enable_if_t<!detail::isEdge<SpacingType>, int> = 0>
EIGEN_ALWAYS_INLINE auto derivative(Field&& f, SpacingType&& spacing, Edges edges = Edge::FirstOrder) {
  return detail::derivativeAlong<1, Axis>(std::forward<Field>(f), std::forward<SpacingType>(spacing), edges);
}

/// The same for samples one unit apart.
template <int Axis, class Field>
EIGEN_ALWAYS_INLINE auto derivative(Field&& f, Edges edges = Edge::FirstOrder) {
  return detail::derivativeAlong<1, Axis>(std::forward<Field>(f), 1, edges);
}

/// The same along an axis known only at run time, as in `for (int a = 0; a < 2; ++a) … derivative(f, a, h)`.
///
/// Throws std::out_of_range if there is no such axis. An axis known while compiling fuses best.
template <class Field, class AxisType, class SpacingType,
          std::enable_if_t<detail::isAxis<AxisType> && !detail::isEdge<SpacingType>, int> = 0>
EIGEN_ALWAYS_INLINE auto derivative(Field&& f, AxisType axis, SpacingType&& spacing, Edges edges = Edge::FirstOrder) {
  return detail::derivativeAlong<1>(std::forward<Field>(f), static_cast<Index>(axis),
                                    std::forward<SpacingType>(spacing), edges);
}

/// The same along an axis known only at run time, for samples one unit apart. Without an edge it does not compile: of
/// two numbers, derivative(f, 1), nobody can tell an axis from a step.
template <class Field, class AxisType, std::enable_if_t<detail::isAxis<AxisType>, int> = 0>
EIGEN_ALWAYS_INLINE auto derivative(Field&& f, AxisType axis, Edges edges) {
  return detail::derivativeAlong<1>(std::forward<Field>(f), static_cast<Index>(axis), 1, edges);
}

/// @cond  Calls that do not compile, and say why: without an axis, with a number that may be an axis or a step, and
/// with more than one spacing and one edge.
template <class Field, class AxisType, std::enable_if_t<detail::isAxis<AxisType>, int> = 0>
auto derivative(Field&&, AxisType) {
  static_assert(detail::demandField<Field>());
  static_assert(detail::never<AxisType>, GRIDGRAD_SAYS_AXIS_OR_STEP);
}
template <class Field, class SpacingType, class... Rest,
          std::enable_if_t<detail::lacksAxis<Field, SpacingType>(), int> = 0>
auto derivative(Field&&, SpacingType&&, Rest&&...) {
  static_assert(detail::never<SpacingType>, GRIDGRAD_SAYS_AXIS_MISSING);
}
template <class Field, std::enable_if_t<detail::isField<Field>, int> = 0>
auto derivative(Field&&) {
  static_assert(detail::never<Field>, GRIDGRAD_SAYS_AXIS_MISSING);
}
template <int Axis, class Field, class SpacingType, class Type, class... Rest,
          std::enable_if_t<(sizeof...(Rest) > 0 || !detail::isEdge<Type> || detail::isEdge<SpacingType>), int> = 0>
auto derivative(Field&&, SpacingType&&, Type&&, Rest&&...) {
  static_assert(detail::never<Field>, GRIDGRAD_SAYS_ONE_SPACING);
}
/// @endcond

}  // namespace gridgrad
