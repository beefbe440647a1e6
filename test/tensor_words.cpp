// SPDX-License-Identifier: MPL-2.0
//
// Divergence, curl, Laplacian, Hessian and Jacobian of tensors of two, three and four axes: against polynomials,
// derivatives taken one at a time, and the identities of vector calculus. What they share with arrays is in words.cpp.

#include <unsupported/Eigen/CXX11/Tensor>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

#include <gridgrad/curl.hpp>
#include <gridgrad/divergence.hpp>
#include <gridgrad/gradient.hpp>
#include <gridgrad/hessian.hpp>
#include <gridgrad/jacobian.hpp>
#include <gridgrad/laplacian.hpp>
#include <gridgrad/second_derivative.hpp>
#include <gridgrad/tensor.hpp>

#include "tensors.hpp"

using Eigen::Tensor;
using gridgrad::curl;
using gridgrad::divergence;
using gridgrad::Edge;
using gridgrad::hessian;
using gridgrad::jacobian;
using gridgrad::laplacian;
using gridgrad::periodic;
using gridgrad::Stencil;
using reference::Index;
using reference::uneven;
using tensors::coefficients;
using tensors::equal;
using tensors::quarters;

namespace {

using Tensor3 = Tensor<double, 3>;
using Stencils3 = std::array<Stencil, 3>;

const tensors::Shape<3> shape{6, 5, 7};
const Tensor3 u = quarters<Tensor3>(shape, 1), v = quarters<Tensor3>(shape, 7), w = quarters<Tensor3>(shape, 30);
Tensor3 make(const Tensor3& t) { return t; }

/// All words of a vector field, and the Hessian of its first component.
struct Words {
  Tensor3 divergence, laplacian;
  std::array<Tensor3, 3> curl, laplacians;
  std::array<Tensor3, 6> hessian;
  std::array<Tensor3, 9> jacobian;
};

template <class Parts>
auto evaluated(const Parts& parts) {
  return std::apply(
      [](const auto&... part) { return std::array<Tensor3, sizeof...(part)>{Tensor3(coefficients(part))...}; }, parts);
}

Words say(const Tensor3& p, const Tensor3& q, const Tensor3& r, const Stencils3& s) {
  return {divergence(p, q, r, s[0], s[1], s[2]),      laplacian(p, s[0], s[1], s[2]),
          evaluated(curl(p, q, r, s[0], s[1], s[2])), evaluated(laplacian(p, q, r, s[0], s[1], s[2])),
          evaluated(hessian(p, s[0], s[1], s[2])),    evaluated(jacobian(p, q, r, s[0], s[1], s[2]))};
}

/// One derivative along an axis, evaluated.
template <class T>
T d(const T& f, int axis, const Stencil& stencil) {
  return coefficients(gridgrad::derivative(f, axis, stencil));
}
template <class T>
T dd(const T& f, int axis, const Stencil& stencil) {
  return coefficients(gridgrad::secondDerivative(f, axis, stencil));
}

/// Sums and differences, by hand.
template <class T>
T sum(T a, const T& b, int sign = 1) {
  for (Index k = 0; k < a.size(); ++k) a.data()[k] += typename T::Scalar(float(sign)) * b.data()[k];
  return a;
}

/// Within 16 roundings of the greatest coefficient, or of a term as great as 64, which any sum here may have.
template <class T>
bool close(const T& a, const T& b) {
  using Real = typename Eigen::NumTraits<typename T::Scalar>::Real;
  if (!tensors::sameSizes(a, b)) return false;
  Real greatest = 64;
  for (Index k = 0; k < b.size(); ++k) greatest = std::max(greatest, std::abs(b.data()[k]));
  for (Index k = 0; k < a.size(); ++k)
    if (!(std::abs(a.data()[k] - b.data()[k]) <= 16 * greatest * std::numeric_limits<Real>::epsilon())) return false;
  return true;
}

bool isAll(const Tensor3& found, double value) {
  for (Index k = 0; k < found.size(); ++k)
    if (found.data()[k] != value) return false;
  return found.size() > 0;
}

/// Samples of a function of places half a unit apart: exact for polynomials of small whole numbers.
template <class Function>
Tensor3 sampled(const Function& function) {
  Tensor3 f(5, 4, 6);
  for (Index i = 0; i < 5; ++i)
    for (Index j = 0; j < 4; ++j)
      for (Index k = 0; k < 6; ++k) f(i, j, k) = function(double(i) / 2 - 1, double(j) / 2, double(k) / 2 - 2);
  return f;
}

Stencils3 steps(Edge edge) { return {Stencil(0.5, edge), Stencil(0.5, edge), Stencil(0.5, edge)}; }
Stencils3 unevenGrid(Edge edge) {
  return {Stencil(uneven(shape[0]), edge), Stencil(uneven(shape[1], -2), edge), Stencil(uneven(shape[2], 1), edge)};
}

}  // namespace

