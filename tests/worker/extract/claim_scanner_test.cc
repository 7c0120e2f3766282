// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/claim_scanner.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

#include "tests/worker/extract/reading_room.h"
#include "worker/catalog/read_text.h"

namespace gongkai::extract {
namespace {

const forms::v1::ClaimGrammar& Grammar() {
  return TestCatalog().proto().claim_grammar();
}

// A section of a report, ready to be searched.
class Section {
 public:
  Section(const ClaimWords& words, const std::string& text) {
    report_.add_sections()->set_text(text);
    read_.Read(report_);
    text_.Read(words, read_.section(0));
  }

  const ClaimText& text() const { return text_; }

 private:
  v1::Report report_;
  catalog::ReadText read_;
  ClaimText text_;
};

// Where the sentences end, those that state something marked.
std::string SentencesOf(const std::string& text) {
  const ClaimWords words(Grammar());
  const Section section(words, text);
  std::string found;
  for (size_t begin = 0; begin < section.text().size();) {
    const ClaimSentence sentence =
        NextSentence(words, section.text(), begin, section.text().size());
    found += section.text().Part(begin, sentence.end);
    found += sentence.states ? "!" : "|";
    begin = sentence.end;
  }
  return found;
}

TEST(ClaimScannerTest, LooksOnlyAtSentencesThatMayStateSomething) {
  EXPECT_EQ(SentencesOf("工作有力。受理申请12件。其中，"),
            "工作有力。|受理申请12件。!其中，|");
  EXPECT_EQ(SentencesOf("未收到申请。3月起草。共三项工作"),
            "未收到申请。!3月起草。|共三项工作!");
  EXPECT_EQ(SentencesOf("。。共1件"), "。|。|共1件!");
}

TEST(ClaimScannerTest, FindsTheLongestWordAtEachPlace) {
  std::map<std::u16string, int> classes;
  std::vector<std::u16string> parts = {u"镇", u"２", u"3", u"，", u"。", u"\n"};
  for (int i = 0; i < Grammar().words_size(); ++i) {
    for (const std::string& word : Grammar().words(i).words()) {
      parts.push_back(catalog::Utf16Of(word));
      classes[parts.back()] = i;
    }
  }
  size_t longest = 0;
  for (const auto& [word, i] : classes)
    longest = std::max(longest, word.size());
  const ClaimWords words(Grammar());
  SentenceWords sentence(words);
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (int i = 0; i < 30; ++i) {
      // Words, and pieces of them.
      const std::u16string& part = parts[random() % parts.size()];
      const size_t size = 1 + random() % part.size();
      for (const char16_t c : part.substr(0, size)) {
        text += static_cast<char>(0xE0 | c >> 12);
        text += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        text += static_cast<char>(0x80 | (c & 0x3F));
      }
    }
    const Section section(words, text);
    const std::u16string codes(section.text().codes(), section.text().size());
    const size_t begin = random() % codes.size();
    const size_t end = begin + random() % (codes.size() + 1 - begin);
    sentence.Read(section.text(), begin, end);
    WordSet all = 0;
    for (size_t at = begin; at < end; ++at) {
      ClaimWord expected;
      for (size_t size = 1; size <= std::min(longest, end - at); ++size) {
        const auto found = classes.find(codes.substr(at, size));
        if (found == classes.end()) continue;
        expected.word_class = static_cast<int16_t>(found->second);
        expected.size = static_cast<uint16_t>(size);
      }
      ASSERT_EQ(sentence.At(at).word_class, expected.word_class) << text;
      if (expected.word_class < 0) continue;
      ASSERT_EQ(sentence.At(at).size, expected.size) << text;
      all |= words.classes()[expected.word_class].bit;
    }
    ASSERT_EQ(sentence.all(), all);
  }
}

}  // namespace
}  // namespace gongkai::extract
