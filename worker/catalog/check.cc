// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/check.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "proto/cell_path.h"
#include "worker/catalog/catalog.h"
#include "worker/catalog/check_claims.h"
#include "worker/catalog/check_rule.h"
#include "worker/catalog/faults.h"
#include "worker/catalog/label.h"
#include "worker/catalog/message_arguments.h"

namespace gongkai::catalog {
namespace {

using forms::v1::Block;
using forms::v1::CharacterMap;
using forms::v1::ColumnForm;
using forms::v1::Form;
using forms::v1::LabelVariants;
using forms::v1::Phrases;
using forms::v1::RowForm;
using forms::v1::Rule;
using forms::v1::SectionTitle;
using forms::v1::TableForm;
using forms::v1::TitleWords;

std::vector<UChar32> Characters(absl::string_view text) {
  std::vector<UChar32> characters;
  const int32_t size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c;
    U8_NEXT_OR_FFFD(text.data(), i, size, c);
    characters.push_back(c);
  }
  return characters;
}

class Checker : private Faults {
 public:
  explicit Checker(absl::Span<const std::unique_ptr<Source>> sources)
      : sources_(sources) {}

  absl::Status Run() {
    CharacterMap traditional;
    for (const auto& source : sources_) {
      traditional.MergeFrom(source->proto.traditional());
    }
    normalizer_ = LabelNormalizer(traditional);
    for (const auto& source : sources_) CollectVariants(*source);
    for (const auto& source : sources_) {
      for (const auto& subject : source->proto.claim_grammar().subjects()) {
        claim_subjects_.insert(subject.key());
      }
    }
    int form_count = 0;
    for (const auto& source : sources_) {
      form_count += source->proto.forms_size();
      CheckSource(*source);
    }
    CheckClaimGrammar(sources_, this);
    if (form_count == 0) {
      Fault(sources_.empty() ? "catalogue" : Locator(*sources_.back()).Place(),
            "the catalogue has no form");
    }
    for (const auto& [label, variants] : variants_) {
      if (!variants.used) {
        Fault(variants.place, "no row or column of a form has the label \"",
              label, "\"");
      }
    }
    return Status();
  }

 private:
  struct PlacedLabel {
    std::string text;
    std::string place;
  };
  struct Variants {
    std::string place;
    std::vector<PlacedLabel> labels;
    bool used = false;
  };

  void CheckSource(const Source& source) {
    const Locator root(source);
    const forms::v1::Catalog& proto = source.proto;
    using Catalog = forms::v1::Catalog;
    for (int i = 0; i < proto.forms_size(); ++i) {
      CheckForm(proto.forms(i), root.Nested(Catalog::kFormsFieldNumber, i));
    }
    for (int i = 0; i < proto.sections_size(); ++i) {
      CheckSection(proto.sections(i),
                   root.Nested(Catalog::kSectionsFieldNumber, i));
    }
    for (int i = 0; i < proto.rules_size(); ++i) {
      const Locator at = root.Nested(Catalog::kRulesFieldNumber, i);
      NeedNew(&rules_, proto.rules(i).id(), at.Place(Rule::kIdFieldNumber),
              "the rule");
      CheckRule(proto.rules(i), at, this);
      if (proto.rules(i).has_claim_check()) {
        CheckClaimSubjects(proto.rules(i), at, claim_subjects_, this);
      }
    }
    if (proto.has_traditional()) {
      CheckTraditional(proto.traditional(),
                       root.Nested(Catalog::kTraditionalFieldNumber));
    }
    if (proto.has_phrases()) {
      CheckPhrases(proto.phrases(), root.Nested(Catalog::kPhrasesFieldNumber));
    }
    if (proto.has_title_words()) {
      CheckTitleWords(proto.title_words(),
                      root.Nested(Catalog::kTitleWordsFieldNumber));
    }
    CheckWords(root, Catalog::kLegacyMarksFieldNumber, proto.legacy_marks());
    CheckWords(root, Catalog::kNotApplicableFieldNumber,
               proto.not_applicable());
    CheckWords(root, Catalog::kUnitsFieldNumber, proto.units());
  }

  // Forms ---------------------------------------------------------------------

