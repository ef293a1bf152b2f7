"""Whether the family is drawn: under the genogram's heading, or at the place the text points to.

Does: knows a drawing, a table, or lines that name the family; and finds the appendix that a text
names, and what stands under it.
Trusts: the shape's words for another place.
Never touches: findings.
Known limits: a drawing is a drawing, whatever it shows, and so are lines that name the family.
Where the text names no appendix ("See overleaf"), any picture after the front sheet will do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from config.document_words import KIN
from handlers.checks.report.headings import closes, looks_like_heading
from handlers.checks.report.report import Report
from handlers.document import Block, Paragraph, Row
from handlers.values.normalise import fold

FEWEST = 2  # of the family, for their boxes to be a genogram
_A_BOX = 8  # words: a name, a relation, a date of birth
_PLACE = re.compile(r"\b(?P<kind>appendix|annex)\s+(?P<number>\d{1,2}|[a-z]|[ivx]{1,4})\b", re.I)
_DRAWN = ("genogram", "family tree")


def is_drawn(block: Block) -> bool:
    if isinstance(block, Row):
        return not block.blank
    return isinstance(block, Paragraph) and block.picture


def is_listed(report: Report, key: str) -> bool:
    """Boxes over each other, or lines, each with one of the family: "Grandmother", "Mother",
    "Child N". A table one cell wide is read as lines."""
    lines = [line for p in report.said(key) for line in p.text.split("\n")]
    return sum(len(line.split()) <= _A_BOX and _names_kin(line) for line in lines) >= FEWEST


def _names_kin(line: str) -> bool:
    return not line.rstrip().endswith(".") and not KIN.isdisjoint(fold(line).split())


def points_elsewhere(report: Report, text: str) -> bool:
    said = f" {fold(text)} "
    return any(f" {fold(words)} " in said for words in report.shape.genogram_places)


def drawn_elsewhere(report: Report, text: str) -> bool:
    """Whether the place that `text` points to is in the document and holds something drawn."""
    if not points_elsewhere(report, text):
        return False
    named = {fold(found[0]) for found in _PLACE.finditer(text)}
    after = range(report.outline.front, len(report.blocks))
    heads = [at for at in after if _heads(report.blocks[at], named)]
    if any(any(map(is_drawn, _under(report, at))) for at in heads):
        return True
    return not named and any(_is_picture(report, at) for at in after)


def _heads(block: Block, named: set[str]) -> bool:
    """The head of such an appendix; where none is named, of a genogram."""
    if not isinstance(block, Paragraph):
        return False
    found = _PLACE.match(block.text.strip())
    if named:
        return found is not None and fold(found[0]) in named
    said = fold(block.text)
    return looks_like_heading(block) and any(words in said for words in _DRAWN)


def _under(report: Report, at: int) -> Sequence[Block]:
    """What stands there, up to the next appendix or section."""
    sections = {found.position for found in report.outline.found}
    for end in range(at + 1, len(report.blocks)):
        block = report.blocks[end]
        if end in sections or (isinstance(block, Paragraph) and closes(block, report.shape)):
            return report.blocks[at:end]
    return report.blocks[at:]


def _is_picture(report: Report, at: int) -> bool:
    block, sign_off = report.blocks[at], report.shape.sign_off
    here = report.outline.at(at)
    signing = here is not None and sign_off is not None and here.section.key == sign_off.section
    return isinstance(block, Paragraph) and block.picture and not signing
