// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/pdf/flow_writer.h
//
// A flow of lines and tables to the blocks of a Document.

#ifndef GONGKAI_WORKER_INPUT_PDF_FLOW_WRITER_H_
#define GONGKAI_WORKER_INPUT_PDF_FLOW_WRITER_H_

#include "worker/input/document_builder.h"
#include "worker/input/pdf/page_flow.h"

namespace gongkai::input::pdf {

// Ruled tables become grids, lines of running text paragraphs (the lines of a
// paragraph joined), and lines in columns without rules lines of a print.
// Stops when the builder is full.
void WriteFlow(const Flow& flow, DocumentBuilder* builder);

}  // namespace gongkai::input::pdf

#endif  // GONGKAI_WORKER_INPUT_PDF_FLOW_WRITER_H_
