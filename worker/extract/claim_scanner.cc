// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/claim_scanner.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace gongkai::extract {
namespace {

using forms::v1::WordRole;

// More digits are no count.
constexpr int kMaxDigits = 15;
constexpr int kGroup = 3;

// Of which memory is kept: no sentence is as long.
constexpr size_t kKeptWords = size_t{1} << 16;

constexpr int kFirstYear = 1949;
constexpr int kLastYear = 2100;

constexpr std::u16string_view kChineseDigits = u"〇一二三四五六七八九";
constexpr char16_t kChineseZero = u'零';
constexpr char16_t kChinesePair = u'两';
constexpr char16_t kTenThousand = u'万';
constexpr char16_t kHundredMillion = u'亿';
constexpr char16_t kYearSign = u'年';

// True for signs that make digits beside them a code, a date or a range.
constexpr bool IsCodeSign(char16_t c) {
  // Nearly all that stands beside digits is Chinese.
  if (c >= 0x3000 && c < 0xFF00) return false;
  constexpr std::u16string_view kSigns = u"-/~～—–.·_@#＃№‰‐−";
  return kSigns.find(c) != std::u16string_view::npos;
}

// The digit that the character is, ASCII or full-width; -1 if it is none.
int Digit(char16_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= u'０' && c <= u'９') return c - u'０';
  return -1;
}

