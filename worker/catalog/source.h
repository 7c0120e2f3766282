// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/source.h
//
// One text-format file of the catalogue, with the places of its elements.
// Private to the catalogue.

#ifndef GONGKAI_WORKER_CATALOG_SOURCE_H_
#define GONGKAI_WORKER_CATALOG_SOURCE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "gongkai/forms/v1/catalog.pb.h"
#include "google/protobuf/text_format.h"

namespace gongkai::catalog {

// A parsed file. Not movable: locators point into it.
struct Source {
  std::string name;
  forms::v1::Catalog proto;
  google::protobuf::TextFormat::ParseInfoTree tree;
  // Compiled in. Its patterns are known to be good, from a test that loads the
  // same files as given ones: to try them all anew is a third of a worker's
  // start.
  bool built_in = false;
};

// Errors: InvalidArgument with every fault the parser names, each with file,
// line and column.
absl::StatusOr<std::unique_ptr<Source>> ParseSource(std::string name,
                                                    absl::string_view text);

// Errors: NotFound if the file cannot be opened, and as above.
absl::StatusOr<std::unique_ptr<Source>> ReadSource(const std::string& file);

// A message of a file, for saying where its fields stand.
class Locator {
 public:
  explicit Locator(const Source& source);

  // The index-th message of a repeated field; index -1 for a single field.
  Locator Nested(int field_number, int index = -1) const;

  // "file:line:column" of a field; of the message itself where the field is
  // not there or its place is not known.
  std::string Place(int field_number, int index = -1) const;
  // "file:line:column" of the message itself.
  std::string Place() const;

  bool built_in() const { return source_->built_in; }

 private:
  using Tree = google::protobuf::TextFormat::ParseInfoTree;
  using Location = google::protobuf::TextFormat::ParseLocation;
  Locator(const Source* source, const Tree* tree,
          const google::protobuf::Descriptor* type, Location own)
      : source_(source), tree_(tree), type_(type), own_(own) {}

  Location Find(int field_number, int index) const;

  const Source* source_;
  const Tree* tree_;  // null below a place that is not known
  const google::protobuf::Descriptor* type_;
  Location own_;
};

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_SOURCE_H_
