// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// gongkaid as an operator sees it: what it prints and how it ends.

#include <signal.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/service/daemon.h"

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

}  // namespace
}  // namespace gongkai::service
