// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/docx/xml.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>

#include "worker/input/rejection.h"

namespace gongkai::input {
namespace {

struct Name {
  std::string_view name;
  Tag tag = Tag::kOther;
};

constexpr Name kNames[] = {
    {"p", Tag::kP},
    {"r", Tag::kR},
    {"t", Tag::kT},
    {"br", Tag::kBr},
    {"cr", Tag::kCr},
    {"tc", Tag::kTc},
    {"tr", Tag::kTr},
    {"bdo", Tag::kBdo},
    {"del", Tag::kDel},
    {"dir", Tag::kDir},
    {"ins", Tag::kIns},
    {"lvl", Tag::kLvl},
    {"num", Tag::kNum},
    {"pPr", Tag::kPPr},
    {"rPr", Tag::kRPr},
    {"sdt", Tag::kSdt},
    {"sym", Tag::kSym},
    {"tab", Tag::kTab},
    {"tbl", Tag::kTbl},
    {"body", Tag::kBody},
    {"ilvl", Tag::kIlvl},
    {"pict", Tag::kPict},
    {"ptab", Tag::kPtab},
    {"ruby", Tag::kRuby},
    {"suff", Tag::kSuff},
    {"tcPr", Tag::kTcPr},
    {"trPr", Tag::kTrPr},
    {"isLgl", Tag::kIsLgl},
    {"numId", Tag::kNumId},
    {"numPr", Tag::kNumPr},
    {"sdtPr", Tag::kSdtPr},
    {"start", Tag::kStart},
    {"style", Tag::kStyle},
    {"hMerge", Tag::kHMerge},
    {"hidden", Tag::kHidden},
    {"moveTo", Tag::kMoveTo},
    {"numFmt", Tag::kNumFmt},
    {"object", Tag::kObject},
    {"pStyle", Tag::kPStyle},
    {"strike", Tag::kStrike},
    {"vMerge", Tag::kVMerge},
    {"vanish", Tag::kVanish},
    {"basedOn", Tag::kBasedOn},
    {"cellDel", Tag::kCellDel},
    {"drawing", Tag::kDrawing},
    {"dstrike", Tag::kDstrike},
    {"fldChar", Tag::kFldChar},
    {"lvlText", Tag::kLvlText},
    {"gridCol", Tag::kGridCol},
    {"tblGrid", Tag::kTblGrid},
    {"altChunk", Tag::kAltChunk},
    {"gridSpan", Tag::kGridSpan},
    {"moveFrom", Tag::kMoveFrom},
    {"rubyBase", Tag::kRubyBase},
    {"smartTag", Tag::kSmartTag},
    {"customXml", Tag::kCustomXml},
    {"fldSimple", Tag::kFldSimple},
    {"gridAfter", Tag::kGridAfter},
    {"hyperlink", Tag::kHyperlink},
    {"instrText", Tag::kInstrText},
    {"vertAlign", Tag::kVertAlign},
    {"gridBefore", Tag::kGridBefore},
    {"lvlRestart", Tag::kLvlRestart},
    {"sdtContent", Tag::kSdtContent},
    {"abstractNum", Tag::kAbstractNum},
    {"lvlOverride", Tag::kLvlOverride},
    {"txbxContent", Tag::kTxbxContent},
    {"numStyleLink", Tag::kNumStyleLink},
    {"abstractNumId", Tag::kAbstractNumId},
    {"noBreakHyphen", Tag::kNoBreakHyphen},
    {"showingPlcHdr", Tag::kShowingPlcHdr},
    {"startOverride", Tag::kStartOverride},
};

// The names of one length stand together: where each length begins.
constexpr size_t kLongestName = 16;
constexpr auto kFirstOfLength = [] {
  std::array<size_t, kLongestName + 2> first{};
  size_t at = 0;
  for (size_t length = 0; length < first.size(); ++length) {
    while (at < std::size(kNames) && kNames[at].name.size() < length) ++at;
    first[length] = at;
  }
  return first;
}();

constexpr bool NamesAreOrdered() {
  for (size_t i = 1; i < std::size(kNames); ++i) {
    if (kNames[i].name.size() < kNames[i - 1].name.size()) return false;
  }
  return kNames[std::size(kNames) - 1].name.size() <= kLongestName;
}
static_assert(NamesAreOrdered(), "longer names stand behind shorter ones");

constexpr std::string_view kWordNamespaces[] = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
};

std::string_view LocalName(std::string_view name) {
  const size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

absl::Status NotXml() {
  return Reject(v1::OUTCOME_MALFORMED,
                "Word 文档的内容已损坏，不是正确的 XML。请用 Word 或 WPS "
                "打开后另存，再提交。",
                "The content of the Word file is damaged: it is no well-formed "
                "XML. Open it in Word or WPS, save it anew and submit that.");
}

absl::Status HasDoctype() {
  return Reject(v1::OUTCOME_MALFORMED,
                "Word 文档里含有文档类型声明（DOCTYPE），正常的 Word "
                "文档没有它。请用 Word 或 WPS 打开后另存，再提交。",
                "The Word file holds a document type declaration (DOCTYPE), "
                "which no Word file may. Open it in Word or WPS, save it anew "
                "and submit that.");
}

absl::Status TooManyNodes(int64_t limit) {
  const std::string most = std::to_string(limit);
  return Reject(v1::OUTCOME_LIMIT_EXCEEDED,
                "Word 文档的 XML 元素和属性超过上限（" + most +
                    " 个）。请把文档拆成每份一个年度报告后再提交。",
                "The Word file has more XML elements and attributes than the "
                "limit of " +
                    most + ". Split it into one report per file.");
}

}  // namespace

absl::Status XmlPart::Parse(const Limits& limits) {
  // Every node takes one of these characters, whatever the encoding.
  int64_t nodes = 0;
  for (const char c : content_) nodes += (c == '<') + (c == '=');
  if (nodes > limits.max_xml_nodes) return TooManyNodes(limits.max_xml_nodes);
  const pugi::xml_parse_result result = document_.load_buffer_inplace(
      content_.data(), content_.size(),
      pugi::parse_minimal | pugi::parse_cdata | pugi::parse_escapes |
          pugi::parse_eol | pugi::parse_ws_pcdata_single |
          pugi::parse_embed_pcdata | pugi::parse_doctype);
  for (const pugi::xml_node node : document_.children()) {
    if (node.type() == pugi::node_doctype) return HasDoctype();
  }
  if (result.status == pugi::status_bad_doctype) return HasDoctype();
  if (!result) return NotXml();
  FindPrefix();
  return absl::OkStatus();
}

void XmlPart::FindPrefix() {
  constexpr std::string_view kDeclaration = "xmlns";
  for (const pugi::xml_attribute attribute : root().attributes()) {
    std::string_view name = attribute.name();
    if (name.substr(0, kDeclaration.size()) != kDeclaration) continue;
    const std::string_view uri = attribute.value();
    if (std::find(std::begin(kWordNamespaces), std::end(kWordNamespaces),
                  uri) == std::end(kWordNamespaces)) {
      continue;
    }
    name.remove_prefix(kDeclaration.size());
    if (name.empty()) {
      prefix_ = "";
      return;
    }
    // The root's own name has the prefix with its colon.
    const std::string_view root_name = root().name();
    name.remove_prefix(1);
    if (root_name.size() > name.size() &&
        root_name.substr(0, name.size()) == name &&
        root_name[name.size()] == ':') {
      prefix_ = root_name.substr(0, name.size() + 1);
      return;
    }
  }
}

Tag XmlPart::TagOf(pugi::xml_node node) const {
  std::string_view name = node.name();
  if (name.empty()) return Tag::kOther;
  if (name.substr(0, prefix_.size()) != prefix_ ||
      (prefix_.empty() && name.find(':') != std::string_view::npos)) {
    name = LocalName(name);
    if (name == "AlternateContent") return Tag::kAlternateContent;
    if (name == "Choice") return Tag::kChoice;
    if (name == "Fallback") return Tag::kFallback;
    if (name == "oMath" || name == "oMathPara") return Tag::kMath;
    return Tag::kOther;
  }
  name.remove_prefix(prefix_.size());
  if (name.empty() || name.size() > kLongestName) return Tag::kOther;
  const size_t end = kFirstOfLength[name.size() + 1];
  for (size_t i = kFirstOfLength[name.size()]; i < end; ++i) {
    const std::string_view known = kNames[i].name;
    // Most that are not the one differ at once.
    if (known[0] == name[0] && known == name) return kNames[i].tag;
  }
  return Tag::kOther;
}

pugi::xml_node XmlPart::Child(pugi::xml_node node, Tag tag) const {
  for (const pugi::xml_node child : node.children()) {
    if (TagOf(child) == tag) return child;
  }
  return {};
}

std::string_view Attribute(pugi::xml_node node, std::string_view name) {
  for (const pugi::xml_attribute attribute : node.attributes()) {
    if (LocalName(attribute.name()) == name) return attribute.value();
  }
  return "";
}

int32_t NumberAttribute(pugi::xml_node node, std::string_view name,
                        int32_t otherwise) {
  const std::string_view digits = Attribute(node, name);
  if (digits.empty()) return otherwise;
  int64_t number = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return otherwise;
    number = std::min<int64_t>(number * 10 + (c - '0'),
                               std::numeric_limits<int32_t>::max());
  }
  return static_cast<int32_t>(number);
}

bool IsOn(pugi::xml_node node) {
  const std::string_view value = Attribute(node, "val");
  return value != "0" && value != "false" && value != "off";
}

}  // namespace gongkai::input
