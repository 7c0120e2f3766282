// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/worker/catalog/small_catalog.h
//
// A small catalogue that loads, for tests that break one thing of it.

#ifndef GONGKAI_TESTS_WORKER_CATALOG_SMALL_CATALOG_H_
#define GONGKAI_TESTS_WORKER_CATALOG_SMALL_CATALOG_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "worker/catalog/catalog.h"

namespace gongkai::catalog {

inline constexpr absl::string_view kForm = R"(forms {
  template: TEMPLATE_2021
  first_year: 2021
  name: "表"
  name_en: "form"
  tables {
    table: TABLE_REQUESTS
    arrangement: ARRANGEMENT_ROWS
    blocks {
      columns { column: COLUMN_NATURAL kind: VALUE_KIND_COUNT labels: "自然人" }
      columns { column: COLUMN_TOTAL kind: VALUE_KIND_COUNT labels: "总计" }
      rows { row: ROW_RECEIVED labels: "新收" }
      rows { row: ROW_OTHER_MISC labels: "其他" }
      rows { row: ROW_OTHER_ALL labels: "（六）" stands_for: ROW_OTHER_MISC }
    }
  }
}
)";

inline constexpr absl::string_view kRule = R"(rules {
  id: "requests.row-sum"
  severity: SEVERITY_ERROR
  legal_basis: "表"
  title: "和"
  title_en: "sum"
  message: "{left}"
  message_en: "{right}"
  identity { equation: "requests.*.natural = requests.*.total" }
}
)";

// A file in the test's own directory, removed at the end.
class TemporaryFile {
 public:
  explicit TemporaryFile(absl::string_view text)
      : name_(absl::StrCat(testing::TempDir(), "catalog-", getpid(), "-",
                           ++count_, ".txtpb")) {
    std::ofstream(name_, std::ios::binary) << text;
  }
  ~TemporaryFile() { unlink(name_.c_str()); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const std::string& name() const { return name_; }

 private:
  static inline int count_ = 0;
  const std::string name_;
};

inline absl::Status LoadText(absl::string_view text) {
  const TemporaryFile file(text);
  return Catalog::Load({file.name()}).status();
}

// The error of the small catalogue after a replacement, without the name of
// the file in front.
inline std::string ErrorAfter(absl::string_view from, absl::string_view to) {
  const std::string good = absl::StrCat(kForm, kRule);
  EXPECT_THAT(good, testing::HasSubstr(std::string(from)));
  const TemporaryFile file(absl::StrReplaceAll(good, {{from, to}}));
  const absl::Status status = Catalog::Load({file.name()}).status();
  EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
  const std::string message(status.message());
  EXPECT_THAT(message, testing::StartsWith(file.name() + ":"));
  return message.substr(std::min(message.size(), file.name().size() + 1));
}

// The error of the small catalogue with this behind it.
inline std::string ErrorOfAddition(absl::string_view addition) {
  return std::string(LoadText(absl::StrCat(kForm, kRule, addition)).message());
}

}  // namespace gongkai::catalog

#endif  // GONGKAI_TESTS_WORKER_CATALOG_SMALL_CATALOG_H_
