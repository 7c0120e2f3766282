// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// What is left of a narrative once names, figures and citations are masked.

#include "worker/validate/narrative.h"

#include "gtest/gtest.h"
#include "tests/worker/validate/report_builder.h"

namespace gongkai::validate {
namespace {

Narrative Read(const std::string& body, const std::string& overview,
               const std::string& disclosure = "") {
  v1::Report report;
  report.set_body(body);
  v1::Section* section = report.add_sections();
  section->set_kind(v1::SECTION_KIND_OVERVIEW);
  section->set_text(overview);
  section = report.add_sections();
  section->set_kind(v1::SECTION_KIND_DISCLOSURE);
  section->set_text(disclosure);
  Narrative narrative;
  NarrativeReader(TestCatalog().proto().narrative_masks())
      .Read(report, &narrative);
  return narrative;
}

TEST(NarrativeTest, FiguresNamesAndCitationsAreLeftOut) {
  const Narrative one =
      Read("青岚县柳溪镇人民政府",
           "2023年，我镇依据《中华人民共和国政府信息公开条例》答复12件，"
           "柳溪的村务公开栏更新二十次。");
  const Narrative other = Read("桐溪市霁山区司法局",
                               "2024年，本局依据《信访工作条例》答复7件，"
                               "霁山区的村务公开栏更新三十五次。");
  EXPECT_EQ(one.characters, other.characters);
  EXPECT_EQ(one.characters, u"年依据答复件的村务公开栏更新次\n");
  EXPECT_EQ(one.count, 15);
  EXPECT_EQ(one.origins.size(), one.characters.size());
}

TEST(NarrativeTest, AnUnclosedBracketHidesNothing) {
  EXPECT_EQ(Read("", "印发《办法后，再无下文").characters,
            u"印发办法后再无下文\n");
}

TEST(NarrativeTest, OtherSectionsAreNoNarrative) {
  EXPECT_EQ(Read("", "更新网页", "表格下面的说明文字").characters,
            u"更新网页\n");
}

TEST(NarrativeTest, BytesThatAreNoUtf8DoNoHarm) {
  EXPECT_EQ(Read("\xff\xfe县", "更新\xe6\x9b网页").characters, u"更新网页\n");
}

TEST(NarrativeTest, NoGramSpansTwoSections) {
  v1::Report report;
  for (const auto kind :
       {v1::SECTION_KIND_OVERVIEW, v1::SECTION_KIND_PROBLEMS}) {
    v1::Section* section = report.add_sections();
    section->set_kind(kind);
    section->set_text("更新网页栏");
  }
  Narrative narrative;
  NarrativeReader(TestCatalog().proto().narrative_masks())
      .Read(report, &narrative);
  std::vector<uint64_t> grams;
  CollectGrams(narrative, &grams);
  EXPECT_EQ(grams.size(), 1u);
}

}  // namespace
}  // namespace gongkai::validate
