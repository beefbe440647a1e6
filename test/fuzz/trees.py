#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
#
# Writes random expressions with derivatives in them, as C++: each as a user would write it, and step by step.
#
#     trees.py --seed S --trees N --parts P --out FOLDER    N trees, in P files
#     trees.py --seed S --tree T                            this one alone, to the standard output
#
# A tree has the number T and depends on it and the seed alone. Each becomes a function that is run many times, with
# sizes, spacings, edges, strides, samples and overlaps drawn anew (fuzz.hpp), and is compared with its nodes evaluated
# one after the other (by_hand.hpp). A new operation is one row of DENSE or TENSOR.
#
# Faults that were planted in the library, one at a time, and found by the 48 trees of seed 1 with 60 cases each: every
# dense overlap is none; the last packet of a line is one off, or stored past its end; the last end of an axis has the
# first's formula; a weight of a second-order edge is wrong; the wrong sample is read at the seam of a period; `-=`
# through a temporary assigns.

import argparse
import pathlib
import random
import re

SCALARS = {"I": "int", "F": "float", "D": "double", "Z": "Complex"}
NUMBERS = {"I": "3", "F": "0.75f", "D": "0.75", "Z": "0.75"}
TYPES = {"I": "Type::Int", "F": "Type::Float", "D": "Type::Double", "Z": "Type::Complex"}


def same(scalars):
    return [(s, s) for s in scalars]


class Row:
    """An operation.

    name     for whoever reads of it
    types    (scalar of the result, scalar of the operands) that it takes
    shapes   of the operands, for a result of r rows and c columns; "any" is an extent of one's choice. Of tensors, a
             function of the result's extents.
    lazy     how a user writes it, {0} {1} … being the operands
    hand     how it is evaluated by itself
    draws    what is drawn when it is run: "Index i {n} = upTo(3)" and so on
    forms    what the result may be: m a matrix, c a column, r a row; and with ">" what the operands then are
    view     whether it may be written to
    weight   how often
    """

    def __init__(self, name, types, shapes, lazy, hand, draws=(), forms="m c r", view=False, weight=2,
                 expressions_first=False):
        self.name, self.types, self.shapes, self.lazy, self.hand = name, types, shapes, lazy, hand
        self.draws, self.forms, self.view, self.weight = draws, forms.split(), view, weight
        self.expressions_first = expressions_first  # tensors: a plain first operand would make it an operation of Eigen's


S = ["{r} {c}"]          # one operand of the same shape
SS = ["{r} {c}"] * 2
REAL = same("FD")
ANY = same("FDZ")
ALL = same("IFDZ")
AXES = "{g0}, {g1}"

