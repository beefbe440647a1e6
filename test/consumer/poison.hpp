// SPDX-License-Identifier: MPL-2.0
//
// What the headers of some platforms do to a program: macros of everyday words. Standard headers and Eigen's are
// included before, as they protect themselves or cannot.

#include <Eigen/Dense>
#include <unsupported/Eigen/CXX11/Tensor>

#include <algorithm>
#include <array>
#include <complex>
#include <memory>
#include <optional>
#include <sstream>
#include <tuple>
#include <vector>

// <windows.h>
#define min(a, b) poisoned
#define max(a, b) poisoned
#define small poisoned
#define near poisoned
#define far poisoned
#define interface poisoned
#define ERROR poisoned
#define IN poisoned
#define OUT poisoned

// <complex.h>, <math.h> and <sys/sysmacros.h>
#define I poisoned
#define major poisoned
#define minor poisoned
#define isnan(x) poisoned
#define isfinite(x) poisoned
#define log2(x) poisoned

// Frameworks with words of their own
#define check(x) poisoned
#define slots poisoned
#define signals poisoned
#define emit poisoned
#define B0 poisoned
#define _X poisoned
