#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
#
# Draws docs/vortices.png from what the example wrote, by Python with VTK (Debian: python3-vtk9); where there is no
# screen, within xvfb-run:
#     cd docs/examples && example_vortices vortices.vti && python3 vortices_picture.py vortices.vti ../vortices.png

import sys

import numpy as np
import vtkmodules.vtkRenderingFreeType  # noqa: F401: what writes and what draws is chosen by being imported
import vtkmodules.vtkRenderingOpenGL2  # noqa: F401
from vtkmodules.util.numpy_support import numpy_to_vtk, vtk_to_numpy
from vtkmodules.vtkCommonDataModel import vtkImageData
from vtkmodules.vtkFiltersCore import vtkFlyingEdges3D
from vtkmodules.vtkFiltersModeling import vtkOutlineFilter
from vtkmodules.vtkIOImage import vtkPNGWriter
from vtkmodules.vtkIOXML import vtkXMLImageDataReader
from vtkmodules.vtkRenderingAnnotation import vtkScalarBarActor
from vtkmodules.vtkRenderingCore import (vtkActor, vtkBillboardTextActor3D, vtkColorTransferFunction, vtkPolyDataMapper,
                                         vtkRenderer, vtkRenderWindow, vtkTextActor, vtkWindowToImageFilter)

LEVEL = 1

reader = vtkXMLImageDataReader()
reader.SetFileName(sys.argv[1])
reader.Update()
given = reader.GetOutput()
nx, ny, nz = given.GetDimensions()

# The box repeats itself: the first samples are drawn again after the last.
image = vtkImageData()
image.SetDimensions(nx + 1, ny + 1, nz + 1)
image.SetSpacing(given.GetSpacing())
for name, component in (("Q", 0), ("vorticity", 2)):
    values = vtk_to_numpy(given.GetPointData().GetArray(name)).reshape(nz, ny, nx, -1)[..., component]
    array = numpy_to_vtk(np.pad(values, ((0, 1),) * 3, mode="wrap").ravel(), deep=True)
    array.SetName(name)
    image.GetPointData().AddArray(array)
image.GetPointData().SetActiveScalars("Q")

surface = vtkFlyingEdges3D()
surface.SetInputData(image)
surface.SetValue(0, LEVEL)
surface.ComputeNormalsOn()
surface.InterpolateAttributesOn()
surface.Update()
low, high = surface.GetOutput().GetPointData().GetArray("vorticity").GetRange()
print(f"On the surface the vorticity about z goes from {low:.2f} to {high:.2f}")

colours = vtkColorTransferFunction()
for value, red, green, blue in ((-2.4, 20, 80, 150), (-1.2, 110, 170, 215), (0, 247, 247, 247), (1.2, 240, 140, 110),
                                (2.4, 165, 25, 30)):
    colours.AddRGBPoint(value, red / 255, green / 255, blue / 255)

renderer = vtkRenderer()
renderer.SetBackground(1, 1, 1)


def draw(source):
    mapper, actor = vtkPolyDataMapper(), vtkActor()
    mapper.SetInputConnection(source.GetOutputPort())
    actor.SetMapper(mapper)
    renderer.AddActor(actor)
    return mapper, actor.GetProperty()


mapper, look = draw(surface)
mapper.SetScalarModeToUsePointFieldData()
mapper.SelectColorArray("vorticity")
mapper.SetLookupTable(colours)
look.SetAmbient(0.25)
look.SetDiffuse(0.8)
look.SetSpecular(0.15)
look.SetSpecularPower(25)

outline = vtkOutlineFilter()
outline.SetInputData(image)
mapper, look = draw(outline)
mapper.ScalarVisibilityOff()
look.SetColor(0.35, 0.35, 0.35)
look.SetLineWidth(1.5)


def plain(style, size):
    style.SetColor(0, 0, 0)
    style.SetFontSize(size)
    style.ShadowOff()
    style.BoldOff()
    style.ItalicOff()
    return style


end = 2 * np.pi
for text, place in (("x", (end / 2, -0.45, -0.2)), ("y", (-0.5, end / 2, -0.2)), ("z", (-0.45, end + 0.2, end / 2))):
    label = vtkBillboardTextActor3D()
    label.SetInput(text)
    label.SetPosition(place)
    plain(label.GetTextProperty(), 24).SetItalic(True)
    label.GetTextProperty().SetJustificationToCentered()
    renderer.AddActor(label)

bar = vtkScalarBarActor()
bar.SetLookupTable(colours)
bar.SetNumberOfLabels(5)
bar.SetLabelFormat("%.1f")
bar.UnconstrainedFontSizeOn()
bar.SetPosition(0.86, 0.22)
bar.SetWidth(0.1)
bar.SetHeight(0.56)
plain(bar.GetLabelTextProperty(), 18)
renderer.AddActor2D(bar)

title = vtkTextActor()
title.SetInput(f"Where Q = {LEVEL}, coloured by the vorticity about the z axis")
title.GetPositionCoordinate().SetCoordinateSystemToNormalizedViewport()
title.SetPosition(0.5, 0.945)
plain(title.GetTextProperty(), 20).SetJustificationToCentered()
renderer.AddActor2D(title)

centre = np.full(3, end / 2)
camera = renderer.GetActiveCamera()
camera.SetFocalPoint(centre + (0.75, 0, -0.15))
camera.SetPosition(centre + (-9, -20, 11))
camera.SetViewUp(0, 0, 1)
camera.SetViewAngle(26)
renderer.ResetCameraClippingRange()

window = vtkRenderWindow()
window.SetOffScreenRendering(True)
window.SetMultiSamples(8)
window.SetSize(760, 700)
window.AddRenderer(renderer)
window.Render()
picture = vtkWindowToImageFilter()
picture.SetInput(window)
picture.ReadFrontBufferOff()
writer = vtkPNGWriter()
writer.SetFileName(sys.argv[2])
writer.SetInputConnection(picture.GetOutputPort())
writer.Write()
