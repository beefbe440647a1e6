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

template <class T, class F>
HAND_NOINLINE void along(const F* __restrict f, T* __restrict out, long lines, long length, Weights<T> w) {
  const long n = length;
  for (long j = 0; j < lines; ++j, f += n, out += n) {
    if (w.second) {
      out[0] = w.near0 * (T(f[1]) - T(f[0])) + w.far0 * (T(f[2]) - T(f[1]));
      out[n - 1] = w.near1 * (T(f[n - 1]) - T(f[n - 2])) + w.far1 * (T(f[n - 2]) - T(f[n - 3]));
    } else {
      out[0] = w.near0 * (T(f[1]) - T(f[0]));
      out[n - 1] = w.near1 * (T(f[n - 1]) - T(f[n - 2]));
    }
    if (w.coordinates) {
      const T* __restrict lower = w.lower, * __restrict upper = w.upper;
      for (long i = 1; i < n - 1; ++i) out[i] = lower[i] * (T(f[i]) - T(f[i - 1])) + upper[i] * (T(f[i + 1]) - T(f[i]));
    } else {
      for (long i = 1; i < n - 1; ++i) out[i] = (T(f[i + 1]) - T(f[i - 1])) * w.across;
    }
  }
}

template <class T, class F>
HAND_NOINLINE void across(const F* __restrict f, T* __restrict out, long lines, long length, Weights<T> w) {
  const long n = length, m = lines;
  for (long i = 0; i < n; ++i) {
    out[i] = w.near0 * (T(f[n + i]) - T(f[i]));
    if (w.second) out[i] += w.far0 * (T(f[2 * n + i]) - T(f[n + i]));
  }
  for (long j = 1; j < m - 1; ++j) {
    const F *p = f + (j - 1) * n, *q = f + j * n, *r = f + (j + 1) * n;
    T* o = out + j * n;
    if (w.coordinates) {
      const T lower = w.lower[j], upper = w.upper[j];
      for (long i = 0; i < n; ++i) o[i] = lower * (T(q[i]) - T(p[i])) + upper * (T(r[i]) - T(q[i]));
    } else {
      for (long i = 0; i < n; ++i) o[i] = (T(r[i]) - T(p[i])) * w.across;
    }
  }
  const F* last = f + (m - 1) * n;
  T* o = out + (m - 1) * n;
  for (long i = 0; i < n; ++i) {
    o[i] = w.near1 * (T(last[i]) - T(last[i - n]));
    if (w.second) o[i] += w.far1 * (T(last[i - n]) - T(last[i - 2 * n]));
  }
}

/// combine(∂u along, ∂v across) in one pass, with steps and first-order edges.
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
    o[0] = combine((p[1] - p[0]) * w1, (vr[0] - vl[0]) * wj);
    for (long i = 1; i < n - 1; ++i) o[i] = combine((p[i + 1] - p[i - 1]) * w, (vr[i] - vl[i]) * wj);
    o[n - 1] = combine((p[n - 1] - p[n - 2]) * w1, (vr[n - 1] - vl[n - 1]) * wj);
  }
}

}  // namespace hand
