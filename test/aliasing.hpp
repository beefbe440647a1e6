// SPDX-License-Identifier: MPL-2.0
//
// A statement is run twice on equal fields: as it stands, and with every derivative evaluated first. And it is said how
// it is computed: that what may not be overwritten goes aside, and what may be does not, is the point of it all.
//
// Fields are quarters and factors powers of two, so that the two agree to the last bit.

#pragma once

#include "paths.hpp"

#include <doctest/doctest.h>
#include <gridgrad/gradient.hpp>

#include <string>

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

/// How a statement is computed; nothing of it, if it leaves another u than evaluated first.
template <class Plain = Eigen::MatrixXd, class Statement>
std::string way(const Statement& statement, Eigen::Index rows = 12, Eigen::Index cols = 12) {
  Plain lazy = reference::quarters<Plain>(rows, cols), eager = lazy;
  const Plain other = reference::quarters<Plain>(rows, cols, 9);
  const paths::Since start;
  statement(Lazy(), lazy, other);
  const std::string way = start.way();
  statement(Eager(), eager, other);
  const bool same = lazy.rows() == eager.rows() && lazy.cols() == eager.cols() && (lazy.array() == eager.array()).all();
  return same ? way : "wrong";
}

/// Whether a statement leaves the same in u, evaluated first or not.
template <class Plain = Eigen::MatrixXd, class Statement>
bool agrees(const Statement& statement, Eigen::Index rows = 12, Eigen::Index cols = 12) {
  return way<Plain>(statement, rows, cols) != "wrong";
}

// In each: D makes derivatives, u is assigned, v is another field. BY says how, and ASIDE that it is in a temporary.
#define STATEMENT(...) [](auto D, auto& u, const auto& v) { (void)D, (void)v, __VA_ARGS__; }
#define AGREES(...) CHECK(agrees<Plain>(STATEMENT(__VA_ARGS__)))
#define BY(path, ...) CHECK(way<Plain>(STATEMENT(__VA_ARGS__)) == path)
#define ASIDE(...) BY("Temporary Loops", __VA_ARGS__)
#define D0(...) D.template d<0>(__VA_ARGS__)
#define D1(...) D.template d<1>(__VA_ARGS__)
