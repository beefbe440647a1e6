// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: the samples of this field are arrays themselves: see them as the columns of one, as in
// Eigen::Map<const Eigen::Matrix3Xd>(p[0].data(), 3, n) with derivative<1>, or give the field one more axis
//
// Eigen's own vectors in an array of Eigen's: it holds them, but does not compute with them.

#include <gridgrad/derivative.hpp>

Eigen::Vector3d velocity(const Eigen::Array<Eigen::Vector3d, Eigen::Dynamic, 1>& p, double dt) {
#ifdef MISTAKE
  return gridgrad::derivative<0>(p, dt)[0];
#else
  return gridgrad::derivative<1>(Eigen::Map<const Eigen::Matrix3Xd>(p[0].data(), 3, p.size()), dt).col(0);
#endif
}
