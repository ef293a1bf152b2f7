"""Section headings, told from sentences and known under small rewordings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from config.kind_shape import ReportShape, Section
from handlers.document import Block, Paragraph, Row
from handlers.values.normalise import fold, halves, likeness, squash, without_number

LONGEST = 140  # letters; the toolkit's longest heading has 93
ALIKE = 0.82  # "Lessons to be learnt" passes, "Summary of the Chronology" goes by `also`
LONGEST_TAIL = 45  # "Analysis of the agency's involvement", not a sentence that opens so

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

EXACT, KNOWN, ALIKE_ONLY = 10, 7, 4


@dataclass(frozen=True, slots=True)
class Match:
    """A paragraph that heads `section`. `weight` is higher the surer; EXACT is word for word."""

    section: Section
    weight: int

    @property
    def exact(self) -> bool:
        return self.weight == EXACT


def bare(text: str) -> str:
    """A heading as compared: folded, without its number, "&" said as "and"."""
    return fold(without_number(_LEAD.sub("", text.replace("&", " and "), count=1)))


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
    return set_off and typed_number(text) is not None and not bare(text)


def without_page(text: str) -> str | None:
    """A contents line without its page number; None when it ends in no number."""
    return _PAGE.sub("", text) if _PAGE.search(text) else None


def looks_like_heading(paragraph: Paragraph) -> bool:
    """By style or by look. Only a short line can be one."""
    text = paragraph.text.strip()
    if not text or len(text) > LONGEST:
        return False
    return (
        paragraph.heading > 0
        or paragraph.bold
        or paragraph.title
        or text.isupper()
        or (typed_number(text) is not None and not text.endswith("."))
    )


def matched(paragraph: Paragraph, shape: ReportShape) -> Match | None:
    """The section this paragraph is a heading of, or None."""
    if not paragraph.text.strip() or len(paragraph.text) > LONGEST:
        return None
    plain = bare(paragraph.text)
    known = _known(paragraph.text, shape)
    if known is not None:
        # A bullet reading "Action plan" is an item of a list.
        listed = paragraph.numbered and not looks_like_heading(paragraph)
        return None if listed and not known.exact else known
    return _nearest(plain, paragraph, shape) if looks_like_heading(paragraph) else None


def is_label(text: str, shape: ReportShape) -> bool:
    """True of the label of a blank, in the front sheet, the plan or the signing off."""
    return squash(text) in _labels(shape)


def well_known(text: str, shape: ReportShape) -> Match | None:
    """The section of which this is a heading word for word, or a listed rewording."""
    return _known(text, shape) if len(text) <= LONGEST else None


def _known(text: str, shape: ReportShape) -> Match | None:
    """The section that a wording heads, or either half of one in two languages; where the halves
    head two sections, neither."""
    wordings = _wordings(shape.sections)
    if (whole := wordings.get(bare(text))) is not None:
        return whole
    found = [one for half in halves(text) if (one := wordings.get(bare(half))) is not None]
    if len({one.section.key for one in found}) != 1:
        return None
    return max(found, key=lambda one: one.weight)


def closes(paragraph: Paragraph, shape: ReportShape) -> bool:
    """True of "Appendix 1" and other headings that end the last section."""
    if not looks_like_heading(paragraph):
        return False
    plain = bare(paragraph.text)
    return any(plain.startswith(fold(word)) for word in shape.closing_words)


@lru_cache(maxsize=32)
def _wordings(sections: tuple[Section, ...]) -> dict[str, Match]:
    out = {bare(words): Match(s, KNOWN) for s in sections for words in s.also}
    return out | {bare(s.heading): Match(s, EXACT) for s in sections}


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
    return frozenset(map(squash, words))


def _nearest(plain: str, paragraph: Paragraph, shape: ReportShape) -> Match | None:
    shown = bare(_ASIDE.sub(" ", paragraph.text)) or plain
    return _most_alike(shown, shape.sections)


@lru_cache(maxsize=2048)
def _most_alike(shown: str, sections: tuple[Section, ...]) -> Match | None:
    best: tuple[float, Match] | None = None
    for wording, match in _wordings(sections).items():
        score = _alike(shown, wording)
        if score >= ALIKE and (best is None or score > best[0]):
            best = score, Match(match.section, ALIKE_ONLY)
    return best[1] if best else None


def _alike(plain: str, wording: str) -> float:
    if plain.startswith(wording + " ") and len(plain) <= len(wording) + LONGEST_TAIL:
        return 0.9
    if wording.startswith(plain + " ") and " " in plain:
        return 0.9
    short, long = sorted((len(plain), len(wording)))
    # Two texts are at most twice the shorter over both alike; with several words they share one.
    if 2 * short < ALIKE * (short + long) or not _share(plain, wording):
        return 0.0
    return likeness(plain, wording)


def _share(one: str, other: str) -> bool:
    words = one.split()
    return len(words) < 2 or not set(words).isdisjoint(other.split())


ALIKE_ISSUE = 0.6
SHARED = 0.5  # of the issue's longer words
_STEM = 6  # letters: "injuries" and "injury" share "injur"
_COMMON = frozenset({"between", "with", "from", "that", "this", "were", "their", "about", "into"})


def is_about(heading: str, issue: str) -> bool:
    """Whether a sub-heading is one for the issue."""
    wanted = _stems(issue)
    shared = len(wanted & _stems(heading)) / len(wanted) if wanted else 0.0
    return shared >= SHARED or likeness(heading, issue) >= ALIKE_ISSUE


def _stems(text: str) -> set[str]:
    return {w[:_STEM].rstrip("iesy") for w in fold(text).split() if len(w) > 3} - _COMMON


BODY = 60  # letters: a longer paragraph between two headings is text, not a contents line


@dataclass(frozen=True, slots=True)
class Candidate:
    """Block `position` may head `match.section`; the heavier, the likelier."""

    position: int
    match: Match
    level: int  # 1 to 9 by style, 0 by look or not at all
    weight: int


def candidates(blocks: Sequence[Block], shape: ReportShape) -> tuple[list[Candidate], bool]:
    """The likely headings in order, and whether a typed contents list was passed over."""
    every, listed = _every(blocks, shape)
    after = _after_contents(every, blocks)
    return _of_one_level(after), listed or len(after) < len(every)


def _every(blocks: Sequence[Block], shape: ReportShape) -> tuple[list[Candidate], bool]:
    """Every paragraph that may be a section's heading; and whether lines of a typed contents list,
    which end in page numbers, were passed over."""
    out: list[Candidate] = []
    listed = False
    for position, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            continue
        entry = without_page(block.text)
        if entry is not None and matched(replace(block, text=entry), shape):
            listed = True
        elif match := matched(block, shape):
            weight = match.weight + _bonus(block, match.section)
            out.append(Candidate(position, match, block.heading, weight))
    return out, listed


def _bonus(paragraph: Paragraph, section: Section) -> int:
    """What makes one of two equal headings the likelier: its look, and the toolkit's number."""
    style = {0: int(paragraph.bold or paragraph.text.isupper()), 1: 3}.get(paragraph.heading, 2)
    return style + 3 * (typed_number(paragraph.text) == section.number)


