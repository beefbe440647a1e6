// SPDX-License-Identifier: MPL-2.0
//
// The words of vector calculus, and periodic axes, against the loops one would have written by hand and a copy of as
// many bytes: see docs/performance.md. Every line is checked before it is timed.

#include <gridgrad.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "hand.hpp"
#include "measure.hpp"

namespace hand {

/// (∂²/∂x² + ∂²/∂y²) f with the parabola at the ends, which is that of the sample beside.
template <class T>
HAND_NOINLINE void laplacian(const T* __restrict f, T* __restrict out, long n, long m, T h) {
  const T w = 1 / (h * h);
  for (long j = 0; j < m; ++j) {
    const long c = std::min(std::max(j, 1L), m - 2);
    const T *s = f + j * n, *p = f + (c - 1) * n, *q = f + c * n, *r = f + (c + 1) * n;
    T* o = out + j * n;
    if (c == j)
      for (long i = 1; i < n - 1; ++i) o[i] = w * (s[i + 1] + s[i - 1] + r[i] + p[i] - 4 * s[i]);
    else
      for (long i = 1; i < n - 1; ++i) o[i] = w * ((s[i + 1] - 2 * s[i] + s[i - 1]) + (r[i] - 2 * q[i] + p[i]));
    o[0] = w * ((s[2] - 2 * s[1] + s[0]) + (r[0] - 2 * q[0] + p[0]));
    o[n - 1] = w * ((s[n - 1] - 2 * s[n - 2] + s[n - 3]) + (r[n - 1] - 2 * q[n - 1] + p[n - 1]));
  }
}

/// The same with weights of coordinates, lower and upper, along x and across.
template <class T>
HAND_NOINLINE void laplacian(const T* __restrict f, T* __restrict out, long n, long m, const T* __restrict lx,
                             const T* __restrict ux, const T* __restrict ly, const T* __restrict uy) {
  for (long j = 0; j < m; ++j) {
    const long c = std::min(std::max(j, 1L), m - 2);
    const T *s = f + j * n, *p = f + (c - 1) * n, *q = f + c * n, *r = f + (c + 1) * n;
    const T l = ly[c], u = uy[c];
    T* o = out + j * n;
    for (long i = 1; i < n - 1; ++i)
      o[i] = (lx[i] * (s[i] - s[i - 1]) + ux[i] * (s[i + 1] - s[i])) + (l * (q[i] - p[i]) + u * (r[i] - q[i]));
    for (const long i : {0L, n - 1}) {
      const long k = i == 0 ? 1 : n - 2;
      o[i] = (lx[k] * (s[k] - s[k - 1]) + ux[k] * (s[k + 1] - s[k])) + (l * (q[i] - p[i]) + u * (r[i] - q[i]));
    }
  }
}

/// And in three dimensions.
template <class T>
HAND_NOINLINE void laplacian(const T* __restrict f, T* __restrict out, const Extents& extents, T h) {
  const long n = extents[0], m = extents[1], l = extents[2];
  const T w = 1 / (h * h);
  for (long k = 0; k < l; ++k) {
    const long kc = std::min(std::max(k, 1L), l - 2);
    for (long j = 0; j < m; ++j) {
      const long jc = std::min(std::max(j, 1L), m - 2);
      const T *s = f + (k * m + j) * n, *p = f + (k * m + jc - 1) * n, *q = p + n, *r = q + n,
              *below = f + ((kc - 1) * m + j) * n, *here = below + m * n, *above = here + m * n;
      T* o = out + (k * m + j) * n;
      if (jc == j && kc == k)
        for (long i = 1; i < n - 1; ++i)
          o[i] = w * (s[i + 1] + s[i - 1] + r[i] + p[i] + above[i] + below[i] - 6 * s[i]);
      else
        for (long i = 1; i < n - 1; ++i)
          o[i] =
              w * ((s[i + 1] - 2 * s[i] + s[i - 1]) + (r[i] - 2 * q[i] + p[i]) + (above[i] - 2 * here[i] + below[i]));
      for (const long i : {0L, n - 1}) {
        const long c = i == 0 ? 1 : n - 2;
        o[i] = w * ((s[c + 1] - 2 * s[c] + s[c - 1]) + (r[i] - 2 * q[i] + p[i]) + (above[i] - 2 * here[i] + below[i]));
      }
    }
  }
}

/// |∇ × (u, v, w)| in one pass.
template <class T>
HAND_NOINLINE void curlLength(const T* __restrict u, const T* __restrict v, const T* __restrict w, T* __restrict out,
                              const Extents& extents, T h) {
  const long n = extents[0], m = extents[1], l = extents[2];
  const T w2 = 1 / (2 * h), w1 = 1 / h;
  for (long k = 0; k < l; ++k) {
    const long k0 = std::max(k - 1, 0L), k1 = std::min(k + 1, l - 1);
    const T wk = k1 - k0 == 2 ? w2 : w1;
    for (long j = 0; j < m; ++j) {
      const long j0 = std::max(j - 1, 0L), j1 = std::min(j + 1, m - 1);
      const T wj = j1 - j0 == 2 ? w2 : w1;
      const long row = (k * m + j) * n, y0 = (k * m + j0) * n, y1 = (k * m + j1) * n, z0 = (k0 * m + j) * n,
                 z1 = (k1 * m + j) * n;
      T* o = out + row;
      const auto at = [&](long i, T vx, T wx) {
        const T x = (w[y1 + i] - w[y0 + i]) * wj - (v[z1 + i] - v[z0 + i]) * wk, y = (u[z1 + i] - u[z0 + i]) * wk - wx,
                z = vx - (u[y1 + i] - u[y0 + i]) * wj;
        o[i] = std::sqrt(x * x + y * y + z * z);
      };
      const T *vr = v + row, *wr = w + row;
      at(0, (vr[1] - vr[0]) * w1, (wr[1] - wr[0]) * w1);
      for (long i = 1; i < n - 1; ++i) at(i, (vr[i + 1] - vr[i - 1]) * w2, (wr[i + 1] - wr[i - 1]) * w2);
      at(n - 1, (vr[n - 1] - vr[n - 2]) * w1, (wr[n - 1] - wr[n - 2]) * w1);
    }
  }
}

/// A first derivative whose ends are neighbours, along the lines and across.
template <class T>
HAND_NOINLINE void alongPeriodic(const T* __restrict f, T* __restrict out, long lines, long n, T h) {
  const T w = 1 / (2 * h);
  for (long j = 0; j < lines; ++j, f += n, out += n) {
    out[0] = (f[1] - f[n - 1]) * w;
    for (long i = 1; i < n - 1; ++i) out[i] = (f[i + 1] - f[i - 1]) * w;
    out[n - 1] = (f[0] - f[n - 2]) * w;
  }
}
template <class T>
HAND_NOINLINE void acrossPeriodic(const T* __restrict f, T* __restrict out, long lines, long n, T h) {
  const T w = 1 / (2 * h);
  for (long j = 0; j < lines; ++j) {
    const T *p = f + (j == 0 ? lines - 1 : j - 1) * n, *r = f + (j == lines - 1 ? 0 : j + 1) * n;
    for (long i = 0; i < n; ++i) out[j * n + i] = (r[i] - p[i]) * w;
  }
}

}  // namespace hand

