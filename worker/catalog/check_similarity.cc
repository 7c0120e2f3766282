// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/check_similarity.h"

#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "proto/cell_path.h"
#include "unicode/utf8.h"

namespace gongkai::catalog {
namespace {

using forms::v1::HierarchySum;
using forms::v1::NarrativeMasks;
using forms::v1::Similarity;
using forms::v1::SimilarityGrade;

int CharacterCount(absl::string_view text) {
  int count = 0;
  for (int32_t at = 0; at < static_cast<int32_t>(text.size()); ++count) {
    U8_FWD_1(text.data(), at, static_cast<int32_t>(text.size()));
  }
  return count;
}

// Narratives are compared by their Chinese characters alone.
void CheckChinese(const google::protobuf::RepeatedPtrField<std::string>& words,
                  int field, const Locator& at, Faults* faults) {
  for (int i = 0; i < words.size(); ++i) {
    bool chinese = false;
    for (int32_t next = 0; next < static_cast<int32_t>(words[i].size());) {
      UChar32 c;
      U8_NEXT_OR_FFFD(words[i].data(), next,
                      static_cast<int32_t>(words[i].size()), c);
      chinese = chinese || (c >= 0x3400 && c <= 0x9FFF);
    }
    if (!chinese && !words[i].empty()) {
      faults->Fault(at.Place(field, i), "\"", words[i],
                    "\" has no Chinese characters");
    }
  }
}

}  // namespace

void CheckSimilarity(const Similarity& similarity, const Locator& at,
                     Faults* faults) {
  const bool figures =
      similarity.of() == forms::v1::SIMILARITY_OF_FIGURES_WITH_PREVIOUS;
  if (similarity.of() == forms::v1::SIMILARITY_OF_UNSPECIFIED) {
    faults->Fault(at.Place(Similarity::kOfFieldNumber), "of is not set");
  }
  if (similarity.grades().empty()) {
    faults->Fault(at.Place(), "the rule has no grades");
  }
  std::set<int> percents;
  for (int i = 0; i < similarity.grades_size(); ++i) {
    const SimilarityGrade& grade = similarity.grades(i);
    const Locator grade_at = at.Nested(Similarity::kGradesFieldNumber, i);
    const std::string place =
        grade_at.Place(SimilarityGrade::kPercentFieldNumber);
    if (grade.percent() < 1 || grade.percent() > 100) {
      faults->Fault(place, "percent must be from 1 to 100");
    } else if (!percents.insert(grade.percent()).second) {
      faults->Fault(place, "another grade has the same percent");
    }
    if (grade.severity() == v1::SEVERITY_UNSPECIFIED) {
      faults->Fault(grade_at.Place(SimilarityGrade::kSeverityFieldNumber),
                    "severity is not set");
    }
  }
  // Without a floor two reports that say next to nothing are alike.
  if (figures && similarity.min_figures() < 1) {
    faults->Fault(at.Place(Similarity::kMinFiguresFieldNumber),
                  "min_figures is not set");
  }
  if (!figures && similarity.min_characters() < 1) {
    faults->Fault(at.Place(Similarity::kMinCharactersFieldNumber),
                  "min_characters is not set");
  }
}

void CheckHierarchySum(const HierarchySum& sum, const Locator& at,
                       Faults* faults) {
  if (sum.cells().empty()) faults->Fault(at.Place(), "cells is not set");
  for (int i = 0; i < sum.cells_size(); ++i) {
    const absl::StatusOr<v1::CellPath> path = ParseCellPath(sum.cells(i));
    if (!path.ok()) {
      faults->Fault(at.Place(HierarchySum::kCellsFieldNumber, i),
                    path.status().message());
    }
  }
}

void CheckNarrativeMasks(const NarrativeMasks& masks, const Locator& at,
                         Faults* faults) {
  for (int i = 0; i < masks.brackets_size(); ++i) {
    if (CharacterCount(masks.brackets(i)) != 2) {
      faults->Fault(at.Place(NarrativeMasks::kBracketsFieldNumber, i),
                    "a pair of brackets has two characters");
    }
  }
  faults->CheckWords(at, NarrativeMasks::kWordsFieldNumber, masks.words());
  CheckChinese(masks.words(), NarrativeMasks::kWordsFieldNumber, at, faults);
  CheckChinese(masks.place_endings(), NarrativeMasks::kPlaceEndingsFieldNumber,
               at, faults);
  faults->CheckWords(at, NarrativeMasks::kPlaceEndingsFieldNumber,
                     masks.place_endings());
}

}  // namespace gongkai::catalog
