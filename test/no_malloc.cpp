// SPDX-License-Identifier: MPL-2.0
//
// Derivatives allocate nothing: with steps, and with coordinates whose Stencil was made before.
//
// Eigen's own allocations are refused while a measurement runs; all others are counted where the program's `new` is.

#include "paths.hpp"

#define EIGEN_RUNTIME_NO_MALLOC
#include <Eigen/Core>

#include <gridgrad.hpp>

#include <cstdio>
#include <cstdlib>
#include <new>
#include <string>

#include "reference.hpp"

namespace {
long allocations = 0;
}

// Not inlined: g++ would see malloc and delete, or new and free, and take them for a mismatch.
#define NOINLINE __attribute__((noinline))

NOINLINE void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
NOINLINE void operator delete(void* memory) noexcept { std::free(memory); }
NOINLINE void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

using Eigen::MatrixXd;
using gridgrad::derivative;
using gridgrad::Edge;
using gridgrad::gradient;
using gridgrad::Stencil;
using reference::quarters;
using reference::uneven;

int failures = 0;

/// And goes the way it is meant to: that allocates nothing either, but another might.
template <class Work>
void allocatesNothing(const char* what, const char* way, const Work& work) {
  const long before = allocations;
  const paths::Since start;
  Eigen::internal::set_is_malloc_allowed(false);
  work();
  Eigen::internal::set_is_malloc_allowed(true);
  const long made = allocations - before;
  const std::string found = start.way();
  if (made != 0) std::printf("%s: %ld allocations\n", what, made);
  if (found != way) std::printf("%s: goes by \"%s\", not by \"%s\"\n", what, found.c_str(), way);
  failures += made != 0 || found != way;
}

template <class Plain>
void allOf(Eigen::Index rows, Eigen::Index cols) {
  using Scalar = typename Plain::Scalar;
  const Plain f = quarters<Plain>(rows, cols);
  Plain g = f, h = f;
  const Stencil y(uneven(rows), Edge::SecondOrder), x(uneven(cols)), step(0.5);
  (void)derivative<0>(f, y), (void)derivative<1>(f, x);  // a stencil's weights are made at its first use
  Scalar sum(0);
  constexpr bool isSmall = Plain::SizeAtCompileTime != Eigen::Dynamic;

  allocatesNothing("steps", isSmall ? "7 Small" : "7 InPlace 7 Loops", [&] {
    g = derivative<0>(f, 0.5);
    g = derivative<1>(f, 0.5, Edge::SecondOrder);
    g = derivative(f, -1, 0.5, Edge::Periodic);
    g = derivative<0>(f, step);
    g += Scalar(2) * derivative<1>(f, 0.5);
    auto [d0, d1] = gradient(f, 0.5, 0.25);
    h.array() = d0.array().square() + d1.array().square();
    g = derivative<0>(derivative<1>(f, 0.5), 0.5);
    sum += derivative<0>(f, 0.5).sum() + d1(1, 1);
  });
  allocatesNothing("a stencil made before", isSmall ? "6 Small" : "6 InPlace 6 Loops", [&] {
    g = derivative<0>(f, y);
    g = derivative<1>(f, x);
    g = derivative(f, 1, x);
    auto [d0, d1] = gradient(f, y, x);
    h = d0 + d1;
    auto [e0, e1] = gradient(f, y, 0.5);
    h.array() = e0.array().square() + e1.array().square();
    g -= derivative<0>(f, y);
    sum += derivative<1>(f, x).cwiseAbs().maxCoeff();
  });
  allocatesNothing("parts", isSmall ? "2 InPlace 4 Small Loops PerCoefficient" : "6 InPlace 5 Loops PerCoefficient",
                   [&] {
                     g.topRows(2) = derivative<0>(f, y).topRows(2);
                     g.col(1) = gradient(f.col(1), y);
                     g.row(1) = gradient(f.row(1), 0.5);
                     h = h + Scalar(0.5) * derivative<0>(f, y);
                     g.transpose() = derivative<0>(f, y).transpose();
                     const Eigen::Ref<const Plain> whole(f);
                     g = derivative<0>(whole, 0.5);
                   });
  if (sum == Scalar(12345)) std::puts("");
}

}  // namespace

int main() {
  // The counter counts.
  const long before = allocations;
  ::operator delete(::operator new(sizeof(int)));
  if (allocations == before) {
    std::puts("operator new is not counted");
    return 1;
  }
  allOf<MatrixXd>(20, 30);
  allOf<Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(21, 9);
  allOf<Eigen::Matrix<double, 5, 4>>(5, 4);

  // Of fixed size, even what overlaps has no need of the heap.
  Eigen::Matrix4d u = quarters<Eigen::Matrix4d>(4, 4);
  allocatesNothing("a small field that replaces itself", "3 Small", [&] {
    u = derivative<0>(u, 0.5);
    u += derivative<1>(u, 0.5);
    u = derivative<0>(Eigen::Matrix4d(2 * u), 0.5);
  });

  // And what must allocate is seen to: the refusal is not a dead letter.
  MatrixXd v = quarters<MatrixXd>(4, 4);
  const long temporaries = allocations;
  const auto made = derivative<0>(v, uneven(4));
  if (allocations == temporaries) {
    std::puts("coordinates made no weights");
    ++failures;
  }
  v = made;
  std::printf("%d of the measurements allocate, or go another way\n", failures);
  return failures != 0;
}
