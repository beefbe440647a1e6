// SPDX-License-Identifier: MPL-2.0
//
// A field that depends on a parameter, for arrays and for tensors: f(t; a) = a t^2, with a = 3 the one parameter. Its
// slope is 2 a t = 6 t, and the derivative of that with respect to a is 2 t.

#pragma once

#include <doctest/doctest.h>
#include <Eigen/Core>
#include <unsupported/Eigen/AutoDiff>

#include <cstddef>
#include <vector>

#include "reference.hpp"

namespace autodiff {

using AutoDiff = Eigen::AutoDiffScalar<Eigen::VectorXd>;
using Places = std::vector<double>;

template <class Vector>
Vector field(const Places& t) {
  const auto parameter = AutoDiff(3, 1, 0);
  Vector f(reference::Index(t.size()));
  for (std::size_t i = 0; i < t.size(); ++i) f[reference::Index(i)] = parameter * (t[i] * t[i]);
  return f;
}

template <class Vector>
void checkSlope(const Vector& slope, const Places& t) {
  for (std::size_t i = 0; i < t.size(); ++i) {
    const AutoDiff s = slope[reference::Index(i)];
    CHECK(s.value() == doctest::Approx(6 * t[i]).epsilon(1e-13));
    REQUIRE(s.derivatives().size() == 1);
    CHECK(s.derivatives()[0] == doctest::Approx(2 * t[i]).epsilon(1e-13));
  }
}

}  // namespace autodiff
