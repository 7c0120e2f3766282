// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/title.h"

#include <algorithm>
#include <array>

#include "worker/extract/dates.h"
#include "worker/extract/utf8.h"

namespace gongkai::extract {
namespace {

// A title is one line, or so; in bytes.
constexpr size_t kLongestTitleLine = 180;

// Marks of a sentence: no title and no signature has them.
constexpr std::array<std::string_view, 6> kSentenceMarks = {"。", "，", "；",
                                                            "：", ";",  ","};

// Takes the word off the end; false if it does not stand there.
bool TakeSuffix(std::string_view word, std::string_view* text) {
  if (word.empty() || text->size() < word.size() ||
      text->substr(text->size() - word.size()) != word) {
    return false;
  }
  text->remove_suffix(word.size());
  return true;
}

}  // namespace

bool IsSentence(std::string_view text) {
  return std::any_of(kSentenceMarks.begin(), kSentenceMarks.end(),
                     [&](std::string_view mark) {
                       return text.find(mark) != std::string_view::npos;
                     });
}

std::string_view TrimSpaces(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) {
    text.remove_prefix(1);
  }
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) {
    text.remove_suffix(1);
  }
  return text;
}

TitleReader::TitleReader(const forms::v1::TitleWords& words)
    : subject_(words.subject()),
      kinds_(words.kinds().begin(), words.kinds().end()),
      authority_(words.authority()),
      authority_of_body_(words.authority_of_body()) {}

bool TitleReader::NamesReport(std::string_view text) const {
  return std::any_of(kinds_.begin(), kinds_.end(),
                     [&](const std::string& kind) {
                       return text.find(kind) != std::string_view::npos;
                     });
}

bool TitleReader::Mentions(std::string_view text) const {
  return text.find(subject_) != std::string_view::npos && NamesReport(text);
}

bool TitleReader::IsTitle(std::string_view text) const {
  return text.size() <= kLongestTitleLine && Mentions(text) &&
         !IsSentence(text);
}

bool TitleReader::EndsInReport(std::string_view text) const {
  return std::any_of(
      kinds_.begin(), kinds_.end(), [&](const std::string& kind) {
        size_t at = text.rfind(kind);
        if (at == std::string_view::npos) return false;
        at += kind.size();
        return at == text.size() || !IsChinese(NextCharacter(text, &at));
      });
}

std::string TitleReader::BodyOf(std::string_view title) const {
  DateSpan year;
  size_t end = title.find(subject_);
  if (end == std::string_view::npos) return "";
  std::string_view before_subject = title.substr(0, end);
  if (TakeSuffix(authority_, &before_subject)) {
    end = before_subject.size();
    if (TakeSuffix(authority_of_body_, &before_subject)) {
      end += authority_.size();
    }
  }
  std::string_view body = title.substr(0, end);
  if (FindDate(body, 0, &year)) {
    constexpr std::string_view kYear = "年";
    constexpr std::string_view kOfYear = "年度";
    size_t behind = year.end;
    while (behind < body.size() && body[behind] == ' ') ++behind;
    if (body.compare(behind, kOfYear.size(), kOfYear) == 0) {
      behind += kOfYear.size();
    } else if (body.compare(behind, kYear.size(), kYear) == 0) {
      behind += kYear.size();
    } else if (body.compare(behind, 3, "度") == 0) {
      behind += 3;
    }
    const std::string_view before = TrimSpaces(body.substr(0, year.begin));
    const std::string_view after = TrimSpaces(body.substr(behind));
    body = before.empty() ? after : before;
  }
  std::string text;
  for (char c : TrimSpaces(body)) {
    if (c != ' ' && c != '\n') text.push_back(c);
  }
  return text;
}

}  // namespace gongkai::extract
