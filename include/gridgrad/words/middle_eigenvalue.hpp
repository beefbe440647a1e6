// SPDX-License-Identifier: MPL-2.0
//
// A function of nine expressions, coefficient by coefficient: the middle eigenvalue of S² + Ω², of a velocity gradient.
//
// Eigen's expressions take one or two operands. So the nine are put together one by one: a list of one, and to each
// list one more, with lists as coefficients; and of the list of all, the eigenvalue. No list is ever stored.

#pragma once

#include <Eigen/Core>
#include <Eigen/Eigenvalues>

#include <limits>
#include <type_traits>

#include <gridgrad/numbers/check.hpp>
#include <gridgrad/engine/known_functors.hpp>
#include <gridgrad/numbers/scalar.hpp>

namespace gridgrad {
namespace detail {

template <class Real, int count>
struct List {
  Real value[std::size_t(count)];
};

template <class Real>
struct FirstOfList {
  EIGEN_ALWAYS_INLINE List<Real, 1> operator()(const Real& first) const { return {{first}}; }
};

template <class Real, int count>
struct OneMoreInList {
  EIGEN_ALWAYS_INLINE List<Real, count + 1> operator()(const List<Real, count>& list, const Real& next) const {
    List<Real, count + 1> result;
    for (int k = 0; k < count; ++k) result.value[k] = list.value[k];
    result.value[count] = next;
    return result;
  }
};

/// Of the entries of J, row by row: S² + Ω² is the symmetric part of J².
template <class Real>
struct MiddleEigenvalue {
  Real operator()(const List<Real, 9>& entries) const {
    using Working = typename WorkingScalar<Real>::type;  // of half and bfloat16, float
    using Matrix = Eigen::Matrix<Working, 3, 3>;
    Matrix j;
    for (int k = 0; k < 9; ++k) j(k / 3, k % 3) = detail::convert<Working>(entries.value[k]);
    const Matrix squared = j * j, symmetric = (squared + squared.transpose()) / Working(2);
    if (!detail::isFinite(symmetric.sum())) return std::numeric_limits<Real>::quiet_NaN();
    return detail::convert<Real>(
        Eigen::SelfAdjointEigenSolver<Matrix>(symmetric, Eigen::EigenvaluesOnly).eigenvalues()[1]);
  }
};

// They read their arguments only.
template <class Real>
struct IsKnownFunctor<FirstOfList<Real>> : std::true_type {};
template <class Real, int count>
struct IsKnownFunctor<OneMoreInList<Real, count>> : std::true_type {};
template <class Real>
struct IsKnownFunctor<MiddleEigenvalue<Real>> : std::true_type {};

template <class Real, int count, class Listed>
auto listAll(const Listed& list) {
  return list.unaryExpr(MiddleEigenvalue<Real>());
}
template <class Real, int count, class Listed, class Next, class... More>
auto listAll(const Listed& list, const Next& next, const More&... more) {
  return detail::listAll<Real, count + 1>(list.binaryExpr(next, OneMoreInList<Real, count>()), more...);
}

/// The middle eigenvalue of S² + Ω² from the nine entries of J, row by row.
template <class First, class... More>
auto middleEigenvalue(const First& first, const More&... more) {
  using Real = typename First::Scalar;
  return detail::listAll<Real, 1>(first.unaryExpr(FirstOfList<Real>()), more...);
}

}  // namespace detail
}  // namespace gridgrad
