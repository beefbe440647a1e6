// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: lambda2 is defined in three dimensions: three real tensors of three axes
//
// In a plane there is the Q-criterion.

#include <gridgrad/flow.hpp>

auto vortices(const Eigen::ArrayXXd& u, const Eigen::ArrayXXd& v) {
#ifdef MISTAKE
  return gridgrad::lambda2(u, v, 0.5);
#else
  return gridgrad::qCriterion(u, v, 0.5);
#endif
}
