"""Asks about what stands where a form is signed, claimed by no label, and may answer a blank."""

from __future__ import annotations

from handlers.checks.form.field_answer import SIGNING_FIELDS, FieldAnswer
from handlers.checks.form.form_sheet import FormSheet
from handlers.fields.people import look_of_text, split_pieces, without_departments
from handlers.fields.signed_by import says_signed
from handlers.findings import Findings

HANDWRITING_RULE = "handwriting"
MAX_SHORT_LINE_WORDS = 8  # words: a longer line by itself is a sentence of the form


def rule_of_unread(entry: FieldAnswer, sheet: FormSheet, notes: Findings) -> str:
    """The question to ask where something stands by the blank that no label claims and that may be
    what is looked for: a picture under "Signed", a name beside a label nobody told us of."""
    signature = entry.field.reads_as == "signature"
    anchored = (e.filled is not None and e.filled.picture for e in sheet.signing_fields)
    if signature and (any(one.picture for one in sheet.loose) or any(anchored)):
        image = f"{entry.field_key}-image"
        return image if image in sheet.kind.rules else HANDWRITING_RULE
    if is_in_a_sentence(entry, sheet):
        return HANDWRITING_RULE
    look = {"signature": "name", "name": "name", "role": "designation", "date": "date"}
    wanted = look.get(entry.field.reads_as)
    found = any(look_of_text(part) == wanted for part in _parts(entry, sheet))
    return HANDWRITING_RULE if wanted and (found or _unexplained(entry, sheet)) else ""


def _unexplained(entry: FieldAnswer, sheet: FormSheet) -> bool:
    """Whether it is signed, or dated, in a line that no label claims, and the blank has no label
    either: it may be in the same line."""
    lines = (one.text for one in sheet.loose if _short(one.text))
    looks = {look_of_text(part) for line in lines for part in split_pieces(line)}
    return entry.filled is None and not looks.isdisjoint({"name", "date"})


def is_in_a_sentence(entry: FieldAnswer, sheet: FormSheet) -> bool:
    """Whether the form is signed in a sentence, which may say in words we do not know what has no
    blank of its own."""
    if entry.filled is not None or entry.field.reads_as not in SIGNING_FIELDS:
        return False
    signed = (e.entered_text for e in sheet.signing_fields if e.field.reads_as == "signature")
    return any(says_signed(one.text) for one in sheet.loose) or any(
        len(split_pieces(text)) > 1 for text in signed
    )


def _parts(entry: FieldAnswer, sheet: FormSheet) -> list[str]:
    """What stands where the form is signed and may answer any of its blanks: lines without a label,
    and what is entered after the label of another. Nobody signs in the blank for something else
    while the one for signing stands there empty."""
    texts = [one.text for one in sheet.loose if one.label or _short(one.text)]
    labelled = entry.filled is not None
    others = [e for e in sheet.signing_fields if e.filled and e.field_key != entry.field_key]
    if labelled and entry.field.reads_as == "signature":
        others = []
    # "Signed: A. Person" over a job and a day without labels: the name is there.
    alone = entry.field.reads_as == "name" and not labelled and bool(texts)
    parts = [part for text in texts for part in split_pieces(text)]
    for pieces in (split_pieces(e.filled.text) for e in others if e.filled):
        if alone or len(pieces) > 1:
            parts += without_departments(pieces) if labelled else pieces
    return parts


def _short(text: str) -> bool:
    """A line that is no sentence of the form: a few words, or all names, jobs and days."""
    return len(text.split()) <= MAX_SHORT_LINE_WORDS or all(
        look_of_text(part) for part in split_pieces(text)
    )
