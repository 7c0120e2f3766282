# Copyright 2026 The Gongkai Authors
# SPDX-License-Identifier: Apache-2.0
#
# Completion of gongkai for bash; zsh takes it after `bashcompinit`. Flags, their
# values and rules are those that the command itself tells.

# PROGRAM COMMAND: what its help tells of flags: "--format=cells", "--year=2024".
_gongkai_flags() {
  "$1" "$2" --lang=en --help 2>/dev/null |
    sed -n '/^Flags:/,/^$/{/^  --/{s/^  //;s/  .*//;p}}' | tr -s ' ,' '\n' | grep '^--[a-z]'
}

# Takes a quarter of a second: a worker is started to tell them.
_gongkai_rules() {
  "$1" rules --lang=en 2>/dev/null | sed -n 's/^\([a-z][a-z.-]*\)  [A-Z].*/\1/p'
}

_gongkai() {
  local program=$1 command=${COMP_WORDS[1]} current=${COMP_WORDS[COMP_CWORD]}
  local flag='' words
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W 'check rules health version help' -- "$current")
    return
  fi
  # bash makes three words of --flag=value, or two of --flag=.
  if [[ $current == = ]]; then
    flag=${COMP_WORDS[COMP_CWORD - 1]} current=
  elif [[ ${COMP_WORDS[COMP_CWORD - 1]} == = ]]; then
    flag=${COMP_WORDS[COMP_CWORD - 2]}
  elif [[ ${COMP_WORDS[COMP_CWORD - 1]} == --* ]]; then
    flag=${COMP_WORDS[COMP_CWORD - 1]}
  fi
  case $flag in
    --format) words=$(_gongkai_flags "$program" "$command" | sed -n 's/^--format=//p') ;;
    --lang) words='zh en' ;;
    --profile) words='arithmetic strict' ;;
    --service) words='readiness liveness' ;;
    --disable | --enable | --severity) words=$(_gongkai_rules "$program") ;;
    --server | --shard | --year) return ;;
    --previous | --export | --html | --catalog | --parents | --tls-* | --token-file | --worker)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      return
      ;;
    *)
      if [[ $current == -* ]]; then
        # A flag that wants a value is left open for it.
        words=$(_gongkai_flags "$program" "$command" | sed 's/=.*/=/' | sort -u)
        mapfile -t COMPREPLY < <(compgen -W "$words --help" -- "$current")
        [[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace 2>/dev/null
        return
      fi
      case $command in
        check)
          compopt -o filenames 2>/dev/null
          mapfile -t COMPREPLY < <(compgen -f -- "$current")
          return
          ;;
        rules) words=$(_gongkai_rules "$program") ;;
        help) words='check rules health' ;;
        *) return ;;
      esac
      ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}

complete -F _gongkai gongkai
