// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// parse(print(report)) = report: what the worker reads from generated reports
// is what they say, in every layout, form and encoding.

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <iostream>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/random/bit_gen_ref.h"
#include "absl/random/distributions.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/cell_path.h"
#include "tests/generator/expect.h"
#include "tests/generator/generator.h"
#include "worker/catalog/catalog.h"
#include "worker/extract/extract.h"
#include "worker/input/document.h"
#include "worker/input/reader.h"

namespace gongkai::extract {
namespace {

using generator::Comparison;
using generator::GeneratedReport;
using generator::Layout;
using generator::Options;

// Reports per layout with everything drawn.
constexpr uint64_t kSeeds = 200;
// Failures of each kind shown per layout; a bug usually breaks many reports
// alike.
constexpr int kMaxShown = 5;

// What a page shows of a part of a value: without tags, digits resolved.
std::string Shown(std::string text) {
  size_t tag = 0;
  while ((tag = text.find('<')) != std::string::npos) {
    text.erase(tag, text.find('>', tag) + 1 - tag);
  }
  return absl::StrReplaceAll(text, {{"&#55;", "7"}, {"&#x38;", "8"}});
}

class ExtractPropertyTest : public testing::TestWithParam<Layout> {
 protected:
  static void SetUpTestSuite() {
    auto catalog = catalog::Catalog::Builtin();
    ASSERT_TRUE(catalog.ok()) << catalog.status();
    catalog_ = catalog->release();
  }
  static void TearDownTestSuite() { delete catalog_; }

  void SetUp() override {
    ASSERT_NE(catalog_, nullptr);
    extractor_ = std::make_unique<Extractor>(*catalog_);
  }

  v1::Report Read(const std::string& bytes, absl::Status* status) {
    document_.Clear();
    *status = input::Read(bytes, input::Limits(), &document_);
    v1::Report report;
    if (status->ok()) {
      extraction_ = extractor_->Extract(document_, /*year_hint=*/0, &report);
    }
    return report;
  }

  // Reads the report and holds the reading against the truth.
  void Check(const Options& options) {
    const GeneratedReport truth = generator::Generate(options);
    absl::Status status;
    const v1::Report report = Read(truth.bytes, &status);
    const Comparison c = generator::Compare(report, truth);
    ++documents_;
    right_ += c.right;
    wrong_ += c.wrong;
    unread_ += c.unread;
    other_state_ += c.other_state;
    other_body_ += !c.body_right;

    bool good = status.ok() && c.wrong == 0 && c.year_right;
    // Where totals are lost and the sums are wrong, a row may leave open what
    // it has lost.
    const bool open = options.layout == Layout::kB2 && options.fault;
    if (generator::IsReadable(options.layout) && !open) {
      good &= c.unread == 0 && c.other_state == 0 && c.template_right;
    }
    if (good) return;
    // A wrong value weighs more than any number of unread ones.
    int& shown = c.wrong > 0 ? shown_wrong_ : shown_other_;
    ++failed_;
    if (++shown > kMaxShown) return;
    ADD_FAILURE() << Describe(options) << "\n"
                  << (status.ok() ? c.Summary() : status.ToString());
  }

  // Of reports that are damaged in these ways.
  template <typename Kind>
  void NeverReadsAWrongValueWith(std::initializer_list<Kind> damages);

  void PrintTotals() const {
    std::cout << absl::StreamFormat(
        "layout %-8s %5d documents, %5d failed: %7d right, %d wrong, "
        "%d unread, %d in other states; %d bodies differ\n",
        generator::LayoutName(GetParam()), documents_, failed_, right_, wrong_,
        unread_, other_state_, other_body_);
    EXPECT_EQ(wrong_, 0);
    EXPECT_LE(failed_, 0) << "documents failed, of " << documents_;
  }

  // How to make the same document again.
  static std::string Describe(const Options& options) {
    return absl::StrCat(
        "seed ", options.seed, ", layout ",
        generator::LayoutName(options.layout), ", ",
        generator::EncodingName(options.encoding),
        options.form.has_value()
            ? absl::StrCat(", form ", static_cast<int>(*options.form))
            : ", form drawn",
        options.fault ? ", fault" : "", options.crlf ? ", crlf" : "",
        options.odd_digits ? ", odd digits" : "");
  }

