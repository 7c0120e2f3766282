// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// What a worker that a document has taken over can still do: each way to do
// harm in a process of its own, and how the kernel answers.

#include "worker/sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/worker/sandbox/outer_filter.h"

namespace gongkai::sandbox {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// What a process that was started to misbehave can tell.
struct Shared {
  char missing[1024];
  int layers;
};

class SandboxTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!kPossible) GTEST_SKIP() << "no sandbox in builds with a sanitizer";
    directory_ = std::filesystem::path(testing::TempDir()) /
                 absl::StrCat("sandbox_test-", getpid());
    std::filesystem::create_directories(directory_);
    std::ofstream(directory_ / "file") << "text";
    shared_ = static_cast<Shared*>(mmap(nullptr, sizeof(Shared),
                                        PROT_READ | PROT_WRITE,
                                        MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    options_.max_cpu_seconds = 1;
  }

  void TearDown() override {
    if (shared_ == nullptr) return;
    munmap(shared_, sizeof(Shared));
    std::filesystem::remove_all(directory_);
  }

  std::string Path(const char* name) { return (directory_ / name).string(); }

  // How a process ends that enters the sandbox and does this: "done",
  // "refused", or "killed by N".
  std::string EndOf(absl::FunctionRef<bool()> misdeed) {
    const pid_t pid = fork();
    if (pid == 0) {
      if (!taken_away_.empty() && !TakeAway(taken_away_, error_)) _exit(9);
      const Sandbox sandbox = EnterSandbox(options_);
      shared_->layers = static_cast<int>(sandbox.layers.size());
      std::string missing;
      for (const std::string& each : sandbox.missing) {
        absl::StrAppend(&missing, each, "\n");
      }
      strncpy(shared_->missing, missing.c_str(), sizeof(Shared::missing) - 1);
      _exit(misdeed() ? 0 : 1);
    }
    int status = 0;
    if (waitpid(pid, &status, 0) != pid) return "lost";
    if (WIFSIGNALED(status)) {
      return absl::StrCat("killed by ", WTERMSIG(status));
    }
    const int code = WEXITSTATUS(status);
    if (code == 0) return "done";
    return code == 1 ? "refused" : absl::StrCat("exit code ", code);
  }

  // Of the last EndOf().
  std::string missing() const { return shared_->missing; }

  void ExpectKilled(const char* what, absl::FunctionRef<bool()> misdeed) {
    EXPECT_EQ(EndOf(misdeed), absl::StrCat("killed by ", SIGSYS)) << what;
  }

  // The same by the number of a system call, which need not have its right
  // arguments: it is stopped before they are looked at.
  void ExpectKilled(const char* what, long call) {
    ExpectKilled(what, [call] { return syscall(call, 0, 0, 0, 0, 0) == 0; });
  }

  static bool Reads(const std::string& path) {
    const int fd = open(path.c_str(), O_RDONLY);
    char byte;
    return fd >= 0 && read(fd, &byte, 1) == 1;
  }

  SandboxOptions options_;
  // A layer that the machine lacks, and how it says so.
  std::string taken_away_;
  int error_ = 0;
  std::filesystem::path directory_;
  Shared* shared_ = nullptr;
};

TEST_F(SandboxTest, LetsAProcessComputeAnswerAndEnd) {
  EXPECT_EQ(EndOf([] {
              std::string text;
              for (int i = 0; i < 1'000'000; ++i) absl::StrAppend(&text, i);
              timespec now;
              clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
              return !text.empty();
            }),
            "done");
  EXPECT_EQ(shared_->layers, 4) << shared_->missing;
  EXPECT_EQ(EndOf([]() -> bool { abort(); }),
            absl::StrCat("killed by ", SIGABRT));
}

