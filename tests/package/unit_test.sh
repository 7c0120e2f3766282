#!/usr/bin/env bash
# The unit, as far as it can be judged without being run: that systemd takes it,
# that no more is exposed than its comment names, and that it waits long enough.
set -euo pipefail
. "$GONGKAI_SOURCE_DIR/tests/package/common.sh"
need systemd-analyze man
unit=$GONGKAI_SOURCE_DIR/deploy/systemd/gongkaid.service
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What it refers to, where this machine has it: the program and its manual.
mkdir -p "$work/man/man8"
cp "$GONGKAI_BINARY_DIR/docs/man/gongkaid.8" "$work/man/man8"
sed "s,^ExecStart=/usr/bin/gongkaid,ExecStart=$GONGKAI_BINARY_DIR/bin/gongkaid," \
  "$unit" >"$work/gongkaid.service"
said=$(MANPATH=$work/man systemd-analyze verify "$work/gongkaid.service" 2>&1) ||
  fail "systemd-analyze verify: $said"
want '' "$(grep gongkaid.service <<<"$said" || true)" 'systemd-analyze verify'

# In tenths: 1.1 of 10, less is better.
report=$(systemd-analyze security --offline=yes --threshold=11 --no-pager "$unit") ||
  fail "more is exposed than was: $report"
# Each item that is left is named in the unit, with its reason.
exposed=$(awk '$1 == "✗" { print $2 }' <<<"$report" | grep -oE '^[A-Za-z]+' | sort -u)
for item in $exposed; do
  case $item in
    RestrictAddressFamilies) item=AF_UNIX ;;
  esac
  sed '/^\[Install\]/,$d' "$unit" | grep -qE "^#   ([A-Za-z_0-9, and]*, )?$item(,[^:]*)?:" ||
    fail "$item is exposed without a reason in the unit"
done

help=$("$GONGKAI_BINARY_DIR/bin/gongkaid" --helpfull)

# Stopping: longer than gongkaid takes at most, by its defaults.
seconds() {
  tr -s ' \n' ' ' <<<"$help" | grep -oP -- "--$1 \(.*?\); default: \K[0-9]+(?=s;)"
}
stop=$(sed -n 's/^TimeoutStopSec=//p' "$unit")
most=$(($(seconds drain_delay) + $(seconds grace) + $(seconds stream_grace)))
((stop > most)) || fail "TimeoutStopSec is $stop, and a stop may take $most s"

# The settings that the package installs are taken, but for the socket's place.
sed "s,/run/gongkai,$work,; s,:50051,:0," "$GONGKAI_SOURCE_DIR/deploy/systemd/gongkaid.flags" >"$work/flags"
"$GONGKAI_BINARY_DIR/bin/gongkaid" --flagfile="$work/flags" --drain_delay=0 2>"$work/log" &
server=$!
for ((i = 0; i < 300; ++i)); do
  ! "$GONGKAI_BINARY_DIR/bin/gongkai" health --server="unix:$work/gongkaid.sock" >"$work/health" 2>&1 || break
  sleep 0.1
done
want SERVING "$(<"$work/health")" "health of gongkaid with the package's settings: $(<"$work/log")"
kill -TERM $server
wait $server || fail "gongkaid ended with $?: $(<"$work/log")"
# So are those that it only suggests.
for flag in $(grep -oE '^#--[a-z_]+' "$GONGKAI_SOURCE_DIR/deploy/systemd/gongkaid.flags" | tr -d '#'); do
  grep -q -- "$flag " <<<"$help" || fail "gongkaid knows no $flag"
done
