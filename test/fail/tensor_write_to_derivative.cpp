// SPDX-License-Identifier: MPL-2.0
// says: no viable overloaded '='
// says: no match for
//
// The derivative of a tensor is computed when read, so there is nothing to write to. The sentence is the compiler's
// own.

#include <gridgrad/tensor.hpp>

void write(Eigen::Tensor<double, 1>& f) {
  auto g = gridgrad::gradient(f);
#ifdef MISTAKE
  g = f;
#else
  f = g;
#endif
}
