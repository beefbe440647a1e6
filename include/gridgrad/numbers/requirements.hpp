// SPDX-License-Identifier: MPL-2.0
//
// What gridgrad needs: said before anything fails for want of it.

#pragma once

#if __cplusplus < 201703L && !(defined(_MSVC_LANG) && _MSVC_LANG >= 201703L)
#error "gridgrad: this needs C++17: compile with -std=c++17 or newer"
#elif !__has_include(<Eigen/Core>)
#error "gridgrad: this needs Eigen: install it, and name its folder to the compiler, as in -I /usr/include/eigen3"
#endif

#include <Eigen/Core>

#if !EIGEN_VERSION_AT_LEAST(3, 4, 0)
#error "gridgrad: this needs Eigen 3.4 or newer, and has found an older one: see the folders given with -I"
#endif
