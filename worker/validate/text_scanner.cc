// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/text_scanner.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "re2/re2.h"
#include "worker/catalog/required_literals.h"
#include "worker/validate/literal_finder.h"
#include "worker/validate/report_text.h"

namespace gongkai::validate {
namespace {

using forms::v1::TextArea;
using forms::v1::TextTest;

re2::StringPiece Piece(absl::string_view text) {
  return {text.data(), text.size()};
}
absl::string_view View(re2::StringPiece text) {
  return {text.data(), text.size()};
}

// What ends a sentence and belongs to it.
constexpr absl::string_view kSentenceEnds[] = {"。", "；", "！", "？"};
constexpr std::u16string_view kSentenceEndCodes = u"。；！？";

// The bytes of the character that begins with this one.
ptrdiff_t CharacterSize(char first) {
  const unsigned char lead = static_cast<unsigned char>(first);
  if (lead < 0xC0) return 1;
  return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

// True if the character, not of ASCII, ends a sentence.
bool EndsSentence(const char* p, const char* end) {
  const unsigned char lead = static_cast<unsigned char>(*p);
  if (lead != 0xE3 && lead != 0xEF) return false;
  const absl::string_view rest(p, std::min<size_t>(3, end - p));
  return std::find(std::begin(kSentenceEnds), std::end(kSentenceEnds), rest) !=
         std::end(kSentenceEnds);
}

}  // namespace

// The text is gone over once, for the literals that the patterns require
// (catalog/required_literals.h). Where one is found, its patterns are noted as
// candidates for that sentence; they are run when somebody asks.
class TextScanner::Impl {
 public:
  int Add(const TextTest& test, bool only_whether) {
    const int number = static_cast<int>(searches_.size());
    const auto [known, added] =
        known_.try_emplace(test.SerializeAsString(), number);
    if (!added) {
      searches_[known->second].only_whether &= only_whether;
      return known->second;
    }
    Search& search = searches_.emplace_back();
    search.only_whether = only_whether;
    for (int area : test.areas()) search.areas |= 1u << area;
    if (search.areas == 0) {
      search.areas = ~(1u << forms::v1::TEXT_AREA_TITLE);
    }
    for (const std::string& text : test.patterns()) {
      Pattern& pattern = patterns_.emplace_back();
      pattern.search = number;
      pattern.plain = catalog::PlainText(text);
      if (!pattern.plain.has_value()) pattern.regex = LazyRegex(text);
      const std::vector<std::string> literals = catalog::RequiredLiterals(text);
      pattern.settles = only_whether && Settle(literals, text, pattern.plain);
      for (const std::string& literal : literals) {
        PatternsOf(literal).push_back(static_cast<int>(patterns_.size()) - 1);
      }
    }
    for (const std::string& pattern : test.except()) {
      search.except.emplace_back(pattern);
    }
    return number;
  }

  void Scan(const v1::Report& report, const catalog::ReadText* text) {
    if (!built_) Build();
    if (text == nullptr) own_text_.Read(report);
    text_ = text == nullptr ? &own_text_ : text;
    for (size_t i = 1; i < groups_.size(); ++i) groups_[i].matters = true;
    areas_ = 0;
    sentences_.clear();
    candidates_.clear();
    for (Search& search : searches_) {
      search.matches.clear();
      search.first = search.next = search.last = kNone;
      search.certain = false;
    }
    for (Pattern& pattern : patterns_) pattern.sentence = kNone;
    ScanText(forms::v1::TEXT_AREA_TITLE, nullptr, text_->title());
    ScanText(forms::v1::TEXT_AREA_PREFACE, nullptr, text_->preface());
    for (int i = 0; i < report.sections_size(); ++i) {
      const v1::Section& section = report.sections(i);
      ScanText(TextAreaOf(section.kind()), &section, text_->section(i));
    }
  }

