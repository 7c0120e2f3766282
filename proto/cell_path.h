// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: cell_path.h
//
// The text form of cell paths, "table.row.column", such as
// "requests.granted.natural" or "requests.denied.state_secret.total". The keys
// are the `key` options of the enum values in cell.proto; this is their only
// other home.
//
//   gongkai::CellPathText(path)                    // "disputes.review.total"
//   gongkai::ParseCellPath("disputes.review.total")  // the triple
//
// All functions are thread-safe.

#ifndef GONGKAI_PROTO_CELL_PATH_H_
#define GONGKAI_PROTO_CELL_PATH_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "gongkai/v1/cell.pb.h"
#include "gongkai/v1/report.pb.h"

namespace gongkai {

// The key of an enum value; empty for the unspecified value and for numbers
// that this version does not know.
absl::string_view Key(v1::Table table);
absl::string_view Key(v1::Row row);
absl::string_view Key(v1::Column column);
absl::string_view Key(v1::SectionKind kind);

// The dotted form. Parts that are not set are left out, so that a row's path
// (no column) reads "requests.granted".
std::string CellPathText(const v1::CellPath& path);

// The path of a cell, as a message and as text; and its place, not set where
// the cell was not read.
v1::CellPath PathOf(const v1::Cell& cell);
std::string CellPathText(const v1::Cell& cell);
v1::Place PlaceOf(const v1::Cell& cell);

// Makes the cell the one with this path.
void SetPath(const v1::CellPath& path, v1::Cell* cell);

// True if the cell was read from a place of the document.
bool HasPlace(const v1::Cell& cell);

// Parses the dotted form; a row key may itself contain a dot.
// Errors: InvalidArgument, naming the part that is not known.
absl::StatusOr<v1::CellPath> ParseCellPath(absl::string_view text);

}  // namespace gongkai

#endif  // GONGKAI_PROTO_CELL_PATH_H_