TEST_CASE("of polynomials the words say what calculus says, component k going with axis k") {
  const Tensor3 p = sampled([](double x, double y, double z) { return x + 2 * y + 3 * z; });
  const Tensor3 q = sampled([](double x, double y, double z) { return 5 * x + 7 * y + 11 * z; });
  const Tensor3 r = sampled([](double x, double y, double z) { return 13 * x + 17 * y + 19 * z; });
  const Tensor3 f = sampled([](double x, double y, double z) {
    return x * x + 2 * x * y + 3 * x * z + 5 * y * y + 7 * y * z + 11 * z * z + x - y;
  });
  for (const Edge edge : {Edge::FirstOrder, Edge::SecondOrder}) {
    const Words flow = say(p, q, r, steps(edge)), curved = say(f, p, f, steps(edge));
    CHECK(isAll(flow.divergence, 27));
    const double turning[] = {17 - 11, 3 - 13, 5 - 2}, slopes[] = {1, 2, 3, 5, 7, 11, 13, 17, 19};
    for (std::size_t k = 0; k < 3; ++k) CHECK(isAll(flow.curl[k], turning[k]));
    for (std::size_t k = 0; k < 9; ++k) CHECK(isAll(flow.jacobian[k], slopes[k]));
    const double bends[] = {2, 2, 3, 10, 7, 22}, laplacians[] = {34, 0, 34};
    for (std::size_t k = 0; k < 6; ++k) CHECK(isAll(curved.hessian[k], bends[k]));
    for (std::size_t k = 0; k < 3; ++k) CHECK(isAll(curved.laplacians[k], laplacians[k]));
    CHECK(isAll(curved.laplacian, 34));
  }
}

TEST_CASE("every word is made of the derivatives it is defined by") {
  const Stencils3 grids[] = {unevenGrid(Edge::FirstOrder),
                             unevenGrid(Edge::SecondOrder),
                             {Stencil(uneven(shape[0]), Edge::SecondOrder, Edge::FirstOrder),
                              Stencil(periodic(uneven(shape[1]), 30)), Stencil(0.3, Edge::Periodic)}};
  const Tensor3* components[] = {&u, &v, &w};
  for (const Stencils3& s : grids) {
    const Words found = say(u, v, w, s);
    const auto slope = [&](std::size_t c, int axis) { return d(*components[c], axis, s[std::size_t(axis)]); };
    const auto bend = [&](std::size_t c, int axis) { return dd(*components[c], axis, s[std::size_t(axis)]); };
    CHECK(close(found.divergence, sum(sum(slope(0, 0), slope(1, 1)), slope(2, 2))));
    CHECK(close(found.curl[0], sum(slope(2, 1), slope(1, 2), -1)));
    CHECK(close(found.curl[1], sum(slope(0, 2), slope(2, 0), -1)));
    CHECK(close(found.curl[2], sum(slope(1, 0), slope(0, 1), -1)));
    for (std::size_t c = 0; c < 3; ++c) CHECK(close(found.laplacians[c], sum(sum(bend(c, 0), bend(c, 1)), bend(c, 2))));
    CHECK(close(found.laplacian, found.laplacians[0]));
    for (std::size_t k = 0; k < 9; ++k) CHECK(close(found.jacobian[k], slope(k / 3, int(k % 3))));
    const int axes[][2] = {{0, 0}, {0, 1}, {0, 2}, {1, 1}, {1, 2}, {2, 2}};
    for (std::size_t k = 0; k < 6; ++k) {
      const auto [a, b] = axes[k];
      // Beside the diagonal, in either order: the matrix is symmetric.
      CHECK(close(found.hessian[k], a == b ? bend(0, a) : d(slope(0, a), b, s[std::size_t(b)])));
      CHECK(close(found.hessian[k], a == b ? bend(0, a) : d(slope(0, b), a, s[std::size_t(a)])));
    }
  }
}

