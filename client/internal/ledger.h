// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/internal/ledger.h
//
// The books of a BulkSession: every document that the source gave and that has
// no answer, whether it waits for a stream or was sent on one. Here it is
// decided that an id is answered once, that the windows are kept, that the
// documents of a lost stream are the next to be sent, and which document is to
// blame when servers die again and again.
//
// Blame. A server that dies takes up to a window of documents with it, and one
// of them may be the cause. So a document that was on kSuspectLosses broken
// streams becomes a suspect: suspects travel one at a time, each alone on its
// stream, and the innocent ones are answered that way. One that is lost
// kMaxLosses times is not sent any more.
//
// Thread-compatible.

#ifndef GONGKAI_CLIENT_INTERNAL_LEDGER_H_
#define GONGKAI_CLIENT_INTERNAL_LEDGER_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "client/options.h"
#include "client/process_stream.h"
#include "grpcpp/support/byte_buffer.h"

namespace gongkai::internal {

// An unanswered document.
struct Entry {
  std::string id;
  // The encoded request.
  grpc::ByteBuffer request;
  // Bytes of the document.
  int64_t size = 0;
  // The place in the order of the source.
  uint64_t number = 0;
  // The stream it was sent on; kNoLane while it waits.
  int lane = -1;
  // Streams that broke while it was on them.
  int losses = 0;
};

class Ledger {
 public:
  static constexpr int kNoLane = -1;
  // One loss is a server's own bad luck, which every document of a window
  // shares; two in a row are rare for a document that is answered in
  // milliseconds.
  static constexpr int kSuspectLosses = 2;
  // Four losses alone: also where servers are replaced every minute and a
  // document takes ten seconds, no innocent one in a thousand meets that.
  static constexpr int kMaxLosses = 6;
  static constexpr int kFirstDocuments = 4;

  // `lanes` are BulkOptions::streams, which share the window, and those that
  // finish streams in whose place another one was opened.
  Ledger(const BulkOptions& options, int lanes);

  // The source may be asked for another document.
  bool HasRoom() const;
  // So much room that it is worth waking the thread that asks the source: a
  // wake-up then pays for many documents.
  bool HasAmpleRoom() const { return HasRoomFor(max_documents_ / 4); }
  // Room for some documents, if not ample.
  bool HasSomeRoom() const { return HasRoomFor(max_documents_ / 16); }
  // A document of `size` bytes keeps the window of bytes; always true of the
  // only document, so that a large one passes alone.
  bool Fits(int64_t size) const;

  // Errors: InvalidArgument for an id that is empty, too long, no UTF-8, or
  // that of an unanswered document.
  absl::Status Add(std::string id, grpc::ByteBuffer request, int64_t size);

  // Puts the next waiting document on `lane`. Null if none waits or the
  // lane's window is full: the server's, or its share of the session's, so that
  // a server that hangs does not hold all documents. While the lane's stream
  // has answered nothing and is not the only one, it gets kFirstDocuments:
  // streams go wherever a server is connected, and one that hangs must not take
  // a share of each.
  std::shared_ptr<const Entry> Take(int lane, const StreamLimits& limits);

  // Whether the lane's window has room for the next waiting document.
  bool HasRoomOn(int lane, const StreamLimits& limits) const;

  // Closes the books on a document that was answered on `lane`, and gives it.
  // Null if it is not there: the answer is a second one, or to nothing. With
  // BulkOptions::ordered it takes room until Delivered().
  std::shared_ptr<const Entry> Settle(int lane, absl::string_view id);

  // For BulkOptions::ordered: the sink was given so much.
  void Delivered(int documents, int64_t bytes);

  // The documents on `lane` wait again, before all others. `broke` says that
  // the stream was lost, which may be the doing of one of them: gives those
  // that were lost too often and for which the books are closed.
  std::vector<std::shared_ptr<const Entry>> Return(int lane, bool broke);

  // No document is unanswered.
  bool empty() const { return entries_.empty(); }
  size_t size() const { return entries_.size(); }
  bool has_waiting() const { return !waiting_.empty() || !suspects_.empty(); }
  int documents_on(int lane) const { return lanes_[lane].documents; }
  // The lane has less than half of what it may, and nothing waits for it.
  bool RunsLow(int lane) const;

 private:
  struct Load {
    int documents = 0;
    int64_t bytes = 0;
    // The stream has answered a document.
    bool answers = false;
  };

  bool HasRoomFor(int documents) const;
  bool HasSpace(int lane, const Entry& next, const StreamLimits& limits) const;
  std::shared_ptr<const Entry> Put(int lane,
                                   std::deque<std::shared_ptr<Entry>>& from);
  // Takes the entry out of the books.
  void Close(const Entry& entry);

  const int streams_;
  const int max_documents_;
  const int64_t max_bytes_;
  const bool ordered_;
  // The keys are the entries' own ids.
  absl::flat_hash_map<absl::string_view, std::shared_ptr<Entry>> entries_;
  std::deque<std::shared_ptr<Entry>> waiting_;
  std::deque<std::shared_ptr<Entry>> suspects_;
  // The lane that empties itself for a suspect, or has one on it.
  int suspect_lane_ = kNoLane;
  std::vector<Load> lanes_;
  // Of unanswered documents and of those that are answered and not delivered.
  int64_t bytes_ = 0;
  // Answered and not delivered.
  int held_documents_ = 0;
  uint64_t next_number_ = 0;
};

}  // namespace gongkai::internal

#endif  // GONGKAI_CLIENT_INTERNAL_LEDGER_H_
