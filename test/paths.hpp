// SPDX-License-Identifier: MPL-2.0
//
// Which code of the library computes a statement: include this before anything of gridgrad. What is counted is said in
// gridgrad/engine/paths.hpp. Only a program with one source file may, since others would not count.

#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <string>

#ifdef GRIDGRAD_COUNT
#error "gridgrad was included before test/paths.hpp"
#endif
#define GRIDGRAD_COUNT(path) static_cast<void>(++paths::counted[paths::path])

namespace paths {

/// Those up to Blocks once for each evaluation, the others once or more for each part of one.
enum Path {
  InPlace,
  Temporary,
  Argument,
  Small,
  Loops,
  PerCoefficient,
  Rows,
  Runs,
  Blocks,
  InPackets,
  PastTheCaches,
  Shared,
  ShortRows,
  ThinRows,
  Window,
  Described,
  all
};
constexpr const char* names[] = {"InPlace",        "Temporary", "Argument", "Small", "Loops",
                                 "PerCoefficient", "Rows",      "Runs",     "Blocks"};

inline std::atomic<long> counted[all];  // threads count too

/// What ran since it was made.
class Since {
 public:
  Since() {
    for (std::size_t k = 0; k < all; ++k) m_before[k] = counted[k];
  }

  long count(Path path) const { return counted[path] - m_before[path]; }

  /// In words: "InPlace Loops", or "2 Temporary Runs".
  std::string way() const {
    std::string way;
    for (std::size_t k = 0; k <= Blocks; ++k) {
      const long times = counted[k] - m_before[k];
      if (times == 0) continue;
      if (!way.empty()) way += ' ';
      if (times > 1) way += std::to_string(times) + ' ';
      way += names[k];
    }
    return way;
  }

 private:
  std::array<long, all> m_before;
};

/// How a statement is computed.
template <class Statement>
std::string way(const Statement& statement) {
  const Since start;
  statement();
  return start.way();
}

/// How often it goes this way.
template <class Statement>
long count(Path path, const Statement& statement) {
  const Since start;
  statement();
  return start.count(path);
}

}  // namespace paths
