// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/report_writer.h"

#include <algorithm>
#include <utility>

#include "worker/extract/utf8.h"

namespace gongkai::extract {
namespace {

using catalog::CellIndex;
using catalog::FormCell;
using catalog::FormRow;

// "万元" is ten thousand of "元"; so for any unit with this prefix.
constexpr std::string_view kTenThousand = "万";
constexpr int kTenThousandScale = 4;

// How many digits the point of a printed number moves to the left in the unit
// of its column.
int ShiftToUnit(std::string_view printed, absl::string_view column) {
  const std::string_view unit(column.data(), column.size());
  const bool ten_thousand =
      !printed.empty() && unit.size() > kTenThousand.size() &&
      unit.substr(0, kTenThousand.size()) == kTenThousand &&
      unit.substr(kTenThousand.size()) == printed;
  return ten_thousand ? kTenThousandScale : 0;
}

// Lines of a text that breaks its lines are at most so long, 66 characters.
constexpr size_t kLongestWrap = 200;

// So many lines must be full for a text to be one that breaks its lines.
constexpr int kFewestFullLines = 4;

// Marks that end a sentence, or stand before a list or behind a heading: of
// ASCII, and of three bytes each.
constexpr std::string_view kNarrowEnds = ";:!?";
constexpr std::string_view kWideEnds = "。！？；：";
constexpr size_t kWideBytes = 3;

// How many characters an ordinal and its mark take, "（十二）" being the
// longest.
constexpr int kOrdinalCharacters = 4;
constexpr std::u32string_view kOrdinals =
    U"一二三四五六七八九十0123456789０１２３４５６７８９";
constexpr std::u32string_view kOrdinalMarks = U"、.．)）";

bool IsProseLine(const Token& token) {
  return token.block_kind == input::BlockKind::kParagraph &&
         (token.kind == TokenKind::kProse || token.kind == TokenKind::kText);
}

// Digits and letters take less room than their share of bytes.
bool IsFull(std::string_view line, size_t length) {
  return 4 * line.size() >= 3 * length;
}

bool EndsSentence(std::string_view line) {
  if (line.empty()) return false;
  if (kNarrowEnds.find(line.back()) != std::string_view::npos) return true;
  if (line.size() < kWideBytes) return false;
  const std::string_view last = line.substr(line.size() - kWideBytes);
  for (size_t at = 0; at < kWideEnds.size(); at += kWideBytes) {
    if (kWideEnds[at + 2] == last[2] &&
        kWideEnds.substr(at, kWideBytes) == last)
      return true;
  }
  return false;
}

// "（一）……", "1.……", "二、……".
bool BeginsItem(std::string_view line) {
  bool ordinal = false;
  size_t at = 0;
  for (int i = 0; i < kOrdinalCharacters && at < line.size(); ++i) {
    const char32_t c = NextCharacter(line, &at);
    if (kOrdinals.find(c) != std::u32string_view::npos) {
      ordinal = true;
    } else if (ordinal && kOrdinalMarks.find(c) != std::u32string_view::npos) {
      return true;
    } else if (i > 0 || (c != U'（' && c != U'(')) {
      return false;
    }
  }
  return false;
}

bool IsWordCharacter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z');
}

void SetDate(const CalendarDate& from, v1::Date* date) {
  date->set_year(from.year);
  date->set_month(from.month);
  date->set_day(from.day);
}

void SetLocation(const input::Location& from, v1::Place* place) {
  place->set_table(from.table);
  place->set_row(from.row);
  place->set_column(from.column);
  place->set_paragraph(from.paragraph);
  if (from.page == 0) return;
  place->set_page(from.page);
  v1::Box* box = place->mutable_box();
  box->set_left(from.box.left);
  box->set_top(from.box.top);
  box->set_right(from.box.right);
  box->set_bottom(from.box.bottom);
}

// The message behind the first *count, which counts it. It may hold what an
// earlier report had there, all of which is to be written over.
template <typename Message>
Message* Next(int* count,
              google::protobuf::RepeatedPtrField<Message>* messages) {
  const int next = (*count)++;
  return next < messages->size() ? messages->Mutable(next) : messages->Add();
}

template <typename Message>
void KeepFirst(int count,
               google::protobuf::RepeatedPtrField<Message>* messages) {
  while (messages->size() > count) messages->RemoveLast();
}

}  // namespace

