// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: periodic() takes coordinates and a period; where samples are a step apart, Edge::Periodic says all
// there is to say
//
// A step knows how far the last sample is from the first.

#include <gridgrad/derivative.hpp>

auto slope(const Eigen::ArrayXd& f, double step) {
#ifdef MISTAKE
  return gridgrad::derivative<0>(f, gridgrad::periodic(step, 1.0));
#else
  return gridgrad::derivative<0>(f, step, gridgrad::Edge::Periodic);
#endif
}
