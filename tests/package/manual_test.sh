#!/usr/bin/env bash
# The manual pages name the flags that the programs know, all of them and no
# others, and are set without a warning.
set -euo pipefail
. "$GONGKAI_SOURCE_DIR/tests/package/common.sh"
need man groff
bin=$GONGKAI_BINARY_DIR/bin
pages=$GONGKAI_BINARY_DIR/docs/man

# same PAGE KNOWN: the flags that a page has items for, against the known ones.
same() {
  local named
  named=$(sed -n 's/\\-/-/g; s/^\.It Ic //p' "$pages/$1" | grep -oE -- '--[a-z_-]+' | sort -u)
  diff <(echo "$2") <(echo "$named") || fail "$1 names other flags than the program knows (<)"
  echo "$1: $(wc -l <<<"$named") flags"
}

# own PROGRAM DIRECTORY: the flags that its own files define. Abseil ends a
# program that is asked for help with 1.
own() {
  { "$bin/$1" --helpfull || true; } | sed -n "/Flags from .*$2\//,/^\$/p" |
    grep -oE '^    --[a-z_]+' | tr -d ' '
}

# --flagfile is of the library, and worth a word of ours.
same gongkaid.8 "$({ own gongkaid service; echo --flagfile; } | sort -u)"
same gongkai-worker.8 "$(own gongkai-worker worker | sort -u)"
# By the source: what the help forgets, the page would forget, too.
known=$(grep -oE '\{"--[a-z-]+", Flag::' "$GONGKAI_SOURCE_DIR/client/cli/arguments.cc" | grep -oE -- '--[a-z-]+')
same gongkai.1 "$({ echo "$known"; echo --dangerously-run-without-sandbox; } | grep -v '^--help$' | sort -u)"

for page in gongkai.1 gongkaid.8 gongkai-worker.8; do
  warnings=$(LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings -l "$pages/$page" 2>&1 >/dev/null)
  want '' "$warnings" "warnings of $page"
  [[ $(zcat "$pages/$page.gz") == "$(<"$pages/$page")" ]] || fail "$page.gz is another page"
  ! grep -n '@[A-Z_]*@' "$pages/$page" || fail "$page has something that was not filled in"
done
for command in check rules health version help; do
  grep -q "^\.Cm $command$" "$pages/gongkai.1" || fail "gongkai.1 does not know the command $command"
done
