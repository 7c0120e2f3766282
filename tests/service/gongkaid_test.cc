// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// gongkaid as an operator sees it: what it prints and how it ends.

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/service/daemon.h"
#include "worker/ipc/unique_fd.h"

namespace gongkai::service {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

TEST(GongkaidTest, SaysWhereItListensAndEndsWellOnATermination) {
  for (const int signal : {SIGTERM, SIGINT}) {
    Daemon daemon(TestFlags("127.0.0.1:0"));
    EXPECT_THAT(daemon.ReadLine(),
                MatchesRegex("gongkaid: listening on 127.0.0.1:[0-9]+ with 2 "
                             "workers\n"));
    daemon.Signal(signal);
    EXPECT_EQ(daemon.ExitCode(), 0);
  }
}

TEST(GongkaidTest, APortThatIsTakenEndsWithOneAndIsNamed) {
  Daemon first(TestFlags("127.0.0.1:0"));
  const std::string address = first.Address();
  Daemon second(TestFlags(address));
  std::string said;
  for (std::string more = second.ReadLine(); !more.empty();
       more = second.ReadLine()) {
    said += more;
  }
  EXPECT_THAT(said, HasSubstr(absl::StrCat("cannot listen on ", address)));
  EXPECT_EQ(second.ExitCode(), 1);
}

TEST(GongkaidTest, AWorkerThatIsNotThereEndsWithOneAndIsNamed) {
  Daemon daemon("--listen=127.0.0.1:0 --worker=/nonexistent/worker");
  EXPECT_THAT(daemon.ReadLine(), HasSubstr("/nonexistent/worker"));
  EXPECT_EQ(daemon.ExitCode(), 1);
}

TEST(GongkaidTest, BadUsageEndsWithTwoAndHelpWithZero) {
  EXPECT_EQ(Daemon("--no_such_flag").ExitCode(), 2);
  EXPECT_EQ(Daemon("stray").ExitCode(), 2);
  EXPECT_EQ(Daemon("--workers=-1").ExitCode(), 2);
  EXPECT_EQ(Daemon("--help").ExitCode(), 0);
}

// What an operator gets wrong is refused with the sentence that cures it.
TEST(GongkaidTest, AMisconfigurationIsRefusedWithItsCure) {
  const struct {
    const char* flags;
    const char* cure;
  } cases[] = {
      {"--listen=0.0.0.0:0", "give --tls_certificate and --tls_key, or listen"},
      {"--listen=[::]:0", "--allow_plaintext_from_anywhere"},
      {"--tls_key=x", "go together; give both"},
      {"--tls_client_ca=x", "give --tls_certificate and --tls_key too"},
      {"--tls_client_optional", "give --tls_client_ca and --policy too"},
      {"--tls_certificate=/none --tls_key=/none", "cannot open /none"},
      {"--tls_certificate=x --tls_key=y --allow_plaintext_from_anywhere",
       "leave one of them out"},
      {"--policy=/none", "cannot open /none"},
      {"--log_level=loud", "must be one of debug, error, info, warning"},
      {"--log_format=xml", "must be one of json, text"},
      {"--keepalive_time=1ms", "must be at least 1s"},
      {"--max_connection_age=0", "must be at least 1s"},
      {"--channelz_address=0.0.0.0:0", "must be on 127.0.0.1 or unix:PATH"},
  };
  for (const auto& [flags, cure] : cases) {
    // Flags given later count.
    Daemon daemon(absl::StrCat(TestFlags("127.0.0.1:0"), flags));
    EXPECT_EQ(daemon.ExitCode(), 2) << flags;
    EXPECT_THAT(daemon.printed(), HasSubstr(cure)) << flags;
  }
}

TEST(GongkaidTest, SaysWhichSettingsAreNotTheDefault) {
  Daemon daemon(TestFlags("127.0.0.1:0"));
  EXPECT_THAT(daemon.ReadUntil("settings"),
              testing::AllOf(HasSubstr("--listen=127.0.0.1:0"),
                             HasSubstr("--workers=2"),
                             testing::Not(HasSubstr("--grace"))));
}

// systemd's end of sd_notify(3).
class Manager {
 public:
  Manager() : socket_(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    // An abstract name of the kernel's choice: "@" and five digits.
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    EXPECT_EQ(bind(socket_.get(), reinterpret_cast<sockaddr*>(&address),
                   sizeof(sa_family_t)),
              0);
    socklen_t size = sizeof(address);
    getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&address), &size);
    const std::string name(address.sun_path + 1,
                           size - sizeof(sa_family_t) - 1);
    setenv("NOTIFY_SOCKET", ("@" + name).c_str(), 1);
  }
  ~Manager() { unsetenv("NOTIFY_SOCKET"); }

  // The next that is told; empty if nothing is.
  std::string Read() const {
    pollfd waiting = {socket_.get(), POLLIN, 0};
    char text[4096];
    if (poll(&waiting, 1, /*timeout=*/60'000) != 1) return "";
    const ssize_t size = recv(socket_.get(), text, sizeof(text), 0);
    return size < 0 ? "" : std::string(text, static_cast<size_t>(size));
  }

 private:
  const ipc::UniqueFd socket_;
};

TEST(GongkaidTest, TellsTheServiceManagerHowItDoes) {
  const Manager manager;
  Daemon daemon(TestFlags("127.0.0.1:0"));
  EXPECT_THAT(manager.Read(),
              MatchesRegex("READY=1\nSTATUS=listening on 127.0.0.1:[0-9]+ "
                           "with 2 workers"));
  daemon.Signal(SIGHUP);
  EXPECT_THAT(manager.Read(),
              MatchesRegex("RELOADING=1\nMONOTONIC_USEC=[0-9]+\nSTATUS=.+"));
  EXPECT_THAT(manager.Read(), HasSubstr("READY=1\nSTATUS=listening"));
  daemon.Signal(SIGTERM);
  EXPECT_THAT(manager.Read(), HasSubstr("STOPPING=1\nSTATUS=stopping"));
  EXPECT_EQ(daemon.ExitCode(), 0);
}

TEST(GongkaidTest, ServesThoughTheServiceManagerCannotBeTold) {
  setenv("NOTIFY_SOCKET", "/nonexistent/notify", 1);
  Daemon daemon(TestFlags("127.0.0.1:0"));
  unsetenv("NOTIFY_SOCKET");
  EXPECT_THAT(daemon.ReadUntil("service manager"),
              HasSubstr("cannot write to /nonexistent/notify"));
  daemon.Signal(SIGTERM);
  EXPECT_EQ(daemon.ExitCode(), 0);
}

}  // namespace
}  // namespace gongkai::service
