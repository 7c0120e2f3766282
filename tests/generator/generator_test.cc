// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/generator/generator.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "proto/cell_path.h"
#include "tests/generator/expect.h"
#include "tests/generator/random.h"

namespace gongkai::generator {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr uint64_t kSeeds = 40;

Options Plain(uint64_t seed, Layout layout, Form form = Form::k2021) {
  Options options;
  options.seed = seed;
  options.layout = layout;
  options.form = form;
  options.variants = false;
  options.zeros = Zeros::kDigit;
  return options;
}

// The report as somebody would send it who has read every cell.
v1::Report PerfectReading(const GeneratedReport& truth) {
  v1::Report report;
  report.set_year(truth.year);
  report.set_template_(truth.template_id);
  report.set_body(truth.body);
  for (const TrueCell& cell : truth.cells) {
    const v1::CellPath path = *ParseCellPath(cell.path);
    v1::ReportTable* table =
        path.table() == v1::TABLE_DISCLOSURE ? report.mutable_disclosure()
        : path.table() == v1::TABLE_REQUESTS ? report.mutable_requests()
                                             : report.mutable_disputes();
    v1::Cell* answer = table->add_cells();
    SetPath(path, answer);
    answer->set_state(cell.state);
    if (cell.has_value()) answer->set_decimal(cell.meant);
  }
  return report;
}

TEST(RandomTest, GivesTheSameNumbersEverywhere) {
  Random random(42);
  EXPECT_EQ(random.Next(), 1546998764402558742u);
  EXPECT_EQ(random.Next(), 6990951692964543102u);
  EXPECT_EQ(random.Next(), 12544586762248559009u);
  EXPECT_NE(Random(42, 1).Next(), Random(42, 2).Next());
}

TEST(RandomTest, StaysWithinItsBounds) {
  Random random(1);
  std::set<int64_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(random.Between(-2, 3));
  EXPECT_EQ(seen, (std::set<int64_t>{-2, -1, 0, 1, 2, 3}));
  EXPECT_EQ(random.Below(0), 0);
}

TEST(GeneratorTest, TheSameOptionsGiveTheSameBytes) {
  for (Layout layout : AllLayouts()) {
    const Options options = DrawOptions(11, layout);
    const GeneratedReport once = Generate(options);
    const GeneratedReport again = Generate(options);
    EXPECT_EQ(once.bytes, again.bytes) << LayoutName(layout);
    EXPECT_EQ(TruthJson(once, "x"), TruthJson(again, "x"));
  }
}

TEST(GeneratorTest, OtherSeedsGiveOtherReports) {
  std::set<std::string> seen;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    seen.insert(Generate(DrawOptions(seed, Layout::kA)).bytes);
  }
  EXPECT_EQ(seen.size(), kSeeds);
}

TEST(GeneratorTest, HasEveryCellOfItsFormOnce) {
  const std::map<Form, size_t> kCells = {
      {Form::k2019, 198}, {Form::k2021, 200}, {Form::kHybrid, 207}};
  for (const auto& [form, count] : kCells) {
    const GeneratedReport report = Generate(Plain(5, Layout::kB, form));
    EXPECT_EQ(report.cells.size(), count);
    std::set<std::string> paths;
    for (const TrueCell& cell : report.cells) {
      EXPECT_TRUE(paths.insert(cell.path).second) << cell.path;
      const absl::StatusOr<v1::CellPath> path = ParseCellPath(cell.path);
      ASSERT_TRUE(path.ok()) << path.status();
      EXPECT_EQ(CellPathText(*path), cell.path);
    }
  }
}

TEST(GeneratorTest, TheHybridLacksThreeRowsAndHasOneBesideTheForm) {
  const GeneratedReport report = Generate(Plain(5, Layout::kB, Form::kHybrid));
  EXPECT_EQ(report.template_id, v1::TEMPLATE_2021);
  int missing = 0;
  for (const TrueCell& cell : report.cells) {
    if (cell.state == v1::CELL_STATE_MISSING) {
      ++missing;
      EXPECT_THAT(cell.path, HasSubstr("requests.other."));
    }
  }
  EXPECT_EQ(missing, 21);
  EXPECT_EQ(report.cells[200].path, "requests.other.all.natural");
  EXPECT_EQ(report.cells[206].path, "requests.other.all.total");
}

