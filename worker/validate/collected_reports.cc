// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/collected_reports.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace gongkai::validate {

void CollectedReports::Add(const worker::v1::ReportDigest& digest) {
  CollectedReport& report = reports_.emplace_back();
  report.id = digest.id();
  report.parent = NumberOf(digest.parent());
  if (!digest.unread()) {
    ++read_count_;
    report.read = true;
    report.body = NumberOf(digest.body());
    report.year = digest.year();
    report.template_id = digest.template_();
    report.cells = digest.cells();
    auto sketch = std::make_unique<Sketch>();
    if (digest.narrative_grams() > 0 &&
        ParseSketch(digest.sketch(), sketch.get())) {
      report.narrative_characters = digest.narrative_characters();
      report.narrative_grams = digest.narrative_grams();
      report.narrative_hash = digest.narrative_hash();
      report.sketch = std::move(sketch);
    }
  }
  memory_bytes_ += static_cast<int64_t>(
      sizeof(report) + report.id.capacity() + report.cells.capacity() +
      (report.sketch == nullptr ? 0 : sizeof(Sketch)));
}

uint32_t CollectedReports::NumberOf(absl::string_view name) {
  std::string key = catalog_.normalizer().Normalize(name);
  if (key.empty()) return CollectedReport::kNoBody;
  const auto number = static_cast<uint32_t>(names_.size());
  const auto [known, added] = numbers_.try_emplace(std::move(key), number);
  if (added) {
    names_.push_back(known->first);
    // The name twice, and the entries that hold it.
    memory_bytes_ += static_cast<int64_t>(2 * (name.size() + 48));
  }
  return known->second;
}

void CollectedReports::Sort() {
  std::sort(reports_.begin(), reports_.end(),
            [](const CollectedReport& a, const CollectedReport& b) {
              return std::tie(a.id, a.narrative_hash, a.cells) <
                     std::tie(b.id, b.narrative_hash, b.cells);
            });
  for (size_t i = 0; i < reports_.size(); ++i) {
    const CollectedReport& report = reports_[i];
    if (report.body != CollectedReport::kNoBody && report.year != 0) {
      by_body_.push_back(static_cast<uint32_t>(i));
    }
  }
  // Bodies come in the order of their first ids, whatever their numbers are.
  std::vector<uint32_t> first(names_.size(), CollectedReport::kNoBody);
  for (const uint32_t index : by_body_) {
    uint32_t& least = first[reports_[index].body];
    least = std::min(least, index);
  }
  std::sort(by_body_.begin(), by_body_.end(), [&](uint32_t a, uint32_t b) {
    return std::tuple(first[reports_[a].body], reports_[a].year, a) <
           std::tuple(first[reports_[b].body], reports_[b].year, b);
  });
  for (size_t i = 0; i < by_body_.size(); ++i) {
    if (i == 0 || ByBody(i).body != ByBody(i - 1).body) {
      bodies_.push_back({i, i});
    }
    bodies_.back().end = i + 1;
  }
}

const std::string& CollectedReports::BodyName(
    const CollectedReport& report) const {
  static const std::string* const kNone = new std::string();
  return report.body == CollectedReport::kNoBody ? *kNone : names_[report.body];
}

}  // namespace gongkai::validate