  static inline const catalog::Catalog* catalog_ = nullptr;
  std::unique_ptr<Extractor> extractor_;
  input::Document document_;
  Extraction extraction_;
  int documents_ = 0;
  int failed_ = 0;
  int shown_wrong_ = 0;
  int shown_other_ = 0;
  int right_ = 0;
  int wrong_ = 0;
  int unread_ = 0;
  int other_state_ = 0;
  int other_body_ = 0;
};

TEST_P(ExtractPropertyTest, ReadsWhatTheReportSays) {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    Check(generator::DrawOptions(seed, GetParam()));
  }
  PrintTotals();
}

TEST_P(ExtractPropertyTest, ReadsEveryFormInEveryEncoding) {
  uint64_t seed = 10'000;
  for (generator::Form form : {generator::Form::k2019, generator::Form::k2021,
                               generator::Form::kHybrid}) {
    for (generator::Scale scale :
         {generator::Scale::kZero, generator::Scale::kSmall,
          generator::Scale::kCity}) {
      for (generator::Encoding encoding : generator::AllEncodings()) {
        Options options;
        options.seed = seed++;
        options.layout = GetParam();
        options.encoding = encoding;
        options.form = form;
        options.scale = scale;
        Check(options);
      }
    }
  }
  PrintTotals();
}

TEST_P(ExtractPropertyTest, TheSameBytesGiveTheSameReport) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    const GeneratedReport one =
        generator::Generate(generator::DrawOptions(seed, GetParam()));
    const GeneratedReport other =
        generator::Generate(generator::DrawOptions(seed + 1, GetParam()));
    absl::Status status;
    const std::string first = Read(one.bytes, &status).SerializeAsString();
    Read(other.bytes, &status);
    EXPECT_EQ(Read(one.bytes, &status).SerializeAsString(), first)
        << "seed " << seed;
    // Nor does it matter what was read before.
    extractor_ = std::make_unique<Extractor>(*catalog_);
    EXPECT_EQ(Read(one.bytes, &status).SerializeAsString(), first)
        << "seed " << seed << ", fresh extractor";
  }
}

TEST_P(ExtractPropertyTest, EveryPlaceHoldsItsRawText) {
  for (uint64_t seed = 0; seed < 40; ++seed) {
    Options options = generator::DrawOptions(seed, GetParam());
    options.encoding = generator::Encoding::kUtf8;
    const GeneratedReport truth = generator::Generate(options);
    absl::Status status;
    const v1::Report report = Read(truth.bytes, &status);
    for (const v1::ReportTable* table :
         {&report.disclosure(), &report.requests(), &report.disputes()}) {
      for (const v1::Cell& cell : table->cells()) {
        if (cell.state() != v1::CELL_STATE_VALUE) continue;
        ASSERT_TRUE(HasPlace(cell)) << Describe(options);
        const v1::Place place = PlaceOf(cell);
        ASSERT_LE(place.start_byte(), place.end_byte());
        ASSERT_LE(place.end_byte(), static_cast<int64_t>(truth.bytes.size()));
        const std::string text = truth.bytes.substr(
            place.start_byte(), place.end_byte() - place.start_byte());
        EXPECT_EQ(generator::IsHtml(options.layout) ? Shown(text) : text,
                  cell.raw())
            << Describe(options);
      }
    }
  }
}

// What converters and copying hands do to a text.
enum class Damage { kLineLost, kValuesLost, kFieldLost, kNumberBetween };

bool HasWords(const std::string& line) {
  return std::any_of(line.begin(), line.end(), [](unsigned char c) {
    return absl::ascii_isalpha(c) || c >= 0x80;
  });
}

std::string Damaged(const std::string& text, Damage damage,
                    absl::BitGenRef random) {
  // Of lines that lie so near to each other most are of one row or of two.
  constexpr size_t kNear = 12;
  std::vector<std::string> lines = absl::StrSplit(text, '\n');
  const auto erase = [&lines](size_t line) {
    lines.erase(lines.begin() + static_cast<ptrdiff_t>(line));
  };
  const size_t at = absl::Uniform<size_t>(random, 0, lines.size());
  switch (damage) {
    case Damage::kLineLost:
      erase(at);
      break;
    case Damage::kValuesLost: {
      const size_t other = std::min(
          lines.size() - 1, at + absl::Uniform<size_t>(random, 1, kNear));
      for (const size_t line : {other, at}) {
        if (!HasWords(lines[line])) erase(line);
        if (other == at) break;
      }
      break;
    }
    case Damage::kFieldLost:
      for (const char mark : {'\t', '|'}) {
        std::vector<std::string> fields = absl::StrSplit(lines[at], mark);
        if (fields.size() < 3) continue;
        fields.erase(fields.begin() +
                     absl::Uniform<ptrdiff_t>(random, 0, fields.size()));
        lines[at] = absl::StrJoin(fields, std::string(1, mark));
      }
      break;
    case Damage::kNumberBetween:
      lines.insert(lines.begin() + static_cast<ptrdiff_t>(at), "7");
      break;
  }
  return absl::StrJoin(lines, "\n");
}

// The same for a page.
enum class PageDamage { kCellLost, kCellTwice, kBlankCellBefore };

