# SPDX-License-Identifier: MPL-2.0
"""The tables of several runs of the benchmark as one: of each number the median, of each range the widest.

    median.py FILE… [--only TEXT]       each FILE is what one test/benchmark/run printed
"""

import re
import statistics
import sys

arguments = sys.argv[1:]
only = arguments.pop(arguments.index("--only") + 1) if "--only" in arguments else ""
files = [a for a in arguments if a != "--only"]


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def combined(values):
    """One cell of those that stand in the same place."""
    if all(re.fullmatch(r"[-+.\de]*\d", v) for v in values):
        if any("e" in v for v in values):
            return f"{statistics.median(map(float, values)):.3g}"
        sign = "+" if values[0].startswith("+") else ""
        decimals = max(len(v.partition(".")[2]) for v in values)
        return f"{sign}{statistics.median(map(float, values)):.{decimals}f}"
    ranges = [re.fullmatch(r"([.\d]+) - ([.\d]+)", v) for v in values]
    if all(ranges):
        return f"{min((r[1] for r in ranges), key=float)} - {max((r[2] for r in ranges), key=float)}"
    return values[0]


runs = [open(name, encoding="utf-8").read().splitlines() for name in files]
if len({len(run) for run in runs}) != 1:
    sys.exit("These runs have different lines.")
rule = [line.startswith("|--") for line in runs[0]] + [False]
for i, lines in enumerate(zip(*runs)):
    columns = list(zip(*map(cells, lines)))
    if not lines[0].startswith("|") or rule[i] or rule[i + 1]:
        print(lines[0])
    elif len({row[:2] if len(row) > 3 else row[:1] for row in zip(*columns)}) != 1:
        sys.exit("These runs have different rows: " + "; ".join(lines))
    elif only in lines[0]:
        print("| " + " | ".join(map(combined, columns)) + " |")
