// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/process/finding_wire.h
//
// The wire format of findings, for the reasons of report_wire.h: they hold the
// longest sentences of an answer, rendered from valid UTF-8.

#ifndef GONGKAI_WORKER_PROCESS_FINDING_WIRE_H_
#define GONGKAI_WORKER_PROCESS_FINDING_WIRE_H_

#include "gongkai/v1/finding.pb.h"
#include "worker/process/wire_writer.h"
#include "worker/validate/finding.h"

namespace gongkai::process {

// Appends the findings to `out` as the repeated message field with this number.
// Strings must be valid UTF-8. The bytes are those of the messages that
// Findings::Write makes, with the arguments of messages in the order of their
// names.
void AppendFindings(int field_number, const validate::Findings& findings,
                    WireWriter* out);

// The same for a verdict; unknown fields are left out.
void AppendVerdict(int field_number, const v1::Verdict& verdict,
                   WireWriter* out);

}  // namespace gongkai::process

#endif  // GONGKAI_WORKER_PROCESS_FINDING_WIRE_H_
