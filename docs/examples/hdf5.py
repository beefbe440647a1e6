#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
#
# A file for hdf5.cpp, made by h5py, and what h5py finds in it afterwards.
#
#     hdf5.py write FILE              makes the file that hdf5 reads
#     hdf5.py check FILE              passes if its gradient is in it, axis for axis, as np.gradient has it
#     hdf5.py refuses FILE PROGRAM    passes if the program refuses files with a mistake, and says which dataset is at
#                                     fault

import subprocess
import sys

import h5py
import numpy as np


def field():
    """Coordinates z, y, x and a temperature on them: no two extents alike, no two coordinates alike."""
    z, y, x = np.linspace(0, 1, 6)**2, np.linspace(0, 2, 9)**1.5, np.geomspace(1, 3, 13)
    T = 20 + np.exp(-z)[:, None, None] * np.sin(2 * y)[:, None] + y[:, None] * x**2 + z[:, None, None] * x
    return T, z, y, x


def write(name):
    T, z, y, x = field()
    with h5py.File(name, "w") as file:
        file.create_dataset("temperature", data=T, compression="gzip")
        file.create_dataset("z", data=z, dtype=">f8")  # another byte order: HDF5 converts
        file["y"], file["x"] = y, x


def check(name):
    complaints = []
    T, z, y, x = field()
    expected = dict(zip(("dT_dz", "dT_dy", "dT_dx"), np.gradient(T, z, y, x, edge_order=2)))
    expected.update(temperature=T, z=z, y=y, x=x)
    with h5py.File(name, "r") as file:
        if set(file) != set(expected):
            complaints.append(f"The file holds {sorted(file)}, and should hold {sorted(expected)}")
        for name in set(file) & set(expected):
            found, right = file[name][...], expected[name]
            if found.shape != right.shape:
                complaints.append(f"{name}: the shape is {found.shape}, and should be {right.shape}")
                continue
            worst = np.abs(found - right).max()
            print(f"{name:12} {worst:8.1e}")
            if not worst <= (1e-12 if name.startswith("dT") else 0):
                complaints.append(f"{name}: the greatest difference is {worst}")
    return complaints


def refuses(name, program):
    complaints = []

    def refused(sentence, spoil):
        write(name)
        with h5py.File(name, "a") as file:
            spoil(file)
        run(sentence)

    def run(sentence):
        done = subprocess.run([program, name], capture_output=True, text=True)
        if done.returncode != 1 or done.stdout or not done.stderr.startswith(f"{name}: {sentence}"):
            complaints.append(f"expected to be refused with\n    {name}: {sentence}\nbut found\n    {done}")

    def replace(dataset, data):
        def spoil(file):
            del file[dataset]
            file[dataset] = data
        return spoil

    T, z, y, x = field()
    refused("dataset temperature cannot be opened", lambda file: file.move("temperature", "Temperature"))
    refused("dataset temperature has 2 axes, and should have 3", replace("temperature", T[0]))
    refused("dataset temperature does not hold floating-point numbers", replace("temperature", T.astype(int)))
    refused("dataset y cannot be opened", lambda file: file.move("y", "Y"))
    refused("dataset x does not hold floating-point numbers", replace("x", "far"))
    refused("gridgrad: axis 1 has 9 samples, but 8 coordinates were given", replace("y", y[:-1]))
    with open(name, "w", encoding="ascii") as file:
        file.write("temperature\n")
    run("cannot be opened as an HDF5 file")
    return complaints


complaints = {"write": write, "check": check, "refuses": refuses}[sys.argv[1]](*sys.argv[2:])
sys.exit("\n".join(complaints) if complaints else 0)
