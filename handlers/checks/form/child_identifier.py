"""Checks the blank for the child's identifier, and finds the identifier that a form carries."""

from __future__ import annotations

from config.person_name_words import KIN_WORDS
from config.rules import Severity
from handlers.checks.form.field_answer import FieldAnswer
from handlers.checks.form.form_sheet import FormSheet
from handlers.context import Context
from handlers.fields.people import look_of_text
from handlers.findings import LETTER_ITSELF, Findings
from handlers.values.case_reference import (
    find_other_review,
    first_named_reference,
    looks_like_identifier,
    match_identifier,
)
from handlers.values.normalise import fold_text

_CHILD_WORDS = KIN_WORDS | {"boy", "girl", "infant", "toddler", "pupil", "adult", "subject"}


def check_child(sheet: FormSheet, context: Context, notes: Findings) -> None:
    """A blank identifier is weighed here, not with the other blanks."""
    for entry in _identifiers(sheet):
        if entry.is_blank:
            severity: Severity | None = None if context.case else "question"
            notes.add(f"{entry.field_key}-missing", entry.finding_place, severity)
        if not entry.entered_text or context.case is None:
            continue
        whose = match_identifier(entry.entered_text, context.case)
        if whose == "unclear" and _is_next_line(entry):
            notes.add(f"{entry.field_key}-missing", entry.finding_place)
        elif whose != "ours":
            notes.add(f"{entry.field_key}-{whose}", entry.finding_place)


def _is_next_line(entry: FieldAnswer) -> bool:
    """Whether what stands under the label is the form's next line, a title or a sentence, and
    nobody's identifier, initials or name."""
    text = entry.filled.text if entry.filled and entry.filled.below else ""
    words = text.split()
    plain = len(words) > 1 and not any(map(str.isdigit, text)) and look_of_text(text) != "name"
    return plain and _CHILD_WORDS.isdisjoint(fold_text(text).split())


def find_child_identifier(sheet: FormSheet, context: Context) -> tuple[str | None, str]:
    """This case's identifier when the form carries it, else what looks like one, else None; and
    where it stands."""
    for entry in _identifiers(sheet):
        if (
            context.case
            and match_identifier(entry.entered_text, context.case) == "ours"
            and entry.entered_text
        ):
            return context.case.child_identifier or None, ""
        if looks_like_identifier(entry.entered_text):
            return " ".join(entry.entered_text.split()), entry.field.label
        if context.case and (other := find_other_review(entry.entered_text, context.case)):
            return other, entry.field.label
    return (None, "") if _identifiers(sheet) else _in_the_text(sheet, context)


def _in_the_text(sheet: FormSheet, context: Context) -> tuple[str | None, str]:
    """Of a letter, which has no blank for it: another review's where it names that and not ours."""
    if context.case is None:
        return None, ""
    text = "\n".join(passage.text for passage in sheet.passages)
    ours = (context.case.reference, context.case.child_identifier)
    if first_named_reference(text, filter(None, ours)):
        return None, ""
    other = find_other_review(text, context.case)
    return other or None, LETTER_ITSELF if other else ""


def _identifiers(sheet: FormSheet) -> list[FieldAnswer]:
    return [entry for entry in sheet.entries if entry.field.reads_as == "child"]
