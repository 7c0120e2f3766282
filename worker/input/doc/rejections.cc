// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/doc/rejections.h"

#include "worker/input/rejection.h"

namespace gongkai::input {

absl::Status Damaged() {
  return Reject(v1::OUTCOME_MALFORMED,
                "Word 文档（DOC）已损坏或不完整。请重新下载，或用 Word 或 WPS "
                "打开后另存为 DOCX 再提交。",
                "The Word document (DOC) is damaged or incomplete. Download it "
                "again, or open it in Word or WPS, save it as DOCX and submit "
                "that.");
}

absl::Status Encrypted() {
  return Reject(
      v1::OUTCOME_UNSUPPORTED_FORMAT,
      "Word 文档已加密，需要密码才能打开。请去掉密码后再提交。",
      "The Word document is encrypted: it opens with a password only. "
      "Remove the password and submit it again.");
}

absl::Status TooOld() {
  return Reject(v1::OUTCOME_UNSUPPORTED_FORMAT,
                "这是 Word 95 或更早版本的文档。请用 Word 或 WPS 打开后另存为 "
                "DOCX 再提交。",
                "This is a document of Word 95 or older. Open it in Word or "
                "WPS, save it as DOCX and submit that.");
}

}  // namespace gongkai::input
