// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/html/html_page.h"

#include <algorithm>
#include <string>
#include <utility>

#include "worker/input/html/html_tokenizer.h"
#include "worker/input/rejection.h"

namespace gongkai::input {
namespace {

using Kind = HtmlNode::Kind;

absl::Status TooDeep(int64_t limit) {
  const std::string most = std::to_string(limit);
  return Reject(v1::OUTCOME_LIMIT_EXCEEDED,
                "网页的元素嵌套超过上限（" + most +
                    " 层）。请把报告正文另存为 Word 或文本文件后再提交。",
                "The page's elements are nested deeper than the limit of " +
                    most +
                    ". Save the report's own text as a Word or text file and "
                    "submit that.");
}

absl::Status TooManyNodes(int64_t limit) {
  const std::string most = std::to_string(limit);
  return Reject(v1::OUTCOME_LIMIT_EXCEEDED,
                "网页的标签和文字段超过上限（" + most +
                    " 个）。请只提交一份年度报告所在的网页。",
                "The page has more tags and pieces of text than the limit of " +
                    most + ". Submit the page of one report alone.");
}

bool IsSpaceOnly(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f';
  });
}

char Lower(char c) { return static_cast<char>(c | 32); }

bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return Lower(x) == Lower(y); });
}

}  // namespace

// Keeps the stack of open elements. Elements within lines (<span>, <b>, …) are
// on it only inside what is hidden: elsewhere nothing depends on where they
// end.
class HtmlPageBuilder {
 public:
  HtmlPageBuilder(std::string_view text, const Limits& limits, HtmlPage* page)
      : limits_(limits), page_(*page), tokenizer_(text) {
    page_.text_ = text;
    page_.nodes_.clear();
    page_.nodes_.emplace_back();
    page_.title_ = {};
    page_.scripts_ = 0;
    page_.embedded_ = 0;
  }

  absl::Status Build() {
    HtmlToken token;
    int64_t tokens = 0;
    while (tokenizer_.Next(&token)) {
      if (++tokens > limits_.max_html_nodes) {
        return TooManyNodes(limits_.max_html_nodes);
      }
      switch (token.kind) {
        case HtmlToken::Kind::kText:
          AddText(token);
          break;
        case HtmlToken::Kind::kStart:
          StartTag(token);
          break;
        case HtmlToken::Kind::kEnd:
          EndTag(token);
          break;
      }
      if (static_cast<int64_t>(open_.size()) > limits_.max_html_depth) {
        return TooDeep(limits_.max_html_depth);
      }
    }
    place_ = static_cast<uint32_t>(page_.text_.size());
    PopTo(0);
    return absl::OkStatus();
  }

 private:
  // No node: an element that is not shown.
  static constexpr uint32_t kNoNode = 0xFFFFFFFF;

  struct Open {
    HtmlTag tag;
    bool hidden;
    std::string_view name;
    uint32_t node = kNoNode;  // of a table or cell
    // Of a table: where text outside its cells goes, what is known of its row
    // group, and how many cells it has.
    uint32_t before = 0;
    bool begins_group = true;
    bool group_hidden = false;
    char group = '\0';  // the open one's second letter: b, h or f
    uint32_t cells = 0;
  };

  // Nodes.

  // Appends a node behind `tail`, which moves on.
  uint32_t AppendAt(uint32_t* tail, Kind kind, uint32_t begin, uint32_t end) {
    const auto index = static_cast<uint32_t>(page_.nodes_.size());
    HtmlNode node;
    node.kind = kind;
    node.begin = begin;
    node.end = end;
    node.flags = static_cast<uint8_t>((link_ ? HtmlNode::kLink : 0) |
                                      (chrome_ > 0 ? HtmlNode::kChrome : 0) |
                                      (heading_ > 0 ? HtmlNode::kHeading : 0));
    node.next = page_.nodes_[*tail].next;
    page_.nodes_[*tail].next = index;
    *tail = index;
    page_.nodes_.push_back(node);
    return index;
  }

  // Where text goes: what stands in a table but in no cell comes before it.
  uint32_t* Tail() {
    return IsFostered() ? &open_[contexts_.back()].before : &last_;
  }

  void EndParagraph() {
    link_ = false;
    if (hidden_ > 0) return;
    uint32_t* const tail = Tail();
    const Kind kind = page_.nodes_[*tail].kind;
    if (kind != Kind::kParagraph && kind != Kind::kCell && *tail != 0) {
      AppendAt(tail, Kind::kParagraph, 0, 0);
    }
  }

