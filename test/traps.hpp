// SPDX-License-Identifier: MPL-2.0
//
// Floating-point exceptions as errors: with GRIDGRAD_TRAPS in the environment, a test that computes what is invalid,
// divides by zero or overflows is stopped by the processor, as in codes that run so. No operation may be made that the
// answer does not call for. What does call for them, fields with infinities and the like, is beneath an Off.

#pragma once

#include <cfenv>
#include <cstdlib>

namespace traps {

#if defined(__GLIBC__)
constexpr int trapped = FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW;

inline void turnOn() {
  std::feclearexcept(FE_ALL_EXCEPT);
  if (std::getenv("GRIDGRAD_TRAPS")) feenableexcept(trapped);
}
inline void turnOff() { fedisableexcept(FE_ALL_EXCEPT); }
#else
inline void turnOn() {}
inline void turnOff() {}
#endif

/// No traps while it lives, or none if `really`. NaN is no reason: computing with it is no exception.
struct Off {
  explicit Off(bool really = true) : m_really(really) {
    if (m_really) turnOff();
  }
  ~Off() {
    if (m_really) turnOn();
  }

 private:
  bool m_really;
};

}  // namespace traps
