// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/title.h
//
// What a line says as the title of a report, by the catalogue's words for it.
//
//   TitleReader titles(catalog.proto().title_words());
//   titles.IsTitle("临溪县水务局2023年政府信息公开工作年度报告")   // true
//   titles.BodyOf("临溪县水务局2023年政府信息公开工作年度报告")    //
//   "临溪县水务局"

#ifndef GONGKAI_WORKER_EXTRACT_TITLE_H_
#define GONGKAI_WORKER_EXTRACT_TITLE_H_

#include <string>
#include <string_view>
#include <vector>

#include "gongkai/forms/v1/catalog.pb.h"

namespace gongkai::extract {

// True if the text has a mark inside or at its end that sentences have, and
// titles, headings and signatures do not.
bool IsSentence(std::string_view text);

// The text without spaces and line breaks around it.
std::string_view TrimSpaces(std::string_view text);

// Immutable and thread-safe after construction.
class TitleReader {
 public:
  explicit TitleReader(const forms::v1::TitleWords& words);

  // The text speaks of a report on the subject.
  bool Mentions(std::string_view text) const;

  // It is a line by itself that does, as titles are.
  bool IsTitle(std::string_view text) const;

  // Nothing but a note in brackets or the like stands behind the words for the
  // report; a headline about reports goes on.
  bool EndsInReport(std::string_view text) const;

  // The body that a title names: what stands before the subject and beside the
  // year; empty if there is nothing.
  std::string BodyOf(std::string_view title) const;

 private:
  bool NamesReport(std::string_view text) const;

  const std::string subject_;
  const std::vector<std::string> kinds_;
  const std::string authority_;
  const std::string authority_of_body_;
};

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_TITLE_H_
