// SPDX-License-Identifier: MPL-2.0
//
// Which code computes an assignment. Nothing is counted, unless a test defines GRIDGRAD_COUNT before its first include
// of this library (test/paths.hpp). What is counted is said by what it means, not by the function that does it:
//
//     InPlace, Temporary      straight into the destination, or aside and then there
//     Argument                a field that is no array in memory is evaluated before its derivative is taken
//     Small                   all coefficients, their number known while compiling, before the first is written
//     Loops, PerCoefficient   our own loops for dense arrays, or Eigen's, which ask for each coefficient or packet
//     Rows, Runs, Blocks      a tensor expression row by row; one derivative alone, in runs; or by Eigen's own blocks
//     InPackets               lines or rows are computed in packets
//     PastTheCaches           the result is stored past the caches
//     Shared                  its lines are shared among threads
//     ShortRows, ThinRows     many rows of a tensor at a time: short ones along the axis, or across it
//     Window                  each coefficient of a tensor that is expensive to compute, once
//     Described               a block of a tensor is not computed, but described

#pragma once

#ifndef GRIDGRAD_COUNT
#define GRIDGRAD_COUNT(path) static_cast<void>(0)
#endif
