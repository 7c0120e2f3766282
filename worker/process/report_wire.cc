// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/process/report_wire.h"

#include <cstdint>
#include <cstring>
#include <string>

#include "google/protobuf/message_lite.h"

namespace gongkai::process {
namespace {

using google::protobuf::MessageLite;

enum WireType : uint32_t { kVarint = 0, kLengthDelimited = 2 };

constexpr size_t kMaxVarintBytes = 10;

// A field's tag and its number or length; fields below 2048 have tags of two
// bytes at most.
constexpr size_t kMaxHeadBytes = 2 + kMaxVarintBytes;

// The following write at `at`, where there must be room, and give what is
// behind. Defaults are left out, as proto3 does, unless told to be present.

inline char* PutVarint(uint64_t value, char* at) {
  while (value >= 0x80) [[unlikely]] {
      *at++ = static_cast<char>(value | 0x80);
      value >>= 7;
    }
  *at++ = static_cast<char>(value);
  return at;
}

inline char* PutPresent(int field, int64_t value, char* at) {
  at = PutVarint(static_cast<uint32_t>(field) << 3 | kVarint, at);
  return PutVarint(static_cast<uint64_t>(value), at);
}
inline char* Put(int field, int64_t value, char* at) {
  return value == 0 ? at : PutPresent(field, value, at);
}

inline char* PutPresent(int field, const std::string& text, char* at) {
  at = PutVarint(static_cast<uint32_t>(field) << 3 | kLengthDelimited, at);
  at = PutVarint(text.size(), at);
  std::memcpy(at, text.data(), text.size());
  return at + text.size();
}
inline char* Put(int field, const std::string& text, char* at) {
  return text.empty() ? at : PutPresent(field, text, at);
}

// A message that is too rare or small to be worth more than protobuf's own way.
// Its size must have been measured.
char* Put(int field, const MessageLite& message, char* at) {
  at = PutVarint(static_cast<uint32_t>(field) << 3 | kLengthDelimited, at);
  at = PutVarint(static_cast<uint32_t>(message.GetCachedSize()), at);
  return reinterpret_cast<char*>(
      message.SerializeWithCachedSizesToArray(reinterpret_cast<uint8_t*>(at)));
}

// The string that is appended to, longer than its contents while it is written.
class WireWriter {
 public:
  explicit WireWriter(std::string* out) : out_(*out), size_(out->size()) {}
  ~WireWriter() { out_.resize(size_); }
  WireWriter(const WireWriter&) = delete;
  WireWriter& operator=(const WireWriter&) = delete;

  // Where the next so many bytes can be written; Advance() takes their end.
  char* Room(size_t bytes) {
    if (out_.size() - size_ < bytes) [[unlikely]] {
      Grow(bytes);
    }
    return out_.data() + size_;
  }
  void Advance(const char* end) { size_ = end - out_.data(); }

  void Integer(int field, int64_t value) {
    Advance(Put(field, value, Room(kMaxHeadBytes)));
  }
  void String(int field, const std::string& text) {
    Advance(Put(field, text, Room(kMaxHeadBytes + text.size())));
  }
  void Message(int field, const MessageLite& message) {
    const size_t size = message.ByteSizeLong();
    Advance(Put(field, message, Room(kMaxHeadBytes + size)));
  }

  // What is written between Begin and End is a message: pass on what Begin
  // gave.
  size_t Begin(int field) {
    char* const at = Room(kMaxHeadBytes);
    // One byte is left for the length.
    Advance(
        PutVarint(static_cast<uint32_t>(field) << 3 | kLengthDelimited, at) +
        1);
    return size_;
  }
  void End(size_t begin) {
    const size_t length = size_ - begin;
    char bytes[kMaxVarintBytes];
    const size_t width = PutVarint(length, bytes) - bytes;
    Room(width);
    char* const length_at = out_.data() + begin - 1;
    if (width > 1) std::memmove(length_at + width, length_at + 1, length);
    std::memcpy(length_at, bytes, width);
    size_ += width - 1;
  }

 private:
  [[gnu::noinline]] void Grow(size_t bytes) {
    // A little at a time, because it is filled with zeros; the string's own
    // capacity doubles.
    constexpr size_t kStep = 4096;
    out_.resize(size_ + bytes + kStep);
  }

  std::string& out_;
  size_t size_;
};

void AppendCell(const v1::Cell& cell, WireWriter* out) {
  using C = v1::Cell;
  constexpr size_t kFields = 12;
  size_t strings =
      cell.raw().size() + cell.decimal().size() + cell.unit().size();
  for (const std::string& candidate : cell.candidates()) {
    strings += candidate.size() + kMaxHeadBytes;
  }
  if (cell.has_place()) strings += cell.place().ByteSizeLong();
  const size_t begin = out->Begin(v1::ReportTable::kCellsFieldNumber);
  char* at = out->Room(kFields * kMaxHeadBytes + strings);
  at = Put(C::kTableFieldNumber, cell.table(), at);
  at = Put(C::kRowFieldNumber, cell.row(), at);
  at = Put(C::kColumnFieldNumber, cell.column(), at);
  at = Put(C::kStateFieldNumber, cell.state(), at);
  if (cell.has_count()) {
    at = PutPresent(C::kCountFieldNumber, cell.count(), at);
  } else if (cell.has_decimal()) {
    at = PutPresent(C::kDecimalFieldNumber, cell.decimal(), at);
  }
  at = Put(C::kRawFieldNumber, cell.raw(), at);
  at = Put(C::kStartByteFieldNumber, cell.start_byte(), at);
  at = Put(C::kEndByteFieldNumber, cell.end_byte(), at);
  at = Put(C::kUnitFieldNumber, cell.unit(), at);
  for (const std::string& candidate : cell.candidates()) {
    at = PutPresent(C::kCandidatesFieldNumber, candidate, at);
  }
  if (cell.has_place()) at = Put(C::kPlaceFieldNumber, cell.place(), at);
  out->Advance(at);
  out->End(begin);
}

void AppendTable(int field, const v1::ReportTable& table, WireWriter* out) {
  const size_t begin = out->Begin(field);
  for (const v1::Cell& cell : table.cells()) AppendCell(cell, out);
  if (table.has_place()) {
    out->Message(v1::ReportTable::kPlaceFieldNumber, table.place());
  }
  out->End(begin);
}

void AppendSection(int field, const v1::Section& section, WireWriter* out) {
  using S = v1::Section;
  const size_t begin = out->Begin(field);
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
  for (const v1::Paragraph& paragraph : section.paragraphs()) {
    out->Message(S::kParagraphsFieldNumber, paragraph);
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
    AppendSection(R::kSectionsFieldNumber, section, &out);
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
  if (report.has_preface()) {
    AppendSection(R::kPrefaceFieldNumber, report.preface(), &out);
  }
  out.String(R::kSignatureFieldNumber, report.signature());
  if (report.has_signature_place()) {
    out.Message(R::kSignaturePlaceFieldNumber, report.signature_place());
  }
  for (const v1::Claim& claim : report.claims()) {
    out.Message(R::kClaimsFieldNumber, claim);
  }
  out.End(begin);
}

}  // namespace gongkai::process
