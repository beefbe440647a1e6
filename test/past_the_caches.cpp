// SPDX-License-Identifier: MPL-2.0
//
// Large results are stored past the caches. Here 4 KiB are large, so that every beginning and every end of a line in
// memory has its turn, also those that lie across scalars, as in packed records; nothing beside the result is written.
//
// Compiled for AVX2, since no store past the caches is made without AVX, and run where the processor has that.

#define GRIDGRAD_LARGE_RESULT 4096
#define EIGEN_USE_THREADS
#include "paths.hpp"

#include "tensors.hpp"

#include <doctest/doctest.h>
#include <gridgrad.hpp>

#include <cstddef>
#include <cstring>
#include <vector>

using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::Stencil;
using reference::Index;

namespace {

/// Memory for `count` numbers that begins so many bytes past a multiple of 64, between two stretches that must stay as
/// they are.
template <class T>
class Between {
 public:
  Between(Index count, std::size_t bytes)
      : m_memory(std::size_t(count) * sizeof(T) + 3 * room, mark), m_bytes(std::size_t(count) * sizeof(T)) {
    const auto address = reinterpret_cast<std::uintptr_t>(m_memory.data() + room);
    m_begin = room + (64 - address % 64) % 64 + bytes;
  }
  T* data() { return reinterpret_cast<T*>(m_memory.data() + m_begin); }

  /// Of numbers that may lie across others, which only copying reads.
  T operator[](Index k) const {
    T value;
    std::memcpy(&value, m_memory.data() + m_begin + std::size_t(k) * sizeof(T), sizeof(T));
    return value;
  }
  template <class Plain>
  void set(const Plain& plain) {
    std::memcpy(m_memory.data() + m_begin, plain.data(), std::size_t(plain.size()) * sizeof(T));
  }
  bool besideIsKept() const {
    for (std::size_t k = 0; k < m_memory.size(); ++k)
      if ((k < m_begin || k >= m_begin + m_bytes) && m_memory[k] != mark) return false;
    return true;
  }

 private:
  static constexpr std::size_t room = 192;
  static constexpr unsigned char mark = 0xA5;
  std::vector<unsigned char> m_memory;
  std::size_t m_begin, m_bytes;
};

template <class T, int order>
using Field = Eigen::Array<T, Eigen::Dynamic, Eigen::Dynamic, order>;

/// Whether the derivative of a field that begins at one place in memory is right at another; and stored past the
/// caches, where it can be: not where no packet of it can be aligned.
template <class T, int order>
bool isRight(Index rows, Index cols, std::size_t from, std::size_t to) {
  using Map = Eigen::Map<Field<T, order>>;
  const auto f = reference::quarters<Field<T, order>>(rows, cols);
  for (int axis = 0; axis < 2; ++axis)
    for (Edge edge : {Edge::FirstOrder, Edge::Periodic}) {
      const Index n = axis == 0 ? rows : cols;
      if (n < 2) continue;
      Between<T> source(f.size(), from), result(f.size(), to);
      source.set(f);
      const Map in(source.data(), rows, cols);
      Map out(result.data(), rows, cols);
      const bool isLarge = std::size_t(f.size()) * sizeof(T) >= 4096;
      const long times = paths::count(paths::PastTheCaches, [&] { out = derivative(in, axis, 0.25, edge); });
      if (times != isLarge && to % sizeof(T) == 0) return false;
      const auto byStep = reference::derivative(f, axis, tensors::grid<T>(n, true), edge);
      for (Index k = 0; k < f.size(); ++k)
        if (result[k] != byStep.data()[k]) return false;
      if (!result.besideIsKept()) return false;
      if (edge == Edge::Periodic) continue;
      out = derivative(in, axis, Stencil(reference::uneven(n)));
      const auto byCoordinates = reference::derivative(f, axis, tensors::grid<T>(n, false), edge);
      for (Index k = 0; k < f.size(); ++k)
        if (!(std::abs(result[k] - byCoordinates.data()[k]) <= tensors::tolerance<T>)) return false;
      if (!result.besideIsKept()) return false;
    }
  return true;
}

/// The same of a tensor.
template <class T>
bool isRightTensor(const tensors::Shape<3>& shape, std::size_t from, std::size_t to) {
  using Scalar = typename T::Scalar;
  using Map = Eigen::TensorMap<T>;
  const T f = tensors::quarters<T>(shape);
  for (int axis = 0; axis < 3; ++axis)
    for (bool isEven : {true, false}) {
      const Index n = shape[std::size_t(axis)];
      Between<Scalar> source(f.size(), from), result(f.size(), to);
      source.set(f);
      const Map in(source.data(), f.dimensions());
      Map out(result.data(), f.dimensions());
      const auto x = tensors::grid<Scalar>(n, isEven);
      const Stencil s = isEven ? Stencil(0.25) : Stencil(x);
      const long times = paths::count(paths::PastTheCaches, [&] { out = derivative(in, axis, s); });
      if (times != 1 && to % sizeof(Scalar) == 0) return false;
      const T expected = tensors::derivative(f, axis, x, Edge::FirstOrder);
      for (Index k = 0; k < f.size(); ++k)
        if (!(std::abs(result[k] - expected.data()[k]) <= (isEven ? Scalar(0) : tensors::tolerance<Scalar>)))
          return false;
      if (!result.besideIsKept()) return false;
    }
  return true;
}

const tensors::Shape<3> shapes[] = {{{16, 9, 9}}, {{131, 3, 5}}, {{300, 5, 3}}, {{3, 5, 300}}, {{3, 70, 9}}};

}  // namespace

