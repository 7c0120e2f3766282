// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/rule_ids.h
//
// How profiles and requests name rules.

#ifndef GONGKAI_WORKER_CATALOG_RULE_IDS_H_
#define GONGKAI_WORKER_CATALOG_RULE_IDS_H_

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace gongkai::catalog {

// True if `name` is the id, or the beginning of it followed by '*'.
inline bool NamesRule(absl::string_view name, absl::string_view id) {
  if (!absl::EndsWith(name, "*")) return name == id;
  name.remove_suffix(1);
  return absl::StartsWith(id, name);
}

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_RULE_IDS_H_
