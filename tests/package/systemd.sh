# The part of install_test.sh that boots systemd in the root and uses the unit;
# to be sourced by it.
# shellcheck shell=bash disable=SC2154

# Nothing of a machine's start is wanted, some of it would reach out of the
# namespaces (sysctl, modules); only the journal is.
rm -rf "$root"/lib/systemd/system/{sysinit,multi-user,timers,local-fs}.target.wants
for wants in "$root"/etc/systemd/system/*.wants/*; do
  [[ $wants == *gongkaid.service ]] || rm "$wants"
done
mkdir "$root/lib/systemd/system/sysinit.target.wants"
ln -s ../systemd-journald.service "$root/lib/systemd/system/sysinit.target.wants/"
rm -f "$root/usr/sbin/policy-rc.d"

# A group of its own in the kernel's hierarchy, which goes with the test.
cgroups=$work/cgroups
mkdir "$cgroups"
mount -t cgroup2 cgroup2 "$cgroups" || skip "this kernel has no cgroups of version 2"
group=$(mktemp -d "$cgroups/gongkai-test-XXXXXX")
init=
booting=
end_systemd() {
  [[ -z $init ]] || kill -KILL "$init" 2>/dev/null || true
  [[ -z $booting ]] || wait "$booting" 2>/dev/null || true
  find "$group" -depth -type d -exec rmdir {} \; 2>/dev/null || true
}
trap end_systemd EXIT

# As the init of a container: with a /dev of its own.
cat >"$work/init" <<'INIT'
set -e
root=$1
mount --make-rprivate /
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
mount -t tmpfs -o mode=755 dev "$root/dev"
for node in null zero full random urandom tty; do
  touch "$root/dev/$node"
  mount --bind "/dev/$node" "$root/dev/$node"
done
mkdir "$root/dev/shm" "$root/dev/pts"
ln -s /proc/self/fd "$root/dev/fd"
ln -s pts/ptmx "$root/dev/ptmx"
mount -t devpts -o newinstance,ptmxmode=666,mode=620 devpts "$root/dev/pts"
mount -t tmpfs -o mode=755 run "$root/run"
mkdir "$root/run/old"
cd "$root"
pivot_root . run/old
umount -l /run/old
exec env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
  /lib/systemd/systemd --system --unit=multi-user.target --log-target=journal --show-status=no
INIT
(
  echo "$BASHPID" >"$group/cgroup.procs"
  exec unshare --mount --pid --ipc --uts --cgroup --net --fork --kill-child \
    bash "$work/init" "$root"
) >"$work/systemd.log" 2>&1 &
booting=$!
found_init() { init=$(pgrep -P $booting) && [[ $(</proc/"$init"/comm) == systemd ]]; }
until_true found_init || fail "systemd does not run: $(<"$work/systemd.log")"
# In it: as its root, and as a member of the group gongkai.
booted() { nsenter --target "$init" --mount --pid --ipc --uts --cgroup --net env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=en_US.UTF-8 "$@"; }
member() { booted setpriv --reuid=user --regid=user --groups="$("${as_root[@]}" getent group gongkai | cut -d: -f3)" "$@"; }
property() { booted systemctl show --property="$1" --value gongkaid 2>/dev/null; }
journal() { booted journalctl --no-pager --output=cat --quiet --lines=1000; }
active() { [[ $(property ActiveState) == active ]]; }
logged() { journal | grep -c -- "$1" >/dev/null; }

until_true active || fail "the unit is not active: $(journal)"
want enabled "$(booted systemctl is-enabled gongkaid)" 'the unit at boot'
[[ $(property StatusText) == "listening on 127.0.0.1:50051, unix:"* ]] || fail "status is $(property StatusText)"
# Its own workers' sandbox holds inside of the unit's.
until_true logged 'sandbox: no-new-privileges, resource-limits, files, system-calls$' ||
  fail "the sandbox is not whole: $(journal)"
want SERVING "$(booted gongkai health --server=127.0.0.1:50051)" 'health'
member gongkai check --format=cells --server=unix:/run/gongkai/gongkaid.sock $reports \
  >"$work/served" 2>"$work/log" || true
cmp "$work/built" "$work/served" || fail "the service answers otherwise: $(<"$work/log")"
want 2 "$(status_of booted setpriv --reuid=user --regid=user --clear-groups gongkai health --server=unix:/run/gongkai/gongkaid.sock 2>/dev/null)" \
  'its Unix socket for those who are not in the group'

# What holds it.
main=$(property MainPID)
status=$(booted cat "/proc/$main/status")
want "$("${as_root[@]}" id -u gongkai)" "$(awk '/^Uid:/ { print $2 }' <<<"$status")" 'its user'
want 0000000000000000 "$(awk '/^CapBnd:/ { print $2 }' <<<"$status")" 'its capabilities'
want '1 2' "$(awk '/^NoNewPrivs:/ { n = $2 } /^Seccomp:/ { print n, $2 }' <<<"$status")" 'its filter'
inside() { booted nsenter --target "$main" --mount "$@"; }
for program in /bin/sh /usr/bin/gongkai; do
  [[ $(status_of inside "$program" --version 2>/dev/null) == 126 ]] || fail "it could run $program"
done
writable=$(booted awk '$6 ~ /(^|,)rw(,|$)/ && $5 !~ "^/(dev|proc)(/|$)" { print $5 }' "/proc/$main/mountinfo" | sort | tr '\n' ' ')
want '/run/gongkai /tmp /usr/bin/gongkai-worker /usr/bin/gongkaid /usr/lib /usr/lib64 /var/tmp ' \
  "$writable" 'what is not mounted read-only'
want '' "$(booted setpriv --reuid=gongkai --regid=gongkai --clear-groups find /usr -writable -not -type l)" \
  'what it could write to below /usr'
# It sees what its workers take, though other processes are hidden from it.
booted ls -l "/proc/$main/fd" | grep -q /statm || fail "it does not see its workers' memory"

booted systemctl reload gongkaid || fail "reload: $(journal)"
until_true logged 'every worker has been replaced' || fail "reload: $(journal)"
active || fail "not active after a reload: $(journal)"

# One that dies comes back; one with a wrong setting does not try for ever.
booted systemctl kill --kill-who=main --signal=KILL gongkaid
replaced() {
  local state
  state=$(booted systemctl show --property=ActiveState,MainPID gongkaid)
  [[ $state == *ActiveState=active* && $state =~ MainPID=[1-9] && $state != *"MainPID=$main"* ]]
}
until_true replaced || fail "it does not come back: $(journal)"
want 1 "$(property NRestarts)" 'restarts'
# What the administrator wrote stays, and a new edition is running at the end.
echo '--no_such_flag' >>"$root/etc/gongkai/gongkaid.flags"
[[ $(status_of booted systemctl restart gongkaid 2>/dev/null) != 0 ]] || fail "a wrong setting is taken"
want "failed 2 0" "$(property ActiveState) $(property ExecMainStatus) $(property NRestarts)" 'the unit with a wrong setting'
sed -i 's/^--no_such_flag$/--drain_delay=1s/' "$root/etc/gongkai/gongkaid.flags"
booted systemctl start gongkaid
main=$(property MainPID)
booted dpkg --install "/$deb" >"$work/log" 2>&1 || fail "an upgrade: $(<"$work/log")"
until_true replaced || fail "the upgrade does not run: $(journal)"
grep -q '^--drain_delay=1s$' "$root/etc/gongkai/gongkaid.flags" || fail "the upgrade has overwritten the settings"

# An answer is given before it ends, and the end is a good one.
booted systemctl stop gongkaid
want 'inactive success 0' "$(property ActiveState) $(property Result) $(property ExecMainStatus)" 'the end'
logged 'stopping; accepted documents' || fail "no drain: $(journal)"
booted systemctl start gongkaid
active || fail "not active again"
booted dpkg --remove gongkai >"$work/log" 2>&1 || fail "removal: $(<"$work/log")"
want '' "$(pgrep gongkai || true)" 'processes after the removal'

end_systemd
trap - EXIT
