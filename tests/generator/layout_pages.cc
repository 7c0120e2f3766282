// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/generator/layout_pages.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace gongkai::generator {
namespace {

// A label longer than this many characters does not fit its column.
constexpr size_t kLabelCharacters = 12;
// Where J breaks such a label.
constexpr size_t kBrokenLabelCharacters = 11;
// Where raw breaks a label: its column is wider.
constexpr size_t kRawLabelCharacters = 18;
// Characters of a line of running text on an A4 page.
constexpr size_t kPageCharacters = 36;

// The UTF-8 text cut into its characters.
std::vector<std::string> Characters(absl::string_view text) {
  std::vector<std::string> characters;
  for (char c : text) {
    if ((c & 0xc0) != 0x80) characters.emplace_back();
    characters.back() += c;
  }
  return characters;
}

// Cuts the text after `count` characters.
std::pair<std::string, std::string> Cut(const std::string& text, size_t count) {
  const std::vector<std::string> characters = Characters(text);
  std::pair<std::string, std::string> parts;
  for (size_t i = 0; i < characters.size(); ++i) {
    (i < count ? parts.first : parts.second) += characters[i];
  }
  return parts;
}

struct SplitRow {
  std::vector<std::string> labels;
  std::vector<std::string> values;
};

SplitRow Split(const PrintedRow& row) {
  SplitRow split;
  for (const PrintedCell& cell : row.cells) {
    if (cell.covered) continue;
    (cell.value ? split.values : split.labels).push_back(cell.text);
  }
  return split;
}

std::string WideRequestsRow(const SplitRow& row) {
  const std::string indent(20, ' ');
  const std::string values = absl::StrJoin(row.values, std::string(6, ' '));
  const std::string& label = row.labels.back();
  const std::string group = row.labels.size() > 1 ? row.labels.front() : "";
  if (Characters(label).size() <= kLabelCharacters) {
    return absl::StrCat(group, group.empty() ? "" : "    ", label, "        ",
                        values, "\n");
  }
  const auto [above, below] = Cut(label, kBrokenLabelCharacters);
  return absl::StrCat(indent, above, "\n", group, std::string(40, ' '), values,
                      "\n", indent, below, "\n");
}

std::string WideDisputesRow(size_t number, const PrintedRow& row) {
  const SplitRow split = Split(row);
  if (number == 0) {
    return absl::StrJoin(split.labels, std::string(15, ' ')) + "\n";
  }
  if (number == 1) {
    std::string line;
    for (size_t i = 0; i < split.labels.size(); ++i) {
      absl::StrAppend(&line,
                      i == 0  ? ""
                      : i < 5 ? "    "
                              : "   ",
                      split.labels[i]);
    }
    return line + "\n";
  }
  return absl::StrJoin(split.values.empty() ? split.labels : split.values,
                       std::string(5, ' ')) +
         "\n";
}

}  // namespace

std::string PrintWideColumns(const PrintedTable& table) {
  std::string out;
  for (size_t r = 0; r < table.rows.size(); ++r) {
    const PrintedRow& row = table.rows[r];
    SplitRow split = Split(row);
    switch (table.kind) {
      case TableKind::kDisclosure:
        split.labels.insert(split.labels.end(), split.values.begin(),
                            split.values.end());
        absl::StrAppend(&out, absl::StrJoin(split.labels, std::string(8, ' ')),
                        "\n");
        break;
      case TableKind::kRequests:
        // The heads stand in a picture-like box that the converter drops.
        if (row.depth > 0) out += WideRequestsRow(split);
        break;
      case TableKind::kDisputes:
        out += WideDisputesRow(r, row);
        break;
    }
  }
  return out;
}

std::string PrintRawRows(const PrintedTable& table, bool groups_apart) {
  std::string out;
  for (const PrintedRow& row : table.rows) {
    SplitRow split = Split(row);
    if (split.values.empty() || table.kind != TableKind::kRequests) {
      split.labels.insert(split.labels.end(), split.values.begin(),
                          split.values.end());
      absl::StrAppend(&out, absl::StrJoin(split.labels, " "), "\n");
      continue;
    }
    for (size_t i = 0; i + 1 < split.labels.size(); ++i) {
      absl::StrAppend(&out, split.labels[i], groups_apart ? "\n" : " ");
    }
    std::string label = split.labels.back();
    while (Characters(label).size() > kRawLabelCharacters) {
      auto [line, rest] = Cut(label, kRawLabelCharacters);
      absl::StrAppend(&out, line, "\n");
      label = rest;
    }
    absl::StrAppend(&out, label, " ", absl::StrJoin(split.values, " "), "\n");
  }
  return out;
}

std::string WrapLine(absl::string_view line) {
  std::string out;
  std::string rest(line);
  while (Characters(rest).size() > kPageCharacters) {
    auto [head, tail] = Cut(rest, kPageCharacters);
    absl::StrAppend(&out, head, "\n");
    rest = tail;
  }
  return absl::StrCat(out, rest, "\n");
}

std::string InsertPageNumbers(const std::string& text, Random* random) {
  std::string out;
  int64_t page = 1;
  int64_t left = random->Between(20, 40);
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    absl::StrAppend(&out, line, "\n");
    // A line that ends with a number ends a row, unless its label goes on
    // below, which J shows by a wide gap; prose ends with a full stop.
    const bool ends_row = !line.empty() && absl::ascii_isdigit(line.back()) &&
                          !absl::StrContains(line, std::string(20, ' '));
    if (--left <= 0 && (ends_row || absl::EndsWith(line, "。"))) {
      absl::StrAppend(&out, "- ", page++, " -\n");
      left = random->Between(20, 40);
    }
  }
  out.pop_back();  // the line end after the last, empty line
  return out;
}

}  // namespace gongkai::generator