TEST_F(SandboxTest, OpensNoFile) {
  EXPECT_EQ(EndOf([] { return Reads("/etc/passwd"); }), "refused");
  EXPECT_EQ(EndOf([] { return Reads("/proc/self/maps"); }), "refused");
  EXPECT_EQ(EndOf([&] { return Reads(Path("file")); }), "refused");
  EXPECT_EQ(EndOf([] { return open("/", O_RDONLY) >= 0; }), "refused");
}

TEST_F(SandboxTest, OpensTheFilesItIsGivenForReading) {
  options_.readable_directories = {directory_.string(), "/nonexistent"};
  EXPECT_EQ(EndOf([&] { return Reads(Path("file")); }), "done");
  EXPECT_EQ(EndOf([] { return Reads("/etc/passwd"); }), "refused");
  EXPECT_EQ(EndOf([&] { return Reads(Path("../../etc/passwd")); }), "refused");
  ExpectKilled("read-write",
               [&] { return open(Path("file").c_str(), O_RDWR) >= 0; });
  ExpectKilled("a list of files", [&] {
    const int fd = open(directory_.c_str(), O_RDONLY | O_CLOEXEC);
    char entries[1024];
    return syscall(SYS_getdents64, fd, entries, sizeof(entries)) > 0;
  });
}

TEST_F(SandboxTest, WritesNoFile) {
  options_.readable_directories = {directory_.string()};
  const std::string file = Path("new");
  ExpectKilled("create", [&] { return creat(file.c_str(), 0600) >= 0; });
  ExpectKilled("open to write", [&] {
    return open(file.c_str(), O_WRONLY | O_CREAT, 0600) >= 0;
  });
  ExpectKilled("open without a name", [&] {
    return open(directory_.c_str(), O_TMPFILE | O_RDWR, 0600) >= 0;
  });
  ExpectKilled("delete", [&] { return unlink(Path("file").c_str()) == 0; });
  ExpectKilled("rename",
               [&] { return rename(Path("file").c_str(), file.c_str()) == 0; });
  ExpectKilled("make a directory",
               [&] { return mkdir(file.c_str(), 0700) == 0; });
  ExpectKilled("link",
               [&] { return symlink("/etc/passwd", file.c_str()) == 0; });
  ExpectKilled("chmod", [&] { return chmod(Path("file").c_str(), 0) == 0; });
  ExpectKilled("truncate",
               [&] { return truncate(Path("file").c_str(), 0) == 0; });
  ExpectKilled("memfd_create", SYS_memfd_create);
  ExpectKilled("openat2", SYS_openat2);
  ExpectKilled("ask about a file", [&] {
    struct stat status;
    return stat(Path("file").c_str(), &status) == 0;
  });
  EXPECT_FALSE(std::filesystem::exists(file));
  EXPECT_EQ(std::filesystem::file_size(Path("file")), 4u);
}

TEST_F(SandboxTest, HasNoNetwork) {
  for (const int family : {AF_INET, AF_INET6, AF_UNIX, AF_NETLINK, AF_PACKET}) {
    ExpectKilled("socket", [&] { return socket(family, SOCK_STREAM, 0) >= 0; });
  }
  ExpectKilled("socketpair", SYS_socketpair);
  ExpectKilled("connect", SYS_connect);
  ExpectKilled("bind", SYS_bind);
  ExpectKilled("accept", SYS_accept4);
}

TEST_F(SandboxTest, StartsNoProcessAndNoThread) {
  ExpectKilled("fork", [] { return fork() >= 0; });
  ExpectKilled("vfork", SYS_vfork);
  ExpectKilled("clone3", SYS_clone3);
  ExpectKilled("thread", [] {
    pthread_t thread;
    return pthread_create(
               &thread, nullptr, [](void*) -> void* { return nullptr; },
               nullptr) == 0;
  });
  ExpectKilled("exec", [] {
    execl("/bin/true", "true", nullptr);
    return false;
  });
  ExpectKilled("execveat", SYS_execveat);
}

