// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/formats/collection.h
//
// What gongkai check --collection prints. With --format=findings a line of JSON
// for each finding that is a failure or could not be assessed:
//
//   {"documents":["2023/a.txt","2024/a.txt"],"report_count":2,
//    "rule":"years.carry-over","result":"FAIL","severity":"ERROR",
//    "cells":["…"],"previous_cells":["…"],"left":"7","right":"8",
//    "difference":"-1","message":"…"}                            (on one line)
//
// The documents are the one that the finding is about, then last year's, those
// that are like it, or those below it; at most 64 of report_count. With
// --format=jsonl a CheckCollectionResponse a line.

#ifndef GONGKAI_CLIENT_CLI_FORMATS_COLLECTION_H_
#define GONGKAI_CLIENT_CLI_FORMATS_COLLECTION_H_

#include <string>

#include "client/cli/formats/summary.h"
#include "client/cli/language.h"
#include "gongkai/v1/report_service.pb.h"

namespace gongkai::cli {

// Of the next four each prints "" for a response that it does not show.
std::string FormatCollectionJsonl(const v1::CheckCollectionResponse& response);
std::string FormatCollectionFindings(
    const v1::CheckCollectionResponse& response, Language language);
std::string FormatCollectionSummary(const v1::CheckCollectionResponse& response,
                                    SummaryStyle style);
// Why the document takes no part, for people; "" for one that does.
std::string CollectionComplaint(const v1::CollectionTaken& taken,
                                Language language);

std::string FormatCollectionTotals(const v1::CollectionSummary& summary,
                                   SummaryStyle style);

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_FORMATS_COLLECTION_H_
