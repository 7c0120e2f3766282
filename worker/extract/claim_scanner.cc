// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/claim_scanner.h"

#include <algorithm>
#include <optional>

#include "worker/extract/utf8.h"

namespace gongkai::extract {
namespace {

using forms::v1::WordRole;

// More digits are no count.
constexpr int kMaxDigits = 15;
constexpr int kGroup = 3;

constexpr int kFirstYear = 1949;
constexpr int kLastYear = 2100;

constexpr std::u32string_view kChineseDigits = U"〇一二三四五六七八九";
constexpr char32_t kChineseZero = U'零';
constexpr char32_t kChinesePair = U'两';
constexpr char32_t kTenThousand = U'万';
constexpr char32_t kHundredMillion = U'亿';
constexpr char32_t kYearSign = U'年';
constexpr std::string_view kFullStop = "。";

// True for signs that make digits beside them a code, a date or a range.
constexpr bool IsCodeSign(char32_t c) {
  // Nearly all that stands beside digits is Chinese.
  if (c >= 0x3000 && c < 0xFF00) return false;
  constexpr std::u32string_view kSigns = U"-/~～—–.·_@#＃№‰‐−";
  return kSigns.find(c) != std::u32string_view::npos;
}

struct Character {
  char32_t c = 0;
  size_t end = 0;
};

Character At(std::string_view text, size_t at) {
  if (at >= text.size()) return {};
  Character character;
  character.end = at;
  character.c = NextCharacter(text, &character.end);
  return character;
}

// The digit that the character is, ASCII or full-width; -1 if it is none.
int Digit(char32_t c) {
  if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
  if (c >= U'０' && c <= U'９') return static_cast<int>(c - U'０');
  return -1;
}

bool IsLetter(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool IsBlank(char32_t c) {
  return c == ' ' || c == 0x3000 || c == 0xA0 || c == '\n' || c == '\t' ||
         c == U'“' || c == U'”' || c == '"' || c == U'‘' || c == U'’';
}

size_t SkipBlanks(std::string_view text, size_t at) {
  for (;;) {
    const Character next = At(text, at);
    if (next.c == 0 || !IsBlank(next.c)) return at;
    at = next.end;
  }
}

// What a Chinese numeral character multiplies by; 0 for none.
int64_t Multiplier(char32_t c) {
  switch (c) {
    case U'十':
      return 10;
    case U'百':
      return 100;
    case U'千':
      return 1000;
    default:
      return 0;
  }
}

int ChineseDigit(char32_t c) {
  if (c == kChineseZero) return 0;
  if (c == kChinesePair) return 2;
  const size_t at = kChineseDigits.find(c);
  return at == std::u32string_view::npos ? -1 : static_cast<int>(at);
}

struct Numeral {
  int64_t digits = 0;
  int scale = 0;
  size_t end = 0;
};

// "一百零五", "二〇" and the like, up to 99,999,999.
std::optional<Numeral> ReadChineseNumeral(std::string_view text, size_t at) {
  Numeral numeral;
  int64_t section = 0;
  int64_t digit = -1;
  int run = 0;
  bool any = false;
  for (;;) {
    const Character next = At(text, at);
    if (const int value = ChineseDigit(next.c); next.c != 0 && value >= 0) {
      // Digits in a row are a year or a code.
      if (digit > 0 && ++run > 0) return std::nullopt;
      digit = value;
    } else if (const int64_t factor = Multiplier(next.c); factor != 0) {
      section += (digit < 0 ? 1 : digit) * factor;
      digit = -1;
    } else if (next.c == kTenThousand && any) {
      numeral.digits += (section + std::max<int64_t>(digit, 0)) * 10000;
      section = 0;
      digit = -1;
    } else {
      break;
    }
    any = true;
    at = next.end;
    numeral.end = at;
  }
  if (!any) return std::nullopt;
  numeral.digits += section + std::max<int64_t>(digit, 0);
  return numeral;
}

// Digits with thousands separators, a decimal point and "万" or "亿".
std::optional<Numeral> ReadDigits(std::string_view text, size_t at) {
  Numeral numeral;
  int count = 0;
  int group = 0;
  bool grouped = false;
  bool point = false;
  bool valid = true;
  for (;;) {
    const Character next = At(text, at);
    if (const int digit = Digit(next.c); digit >= 0) {
      if (++count > kMaxDigits) {
        valid = false;
      } else {
        numeral.digits = numeral.digits * 10 + digit;
      }
      ++group;
      if (point) ++numeral.scale;
    } else if ((next.c == ',' || next.c == U'，') && !point && group > 0 &&
               (grouped ? group == kGroup : group <= kGroup) &&
               Digit(At(text, next.end).c) >= 0) {
      // A separator has three digits behind it and no fourth.
      size_t ahead = next.end;
      int digits = 0;
      while (Digit(At(text, ahead).c) >= 0) {
        ahead = At(text, ahead).end;
        ++digits;
      }
      if (digits != kGroup) break;
      grouped = true;
      group = 0;
    } else if ((next.c == '.' || next.c == U'．') && !point &&
               Digit(At(text, next.end).c) >= 0) {
      point = true;
    } else {
      break;
    }
    at = next.end;
    numeral.end = at;
  }
  if (!valid) {
    numeral.digits = -1;
    return numeral;
  }
  const Character factor = At(text, SkipBlanks(text, at));
  const int shift = factor.c == kTenThousand      ? 4
                    : factor.c == kHundredMillion ? 8
                                                  : 0;
  if (shift > 0 && count + shift <= kMaxDigits) {
    numeral.end = factor.end;
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
bool MayCount(const ClaimWords& words, std::string_view text, size_t* at) {
  bool digits = false;
  for (Character next = At(text, *at); next.c != 0; next = At(text, *at)) {
    if (Digit(next.c) >= 0) {
      digits = true;
    } else if (ChineseDigit(next.c) < 0 && Multiplier(next.c) == 0 &&
               next.c != kTenThousand) {
      break;
    }
    *at = next.end;
  }
  const auto role_at = [&](size_t begin, size_t* end) {
    const ClaimWord word = words.Match(text, SkipBlanks(text, begin));
    *end = word.end;
    return word.word_class < 0 ? forms::v1::WORD_ROLE_UNSPECIFIED
                               : words.classes()[word.word_class].role;
  };
  size_t end = 0;
  WordRole role = role_at(*at, &end);
  if (role == forms::v1::WORD_ROLE_APPROXIMATE) role = role_at(end, &end);
  if (!digits) {
    return role == forms::v1::WORD_ROLE_UNIT ||
           role == forms::v1::WORD_ROLE_MONEY;
  }
  return role != forms::v1::WORD_ROLE_OTHER_UNIT &&
         role != forms::v1::WORD_ROLE_CALENDAR;
}

std::optional<ClaimMark> MarkOf(char32_t c) {
  switch (c) {
    case U'、':
      return ClaimMark::kItem;
    case U'，':
    case ',':
      return ClaimMark::kClause;
    case U'：':
    case ':':
      return ClaimMark::kColon;
    case U'；':
    case ';':
      return ClaimMark::kHalf;
    case U'。':
    case U'！':
    case U'？':
    case '!':
    case '?':
      return ClaimMark::kStop;
    case U'（':
    case '(':
      return ClaimMark::kOpen;
    case U'）':
    case ')':
      return ClaimMark::kClose;
    default:
      return std::nullopt;
  }
}

class Scanner {
 public:
  Scanner(const ClaimWords& words, std::string_view text,
          std::vector<ClaimItem>* items)
      : words_(words), text_(text), items_(*items) {}

  void Scan(size_t begin) {
    items_.clear();
    for (size_t at = begin;;) {
      at = words_.FindTrait(text_, at, ClaimWords::kAny);
      if (at >= text_.size()) return;
      size_t end = at;
      const char32_t c = NextCharacter(text_, &end);
      if ((words_.TraitsOf(c) & ClaimWords::kMark) != 0) {
        if (const std::optional<ClaimMark> mark = MarkOf(c); mark.has_value()) {
          Add(*mark, at, end);
          at = end;
          continue;
        }
      }
      at = Step(at, {c, end});
    }
  }

 private:
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
  size_t Step(size_t at, const Character& first) {
    if (Digit(first.c) >= 0) return ReadNumber(at);
    if (first.c == U'《') return Skip(first.end, U'》');
    if (first.c == U'〔') return Skip(first.end, U'〕');
    const ClaimWord word = words_.Match(text_, at);
    if (word.word_class < 0 || word.end == first.end) {
      if ((words_.TraitsOf(first.c) & ClaimWords::kNumeral) != 0) {
        const size_t end = ReadChinese(at, first.end);
        if (end != first.end || word.word_class < 0) return end;
      }
      if (word.word_class < 0) return first.end;
    }
    Add(ClaimMark::kWord, at, word.end).word_class =
        static_cast<int16_t>(word.word_class);
    return word.end;
  }

  // Behind the closing mark; if there is none, here.
  size_t Skip(size_t at, char32_t close) const {
    constexpr int kLongest = 80;
    size_t ahead = at;
    for (int i = 0; i < kLongest; ++i) {
      const Character next = At(text_, ahead);
      if (next.c == 0) break;
      ahead = next.end;
      if (next.c == close) return ahead;
    }
    return at;
  }

  // Only with a unit right behind it.
  size_t ReadChinese(size_t at, size_t after_first) {
    const std::optional<Numeral> numeral = ReadChineseNumeral(text_, at);
    if (!numeral.has_value()) return after_first;
    ClaimItem item;
    const size_t end = ReadUnit(numeral->end, &item);
    const WordRole role = RoleOf(item.word_class);
    if (role != forms::v1::WORD_ROLE_UNIT &&
        role != forms::v1::WORD_ROLE_OTHER_UNIT &&
        role != forms::v1::WORD_ROLE_MONEY) {
      return after_first;
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
      const size_t begin = SkipBlanks(text_, end);
      const ClaimWord word = words_.Match(text_, begin);
      const WordRole role = RoleOf(word.word_class);
      if (role == forms::v1::WORD_ROLE_APPROXIMATE) {
        item->approximate = true;
        end = word.end;
      } else if (!unit && (role == forms::v1::WORD_ROLE_UNIT ||
                           role == forms::v1::WORD_ROLE_OTHER_UNIT ||
                           role == forms::v1::WORD_ROLE_MONEY ||
                           role == forms::v1::WORD_ROLE_PERCENT ||
                           role == forms::v1::WORD_ROLE_CALENDAR)) {
        unit = true;
        item->word_class = static_cast<int16_t>(word.word_class);
        item->unit = static_cast<uint32_t>(begin);
        end = word.end;
      } else {
        return end;
      }
    }
  }

  size_t ReadNumber(size_t at) {
    const std::optional<Numeral> numeral = ReadDigits(text_, at);
    const size_t end = numeral->end;
    const bool coded = IsCode(at, end);
    if (!coded) {
      const size_t sign = SkipBlanks(text_, end);
      const Character next = At(text_, sign);
      if (next.c == kYearSign && numeral->scale == 0 &&
          numeral->digits >= kFirstYear && numeral->digits <= kLastYear) {
        Add(ClaimMark::kYear, at, next.end).digits = numeral->digits;
        return next.end;
      }
    }
    ClaimItem item;
    const size_t unit_end = ReadUnit(end, &item);
    if (RoleOf(item.word_class) == forms::v1::WORD_ROLE_CALENDAR) {
      // Dates stand between words like fillers.
      Add(ClaimMark::kWord, at, unit_end).word_class = item.word_class;
      return unit_end;
    }
    if (coded || numeral->digits < 0 || FollowsOrdinal(at)) return unit_end;
    AddNumber(at, unit_end, *numeral, item);
    return unit_end;
  }

  // True if the digits are part of a code, a range or another script's word.
  bool IsCode(size_t begin, size_t end) const {
    const Character after = At(text_, end);
    if (IsLetter(after.c)) return true;
    if (IsCodeSign(after.c)) return true;
    if (begin == 0) return false;
    const char before = text_[begin - 1];
    if (IsLetter(before) || before == '-' || before == '/' || before == '.' ||
        before == '~' || before == '_' || before == '+') {
      return true;
    }
    size_t start = begin - 1;
    while (start > 0 && IsContinuation(text_[start])) --start;
    const char32_t previous = At(text_, start).c;
    return previous != '.' && IsCodeSign(previous);
  }

  const ClaimWords& words_;
  const std::string_view text_;
  std::vector<ClaimItem>& items_;
};

}  // namespace

void ScanClaims(const ClaimWords& words, std::string_view text, size_t begin,
                size_t end, std::vector<ClaimItem>* items) {
  Scanner(words, text.substr(0, end), items).Scan(begin);
}

ClaimSentence NextSentence(const ClaimWords& words, std::string_view text,
                           size_t begin) {
  constexpr uint8_t kStates = ClaimWords::kStatingWord | ClaimWords::kNumeral;
  ClaimSentence sentence;
  size_t at = begin;
  for (;;) {
    at = words.FindTrait(text, at, kStates | ClaimWords::kFullStop);
    if (at >= text.size()) break;
    const size_t character = at;
    const uint8_t traits = words.TraitsOf(NextCharacter(text, &at));
    if ((traits & ClaimWords::kFullStop) != 0) break;
    sentence.states = words.States(text, character);
    if (!sentence.states && (traits & ClaimWords::kNumeral) != 0) {
      at = character;
      sentence.states = MayCount(words, text, &at);
    }
    if (!sentence.states) continue;
    // The rest is of no interest but for its end.
    const size_t stop = text.find(kFullStop, at);
    at = stop == std::string_view::npos ? text.size() : stop + kFullStop.size();
    break;
  }
  sentence.end = at;
  return sentence;
}

bool IsBlank(std::string_view text) {
  return SkipBlanks(text, 0) == text.size();
}

}  // namespace gongkai::extract
