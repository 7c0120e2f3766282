// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/worker/sandbox/outer_filter.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>

namespace gongkai::sandbox {

bool TakeAway(std::string_view layer, int error) {
  const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  if (filter == nullptr) return false;
  const uint32_t fails = SCMP_ACT_ERRNO(static_cast<uint32_t>(error));
  bool good = true;
  if (layer == "landlock") {
    for (const int call :
         {SCMP_SYS(landlock_create_ruleset), SCMP_SYS(landlock_add_rule),
          SCMP_SYS(landlock_restrict_self)}) {
      good = good && seccomp_rule_add(filter, fails, call, 0) == 0;
    }
  } else {
    good = seccomp_rule_add(filter, fails, SCMP_SYS(seccomp), 0) == 0 &&
           seccomp_rule_add(filter, fails, SCMP_SYS(prctl), 1,
                            SCMP_A0_32(SCMP_CMP_EQ, PR_SET_SECCOMP)) == 0;
  }
  good = good && seccomp_load(filter) == 0;
  seccomp_release(filter);
  return good;
}

bool EnterContainer() {
  const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  if (filter == nullptr) return false;
  const uint32_t refused = SCMP_ACT_ERRNO(EPERM);
  bool good = true;
  // Of what is left out of the profiles' lists, that which a program might try.
  // io_uring was taken from them in 2023.
  for (const char* name : {"acct",
                           "add_key",
                           "bpf",
                           "chroot",
                           "clock_settime",
                           "delete_module",
                           "fanotify_init",
                           "finit_module",
                           "fsconfig",
                           "fsmount",
                           "fsopen",
                           "fspick",
                           "get_mempolicy",
                           "init_module",
                           "io_uring_enter",
                           "io_uring_register",
                           "io_uring_setup",
                           "ioperm",
                           "iopl",
                           "kcmp",
                           "kexec_file_load",
                           "kexec_load",
                           "keyctl",
                           "lookup_dcookie",
                           "mbind",
                           "migrate_pages",
                           "mount",
                           "mount_setattr",
                           "move_mount",
                           "move_pages",
                           "nfsservctl",
                           "open_by_handle_at",
                           "open_tree",
                           "perf_event_open",
                           "pidfd_getfd",
                           "pivot_root",
                           "process_madvise",
                           "quotactl",
                           "quotactl_fd",
                           "reboot",
                           "request_key",
                           "set_mempolicy",
                           "setdomainname",
                           "sethostname",
                           "setns",
                           "settimeofday",
                           "swapoff",
                           "swapon",
                           "sysfs",
                           "syslog",
                           "umount2",
                           "unshare",
                           "uselib",
                           "userfaultfd",
                           "ustat",
                           "vhangup"}) {
    const int call = seccomp_syscall_resolve_name(name);
    // An older library does not know the newest.
    if (call == __NR_SCMP_ERROR) continue;
    good = good && seccomp_rule_add(filter, refused, call, 0) == 0;
  }
  // Neither may make namespaces, of which clone3 keeps its arguments in memory,
  // where no filter sees them: the C library then takes clone.
  for (const uint64_t space :
       {CLONE_NEWCGROUP, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWNS, CLONE_NEWPID,
        CLONE_NEWUSER, CLONE_NEWUTS}) {
    good = good &&
           seccomp_rule_add(filter, refused, SCMP_SYS(clone), 1,
                            SCMP_A0_64(SCMP_CMP_MASKED_EQ, space, space)) == 0;
  }
  good = good &&
         seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3),
                          0) == 0 &&
         seccomp_load(filter) == 0;
  seccomp_release(filter);
  return good;
}

}  // namespace gongkai::sandbox
