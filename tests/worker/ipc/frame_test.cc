// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/ipc/frame.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "worker/ipc/unique_fd.h"

namespace gongkai::ipc {
namespace {

struct Sent {
  FrameHeader header;
  std::string payload;

  bool operator==(const Sent& other) const {
    return std::memcmp(&header, &other.header, sizeof(header)) == 0 &&
           payload == other.payload;
  }
};

std::string Encode(FrameHeader header, std::string_view payload) {
  header.payload_size = static_cast<uint32_t>(payload.size());
  std::string bytes(reinterpret_cast<const char*>(&header), sizeof(header));
  bytes.append(payload);
  return bytes;
}

void Feed(FrameReader* reader, std::string_view bytes) {
  while (!bytes.empty()) {
    const absl::Span<char> space = reader->Space();
    ASSERT_FALSE(space.empty());
    const size_t size = std::min(space.size(), bytes.size());
    std::memcpy(space.data(), bytes.data(), size);
    reader->Filled(size);
    bytes.remove_prefix(size);
  }
}

// Takes all whole frames.
absl::Status Drain(FrameReader* reader, std::vector<Sent>* frames) {
  Frame frame;
  while (true) {
    absl::StatusOr<bool> found = reader->Next(&frame);
    if (!found.ok()) return found.status();
    if (!*found) return absl::OkStatus();
    frames->push_back({frame.header, std::string(frame.payload)});
  }
}

absl::Status ReadAll(std::string_view bytes, size_t max_payload = 1 << 20) {
  FrameReader reader(max_payload);
  Feed(&reader, bytes);
  std::vector<Sent> frames;
  return Drain(&reader, &frames);
}

// Some frames of many sizes, and their bytes in a row.
std::string SomeFrames(std::mt19937* random, std::vector<Sent>* frames) {
  std::string bytes;
  for (uint64_t id = 1; id <= 40; ++id) {
    const size_t size = (*random)() % (id % 8 == 0 ? 400'000 : 3000);
    Sent sent{JobFrame(static_cast<JobKind>(1 + (*random)() % 3), id),
              std::string(size, static_cast<char>('a' + id % 26))};
    if (id % 7 == 0) {
      sent.payload.clear();
      sent.header.flags = FrameHeader::kInSlot;
      sent.header.slot = 1;
      sent.header.payload_size = 12345678;
      bytes.append(reinterpret_cast<const char*>(&sent.header),
                   sizeof(FrameHeader));
    } else {
      sent.header.payload_size = static_cast<uint32_t>(size);
      bytes.append(Encode(sent.header, sent.payload));
    }
    frames->push_back(std::move(sent));
  }
  return bytes;
}

TEST(FrameReaderTest, AnySplitOfTheBytesGivesTheSameFrames) {
  for (unsigned seed = 1; seed <= 50; ++seed) {
    std::mt19937 random(seed);
    std::vector<Sent> sent;
    const std::string bytes = SomeFrames(&random, &sent);
    FrameReader reader(1 << 20);
    std::vector<Sent> got;
    std::string_view rest = bytes;
    const size_t largest_step = seed % 5 == 0 ? 7 : 100'000;
    if (largest_step == 7) rest = rest.substr(0, 20'000);
    while (!rest.empty()) {
      const size_t step =
          std::min<size_t>(rest.size(), 1 + random() % largest_step);
      // No more than there is room for: a reader gives room again once its
      // frames are taken.
      const size_t fed = std::min(step, reader.Space().size());
      ASSERT_GT(fed, 0u);
      Feed(&reader, rest.substr(0, fed));
      rest.remove_prefix(fed);
      ASSERT_TRUE(Drain(&reader, &got).ok());
    }
    ASSERT_LE(got.size(), sent.size());
    if (largest_step > 7) {
      ASSERT_EQ(got.size(), sent.size());
    }
    ASSERT_FALSE(got.empty());
    for (size_t i = 0; i < got.size(); ++i) {
      ASSERT_TRUE(got[i] == sent[i]) << "seed " << seed << ", frame " << i;
    }
  }
}

TEST(FrameReaderTest, ALargeFrameDoesNotKeepItsMemory) {
  FrameReader reader(64 << 20);
  Feed(&reader, Encode(ResultFrame(JobKind::kParse, 1), "").substr(0, 3));
  const size_t usual = reader.Space().size();
  Feed(&reader, Encode(ResultFrame(JobKind::kParse, 1), "").substr(3));
  std::vector<Sent> frames;
  ASSERT_TRUE(Drain(&reader, &frames).ok());

  const std::string large =
      Encode(ResultFrame(JobKind::kParse, 2), std::string(20 << 20, 'x'));
  Feed(&reader, large.substr(0, sizeof(FrameHeader)));
  ASSERT_TRUE(Drain(&reader, &frames).ok());
  Feed(&reader, large.substr(sizeof(FrameHeader)));
  ASSERT_TRUE(Drain(&reader, &frames).ok());
  ASSERT_EQ(frames.size(), 2u);
  EXPECT_EQ(frames[1].payload.size(), size_t{20} << 20);
  EXPECT_LE(reader.Space().size(), usual + 3);
}

TEST(FrameReaderTest, RefusesWhatIsNoFrame) {
  EXPECT_EQ(ReadAll("this is certainly no frame").code(),
            absl::StatusCode::kDataLoss);
  FrameHeader header = ResultFrame(JobKind::kParse, 1);
  header.type = static_cast<FrameType>(9);
  EXPECT_EQ(ReadAll(Encode(header, "x")).code(), absl::StatusCode::kDataLoss);
  header = ResultFrame(JobKind::kParse, 1);
  header.flags = 0x80;
  EXPECT_EQ(ReadAll(Encode(header, "x")).code(), absl::StatusCode::kDataLoss);
  header.flags = FrameHeader::kInSlot;
  EXPECT_EQ(ReadAll(Encode(header, "")).code(), absl::StatusCode::kDataLoss)
      << "a result in a slot";
}

TEST(FrameReaderTest, RefusesALengthBeforeItMakesRoomForIt) {
  FrameReader reader(1000);
  FrameHeader header = ResultFrame(JobKind::kParse, 1);
  header.payload_size = 0xffffffff;
  Feed(&reader, std::string_view(reinterpret_cast<const char*>(&header),
                                 sizeof(header)));
  // Making room before looking at the header must not believe it either.
  EXPECT_LT(reader.Space().size(), size_t{1} << 20);
  std::vector<Sent> frames;
  EXPECT_EQ(Drain(&reader, &frames).code(),
            absl::StatusCode::kResourceExhausted);
}

TEST(FrameReaderTest, TakesTheLargestFrameAndNotOneByteMore) {
  const FrameHeader header = ResultFrame(JobKind::kParse, 1);
  EXPECT_TRUE(ReadAll(Encode(header, std::string(1000, 'x')), 1000).ok());
  EXPECT_FALSE(ReadAll(Encode(header, std::string(1001, 'x')), 1000).ok());
}

class FrameWriterTest : public testing::Test {
 protected:
  FrameWriterTest() {
    int fds[2];
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds), 0);
    ours_ = UniqueFd(fds[0]);
    theirs_ = UniqueFd(fds[1]);
  }

  UniqueFd ours_;
  UniqueFd theirs_;
};

TEST_F(FrameWriterTest, PiecesOfAPayloadArriveInARow) {
  FrameWriter writer;
  writer.Add(JobFrame(JobKind::kProcess, 7), {"one ", "", "two ", "three"});
  EXPECT_EQ(writer.untouched_frames(), 1u);
  EXPECT_EQ(*writer.WriteTo(ours_.get()), true);
  EXPECT_TRUE(writer.empty());

  FrameReader reader(1000);
  ASSERT_TRUE(reader.ReadFrom(theirs_.get()).ok());
  std::vector<Sent> frames;
  ASSERT_TRUE(Drain(&reader, &frames).ok());
  ASSERT_EQ(frames.size(), 1u);
  EXPECT_EQ(frames[0].payload, "one two three");
  EXPECT_EQ(frames[0].header.job_id, 7u);
  EXPECT_EQ(frames[0].header.kind, static_cast<uint16_t>(JobKind::kProcess));
}

TEST_F(FrameWriterTest, WhatASocketDoesNotTakeAtOnceFollowsLater) {
  const std::string payload(100'000, 'p');
  FrameWriter writer;
  for (uint64_t id = 1; id <= 100; ++id) {
    writer.Add(JobFrame(JobKind::kProcess, id),
               {std::string_view(payload).substr(0, id * 1000)});
  }
  FrameReader reader(200'000);
  std::vector<Sent> frames;
  bool had_to_wait = false;
  while (frames.size() < 100) {
    absl::StatusOr<bool> done = writer.WriteTo(ours_.get());
    ASSERT_TRUE(done.ok());
    had_to_wait |= !*done;
    EXPECT_EQ(writer.empty(), *done);
    ASSERT_TRUE(reader.ReadFrom(theirs_.get()).ok());
    ASSERT_TRUE(Drain(&reader, &frames).ok());
  }
  EXPECT_TRUE(had_to_wait);
  for (size_t i = 0; i < frames.size(); ++i) {
    EXPECT_EQ(frames[i].header.job_id, i + 1);
    EXPECT_EQ(frames[i].payload.size(), (i + 1) * 1000);
  }
}

TEST_F(FrameWriterTest, SaysThatTheOtherSideIsGone) {
  theirs_.Close();
  FrameWriter writer;
  writer.Add(JobFrame(JobKind::kProcess, 1), {"payload"});
  EXPECT_EQ(writer.WriteTo(ours_.get()).status().code(),
            absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace gongkai::ipc
