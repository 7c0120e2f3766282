// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/method.h
//
// The methods of gongkai.v1.ReportService, for tables by method.

#ifndef GONGKAI_SERVICE_METHOD_H_
#define GONGKAI_SERVICE_METHOD_H_

#include <string_view>

namespace gongkai::service {

enum class Method {
  kParseReport,
  kValidateReport,
  kProcessReports,
  kCheckCollection,
  kListRules,
  kListTemplates,
  kGetCapabilities,
};

inline constexpr std::string_view kMethodNames[] = {
    "ParseReport", "ValidateReport", "ProcessReports", "CheckCollection",
    "ListRules",   "ListTemplates",  "GetCapabilities"};
inline constexpr int kMethodCount = 7;

inline std::string_view MethodName(Method method) {
  return kMethodNames[static_cast<int>(method)];
}

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_METHOD_H_
