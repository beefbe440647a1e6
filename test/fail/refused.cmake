# SPDX-License-Identifier: MPL-2.0
#
# Passes if COMPILE stops, and one of the sentences SAYS is on the line of the first error, among the first lines that
# are printed: whoever looks there sees it.

cmake_minimum_required(VERSION 3.18)

execute_process(COMMAND ${COMPILE} RESULT_VARIABLE result OUTPUT_VARIABLE printed ERROR_VARIABLE printed)
message("${printed}")
if(result EQUAL 0)
  message(FATAL_ERROR "It compiles.")
endif()

# Lines as items of a list, in which semicolons and brackets mean something else.
string(REGEX REPLACE "[][;]" " " printed "${printed}")
string(REPLACE "\n" ";" lines "${printed}")
set(number 0)
foreach(line IN LISTS lines)
  math(EXPR number "${number} + 1")
  if(line MATCHES "error:")
    foreach(sentence IN LISTS SAYS)
      string(FIND "${line}" "${sentence}" at)
      if(NOT at EQUAL -1 AND number LESS_EQUAL 20)
        return()
      endif()
    endforeach()
    message(FATAL_ERROR "The first error is on line ${number} and does not say: ${SAYS}")
  endif()
endforeach()
message(FATAL_ERROR "It stops without an error.")
