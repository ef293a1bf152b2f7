"""What a small return asks or tells: which return, until when, why, whose name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from config.kind import Kind
from config.kind_shape import Field
from handlers.checks.form.field_answer import FieldAnswer
from handlers.checks.form.form_sheet import FormSheet
from handlers.checks.form.letter_fields import (
    NOMINEE_TOKEN,
    REACHED_TOKEN,
    SERVING_TOKEN,
    contains_phrase,
)
from handlers.checks.form.letter_sentences import split_letter, split_sentences
from handlers.checks.form.letter_signature import find_last_day, split_signature_line
from handlers.context import Context
from handlers.values.dates import read_date
from handlers.values.normalise import fold_text, plain_characters
from handlers.values.personal_names import find_full_name, is_role_title

MAX_ANSWER_LENGTH, MAX_ANSWERS = 200, 12  # characters of one, and how many there are
KeptAnswers = tuple[tuple[str, str], ...]


def keep_request_answers(sheet: FormSheet, context: Context) -> KeptAnswers:
    """Each blank of a small return by its label, with what answers it."""
    if not sheet.kind.signs:
        return ()
    letter = split_letter(sheet.passages)
    said = tuple(split_sentences([p.text for p in letter.body])) or tuple(
        p.text for p in sheet.passages if not p.struck
    )
    found = ((e.field.label, _answer(e, said, sheet, context)) for e in sheet.entries)
    return tuple((label, text) for label, text in found if text)[:MAX_ANSWERS]


def sentences_on_form(sheet: FormSheet) -> tuple[str, ...]:
    """The letter's own sentences: its body's, else all there are."""
    letter = split_letter(sheet.passages)
    labelled = {e.filled.position for e in sheet.entries if e.filled}
    body = [p.text for p in letter.body if p.position not in labelled]
    return tuple(split_sentences(body)) or tuple(p.text for p in sheet.passages if not p.struck)


def _answer(entry: FieldAnswer, said: Sequence[str], sheet: FormSheet, context: Context) -> str:
    if entry.entered_text:
        return _one_line(_as_day(entry.field, entry.entered_text, context))
    if entry.told:
        return _one_line(entry.told)
    if entry.field.reads_as == "agency" or not entry.field.said_by:
        return ""
    only = len(sheet.shape.fields) == 1
    for at, sentence in enumerate(said):
        if contains_phrase(fold_text(sentence), entry.field.said_by, None):
            read = _READ.get(entry.field.reads_as)
            found = read(sentence) if read else ""
            whole = " ".join(said[_begins(said, at) :]) if only else sentence
            return _one_line(_as_day(entry.field, found or whole, context))
    return _one_line(" ".join(said)) if only else ""


def _begins(said: Sequence[str], at: int) -> int:
    """Where what a sentence says begins: one that goes on from another says nothing alone."""
    goes_on = said[at][:1].islower() or fold_text(said[at]).startswith(_GOES_ON)
    return at - 1 if at and goes_on else at


_GOES_ON = ("they ", "their ", "these ", "this ", "it ", "she ", "he ", "ours ")
_READ = {"date": find_last_day, "name": find_full_name}  # what is looked for in a sentence


def _as_day(field: Field, text: str, context: Context) -> str:
    """A day as ISO 8601 gives it, where it is one."""
    if field.reads_as != "date":
        return text
    period = context.case.period if context.case else None
    day = read_date(text, period, context.today).value
    return day.isoformat() if day else text


def _one_line(text: str) -> str:
    line = " ".join("".join(c if c.isprintable() else " " for c in plain_characters(text)).split())
    return line if len(line) <= MAX_ANSWER_LENGTH else f"{line[: MAX_ANSWER_LENGTH - 1].rstrip()}…"


def is_believable(kept: KeptAnswers, kind: Kind | None) -> bool:
    """Whether it is made as this module makes it, of a kind's own labels: for whoever reads it
    from the confined worker."""
    fields = getattr(kind.shape, "fields", ()) if kind is not None else ()
    labels = {field.label for field in fields}
    return len(kept) <= MAX_ANSWERS and all(
        label in labels and len(text) <= MAX_ANSWER_LENGTH and text.isprintable()
        for label, text in kept
    )


MAX_NOMINEE_LENGTH = 160  # characters beside a name that are read for a role

_OF_THE_PANEL = re.compile(
    r"\b(?:panel|represent\w*|nominat\w*|nominee|put forward|join|serve|appointed)\b"
)
_REACHED = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:\+44 ?|\b0)\d[\d ]{7,12}\d\b|"
    r"\bext(?:ension|n)?\.? ?\d{2,6}\b",
    re.I,
)
_PARTS = re.compile(r"\b(?:our|the|its|by|is|be)\s")
_AND = re.compile(r"(?: \([^()]{2,60}\)|, [^,;.]{2,60},)? (?:and|or|&) (?P<rest>.{3,80})")
_AFTER = re.compile(r"^[\s,(]*(?:who is|is)?\s*(?:our|the|a|an|its)?\s*(?P<role>[^,;().:]{2,80})")
_BEFORE = re.compile(
    r"\b(?:our|the|its|by|is|be)\s+(?:our |the |its )?(?P<role>[^,;().:]{2,80}?)[,\s]*$"
)


def fill_nominee(sheet: FormSheet) -> FormSheet:
    """The sheet, its blanks for a person answered from the letter's sentences where bare."""
    tokens = {NOMINEE_TOKEN, SERVING_TOKEN, REACHED_TOKEN}
    if all(tokens.isdisjoint(entry.field.said_by) for entry in sheet.entries):
        return sheet
    said = sentences_on_form(sheet)
    sentence = _sentence(said)
    whole = find_full_name(sentence)
    other = _second(sentence, whole)
    ranked = {
        piece.sort: piece.text for piece in split_signature_line(whole, frozenset())
    }  # "DCI Holt"
    answers = {
        NOMINEE_TOKEN: " and ".join(filter(None, (ranked.get("name", whole), other))),
        # Of two it is not said which of them a role would be.
        SERVING_TOKEN: "" if other else find_role_beside(sentence, whole) or ranked.get("role", ""),
        REACHED_TOKEN: ", ".join(
            dict.fromkeys(found[0] for found in _REACHED.finditer(" ".join(said)))
        ),
    }
    return replace(sheet, entries=tuple(_answered(e, answers) for e in sheet.entries))


