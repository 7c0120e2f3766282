// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/failure_answer.h"

#include "gongkai/v1/report_service.pb.h"
#include "service/request_view.h"

namespace gongkai::service {
namespace {

struct Wording {
  v1::Outcome outcome;
  const char* message;
  const char* message_en;
};

Wording WordingOf(Ending ending) {
  switch (ending) {
    case Ending::kAnswered:
    case Ending::kCancelled:
      break;
    case Ending::kCrashed:
      return {v1::OUTCOME_WORKER_CRASHED,
              "读取该文件时工作进程两次异常退出，未能得出结果。",
              "The worker process died twice while reading this document; "
              "there is no result."};
    case Ending::kOutOfMemory:
      return {v1::OUTCOME_WORKER_OUT_OF_MEMORY,
              "读取该文件所需内存超出工作进程的上限，未能得出结果。",
              "Reading this document takes more memory than a worker process "
              "may use; there is no result."};
    case Ending::kTimedOut:
      return {v1::OUTCOME_WORKER_TIMED_OUT,
              "读取该文件的时间超出单个文件的上限，已停止处理。",
              "Reading this document took longer than one document may; it "
              "was stopped."};
    case Ending::kQuarantined:
      return {v1::OUTCOME_QUARANTINED,
              "内容相同的文件曾使工作进程异常退出，不再重复处理。",
              "A document with the same bytes made worker processes die "
              "before; it is not tried again."};
  }
  return {v1::OUTCOME_UNSPECIFIED, "", ""};
}

template <typename Response>
void Fill(const Wording& wording, Response* response) {
  response->set_outcome(wording.outcome);
  response->set_message(wording.message);
  response->set_message_en(wording.message_en);
}

template <typename Response>
std::string Serialize(Response response, const Wording& wording) {
  Fill(wording, &response);
  return response.SerializeAsString();
}

}  // namespace

std::string FailureAnswer(const Job& job, Ending ending) {
  const Wording wording = WordingOf(ending);
  switch (job.kind()) {
    case ipc::JobKind::kParse:
      return Serialize(v1::ParseReportResponse(), wording);
    case ipc::JobKind::kValidate:
      return Serialize(v1::ValidateReportResponse(), wording);
    case ipc::JobKind::kDigest: {
      v1::CheckCollectionResponse response;
      response.mutable_taken()->set_id(RequestId(job.request()));
      Fill(wording, response.mutable_taken());
      return response.SerializeAsString();
    }
    case ipc::JobKind::kProcess:
    case ipc::JobKind::kCollect:
    case ipc::JobKind::kFindings:
      break;
  }
  v1::ProcessResponse response;
  response.set_id(RequestId(job.request()));
  return Serialize(std::move(response), wording);
}

}  // namespace gongkai::service
