// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/sqlite_handles.h
//
// Owners of what SQLite gives out.

#ifndef GONGKAI_CLIENT_CLI_SQLITE_HANDLES_H_
#define GONGKAI_CLIENT_CLI_SQLITE_HANDLES_H_

#include <sqlite3.h>

#include <memory>
#include <string>

namespace gongkai::cli {

struct CloseDatabase {
  // Waits for statements that are still there.
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
  }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

// Null if it cannot be, for the reason that sqlite3_errmsg gives.
inline Statement Prepare(const Database& database, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(database.get(), sql.c_str(), static_cast<int>(sql.size()),
                     &statement, nullptr);
  return Statement(statement);
}

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_SQLITE_HANDLES_H_
