// SPDX-License-Identifier: MPL-2.0
//
// The loops one would write by hand, on raw pointers that promise not to overlap. A field is `lines` lines of `length`
// samples, one after the other; "along" differentiates within a line, "across" from line to line.

#pragma once

#include <gridgrad.hpp>

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

}  // namespace hand
