# SPDX-License-Identifier: MPL-2.0
"""NumPy's gradient against gridgrad, on the same arrays, one after the other in one process.

    numpy_peer.py LIBRARY [ROUNDS]      LIBRARY is what numpy_peer.cpp is built into

NumPy allocates its results, as its users have it do; gridgrad writes into an array that is there already.
"""

import ctypes
import statistics
import sys
import time

import numpy as np

LIBRARY = ctypes.CDLL(sys.argv[1])
LIBRARY.new_stencil.restype = ctypes.c_void_p
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 15
H = 0.1


def seconds(work, times):
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) / times


def turn(work, times):
    """The seconds of `work`, after one run for the caches."""
    work()
    return seconds(work, times)


def ours(name, f, out, *arguments):
    """A call of the function `name` on arrays, with everything converted before."""
    function = getattr(LIBRARY, f"{name}_{f.dtype.name}")
    shape = f.shape if f.ndim > 1 else (1, f.size)
    converted = [ctypes.c_void_p(f.ctypes.data), ctypes.c_void_p(out.ctypes.data), *map(ctypes.c_long, shape)]
    converted += [ctypes.c_void_p(a.ctypes.data) if isinstance(a, np.ndarray) else
                  ctypes.c_int(a) if isinstance(a, int) else
                  ctypes.c_double(a) if isinstance(a, float) else a for a in arguments]
    return lambda: function(*converted)


def squares(f):
    d = np.gradient(f, H)
    return d[0]**2 + d[1]**2 if f.ndim == 2 else d[0]**2 + d[1]**2 + d[2]**2


def report(work, f, theirs, mine, out):
    mine()
    expected = theirs()
    assert np.allclose(out, expected, rtol=1e-2, atol=1e-4 * np.abs(expected).max()), work
    contenders = [theirs, mine, lambda: np.copyto(out, f)]
    times = [max(1, int(1e-3 / seconds(c, 3))) for c in contenders]
    results = [[turn(c, k) for c, k in zip(contenders, times)] for _ in range(ROUNDS)]
    print(f"| {f.dtype.name} {work} | {'x'.join(map(str, f.shape))} | {statistics.median(t / o for t, o, _ in results):.1f}"
          f" | {statistics.median(t / c for t, _, c in results):.1f} |", flush=True)


print(f"NumPy {np.__version__}\n\n| work | size | NumPy / gridgrad | NumPy / copy |\n|---|---|--:|--:|")
for kind in (np.float64, np.float32):
    for shape in ((1000,), (100000,), (10000000,), (64, 64), (1000, 1000), (4000, 4000)):
        f = np.random.rand(*shape).astype(kind)
        out = np.empty_like(f)
        even = np.linspace(0, 1, shape[0])
        x = even + 3 * even**2
        stencil = ctypes.c_void_p(LIBRARY.new_stencil(ctypes.c_void_p(x.ctypes.data), ctypes.c_long(x.size)))
        for axis in range(f.ndim):
            name = f"axis {axis} " if f.ndim == 2 else ""
            down = axis if f.ndim == 2 else 1  # gridgrad sees a vector as one row
            report(name + "step", f, lambda: np.gradient(f, H, axis=axis), ours("step", f, out, down, H), out)
            report(name + "coordinates", f, lambda: np.gradient(f, x, axis=axis),
                   ours("coordinates", f, out, down, x), out)
            report(name + "coordinates, Stencil made before", f, lambda: np.gradient(f, x, axis=axis),
                   ours("stencil", f, out, down, stencil), out)
        LIBRARY.delete_stencil(stencil)
        if f.ndim == 2:
            report("grad f squared", f, lambda: squares(f), ours("squares", f, out, H), out)
    for shape in ((128, 128, 128), (256, 256, 256)):
        f = np.random.rand(*shape).astype(kind)
        out = np.empty_like(f)
        for axis in range(f.ndim):
            report(f"axis {axis} step", f, lambda: np.gradient(f, H, axis=axis), ours("step3", f, out, axis, H), out)
        report("grad f squared", f, lambda: squares(f), ours("squares3", f, out, H), out)