  absl::Span<const TextMatch> matches(int number) {
    Search& search = searches_[number];
    assert(!search.only_whether);
    while (search.next != kNone) RunSentence(&search);
    return search.matches;
  }

  bool Found(int number) {
    Search& search = searches_[number];
    if (search.certain) return true;
    if (search.only_whether && search.except.empty()) {
      while (!search.certain && search.next != kNone) {
        const Candidate& candidate = candidates_[search.next];
        search.next = candidate.next;
        search.certain = IsIn(patterns_[candidate.pattern],
                              sentences_[candidate.sentence].sentence);
      }
      return search.certain;
    }
    while (search.matches.empty() && search.next != kNone) RunSentence(&search);
    return !search.matches.empty();
  }

  bool MayMatchIn(int number,
                  absl::FunctionRef<bool(absl::string_view)> worth) const {
    for (int c = searches_[number].first; c != kNone; c = candidates_[c].next) {
      if (worth(sentences_[candidates_[c].sentence].sentence)) return true;
    }
    return false;
  }

  bool HasText(int search) const {
    return (searches_[search].areas & areas_) != 0;
  }

  const catalog::ReadText& text() const { return *text_; }

 private:
  static constexpr int kNone = -1;

  // Compiled when it is first run: most patterns meet no text that they may
  // match for a long time, and a worker starts sooner without them.
  class LazyRegex {
   public:
    LazyRegex() = default;
    explicit LazyRegex(const std::string& pattern) : pattern_(pattern) {}
    const RE2& operator*() {
      if (regex_ == nullptr) regex_ = std::make_unique<RE2>(pattern_);
      return *regex_;
    }

   private:
    std::string pattern_;
    std::unique_ptr<RE2> regex_;
  };

  struct Pattern {
    int search = 0;
    // True if its search has a match wherever its literal stands, and only
    // that is asked.
    bool settles = false;
    // One of the two.
    std::optional<std::string> plain;
    LazyRegex regex;
    // The last sentence that it is a candidate for.
    int sentence = kNone;
  };
  struct Search {
    uint32_t areas = 0;
    bool only_whether = false;
    // It has a match; its candidates do not matter.
    bool certain = false;
    std::vector<LazyRegex> except;
    // Its first candidate, the first one that was not run yet, and the last.
    int first = kNone;
    int next = kNone;
    int last = kNone;
    std::vector<TextMatch> matches;
  };
  // A pattern that may match in a sentence.
  struct Candidate {
    int pattern;
    int sentence;
    // The next one of the same search.
    int next;
  };

  // A string to look for.
  struct Literal {
    // The patterns that require it or another.
    std::vector<int> patterns;
    // Where one of them may match.
    uint32_t areas = 0;
  };

  // Literals of one character with the same patterns, as all digits have.
  struct Group {
    int literal = 0;
    // The last sentence in which one was noted; a number from
    // sentence_number_.
    uint64_t noted_in = 0;
    // False once none of them can tell anything new of the report.
    bool matters = false;
  };
  // A character as it is met in a text.
  struct One {
    bool stops = false;
    // 0 for none.
    uint16_t group = 0;
  };

  // Those that a literal is looked for of.
  std::vector<int>& PatternsOf(absl::string_view literal) {
    const size_t number = static_cast<size_t>(finder_.Add(literal));
    if (number >= literals_.size()) literals_.resize(number + 1);
    return literals_[number].patterns;
  }

  void Build() {
    built_ = true;
    for (const char16_t mark : kSentenceEndCodes) finder_.StopAt(mark);
    finder_.StopAt(u'\n');
    finder_.Build();
    for (Literal& literal : literals_) {
      for (int pattern : literal.patterns) {
        literal.areas |= searches_[patterns_[pattern].search].areas;
      }
    }
    for (Pattern& pattern : patterns_) {
      const Search& search = searches_[pattern.search];
      pattern.settles &= search.only_whether && search.except.empty();
    }
    for (const LiteralFinder::One& one : finder_.ones()) {
      ones_.push_back({one.stops, GroupOf(one.literal)});
    }
  }

