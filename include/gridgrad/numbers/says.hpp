// SPDX-License-Identifier: MPL-2.0
//
// What compilers say of a misuse that the types alone can show: the sentences of static_asserts.

#pragma once

#include <type_traits>

#define GRIDGRAD_SAYS_FIELD                                                                                        \
  "gridgrad: the field must be an Eigen array, matrix, Map, Ref, Block or an expression of them; wrap other data " \
  "in an Eigen::Map, and for an Eigen::Tensor include <gridgrad/tensor.hpp>"
#define GRIDGRAD_SAYS_AXIS \
  "gridgrad: this axis does not exist: axes count from 0, or from -1 at the end, and a vector has only axis 0"
#define GRIDGRAD_SAYS_REPEATED_AXIS "gridgrad: each axis can be asked for only once"
#define GRIDGRAD_SAYS_AXIS_MISSING                                                                                 \
  "gridgrad: say along which axis, as a whole number: derivative<0>(f, h) or derivative(f, 0, h); gradient(f, h) " \
  "takes all axes"
#define GRIDGRAD_SAYS_AXIS_OF_SECOND_MISSING                                                                        \
  "gridgrad: say along which axis, as a whole number: secondDerivative<0>(f, h) or secondDerivative(f, 0, h); the " \
  "sum over all axes is laplacian(f, h)"
#define GRIDGRAD_SAYS_AXIS_OR_STEP                                                                                 \
  "gridgrad: this number would be the axis: give the spacing too, derivative(f, axis, h), or name the axis while " \
  "compiling, derivative<1>(f); a step along all axes is gradient(f, h)"
#define GRIDGRAD_SAYS_AXIS_OR_STEP_OF_SECOND                                                                       \
  "gridgrad: this number would be the axis: give the spacing too, secondDerivative(f, axis, h), or name the axis " \
  "while compiling, secondDerivative<1>(f); the sum over all axes is laplacian(f, h)"
#define GRIDGRAD_SAYS_ONE_SPACING                                                                         \
  "gridgrad: along one axis goes one spacing, and then, if wanted, one Edge; where the two ends differ, " \
  "Edges(first, last)"
#define GRIDGRAD_SAYS_TENSOR_HEADER "gridgrad: for an Eigen::Tensor include <gridgrad/tensor.hpp>, or <gridgrad.hpp>"
#define GRIDGRAD_SAYS_COORDINATES_OF_ONE_AXIS                                                                   \
  "gridgrad: coordinates, and a Stencil, belong to one axis, but there are several here: give one spacing per " \
  "axis, as in gradient(f, x, y), or name the axis, as in gradient<0>(f, x)"
#define GRIDGRAD_SAYS_BRACES                                                                                     \
  "gridgrad: braces say neither steps nor coordinates: write steps one after the other, gradient(f, 0.1, 0.2), " \
  "and coordinates as a std::array or Eigen array"
#define GRIDGRAD_SAYS_ONE_SPACING_PER_AXIS \
  "gridgrad: give no spacing, one step for every axis, or one spacing per axis (then, last, an Edge)"
#define GRIDGRAD_SAYS_EDGE_LAST \
  "gridgrad: an Edge goes last, after the spacings, and alone; where the two ends differ, write Edges(first, last)"
#define GRIDGRAD_SAYS_SPACING                                                                                    \
  "gridgrad: a spacing must be a step (a real number), the coordinates of the samples (a 1-D Eigen expression, " \
  "std::vector or std::array of real numbers), or a gridgrad::Stencil"
#define GRIDGRAD_SAYS_COLLECTION                                                                                   \
  "gridgrad: coordinates lie in memory one after the other, as in a std::vector, a std::array or an Eigen array: " \
  "copy these into one (of a std::valarray a, Eigen::Map<const Eigen::ArrayXd>(&a[0], a.size()) is one)"
#define GRIDGRAD_SAYS_DISTANCE                                                                               \
  "gridgrad: steps and coordinates must be plain real numbers, or compute as these do (+ - * / == <): of a " \
  "std::chrono::duration d give d.count(), of a time_point t t.time_since_epoch().count(), of a unit its number"
