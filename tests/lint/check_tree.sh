#!/usr/bin/env bash
# Checks the rules of the tree that neither the compiler nor clang-tidy knows. Each rule is a function that
# prints what breaks it as "path:line: message".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

mapfile -t sources < <(tests/lint/sources.sh)
longest=600

# No file is too long to be read at one sitting.
check_length() {
  local file lines
  for file in "${sources[@]}" grammar/*.g4; do
    [ -e "$file" ] || continue
    lines=$(wc -l <"$file")
    [ "$lines" -le "$longest" ] || echo "$file:$lines: longer than $longest lines; split it by what it does"
  done
}

# A header opens with a comment that says what it is for, and then guards itself.
check_headers() {
  awk '
    FILENAME !~ /\.h$/ { nextfile }
    FNR == 1 && $0 !~ /^\/\/ .*[[:alpha:]].*[[:alpha:]]/ {
      print FILENAME ":1: a header begins with a // comment that says what it is for"
    }
    FNR == 1 { file = FILENAME; guarded[file] = 0 }
    /^#pragma once$/ { guarded[file] = 1 }
    END { for (file in guarded) if (!guarded[file]) print file ":1: a header has #pragma once" }
  ' "${sources[@]}"
}

# Data flows one way: the runtime does not know the compiler, nor the compiler the command. ANTLR is seen by
# compiler/syntax alone (where a header of it leaks ANTLR, what includes that does not compile). Every include of ours is a path from the root of the project.
check_includes() {
  grep -nE '^[[:space:]]*#[[:space:]]*include' "${sources[@]}" /dev/null | awk -F: '
    function complain(message) { print $1 ":" $2 ": " message }
    {
      split($3, parts, /["<>]/)
      path = parts[2]
      quoted = ($3 ~ /include[[:space:]]*"/)
      generated = (path ~ /^grammar\/.*\.h$|^antlr4-runtime/)
    }
    $1 ~ /^runtime\// && path ~ /^(compiler|polc)\// { complain("the runtime includes " path) }
    $1 ~ /^tests\/runtime\// && path ~ /^(compiler|polc)\// {
      complain("a test of the runtime includes " path)
    }
    $1 ~ /^compiler\// && path ~ /^polc\// { complain("the compiler includes " path) }
    $1 ~ /^(runtime|compiler|polc)\// && path ~ /^(tests|bench|doctest)\// { complain("product code includes " path) }
    generated || path ~ /antlr4|^Pol(Lexer|Parser)/ {
      if ($1 !~ /^compiler\/syntax\//) complain("only compiler/syntax may include " path)
    }
    quoted && !generated && path !~ /^(grammar|runtime|compiler|polc|tests|bench)\// {
      complain("\"" path "\" is not a path from the root of the project")
    }'
}

# Money and counts are exact: no binary floating point in the product, comments and texts aside.
check_floating_point() {
  local product=()
  mapfile -t product < <(printf '%s\n' "${sources[@]}" | grep -E '^(runtime|compiler|polc)/')
  [ "${#product[@]}" -gt 0 ] || return 0
  awk '
    # The code of a line: what is left without comments, strings and characters. `inside` and `closing` carry a
    # block comment or a raw string over to the next line.
    function code(line,    out, c, next_two, end) {
      out = ""
      while (line != "") {
        if (closing != "") {
          end = index(line, closing)
          if (end == 0) return out
          line = substr(line, end + length(closing))
          closing = ""
          continue
        }
        next_two = substr(line, 1, 2)
        c = substr(line, 1, 1)
        if (next_two == "//") return out
        if (next_two == "/*") { closing = "*/"; line = substr(line, 3); continue }
        if (next_two == "R\"") {
          end = index(line, "(")
          closing = ")" substr(line, 3, end - 3) "\""
          line = substr(line, end + 1)
          continue
        }
        # A quote after a digit or letter separates digits.
        if (c == "\"" || (c == "'\''" && out !~ /[0-9A-Za-z]$/)) {
          line = after_quote(substr(line, 2), c)
          out = out " "
          continue
        }
        out = out c
        line = substr(line, 2)
      }
      return out
    }
    function after_quote(line, quote,    i, c) {
      for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        if (c == "\\") i++
        else if (c == quote) return substr(line, i + 1)
      }
      return ""
    }
    FNR == 1 { closing = "" }
    # Only a line that could matter, or one inside a comment or a raw string, is worth reading closely.
    closing != "" || /double|float|strto[df]|stod|stof|atof|\/\*|R"/ {
      text = " " code($0) " "
      if (text ~ /[^[:alnum:]_](double|float|stod|stof|strtod|strtof|atof)[^[:alnum:]_]/)
        print FILENAME ":" FNR ": floating point; use runtime/number"
    }
  ' "${product[@]}"
}

# Every file of the golden tests serves a case: a `command` lies in its folder, above it (as of files/), or below
# it (as of inputs that cases share). Where none does, a case was forgotten and would never run.
check_golden() {
  local folder above
  find tests/golden -mindepth 2 -type f -printf '%h\n' | sort -u | while IFS= read -r folder; do
    [ -z "$(find "$folder" -name command -print -quit)" ] || continue
    above=$folder
    until [ -e "$above/command" ] || [ "$above" = tests/golden ]; do above=$(dirname "$above"); done
    [ "$above" != tests/golden ] || echo "$folder:1: files of a golden test, but no file named command"
  done
}

found=$(for check in length headers includes floating_point golden; do "check_$check"; done)
if [ -n "$found" ]; then
  printf '%s\n' "$found"
  exit 1
fi
