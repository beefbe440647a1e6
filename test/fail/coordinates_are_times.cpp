// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: steps and coordinates must be plain real numbers, or compute as these do (+ - * / == <): of a
// std::chrono::duration d give d.count(), of a time_point t t.time_since_epoch().count(), of a unit its number
//
// Two times can be subtracted, but the difference is no time.

#include <gridgrad/tensor.hpp>

#include <chrono>
#include <vector>

using Times = std::vector<std::chrono::system_clock::time_point>;

Eigen::Tensor<double, 2> slope(const Eigen::Tensor<double, 2>& f, const Times& times) {
#ifdef MISTAKE
  return gridgrad::derivative<0>(f, times);
#else
  std::vector<std::chrono::nanoseconds::rep> counts;
  for (auto t : times) counts.push_back(t.time_since_epoch().count());
  return gridgrad::derivative<0>(f, counts);
#endif
}
