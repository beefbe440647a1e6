// SPDX-License-Identifier: MPL-2.0
//
// A statement is run twice on equal fields: as it stands, and with every derivative evaluated first.
//
// Fields are quarters and factors powers of two, so that the two agree to the last bit.

#pragma once

#include <doctest/doctest.h>
#include <gridgrad/gradient.hpp>

#include "reference.hpp"

using MatrixXdRow = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// The derivative as it stands, and evaluated: the two ways to run a statement. Where Eigen itself would alias, the
/// whole right-hand side is.
struct Lazy {
  template <class Xpr>
  const Xpr& whole(const Xpr& xpr) const {
    return xpr;
  }
  template <int axis, class F>
  auto d(const F& f, gridgrad::Edge edge = gridgrad::Edge::FirstOrder) const {
    return gridgrad::derivative<axis>(f, 0.5, edge);
  }
};
struct Eager {
  template <class Xpr>
  auto whole(const Xpr& xpr) const {
    return xpr.eval();
  }
  template <int axis, class F>
  auto d(const F& f, gridgrad::Edge edge = gridgrad::Edge::FirstOrder) const {
    return gridgrad::derivative<axis>(f, 0.5, edge).eval();
  }
};

/// Whether a statement leaves the same in u, evaluated first or not.
template <class Plain = Eigen::MatrixXd, class Statement>
bool agrees(const Statement& statement, Eigen::Index rows = 12, Eigen::Index cols = 12) {
  Plain lazy = reference::quarters<Plain>(rows, cols), eager = lazy;
  const Plain other = reference::quarters<Plain>(rows, cols, 9);
  statement(Lazy(), lazy, other);
  statement(Eager(), eager, other);
  return lazy.rows() == eager.rows() && lazy.cols() == eager.cols() && (lazy.array() == eager.array()).all();
}

// In each: D makes derivatives, u is assigned, v is another field.
#define AGREES(...) CHECK(agrees<Plain>([](auto D, auto& u, const auto& v) { (void)D, (void)v, __VA_ARGS__; }))
#define D0(...) D.template d<0>(__VA_ARGS__)
#define D1(...) D.template d<1>(__VA_ARGS__)
