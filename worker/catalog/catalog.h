// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/catalog.h
//
// The catalogue: what is known of the statutory forms and of the rules, loaded
// from text-format protobufs, checked, and compiled into dense tables that the
// other rooms index.
//
//   absl::StatusOr<std::unique_ptr<const Catalog>> catalog =
//       Catalog::Builtin();
//   const Form* form = (*catalog)->form(v1::TEMPLATE_2021);
//   form->own_cell_count()                        // 200
//
// The data are the files of worker/catalog/data; catalog.proto explains them.
// Rows and columns are told by their labels: FormRow.declaration->labels(), the
// columns of FormRow.block, the titles above a block, and the furniture of its
// table, all to be compared through normalizer().
//
// Immutable after loading and thread-safe.

#ifndef GONGKAI_WORKER_CATALOG_CATALOG_H_
#define GONGKAI_WORKER_CATALOG_CATALOG_H_

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "gongkai/forms/v1/catalog.pb.h"
#include "gongkai/v1/cell.pb.h"
#include "gongkai/v1/report.pb.h"
#include "worker/catalog/label.h"

namespace gongkai::catalog {

// A cell's number within its Form.
using CellIndex = int16_t;
inline constexpr CellIndex kNoCell = -1;

// A form has at most so many rows beside it (RowForm.stands_for), so that the
// ones that a report prints are the bits of one word.
inline constexpr int kMaxRowsBesideForm = 32;

// The grammar of claims has at most so many classes of words that its subjects
// can name, so that a set of them is one word.
inline constexpr int kMaxNamedWordClasses = 64;

// True if subjects of claims can name words of the role.
bool NamesWordClass(forms::v1::WordRole role);

// A value column as it applies to one cell, with the rows and columns of its
// block for those who walk the table.
struct FormCell {
  v1::Table table;
  v1::Row row;
  v1::Column column;
  forms::v1::ValueKind kind;
  // The unit of the column; empty for counts. Points into the catalogue.
  absl::string_view unit;
};

// A row of a table: its cells are [first_cell, first_cell + cell_count).
struct FormRow {
  v1::Table table;
  v1::Row row;
  CellIndex first_cell;
  int16_t cell_count;
  // True for a row that the form itself does not have (RowForm.stands_for).
  bool beside_form;
  // The form's declaration. Points into the catalogue.
  const forms::v1::RowForm* declaration;
  const forms::v1::Block* block;
  // The identities that prove readings and have a cell of the row among their
  // operands, stand-ins included; indices into Form::identities().
  std::vector<int> proofs;
};

// One operand of an identity.
struct Operand {
  CellIndex cell = kNoCell;
  // The cells of rows that may be printed in place of this one's row.
  std::vector<CellIndex> stand_ins;
};

// An identity over the cells of a form with every '*' filled in: the sum of
// left equals the sum of right. No cell occurs twice.
struct FormIdentity {
  // The rule it is an instance of; an index into Catalog::proto().rules().
  int rule = 0;
  bool proves = false;
  // True for an instance over a row beside the form, such as its row sum: it
  // applies only where the report prints that row.
  bool beside_form = false;
  std::vector<Operand> left;
  std::vector<Operand> right;
};

// True if the rule is for reports on this form, or for all.
bool AppliesTo(const forms::v1::Rule& rule, v1::Template template_id);

// A compiled form. Row order and cell order are those of the printed form;
// rows beside the form come after all of the form's own rows, their cells
// after all of its own cells.
class Form {
 public:
  const forms::v1::Form& proto() const { return *proto_; }
  v1::Template template_id() const { return proto_->template_(); }

  absl::Span<const FormCell> cells() const { return cells_; }
  int own_cell_count() const { return own_cell_count_; }
  absl::Span<const FormRow> rows() const { return rows_; }
  // In the order of their rules and, within a rule, of the form; those over
  // rows beside the form come last within their rule.
  absl::Span<const FormIdentity> identities() const { return identities_; }

  // The cell with this path; kNoCell if the form has none such. Any numbers may
  // be given, also those that are no values of the enums.
  CellIndex Find(v1::Table table, v1::Row row, v1::Column column) const {
    if (!v1::Row_IsValid(row) || !v1::Column_IsValid(column)) return kNoCell;
    const RowIndex& found = row_index_[row];
    if (found.table != table || found.block < 0) return kNoCell;
    const int offset = column_offset_[found.block][column];
    return offset < 0 ? kNoCell
                      : static_cast<CellIndex>(found.first_cell + offset);
  }
  CellIndex Find(const v1::CellPath& path) const {
    return Find(path.table(), path.row(), path.column());
  }

 private:
  friend class CatalogCompiler;

  // Where a row's cells begin, and in which block its columns are. A row
  // stands in one table only.
  struct RowIndex {
    v1::Table table = v1::TABLE_UNSPECIFIED;
    int8_t block = -1;
    CellIndex first_cell = kNoCell;
  };

  const forms::v1::Form* proto_ = nullptr;
  std::vector<FormCell> cells_;
  std::vector<FormRow> rows_;
  std::vector<FormIdentity> identities_;
  int own_cell_count_ = 0;
  std::array<RowIndex, v1::Row_ARRAYSIZE> row_index_;
  // By block and column: which cell of the row it is, from 0; -1 for none.
  std::vector<std::array<int8_t, v1::Column_ARRAYSIZE>> column_offset_;
};

class Catalog {
 public:
  // The catalogue compiled into this program.
  static absl::StatusOr<std::unique_ptr<const Catalog>> Builtin();

  // The catalogue in these files (text-format gongkai.forms.v1.Catalog,
  // merged in order), instead of the built-in one. Errors: NotFound or
  // InvalidArgument; one line for each fault with file, line, column and what
  // is wrong.
  static absl::StatusOr<std::unique_ptr<const Catalog>> Load(
      absl::Span<const std::string> files);

  // The merged files. The labels of rows and columns already include the
  // variants.
  const forms::v1::Catalog& proto() const { return proto_; }

  // Brings labels of the catalogue and of documents into the form in which
  // they are compared.
  const LabelNormalizer& normalizer() const { return normalizer_; }

  // The compiled form; null if the catalogue has none for this template.
  const Form* form(v1::Template template_id) const;
  absl::Span<const Form> forms() const { return forms_; }

  // Changes whenever any template or rule does: 16 hexadecimal digits.
  const std::string& version() const { return version_; }

 private:
  friend class CatalogCompiler;
  Catalog() = default;

  forms::v1::Catalog proto_;
  LabelNormalizer normalizer_;
  std::vector<Form> forms_;
  std::string version_;
};

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_CATALOG_H_
