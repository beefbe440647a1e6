// SPDX-License-Identifier: MPL-2.0
//
// The version of gridgrad, written once: CMakeLists.txt reads it from here.

#pragma once

/// The first number of the version. While it is 0, a new second number may change what programs rely on.
#define GRIDGRAD_VERSION_MAJOR 0
/// The second number of the version.
#define GRIDGRAD_VERSION_MINOR 1
/// The third number of the version, which changes where faults are mended and nothing else.
#define GRIDGRAD_VERSION_PATCH 0
