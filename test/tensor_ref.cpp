// SPDX-License-Identifier: MPL-2.0
//
// Fields that hide what they refer to, and fields that change their shape before they are read.

#include "tensors.hpp"

#include <doctest/doctest.h>
#include <gridgrad/tensor.hpp>

#include <stdexcept>

using gridgrad::derivative;
using reference::Index;
using reference::uneven;
using tensors::quarters;

using Tensor = Eigen::Tensor<double, 3>;
#if EIGEN_VERSION_AT_LEAST(5, 0, 0)
using Ref = Eigen::TensorRef<const Tensor>;  // since Eigen 5, of what cannot be written, say so
#else
using Ref = Eigen::TensorRef<Tensor>;
#endif

TEST_CASE("a TensorRef may be the field, and part of a larger one") {
  Tensor f = quarters<Tensor>({4, 5, 6});
  const Tensor doubled = f + f;
  const Ref ref(f), ofExpression(f + f);
  const Tensor byStep = derivative<1>(doubled, 0.5), byCoordinates = derivative(doubled, 1, uneven(5));
  const Tensor g = derivative<1>(ofExpression, 0.5), x = derivative(ofExpression, 1, uneven(5));
  CHECK(tensors::equal(g, byStep));
  CHECK(tensors::isClose(x, byCoordinates));
  const Tensor sum = derivative<1>(ref, 0.5) + derivative<1>(ref, 0.5);
  CHECK(tensors::equal(sum, byStep));
  const Tensor within = derivative<1>(ref + f, 0.5);
  CHECK(tensors::equal(within, byStep));
  // In place, through one that refers to what is written.
  f = 2.0 * derivative<1>(ref, 0.5);
  CHECK(tensors::equal(f, byStep));
}

TEST_CASE("a TensorRef may refer to a derivative") {
  const Tensor f = quarters<Tensor>({4, 5, 6}), g = derivative<1>(f, 0.5);
  const Ref ref(derivative<1>(f, 0.5));
  CHECK(ref.dimension(2) == 6);
  for (int k = 0; k < 6; ++k) CHECK(ref(3, 0, k) == g(3, 0, k));
  const Tensor whole = ref;
  CHECK(tensors::equal(whole, g));
  const Ref ofSum(derivative<1>(f, 0.5) + f);
  CHECK(ofSum(1, 2, 3) == g(1, 2, 3) + f(1, 2, 3));
}

// Eigen gives a tensor the shape of what is assigned to it before it evaluates that. What was in the tensor is gone
// then.
TEST_CASE("a field that takes another shape by being assigned to is refused, not read") {
  const Tensor f = quarters<Tensor>({4, 5, 6}), g = derivative<0>(f, 0.5);
  const Eigen::array<Index, 3> shape{6, 5, 4}, low{0, 1, 0}, sizes{4, 2, 6};
  Tensor u = f;
  CHECK_THROWS_WITH_AS(u = derivative<0>(u, 0.5).reshape(shape),
                       "gridgrad: the field whose derivative along axis 0 was asked for had 4 x 5 x 6 samples, but has "
                       "6 x 5 x 4 now that it is read: assign a derivative of another shape to another tensor",
                       std::invalid_argument);
  u = f;
  CHECK_THROWS_AS((u = derivative<0>(u, 0.5).slice(low, sizes)), std::invalid_argument);
  u = f;
  const Tensor slice = derivative<0>(u, 0.5).slice(low, sizes), expected = g.slice(low, sizes);
  CHECK(tensors::equal(slice, expected));
}
