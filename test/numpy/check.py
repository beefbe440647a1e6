# SPDX-License-Identifier: MPL-2.0
#
# Solves random problems again with numpy.gradient in long double, and compares.
#
#     check.py PROBLEMS_PROGRAM [COUNT]          GRIDGRAD_SEED=… in the environment repeats a run
#
# The bound, in rounding units. With weights w and differences d of the stencil in the difference form, sum w*d,
#
#     |error| <= C * eps * sum |w| (|f[from]| + |f[to]|)
#
# where eps is the distance from 1 to the next number of the answer's type (half of it is one rounding). To the left:
# one rounding for each difference, weight, product and sum, 4 of half an eps, so C = 2; and steps and intervals are
# rounded in double or wider, a few more where the answer is a double too: C = 4. NumPy's own error in long double is
# below eps / 2048 of that for double, and counts where the answer is long double itself: it has three weights, of up to
# three terms each, on samples and not on differences; C = 8 there.

import os
import subprocess
import sys
import tempfile
import time

import numpy as np

program = sys.argv[1]
count = int(sys.argv[2]) if len(sys.argv) > 2 else 20000
seed = int(os.environ.get("GRIDGRAD_SEED", time.time_ns() // 1000 % 10**9))
print(f"seed {seed} (repeat with GRIDGRAD_SEED={seed}), NumPy {np.__version__}", flush=True)

longdouble = np.longdouble
if np.finfo(longdouble).nmant < 60:
    sys.exit("numpy.longdouble is no wider than double here: nothing to compare with")

double = np.finfo(np.float64).eps
UNITS = {
    "float32": (np.finfo(np.float32).eps, 4),
    "float64": (double, 4),
    "complex128": (double, 4),
    "int32": (double, 4),
    "longdouble": (np.finfo(longdouble).eps, 8),
}


def parse(words, scalar):
    """Hexadecimal numbers, none rounded: doubles by Python, long doubles by their 64 bits and exponent."""
    if scalar == "int32":
        return np.array([int(w) for w in words], longdouble)
    if scalar == "longdouble":
        return np.array([long_from_hex(w) for w in words], longdouble)
    values = np.array([float.fromhex(w) for w in words], longdouble)
    if scalar == "complex128":
        return values[0::2] + np.clongdouble(1j) * values[1::2]
    return values


def long_from_hex(word):
    negative = word[0] == "-"
    digits, exponent = word.lstrip("-")[2:].split("p")
    head, _, tail = digits.partition(".")
    bits, shift = int(head + tail, 16), int(exponent) - 4 * len(tail)
    value = np.ldexp(longdouble(bits >> 32), shift + 32) + np.ldexp(longdouble(bits & 0xFFFFFFFF), shift)
    return -value if negative else value


def differences(n, spacing, order):
    """For each of the stencil's differences: the sample it belongs to, from, to, and the size of its weight."""
    i = np.arange(1, n - 1)
    if spacing.ndim == 0:
        h = abs(spacing)
        inside = [(i, i - 1, i + 1, np.full(n - 2, 1 / (2 * h)))]
        x = h * np.arange(n, dtype=longdouble)
    else:
        x = spacing
        l, r = x[1:-1] - x[:-2], x[2:] - x[1:-1]
        inside = [(i, i - 1, i, abs(r / (l * (l + r)))), (i, i, i + 1, abs(l / (r * (l + r))))]
    for at, one, two in ((0, 1, 2), (n - 1, n - 2, n - 3)):
        l = x[one] - x[at]
        if order == 1:
            inside.append(([at], [at], [one], abs(1 / l)))
        else:
            r, both = x[two] - x[one], x[two] - x[at]
            # 1/l + 1/(l+r), of which each may be larger than the sum.
            inside.append(([at], [at], [one], abs(1 / l) + abs(1 / both)))
            inside.append(([at], [one], [two], abs(l / (r * both))))
    return inside


def check(line):
    head, field, answer = line.split("|")
    scalar, order, shape, axis, edge, kind, *spacing = head.split()
    shape, axis, edge = tuple(int(size) for size in shape.split("x")), int(axis), int(edge)
    result = "float64" if scalar == "int32" else scalar
    f = parse(field.split(), scalar).reshape(shape)
    g = parse(answer.split(), result).reshape(shape)
    values = parse(spacing, "float64")
    spacing = values[0] if kind == "step" else values
    expected = np.gradient(f, spacing, axis=axis, edge_order=edge)
    assert expected.dtype in (longdouble, np.clongdouble)

    down = np.moveaxis(f, axis, 0)
    size = abs(down) if not np.iscomplexobj(down) else abs(down.real) + abs(down.imag)
    bound = np.zeros(down.shape, longdouble)
    for at, start, end, weight in differences(f.shape[axis], spacing, edge):
        weight = np.reshape(weight, (-1,) + (1,) * (down.ndim - 1))
        bound[at] += weight * (size[start] + size[end])
    eps, units = UNITS[scalar]
    error = np.moveaxis(abs(g - expected), axis, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        worst = np.max(np.where(bound > 0, error / (eps * bound), np.where(error > 0, np.inf, 0)))
    # Not <=: a NaN is a failure.
    return scalar, worst, bool(worst <= units)


with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "problems")
    subprocess.run([program, str(seed), str(count), path], check=True)
    worst, failures, problems = {}, 0, 0
    with open(path) as lines:
        for line in lines:
            scalar, error, good = check(line)
            problems += 1
            worst[scalar] = max(worst.get(scalar, 0), error)
            if not good:
                failures += 1
                if failures <= 5:
                    print(f"off by {error:.3g} units, allowed {UNITS[scalar][1]}:\n{line}")

for scalar, error in sorted(worst.items()):
    print(f"{scalar:>10}: worst error {error:.2f} of {UNITS[scalar][1]} rounding units")
print(f"{problems} problems, {failures} failures")
if problems < count:
    sys.exit(f"only {problems} of {count} problems were written")
sys.exit(failures != 0)