# Arrays. Matrices come in through .matrix().
DENSE = [
    Row("sum", ALL, SS, "({0} + {1})", "add({0}, {1})", weight=6),
    Row("difference", ALL, SS, "({0} - {1})", "subtract({0}, {1})", weight=6),
    Row("product by coefficient", ANY, SS, "({0} * {1})", "multiply({0}, {1})", weight=4),
    Row("quotient", REAL, SS, "({0} / ({1}.abs() + {k}))", "divide({0}, plus(abs({1}), {number}))"),
    Row("minimum", REAL, SS, "({0}.min)({1})", "smaller({0}, {1})", weight=1),
    Row("maximum", REAL, SS, "({0}.max)({1})", "larger({0}, {1})"),
    Row("selection", REAL, SS + S, "({0} > {1}).select({1}, {2})", "choose({0}, {1}, {1}, {2})"),
    Row("selection by a number", REAL, SS, "({0} > {k}).select({1}, {0})",
        "choose({0}, plus(times({0}, 0), {number}), {1}, {0})", weight=1),
    Row("times a number", ANY, S, "({k} * {0})", "times({0}, {number})", weight=4),
    Row("over a number", ANY, S, "({0} / {k})", "over({0}, {number})"),
    Row("plus a number", ANY, S, "({0} + {k})", "plus({0}, {number})"),
    Row("negative", ALL, S, "(-{0})", "negate({0})"),
    Row("absolute value", REAL + [("D", "Z"), ("I", "I")], S, "{0}.abs()", "abs({0})"),
    Row("square", ANY, S, "{0}.square()", "square({0})"),
    Row("squared absolute value", REAL + [("D", "Z")], S, "{0}.abs2()", "abs2({0})"),
    Row("square root", REAL, S, "({0}.abs() + {k}).sqrt()", "root(plus(abs({0}), {number}))"),
    Row("exponential", REAL, S, "(-{0}.square()).exp()", "exponential(negate(square({0})))", weight=1),
    Row("conjugate", same("Z"), S, "{0}.conjugate()", "conjugate({0})"),
    Row("real part", [("D", "Z")], S, "{0}.real()", "realPart({0})"),
    Row("imaginary part", [("D", "Z")], S, "{0}.imag()", "imagPart({0})", weight=1),
    Row("cast", [("D", "F"), ("F", "D"), ("D", "I"), ("I", "D"), ("I", "F")], S, "{0}.template cast<{S}>()",
        "cast({0}, {T})"),
    Row("a function of the user's", REAL, S, "{0}.unaryExpr([]({S} x) {{ return 2 * x - 1; }})",
        "plus(times({0}, 2), -1)", weight=1),
    Row("a function of two", REAL, SS, "{0}.binaryExpr({1}, []({S} x, {S} y) {{ return x - 2 * y; }})",
        "subtract({0}, times({1}, 2))", weight=1),
    # Views.
    Row("transpose", ALL, ["{c} {r}"], "{0}.transpose()", "transpose({0})", forms="m c>r r>c", view=True, weight=4),
    Row("block", ALL, ["{r} + 3 {c} + 2"], "{0}.block({i}, {j}, {r}, {c})", "part({0}, {{{i}, {j}}}, {{{r}, {c}}})",
        ["i upTo 3", "j upTo 2"], forms="m", view=True, weight=4),
    Row("some columns", ALL, ["{r} {c} + 4"], "{0}.middleCols({j}, {c})", "part({0}, {{0, {j}}}, {{{r}, {c}}})",
        ["j upTo 4"], forms="m", view=True),
    Row("last rows", ALL, ["{r} + 1 {c}"], "{0}.bottomRows({r})", "part({0}, {{1, 0}}, {{{r}, {c}}})", forms="m",
        view=True),
    Row("segment", ALL, ["{r} + 3 1"], "{0}.segment({i}, {r})", "part({0}, {{{i}, 0}}, {{{r}, 1}})", ["i upTo 3"],
        forms="c", view=True),
    Row("a column", ALL, ["{r} any"], "{0}.col({j})", "part({0}, {{0, {j}}}, {{{r}, 1}})", ["j upTo {any} - 1"],
        forms="c>m", view=True, weight=4),
    Row("a row", ALL, ["any {c}"], "{0}.row({i})", "part({0}, {{{i}, 0}}, {{1, {c}}})", ["i upTo {any} - 1"],
        forms="r>m", view=True, weight=4),
    Row("diagonal", ALL, ["{r} {r}"], "{0}.matrix().diagonal().array()", "diagonal({0})", forms="c>m", view=True),
    Row("reverse", ALL, S, "{0}.reverse()", "reverse({0}, {{true, true}})", view=True),
    Row("reverse of columns", ALL, S, "{0}.colwise().reverse()", "reverse({0}, {{true, false}})", forms="m", view=True),
    Row("reverse of rows", ALL, S, "{0}.rowwise().reverse()", "reverse({0}, {{false, true}})", forms="m", view=True),
    Row("every other row", ALL, ["2 * {r} + 1 {c} + 1"],
        "{0}(Eigen::seqN({i}, {r}, Eigen::fix<2>), Eigen::seqN(1, {c}))",
        "everyOther({0}, {{{i}, 1}}, {{{r}, {c}}}, {{2, 1}})", ["i upTo 2"], forms="m", view=True),
    Row("backwards by indices", ALL, S, "{0}(Eigen::indexing::all, Eigen::seq(Eigen::indexing::last, 0, Eigen::fix<-1>))",
        "reverse({0}, {{false, true}})", forms="m", view=True),
    Row("a list of rows", ALL, ["{r} + 2 {c}"], "{0}({p}, Eigen::indexing::all)", "pick({0}, 0, {p})",
        ["p places {r} {r} + 2"], forms="m", view=True, weight=1),
    Row("a list of columns", ALL, ["{r} {c} + 1"], "{0}(Eigen::indexing::all, {p})", "pick({0}, 1, {p})",
        ["p places {c} {c} + 1"], forms="m", view=True, weight=1),
    Row("replicate", ALL, ["{r} {c}"], "{0}.replicate(2, 2).block({i}, {j}, {r}, {c})",
        "part(repeat({0}, {{2, 2}}), {{{i}, {j}}}, {{{r}, {c}}})", ["i upTo {r}", "j upTo {c}"], forms="m"),
    Row("replicate of a row", ALL, ["1 {c}"], "{0}.replicate({r}, 1)", "repeat({0}, {{{r}, 1}})", forms="m>r", weight=1),
    # Sums over rows and columns.
    Row("sums of columns", ANY, ["any {c}"], "{0}.colwise().sum()", "reduce({0}, 0, Reduction::Sum, true)", forms="r>m"),
    Row("means of rows", REAL, ["{r} any"], "{0}.rowwise().mean()", "reduce({0}, 1, Reduction::Mean, true)",
        forms="c>m"),
    Row("largest of columns", REAL, ["any {c}"], "{0}.colwise().maxCoeff()",
        "reduce({0}, 0, Reduction::Largest, true)", forms="r>m", weight=1),
    Row("a column from each", ANY, ["{r} {c}", "{r} 1"], "({0}.colwise() - {1})",
        "subtract({0}, repeat({1}, {{1, {c}}}))", forms="m>mc"),
    # Matrices.
    Row("product of matrices", ANY, ["{r} any", "any {c}"], "({0}.matrix() * {1}.matrix()).array()",
        "matrixProduct({0}, {1})", forms="m"),
    Row("outer product", ANY, ["{r} 1", "1 {c}"], "({0}.matrix() * {1}.matrix()).array()", "matrixProduct({0}, {1})",
        forms="m>cr", weight=1),
]

GRADES = [(s, s) for s in "FFDDDDZ"] + [("D", "I")]  # double most, and of integers