TEST_F(SandboxTest, ReachesNoOtherProcess) {
  const pid_t test = getpid();
  ExpectKilled("kill", [&] { return kill(test, 0) == 0; });
  ExpectKilled("tgkill",
               [&] { return syscall(SYS_tgkill, test, test, SIGABRT) == 0; });
  ExpectKilled("kill all", [] { return kill(-1, 0) == 0; });
  ExpectKilled("pidfd_open", SYS_pidfd_open);
  ExpectKilled("ptrace", [&] {
    return ptrace(PTRACE_ATTACH, test, nullptr, nullptr) == 0;
  });
  ExpectKilled("process_vm_readv", [&] {
    char byte;
    const iovec here = {&byte, 1};
    const iovec there = {shared_, 1};
    return process_vm_readv(test, &here, 1, &there, 1, 0) == 1;
  });
  ExpectKilled("process_vm_writev", SYS_process_vm_writev);
  ExpectKilled("CPU time of another process", [&] {
    timespec now;
    return clock_gettime((~static_cast<clockid_t>(test) << 3) | 2, &now) == 0;
  });
  ExpectKilled("shared memory", SYS_shmget);
  ExpectKilled("message queue", SYS_mq_open);
}

TEST_F(SandboxTest, RunsNoNewCode) {
  ExpectKilled("mmap", [] {
    return mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
  });
  ExpectKilled("mmap of a file", [] {
    return mmap(nullptr, 4096, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0) !=
           MAP_FAILED;
  });
  ExpectKilled("mprotect", [&] {
    return mprotect(shared_, sizeof(Shared), PROT_READ | PROT_EXEC) == 0;
  });
}

TEST_F(SandboxTest, ChangesNothingOfTheSystem) {
  ExpectKilled("mount",
               [] { return mount("none", "/mnt", "tmpfs", 0, nullptr) == 0; });
  ExpectKilled("unshare", SYS_unshare);
  ExpectKilled("setns", SYS_setns);
  ExpectKilled("chroot", SYS_chroot);
  ExpectKilled("bpf", SYS_bpf);
  ExpectKilled("io_uring", SYS_io_uring_setup);
  ExpectKilled("perf_event_open", SYS_perf_event_open);
  ExpectKilled("userfaultfd", SYS_userfaultfd);
  ExpectKilled("add_key", SYS_add_key);
  ExpectKilled("setuid", SYS_setuid);
  ExpectKilled("reboot", SYS_reboot);
  ExpectKilled("ioctl", [] { return ioctl(STDIN_FILENO, TIOCSTI, "x") == 0; });
  ExpectKilled("sleep", [] { return usleep(1) == 0; });
}

TEST_F(SandboxTest, CannotGetOut) {
  ExpectKilled("outlive its parent",
               [] { return prctl(PR_SET_PDEATHSIG, 0) == 0; });
  ExpectKilled("raise a limit", [] {
    const rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
    return setrlimit(RLIMIT_CPU, &limit) == 0;
  });
  ExpectKilled("a filter of its own", SYS_seccomp);
  ExpectKilled("catch signals",
               [] { return signal(SIGSYS, [](int) {}) != SIG_ERR; });
#ifdef __x86_64__
  // Ways around a filter that knows this architecture's numbers only.
  ExpectKilled("x32", [] { return syscall(0x40000000 + SYS_getpid) >= 0; });
  EXPECT_THAT(EndOf([] {
                long result = 20;  // getpid of i386
                asm volatile("int $0x80" : "+a"(result) : : "memory");
                return result > 0;
              }),
              // Of a kernel that does not know i386: SIGSEGV.
              testing::AnyOf(absl::StrCat("killed by ", SIGSYS),
                             absl::StrCat("killed by ", SIGSEGV)));
#endif
}