def _after_contents(every: list[Candidate], blocks: Sequence[Block]) -> list[Candidate]:
    """Without runs of headings that have no text between them and all come again later."""
    dropped: set[int] = set()
    for run in _runs(every, blocks):
        later = {c.match.section.key for c in every if c.position > run[-1].position}
        again = sum(c.match.section.key in later for c in run)
        if len(run) > 2 and 2 * again >= len(run):
            dropped |= {c.position for c in run}
    return [c for c in every if c.position not in dropped]


def _runs(every: list[Candidate], blocks: Sequence[Block]) -> list[list[Candidate]]:
    runs: list[list[Candidate]] = []
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
        (isinstance(b, Row) and not b.blank)
        or (isinstance(b, Paragraph) and (len(b.text) > BODY or b.picture))
        for b in blocks
    )


def _of_one_level(every: list[Candidate]) -> list[Candidate]:
    """Where sections are headed by one style, a reworded line in a lower one is a sub-heading, and
    so is one without a style unless its wording is well known."""
    levels = Counter(c.level for c in every if c.match.weight == EXACT and c.level)
    if sum(levels.values()) < 3:
        return every
    usual = levels.most_common(1)[0][0]
    return [c for c in every if c.match.exact or _as_high(c, usual)]


def _as_high(candidate: Candidate, usual: int) -> bool:
    if candidate.level:
        return candidate.level <= usual
    return candidate.match.weight >= KNOWN
