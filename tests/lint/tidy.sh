#!/usr/bin/env bash
# Runs clang-tidy on every source that it has not passed before as it now is: tidy.sh BUILD-FOLDER JOBS [--fix].
#
# What passed is kept as an empty file whose name is the checksum of all that was checked: the source, the files
# of ours that it includes, the settings and clang-tidy's version. As with ccache, every clone shares the folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
build=$1 jobs=$2 fix=${3:-}
passed=${XDG_CACHE_HOME:-${HOME:-$PWD/build}/.cache}/pol-tidy

if [ "${TIDY_ONE:-}" ]; then
  # One source, as xargs runs it below: "key source".
  read -r key source <<<"$TIDY_ONE"
  if output=$(clang-tidy-16 -p "$build" --quiet ${fix:+--fix} "$source" 2>&1); then
    touch "$passed/$key"
  else
    printf '%s\n' "$output" | grep -vE '^[0-9]+ warnings?( and [0-9]+ errors?)? (generated|treated as)' || true
    exit 1
  fi
  exit 0
fi

# "source file...": each source, with the files of ours that it includes, at any depth. What is generated from
# the grammar counts as the grammar.
reach() {
  find grammar compiler runtime polc tests bench -name '*.cpp' -o -name '*.h' -o -name '*.def' | sort | xargs awk '
    { ours[FILENAME] = 1 }
    /^#include "/ { split($0, part, "\""); includes[FILENAME] = includes[FILENAME] " " part[2] }
    function visit(file,    list, i, n) {
      if (file ~ /^grammar\/Pol.*\.h$/) grammar = " grammar/PolLexer.g4 grammar/PolParser.g4"
      if (!(file in ours) || seen[file] == root) return
      seen[file] = root
      line = line " " file
      n = split(includes[file], list, " ")
      for (i = 1; i <= n; i++) visit(list[i])
    }
    END {
      for (root in ours) {
        if (root !~ /\.cpp$/) continue
        line = grammar = ""
        visit(root)
        print substr(line grammar, 2)
      }
    }' | sort
}

mkdir -p "$passed"
version=$(clang-tidy-16 --version)
todo=()
while read -r -a files; do
  settings=(.clang-tidy CMakeLists.txt CMakePresets.json)
  [[ ${files[0]} != tests/* ]] || settings+=(tests/.clang-tidy)
  key=$({ echo "$version"; sha256sum "${files[@]}" "${settings[@]}"; } | sha256sum)
  key=${key%% *}
  [ -e "$passed/$key" ] || todo+=("$key ${files[0]}")
done < <(reach)

[ "${#todo[@]}" -gt 0 ] || exit 0
echo "${#todo[@]} to check"
[ -z "$fix" ] || jobs=1  # two at once would both mend a header they share
printf '%s\0' "${todo[@]}" | xargs -0 -P "$jobs" -I '{}' env TIDY_ONE='{}' "$0" "$build" "$jobs" $fix