std::string Damaged(const std::string& page, PageDamage damage,
                    absl::BitGenRef random) {
  constexpr absl::string_view kEnd = "</td>";
  std::vector<size_t> cells;
  for (size_t at = page.find("<td"); at != std::string::npos;
       at = page.find("<td", at + 1)) {
    cells.push_back(at);
  }
  const size_t begin = cells[absl::Uniform<size_t>(random, 0, cells.size())];
  const size_t end = page.find(kEnd.data(), begin) + kEnd.size();
  const std::string before = page.substr(0, begin);
  const std::string behind = page.substr(end);
  const std::string cell = page.substr(begin, end - begin);
  switch (damage) {
    case PageDamage::kCellLost:
      return before + behind;
    case PageDamage::kCellTwice:
      // How wide a row is that ends with a cell of several columns is not known
      // where it is bound.
      if (absl::StartsWith(behind, "<td colspan")) return page;
      return before + cell + cell + behind;
    case PageDamage::kBlankCellBefore:
      return before + "<td></td>" + cell + behind;
  }
  return page;
}

template <typename Kind>
void ExtractPropertyTest::NeverReadsAWrongValueWith(
    std::initializer_list<Kind> damages) {
  for (const Kind damage : damages) {
    for (uint64_t seed = 0; seed < kSeeds; ++seed) {
      std::seed_seq seeds = {seed, static_cast<uint64_t>(damage)};
      std::mt19937_64 random(seeds);
      Options options = generator::DrawOptions(seed, GetParam());
      options.encoding = generator::Encoding::kUtf8;
      // The sums of the report say where a value is lost.
      options.fault = false;
      const GeneratedReport truth = generator::Generate(options);
      absl::Status status;
      const v1::Report report =
          Read(Damaged(truth.bytes, damage, random), &status);
      const Comparison c = generator::Compare(report, truth);
      wrong_ += c.wrong;
      if (c.wrong == 0 || ++shown_wrong_ > kMaxShown) continue;
      ADD_FAILURE() << Describe(options) << ", damage "
                    << static_cast<int>(damage) << "\n"
                    << c.Summary();
    }
  }
  EXPECT_EQ(wrong_, 0);
}

TEST_P(ExtractPropertyTest, NeverReadsAWrongValueInWhatIsDamaged) {
  if (generator::IsHtml(GetParam())) {
    NeverReadsAWrongValueWith({PageDamage::kCellLost, PageDamage::kCellTwice,
                               PageDamage::kBlankCellBefore});
  } else if (GetParam() == Layout::kI) {
    // Its labels stand apart from their values, and nothing tells that a number
    // beside a label is none.
    NeverReadsAWrongValueWith(
        {Damage::kLineLost, Damage::kValuesLost, Damage::kFieldLost});
  } else {
    NeverReadsAWrongValueWith({Damage::kLineLost, Damage::kValuesLost,
                               Damage::kFieldLost, Damage::kNumberBetween});
  }
}

// Every cell with its state and value, and what the report says of itself.
std::vector<std::string> Said(const v1::Report& report) {
  std::vector<std::string> said = {report.title(), report.body(),
                                   absl::StrCat(report.year())};
  for (const v1::ReportTable* table :
       {&report.disclosure(), &report.requests(), &report.disputes()}) {
    for (const v1::Cell& cell : table->cells()) {
      said.push_back(absl::StrCat(CellPathText(cell), " ",
                                  v1::CellState_Name(cell.state()), " ",
                                  cell.count(), " ", cell.decimal()));
    }
  }
  return said;
}

class SameReportTest : public ExtractPropertyTest {};

TEST_P(SameReportTest, SaysTheSameAsText) {
  constexpr generator::Zeros kZeros[] = {
      generator::Zeros::kDigit, generator::Zeros::kBlank,
      generator::Zeros::kSlash, generator::Zeros::kDash};
  for (uint64_t seed = 0; seed < 100; ++seed) {
    Options options;
    options.seed = seed;
    options.variants = false;
    options.zeros = kZeros[seed % 4];
    options.odd_digits = seed % 5 == 0;
    options.fault = seed % 7 == 0;
    options.layout = Layout::kA;
    absl::Status status;
    const auto text = Said(Read(generator::Generate(options).bytes, &status));
    ASSERT_TRUE(status.ok()) << status;
    options.layout = GetParam();
    const auto page = Said(Read(generator::Generate(options).bytes, &status));
    ASSERT_TRUE(status.ok()) << status;
    EXPECT_EQ(page, text) << Describe(options);
  }
}

std::string NameOf(const testing::TestParamInfo<Layout>& info) {
  return std::string(generator::LayoutName(info.param));
}

INSTANTIATE_TEST_SUITE_P(Layouts, ExtractPropertyTest,
                         testing::ValuesIn(generator::AllLayouts()), NameOf);
INSTANTIATE_TEST_SUITE_P(Html, ExtractPropertyTest,
                         testing::ValuesIn(generator::HtmlLayouts()), NameOf);
INSTANTIATE_TEST_SUITE_P(Html, SameReportTest,
                         testing::ValuesIn(generator::HtmlLayouts()), NameOf);

}  // namespace
}  // namespace gongkai::extract
