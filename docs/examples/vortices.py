#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
#
# What VTK reads in the file that vortices.cpp writes.
#
#     vortices.py FILE     FILE as vortices.vti
#
# Passes if the file says how its grid lies, and if each array holds, at each point, what finite differences make of
# the flow, to rounding; and if VTK's own vorticity and Q-criterion are the same, wherever VTK knows both neighbours of
# a point. Says SKIPPED where Python knows no VTK (Debian: python3-vtk9).

import sys

try:
    import numpy as np
    from vtkmodules.util.numpy_support import vtk_to_numpy
    from vtkmodules.vtkCommonDataModel import vtkDataObject
    from vtkmodules.vtkFiltersGeneral import vtkGradientFilter
    from vtkmodules.vtkIOXML import vtkXMLImageDataReader
except ImportError as error:
    print(f"SKIPPED: nothing was opened with VTK, since there is none: {error}")
    sys.exit()

complaints = []


def compare(what, found, expected, most):
    """Their greatest difference, which should be no more than `most`. A NaN on either side is a complaint."""
    if found.shape != expected.shape:
        complaints.append(f"{what}: the shape is {found.shape}, and should be {expected.shape}")
        return
    worst = np.abs(found - expected).max()
    print(f"{what:38} {worst:8.1e}")
    if not worst <= most:
        complaints.append(f"{what}: the difference is {worst}, and should be no more than {most}")


def array(image, name):
    """An array of an image, with axes z, y, x, and the component last if there are several."""
    values = image.GetPointData().GetArray(name)
    if values is None:
        sys.exit(f"The file has no array {name}")
    nx, ny, nz = image.GetDimensions()
    values = vtk_to_numpy(values)
    return values.reshape((nz, ny, nx) + values.shape[1:])


reader = vtkXMLImageDataReader()
reader.SetFileName(sys.argv[1])
reader.Update()
image = reader.GetOutput()

n = np.array([48, 40, 32])
h = 2 * np.pi / n
compare("number of points", np.array(image.GetDimensions()), n, 0)
compare("origin", np.array(image.GetOrigin()), np.zeros(3), 0)
compare("spacing", np.array(image.GetSpacing()), h, 1e-15)

# The flow, as vortices.cpp has it.
A, B, C = np.sqrt(3), np.sqrt(2), 1
z, y, x = np.meshgrid(*(np.arange(n[a]) * h[a] for a in (2, 1, 0)), indexing="ij")
velocity = np.stack([A * np.sin(z) + C * np.cos(y), B * np.sin(x) + A * np.cos(z), C * np.sin(y) + B * np.cos(x)], -1)

# Its gradient, rows u, v, w and columns d/dx, d/dy, d/dz.
o = np.zeros_like(x)
J = np.stack([o, -C * np.sin(y), A * np.cos(z),
              B * np.cos(x), o, -A * np.sin(z),
              -B * np.sin(x), C * np.cos(y), o], -1).reshape(x.shape + (3, 3))


def derived(J):
    """Vorticity, Q-criterion and lambda2 of a velocity gradient, by their definitions."""
    S, W = (J + J.swapaxes(-1, -2)) / 2, (J - J.swapaxes(-1, -2)) / 2
    vorticity = np.stack([J[..., 2, 1] - J[..., 1, 2], J[..., 0, 2] - J[..., 2, 0], J[..., 1, 0] - J[..., 0, 1]], -1)
    Q = ((W**2).sum((-1, -2)) - (S**2).sum((-1, -2))) / 2
    return vorticity, Q, np.linalg.eigvalsh(S @ S + W @ W)[..., 1]


# Central differences give the slope of a sine or a cosine with the factor sin(h)/h: (sin(x+h) - sin(x-h)) / 2h is
# cos(x) sin(h)/h. So what they make of this flow is known to rounding, and no two axes have the same factor.
vorticity, Q, lambda2 = derived(J * (np.sin(h) / h))
compare("velocity", array(image, "velocity"), velocity, 1e-14)
compare("vorticity", array(image, "vorticity"), vorticity, 1e-13)
compare("Q", array(image, "Q"), Q, 1e-12)
compare("lambda2", array(image, "lambda2"), lambda2, 1e-12)

# And the flow itself, within the errors that vortices.cpp prints.
vorticity, Q, lambda2 = derived(J)
compare("vorticity, exact", array(image, "vorticity"), vorticity, 0.016)
compare("Q, exact", array(image, "Q"), Q, 0.030)
compare("lambda2, exact", array(image, "lambda2"), lambda2, 0.030)

# VTK's own, which does not know that the box repeats itself: at its faces it has one neighbour only.
gradient = vtkGradientFilter()
gradient.SetInputData(image)
gradient.SetInputScalars(vtkDataObject.FIELD_ASSOCIATION_POINTS, "velocity")
gradient.ComputeVorticityOn()
gradient.SetVorticityArrayName("VTK's vorticity")
gradient.ComputeQCriterionOn()
gradient.SetQCriterionArrayName("VTK's Q")
gradient.Update()
inside = (slice(1, -1),) * 3
for name in ("vorticity", "Q"):
    theirs = array(gradient.GetOutput(), f"VTK's {name}")
    compare(f"{name}, and VTK's inside", array(image, name)[inside], theirs[inside], 1e-12)

sys.exit("\n".join(complaints) if complaints else 0)
