"""Says whether the family is drawn: under the genogram's heading, where the text points to, or
beside a line that calls it so.

A drawing is a drawing, whatever it shows. Where the text names no appendix ("See overleaf"), any
picture after the front sheet will do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from config.front_table_words import FAMILY_WORDS
from handlers.checks.report.headings import closes_report, looks_like_heading
from handlers.checks.report.report import ReportDocument
from handlers.document import Block, Paragraph, Row
from handlers.values.normalise import fold_text

MIN_FAMILY_BOXES = 2  # of the family, for their boxes to be a genogram
_CAPTION = 10  # words of a line under a drawing
_A_BOX = 8  # words: a name, a relation, a date of birth
_PLACE = re.compile(r"\b(?P<kind>appendix|annex)\s+(?P<number>\d{1,2}|[a-z]|[ivx]{1,4})\b", re.I)
_DRAWN = ("genogram", "family tree")


def is_drawing(block: Block) -> bool:
    if isinstance(block, Row):
        return not block.is_blank
    return isinstance(block, Paragraph) and block.picture


def is_family_listed(report: ReportDocument, key: str) -> bool:
    """Boxes over each other, or lines, each with one of the family: "Grandmother", "Mother",
    "Child N". A table one cell wide is read as lines."""
    return _are_boxes(p.text for p in report.section_passages(key))


def _are_boxes(texts: Iterable[str]) -> bool:
    lines = [line for text in texts for line in text.split("\n")]
    return (
        sum(len(line.split()) <= _A_BOX and _names_kin(line) for line in lines) >= MIN_FAMILY_BOXES
    )


def _names_kin(line: str) -> bool:
    return not line.rstrip().endswith(".") and not FAMILY_WORDS.isdisjoint(fold_text(line).split())


def points_elsewhere(report: ReportDocument, text: str) -> bool:
    said = f" {fold_text(text)} "
    return any(f" {fold_text(words)} " in said for words in report.shape.genogram_places)


def is_drawn_elsewhere(report: ReportDocument, text: str) -> bool:
    """Whether the place that `text` points to is in the document and holds something drawn, or
    something drawn stands beside a short line that calls it a genogram."""
    if any(_is_captioned(report, at) for at in range(report.outline.front, len(report.blocks))):
        return True
    if not points_elsewhere(report, text):
        return False
    named = {fold_text(found[0]) for found in _PLACE.finditer(text)}
    after = range(report.outline.front, len(report.blocks))
    heads = [at for at in after if _heads(report.blocks[at], named)]
    for at in heads:
        under = _under(report, at)
        boxes = [block.text for block in under[1:] if isinstance(block, Paragraph)]
        if any(map(is_drawing, under)) or _are_boxes(boxes):
            return True
    return not named and any(_is_picture(report, at) for at in after)


def _is_captioned(report: ReportDocument, at: int) -> bool:
    """Whether a picture or a table has the line before or after it call it so."""
    block = report.blocks[at]
    if not isinstance(block, Paragraph) or not 0 < len(block.text.split()) <= _CAPTION:
        return False
    said = fold_text(block.text)
    if not any(words in said for words in _DRAWN):
        return False
    heads = closes_report(block, report.shape)  # "Appendix 2: Genogram", below another's table
    above = report.blocks[:0] if heads else report.blocks[:at]
    before = next((one for one in reversed(above) if not _is_blank(one)), None)
    after = next((one for one in report.blocks[at + 1 :] if not _is_blank(one)), None)
    return block.picture or any(one is not None and is_drawing(one) for one in (before, after))


def _is_blank(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return not (block.text.strip() or block.picture)
    return not isinstance(block, Row)


def _heads(block: Block, named: set[str]) -> bool:
    """The head of such an appendix; where none is named, of a genogram."""
    if not isinstance(block, Paragraph):
        return False
    found = _PLACE.match(block.text.strip())
    if named:
        return found is not None and fold_text(found[0]) in named
    said = fold_text(block.text)
    return looks_like_heading(block) and any(words in said for words in _DRAWN)


def _under(report: ReportDocument, at: int) -> Sequence[Block]:
    """What stands there, up to the next appendix or section."""
    sections = {found.position for found in report.outline.found}
    for end in range(at + 1, len(report.blocks)):
        block = report.blocks[end]
        if end in sections or (isinstance(block, Paragraph) and closes_report(block, report.shape)):
            return report.blocks[at:end]
    return report.blocks[at:]


def _is_picture(report: ReportDocument, at: int) -> bool:
    block, sign_off = report.blocks[at], report.shape.sign_off
    here = report.outline.section_at_block(at)
    signing = here is not None and sign_off is not None and here.section.key == sign_off.section
    return isinstance(block, Paragraph) and block.picture and not signing
