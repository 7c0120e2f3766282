// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/process/report_wire.h
//
// A report's wire format, written the short way. Protobuf's own serialiser
// visits each of the 200 cells twice, to measure and to write, and checks the
// whole text of the sections for valid UTF-8, which a reader's text is by
// construction: together more than it takes to read the report. The bytes are
// those that protobuf would write.

#ifndef GONGKAI_WORKER_PROCESS_REPORT_WIRE_H_
#define GONGKAI_WORKER_PROCESS_REPORT_WIRE_H_

#include "gongkai/v1/report.pb.h"
#include "worker/catalog/read_cells.h"
#include "worker/process/wire_writer.h"

namespace gongkai::process {

// Appends the report to `out` as the message field with this number. `cells`
// are those of its tables where the tables have none; null if they do. Strings
// must be valid UTF-8; unknown fields are left out.
void AppendReport(int field_number, const v1::Report& report,
                  const catalog::ReadCells* cells, WireWriter* out);

}  // namespace gongkai::process

#endif  // GONGKAI_WORKER_PROCESS_REPORT_WIRE_H_
