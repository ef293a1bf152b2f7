"""Whom a letter names for the panel, as what, and how to reach them, in a sentence of it.

Does: finds the sentence that speaks of the panel or of representing and has a full name in it, or
the one after it; the role that stands beside the name; a telephone number or an address.
Trusts: nothing; the kind says which of its blanks may be answered so.
Never touches: who signs the letter, who may be somebody else.
Known limits: of names in the sentence the first counts, and one that "and" puts beside it; a role
is known by its words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from handlers.form.asked import said_on
from handlers.form.said import NOMINEE, REACHED, SERVING
from handlers.form.sheet import Entry, Sheet
from handlers.form.signing import is_role, name_in, pieces_of
from handlers.typed.fold import fold

LONGEST = 160  # characters beside a name that are read for a role

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
    behind = _AFTER.match(after[:LONGEST])
    ahead = _BEFORE.search(before[-LONGEST:])
    candidates = [_PARTS.split(match["role"])[-1].strip() for match in (behind, ahead) if match]
    return next((one for one in candidates if is_role(one)), "")