TEST_CASE_TEMPLATE("lines that begin anywhere, of every length, by columns and by rows", T, double, float) {
  for (std::size_t to = 0; to < 64; to += sizeof(T)) {
    CHECK(isRight<T, Eigen::ColMajor>(1031, 1, to * 3 % 64, to));
    CHECK(isRight<T, Eigen::ColMajor>(67, 31, to * 5 % 64, to));
  }
  for (Index n = 1; n < 80; ++n) CHECK(isRight<T, Eigen::RowMajor>(33, n, 0, 8));
}

TEST_CASE_TEMPLATE("tensors that begin anywhere, along every axis", T, Eigen::Tensor<double, 3>,
                   Eigen::Tensor<float, 3, Eigen::RowMajor>) {
  for (const auto& shape : shapes)
    for (std::size_t to = 0; to < 64; to += sizeof(typename T::Scalar)) {
      CAPTURE(to);
      CAPTURE(shape[0]);
      CHECK(isRightTensor<T>(shape, to * 3 % 64, to));
    }
}

TEST_CASE("a tensor that is expensive to compute, and one whose work threads share") {
  using Tensor = Eigen::Tensor<double, 3>;
  Eigen::ThreadPool pool(2);
  const Eigen::ThreadPoolDevice device(&pool, 2);
  for (const auto& shape :
       {tensors::Shape<3>{{40, 33, 17}}, tensors::Shape<3>{{300, 5, 3}}, tensors::Shape<3>{{70, 67, 64}}}) {
    const Tensor f = tensors::quarters<Tensor>(shape), expensive = (f * 0.25).exp();
    for (int axis = 0; axis < 3; ++axis) {
      const auto x = tensors::grid<double>(shape[std::size_t(axis)], true);
      const Tensor expected = tensors::derivative(f, axis, x, Edge::FirstOrder),
                   ofExpensive = tensors::derivative(expensive, axis, x, Edge::FirstOrder);
      Tensor g(f.dimensions());
      CHECK(paths::count(paths::PastTheCaches, [&] { g.device(device) = derivative(f, axis, Stencil(0.25)); }) > 0);
      CHECK(tensors::equal(g, expected));
      g = derivative((f * 0.25).exp(), axis, Stencil(0.25));
      CHECK(tensors::isClose(g, ofExpensive));
    }
  }
}

TEST_CASE_TEMPLATE("numbers that lie across others, as in packed records", T, double, float) {
  for (std::size_t bytes : {1u, 2u, 3u, 4u, 6u, 7u, 12u, 17u, 36u}) {
    CAPTURE(bytes);
    CHECK(isRight<T, Eigen::ColMajor>(67, 31, bytes, 0));
    CHECK(isRight<T, Eigen::ColMajor>(67, 31, 0, bytes));
    CHECK(isRight<T, Eigen::RowMajor>(1, 1031, bytes, bytes));
    using Tensor = Eigen::Tensor<T, 3>;
    for (const auto& shape : shapes) {
      CHECK(isRightTensor<Tensor>(shape, bytes, 0));
      CHECK(isRightTensor<Tensor>(shape, 0, bytes));
    }
  }
}
