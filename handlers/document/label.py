"""Labels of blanks in a line of text: "Signed.....Date.....", "Name: A. Person".

Does: finds known labels in one line and the text entered against each; tells what was entered
from what was only printed there to be written over (dots, underscores, "[insert name]").
Trusts: nothing; a line may be any length and hold anything.
Never touches: documents; `handlers/document/blank.py` goes from lines to blocks.
Known limits: a label inside a sentence ("signed by the author") is not a label. One that follows
another on the same line needs a colon, dots or a tab after it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from handlers.typed.fold import fold, squash

LONGEST_LINE = 600  # beyond this a line is prose, whatever it begins with

_NOTE = r"(?:[ \t]*(?P<note>\([^()\n]{0,60}\)))?"
_DRAWN = r"(?:[._]{2,}|…)"
_STRONG = rf"{_NOTE}[ ]*(?::|(?={_DRAWN})|(?=\t))"
_ANY = rf"{_NOTE}[ ]*(?::|(?={_DRAWN})|(?=\t)| [-–—] |(?=[ ]{{2}})|\*?[ ]*$)"
_GAP = r"(?P<gap>[ \t]*\t[ \t]*|[ ]{2,}|[._…]{2,}[ ]*|…[ ]*|[,;|][ ]*|[ ])"
_WORDS = r"[A-Za-z]+(?:(?:[ ]|[ ]?['’/&()-]+[ ]?)[A-Za-z()]+){0,5}"
_UNKNOWN = re.compile(rf"\W{{0,6}}{_WORDS}[ ]*(?::|(?={_DRAWN}))")
_UNKNOWN_NEXT = re.compile(rf"(?:{_DRAWN}|\t|[ ]{{2}})[ ]*{_WORDS}[ ]*(?::|{_DRAWN})")
_ALL_DRAWN = re.compile(r"[._]{3,}|…+|_{2,}")
_BRACKETED = re.compile(r"[(\[<{«][^()\[\]<>{}]*[)\]>}»]")
_HINT = re.compile(r"(?:insert|click|tap|type|please|choose|enter)\b.{0,60}|dd mm yy(?:yy)?|d m y")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One label met in a line. `label` is the wording it was known by.

    `value` is "" when nothing was entered. `note` is what stood in brackets beside either,
    as in "Signed (report author)". `drawn` says that dots or a rule were printed to write on.
    """

    label: str
    value: str
    note: str = ""
    drawn: bool = False


def labels_in(line: str, known: Sequence[str]) -> list[Labelled]:
    """Every known label in one line, in order, each with what follows it."""
    if len(line) > LONGEST_LINE or not known:
        return []
    return _between(line, _marks(line, tuple(known)), tuple(known))


def looks_like_label(line: str) -> bool:
    """True of a short "Something:" or "Something....." that no one told us of."""
    return _UNKNOWN.match(line) is not None


def entered(text: str) -> str:
    """What a person put there: "" for dots, dashes, "[insert name]", "dd/mm/yyyy", "(print)"."""
    value = " ".join(_ALL_DRAWN.sub(" ", text).split()).strip(" :-–—_|*•")
    plain = fold(value)
    if not plain and not any(c.isalnum() or c == "?" for c in value):
        return ""
    if _BRACKETED.fullmatch(value) or _HINT.fullmatch(plain):
        return ""
    return value


def _marks(line: str, known: tuple[str, ...]) -> list[re.Match[str]]:
    first, later = _patterns(known)
    at_start = first.match(line)
    opening = at_start or _UNKNOWN.match(line)
    here = opening.end() if opening else 0
    marks = [at_start] if at_start else []
    for mark in later.finditer(line, max(0, here - 1)):
        # One space parts two labels only once the line has begun with one: "Agency Name:" is
        # not a blank called "Name".
        if mark["gap"] != " " or (opening and mark.start("label") > here):
            marks.append(mark)
    return marks


def _between(line: str, marks: list[re.Match[str]], known: tuple[str, ...]) -> list[Labelled]:
    out: list[Labelled] = []
    ends = [*(mark.start("label") for mark in marks[1:]), len(line)]
    for this, end in zip(marks, ends, strict=False):
        raw = _UNKNOWN_NEXT.split(line[this.end() : end], maxsplit=1)[0]
        shown = line[this.end("label") : this.end()] + raw
        value = entered(raw)
        note = this["note"] or ("" if value else " ".join(_BRACKETED.findall(raw)))
        drawn = _ALL_DRAWN.search(shown) is not None
        out.append(Labelled(_wording(this["label"], known), value, note.strip("()[] "), drawn))
    return out


def _wording(found: str, known: tuple[str, ...]) -> str:
    plain = squash(found)
    return next(label for label in known if squash(label) == plain)


@lru_cache(maxsize=256)
def _patterns(known: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns for a label that begins a line and for one further along, longest labels first."""
    plain = sorted({fold(label) for label in known} - {""}, key=len, reverse=True)
    words = "|".join(_loosely(label) for label in plain)
    label = rf"(?P<label>(?:{words}))(?![A-Za-z0-9])"
    first = re.compile(rf"[^A-Za-z\n]{{0,6}}{label}{_ANY}", re.I)
    return first, re.compile(rf"{_GAP}{label}{_STRONG}", re.I)


def _loosely(label: str) -> str:
    """A pattern for a folded label, letting punctuation and an "s" with its apostrophe vary."""
    words = (re.sub(r"s$", "['’‘]?s['’‘]?", word) for word in label.split())
    return r"[^A-Za-z0-9\n]{1,4}".join(words)