def _second(sentence: str, first: str) -> str:
    """Who is named beside the first, in one breath: "Jane Roe and Tom Ash"."""
    beside = _AND.match(sentence.partition(first)[2]) if first else None
    found = find_full_name(beside["rest"]) if beside else ""
    return found if beside and beside["rest"].startswith(found) else ""


def _answered(entry: FieldAnswer, answers: dict[str, str]) -> FieldAnswer:
    told = next((answers[by] for by in entry.field.said_by if answers.get(by)), "")
    return replace(entry, told=told) if told and entry.filled is None else entry


def _sentence(said: Sequence[str]) -> str:
    """The first that names somebody, of those that speak of the panel or follow one that does."""
    near = [i for i, one in enumerate(said) if _OF_THE_PANEL.search(fold_text(one))]
    order = [*near, *(i + 1 for i in near if i + 1 < len(said))]
    return next((said[i] for i in order if find_full_name(said[i])), "")


def find_role_beside(sentence: str, name: str) -> str:
    """ "Jane Roe, our Named Nurse, will sit", "by its headteacher, Tom Ash", "DCI Peter Holt"."""
    if not name:
        return ""
    before, _, after = sentence.partition(name)
    behind = _AFTER.match(after[:MAX_NOMINEE_LENGTH])
    ahead = _BEFORE.search(before[-MAX_NOMINEE_LENGTH:])
    candidates = [_PARTS.split(match["role"])[-1].strip() for match in (behind, ahead) if match]
    return next((one for one in candidates if is_role_title(one)), "")
