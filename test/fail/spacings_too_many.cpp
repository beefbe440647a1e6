// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: give no spacing, one step for every axis, or one spacing per axis (then, last, an Edge)
//
// One chosen axis takes one spacing.

#include <gridgrad/gradient.hpp>

double slope(const Eigen::ArrayXXd& f) {
#ifdef MISTAKE
  return gridgrad::gradient<1>(f, 0.1, 0.2)(0, 0);
#else
  return gridgrad::gradient<1>(f, 0.2)(0, 0);
#endif
}
