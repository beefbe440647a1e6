// SPDX-License-Identifier: MPL-2.0
//
// Error reporting: an error is thrown, or, where exceptions are off, printed before the program aborts.

#pragma once

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <iomanip>
#include <limits>
#include <locale>
#include <ostream>
#include <sstream>
#include <type_traits>
#include <utility>

#include <gridgrad/numbers/quiet.hpp>
#include <gridgrad/numbers/requirements.hpp>

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

/// A number with as many digits as tell it from all others, so that it can be found again; a whole one whole.
template <class Real>
void sayNumber(std::ostream& out, const Real& x) {
  constexpr int least = 15, most = (std::max)(std::numeric_limits<Real>::max_digits10, least);
  const Real size = x < 0 ? -x : x;
  std::ostringstream text;
  text.imbue(std::locale::classic());
  if (size >= Real(1e15) && size < Real(1e19) && x == std::floor(x)) {
    text << std::fixed << std::setprecision(0) << x;
  } else {
    for (int digits = least; digits <= most; ++digits) {
      text.str("");
      text << std::setprecision(digits) << x;
      std::istringstream again(text.str());
      again.imbue(std::locale::classic());
      Real read;
      if (again >> read && read == x) break;
    }
  }
  out << text.str();
}

template <class Type, class = void>
struct CanBeWritten : std::false_type {};
template <class Type>
struct CanBeWritten<Type, std::void_t<decltype(std::declval<std::ostream&>() << std::declval<const Type&>())>>
    : std::true_type {};

/// A part of a sentence: words, or a number. What cannot be written, as some of users' own, is written as a built-in
/// one.
inline void say(std::ostream& out, const char* words) { out << words; }
template <class Type>
void say(std::ostream& out, const Type& part) {
  if constexpr (std::is_floating_point<Type>::value)
    detail::sayNumber(out, part);
  else if constexpr (CanBeWritten<Type>::value)
    out << part;
  else if constexpr (std::is_constructible<long double, const Type&>::value)
    detail::sayNumber(out, static_cast<long double>(part));
  else
    out << "a value that cannot be written";
}

/// Says the sentence: throws it as an Error, or, where exceptions are off, prints it and aborts.
template <class Error, class... Parts>
[[noreturn]] GRIDGRAD_COLD void fail(const Parts&... parts) {
  const Quiet quiet;  // numbers are compared and read again, NaN and infinities too
  std::ostringstream sentence;
  sentence.imbue(std::locale::classic());
  sentence.precision(15);
  detail::say(sentence, "gridgrad: ");
  (detail::say(sentence, parts), ...);
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
