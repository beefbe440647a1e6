# SPDX-License-Identifier: MPL-2.0
#
# Gives COMMAND, the program channel, files with one mistake each: it must fail and say which line of which file is
# wrong, and how. Line 6 of the file GOOD is the second of its samples.

cmake_minimum_required(VERSION 3.18)

set(file ${FOLDER}/malformed.csv)

function(refuses sentence)
  execute_process(COMMAND ${COMMAND} ${file} RESULT_VARIABLE result OUTPUT_VARIABLE printed ERROR_VARIABLE complaint)
  if(NOT result EQUAL 1 OR NOT printed STREQUAL "" OR NOT complaint STREQUAL "${file}${sentence}\n")
    message(SEND_ERROR "expected to be refused with\n${file}${sentence}\nbut ended with ${result}:\n${complaint}${printed}")
  endif()
endfunction()

function(line6_as text sentence)
  file(READ ${GOOD} good)
  string(REPLACE "3.0118e-04,5.3639e-02,1.7807e+02" "${text}" bad "${good}")
  if(bad STREQUAL good)
    message(FATAL_ERROR "${GOOD} has no such line")
  endif()
  file(WRITE ${file} "${bad}")
  refuses("${sentence}")
endfunction()

file(REMOVE ${file})
refuses(": cannot be opened")
line6_as("3.0118e-04,5.3639e-02" ":6: expected 3 columns, but found 2: 3.0118e-04,5.3639e-02")
line6_as("3.0118e-04,5.3639e-02,178.07,0" ":6: expected 3 columns, but found 4: 3.0118e-04,5.3639e-02,178.07,0")
line6_as("3.0118e-04,fast,1.7807e+02" ":6: column 2 is not a number: \"fast\"")
line6_as("3.0118e-04,5.3639e-02x,1.7807e+02" ":6: column 2 is not a number: \"5.3639e-02x\"")
line6_as(",5.3639e-02,1.7807e+02" ":6: column 1 is not a number: \"\"")
line6_as("3.0118e-04,5.3639e-02,nan" ":6: column 3 is not a number: \"nan\"")
line6_as("0.0000e+00,5.3639e-02,1.7807e+02"
         ": gridgrad: axis 0 has the same coordinate 0 at samples 0 and 1, but neighbours must differ: coordinates are places, not distances")

file(WRITE ${file} "# nothing\n")
refuses(": has no header y,U,dUdy")
file(WRITE ${file} "# a remark\n0,0,178.12\n")
refuses(":2: expected the header y,U,dUdy, but found: 0,0,178.12")
file(WRITE ${file} "y,U,dUdy\n0,0,178.12\n0.1,1,100\n")
refuses(": gridgrad: axis 0 has 2 samples, but a second-order edge needs at least 3")
file(WRITE ${file} "y,U,dUdy\n")
refuses(": gridgrad: axis 0 has 0 samples, but a second-order edge needs at least 3")
