// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/worker_process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <utility>

// glibc 2.36 forgets to say that these are C.
extern "C" {
#include <sys/pidfd.h>
}

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "worker/ipc/worker_loop.h"

extern char** environ;

namespace gongkai::service {
namespace {

// Descriptors of ours that a worker inherits are moved to numbers from here
// up, out of the way of those that it expects.
constexpr int kFirstFreeFd = 16;

// What a socket may hold each way: a full reach of ordinary jobs. The kernel
// gives less if its own limit is lower.
constexpr int kSocketBufferBytes = 1 << 20;

absl::Status SystemError(const char* what) {
  return absl::ErrnoToStatus(errno, what);
}

// A pipe or socket pair: ours close-on-exec and non-blocking, theirs
// close-on-exec and above kFirstFreeFd.
struct Ends {
  ipc::UniqueFd ours;
  ipc::UniqueFd theirs;
};

absl::StatusOr<Ends> Finish(int ours, int theirs) {
  Ends ends{ipc::UniqueFd(ours), ipc::UniqueFd()};
  const ipc::UniqueFd low(theirs);
  ends.theirs = ipc::UniqueFd(fcntl(low.get(), F_DUPFD_CLOEXEC, kFirstFreeFd));
  if (!ends.theirs) return SystemError("fcntl");
  if (fcntl(ours, F_SETFL, O_NONBLOCK) != 0) return SystemError("fcntl");
  return ends;
}

absl::StatusOr<Ends> MakeSocketPair() {
  int fds[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0) {
    return SystemError("socketpair");
  }
  for (const int fd : fds) {
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &kSocketBufferBytes,
               sizeof(kSocketBufferBytes));
  }
  return Finish(fds[0], fds[1]);
}

absl::StatusOr<Ends> MakePipe() {
  int fds[2];
  if (pipe2(fds, O_CLOEXEC) != 0) return SystemError("pipe");
  return Finish(fds[0], fds[1]);
}

// What a worker gets of the environment: nothing that could be a secret.
constexpr const char* kEnvironment[] = {
    // Where the loader finds libraries.
    "LD_LIBRARY_PATH=",
    // For builds with a sanitizer.
    "ASAN_OPTIONS=", "LSAN_OPTIONS=", "TSAN_OPTIONS=", "UBSAN_OPTIONS="};

std::vector<char*> WorkerEnvironment() {
  std::vector<char*> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    for (const char* name : kEnvironment) {
      if (std::strncmp(*variable, name, std::strlen(name)) == 0) {
        variables.push_back(*variable);
      }
    }
  }
  variables.push_back(nullptr);
  return variables;
}