TEST(GeneratorTest, IdentitiesHoldUnlessACellIsBroken) {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    Options options = DrawOptions(seed, Layout::kA);
    options.fault = false;
    EXPECT_THAT(Generate(options).broken_identities, IsEmpty()) << seed;
    options.fault = true;
    const GeneratedReport broken = Generate(options);
    EXPECT_THAT(broken.broken_identities, Not(IsEmpty())) << seed;
    const auto cell =
        std::find_if(broken.cells.begin(), broken.cells.end(),
                     [&](const TrueCell& c) { return c.path == broken.fault; });
    ASSERT_NE(cell, broken.cells.end()) << broken.fault;
    EXPECT_NE(cell->meant, broken.fault_correct);
  }
}

TEST(GeneratorTest, ABrokenCellIsAlwaysPrinted) {
  for (uint64_t seed = 0; seed < 100; ++seed) {
    Options options = Plain(seed, Layout::kB2);
    options.fault = true;
    const GeneratedReport report = Generate(options);
    for (const TrueCell& cell : report.cells) {
      EXPECT_TRUE(cell.path != report.fault || cell.has_value()) << seed;
    }
  }
}

TEST(GeneratorTest, NumbersAreOfAllSizes) {
  int zero = 0, millions = 0, negative = 0, fractions = 0;
  for (uint64_t seed = 0; seed < 100; ++seed) {
    const GeneratedReport report = Generate(DrawOptions(seed, Layout::kB));
    bool any = false;
    for (const TrueCell& cell : report.cells) {
      any |= !cell.meant.empty() && cell.meant != "0";
      millions += cell.meant.size() >= 7 && cell.meant.size() <= 8;
      negative += cell.meant[0] == '-';
      fractions += cell.meant.find('.') != std::string::npos;
    }
    zero += !any;
  }
  EXPECT_GT(zero, 10);
  EXPECT_GT(millions, 10);
  EXPECT_GT(negative, 10);
  EXPECT_GT(fractions, 10);
}

TEST(GeneratorTest, TheLayoutsOfOneSeedShowTheSameNumbers) {
  for (uint64_t seed = 0; seed < 10; ++seed) {
    std::vector<std::string> first;
    for (Layout layout : AllLayouts()) {
      Options options;
      options.seed = seed;
      options.layout = layout;
      std::vector<std::string> meant;
      for (const TrueCell& cell : Generate(options).cells) {
        meant.push_back(absl::StrCat(cell.path, "=", cell.meant));
      }
      if (first.empty()) first = meant;
      EXPECT_EQ(meant, first) << LayoutName(layout);
    }
  }
}

TEST(GeneratorTest, EachLayoutPrintsEveryValueInOrder) {
  for (Layout layout : AllLayouts()) {
    if (layout == Layout::kI) continue;  // repeated lines are gone
    for (uint64_t seed = 0; seed < kSeeds; ++seed) {
      const Form form = seed % 2 == 0 ? Form::k2019 : Form::k2021;
      const GeneratedReport report = Generate(Plain(seed, layout, form));
      std::string text = report.bytes.substr(report.bytes.find("二、主动公开"));
      absl::StrReplaceAll({{"\u00a0", " "}, {"\u3000", " "}}, &text);
      const std::vector<std::string> tokens =
          absl::StrSplit(text, absl::ByAnyChar(" \n\t|"), absl::SkipEmpty());
      auto next = tokens.begin();
      for (const TrueCell& cell : report.cells) {
        if (!cell.has_value() &&
            !(cell.state == v1::CELL_STATE_AMBIGUOUS && cell.meant != "0")) {
          continue;
        }
        next = std::find_if(next, tokens.end(), [&](const std::string& token) {
          return token == cell.meant || token == "+" + cell.meant;
        });
        ASSERT_NE(next, tokens.end())
            << LayoutName(layout) << " seed " << seed << " " << cell.path;
        ++next;
      }
    }
  }
}

