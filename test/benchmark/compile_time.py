# SPDX-License-Identifier: MPL-2.0
"""What gridgrad costs to compile: its header, and each further statement, against Eigen slices that do the same; for
tensors, against Eigen's Tensor header and `t + t`.

    compile_time.py COMPILER FLAGS…        e.g. compile_time.py g++ -std=c++17 -O2 -I include -I /usr/include/eigen3
"""

import statistics
import subprocess
import sys
import tempfile
import time

COMMAND = sys.argv[1:] or ["g++", "-std=c++17", "-O2", "-I", "include", "-isystem", "/usr/include/eigen3"]
ROUNDS = 3

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
FUSED_SLICES = """
void fused{k}(Eigen::{a}& out, const Eigen::{a}& f, double h) {{
  const auto n = f.rows(), m = f.cols();
  Eigen::{a} d0(n, m), d1(n, m);
  d0.middleRows(1, n - 2) = (f.bottomRows(n - 2) - f.topRows(n - 2)) / (2 * h);
  d0.row(0) = (f.row(1) - f.row(0)) / h;
  d0.row(n - 1) = (f.row(n - 1) - f.row(n - 2)) / h;
  d1.middleCols(1, m - 2) = (f.rightCols(m - 2) - f.leftCols(m - 2)) / (2 * h);
  d1.col(0) = (f.col(1) - f.col(0)) / h;
  d1.col(m - 1) = (f.col(m - 1) - f.col(m - 2)) / h;
  out = d0.square() + d1.square();
}}
"""
FUSED = """
void fused{k}(Eigen::{a}& out, const Eigen::{a}& f, double h) {{
  auto [d0, d1] = gridgrad::gradient(f, h);
  out = d0.square() + d1.square();
}}
"""
ARRAY, OTHER = "ArrayXXd", "Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>"

TENSOR = "#include <unsupported/Eigen/CXX11/Tensor>\nusing Tensor = Eigen::Tensor<double, 3>;\n"
GRIDGRAD_TENSOR = "#include <gridgrad/tensor.hpp>\n"
SUM = "void sum(Tensor& out, const Tensor& t) { out = t + t; }\n"
TENSOR_DERIVATIVE = "void one(Tensor& out, const Tensor& t, double h) { out = gridgrad::derivative<0>(t, h); }\n"
TENSOR_FUSED = """
void fused(Tensor& out, const Tensor& t, double h) {
  auto [d0, d1, d2] = gridgrad::gradient(t, h);
  out = d0.square() + d1.square() + d2.square();
}
"""

# Each program, and the one it is to be compared with.
PROGRAMS = {
    "Eigen/Core alone": ("", EIGEN),
    "gridgrad/gradient.hpp alone": ("Eigen/Core alone", EIGEN + GRIDGRAD),
    "slices: one derivative": ("Eigen/Core alone", EIGEN + SLICES.format(k=1, a=ARRAY)),
    "gridgrad: one derivative": ("slices: one derivative", EIGEN + GRIDGRAD + DERIVATIVE.format(k=1, a=ARRAY)),
    "slices: two": ("slices: one derivative", EIGEN + SLICES.format(k=1, a=ARRAY) + SLICES.format(k=2, a=OTHER)),
    "gridgrad: two": ("slices: two",
                      EIGEN + GRIDGRAD + DERIVATIVE.format(k=1, a=ARRAY) + DERIVATIVE.format(k=2, a=OTHER)),
    "slices: grad f squared": ("Eigen/Core alone", EIGEN + FUSED_SLICES.format(k=1, a=ARRAY)),
    "gridgrad: grad f squared": ("slices: grad f squared", EIGEN + GRIDGRAD + FUSED.format(k=1, a=ARRAY)),
    "Eigen's Tensor alone": ("", TENSOR),
    "gridgrad/tensor.hpp alone": ("Eigen's Tensor alone", TENSOR + GRIDGRAD_TENSOR),
    "t + t": ("Eigen's Tensor alone", TENSOR + SUM),
    "gridgrad: one derivative of t": ("t + t", TENSOR + GRIDGRAD_TENSOR + TENSOR_DERIVATIVE),
    "gridgrad: grad t squared": ("t + t", TENSOR + GRIDGRAD_TENSOR + TENSOR_FUSED),
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
    for name, (_, program) in PROGRAMS.items():
        times[name].append(seconds(program))
median = {name: statistics.median(values) for name, values in times.items()}
print("| compile time | seconds | more than | by |\n|---|--:|---|--:|")
for name, (base, _) in PROGRAMS.items():
    print(f"| {name} | {median[name]:.2f} | {base or '-'} | {f'{median[name] - median[base]:+.2f}' if base else '-'} |")
