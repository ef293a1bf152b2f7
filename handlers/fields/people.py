"""What people write of themselves without labels: a name, a job, a day; and what is nobody's
name."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Literal

from config.document_words import (
    BETWEEN,
    CLOSINGS,
    HEADING,
    HONOURS,
    JOBS,
    LEADING,
    NO_NAMES,
    NO_VALUES,
    ORGANISATIONS,
    OTHERS,
    ROLES,
    UNNAMED,
)
from handlers.values.dates import read_date
from handlers.values.normalise import fold
from handlers.values.placeholders import NoValue, only, put_off

_KIND = "nobody"
NOBODY = NoValue(_KIND, NO_VALUES[_KIND].says)

_BEHALF = re.compile(r"^(?:signed )?(?:for and )?on behalf of(?: the)? |^(?:signed )?for (?:the )?")


def nobody(text: str, theirs: Collection[str] = ()) -> NoValue | None:
    """Why a value is nobody's name or signature; None where it may be somebody's. `theirs` are the
    folded names of the agency that sent it."""
    told = put_off(text)
    if told is not None:
        return told
    whose = _BEHALF.sub("", fold(text))
    if only(text, NO_VALUES[_KIND].alone) or whose in theirs or _is_agency(text, whose):
        return NOBODY
    return None


def unnamed(signature: str) -> str:
    """How a signature names nobody who signed: "who-signed" of "Yes" and "electronically",
    "for-another" of "pp A. Green"; "" where it names somebody."""
    said = fold(signature)
    if any(f"{said} ".startswith(f"{words} ") for words in UNNAMED.for_another):
        return "for-another"
    return "who-signed" if said in UNNAMED.signed else ""


def _is_agency(text: str, whose: str) -> bool:
    """Whether nothing but an agency's name stands there: "on behalf of Meadow Lane Surgery"."""
    words = whose.split()
    named = any(word in HONOURS or len(word) == 1 for word in words)
    if len(words) < 2 or named or re.search(r"[,;:\n\t(]|\s[-\u2013\u2014/|]\s", text.strip(" .:")):
        return False
    return words[-1] in ORGANISATIONS


Looks = Literal["date", "designation", "name", ""]

# What each sort of blank holds, in the same words.
LOOKS: Mapping[str, Looks] = {
    "name": "name",
    "signature": "name",
    "role": "designation",
    "date": "date",
}

LONGEST = 100
_INITIALS = 3  # letters
PROSE = 12  # words: a longer line is a sentence
_PART = re.compile(
    r"\s*(?:,|;|\n|\t|[ ]{3,}|[()]|[ ][-\u2013\u2014|][ ]|\bon\b(?=\s+(?:the\s+)?\d)"
    r"|\b(?:dated?|signed)\b:?(?:\s+on)?(?=\s+\d))\s*",
    re.I,
)
_NAME_WORD = re.compile(r"(?:[A-Z][\w'\u2019.-]*|[A-Z]\.?|d[aei]|de|la|van|von|der|mc)", re.A)
_OF = frozenset({"of", "for", "and", "the", "in"})
_TITLES = HONOURS | {"professor", "dr", "rev", "revd", "fr", "capt", "lady", "lord"}
_PRINTED = BETWEEN | LEADING | OTHERS | HEADING | NO_NAMES
_DATED = re.compile(r"\d")
_WEEKDAYS = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
)


def pieces(text: str) -> list[str]:
    """A line taken apart where people part a name from a job and a day."""
    found = [part.strip(" .:") for part in _PART.split(text[:600])]
    return _rejoined([part for part in found if part])


def _rejoined(parts: list[str]) -> list[str]:
    """ "Monday" and "20 May 2010" are one day."""
    out: list[str] = []
    for part in parts:
        if out and (fold(out[-1]) in _WEEKDAYS or re.fullmatch(r"\d{4}", part)):
            out[-1] = f"{out[-1]} {part}"
        else:
            out.append(part)
    return out


def looks_like(text: str, period: tuple[date, date] | None = None) -> Looks:
    """What a piece looks like; "" for anything else, a sentence or words that mean not yet."""
    words = text.split()
    if not words or len(text) > LONGEST or len(words) > PROSE or put_off(text):
        return ""
    if _DATED.search(text) and _is_day(text, period):
        return "date"
    folded = fold(text).split()
    if folded and folded[-1] in ORGANISATIONS and folded[0] not in JOBS:
        return ""  # the agency's name
    if any(word in JOBS or word.removesuffix("s") in JOBS for word in folded):
        return "designation"
    return "name" if is_name(text) else ""


def is_job(text: str) -> bool:
    """Nothing but a job: "Practice Manager", "Head of Midwifery"; not "Jane Partner"."""
    words = [word if word in JOBS else word.removesuffix("s") for word in fold(text).split()]
    if not words or words[0] in _TITLES:
        return False
    of = not _OF.isdisjoint(words)
    return (JOBS | ROLES | _OF).issuperset(words) or (of and words[0] in JOBS)


def no_signature(text: str) -> bool:
    """A day or a job where a name should be; "GP" and "CO" may be somebody's initials."""
    first = (pieces(text) or [""])[0]
    return looks_like(first) == "date" or (len(first) > _INITIALS and is_job(first))


def fits(text: str, look: str) -> int:
    """How well a value answers a label that asks for what looks so: 1, -1, or 0 for no telling."""
    shown = looks_like(text.strip(" ._\u2026"))
    if not look or not shown:
        return 0
    if shown == look:
        return 1
    return -1 if "date" in (shown, look) else 0


def is_name(text: str) -> bool:
    words = [w for w in text.replace(".", ". ").split() if fold(w)]
    bare = [w for w in words if fold(w) not in HONOURS and fold(w) not in ("pp", "p")]
    return 0 < len(bare) < 6 and all(_NAME_WORD.fullmatch(w) for w in bare)


def is_bracketed_name(text: str) -> bool:
    """ "(Dr Alex Person)" under a signature; not "(Print Name)"."""
    words = fold(text).split()
    inner = text.strip()
    if not (inner.startswith("(") and inner.endswith(")")) or len(words) < 2:
        return False
    return looks_like(inner[1:-1]) == "name" and _PRINTED.isdisjoint(words)


def closes_a_letter(text: str) -> bool:
    return fold(text) in CLOSINGS


def is_prose(text: str) -> bool:
    """A sentence, which declares something and fills no blank."""
    words = text.split()
    small = sum(word[:1].islower() for word in words)
    return len(words) > PROSE or (len(words) > 4 and small > len(words) / 2)


def _is_day(text: str, period: tuple[date, date] | None) -> bool:
    reading = read_date(text, period)
    return reading.value is not None or reading.refusal in (
        "not-a-day", "month-first", "with-time", "extra-words", "no-year", "month-only",
    )  # fmt: skip
