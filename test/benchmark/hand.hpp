// SPDX-License-Identifier: MPL-2.0
//
// The loops one would write by hand, on raw pointers that promise not to overlap. A field is `lines` lines of `length`
// samples, one after the other; "along" differentiates within a line, "across" from line to line.

#pragma once

#include <gridgrad.hpp>

#include <array>

namespace hand {

using gridgrad::Edge;

/// The weights of one axis, in the form gridgrad has them.
template <class T>
struct Weights {
  T across;                    // of f[i+1] - f[i-1], with a step
  const T *lower, *upper;      // of f[i] - f[i-1] and f[i+1] - f[i], with coordinates
  T near0, far0, near1, far1;  // at the ends
  bool coordinates, second;
};

/// The weights of a Stencil.
template <class T>
Weights<T> weightsOf(const gridgrad::Stencil& s, long n) {
  Weights<T> w{};
  w.coordinates = !s.isStep();
  w.second = s.edges() == Edge::SecondOrder;
  const auto ends = [&](const auto& weights) {
    w.near0 = weights.ends.first.term[0].weight;
    w.far0 = weights.ends.first.term[1].weight;
    w.near1 = weights.ends.last.term[0].weight;
    w.far1 = weights.ends.last.term[1].weight;
  };
  if (s.isStep()) {
    const auto weights = s.stepWeights<T>(gridgrad::detail::Place{0}, n);
    w.across = weights.weight;
    ends(weights);
  } else {
    const auto& weights = s.coordinateWeights<T>();
    w.lower = weights.lower.data();
    w.upper = weights.upper.data();
    ends(weights);
  }
  return w;
}

/// The same of a step, as one computes them by hand at each call.
template <class T>
Weights<T> stepWeights(T h, Edge edge) {
  Weights<T> w{};
  w.second = edge == Edge::SecondOrder;
  w.across = 1 / (2 * h);
  w.near0 = w.near1 = w.second ? 3 / (2 * h) : 1 / h;
  w.far0 = w.far1 = w.second ? -1 / (2 * h) : T(0);
  return w;
}

#define HAND_NOINLINE __attribute__((noinline))

/// What becomes of a coefficient and the derivative there: for `=`, the derivative.
struct Replace {
  template <class T>
  T operator()(T, T derivative) const {
    return derivative;
  }
};

template <class T, class F, class Put = Replace>
HAND_NOINLINE void along(const F* __restrict f, T* __restrict out, long lines, long length, Weights<T> w,
                         Put put = Put()) {
  const long n = length;
  for (long j = 0; j < lines; ++j, f += n, out += n) {
    T first = w.near0 * (T(f[1]) - T(f[0])), last = w.near1 * (T(f[n - 1]) - T(f[n - 2]));
    if (w.second) {
      first += w.far0 * (T(f[2]) - T(f[1]));
      last += w.far1 * (T(f[n - 2]) - T(f[n - 3]));
    }
    out[0] = put(out[0], first);
    out[n - 1] = put(out[n - 1], last);
    if (w.coordinates) {
      const T* __restrict lower = w.lower, * __restrict upper = w.upper;
      for (long i = 1; i < n - 1; ++i)
        out[i] = put(out[i], lower[i] * (T(f[i]) - T(f[i - 1])) + upper[i] * (T(f[i + 1]) - T(f[i])));
    } else {
      for (long i = 1; i < n - 1; ++i) out[i] = put(out[i], (T(f[i + 1]) - T(f[i - 1])) * w.across);
    }
  }
}

template <class T, class F, class Put = Replace>
HAND_NOINLINE void across(const F* __restrict f, T* __restrict out, long lines, long length, Weights<T> w,
                          Put put = Put()) {
  const long n = length, m = lines;
  // At an end: r - q is the nearest difference, q - p the next.
  const auto end = [&](const F* p, const F* q, const F* r, T* o, T near, T far) {
    if (w.second)
      for (long i = 0; i < n; ++i) o[i] = put(o[i], near * (T(r[i]) - T(q[i])) + far * (T(q[i]) - T(p[i])));
    else
      for (long i = 0; i < n; ++i) o[i] = put(o[i], near * (T(r[i]) - T(q[i])));
  };
  end(f + 2 * n, f + n, f, out, -w.near0, -w.far0);
  for (long j = 1; j < m - 1; ++j) {
    const F *p = f + (j - 1) * n, *q = f + j * n, *r = f + (j + 1) * n;
    T* o = out + j * n;
    if (w.coordinates) {
      const T lower = w.lower[j], upper = w.upper[j];
      for (long i = 0; i < n; ++i) o[i] = put(o[i], lower * (T(q[i]) - T(p[i])) + upper * (T(r[i]) - T(q[i])));
    } else {
      for (long i = 0; i < n; ++i) o[i] = put(o[i], (T(r[i]) - T(p[i])) * w.across);
    }
  }
  const F* last = f + (m - 1) * n;
  end(last - 2 * n, last - n, last, out + (m - 1) * n, w.near1, w.far1);
}

/// out = combine(out, ∂u along, ∂v across) in one pass, with steps and first-order edges.
template <class T, class Combine>
HAND_NOINLINE void fused(const T* __restrict u, const T* __restrict v, T* __restrict out, long lines, long length, T h,
                         Combine combine) {
  const long n = length, m = lines;
  const T w = 1 / (2 * h), w1 = 1 / h;
  for (long j = 0; j < m; ++j) {
    const long l = j > 0 ? j - 1 : 0, r = j < m - 1 ? j + 1 : m - 1;
    const T wj = r - l == 2 ? w : w1;
    const T *p = u + j * n, *vl = v + l * n, *vr = v + r * n;
    T* o = out + j * n;
    o[0] = combine(o[0], (p[1] - p[0]) * w1, (vr[0] - vl[0]) * wj);
    for (long i = 1; i < n - 1; ++i) o[i] = combine(o[i], (p[i + 1] - p[i - 1]) * w, (vr[i] - vl[i]) * wj);
    o[n - 1] = combine(o[n - 1], (p[n - 1] - p[n - 2]) * w1, (vr[n - 1] - vl[n - 1]) * wj);
  }
}

/// A field of rank 3, by its extents in the order of memory: the coefficients of the first lie side by side.
using Extents = std::array<long, 3>;

/// One derivative of a field of rank 3, with first-order edges.
template <class T>
HAND_NOINLINE void single(const T* __restrict f, T* __restrict out, const Extents& extents, int axis, Weights<T> w) {
  const long n = extents[axis], stride = axis == 0 ? 1 : axis == 1 ? extents[0] : extents[0] * extents[1];
  const long outer = extents[0] * extents[1] * extents[2] / (n * stride);
  if (axis == 0) return along(f, out, outer, n, w);
  for (long k = 0; k < outer; ++k, f += n * stride, out += n * stride) {
    for (long j = 0; j < stride; ++j) out[j] = (f[j + stride] - f[j]) * w.near0;
    if (w.coordinates) {
      for (long i = 1; i < n - 1; ++i) {
        const T lower = w.lower[i], upper = w.upper[i];
        for (long j = i * stride; j < (i + 1) * stride; ++j)
          out[j] = lower * (f[j] - f[j - stride]) + upper * (f[j + stride] - f[j]);
      }
    } else {
      for (long j = stride; j < (n - 1) * stride; ++j) out[j] = (f[j + stride] - f[j - stride]) * w.across;
    }
    for (long j = (n - 1) * stride; j < n * stride; ++j) out[j] = (f[j] - f[j - stride]) * w.near1;
  }
}

/// out = combine(∂u, ∂v, ∂w along the first, second, third extent) in one pass, with first-order edges.
template <class T, class Combine>
HAND_NOINLINE void fused(const T* __restrict u, const T* __restrict v, const T* __restrict w, T* __restrict out,
                         const Extents& extents, T h, Combine combine) {
  const long n = extents[0], m = extents[1], l = extents[2];
  const T w2 = 1 / (2 * h), w1 = 1 / h;
  for (long k = 0; k < l; ++k) {
    const long k0 = k > 0 ? k - 1 : 0, k1 = k < l - 1 ? k + 1 : k;
    const T wk = k1 - k0 == 2 ? w2 : w1;
    for (long j = 0; j < m; ++j) {
      const long j0 = j > 0 ? j - 1 : 0, j1 = j < m - 1 ? j + 1 : j;
      const T wj = j1 - j0 == 2 ? w2 : w1;
      const T *a = u + (k * m + j) * n, *b0 = v + (k * m + j0) * n, *b1 = v + (k * m + j1) * n,
              *c0 = w + (k0 * m + j) * n, *c1 = w + (k1 * m + j) * n;
      T* o = out + (k * m + j) * n;
      o[0] = combine((a[1] - a[0]) * w1, (b1[0] - b0[0]) * wj, (c1[0] - c0[0]) * wk);
      for (long i = 1; i < n - 1; ++i)
        o[i] = combine((a[i + 1] - a[i - 1]) * w2, (b1[i] - b0[i]) * wj, (c1[i] - c0[i]) * wk);
      o[n - 1] = combine((a[n - 1] - a[n - 2]) * w1, (b1[n - 1] - b0[n - 1]) * wj, (c1[n - 1] - c0[n - 1]) * wk);
    }
  }
}

/// The same with coordinates. Beyond an end lies the end itself, so that the difference there is zero.
template <class T, class Combine>
HAND_NOINLINE void fused(const T* __restrict u, const T* __restrict v, const T* __restrict w, T* __restrict out,
                         const Extents& extents, const std::array<Weights<T>, 3>& weights, Combine combine) {
  const long n = extents[0], m = extents[1], l = extents[2];
  const T* __restrict lower = weights[0].lower, * __restrict upper = weights[0].upper;
  struct Between {
    long below, above;
    T lower, upper;
  };
  const auto between = [](const Weights<T>& at, long i, long count) {
    return i == 0           ? Between{0, 1, T(0), at.near0}
           : i == count - 1 ? Between{i - 1, i, at.near1, T(0)}
                            : Between{i - 1, i + 1, at.lower[i], at.upper[i]};
  };
  for (long k = 0; k < l; ++k) {
    const Between z = between(weights[2], k, l);
    for (long j = 0; j < m; ++j) {
      const Between y = between(weights[1], j, m);
      const long row = (k * m + j) * n;
      const T *a = u + row, *b = v + row, *b0 = v + (k * m + y.below) * n, *b1 = v + (k * m + y.above) * n,
              *c = w + row, *c0 = w + (z.below * m + j) * n, *c1 = w + (z.above * m + j) * n;
      T* o = out + row;
      const auto put = [&](long i, T du) {
        o[i] = combine(du, y.lower * (b[i] - b0[i]) + y.upper * (b1[i] - b[i]),
                       z.lower * (c[i] - c0[i]) + z.upper * (c1[i] - c[i]));
      };
      put(0, (a[1] - a[0]) * weights[0].near0);
      for (long i = 1; i < n - 1; ++i) put(i, lower[i] * (a[i] - a[i - 1]) + upper[i] * (a[i + 1] - a[i]));
      put(n - 1, (a[n - 1] - a[n - 2]) * weights[0].near1);
    }
  }
}

}  // namespace hand
