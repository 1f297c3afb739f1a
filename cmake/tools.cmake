# The tools a build uses when the machine has them (ccache, mold), and the sanitizers when asked for.

find_program(POL_CCACHE ccache)
if(POL_CCACHE)
  # A clone elsewhere finds what this one compiled: paths are taken relative to the project. The sloppiness is
  # what ccache asks for before it caches anything that includes a precompiled header.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${POL_CCACHE})
endif()

find_program(POL_MOLD mold)
if(POL_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

if(POL_SANITIZE)
  add_compile_options(-fsanitize=${POL_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${POL_SANITIZE})
endif()

# Checked iterators and containers wherever speed is not the point.
if(POL_SANITIZE OR CMAKE_BUILD_TYPE STREQUAL "Debug")
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
endif()

# pol_precompile(<target>): the headers that are dear to read and stand in almost every source. Multiprecision
# alone takes longer to read than most sources take to compile.
option(POL_PRECOMPILE "Precompile the dear headers" ON)
function(pol_precompile target)
  if(POL_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE
      <boost/multiprecision/cpp_int.hpp> <fmt/format.h> <algorithm> <map> <optional> <string> <unordered_map> <variant> <vector>)
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
  endif()
endfunction()
