// SPDX-License-Identifier: MPL-2.0
//
// The order of accuracy that errors on finer and finer grids show.

#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

/// Minus the slope of the line that fits the logarithms best.
inline double order(const std::vector<double>& intervals, const std::vector<double>& error) {
  double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (std::size_t k = 0; k < intervals.size(); ++k) {
    const double x = std::log(intervals[k]), y = std::log(error[k]);
    n += 1, sx += x, sy += y, sxx += x * x, sxy += x * y;
  }
  return -(n * sxy - sx * sy) / (n * sxx - sx * sx);
}
