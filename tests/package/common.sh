# What the tests of the package have in common; to be sourced.
# GONGKAI_SOURCE_DIR and GONGKAI_BINARY_DIR say where everything is.
# shellcheck shell=bash

# As CMakeLists.txt says (SKIP_RETURN_CODE).
skip() {
  echo "SKIPPED: $*" >&2
  exit 77
}

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# want TEXT ACTUAL WHAT
want() {
  [[ $2 == "$1" ]] || fail "$3: want '$1', got '$2'"
}

# status_of COMMAND...: its exit status, whatever it is; its output goes on.
status_of() {
  local status=0
  "$@" >&2 || status=$?
  echo "$status"
}

# Skips the test where a program is missing, which `./dev setup` installs.
need() {
  local program
  for program; do
    command -v "$program" >/dev/null || skip "there is no $program; ./dev setup installs it"
  done
}
