#!/usr/bin/env bash
# Runs one golden test: run_case.sh POLC CASE-FOLDER. See README.md beside this file.
set -uo pipefail

polc=$1
case_folder=$(cd "$2" && pwd)
update=${POL_UPDATE:-}
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
OUT=$scratch/out
mkdir "$OUT" "$scratch/bin"
ln -s "$(realpath "$polc")" "$scratch/bin/polc"
export ROOT OUT

# limited KIB COMMAND…, for cases: the command with at most so much address space. Sanitizers reserve terabytes,
# so there it runs without.
limited() {
  local kib=$1
  shift
  (
    [ -n "${POL_SANITIZED:-}" ] || ulimit -v "$kib"
    "$@"
  )
}
export -f limited

cd "$case_folder" || exit 1
failures=0
fail() { printf 'FAIL: %s\n' "$*"; failures=$((failures + 1)); }

# Where the machine's own folders show in an output, their variables stand in their place.
portable() {
  LC_ALL=C sed -i "s|${OUT//|/\\|}|\$OUT|g; s|${ROOT//|/\\|}|\$ROOT|g" "$1"
}

# expect EXPECTED ACTUAL: the files are equal; updating makes them so.
expect() {
  cmp -s "$1" "$2" && return
  if [ -n "$update" ]; then
    mkdir -p "$(dirname "$1")" && cp "$2" "$1" && printf 'updated %s\n' "$1"
  else
    fail "$1 differs (- expected, + actual)"
    diff -u --label "$1" --label actual "$1" "$2"
  fi
}

# expect_unless_default DEFAULT EXPECTED ACTUAL: as expect, where the file's absence stands for DEFAULT.
expect_unless_default() {
  if [ -n "$update" ] && cmp -s "$1" "$3"; then
    rm -f "$2"
  elif [ -n "$update" ] || [ -e "$2" ]; then
    expect "$2" "$3"
  elif ! cmp -s "$1" "$3"; then
    fail "no file $2, so it is as below (- expected, + actual)"
    diff -u --label "$2 (absent)" --label actual "$1" "$3"
  fi
}

if [ "$(grep -cv -e '^#' -e '^$' command)" != 1 ]; then
  fail "the file command must hold one line, beside comments"
  exit 1
fi

PATH=$scratch/bin:$PATH LC_ALL=C.UTF-8 TZ=UTC \
  bash command </dev/null >"$scratch/stdout" 2>"$scratch/stderr"
echo $? >"$scratch/status"
portable "$scratch/stdout"
portable "$scratch/stderr"

if [ -e stdout ] || [ -n "$update" ]; then
  expect stdout "$scratch/stdout"
else
  fail "no file stdout: a test says what it expects, if only with an empty file"
fi
: >"$scratch/nothing"
echo 0 >"$scratch/success"
expect_unless_default "$scratch/nothing" stderr "$scratch/stderr"
expect_unless_default "$scratch/success" status "$scratch/status"

if [ -d files ]; then
  while IFS= read -r name; do
    [ ! -e "$OUT/$name" ] || portable "$OUT/$name"
    if [ -e "$OUT/$name" ] && { [ -e "files/$name" ] || [ -n "$update" ]; }; then
      expect "files/$name" "$OUT/$name"
    elif [ -n "$update" ]; then
      rm "files/$name" && printf 'removed files/%s\n' "$name"
    elif [ -e "$OUT/$name" ]; then
      fail "the command wrote \$OUT/$name, which files/ does not have"
    else
      fail "the command did not write \$OUT/$name"
    fi
  done < <({ (cd files && find . -type f) && (cd "$OUT" && find . -type f); } | sed 's|^\./||' | sort -u)
fi

status=$(cat "$scratch/status")
case $(basename "$case_folder") in
  fail_*) [ "$status" != 0 ] || fail "the name begins with fail_, yet the command succeeded" ;;
  *) [ "$status" = 0 ] || fail "the command failed ($status), yet the name does not begin with fail_" ;;
esac
# 99 is a sanitizer's report; 126 and over are the shell's own, or a signal.
[ "$status" -lt 99 ] || fail "the command did not end by itself: status $status"

[ "$failures" = 0 ]
