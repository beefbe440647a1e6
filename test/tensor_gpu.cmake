# SPDX-License-Identifier: MPL-2.0
#
# Compiles tensor_gpu.cu, and runs it if there is a GPU (it says so, and returns 77, if there is none). SKIPPED is said
# where there is no compiler for it.

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
execute_process(COMMAND ${PROGRAM} RESULT_VARIABLE result)
if(NOT result EQUAL 0 AND NOT result EQUAL 77)
  message(FATAL_ERROR "the GPU's answers are not the processor's")
endif()
