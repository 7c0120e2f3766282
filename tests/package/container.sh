# The part of install_test.sh that does what the last stage of the Containerfile
# says, in a copy of the root, and runs the result as a container is run: not as
# root, without a shell, with a root that nobody can write to; to be sourced.
# shellcheck shell=bash disable=SC2154

image=$work/image
mkdir "$image"
mount -t tmpfs -o mode=755,size=2g image "$image"
cp -a --one-file-system "$root/." "$image/"
mount -t proc proc "$image/proc"

# instruction NAME: the arguments of the last one of this name, on one line.
instruction() {
  sed -n '/^#/d; /\\$/{:a; N; /\\$/ba; s/\\\n//g}; p' "$GONGKAI_SOURCE_DIR/deploy/Containerfile" |
    sed -n "s/^$1 *//p" | tail -1 | tr -s ' '
}
# words NAME: those of the exec form, ["a", "b"], one a line.
words() {
  [[ $(instruction "$1") =~ (\[\".*\"\]) ]] || fail "$1 has no exec form, and wants a shell"
  tr -d '[]"' <<<"${BASH_REMATCH[1]}" | tr ',' '\n' | tr -d ' '
}

run=$(instruction RUN)
mounts='--mount=type=bind,from=build,source=/src/build/package,target=/package '
[[ $run == "$mounts"* ]] || fail "the package is not where the Containerfile mounts it: $run"
mkdir "$image/package" "$image/cache"
cp "$work"/package/*.deb "$image/package/"
mount --bind "$cache" "$image/cache"
echo 'Dir::Cache::Archives "/cache";' >"$image/etc/apt/apt.conf.d/91cache"
chroot "$image" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive \
  /bin/sh -c "${run#"$mounts"}" >"$work/log" 2>&1 || fail "RUN: $(tail "$work/log")"
want '' "$(find "$image/var/lib/apt/lists" "$image/var/log" -mindepth 1)" 'lists and logs in the image'

user=$(instruction USER)
[[ $user =~ ^[1-9][0-9]*:[1-9][0-9]*$ ]] || fail "USER is not a number above 0: $user"
want "$user" "$(chroot "$image" id -u gongkai):$(chroot "$image" id -g gongkai)" "the package's user"
mapfile -t entry < <(words ENTRYPOINT)
mapfile -t check < <(words HEALTHCHECK)
umount "$image/cache"
rm "$image"/bin/{sh,bash,dash}
mount -o remount,bind,ro "$image"
# With a network of its own, as its port is.
unshare --net sh -c 'ip link set lo up && exec sleep infinity' &
network=$!
container=(nsenter --target "$network" --net chroot --userspec="$user" "$image" env -i PATH=/usr/bin)
looped() { [[ $(nsenter --target "$network" --net ip -o link show lo) == *UP* ]]; }
until_true looped || fail "no network of its own"
"${container[@]}" "${entry[@]}" 2>"$work/container.log" &
server=$!
serving() { "${container[@]}" "${check[@]}" >"$work/log" 2>&1; }
until_true serving || fail "HEALTHCHECK: $(<"$work/log") $(<"$work/container.log")"
grep -q 'sandbox: no-new-privileges, resource-limits, files, system-calls$' "$work/container.log" ||
  fail "the sandbox is not whole: $(<"$work/container.log")"
# Its own reports: there is no other file in it.
want 1 "$(status_of "${container[@]}" gongkai check --server=127.0.0.1:50051 \
  /usr/share/doc/gongkai/examples/reports/songyuan-county-2022-row-sum.txt 2>/dev/null)" 'a report with an error'
kill -TERM "$server"
wait "$server" || fail "the container ended with $? after SIGTERM: $(<"$work/container.log")"
kill "$network"
wait "$network" 2>/dev/null || true
umount -R "$image"