  void EndLine() {
    if (hidden_ == 0) AppendAt(Tail(), Kind::kLineEnd, place_, 0);
  }

  void AddText(const HtmlToken& token) {
    if (hidden_ > 0) return;
    uint32_t* const tail = Tail();
    // Between tags white space is text only where it parts two words.
    if ((IsFostered() || page_.nodes_[*tail].kind != Kind::kText) &&
        preformatted_ == 0 &&
        IsSpaceOnly(page_.text_.substr(token.begin, token.end - token.begin))) {
      return;
    }
    if (preformatted_ > 0) return AddLines(token);
    AppendAt(tail, Kind::kText, static_cast<uint32_t>(token.begin),
             static_cast<uint32_t>(token.end));
  }

  void AddLines(const HtmlToken& token) {
    size_t begin = token.begin;
    while (begin < token.end) {
      const size_t end = std::min(page_.text_.find('\n', begin), token.end);
      if (end > begin) {
        AppendAt(Tail(), Kind::kText, static_cast<uint32_t>(begin),
                 static_cast<uint32_t>(end));
      }
      if (end < token.end) {
        AppendAt(Tail(), Kind::kLineEnd, static_cast<uint32_t>(end), 0);
      }
      begin = end + 1;
    }
  }

  // The stack of open elements.

  // The innermost table or cell is a table: no cell is open in it.
  bool IsFostered() const {
    return !contexts_.empty() && open_[contexts_.back()].tag == HtmlTag::kTable;
  }

  Open& Push(HtmlTag tag, std::string_view name, bool hidden) {
    Open& open = open_.emplace_back();
    open.tag = tag;
    open.name = name;
    open.hidden = hidden;
    Count(open, 1);
    return open;
  }

  void Count(const Open& open, int by) {
    hidden_ += open.hidden ? by : 0;
    open_tags_[static_cast<size_t>(open.tag)] += by;
    chrome_ += open.tag == HtmlTag::kChrome ? by : 0;
    heading_ += open.tag == HtmlTag::kHeading ? by : 0;
    preformatted_ += open.tag == HtmlTag::kPre ? by : 0;
  }

  void Pop() {
    const Open open = open_.back();
    const bool is_context =
        !contexts_.empty() && contexts_.back() == open_.size() - 1;
    open_.pop_back();
    if (is_context) contexts_.pop_back();
    Count(open, -1);
    if (is_context) {
      link_ = false;
      if (open.node == kNoNode) return;
      const bool is_table = open.tag == HtmlTag::kTable;
      page_.nodes_[open.node].pair =
          is_table ? AppendAt(&last_, Kind::kTableEnd, open.cells, 0)
                   : AppendAt(&last_, Kind::kCellEnd, place_, 0);
    } else if (IsBlock(open.tag)) {
      EndParagraph();
    }
  }

  // Closes the element at `index` and all inside it.
  void PopTo(size_t index) {
    while (open_.size() > index) Pop();
  }

  // One past the innermost open table or cell: an end tag closes nothing
  // outside it.
  size_t Bottom() const { return contexts_.empty() ? 0 : contexts_.back() + 1; }

  // Closes the innermost open element with the tag and, where it is given, the
  // name. False if there is none.
  bool Close(HtmlTag tag, std::string_view name = {}) {
    if (open_tags_[static_cast<size_t>(tag)] == 0) return false;
    for (size_t i = open_.size(); i > Bottom(); --i) {
      const Open& open = open_[i - 1];
      if (open.tag == tag &&
          (name.empty() || EqualsIgnoringCase(open.name, name))) {
        PopTo(i - 1);
        return true;
      }
    }
    return false;
  }

  // A list item ends the one before it, unless a list or the like was opened
  // in that one.
  void CloseItem(HtmlTag tag) {
    if (open_tags_[static_cast<size_t>(tag)] == 0) return;
    for (size_t i = open_.size(); i > Bottom(); --i) {
      const Open& open = open_[i - 1];
      if (open.tag == tag) return PopTo(i - 1);
      const bool passes = open.tag == HtmlTag::kP ||
                          open.tag == HtmlTag::kInline ||
                          (open.tag == HtmlTag::kBlock &&
                           (EqualsIgnoringCase(open.name, "div") ||
                            EqualsIgnoringCase(open.name, "address")));
      if (!passes) return;
    }
  }

  // Start tags.

