// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/server_list.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace gongkai::cli {
namespace {

using ::testing::HasSubstr;

TEST(ServerList, HandsASingleTargetOnAsItIs) {
  for (const char* target :
       {"localhost:50051", "10.0.0.5:50051", "[::1]:50051",
        "dns:///gongkai.internal:50051", "unix:/run/gongkai.sock"}) {
    const auto list = ParseServerList(target);
    ASSERT_TRUE(list.ok()) << list.status();
    EXPECT_EQ(list->target, target);
    EXPECT_EQ(list->count, 1);
  }
}

TEST(ServerList, MakesOneTargetOfSeveralServers) {
  const struct {
    const char* servers;
    const char* target;
  } cases[] = {
      {"127.0.0.1:1,10.0.0.6:2", "ipv4:127.0.0.1:1,10.0.0.6:2"},
      {"[::1]:1,[::2]:2", "ipv6:[::1]:1,[::2]:2"},
      {"unix:/a,unix:/b", "unix:/a,/b"},
      {"ipv4:127.0.0.1:1,10.0.0.6:2", "ipv4:127.0.0.1:1,10.0.0.6:2"},
  };
  for (const auto& [servers, target] : cases) {
    const auto list = ParseServerList(servers);
    ASSERT_TRUE(list.ok()) << list.status();
    EXPECT_EQ(list->target, target);
    EXPECT_EQ(list->count, 2);
  }
}

TEST(ServerList, LooksNamesUp) {
  const auto list = ParseServerList("localhost:1,127.0.0.1:2");
  ASSERT_TRUE(list.ok()) << list.status();
  EXPECT_EQ(list->target, "ipv4:127.0.0.1:1,127.0.0.1:2");
}

TEST(ServerList, SaysWhatIsWrongWithAList) {
  EXPECT_THAT(
      std::string(
          ParseServerList("a.invalid:1,127.0.0.1:2").status().message()),
      HasSubstr("a.invalid"));
  for (const char* servers : {"127.0.0.1:1,127.0.0.1", "::1:1,::2:2",
                              "127.0.0.1:1,", "unix:/a,127.0.0.1:1"}) {
    const auto list = ParseServerList(servers);
    if (list.ok()) {
      EXPECT_EQ(list->count, 1) << servers;
    } else {
      EXPECT_TRUE(absl::IsInvalidArgument(list.status())) << servers;
    }
  }
}

}  // namespace
}  // namespace gongkai::cli
