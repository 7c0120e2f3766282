// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/agent_port.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/service/daemon.h"

namespace gongkai::service {
namespace {

using testing::HasSubstr;

AgentView Busy(double free_share, absl::Duration backlog) {
  AgentView view;
  view.free_share = free_share;
  view.backlog = backlog;
  return view;
}

// The weight after a minute of the same.
int Settled(const AgentView& view) {
  AgentWeight weight;
  for (int i = 0; i < 600; ++i) {
    weight.Look(view, absl::UnixEpoch() + i * absl::Milliseconds(100));
  }
  return weight.percent();
}

TEST(AgentWeightTest, FollowsTheShareOfFreeWorkers) {
  EXPECT_EQ(AgentWeight().percent(), 100);
  EXPECT_EQ(Settled(Busy(1, absl::ZeroDuration())), 100);
  EXPECT_EQ(Settled(Busy(0.5, absl::ZeroDuration())), 75);
  // Still half: it takes its turn, if less often.
  EXPECT_EQ(Settled(Busy(0, absl::ZeroDuration())), 50);
}

TEST(AgentWeightTest, SinksWithTheBacklogButNotToNothing) {
  EXPECT_EQ(Settled(Busy(0, absl::Milliseconds(500))), 25);
  EXPECT_LT(Settled(Busy(0, absl::Seconds(5))), 6);
  EXPECT_EQ(Settled(Busy(0, absl::Hours(1))), 1);
}

TEST(AgentWeightTest, AveragesOverSeconds) {
  AgentWeight weight;
  absl::Time now = absl::UnixEpoch();
  // Two workers that are both busy at every other look.
  for (int i = 0; i < 600; ++i) {
    now += absl::Milliseconds(100);
    weight.Look(Busy(i % 2, absl::ZeroDuration()), now);
    if (i > 100) {
      EXPECT_GT(weight.percent(), 65);
      EXPECT_LT(weight.percent(), 85);
    }
  }
  // A look that comes late counts for all the time that it stands for.
  weight.Look(Busy(0, absl::ZeroDuration()), now + absl::Minutes(1));
  EXPECT_EQ(weight.percent(), 50);
}

TEST(AgentLineTest, SaysNothingThatUndoesAnOperatorsWord) {
  AgentView view;
  EXPECT_EQ(AgentLine(view, 73), "up 73%\n");
  view.ready = false;
  EXPECT_EQ(AgentLine(view, 73), "up 0%\n");
}

int Connect(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) !=
      0) {
    close(fd);
    return -1;
  }
  return fd;
}

// All that comes until the end.
std::string ReadAndClose(int fd) {
  std::string answer;
  char buffer[256];
  for (ssize_t got; (got = read(fd, buffer, sizeof(buffer))) > 0;) {
    answer.append(buffer, static_cast<size_t>(got));
  }
  close(fd);
  return answer;
}

std::string Ask(int port) { return ReadAndClose(Connect(port)); }

TEST(AgentPortTest, AnswersEachConnectionWithALineAndTheEnd) {
  std::atomic<bool> ready = true;
  const auto port = AgentPort::Open("127.0.0.1:0", [&] {
    AgentView view;
    view.ready = ready;
    return view;
  });
  ASSERT_TRUE(port.ok()) << port.status();
  EXPECT_EQ(Ask((*port)->port()), "up 100%\n");
  // Not averaged.
  ready = false;
  EXPECT_EQ(Ask((*port)->port()), "up 0%\n");
  ready = true;
  EXPECT_EQ(Ask((*port)->port()), "up 100%\n");
}

TEST(AgentPortTest, IsHeldUpByNobody) {
  const auto port = AgentPort::Open("127.0.0.1:0", [] { return AgentView(); });
  ASSERT_TRUE(port.ok()) << port.status();
  // They connect and do not read; some say something that nobody asked for.
  std::vector<int> silent;
  for (int i = 0; i < 100; ++i) {
    silent.push_back(Connect((*port)->port()));
    ASSERT_GE(silent.back(), 0);
    if (i % 2 == 0) send(silent.back(), "GET /", 5, MSG_NOSIGNAL);
  }
  EXPECT_EQ(Ask((*port)->port()), "up 100%\n");
  for (size_t i = 1; i < silent.size(); i += 2) {
    EXPECT_EQ(ReadAndClose(silent[i]), "up 100%\n");
  }
  for (size_t i = 0; i < silent.size(); i += 2) close(silent[i]);
}

TEST(AgentPortTest, RefusesWhatIsNoAddress) {
  for (const char* address :
       {"9465", ":9465", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x",
        "127.0.0.1:65536", "::1:9465", "unix:/tmp/agent"}) {
    const auto port = AgentPort::Open(address, [] { return AgentView(); });
    EXPECT_TRUE(absl::IsInvalidArgument(port.status())) << address;
  }
  const auto elsewhere =
      AgentPort::Open("192.0.2.1:0", [] { return AgentView(); });
  EXPECT_TRUE(absl::IsUnavailable(elsewhere.status())) << elsewhere.status();
}

TEST(AgentPortTest, GongkaidTellsOfItsDrainAtOnce) {
  Daemon daemon(
      absl::StrCat("--listen=127.0.0.1:0 --workers=2 --worker=", TestWorker(),
                   " --drain_delay=1h --agent_address=127.0.0.1:0"));
  daemon.Address();
  const std::string shown = daemon.ReadUntil("agent-checks are answered");
  const int port = atoi(shown.c_str() + shown.find("port") + 5);
  EXPECT_THAT(Ask(port), testing::MatchesRegex("up [1-9][0-9]*%\n"));
  daemon.Signal(SIGTERM);
  daemon.ReadUntil("stopping");
  // The line is printed a moment before.
  std::string line;
  for (int i = 0; i < 500 && line != "up 0%\n"; ++i) {
    line = Ask(port);
    usleep(10'000);
  }
  EXPECT_EQ(line, "up 0%\n");
  daemon.Signal(SIGTERM);
  EXPECT_EQ(daemon.ExitCode(), 0);
}

TEST(AgentPortTest, GongkaidSaysWhatIsWrongWithAnAddress) {
  Daemon daemon("--listen=127.0.0.1:0 --workers=1 --worker=" + TestWorker() +
                " --agent_address=9465");
  EXPECT_EQ(daemon.ExitCode(), 2);
  EXPECT_THAT(daemon.printed(), HasSubstr("must be HOST:PORT, such as"));
}

}  // namespace
}  // namespace gongkai::service
