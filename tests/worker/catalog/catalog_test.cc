// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/catalog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "proto/cell_path.h"

namespace gongkai::catalog {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::Pair;

std::string SourceDir() {
  const char* directory = std::getenv("GONGKAI_SOURCE_DIR");
  return directory == nullptr ? "." : directory;
}

std::string ReadFile(const std::string& name) {
  std::ifstream stream(name, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

const Catalog& Builtin() {
  static const Catalog* const catalog = [] {
    auto loaded = Catalog::Builtin();
    if (!loaded.ok()) {
      std::fprintf(stderr, "%s\n", loaded.status().ToString().c_str());
      std::abort();
    }
    return loaded->release();
  }();
  return *catalog;
}

std::string PathOf(const FormCell& cell) {
  v1::CellPath path;
  path.set_table(cell.table);
  path.set_row(cell.row);
  path.set_column(cell.column);
  return CellPathText(path);
}

std::string PathOf(const Form& form, CellIndex cell) {
  return PathOf(form.cells()[cell]);
}

std::vector<std::string> OwnPaths(const Form& form) {
  std::vector<std::string> paths;
  for (int i = 0; i < form.own_cell_count(); ++i) {
    paths.push_back(PathOf(form.cells()[i]));
  }
  return paths;
}

class EveryForm : public testing::TestWithParam<v1::Template> {
 protected:
  const Form& form() const { return *Builtin().form(GetParam()); }
  std::string name() const { return v1::Template_Name(GetParam()); }
};

INSTANTIATE_TEST_SUITE_P(Catalog, EveryForm,
                         testing::Values(v1::TEMPLATE_2019, v1::TEMPLATE_2021),
                         [](const auto& info) {
                           return v1::Template_Name(info.param);
                         });

TEST_P(EveryForm, HasTheCellsOfItsListInThisOrder) {
  const std::string file =
      absl::StrCat(SourceDir(), "/tests/worker/catalog/", name(), ".cells.txt");
  std::vector<std::string> expected =
      absl::StrSplit(ReadFile(file), '\n', absl::SkipEmpty());
  EXPECT_THAT(OwnPaths(form()), ElementsAreArray(expected));
}

TEST_P(EveryForm, HasTheCellsOfTheDomainNotes) {
  const std::string file =
      absl::StrCat(SourceDir(), "/../shared/domain/templates.json");
  const std::string json = ReadFile(file);
  if (json.empty()) GTEST_SKIP() << file << " is not there";
  google::protobuf::Struct notes;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(json, &notes).ok());
  const auto& tables = notes.fields().at(name()).struct_value().fields();
  auto keys = [](const google::protobuf::Value& list) {
    std::vector<std::string> keys;
    for (const auto& item : list.list_value().values()) {
      keys.push_back(item.struct_value().fields().at("key").string_value());
    }
    return keys;
  };
  std::vector<std::string> expected;
  auto add = [&](absl::string_view table, const google::protobuf::Value& rows,
                 const google::protobuf::Value& columns) {
    for (const std::string& row : keys(rows)) {
      for (const std::string& column : keys(columns)) {
        expected.push_back(absl::StrCat(table, ".", row, ".", column));
      }
    }
  };
  for (const auto& block : tables.at("disclosure").list_value().values()) {
    const auto& fields = block.struct_value().fields();
    add("disclosure", fields.at("rows"), fields.at("columns"));
  }
  const auto& requests = tables.at("requests").struct_value().fields();
  add("requests", requests.at("rows"), requests.at("columns"));
  for (const std::string& key : keys(tables.at("disputes")
                                         .struct_value()
                                         .fields()
                                         .at("columns_in_order"))) {
    expected.push_back(absl::StrCat("disputes.", key));
  }
  EXPECT_EQ(expected.size(), GetParam() == v1::TEMPLATE_2019 ? 198u : 200u);
  EXPECT_THAT(OwnPaths(form()), ElementsAreArray(expected));
}

TEST_P(EveryForm, FindsEveryCellByItsPathAndNoOther) {
  std::set<std::string> known;
  for (size_t i = 0; i < form().cells().size(); ++i) {
    const FormCell& cell = form().cells()[i];
    EXPECT_EQ(form().Find(cell.table, cell.row, cell.column),
              static_cast<CellIndex>(i));
    known.insert(PathOf(cell));
  }
  // Also numbers outside the enums.
  size_t found = 0;
  for (int table = -1; table <= v1::Table_ARRAYSIZE; ++table) {
    for (int row = -1; row <= v1::Row_ARRAYSIZE; ++row) {
      for (int column = -1; column <= v1::Column_ARRAYSIZE; ++column) {
        found += form().Find(static_cast<v1::Table>(table),
                             static_cast<v1::Row>(row),
                             static_cast<v1::Column>(column)) != kNoCell;
      }
    }
  }
  EXPECT_EQ(found, known.size());
}

// "a + b = c" with the cells of an identity.
std::string Text(const Form& form, const FormIdentity& identity) {
  auto side = [&form](const std::vector<Operand>& operands) {
    std::vector<std::string> paths;
    for (const Operand& operand : operands) {
      paths.push_back(PathOf(form, operand.cell));
    }
    return absl::StrJoin(paths, " + ");
  };
  return absl::StrCat(side(identity.left), " = ", side(identity.right));
}

std::vector<const FormIdentity*> InstancesOf(const Form& form,
                                             absl::string_view rule) {
  std::vector<const FormIdentity*> instances;
  for (const FormIdentity& identity : form.identities()) {
    if (Builtin().proto().rules(identity.rule).id() == rule) {
      instances.push_back(&identity);
    }
  }
  return instances;
}

TEST_P(EveryForm, HasTheIdentitiesOfItsTables) {
  std::map<std::string, int> own;
  int beside_form = 0;
  for (const FormIdentity& identity : form().identities()) {
    EXPECT_TRUE(identity.proves);
    if (identity.beside_form) {
      ++beside_form;
    } else {
      ++own[Builtin().proto().rules(identity.rule).id()];
    }
  }
  const bool is_2019 = GetParam() == v1::TEMPLATE_2019;
  EXPECT_THAT(own, ElementsAre(Pair("disputes.group-sum", 3),
                               Pair("requests.balance", 7),
                               Pair("requests.processed-sum", 7),
                               Pair("requests.row-sum", is_2019 ? 23 : 25)));
  EXPECT_EQ(beside_form, is_2019 ? 3 : 1);
}

TEST(Identities, AreFilledInOverRowsAndColumns) {
  const Form& form = *Builtin().form(v1::TEMPLATE_2021);
  EXPECT_EQ(Text(form, *InstancesOf(form, "requests.balance")[1]),
            "requests.received.business + requests.carried_in.business = "
            "requests.processed.business + requests.carried_out.business");
  EXPECT_EQ(Text(form, *InstancesOf(form, "requests.row-sum")[2]),
            "requests.granted.natural + requests.granted.business + "
            "requests.granted.research + requests.granted.social + "
            "requests.granted.legal + requests.granted.other = "
            "requests.granted.total");
  EXPECT_EQ(Text(form, *InstancesOf(form, "disputes.group-sum")[2]),
            "disputes.after_review.upheld + disputes.after_review.corrected + "
            "disputes.after_review.other + disputes.after_review.pending = "
            "disputes.after_review.total");
}

TEST(Identities, SumAllOutcomesOfTheirForm) {
  for (const auto& [template_id, outcomes] :
       {std::pair(v1::TEMPLATE_2019, 19), std::pair(v1::TEMPLATE_2021, 21)}) {
    const Form& form = *Builtin().form(template_id);
    const FormIdentity& sum = *InstancesOf(form, "requests.processed-sum")[0];
    EXPECT_EQ(sum.left.size(), static_cast<size_t>(outcomes));
    EXPECT_EQ(sum.right.size(), 1u);
  }
}

TEST(Identities, KnowTheRowsThatStandForOthers) {
  const Form& form_2021 = *Builtin().form(v1::TEMPLATE_2021);
  std::map<std::string, std::vector<std::string>> stand_ins;
  for (const Operand& operand :
       InstancesOf(form_2021, "requests.processed-sum")[6]->left) {
    for (CellIndex cell : operand.stand_ins) {
      stand_ins[PathOf(form_2021, operand.cell)].push_back(
          PathOf(form_2021, cell));
    }
  }
  EXPECT_THAT(stand_ins,
              ElementsAre(Pair("requests.other.misc.total",
                               ElementsAre("requests.other.all.total")),
                          Pair("requests.other.no_correction.total",
                               ElementsAre("requests.other.all.total")),
                          Pair("requests.other.no_payment.total",
                               ElementsAre("requests.other.all.total"))));

  const Form& form_2019 = *Builtin().form(v1::TEMPLATE_2019);
  const Operand& other =
      InstancesOf(form_2019, "requests.processed-sum")[0]->left.back();
  EXPECT_EQ(PathOf(form_2019, other.cell), "requests.other.all.natural");
  EXPECT_EQ(other.stand_ins.size(), 3u);
}

TEST(Rows, BesideTheFormComeLast) {
  const Form& form = *Builtin().form(v1::TEMPLATE_2021);
  const FormRow& last = form.rows().back();
  EXPECT_TRUE(last.beside_form);
  EXPECT_EQ(last.row, v1::ROW_OTHER_ALL);
  EXPECT_EQ(last.first_cell, form.own_cell_count());
  EXPECT_EQ(form.cells().size(), 207u);
}

TEST(Builtin, IsWhatItsFilesLoadTo) {
  std::vector<std::string> files;
  for (absl::string_view name : {"form_2019", "form_2021", "labels", "sections",
                                 "text", "claims", "rules", "rules_claims"}) {
    files.push_back(
        absl::StrCat(SourceDir(), "/worker/catalog/data/", name, ".txtpb"));
  }
  auto loaded = Catalog::Load(files);
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_EQ((*loaded)->proto().SerializeAsString(),
            Builtin().proto().SerializeAsString());
  EXPECT_EQ((*loaded)->version(), Builtin().version());
  EXPECT_EQ(Builtin().version().size(), 16u);
}

}  // namespace
}  // namespace gongkai::catalog
