// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/json.h"

#include <string>

#include "gmock/gmock.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"

namespace gongkai::cli {
namespace {

std::string Json(std::string_view text) {
  std::string out;
  AppendJsonString(text, &out);
  return out;
}

TEST(Json, WritesAnObjectALine) {
  std::string out;
  JsonLine(&out)
      .Text("document", "a.txt")
      .Number("value", -12)
      .Texts("cells", {"x", "y\""})
      .Texts("none", {})
      .Raw("raw", "true");
  { JsonLine empty(&out); }
  EXPECT_EQ(out,
            "{\"document\":\"a.txt\",\"value\":-12,\"cells\":[\"x\",\"y\\\"\"],"
            "\"none\":[],\"raw\":true}\n{}\n");
}

TEST(Json, EscapesWhatMustBeEscapedAndNothingElse) {
  EXPECT_EQ(Json("a\"b\\c/d"), "\"a\\\"b\\\\c/d\"");
  EXPECT_EQ(Json("\n\r\t\x01\x1f\x7f"), "\"\\n\\r\\t\\u0001\\u001f\\u007f\"");
  EXPECT_EQ(Json(std::string_view("\0", 1)), "\"\\u0000\"");
  EXPECT_EQ(Json("（一）予以公开"), "\"（一）予以公开\"");
}

TEST(Json, ReplacesBytesThatAreNoUtf8) {
  EXPECT_EQ(Json("a\xff"
                 "b"),
            "\"a\\ufffdb\"");
  EXPECT_EQ(Json("\xe6\x9f"), "\"\\ufffd\\ufffd\"");
}

TEST(Json, IsReadBackByAnotherParser) {
  std::string text;
  for (int byte = 0; byte < 128; ++byte) text += static_cast<char>(byte);
  text += "县\xF0\x9F\x8E\x81";
  std::string out;
  JsonLine(&out).Text("t", text);
  google::protobuf::Struct parsed;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(out, &parsed).ok());
  EXPECT_EQ(parsed.fields().at("t").string_value(), text);
}

}  // namespace
}  // namespace gongkai::cli