// The owning type of posix_spawn's two descriptions.
class SpawnPlan {
 public:
  SpawnPlan() {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  posix_spawn_file_actions_t* actions() { return &actions_; }
  posix_spawnattr_t* attributes() { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

}  // namespace

std::string ProcessExit::ToString() const {
  if (!by_signal) return absl::StrCat("exit code ", code);
  return absl::StrCat("signal ", code, " (", strsignal(code),
                      // Nothing else sends it.
                      code == SIGSYS ? ", which the sandbox forbids" : "", ")");
}

absl::StatusOr<std::unique_ptr<WorkerProcess>> WorkerProcess::Start(
    const std::string& program, const std::vector<std::string>& arguments,
    size_t slot_bytes) {
  absl::StatusOr<Ends> socket = MakeSocketPair();
  if (!socket.ok()) return socket.status();
  absl::StatusOr<Ends> standard_error = MakePipe();
  if (!standard_error.ok()) return standard_error.status();
  absl::StatusOr<ipc::WritableSlots> slots =
      ipc::WritableSlots::Create(slot_bytes);
  if (!slots.ok()) return slots.status();
  const ipc::UniqueFd slots_fd(
      fcntl(slots->fd(), F_DUPFD_CLOEXEC, kFirstFreeFd));
  if (!slots_fd) return SystemError("fcntl");

  SpawnPlan plan;
  posix_spawn_file_actions_t* actions = plan.actions();
  posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDWR, 0);
  posix_spawn_file_actions_addopen(actions, 1, "/dev/null", O_RDWR, 0);
  posix_spawn_file_actions_adddup2(actions, standard_error->theirs.get(), 2);
  posix_spawn_file_actions_adddup2(actions, socket->theirs.get(),
                                   ipc::kWorkerSocketFd);
  posix_spawn_file_actions_adddup2(actions, slots_fd.get(),
                                   ipc::kWorkerSlotsFd);
  posix_spawn_file_actions_addclosefrom_np(actions, ipc::kWorkerSlotsFd + 1);
  sigset_t none;
  sigset_t all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(plan.attributes(), &none);
  posix_spawnattr_setsigdefault(plan.attributes(), &all);
  posix_spawnattr_setpgroup(plan.attributes(), 0);
  posix_spawnattr_setflags(plan.attributes(), POSIX_SPAWN_SETSIGMASK |
                                                  POSIX_SPAWN_SETSIGDEF |
                                                  POSIX_SPAWN_SETPGROUP);

  std::vector<char*> argv;
  argv.push_back(const_cast<char*>(program.c_str()));
  for (const std::string& argument : arguments) {
    argv.push_back(const_cast<char*>(argument.c_str()));
  }
  argv.push_back(nullptr);

  auto process = std::unique_ptr<WorkerProcess>(new WorkerProcess());
  if (const int error = posix_spawn(&process->pid_, program.c_str(), actions,
                                    plan.attributes(), argv.data(),
                                    WorkerEnvironment().data());
      error != 0) {
    process->pid_ = -1;
    return absl::ErrnoToStatus(error, absl::StrCat("cannot run ", program));
  }
  process->socket_ = std::move(socket->ours);
  process->standard_error_ = std::move(standard_error->ours);
  process->slots_ = *std::move(slots);
  process->pidfd_ = ipc::UniqueFd(pidfd_open(process->pid_, 0));
  // Opened now: where /proc hides what a user may not trace (hidepid, as under
  // systemd's ProtectProc=invisible), it does so once the worker has made
  // itself unreadable.
  process->memory_ = ipc::UniqueFd(
      open(absl::StrCat("/proc/", process->pid_, "/statm").c_str(),
           O_RDONLY | O_CLOEXEC));
  // ~WorkerProcess ends the process if this fails.
  if (!process->pidfd_) return SystemError("pidfd_open");
  return process;
}

WorkerProcess::~WorkerProcess() {
  if (pid_ < 0 || reaped_) return;
  Kill();
  Reap();
}

void WorkerProcess::Kill() {
  // Not reaped yet, so that the number cannot belong to another process.
  if (!reaped_) kill(pid_, SIGKILL);
}

void WorkerProcess::CloseInput() { shutdown(socket_.get(), SHUT_WR); }

bool WorkerProcess::WasStopped() {
  siginfo_t info = {};
  return !reaped_ &&
         waitid(P_PID, static_cast<id_t>(pid_), &info,
                WSTOPPED | WCONTINUED | WNOHANG) == 0 &&
         info.si_pid == pid_;
}

std::chrono::nanoseconds WorkerProcess::CpuTime() const {
  clockid_t clock;
  timespec time;
  if (clock_getcpuclockid(pid_, &clock) != 0 ||
      clock_gettime(clock, &time) != 0) {
    return std::chrono::nanoseconds(-1);
  }
  return std::chrono::seconds(time.tv_sec) +
         std::chrono::nanoseconds(time.tv_nsec);
}

int64_t WorkerProcess::PrivateBytes() const {
  char text[128] = "";
  if (pread(memory_.get(), text, sizeof(text) - 1, 0) <= 0) return -1;
  // Pages: all, resident, shared, …
  long long resident = 0;
  long long shared = 0;
  if (sscanf(text, "%*d %lld %lld", &resident, &shared) != 2) return -1;
  return (resident - shared) * sysconf(_SC_PAGESIZE);
}

ProcessExit WorkerProcess::Reap() {
  siginfo_t info = {};
  while (waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED) != 0) {
    // ECHILD: the program around us ignores SIGCHLD and the kernel has thrown
    // the status away.
    if (errno != EINTR) break;
  }
  reaped_ = true;
  ProcessExit exit;
  exit.by_signal = info.si_code == CLD_KILLED || info.si_code == CLD_DUMPED;
  exit.code = info.si_status;
  return exit;
}

}  // namespace gongkai::service
