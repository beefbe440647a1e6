# SPDX-License-Identifier: MPL-2.0
#
# With NVCC: compiles tensor_gpu.cu to PROGRAM. Without: runs PROGRAM, which says so, and returns 77, if there is no GPU.
# SKIPPED is said where there is nothing to compile with, or nothing to run, or to run on.

if(NOT DEFINED NVCC)
  if(NOT EXISTS ${PROGRAM})
    message("SKIPPED: nothing was compiled for a GPU")
    return()
  endif()
  execute_process(COMMAND ${PROGRAM} RESULT_VARIABLE result)
  if(result EQUAL 77)
    message("SKIPPED: there is no GPU here")
  elseif(NOT result EQUAL 0)
    message(FATAL_ERROR "the GPU's answers are not the processor's")
  endif()
  return()
endif()

file(REMOVE ${PROGRAM})
if(NOT NVCC)
  message("SKIPPED: no nvcc here, so that nothing was compiled for a GPU")
  return()
endif()
execute_process(COMMAND ${NVCC} -std=c++17 --expt-relaxed-constexpr -I${ROOT}/include -isystem ${EIGEN}
                        ${ROOT}/test/tensor_gpu.cu -o ${PROGRAM}
                RESULT_VARIABLE result OUTPUT_VARIABLE said ERROR_VARIABLE said)
if(result)
  message(FATAL_ERROR "nvcc does not compile tensor_gpu.cu:\n${said}")
endif()
