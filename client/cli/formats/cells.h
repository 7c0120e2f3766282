// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/formats/cells.h
//
// --format=cells: a line of JSON for the document and one for each of its
// cells, in the order of the report.
//
//   {"document":"a.txt","outcome":"OK","template":"TEMPLATE_2021","year":2024,
//    "body":"…","title":"…"}                                     (on one line)
//   {"document":"a.txt","cell":"requests.granted.natural","value":12,
//    "state":"VALUE","raw":"12"}                                 (on one line)
//
// What is not known is left out: template, year, body and title of the
// document, and the value of a cell whose state gives none. Counts are numbers,
// amounts are strings. The outcome UNSPECIFIED means that the command could not
// read the file.

#ifndef GONGKAI_CLIENT_CLI_FORMATS_CELLS_H_
#define GONGKAI_CLIENT_CLI_FORMATS_CELLS_H_

#include <string>

#include "gongkai/v1/report_service.pb.h"

namespace gongkai::cli {

std::string FormatCells(const std::string& document,
                        const v1::ProcessResponse& response);

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_FORMATS_CELLS_H_
