// SPDX-License-Identifier: MPL-2.0
//
// The derivative of a tensor on a GPU: with a step, with coordinates, whose weights must be on the device too, and in a
// sum of both. Compiled wherever there is nvcc; where there is also a GPU, its answers are those of the processor.

#define EIGEN_USE_GPU
#include <unsupported/Eigen/CXX11/Tensor>

#include <gridgrad/tensor.hpp>

#include <cmath>
#include <cstdio>
#include <vector>

using gridgrad::derivative;
using gridgrad::Edge;

using Tensor = Eigen::Tensor<float, 3>;
using Map = Eigen::TensorMap<Tensor>;

int main() {
  int gpus = 0;
  if (cudaGetDeviceCount(&gpus) != cudaSuccess || gpus == 0) {
    std::puts("no GPU here: compiled for one, but NOT RUN");
    return 77;
  }
  Tensor f(20, 17, 33), g(20, 17, 33);
  for (int k = 0; k < f.size(); ++k) f.data()[k] = float(k * 29 % 64) / 4;
  std::vector<double> y(17);
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = double(i) + 0.25 * double(i * i);

  Eigen::GpuStreamDevice stream;
  Eigen::GpuDevice gpu(&stream);
  const auto bytes = std::size_t(f.size()) * sizeof(float);
  auto* const from = static_cast<float*>(gpu.allocate(bytes));
  auto* const to = static_cast<float*>(gpu.allocate(bytes));
  Map field(from, 20, 17, 33), slope(to, 20, 17, 33);
  int failures = 0;
  const auto compare = [&](const char* what, const Tensor& expected) {
    gpu.memcpyDeviceToHost(g.data(), to, bytes);
    gpu.synchronize();
    float worst = 0;
    for (int k = 0; k < f.size(); ++k) worst = std::fmax(worst, std::fabs(g.data()[k] - expected.data()[k]));
    std::printf("%s: differs from the processor's by %g\n", what, double(worst));
    failures += !(worst <= 1e-4f);  // sums of a few terms below 128, in float
  };

  gpu.memcpyHostToDevice(from, f.data(), bytes);
  slope.device(gpu) = derivative<0>(field, 0.5);
  compare("a step", derivative<0>(f, 0.5));
  slope.device(gpu) = derivative<1>(field, y, Edge::SecondOrder);
  compare("coordinates", derivative<1>(f, y, Edge::SecondOrder));
  slope.device(gpu) = derivative(field, 2, 0.5, Edge::Periodic) + derivative<1>(field, y) * field;
  compare("a sum", derivative(f, 2, 0.5, Edge::Periodic) + derivative<1>(f, y) * f);
  // In place, through memory on the device.
  field.device(gpu) = derivative<2>(field, 0.5);
  gpu.memcpy(to, from, bytes);
  compare("in place", derivative<2>(f, 0.5));
  gpu.deallocate(from);
  gpu.deallocate(to);
  return failures != 0;
}
