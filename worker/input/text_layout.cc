// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/text_layout.h"

#include <string_view>

#include "absl/types/span.h"
#include "worker/input/bar_text.h"
#include "worker/input/characters.h"
#include "worker/input/column_text.h"
#include "worker/input/lone_bars.h"
#include "worker/input/rejection.h"
#include "worker/input/tab_text.h"
#include "worker/input/text_lines.h"

namespace gongkai::input {
namespace {

// Every line makes a piece, and every tab or bar parts two; only the marks of
// rows and of blank cells make none. So many lines, or marks, are allowed for
// each piece, that no real layout comes near.
constexpr size_t kMarksPerPiece = 4;

// One control character in so many bytes is an accident, more are no text.
constexpr size_t kBytesPerControlCharacter = 100;

// A Markdown heading's text: without the number signs around.
std::string_view WithoutHeadingMarks(std::string_view line) {
  size_t level = 0;
  while (level < line.size() && line[level] == '#') ++level;
  if (level == 0 || level > 6 || level == line.size()) return line;
  if (level == 1 && SpaceAt(line.data() + 1, line.data() + line.size()) == 0) {
    return line;
  }
  line.remove_prefix(level);
  while (!line.empty() && line.back() == '#') line.remove_suffix(1);
  return Trim(line);
}

// A line of running text without what marks it in Markdown.
inline std::string_view WithoutMarks(std::string_view line) {
  switch (line.front()) {
    case '#':
      return WithoutEmphasis(WithoutHeadingMarks(line));
    case '*':
    case '_':
      return WithoutEmphasis(line);
    default:
      return line;
  }
}

void AddParagraphs(const TextLines& lines, size_t begin, size_t end,
                   DocumentBuilder* builder) {
  const std::string_view text = builder->text();
  const TextLine* const first = lines.lines().data() + begin;
  builder->AddParagraphs(end - begin, [&](size_t i) {
    return WithoutMarks(
        text.substr(first[i].begin, first[i].end - first[i].begin));
  });
}

}  // namespace

absl::Status ReadTextLayout(DocumentBuilder* builder) {
  const std::string_view text = builder->text();
  TextLines& lines = builder->lines();
  const size_t max_marks =
      static_cast<size_t>(builder->max_pieces()) * kMarksPerPiece;
  const bool within_limits = lines.Scan(text, max_marks, max_marks);
  if (lines.control_characters() * kBytesPerControlCharacter > text.size()) {
    return Reject(
        v1::OUTCOME_UNSUPPORTED_FORMAT,
        "这不是文本：内容里有大量控制字符。请提交文本或 Markdown 文件。",
        "This is no text: it is full of control characters. Submit "
        "a text or Markdown file.");
  }
  if (!within_limits) return TooManyPieces(builder->max_pieces());

  ColumnReader columns(lines, builder);
  // Lines from `paragraphs` to `i` are running text, as far as is known.
  size_t paragraphs = 0;
  size_t i = 0;
  const auto end_paragraphs = [&](size_t end) {
    AddParagraphs(lines, paragraphs, end, builder);
  };
  const absl::Span<const TextLine> all = lines.lines();
  while (i < all.size() && !builder->full()) {
    const TextLine& line = all[i];
    switch (line.kind) {
      case LineKind::kText:
        if (i + 1 < all.size() && all[i + 1].kind == LineKind::kBar &&
            BeginsLoneBars(text, lines, i)) {
          end_paragraphs(i);
          paragraphs = i = AddLoneBars(lines, i, builder);
        } else if (MayHaveCells(text, line)) {
          const ColumnTable table = columns.Find(paragraphs, i);
          if (table.begin == table.end) {
            ++i;
          } else {
            end_paragraphs(table.begin);
            columns.Add(table);
            paragraphs = i = table.end;
          }
        } else {
          ++i;
        }
        break;
      case LineKind::kTabCell:
      case LineKind::kTabRow:
        end_paragraphs(i);
        paragraphs = i = AddTabTable(lines, i, builder);
        break;
      case LineKind::kBar:
      case LineKind::kBars:
      case LineKind::kCellBar:
      case LineKind::kBarRow:
        end_paragraphs(i);
        paragraphs = i = BeginsLoneBars(text, lines, i)
                             ? AddLoneBars(lines, i, builder)
                             : AddBarTable(lines, i, builder);
        break;
    }
  }
  end_paragraphs(i);
  if (builder->full()) return TooManyPieces(builder->max_pieces());
  return absl::OkStatus();
}

}  // namespace gongkai::input