TEST_CASE("a gradient does not turn, and a curl does not spread, on any grid") {
  // Derivatives along different axes commute, whatever spacings and edges; on quarters and steps of a half to the last
  // bit.
  const auto turning = [](const Stencils3& s) {
    const auto [gx, gy, gz] = gridgrad::gradient(u, s[0], s[1], s[2]);
    return evaluated(curl(gx, gy, gz, s[0], s[1], s[2]));
  };
  const auto spreading = [](const Stencils3& s) {
    const auto [cx, cy, cz] = curl(u, v, w, s[0], s[1], s[2]);
    return Tensor3(coefficients(divergence(cx, cy, cz, s[0], s[1], s[2])));
  };
  const auto isSmall = [](const Tensor3& t) {
    // Weights are below 8, once and again, samples below 8.
    for (Index k = 0; k < t.size(); ++k)
      if (!(std::abs(t.data()[k]) <= 1e-12)) return false;
    return true;
  };
  for (const Edge edge : {Edge::FirstOrder, Edge::SecondOrder, Edge::Periodic}) {
    for (const Tensor3& part : turning(steps(edge))) CHECK(isAll(part, 0));
    CHECK(isAll(spreading(steps(edge)), 0));
    if (edge == Edge::Periodic) continue;
    for (const Tensor3& part : turning(unevenGrid(edge))) CHECK(isSmall(part));
    CHECK(isSmall(spreading(unevenGrid(edge))));
  }
}

TEST_CASE("two axes by rows in float, and four axes of complex numbers") {
  using Table = Tensor<float, 2, Eigen::RowMajor>;
  const Table p = quarters<Table>({9, 18}, 1), q = quarters<Table>({9, 18}, 7);
  const Stencil x(uneven(9), Edge::SecondOrder), y(0.3, Edge::Periodic);
  const Table div = divergence(p, q, x, y), lap = laplacian(p, x, y);
  CHECK(close(div, sum(d(p, 0, x), d(q, 1, y))));
  CHECK(close(lap, sum(dd(p, 0, x), dd(p, 1, y))));
  CHECK(close<Table>(coefficients(curl(p, q, x, y)), sum(d(q, 0, x), d(p, 1, y), -1)));
  CHECK(close<Table>(coefficients(std::get<1>(hessian(p, x, y))), d(d(p, 0, x), 1, y)));
  static_assert(std::tuple_size<decltype(hessian(p))>::value == 3 &&
                std::tuple_size<decltype(jacobian(p, q))>::value == 4);

  using Four = Tensor<std::complex<double>, 4, Eigen::RowMajor>;
  const Four f[] = {quarters<Four>({3, 4, 5, 4}, 1), quarters<Four>({3, 4, 5, 4}, 7), quarters<Four>({3, 4, 5, 4}, 30),
                    quarters<Four>({3, 4, 5, 4}, 50)};
  const Stencil h(0.3), z(uneven(5));
  CHECK(close<Four>(coefficients(divergence(f[0], f[1], f[2], f[3], h, h, z, h)),
                    sum(sum(d(f[0], 0, h), d(f[1], 1, h)), sum(d(f[2], 2, z), d(f[3], 3, h)))));
  CHECK(close<Four>(coefficients(laplacian(f[0], h, h, z, h)),
                    sum(sum(dd(f[0], 0, h), dd(f[0], 1, h)), sum(dd(f[0], 2, z), dd(f[0], 3, h)))));
  static_assert(std::tuple_size<decltype(hessian(f[0]))>::value == 10);
  static_assert(std::tuple_size<decltype(jacobian(f[0], f[1], f[2], f[3]))>::value == 16);
}

