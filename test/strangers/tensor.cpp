// SPDX-License-Identifier: MPL-2.0
//
// The same for tensors: see dense.cpp.

#include <gridgrad.hpp>

#include <cfenv>
#include <cstddef>
#include <cstring>
#include <vector>

namespace sim {

using Cube = Eigen::Tensor<double, 3>;
using Rows = Eigen::Tensor<float, 3, Eigen::RowMajor, int>;
using Place = Eigen::Index;

int wrong = 0;

bool isNear(double a, double b) { return a - b < 1e-4 && b - a < 1e-4; }

/// Whether at each place there is what expected(i, j, k) says.
template <class T, class Expected>
void compare(const T& found, const Expected& expected) {
  using I = typename T::Index;
  bool same = found.size() > 0;
  for (I k = 0; k < found.dimension(2); ++k)
    for (I j = 0; j < found.dimension(1); ++j)
      for (I i = 0; i < found.dimension(0); ++i)
        same = same && isNear(static_cast<double>(found(i, j, k)),
                              expected(static_cast<double>(i), static_cast<double>(j), static_cast<double>(k)));
  if (!same) ++wrong;
}

template <class T>
void fill(T& f) {
  using I = typename T::Index;
  using Scalar = typename T::Scalar;
  for (I k = 0; k < f.dimension(2); ++k)
    for (I j = 0; j < f.dimension(1); ++j)
      for (I i = 0; i < f.dimension(0); ++i)
        f(i, j, k) = Scalar(2) * static_cast<Scalar>(i) + Scalar(3) * static_cast<Scalar>(j * k);
}

/// Holds a field, its grid, and what is computed of them.
class Box {
 public:
  explicit Box(Place n) : m_x(coordinates(n)), m_f(n, 7, 5), m_slope(gridgrad::derivative<0>(m_f, m_x)) { fill(m_f); }
  Box(const Box&) = delete;
  Box& operator=(const Box&) = delete;

  Cube slope() const { return m_slope; }
  auto squared() const { return m_slope * m_slope; }
  void step(double dt) { m_f += dt * gridgrad::derivative<1>(m_f, 1.0); }
  const Cube& field() const { return m_f; }

 private:
  static std::vector<double> coordinates(Place n) {
    std::vector<double> x;
    for (Place i = 0; i < n; ++i) x.push_back(0.5 * static_cast<double>(i));
    return x;
  }

  gridgrad::Stencil m_x;
  Cube m_f;
  decltype(gridgrad::derivative<0>(std::declval<const Cube&>(), std::declval<const gridgrad::Stencil&>())) m_slope;
};

void members() {
  for (const Place n : {Place(6), Place(40)}) {
    Box box(n);
    compare(box.slope(), [](double, double, double) { return 4.0; });
    const Cube squared = box.squared();
    compare(squared, [](double, double, double) { return 16.0; });
    box.step(2.0);
    compare(box.field(), [](double i, double j, double k) { return 2 * i + 3 * j * k + 2 * 3 * k; });
  }
}

void packedRecords() {
  for (const std::size_t shift : {std::size_t(0), std::size_t(1), std::size_t(3), std::size_t(4), std::size_t(7)}) {
    Cube f(40, 6, 5), found(40, 6, 5);
    fill(f);
    const std::size_t bytes = sizeof(double) * static_cast<std::size_t>(f.size());
    std::vector<unsigned char> from(bytes + shift), to(bytes + shift + 1);
    std::memcpy(from.data() + shift, f.data(), bytes);
    void *const begin = from.data() + shift, *const end = to.data() + shift + 1;
    Eigen::TensorMap<Cube> in(static_cast<double*>(begin), 40, 6, 5), out(static_cast<double*>(end), 40, 6, 5);
    out = gridgrad::derivative<0>(in, 0.5);
    std::memcpy(found.data(), end, bytes);
    compare(found, [](double, double, double) { return 4.0; });
    out = gridgrad::derivative<1>(in, 0.5) + in;
    std::memcpy(found.data(), end, bytes);
    compare(found, [](double i, double j, double k) { return 6 * k + 2 * i + 3 * j * k; });
    in = gridgrad::derivative<2>(in, 1.0);  // in place
    std::memcpy(found.data(), begin, bytes);
    compare(found, [](double, double j, double) { return 3 * j; });
  }
}

void words() {
  Rows u(9, 8, 40), v(9, 8, 40), w(9, 8, 40);
  fill(u), fill(v), fill(w);
  const Rows spread = gridgrad::divergence(u, v, w, 1.0f);
  compare(spread, [](double, double j, double k) { return 2 + 3 * k + 3 * j; });
  Eigen::Tensor<double, 1, Eigen::RowMajor, int> x(9);  // coordinates in one of the same kind
  for (int i = 0; i < 9; ++i) x(i) = 0.5 * i;
  const Rows slope = gridgrad::derivative<0>(u, x);
  compare(slope, [](double, double, double) { return 4.0; });
  const auto [cx, cy, cz] = gridgrad::curl(u, v, w, 1.0f);
  const Rows along = cx + cy + cz;
  compare(along, [](double, double, double) { return 0.0; });
}

}  // namespace sim

int main() {
#if defined(__GLIBC__) && !defined(__FAST_MATH__)
  feenableexcept(FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW);
#endif
  sim::members();
  sim::packedRecords();
  sim::words();
  return sim::wrong;
}