  uint16_t GroupOf(int literal) {
    if (literal < 0) return 0;
    size_t group = 1;
    while (group < groups_.size() &&
           literals_[groups_[group].literal].patterns !=
               literals_[literal].patterns) {
      ++group;
    }
    if (group == groups_.size()) groups_.push_back({literal, 0, true});
    return static_cast<uint16_t>(group);
  }

  // True if the pattern matches wherever one of the literals is found.
  static bool Settle(const std::vector<std::string>& literals,
                     const std::string& pattern,
                     const std::optional<std::string>& plain) {
    // Most are so: nothing has to be compiled.
    if (plain.has_value() && literals == std::vector<std::string>{*plain}) {
      return MatchesAnywhere(*plain);
    }
    // What these mean depends on what stands around.
    constexpr absl::string_view kAssertions = "^$\\";
    if (pattern.find_first_of(kAssertions.data()) != std::string::npos) {
      return false;
    }
    const RE2 regex(pattern);
    return !literals.empty() &&
           std::all_of(literals.begin(), literals.end(),
                       [&regex](const std::string& literal) {
                         return MatchesAnywhere(literal) &&
                                RE2::FullMatch(literal, regex);
                       });
  }

  // True if what matches the text does so wherever it is found: letters are
  // found in either case, and no match goes on behind the end of a sentence.
  static bool MatchesAnywhere(absl::string_view plain) {
    const char* const end = plain.data() + plain.size();
    for (const char* p = plain.data(); p < end; ++p) {
      if (absl::ascii_isalpha(static_cast<unsigned char>(*p)) || *p == '\n' ||
          EndsSentence(p, end)) {
        return false;
      }
    }
    return true;
  }

  void ScanText(TextArea area, const v1::Section* section,
                const catalog::CodedText& text) {
    if (text.size == 0) return;
    areas_ |= 1u << area;
    area_ = area;
    in_ = {area, section, View(text.text), {}, {}, {}};
    sentence_ = kNone;
    ++sentence_number_;
    const char16_t* const end = text.codes + text.size;
    auto found = [this](int number) {
      const Literal& literal = literals_[number];
      if ((literal.areas >> area_ & 1) != 0) Note(literal);
    };
    size_t begin = 0;
    for (size_t block = 0; block < text.size;
         block += catalog::PairFilter::kBlock) {
      auto [pairs, ones] = finder_.filter().Find<2>(text.codes + block);
      if (text.size - block < catalog::PairFilter::kBlock) {
        const uint64_t rest = (uint64_t{1} << (text.size - block)) - 1;
        pairs &= rest;
        ones &= rest;
      }
      pairs = PairsThatMatter(text.codes + block, pairs);
      ones = OnesThatMatter(text.codes + block, ones);
      for (uint64_t rest = pairs | ones; rest != 0; rest &= rest - 1) {
        const int bit = std::countr_zero(rest);
        const size_t at = block + static_cast<size_t>(bit);
        if ((pairs >> bit & 1) != 0) {
          finder_.FindAt(text.codes + at, end, found);
        }
        if ((ones >> bit & 1) == 0) continue;
        const One& one = ones_[finder_.OneOf(text.codes[at])];
        Group& group = groups_[one.group];
        if (one.group != 0 && group.noted_in != sentence_number_) {
          group.noted_in = sentence_number_;
          group.matters = Note(literals_[group.literal]);
        }
        if (!one.stops) continue;
        EndSentence(text, begin, text.codes[at] == '\n' ? at : at + 1);
        begin = at + 1;
      }
    }
    EndSentence(text, begin, text.size);
  }

