// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/source.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/io/tokenizer.h"

namespace gongkai::catalog {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::TextFormat;

// The parser counts lines and columns from 0, people from 1.
std::string PlaceText(absl::string_view file, int line, int column) {
  return absl::StrCat(file, ":", line + 1, ":", column + 1);
}

class Faults : public google::protobuf::io::ErrorCollector {
 public:
  Faults(absl::string_view file, absl::string_view text)
      : file_(file), lines_(absl::StrSplit(text, '\n')) {}

  void AddError(int line, google::protobuf::io::ColumnNumber column,
                const std::string& message) override {
    FindWord(message, &line, &column);
    absl::StrAppend(&text_, text_.empty() ? "" : "\n",
                    PlaceText(file_, line, column), ": ", message);
  }

  const std::string& text() const { return text_; }

 private:
  // The parser complains of an unknown enum value only when it has read the
  // word behind it, often on the next line: goes back to the line that holds
  // the word in quotes.
  void FindWord(absl::string_view message, int* line, int* column) const {
    const std::vector<absl::string_view> parts = absl::StrSplit(message, '"');
    if (parts.size() < 3 ||
        !absl::StartsWith(message, "Unknown enumeration value")) {
      return;
    }
    for (int i = std::min<int>(*line, lines_.size() - 1); i >= 0; --i) {
      const size_t found = lines_[i].rfind(parts[1]);
      if (found == absl::string_view::npos) continue;
      *line = i;
      *column = static_cast<int>(found);
      return;
    }
  }

  const absl::string_view file_;
  const std::vector<absl::string_view> lines_;
  std::string text_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Source>> ParseSource(std::string name,
                                                    absl::string_view text) {
  auto source = std::make_unique<Source>();
  source->name = std::move(name);
  Faults faults(source->name, text);
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&faults);
  parser.WriteLocationsTo(&source->tree);
  if (!parser.ParseFromString(std::string(text), &source->proto)) {
    return absl::InvalidArgumentError(faults.text());
  }
  return source;
}

absl::StatusOr<std::unique_ptr<Source>> ReadSource(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  // A directory opens but cannot be read.
  if (!stream || !(text << stream.rdbuf())) {
    return absl::NotFoundError(
        absl::StrCat(file, ": the catalogue file cannot be read or is empty"));
  }
  return ParseSource(file, text.str());
}

Locator::Locator(const Source& source)
    : Locator(&source, &source.tree, forms::v1::Catalog::descriptor(),
              Location(0, 0)) {}

Locator::Location Locator::Find(int field_number, int index) const {
  const FieldDescriptor* field = type_->FindFieldByNumber(field_number);
  if (tree_ == nullptr) return own_;
  // The parser ends the program over an index of the wrong kind.
  if (field->is_repeated() && index < 0) index = 0;
  Location location = tree_->GetLocation(field, index);
  // Of a list in brackets, the parser keeps the place of the list only.
  if (location.line < 0 && index > 0) location = tree_->GetLocation(field, 0);
  return location.line < 0 ? own_ : location;
}

Locator Locator::Nested(int field_number, int index) const {
  const FieldDescriptor* field = type_->FindFieldByNumber(field_number);
  const Tree* tree =
      tree_ == nullptr ? nullptr : tree_->GetTreeForNested(field, index);
  return Locator(source_, tree, field->message_type(),
                 Find(field_number, index));
}

std::string Locator::Place(int field_number, int index) const {
  const Location location = Find(field_number, index);
  return PlaceText(source_->name, location.line, location.column);
}

std::string Locator::Place() const {
  return PlaceText(source_->name, own_.line, own_.column);
}

}  // namespace gongkai::catalog
