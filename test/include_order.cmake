# SPDX-License-Identifier: MPL-2.0
#
# Every header is in the list, and includes only headers above it. Its constants are inline: else each file of a program
# would have its own, and what uses them would be defined differently in each.

cmake_minimum_required(VERSION 3.18)

set(seen)
foreach(header IN LISTS HEADERS)
  file(STRINGS ${ROOT}/include/${header} lines REGEX "#include <gridgrad")
  foreach(line IN LISTS lines)
    string(REGEX REPLACE ".*<(.*)>.*" "\\1" included "${line}")
    if(NOT included IN_LIST seen)
      message(SEND_ERROR "${header} includes ${included}, which is not above it in CMakeLists.txt")
    endif()
  endforeach()
  list(APPEND seen ${header})
  file(STRINGS ${ROOT}/include/${header} constants REGEX "^(static |const |constexpr )+[^(=]*(=|;)")
  foreach(constant IN LISTS constants)
    message(SEND_ERROR "${header} has a constant that is not inline: ${constant}")
  endforeach()
endforeach()

file(GLOB_RECURSE present RELATIVE ${ROOT}/include ${ROOT}/include/*.hpp)
foreach(header IN LISTS present)
  if(NOT header IN_LIST seen)
    message(SEND_ERROR "${header} is not in the list of CMakeLists.txt")
  endif()
endforeach()