TEST_F(SandboxTest, UsesItsDescriptorsForNothingElse) {
  ExpectKilled("duplicate", SYS_dup);
  ExpectKilled("fcntl", [] { return fcntl(STDIN_FILENO, F_GETFL) >= 0; });
  ExpectKilled("write elsewhere",
               [] { return write(STDOUT_FILENO, "x", 1) == 1; });
  ExpectKilled("send on another", [] {
    msghdr message = {};
    return sendmsg(STDOUT_FILENO, &message, MSG_NOSIGNAL) >= 0;
  });
  ExpectKilled("send out of band", [&] {
    msghdr message = {};
    return sendmsg(options_.socket, &message, MSG_NOSIGNAL | MSG_OOB) >= 0;
  });
  ExpectKilled("wait on a futex", [] {
    uint32_t word = 0;
    return syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 0, nullptr) == 0;
  });
  const int secret = open(Path("file").c_str(), O_RDONLY);
  ASSERT_GT(secret, options_.socket - 1);
  options_.socket = secret - 1;
  EXPECT_EQ(EndOf([&] {
              char byte;
              return read(secret, &byte, 1) == 1;
            }),
            "refused")
      << "descriptors that are not its own are closed";
  close(secret);
}

TEST_F(SandboxTest, KeepsItsLimits) {
  options_.readable_directories = {directory_.string()};
  EXPECT_EQ(EndOf([&] {
              for (int i = 0; i < 1000; ++i) {
                if (!Reads(Path("file"))) return false;
              }
              return true;
            }),
            "refused")
      << "descriptors";
  EXPECT_EQ(EndOf([]() -> bool {
              volatile unsigned count = 0;
              while (true) count = count + 1;
            }),
            absl::StrCat("killed by ", SIGKILL))
      << "CPU time";
}

// One layer is gone, and the others hold.
TEST_F(SandboxTest, SaysWhichLayerIsMissingAndTheCure) {
  taken_away_ = "landlock";
  error_ = ENOSYS;
  EXPECT_EQ(EndOf([] { return true; }), "done");
  EXPECT_EQ(shared_->layers, 3);
  EXPECT_THAT(missing(), HasSubstr("files: this kernel has no Landlock; "
                                   "run Linux 5.13 or later"));
  error_ = EOPNOTSUPP;
  EXPECT_EQ(EndOf([] { return true; }), "done");
  EXPECT_THAT(missing(), HasSubstr("add landlock to lsm="));
  error_ = EPERM;
  EXPECT_EQ(EndOf([] { return Reads("/etc/passwd"); }), "done");
  EXPECT_THAT(missing(),
              HasSubstr("the container's seccomp profile forbids Landlock"));
  ExpectKilled("write", [&] { return creat(Path("new").c_str(), 0600) >= 0; });

  taken_away_ = "seccomp";
  EXPECT_EQ(EndOf([] { return Reads("/etc/passwd"); }), "refused");
  EXPECT_EQ(shared_->layers, 3);
  EXPECT_THAT(missing(),
              HasSubstr("system-calls: the container's seccomp profile forbids "
                        "filters of its own"));
  EXPECT_EQ(EndOf([&] { return creat(Path("new").c_str(), 0600) >= 0; }),
            "refused");
  error_ = ENOSYS;
  EXPECT_EQ(EndOf([] { return true; }), "done");
  EXPECT_THAT(missing(), HasSubstr("CONFIG_SECCOMP_FILTER"));
}

TEST(SandboxOfASanitizedBuild, SaysThatItIsLeftOut) {
  if (kPossible) GTEST_SKIP() << "this build has a sandbox";
  const Sandbox sandbox = EnterSandbox({});
  EXPECT_THAT(sandbox.layers, ElementsAre(v1::SANDBOX_LAYER_NO_NEW_PRIVILEGES));
  ASSERT_EQ(sandbox.missing.size(), 3u);
  EXPECT_THAT(sandbox.missing[2],
              HasSubstr("system-calls: left out, for this is a build with a "
                        "sanitizer"));
}

}  // namespace
}  // namespace gongkai::sandbox