namespace {

using namespace gridgrad;
using namespace benchmark;

/// Checked: `ours` and `byHand` leave the same in `out`.
template <class Out>
void prepare(Line& line, Out& out, const std::string& work, Work ours, Work byHand) {
  line.work = std::string(name<typename Out::Scalar>()) + ' ' + work;
  line.ours = ours;
  line.hand = byHand;
  benchmark::check(line, out.data(), long(out.size()));
}

template <class Out>
void compare(Line& line, Out& out, const std::string& work, Work ours, Work byHand) {
  prepare(line, out, work, ours, byHand);
  run(line);
}

/// The line of a periodic axis, whose time is not compared with that of a loop by hand, but with that of `open`, the
/// same axis with ends.
template <class Out>
void closed(Line& line, Out& out, const std::string& work, Work ours, Work byHand, Work open) {
  prepare(line, out, work, ours, byHand);
  line.work += " / with ends";
  line.hand = open;
  run(line);
}

Eigen::ArrayXd stretched(Index n) {
  const Eigen::ArrayXd even = Eigen::ArrayXd::LinSpaced(n, 0, 1);
  return even + 3 * even.square();
}

template <class T>
void dense(Index n) {
  Arena arena;
  using Map = Eigen::Map<Eigen::Array<T, Eigen::Dynamic, Eigen::Dynamic>>;
  const auto field = [&] { return Map(arena.take<T>(std::size_t(n * n)), n, n); };
  Map u = field(), v = field(), out = field();
  u.setRandom();
  v.setRandom();
  const T h = T(unknownStep());
  Line line;
  line.size = std::to_string(n) + "x" + std::to_string(n);
  line.copy = copy(u.data(), out.data(), n * n);

  compare(
      line, out, "laplacian(u)", [&] { out = laplacian(u, h); },
      [&] { hand::laplacian(u.data(), out.data(), n, n, h); });
  const Stencil x(stretched(n)), y(stretched(n));
  const auto &wx = x.coordinateWeights<T, 2>(), &wy = y.coordinateWeights<T, 2>();
  compare(
      line, out, "laplacian(u), coordinates", [&] { out = laplacian(u, x, y); },
      [&] {
        hand::laplacian(u.data(), out.data(), n, n, wx.lower.data(), wx.upper.data(), wy.lower.data(), wy.upper.data());
      });
  compare(
      line, out, "divergence(u, v)", [&] { out = divergence(u, v, h); },
      [&] { hand::fused(u.data(), v.data(), out.data(), n, n, h, [](T, T a, T b) { return a + b; }); });
  compare(
      line, out, "curl(u, v)", [&] { out = curl(u, v, h); },
      [&] { hand::fused(v.data(), u.data(), out.data(), n, n, h, [](T, T a, T b) { return a - b; }); });
  compare(
      line, out, "|curl(u, v)|", [&] { out = curl(u, v, h).abs(); },
      [&] { hand::fused(v.data(), u.data(), out.data(), n, n, h, [](T, T a, T b) { return std::abs(a - b); }); });
  // Periodic axes: right as by hand, and timed against the same axis with ends.
  const Work handAlong = [&] { hand::alongPeriodic(u.data(), out.data(), n, n, h); };
  const Work handAcross = [&] { hand::acrossPeriodic(u.data(), out.data(), n, n, h); };
  closed(
      line, out, "axis 0, periodic", [&] { out = derivative<0>(u, h, Edge::Periodic); }, handAlong,
      [&] { out = derivative<0>(u, h); });
  closed(
      line, out, "axis 1, periodic", [&] { out = derivative<1>(u, h, Edge::Periodic); }, handAcross,
      [&] { out = derivative<1>(u, h); });
  // Of evenly spaced coordinates the same comes out as of a step, by way of weights.
  const Eigen::ArrayXd even = Eigen::ArrayXd::LinSpaced(n, 0, double(n - 1)) * double(h);
  const Stencil around(periodic(even, double(n) * double(h))), open(even);
  closed(
      line, out, "axis 0, periodic coordinates", [&] { out = derivative<0>(u, around); }, handAlong,
      [&] { out = derivative<0>(u, open); });
  closed(
      line, out, "axis 1, periodic coordinates", [&] { out = derivative<1>(u, around); }, handAcross,
      [&] { out = derivative<1>(u, open); });
}

template <class T>
void tensors(Index n) {
  Arena arena;
  using Map = Eigen::TensorMap<Eigen::Tensor<T, 3>>;
  const auto field = [&] { return Map(arena.take<T>(std::size_t(n * n * n)), n, n, n); };
  Map u = field(), v = field(), w = field(), out = field();
  for (Map* f : {&u, &v, &w}) f->setRandom();
  const T h = T(unknownStep());
  const hand::Extents extents{n, n, n};
  Line line;
  line.size = std::to_string(n) + "^3";
  line.copy = copy(u.data(), out.data(), n * n * n);

  compare(
      line, out, "laplacian(u)", [&] { out = laplacian(u, h); },
      [&] { hand::laplacian(u.data(), out.data(), extents, h); });
  compare(
      line, out, "divergence(u, v, w)", [&] { out = divergence(u, v, w, h); },
      [&] {
        hand::fused(u.data(), v.data(), w.data(), out.data(), extents, h, [](T a, T b, T c) { return a + b + c; });
      });
  compare(
      line, out, "curl(u, v, w), third component", [&] { out = std::get<2>(curl(u, v, w, h)); },
      [&] { hand::fused(v.data(), u.data(), w.data(), out.data(), extents, h, [](T a, T b, T) { return a - b; }); });
  compare(
      line, out, "|curl(u, v, w)|",
      [&] {
        const auto [x, y, z] = curl(u, v, w, h);
        out = (x.square() + y.square() + z.square()).sqrt();
      },
      [&] { hand::curlLength(u.data(), v.data(), w.data(), out.data(), extents, h); });
  closed(
      line, out, "axis 0, periodic", [&] { out = derivative<0>(u, h, Edge::Periodic); },
      [&] { hand::alongPeriodic(u.data(), out.data(), n * n, n, h); }, [&] { out = derivative<0>(u, h); });
  closed(
      line, out, "axis 2, periodic", [&] { out = derivative<2>(u, h, Edge::Periodic); },
      [&] { hand::acrossPeriodic(u.data(), out.data(), n, n * n, h); }, [&] { out = derivative<2>(u, h); });
}

/// A step of diffusion whose boundaries are held, over one of the whole field into another array.
void heldBoundaries(Index n) {
  Arena arena;
  using Map = Eigen::Map<Eigen::ArrayXXd>;
  const auto field = [&] { return Map(arena.take<double>(std::size_t(n * n)), n, n); };
  Map u = field(), next = field();
  u.setRandom();
  next = u;
  const double h = unknownStep(), dt = 1e-3 * h * h;
  const Index m = n - 2;
  Line line;
  line.size = std::to_string(n) + "x" + std::to_string(n);
  line.copy = copy(u.data(), next.data(), n * n);
  line.hand = [&] { next = u + dt * laplacian(u, h); };
  line.work = "a step into another array, boundaries held";
  line.ours = [&] { next.block(1, 1, m, m) = u.block(1, 1, m, m) + dt * laplacian(u, h).block(1, 1, m, m); };
  run(line);
  line.work = "a step in place, boundaries held";
  line.ours = [&] { u.block(1, 1, m, m) += dt * laplacian(u, h).block(1, 1, m, m); };
  run(line);
  line.work = "a step in place";
  line.ours = [&] { u += dt * laplacian(u, h); };
  run(line);
}

}  // namespace

// words [ROUNDS [ONLY]]
int main(int count, char** values) {
  readArguments(count, values);
  header("-");
  for (const Index n : {64, 400, 1000}) heldBoundaries(n);
  for (const Index n : {64, 1000, 4000}) dense<double>(n);
  for (const Index n : {64, 1000, 4000}) dense<float>(n);
  for (const Index n : {64, 256}) tensors<double>(n);
  for (const Index n : {64, 256}) tensors<float>(n);
}
