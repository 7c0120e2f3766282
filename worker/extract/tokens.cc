// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/tokens.h"

#include <algorithm>

#include "worker/extract/utf8.h"
#include "worker/input/characters.h"

namespace gongkai::extract {
namespace {

// The longest label of the forms has 42 characters, its longest variant seen
// about 60; anything longer is prose.
constexpr size_t kLongestLabel = 240;

// A paragraph that holds a whole table has at least this many labels among the
// parts that white space separates.
constexpr int kLabelsOfTable = 8;

// And at least this many parts: a table has some 200 cells, while a sentence
// has a space beside each number at most.
constexpr int kPartsOfTable = 60;

// Shorter paragraphs hold no table.
constexpr size_t kShortestTable = 300;

constexpr std::string_view kSpaces = " \t\n";

bool IsSpace(char c) { return kSpaces.find(c) != std::string_view::npos; }

// True if the text has at least so many spaces. Prose has few, and to jump from
// one to the next is quick.
bool HasSpaces(std::string_view text, int count) {
  size_t at = 0;
  for (; count > 0; --count) {
    at = text.find(' ', at);
    if (at == std::string_view::npos) return false;
    ++at;
  }
  return true;
}

}  // namespace

void Tokenizer::Tokenize(const input::Document& document,
                         std::vector<Token>* tokens) {
  tokens->clear();
  const input::Row* const rows = document.rows().data();
  const input::Piece* const pieces = document.pieces().data();
  uint32_t row_number = 0;
  for (const input::Block& block : document.blocks()) {
    const bool paragraph = block.kind == input::BlockKind::kParagraph;
    const input::Row* const rows_end = rows + block.first_row + block.row_count;
    for (const input::Row* row = rows + block.first_row; row < rows_end;
         ++row) {
      ++row_number;
      int32_t column = -1;
      const input::Piece* piece = pieces + row->first_piece;
      const input::Piece* const pieces_end = piece + row->piece_count;
      for (; piece < pieces_end; ++piece) {
        if (block.placed) ++column;
        if (piece->covered) continue;
        if (paragraph && piece->text.size() >= kShortestTable &&
            SplitLine(piece->text, row_number, tokens)) {
          continue;
        }
        Append(piece->text, block.kind, column, row_number, tokens);
      }
    }
  }
}

inline void Tokenizer::Append(std::string_view text, input::BlockKind kind,
                              int32_t column, uint32_t row,
                              std::vector<Token>* tokens) {
  Token& token = tokens->emplace_back();
  token.block_kind = kind;
  token.column = column;
  token.row = row;
  token.text = text;
  // Most pieces are numbers, and they look like it.
  const int64_t number = ValueParser::PlainNumber(text);
  if (number >= 0) {
    token.kind = TokenKind::kNumber;
    token.value.kind = Value::Kind::kNumber;
    token.value.digits = number;
  } else if (text.empty()) {
    token.kind = TokenKind::kBlank;
  } else {
    AppendOther(tokens);
  }
}

// The last token, which is no plain number.
void Tokenizer::AppendOther(std::vector<Token>* tokens) {
  Token& token = tokens->back();
  if (ClassifyKnown(&token)) return;
  ClassifyUnknown(&token);
  if (token.kind != TokenKind::kText) return;
  const std::string_view text = token.text;
  if (text.find(' ') != std::string_view::npos) {
    SplitLabels(tokens);
  } else if (text.back() >= '0' && text.back() <= '9') {
    ClassifyGlued(&token, tokens);
  }
}

// "group label" and "label label label": labels that stand side by side with
// single spaces between them, as in text from PDF; the last may go on in the
// next line, or be a value. The last token becomes several if all its parts
// but the last are labels.
void Tokenizer::SplitLabels(std::vector<Token>* tokens) {
  const Token whole = tokens->back();
  const size_t before = tokens->size() - 1;
  tokens->pop_back();
  std::string_view rest = whole.text;
  while (!rest.empty()) {
    const size_t space = std::min(rest.find(' '), rest.size());
    Token part = whole;
    part.text = rest.substr(0, space);
    rest.remove_prefix(std::min(rest.size(), space + 1));
    if (part.text.empty()) continue;
    Classify(&part);
    if (part.kind != TokenKind::kLabel && !rest.empty()) {
      tokens->resize(before);
      tokens->push_back(whole);
      return;
    }
    tokens->push_back(part);
  }
}

void Tokenizer::Classify(Token* token) {
  if (!ClassifyKnown(token)) ClassifyUnknown(token);
}

// False, and nothing done, for a text that is not known letter for letter.
inline bool Tokenizer::ClassifyKnown(Token* token) {
  if (token->text.size() > kLongestLabel) return false;
  const KnownText* const known = known_.Find(token->text);
  if (known == nullptr) return false;
  token->label = known->label;
  if (known->label != nullptr) {
    token->kind = TokenKind::kLabel;
    token->value.kind = Value::Kind::kText;
  } else {
    token->kind = TokenKind::kNotApplicable;
    token->value.kind = Value::Kind::kNotApplicable;
  }
  return true;
}

void Tokenizer::ClassifyUnknown(Token* token) {
  const std::string_view text = token->text;
  if (text.size() > kLongestLabel) {
    token->kind = TokenKind::kProse;
    return;
  }
  token->value = values_.Parse(text);
  switch (token->value.kind) {
    case Value::Kind::kBlank:
      token->kind = TokenKind::kBlank;
      return;
    case Value::Kind::kNumber:
      token->kind = TokenKind::kNumber;
      return;
    case Value::Kind::kNotApplicable:
      token->kind = TokenKind::kNotApplicable;
      return;
    case Value::Kind::kText:
      break;
  }
  if (input::IsPageNumber(text)) {
    token->kind = TokenKind::kPageNumber;
    return;
  }
  token->may_begin_label = labels_.MayBeLabel(text, normalizer_);
  if (!token->may_begin_label) return;
  token->label = labels_.Find(Normalized(*token));
  if (token->label != nullptr) token->kind = TokenKind::kLabel;
}

// "label000": a row's label with its values glued to it. The digits become a
// token of their own, marked so that they are bound only if they can be proved.
bool Tokenizer::ClassifyGlued(Token* token, std::vector<Token>* tokens) {
  size_t end = token->text.size();
  while (end > 0 && token->text[end - 1] >= '0' &&
         token->text[end - 1] <= '9') {
    --end;
  }
  const std::string_view digits = token->text.substr(end);
  Token label = *token;
  label.text = token->text.substr(0, end);
  label.label = labels_.Find(Normalized(label));
  if (label.label == nullptr || label.label->row == v1::ROW_UNSPECIFIED) {
    return false;
  }
  label.kind = TokenKind::kLabel;
  Token number = *token;
  number.text = digits;
  number.glued = true;
  Classify(&number);
  *token = label;
  tokens->push_back(number);
  return true;
}

// A paragraph may be a whole report on one line: its parts are what white space
// separates. Appends them and returns true if enough of them are labels.
bool Tokenizer::SplitLine(std::string_view text, uint32_t row,
                          std::vector<Token>* tokens) {
  if (!HasSpaces(text, kPartsOfTable)) return false;
  const size_t before = tokens->size();
  // As a rule there are no others, and to jump from one to the next is quick.
  const bool spaces_alone = text.find('\n') == std::string_view::npos &&
                            text.find('\t') == std::string_view::npos;
  int labels = 0;
  for (size_t at = 0; at < text.size();) {
    if (IsSpace(text[at])) {
      ++at;
      continue;
    }
    const size_t end = std::min(
        spaces_alone ? text.find(' ', at) : text.find_first_of(kSpaces, at),
        text.size());
    Append(text.substr(at, end - at), input::BlockKind::kCells,
           /*column=*/-1, row, tokens);
    labels += tokens->back().kind == TokenKind::kLabel;
    at = end;
  }
  if (labels >= kLabelsOfTable) return true;
  tokens->resize(before);
  return false;
}

}  // namespace gongkai::extract
