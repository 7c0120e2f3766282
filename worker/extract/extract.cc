// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/extract.h"

#include <algorithm>
#include <climits>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "worker/extract/anchors.h"
#include "worker/extract/binding.h"
#include "worker/extract/claims.h"
#include "worker/extract/diagnose.h"
#include "worker/extract/labels.h"
#include "worker/extract/normalize.h"
#include "worker/extract/outline.h"
#include "worker/extract/printed_rows.h"
#include "worker/extract/readings.h"
#include "worker/extract/report_writer.h"
#include "worker/extract/side_by_side.h"
#include "worker/extract/token_index.h"
#include "worker/extract/tokens.h"
#include "worker/extract/value.h"

namespace gongkai::extract {
namespace {

using catalog::Form;
using catalog::FormRow;

// Fewer row labels, and labels that tell one form from the others, than this
// are no table of a form.
constexpr int kFewestLabels = 3;

// Fewer of the six sections do not make a document a report; one less does if
// a section of the tables is among them, which no other kind of report has.
constexpr int kFewestSections = 3;

// Fewer phrases of the old forms may stand in any report.
constexpr int kFewestLegacyMarks = 2;

// The rows of a form's tables as they are printed.
struct Plan {
  explicit Plan(const Form& the_form)
      : form(&the_form),
        disclosure(the_form, v1::TABLE_DISCLOSURE),
        requests(the_form, v1::TABLE_REQUESTS),
        disputes(the_form, v1::TABLE_DISPUTES) {}

  const Form* form;
  PrintedRows disclosure;
  PrintedRows requests;
  PrintedRows disputes;
};

int FirstAnchor(absl::Span<const Anchor> anchors) {
  for (const Anchor& anchor : anchors) {
    if (anchor.token >= 0) return anchor.token;
  }
  return INT_MAX;
}

int LastAnchor(absl::Span<const Anchor> anchors) {
  int last = -1;
  for (const Anchor& anchor : anchors) last = std::max(last, anchor.token);
  return last;
}

}  // namespace

class Extractor::Impl {
 public:
  explicit Impl(const catalog::Catalog& catalog)
      : normalizer_(catalog.normalizer()),
        labels_(catalog, normalizer_),
        values_(catalog.proto()),
        tokenizer_(normalizer_, labels_, values_),
        outline_reader_(catalog.proto(), normalizer_),
        anchor_finder_(labels_, &tokenizer_),
        disclosure_binder_(labels_, &tokenizer_),
        requests_binder_(labels_, &tokenizer_),
        disputes_binder_(labels_, &tokenizer_),
        claim_reader_(catalog) {
    for (const Form& form : catalog.forms()) plans_.emplace_back(form);
  }

  Extraction Extract(const input::Document& document, int year_hint,
                     v1::Report* report, catalog::ReadCells* cells,
                     catalog::ReadText* text) {
    tokenizer_.Tokenize(document, &tokens_);
    index_.Reset(tokens_);
    outline_reader_.Read(tokens_, index_, &outline_);
    if (outline_.year == 0) outline_.year = year_hint;
    ReportWriter writer(document, tokens_, index_, report);
    const Plan* plan = ChoosePlan();
    TableRanges ranges;
    if (plan == nullptr) {
      writer.WriteOutline(outline_, ranges);
      writer.WriteNoTables();
      if (cells != nullptr) cells->Clear();
      ReadClaims(writer, text, report);
      return WithoutTables(document.pictures());
    }
    // Cells of documents that tell where each of them stands go on as messages,
    // which alone can say so.
    const bool as_messages = cells == nullptr || document.has_locations();
    catalog::ReadCells* const read = as_messages ? &cells_ : cells;
    const Diagnosis diagnosis = ReadTables(*plan, &ranges, read);
    writer.WriteOutline(outline_, ranges);
    writer.WriteTables(ranges, read);
    if (as_messages) {
      writer.WriteCells(*read);
      if (cells != nullptr) cells->Clear();
    }
    ReadClaims(writer, text, report);
    return Diagnose(diagnosis, document, tokens_, &writer);
  }

 private:
  void ReadClaims(const ReportWriter& writer, catalog::ReadText* text,
                  v1::Report* report) {
    catalog::ReadText* const read = text != nullptr ? text : &text_;
    read->Read(*report);
    claim_reader_.Read(
        *read,
        [&writer](const v1::Section& section, int begin, int end,
                  v1::Place* place) {
          writer.SetProsePlace(section, begin, end, place);
        },
        report);
  }