TEST(GeneratorTest, StatesFollowFromTheLayout) {
  const auto states = [](Layout layout) {
    std::set<v1::CellState> seen;
    Options options = Plain(3, layout);
    options.scale = Scale::kSmall;
    for (const TrueCell& cell : Generate(options).cells) {
      seen.insert(cell.state);
    }
    return seen;
  };
  using S = std::set<v1::CellState>;
  EXPECT_EQ(states(Layout::kE), S({v1::CELL_STATE_VALUE}));
  EXPECT_EQ(states(Layout::kEBlank),
            S({v1::CELL_STATE_VALUE, v1::CELL_STATE_BLANK}));
  EXPECT_EQ(states(Layout::kESlash),
            S({v1::CELL_STATE_VALUE, v1::CELL_STATE_NOT_APPLICABLE}));
  EXPECT_EQ(states(Layout::kB2),
            S({v1::CELL_STATE_VALUE, v1::CELL_STATE_MISSING}));
  EXPECT_THAT(states(Layout::kH2), Contains(v1::CELL_STATE_AMBIGUOUS));
  EXPECT_EQ(states(Layout::kI), S({v1::CELL_STATE_AMBIGUOUS}));
}

TEST(GeneratorTest, B2LosesTotalsOnly) {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    int lost = 0;
    for (const TrueCell& cell : Generate(Plain(seed, Layout::kB2)).cells) {
      if (cell.state != v1::CELL_STATE_MISSING) continue;
      ++lost;
      EXPECT_THAT(cell.path, testing::EndsWith(".total"));
      EXPECT_FALSE(cell.meant.empty());
    }
    EXPECT_GE(lost, 3);
    EXPECT_LE(lost, 13);
  }
}

TEST(GeneratorTest, FollowsItsOptions) {
  Options options = Plain(9, Layout::kF);
  options.min_bytes = 8192;
  options.crlf = true;
  options.missing_section = 5;
  options.wrong_year = true;
  const GeneratedReport report = Generate(options);
  EXPECT_GE(report.bytes.size(), 8192u);
  EXPECT_LT(report.bytes.size(), 10240u);
  EXPECT_THAT(report.bytes, HasSubstr("\r\n"));
  EXPECT_THAT(report.bytes, Not(HasSubstr("五、存在的主要问题")));
  EXPECT_EQ(report.sections, (std::vector<int>{1, 2, 3, 4, 6}));
  EXPECT_LE(report.year, 2020);
  EXPECT_EQ(report.template_id, v1::TEMPLATE_2021);
}

TEST(GeneratorTest, NamesItsBodyAndYear) {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    const GeneratedReport report = Generate(Plain(seed, Layout::kA));
    EXPECT_THAT(report.bytes, HasSubstr(report.title));
    EXPECT_THAT(report.title, HasSubstr(report.body));
    EXPECT_THAT(report.title, HasSubstr(absl::StrCat(report.year)));
  }
}

TEST(EncodeTest, EveryEncodingHoldsTheSameText) {
  EXPECT_EQ(Encode("公开a", Encoding::kUtf8Bom), "\xef\xbb\xbf公开a");
  EXPECT_EQ(Encode("公开a", Encoding::kGb18030),
            "\xb9\xab\xbf\xaa"
            "a");
  EXPECT_EQ(Encode("公", Encoding::kUtf16LeBom), "\xff\xfe\x6c\x51");
  EXPECT_EQ(Encode("公", Encoding::kUtf16Be), "\x51\x6c");
  for (Encoding encoding : AllEncodings()) {
    Options options = Plain(2, Layout::kB);
    options.encoding = encoding;
    EXPECT_GT(Generate(options).bytes.size(), 2000u) << EncodingName(encoding);
  }
}

TEST(TruthJsonTest, HasEveryCellAndTheStatesOfThoseWithoutValue) {
  const GeneratedReport report = Generate(DrawOptions(4, Layout::kEBlank));
  google::protobuf::Struct json;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(
                  TruthJson(report, "a.txt"), &json)
                  .ok());
  const auto& fields = json.fields();
  EXPECT_EQ(fields.at("document").string_value(), "a.txt");
  EXPECT_EQ(fields.at("year").number_value(), report.year);
  const auto& cells = fields.at("cells").struct_value().fields();
  const auto& states = fields.at("states").struct_value().fields();
  EXPECT_EQ(cells.size(), report.cells.size());
  for (const TrueCell& cell : report.cells) {
    EXPECT_EQ(cells.at(cell.path).has_null_value(), !cell.has_value());
    EXPECT_EQ(states.contains(cell.path), !cell.has_value());
  }
}

TEST(LayoutTest, NamesAreReadBack) {
  for (Layout layout : AllLayouts()) {
    EXPECT_EQ(*ParseLayout(LayoutName(layout)), layout);
  }
  EXPECT_THAT(std::string(ParseLayout("Q").status().message()),
              HasSubstr("E_blank"));
}