  void CheckForm(const Form& form, const Locator& at) {
    if (form.template_() == v1::TEMPLATE_UNSPECIFIED) {
      Fault(at.Place(Form::kTemplateFieldNumber),
            "the form has no template set");
    }
    NeedNew(&templates_, static_cast<int>(form.template_()),
            at.Place(Form::kTemplateFieldNumber), "the form's template");
    Need(at, Form::kNameFieldNumber, form.name(), "name");
    Need(at, Form::kNameEnFieldNumber, form.name_en(), "name_en");
    if (form.first_year() <= 0) {
      Fault(at.Place(Form::kFirstYearFieldNumber), "first_year is not set");
    }
    if (form.last_year() != 0 && form.last_year() < form.first_year()) {
      Fault(at.Place(Form::kLastYearFieldNumber),
            "last_year is before first_year");
    }
    if (form.tables().empty()) Fault(at.Place(), "the form has no table");
    beside_form_count_ = 0;
    stand_ins_.clear();
    std::map<int, std::string> tables;
    std::map<int, std::string> rows;
    for (int i = 0; i < form.tables_size(); ++i) {
      const TableForm& table = form.tables(i);
      const Locator table_at = at.Nested(Form::kTablesFieldNumber, i);
      NeedNew(&tables, static_cast<int>(table.table()),
              table_at.Place(TableForm::kTableFieldNumber), "the table");
      CheckTable(table, table_at, &rows);
    }
  }

  void CheckTable(const TableForm& table, const Locator& at,
                  std::map<int, std::string>* rows) {
    if (table.table() == v1::TABLE_UNSPECIFIED) {
      Fault(at.Place(TableForm::kTableFieldNumber), "table is not set");
    }
    if (table.arrangement() == forms::v1::ARRANGEMENT_UNSPECIFIED) {
      Fault(at.Place(TableForm::kArrangementFieldNumber),
            "arrangement is not set");
    }
    if (table.blocks().empty()) Fault(at.Place(), "the table has no block");
    CheckWords(at, TableForm::kFurnitureFieldNumber, table.furniture());
    // The rows of the form itself, which others may stand for.
    std::set<v1::Row> own_rows;
    for (const Block& block : table.blocks()) {
      for (const RowForm& row : block.rows()) {
        if (row.stands_for().empty()) own_rows.insert(row.row());
      }
    }
    for (int i = 0; i < table.blocks_size(); ++i) {
      CheckBlock(table.blocks(i), at.Nested(TableForm::kBlocksFieldNumber, i),
                 own_rows, rows);
    }
  }

  void CheckBlock(const Block& block, const Locator& at,
                  const std::set<v1::Row>& own_rows,
                  std::map<int, std::string>* rows) {
    if (block.columns().empty()) Fault(at.Place(), "the block has no column");
    if (block.rows().empty()) Fault(at.Place(), "the block has no row");
    CheckWords(at, Block::kTitlesFieldNumber, block.titles());

    std::map<int, std::string> columns;
    std::map<std::string, std::string> column_labels;
    for (int i = 0; i < block.columns_size(); ++i) {
      const ColumnForm& column = block.columns(i);
      const Locator column_at = at.Nested(Block::kColumnsFieldNumber, i);
      const std::string place = column_at.Place(ColumnForm::kColumnFieldNumber);
      if (column.column() == v1::COLUMN_UNSPECIFIED) {
        Fault(place, "column is not set");
      }
      NeedNew(&columns, static_cast<int>(column.column()), place, "the column");
      if (column.kind() == forms::v1::VALUE_KIND_UNSPECIFIED) {
        Fault(column_at.Place(ColumnForm::kKindFieldNumber), "kind is not set");
      }
      CheckLabels(column.labels(), ColumnForm::kLabelsFieldNumber, column_at,
                  &column_labels);
    }

    std::map<std::string, std::string> row_labels;
    for (int i = 0; i < block.rows_size(); ++i) {
      const RowForm& row = block.rows(i);
      const Locator row_at = at.Nested(Block::kRowsFieldNumber, i);
      const std::string place = row_at.Place(RowForm::kRowFieldNumber);
      if (row.row() == v1::ROW_UNSPECIFIED) Fault(place, "row is not set");
      NeedNew(rows, static_cast<int>(row.row()), place, "the row");
      CheckWords(row_at, RowForm::kGroupsFieldNumber, row.groups());
      CheckLabels(row.labels(), RowForm::kLabelsFieldNumber, row_at,
                  &row_labels);
      if (!row.stands_for().empty()) CheckBesideForm(row, row_at);
      for (int k = 0; k < row.stands_for_size(); ++k) {
        if (own_rows.count(row.stands_for(k)) == 0) {
          Fault(row_at.Place(RowForm::kStandsForFieldNumber, k),
                "stands_for names \"", Key(row.stands_for(k)),
                "\", which is no row of this table of the form");
        }
      }
    }
  }

