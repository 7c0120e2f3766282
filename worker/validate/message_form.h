// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/message_form.h
//
// A message of the catalogue taken apart once, for what is said many times of
// one report.

#ifndef GONGKAI_WORKER_VALIDATE_MESSAGE_FORM_H_
#define GONGKAI_WORKER_VALIDATE_MESSAGE_FORM_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace gongkai::validate {

class MessageForm {
 public:
  struct Piece {
    absl::string_view text;
    // The argument that follows; an index into the names, or -1 for none.
    int argument = -1;
    // An index into used(), or -1 if an earlier piece has it.
    int used = -1;
  };

  // The names of the arguments that the message may have are literals. The
  // message must outlive this.
  MessageForm(absl::string_view message,
              absl::Span<const absl::string_view> names);

  absl::string_view message() const { return message_; }
  absl::Span<const Piece> pieces() const { return pieces_; }
  // The names of the arguments that the message has, in their order.
  absl::Span<const absl::string_view> used() const { return used_; }

 private:
  absl::string_view message_;
  std::vector<Piece> pieces_;
  std::vector<absl::string_view> used_;
};

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_MESSAGE_FORM_H_
