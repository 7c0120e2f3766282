// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/doc/word_file.h"

#include <algorithm>
#include <optional>
#include <string>

#include "worker/input/doc/little_endian.h"
#include "worker/input/doc/rejections.h"
#include "worker/input/rejection.h"

namespace gongkai::input {
namespace {

using std::string_view_literals::operator""sv;

constexpr uint16_t kWordIdent = 0xA5EC;
// The first version whose text is found through a piece table: Word 97.
constexpr uint16_t kWord97 = 0x00C1;

// Bits of the flags at 0x0A.
constexpr uint16_t kEncrypted = 0x0100;
constexpr uint16_t kTable1 = 0x0200;

// What a compound file without a Word document is, by a stream of its root.
constexpr struct {
  std::string_view stream;
  const char* chinese;
  const char* english;
} kOtherFiles[] = {
    {"Workbook", "旧版 Excel 工作簿（XLS）", "an old Excel workbook (XLS)"},
    {"Book", "旧版 Excel 工作簿（XLS）", "an old Excel workbook (XLS)"},
    {"PowerPoint Document", "旧版演示文稿（PPT）",
     "an old PowerPoint presentation (PPT)"},
    {"__properties_version1.0", "Outlook 邮件", "an Outlook message"},
    {"MatOST", "Microsoft Works 文档", "a Microsoft Works document"},
};

absl::Status NoWordFile(const CompoundFile& file) {
  if (file.Has("EncryptedPackage")) return Encrypted();
  for (const auto& other : kOtherFiles) {
    if (!file.Has(other.stream)) continue;
    return Reject(v1::OUTCOME_UNSUPPORTED_FORMAT,
                  std::string("这是") + other.chinese +
                      "，不是 Word 文档。请提交年度报告本身。",
                  std::string("This is ") + other.english +
                      ", not a Word document. Submit the report itself.");
  }
  return Reject(
      v1::OUTCOME_UNSUPPORTED_FORMAT,
      "这是 OLE 复合文件，但其中没有 Word 文档。请把报告另存为 DOCX 或 PDF "
      "后再提交。",
      "This is an OLE compound file without a Word document in it. Save the "
      "report as DOCX or PDF and submit that.");
}

// The first part of the file information block: what is needed of it.
struct FileInformation {
  uint16_t version = 0;
  uint16_t flags = 0;
  uint32_t text_characters = 0;
  // Pairs of offset and size in the table stream.
  std::string_view places;

  // The place with this number in the table stream; empty if there is none.
  std::string_view Part(std::string_view table, size_t number) const {
    const size_t at = 8 * number;
    if (at + 8 > places.size()) return {};
    const std::string_view part =
        Slice(table, U32(places, at), U32(places, at + 4));
    return part.size() == U32(places, at + 4) ? part : std::string_view();
  }
};

// Numbers of places.
constexpr size_t kCharacterPages = 12;
constexpr size_t kParagraphPages = 13;
constexpr size_t kPieceTable = 33;
constexpr size_t kLists = 73;
constexpr size_t kListUses = 74;

FileInformation ReadInformation(std::string_view main) {
  FileInformation information;
  information.version = U16(main, 0x02);
  information.flags = U16(main, 0x0A);
  // Three arrays, each behind its length.
  size_t at = 0x20;
  at += 2 + size_t{2} * U16(main, at);
  const size_t longs = at + 2;
  at += 2 + size_t{4} * U16(main, at);
  information.text_characters = U32(main, longs + 12);
  information.places = Slice(main, at + 2, size_t{8} * U16(main, at));
  return information;
}

// Modifiers that are packed into a piece: the number there, and what they are
// elsewhere, for no and for yes. Of all of them those that are used here:
// in a table, ends a row, deleted, hidden.
constexpr struct {
  uint8_t number;
  std::string_view groups[2];
} kShortModifiers[] = {
    {0x18, {"\x16\x24\0"sv, "\x16\x24\1"sv}},
    {0x19, {"\x17\x24\0"sv, "\x17\x24\1"sv}},
    {0x41, {"\x00\x08\0"sv, "\x00\x08\1"sv}},
    {0x5C, {"\x3C\x08\0"sv, "\x3C\x08\1"sv}},
};

// Reads the pieces up to so many characters.
class PieceTable {
 public:
  explicit PieceTable(WordFile* word) : word_(*word) {}

