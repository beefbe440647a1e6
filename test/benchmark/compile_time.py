# SPDX-License-Identifier: MPL-2.0
"""What gridgrad costs to compile: its header, and each further statement, against Eigen slices that do the same.

    compile_time.py COMPILER FLAGS…        e.g. compile_time.py g++ -std=c++17 -O2 -I include -I /usr/include/eigen3
"""

import statistics
import subprocess
import sys
import tempfile
import time

COMMAND = sys.argv[1:] or ["g++", "-std=c++17", "-O2", "-I", "include", "-isystem", "/usr/include/eigen3"]
ROUNDS = 5

EIGEN = "#include <Eigen/Core>\n"
GRIDGRAD = "#include <gridgrad/gradient.hpp>\n"
SLICES = """
void slices{k}(Eigen::{a}& out, const Eigen::{a}& f, double h) {{
  const auto n = f.rows();
  out.resizeLike(f);
  out.middleRows(1, n - 2) = (f.bottomRows(n - 2) - f.topRows(n - 2)) / (2 * h);
  out.row(0) = (f.row(1) - f.row(0)) / h;
  out.row(n - 1) = (f.row(n - 1) - f.row(n - 2)) / h;
}}
"""
DERIVATIVE = "void derivative{k}(Eigen::{a}& out, const Eigen::{a}& f, double h) {{ out = gridgrad::derivative<0>(f, h); }}\n"
FUSED = """
void fused{k}(Eigen::{a}& out, const Eigen::{a}& f, double h) {{
  auto [d0, d1] = gridgrad::gradient(f, h);
  out = d0.square() + d1.square();
}}
"""
ARRAY, OTHER = "ArrayXXd", "Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>"

PROGRAMS = {
    "Eigen/Core alone": EIGEN,
    "with gridgrad/gradient.hpp": EIGEN + GRIDGRAD,
    "Eigen/Core, one derivative in slices": EIGEN + SLICES.format(k=1, a=ARRAY),
    "Eigen/Core, two in slices": EIGEN + SLICES.format(k=1, a=ARRAY) + SLICES.format(k=2, a=OTHER),
    "gridgrad, one derivative": EIGEN + GRIDGRAD + DERIVATIVE.format(k=1, a=ARRAY),
    "gridgrad, two": EIGEN + GRIDGRAD + DERIVATIVE.format(k=1, a=ARRAY) + DERIVATIVE.format(k=2, a=OTHER),
    "gridgrad, one fused |grad f|^2": EIGEN + GRIDGRAD + FUSED.format(k=1, a=ARRAY),
}


def seconds(program):
    with tempfile.NamedTemporaryFile("w", suffix=".cpp") as source:
        source.write(program)
        source.flush()
        start = time.perf_counter()
        subprocess.run(COMMAND + ["-c", "-o", "/dev/null", source.name], check=True)
        return time.perf_counter() - start


times = {name: [] for name in PROGRAMS}
for _ in range(ROUNDS):
    for name, program in PROGRAMS.items():
        times[name].append(seconds(program))
base = statistics.median(times["Eigen/Core alone"])
print(f"| {' '.join(COMMAND[:3])} | seconds | over Eigen/Core alone |\n|---|--:|--:|")
for name, values in times.items():
    print(f"| {name} | {statistics.median(values):.2f} | +{statistics.median(values) - base:.2f} |")