ReportWriter::ReportWriter(const input::Document& document,
                           absl::Span<const Token> tokens,
                           const TokenIndex& index, v1::Report* report)
    : document_(document),
      tokens_(tokens),
      report_(*report),
      preface_(report->release_preface()),
      wrap_(WrapLength(index)) {
  // Clear() would delete the tables and all places. They are kept and written
  // over, because to make them anew takes longer than to read them.
  google::protobuf::RepeatedPtrField<v1::Section> sections;
  sections.Swap(report->mutable_sections());
  v1::ReportTable* const disclosure = report->release_disclosure();
  v1::ReportTable* const requests = report->release_requests();
  v1::ReportTable* const disputes = report->release_disputes();
  report->Clear();
  report->mutable_sections()->Swap(&sections);
  report->set_allocated_disclosure(disclosure);
  report->set_allocated_requests(requests);
  report->set_allocated_disputes(disputes);
}

void ReportWriter::SetPlace(std::string_view part, v1::Place* place) const {
  const input::SourceRange range = document_.SourceOf(part);
  place->Clear();
  place->set_start_byte(range.begin);
  place->set_end_byte(range.end);
  if (document_.has_locations()) {
    SetLocation(document_.LocationOf(part), place);
  }
}

std::string_view ReportWriter::Span(int begin, int end) const {
  const char* first = tokens_[begin].text.data();
  const std::string_view last = tokens_[end - 1].text;
  return std::string_view(first, last.data() + last.size() - first);
}

void ReportWriter::WriteOutline(const Outline& outline,
                                const TableRanges& ranges) {
  for (std::string_view line : outline.title) {
    report_.mutable_title()->append(line);
  }
  if (!outline.title.empty()) {
    const char* first = outline.title.front().data();
    const std::string_view last = outline.title.back();
    SetPlace(std::string_view(first, last.data() + last.size() - first),
             report_.mutable_title_place());
  }
  report_.set_body(outline.body);
  report_.set_year(outline.year);
  if (!outline.period_text.empty()) {
    v1::Period* period = report_.mutable_period();
    SetDate(outline.period.first, period->mutable_first_date());
    SetDate(outline.period.last, period->mutable_last_date());
    SetPlace(outline.period_text, period->mutable_place());
  }
  if (outline.published.year != 0) {
    SetDate(outline.published, report_.mutable_publication_date());
  }
  if (!outline.signature.empty()) {
    report_.set_signature(outline.signature.data(), outline.signature.size());
  }
  if (!outline.signature_place.empty()) {
    SetPlace(outline.signature_place, report_.mutable_signature_place());
  }
  WritePreface(outline, ranges);
  int sections = 0;
  for (const Heading& heading : outline.headings) {
    v1::Section* section = Next(&sections, report_.mutable_sections());
    section->set_kind(heading.kind);
    section->set_ordinal(heading.ordinal);
    const std::string_view text = tokens_[heading.token].text;
    section->set_heading(text.data(), text.size());
    SetPlace(text, section->mutable_heading_place());
    WriteProse(heading.token + 1, heading.end, ranges, section);
    SetPlace(Span(heading.token, heading.end), section->mutable_place());
  }
  KeepFirst(sections, report_.mutable_sections());
}