  // Of the places where a string of two characters and more may begin, nearly
  // none but those where one does. Without branches, here and below: what
  // stands in a text cannot be predicted.
  uint64_t PairsThatMatter(const char16_t* block, uint64_t places) const {
    uint64_t found = 0;
    for (; places != 0; places &= places - 1) {
      const int bit = std::countr_zero(places);
      found |= uint64_t{finder_.MayFindAt(block + bit)} << bit;
    }
    return found;
  }

  // Of the places of single characters, those that end a sentence or may tell
  // something new of it: not where the one before is as good, as in a number.
  uint64_t OnesThatMatter(const char16_t* block, uint64_t places) const {
    uint64_t found = 0;
    for (; places != 0; places &= places - 1) {
      const int bit = std::countr_zero(places);
      const One& one = ones_[finder_.OneOf(block[bit])];
      const One& before = ones_[finder_.OneOf(block[bit - 1])];
      const bool matters =
          one.stops | (groups_[one.group].matters &
                       ((one.group != before.group) | before.stops));
      found |= uint64_t{matters} << bit;
    }
    return found;
  }

  void EndSentence(const catalog::CodedText& text, size_t begin, size_t end) {
    ++sentence_number_;
    if (sentence_ == kNone) return;
    sentences_[sentence_].sentence = View(text.Part(begin, end));
    sentence_ = kNone;
  }

  // Notes the patterns that require the literal, which stands in the sentence
  // at hand. False if it will tell nothing more, wherever it stands.
  bool Note(const Literal& literal) {
    bool matters = false;
    for (int index : literal.patterns) {
      Pattern& pattern = patterns_[index];
      Search& search = searches_[pattern.search];
      if (search.certain) continue;
      if ((search.areas >> area_ & 1) == 0) {
        matters = true;
        continue;
      }
      if (pattern.settles) {
        search.certain = true;
        continue;
      }
      matters = true;
      if (sentence_ == kNone) {
        sentence_ = static_cast<int>(sentences_.size());
        sentences_.push_back(in_);
      }
      if (pattern.sentence == sentence_) continue;
      pattern.sentence = sentence_;
      AddCandidate(index, sentence_);
    }
    return matters;
  }

  void AddCandidate(int pattern, int sentence) {
    Search& search = searches_[patterns_[pattern].search];
    const int number = static_cast<int>(candidates_.size());
    candidates_.push_back({pattern, sentence, kNone});
    if (search.last == kNone) {
      search.first = search.next = number;
    } else {
      candidates_[search.last].next = number;
    }
    search.last = number;
  }

  // Runs the candidates of the next sentence that has some.
  void RunSentence(Search* search) {
    const int sentence = candidates_[search->next].sentence;
    const TextMatch& in = sentences_[sentence];
    found_.clear();
    while (search->next != kNone &&
           candidates_[search->next].sentence == sentence) {
      const Candidate& candidate = candidates_[search->next];
      search->next = candidate.next;
      RunPattern(patterns_[candidate.pattern], in);
    }
    if (found_.empty()) return;
    for (LazyRegex& except : search->except) {
      if (RE2::PartialMatch(Piece(in.sentence), *except)) return;
    }
    // Of those that overlap the first counts, of those the longest.
    std::sort(found_.begin(), found_.end(),
              [](const TextMatch& a, const TextMatch& b) {
                return a.match.data() != b.match.data()
                           ? a.match.data() < b.match.data()
                           : a.match.size() > b.match.size();
              });
    const char* end = in.sentence.data();
    for (const TextMatch& match : found_) {
      if (match.match.data() < end) continue;
      end = match.match.data() + match.match.size();
      search->matches.push_back(match);
    }
  }

  // True if the pattern matches in the sentence.
  static bool IsIn(Pattern& pattern, absl::string_view sentence) {
    if (pattern.plain.has_value()) {
      return absl::StrContains(sentence, *pattern.plain);
    }
    // What has required literals matches no empty string.
    return (*pattern.regex)
        .Match(Piece(sentence), 0, sentence.size(), RE2::UNANCHORED, nullptr,
               0);
  }

