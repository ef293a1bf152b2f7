"""Section headings, told from sentences and known under small rewordings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from config.kind_shape import ReportShape, Section
from handlers.document import Block, Paragraph, Row
from handlers.values.normalise import (
    bilingual_halves,
    fold_text,
    fold_without_spaces,
    text_similarity,
    without_number,
)

MAX_HEADING_LENGTH = 140  # letters; the toolkit's longest heading has 93
MIN_HEADING_LIKENESS = (
    0.82  # "Lessons to be learnt" passes, "Summary of the Chronology" goes by `also`
)
MAX_TAIL_LENGTH = 45  # "Analysis of the agency's involvement", not a sentence that opens so

_IN_WORDS = (
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_KIND = r"(?:(?:section|part|chapter|heading)\s+(?:no\.?\s*)?)"
_LEAD = re.compile(
    rf"^\s*(?:{_KIND}(?:(?=\d)|(?:{'|'.join(_IN_WORDS)}|[ivx]{{1,4}}|[a-k])\b))?[\d.\s)(:#*•–—-]*",
    re.I,
)
_TYPED = re.compile(rf"^[\s(#]*{_KIND}?(\d{{1,2}})(?!\d)", re.I)
_SPELT = re.compile(rf"^\s*{_KIND}({'|'.join(_IN_WORDS)})\b", re.I)
_NUMBERED = re.compile(rf"^\s*{_KIND}", re.I)
_SUB_NUMBER = re.compile(rf"^[\s(]*{_KIND}?\d{{1,2}}\.(?:[1-9]|0[1-9])")
_PAGE = re.compile(r"(?:\.{2,}|…|\t|\s)[.…\s]*\d{1,3}\s*$")
_ASIDE = re.compile(r"\([^()]*\)")

EXACT_WEIGHT, KNOWN_WEIGHT, LIKENESS_WEIGHT = 10, 7, 4


@dataclass(frozen=True, slots=True)
class HeadingMatch:
    """A paragraph that heads `section`. `weight` is higher the surer; EXACT_WEIGHT is word for
    word."""

    section: Section
    weight: int

    @property
    def is_exact_match(self) -> bool:
        return self.weight == EXACT_WEIGHT


def bare_heading(text: str) -> str:
    """A heading as compared: folded, without its number, "&" said as "and"."""
    return fold_text(without_number(_LEAD.sub("", text.replace("&", " and "), count=1)))


def typed_number(text: str) -> int | None:
    """7 for "7. Conclusions", "7.2 Lessons" and "Section Seven"."""
    if found := _TYPED.match(text):
        return int(found[1])
    spelt = _SPELT.match(text)
    return _IN_WORDS.index(spelt[1].lower()) + 1 if spelt else None


def is_sub_numbered(text: str) -> bool:
    """True of "6.1 Response to injuries", not of "6.0 Analysis"."""
    return _SUB_NUMBER.match(text) is not None


def is_only_number(paragraph: Paragraph) -> bool:
    """True of "Section 6", or a bold "6.", whose heading stands on the next line."""
    text = paragraph.text
    set_off = paragraph.bold or paragraph.heading > 0 or _NUMBERED.match(text) is not None
    return set_off and typed_number(text) is not None and not bare_heading(text)


def without_page_number(text: str) -> str | None:
    """A contents line without its page number; None when it ends in no number."""
    return _PAGE.sub("", text) if _PAGE.search(text) else None


def looks_like_heading(paragraph: Paragraph) -> bool:
    """By style or by look. Only a short line can be one."""
    text = paragraph.text.strip()
    if not text or len(text) > MAX_HEADING_LENGTH:
        return False
    return (
        paragraph.heading > 0
        or paragraph.bold
        or paragraph.title
        or text.isupper()
        or (typed_number(text) is not None and not text.endswith("."))
    )


def match_heading(paragraph: Paragraph, shape: ReportShape) -> HeadingMatch | None:
    """The section this paragraph is a heading of, or None."""
    if not paragraph.text.strip() or len(paragraph.text) > MAX_HEADING_LENGTH:
        return None
    plain = bare_heading(paragraph.text)
    known = _known(paragraph.text, shape)
    if known is not None:
        # A bullet reading "Action plan" is an item of a list.
        listed = paragraph.numbered and not looks_like_heading(paragraph)
        return None if listed and not known.is_exact_match else known
    return _nearest(plain, paragraph, shape) if looks_like_heading(paragraph) else None


def is_field_label(text: str, shape: ReportShape) -> bool:
    """True of the label of a blank, in the front sheet, the plan or the signing off."""
    return fold_without_spaces(text) in _labels(shape)


def match_known_heading(text: str, shape: ReportShape) -> HeadingMatch | None:
    """The section of which this is a heading word for word, or a listed rewording."""
    return _known(text, shape) if len(text) <= MAX_HEADING_LENGTH else None


def _known(text: str, shape: ReportShape) -> HeadingMatch | None:
    """The section that a wording heads, or either half of one in two languages; where the halves
    head two sections, neither."""
    wordings = _wordings(shape.sections)
    if (whole := wordings.get(bare_heading(text))) is not None:
        return whole
    found = [
        one
        for half in bilingual_halves(text)
        if (one := wordings.get(bare_heading(half))) is not None
    ]
    if len({one.section.key for one in found}) != 1:
        return None
    return max(found, key=lambda one: one.weight)


def closes_report(paragraph: Paragraph, shape: ReportShape) -> bool:
    """True of "Appendix 1" and other headings that end the last section."""
    if not looks_like_heading(paragraph):
        return False
    plain = bare_heading(paragraph.text)
    return any(plain.startswith(fold_text(word)) for word in shape.closing_words)


@lru_cache(maxsize=32)
def _wordings(sections: tuple[Section, ...]) -> dict[str, HeadingMatch]:
    out = {bare_heading(words): HeadingMatch(s, KNOWN_WEIGHT) for s in sections for words in s.also}
    return out | {bare_heading(s.heading): HeadingMatch(s, EXACT_WEIGHT) for s in sections}


@lru_cache(maxsize=16)
def _labels(shape: ReportShape) -> frozenset[str]:
    fields = [*shape.front_sheet]
    if shape.sign_off:
        fields += [*shape.sign_off.roles, *shape.sign_off.parts]
    words = [words for field in fields for words in (field.label, *field.also)]
    if shape.plan:
        words += [shape.plan.label]
        words += [
            words for column in shape.plan.columns for words in (column.heading, *column.also)
        ]
    return frozenset(map(fold_without_spaces, words))


def _nearest(plain: str, paragraph: Paragraph, shape: ReportShape) -> HeadingMatch | None:
    shown = bare_heading(_ASIDE.sub(" ", paragraph.text)) or plain
    return _most_alike(shown, shape.sections)


@lru_cache(maxsize=2048)
def _most_alike(shown: str, sections: tuple[Section, ...]) -> HeadingMatch | None:
    best: tuple[float, HeadingMatch] | None = None
    for wording, match in _wordings(sections).items():
        score = _alike(shown, wording)
        if score >= MIN_HEADING_LIKENESS and (best is None or score > best[0]):
            best = score, HeadingMatch(match.section, LIKENESS_WEIGHT)
    return best[1] if best else None


def _alike(plain: str, wording: str) -> float:
    if plain.startswith(wording + " ") and len(plain) <= len(wording) + MAX_TAIL_LENGTH:
        return 0.9
    if wording.startswith(plain + " ") and " " in plain:
        return 0.9
    short, long = sorted((len(plain), len(wording)))
    # Two texts are at most twice the shorter over both alike; with several words they share one.
    if 2 * short < MIN_HEADING_LIKENESS * (short + long) or not _share(plain, wording):
        return 0.0
    return text_similarity(plain, wording)


def _share(one: str, other: str) -> bool:
    words = one.split()
    return len(words) < 2 or not set(words).isdisjoint(other.split())


MIN_ISSUE_LIKENESS = 0.6
MIN_SHARED_WORDS = 0.5  # of the issue's longer words
_STEM = 6  # letters: "injuries" and "injury" share "injur"
_COMMON = frozenset({"between", "with", "from", "that", "this", "were", "their", "about", "into"})


def is_about_issue(heading: str, issue: str) -> bool:
    """Whether a sub-heading is one for the issue."""
    wanted = _stems(issue)
    shared = len(wanted & _stems(heading)) / len(wanted) if wanted else 0.0
    return shared >= MIN_SHARED_WORDS or text_similarity(heading, issue) >= MIN_ISSUE_LIKENESS


def _stems(text: str) -> set[str]:
    return {w[:_STEM].rstrip("iesy") for w in fold_text(text).split() if len(w) > 3} - _COMMON


MIN_BODY_LENGTH = (
    60  # letters: a longer paragraph between two headings is text, not a contents line
)


@dataclass(frozen=True, slots=True)
class HeadingCandidate:
    """Block `position` may head `match.section`; the heavier, the likelier."""

    position: int
    match: HeadingMatch
    level: int  # 1 to 9 by style, 0 by look or not at all
    weight: int


def find_headings(
    blocks: Sequence[Block], shape: ReportShape
) -> tuple[list[HeadingCandidate], bool]:
    """The likely headings in order, and whether a typed contents list was passed over."""
    every, listed = _every(blocks, shape)
    after = _after_contents(every, blocks)
    return _of_one_level(after), listed or len(after) < len(every)


def _every(blocks: Sequence[Block], shape: ReportShape) -> tuple[list[HeadingCandidate], bool]:
    """Every paragraph that may be a section's heading; and whether lines of a typed contents list,
    which end in page numbers, were passed over."""
    out: list[HeadingCandidate] = []
    listed = False
    for position, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            continue
        entry = without_page_number(block.text)
        if entry is not None and match_heading(replace(block, text=entry), shape):
            listed = True
        elif match := match_heading(block, shape):
            weight = match.weight + _bonus(block, match.section)
            out.append(HeadingCandidate(position, match, block.heading, weight))
    return out, listed


def _bonus(paragraph: Paragraph, section: Section) -> int:
    """What makes one of two equal headings the likelier: its look, and the toolkit's number."""
    style = {0: int(paragraph.bold or paragraph.text.isupper()), 1: 3}.get(paragraph.heading, 2)
    return style + 3 * (typed_number(paragraph.text) == section.number)


