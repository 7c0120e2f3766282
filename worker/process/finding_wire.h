// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/process/finding_wire.h
//
// The wire format of findings, for the reasons of report_wire.h: they hold the
// longest sentences of an answer, rendered from valid UTF-8.

#ifndef GONGKAI_WORKER_PROCESS_FINDING_WIRE_H_
#define GONGKAI_WORKER_PROCESS_FINDING_WIRE_H_

#include "gongkai/v1/finding.pb.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "worker/process/wire_writer.h"

namespace gongkai::process {

// Appends the findings to `out` as the repeated message field with this number.
// Strings must be valid UTF-8; unknown fields are left out. Arguments of
// messages are in the order of their names, so that the same findings give the
// same bytes.
void AppendFindings(
    int field_number,
    const google::protobuf::RepeatedPtrField<v1::Finding>& findings,
    WireWriter* out);

// The same for a verdict.
void AppendVerdict(int field_number, const v1::Verdict& verdict,
                   WireWriter* out);

}  // namespace gongkai::process

#endif  // GONGKAI_WORKER_PROCESS_FINDING_WIRE_H_
