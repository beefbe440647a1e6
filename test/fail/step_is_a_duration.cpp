// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: steps and coordinates must be plain real numbers, or compute as these do (+ - * / == <): of a
// std::chrono::duration d give d.count(), of a time_point t t.time_since_epoch().count(), of a unit its number
//
// A duration has a unit, and the product of two durations is none.

#include <gridgrad/gradient.hpp>

#include <chrono>

auto slope(const Eigen::ArrayXd& f, std::chrono::milliseconds step) {
#ifdef MISTAKE
  return gridgrad::gradient(f, step);
#else
  return gridgrad::gradient(f, step.count());
#endif
}
