// SPDX-License-Identifier: MPL-2.0
//
// The version of gridgrad, written once: CMakeLists.txt reads it from here.

#pragma once

#define GRIDGRAD_VERSION_MAJOR 0
#define GRIDGRAD_VERSION_MINOR 1
#define GRIDGRAD_VERSION_PATCH 0
