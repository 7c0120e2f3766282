// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/near_duplicates.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

namespace gongkai::validate {
namespace {

// 64 bands of 4 bins: of pairs that share two thirds of their grams all but one
// in a million agree in some band; of pairs that share a quarter, one in five
// does.
constexpr size_t kBandBins = 4;
constexpr size_t kBands = kSketchBins / kBandBins;

// In a bucket each narrative is compared with so many before it, and with the
// first.
constexpr size_t kNeighbours = 8;

class Finder {
 public:
  Finder(absl::Span<const NarrativeSketch> narratives, int min_percent)
      : narratives_(narratives),
        min_percent_(min_percent),
        parent_(narratives.size()),
        percent_(narratives.size()) {
    std::iota(parent_.begin(), parent_.end(), 0);
  }

  std::vector<Cluster> Run() {
    std::vector<Entry> bucket_entries(narratives_.size());
    for (size_t i = 0; i < narratives_.size(); ++i) {
      bucket_entries[i] = {Mix(narratives_[i].hash, narratives_[i].group),
                           static_cast<int>(i)};
    }
    // Equal ones first; then one of each kind stands for all.
    CompareBuckets(&bucket_entries);
    std::vector<Entry> unlike;
    for (size_t i = 0; i < bucket_entries.size(); ++i) {
      if (i == 0 || bucket_entries[i].key != bucket_entries[i - 1].key) {
        unlike.push_back(bucket_entries[i]);
      }
    }
    bucket_entries = std::vector<Entry>();
    for (size_t band = 0; band < kBands; ++band) {
      for (Entry& entry : unlike) entry.key = BandKey(entry.index, band);
      CompareBuckets(&unlike);
    }
    return Clusters();
  }

 private:
  struct Entry {
    uint64_t key;
    int index;
  };

  static uint64_t Mix(uint64_t a, uint64_t b) {
    uint64_t hash = a + b * 0x9e3779b97f4a7c15u;
    hash = (hash ^ hash >> 30) * 0xbf58476d1ce4e5b9u;
    return hash ^ hash >> 31;
  }

  uint64_t BandKey(int index, size_t band) const {
    const NarrativeSketch& narrative = narratives_[index];
    uint64_t key = static_cast<uint64_t>(narrative.group);
    for (size_t i = 0; i < kBandBins; ++i) {
      key = Mix(key, narrative.sketch->bins[kBandBins * band + i]);
    }
    return key;
  }

  void CompareBuckets(std::vector<Entry>* entries) {
    std::sort(entries->begin(), entries->end(),
              [](const Entry& a, const Entry& b) {
                return std::pair(a.key, a.index) < std::pair(b.key, b.index);
              });
    size_t begin = 0;
    for (size_t i = 1; i < entries->size(); ++i) {
      if ((*entries)[i].key != (*entries)[begin].key) begin = i;
      if (i == begin) continue;
      Compare((*entries)[begin].index, (*entries)[i].index);
      const size_t first =
          i - begin > kNeighbours ? i - kNeighbours : begin + 1;
      for (size_t k = first; k < i; ++k) {
        Compare((*entries)[k].index, (*entries)[i].index);
      }
    }
  }

  void Compare(int a, int b) {
    const NarrativeSketch& left = narratives_[a];
    const NarrativeSketch& right = narratives_[b];
    if (left.group != right.group || left.owner == right.owner) return;
    const int percent = left.hash == right.hash
                            ? 100
                            : EstimatePercent(*left.sketch, left.grams,
                                              *right.sketch, right.grams);
    if (percent < min_percent_) return;
    const int root = std::min(Root(a), Root(b));
    const int child = std::max(Root(a), Root(b));
    percent_[root] = std::max({percent_[root], percent_[child], percent});
    parent_[child] = root;
  }

  int Root(int index) {
    while (parent_[index] != index) {
      parent_[index] = parent_[parent_[index]];
      index = parent_[index];
    }
    return index;
  }

  std::vector<Cluster> Clusters() {
    std::map<int, Cluster> by_root;
    for (size_t i = 0; i < narratives_.size(); ++i) {
      const int root = Root(static_cast<int>(i));
      if (percent_[root] == 0) continue;
      Cluster& cluster = by_root[root];
      cluster.percent = percent_[root];
      cluster.members.push_back(static_cast<int>(i));
    }
    std::vector<Cluster> clusters;
    for (auto& [root, cluster] : by_root) {
      clusters.push_back(std::move(cluster));
    }
    return clusters;
  }

  const absl::Span<const NarrativeSketch> narratives_;
  const int min_percent_;
  // A forest; a root is the least of its tree.
  std::vector<int> parent_;
  // Of roots: the highest similarity in the tree; 0 for one by itself.
  std::vector<int> percent_;
};

}  // namespace

std::vector<Cluster> FindNearDuplicates(
    absl::Span<const NarrativeSketch> narratives, int min_percent) {
  return Finder(narratives, min_percent).Run();
}

}  // namespace gongkai::validate
