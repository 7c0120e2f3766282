// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/process/report_wire.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "google/protobuf/message_lite.h"

namespace gongkai::process {
namespace {

using google::protobuf::MessageLite;

enum WireType : uint32_t { kVarint = 0, kLengthDelimited = 2 };

constexpr size_t kMaxVarintBytes = 10;

// A field number below 2048 takes at most so many bytes with its type.
constexpr size_t kMaxTagBytes = 2;

// Writes fields one after another, the defaults left out as proto3 does.
class WireWriter {
 public:
  explicit WireWriter(std::string* out) : out_(*out) { Point(out->size()); }
  ~WireWriter() { out_.resize(size()); }
  WireWriter(const WireWriter&) = delete;
  WireWriter& operator=(const WireWriter&) = delete;

  void Integer(int field, int64_t value) {
    if (value != 0) PresentInteger(field, value);
  }
  // Also where it is zero, as in a oneof.
  void PresentInteger(int field, int64_t value) {
    MakeRoom(kMaxTagBytes + kMaxVarintBytes);
    PutTag(field, kVarint);
    PutVarint(static_cast<uint64_t>(value));
  }

  void String(int field, std::string_view text) {
    if (!text.empty()) PresentString(field, text);
  }
  void PresentString(int field, std::string_view text) {
    MakeRoom(kMaxTagBytes + kMaxVarintBytes + text.size());
    PutTag(field, kLengthDelimited);
    PutVarint(text.size());
    std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
  }

  // A message that is too rare or small to be worth more than protobuf's own
  // way.
  void Message(int field, const MessageLite& message) {
    const size_t size = message.ByteSizeLong();
    MakeRoom(kMaxTagBytes + kMaxVarintBytes + size);
    PutTag(field, kLengthDelimited);
    PutVarint(size);
    message.SerializeWithCachedSizesToArray(reinterpret_cast<uint8_t*>(at_));
    at_ += size;
  }

  // The fields between Begin and End are a message: pass on what Begin gave.
  size_t Begin(int field) {
    MakeRoom(kMaxTagBytes + 1);
    PutTag(field, kLengthDelimited);
    ++at_;  // the length, if it takes no more than one byte
    return size();
  }
  void End(size_t begin) {
    const size_t length = size() - begin;
    if (length < 0x80) {
      out_[begin - 1] = static_cast<char>(length);
      return;
    }
    // The length takes the byte that was left for it and some more.
    MakeRoom(kMaxVarintBytes);
    char* const length_at = out_.data() + begin - 1;
    char bytes[kMaxVarintBytes];
    const size_t width = PutVarint(length, bytes) - bytes;
    std::memmove(length_at + width, length_at + 1, length);
    std::memcpy(length_at, bytes, width);
    at_ += width - 1;
  }

 private:
  static char* PutVarint(uint64_t value, char* at) {
    while (value >= 0x80) {
      *at++ = static_cast<char>(value | 0x80);
      value >>= 7;
    }
    *at++ = static_cast<char>(value);
    return at;
  }
  void PutVarint(uint64_t value) { at_ = PutVarint(value, at_); }
  void PutTag(int field, WireType type) {
    PutVarint(static_cast<uint32_t>(field) << 3 | type);
  }

  size_t size() const { return at_ - out_.data(); }
  void MakeRoom(size_t bytes) {
    if (static_cast<size_t>(end_ - at_) < bytes) Grow(bytes);
  }
  void Grow(size_t bytes) { Point(size(), 2 * (size() + bytes)); }
  // Goes on behind the first `size` bytes, with room for so many in all.
  void Point(size_t size, size_t room = 0) {
    // What the string holds already is used up first.
    out_.resize(std::max(room, out_.capacity()));
    at_ = out_.data() + size;
    end_ = out_.data() + out_.size();
  }

  std::string& out_;
  // Where the next byte goes. The string is longer while it is written.
  char* at_ = nullptr;
  char* end_ = nullptr;
};

void AppendCell(const v1::Cell& cell, WireWriter* out) {
  using C = v1::Cell;
  out->Integer(C::kTableFieldNumber, cell.table());
  out->Integer(C::kRowFieldNumber, cell.row());
  out->Integer(C::kColumnFieldNumber, cell.column());
  out->Integer(C::kStateFieldNumber, cell.state());
  if (cell.has_count()) {
    out->PresentInteger(C::kCountFieldNumber, cell.count());
  } else if (cell.has_decimal()) {
    out->PresentString(C::kDecimalFieldNumber, cell.decimal());
  }
  out->String(C::kRawFieldNumber, cell.raw());
  out->Integer(C::kStartByteFieldNumber, cell.start_byte());
  out->Integer(C::kEndByteFieldNumber, cell.end_byte());
  out->String(C::kUnitFieldNumber, cell.unit());
  for (const std::string& candidate : cell.candidates()) {
    out->PresentString(C::kCandidatesFieldNumber, candidate);
  }
  if (cell.has_place()) out->Message(C::kPlaceFieldNumber, cell.place());
}

void AppendTable(int field, const v1::ReportTable& table, WireWriter* out) {
  const size_t begin = out->Begin(field);
  for (const v1::Cell& cell : table.cells()) {
    const size_t cell_begin = out->Begin(v1::ReportTable::kCellsFieldNumber);
    AppendCell(cell, out);
    out->End(cell_begin);
  }
  if (table.has_place()) {
    out->Message(v1::ReportTable::kPlaceFieldNumber, table.place());
  }
  out->End(begin);
}

void AppendSection(const v1::Section& section, WireWriter* out) {
  using S = v1::Section;
  const size_t begin = out->Begin(v1::Report::kSectionsFieldNumber);
  out->Integer(S::kKindFieldNumber, section.kind());
  out->Integer(S::kOrdinalFieldNumber, section.ordinal());
  out->String(S::kHeadingFieldNumber, section.heading());
  if (section.has_heading_place()) {
    out->Message(S::kHeadingPlaceFieldNumber, section.heading_place());
  }
  out->String(S::kTextFieldNumber, section.text());
  if (section.has_place()) {
    out->Message(S::kPlaceFieldNumber, section.place());
  }
  out->End(begin);
}

}  // namespace

void AppendReport(int field_number, const v1::Report& report,
                  std::string* out_string) {
  using R = v1::Report;
  WireWriter out(out_string);
  const size_t begin = out.Begin(field_number);
  out.String(R::kTitleFieldNumber, report.title());
  if (report.has_title_place()) {
    out.Message(R::kTitlePlaceFieldNumber, report.title_place());
  }
  out.String(R::kBodyFieldNumber, report.body());
  out.Integer(R::kYearFieldNumber, report.year());
  out.Integer(R::kTemplateFieldNumber, report.template_());
  if (report.has_period()) out.Message(R::kPeriodFieldNumber, report.period());
  if (report.has_publication_date()) {
    out.Message(R::kPublicationDateFieldNumber, report.publication_date());
  }
  for (const v1::Section& section : report.sections()) {
    AppendSection(section, &out);
  }
  if (report.has_disclosure()) {
    AppendTable(R::kDisclosureFieldNumber, report.disclosure(), &out);
  }
  if (report.has_requests()) {
    AppendTable(R::kRequestsFieldNumber, report.requests(), &out);
  }
  if (report.has_disputes()) {
    AppendTable(R::kDisputesFieldNumber, report.disputes(), &out);
  }
  for (const v1::Diagnostic& diagnostic : report.diagnostics()) {
    out.Message(R::kDiagnosticsFieldNumber, diagnostic);
  }
  out.End(begin);
}

}  // namespace gongkai::process
