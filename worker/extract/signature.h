// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/signature.h
//
// Who signed a report and when it was published: from the lines at its end, or
// from what a page prints around the title.

#ifndef GONGKAI_WORKER_EXTRACT_SIGNATURE_H_
#define GONGKAI_WORKER_EXTRACT_SIGNATURE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "gongkai/forms/v1/catalog.pb.h"
#include "worker/extract/dates.h"
#include "worker/extract/tokens.h"

namespace gongkai::extract {

struct Signature {
  CalendarDate date;
  // The body that signs, and where it and the date stand; empty if no line
  // says. Views into the document's text.
  std::string_view body;
  std::string_view place;
};

// True if the token is a short line that may be a body's name: outside a table,
// where it would be the head of another cell, and no sentence.
bool MayNameBody(const Token& token);

// Immutable and thread-safe after construction.
class SignatureReader {
 public:
  explicit SignatureReader(const forms::v1::OutlineWords& words);

  // Finds the signature among the last tokens; `from` is the first of the last
  // section. The body of the title, where it is known, tells a signature from
  // what stands in a footer behind it. False if there is none.
  bool ReadSignature(absl::Span<const Token> tokens, int from,
                     std::string_view title_body, Signature* signature) const;

  // Finds the date of publication that a page prints before token `end`, or
  // among the last tokens. False if there is none.
  bool ReadPublication(absl::Span<const Token> tokens, int end,
                       CalendarDate* date) const;

 private:
  void FindPublication(absl::Span<const Token> tokens, int begin, int end,
                       size_t* best, CalendarDate* date) const;
  size_t LabelAtEnd(std::string_view text) const;

  // What stands before the date of publication; the first counts most.
  const std::vector<std::string> labels_;
};

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_SIGNATURE_H_
