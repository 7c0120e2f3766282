// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/html/html_tokenizer.h"

#include <algorithm>

namespace gongkai::input {
namespace {

constexpr size_t kNone = std::string_view::npos;

// Any span that is longer says the same: more than there can be.
constexpr uint32_t kHugeSpan = 1'000'000'000;

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool EqualsLower(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                    [](char a, char b) { return Lower(a) == b; });
}

// What a character is inside a tag.
enum : uint8_t {
  kSpace = 1,
  kEndsName = 2,   // of a tag or an attribute
  kEndsValue = 4,  // without quotes
};
struct TagCharacters {
  uint8_t is[256] = {};
  constexpr TagCharacters() {
    for (const char c : {' ', '\t', '\n', '\f', '\r'}) {
      is[static_cast<uint8_t>(c)] = kSpace | kEndsName | kEndsValue;
    }
    is[static_cast<uint8_t>('/')] = kEndsName;
    is[static_cast<uint8_t>('>')] = kEndsName | kEndsValue;
    is[static_cast<uint8_t>('=')] = kEndsName;
  }
};
constexpr TagCharacters kTagCharacters;
bool Is(char c, uint8_t what) {
  return kTagCharacters.is[static_cast<uint8_t>(c)] & what;
}

// The number at the beginning, as browsers read spans; 1 if there is none.
uint32_t SpanOf(std::string_view value) {
  while (!value.empty() && Is(value.front(), kSpace)) value.remove_prefix(1);
  if (!value.empty() && value.front() == '+') value.remove_prefix(1);
  uint32_t number = 0;
  bool any = false;
  for (const char c : value) {
    if (c < '0' || c > '9') break;
    any = true;
    number =
        std::min(number * 10 + static_cast<uint32_t>(c - '0'), kHugeSpan / 100);
  }
  return any ? number : 1;
}

// How far to move on in a search for a word when the character at its end's
// place is this one (Horspool). Styles are long, and few of them hide anything.
struct Skips {
  uint8_t by[256] = {};
  explicit constexpr Skips(std::string_view word) {
    for (uint8_t& skip : by) skip = static_cast<uint8_t>(word.size());
    for (size_t i = 0; i + 1 < word.size(); ++i) {
      const auto skip = static_cast<uint8_t>(word.size() - 1 - i);
      by[static_cast<uint8_t>(word[i])] = skip;
      by[static_cast<uint8_t>(word[i] - 32)] = skip;
    }
  }
};

// The place behind the word, whatever its case, from `from` on.
size_t FindBehind(std::string_view text, std::string_view word,
                  const Skips& skips, size_t from) {
  size_t last = from + word.size() - 1;
  while (last < text.size()) {
    const char c = text[last];
    if (Lower(c) == word.back() &&
        EqualsLower(text.substr(last + 1 - word.size(), word.size()), word)) {
      return last + 1;
    }
    last += skips.by[static_cast<uint8_t>(c)];
  }
  return kNone;
}

// The style sets `property` to `value`.
bool Sets(std::string_view style, std::string_view property, const Skips& skips,
          std::string_view value) {
  size_t at = 0;
  while ((at = FindBehind(style, property, skips, at)) != kNone) {
    std::string_view rest = style.substr(at);
    const auto skip_space = [&] {
      while (!rest.empty() && Is(rest.front(), kSpace)) rest.remove_prefix(1);
    };
    skip_space();
    if (rest.empty() || rest.front() != ':') continue;
    rest.remove_prefix(1);
    skip_space();
    if (EqualsLower(rest.substr(0, value.size()), value)) return true;
  }
  return false;
}

constexpr Skips kDisplay("display");
constexpr Skips kVisibility("visibility");

}  // namespace

bool HtmlTokenizer::Next(HtmlToken* token) {
  size_t text = at_;
  size_t from = at_;
  while (true) {
    const size_t open = page_.find('<', from);
    if (open == kNone || open + 1 == page_.size()) break;
    const char next = page_[open + 1];
    const bool end_tag = next == '/' && open + 2 < page_.size();
    const bool declaration = next == '!' || next == '?' || end_tag;
    const bool tag = IsLetter(end_tag ? page_[open + 2] : next);
    if (!tag && !declaration) {
      from = open + 1;  // a bare '<' is text
      continue;
    }
    // Text ends here; what follows is read in the next call.
    if (open > text) {
      *token = HtmlToken();
      token->begin = text;
      token->end = at_ = open;
      return true;
    }
    if (!tag) {
      text = from = at_ = SkipDeclaration(open);
      continue;
    }
    *token = HtmlToken();
    token->kind = end_tag ? HtmlToken::Kind::kEnd : HtmlToken::Kind::kStart;
    token->begin = open;
    if (!ReadTag(open + (end_tag ? 2 : 1), token)) {
      at_ = page_.size();
      return false;
    }
    token->end = at_;
    return true;
  }
  at_ = page_.size();
  if (text == at_) return false;
  *token = HtmlToken();
  token->begin = text;
  token->end = at_;
  return true;
}

