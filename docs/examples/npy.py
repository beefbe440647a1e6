#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
#
# Files for npy.cpp, made by NumPy, and what NumPy finds in those that it writes.
#
#     npy.py write FOLDER              makes the files that npy reads
#     npy.py check FOLDER              passes if their gradients are there, axis for axis, as np.gradient has them, in
#                                      the storage order of the array
#     npy.py refuses FOLDER PROGRAM    passes if the program refuses files that it cannot read, and says why

import pathlib
import subprocess
import sys

import numpy as np


def arrays():
    """No two extents alike. One is a part of another array, which np.save writes by rows."""
    i, j, k = np.ogrid[:5, :6, :7]
    box = np.sin(i) + np.exp(j / 3) * k**2 + i * j
    plane = box[:, :, 3] + 1 / 3
    return {"rows2": plane, "columns2": np.asfortranarray(plane), "rows3": box, "columns3": np.asfortranarray(box),
            "part3": box[::2, 1:, ::-1]}


def write(folder):
    for name, values in arrays().items():
        np.save(folder / f"{name}.npy", values)


def check(folder):
    complaints = []
    for name, values in arrays().items():
        for axis, right in enumerate(np.gradient(values, edge_order=2)):
            file = f"{name}_d{axis}.npy"
            found = np.load(folder / file)
            if found.shape != right.shape or found.dtype != np.dtype("<f8"):
                complaints.append(f"{file}: the shape is {found.shape}, the type {found.dtype}")
                continue
            if np.isfortran(found) != np.isfortran(values):
                complaints.append(f"{file}: is not in the order of {name}.npy")
            worst = np.abs(found - right).max()
            print(f"{file:16} {worst:8.1e}")
            if not worst <= 1e-12:
                complaints.append(f"{file}: the greatest difference is {worst}")
    return complaints


def refuses(folder, program):
    complaints = []
    name = folder / "refused"
    folder.mkdir(exist_ok=True)
    file = f"{name}.npy"

    def refused(sentence, content):
        if isinstance(content, bytes):
            pathlib.Path(file).write_bytes(content)
        elif content is not None:
            np.save(file, content)
        done = subprocess.run([program, name], capture_output=True, text=True)
        if done.returncode != 1 or done.stdout or not done.stderr.startswith(f"{file}: {sentence}"):
            complaints.append(f"expected to be refused with\n    {file}: {sentence}\nbut found\n    {done}")

    def raw(header, numbers=b"", version=1):
        return b"\x93NUMPY" + bytes([version, 0, len(header), 0]) + header.encode() + numbers

    pathlib.Path(file).unlink(missing_ok=True)
    right = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }"
    refused("cannot be opened", None)
    refused("is not a .npy file", b"PK\3\4")
    refused("holds numbers of type '<f4', and should hold '<f8', little-endian double", np.ones((3, 4), np.float32))
    refused("holds numbers of type '>f8', and should hold '<f8', little-endian double", np.ones((3, 4), ">f8"))
    refused("holds numbers of type '<i8', and should hold '<f8', little-endian double", np.ones((3, 4), np.int64))
    refused("has 1 axes, and should have two or three", np.ones(5))
    refused("gridgrad: axis 0 has 0 samples, but a second-order edge needs at least 3", np.ones((0, 4)))
    refused("has version 9, and 1 to 3 are known", raw(right, version=9))
    refused("ends within the header", raw(right)[:-1])
    refused("holds 47 bytes of numbers, and should hold 48", raw(right, bytes(47)))
    refused("holds 49 bytes of numbers, and should hold 48", raw(right, bytes(49)))
    for wrong, sentence in [
            (right.replace("'shape'", "'form'"), "the header has no shape"),
            (right.replace("(2, 3), }", "(2, 3"), "the header does not end"),
            (right.replace("(2, 3)", "(2, x)"), "the shape is not understood"),
            (right.replace("(2, 3)", "(2, -3)"), "the shape is not possible"),
            (right.replace("(2, 3)", f"({2**62}, 8)"), "the shape is not possible")]:
        refused(f"{sentence}: {wrong}", raw(wrong, bytes(48)))
    refused("fortran_order is None, and should be True or False", raw(right.replace("False", "None"), bytes(48)))
    return complaints


mode, folder = sys.argv[1], pathlib.Path(sys.argv[2])
complaints = {"write": write, "check": check, "refuses": refuses}[mode](folder, *sys.argv[3:])
sys.exit("\n".join(complaints) if complaints else 0)