  void StartTag(const HtmlToken& token) {
    place_ = static_cast<uint32_t>(token.begin);
    const bool shown = hidden_ == 0 && !token.hidden;
    switch (token.tag) {
      case HtmlTag::kA:
        link_ = token.link;
        [[fallthrough]];
      case HtmlTag::kInline:
        if (!shown) Push(token.tag, token.name, token.hidden);
        return;
      case HtmlTag::kBr:
        return EndLine();
      case HtmlTag::kImg:
        if (shown) AppendAt(Tail(), Kind::kPicture, 0, 0);
        return;
      case HtmlTag::kEmbedded:
      case HtmlTag::kIframe:
        page_.embedded_ += shown;
        return;
      case HtmlTag::kTitle:
        if (page_.title_.data() == nullptr) page_.title_ = token.content;
        return;
      case HtmlTag::kScript:
        ++page_.scripts_;
        return;
      case HtmlTag::kHidden:
        // A <select> cannot stand in another.
        if (!Close(HtmlTag::kHidden, token.name)) {
          Push(token.tag, token.name, /*hidden=*/true);
        }
        return;
      case HtmlTag::kForeign:
        if (!token.self_closing) Push(token.tag, token.name, /*hidden=*/true);
        return;
      case HtmlTag::kForm:
        if (std::exchange(in_form_, true)) return;
        [[fallthrough]];
      case HtmlTag::kHr:
        Close(HtmlTag::kP);
        return EndParagraph();
      case HtmlTag::kLi:
      case HtmlTag::kDdDt:
        CloseItem(token.tag);
        return OpenBlock(token);
      case HtmlTag::kHeading:
        Close(HtmlTag::kP);
        if (!open_.empty() && open_.back().tag == HtmlTag::kHeading) Pop();
        return OpenBlock(token);
      case HtmlTag::kBlock:
      case HtmlTag::kP:
      case HtmlTag::kPre:
      case HtmlTag::kChrome:
        return OpenBlock(token);
      case HtmlTag::kTable:
        return StartTable(token);
      case HtmlTag::kColumns:
        ClearToTable();
        return;
      case HtmlTag::kRowGroup:
        if (ClearToTable()) BeginGroup(token.hidden, Lower(token.name[1]));
        return;
      case HtmlTag::kTr:
        if (ClearToTable()) StartRow(token.hidden);
        return;
      case HtmlTag::kCaption:
        // As a row of its own: the table's other columns are blank in it.
        if (ClearToTable()) {
          StartRow(token.hidden);
          open_.back().tag = HtmlTag::kCaption;  // no row that cells go on with
          StartCell(token);
        }
        return;
      case HtmlTag::kTd:
      case HtmlTag::kTh:
        if (StartRowOfCell()) StartCell(token);
        return;
      case HtmlTag::kIgnored:
      case HtmlTag::kVoid:
      case HtmlTag::kRaw:
        return;
    }
  }

  void OpenBlock(const HtmlToken& token) {
    Close(HtmlTag::kForeign);
    Close(HtmlTag::kP);
    EndParagraph();
    Push(token.tag, token.name, token.hidden);
  }

  void StartTable(const HtmlToken& token) {
    Close(HtmlTag::kForeign);
    // A table that stands in a table, but in no cell of it, ends it.
    if (IsFostered()) PopTo(contexts_.back());
    Close(HtmlTag::kP);
    EndParagraph();
    const uint32_t before = last_;
    ++tables_;
    uint32_t node = kNoNode;
    if (hidden_ == 0 && !token.hidden) {
      node = AppendAt(&last_, Kind::kTable, tables_, 0);
    }
    Open& open = Push(token.tag, token.name, token.hidden);
    open.node = node;
    open.before = before;
    contexts_.push_back(open_.size() - 1);
  }

  // Closes the open cell, its row and what is open in it, as the tags of rows
  // and groups do. False if no table is open.
  bool ClearToTable() {
    if (contexts_.empty()) return false;
    if (!IsFostered()) PopTo(contexts_.back());
    PopTo(contexts_.back() + 1);
    link_ = false;
    return true;
  }

  void BeginGroup(bool hidden, char group) {
    Open& table = open_[contexts_.back()];
    table.begins_group = true;
    table.group_hidden = hidden;
    table.group = group;
  }

  void EndGroup(char group) {
    const size_t table =
        IsFostered() ? contexts_.back() : contexts_[contexts_.size() - 2];
    if (open_[table].group != group) return;
    ClearToTable();
    BeginGroup(/*hidden=*/false, '\0');
  }

