// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/proto/compatibility.h"

#include <fstream>
#include <string>

#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/proto/parse_proto.h"

namespace gongkai::proto_test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr char kBefore[] = R"(
  syntax = "proto3";
  package p.v1;
  message M {
    reserved 9, 20 to 22;
    reserved "gone";
    int32 a = 1;
    repeated string b = 2;
    N n = 3;
    oneof choice {
      string c = 4;
      string d = 5;
    }
    string e = 6;
    message Inner { int32 x = 1; }
  }
  message N {}
  enum K {
    reserved 7;
    reserved "K_OLD";
    K_UNSPECIFIED = 0;
    K_ONE = 1;
  }
  service S {
    rpc Do(M) returns (stream N);
    rpc Undo(M) returns (N);
  }
  extend google.protobuf.EnumValueOptions { string key = 50601; }
)";

// What breaks if one text in kBefore is replaced by another.
std::vector<std::string> BreaksOf(const std::string& from,
                                  const std::string& to) {
  std::string text = kBefore;
  EXPECT_NE(text.find(from), std::string::npos) << from;
  absl::StrReplaceAll({{from, to}}, &text);
  return Breaks(ParseProto("p/v1/p.proto", kBefore),
                ParseProto("p/v1/p.proto", text));
}

google::protobuf::FileDescriptorSet ReadSet(const char* path) {
  std::ifstream file(path, std::ios::binary);
  google::protobuf::FileDescriptorSet files;
  EXPECT_TRUE(files.ParseFromIstream(&file)) << path;
  EXPECT_GT(files.file_size(), 0) << path;
  return files;
}

TEST(CompatibilityTest, TheContractBreaksNothingOfItsBaseline) {
  for (const std::string& broken :
       Breaks(ReadSet(GONGKAI_BASELINE), ReadSet(GONGKAI_DESCRIPTOR_SET))) {
    ADD_FAILURE() << broken;
  }
}

TEST(CompatibilityTest, TheBaselineHoldsTheWholeService) {
  bool service = false;
  const auto baseline = ReadSet(GONGKAI_BASELINE);
  for (const auto& file : baseline.file()) service |= file.service_size() > 0;
  EXPECT_TRUE(service);
}

TEST(CompatibilityTest, AllowsTheSameAndAdditions) {
  EXPECT_THAT(BreaksOf("proto3", "proto3"), IsEmpty());
  EXPECT_THAT(BreaksOf("int32 a = 1;", "int32 a = 1; int32 z = 30;"),
              IsEmpty());
  EXPECT_THAT(BreaksOf("K_ONE = 1;", "K_ONE = 1; K_TWO = 2;"), IsEmpty());
  EXPECT_THAT(BreaksOf("message N {}", "message N {} message O {}"), IsEmpty());
}

TEST(CompatibilityTest, AllowsARemovalThatIsReserved) {
  EXPECT_THAT(BreaksOf("string e = 6;", "reserved 6; reserved \"e\";"),
              IsEmpty());
  EXPECT_THAT(BreaksOf("K_ONE = 1;", "reserved 1; reserved \"K_ONE\";"),
              IsEmpty());
}

TEST(CompatibilityTest, TellsARemovedField) {
  EXPECT_THAT(BreaksOf("string e = 6;", ""),
              ElementsAre(HasSubstr("its number is not reserved"),
                          HasSubstr("its name e is not reserved")));
  EXPECT_THAT(BreaksOf("string e = 6;", "reserved 6;"),
              ElementsAre(HasSubstr("its name e is not reserved")));
}

TEST(CompatibilityTest, TellsARemovedEnumValue) {
  EXPECT_THAT(BreaksOf("K_ONE = 1;", ""),
              ElementsAre(HasSubstr("p.v1.K.K_ONE = 1 was removed and its "
                                    "number"),
                          HasSubstr("its name K_ONE")));
}