bool HtmlTokenizer::ReadTag(size_t at, HtmlToken* token) {
  const char* const page = page_.data();
  const size_t size = page_.size();
  const size_t name = at;
  while (at < size && (page[at] == '=' || !Is(page[at], kEndsName))) ++at;
  token->name = page_.substr(name, at - name);
  token->tag = HtmlTagOf(token->name);
  while (true) {
    while (at < size && (Is(page[at], kSpace) || page[at] == '/')) ++at;
    if (at == size) return false;
    if (page[at] == '>') break;
    const size_t attribute = at++;  // its first character may be '='
    while (at < size && !Is(page[at], kEndsName)) ++at;
    const size_t attribute_end = at;
    while (at < size && Is(page[at], kSpace)) ++at;
    size_t value = at;
    size_t value_end = at;
    if (at < size && page[at] == '=') {
      ++at;
      while (at < size && Is(page[at], kSpace)) ++at;
      if (at == size) return false;
      if (page[at] == '"' || page[at] == '\'') {
        value = at + 1;
        value_end = page_.find(page[at], value);
        if (value_end == kNone) return false;
        at = value_end + 1;
      } else {
        value = at;
        while (at < size && !Is(page[at], kEndsValue)) ++at;
        value_end = at;
      }
    }
    if (token->kind == HtmlToken::Kind::kStart) {
      ReadAttribute(page_.substr(attribute, attribute_end - attribute),
                    page_.substr(value, value_end - value), token);
    }
  }
  token->self_closing = page[at - 1] == '/';
  at_ = at + 1;
  if (token->kind == HtmlToken::Kind::kStart && IsRaw(token->tag)) {
    ReadRaw(token);
  }
  return true;
}

void HtmlTokenizer::ReadAttribute(std::string_view name, std::string_view value,
                                  HtmlToken* token) {
  // Most attributes are told from these by their length and first letter.
  switch (name.size()) {
    case 4:
      if (token->tag != HtmlTag::kA || !EqualsLower(name, "href")) return;
      // Within the page, as in a table of contents, is no link.
      token->link = value.empty() || value.front() != '#';
      return;
    case 5:
      if (!EqualsLower(name, "style")) return;
      token->hidden |= Sets(value, "display", kDisplay, "none") ||
                       Sets(value, "visibility", kVisibility, "hidden");
      return;
    case 6:
      if (EqualsLower(name, "hidden")) token->hidden = true;
      // Word processors keep the widths of columns in a row that is not shown.
      if (token->tag == HtmlTag::kTr && EqualsLower(name, "height") &&
          value == "0") {
        token->hidden = true;
      }
      return;
    case 7:
      if (EqualsLower(name, "colspan")) token->colspan = SpanOf(value);
      if (EqualsLower(name, "rowspan")) token->rowspan = SpanOf(value);
      return;
    default:
      return;
  }
}

size_t HtmlTokenizer::SkipDeclaration(size_t at) const {
  const std::string_view rest = page_.substr(at);
  if (rest.substr(0, 4) == "<!--") {
    // "<!-->" and "<!--->" are whole comments.
    if (rest.substr(4, 1) == ">") return at + 5;
    if (rest.substr(4, 2) == "->") return at + 6;
    for (size_t dashes = at + 4; (dashes = page_.find("--", dashes)) != kNone;
         ++dashes) {
      const std::string_view behind = page_.substr(dashes + 2, 2);
      if (behind.substr(0, 1) == ">") return dashes + 3;
      if (behind == "!>") return dashes + 4;
    }
    return page_.size();
  }
  const size_t end = page_.find('>', at);
  return end == kNone ? page_.size() : end + 1;
}

void HtmlTokenizer::ReadRaw(HtmlToken* token) {
  const size_t begin = at_;
  const std::string_view name = token->name;
  for (size_t close = begin; (close = page_.find("</", close)) != kNone;
       ++close) {
    const size_t behind = close + 2 + name.size();
    const std::string_view found = page_.substr(close + 2, name.size());
    if (found.size() != name.size() || behind >= page_.size()) break;
    const bool same =
        std::equal(found.begin(), found.end(), name.begin(),
                   [](char a, char b) { return Lower(a) == Lower(b); });
    if (!same || page_[behind] == '=' || !Is(page_[behind], kEndsName)) {
      continue;
    }
    token->content = page_.substr(begin, close - begin);
    const size_t end = page_.find('>', behind);
    at_ = end == kNone ? page_.size() : end + 1;
    return;
  }
  token->content = page_.substr(begin);
  at_ = page_.size();
}

}  // namespace gongkai::input
