// SPDX-License-Identifier: MPL-2.0
//
// A stretch of code without floating-point exceptions: for what a program did not ask for, as the words of an error.

#pragma once

#include <cfenv>

namespace gridgrad {
namespace detail {

/// While it lives, no floating-point exception traps; and when it goes, none is left behind.
class Quiet {
 public:
  Quiet() { std::feholdexcept(&m_before); }
  ~Quiet() { std::fesetenv(&m_before); }
  Quiet(const Quiet&) = delete;
  Quiet& operator=(const Quiet&) = delete;

 private:
  std::fenv_t m_before;
};

}  // namespace detail
}  // namespace gridgrad
