"""Finds the paragraphs of a report that break off in the midst of a sentence.

Does: looks for a last word after which another has to come, and for a paragraph behind it that
begins a sentence of its own, or for none.
Trusts: that an author's paragraphs are the report's, which those of a PDF are not.
Never touches: tables, headings, and reports whose lines are paragraphs each.
Known limits: it errs towards silence: what leads to a list, a table or a picture is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from handlers.checks.report.headings import looks_like_heading
from handlers.checks.report.report import ReportDocument, ReportPassage, report_passages
from handlers.document import Paragraph, Row

MIN_WORDS = 6  # of a paragraph that is a sentence or more
MAX_WRAPPED = 2  # paragraphs that go on below in a report whose lines are none
# No sentence ends with one of these, and a list is hardly ever led in by one.
_NEEDS_MORE = frozenset(
    {"because", "although", "though", "whereas", "whilst", "and", "but", "or", "which", "who"}
    | {"whose", "whom", "the", "a", "an", "than", "if", "until", "unless", "when", "while", "their"}
    | {"his", "its", "our", "my", "your", "very", "was", "were", "had", "has", "have", "is", "are"}
)
# A list may be led in by one of these: the paragraph below has to be a whole sentence.
_MAY_LEAD = frozenset(
    {"that", "into", "between", "whether", "could", "would", "should"}  # "sat on", "told of"
)
_NUMBER = re.compile(r"\s*(?P<number>\(?\d{1,2}(?:\.\d{1,3})*\)?\.?)\s+(?=\S)")
_LISTED = re.compile(r"\s*(?:[^\w\s(\[\"'\u2018\u201c]|\(?[a-z]{1,3}[).]\s|\([a-z0-9]+\)|o\s)")
_STOP = re.compile(r"[a-z]{2}[.!?](?:\s|$)")
_LAST = re.compile(r"([a-z]+)\s*$")


def broken_off(report: ReportDocument) -> Iterator[ReportPassage]:
    """Each such paragraph, from the first section on."""
    if report.traits.on_paper:
        return
    lines = list(report_passages(report.blocks, report.outline.front))
    texts = [one for one in lines if one.text.strip() or one.row is not None]
    if sum(_goes_on(one, after) for one, after in pairwise(texts)) > MAX_WRAPPED:
        return
    for at, one in enumerate(texts):
        after = texts[at + 1] if at + 1 < len(texts) else None
        if one.row is not None:
            continue
        below = _below(report, one, after)
        next_one = texts[at + 2].paragraph if at + 2 < len(texts) else None
        if below is not None and next_one is not None and _heads(below, next_one):
            below = None
        if _breaks_off(one.paragraph, below):
            yield one


def _below(
    report: ReportDocument, one: ReportPassage, after: ReportPassage | None
) -> Paragraph | None:
    """The paragraph below; None where the section ends there, and a picture for a table."""
    sections = report.outline.section_at_block
    if after is None or sections(after.position) is not sections(one.position):
        return None
    between: Sequence[object] = report.blocks[one.position + 1 : after.position]
    if any(isinstance(b, Row) or (isinstance(b, Paragraph) and b.picture) for b in between):
        return Paragraph("", picture=True)
    if after.row is not None:
        return Paragraph("", picture=True)
    return None if _is_heading(after.paragraph) else after.paragraph


def _heads(line: Paragraph, below: Paragraph) -> bool:
    """Whether a short line over a whole sentence can only be a heading, however it looks."""
    short = len(line.text.split()) < MIN_WORDS and line.text.rstrip()[-1:].isalpha()
    item = (
        line.numbered
        or line.picture
        or _LISTED.match(line.text)
        or any(map(str.isdigit, line.text))
    )
    return short and not item and line.text.lstrip()[:1].isupper() and _is_sentence(below.text)


def _is_sentence(text: str) -> bool:
    plain = _NUMBER.sub("", text.strip(), count=1)
    return (
        _STOP.search(plain) is not None and plain[:1].isupper() and len(plain.split()) >= MIN_WORDS
    )


def _breaks_off(paragraph: Paragraph, below: Paragraph | None) -> bool:
    if paragraph.heading > 0 or paragraph.title:
        return False
    found = _LAST.search(paragraph.text)
    words = paragraph.text.split("\n")[-1].split()
    if found is None or len(words) < MIN_WORDS or paragraph.struck or paragraph.bold:
        return False
    if found[1] in _NEEDS_MORE and below is None:
        return True
    if found[1] not in _NEEDS_MORE | _MAY_LEAD or below is None:
        return False
    return _begins_anew(below, paragraph)


def _begins_anew(below: Paragraph, paragraph: Paragraph) -> bool:
    """Whether the paragraph below is a sentence of its own, and no item of a list."""
    text = below.text.strip()
    numbers = [_NUMBER.match(one.text) for one in (paragraph, below)]
    listed = below.numbered != paragraph.numbered or bool(numbers[0]) != bool(numbers[1])
    if below.picture or listed or _LISTED.match(text):
        return False
    return _is_sentence(text)


def _goes_on(one: ReportPassage, after: ReportPassage) -> bool:
    """Whether a paragraph is a line that goes on in the next."""
    plain = one.row is None and after.row is None and not after.paragraph.numbered
    ends = one.text.rstrip()[-1:].isalnum() and len(one.text.split()) >= MIN_WORDS
    return plain and ends and after.text.lstrip()[:1].islower()


def _is_heading(paragraph: Paragraph) -> bool:
    return paragraph.heading > 0 or (
        looks_like_heading(paragraph) and not paragraph.text.rstrip().endswith((".", "!"))
    )
