// SPDX-License-Identifier: MPL-2.0
//
// How an error is said: thrown, or, where exceptions are off, printed before the program aborts.

#pragma once

#include <Eigen/Core>

#include <cstdio>
#include <cstdlib>
#include <ostream>
#include <sstream>

#include <gridgrad/detail/requirements.hpp>

#if defined(__cpp_exceptions) || defined(__EXCEPTIONS) || defined(_CPPUNWIND)
#define GRIDGRAD_EXCEPTIONS 1
#else
#define GRIDGRAD_EXCEPTIONS 0
#endif

#if defined(__GNUC__)
#define GRIDGRAD_COLD __attribute__((noinline, cold))
#else
#define GRIDGRAD_COLD
#endif

namespace gridgrad {
namespace detail {

/// Says the sentence: throws it as an Error, or, where exceptions are off, prints it and aborts.
template <class Error, class... Parts>
[[noreturn]] GRIDGRAD_COLD void fail(const Parts&... parts) {
  std::ostringstream sentence;
  sentence.precision(15);
  sentence << "gridgrad: ";
  (sentence << ... << parts);
#if GRIDGRAD_EXCEPTIONS
  throw Error(sentence.str());
#else
  std::fprintf(stderr, "%s\n", sentence.str().c_str());
  std::abort();
#endif
}

/// Where a complaint belongs: to an axis of a field, or to a stencil or spacing that is made before any field is seen.
struct Place {
  Eigen::Index axis;
  static Place stencil() { return {-1}; }
  static Place spacing() { return {-2}; }

  friend std::ostream& operator<<(std::ostream& out, Place place) {
    if (place.axis < 0) return out << (place.axis == -1 ? "the stencil" : "the spacing");
    return out << "axis " << place.axis;
  }
};

/// "1 sample", "2 samples".
struct Count {
  Eigen::Index count;
  const char* thing;

  friend std::ostream& operator<<(std::ostream& out, Count c) {
    return out << c.count << ' ' << c.thing << (c.count == 1 ? "" : "s");
  }
};

}  // namespace detail
}  // namespace gridgrad