  // The form whose own labels the document has most of; where it has only
  // labels that the forms share, the form of its year.
  const Plan* ChoosePlan() const {
    std::vector<int> votes(plans_.size());
    int rows = 0;
    for (const int t : index_.labels()) {
      const Label& label = *tokens_[t].label;
      rows += label.row != v1::ROW_UNSPECIFIED;
      for (size_t p = 0; p < plans_.size(); ++p) {
        votes[p] += label.distinctive >> p & 1;
      }
    }
    const auto most = std::max_element(votes.begin(), votes.end());
    if (rows == 0 || rows + *most < kFewestLabels) return nullptr;
    if (*most > 0) return &plans_[most - votes.begin()];
    for (const Plan& plan : plans_) {
      const auto& form = plan.form->proto();
      if (outline_.year >= form.first_year() &&
          (form.last_year() == 0 || outline_.year <= form.last_year())) {
        return &plan;
      }
    }
    return nullptr;
  }

  Diagnosis ReadTables(const Plan& plan, TableRanges* ranges,
                       catalog::ReadCells* cells) {
    readings_.Reset(*plan.form, cells);
    const int repeated_disclosure =
        anchor_finder_.Find(tokens_, index_, plan.disclosure, &disclosure_);
    const int repeated_requests =
        anchor_finder_.Find(tokens_, index_, plan.requests, &requests_);
    Diagnosis diagnosis;
    diagnosis.readings = &readings_;
    diagnosis.several_reports =
        2 * repeated_requests > static_cast<int>(requests_.size()) ||
        2 * repeated_disclosure > static_cast<int>(disclosure_.size());
    if (diagnosis.several_reports) {
      for (const FormRow& row : plan.form->rows()) {
        if (!row.beside_form) readings_.SetAmbiguous(row, {});
      }
      return diagnosis;
    }
    requests_binder_.Bind(tokens_, requests_, Limit(requests_, disclosure_),
                          Blanks::kUnknown, &readings_);
    disclosure_binder_.Bind(tokens_, disclosure_, Limit(disclosure_, requests_),
                            requests_binder_.blanks(), &readings_);
    const TokenRange disputes = DisputesRange();
    diagnosis.disputes = disputes_binder_.Bind(
        tokens_, v1::TABLE_DISPUTES, plan.disputes.rows(), disputes.begin,
        disputes.end, requests_binder_.blanks(), &readings_);
    readings_.Derive();
    ranges->disclosure =
        Range(disclosure_, v1::TABLE_DISCLOSURE, disclosure_binder_.end());
    ranges->requests =
        Range(requests_, v1::TABLE_REQUESTS, requests_binder_.end());
    ranges->disputes = disputes_binder_.range();
    diagnosis.disclosure = disclosure_binder_.rows();
    diagnosis.requests = requests_binder_.rows();
    diagnosis.compacted = requests_binder_.blanks() == Blanks::kCompacted;
    diagnosis.ranges = ranges;
    diagnosis.requests_section = RequestsSection(ranges->requests.begin);
    diagnosis.form = static_cast<uint8_t>(1 << (&plan - plans_.data()));
    diagnosis.labels = &labels_;
    diagnosis.tokenizer = &tokenizer_;
    diagnosis.index = &index_;
    return diagnosis;
  }

  // The heading under which the table of requests stands, or else its own
  // first token.
  int RequestsSection(int table) const {
    for (const Heading& heading : outline_.headings) {
      if (heading.kind == v1::SECTION_KIND_REQUESTS && heading.token < table) {
        return heading.token;
      }
    }
    return table;
  }

  // Where the last row of a table must end: at the next section or the other
  // table.
  int Limit(absl::Span<const Anchor> own,
            absl::Span<const Anchor> other) const {
    const int last = LastAnchor(own);
    int limit = static_cast<int>(tokens_.size());
    for (const Heading& heading : outline_.headings) {
      if (heading.token > last) {
        limit = std::min(limit, heading.token);
        break;
      }
    }
    const int first_other = FirstAnchor(other);
    return first_other > last ? std::min(limit, first_other) : limit;
  }

  // Where to look for the table of disputes: in its section, or behind the
  // table of requests.
  TokenRange DisputesRange() const {
    for (const Heading& heading : outline_.headings) {
      if (heading.kind == v1::SECTION_KIND_DISPUTES) {
        return {heading.token + 1, heading.end};
      }
    }
    const int begin =
        std::max(LastAnchor(requests_) + 1, requests_binder_.end());
    int end = static_cast<int>(tokens_.size());
    for (const Heading& heading : outline_.headings) {
      if (heading.token >= begin) {
        end = heading.token;
        break;
      }
    }
    return {begin, end};
  }

