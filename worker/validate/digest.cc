// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/digest.h"

#include <optional>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "worker/validate/sketch.h"

namespace gongkai::validate {
namespace {

constexpr size_t kMaxNameBytes = 256;

// The two lowest bits of a packed cell.
enum Tag : uint64_t { kState = 0, kCount = 1, kAmount = 2 };
constexpr int kTagBits = 2;

constexpr int64_t kMillion = 1'000'000;
constexpr size_t kMaxPlaces = 6;
// Beyond this a packed number would lose bits; no report comes near.
constexpr int64_t kMaxPacked = int64_t{1} << 60;

uint64_t ZigZag(int64_t value) {
  return static_cast<uint64_t>(value) << 1 ^ static_cast<uint64_t>(value >> 63);
}
int64_t UnZigZag(uint64_t value) {
  return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
}

void PutVarint(uint64_t value, std::string* out) {
  while (value >= 0x80) {
    out->push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out->push_back(static_cast<char>(value));
}

// Takes a varint from the front; nothing if there is no whole one.
std::optional<uint64_t> TakeVarint(absl::string_view* bytes) {
  uint64_t value = 0;
  for (int shift = 0; shift < 64 && !bytes->empty(); shift += 7) {
    const auto byte = static_cast<uint8_t>(bytes->front());
    bytes->remove_prefix(1);
    value |= uint64_t{byte & 0x7fu} << shift;
    if (byte < 0x80) return value;
  }
  return std::nullopt;
}

// The amount in millionths; nothing if it is not exact or too large.
std::optional<int64_t> Millionths(absl::string_view decimal) {
  const bool negative = !decimal.empty() && decimal[0] == '-';
  if (negative) decimal.remove_prefix(1);
  int64_t value = 0;
  size_t places = 0;
  bool behind_point = false;
  for (const char c : decimal) {
    if (c == '.' && !behind_point) {
      behind_point = true;
      continue;
    }
    if (!absl::ascii_isdigit(c)) return std::nullopt;
    if (behind_point && ++places > kMaxPlaces) {
      if (c != '0') return std::nullopt;
      continue;
    }
    value = 10 * value + (c - '0');
    if (value >= kMaxPacked / kMillion) return std::nullopt;
  }
  for (; places < kMaxPlaces; ++places) value *= 10;
  return negative ? -value : value;
}

std::string Decimal(int64_t millionths) {
  const int64_t size = millionths < 0 ? -millionths : millionths;
  std::string places = absl::StrCat(kMillion + size % kMillion).substr(1);
  places.erase(places.find_last_not_of('0') + 1);
  return absl::StrCat(millionths < 0 ? "-" : "", size / kMillion,
                      places.empty() ? "" : ".", places);
}

uint64_t Pack(v1::CellState state, const v1::Cell* cell) {
  if (state == v1::CELL_STATE_VALUE && cell != nullptr) {
    if (cell->has_decimal()) {
      if (const std::optional<int64_t> amount = Millionths(cell->decimal())) {
        return ZigZag(*amount) << kTagBits | kAmount;
      }
      // A number that cannot be kept is none that could be compared.
      return uint64_t{v1::CELL_STATE_INVALID} << kTagBits | kState;
    }
    if (cell->count() < kMaxPacked && cell->count() > -kMaxPacked) {
      return ZigZag(cell->count()) << kTagBits | kCount;
    }
    return uint64_t{v1::CELL_STATE_INVALID} << kTagBits | kState;
  }
  return static_cast<uint64_t>(state) << kTagBits | kState;
}

void Unpack(uint64_t packed, v1::Cell* cell) {
  const uint64_t rest = packed >> kTagBits;
  switch (packed & ((1 << kTagBits) - 1)) {
    case kCount:
      cell->set_state(v1::CELL_STATE_VALUE);
      cell->set_count(UnZigZag(rest));
      break;
    case kAmount:
      cell->set_state(v1::CELL_STATE_VALUE);
      cell->set_decimal(Decimal(UnZigZag(rest)));
      break;
    default:
      cell->set_state(static_cast<v1::CellState>(rest & 0xff));
      break;
  }
}

// Whole characters of at most kMaxNameBytes.
absl::string_view CutName(absl::string_view name) {
  if (name.size() <= kMaxNameBytes) return name;
  size_t end = kMaxNameBytes;
  while (end > 0 && (name[end] & 0xC0) == 0x80) --end;
  return name.substr(0, end);
}

uint64_t HashAll(const std::vector<uint64_t>& grams) {
  uint64_t hash = grams.size();
  for (const uint64_t gram : grams) {
    hash = (hash ^ gram) * 0x9e3779b97f4a7c15u;
    hash ^= hash >> 29;
  }
  return hash;
}

}  // namespace

Digester::Digester(const catalog::Catalog& catalog)
    : catalog_(catalog), reader_(catalog.proto().narrative_masks()) {}

void Digester::Digest(const v1::Report& report,
                      worker::v1::ReportDigest* digest) {
  digest->set_body(std::string(CutName(report.body())));
  digest->set_year(report.year());
  digest->set_template_(report.template_());
  if (const catalog::Form* form = catalog_.form(report.template_());
      form != nullptr) {
    cells_.Load(*form, report);
    std::string* packed = digest->mutable_cells();
    size_t end = 0;
    for (size_t i = 0; i < form->cells().size(); ++i) {
      const auto cell = static_cast<catalog::CellIndex>(i);
      PutVarint(Pack(cells_.state(cell), cells_.cell(cell)), packed);
      if (cells_.state(cell) != v1::CELL_STATE_MISSING) end = packed->size();
    }
    packed->resize(end);
  }
  reader_.Read(report, &narrative_);
  CollectGrams(narrative_, &grams_);
  digest->set_narrative_characters(narrative_.count);
  digest->set_narrative_grams(static_cast<int>(grams_.size()));
  digest->set_narrative_hash(HashAll(grams_));
  digest->set_sketch(SketchBytes(MakeSketch(grams_)));
}

void RestoreCells(const catalog::Catalog& catalog, v1::Template template_id,
                  absl::string_view cells, v1::Report* report) {
  report->mutable_disclosure()->clear_cells();
  report->mutable_requests()->clear_cells();
  report->mutable_disputes()->clear_cells();
  const catalog::Form* form = catalog.form(template_id);
  if (form == nullptr) return;
  for (const catalog::FormCell& form_cell : form->cells()) {
    const std::optional<uint64_t> packed = TakeVarint(&cells);
    if (!packed.has_value()) return;
    if (*packed == (uint64_t{v1::CELL_STATE_MISSING} << kTagBits | kState)) {
      continue;
    }
    v1::ReportTable* table =
        form_cell.table == v1::TABLE_DISCLOSURE ? report->mutable_disclosure()
        : form_cell.table == v1::TABLE_REQUESTS ? report->mutable_requests()
                                                : report->mutable_disputes();
    v1::Cell* cell = table->add_cells();
    cell->set_table(form_cell.table);
    cell->set_row(form_cell.row);
    cell->set_column(form_cell.column);
    Unpack(*packed, cell);
  }
}

}  // namespace gongkai::validate
