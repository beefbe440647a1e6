// SPDX-License-Identifier: MPL-2.0
//
// What the headers of some platforms do to a program: macros of everyday words. Standard headers and Eigen's are
// included before, as they protect themselves or cannot.

#include <Eigen/Dense>
#include <unsupported/Eigen/CXX11/Tensor>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstring>
#include <iomanip>
#include <locale>
#include <memory>
#include <optional>
#include <sstream>
#include <tuple>
#include <vector>

// A program's own, also with -D. Small letters are the mathematics here, as in Eigen, and are left to us.
#define A poisoned
#define B poisoned
#define C poisoned
#define D poisoned
#define E poisoned
#define F poisoned
#define G poisoned
#define H poisoned
#define I poisoned
#define J poisoned
#define K poisoned
#define L poisoned
#define M poisoned
#define N poisoned
#define O poisoned
#define P poisoned
#define Q poisoned
#define R poisoned
#define S poisoned
#define T poisoned
#define U poisoned
#define V poisoned
#define W poisoned
#define X poisoned
#define Y poisoned
#define Z poisoned

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

// <X11/X.h> and <X11/Xlib.h>
#define None poisoned
#define Bool poisoned
#define Status poisoned
#define True poisoned
#define False poisoned
#define Success poisoned
#define Always poisoned
#define Above poisoned
#define Below poisoned
#define Complex poisoned
#define Unsorted poisoned

// <complex.h>, <math.h> and <sys/sysmacros.h>
#define major poisoned
#define minor poisoned
#define isnan(x) poisoned
#define isfinite(x) poisoned
#define log2(x) poisoned

// Frameworks with words of their own
#define YES poisoned
#define NO poisoned
#define Nil poisoned
#define nil poisoned
#define require(x) poisoned
#define verify(x) poisoned
#define check(x) poisoned
#define slots poisoned
#define signals poisoned
#define emit poisoned
#define B0 poisoned
#define _X poisoned
