// SPDX-License-Identifier: MPL-2.0
//
// Measuring: contenders for the same work, one after the other, again and again, so that a machine whose speed drifts
// is slow for all of them. What is reported is the median of ratios taken within one round.

#pragma once

#include <Eigen/Core>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace benchmark {

using Work = std::function<void()>;

inline double seconds(const Work& work, int times) {
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < times; ++i) work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() / times;
}

/// The middle of the list, and its first and third quarter.
struct Quartiles {
  double low, median, high;
};
inline Quartiles quartiles(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  return {values[n / 4], values[n / 2], values[3 * n / 4]};
}

/// The seconds of each contender in each round: result[contender][round]. One that is empty takes no part. Before its
/// turn each runs once untimed, since what it finds in the caches would otherwise be up to who came before.
inline std::vector<std::vector<double>> race(const std::vector<Work>& contenders, int rounds) {
  std::vector<int> times;
  for (const Work& work : contenders) {
    int enough = 1;
    if (work) {
      seconds(work, 1);
      while (seconds(work, enough) * enough < 5e-4) enough *= 2;
    }
    times.push_back(enough);
  }
  std::vector<std::vector<double>> result(contenders.size());
  for (int round = 0; round < rounds; ++round)
    for (std::size_t c = 0; c < contenders.size(); ++c)
      if (contenders[c]) {
        contenders[c]();
        result[c].push_back(seconds(contenders[c], times[c]));
      }
  return result;
}

/// Memory for some arrays at places of their own within a page. Arrays that lie a whole number of pages apart would
/// make a store look like the next load to the processor, and the race would be won by an accident of placement. Seven
/// arrays in a row begin at least 576 bytes apart within a page, ends and beginnings of the page counted as one place.
class Arena {
 public:
  template <class T>
  T* take(std::size_t count) {
    const std::size_t bytes = (count * sizeof(T) + page - 1) / page * page + 2 * page;
    m_blocks.emplace_back(static_cast<char*>(std::aligned_alloc(page, bytes)), &std::free);
    std::memset(m_blocks.back().get(), 0, bytes);
    m_next = (m_next + 576) % page;
    return reinterpret_cast<T*>(m_blocks.back().get() + m_next);
  }

 private:
  static constexpr std::size_t page = 4096;
  std::vector<std::unique_ptr<char, void (*)(void*)>> m_blocks;
  std::size_t m_next = 0;
};

/// One line of the table: gridgrad's time over a hand-written loop's, over a copy of as many bytes, over Eigen slices'.
struct Line {
  std::string work, size;
  Work ours, hand, copy, slices, peer;
};

inline int rounds = 15;
inline const char* only = "";

/// [ROUNDS [ONLY]]: only the lines whose work and size contain ONLY.
inline void readArguments(int count, char** values) {
  if (count > 1) rounds = std::max(1, std::atoi(values[1]));
  if (count > 2) only = values[2];
}

inline void header(const char* peer) {
  std::printf("| work | size | / hand-written | quartiles | / copy | / slices | / %s | µs |\n", peer);
  std::printf("|---|---|--:|---|--:|--:|--:|--:|\n");
}

inline void report(const Line& line) {
  const auto times = race({line.ours, line.hand, line.copy, line.slices, line.peer}, rounds);
  const auto ratio = [&](std::size_t c) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < times[c].size(); ++i) ratios.push_back(times[0][i] / times[c][i]);
    return quartiles(ratios);
  };
  const auto cell = [&](std::size_t c) {
    if (times[c].empty()) return std::string("-");
    char text[16];
    std::snprintf(text, sizeof text, "%.2f", ratio(c).median);
    return std::string(text);
  };
  const Quartiles hand = ratio(1);
  std::printf("| %s | %s | %.2f | %.2f - %.2f | %s | %s | %s | %.3g |\n", line.work.c_str(), line.size.c_str(),
              hand.median, hand.low, hand.high, cell(2).c_str(), cell(3).c_str(), cell(4).c_str(),
              quartiles(times[0]).median * 1e6);
  std::fflush(stdout);
}

inline void run(const Line& line) {
  if ((line.work + ' ' + line.size).find(only) != std::string::npos) report(line);
}

template <class T>
const char* name() {
  return std::is_same<T, float>::value ? "float" : std::is_same<T, double>::value ? "double" : "int";
}

/// A step that no compiler can know.
inline double unknownStep() {
  static volatile double step = 0.1;
  return step;
}

template <class T>
Work copy(const T* from, T* to, long count) {
  return [=] { std::memcpy(to, from, std::size_t(count) * sizeof(T)); };
}

/// Runs the work by hand and ours, and ends the program unless both leave the same in `out`.
template <class T>
void check(const Line& line, T* out, long count) {
  using Values = Eigen::Array<T, Eigen::Dynamic, 1>;
  Eigen::Map<Values> values(out, count);
  values.setZero();
  line.hand();
  const Values expected = values;
  values.setZero();
  line.ours();
  const double error = double((values - expected).abs().maxCoeff()), scale = double(expected.abs().maxCoeff());
  if (!(error <= 1e-4 * scale && scale > 0)) {
    std::fprintf(stderr, "%s: the results differ by %g of %g\n", line.work.c_str(), error, scale);
    std::exit(1);
  }
}

}  // namespace benchmark