  // From the first of the table's labels before its first row to its end.
  TokenRange Range(absl::Span<const Anchor> anchors, v1::Table table,
                   int end) const {
    if (LastAnchor(anchors) < 0) return {};
    int begin = FirstAnchor(anchors);
    for (int t = begin - 1; t >= 0; --t) {
      const Token& token = tokens_[t];
      if (token.kind == TokenKind::kProse) break;
      if (token.kind == TokenKind::kLabel && token.label->In(table)) begin = t;
      if (token.kind == TokenKind::kText && IsHeading(t)) break;
    }
    return {begin, std::max(end, begin + 1)};
  }

  bool IsHeading(int token) const {
    const auto at =
        std::lower_bound(outline_.headings.begin(), outline_.headings.end(),
                         token, [](const Heading& heading, int place) {
                           return heading.token < place;
                         });
    return at != outline_.headings.end() && at->token == token;
  }

  // The outcome of a document without a table of any form, but with so many
  // pictures.
  Extraction WithoutTables(int pictures) {
    int first_year = INT_MAX;
    for (const Plan& plan : plans_) {
      first_year = std::min(first_year, plan.form->proto().first_year());
    }
    int sections = 0;
    bool tables_section = false;
    for (const Heading& heading : outline_.headings) {
      sections += heading.kind != v1::SECTION_KIND_UNSPECIFIED;
      tables_section = tables_section ||
                       heading.kind == v1::SECTION_KIND_DISCLOSURE ||
                       heading.kind == v1::SECTION_KIND_REQUESTS ||
                       heading.kind == v1::SECTION_KIND_DISPUTES;
    }
    const int legacy_marks =
        outline_reader_.CountLegacyMarks(tokens_, outline_);
    const bool report = outline_.says_annual_report ||
                        sections + tables_section >= kFewestSections;
    if ((report && outline_.year != 0 && outline_.year < first_year) ||
        legacy_marks >= kFewestLegacyMarks) {
      return {
          v1::OUTCOME_UNSUPPORTED_TEMPLATE,
          absl::StrCat("这是 ", first_year,
                       " 年以前旧格式的年度报告，没有法定表格，无法核对；"
                       "只列出标题、年份和章节。"),
          absl::StrCat("This report follows a form from before ", first_year,
                       ", without the statutory tables; only its title, "
                       "year and sections are listed.")};
    }
    if (report && pictures > 0) {
      return {
          v1::OUTCOME_PARTIAL,
          absl::StrCat("是年度报告，但法定表格不是文字：正文里有 ", pictures,
                       " 张图片，表格应当在图片里，无法读取。"
                       "请提交表格为文字的网页、Word 或文本文件。"),
          absl::StrCat("This is an annual report, but its statutory tables "
                       "are not text: it shows ",
                       pictures, pictures == 1 ? " picture" : " pictures",
                       ", which cannot be read. Submit a page, Word or "
                       "text file whose tables are text.")};
    }
    if (report) {
      return {v1::OUTCOME_PARTIAL,
              "是年度报告，但正文里没有找到任何法定表格；"
              "表格可能是图片，或在附件里。",
              "This is an annual report, but none of its statutory tables "
              "was found; they may be pictures or attachments."};
    }
    return {v1::OUTCOME_NOT_A_REPORT,
            "不是政府信息公开工作年度报告：没有找到它的标题、章节或表格。"
            "请确认上传的是年度报告正文。",
            "This is not an annual report on open government information: "
            "neither its title, nor its sections, nor its tables were found."};
  }

  const Normalizer normalizer_;
  const LabelIndex labels_;
  const ValueParser values_;
  Tokenizer tokenizer_;
  OutlineReader outline_reader_;
  AnchorFinder anchor_finder_;
  TableBinder disclosure_binder_;
  TableBinder requests_binder_;
  SideBySideBinder disputes_binder_;
  ClaimReader claim_reader_;
  std::vector<Plan> plans_;
  std::vector<Token> tokens_;
  TokenIndex index_;
  Outline outline_;
  std::vector<Anchor> disclosure_;
  std::vector<Anchor> requests_;
  Readings readings_;
  // On their way into messages.
  catalog::ReadCells cells_;
  // Where nobody else wants it.
  catalog::ReadText text_;
};

Extractor::Extractor(const catalog::Catalog& catalog)
    : impl_(std::make_unique<Impl>(catalog)) {}

Extractor::~Extractor() = default;

Extraction Extractor::Extract(const input::Document& document, int year_hint,
                              v1::Report* report) {
  return impl_->Extract(document, year_hint, report, nullptr, nullptr);
}

Extraction Extractor::Extract(const input::Document& document, int year_hint,
                              v1::Report* report, catalog::ReadCells* cells,
                              catalog::ReadText* text) {
  return impl_->Extract(document, year_hint, report, cells, text);
}

}  // namespace gongkai::extract
