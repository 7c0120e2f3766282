// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/docx/docx_reader.h"

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "worker/input/docx/archive.h"
#include "worker/input/docx/body.h"
#include "worker/input/docx/numbering.h"
#include "worker/input/docx/xml.h"
#include "worker/input/rejection.h"

namespace gongkai::input {
namespace {

// Text is about a tenth of its XML.
constexpr size_t kXmlPerText = 8;

absl::Status NoWordDocument() {
  return Reject(v1::OUTCOME_UNSUPPORTED_FORMAT,
                "压缩包里没有 Word 文档正文，无法读取。请提交 Word 文档（DOCX）"
                "本身。",
                "The archive holds no Word document. Submit the Word file "
                "(DOCX) itself.");
}

absl::Status NoText(bool has_pictures, bool has_embedded_pages) {
  if (has_embedded_pages) {
    return Reject(v1::OUTCOME_UNSUPPORTED_FORMAT,
                  "Word 文档的正文是嵌入的网页，无法读取。请用 Word "
                  "打开后另存为 DOCX，再提交。",
                  "The text of the Word file is an embedded web page. Open it "
                  "in Word, save it anew as DOCX and submit that.");
  }
  if (has_pictures) {
    return Reject(v1::OUTCOME_UNSUPPORTED_FORMAT,
                  "Word 文档里只有图片，没有文字。请提交可以选中文字的文档。",
                  "The Word file holds pictures and no text. Submit a "
                  "document whose text can be selected.");
  }
  return Reject(v1::OUTCOME_MALFORMED,
                "Word 文档是空的，没有任何文字。请检查文件是否正确上传。",
                "The Word file is empty: it holds no text. Check that the "
                "right file was sent.");
}

// The folder of a part, with its slash, and the part's own name.
std::pair<std::string, std::string> SplitPath(const std::string& path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos) return {"", path};
  return {path.substr(0, slash + 1), path.substr(slash + 1)};
}

// The part that the relationships of `source` (a part, or "" for the package)
// name for a kind, such as "/numbering"; "" if there is none in the archive.
std::string Related(const std::string& source, std::string_view kind,
                    const Limits& limits, Archive* archive) {
  const auto [folder, name] = SplitPath(source);
  const std::string relationships = folder + "_rels/" + name + ".rels";
  XmlPart part;
  if (!archive->Has(relationships) ||
      !archive->Read(relationships, part.content()).ok() ||
      !part.Parse(limits).ok()) {
    return "";
  }
  for (const pugi::xml_node relationship : part.root().children()) {
    const std::string_view type = Attribute(relationship, "Type");
    if (type.size() < kind.size() ||
        type.substr(type.size() - kind.size()) != kind) {
      continue;
    }
    std::string target(Attribute(relationship, "Target"));
    target = target.substr(0, 1) == "/" ? target.substr(1) : folder + target;
    if (archive->Has(target)) return target;
  }
  return "";
}

// The part where everybody puts it, or where the relationships say.
std::string PartNamed(const std::string& usual, const std::string& source,
                      std::string_view kind, const Limits& limits,
                      Archive* archive) {
  return archive->Has(usual) ? usual : Related(source, kind, limits, archive);
}

absl::Status ReadPart(const std::string& name, const Limits& limits,
                      Archive* archive, XmlPart* part) {
  const absl::Status status = archive->Read(name, part->content());
  return status.ok() ? part->Parse(limits) : status;
}

}  // namespace

absl::Status ReadDocx(std::string_view bytes, const Limits& limits,
                      DocumentBuilder* builder) {
  absl::StatusOr<Archive> archive = Archive::Open(bytes, limits);
  if (!archive.ok()) return archive.status();
  const std::string main =
      PartNamed("word/document.xml", "", "/officeDocument", limits, &*archive);
  if (main.empty()) return NoWordDocument();

  XmlPart document;
  absl::Status status = ReadPart(main, limits, &*archive, &document);
  if (!status.ok()) return status;
  const pugi::xml_node body = document.Child(document.root(), Tag::kBody);
  if (body.empty()) return NoWordDocument();

  // Styles matter only for the lists that they number.
  XmlPart lists;
  XmlPart styles;
  DocxNumbering numbering;
  const std::string lists_name =
      PartNamed("word/numbering.xml", main, "/numbering", limits, &*archive);
  if (!lists_name.empty()) {
    status = ReadPart(lists_name, limits, &*archive, &lists);
    if (!status.ok()) return status;
    numbering.LoadLists(lists);
    const std::string styles_name =
        PartNamed("word/styles.xml", main, "/styles", limits, &*archive);
    if (!styles_name.empty()) {
      status = ReadPart(styles_name, limits, &*archive, &styles);
      if (!status.ok()) return status;
      numbering.LoadStyles(styles);
    }
  }

  builder->BeginExtraction(document.content()->size() / kXmlPerText);
  BodyReader reader(document, limits, &numbering, builder);
  status = reader.Read(body);
  builder->EndDecoding();
  if (!status.ok()) return status;
  if (builder->full()) return TooManyPieces(limits.max_pieces);
  if (builder->piece_count() == 0) {
    return NoText(reader.has_pictures(), reader.has_embedded_pages());
  }
  return absl::OkStatus();
}

}  // namespace gongkai::input
