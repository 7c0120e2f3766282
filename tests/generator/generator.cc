// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/generator/generator.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/generator/break_numbers.h"
#include "tests/generator/docx.h"
#include "tests/generator/html.h"
#include "tests/generator/prose.h"
#include "tests/generator/random.h"
#include "tests/generator/rich_document.h"
#include "tests/generator/tables.h"
#include "tests/generator/year_before.h"

namespace gongkai::generator {
namespace {

// Streams of one seed: what a report says does not depend on how it is
// printed.
enum Stream : uint64_t {
  kKindStream = 1,
  kProseStream = 2,
  kYearBeforeStream = 3,
  kNumbersStream = 16,
  kPrintStream = 64,
  kOptionsStream = 128,
};

Form DrawForm(Random* random) {
  const int64_t n = random->Below(100);
  return n < 35 ? Form::k2019 : n < 88 ? Form::k2021 : Form::kHybrid;
}

Scale DrawScale(Random* random) {
  const int64_t n = random->Below(100);
  return n < 25 ? Scale::kZero : n < 60 ? Scale::kSmall : Scale::kCity;
}

int DrawYear(Form form, bool wrong, Random* random) {
  const bool old = (form == Form::k2019) != wrong;
  return static_cast<int>(old ? random->Between(2019, 2020)
                              : random->Between(2021, 2025));
}

Zeros ZerosOf(const Options& options, Random* random) {
  switch (options.layout) {
    case Layout::kEBlank:
    case Layout::kH:
    case Layout::kH2:
      return Zeros::kBlank;
    case Layout::kESlash:
      return Zeros::kSlash;
    case Layout::kEDash:
      return Zeros::kDash;
    case Layout::kI:
      return Zeros::kDigit;
    default:
      break;
  }
  const bool positional = IsPositional(options.layout);
  if (options.zeros.has_value()) {
    return *options.zeros == Zeros::kBlank && !positional ? Zeros::kDigit
                                                          : *options.zeros;
  }
  if (!positional || !random->Percent(30)) return Zeros::kDigit;
  constexpr Zeros kOthers[] = {Zeros::kBlank, Zeros::kSlash, Zeros::kDash};
  return random->Pick(kOthers);
}

// A page of the requests table whose last column is lost.
std::vector<bool> DrawLostTotals(Form form, Random* random) {
  const int64_t rows = static_cast<int64_t>(RequestRows(form).size());
  std::vector<bool> lost(rows, false);
  const int64_t count = random->Between(3, 13);
  const int64_t first = random->Below(rows - count);
  std::fill(lost.begin() + first, lost.begin() + first + count, true);
  return lost;
}

std::string Fill(absl::string_view text, int year) {
  return absl::StrReplaceAll(text, {{"{year}", absl::StrCat(year)}});
}

// Puts together the parts of a document.
class Composer {
 public:
  Composer(const Options& options, Random* prose, Random* print)
      : options_(options), prose_(prose), print_(print) {
    const bool variants = options.variants;
    indent_ = variants && print->Percent(30);
    air_ = variants && print->Percent(40);
    preface_ = prose->Percent(50);
    signature_ = prose->Percent(50);
  }

  std::vector<Part> Compose(const Body& body, const Numbers& numbers,
                            Tables tables, GeneratedReport* report) {
    const int year = report->year;
    AddTitle(body, report);
    if (preface_) AddProse(Preface(body, year, prose_));
    for (int section = 1; section <= 6; ++section) {
      const std::vector<std::string> text =
          SectionProse(section, body, year, report->form, numbers, prose_);
      if (section == options_.missing_section) continue;
      report->sections.push_back(section);
      if (air_) AddLine("");
      AddLine(Heading(section, year));
      if (air_ && print_->Percent(50)) AddLine("");
      for (const std::string& paragraph : text) AddProse(paragraph);
      if (section == 1) filler_place_ = parts_.size();
      if (section == 2) AddTable(std::move(tables.disclosure));
      if (section == 3) AddTable(std::move(tables.requests));
      if (section == 4) AddTable(std::move(tables.disputes));
    }
    if (signature_) {
      AddLine(body.name);
      AddLine(absl::StrCat(year + 1, "年1月", prose_->Between(4, 30), "日"));
    }
    return std::move(parts_);
  }

  // Where more running text goes.
  size_t filler_place() const { return filler_place_; }

 private:
  void AddLine(std::string line) { parts_.push_back({std::move(line), {}}); }

  void AddProse(const std::string& line) {
    AddLine(indent_ ? absl::StrCat("\u3000\u3000", line) : line);
  }

  void AddTable(PrintedTable table) {
    if (options_.variants && print_->Percent(15)) {
      AddProse("具体数据列于下表。");
    }
    parts_.push_back({"", std::move(table)});
  }

