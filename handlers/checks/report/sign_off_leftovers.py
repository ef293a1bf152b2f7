"""Template text in a signing off that stands in none of its blanks: "[Insert logo]" at its end.

Does: tells such a passage from one in a blank, which is told as that person's missing part.
Trusts: the labels of the signing off.
Never touches: tables, in which a passage counts as standing in a blank.
Known limits: where nothing has a label, any line may be a blank.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from handlers.checks.report.report import ReportDocument, ReportPassage
from handlers.checks.report.roles import lexicon_of_roles
from handlers.fields.fields import read_field_items
from handlers.fields.label_meanings import FoundField

NEAR = 2  # lines from a label to what answers it


def apart_from_blanks(report: ReportDocument) -> Callable[[ReportPassage], bool]:
    """Whether a passage stands in the signing off and in none of its blanks."""
    sign_off = report.shape.sign_off
    found = report.outline[sign_off.section] if sign_off else None
    if sign_off is None or found is None:
        return lambda _: False
    blanks: list[FoundField] | None = None

    def apart(passage: ReportPassage) -> bool:
        nonlocal blanks
        if (
            passage.row is not None
            or report.outline.section_at_block(passage.position) is not found
        ):
            return False
        if blanks is None:
            first = found.position + 1
            items = read_field_items(report.blocks[first : found.end], lexicon_of_roles(sign_off))
            blanks = [replace(one, position=one.position + first)
                      for one in items if isinstance(one, FoundField) and _asks(one)]  # fmt: skip
        return bool(blanks) and not any(_holds(one, passage) for one in blanks)

    return apart


def _asks(filled: FoundField) -> bool:
    return not all(term.person for term in filled.terms)


def _holds(filled: FoundField, passage: ReportPassage) -> bool:
    """Whether a passage is on a blank's own line, or beside a label that has none on it."""
    apart = abs(filled.position - passage.position)
    if apart == 0:
        return True
    said = filled.text.strip()
    open_label = filled.is_blank and not filled.drawn
    return apart <= NEAR and (open_label or (bool(said) and said in passage.text))
