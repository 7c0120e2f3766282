// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "proto/cell_path.h"

#include <array>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"

namespace gongkai {
namespace {

// Enum numbers are below this; keys are looked up by number in an array.
constexpr int kMaxNumber = 64;

// The keys of one enum in both directions, read from its descriptor.
class KeyTable {
 public:
  explicit KeyTable(const google::protobuf::EnumDescriptor* descriptor) {
    for (int i = 0; i < descriptor->value_count(); ++i) {
      const auto* value = descriptor->value(i);
      if (value->number() == 0) continue;
      std::string& key = keys_.at(value->number());
      key = value->options().GetExtension(v1::key);
      numbers_[key] = value->number();
    }
  }

  absl::string_view KeyOf(int number) const {
    if (number < 0 || number >= kMaxNumber) return "";
    return keys_[number];
  }

  // 0 if the key is not known.
  int NumberOf(absl::string_view key) const {
    auto it = numbers_.find(key);
    return it == numbers_.end() ? 0 : it->second;
  }

 private:
  std::array<std::string, kMaxNumber> keys_;
  absl::flat_hash_map<std::string, int> numbers_;
};

const KeyTable& Tables() {
  static const KeyTable* const table = new KeyTable(v1::Table_descriptor());
  return *table;
}
const KeyTable& Rows() {
  static const KeyTable* const table = new KeyTable(v1::Row_descriptor());
  return *table;
}
const KeyTable& Columns() {
  static const KeyTable* const table = new KeyTable(v1::Column_descriptor());
  return *table;
}
const KeyTable& SectionKinds() {
  static const KeyTable* const table =
      new KeyTable(v1::SectionKind_descriptor());
  return *table;
}

}  // namespace

absl::string_view Key(v1::Table table) { return Tables().KeyOf(table); }
absl::string_view Key(v1::Row row) { return Rows().KeyOf(row); }
absl::string_view Key(v1::Column column) { return Columns().KeyOf(column); }
absl::string_view Key(v1::SectionKind kind) {
  return SectionKinds().KeyOf(kind);
}

std::string CellPathText(const v1::CellPath& path) {
  std::string text(Key(path.table()));
  if (path.row() != v1::ROW_UNSPECIFIED) {
    absl::StrAppend(&text, ".", Key(path.row()));
  }
  if (path.column() != v1::COLUMN_UNSPECIFIED) {
    absl::StrAppend(&text, ".", Key(path.column()));
  }
  return text;
}

v1::CellPath PathOf(const v1::Cell& cell) {
  v1::CellPath path;
  path.set_table(cell.table());
  path.set_row(cell.row());
  path.set_column(cell.column());
  return path;
}

std::string CellPathText(const v1::Cell& cell) {
  return CellPathText(PathOf(cell));
}

v1::Place PlaceOf(const v1::Cell& cell) {
  v1::Place place = cell.place();
  place.set_start_byte(cell.start_byte());
  place.set_end_byte(cell.end_byte());
  return place;
}

void SetPath(const v1::CellPath& path, v1::Cell* cell) {
  cell->set_table(path.table());
  cell->set_row(path.row());
  cell->set_column(path.column());
}

bool HasPlace(const v1::Cell& cell) {
  return cell.end_byte() > 0 || cell.has_place();
}

absl::StatusOr<v1::CellPath> ParseCellPath(absl::string_view text) {
  const size_t first = text.find('.');
  const size_t last = text.rfind('.');
  if (first == absl::string_view::npos || first == last) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", text,
                     "\" is not a cell path: a path has a table, a "
                     "row and a column joined by dots, such as "
                     "requests.granted.natural"));
  }
  const absl::string_view table = text.substr(0, first);
  const absl::string_view row = text.substr(first + 1, last - first - 1);
  const absl::string_view column = text.substr(last + 1);
  v1::CellPath path;
  path.set_table(static_cast<v1::Table>(Tables().NumberOf(table)));
  path.set_row(static_cast<v1::Row>(Rows().NumberOf(row)));
  path.set_column(static_cast<v1::Column>(Columns().NumberOf(column)));
  const absl::string_view* unknown = path.table() == 0    ? &table
                                     : path.row() == 0    ? &row
                                     : path.column() == 0 ? &column
                                                          : nullptr;
  if (unknown != nullptr) {
    return absl::InvalidArgumentError(absl::StrCat(
        "\"", *unknown, "\" in the cell path \"", text, "\" is not known"));
  }
  return path;
}

}  // namespace gongkai
