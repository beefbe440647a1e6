// SPDX-License-Identifier: MPL-2.0
//
// A simulation as strangers write them: names of its own, records packed as they came from a file, floating-point
// exceptions turned into errors, and derivatives, their results and stencils as members of its classes.
//
// It returns how many of its answers are wrong. What it is compiled with is what is tested: see CMakeLists.txt here.

#include <gridgrad.hpp>

#include <cfenv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace sim {

using Real = double;
using Field = Eigen::Array<Real, Eigen::Dynamic, Eigen::Dynamic>;
using Index = Eigen::Index;

int wrong = 0;

template <class Found, class Expected>
void compare(const Found& found, const Expected& expected) {
  bool same = found.rows() == expected.rows() && found.cols() == expected.cols();
  for (Index j = 0; same && j < expected.cols(); ++j)
    for (Index i = 0; i < expected.rows(); ++i) {
      const Real difference = static_cast<Real>(found(i, j)) - static_cast<Real>(expected(i, j));
      same = same && difference < 1e-5 && -difference < 1e-5;
    }
  if (!same) ++wrong;
}

/// A message: a byte that says what it is, then its samples, wherever they come to lie.
class Message {
 public:
  Message(Index rows, Index cols, std::size_t shift)
      : m_rows(rows),
        m_cols(cols),
        m_bytes(shift + 1 + sizeof(Real) * static_cast<std::size_t>(rows * cols)),
        m_shift(shift + 1) {}

  Eigen::Map<Field> samples() {
    void* const begin = m_bytes.data() + m_shift;
    return Eigen::Map<Field>(static_cast<Real*>(begin), m_rows, m_cols);
  }
  Field copy() const {
    Field result(m_rows, m_cols);
    std::memcpy(result.data(), m_bytes.data() + m_shift, m_bytes.size() - m_shift);
    return result;
  }
  void fill(const Field& f) { std::memcpy(m_bytes.data() + m_shift, f.data(), m_bytes.size() - m_shift); }

 private:
  Index m_rows, m_cols;
  std::vector<unsigned char> m_bytes;
  std::size_t m_shift;
};

/// Holds a field, its grid, and what is computed of them.
class Channel {
 public:
  explicit Channel(Index n) : m_y(heights(n), gridgrad::Edge::SecondOrder), m_u(n, 5) {
    for (Index j = 0; j < m_u.cols(); ++j)
      for (Index i = 0; i < n; ++i) m_u(i, j) = m_height[i] * m_height[i] + Real(j);
  }
  auto shear() const { return gridgrad::derivative<0>(m_u, m_y); }
  void step(Real dt) { m_u += dt * gridgrad::secondDerivative<0>(m_u, m_y); }
  const Field& velocity() const { return m_u; }
  Field slope() const { return (2 * m_height).replicate(1, m_u.cols()); }

 private:
  const Eigen::Array<Real, Eigen::Dynamic, 1>& heights(Index n) {
    m_height.resize(n);
    for (Index i = 0; i < n; ++i) m_height[i] = 0.125 * Real(i * i) + Real(i);
    return m_height;
  }

  Eigen::Array<Real, Eigen::Dynamic, 1> m_height;
  gridgrad::Stencil m_y;
  Field m_u;
};

/// The result of a call, not evaluated, as a member.
template <class Lazy>
class Probe {
 public:
  explicit Probe(Lazy lazy) : m_lazy(lazy) {}
  Real at(Index i, Index j) const { return m_lazy(i, j); }
  Field all() const { return m_lazy; }

 private:
  Lazy m_lazy;
};

Field ramp(Index rows, Index cols) {
  Field f(rows, cols);
  for (Index j = 0; j < cols; ++j)
    for (Index i = 0; i < rows; ++i) f(i, j) = Real(i) * 3 + Real(j) * 2;
  return f;
}

void members() {
  Channel channel(40);
  compare(channel.shear(), channel.slope());
  const Probe<decltype(channel.shear())> probe(channel.shear());
  compare(probe.all(), channel.slope());
  if (probe.at(0, 0) > 1e-9 || probe.at(0, 0) < -1e-9) ++wrong;
  const Field before = channel.velocity();
  channel.step(0.5);  // of a parabola, 2
  compare(channel.velocity(), before + 1);
}

void packedRecords() {
  for (const std::size_t shift : {std::size_t(0), std::size_t(2), std::size_t(3), std::size_t(6), std::size_t(7)}) {
    const Field f = ramp(33, 17);
    Message in(33, 17, shift), out(33, 17, shift + 1);
    in.fill(f);
    out.samples() = gridgrad::derivative<0>(in.samples(), 0.5);
    compare(out.copy(), Field::Constant(33, 17, 6));
    out.samples() = gridgrad::derivative<1>(in.samples(), 0.5) + in.samples();
    compare(out.copy(), f + 4);
    in.samples() = gridgrad::derivative<1>(in.samples(), 0.5);  // in place
    compare(in.copy(), Field::Constant(33, 17, 4));
  }
}

void words() {
  const Field u = ramp(20, 30), v = ramp(20, 30) * 2;
  const Field turning = gridgrad::curl(u, v, 1.0), spread = gridgrad::divergence(u, v, 1.0);
  compare(turning, Field::Constant(20, 30, 6 - 2));
  compare(spread, Field::Constant(20, 30, 3 + 4));
  const auto [ux, uy] = gridgrad::gradient(u, 1.0f);
  compare(ux * ux + uy * uy, Field::Constant(20, 30, 13));
  const Eigen::Matrix<float, 3, 4, Eigen::RowMajor> small = ramp(3, 4).matrix().cast<float>();
  const Eigen::Matrix<float, 3, 4, Eigen::RowMajor> slope = gridgrad::derivative<1>(small, 1);
  compare(slope, Field::Constant(3, 4, 2));
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
