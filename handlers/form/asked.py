"""What a small return asks or tells, kept by its blanks: which return, until when, why, whose name.

Does: gives each blank's value, or the sentence of the letter that answers it.
Trusts: nothing; each value is one line of what the sender wrote, cut to LONGEST.
Never touches: letters to agencies, which repeat nothing of it (principle 5 of the toolkit's rules):
it is for the administrator, and for whoever checks a document of their own.
Known limits: a sentence is kept whole, with whatever else it says, save where a name or a day is
asked for and it has one.
"""

from __future__ import annotations

from collections.abc import Sequence

from config.kind import Kind
from config.shape import Field
from handlers.context import Context
from handlers.form.letter_day import last_day
from handlers.form.said import said_in
from handlers.form.sentences import letter_of, sentences
from handlers.form.sheet import Entry, Sheet
from handlers.form.signing import name_in
from handlers.typed.fold import fold
from handlers.typed.keyboard import plain
from handlers.typed.when import read_date

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
