# How the CMakeLists.txt of each folder name sources and paths.

# pol_glob(<variable> <pattern>... [EXCLUDE <regex>]) sets <variable> to every file that matches, found again
# at each build, so that adding a file needs no edit here. When nothing matches yet, it is one empty source.
function(pol_glob variable)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "EXCLUDE" "")
  file(GLOB_RECURSE found CONFIGURE_DEPENDS ${arg_UNPARSED_ARGUMENTS})
  if(arg_EXCLUDE)
    list(FILTER found EXCLUDE REGEX ${arg_EXCLUDE})
  endif()
  if(NOT found)
    set(found ${PROJECT_BINARY_DIR}/empty.cpp)
    if(NOT EXISTS ${found})
      file(WRITE ${found} "")
    endif()
  endif()
  set(${variable} ${found} PARENT_SCOPE)
endfunction()

# pol_paths(<target>) tells a test or benchmark where the project and the built command are: POL_SOURCE_DIR and
# POLC_PATH, both texts.
function(pol_paths target)
  target_compile_definitions(${target} PRIVATE POL_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  if(TARGET polc)
    target_compile_definitions(${target} PRIVATE POLC_PATH="$<TARGET_FILE:polc>")
    add_dependencies(${target} polc)
  endif()
endfunction()
