// The version that `polc --version` prints; the project's, from CMakeLists.txt.
#pragma once

namespace polc {

#ifndef POL_VERSION
#error "POL_VERSION comes from CMake"
#endif
inline constexpr const char* kVersion = POL_VERSION;

}  // namespace polc
