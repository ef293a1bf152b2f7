"""What a small return asks or tells: which return, until when, why, whose name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from config.kind import Kind
from config.kind_shape import Field
from handlers.checks.form.letter import NOMINEE, REACHED, SERVING, said_in
from handlers.checks.form.letter_sentences import letter_of, sentences
from handlers.checks.form.letter_signature import is_role, last_day, name_in, pieces_of
from handlers.checks.form.sheet import Entry, Sheet
from handlers.context import Context
from handlers.values.dates import read_date
from handlers.values.normalise import fold, plain

LONGEST, MOST = 200, 12  # characters of one, and how many there are
Kept = tuple[tuple[str, str], ...]


def kept_of(sheet: Sheet, context: Context) -> Kept:
    """Each blank of a small return by its label, with what answers it."""
    if not sheet.kind.signs:
        return ()
    letter = letter_of(sheet.passages)
    said = tuple(sentences([p.text for p in letter.body])) or tuple(
        p.text for p in sheet.passages if not p.struck
    )
    found = ((e.field.label, _answer(e, said, sheet, context)) for e in sheet.entries)
    return tuple((label, text) for label, text in found if text)[:MOST]


def said_on(sheet: Sheet) -> tuple[str, ...]:
    """The letter's own sentences: its body's, else all there are."""
    letter = letter_of(sheet.passages)
    labelled = {e.filled.position for e in sheet.entries if e.filled}
    body = [p.text for p in letter.body if p.position not in labelled]
    return tuple(sentences(body)) or tuple(p.text for p in sheet.passages if not p.struck)


def _answer(entry: Entry, said: Sequence[str], sheet: Sheet, context: Context) -> str:
    if entry.text:
        return _one_line(_as_day(entry.field, entry.text, context))
    if entry.told:
        return _one_line(entry.told)
    if entry.field.reads_as == "agency" or not entry.field.said_by:
        return ""
    only = len(sheet.shape.fields) == 1
    for at, sentence in enumerate(said):
        if said_in(fold(sentence), entry.field.said_by, None):
            read = _READ.get(entry.field.reads_as)
            found = read(sentence) if read else ""
            whole = " ".join(said[_begins(said, at) :]) if only else sentence
            return _one_line(_as_day(entry.field, found or whole, context))
    return _one_line(" ".join(said)) if only else ""


def _begins(said: Sequence[str], at: int) -> int:
    """Where what a sentence says begins: one that goes on from another says nothing alone."""
    goes_on = said[at][:1].islower() or fold(said[at]).startswith(_GOES_ON)
    return at - 1 if at and goes_on else at


_GOES_ON = ("they ", "their ", "these ", "this ", "it ", "she ", "he ", "ours ")
_READ = {"date": last_day, "name": name_in}  # what is looked for in a sentence


def _as_day(field: Field, text: str, context: Context) -> str:
    """A day as ISO 8601 gives it, where it is one."""
    if field.reads_as != "date":
        return text
    period = context.case.period if context.case else None
    day = read_date(text, period, context.today).value
    return day.isoformat() if day else text


def _one_line(text: str) -> str:
    line = " ".join("".join(c if c.isprintable() else " " for c in plain(text)).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"


def believable(kept: Kept, kind: Kind | None) -> bool:
    """Whether it is made as this module makes it, of a kind's own labels: for whoever reads it
    from the confined worker."""
    fields = getattr(kind.shape, "fields", ()) if kind is not None else ()
    labels = {field.label for field in fields}
    return len(kept) <= MOST and all(
        label in labels and len(text) <= LONGEST and text.isprintable() for label, text in kept
    )


LONGEST_NOMINEE = 160  # characters beside a name that are read for a role

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


def with_nominee(sheet: Sheet) -> Sheet:
    """The sheet, its blanks for a person answered from the letter's sentences where bare."""
    tokens = {NOMINEE, SERVING, REACHED}
    if all(tokens.isdisjoint(entry.field.said_by) for entry in sheet.entries):
        return sheet
    said = said_on(sheet)
    sentence = _sentence(said)
    whole = name_in(sentence)
    other = _second(sentence, whole)
    ranked = {piece.sort: piece.text for piece in pieces_of(whole, frozenset())}  # "DCI Holt"
    answers = {
        NOMINEE: " and ".join(filter(None, (ranked.get("name", whole), other))),
        # Of two it is not said which of them a role would be.
        SERVING: "" if other else role_beside(sentence, whole) or ranked.get("role", ""),
        REACHED: ", ".join(dict.fromkeys(found[0] for found in _REACHED.finditer(" ".join(said)))),
    }
    return replace(sheet, entries=tuple(_answered(e, answers) for e in sheet.entries))


def _second(sentence: str, first: str) -> str:
    """Who is named beside the first, in one breath: "Jane Roe and Tom Ash"."""
    beside = _AND.match(sentence.partition(first)[2]) if first else None
    found = name_in(beside["rest"]) if beside else ""
    return found if beside and beside["rest"].startswith(found) else ""


def _answered(entry: Entry, answers: dict[str, str]) -> Entry:
    told = next((answers[by] for by in entry.field.said_by if answers.get(by)), "")
    return replace(entry, told=told) if told and entry.filled is None else entry


def _sentence(said: Sequence[str]) -> str:
    """The first that names somebody, of those that speak of the panel or follow one that does."""
    near = [i for i, one in enumerate(said) if _OF_THE_PANEL.search(fold(one))]
    order = [*near, *(i + 1 for i in near if i + 1 < len(said))]
    return next((said[i] for i in order if name_in(said[i])), "")


def role_beside(sentence: str, name: str) -> str:
    """ "Jane Roe, our Named Nurse, will sit", "by its headteacher, Tom Ash", "DCI Peter Holt"."""
    if not name:
        return ""
    before, _, after = sentence.partition(name)
    behind = _AFTER.match(after[:LONGEST_NOMINEE])
    ahead = _BEFORE.search(before[-LONGEST_NOMINEE:])
    candidates = [_PARTS.split(match["role"])[-1].strip() for match in (behind, ahead) if match]
    return next((one for one in candidates if is_role(one)), "")
