// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/bulk_session.h"

#include <utility>

#include "client/internal/bulk_engine.h"

namespace gongkai {

BulkSession::BulkSession(Client client, BulkOptions options)
    : engine_(std::make_unique<internal::BulkEngine>(client.connection(),
                                                     options)) {}

BulkSession::~BulkSession() = default;

absl::Status BulkSession::Run(Source source, Sink sink) {
  return engine_->Run(std::move(source), std::move(sink));
}

void BulkSession::Cancel() { engine_->Cancel(); }

}  // namespace gongkai