void ReportWriter::WritePreface(const Outline& outline,
                                const TableRanges& ranges) {
  if (outline.headings.empty()) return;
  const int end = outline.headings.front().token;
  int begin = 0;
  if (!outline.title.empty()) {
    const char* const title_end =
        outline.title.back().data() + outline.title.back().size();
    while (begin < end && tokens_[begin].text.data() < title_end) ++begin;
  }
  if (begin >= end) return;
  if (preface_ == nullptr) preface_ = std::make_unique<v1::Section>();
  report_.set_allocated_preface(preface_.release());
  WriteProse(begin, end, ranges, report_.mutable_preface());
  SetPlace(Span(begin, end), report_.mutable_preface()->mutable_place());
}

size_t ReportWriter::WrapLength(const TokenIndex& index) const {
  size_t longest = 0;
  for (const int t : index.texts()) {
    if (!IsProseLine(tokens_[t])) continue;
    longest = std::max(longest, tokens_[t].text.size());
    if (longest > kLongestWrap) return 0;
  }
  const auto full = std::count_if(
      index.texts().begin(), index.texts().end(), [&](const int t) {
        return IsProseLine(tokens_[t]) && IsFull(tokens_[t].text, longest);
      });
  return full >= kFewestFullLines ? longest : 0;
}

bool ReportWriter::GoesOn(const Token& line, const Token& next) const {
  if (!IsProseLine(line) || !IsProseLine(next)) return false;
  // Elsewhere only the end of a page breaks a line.
  const bool broken =
      wrap_ > 0 ? IsFull(line.text, wrap_) : line.text.size() > kLongestWrap;
  return broken && !EndsSentence(line.text) && !BeginsItem(next.text);
}

void ReportWriter::WriteProse(int begin, int end, const TableRanges& ranges,
                              v1::Section* section) {
  std::string* prose = section->mutable_text();
  prose->clear();
  sections_.push_back({section, lines_.size()});
  int paragraphs = 0;
  v1::Paragraph* paragraph = nullptr;
  const Token* first = nullptr;
  const Token* last = nullptr;
  for (int t = begin; t < end; ++t) {
    const Token& token = tokens_[t];
    if (token.text.empty() || token.kind == TokenKind::kPageNumber) continue;
    if (const int behind = ranges.Behind(t); behind > t) {
      last = nullptr;
      t = behind - 1;
      continue;
    }
    const bool goes_on = last != nullptr && GoesOn(*last, token);
    if (!goes_on) {
      if (!prose->empty()) prose->push_back('\n');
      paragraph = Next(&paragraphs, section->mutable_paragraphs());
      paragraph->set_begin(static_cast<int32_t>(prose->size()));
      first = &token;
    } else if (IsWordCharacter(prose->back()) &&
               IsWordCharacter(token.text.front())) {
      prose->push_back(' ');
    }
    lines_.push_back({static_cast<int>(prose->size()), token.text});
    prose->append(token.text);
    last = &token;
    const char* const from = first->text.data();
    const char* const to = token.text.data() + token.text.size();
    SetPlace({from, static_cast<size_t>(to - from)},
             paragraph->mutable_place());
  }
  KeepFirst(paragraphs, section->mutable_paragraphs());
}

absl::Span<const ReportWriter::ProseLine> ReportWriter::LinesOf(
    const v1::Section& section) const {
  for (size_t i = 0; i < sections_.size(); ++i) {
    const size_t s = (last_asked_ + i) % sections_.size();
    if (sections_[s].section != &section) continue;
    last_asked_ = s;
    const size_t behind =
        s + 1 < sections_.size() ? sections_[s + 1].first : lines_.size();
    return absl::MakeConstSpan(lines_).subspan(sections_[s].first,
                                               behind - sections_[s].first);
  }
  return {};
}

void ReportWriter::SetProsePlace(const v1::Section& section, int begin, int end,
                                 v1::Place* place) const {
  const char* first = nullptr;
  const char* last = nullptr;
  const absl::Span<const ProseLine> lines = LinesOf(section);
  auto line = std::upper_bound(
      lines.begin(), lines.end(), begin,
      [](int place, const ProseLine& candidate) {
        return place <
               candidate.begin + static_cast<int>(candidate.text.size());
      });
  for (; line != lines.end() && line->begin < end; ++line) {
    const int size = static_cast<int>(line->text.size());
    if (first == nullptr) {
      first = line->text.data() + std::max(begin - line->begin, 0);
    }
    last = line->text.data() + std::min(end - line->begin, size);
  }
  if (first != nullptr)
    SetPlace({first, static_cast<size_t>(last - first)}, place);
}

