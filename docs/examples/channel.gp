# SPDX-License-Identifier: MPL-2.0
#
# Draws docs/channel.png from what the example printed:
#     cd docs/examples && gnuplot channel.gp

set encoding utf8
set terminal pngcairo size 1120,1000 fontscale 1 font "DejaVu Sans,22" linewidth 2
set output "../channel.png"

set style line 1 linecolor rgb "#999999" linewidth 1.5
set style line 2 linecolor rgb "#0b4f8a" linewidth 1.2 pointtype 6 pointsize 1.6
set border 3 linewidth 1
set tics nomirror scale 0.7
set logscale x
set xrange [0.04:220]
set lmargin at screen 0.13
set rmargin at screen 0.97

set multiplot

# Both slopes.
set tmargin at screen 0.97
set bmargin at screen 0.42
set format x ""
set yrange [0:195]
set ytics 50
set ylabel "slope  d{/:Italic U}/d{/:Italic y}   [{/:Italic u}_τ / {/:Italic h}]" offset 0.5,0
set key at graph 0.04,0.30 left top Left reverse samplen 2 spacing 1.3
plot "channel.out" index 0 using 1:4 with lines linestyle 1 title "published, spectral", \
     "" index 0 using 1:3 with points linestyle 2 title "gridgrad::gradient({/:Italic U}, {/:Italic y})"

# Their difference.
set tmargin at screen 0.37
set bmargin at screen 0.13
set format x "%g"
set xlabel "distance from the wall  {/:Italic y}^+"
set yrange [-0.25:0.25]
set ytics ("−0.2" -0.2, "0" 0, "+0.2" 0.2)
set ylabel "difference   [%]" offset 0.5,0
set xzeroaxis linetype 1 linewidth 0.8 linecolor rgb "#999999"
unset key
plot "channel.out" index 0 using 1:5 with points linestyle 2

unset multiplot
