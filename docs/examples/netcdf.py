#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
#
# A file for netcdf.cpp, made by netCDF4, and what netCDF4 finds in it afterwards.
#
#     netcdf.py write FILE              makes the file that netcdf reads
#     netcdf.py check FILE              passes if its gradient is in it, axis for axis, as np.gradient has it, with
#                                       units, and if a missing value spoils itself and its neighbours, and no more
#     netcdf.py refuses FILE PROGRAM    passes if the program refuses files with a mistake, and says which variable is
#                                       wrong

import subprocess
import sys

import netCDF4
import numpy as np

DIMENSIONS = "height", "latitude", "longitude"
UNITS = "m", "degrees_north", "degrees_east"
MISSING = [(3, 4, 6), (0, 1, 2), (5, 7, 12), (2, 5, 1)]  # one amid others, and three at or near edges
FILL, SCALE, OFFSET = -32767, 0.002, 250.0


def field():
    """Coordinates and a temperature on them, with values missing: no two extents alike. Stored as short integers."""
    height, latitude, longitude = np.array([2, 10, 40, 90, 200, 450, 900.0]), np.linspace(40, 44, 9), np.arange(13) / 2
    T = (290 - 0.0065 * height[:, None, None] + 3 * np.sin(latitude)[:, None] * np.cos(longitude)
         + 5 * np.exp(-height / 100)[:, None, None] * np.sin(longitude))
    packed = np.rint((T - OFFSET) / SCALE).astype(np.int16)
    packed[tuple(np.transpose(MISSING))] = FILL
    return packed, (height, latitude, longitude)


def write(name, rename=lambda variable: variable, dimensions=DIMENSIONS, units=UNITS, kind="i2", slope=DIMENSIONS, west=0):
    packed, coordinates = field()
    with netCDF4.Dataset(name, "w") as file:
        for dimension, unit, values in zip(DIMENSIONS, units, coordinates):
            file.createDimension(dimension, len(values))
            variable = file.createVariable(rename(dimension), "f4" if dimension == "latitude" else "f8", dimension)
            variable.units, variable[:] = unit, values
            if dimension == "longitude":
                variable[0] += west
        if slope != DIMENSIONS:
            file.createVariable("dT_dy", "f8", slope)
        if kind is str:
            file.createVariable("temperature", str, dimensions).units = "K"
            return
        T = file.createVariable(rename("temperature"), kind, dimensions, fill_value=FILL)
        T.set_auto_maskandscale(False)
        T.units, T.scale_factor, T.add_offset = "K", SCALE, OFFSET
        T[:] = packed[tuple(slice(None) if d in dimensions else 0 for d in DIMENSIONS)]


def spoiled(axis):
    """Where a missing value spoils the slope along an axis: at itself, at its neighbours, and at an end of the axis
    that reads it, which with edges of second order is as far as two away."""
    n = len(field()[1][axis])
    result = np.zeros(field()[0].shape, bool)
    for place in MISSING:
        i = place[axis]
        for k in range(n):
            first = min(max(k - 1, 0), n - 3)
            if first <= i < first + 3:
                result[place[:axis] + (k,) + place[axis + 1:]] = True
    return result


def check(name):
    complaints = []
    packed, (height, latitude, longitude) = field()
    T = np.where(packed == FILL, np.nan, packed * SCALE + OFFSET)
    R = 6371e3
    latitude, longitude = np.radians(np.float32(latitude).astype(float)), np.radians(longitude)
    dz, dy, dx = np.gradient(T, height, R * latitude, longitude[1], edge_order=2)
    expected = dz, dy, dx / (R * np.cos(latitude))[:, None]
    with netCDF4.Dataset(name, "r") as file:
        for axis, (name, right) in enumerate(zip(("dT_dz", "dT_dy", "dT_dx"), expected)):
            variable = file[name]
            if variable.dimensions != DIMENSIONS:
                complaints.append(f"{name}: the dimensions are {variable.dimensions}")
            if variable.units != "K m-1":
                complaints.append(f"{name}: the units are {variable.units}")
            found = variable[:]
            mask = np.ma.getmaskarray(found)
            if not (mask == spoiled(axis)).all():
                complaints.append(f"{name}: missing at {np.argwhere(mask)}, expected {np.argwhere(spoiled(axis))}")
                continue
            worst = np.abs(found.data - right)[~mask].max() / np.abs(right[~mask]).max()
            print(f"{name}: {worst:8.1e} of the greatest slope, {mask.sum()} missing")
            if not worst <= 1e-12:
                complaints.append(f"{name}: the greatest difference is {worst} of the greatest slope")
        file["temperature"].set_auto_maskandscale(False)
        if not (file["temperature"][:] == packed).all():
            complaints.append("temperature is not what it was")
    return complaints


def refuses(name, program):
    complaints = []

    def run(sentence):
        done = subprocess.run([program, name], capture_output=True, text=True)
        if (done.returncode, done.stdout, done.stderr) != (1, "", f"{name}: {sentence}\n"):
            complaints.append(f"expected to be refused with\n    {name}: {sentence}\nbut found\n    {done}")

    def refused(sentence, **mistake):
        write(name, **mistake)
        run(sentence)

    refused("variable temperature: NetCDF: Variable not found", rename=lambda v: v.replace("temperature", "T"))
    refused("variable height: NetCDF: Variable not found", rename=lambda v: v.replace("height", "z"))
    refused("variable temperature: has 2 dimensions, and should have 3", dimensions=DIMENSIONS[1:])
    refused("variable temperature: does not hold numbers", kind=str)
    refused("variable height: has the units ft, and should have m", units=("ft",) + UNITS[1:])
    refused("variable longitude: is not evenly spaced", west=-0.1)
    refused("variable dT_dy: is there already, on other dimensions", slope=DIMENSIONS[::-1])
    with open(name, "w", encoding="ascii") as file:
        file.write("temperature\n")
    run("cannot be opened: NetCDF: Unknown file format")
    return complaints


complaints = {"write": write, "check": check, "refuses": refuses}[sys.argv[1]](*sys.argv[2:])
sys.exit("\n".join(complaints) if complaints else 0)
