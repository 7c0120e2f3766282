// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/collection_stream.h
//
// One ReportService.CheckCollection stream as CollectionSession drives it.
// Users meet it only when they write a Connection of their own.

#ifndef GONGKAI_CLIENT_COLLECTION_STREAM_H_
#define GONGKAI_CLIENT_COLLECTION_STREAM_H_

#include "absl/status/status.h"
#include "gongkai/v1/report_service.pb.h"

namespace gongkai {

// Reads and writes may be called from two threads at once; each blocks.
class CollectionStream {
 public:
  virtual ~CollectionStream() = default;

  // False if the stream is broken.
  virtual bool Write(const v1::CheckCollectionRequest& request) = 0;
  // Says that no Write will follow.
  virtual void WritesDone() = 0;

  // False at the end of the stream.
  virtual bool Read(v1::CheckCollectionResponse* response) = 0;
  // After Read() was false, once, and when no Write is under way.
  virtual absl::Status Finish() = 0;

  // Makes reads and writes return false soon. From any thread.
  virtual void Cancel() = 0;
};

}  // namespace gongkai

#endif  // GONGKAI_CLIENT_COLLECTION_STREAM_H_
