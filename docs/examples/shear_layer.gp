# SPDX-License-Identifier: MPL-2.0
#
# Draws docs/shear_layer.png from what the example wrote:
#     cd docs/examples && example_shear_layer 256 1.25 vorticity.txt && gnuplot shear_layer.gp

set encoding utf8
set terminal pngcairo size 720,620 font "DejaVu Sans,13" linewidth 1.2
set output "../shear_layer.png"

set title "Two shear layers roll up: vorticity at {/:Italic t} = 1.25, 256 × 256 samples" offset 0,-0.3
set size ratio -1
set lmargin at screen 0.11
set rmargin at screen 0.87
set bmargin at screen 0.10
set tmargin at screen 0.93
set xrange [0:1]
set yrange [0:1]
set xtics 0.25 out nomirror
set ytics 0.25 out nomirror
set xlabel "{/:Italic x}" offset 0,0.5
set label 1 "{/:Italic y}" at screen 0.018,0.515
set cblabel "vorticity  ∂{/:Italic v}/∂{/:Italic x} − ∂{/:Italic u}/∂{/:Italic y}" offset 0.5,0
set cbrange [-30:30]
set cbtics 10 scale 0.5
set palette defined (-1 "#08306b", -0.6 "#2f79b5", -0.2 "#c6dbef", 0 "#ffffff", 0.2 "#fdd0b5", 0.6 "#d6503c", 1 "#67000d")

# The square repeats itself: after the last column comes the first again, and after the last row.
plot for [i = 0:1] for [j = 0:1] "vorticity.txt" using ($1 + i):($2 + j):3 with image notitle