# Derivatives: an axis, its order, and the spacing that stands for {grid}; and words, of all axes.
DERIVATIVES = [
    ("derivative", "gridgrad::derivative<{axis}>({0}, {grid})", 1, 6),
    ("gradient along an axis", "gridgrad::gradient<{axis}>({0}, {grid})", 1, 1),
    ("second derivative", "gridgrad::secondDerivative<{axis}>({0}, {grid})", 2, 3),
    ("derivative along an axis at run time", "gridgrad::derivative({0}, {axis}, {grid})", 1, 3),
    ("second derivative along an axis at run time", "gridgrad::secondDerivative({0}, {axis}, {grid})", 2, 1),
    ("derivative of a matrix", "gridgrad::derivative<{axis}>({0}.matrix(), {grid}).array()", 1, 1),
]
WORDS = {
    2: [
        ("Laplacian", 1, "gridgrad::laplacian({0}, {grids})", "laplacian({0}, {hand})", 2, "FDZ", 2),
        ("divergence", 2, "gridgrad::divergence({0}, {1}, {grids})", "divergence({{{0}, {1}}}, {hand})", 1, "FDZ", 2),
        ("curl", 2, "gridgrad::curl({0}, {1}, {grids})", "rotation({0}, {1}, 0, 1, {hand})", 1, "FDZ", 1),
        ("gradient", 1, "std::get<1>(gridgrad::gradient({0}, {grids}))", "derivative({0}, 1, 1, {g1})", 1, "FDZ", 1),
        ("mixed entry of the Hessian", 1, "std::get<1>(gridgrad::hessian({0}, {grids}))", "second({0}, 0, 1, {hand})",
         2, "FDZ", 1),
        ("entry of the Jacobian", 2, "std::get<2>(gridgrad::jacobian({0}, {1}, {grids}))",
         "derivative({1}, 0, 1, {g0})", 1, "FDZ", 1),
        ("vorticity", 2, "gridgrad::vorticity({0}, {1}, {grids})", "rotation({0}, {1}, 0, 1, {hand})", 1, "FD", 1),
        ("Laplacian of a vector field", 2, "std::get<1>(gridgrad::laplacian({0}, {1}, {grids}))",
         "laplacian({1}, {hand})", 2, "FD", 1),
    ],
    3: [
        ("Laplacian", 1, "gridgrad::laplacian({0}, {grids})", "laplacian({0}, {hand})", 2, "FDZ", 2),
        ("divergence", 3, "gridgrad::divergence({0}, {1}, {2}, {grids})", "divergence({{{0}, {1}, {2}}}, {hand})", 1,
         "FD", 1),
        ("second component of the curl", 3, "std::get<1>(gridgrad::curl({0}, {1}, {2}, {grids}))",
         "rotation({2}, {0}, 2, 0, {hand})", 1, "FD", 1),
        ("gradient", 1, "std::get<2>(gridgrad::gradient({0}, {grids}))", "derivative({0}, 2, 1, {g2})", 1, "FDZ", 1),
        ("mixed entry of the Hessian", 1, "std::get<2>(gridgrad::hessian({0}, {grids}))", "second({0}, 0, 2, {hand})",
         2, "FD", 1),
    ],
}

T1 = [lambda s, g: s]
T2 = T1 * 2


def longer(s, g):
    return [f"{n} + {2 if k == g['axis'] else 1}" for k, n in enumerate(s)]


def braces(items):
    return "{" + ", ".join(str(i) for i in items) + "}"


