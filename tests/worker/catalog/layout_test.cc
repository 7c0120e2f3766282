// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/layout.h"

#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace gongkai::catalog {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class LayoutTest : public ::testing::Test {
 protected:
  LayoutTest() : catalog_(*Catalog::Builtin()) {
    response_ = DescribeTemplates(*catalog_);
  }

  std::unique_ptr<const Catalog> catalog_;
  v1::ListTemplatesResponse response_;
};

TEST_F(LayoutTest, HasBothFormsTheOldestFirst) {
  ASSERT_EQ(response_.templates_size(), 2);
  EXPECT_EQ(response_.templates(0).template_(), v1::TEMPLATE_2019);
  EXPECT_EQ(response_.templates(1).template_(), v1::TEMPLATE_2021);
  EXPECT_EQ(response_.rule_set_version(), catalog_->version());
}

TEST_F(LayoutTest, HasEveryCellOfTheFormsInTheirOrder) {
  for (const v1::TemplateLayout& layout : response_.templates()) {
    const Form& form = *catalog_->form(layout.template_());
    int own = 0;
    int beside = 0;
    for (const v1::TableLayout& table : layout.tables()) {
      for (const v1::BlockLayout& block : table.blocks()) {
        for (const v1::RowLayout& row : block.rows()) {
          for (const v1::ColumnLayout& column : block.columns()) {
            const CellIndex cell =
                form.Find(table.table(), row.row(), column.column());
            ASSERT_NE(cell, kNoCell);
            if (row.beside_form()) {
              ++beside;
            } else {
              EXPECT_EQ(cell, own++);
            }
          }
        }
      }
    }
    EXPECT_EQ(own, form.own_cell_count());
    EXPECT_EQ(own + beside, static_cast<int>(form.cells().size()));
  }
}

TEST_F(LayoutTest, NamesEverythingInBothLanguages) {
  const auto is_translated = [](const std::string& zh, const std::string& en) {
    EXPECT_THAT(zh, Not(IsEmpty()));
    EXPECT_THAT(en, Not(IsEmpty()));
    EXPECT_NE(zh, en);
  };
  const auto labels_are = [&](const auto& entry) {
    is_translated(entry.label(), entry.label_en());
    ASSERT_EQ(entry.groups_size(), entry.groups_en_size());
    for (int i = 0; i < entry.groups_size(); ++i) {
      is_translated(entry.groups(i), entry.groups_en(i));
    }
  };
  for (const v1::TemplateLayout& layout : response_.templates()) {
    is_translated(layout.name(), layout.name_en());
    for (const v1::TableLayout& table : layout.tables()) {
      is_translated(table.title(), table.title_en());
      for (const v1::BlockLayout& block : table.blocks()) {
        if (!block.title().empty()) {
          is_translated(block.title(), block.title_en());
        }
        for (const auto& column : block.columns()) labels_are(column);
        for (const auto& row : block.rows()) labels_are(row);
      }
    }
  }
}

TEST_F(LayoutTest, TellsHowTheTablesArePrinted) {
  const v1::TemplateLayout& layout = response_.templates(1);
  ASSERT_EQ(layout.tables_size(), 3);
  EXPECT_FALSE(layout.tables(1).side_by_side());
  EXPECT_THAT(layout.tables(1).note(), HasSubstr("勾稽"));
  EXPECT_TRUE(layout.tables(2).side_by_side());
  EXPECT_THAT(layout.tables(2).note(), IsEmpty());
  const v1::BlockLayout& requests = layout.tables(1).blocks(0);
  EXPECT_THAT(requests.columns(1).groups(),
              ElementsAre("申请人情况", "法人或其他组织"));
  EXPECT_THAT(layout.tables(2).blocks(0).rows(1).groups_en(),
              ElementsAre("Administrative litigation"));
  EXPECT_EQ(layout.tables(0).blocks(3).columns(0).unit(), "万元");
}

}  // namespace
}  // namespace gongkai::catalog