  // Adds every match of a pattern in a sentence.
  void RunPattern(Pattern& pattern, const TextMatch& in) {
    TextMatch match = in;
    size_t at = 0;
    if (pattern.plain.has_value()) {
      const size_t size = pattern.plain->size();
      while ((at = in.sentence.find(*pattern.plain, at)) !=
             absl::string_view::npos) {
        match.match = in.sentence.substr(at, size);
        found_.push_back(match);
        at += size;
      }
      return;
    }
    const RE2& regex = *pattern.regex;
    re2::StringPiece groups[2];
    const int group_count = regex.NumberOfCapturingGroups() > 0 ? 2 : 1;
    while (at < in.sentence.size() &&
           regex.Match(Piece(in.sentence), at, in.sentence.size(),
                       RE2::UNANCHORED, groups, group_count) &&
           !groups[0].empty()) {
      match.match = View(groups[0]);
      match.group = View(groups[1]);
      found_.push_back(match);
      at = match.match.data() + match.match.size() - in.sentence.data();
    }
  }

  LiteralFinder finder_;
  bool built_ = false;
  // By the finder's numbers.
  std::vector<Literal> literals_;
  // By the finder's numbers of single characters.
  std::vector<One> ones_;
  // The first is none.
  std::vector<Group> groups_{1};
  std::vector<Pattern> patterns_;
  std::vector<Search> searches_;
  // By the test, as bytes: the search for it.
  absl::flat_hash_map<std::string, int> known_;
  // Of the report at hand. Sentences are those with candidates; `match` and
  // `group` are empty in them.
  const catalog::ReadText* text_ = nullptr;
  catalog::ReadText own_text_;
  uint32_t areas_ = 0;
  std::vector<TextMatch> sentences_;
  std::vector<Candidate> candidates_;
  // The text at hand, and the number of its sentence in sentences_; none if it
  // has no candidates yet.
  TextArea area_ = forms::v1::TEXT_AREA_UNSPECIFIED;
  TextMatch in_;
  int sentence_ = kNone;
  // Counts all sentences that were ever met.
  uint64_t sentence_number_ = 0;
  // What RunSentence() found so far.
  std::vector<TextMatch> found_;
};

TextScanner::TextScanner() : impl_(std::make_unique<Impl>()) {}
TextScanner::~TextScanner() = default;
int TextScanner::Add(const TextTest& test) {
  return impl_->Add(test, /*only_whether=*/false);
}
int TextScanner::AddWhether(const TextTest& test) {
  return impl_->Add(test, /*only_whether=*/true);
}
void TextScanner::Scan(const v1::Report& report,
                       const catalog::ReadText* text) {
  impl_->Scan(report, text);
}
absl::Span<const TextMatch> TextScanner::matches(int search) const {
  return impl_->matches(search);
}
bool TextScanner::Found(int search) const { return impl_->Found(search); }
bool TextScanner::MayMatchIn(
    int search, absl::FunctionRef<bool(absl::string_view)> worth) const {
  return impl_->MayMatchIn(search, worth);
}
bool TextScanner::HasText(int search) const { return impl_->HasText(search); }
const catalog::ReadText& TextScanner::text() const { return impl_->text(); }

absl::string_view SentenceAround(absl::string_view text,
                                 absl::string_view part) {
  const char* const end = text.data() + text.size();
  const char* begin = text.data();
  const char* p = begin;
  while (p < end) {
    const bool at_end = *p == '\n' || EndsSentence(p, end);
    const char* const next = p + CharacterSize(*p);
    if (at_end && p >= part.data()) {
      p = *p == '\n' ? p : next;
      break;
    }
    p = next;
    if (at_end) begin = p;
  }
  p = std::min(p, end);
  return {begin, static_cast<size_t>(p - begin)};
}

}  // namespace gongkai::validate