void ReportWriter::WriteTables(const TableRanges& ranges,
                               catalog::ReadCells* cells) {
  report_.set_template_(cells->form()->template_id());
  FinishCells(cells);
  WriteTablePlace(ranges.disclosure, report_.mutable_disclosure());
  WriteTablePlace(ranges.requests, report_.mutable_requests());
  WriteTablePlace(ranges.disputes, report_.mutable_disputes());
}

void ReportWriter::WriteTablePlace(const TokenRange& range,
                                   v1::ReportTable* out) {
  out->Clear();
  if (range.empty()) return;
  SetPlace(Span(range.begin, range.end), out->mutable_place());
}

void ReportWriter::WriteCells(const catalog::ReadCells& cells) {
  WriteTable(cells, v1::TABLE_DISCLOSURE, report_.mutable_disclosure());
  WriteTable(cells, v1::TABLE_REQUESTS, report_.mutable_requests());
  WriteTable(cells, v1::TABLE_DISPUTES, report_.mutable_disputes());
}

void ReportWriter::WriteNoTables() {
  report_.clear_disclosure();
  report_.clear_requests();
  report_.clear_disputes();
}

void ReportWriter::FinishCells(catalog::ReadCells* cells) {
  const absl::Span<const FormCell> form_cells = cells->form()->cells();
  const absl::Span<catalog::ReadCell> read = cells->cells();
  for (size_t c = 0; c < read.size(); ++c) {
    catalog::ReadCell& cell = read[c];
    if (cell.raw.data() != nullptr) {
      const input::SourceRange range = document_.SourceOf(cell.raw);
      cell.start_byte = static_cast<uint32_t>(range.begin);
      cell.end_byte = static_cast<uint32_t>(range.end);
      cell.raw = Prefix(cell.raw, kMaxRawBytes);
    }
    if (form_cells[c].kind == forms::v1::VALUE_KIND_DECIMAL &&
        cell.has_number()) {
      const int shift = ShiftToUnit(cell.unit, form_cells[c].unit);
      cell.decimal = static_cast<int32_t>(cells->decimals().size());
      cells->decimals().push_back(DecimalText(cell.count, cell.scale + shift));
    }
  }
}

void ReportWriter::WriteTable(const catalog::ReadCells& cells, v1::Table table,
                              v1::ReportTable* out) {
  for (const FormRow& row : cells.form()->rows()) {
    if (row.table != table || !cells.Gives(row)) continue;
    for (CellIndex c = 0; c < row.cell_count; ++c) {
      const CellIndex cell = row.first_cell + c;
      v1::Cell* const to = out->add_cells();
      cells.Write(cell, to);
      const std::string_view raw = cells[cell].raw;
      if (document_.has_locations() && raw.data() != nullptr) {
        SetLocation(document_.LocationOf(raw), to->mutable_place());
      }
    }
  }
}

void ReportWriter::AddDiagnostic(v1::DiagnosticKind kind, const FormRow* row,
                                 int token, std::string message,
                                 std::string message_en) {
  v1::Diagnostic* diagnostic = report_.add_diagnostics();
  diagnostic->set_kind(kind);
  if (row != nullptr) {
    diagnostic->mutable_path()->set_table(row->table);
    diagnostic->mutable_path()->set_row(row->row);
  }
  if (token >= 0) SetPlace(tokens_[token].text, diagnostic->mutable_place());
  diagnostic->set_message(std::move(message));
  diagnostic->set_message_en(std::move(message_en));
}

}  // namespace gongkai::extract
