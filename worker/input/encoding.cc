// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/encoding.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "worker/input/characters.h"
#include "worker/input/gb18030.h"
#include "worker/input/rejection.h"
#include "worker/input/utf8.h"

namespace gongkai::input {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16LeMark = "\xFF\xFE";
constexpr std::string_view kUtf16BeMark = "\xFE\xFF";
constexpr std::string_view kGb18030Mark = "\x84\x31\x95\x33";

// A damaged UTF-8 text has at least so many whole multi-byte characters for
// each bad sequence. GB18030 read as UTF-8 has about four bad ones for each
// whole one.
constexpr size_t kUtf8WholePerBad = 20;
// A damaged GB18030 text has at least so many characters for each bad one.
// UTF-8 read as GB18030 has a bad one in every other line or so.
constexpr size_t kGb18030CharactersPerBad = 500;
// Bad sequences that are forgiven however short the text is (four bytes cut
// off make two), as long as most of it is good.
constexpr size_t kForgiven = 2;

// UTF-16 is told by this much of the text.
constexpr size_t kSampleBytes = size_t{8} << 10;
// Share of units, in percent, that must be common ones. Random bytes give 35.
constexpr size_t kCommonUnitsPercent = 90;
constexpr size_t kCommonUnitsPercentWithoutNul = 97;

bool StartsWith(std::string_view bytes, std::string_view mark) {
  return bytes.substr(0, mark.size()) == mark;
}

char16_t UnitAt(std::string_view bytes, size_t offset, Encoding encoding) {
  const uint8_t first = Byte(bytes.data() + offset);
  const uint8_t second = Byte(bytes.data() + offset + 1);
  return static_cast<char16_t>(encoding == Encoding::kUtf16Le
                                   ? second << 8 | first
                                   : first << 8 | second);
}

// Common in texts that are Chinese or ASCII: whole pages of 256 units, single
// ones of some pages.
enum class Page : uint8_t { kRare, kCommon, kMixed };

constexpr std::array<Page, 256> kPages = [] {
  std::array<Page, 256> pages = {};
  for (size_t page = 0x4E; page <= 0x9F; ++page) pages[page] = Page::kCommon;
  for (const size_t page : {0x00, 0x20, 0x30, 0xFE, 0xFF}) {
    pages[page] = Page::kMixed;
  }
  return pages;
}();

bool IsCommon(char16_t unit) {
  const Page page = kPages[unit >> 8];
  if (page != Page::kMixed) return page == Page::kCommon;
  if (unit < 0x80) return unit >= 0x20 || (unit >= 0x09 && unit <= 0x0D);
  return (unit >= 0x3000 && unit <= 0x303F) ||
         (unit >= 0xFF01 && unit <= 0xFFEF) ||
         (unit >= 0x2010 && unit <= 0x2026) || unit == 0xA0 || unit == 0xB7 ||
         unit == 0xFEFF;
}

struct UnitCount {
  size_t all = 0;
  size_t common = 0;
  // Ideographs, and those among them with a high lower byte: half of them in a
  // Chinese text, none in ASCII text read as UTF-16 by mistake.
  size_t ideographs = 0;
  size_t high = 0;
};

UnitCount CountUnits(std::string_view bytes, Encoding encoding) {
  UnitCount count;
  const size_t end = std::min(bytes.size(), kSampleBytes) / 2 * 2;
  for (size_t i = 0; i < end; i += 2) {
    const char16_t unit = UnitAt(bytes, i, encoding);
    ++count.all;
    count.common += IsCommon(unit);
    if (unit >= 0x4E00 && unit <= 0x9FFF) {
      ++count.ideographs;
      count.high += (unit & 0x80) != 0;
    }
  }
  return count;
}

std::optional<Encoding> GuessUtf16(std::string_view bytes, bool has_nul) {
  const UnitCount le = CountUnits(bytes, Encoding::kUtf16Le);
  const UnitCount be = CountUnits(bytes, Encoding::kUtf16Be);
  const bool is_le = le.common >= be.common;
  const UnitCount& best = is_le ? le : be;
  if (best.all == 0 || le.common == be.common) return std::nullopt;
  const size_t percent =
      has_nul ? kCommonUnitsPercent : kCommonUnitsPercentWithoutNul;
  if (best.common * 100 < best.all * percent) return std::nullopt;
  if (!has_nul && best.high * 4 < best.ideographs) return std::nullopt;
  return is_le ? Encoding::kUtf16Le : Encoding::kUtf16Be;
}

void DecodeUtf16(std::string_view bytes, size_t begin, Encoding encoding,
                 DocumentBuilder* builder) {
  // A unit of two bytes becomes three bytes at most.
  builder->BeginDecoding(encoding, bytes.size() + bytes.size() / 2);
  size_t i = begin;
  while (i + 1 < bytes.size() && !builder->full()) {
    const auto get = [&](size_t k) {
      return UnitAt(bytes, i + 2 * k, encoding);
    };
    i += 2 * builder->AppendCharacters<3>(i, 2, (bytes.size() - i) / 2, get);
    i += 2 * builder->AppendCharacters<1>(i, 2, (bytes.size() - i) / 2, get);
    if (i + 1 >= bytes.size()) break;
    const char16_t unit = UnitAt(bytes, i, encoding);
    if (unit < 0xD800 || unit > 0xDFFF) {
      builder->AppendCharacter(unit, i, 2);
      i += 2;
      continue;
    }
    const char16_t next =
        i + 3 < bytes.size() ? UnitAt(bytes, i + 2, encoding) : u'\0';
    if (unit < 0xDC00 && next >= 0xDC00 && next <= 0xDFFF) {
      builder->AppendCharacter(
          0x10000 + ((unit - 0xD800u) << 10) + (next - 0xDC00u), i, 4);
      i += 4;
    } else {
      builder->AppendReplacement(i, 2);
      i += 2;
    }
  }
  if (i < bytes.size()) builder->AppendReplacement(i, 1);
  builder->EndDecoding();
}

// Only a few sequences are bad, counted before anything is written.
bool IsDamagedUtf8(std::string_view bytes, size_t valid) {
  size_t bad = 0;
  size_t whole = 0;
  size_t i = 0;
  while (true) {
    // Characters of several bytes, by their lead bytes.
    whole += std::count_if(bytes.begin() + i, bytes.begin() + i + valid,
                           [](char c) { return Byte(&c) >= 0xE0; });
    i += valid;
    if (i == bytes.size()) break;
    const size_t length = BadUtf8Length(bytes.substr(i));
    // A text cut off inside its last character is no worse for it.
    if (i + length == bytes.size() && whole > 0) break;
    ++bad;
    // No need to read on when even the rest, all whole, would not do.
    if (bad > kForgiven &&
        bad * kUtf8WholePerBad > whole + (bytes.size() - i) / 3) {
      return false;
    }
    i += length;
    valid = ValidUtf8Prefix(bytes.substr(i));
  }
  return bad * kUtf8WholePerBad <= whole;
}

void DecodeDamagedUtf8(std::string_view bytes, size_t begin,
                       DocumentBuilder* builder) {
  builder->BeginDecoding(Encoding::kUtf8, bytes.size() + bytes.size() / 8);
  size_t i = begin;
  while (i < bytes.size() && !builder->full()) {
    const size_t valid = ValidUtf8Prefix(bytes.substr(i));
    builder->AppendUtf8(bytes.substr(i, valid), i);
    i += valid;
    if (i == bytes.size()) break;
    const size_t length = BadUtf8Length(bytes.substr(i));
    builder->AppendReplacement(i, length);
    i += length;
  }
  builder->EndDecoding();
}

// False, and nothing usable decoded, when too much is bad.
bool DecodeGb18030(std::string_view bytes, size_t begin,
                   DocumentBuilder* builder) {
  const Gb18030& gb18030 = Gb18030::Get();
  builder->BeginDecoding(Encoding::kGb18030, bytes.size() + bytes.size() / 2);
  size_t bad = 0;
  size_t characters = 0;
  for (size_t i = begin; i < bytes.size() && !builder->full();) {
    size_t run = builder->AppendCharacters<3>(
        i, 2, (bytes.size() - i) / 2,
        [&](size_t k) { return gb18030.TwoBytes(bytes.data() + i + 2 * k); });
    i += 2 * run;
    characters += run;
    run = builder->AppendCharacters<1>(i, 1, bytes.size() - i, [&](size_t k) {
      return char16_t{Byte(bytes.data() + i + k)};
    });
    i += run;
    characters += run;
    if (i == bytes.size()) break;
    const Gb18030Character next = gb18030.Decode(bytes.substr(i));
    if (next.bad) {
      builder->AppendReplacement(i, next.length);
      // Even if every other byte were a character, there would be too many.
      if (++bad > kForgiven + bytes.size() / kGb18030CharactersPerBad) {
        return false;
      }
    } else {
      builder->AppendCharacter(next.code, i, next.length);
    }
    ++characters;
    i += next.length;
  }
  builder->EndDecoding();
  return bad <= kForgiven + characters / kGb18030CharactersPerBad &&
         bad * 4 <= characters;
}

}  // namespace

