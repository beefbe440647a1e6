# SPDX-License-Identifier: MPL-2.0
#
# Installs BUILD into FOLDER, moves it to FOLDER/moved, and packs what a project needs of SOURCE. Nothing of what is
# installed may name a folder it was made in.

cmake_minimum_required(VERSION 3.18)

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE printed ERROR_VARIABLE printed)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${ARGN}\n${printed}")
  endif()
endfunction()

file(REMOVE_RECURSE ${FOLDER}/first ${FOLDER}/moved)
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${FOLDER}/first)
file(RENAME ${FOLDER}/first ${FOLDER}/moved)

file(GLOB_RECURSE installed ${FOLDER}/moved/*)
list(LENGTH installed count)
foreach(file IN LISTS installed)
  file(READ ${file} text)
  foreach(folder IN ITEMS ${SOURCE} ${BUILD} ${FOLDER})
    string(FIND "${text}" "${folder}" at)
    if(NOT at EQUAL -1)
      message(SEND_ERROR "${file} names ${folder}")
    endif()
  endforeach()
endforeach()
message("${count} files are installed")

file(MAKE_DIRECTORY ${FOLDER})
run(${CMAKE_COMMAND} -E chdir ${SOURCE} ${CMAKE_COMMAND} -E tar czf ${FOLDER}/gridgrad.tar.gz CMakeLists.txt include)
