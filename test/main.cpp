// SPDX-License-Identifier: MPL-2.0

// Both, since the precompiled header has read doctest before the one could define the other.
#define DOCTEST_CONFIG_IMPLEMENT
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include "traps.hpp"

namespace {

/// Turns them on for each test case, and off for what doctest itself does.
struct Traps : doctest::IReporter {
  explicit Traps(const doctest::ContextOptions&) {}
  void test_case_start(const doctest::TestCaseData&) override { traps::turnOn(); }
  void test_case_reenter(const doctest::TestCaseData&) override { traps::turnOn(); }
  void test_case_end(const doctest::CurrentTestCaseStats&) override { traps::turnOff(); }
  void test_case_exception(const doctest::TestCaseException&) override {}
  void report_query(const doctest::QueryData&) override {}
  void test_run_start() override {}
  void test_run_end(const doctest::TestRunStats&) override {}
  void subcase_start(const doctest::SubcaseSignature&) override {}
  void subcase_end() override {}
  void log_assert(const doctest::AssertData&) override {}
  void log_message(const doctest::MessageData&) override {}
  void test_case_skipped(const doctest::TestCaseData&) override {}
};

}  // namespace

REGISTER_LISTENER("traps", 1, Traps);
