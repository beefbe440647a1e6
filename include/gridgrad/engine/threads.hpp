// SPDX-License-Identifier: MPL-2.0
//
// Large results are shared among threads, as Eigen shares its products: where a program is compiled with OpenMP,
// outside a parallel region, among Eigen::nbThreads() of them. EIGEN_DONT_PARALLELIZE and Eigen::setNbThreads(1) turn
// it off.

#pragma once

#include <Eigen/Core>

#include <algorithm>
#include <cfenv>
#include <cstddef>
#include <type_traits>

#include <gridgrad/engine/paths.hpp>

#if defined(_OPENMP) && !defined(EIGEN_DONT_PARALLELIZE)
#include <omp.h>
#define GRIDGRAD_THREADS 1
#else
#define GRIDGRAD_THREADS 0
#endif

namespace gridgrad {
namespace detail {

/// In bytes. Threads that wait for work do so in a loop: where other programs want their cores, a small result shared
/// among them takes many times as long as one thread.
#ifndef GRIDGRAD_THREADED_RESULT  // a test makes it small
#define GRIDGRAD_THREADED_RESULT (std::size_t(8) << 20)
#endif

#ifndef GRIDGRAD_PROCESSORS  // a test has more
#define GRIDGRAD_PROCESSORS omp_get_num_procs()
#endif

/// While it lives, a thread computes as the one it works for: it rounds, traps and flushes denormal numbers as that
/// does.
class SameEnvironment {
 public:
  explicit SameEnvironment(const std::fenv_t& callers) {
    std::fegetenv(&m_before);
    std::fesetenv(&callers);
  }
  ~SameEnvironment() { std::fesetenv(&m_before); }
  SameEnvironment(const SameEnvironment&) = delete;
  SameEnvironment& operator=(const SameEnvironment&) = delete;

 private:
  std::fenv_t m_before;
};

/// Calls work(begin, end) for the parts of [0, count) at once, or for all of it. What is computed must not depend on
/// where parts begin, and `work` must not throw.
template <class Work>
EIGEN_ALWAYS_INLINE void shareOut(Eigen::Index count, std::size_t bytes, const Work& work) {
#if GRIDGRAD_THREADS
  if (bytes >= GRIDGRAD_THREADED_RESULT && count > 1 && !omp_in_parallel()) {
    const Eigen::Index threads =
        (std::min)({Eigen::Index(Eigen::nbThreads()), Eigen::Index(GRIDGRAD_PROCESSORS), count});
    if (threads > 1) {
      GRIDGRAD_COUNT(Shared);
      std::fenv_t callers;
      std::fegetenv(&callers);
      int raised = 0;
#pragma omp parallel num_threads(int(threads)) reduction(| : raised)
      {
        const SameEnvironment same(callers);
        const Eigen::Index mine = omp_get_thread_num(), all = omp_get_num_threads();
        const Eigen::Index each = count / all, left = count % all;
        const Eigen::Index begin = mine * each + (std::min)(mine, left);
        work(begin, begin + each + (mine < left ? 1 : 0));
        raised = std::fetestexcept(FE_ALL_EXCEPT);
      }
      std::feraiseexcept(raised);  // what a program may ask for afterwards
      return;
    }
  }
#else
  static_cast<void>(bytes);
#endif
  work(0, count);
}

/// Whether a sample is a number that several threads may compute with at once, without an exception.
template <class Scalar>
inline constexpr bool isPlainNumber = std::is_arithmetic<typename Eigen::NumTraits<Scalar>::Real>::value;

}  // namespace detail
}  // namespace gridgrad