#define GRIDGRAD_SAYS_OTHER_DISTANCE                                                                             \
  "gridgrad: weights made of these distances cannot become those of this field: give the field the type of its " \
  "steps or coordinates, as with f.cast<T>(), or give these as plain numbers"
#define GRIDGRAD_SAYS_SAMPLES                                                                                     \
  "gridgrad: the samples of a field must be numbers, or vectors of your own that have + and - and can be "        \
  "multiplied by a number: of text, durations and units take the numbers, as in f.unaryExpr([](auto d) { return " \
  "double(d.count()); })"
#define GRIDGRAD_SAYS_SAMPLES_ARE_ARRAYS                                                              \
  "gridgrad: the samples of this field are arrays themselves: see them as the columns of one, as in " \
  "Eigen::Map<const Eigen::Matrix3Xd>(p[0].data(), 3, n) with derivative<1>, or give the field one more axis"
#define GRIDGRAD_SAYS_MADE_SPACING \
  "gridgrad: a Spacing is made from a step or coordinates; one made before, or a Stencil, is given as it is"
#define GRIDGRAD_SAYS_COMPLEX_SPACING "gridgrad: a spacing must be real: distances along an axis are not complex"
#define GRIDGRAD_SAYS_COORDINATES_1D "gridgrad: coordinates must be 1-D, one for each sample along the axis"
#define GRIDGRAD_SAYS_PERIODIC                                                                                    \
  "gridgrad: periodic() takes coordinates and a period; where samples are a step apart, Edge::Periodic says all " \
  "there is to say"
#define GRIDGRAD_SAYS_COMPONENTS                                                                                   \
  "gridgrad: a vector field has one component for each axis, all of one rank: two arrays or matrices, or as many " \
  "tensors as they have axes; the spacings come after them"
#define GRIDGRAD_SAYS_ONE_KIND                                                                                 \
  "gridgrad: the components of a vector field must be alike: all arrays, all matrices, or all tensors of one " \
  "layout; see .array(), .matrix() and .swap_layout()"
#define GRIDGRAD_SAYS_ONE_SCALAR                                                                               \
  "gridgrad: the components of a vector field must have one scalar type (integers count as double): cast the " \
  "others with .cast<Scalar>()"
#define GRIDGRAD_SAYS_SEVERAL                                                                                 \
  "gridgrad: these are several results, and one array takes one: give each a name, auto [a, b] = …, or an " \
  "array, std::tie(a, b) = …; a gradient along one axis alone is gradient<0>(f, h)"
#define GRIDGRAD_SAYS_CURL "gridgrad: a curl needs two components of two axes, or three tensors of three axes"
#define GRIDGRAD_SAYS_FLOW \
  "gridgrad: a flow has two components on two axes, or three on the three axes of tensors; and it is real"
#define GRIDGRAD_SAYS_LAMBDA2 "gridgrad: lambda2 is defined in three dimensions: three real tensors of three axes"
#define GRIDGRAD_SAYS_LAPLACIAN                                                                             \
  "gridgrad: a Laplacian takes one field, or a vector field of one component for each axis: two arrays or " \
  "matrices, or as many tensors as they have axes; then the spacings"
#define GRIDGRAD_SAYS_ONE_FIELD "gridgrad: this takes one field, then the spacings"
#define GRIDGRAD_SAYS_STENCIL_DISTANCE                                                                            \
  "gridgrad: a Stencil holds its weights in built-in numbers: make it of plain ones, or give this step or these " \
  "coordinates to each call"
#define GRIDGRAD_SAYS_STENCIL_PRECISION                                                         \
  "gridgrad: a Stencil holds weights up to long double; give a more precise field its step or " \
  "coordinates themselves"

namespace Eigen {
template <class Derived, int accessLevel>
class TensorBase;
}

namespace gridgrad {
namespace detail {

// Eigen's tensors by name alone, to know one where tensor.hpp has not been included.
template <class Derived, int accessLevel>
std::true_type isTensorXpr(const Eigen::TensorBase<Derived, accessLevel>*);
std::false_type isTensorXpr(const void*);
template <class Type>
inline constexpr bool isTensor = decltype(detail::isTensorXpr(static_cast<const Type*>(nullptr)))::value;

/// Of a function that is there only to say a sentence.
template <class>
inline constexpr bool never = false;

}  // namespace detail
}  // namespace gridgrad
