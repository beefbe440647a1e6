# SPDX-License-Identifier: MPL-2.0
"""NumPy's gradient over a copy of the same bytes, to be set beside gridgrad's own column of that name.

NumPy allocates its results, as its users have it do; gridgrad's benchmark writes into arrays that are there already.
"""

import statistics
import sys
import time

import numpy as np

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 15


def seconds(work, times):
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) / times


def over_copy(work, field):
    """The median, over rounds, of the time of `work` over that of copying `field`."""
    out = np.empty_like(field)
    copy = lambda: np.copyto(out, field)
    times = max(1, int(1e-3 / seconds(work, 1)))
    copies = max(1, int(1e-3 / seconds(copy, 3)))
    return statistics.median(seconds(work, times) / seconds(copy, copies) for _ in range(ROUNDS))


print(f"NumPy {np.__version__}\n")
print("| work | size | / copy |")
print("|---|---|--:|")
for kind in (np.float64, np.float32):
    for n in (1000, 100000, 10000000):
        f = np.random.rand(n).astype(kind)
        x = np.linspace(0, 1, n) + 3 * np.linspace(0, 1, n) ** 2
        print(f"| {kind.__name__} step | {n} | {over_copy(lambda: np.gradient(f, 0.1), f):.1f} |")
        print(f"| {kind.__name__} coordinates | {n} | {over_copy(lambda: np.gradient(f, x), f):.1f} |")
    for n in (64, 1000, 4000):
        f = np.random.rand(n, n).astype(kind)
        x = np.linspace(0, 1, n) + 3 * np.linspace(0, 1, n) ** 2
        for axis in (0, 1):
            print(f"| {kind.__name__} row-major axis {axis} step | {n}x{n} | "
                  f"{over_copy(lambda: np.gradient(f, 0.1, axis=axis), f):.1f} |")
            print(f"| {kind.__name__} row-major axis {axis} coordinates | {n}x{n} | "
                  f"{over_copy(lambda: np.gradient(f, x, axis=axis), f):.1f} |")

        def squares():
            d0, d1 = np.gradient(f, 0.1)
            return d0**2 + d1**2

        print(f"| {kind.__name__} grad f squared | {n}x{n} | {over_copy(squares, f):.1f} |", flush=True)
