#!/usr/bin/env bash
# Prints the path of each C++ source and header of ours, for the checks that take a list of files.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
find compiler runtime polc tests bench -type f '(' -name '*.cpp' -o -name '*.h' ')' | LC_ALL=C sort