TEST_CASE("temporary components, coordinates and stencils live as long as what is made of them") {
  const std::vector<double> y = uneven(shape[1]);
  const Stencils3 s{Stencil(uneven(shape[0]), Edge::SecondOrder), Stencil(y), Stencil(0.5, Edge::SecondOrder)};
  const Words expected = say(u, v, w, s);
  const auto div = divergence(make(u), v, make(w), Stencil(s[0]), std::vector<double>(y), s[2]);
  const auto lap = laplacian(make(u), s[0], std::vector<double>(y), Stencil(s[2]));
  const auto mixed = std::get<1>(hessian(make(u), Stencil(s[0]), Stencil(s[1]), Stencil(s[2])));
  const std::vector<Tensor3> unrelated(16, Tensor3(u * 1e300));  // where something freed would lie, if it were
  CHECK(close<Tensor3>(coefficients(div), expected.divergence));
  CHECK(close<Tensor3>(coefficients(lap), expected.laplacian));
  CHECK(close<Tensor3>(coefficients(mixed), expected.hessian[1]));
}

TEST_CASE("components may be maps and expressions") {
  const Stencils3 s = steps(Edge::SecondOrder);
  const Eigen::TensorMap<const Tensor3> map(v.data(), shape[0], shape[1], shape[2]);
  CHECK(equal<Tensor3>(coefficients(divergence(u * 2.0, map, w, s[0], s[1], s[2])),
                       coefficients(divergence(Tensor3(u * 2.0), v, w, s[0], s[1], s[2]))));
}

TEST_CASE("what is assigned may be read on the right") {
  const Stencils3 s = steps(Edge::Periodic);
  const Words expected = say(u, v, w, s);
  Tensor3 a = u;
  a += 0.25 * 0.125 * laplacian(a, s[0], s[1], s[2]);
  CHECK(equal(a, Tensor3(u + 0.25 * 0.125 * expected.laplacian)));
  a = u;
  a = divergence(a, v, w, s[0], s[1], s[2]);
  CHECK(equal(a, expected.divergence));
}

#define CHECK_REFUSED(call, sentence) CHECK_THROWS_WITH_AS((void)(call), "gridgrad: " sentence, std::invalid_argument)

TEST_CASE("several results may be tied to what they read") {
  const auto [cx, cy, cz] = curl(u, v, w, 0.5);
  const Tensor3 x = cx, y = cy, z = cz;
  Tensor3 a = u, b = v, c = w;
  std::tie(a, b, c) = curl(a, b, c, 0.5);
  CHECK((equal(a, x) && equal(b, y) && equal(c, z)));

  // Into memory that nobody names: a map, and a slice of the field itself.
  const auto [g0, g1, g2] = gridgrad::gradient(u, 0.5);
  const Tensor3 d0 = g0, d1 = g1, d2 = g2;
  a = u;
  Eigen::TensorMap<Tensor3> map(a.data(), a.dimensions());
  auto slice = a.slice(Eigen::array<Index, 3>{0, 0, 0}, Eigen::array<Index, 3>{6, 5, 7});
  std::tie(map, slice, c) = gridgrad::gradient(a, 0.5);
  CHECK((equal(a, d1) && equal(c, d2)));
  std::tuple<Tensor3, Tensor3, Tensor3> g(u, u, u);
  g = gridgrad::gradient(std::get<0>(g), 0.5);
  CHECK((equal(std::get<0>(g), d0) && equal(std::get<1>(g), d1) && equal(std::get<2>(g), d2)));
}

TEST_CASE("components that differ in shape and axes too short are refused") {
  const Stencil h(0.5);
  const Tensor3 thin = quarters<Tensor3>({6, 5, 2}), single = quarters<Tensor3>({6, 5, 1});
#define DEPTH                                                                                                    \
  "component 2 of the vector field has 2 samples along axis 2, but component 0 has 7: all components must have " \
  "the same shape"
  CHECK_REFUSED(divergence(u, v, thin, h, h, h), DEPTH);
  CHECK_REFUSED(curl(u, v, thin, h, h, h), DEPTH);
  CHECK_REFUSED(laplacian(u, v, thin, h, h, h), DEPTH);
  CHECK_REFUSED(jacobian(u, v, thin, h, h, h), DEPTH);
  CHECK_REFUSED(laplacian(thin, h, h, h),
                "axis 2 has 2 samples, but a first-order edge of a second derivative needs at least 3");
  CHECK_REFUSED(hessian(thin, h, h, h),
                "axis 2 has 2 samples, but a first-order edge of a second derivative needs at least 3");
  CHECK_REFUSED(curl(single, single, single, h, h, h), "axis 2 has 1 sample, but a first-order edge needs at least 2");
}
