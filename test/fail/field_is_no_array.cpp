// SPDX-License-Identifier: MPL-2.0
// says: gridgrad: the field must be an Eigen array, matrix, Map, Ref, Block or an expression of them; wrap other data
// in an Eigen::Map, and for an Eigen::Tensor include <gridgrad/tensor.hpp>
//
// A std::vector may hold coordinates, but it is no field.

#include <gridgrad/gradient.hpp>

#include <vector>

#ifdef MISTAKE
using Field = std::vector<double>;
#else
using Field = Eigen::ArrayXd;
#endif

double slope(const Field& f) { return gridgrad::gradient(f, 0.1)[0]; }
