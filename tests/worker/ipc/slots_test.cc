// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/ipc/slots.h"

#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "gtest/gtest.h"
#include "worker/ipc/unique_fd.h"

namespace gongkai::ipc {
namespace {

TEST(SlotsTest, TheWorkerReadsWhatTheFrontWrote) {
  absl::StatusOr<WritableSlots> front = WritableSlots::Create(1 << 20);
  ASSERT_TRUE(front.ok());
  absl::StatusOr<ReadableSlots> worker = ReadableSlots::Map(front->fd());
  ASSERT_TRUE(worker.ok());
  const std::string large(1 << 20, 'x');
  front->Fill(0, {"one ", "two"});
  front->Fill(1, {large});
  EXPECT_EQ(*worker->Get(0, 7), "one two");
  EXPECT_EQ(*worker->Get(1, large.size()), large);
  front->Fill(0, {"again"});
  EXPECT_EQ(*worker->Get(0, 5), "again");
}

TEST(SlotsTest, TheWorkerRefusesWhatIsOutsideASlot) {
  absl::StatusOr<WritableSlots> front = WritableSlots::Create(4096);
  ASSERT_TRUE(front.ok());
  absl::StatusOr<ReadableSlots> worker = ReadableSlots::Map(front->fd());
  ASSERT_TRUE(worker.ok());
  EXPECT_TRUE(worker->Get(kSlotCount - 1, front->slot_bytes()).ok());
  EXPECT_FALSE(worker->Get(kSlotCount, 1).ok());
  EXPECT_FALSE(worker->Get(-1, 1).ok());
  EXPECT_FALSE(worker->Get(0, front->slot_bytes() + 1).ok());
}

TEST(SlotsTest, TheFileCanNeitherBeResizedNorMappedForWriting) {
  absl::StatusOr<WritableSlots> front = WritableSlots::Create(4096);
  ASSERT_TRUE(front.ok());
  EXPECT_NE(ftruncate(front->fd(), 0), 0);
  EXPECT_NE(ftruncate(front->fd(), 1 << 20), 0);
  EXPECT_EQ(
      mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, front->fd(), 0),
      MAP_FAILED);
  EXPECT_LT(write(front->fd(), "x", 1), 0);
}

TEST(SlotsTest, ATrimmedSlotIsStillThere) {
  absl::StatusOr<WritableSlots> front = WritableSlots::Create(16 << 20);
  ASSERT_TRUE(front.ok());
  const std::string large(16 << 20, 'x');
  front->Fill(0, {large});
  front->Trim(0, large.size());
  front->Fill(0, {large});
  absl::StatusOr<ReadableSlots> worker = ReadableSlots::Map(front->fd());
  ASSERT_TRUE(worker.ok());
  EXPECT_EQ(*worker->Get(0, large.size()), large);
}

TEST(SlotsTest, AFileThatIsNotSealedIsRefused) {
  const UniqueFd file(memfd_create("test", MFD_ALLOW_SEALING));
  ASSERT_EQ(ftruncate(file.get(), 8192), 0);
  EXPECT_FALSE(ReadableSlots::Map(file.get()).ok());
}

}  // namespace
}  // namespace gongkai::ipc
