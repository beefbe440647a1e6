// SPDX-License-Identifier: MPL-2.0
//
// derivative(f, …): the one primitive, of which every word is made.

#pragma once

#include <Eigen/Core>

#include <type_traits>
#include <utility>

#include <gridgrad/detail/coordinates.hpp>
#include <gridgrad/detail/dense_result.hpp>
#include <gridgrad/detail/make_rule.hpp>
#include <gridgrad/detail/world.hpp>

namespace gridgrad {
namespace detail {

/// Dense arrays: vectors have one axis; all else has two, down the rows and across the columns.
template <class F>
struct World<F, std::enable_if_t<isDense<F>>> {
  using Xpr = Plain<decltype(std::declval<F&>().derived())>;
  using Scalar = typename Xpr::Scalar;
  using Kind = typename Eigen::internal::traits<Xpr>::XprKind;

  static constexpr bool known = true;
  static constexpr int rank = Xpr::IsVectorAtCompileTime ? 1 : 2;

  static Index samples(const F& f, Index axis) { return rank == 1 ? f.size() : axis == 0 ? f.rows() : f.cols(); }

  static decltype(auto) capture(const F& f) {
    if constexpr (isResult<Xpr>)
      return (f.derived().nestedExpression());
    else if constexpr (IsRef<Xpr>::value)
      return detail::referredTo(f.derived());
    else
      return static_cast<const Xpr&>(f.derived());
  }
  static auto capture(const F&& f) { return capture(F(f)); }
  static auto capture(F&& f) {
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

  template <int Axis, class Captured, class Rule>
  static EIGEN_ALWAYS_INLINE Derivative<Captured, Axis, Rule> derivative(const Captured& f, Index axis,
                                                                         const Rule& rule) {
    return {f, axis, rule};
  }

  template <class A, class B>
  static auto product(const A& a, const B& b) {
    if constexpr (std::is_same<Kind, Eigen::ArrayXpr>::value)
      return a * b;
    else
      return a.cwiseProduct(b);
  }
  template <class A>
  static auto square(const A& a) {
    if constexpr (std::is_same<Kind, Eigen::ArrayXpr>::value)
      return a.square();
    else
      return a.cwiseAbs2();
  }
};

/// An axis known while compiling, counted from 0.
template <class W, int Axis>
constexpr int axisOf() {
  static_assert(-W::rank <= Axis && Axis < W::rank, GRIDGRAD_SAYS_AXIS);
  return Axis < 0 ? Axis + W::rank : Axis;
}

/// The derivative of a captured field; every other spelling ends here.
template <class W, int order, int Axis, class Captured, class S>
EIGEN_ALWAYS_INLINE auto derivativeOf(const Captured& f, Index samples, Index axis, S&& spacing, Edges edges) {
  using Real = typename WeightScalar<typename W::Scalar>::type;
  return W::template derivative<Axis>(
      f, axis, detail::makeRule<Real, order>(std::forward<S>(spacing), samples, edges, Place{axis}));
}

/// Of a field that comes as it was given, along an axis known while compiling or while running.
template <int order, int Axis, class F, class S>
EIGEN_ALWAYS_INLINE auto derivativeAlong(F&& f, S&& spacing, Edges edges) {
  static_assert(detail::demandField<F>() && detail::demandSpacing<Plain<S>>());
  using W = WorldOf<F>;
  constexpr int axis = detail::axisOf<W, Axis>();
  const Index samples = W::samples(f, axis);
  return detail::derivativeOf<W, order, axis>(W::capture(std::forward<F>(f)), samples, axis, std::forward<S>(spacing),
                                              edges);
}
template <int order, class F, class S>
EIGEN_ALWAYS_INLINE auto derivativeAlong(F&& f, Index axis, S&& spacing, Edges edges) {
  static_assert(detail::demandField<F>() && detail::demandSpacing<Plain<S>>());
  using W = WorldOf<F>;
  constexpr int known = W::rank == 1 ? 0 : Eigen::Dynamic;
  const Index a = detail::checkedAxis(axis, W::rank);
  const Index samples = W::samples(f, a);
  return detail::derivativeOf<W, order, known>(W::capture(std::forward<F>(f)), samples, a, std::forward<S>(spacing),
                                               edges);
}

/// What stands for the edges at the end of the arguments.
template <class T>
inline constexpr bool isEdge = std::is_same<Plain<T>, Edge>::value || std::is_same<Plain<T>, Edges>::value;

/// An axis known while running: an integer, or a name for one, as an enumeration has. A truth value is none.
template <class A, class = void>
struct IsConstant : std::false_type {};
template <class A>
struct IsConstant<A, std::enable_if_t<std::is_class<A>::value && std::is_integral<decltype(+A::value)>::value>>
    : std::is_convertible<A, Index> {};
template <class A>
inline constexpr bool isAxis = (std::is_integral<A>::value && !std::is_same<A, bool>::value) ||
                               (std::is_enum<A>::value && std::is_convertible<A, Index>::value) || IsConstant<A>::value;

/// A field and what may be a spacing: a call with these is meant for us, though the axis is missing.
template <class F>
inline constexpr bool isField = WorldOf<F>::known || isTensor<Plain<F>>;
template <class F, class S>
constexpr bool lacksAxis() {
  using T = Plain<S>;
  constexpr bool isSpacing = CoordinateSource<T>::known || IsNumber<T>::value || isMadeSpacing<T> || isEdge<T>;
  return isSpacing && !isAxis<T> && isField<F>;
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
template <int Axis, class F, class S, std::enable_if_t<!detail::isEdge<S>, int> = 0>
EIGEN_ALWAYS_INLINE auto derivative(F&& f, S&& spacing, Edges edges = Edge::FirstOrder) {
  return detail::derivativeAlong<1, Axis>(std::forward<F>(f), std::forward<S>(spacing), edges);
}

/// The same for samples one unit apart.
template <int Axis, class F>
EIGEN_ALWAYS_INLINE auto derivative(F&& f, Edges edges = Edge::FirstOrder) {
  return detail::derivativeAlong<1, Axis>(std::forward<F>(f), 1, edges);
}

/// The same along an axis known only at run time, as in `for (int a = 0; a < 2; ++a) … derivative(f, a, h)`.
///
/// Throws std::out_of_range if there is no such axis. An axis known while compiling fuses best.
template <class F, class A, class S, std::enable_if_t<detail::isAxis<A> && !detail::isEdge<S>, int> = 0>
EIGEN_ALWAYS_INLINE auto derivative(F&& f, A axis, S&& spacing, Edges edges = Edge::FirstOrder) {
  return detail::derivativeAlong<1>(std::forward<F>(f), static_cast<Index>(axis), std::forward<S>(spacing), edges);
}

/// The same along an axis known only at run time, for samples one unit apart. Without an edge it does not compile: of
/// two numbers, derivative(f, 1), nobody can tell an axis from a step.
template <class F, class A, std::enable_if_t<detail::isAxis<A>, int> = 0>
EIGEN_ALWAYS_INLINE auto derivative(F&& f, A axis, Edges edges) {
  return detail::derivativeAlong<1>(std::forward<F>(f), static_cast<Index>(axis), 1, edges);
}

/// @cond  Calls that do not compile, and say why: without an axis, with a number that may be an axis or a step, and
/// with more than one spacing and one edge.
template <class F, class A, std::enable_if_t<detail::isAxis<A>, int> = 0>
auto derivative(F&&, A) {
  static_assert(detail::demandField<F>());
  static_assert(detail::never<A>, GRIDGRAD_SAYS_AXIS_OR_STEP);
}
template <class F, class S, class... Rest, std::enable_if_t<detail::lacksAxis<F, S>(), int> = 0>
auto derivative(F&&, S&&, Rest&&...) {
  static_assert(detail::never<S>, GRIDGRAD_SAYS_AXIS_MISSING);
}
template <class F, std::enable_if_t<detail::isField<F>, int> = 0>
auto derivative(F&&) {
  static_assert(detail::never<F>, GRIDGRAD_SAYS_AXIS_MISSING);
}
template <int Axis, class F, class S, class T, class... Rest,
          std::enable_if_t<(sizeof...(Rest) > 0 || !detail::isEdge<T> || detail::isEdge<S>), int> = 0>
auto derivative(F&&, S&&, T&&, Rest&&...) {
  static_assert(detail::never<F>, GRIDGRAD_SAYS_ONE_SPACING);
}
/// @endcond

}  // namespace gridgrad
