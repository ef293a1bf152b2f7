"""Looks on a nil return for what marks it as a draft, for what was left to be filled in, and for a
line for a signature on which nothing stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from config.nil_return_words import SIGNING_LINES
from handlers.checks.form.field_checks import is_template_told
from handlers.checks.form.form_sheet import FormSheet
from handlers.checks.form.form_text import FormPassage
from handlers.checks.form.letter_lines import is_known_label, split_label
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


def line_places(sheet: FormSheet) -> Iterator[tuple[FormPassage, str]]:
    """Each line of the return that is not struck out, and where it stands."""
    number, last = 0, -1
    for passage in sheet.passages:
        number += passage.position != last  # a row of a table is one line
        last = passage.position
        if not passage.struck:
            yield passage, line_at(number)


def line_at(number: int) -> str:
    return f"line {number} from the top"


def check_marks(sheet: FormSheet, context: Context, notes: Findings) -> None:
    """`statement-draft`, `statement-unfilled` and `statement-unsigned`, each at its line or in the
    margin. Template text that is told by its own rule is left to that."""
    for margin in sheet.traits.margins:
        for rule in _rules_of_margin(margin):
            notes.add(rule, FindingPlace(section=PAGE_MARGIN))
    for passage, place in line_places(sheet):
        if is_draft_mark(passage.text):
            notes.add(DRAFT_RULE, FindingPlace(section=place))
        if is_unfilled(passage.text) and not is_template_told(passage, sheet):
            notes.add(UNFILLED_RULE, FindingPlace(section=place))
    if (unsigned := _empty_signing_line(sheet)) is not None:
        notes.add(UNSIGNED_RULE, FindingPlace(section=unsigned))


def _empty_signing_line(sheet: FormSheet) -> str | None:
    """Where a line for a signature is blank, and nothing stands below it that could be one. None
    where ink or a picture may be the signature."""
    traits = sheet.traits
    if sheet.drawn or traits.may_hold_ink or traits.digital_signature:
        return None
    lines = list(line_places(sheet))
    for at, (passage, place) in enumerate(lines):
        if _is_empty_signing_line(passage.text) and _next_is_label(lines[at + 1 :], sheet):
            return place
    return None


def _is_empty_signing_line(text: str) -> bool:
    label = split_label(text) or (text, "")
    return fold_text(label[0]) in SIGNING_LINES and not fold_text(label[1])


def _next_is_label(after: Sequence[tuple[FormPassage, str]], sheet: FormSheet) -> bool:
    below = next((passage.text for passage, _ in after if passage.text.strip()), None)
    if below is None:
        return True
    label = split_label(below)
    return is_known_label(label[0] if label else below, sheet.shape)


def _rules_of_margin(margin: str) -> list[str]:
    lines = margin.split("\n")
    unfilled = any(map(is_unfilled, lines))
    drafts = any(is_margin_mark(line) and not is_unfilled(line) for line in lines)
    return [DRAFT_RULE] * drafts + [UNFILLED_RULE] * unfilled