bool IsLetter(char16_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// What a Chinese numeral character multiplies by; 0 for none.
int64_t Multiplier(char16_t c) {
  switch (c) {
    case u'十':
      return 10;
    case u'百':
      return 100;
    case u'千':
      return 1000;
    default:
      return 0;
  }
}

int ChineseDigit(char16_t c) {
  if (c == kChineseZero) return 0;
  if (c == kChinesePair) return 2;
  const size_t at = kChineseDigits.find(c);
  return at == std::u16string_view::npos ? -1 : static_cast<int>(at);
}

struct Numeral {
  int64_t digits = 0;
  int scale = 0;
  size_t end = 0;
};

// "一百零五", "二〇" and the like, up to 99,999,999.
std::optional<Numeral> ReadChineseNumeral(const ClaimText& text, size_t at,
                                          size_t end) {
  Numeral numeral;
  int64_t section = 0;
  int64_t digit = -1;
  int run = 0;
  bool any = false;
  for (;; ++at) {
    const char16_t c = text.At(at, end);
    if (const int value = ChineseDigit(c); value >= 0) {
      // Digits in a row are a year or a code.
      if (digit > 0 && ++run > 0) return std::nullopt;
      digit = value;
    } else if (const int64_t factor = Multiplier(c); factor != 0) {
      section += (digit < 0 ? 1 : digit) * factor;
      digit = -1;
    } else if (c == kTenThousand && any) {
      numeral.digits += (section + std::max<int64_t>(digit, 0)) * 10000;
      section = 0;
      digit = -1;
    } else {
      break;
    }
    any = true;
    numeral.end = at + 1;
  }
  if (!any) return std::nullopt;
  numeral.digits += section + std::max<int64_t>(digit, 0);
  return numeral;
}

// Digits with thousands separators, a decimal point and "万" or "亿".
Numeral ReadDigits(const ClaimText& text, size_t at, size_t end) {
  Numeral numeral;
  int count = 0;
  int group = 0;
  bool grouped = false;
  bool point = false;
  bool valid = true;
  for (;; ++at) {
    const char16_t c = text.At(at, end);
    if (const int digit = Digit(c); digit >= 0) {
      if (++count > kMaxDigits) {
        valid = false;
      } else {
        numeral.digits = numeral.digits * 10 + digit;
      }
      ++group;
      if (point) ++numeral.scale;
    } else if ((c == ',' || c == u'，') && !point && group > 0 &&
               (grouped ? group == kGroup : group <= kGroup) &&
               Digit(text.At(at + 1, end)) >= 0) {
      // A separator has three digits behind it and no fourth.
      size_t ahead = at + 1;
      while (Digit(text.At(ahead, end)) >= 0) ++ahead;
      if (ahead - at - 1 != kGroup) break;
      grouped = true;
      group = 0;
    } else if ((c == '.' || c == u'．') && !point &&
               Digit(text.At(at + 1, end)) >= 0) {
      point = true;
    } else {
      break;
    }
    numeral.end = at + 1;
  }
  if (!valid) {
    numeral.digits = -1;
    return numeral;
  }
  const size_t behind = text.SkipBlanks(at, end);
  const char16_t factor = text.At(behind, end);
  const int shift = factor == kTenThousand      ? 4
                    : factor == kHundredMillion ? 8
                                                : 0;
  if (shift > 0 && count + shift <= kMaxDigits) {
    numeral.end = behind + 1;
    for (int i = 0; i < shift; ++i) {
      if (numeral.scale > 0) {
        --numeral.scale;
      } else {
        numeral.digits *= 10;
      }
    }
  }
  while (numeral.scale > 0 && numeral.digits % 10 == 0) {
    numeral.digits /= 10;
    --numeral.scale;
  }
  return numeral;
}

// True unless a unit behind the number says that it is no count of cases. Moves
// *at behind the digits.
bool MayCount(const ClaimWords& words, const ClaimText& text, size_t end,
              size_t* at) {
  bool digits = false;
  for (; *at < end; ++*at) {
    const char16_t c = text.At(*at, end);
    if (Digit(c) >= 0) {
      digits = true;
    } else if (!words.IsNumeral(c) && c != kTenThousand) {
      break;
    }
  }
  const auto role_at = [&](size_t begin, size_t* behind) {
    begin = text.SkipBlanks(begin, end);
    *behind = begin;
    if (begin >= end || !text.MayBeginWord(begin)) {
      return forms::v1::WORD_ROLE_UNSPECIFIED;
    }
    const ClaimWord word =
        words.Match(text.codes() + begin, text.codes() + end);
    *behind = begin + word.size;
    return word.word_class < 0 ? forms::v1::WORD_ROLE_UNSPECIFIED
                               : words.classes()[word.word_class].role;
  };
  size_t behind = 0;
  WordRole role = role_at(*at, &behind);
  if (role == forms::v1::WORD_ROLE_APPROXIMATE) role = role_at(behind, &behind);
  if (!digits) {
    return role == forms::v1::WORD_ROLE_UNIT ||
           role == forms::v1::WORD_ROLE_MONEY;
  }
  return role != forms::v1::WORD_ROLE_OTHER_UNIT &&
         role != forms::v1::WORD_ROLE_CALENDAR;
}

std::optional<ClaimMark> MarkOf(char16_t c) {
  switch (c) {
    case u'、':
      return ClaimMark::kItem;
    case u'，':
    case ',':
      return ClaimMark::kClause;
    case u'：':
    case ':':
      return ClaimMark::kColon;
    case u'；':
    case ';':
      return ClaimMark::kHalf;
    case u'。':
    case u'！':
    case u'？':
    case '!':
    case '?':
      return ClaimMark::kStop;
    case u'（':
    case '(':
      return ClaimMark::kOpen;
    case u'）':
    case ')':
      return ClaimMark::kClose;
    default:
      return std::nullopt;
  }
}

class Scanner {
 public:
  Scanner(const ClaimWords& words, const SentenceWords& sentence,
          size_t paragraph, std::vector<ClaimItem>* items)
      : words_(words),
        sentence_(sentence),
        text_(sentence.text()),
        paragraph_(paragraph),
        end_(sentence.end()),
        items_(*items) {}

  void Scan() {
    items_.clear();
    for (size_t at = sentence_.begin();;) {
      at = text_.NextMeaning(at, end_);
      if (at == end_) return;
      const char16_t c = At(at);
      if (const std::optional<ClaimMark> mark = MarkOf(c); mark.has_value()) {
        Add(*mark, at, at + 1);
        ++at;
      } else {
        at = Step(at, c);
      }
    }
  }

 private:
  char16_t At(size_t at) const { return text_.At(at, end_); }

  WordRole RoleOf(int word_class) const {
    return word_class < 0 ? forms::v1::WORD_ROLE_UNSPECIFIED
                          : words_.classes()[word_class].role;
  }

  ClaimItem& Add(ClaimMark mark, size_t begin, size_t end) {
    ClaimItem& item = items_.emplace_back();
    item.mark = mark;
    item.begin = static_cast<uint32_t>(begin);
    item.end = static_cast<uint32_t>(end);
    return item;
  }

  // Reads what begins here; where to go on.
  size_t Step(size_t at, char16_t c) {
    if (Digit(c) >= 0) return ReadNumber(at);
    if (c == u'《') return Skip(at + 1, u'》');
    if (c == u'〔') return Skip(at + 1, u'〕');
    const ClaimWord word = sentence_.At(at);
    if (word.word_class < 0 || word.size == 1) {
      if (words_.IsNumeral(c)) {
        const size_t end = ReadChinese(at);
        if (end != at + 1 || word.word_class < 0) return end;
      }
      if (word.word_class < 0) return at + 1;
    }
    Add(ClaimMark::kWord, at, at + word.size).word_class = word.word_class;
    return at + word.size;
  }

  // Behind the closing mark; if there is none, here.
  size_t Skip(size_t at, char16_t close) const {
    constexpr int kLongest = 80;
    size_t ahead = at;
    for (int i = 0; i < kLongest; ++i) {
      const char16_t c = At(ahead);
      if (c == 0) break;
      ++ahead;
      if (c == close) return ahead;
      // The two of one character count once.
      if ((At(ahead) & 0xFC00) == 0xDC00 && (c & 0xFC00) == 0xD800) ++ahead;
    }
    return at;
  }

  // Only with a unit right behind it.
  size_t ReadChinese(size_t at) {
    const std::optional<Numeral> numeral = ReadChineseNumeral(text_, at, end_);
    if (!numeral.has_value()) return at + 1;
    ClaimItem item;
    const size_t end = ReadUnit(numeral->end, &item);
    const WordRole role = RoleOf(item.word_class);
    if (role != forms::v1::WORD_ROLE_UNIT &&
        role != forms::v1::WORD_ROLE_OTHER_UNIT &&
        role != forms::v1::WORD_ROLE_MONEY) {
      return at + 1;
    }
    if (FollowsOrdinal(at)) return end;
    AddNumber(at, end, *numeral, item);
    return end;
  }

  bool FollowsOrdinal(size_t at) const {
    return !items_.empty() && items_.back().mark == ClaimMark::kWord &&
           items_.back().end == at &&
           RoleOf(items_.back().word_class) == forms::v1::WORD_ROLE_ORDINAL;
  }

  void AddNumber(size_t begin, size_t end, const Numeral& numeral,
                 const ClaimItem& unit) {
    ClaimItem& item = Add(ClaimMark::kNumber, begin, end);
    item.digits = numeral.digits;
    item.scale = static_cast<int8_t>(numeral.scale);
    item.word_class = unit.word_class;
    item.unit = unit.unit;
    item.approximate = unit.approximate;
  }

  // The unit behind a number and the words beside it that make it inexact.
  size_t ReadUnit(size_t at, ClaimItem* item) const {
    size_t end = at;
    item->unit = static_cast<uint32_t>(at);
    for (bool unit = false;;) {
      const size_t begin = text_.SkipBlanks(end, end_);
      const ClaimWord word = sentence_.At(begin);
      const WordRole role = RoleOf(word.word_class);
      if (role == forms::v1::WORD_ROLE_APPROXIMATE) {
        item->approximate = true;
        end = begin + word.size;
      } else if (!unit && (role == forms::v1::WORD_ROLE_UNIT ||
                           role == forms::v1::WORD_ROLE_OTHER_UNIT ||
                           role == forms::v1::WORD_ROLE_MONEY ||
                           role == forms::v1::WORD_ROLE_PERCENT ||
                           role == forms::v1::WORD_ROLE_CALENDAR)) {
        unit = true;
        item->word_class = word.word_class;
        item->unit = static_cast<uint32_t>(begin);
        end = begin + word.size;
      } else {
        return end;
      }
    }
  }

  size_t ReadNumber(size_t at) {
    const Numeral numeral = ReadDigits(text_, at, end_);
    const size_t end = numeral.end;
    const bool coded = IsCode(at, end);
    if (!coded) {
      const size_t sign = text_.SkipBlanks(end, end_);
      if (At(sign) == kYearSign && numeral.scale == 0 &&
          numeral.digits >= kFirstYear && numeral.digits <= kLastYear) {
        Add(ClaimMark::kYear, at, sign + 1).digits = numeral.digits;
        return sign + 1;
      }
    }
    ClaimItem item;
    const size_t unit_end = ReadUnit(end, &item);
    if (RoleOf(item.word_class) == forms::v1::WORD_ROLE_CALENDAR) {
      // Dates stand between words like fillers.
      Add(ClaimMark::kWord, at, unit_end).word_class = item.word_class;
      return unit_end;
    }
    if (coded || numeral.digits < 0 || FollowsOrdinal(at)) return unit_end;
    AddNumber(at, unit_end, numeral, item);
    return unit_end;
  }

  // True if the digits are part of a code, a range or another script's word.
  bool IsCode(size_t begin, size_t end) const {
    const char16_t after = At(end);
    if (IsLetter(after) || IsCodeSign(after)) return true;
    if (begin == paragraph_) return false;
    const char16_t before = At(begin - 1);
    return IsLetter(before) || before == '+' || IsCodeSign(before);
  }

  const ClaimWords& words_;
  const SentenceWords& sentence_;
  const ClaimText& text_;
  const size_t paragraph_;
  const size_t end_;
  std::vector<ClaimItem>& items_;
};

}  // namespace

