// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/internal/bulk_engine.h
//
// The threads of a BulkSession:
//
//   caller of Run     source -> encode -> Ledger -> first write on an idle lane
//   lane 0 … 2k-1     the stream's events: a write is done -> the next write;
//                     an answer -> decode -> Ledger -> sink; the end -> reopen
//
// A lane's thread polls its stream's socket itself and calls the sink itself,
// so that an answer changes threads nowhere. The source has a thread of its
// own, so that a slow one delays no answer; that thread sleeps while the window
// is full and is woken only for a quarter of it.
//
// Of twice as many lanes as BulkOptions::streams at most that many have the
// turn: they open streams and send. After BulkOptions::stream_age a lane passes
// its turn on, one after the other, so that the next stream is open while the
// last answers come on the old one.
//
// `mutex_` guards the books and is never held while something is sent, nor
// during a call of the source or of the sink.

#ifndef GONGKAI_CLIENT_INTERNAL_BULK_ENGINE_H_
#define GONGKAI_CLIENT_INTERNAL_BULK_ENGINE_H_

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "client/bulk_session.h"
#include "client/connection.h"
#include "client/internal/delivery.h"
#include "client/internal/ledger.h"

namespace gongkai::internal {

class BulkEngine {
 public:
  BulkEngine(std::shared_ptr<Connection> connection,
             const BulkOptions& options);

  // As BulkSession.
  absl::Status Run(BulkSession::Source source, BulkSession::Sink sink);
  void Cancel();

 private:
  // A place for one stream after another. All guarded by mutex_.
  struct Lane {
    int index = 0;
    // Shared, so that a thread inside Write keeps it while the lane moves on.
    std::shared_ptr<ProcessStream> stream;
    // kOpen came and kEnd did not.
    bool open = false;
    // A Write, or the only FinishWrites, is under way.
    bool writing = false;
    // May open streams and send.
    bool has_turn = false;
  };

  // What an idle lane does next.
  struct Step {
    std::shared_ptr<ProcessStream> stream;
    // The document to write; null to say that no more will come.
    std::shared_ptr<const Entry> entry;
    // The document is too large for the server: answer for it instead.
    bool refused = false;
  };

  // What came of a stream.
  struct Served {
    // It answered a document.
    bool progressed = false;
    // The server ended it of its own will and said so.
    bool ending = false;
  };

  // The caller's thread.
  void Pump();
  bool WaitForRoom();
  // There is much room in the window; or some, and a stream is about to idle,
  // as happens where those to a slow server hold what they have.
  bool HasAmpleRoom() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Wakes it, if it waits and there is ample room.
  void TellOfRoom() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool Admit(v1::ProcessRequest request);
  // Lets an idle lane send, if there is one.
  void Kick();

  // A lane's thread.
  void RunLane(Lane& lane);
  // Waits until a document waits for a stream and the lane may open one; false
  // when the lane may go.
  bool WaitForWork(Lane& lane);
  // Wakes the lanes that wait for it, if one of them may go on.
  void TellOfWork() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Between two turns passed on.
  absl::Duration PassInterval(bool first) const;
  // Passes the turn on to a lane without a stream, if there is one; else tells
  // when to try again.
  absl::Time PassTurnOn(Lane& lane);
  // Serves the lane's stream to its end; from `old` on only to finish it.
  Served Serve(Lane& lane, ProcessStream& stream, absl::Time old);
  // False if the answer is unreadable.
  bool TakeAnswer(Lane& lane, ProcessStream& stream, Served* served);
  // Writes nothing more: the server has said that it ends the stream.
  void StopWriting(Lane& lane, ProcessStream& stream);
  // Takes the lane's stream away, with its documents. False if the session
  // ends.
  bool Clear(Lane& lane, const absl::Status& cause);
  // Waits before the next stream; false when the lane may go.
  bool Pause(absl::Duration duration);

  // Either thread.
  void Advance(Lane& lane);
  void AdvanceAll();
  void Perform(Lane& lane, Step step);
  Step NextStep(Lane& lane) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Ends with --delivering_.
  void Deliver(const Entry& entry, const v1::ProcessResponse& response);
  // Ends the session with success when everything is answered.
  void FinishIfDone();
  // Ends it with `status`; the first one counts.
  void Stop(absl::Status status);
  void StopIfStalled();
  int streams() const { return std::max(options_.streams, 1); }
  bool ending() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return finished_ || !error_.ok();
  }

  const std::shared_ptr<Connection> connection_;
  const BulkOptions options_;
  BulkSession::Source source_;
  Delivery delivery_;

  // Calls of the sink wanted or under way: a slow sink is no lack of progress.
  std::atomic<int> delivering_{0};
  // In nanoseconds since the epoch.
  std::atomic<int64_t> last_progress_{0};

  absl::Mutex mutex_;
  // There is ample room again.
  absl::CondVar room_;
  bool pump_waits_ ABSL_GUARDED_BY(mutex_) = false;
  // There is work for a lane without a stream, or the session ends.
  absl::CondVar work_;
  // Those that wait for it with the turn and without.
  int lanes_waiting_ ABSL_GUARDED_BY(mutex_) = 0;
  int lanes_resting_ ABSL_GUARDED_BY(mutex_) = 0;
  // Lanes that have the turn.
  int turns_ ABSL_GUARDED_BY(mutex_) = 0;
  // When the next one may pass its own on. One by one, at even distances:
  // streams that broke together would else go together for ever, and all to the
  // server that looks idlest at that moment.
  absl::Time next_pass_ ABSL_GUARDED_BY(mutex_);
  int passes_ ABSL_GUARDED_BY(mutex_) = 0;
  Ledger ledger_ ABSL_GUARDED_BY(mutex_);
  // The vector itself never changes.
  std::vector<Lane> lanes_;
  bool ran_ ABSL_GUARDED_BY(mutex_) = false;
  bool source_done_ ABSL_GUARDED_BY(mutex_) = false;
  // Everything is answered.
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status error_ ABSL_GUARDED_BY(mutex_);
  // Why the last stream ended before its time.
  absl::Status last_cause_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace gongkai::internal

#endif  // GONGKAI_CLIENT_INTERNAL_BULK_ENGINE_H_