# Tensors. {a} is an axis of the result, {s…} are its extents, {indices} and {flags} types of Eigen's arguments.
TENSOR = [
    Row("sum", ALL, T2, "({0} + {1})", "add({0}, {1})", weight=6),
    Row("difference", ALL, T2, "({0} - {1})", "subtract({0}, {1})", weight=6),
    Row("product", ANY, T2, "({0} * {1})", "multiply({0}, {1})", weight=4),
    Row("quotient", REAL, T2, "({0} / ({1}.abs() + {k}))", "divide({0}, plus(abs({1}), {number}))"),
    Row("minimum", REAL, T2, "{0}.cwiseMin({1})", "smaller({0}, {1})", expressions_first=True, weight=1),
    Row("maximum", REAL, T2, "{0}.cwiseMax({1})", "larger({0}, {1})", expressions_first=True),
    Row("selection", REAL, T2 + T1, "({0} > {1}).select({1}, {2})", "choose({0}, {1}, {1}, {2})",
        expressions_first=True),
    Row("selection by a number", REAL, T2, "({0} > {k}).select({1}, {0})",
        "choose({0}, plus(times({0}, 0), {number}), {1}, {0})", expressions_first=True, weight=1),
    Row("times a number", ANY, T1, "({k} * {0})", "times({0}, {number})", weight=4),
    Row("over a number", ANY, T1, "({0} / {k})", "over({0}, {number})"),
    Row("plus a number", ANY, T1, "({0} + {k})", "plus({0}, {number})"),
    Row("negative", ALL, T1, "(-{0})", "negate({0})"),
    Row("absolute value", REAL + [("D", "Z"), ("I", "I")], T1, "{0}.abs()", "abs({0})"),
    Row("square", ANY, T1, "{0}.square()", "square({0})"),
    Row("square root", REAL, T1, "({0}.abs() + {k}).sqrt()", "root(plus(abs({0}), {number}))"),
    Row("exponential", REAL, T1, "(-{0}.square()).exp()", "exponential(negate(square({0})))", weight=1),
    Row("conjugate", same("Z"), T1, "{0}.conjugate()", "conjugate({0})"),
    Row("real part", [("D", "Z")], T1, "{0}.real()", "realPart({0})"),
    Row("cast", [("D", "F"), ("F", "D"), ("D", "I"), ("I", "D")], T1, "{0}.template cast<{S}>()", "cast({0}, {T})"),
    Row("a function of the user's", REAL, T1, "{0}.unaryExpr([]({S} x) {{ return 2 * x - 1; }})",
        "plus(times({0}, 2), -1)", weight=1),
    Row("evaluated", ANY, T1, "{0}.eval()", "Values({0})", weight=4),
    Row("slice", ALL, [lambda s, g: [f"{n} + 2" for n in s]], "{0}.slice({o}, {extents})",
        "part({0}, {o_hand}, {shape})", ["o offsets 2"], view=True, weight=6),
    Row("strided slice", ALL, [lambda s, g: [f"2 * {n} + 1" for n in s]],
        "{0}.stridedSlice({o}, {stops}, {twos})", "everyOther({0}, {o_hand}, {shape}, {twos_hand})", ["o offsets 1"],
        view=True),
    Row("every other", ALL, [lambda s, g: [f"2 * {n}" if k == g["axis"] else n for k, n in enumerate(s)]],
        "{0}.stride({strides})", "everyOther({0}, {zeros_hand}, {shape}, {strides_hand})", view=True),
    Row("reverse", ALL, T1, "{0}.reverse({flags})", "reverse({0}, {flags_hand})", view=True, weight=4),
    Row("shuffle", ALL, [lambda s, g: [s[g["order"].index(k)] for k in range(len(s))]], "{0}.shuffle({order_lazy})",
        "permute({0}, {order_hand})", view=True, weight=4),
    Row("chip", ALL, [lambda s, g: s[:g["axis"]] + ["4"] + s[g["axis"]:]], "{0}.template chip<{axis}>({J}({i}))",
        "chip({0}, {axis}, {i})", ["i upTo 3"], view=True, weight=4),
    Row("chip of any axis", ALL, [lambda s, g: s[:g["axis"]] + ["3"] + s[g["axis"]:]], "{0}.chip({J}({i}), {axis})",
        "chip({0}, {axis}, {i})", ["i upTo 2"], view=True, weight=1),
    Row("broadcast", ALL, [lambda s, g: ["1" if k == g["axis"] else n for k, n in enumerate(s)]],
        "{0}.broadcast({repeats})", "repeat({0}, {repeats_hand})"),
    Row("padded", ALL, [lambda s, g: s], "{0}.pad({pads}).slice({o}, {extents})",
        "part(pad({0}, {ones_hand}, {ones_hand}), {o_hand}, {shape})", ["o offsets 2"]),
    Row("sum over an axis", ANY, [lambda s, g: s[:g["axis"]] + ["5"] + s[g["axis"]:]],
        "{0}.sum(Eigen::array<int, 1>{{{axis}}})", "reduce({0}, {axis}, Reduction::Sum, false)"),
    Row("mean over an axis", REAL, [lambda s, g: s[:g["axis"]] + ["N0"] + s[g["axis"]:]],
        "{0}.mean(Eigen::array<int, 1>{{{axis}}})", "reduce({0}, {axis}, Reduction::Mean, false)"),
    Row("largest along an axis", REAL, [lambda s, g: s[:g["axis"]] + ["3"] + s[g["axis"]:]],
        "{0}.maximum(Eigen::array<int, 1>{{{axis}}})", "reduce({0}, {axis}, Reduction::Largest, false)", weight=1),
    Row("joined", ALL, [lambda s, g: s, lambda s, g: s], "{0}.concatenate({1}, {axis}).slice({o_along}, {extents})",
        "part(join({0}, {1}, {axis}), {o_along_hand}, {shape})", ["o along {r}"], expressions_first=True),
    Row("contraction", REAL, [lambda s, g: s[:1] + ["4"], lambda s, g: ["4"] + s[1:]],
        "{0}.contract({1}, Eigen::array<Eigen::IndexPair<int>, 1>{{Eigen::IndexPair<int>(1, 0)}})",
        "matrixProduct({0}, {1})", expressions_first=True),
]
# Reduced axes: the operand has one more.
DEEPER = {"chip", "chip of any axis", "sum over an axis", "mean over an axis", "largest along an axis"}


class Node:
    """An operation with its operands. Its depth is how many derivatives stand within one another, its cost how often
    a sample is read in the code that a compiler makes of it where it inlines all."""

    def __init__(self, lazy, hand, depth=0, cost=1, has_product=False):
        self.lazy, self.hand, self.depth, self.cost, self.has_product = lazy, hand, depth, cost, has_product
        self.has_derivative = depth > 0


class Withers(Exception):
    """What grew is no tree: another is grown in its place."""


class Leaf:
    def __init__(self, name, scalar, shape, form, storage, order):
        self.name, self.scalar, self.shape, self.form, self.storage, self.order = (name, scalar, shape, form, storage,
                                                                                   order)