absl::Status DecodeText(std::string_view bytes, DocumentBuilder* builder) {
  size_t begin = 0;
  if (StartsWith(bytes, kUtf16LeMark) || StartsWith(bytes, kUtf16BeMark)) {
    DecodeUtf16(bytes, kUtf16LeMark.size(),
                StartsWith(bytes, kUtf16LeMark) ? Encoding::kUtf16Le
                                                : Encoding::kUtf16Be,
                builder);
    // Of a real text few units are bad.
    if (builder->replaced() * kUtf8WholePerBad * 2 <= bytes.size()) {
      return absl::OkStatus();
    }
  } else if (StartsWith(bytes, kGb18030Mark)) {
    if (DecodeGb18030(bytes, kGb18030Mark.size(), builder)) {
      return absl::OkStatus();
    }
  } else if (StartsWith(bytes, kUtf8Mark)) {
    begin = kUtf8Mark.size();
  }
  const bool has_nul = bytes.find('\0') != std::string_view::npos;
  if (has_nul) {
    if (const auto encoding = GuessUtf16(bytes, has_nul)) {
      DecodeUtf16(bytes, 0, *encoding, builder);
      return absl::OkStatus();
    }
  }
  const std::string_view text = bytes.substr(begin);
  const size_t valid = ValidUtf8Prefix(text);
  if (valid == text.size()) {
    builder->UseText(text, static_cast<int64_t>(begin));
    return absl::OkStatus();
  }
  if (IsDamagedUtf8(text, valid)) {
    DecodeDamagedUtf8(bytes, begin, builder);
    return absl::OkStatus();
  }
  if (!has_nul) {
    if (const auto encoding = GuessUtf16(bytes, has_nul)) {
      DecodeUtf16(bytes, 0, *encoding, builder);
      return absl::OkStatus();
    }
  }
  if (DecodeGb18030(bytes, 0, builder)) return absl::OkStatus();
  return Reject(
      v1::OUTCOME_UNSUPPORTED_FORMAT,
      "这不是可识别的文本：内容不符合 UTF-8、GB18030（GBK）或 UTF-16 编码。"
      "请以其中一种编码另存为文本文件后再提交。",
      "This is no text that is known here: its bytes are neither UTF-8 nor "
      "GB18030 (GBK) nor UTF-16. Save it as a text file in one of these.");
}

}  // namespace gongkai::input