  bool Read(std::string_view part, uint32_t characters) {
    // Groups of modifiers come first.
    while (U8(part, 0) == kGroup) {
      const std::string_view group = Slice(part, 3, U16(part, 1));
      if (group.size() != U16(part, 1) || part.size() < 3) return false;
      groups_.push_back(group);
      part.remove_prefix(3 + group.size());
    }
    if (U8(part, 0) != kPieces) return false;
    const uint32_t size = U32(part, 1);
    part = Slice(part, 5, size);
    if (size < kPlace || part.size() != size) return false;
    // n + 1 character positions, then n descriptors.
    const size_t count = (size - kPlace) / (kPlace + kDescriptor);
    uint64_t bytes = 0;
    uint32_t begin = U32(part, 0);
    if (begin != 0) return false;
    for (size_t i = 0; i < count && begin < characters; ++i) {
      const uint32_t end = U32(part, kPlace * (i + 1));
      if (end <= begin) return false;
      TextPiece piece;
      piece.count = std::min(end, characters) - begin;
      Describe(part.substr(kPlace * (count + 1) + kDescriptor * i, kDescriptor),
               &piece);
      const uint64_t length = uint64_t{piece.count} * piece.width();
      bytes += length;
      // Pieces that overlap would make much text out of few bytes.
      if (piece.offset + length > word_.main.size() ||
          bytes > word_.main.size()) {
        return false;
      }
      word_.pieces.push_back(piece);
      begin = end;
    }
    return begin >= characters;
  }

 private:
  static constexpr uint8_t kGroup = 1;
  static constexpr uint8_t kPieces = 2;
  static constexpr size_t kPlace = 4;
  static constexpr size_t kDescriptor = 8;

  void Describe(std::string_view descriptor, TextPiece* piece) const {
    const uint32_t offset = U32(descriptor, 2);
    piece->compressed = (offset & 0x40000000) != 0;
    piece->offset = offset & 0x3FFFFFFF;
    if (piece->compressed) piece->offset /= 2;
    const uint16_t modifier = U16(descriptor, 6);
    if ((modifier & 1) != 0) {
      const size_t group = modifier >> 1;
      if (group < groups_.size()) piece->modifiers = groups_[group];
      return;
    }
    const uint8_t number = modifier >> 1 & 0x7F;
    for (const auto& known : kShortModifiers) {
      if (known.number == number) {
        piece->modifiers = known.groups[(modifier >> 8) != 0];
      }
    }
  }

  WordFile& word_;
  std::vector<std::string_view> groups_;
};

}  // namespace

absl::Status OpenWordFile(CompoundFile* file, WordFile* word) {
  if (!file->Has("WordDocument")) return NoWordFile(*file);
  const std::optional<std::string_view> main = file->Stream("WordDocument");
  if (!main.has_value()) return Damaged();
  word->main = *main;
  const FileInformation information = ReadInformation(*main);
  const char* const table_name =
      (information.flags & kTable1) != 0 ? "1Table" : "0Table";
  if (information.version < kWord97 || !file->Has(table_name)) {
    // Versions of old have other numbers in the first place, and no table
    // stream; everything else without one is damaged.
    if (U16(*main, 0) == kWordIdent && information.version >= kWord97) {
      return Damaged();
    }
    return TooOld();
  }
  if (U16(*main, 0) != kWordIdent) return Damaged();
  if ((information.flags & kEncrypted) != 0) return Encrypted();
  const std::optional<std::string_view> table = file->Stream(table_name);
  if (!table.has_value()) return Damaged();
  if (file->Has("Data")) {
    const std::optional<std::string_view> data = file->Stream("Data");
    if (!data.has_value()) return Damaged();
    word->data = *data;
  }
  word->paragraph_pages = information.Part(*table, kParagraphPages);
  word->character_pages = information.Part(*table, kCharacterPages);
  word->lists = information.Part(*table, kLists);
  if (!word->lists.empty()) {
    // The levels of the lists stand behind the part.
    word->lists = table->substr(word->lists.data() - table->data());
  }
  word->list_uses = information.Part(*table, kListUses);
  const std::string_view pieces = information.Part(*table, kPieceTable);
  if (word->paragraph_pages.empty() || word->character_pages.empty() ||
      !PieceTable(word).Read(pieces, information.text_characters)) {
    return Damaged();
  }
  return absl::OkStatus();
}

}  // namespace gongkai::input