TEST(CompatibilityTest, TellsANumberThatIsUsedAgain) {
  EXPECT_THAT(BreaksOf("string e = 6;", "string f = 6;"),
              ElementsAre("p.v1.M.e = 6 changed its name from e to f"));
  EXPECT_THAT(BreaksOf("K_ONE = 1", "K_OTHER = 1"),
              ElementsAre("p.v1.K.K_ONE = 1 changed its name from K_ONE to "
                          "K_OTHER"));
}

TEST(CompatibilityTest, TellsANumberThatChanged) {
  EXPECT_THAT(BreaksOf("string e = 6;", "string e = 8;"),
              ElementsAre(HasSubstr("p.v1.M.e = 6 was removed"),
                          HasSubstr("p.v1.M.e = 6 was removed")));
}

TEST(CompatibilityTest, TellsAnotherType) {
  EXPECT_THAT(BreaksOf("int32 a = 1", "int64 a = 1"),
              ElementsAre("p.v1.M.a = 1 changed its type from TYPE_INT32 to "
                          "TYPE_INT64"));
  EXPECT_THAT(BreaksOf("N n = 3", "M n = 3"),
              ElementsAre("p.v1.M.n = 3 changed its type from N to M"));
}

TEST(CompatibilityTest, TellsAnotherCardinality) {
  EXPECT_THAT(BreaksOf("repeated string b", "string b"),
              ElementsAre(HasSubstr("changed its cardinality")));
  EXPECT_THAT(BreaksOf("int32 a = 1", "optional int32 a = 1"),
              ElementsAre(HasSubstr("changed its presence")));
}

TEST(CompatibilityTest, TellsAnotherJsonName) {
  EXPECT_THAT(BreaksOf("int32 a = 1;", "int32 a = 1 [json_name = \"q\"];"),
              ElementsAre(HasSubstr("changed its JSON name")));
}

TEST(CompatibilityTest, TellsAFieldThatLeavesItsOneof) {
  EXPECT_THAT(BreaksOf("string d = 5;\n    }", "}\n string d = 5;"),
              ElementsAre("p.v1.M.d = 5 changed its oneof from choice to "
                          "none"));
}

TEST(CompatibilityTest, TellsWhatIsNoLongerReserved) {
  EXPECT_THAT(BreaksOf("9, 20 to 22", "20 to 21"),
              UnorderedElementsAre("p.v1.M no longer reserves the number 9",
                                   "p.v1.M no longer reserves the number 22"));
  EXPECT_THAT(BreaksOf("reserved \"gone\";", ""),
              ElementsAre("p.v1.M no longer reserves the name gone"));
  EXPECT_THAT(BreaksOf("reserved 7;", ""),
              ElementsAre("p.v1.K no longer reserves the number 7"));
  EXPECT_THAT(BreaksOf("reserved \"K_OLD\";", ""),
              ElementsAre("p.v1.K no longer reserves the name K_OLD"));
}

TEST(CompatibilityTest, TellsWhatIsGone) {
  EXPECT_THAT(BreaksOf("message Inner { int32 x = 1; }", ""),
              ElementsAre("p.v1.M.Inner was removed"));
  EXPECT_THAT(BreaksOf("rpc Undo(M) returns (N);", ""),
              ElementsAre("p.v1.S.Undo was removed"));
  EXPECT_THAT(BreaksOf("enum K", "enum L"), ElementsAre("p.v1.K was removed"));
}

TEST(CompatibilityTest, TellsAnotherRpc) {
  EXPECT_THAT(BreaksOf("rpc Undo(M) returns (N)", "rpc Undo(N) returns (M)"),
              ElementsAre(HasSubstr("its request"), HasSubstr("its response")));
  EXPECT_THAT(BreaksOf("returns (stream N)", "returns (N)"),
              ElementsAre(HasSubstr("its server streaming")));
}

TEST(CompatibilityTest, TellsAnotherExtension) {
  EXPECT_THAT(BreaksOf("50601", "50602"),
              ElementsAre("p.v1.key changed its number from 50601 to 50602"));
}

}  // namespace
}  // namespace gongkai::proto_test
