#!/usr/bin/env bash
# Completion in bash, as readline asks for it.
set -euo pipefail
. "$GONGKAI_SOURCE_DIR/tests/package/common.sh"
PATH=$GONGKAI_BINARY_DIR/bin:$PATH
set +e
. "$GONGKAI_SOURCE_DIR/client/cli/completion/gongkai.bash"
cd "$GONGKAI_SOURCE_DIR" || exit 1
[[ $(complete -p gongkai) == "complete -F _gongkai gongkai" ]] || fail "not registered"

# offered WORD...: what is offered for the last word, in a line.
offered() {
  COMP_WORDS=("$@")
  COMP_CWORD=$(($# - 1))
  _gongkai gongkai 2>/dev/null
  echo "${COMPREPLY[*]}"
}

want 'check rules health version help' "$(offered gongkai '')" commands
want 'check' "$(offered gongkai ch)" 'the beginning of a command'
want '--format=' "$(offered gongkai check --fo)" 'the beginning of a flag'
want '--collection' "$(offered gongkai check --coll)" 'a flag without a value'
want 'summary cells findings jsonl' "$(offered gongkai check --format =)" formats
want 'cells' "$(offered gongkai check --format = c)" 'the beginning of a format'
want 'table markdown jsonl' "$(offered gongkai rules --format '')" 'formats of rules'
want 'readiness liveness' "$(offered gongkai health --service =)" 'names of health'
want 'requests.balance' "$(offered gongkai check --disable = requests.b)" 'rules to leave out'
want 'requests.balance' "$(offered gongkai rules requests.b)" 'rules to list'
want 'examples/baiting-market-2021-balance.txt' "$(offered gongkai check examples/ba)" documents
want 'examples/two-years' "$(offered gongkai check --previous = examples/two)" directories
want '' "$(offered gongkai check --server = x)" 'what nobody can know'
# Every flag of every command.
for command in check rules health; do
  words=" $(offered gongkai $command -- | tr -d =) "
  for flag in $(gongkai $command --lang=en --help | grep -E '^  --' | sed 's/   .*//' |
    grep -oE -- '--[a-z-]+'); do
    [[ $words == *" $flag "* ]] || fail "$flag of $command is not offered: $words"
  done
done
