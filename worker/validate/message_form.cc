// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/message_form.h"

#include <algorithm>

#include "worker/catalog/message_arguments.h"

namespace gongkai::validate {

MessageForm::MessageForm(absl::string_view message,
                         absl::Span<const absl::string_view> names)
    : message_(message) {
  size_t done = 0;
  catalog::ForEachArgument(message, [&](absl::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return;
    const size_t open = name.data() - 1 - message.data();
    pieces_.push_back({message.substr(done, open - done),
                       static_cast<int>(found - names.begin())});
    used_.push_back(*found);
    done = open + name.size() + 2;
  });
  pieces_.push_back({message.substr(done)});
  std::sort(used_.begin(), used_.end());
  used_.erase(std::unique(used_.begin(), used_.end()), used_.end());
  for (size_t i = 0; i < used_.size(); ++i) {
    const auto first =
        std::find_if(pieces_.begin(), pieces_.end(), [&](const Piece& piece) {
          return piece.argument >= 0 && names[piece.argument] == used_[i];
        });
    first->used = static_cast<int>(i);
  }
}

}  // namespace gongkai::validate