  void AddTitle(const Body& body, GeneratedReport* report) {
    const std::string tail = "政府信息公开工作年度报告";
    report->title = absl::StrCat(body.name, report->year, "年", tail);
    const int64_t kind = options_.variants ? print_->Below(4) : 0;
    if (kind == 1) {
      AddLine(body.name);
      AddLine(absl::StrCat(report->year, "年", tail));
    } else if (kind == 2) {
      report->title = absl::StrCat(report->year, "年", body.name, tail);
      AddLine(report->title);
    } else if (kind == 3) {
      AddLine(absl::StrCat(body.name, report->year, "年"));
      AddLine(tail);
    } else {
      AddLine(report->title);
    }
  }

  std::string Heading(int section, int year) {
    const auto& headings = SectionHeadings()[section - 1];
    if (options_.variants && print_->Percent(20)) {
      return Fill(print_->Pick(headings), year);
    }
    return std::string(headings.front());
  }

  const Options& options_;
  Random* prose_;
  Random* print_;
  bool indent_ = false;  // paragraphs start with two wide blanks
  bool air_ = false;     // empty lines around headings
  bool preface_ = false;
  bool signature_ = false;
  size_t filler_place_ = 0;
  std::vector<Part> parts_;
};

PrintStyle DrawPrintStyle(const Options& options, Random* random) {
  PrintStyle style;
  const bool pages =
      options.layout == Layout::kJ || options.layout == Layout::kRaw;
  if (!options.variants) return style;
  style.wrap_prose = pages && random->Percent(60);
  style.page_numbers = pages && random->Percent(60);
  style.cut_heads = random->Percent(50);
  style.groups_apart = random->Percent(40);
  return style;
}

void NarrowParts(std::vector<Part>* parts) {
  for (Part& part : *parts) {
    part.line = NarrowPunctuation(part.line);
    if (!part.table.has_value()) continue;
    for (PrintedRow& row : part.table->rows) {
      for (PrintedCell& cell : row.cells) {
        cell.text = NarrowPunctuation(cell.text);
      }
    }
  }
}

// What a page says of its encoding: the truth, most often.
std::string DrawCharset(Encoding encoding, bool variants, Random* random) {
  const bool gb = encoding == Encoding::kGb18030;
  if (!variants) return gb ? "gb2312" : "utf-8";
  if (random->Percent(5)) return gb ? "utf-8" : "gbk";
  if (random->Percent(5)) return "";
  return gb ? "GB2312" : "UTF-8";
}

v1::Template TemplateOf(Form form) {
  return form == Form::k2019 ? v1::TEMPLATE_2019 : v1::TEMPLATE_2021;
}

// What a report is about, before it is printed.
struct Drawn {
  Form form;
  Scale scale;
  int year;
  Body body;
  Numbers numbers;
  // Goes on where the numbers ended.
  Random random;
};

Drawn DrawReport(const Options& options) {
  Random kind(options.seed, kKindStream);
  const Form drawn_form = DrawForm(&kind);
  const Scale drawn_scale = DrawScale(&kind);
  Form form = options.form.value_or(drawn_form);
  // Rich reports have the form's own rows: the hybrid is a fault of its own.
  if (options.rich && form == Form::kHybrid) form = Form::k2021;
  const Scale scale = options.scale.value_or(drawn_scale);
  const bool wrong_year =
      options.wrong_year ||
      (options.rich && options.injected == Fault::kWrongForm);
  const int year = DrawYear(form, wrong_year, &kind);
  const Body body = DrawBody(scale, &kind);
  Random draw(options.seed, kNumbersStream + static_cast<int>(form) * 4 +
                                static_cast<int>(scale));
  Numbers numbers = DrawNumbers(form, scale, &draw);
  if (options.rich) MakePlausible(form, KindOf(body), &numbers);
  return {form, scale, year, body, std::move(numbers), draw};
}

// The figures of the year before; years before 2020 have none.
std::optional<Numbers> DrawBefore(const Options& options, const Drawn& drawn) {
  if (drawn.year < 2020) return std::nullopt;
  Random random(options.seed, kYearBeforeStream);
  return NumbersBefore(drawn.form, drawn.numbers, FormOfYear(drawn.year - 1),
                       drawn.scale, KindOf(drawn.body), &random);
}

// False if the fault would be none in such a report.
bool CanShow(Fault fault, Layout layout, const Body& body) {
  switch (fault) {
    case Fault::kColumnLost:
      // There a cell that is cut off is a blank one, or its row has a wider
      // label.
      return layout != Layout::kM && !IsDocx(layout);
    case Fault::kFeesInYuan:
      // Departments of cities may charge that much.
      return KindOf(body) != BodyKind::kDepartment ||
             absl::StrContains(body.name, "县");
    default:
      return true;
  }
}

GeneratedReport PrintReport(const Options& options, Drawn drawn,
                            int64_t received_before) {
  GeneratedReport report;
  report.options = options;
  report.form = drawn.form;
  report.template_id = TemplateOf(report.form);
  report.year = drawn.year;
  report.body = drawn.body.name;
  const Body& body = drawn.body;
  std::optional<Fault> injected =
      options.rich ? options.injected : std::nullopt;
  if (injected.has_value() && !CanShow(*injected, options.layout, body)) {
    injected.reset();
  }
  Random& draw = drawn.random;
  Numbers& numbers = drawn.numbers;
  Numbers meant = numbers;

  Random print(options.seed,
               kPrintStream + static_cast<uint64_t>(options.layout));
  TableStyle style;
  style.layout = options.layout;
  style.zeros = ZerosOf(options, &print);
  style.variants = options.variants;
  style.odd_digits = options.odd_digits;
  style.year = report.year;
  style.lost_total = DrawLostTotals(report.form, &draw);
  InjectedFault broken;
  if (injected.has_value()) {
    broken.fault = *injected;
    if (injected == Fault::kWrongForm ||
        BreakNumbers(*injected, report.form, report.year, KindOf(body), &draw,
                     &numbers, &broken)) {
      report.injected = broken;
      // Figures that add up are told as they are printed.
      if (BrokenIdentities(report.form, numbers).empty()) meant = numbers;
    }
  } else if (options.fault && !options.rich) {
    // A number that is off must be printed for anyone to see it.
    std::vector<bool> allowed = style.lost_total;
    allowed.flip();
    report.fault = BreakOneCell(report.form, allowed, &draw, &numbers);
    for (const auto& [path, value] : AllCells(report.form, meant)) {
      if (path == report.fault) report.fault_correct = value;
    }
  }
  report.broken_identities = BrokenIdentities(report.form, numbers);

  Tables tables = BuildTables(report.form, numbers, style, &print);
  if (injected.has_value() && BreakCells(*injected, &draw, &tables, &broken)) {
    report.injected = broken;
  }
  report.cells = tables.cells;
  const PrintStyle print_style = DrawPrintStyle(options, &print);
  Random prose(options.seed, kProseStream);
  Composer composer(options, &prose, &print);
  // The prose tells what the body meant to print.
  std::vector<Part> parts =
      options.rich ? ComposeRich(body, meant, received_before,
                                 std::move(tables), injected, &prose, &report)
                   : composer.Compose(body, meant, std::move(tables), &report);

  const bool docx = IsDocx(options.layout);
  HtmlStyle html_style;
  if (IsHtml(options.layout)) {
    html_style = {
        .title = report.title,
        .year = report.year,
        .charset = DrawCharset(options.encoding, options.variants, &print)};
  }
  // A Word file's text is measured as plain text would be.
  const auto print_all = [&](Random* random) {
    return IsHtml(options.layout)
               ? PrintHtml(options.layout, html_style, parts, random)
               : Print(docx ? Layout::kB : options.layout, print_style, parts,
                       random);
  };
  if (options.min_bytes > 0 && !options.rich) {
    Random scratch = print;
    size_t size = print_all(&scratch).size();
    std::vector<Part> filler;
    while (size < options.min_bytes) {
      filler.push_back({Filler(body, report.year, &prose), {}});
      size += filler.back().line.size() + 1;
    }
    parts.insert(parts.begin() + composer.filler_place(), filler.begin(),
                 filler.end());
  }

  if (docx) {
    if (options.variants && print.Percent(15)) NarrowParts(&parts);
    report.bytes = PrintDocx(
        options.layout == Layout::kDocx ? DocxKind::kClean : DocxKind::kMessy,
        parts, &print);
    return report;
  }
  std::string text = print_all(&print);
  if (PrintsHalfWidth(options.layout) ||
      (options.variants && print.Percent(15))) {
    text = NarrowPunctuation(text);
  }
  if (options.crlf) absl::StrReplaceAll({{"\n", "\r\n"}}, &text);
  report.bytes = Encode(text, options.encoding);
  return report;
}

int64_t ReceivedIn(const std::optional<Numbers>& numbers) {
  return numbers.has_value() ? numbers->requests[kReceived].back() : 0;
}

}  // namespace

GeneratedReport Generate(const Options& options) {
  Drawn drawn = DrawReport(options);
  const int64_t before =
      options.rich ? ReceivedIn(DrawBefore(options, drawn)) : 0;
  return PrintReport(options, std::move(drawn), before);
}

std::optional<GeneratedReport> GenerateYearBefore(const Options& options) {
  Drawn drawn = DrawReport(options);
  std::optional<Numbers> before = DrawBefore(options, drawn);
  if (!before.has_value()) return std::nullopt;
  drawn.numbers = *std::move(before);
  --drawn.year;
  drawn.form = FormOfYear(drawn.year);
  Options options_before = options;
  options_before.injected = std::nullopt;
  // Told in other words.
  options_before.seed = ~options.seed;
  return PrintReport(options_before, std::move(drawn), 0);
}

Options DrawOptions(uint64_t seed, Layout layout) {
  Random random(seed, kOptionsStream);
  Options options;
  options.seed = seed;
  options.layout = layout;
  if (random.Percent(50)) options.encoding = random.Pick(AllEncodings());
  options.odd_digits = random.Percent(15);
  options.crlf = random.Percent(20);
  options.fault = random.Percent(20);
  options.wrong_year = random.Percent(5);
  if (random.Percent(5)) {
    constexpr int kDroppable[] = {1, 5, 6};
    options.missing_section = random.Pick(kDroppable);
  }
  return options;
}

}  // namespace gongkai::generator
