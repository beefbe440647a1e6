// SPDX-License-Identifier: MPL-2.0
//
// gridgrad as NumPy's peer can call it: on NumPy's own arrays, into an array that is there already.

#include <gridgrad.hpp>
#include <gridgrad/tensor.hpp>

namespace {

template <class T>
using Field = Eigen::Map<Eigen::Array<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>;

template <class T, class Spacing>
void along(T* f, T* out, long rows, long cols, int axis, const Spacing& s) {
  Field<T>(out, rows, cols) = gridgrad::derivative(Field<T>(f, rows, cols), axis, s);
}

template <class T>
void squares(T* f, T* out, long rows, long cols, double h) {
  const auto [d0, d1] = gridgrad::gradient(Field<T>(f, rows, cols), h);
  Field<T>(out, rows, cols) = d0.square() + d1.square();
}

/// A field of rank 3.
template <class T>
using Box = Eigen::TensorMap<Eigen::Tensor<T, 3, Eigen::RowMajor>>;

template <class T>
void along(T* f, T* out, long l, long m, long n, int axis, double h) {
  Box<T>(out, l, m, n) = gridgrad::derivative(Box<T>(f, l, m, n), axis, h);
}

template <class T>
void squares(T* f, T* out, long l, long m, long n, double h) {
  const auto [d0, d1, d2] = gridgrad::gradient(Box<T>(f, l, m, n), h);
  Box<T>(out, l, m, n) = d0.square() + d1.square() + d2.square();
}

using Coordinates = Eigen::Map<const Eigen::ArrayXd>;

}  // namespace

extern "C" {
const gridgrad::Stencil* new_stencil(const double* x, long n) { return new gridgrad::Stencil(Coordinates(x, n)); }
void delete_stencil(const gridgrad::Stencil* s) { delete s; }

void step_float64(double* f, double* out, long n, long m, int axis, double h) { along(f, out, n, m, axis, h); }
void step_float32(float* f, float* out, long n, long m, int axis, double h) { along(f, out, n, m, axis, h); }
void coordinates_float64(double* f, double* out, long n, long m, int axis, const double* x) {
  along(f, out, n, m, axis, Coordinates(x, axis == 0 ? n : m));
}
void coordinates_float32(float* f, float* out, long n, long m, int axis, const double* x) {
  along(f, out, n, m, axis, Coordinates(x, axis == 0 ? n : m));
}
void stencil_float64(double* f, double* out, long n, long m, int axis, const gridgrad::Stencil* s) {
  along(f, out, n, m, axis, *s);
}
void stencil_float32(float* f, float* out, long n, long m, int axis, const gridgrad::Stencil* s) {
  along(f, out, n, m, axis, *s);
}
void squares_float64(double* f, double* out, long n, long m, double h) { squares(f, out, n, m, h); }
void squares_float32(float* f, float* out, long n, long m, double h) { squares(f, out, n, m, h); }

void step3_float64(double* f, double* out, long l, long m, long n, int axis, double h) {
  along(f, out, l, m, n, axis, h);
}
void step3_float32(float* f, float* out, long l, long m, long n, int axis, double h) {
  along(f, out, l, m, n, axis, h);
}
void squares3_float64(double* f, double* out, long l, long m, long n, double h) { squares(f, out, l, m, n, h); }
void squares3_float32(float* f, float* out, long l, long m, long n, double h) { squares(f, out, l, m, n, h); }
}