class Tree:
    """One tree, as C++."""

    def __init__(self, seed, number):
        self.seed, self.number = seed, number
        for attempt in range(1000):
            self.random = random.Random(f"{seed} {number} {attempt}")
            try:
                self.grow()
                return
            except Withers:
                pass
        raise SystemExit("no tree grew")

    def chance(self, p):
        return self.random.random() < p

    def grow(self):
        r = self.random
        self.draws, self.steps, self.leaves, self.count, self.nodes = [], [], [], 0, 0
        self.tensor = self.number % 2 == 1
        self.scalar = r.choice("DDDDFFFZZI")
        self.fixed = self.chance(0.15)
        self.index = ""
        if self.tensor:
            self.rank = r.choice([1, 2, 2, 3, 3, 3, 4])
            self.layout = r.choice(["Eigen::ColMajor", "Eigen::RowMajor"])
            self.index = r.choice(["Eigen::DenseIndex", "Eigen::DenseIndex", "int"])
            shape = [f"N{k}" for k in range(self.rank)]
            form = "t"
        else:
            form = r.choice("mmmmmmcr")
            shape = {"m": ["R", "C"], "c": ["R", "1"], "r": ["1", "C"]}[form]
        if self.chance(0.25):  # then what is transposed or shuffled may be the destination too
            shape = [s if s == "1" else shape[0] for s in shape]
        sizes = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17]
        self.extents = {n: r.choice(sizes[:8] if self.tensor else sizes[1:]) for n in ["R", "C"] +
                        [f"N{k}" for k in range(4)]} if self.fixed else {}
        root = self.node(shape, form, self.scalar, r.choice([2, 3, 3, 4]))
        # A derivative of a derivative of a derivative takes clang++ -O0 a minute, and a stack frame of megabytes.
        if not root.has_derivative or root.depth > 2 or root.cost > 30 or self.nodes > 9 or len(self.leaves) > 4:
            raise Withers
        self.assign(root, shape, form)

    def step(self, hand):
        name = f"n{len(self.steps)}"
        self.steps.append(f"const Values {name} = {hand};")
        return name

    def unique(self):
        self.count += 1
        return self.count

    def node(self, shape, form, scalar, depth, must=False):
        """An expression of this shape and scalar."""
        self.nodes += 1
        r = self.random
        if depth == 0:
            return self.leaf(shape, form, scalar)
        if self.chance(0.12) and depth < 3:
            return self.leaf(shape, form, scalar)
        if scalar != "I" and self.chance(0.4 if depth > 1 else 0.5):
            return self.derivative(shape, form, scalar, depth)
        table = TENSOR if self.tensor else DENSE
        rows = []
        for row in table:
            types = [t for t in row.types if t[0] == scalar]
            if not types:
                continue
            if self.tensor:
                if row.name in DEEPER and len(shape) > 3 or row.name == "contraction" and len(shape) != 2:
                    continue
                if row.name in ("broadcast", "every other", "joined", "shuffle") and not shape:
                    continue
            elif not any(f[0] == form for f in row.forms):
                continue
            rows += [row] * row.weight
        row = r.choice(rows)
        return self.operation(row, shape, form, scalar, r.choice([t for t in row.types if t[0] == scalar])[1], depth)

    def operation(self, row, shape, form, scalar, operand_scalar, depth):
        keys, shapes, forms = self.keys(row, shape, form, scalar)
        operands = [self.node(s, f, operand_scalar, depth - 1) for s, f in zip(shapes, forms)]
        # Eigen's own joined tensors, of tensors that could be written to, cannot be sliced.
        if row.expressions_first and not operands[0].has_derivative:
            if any(o.has_derivative for o in operands) or row.name == "joined":
                raise Withers
        # Before it is mended: TensorExpression::chip<axis>(offset) converts, with a warning, where indices are int.
        if row.name == "chip" and self.index == "int" and operands[0].has_derivative:
            raise Withers
        lazies = {str(k): o.lazy for k, o in enumerate(operands)}
        hands = {str(k): o.hand for k, o in enumerate(operands)}
        lazy = self.fill(row.lazy, lazies, keys)
        hand = self.step(self.fill(row.hand, hands, keys))
        return self.made(lazy, hand, operands, 0, 1, "product of" in row.name or "outer" in row.name)

    @staticmethod
    def made(lazy, hand, operands, derivatives, reads, is_product=False):
        return Node(lazy, hand, derivatives + max(o.depth for o in operands), reads * sum(o.cost for o in operands),
                    is_product or any(o.has_product for o in operands))

    @staticmethod
    def fill(text, operands, keys):
        return text.format(*[operands[k] for k in sorted(operands)], **keys)

    def keys(self, row, shape, form, scalar, writes=False):
        """What stands for the names in a row; and the shapes and forms of its operands."""
        r = self.random
        n = self.unique()
        keys = {"k": "Complex(0.75)" if self.tensor and scalar == "Z" else NUMBERS[scalar], "number": "3" if scalar == "I" else "0.75", "S": SCALARS[scalar],
                "T": TYPES[scalar]}
        if self.tensor:
            rank = len(shape)
            deeper = row.name in DEEPER
            axis = r.randrange(rank + 1) if deeper else r.randrange(rank)
            order = list(range(rank))
            r.shuffle(order)
            g = {"axis": axis, "order": order}
            at = lambda values: f"places<{len(values)}, {self.index}>({braces(values)})"
            turned = [self.chance(0.5) for _ in range(rank)]
            along = lambda one, other: [one if k == axis else other for k in range(rank)]
            keys.update(J="int" if self.index == "int" else "", axis=axis, shape="Shape" + braces(shape), extents=at(shape), zeros_hand="Shape" + braces([0] * rank),
                        ones_hand="Shape" + braces([1] * rank), twos=at([2] * rank),
                        twos_hand="Shape" + braces([2] * rank), strides=at(along(2, 1)),
                        strides_hand="Shape" + braces(along(2, 1)),
                        flags=f"Eigen::array<bool, {rank}>{braces(str(t).lower() for t in turned)}",
                        flags_hand=braces(str(t).lower() for t in turned),
                        order_lazy=f"Eigen::array<int, {rank}>{braces(order)}", order_hand=braces(order),
                        repeats=at([s if k == axis else 1 for k, s in enumerate(shape)]),
                        repeats_hand="Shape" + braces([s if k == axis else 1 for k, s in enumerate(shape)]),
                        pads=f"pads<{rank}>()")
            shapes = [s(list(shape), g) for s in row.shapes]
            forms = ["t"] * len(shapes)
            for draw in row.draws:
                name, kind, *arguments = draw.split(" ", 2)
                most = arguments[0]
                if kind == "upTo":
                    keys[name] = f"i{n}"
                    self.draws.append(f'const Index i{n} = c.upTo("i{n}", {most});')
                elif kind == "offsets":
                    names = [f"o{n}{k}" for k in range(rank)]
                    self.draws += [f'const Index {o} = c.upTo("{o}", {most});' for o in names]
                    keys["o"], keys["o_hand"] = at(names), "Shape" + braces(names)
                    keys["stops"] = at([f"{o} + 2 * ({s}) - 1" for o, s in zip(names, shape)])
                else:
                    self.draws.append(f'const Index o{n} = c.upTo("o{n}", {shape[axis]});')
                    keys["o_along"] = at(along(f"o{n}", 0))
                    keys["o_along_hand"] = "Shape" + braces(along(f"o{n}", 0))
            return keys, shapes, forms
        keys.update(r=shape[0], c=shape[1])
        any_extent = r.choice(["R", "C", "4", "1", "7"]) if not self.fixed else r.choice(["3", "4", "7"])
        keys["any"] = any_extent
        shapes = []
        for text in row.shapes:
            text = text.replace("any", any_extent)
            # Two extents, between which there is one blank that belongs to no sum.
            rows, cols = re.fullmatch(r"((?:2 \* )?\S+(?: \+ \d)?) (\S+(?: \+ \d)?)", text).groups()
            shapes.append([self.simple(rows.format(**keys_of(shape))), self.simple(cols.format(**keys_of(shape)))])
        given = next(f for f in row.forms if f[0] == form)
        forms = list(given.split(">")[1]) if ">" in given else [form] * len(shapes)
        forms = forms * len(shapes) if len(forms) == 1 else forms
        for draw in row.draws:
            name, kind, arguments = draw.split(" ", 2)
            if kind == "upTo":
                keys[name] = f"{name}{n}"
                self.draws.append(f'const Index {name}{n} = c.upTo("{name}{n}", {arguments.format(**keys)});')
            else:
                count, limit = arguments.split(" ", 1)
                keys[name] = f"p{n}"
                self.draws.append(
                    f'const auto p{n} = c.places("p{n}", {count.format(**keys)}, {limit.format(**keys)});')
        return keys, shapes, forms

    @staticmethod
    def simple(extent):
        return extent if re.fullmatch(r"\w+", extent) else f"({extent})" if "(" not in extent else f"({extent})"

    def derivative(self, shape, form, scalar, depth):
        r = self.random
        rank = len(shape)
        words = WORDS.get(rank, []) if form in "mt" else []
        words = [w for w in words if scalar in w[5]]
        if words and self.chance(0.25):
            word = r.choice([w for w in words for _ in range(w[6])])
            return self.word(word, shape, form, scalar, depth)
        from_scalar = r.choice([t[1] for t in GRADES if t[0] == scalar])
        operand = self.node(shape, form, from_scalar, depth - 1)
        while True:
            _, lazy, order, _ = r.choice([d for d in DERIVATIVES for _ in range(d[3])])
            if ".matrix()" in lazy and self.tensor:
                continue
            break
        at_run_time = "<{axis}>" not in lazy
        n = self.unique()
        if form in "cr":
            axis, hand_axis = "0", "0" if form == "c" else "1"
            extent = shape[int(hand_axis)]
        elif at_run_time:
            axis = hand_axis = f"a{n}"
            self.draws.append(f'const Index a{n} = c.upTo("a{n}", {rank - 1});')
            extent = f"Shape{braces(shape)}[std::size_t(a{n})]"
        else:
            k = r.randrange(rank)
            axis, hand_axis, extent = r.choice([str(k), str(k - rank)]), str(k), shape[k]
        grid = self.grid(n, extent, order)
        text = lazy.replace("{axis}", axis).replace("{grid}", grid).replace("{0}", operand.lazy)
        hand = self.step(f"derivative({operand.hand}, int({hand_axis}), {order}, g{n})")
        return self.made(text, hand, [operand], 1, 3 if grid[0] in "eh" else 6)

    def grid(self, n, extent, order):
        """A spacing and an edge as arguments, and Axis g for by_hand."""
        kind = self.random.choice(["unit", "step", "step", "edges", "places", "spacing", "stencil", "made"])
        self.draws.append(f"Axis g{n};")
        arguments = f'g{n}, {extent}, {order}'
        edge = f'const auto e{n} = c.edge("e{n}", {arguments});'
        step = f'const double h{n} = g{n}.step = c.step("h{n}");'
        if kind == "unit":
            self.draws.append(edge)
            return f"e{n}"
        if kind in ("step", "edges"):
            self.draws += [step, edge.replace("c.edge(", "c.edges(") if kind == "edges" else edge]
            return f"h{n}, e{n}"
        if kind == "places":
            self.draws += [f'const std::vector<double> x{n} = c.coordinates("x{n}", {arguments});', edge]
            return f"x{n}, e{n}"
        if kind == "spacing":
            self.draws.append(f'const auto s{n} = c.spacing("s{n}", {arguments});')
            return f"s{n}"
        if kind == "made":
            self.draws.append(f'const auto s{n} = c.spacing("s{n}", {arguments});')
            return f"gridgrad::Stencil(s{n})"
        self.draws.append(f'const auto s{n} = c.stencil("s{n}", {arguments});')
        return f"s{n}"

    def word(self, word, shape, form, scalar, depth):
        _, arity, lazy, hand, order, _, _ = word
        operands = [self.node(shape, form, scalar, max(depth - 2, 0)) for _ in range(arity)]
        n = self.unique()
        keys = {}
        if self.chance(0.5):
            least = shape[0]
            for s in shape[1:]:
                least = f"std::min<Index>({least}, {s})"
            self.draws += [f"Axis g{n};", f'const double h{n} = g{n}.step = c.step("h{n}");',
                           f'const auto e{n} = c.edge("e{n}", g{n}, {least}, {order});']
            grids, names = f"h{n}, e{n}", [f"g{n}"] * len(shape)
        else:
            grids, names = [], []
            for s in shape:
                k = self.unique()
                self.draws += [f"Axis g{k};", f'const auto s{k} = c.{self.random.choice(["spacing", "stencil"])}'
                                              f'("s{k}", g{k}, {s}, {order});']
                grids.append(f"s{k}")
                names.append(f"g{k}")
            grids = ", ".join(grids)
        keys.update({f"g{k}": g for k, g in enumerate(names)}, grids=grids, hand="{" + ", ".join(names) + "}")
        text = lazy.format(*[o.lazy for o in operands], **keys)
        # Before it is mended: a tensor of Eigen's, minus one of several results as std::get gives it, is ambiguous.
        if self.tensor and text.startswith("std::get"):
            text = f"bare({text})"
        value = self.step(hand.format(*[o.hand for o in operands], **keys))
        return self.made(text, value, operands, 2 if "hessian" in lazy else 1, 6)

    def leaf(self, shape, form, scalar):
        r = self.random
        known = [l for l in self.leaves if (l.shape, l.form, l.scalar) == (shape, form, scalar)]
        if known and self.chance(0.7):
            leaf = r.choice(known)
        else:
            if self.tensor:
                storage = r.choice(["plain", "map"])
            else:
                storage = r.choice(["plain", "plain", "plain", "lines", "lines", "strided", "ref", "matrix"])
            leaf = Leaf("uvwabdefghklm"[len(self.leaves) % 13], scalar, shape, form, storage, r.choice(["Col", "Row"]))
            self.leaves.append(leaf)
        return Node(self.read(leaf), self.step(f'c.values("{leaf.name}")'))

    @staticmethod
    def read(leaf):
        return f"{leaf.name}.array()" if leaf.storage == "matrix" else leaf.name

    def extent(self, text):
        return str(eval(text, {}, dict(self.extents)))  # pylint: disable=eval-used

    def type_of(self, leaf):
        scalar = SCALARS[leaf.scalar]
        if self.tensor:
            if self.fixed and leaf.storage == "plain" and leaf.shape:
                sizes = ", ".join(self.extent(s) for s in leaf.shape)
                return f"Eigen::TensorFixedSize<{scalar}, Eigen::Sizes<{sizes}>, {self.layout}, {self.index}>"
            return f"Eigen::Tensor<{scalar}, {len(leaf.shape)}, {self.layout}, {self.index}>"
        rows, cols = ([self.extent(s) for s in leaf.shape] if self.fixed else
                      ["1" if leaf.form == "r" else "Dynamic", "1" if leaf.form == "c" else "Dynamic"])
        order = "Eigen::RowMajor" if rows == "1" and cols != "1" else "Eigen::ColMajor" if cols == "1" and rows != "1" \
            else f"Eigen::{leaf.order}Major"
        kind = "Eigen::Matrix" if leaf.storage == "matrix" else "Eigen::Array"
        return f"{kind}<{scalar}, {rows}, {cols}, {order}>"

    def declare(self, leaf):
        name, plain, shape = leaf.name, self.type_of(leaf), leaf.shape
        if self.tensor:
            if leaf.storage == "map":
                return [f'auto {name} = c.map<{plain}>("{name}", {braces(shape)});']
            made = f"{plain} {name};" if "Fixed" in plain else \
                f"{plain} {name}(Case::dimensions<{plain}>({braces(shape)}));"
            return [made, f'c.own("{name}", {name});']
        if leaf.storage in ("plain", "matrix"):
            made = f"{plain} {name};" if self.fixed else f"{plain} {name}({shape[0]}, {shape[1]});"
            return [made, f'c.own("{name}", {name});']
        if leaf.storage == "ref":
            return [f'auto {name}Map = c.lines<{plain}>("{name}", {shape[0]}, {shape[1]});',
                    f"Eigen::Ref<{plain}, 0, Eigen::OuterStride<>> {name}({name}Map);"]
        return [f'auto {name} = c.{leaf.storage}<{plain}>("{name}", {shape[0]}, {shape[1]});']

    def assign(self, root, shape, form):
        """The destination: an array, perhaps one of the sources, or a view of it."""
        r = self.random
        table = TENSOR if self.tensor else DENSE
        views = [row for row in table for _ in range(row.weight) if row.view and (self.tensor or any(f[0] == form for f in row.forms))]
        if self.tensor:
            views = [v for v in views if not (v.name in DEEPER and len(shape) > 3)]
        view = r.choice(views) if self.chance(0.4) else None
        if view:
            keys, (base,), (base_form,) = self.keys(view, shape, form, self.scalar)
        else:
            base, base_form = shape, form
        known = [l for l in self.leaves if (l.shape, l.form, l.scalar) == (base, base_form, self.scalar)]
        if known and self.chance(0.6):
            to = r.choice(known)
        else:
            storage = r.choice(["plain", "map", "map"] if self.tensor else
                               ["plain", "matrix", "lines", "lines", "strided", "strided", "strided", "ref"])
            to = Leaf("to", self.scalar, base, base_form, storage, r.choice(["Col", "Row"]))
            self.leaves.append(to)
        op = r.choice(["=", "=", "=", "+=", "+=", "-=", "-=", "*="])
        if self.tensor and op == "*=":
            op = "="
        if self.scalar == "I" and op == "*=":
            op = "-="
        where = self.step(f"numbers(Shape{braces(base)})")
        lhs = self.read(to) if view or self.tensor else to.name
        if view:
            lhs = self.fill(view.lazy, {"0": lhs}, keys)
            where = self.step(self.fill(view.hand, {"0": where}, keys))
        rhs = root.lazy
        if rhs.startswith("bare(") and matching(rhs[4:]) == len(rhs) - 5 and op == "=":
            rhs = rhs[5:-1]
        if rhs[0] == "(" and matching(rhs) == len(rhs) - 1:
            rhs = rhs[1:-1]
        is_matrix = to.storage == "matrix" and not view
        if not self.tensor and (is_matrix or self.chance(0.1)):
            if op == "*=":
                op = "+="
            lhs = lhs if is_matrix else f"{lhs}.matrix()"
            if not root.has_product and self.chance(0.3):
                lhs += ".noalias()"
            rhs = f"({rhs}).matrix()"
        if self.tensor and self.chance(0.08) and not view:
            lhs += ".device(device)"
        # An array of its own may have another shape before.
        resizes = to.name == "to" and to.storage in ("plain", "matrix") and not view and op == "=" and not self.fixed \
            and "noalias" not in lhs and "matrix()" not in lhs.replace("to.matrix", "") and "device" not in lhs \
            and ".matrix()" not in lhs
        self.resizes = resizes
        self.statement = f"{lhs} {op} {rhs};"
        self.how = {"=": "Set", "+=": "Plus", "-=": "Minus", "*=": "Times"}[op]
        self.to, self.where, self.root = to, where, root

    def code(self):
        n = self.number
        sizes = sorted(set(re.findall(r"\b(?:N\d|R|C)\b", "\n".join(self.draws + self.steps + [self.statement] + [
            line for leaf in self.leaves for line in self.declare(leaf)]))))
        if self.fixed:
            sizes = [f"constexpr Index {s} = {self.extents[s]};" for s in sizes]
        else:
            power = {s: max([1] + [" ".join(map(str, leaf.shape)).count(s) for leaf in self.leaves]) for s in sizes}
            sizes = [f'const Index {s} = c.size("{s}", {power[s]});' for s in sizes]
        lines = sizes + self.draws
        for leaf in self.leaves:
            if leaf is self.to and self.resizes:
                lines += [f"{self.type_of(leaf)} to;", 'c.own("to", to);']
            else:
                lines += self.declare(leaf)
        lines += ["if (!c.fits()) return false;", f"c.fill({'false' if any(l.scalar == 'Z' for l in self.leaves) or has_int(self) else 'true'});"]
        if "device(device)" in self.statement:
            lines.append("const Eigen::DefaultDevice device;")
        lines += self.steps
        statement = self.statement
        lines.append(statement)
        if self.resizes:
            lines.append('c.moved("to", to);')
        lines.append(f'return c.holds("{self.to.name}", {self.where}, Assign::{self.how}, {self.root.hand});')
        text = "\n".join("  " + line for line in lines)
        said = re.sub(r"places<\d, [\w:]+>\((.*?)\)", r"\1", statement).replace("template ", "").replace("gridgrad::", "").replace("\\", "\\\\").replace('"', '\\"')
        return (f"bool tree{n}(Case& c) {{\n{text}\n}}\n"
                f'const Registered registered{n}({n}, "{said}", &tree{n});\n')


def has_int(tree):
    return "cast<int>" in tree.statement


def keys_of(shape):
    return {"r": shape[0], "c": shape[1]}


def matching(text):
    depth = 0
    for k, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return k
    return -1


HEAD = """// Written by test/fuzz/trees.py --seed {seed}.

#include <algorithm>
#include <tuple>

#include "fuzz.hpp"

using namespace fuzz;

namespace {{

"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--trees", type=int, default=40)
    parser.add_argument("--tree", type=int)
    parser.add_argument("--parts", type=int, default=1)
    parser.add_argument("--out", type=pathlib.Path)
    arguments = parser.parse_args()
    head = HEAD.format(seed=arguments.seed)
    if arguments.tree is not None:
        print(head + Tree(arguments.seed, arguments.tree).code() + "\n}  // namespace")
        return
    for part in range(arguments.parts):
        numbers = range(part, arguments.trees, arguments.parts)
        code = "\n".join(Tree(arguments.seed, n).code() for n in numbers)
        path = arguments.out / f"trees_{part}.cpp"
        path.write_text(head + code + "\n}  // namespace\n")


if __name__ == "__main__":
    main()
