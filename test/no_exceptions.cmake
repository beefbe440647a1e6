# SPDX-License-Identifier: MPL-2.0
#
# Passes if PROGRAM says the sentence, and nothing else, on stderr, and aborts.

cmake_minimum_required(VERSION 3.18)

set(sentence "gridgrad: axis 1 has 2 samples, but a second-order edge needs at least 3\n")
execute_process(COMMAND ${PROGRAM} RESULT_VARIABLE end OUTPUT_VARIABLE printed ERROR_VARIABLE said)
if(NOT said STREQUAL sentence OR NOT printed STREQUAL "")
  message(FATAL_ERROR "said\n${said}${printed}")
endif()
if(NOT end MATCHES "[Aa]bort")
  message(FATAL_ERROR "said the sentence, but then ended with ${end}")
endif()