  // Rows that stand for the same row must be printed together in its place:
  // which of them stands for how much could not be told otherwise.
  void CheckBesideForm(const RowForm& row, const Locator& at) {
    constexpr int kStandsFor = RowForm::kStandsForFieldNumber;
    if (++beside_form_count_ == kMaxRowsBesideForm + 1) {
      Fault(at.Place(kStandsFor), "the form has more than ", kMaxRowsBesideForm,
            " rows with stands_for");
    }
    std::set<int> all(row.stands_for().begin(), row.stands_for().end());
    for (int own : all) {
      auto [it, inserted] = stand_ins_.emplace(own, all);
      if (!inserted && it->second != all) {
        Fault(at.Place(kStandsFor), "another row stands for \"",
              Key(static_cast<v1::Row>(own)),
              "\" together with other rows than this one does");
      }
    }
  }

  // The labels of one row or column with their variants, against those of its
  // neighbours.
  template <typename Labels>
  void CheckLabels(const Labels& labels, int field, const Locator& at,
                   std::map<std::string, std::string>* neighbours) {
    if (labels.empty()) Fault(at.Place(), "labels is not set");
    CheckWords(at, field, labels);
    std::vector<PlacedLabel> all;
    for (int i = 0; i < labels.size(); ++i) {
      all.push_back({labels[i], at.Place(field, i)});
      auto it = variants_.find(labels[i]);
      if (it == variants_.end()) continue;
      it->second.used = true;
      all.insert(all.end(), it->second.labels.begin(), it->second.labels.end());
    }
    std::set<std::string> own;
    for (const PlacedLabel& label : all) {
      const std::string normal = normalizer_.Normalize(label.text);
      // Labels of one row may well normalise alike.
      if (!own.insert(normal).second) continue;
      auto [it, inserted] = neighbours->emplace(normal, label.place);
      if (!inserted) {
        Fault(label.place, "the label \"", label.text,
              "\" reads, once normalised, like the label of another row or "
              "column of the block, at ",
              it->second);
      }
    }
  }

  void CollectVariants(const Source& source) {
    constexpr int kVariants = forms::v1::Catalog::kVariantsFieldNumber;
    const Locator root(source);
    for (int i = 0; i < source.proto.variants_size(); ++i) {
      const LabelVariants& entry = source.proto.variants(i);
      const Locator at = root.Nested(kVariants, i);
      const std::string place = at.Place(LabelVariants::kLabelFieldNumber);
      Need(at, LabelVariants::kLabelFieldNumber, entry.label(), "label");
      if (entry.variants().empty()) Fault(place, "variants is not set");
      CheckWords(at, LabelVariants::kVariantsFieldNumber, entry.variants());
      auto [it, inserted] = variants_.try_emplace(entry.label());
      if (!inserted) {
        Fault(place, "the variants of \"", entry.label(),
              "\" are already declared at ", it->second.place);
        continue;
      }
      it->second.place = place;
      for (int k = 0; k < entry.variants_size(); ++k) {
        it->second.labels.push_back(
            {entry.variants(k),
             at.Place(LabelVariants::kVariantsFieldNumber, k)});
      }
    }
  }

  // The rest ------------------------------------------------------------------

  void CheckSection(const SectionTitle& section, const Locator& at) {
    if (section.kind() == v1::SECTION_KIND_UNSPECIFIED) {
      Fault(at.Place(SectionTitle::kKindFieldNumber), "kind is not set");
    }
    NeedNew(&sections_, static_cast<int>(section.kind()),
            at.Place(SectionTitle::kKindFieldNumber), "the section");
    if (section.ordinal() < 1 || section.ordinal() > 99) {
      Fault(at.Place(SectionTitle::kOrdinalFieldNumber),
            "ordinal is not between 1 and 99");
    }
    NeedNew(&ordinals_, section.ordinal(),
            at.Place(SectionTitle::kOrdinalFieldNumber), "the ordinal");
    constexpr int kTitles = SectionTitle::kTitlesFieldNumber;
    if (section.titles().empty()) Fault(at.Place(), "titles is not set");
    CheckWords(at, kTitles, section.titles());
    std::set<std::string> own;
    for (int i = 0; i < section.titles_size(); ++i) {
      const std::string normal = normalizer_.Normalize(section.titles(i));
      if (own.insert(normal).second) {
        NeedNew(&section_titles_, normal, at.Place(kTitles, i),
                absl::StrCat("the title \"", section.titles(i), "\""));
      }
    }
  }

