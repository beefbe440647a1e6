# SPDX-License-Identifier: MPL-2.0
#
# Compiles FILES to PROGRAM as COMPILE says, and runs it. Where COMPILE has PKG_CONFIG, pkg-config says where gridgrad
# and Eigen are.

cmake_minimum_required(VERSION 3.18)

if("PKG_CONFIG" IN_LIST COMPILE)
  find_program(pkg_config NAMES pkg-config pkgconf)
  if(NOT pkg_config)
    message("SKIPPED: there is no pkg-config")
    return()
  endif()
  execute_process(COMMAND ${pkg_config} --cflags gridgrad RESULT_VARIABLE result OUTPUT_VARIABLE flags
                  ERROR_VARIABLE said OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "pkg-config does not find gridgrad: ${said}")
  endif()
  separate_arguments(flags NATIVE_COMMAND "${flags}")
  list(REMOVE_ITEM COMPILE PKG_CONFIG)
  list(APPEND COMPILE ${flags})
endif()

# All files at once, as one would at a prompt.
foreach(step IN ITEMS "${COMPILE};${FILES};-o;${PROGRAM}" "${PROGRAM}")
  execute_process(COMMAND ${step} RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${step}: ${result}")
  endif()
endforeach()
