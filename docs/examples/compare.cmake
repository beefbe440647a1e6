# SPDX-License-Identifier: MPL-2.0
#
# Runs COMMAND, a program and its arguments; passes if it succeeds and prints what the file EXPECTED holds, and on
# standard error nothing, or, if BESIDE is given, what that regular expression matches.

cmake_minimum_required(VERSION 3.18)

execute_process(COMMAND ${COMMAND} RESULT_VARIABLE result OUTPUT_VARIABLE printed ERROR_VARIABLE complaint)
if(NOT BESIDE)
  set(BESIDE "^$")
endif()
if(NOT result EQUAL 0 OR NOT complaint MATCHES "${BESIDE}")
  message(FATAL_ERROR "ended with ${result}: ${complaint}")
endif()
file(READ ${EXPECTED} expected)
if(NOT printed STREQUAL expected)
  message(FATAL_ERROR "printed\n${printed}\nbut ${EXPECTED} says\n${expected}")
endif()
