// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/access/policy.h"

#include <stdlib.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/access/access_control.h"
#include "service/access/listen_address.h"

namespace gongkai::service {
namespace {

using testing::HasSubstr;

// SHA-256 of "abc", from FIPS 180-2.
constexpr char kAbc[] =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

std::string Complaint(const std::string& text) {
  return std::string(Policy::Parse(text, "the file").status().message());
}

TEST(PolicyTest, FindsCallersByCertificateAndToken) {
  const auto policy = Policy::Parse(
      absl::StrCat(R"(
        callers { name: "a" certificate_names: "a.example" methods: "*" }
        callers { name: "b" certificate_names: "spiffe://x/b" token_sha256: ")",
                   kAbc, R"(" methods: "ListRules" methods: "ParseReport"
                  max_documents: 5 max_bytes: 7 })"),
      "the file");
  ASSERT_TRUE(policy.ok()) << policy.status();
  const Policy& found = **policy;
  EXPECT_EQ(found.ByCertificate({"x", "a.example"})->name, "a");
  EXPECT_EQ(found.ByCertificate({"A.example", "a.example.org", ""}), nullptr);
  EXPECT_EQ(found.ByCertificate({}), nullptr);
  const Policy::Caller* const b = found.ByToken("abc");
  ASSERT_NE(b, nullptr);
  EXPECT_EQ(b, found.ByName("b"));
  EXPECT_TRUE(b->may_call(Method::kListRules));
  EXPECT_FALSE(b->may_call(Method::kProcessReports));
  EXPECT_EQ(b->max_documents, 5);
  EXPECT_EQ(b->max_bytes, 7);
  EXPECT_EQ(found.ByToken("abd"), nullptr);
  EXPECT_EQ(found.ByToken(""), nullptr);
  EXPECT_EQ(found.ByToken(kAbc), nullptr);
}

TEST(PolicyTest, TheExampleIsOne) {
  const auto policy = Policy::Load(std::string(getenv("GONGKAI_SOURCE_DIR")) +
                                   "/deploy/policy.textproto");
  ASSERT_TRUE(policy.ok()) << policy.status();
  EXPECT_EQ((*policy)->ByToken("change-me")->name, "research");
}

TEST(PolicyTest, WhatIsWrongIsNamed) {
  EXPECT_THAT(Complaint("callers {\n nam: \"a\" }"), HasSubstr("the file:2:"));
  EXPECT_THAT(Complaint(""), HasSubstr("names no caller"));
  EXPECT_THAT(Complaint("callers { methods: \"*\" }"), HasSubstr("no name"));
  EXPECT_THAT(Complaint("callers { name: \"a\" methods: \"*\" }"),
              HasSubstr("caller \"a\": nothing shows who it is"));
  EXPECT_THAT(Complaint("callers { name: \"a\" certificate_names: \"a\" }"),
              HasSubstr("may call nothing"));
  EXPECT_THAT(Complaint("callers { name: \"a\" certificate_names: \"a\" "
                        "methods: \"Parse\" }"),
              HasSubstr("there are ParseReport, "));
  const std::string a =
      "callers { name: \"a\" certificate_names: \"a\" methods: \"*\" }";
  EXPECT_THAT(Complaint(a + a), HasSubstr("two of this name"));
  EXPECT_THAT(Complaint(a + "callers { name: \"b\" certificate_names: \"a\" "
                            "methods: \"*\" }"),
              HasSubstr("stands twice"));
  // It may be the token itself.
  const std::string token = Complaint(
      "callers { name: \"a\" token_sha256: \"secret\" methods: \"*\" }");
  EXPECT_THAT(token, HasSubstr("64 hexadecimal digits"));
  EXPECT_THAT(token, testing::Not(HasSubstr("secret")));
}

TEST(AccessControlTest, WithoutAPolicyEverybodyMayDoEverything) {
  EXPECT_EQ(AccessControl().Decide(Method::kParseReport, {}).kind,
            Decision::Kind::kAllowed);
}

TEST(AccessControlTest, AnEmptyTokenIsNotOne) {
  AccessControl access;
  access.Set(*Policy::Parse(absl::StrCat("callers { name: \"a\" methods: \"*\" "
                                         "token_sha256: \"",
                                         kAbc, "\" }"),
                            "the file"));
  for (const char* text : {"", "Bearer", "Bearer ", "Basic abc", "abc"}) {
    EXPECT_EQ(access.Decide(Method::kParseReport, {{}, text}).kind,
              Decision::Kind::kUnknownCaller)
        << text;
  }
  EXPECT_EQ(access.Decide(Method::kParseReport, {{}, "bearer abc"}).kind,
            Decision::Kind::kAllowed);
}

TEST(ListenAddressTest, OnlyTheLoopbackInterfaceAndSocketsAreLocal) {
  for (const char* local :
       {"127.0.0.1:1", "127.9.9.9:0", "localhost:50051", "[::1]:1", "unix:/a",
        "unix:a", "unix-abstract:a", "ipv4:127.0.0.1:1", "ipv6:[::1]:1"}) {
    EXPECT_TRUE(IsLocalAddress(local)) << local;
  }
  for (const char* other :
       {"0.0.0.0:1", "[::]:1", "10.0.0.1:1", "127.0.0.1.example.org:1",
        "localhost.example:1", "127.0.0.1", "", ":1", "*:1",
        "[::ffff:1.2.3.4]:1", "dns:///localhost:1", "vsock:1:1"}) {
    EXPECT_FALSE(IsLocalAddress(other)) << other;
  }
}

}  // namespace
}  // namespace gongkai::service
