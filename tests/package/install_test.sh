#!/usr/bin/env bash
# Installs the package into a fresh Debian 12, does the main job there as an
# ordinary user, runs it as a container does, then boots systemd in it and uses
# the unit, and removes all of it. Everything happens in namespaces of its own, with the root in memory: when
# this ends, however it does, mounts and processes are gone.
set -euo pipefail
. "$GONGKAI_SOURCE_DIR/tests/package/common.sh"
mirror=${GONGKAI_DEBIAN_MIRROR:-http://deb.debian.org/debian}
security=${GONGKAI_DEBIAN_SECURITY_MIRROR:-http://deb.debian.org/debian-security}
# Packages that were fetched once.
cache=$GONGKAI_BINARY_DIR/package-test-cache
here=$GONGKAI_SOURCE_DIR/tests/package

if [[ ${1-} != inside ]]; then
  ((EUID == 0)) || skip "only root can make a root"
  need debootstrap unshare nsenter ip cpack dpkg-shlibdeps file
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  /usr/lib/apt/apt-helper download-file "$mirror/dists/bookworm/InRelease" "$work/InRelease" \
    >/dev/null 2>&1 || skip "$mirror cannot be reached"
  unshare --mount --pid --fork true 2>/dev/null || skip "no namespaces can be made here"
  mkdir -p "$cache/partial" "$work/root"
  # Not to wait for a compressor: what ./dev package makes is the same else.
  cpack --config "$GONGKAI_BINARY_DIR/CPackConfig.cmake" -B "$work/package" \
    -D CPACK_DEBIAN_COMPRESSION_TYPE=gzip >"$work/log" 2>&1 || fail "cpack: $(<"$work/log")"
  # Also when this script is killed.
  setpriv --pdeathsig KILL unshare --mount --pid --ipc --uts --fork --kill-child --mount-proc \
    "$here/install_test.sh" inside "$work"
  exit
fi

work=$2
root=$work/root
step() { printf '%4s s  %s\n' "$SECONDS" "$*"; }
# In the root: as its root, and as an ordinary user.
as_root=(chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8
  DEBIAN_FRONTEND=noninteractive)
as_user=(chroot --userspec=user:user "$root" env -i PATH=/usr/bin:/bin LC_ALL=en_US.UTF-8 HOME=/tmp)
apt() {
  "${as_root[@]}" apt-get -qq -o Dpkg::Use-Pty=0 --no-install-recommends "$@" >"$work/log" 2>&1 ||
    fail "apt-get $*: $(<"$work/log")"
}

# until_true COMMAND...: waits for it, at most for half a minute.
until_true() {
  local i
  for ((i = 0; i < 300; ++i)); do
    ! "$@" || return 0
    sleep 0.1
  done
  return 1
}

# The root --------------------------------------------------------------------

mount -t tmpfs -o mode=755,size=2g root "$root"
debootstrap --variant=minbase --cache-dir="$cache" bookworm "$root" "$mirror" >"$work/log" 2>&1 ||
  fail "debootstrap: $(tail -20 "$work/log")"
cat >"$root/etc/apt/sources.list" <<SOURCES
deb $mirror bookworm main
deb $mirror bookworm-updates main
deb $security bookworm-security main
SOURCES
apt-config dump Acquire::http::Proxy >"$root/etc/apt/apt.conf.d/90proxy"
# As images of containers have it: nothing starts because it was installed.
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
mount --bind "$cache" "$root/var/cache/apt/archives"
mount -t proc proc "$root/proc"
step "a fresh Debian 12"
"${as_root[@]}" useradd --user-group --create-home user
apt update
step "its lists of packages"

. "$here/container.sh"
step "the last stage of the Containerfile"

# The package, and the main job -----------------------------------------------

cp "$work"/package/*.deb "$root/tmp/"
deb=$(cd "$root" && echo tmp/gongkai_*.deb)
apt install "/$deb"
step "installed $("${as_root[@]}" dpkg-query --show gongkai)"
"${as_root[@]}" getent passwd gongkai | grep -q ':/nonexistent:/usr/sbin/nologin$' || fail "no user gongkai"
cp -r "$GONGKAI_SOURCE_DIR/examples" "$root/srv/reports"

reports=/srv/reports
want 0 "$(status_of "${as_user[@]}" gongkai check $reports/qinglan-liuxi-2023.txt 2>/dev/null)" 'a good report'
want 1 "$(status_of "${as_user[@]}" gongkai check $reports/songyuan-county-2022-row-sum.txt 2>/dev/null)" 'a report with an error'
want 2 "$(status_of "${as_user[@]}" gongkai check /etc/shadow 2>/dev/null)" 'a file that cannot be read'
# The same bytes as the programs give where they were built, from every format.
"$GONGKAI_BINARY_DIR/bin/gongkai" check --format=cells "$root/srv/reports" >"$work/built" || true
sed -i "s,\"$root/,\"/,g" "$work/built"
"${as_user[@]}" gongkai check --format=cells $reports >"$work/installed" 2>"$work/log" || true
cmp "$work/built" "$work/installed" || fail "an installed gongkai answers otherwise: $(<"$work/log")"
step "$(grep -c '"outcome":"OK"' "$work/installed") reports, cell by cell as where it was built"

# Its catalogue can be given back to it.
catalog=$(cd "$root" && echo usr/share/gongkai/catalog/*.txtpb)
rules=$("${as_user[@]}" gongkai rules --catalog="/${catalog// /,/}" | grep -cE '^[a-z]')
want "$("${as_user[@]}" gongkai rules | grep -cE '^[a-z]')" "$rules" 'rules of the files in /usr/share/gongkai/catalog'

"${as_user[@]}" gongkaid --listen=unix:/tmp/gongkaid.sock --drain_delay=1s 2>"$work/gongkaid.log" &
server=$!
healthy() { "${as_user[@]}" gongkai health --server="$1" >"$work/log" 2>&1; }
until_true healthy unix:/tmp/gongkaid.sock || fail "gongkaid does not serve: $(<"$work/gongkaid.log")"
grep -q "sandbox: no-new-privileges, resource-limits, files, system-calls$" "$work/gongkaid.log" ||
  fail "the sandbox is not whole: $(<"$work/gongkaid.log")"
want 1 "$(status_of "${as_user[@]}" gongkai check --server=unix:/tmp/gongkaid.sock $reports/songyuan-county-2022-row-sum.txt 2>/dev/null)" \
  'a report with an error, by a server'
kill -TERM $server
wait $server || fail "gongkaid ended with $? after SIGTERM: $(<"$work/gongkaid.log")"
want 2 "$(status_of "${as_user[@]}" gongkaid --listen=0.0.0.0:50051 2>/dev/null)" 'gongkaid without TLS for everybody'
step "gongkai and gongkaid as an ordinary user"

# The unit, with the systemd of that root -------------------------------------

apt install systemd
. "$here/systemd.sh"
step "the unit under systemd"

# Gone ------------------------------------------------------------------------

rm "$root/$deb"
apt purge gongkai
left=$(cd "$root" && find . -xdev -not -path './proc/*' -not -path './var/log/*' \
  -not -path './srv/*' -iname '*gongkai*')
want '' "$left" 'files after purge'
! "${as_root[@]}" getent passwd gongkai || fail "the user is still there"
! "${as_root[@]}" getent group gongkai || fail "the group is still there"
# But for the copies that the programs for users make of what was there before.
! grep -rl gongkai "$root/etc" --exclude='*-' || fail "still named in /etc"
step "purged, nothing is left"