  void StartRow(bool hidden) {
    Open& table = open_[contexts_.back()];
    hidden = hidden || table.group_hidden;
    if (table.group == '\0') table.group = 'b';
    if (hidden_ == 0 && !hidden) {
      const uint32_t row = AppendAt(&last_, Kind::kRow, 0, 0);
      if (table.begins_group) {
        page_.nodes_[row].flags |= HtmlNode::kBeginsGroup;
      }
      table.begins_group = false;
    }
    Push(HtmlTag::kTr, "tr", hidden);
  }

  // Closes the cell before, and starts a row where there is none. False if no
  // table is open.
  bool StartRowOfCell() {
    if (contexts_.empty()) return false;
    if (!IsFostered()) PopTo(contexts_.back());
    link_ = false;
    const size_t row = contexts_.back() + 1;
    if (open_.size() > row && open_[row].tag == HtmlTag::kTr) {
      PopTo(row + 1);
    } else {
      PopTo(row);
      StartRow(/*hidden=*/false);
    }
    return true;
  }

  void StartCell(const HtmlToken& token) {
    uint32_t node = kNoNode;
    if (hidden_ == 0 && !token.hidden) {
      const auto most = static_cast<uint32_t>(limits_.max_html_span);
      const uint32_t rows = token.rowspan == 0 ? most : token.rowspan;
      node = AppendAt(&last_, Kind::kCell,
                      std::clamp<uint32_t>(token.colspan, 1, most),
                      std::min(rows, most));
      ++open_[contexts_.back()].cells;
    }
    Push(token.tag, token.name, token.hidden).node = node;
    contexts_.push_back(open_.size() - 1);
  }

  // End tags.

  void EndTag(const HtmlToken& token) {
    place_ = static_cast<uint32_t>(token.begin);
    switch (token.tag) {
      case HtmlTag::kA:
        link_ = false;
        [[fallthrough]];
      case HtmlTag::kInline:
        if (hidden_ > 0) CloseInline(token);
        return;
      case HtmlTag::kHidden:
      case HtmlTag::kForeign:
        Close(token.tag, token.name);
        return;
      case HtmlTag::kBr:
        return EndLine();
      case HtmlTag::kForm:
        if (std::exchange(in_form_, false)) EndParagraph();
        return;
      case HtmlTag::kP:
        if (!Close(HtmlTag::kP)) EndParagraph();
        return;
      case HtmlTag::kHeading:
      case HtmlTag::kLi:
        Close(token.tag);
        return;
      case HtmlTag::kBlock:
      case HtmlTag::kPre:
      case HtmlTag::kChrome:
      case HtmlTag::kDdDt:
        Close(token.tag, token.name);
        return;
      case HtmlTag::kTable:
        if (ClearToTable()) PopTo(contexts_.back());
        return;
      case HtmlTag::kRowGroup:
        if (!contexts_.empty()) EndGroup(Lower(token.name[1]));
        return;
      case HtmlTag::kTr:
        ClearToTable();
        return;
      case HtmlTag::kTd:
      case HtmlTag::kTh:
      case HtmlTag::kCaption:
        if (!contexts_.empty() && open_[contexts_.back()].tag == token.tag) {
          PopTo(contexts_.back());
        }
        return;
      default:
        return;
    }
  }

  // What is open within a line, as far as the block around it.
  void CloseInline(const HtmlToken& token) {
    for (size_t i = open_.size(); i > Bottom(); --i) {
      const Open& open = open_[i - 1];
      if (open.tag != HtmlTag::kInline && open.tag != HtmlTag::kA) return;
      if (open.tag == token.tag && EqualsIgnoringCase(open.name, token.name)) {
        return PopTo(i - 1);
      }
    }
  }

  const Limits& limits_;
  HtmlPage& page_;
  HtmlTokenizer tokenizer_;
  std::vector<Open> open_;
  // Where in open_ the tables, cells and captions are.
  std::vector<size_t> contexts_;
  // How many of each tag are open.
  uint32_t open_tags_[64] = {};
  uint32_t last_ = 0;
  uint32_t place_ = 0;
  uint32_t tables_ = 0;
  int hidden_ = 0;
  int chrome_ = 0;
  int heading_ = 0;
  int preformatted_ = 0;
  bool link_ = false;
  bool in_form_ = false;
};

absl::Status HtmlPage::Read(std::string_view page, const Limits& limits) {
  return HtmlPageBuilder(page, limits, this).Build();
}

}  // namespace gongkai::input
