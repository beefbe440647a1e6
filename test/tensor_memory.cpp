// SPDX-License-Identifier: MPL-2.0
//
// Places in a tensor, and bytes, are counted as what they are, though Eigen's own index is an int: here it is.

#include <doctest/doctest.h>
#include <gridgrad/tensor.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

#if defined(__linux__)
#include <sys/mman.h>
#endif

using gridgrad::derivative;
using gridgrad::detail::readsWritten;
using gridgrad::detail::TensorMemory;

static_assert(std::is_same<Eigen::Index, int>::value, "this test is of indices that are an int");

namespace {

/// So many coefficients that no int counts them, and so many bytes that no unsigned one does.
constexpr std::ptrdiff_t n = 50000;

}  // namespace

TEST_CASE("what shares memory far away is seen, by addresses alone") {
  using Tensor = Eigen::Tensor<double, 2, Eigen::ColMajor, std::ptrdiff_t>;
  using Narrow = Eigen::Tensor<double, 2, Eigen::ColMajor, int>;
  const auto at = [](std::ptrdiff_t sample) { return reinterpret_cast<double*>(std::uintptr_t(4096 + 8 * sample)); };
  const Eigen::TensorMap<Tensor> wide(at(0), n, n);
  const Eigen::TensorMap<Narrow> narrow(at(0), 40000, 40000);
  const auto isRead = [&](const auto& map, std::ptrdiff_t from, std::ptrdiff_t to) {
    return readsWritten(
        TensorMemory{reinterpret_cast<std::uintptr_t>(at(from)), reinterpret_cast<std::uintptr_t>(at(to))}, map, false);
  };
  CHECK(isRead(wide, n * n - 1, n * n));
  CHECK(isRead(wide, n * n / 2, n * n / 2 + 1));
  CHECK(!isRead(wide, n * n, n * n + 1));
  CHECK(isRead(narrow, 40000 * 39999 - 1, 2 * n * n));
  CHECK(!isRead(narrow, 40000 * 40000, 2 * n * n));
  const auto all = TensorMemory::of(at(0), n * n);
  CHECK(all.end - all.begin == 8 * std::uintptr_t(n * n));
}

#if defined(__linux__)
TEST_CASE("the last rows of a field of more samples than an int counts") {
  // Of zero bytes, which take no memory until they are written.
  using Field = Eigen::Tensor<signed char, 2, Eigen::ColMajor, std::ptrdiff_t>;
  void* memory =
      mmap(nullptr, std::size_t(n * n), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) return;
  Eigen::TensorMap<Field> f(static_cast<signed char*>(memory), n, n);
  f(n - 1, n - 1) = 8;  // the last of all
  const Eigen::array<std::ptrdiff_t, 2> from{n - 40, n - 3}, size{40, 3};
  using Part = Eigen::Tensor<double, 2, Eigen::ColMajor, std::ptrdiff_t>;
  const Part alone = derivative<1>(f, 1).slice(from, size);
  const Part sum = (derivative<0>(f, 1) + derivative<1>(f, 1)).slice(from, size);
  for (int j = 0; j < 3; ++j)
    for (int i = 0; i < 40; ++i) {
      const double across = i == 39 ? 4 * j : 0, along = j == 2 && i >= 38 ? 4 * (i - 37) : 0;
      CHECK(alone(i, j) == across);
      CHECK(sum(i, j) == across + along);
    }
  munmap(memory, std::size_t(n * n));
}
#endif
