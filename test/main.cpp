// SPDX-License-Identifier: MPL-2.0

// Both, since the precompiled header has read doctest before the one could define the other.
#define DOCTEST_CONFIG_IMPLEMENT
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