void SentenceWords::Read(const ClaimText& text, size_t begin, size_t end) {
  text_ = &text;
  begin_ = begin;
  end_ = end;
  WordSet all = 0;
  bool parts = false;
  if (found_.size() > kKeptWords) found_ = {};
  if (found_.size() < end - begin) found_.resize(end - begin);
  const char16_t* const codes = text.codes();
  text.ForEachWord(begin, end, [&](size_t at) {
    const ClaimWord word = words_.Match(codes + at, codes + end);
    found_[at - begin] = word;
    const ClaimWordHint& hint = words_.HintOf(word.word_class);
    all |= hint.bit;
    parts |= hint.parts;
  });
  all_ = all;
  parts_ = parts;
}

void ScanClaims(const ClaimWords& words, const SentenceWords& sentence,
                size_t paragraph, std::vector<ClaimItem>* items) {
  Scanner(words, sentence, paragraph, items).Scan();
}

ClaimSentence NextSentence(const ClaimWords& words, const ClaimText& text,
                           size_t begin, size_t end) {
  for (size_t at = text.NextStating(begin, end); at < end;
       at = text.NextStating(at, end)) {
    const char16_t c = text.codes()[at];
    if (c == ClaimWords::kFullStop) return {at + 1, false};
    const ClaimWord word = words.Match(text.codes() + at, text.codes() + end);
    bool states = word.word_class >= 0 && words.States(word.word_class);
    if (!states && words.IsNumeral(c)) {
      states = MayCount(words, text, end, &at);
    } else {
      ++at;
    }
    if (!states) continue;
    // The rest is of no interest but for its end.
    const size_t stop = text.Next(ClaimWords::kFullStop, at, end);
    return {std::min(stop + 1, end), true};
  }
  return {end, false};
}

}  // namespace gongkai::extract