  void CheckTraditional(const CharacterMap& map, const Locator& at) {
    const std::vector<UChar32> from = Characters(map.from());
    const std::vector<UChar32> to = Characters(map.to());
    if (from.size() != to.size()) {
      Fault(at.Place(CharacterMap::kToFieldNumber), "to has ", to.size(),
            " characters, from has ", from.size());
    }
    std::set<UChar32> known;
    for (UChar32 c : from) {
      if (!known.insert(c).second) {
        Fault(at.Place(CharacterMap::kFromFieldNumber), "from holds \"",
              Text(c), "\" twice");
      }
    }
    for (UChar32 c : to) {
      if (known.count(c) != 0) {
        Fault(at.Place(CharacterMap::kToFieldNumber), "\"", Text(c),
              "\" stands in both from and to");
      }
    }
  }

  static std::string Text(UChar32 c) {
    char bytes[U8_MAX_LENGTH];
    int32_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, c);
    return std::string(bytes, length);
  }

  void CheckTitleWords(const TitleWords& words, const Locator& at) {
    Need(at, TitleWords::kSubjectFieldNumber, words.subject(), "subject");
    if (words.kinds().empty()) {
      Fault(at.Place(TitleWords::kKindsFieldNumber), "there are no kinds");
    }
    CheckWords(at, TitleWords::kKindsFieldNumber, words.kinds());
  }

  void CheckPhrases(const Phrases& phrases, const Locator& at) {
    CheckMessage(at, Phrases::kRepairFieldNumber, "repair", phrases.repair(),
                 RepairArguments());
    CheckMessage(at, Phrases::kRepairEnFieldNumber, "repair_en",
                 phrases.repair_en(), RepairArguments());
    CheckMessage(at, Phrases::kCellsNotReadFieldNumber, "cells_not_read",
                 phrases.cells_not_read(), CellsNotReadArguments());
    CheckMessage(at, Phrases::kCellsNotReadEnFieldNumber, "cells_not_read_en",
                 phrases.cells_not_read_en(), CellsNotReadArguments());
    CheckMessage(at, Phrases::kNotFoundFieldNumber, "not_found",
                 phrases.not_found(), NotFoundArguments());
    CheckMessage(at, Phrases::kNotFoundEnFieldNumber, "not_found_en",
                 phrases.not_found_en(), NotFoundArguments());
    CheckMessage(at, Phrases::kClaimPartFieldNumber, "claim_part",
                 phrases.claim_part(), ClaimPartArguments());
    CheckMessage(at, Phrases::kClaimPartEnFieldNumber, "claim_part_en",
                 phrases.claim_part_en(), ClaimPartArguments());
    CheckMessage(at, Phrases::kBlanksProvedFieldNumber, "blanks_proved",
                 phrases.blanks_proved(), {});
    CheckMessage(at, Phrases::kBlanksProvedEnFieldNumber, "blanks_proved_en",
                 phrases.blanks_proved_en(), {});
  }

  absl::Span<const std::unique_ptr<Source>> sources_;
  LabelNormalizer normalizer_;
  std::map<std::string, Variants> variants_;  // by label
  // Of the form that is being checked: its rows with stands_for, and what is
  // stood for together with each of its own rows.
  int beside_form_count_ = 0;
  std::map<int, std::set<int>> stand_ins_;
  // What was declared, and where.
  std::map<int, std::string> templates_;
  std::map<std::string, std::string> rules_;
  // Keys of ClaimSubject.
  std::set<std::string> claim_subjects_;
  std::map<int, std::string> sections_;
  std::map<int, std::string> ordinals_;
  std::map<std::string, std::string> section_titles_;
};

}  // namespace

absl::Status CheckSources(absl::Span<const std::unique_ptr<Source>> sources) {
  return Checker(sources).Run();
}

}  // namespace gongkai::catalog
