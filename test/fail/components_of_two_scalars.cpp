// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: the components of a vector field must have one scalar type (integers count as double): cast the
// others with .cast<Scalar>()
//
// Eigen adds no float to a double, unasked.

#include <gridgrad/curl.hpp>

auto turns(const Eigen::ArrayXXd& u, const Eigen::ArrayXXf& v) {
#ifdef MISTAKE
  return gridgrad::curl(u, v, 0.5);
#else
  return gridgrad::curl(u, v.cast<double>(), 0.5);
#endif
}
