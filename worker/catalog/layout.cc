// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/layout.h"

#include <algorithm>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"

namespace gongkai::catalog {
namespace {

class Describer {
 public:
  explicit Describer(const forms::v1::Catalog& catalog) : catalog_(catalog) {
    for (const forms::v1::LabelTranslation& entry : catalog.translations()) {
      english_[entry.label()] = entry.label_en();
    }
  }

  void Describe(const forms::v1::Form& form, v1::TemplateLayout* layout) const {
    layout->set_template_(form.template_());
    layout->set_name(form.name());
    layout->set_name_en(form.name_en());
    layout->set_first_year(form.first_year());
    layout->set_last_year(form.last_year());
    for (const forms::v1::TableForm& table : form.tables()) {
      Describe(table, layout->add_tables());
    }
  }

 private:
  const std::string& English(const std::string& label) const {
    const auto found = english_.find(label);
    return found == english_.end() ? label : found->second;
  }

  void Describe(const forms::v1::TableForm& table,
                v1::TableLayout* layout) const {
    layout->set_table(table.table());
    for (const forms::v1::SectionTitle& section : catalog_.sections()) {
      if (section.kind() != table.section()) continue;
      layout->set_title(section.titles(0));
      layout->set_title_en(English(section.titles(0)));
    }
    layout->set_side_by_side(table.arrangement() ==
                             forms::v1::ARRANGEMENT_SIDE_BY_SIDE);
    for (const std::string& furniture : table.furniture()) {
      if (!table.note_mark().empty() &&
          absl::StrContains(furniture, table.note_mark())) {
        layout->set_note(furniture);
      }
    }
    for (const forms::v1::Block& block : table.blocks()) {
      Describe(block, layout->add_blocks());
    }
  }

  void Describe(const forms::v1::Block& block, v1::BlockLayout* layout) const {
    if (block.titles_size() > 0) {
      layout->set_title(block.titles(0));
      layout->set_title_en(English(block.titles(0)));
    }
    for (const forms::v1::ColumnForm& column : block.columns()) {
      v1::ColumnLayout* const described = layout->add_columns();
      described->set_column(column.column());
      described->set_unit(column.unit());
      DescribeLabels(column, described);
    }
    for (const forms::v1::RowForm& row : block.rows()) {
      v1::RowLayout* const described = layout->add_rows();
      described->set_row(row.row());
      described->set_beside_form(row.stands_for_size() > 0);
      DescribeLabels(row, described);
    }
  }

  template <typename Declared, typename Layout>
  void DescribeLabels(const Declared& declared, Layout* layout) const {
    layout->set_label(declared.labels(0));
    layout->set_label_en(English(declared.labels(0)));
    for (const std::string& group : declared.groups()) {
      layout->add_groups(group);
      layout->add_groups_en(English(group));
    }
  }

  const forms::v1::Catalog& catalog_;
  absl::flat_hash_map<std::string, std::string> english_;
};

}  // namespace

v1::ListTemplatesResponse DescribeTemplates(const Catalog& catalog) {
  v1::ListTemplatesResponse response;
  response.set_rule_set_version(catalog.version());
  const Describer describer(catalog.proto());
  for (const Form& form : catalog.forms()) {
    describer.Describe(form.proto(), response.add_templates());
  }
  std::sort(response.mutable_templates()->begin(),
            response.mutable_templates()->end(),
            [](const v1::TemplateLayout& a, const v1::TemplateLayout& b) {
              return a.first_year() < b.first_year();
            });
  return response;
}

}  // namespace gongkai::catalog
