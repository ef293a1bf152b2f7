"""Looks on a nil return for what marks it as a draft, for what was left to be filled in, and for a
line for a signature on which nothing stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from config.nil_return_words import SIGNING_LINES
from handlers.checks.form.field_checks import is_template_told
from handlers.checks.form.form_sheet import FormSheet
from handlers.checks.form.letter_lines import is_known_label, split_label
from handlers.checks.form.letter_places import LetterSpot, letter_spots
from handlers.context import Context
from handlers.findings import PAGE_MARGIN, FindingPlace, Findings
from handlers.values.draft_marks import is_line_marked, is_marked_draft
from handlers.values.normalise import fold_text

DRAFT_RULE, UNFILLED_RULE = "statement-draft", "statement-unfilled"
UNSIGNED_RULE = "statement-unsigned"
MAX_DRAFT_LINE_WORDS = 6  # words of a line that calls the document a draft
MAX_MARGIN_WORDS = 14  # words of a line of a margin that is a mark

# What is left for a colleague or for later: "[Recipient]", "XX offices", "xx%", "TBC", "??".
_UNFILLED = re.compile(
    r"\[[^\[\]]*[A-Za-z][^\[\]]*\]|<[A-Za-z][^<>@/]*>|\b[xX]{2,}\b|\bTB[ACD]\b|\?{2,}"
)


def is_draft_mark(text: str) -> bool:
    """Whether a line calls the return a draft."""
    words = fold_text(text).split()
    short = "draft" in words and len(words) <= MAX_DRAFT_LINE_WORDS
    label = split_label(text)
    return short or is_line_marked(text) or (label is not None and is_line_marked(label[1]))


def is_unfilled(text: str) -> bool:
    """Whether something in a line was left to be filled in."""
    return _UNFILLED.search(text) is not None


def is_margin_mark(line: str) -> bool:
    """Whether a line of a margin, or a watermark, is such a mark and no more."""
    short = len(line.split()) <= MAX_MARGIN_WORDS
    return is_unfilled(line) or (short and (is_marked_draft(line) or is_draft_mark(line)))


def _kept_spots(sheet: FormSheet) -> Iterator[LetterSpot]:
    """Each line and sentence of the return that is not struck out."""
    for spot in letter_spots(sheet.passages):
        if not all(p.struck for p in sheet.passages[spot.first : spot.last + 1]):
            yield spot


def check_marks(sheet: FormSheet, context: Context, notes: Findings) -> None:
    """`statement-draft`, `statement-unfilled` and `statement-unsigned`, each at its place or in the
    margin. Template text that is told by its own rule is left to that."""
    for margin in sheet.traits.margins:
        for rule in _rules_of_margin(margin):
            notes.add(rule, FindingPlace(section=PAGE_MARGIN))
    for spot in _kept_spots(sheet):
        if is_draft_mark(spot.text):
            notes.add(DRAFT_RULE, FindingPlace(section=spot.place))
        told = any(is_template_told(p, sheet) for p in sheet.passages[spot.first : spot.last + 1])
        if is_unfilled(spot.text) and not told:
            notes.add(UNFILLED_RULE, FindingPlace(section=spot.place))
    if (unsigned := _empty_signing_line(sheet)) is not None:
        notes.add(UNSIGNED_RULE, FindingPlace(section=unsigned))


def _empty_signing_line(sheet: FormSheet) -> str | None:
    """Where a line for a signature is blank, and nothing stands below it that could be one. None
    where ink or a picture may be the signature."""
    traits = sheet.traits
    if sheet.drawn or traits.may_hold_ink or traits.digital_signature:
        return None
    lines = list(_kept_spots(sheet))
    for at, spot in enumerate(lines):
        if _is_empty_signing_line(spot.text) and _next_is_label(lines[at + 1 :], sheet):
            return spot.place
    return None


def _is_empty_signing_line(text: str) -> bool:
    label = split_label(text) or (text, "")
    return fold_text(label[0]) in SIGNING_LINES and not fold_text(label[1])


def _next_is_label(after: Sequence[LetterSpot], sheet: FormSheet) -> bool:
    below = next((spot.text for spot in after if spot.text.strip()), None)
    if below is None:
        return True
    label = split_label(below)
    return is_known_label(label[0] if label else below, sheet.shape)


def _rules_of_margin(margin: str) -> list[str]:
    lines = margin.split("\n")
    unfilled = any(map(is_unfilled, lines))
    drafts = any(is_margin_mark(line) and not is_unfilled(line) for line in lines)
    return [DRAFT_RULE] * drafts + [UNFILLED_RULE] * unfilled
