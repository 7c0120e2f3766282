// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/generator/rich_prose.h
//
// Prose as careful offices write it, in many shapes: nearly every figure of the
// tables is told in words, beside figures of other populations, plans,
// citations and fees. All of it agrees with the tables, but for the fault that
// is asked for, if any.

#ifndef GONGKAI_TESTS_GENERATOR_RICH_PROSE_H_
#define GONGKAI_TESTS_GENERATOR_RICH_PROSE_H_

#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tests/generator/facts.h"
#include "tests/generator/faults.h"
#include "tests/generator/prose.h"
#include "tests/generator/random.h"

namespace gongkai::generator {

class RichProse {
 public:
  // `received_before`: how many requests came in the year before; 0 if that is
  // not known.
  RichProse(const Body& body, int year, Form form, const Numbers& numbers,
            int64_t received_before, std::optional<Fault> fault,
            Random* random);

  // What stands between the title and the first section.
  std::vector<std::string> Preface();

  // The paragraphs of a section, 1 to 6.
  std::vector<std::string> Section(int section);

  // The lines at the end: body and date.
  std::vector<std::string> Signature();

  // The sentence that holds the fault; empty if none was told. The figures do
  // not allow every fault.
  const std::string& faulty() const { return faulty_; }

 private:
  // True if this is the fault that is asked for and was not told yet; the
  // sentence that is being told is the faulty one then.
  bool Commit(Fault fault);
  bool Wants(Fault fault) const { return fault_ == fault && faulty_.empty(); }
  // True in some reports, and always where the fault is wanted.
  bool Maybe(int percent, Fault fault);
  // The number, or another one if this is the fault.
  int64_t Told(Fault fault, int64_t number);
  // Ends a sentence: fills in the names, and keeps it if it is the faulty one.
  std::string End(absl::string_view sentence);
  // One of the sentences, and two different ones.
  template <typename Sentences>
  std::string Any(const Sentences& sentences);
  template <typename Sentences>
  std::string AnyTwo(const Sentences& sentences);

  // rich_overview.cc
  std::string Opening();
  std::string Disclosure();
  std::string Documents();
  std::string Decisions();
  std::string Items();
  std::string Management();
  std::string Platform();
  std::string Supervision();

  // rich_requests.cc
  std::string Requests();
  std::string Received();
  std::string CarriedOver();
  std::string Growth();
  std::string Applicants();
  std::string Outcomes();
  std::string OutcomeShare();
  std::string Reviews();
  std::string Lawsuits();
  std::string OtherPopulation();

  // rich_prose.cc
  std::vector<std::string> Overview();
  std::vector<std::string> Problems();
  std::vector<std::string> OtherMatters();
  std::string Fees();
  std::string Citation();

  const Body& body_;
  const BodyKind kind_;
  const int year_;
  const Form form_;
  const Facts facts_;
  const int64_t received_before_;
  const std::optional<Fault> fault_;
  Random& random_;
  // The fault is in the sentence that is being told.
  bool committed_ = false;
  std::string faulty_;
};

template <typename Sentences>
std::string RichProse::Any(const Sentences& sentences) {
  return End(random_.Pick(sentences));
}

template <typename Sentences>
std::string RichProse::AnyTwo(const Sentences& sentences) {
  const auto size = static_cast<int64_t>(std::size(sentences));
  const int64_t first = random_.Below(size);
  const int64_t second = (first + random_.Between(1, size - 1)) % size;
  return End(sentences[first]) + End(sentences[second]);
}

// A number from 0 to 99 in Chinese numerals as they stand before a counter: 两.
std::string ChineseNumber(int64_t number);

// part / whole in percent with this many decimals, rounded.
std::string Percent(int64_t part, int64_t whole, int decimals);

}  // namespace gongkai::generator

#endif  // GONGKAI_TESTS_GENERATOR_RICH_PROSE_H_