def _after_contents(
    every: list[HeadingCandidate], blocks: Sequence[Block]
) -> list[HeadingCandidate]:
    """Without runs of headings that have no text between them and all come again later."""
    dropped: set[int] = set()
    for run in _runs(every, blocks):
        later = {c.match.section.key for c in every if c.position > run[-1].position}
        again = sum(c.match.section.key in later for c in run)
        if len(run) > 2 and 2 * again >= len(run):
            dropped |= {c.position for c in run}
    return [c for c in every if c.position not in dropped]


def _runs(every: list[HeadingCandidate], blocks: Sequence[Block]) -> list[list[HeadingCandidate]]:
    runs: list[list[HeadingCandidate]] = []
    for candidate in every:
        if (
            runs
            and candidate.match.section not in [c.match.section for c in runs[-1]]
            and not _any_text(blocks[runs[-1][-1].position + 1 : candidate.position])
        ):
            runs[-1].append(candidate)
        else:
            runs.append([candidate])
    return runs


def _any_text(blocks: Sequence[Block]) -> bool:
    return any(
        (isinstance(b, Row) and not b.is_blank)
        or (isinstance(b, Paragraph) and (len(b.text) > MIN_BODY_LENGTH or b.picture))
        for b in blocks
    )


def _of_one_level(every: list[HeadingCandidate]) -> list[HeadingCandidate]:
    """Where sections are headed by one style, a reworded line in a lower one is a sub-heading, and
    so is one without a style unless its wording is well known."""
    levels = Counter(c.level for c in every if c.match.weight == EXACT_WEIGHT and c.level)
    if sum(levels.values()) < 3:
        return every
    usual = levels.most_common(1)[0][0]
    return [c for c in every if c.match.is_exact_match or _as_high(c, usual)]


def _as_high(candidate: HeadingCandidate, usual: int) -> bool:
    if candidate.level:
        return candidate.level <= usual
    return candidate.match.weight >= KNOWN_WEIGHT
