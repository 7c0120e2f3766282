// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/catalog.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "worker/catalog/builtin_data.h"
#include "worker/catalog/compiler.h"
#include "worker/catalog/source.h"

namespace gongkai::catalog {

bool NamesWordClass(forms::v1::WordRole role) {
  switch (role) {
    case forms::v1::WORD_ROLE_FILLER:
    case forms::v1::WORD_ROLE_OTHER_UNIT:
    case forms::v1::WORD_ROLE_CALENDAR:
    case forms::v1::WORD_ROLE_ORDINAL:
    case forms::v1::WORD_ROLE_APPROXIMATE:
    case forms::v1::WORD_ROLE_PARTS:
    case forms::v1::WORD_ROLE_OPEN_LIST:
    case forms::v1::WORD_ROLE_SHARE:
    case forms::v1::WORD_ROLE_RISE:
    case forms::v1::WORD_ROLE_FALL:
    case forms::v1::WORD_ROLE_COMPARISON:
    case forms::v1::WORD_ROLE_CONJUNCTION:
    case forms::v1::WORD_ROLE_OWN_BODY:
      return false;
    default:
      return true;
  }
}

bool AppliesTo(const forms::v1::Rule& rule, v1::Template template_id) {
  return rule.templates().empty() ||
         std::find(rule.templates().begin(), rule.templates().end(),
                   template_id) != rule.templates().end();
}

absl::StatusOr<std::unique_ptr<const Catalog>> Catalog::Builtin() {
  return Load({});
}

absl::StatusOr<std::unique_ptr<const Catalog>> Catalog::Load(
    absl::Span<const std::string> files) {
  std::vector<std::unique_ptr<Source>> given;
  bool complete = false;
  for (const std::string& file : files) {
    absl::StatusOr<std::unique_ptr<Source>> source = ReadSource(file);
    if (!source.ok()) return source.status();
    complete = complete || !(*source)->proto.forms().empty();
    given.push_back(*std::move(source));
  }
  std::vector<std::unique_ptr<Source>> sources;
  if (!complete) {
    for (const BuiltinFile& file : BuiltinFiles()) {
      absl::StatusOr<std::unique_ptr<Source>> source =
          ParseSource(file.name, file.text);
      if (!source.ok()) return source.status();
      (*source)->built_in = true;
      sources.push_back(*std::move(source));
    }
  }
  std::move(given.begin(), given.end(), std::back_inserter(sources));
  return CatalogCompiler::Compile(sources);
}

const Form* Catalog::form(v1::Template template_id) const {
  for (const Form& form : forms_) {
    if (form.template_id() == template_id) return &form;
  }
  return nullptr;
}

}  // namespace gongkai::catalog
