# cmake -P defer_tables.cmake FILE...: edits what ANTLR generated so that a parser's tables are made when the first
# parser is, and not whenever the program starts: a run that reads no .pol file would pay for them too.
foreach(index RANGE 3 ${CMAKE_ARGC})
  set(file "${CMAKE_ARGV${index}}")
  if(NOT file MATCHES "([A-Za-z]+)\\.cpp$")
    continue()
  endif()
  set(class ${CMAKE_MATCH_1})
  file(READ ${file} text)
  string(REPLACE "\n${class}::Initializer ${class}::_init;" "" deferred "${text}")
  string(REGEX REPLACE "\n(${class}::${class}\\([^\n]*{)\n" "\n\\1\n  static const Initializer tables;\n"
    deferred "${deferred}")
  if(NOT deferred MATCHES "static const Initializer tables;" OR deferred MATCHES "${class}::_init;")
    message(FATAL_ERROR "${file} is not as this version of ANTLR wrote it before: mend grammar/defer_tables.cmake")
  endif()
  file(WRITE ${file} "${deferred}")
endforeach()
