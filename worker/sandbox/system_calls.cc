// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/sandbox/system_calls.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cstdint>
#include <memory>
#include <vector>

namespace gongkai::sandbox {
namespace {

struct Release {
  void operator()(void* filter) const { seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, Release>;

// A system call that is allowed where all of these hold of its arguments.
struct Allowed {
  int call;
  std::vector<scmp_arg_cmp> arguments = {};
};

constexpr scmp_datum_t Without(int bits) {
  return ~static_cast<uint32_t>(bits);
}

// The whole list. What stands here without a condition acts only on what the
// process has already. Found by running every format under strace, and by what
// the C library does on its way to abort().
std::vector<Allowed> List(int socket) {
  const auto own = static_cast<scmp_datum_t>(getpid());
  const auto channel = static_cast<scmp_datum_t>(socket);
  return {
      // Jobs come by read() and answers go by sendmsg(), on the one socket. Out
      // of band data, flags and descriptors of other kinds have no use here.
      {SCMP_SYS(read)},
      {SCMP_SYS(sendmsg),
       {SCMP_A0_32(SCMP_CMP_EQ, channel),
        SCMP_A2_32(SCMP_CMP_EQ, MSG_NOSIGNAL)}},

      // Memory: more of it, less of it. Nothing becomes executable, no file is
      // mapped, and no right to a page changes.
      {SCMP_SYS(brk)},
      {SCMP_SYS(mmap),
       {SCMP_A2_32(SCMP_CMP_MASKED_EQ, Without(PROT_READ | PROT_WRITE), 0),
        SCMP_A3_32(SCMP_CMP_EQ, MAP_PRIVATE | MAP_ANONYMOUS)}},
      {SCMP_SYS(munmap)},
      {SCMP_SYS(mremap), {SCMP_A3_32(SCMP_CMP_EQ, MREMAP_MAYMOVE)}},
      // qsort() asks how much memory the machine has.
      {SCMP_SYS(sysinfo)},

      // The tables of Chinese encodings that a PDF file refers to, as the C
      // library's streams read them. Landlock says which files can be opened;
      // what asks about a path instead of a descriptor is not allowed.
      {SCMP_SYS(openat),
       {SCMP_A2_32(SCMP_CMP_MASKED_EQ, Without(O_CLOEXEC), O_RDONLY)}},
      {SCMP_SYS(newfstatat), {SCMP_A3_32(SCMP_CMP_EQ, AT_EMPTY_PATH)}},
      {SCMP_SYS(fstat)},
      {SCMP_SYS(lseek)},
      {SCMP_SYS(close)},

      // Time, where the kernel's page of clocks has no answer: CPU time never
      // is there. Clocks of other processes have other numbers.
      {SCMP_SYS(clock_gettime), {SCMP_A0_32(SCMP_CMP_LE, CLOCK_BOOTTIME)}},
      {SCMP_SYS(gettimeofday)},

      // std::call_once wakes those who wait, of whom there are none.
      {SCMP_SYS(futex),
       {SCMP_A1_32(SCMP_CMP_EQ, FUTEX_WAKE | FUTEX_PRIVATE_FLAG)}},

      // Its end, with a word on why: by itself, and by abort().
      {SCMP_SYS(write), {SCMP_A0_32(SCMP_CMP_EQ, STDERR_FILENO)}},
      {SCMP_SYS(writev), {SCMP_A0_32(SCMP_CMP_EQ, STDERR_FILENO)}},
      {SCMP_SYS(exit_group)},
      {SCMP_SYS(rt_sigprocmask)},
      {SCMP_SYS(getpid)},
      {SCMP_SYS(gettid)},
      {SCMP_SYS(tgkill),
       {SCMP_A0_32(SCMP_CMP_EQ, own), SCMP_A1_32(SCMP_CMP_EQ, own),
        SCMP_A2_32(SCMP_CMP_EQ, SIGABRT)}},
  };
}

absl::Status Missing(int error) {
  const char* cure =
      "this kernel has no filter of system calls; run one built with "
      "CONFIG_SECCOMP_FILTER";
  if (error == EPERM || error == EACCES) {
    cure =
        "the container's seccomp profile forbids filters of its own; allow "
        "seccomp and prctl in it";
  }
  return absl::ErrnoToStatus(error, cure);
}

}  // namespace

absl::Status RestrictSystemCalls(int socket) {
  // Without it the library says of nothing why.
  const uint32_t kill = SECCOMP_RET_KILL_PROCESS;
  if (syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &kill) != 0) {
    return Missing(errno);
  }
  const Filter filter(seccomp_init(SCMP_ACT_KILL_PROCESS));
  if (filter == nullptr) return absl::InternalError("seccomp_init");
  // Calls by the numbers of another architecture that the kernel knows too.
  seccomp_attr_set(filter.get(), SCMP_FLTATR_ACT_BADARCH,
                   SCMP_ACT_KILL_PROCESS);
  for (const Allowed& allowed : List(socket)) {
    if (const int error = seccomp_rule_add_array(
            filter.get(), SCMP_ACT_ALLOW, allowed.call,
            static_cast<unsigned>(allowed.arguments.size()),
            allowed.arguments.data());
        error != 0) {
      return absl::ErrnoToStatus(-error, "seccomp_rule_add");
    }
  }
  // The library makes one error of most; the kernel's is in errno.
  errno = 0;
  if (seccomp_load(filter.get()) != 0) return Missing(errno);
  return absl::OkStatus();
}

}  // namespace gongkai::sandbox
