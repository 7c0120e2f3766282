// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "proto/cell_path.h"

#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/descriptor.h"
#include "gtest/gtest.h"

namespace gongkai {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

v1::CellPath Path(v1::Table table, v1::Row row, v1::Column column) {
  v1::CellPath path;
  path.set_table(table);
  path.set_row(row);
  path.set_column(column);
  return path;
}

// Every value of an enum but the unspecified one.
template <typename Enum>
std::vector<Enum> Values() {
  std::vector<Enum> values;
  const auto* type = google::protobuf::GetEnumDescriptor<Enum>();
  for (int i = 0; i < type->value_count(); ++i) {
    if (type->value(i)->number() != 0) {
      values.push_back(static_cast<Enum>(type->value(i)->number()));
    }
  }
  return values;
}

std::string ErrorOf(absl::string_view text) {
  const auto path = ParseCellPath(text);
  EXPECT_EQ(path.status().code(), absl::StatusCode::kInvalidArgument) << text;
  return std::string(path.status().message());
}

TEST(CellPathTest, WritesAndReadsEveryPath) {
  std::set<std::string> seen;
  for (v1::Table table : Values<v1::Table>()) {
    for (v1::Row row : Values<v1::Row>()) {
      for (v1::Column column : Values<v1::Column>()) {
        const v1::CellPath path = Path(table, row, column);
        const std::string text = CellPathText(path);
        EXPECT_TRUE(seen.insert(text).second) << text;
        const auto parsed = ParseCellPath(text);
        ASSERT_TRUE(parsed.ok()) << text << ": " << parsed.status();
        EXPECT_EQ(parsed->SerializeAsString(), path.SerializeAsString());
      }
    }
  }
}

TEST(CellPathTest, WritesTheDocumentedPaths) {
  EXPECT_EQ(CellPathText(
                Path(v1::TABLE_REQUESTS, v1::ROW_GRANTED, v1::COLUMN_NATURAL)),
            "requests.granted.natural");
  EXPECT_EQ(
      CellPathText(Path(v1::TABLE_DISPUTES, v1::ROW_REVIEW, v1::COLUMN_TOTAL)),
      "disputes.review.total");
  EXPECT_EQ(CellPathText(
                Path(v1::TABLE_DISCLOSURE, v1::ROW_FEES, v1::COLUMN_FEE_WAN)),
            "disclosure.fees.fee_wan");
}

TEST(CellPathTest, ReadsRowsWithDots) {
  const auto path = ParseCellPath("requests.denied.state_secret.total");
  ASSERT_TRUE(path.ok()) << path.status();
  EXPECT_EQ(path->table(), v1::TABLE_REQUESTS);
  EXPECT_EQ(path->row(), v1::ROW_DENIED_STATE_SECRET);
  EXPECT_EQ(path->column(), v1::COLUMN_TOTAL);
}

TEST(CellPathTest, LeavesOutWhatIsNotSet) {
  v1::CellPath row =
      Path(v1::TABLE_REQUESTS, v1::ROW_OTHER_ALL, v1::COLUMN_UNSPECIFIED);
  EXPECT_EQ(CellPathText(row), "requests.other.all");
  EXPECT_EQ(CellPathText(Path(v1::TABLE_DISPUTES, v1::ROW_UNSPECIFIED,
                              v1::COLUMN_UNSPECIFIED)),
            "disputes");
  EXPECT_EQ(CellPathText(v1::CellPath()), "");
}

TEST(CellPathTest, ErrorsNameTheUnknownPart) {
  EXPECT_THAT(ErrorOf("request.granted.natural"), HasSubstr("\"request\""));
  EXPECT_THAT(ErrorOf("requests.grant.natural"), HasSubstr("\"grant\""));
  EXPECT_THAT(ErrorOf("requests.granted.nature"), HasSubstr("\"nature\""));
  EXPECT_THAT(ErrorOf("requests.denied.secret.total"),
              HasSubstr("\"denied.secret\""));
  EXPECT_THAT(ErrorOf("Requests.granted.natural"), HasSubstr("\"Requests\""));
}

TEST(CellPathTest, ErrorsTellWhatAPathIs) {
  for (const char* text : {"", "requests", "requests.granted", "..", "a..b"}) {
    EXPECT_THAT(ErrorOf(text), HasSubstr("cell path")) << text;
  }
}

TEST(CellPathTest, KeysAreUniqueLowerCaseWords) {
  const auto check = [](const auto& values) {
    std::set<std::string> keys;
    for (auto value : values) {
      const std::string key(Key(value));
      EXPECT_THAT(key, MatchesRegex("[a-z][a-z0-9_.]*")) << value;
      EXPECT_TRUE(keys.insert(key).second) << key;
    }
  };
  check(Values<v1::Table>());
  check(Values<v1::Row>());
  check(Values<v1::Column>());
  check(Values<v1::SectionKind>());
}

TEST(CellPathTest, UnknownNumbersHaveNoKey) {
  EXPECT_EQ(Key(v1::ROW_UNSPECIFIED), "");
  EXPECT_EQ(Key(static_cast<v1::Row>(-1)), "");
  EXPECT_EQ(Key(static_cast<v1::Row>(63)), "");
  EXPECT_EQ(Key(static_cast<v1::Row>(1 << 20)), "");
}

}  // namespace
}  // namespace gongkai
