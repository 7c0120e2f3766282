// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/collected_reports.h
//
// The reports of a collection as they are kept, in order. Private to validate.

#ifndef GONGKAI_WORKER_VALIDATE_COLLECTED_REPORTS_H_
#define GONGKAI_WORKER_VALIDATE_COLLECTED_REPORTS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "gongkai/v1/report.pb.h"
#include "gongkai/worker/v1/collection.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/validate/sketch.h"

namespace gongkai::validate {

struct CollectedReport {
  static constexpr uint32_t kNoBody = 0xffffffff;

  std::string id;
  // False if the report could not be read: only the parent is known.
  bool read = false;
  // Numbers of bodies by their normalised names.
  uint32_t body = kNoBody;
  uint32_t parent = kNoBody;
  int32_t year = 0;
  v1::Template template_id = v1::TEMPLATE_UNSPECIFIED;
  // As in ReportDigest.
  std::string cells;
  int32_t narrative_characters = 0;
  int32_t narrative_grams = 0;
  uint64_t narrative_hash = 0;
  // Null if there is no narrative.
  std::unique_ptr<Sketch> sketch;
};

// The reports of a body: a range of the order by body.
struct BodyReports {
  size_t begin = 0;
  size_t end = 0;
};

class CollectedReports {
 public:
  // The catalogue must outlive this.
  explicit CollectedReports(const catalog::Catalog& catalog)
      : catalog_(catalog) {}

  void Add(const worker::v1::ReportDigest& digest);

  // Brings the reports into the order of their ids, and finds those of each
  // body. Once, after the last Add().
  void Sort();

  size_t size() const { return reports_.size(); }
  size_t read_count() const { return read_count_; }
  const CollectedReport& operator[](size_t index) const {
    return reports_[index];
  }

  // The bodies with a report that has a year; of each the reports by year and
  // id.
  const std::vector<BodyReports>& bodies() const { return bodies_; }
  size_t IndexByBody(size_t position) const { return by_body_[position]; }
  const CollectedReport& ByBody(size_t position) const {
    return reports_[by_body_[position]];
  }

  // The body's name, normalised as labels are; empty if it was not found.
  const std::string& BodyName(const CollectedReport& report) const;

  int64_t memory_bytes() const { return memory_bytes_; }

 private:
  uint32_t NumberOf(absl::string_view name);

  const catalog::Catalog& catalog_;
  std::vector<CollectedReport> reports_;
  size_t read_count_ = 0;
  int64_t memory_bytes_ = 0;
  // By normalised name.
  absl::flat_hash_map<std::string, uint32_t> numbers_;
  std::vector<std::string> names_;
  std::vector<uint32_t> by_body_;
  std::vector<BodyReports> bodies_;
};

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_COLLECTED_REPORTS_H_
