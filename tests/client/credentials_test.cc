// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/credentials.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "absl/status/status.h"

namespace gongkai {
namespace {

using ::testing::HasSubstr;

class CredentialsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    files_.token_file = ::testing::TempDir() + "credentials_test.token";
    std::ofstream(files_.token_file) << "secret-1\n";
  }

  std::string ErrorFor(const std::string& target) {
    return std::string(MakeCredentials(target, files_).status().message());
  }

  CredentialFiles files_;
};

TEST_F(CredentialsTest, SendATokenWithoutTlsOnThisMachineOnly) {
  for (const char* target :
       {"localhost:1", "127.0.0.1:1", "[::1]:1", "unix:/tmp/socket",
        "ipv4:127.0.0.1:1,127.0.0.1:2"}) {
    EXPECT_EQ(ErrorFor(target), "") << target;
  }
  for (const char* target :
       {"10.0.0.2:1", "localhost.example:1", "ipv4:127.0.0.1:1,10.0.0.2:1"}) {
    EXPECT_THAT(ErrorFor(target), HasSubstr("could read the token")) << target;
  }
}

TEST_F(CredentialsTest, SayWhatIsMissing) {
  files_.certificate_file = "certificate.pem";
  EXPECT_THAT(ErrorFor("localhost:1"), HasSubstr("give both"));
  files_.key_file = "key.pem";
  EXPECT_THAT(ErrorFor("localhost:1"), HasSubstr("give the authority"));
  files_.ca_file = "/nowhere/ca.pem";
  EXPECT_THAT(ErrorFor("localhost:1"), HasSubstr("/nowhere/ca.pem"));
}

TEST_F(CredentialsTest, SayThatAFileIsNoFileOfThatKind) {
  files_.token_file = ::testing::TempDir();
  EXPECT_THAT(ErrorFor("localhost:1"), HasSubstr("Is a directory"));
  files_.token_file = "/dev/zero";
  EXPECT_THAT(ErrorFor("localhost:1"), HasSubstr("not such a file"));
}

}  // namespace
}  // namespace gongkai
