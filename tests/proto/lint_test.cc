// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/proto/lint.h"

#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/proto/parse_proto.h"

namespace gongkai::proto_test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kGood[] = R"(
  syntax = "proto3";
  package gongkai.v1;
  // A place.
  message Place {
    // Its number.
    int32 row_number = 1;
    // Its names.
    map<string, string> names = 2;
    // Either of two.
    oneof either {
      // One.
      string one = 3;
      string other = 4;  // The other.
    }
    // Set or not.
    optional int32 maybe = 5;
    // What kind.
    enum Kind {
      // Not set.
      KIND_UNSPECIFIED = 0;
      // Small.
      KIND_SMALL = 1;
    }
    // Inside.
    message Inside {}
  }
  // Asks.
  message AskRequest {}
  // Answers.
  message AskResponse {}
  // Serves.
  service AskService {
    // Asks.
    rpc Ask(AskRequest) returns (AskResponse);
  }
)";

// The complaints about kGood with one text replaced by another.
std::vector<std::string> LintChanged(const std::string& from,
                                     const std::string& to) {
  std::string text = kGood;
  EXPECT_NE(text.find(from), std::string::npos) << from;
  absl::StrReplaceAll({{from, to}}, &text);
  return Lint(ParseProto("gongkai/v1/a.proto", text), "gongkai/");
}

TEST(LintTest, TheContractKeepsTheConventions) {
  std::ifstream file(GONGKAI_DESCRIPTOR_SET, std::ios::binary);
  google::protobuf::FileDescriptorSet files;
  ASSERT_TRUE(files.ParseFromIstream(&file)) << GONGKAI_DESCRIPTOR_SET;
  ASSERT_GE(files.file_size(), 6);
  for (const std::string& complaint : Lint(files, "gongkai/")) {
    ADD_FAILURE() << complaint;
  }
}

TEST(LintTest, SaysNothingOfAGoodFile) {
  EXPECT_THAT(LintChanged("proto3", "proto3"), IsEmpty());
}

TEST(LintTest, PassesOverOtherFolders) {
  EXPECT_THAT(
      Lint(ParseProto("google/rpc/a.proto", "message A {}"), "gongkai/"),
      IsEmpty());
}

TEST(LintTest, TellsAPackageWithoutVersion) {
  EXPECT_THAT(LintChanged("gongkai.v1", "gongkai.first"),
              Contains(HasSubstr("does not end in a version")));
}

TEST(LintTest, TellsAPackageInAnotherFolder) {
  EXPECT_THAT(LintChanged("gongkai.v1", "gongkai.v2"),
              ElementsAre("gongkai/v1/a.proto is not in the folder of its "
                          "package, gongkai/v2/"));
}

TEST(LintTest, TellsAnEnumThatDoesNotStartUnspecified) {
  EXPECT_THAT(LintChanged("KIND_UNSPECIFIED", "KIND_NONE"),
              ElementsAre(HasSubstr("KIND_NONE breaks the rule that 0")));
  EXPECT_THAT(LintChanged("KIND_SMALL = 1", "KIND_UNSPECIFIED = 1"),
              Contains(HasSubstr("breaks the rule that 0")));
}

TEST(LintTest, TellsAnEnumValueWithoutPrefix) {
  EXPECT_THAT(LintChanged("KIND_SMALL", "SMALL"),
              ElementsAre("gongkai.v1.Place.Kind.SMALL does not start with "
                          "KIND_"));
}

TEST(LintTest, TellsEveryElementWithoutComment) {
  const struct {
    const char* comment;
    const char* element;
  } kElements[] = {
      {"// A place.", "gongkai.v1.Place"},
      {"// Its number.", "gongkai.v1.Place.row_number"},
      {"// Either of two.", "gongkai.v1.Place.either"},
      {"// One.", "gongkai.v1.Place.one"},
      {"// The other.", "gongkai.v1.Place.other"},
      {"// Set or not.", "gongkai.v1.Place.maybe"},
      {"// What kind.", "gongkai.v1.Place.Kind"},
      {"// Small.", "gongkai.v1.Place.Kind.KIND_SMALL"},
      {"// Inside.", "gongkai.v1.Place.Inside"},
      {"// Serves.", "gongkai.v1.AskService"},
      {"// Asks.\n    rpc", "gongkai.v1.AskService.Ask"},
  };
  for (const auto& [comment, element] : kElements) {
    const bool rpc = std::string(comment).find("rpc") != std::string::npos;
    EXPECT_THAT(LintChanged(comment, rpc ? "rpc" : ""),
                ElementsAre(absl::StrCat(element, " has no comment")));
  }
}

TEST(LintTest, TellsAnExtensionWithoutComment) {
  const auto files = ParseProto("gongkai/v1/a.proto", R"(
    syntax = "proto3";
    package gongkai.v1;
    extend google.protobuf.EnumValueOptions { string key = 50601; })");
  EXPECT_THAT(Lint(files, "gongkai/"),
              ElementsAre("gongkai.v1.key has no comment"));
}

TEST(LintTest, TellsAMessageThatTwoRpcsUse) {
  EXPECT_THAT(LintChanged("returns (AskResponse);",
                          "returns (AskResponse);\n// Again.\n"
                          "rpc AskAgain(AskRequest) returns (AskRequest);"),
              Contains(HasSubstr("AskAgain uses AskRequest, which "
                                 "gongkai.v1.AskService.Ask uses")));
}

TEST(LintTest, TellsAServiceWithAnotherName) {
  EXPECT_THAT(LintChanged("AskService", "Asker"),
              ElementsAre("gongkai.v1.Asker does not end in Service"));
}

TEST(LintTest, TellsAFieldThatIsNotLowerSnake) {
  for (const char* name : {"rowNumber", "Row_number", "row__number", "row_"}) {
    EXPECT_THAT(LintChanged("row_number", name),
                ElementsAre(absl::StrCat("gongkai.v1.Place.", name,
                                         " is not in lower_snake")));
  }
}

TEST(LintTest, TellsRequiredFieldsAndGroups) {
  const auto files = ParseProto("gongkai/v1/a.proto", R"(
    syntax = "proto2";
    package gongkai.v1;
    // A place.
    message Place {
      // Its number.
      required int32 number = 1;
      // Its group.
      optional group Inner = 2 {}
    })");
  const auto complaints = Lint(files, "gongkai/");
  EXPECT_THAT(complaints, Contains("gongkai/v1/a.proto is not proto3"));
  EXPECT_THAT(complaints, Contains("gongkai.v1.Place.number is required"));
  EXPECT_THAT(complaints, Contains("gongkai.v1.Place.inner is a group"));
}

}  // namespace
}  // namespace gongkai::proto_test