TEST(CompareTest, APerfectReadingIsRightInEveryLayout) {
  for (Layout layout : AllLayouts()) {
    for (uint64_t seed = 0; seed < kSeeds; ++seed) {
      const GeneratedReport truth = Generate(DrawOptions(seed, layout));
      const Comparison c = Compare(PerfectReading(truth), truth);
      EXPECT_EQ(c.right, static_cast<int>(truth.cells.size())) << c.Summary();
      EXPECT_TRUE(c.template_right && c.year_right && c.body_right);
    }
  }
}

class CompareOneCellTest : public testing::Test {
 protected:
  // Compares after one cell, which truly has this state, was changed.
  Comparison CompareWith(Layout layout, absl::string_view path,
                         void (*change)(v1::Cell*)) {
    Options options = Plain(3, layout);
    options.scale = Scale::kCity;
    const GeneratedReport truth = Generate(options);
    v1::Report report = PerfectReading(truth);
    for (v1::Cell& cell : *report.mutable_requests()->mutable_cells()) {
      if (CellPathText(cell) == path) change(&cell);
    }
    return Compare(report, truth);
  }
};

TEST_F(CompareOneCellTest, AnotherValueIsWrong) {
  const Comparison c = CompareWith(
      Layout::kB, "requests.granted.total",
      [](v1::Cell* cell) { cell->set_count(std::stoll(cell->decimal()) + 1); });
  EXPECT_EQ(c.wrong, 1) << c.Summary();
  EXPECT_THAT(c.Summary(), HasSubstr("WRONG requests.granted.total"));
}

TEST_F(CompareOneCellTest, AValueThatWasNotReadIsUnread) {
  const Comparison c =
      CompareWith(Layout::kB, "requests.granted.total", [](v1::Cell* cell) {
        cell->clear_value();
        cell->set_state(v1::CELL_STATE_BLANK);
      });
  EXPECT_EQ(c.wrong, 0);
  EXPECT_EQ(c.unread, 1) << c.Summary();
}

TEST_F(CompareOneCellTest, AValueInABlankCellIsWrong) {
  // Research institutions ask for no publications in this report.
  const Comparison c =
      CompareWith(Layout::kEBlank, "requests.refused.publication.research",
                  [](v1::Cell* cell) {
                    ASSERT_EQ(cell->state(), v1::CELL_STATE_BLANK);
                    cell->set_state(v1::CELL_STATE_VALUE);
                    cell->set_count(0);
                  });
  EXPECT_EQ(c.wrong, 1) << c.Summary();
}

TEST_F(CompareOneCellTest, ACellGivenTwiceOrInventedIsWrong) {
  const GeneratedReport truth = Generate(Plain(3, Layout::kB));
  v1::Report report = PerfectReading(truth);
  *report.mutable_requests()->add_cells() = report.requests().cells(0);
  EXPECT_EQ(Compare(report, truth).wrong, 1);

  report = PerfectReading(truth);
  v1::Cell* cell = report.mutable_requests()->add_cells();
  SetPath(*ParseCellPath("requests.other.all.total"), cell);
  cell->set_state(v1::CELL_STATE_VALUE);
  cell->set_count(3);
  EXPECT_EQ(Compare(report, truth).wrong, 1);
}

TEST_F(CompareOneCellTest, ALostTotalMayBeDerivedButNotInvented) {
  Options options = Plain(3, Layout::kB2);
  const GeneratedReport truth = Generate(options);
  v1::Report report = PerfectReading(truth);
  for (const TrueCell& lost : truth.cells) {
    if (lost.state != v1::CELL_STATE_MISSING) continue;
    for (v1::Cell& cell : *report.mutable_requests()->mutable_cells()) {
      if (CellPathText(cell) != lost.path) continue;
      cell.set_state(v1::CELL_STATE_DERIVED);
      cell.set_count(std::stoll(lost.meant));
      EXPECT_EQ(Compare(report, truth).wrong, 0);
      cell.set_count(std::stoll(lost.meant) + 1);
      EXPECT_EQ(Compare(report, truth).wrong, 1);
      return;
    }
  }
  FAIL() << "no lost total";
}

}  // namespace
}  // namespace gongkai::generator
