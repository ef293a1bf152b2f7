"""What people write of themselves without labels: a name, a job, a day; and what is nobody's
name."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Literal

from config.label_words import (
    BLOCK_HEADING_WORDS,
    JOB_WORDS,
    LABEL_FILLER_WORDS,
    LABEL_LEADING_WORDS,
    LETTER_CLOSINGS,
    NAME_TITLES,
    NON_NAME_WORDS,
    ORGANISATION_WORDS,
    OTHER_LABELS,
    PARTING_LINES,
    RANK_TITLES,
    ROLE_WORDS,
)
from config.not_yet_in_blanks import NO_VALUE_CLASSES, UNNAMED_SIGNATURE_WORDS
from handlers.values.blanks_not_filled import NoValue, contains_only_words, read_postponed_value
from handlers.values.dates import read_date
from handlers.values.day_words import WEEKDAYS
from handlers.values.normalise import fold_text
from handlers.values.personal_names import (
    is_job_title,
    is_person_name,
    is_plainly_a_name,
    is_same_person,
)
from handlers.values.pointing import points_to

_KIND = "nobody"
NOBODY_NAMED = NoValue(_KIND, NO_VALUE_CLASSES[_KIND].says)

_BEHALF = re.compile(r"^(?:signed )?(?:for and )?on behalf of(?: the)? |^(?:signed )?for (?:the )?")


def reason_names_nobody(text: str, theirs: Collection[str] = ()) -> NoValue | None:
    """Why a value is nobody's name or signature; None where it may be somebody's. `theirs` are the
    folded names of the agency that sent it."""
    back = points_to(text) == "here"
    told = None if back else read_postponed_value(text)
    if told is not None:
        return told
    whose = _BEHALF.sub("", fold_text(text))
    if (
        back
        or is_letter_closing(text)
        or contains_only_words(text, NO_VALUE_CLASSES[_KIND].alone)
        or whose in theirs
        or _is_agency(text, whose)
    ):
        return NOBODY_NAMED
    return None


_ABSENT = re.compile(r"\bin [^.;\n]{2,60}['\u2019]s? absence\b", re.I)
MAX_STAND_IN_LENGTH = 160  # characters of a line in which somebody signs for another


def signs_for_another(text: str) -> bool:
    """Whether whoever signs here says that it is for somebody else: "p.p. A. Green", "signed in the
    absence of Dr Green"."""
    if len(text) > MAX_STAND_IN_LENGTH:
        return False
    said = f" {fold_text(text)} "
    told = any(f" {words} " in said for words in UNNAMED_SIGNATURE_WORDS.stands_in)
    return told or _ABSENT.search(text) is not None


def unnamed_signature_kind(signature: str) -> str:
    """How a signature names nobody who signed: "who-signed" of "Yes" and "electronically",
    "for-another" of "pp A. Green"; "" where it names somebody."""
    said = fold_text(signature)
    opens = UNNAMED_SIGNATURE_WORDS.for_another
    if signs_for_another(signature) or any(f"{said} ".startswith(f"{one} ") for one in opens):
        return "for-another"
    return "who-signed" if said in UNNAMED_SIGNATURE_WORDS.signed else ""


def _is_agency(text: str, whose: str) -> bool:
    """Whether nothing but an agency's name stands there: "on behalf of Meadow Lane Surgery"."""
    words = whose.split()
    named = any(word in NAME_TITLES or len(word) == 1 for word in words)
    if len(words) < 2 or named or re.search(r"[,;:\n\t(]|\s[-\u2013\u2014/|]\s", text.strip(" .:")):
        return False
    return words[-1] in ORGANISATION_WORDS


TextLook = Literal["date", "designation", "name", ""]

# What each sort of blank holds, in the same words.
LOOK_OF_FIELD: Mapping[str, TextLook] = {
    "name": "name",
    "signature": "name",
    "role": "designation",
    "date": "date",
}

MAX_PIECE_LENGTH = 100
_INITIALS = 3  # letters
MAX_PIECE_WORDS = 12  # words: a longer line is a sentence
_PART = re.compile(
    r"\s*(?:,|;|\n|\t|[ ]{3,}|[()]|[ ][-\u2013\u2014|][ ]|\bon\b(?=\s+(?:the\s+)?\d)"
    r"|\b(?:dated?|signed)\b:?(?:\s+on)?(?=\s+\d))\s*",
    re.I,
)
# A paragraph's number, typed before it: "9.1   Signed by ...". "9.5.11" and "9 May" may be days.
_LINE_NUMBER = re.compile(
    r"^\s*(?:\d{1,2}\.\d{1,2}(?:\.\d)?\.?|\(?(?:\d{1,2}(?:\.\d{1,2})?|[a-z]|[ivx]{1,4})[.)]|\d{1,2}\t)\s+(?=[A-Z])"
)
_PRINTED = (
    LABEL_FILLER_WORDS | LABEL_LEADING_WORDS | OTHER_LABELS | BLOCK_HEADING_WORDS | NON_NAME_WORDS
)
_DATED = re.compile(r"\d")


def without_line_number(text: str) -> str:
    """A line without the number of its paragraph, which is no day."""
    return _LINE_NUMBER.sub("", text, count=1)


def split_pieces(text: str) -> list[str]:
    """A line taken apart where people part a name from a job and a day."""
    found = [part.strip(" .:") for part in _PART.split(text[:600])]
    return _rejoined([part for part in found if part])


def _rejoined(parts: list[str]) -> list[str]:
    """ "Monday" and "20 May 2010" are one day."""
    out: list[str] = []
    for part in parts:
        if out and (fold_text(out[-1]) in WEEKDAYS or re.fullmatch(r"\d{4}", part)):
            out[-1] = f"{out[-1]} {part}"
        else:
            out.append(part)
    return out


def look_of_text(text: str, period: tuple[date, date] | None = None) -> TextLook:
    """What a piece looks like; "" for anything else, a sentence or words that mean not yet."""
    words = text.split()
    if (
        not words
        or len(text) > MAX_PIECE_LENGTH
        or len(words) > MAX_PIECE_WORDS
        or read_postponed_value(text)
    ):
        return ""
    if _DATED.search(text) and _is_day(text, period):
        return "date"
    folded = fold_text(text).split()
    if folded and folded[-1] in ORGANISATION_WORDS and folded[0] not in JOB_WORDS:
        return ""  # the agency's name
    if any(word in JOB_WORDS or word.removesuffix("s") in JOB_WORDS for word in folded):
        return "designation"
    if _is_rank(text, folded):
        return "designation"
    return "name" if is_person_name(text) else ""


def _is_rank(text: str, folded: list[str]) -> bool:
    """ "Commander", "D/Supt": a rank by itself. "DS" may be somebody's initials."""
    known = (word in ROLE_WORDS | RANK_TITLES for word in folded if len(word) > 1)
    return len(text) > _INITIALS and bool(folded) and len(folded[-1]) > 1 and all(known)


def without_departments(pieces: list[str]) -> list[str]:
    """The pieces of a line without those that stand behind a job and are nobody's name for certain:
    "Public Protection" is where a superintendent works."""
    first = next(
        (at for at, piece in enumerate(pieces) if look_of_text(piece) == "designation"),
        None,
    )
    if first is None:
        return pieces
    names = [piece for piece in pieces[:first] if look_of_text(piece) == "name"]
    behind = (piece for piece in pieces[first + 1 :] if _may_name(piece, names))
    return [*pieces[: first + 1], *behind]


def _may_name(piece: str, names: list[str]) -> bool:
    """Whether a piece is no department: a day, a job, a name that looks like nothing else."""
    if look_of_text(piece) != "name" or is_plainly_a_name(piece):
        return True
    return any(is_same_person(piece, name) for name in names)


def is_no_signature(text: str) -> bool:
    """A day or a job where a name should be; "GP" and "CO" may be somebody's initials."""
    first = (split_pieces(text) or [""])[0]
    return look_of_text(first) == "date" or (len(first) > _INITIALS and is_job_title(first))


def rate_value_look(text: str, look: str) -> int:
    """How well a value answers a label that asks for what looks so: 1, -1, or 0 for no telling."""
    shown = look_of_text(text.strip(" ._\u2026"))
    if not look or not shown:
        return 0
    if shown == look:
        return 1
    return -1 if "date" in (shown, look) else 0


# Words of a label beside which a program, or whoever fills in its form, types who signed.
_BY_MACHINE = frozenset(
    {"electronic", "electronically", "digital", "digitally", "e", "esignature", "typed"}
)


def may_be_printed_name(label: str, text: str) -> bool:
    """Whether what stands on the line under a label such as "Signed:" may be a name that was
    printed there before anybody signed. Whoever gives the day with it has signed there."""
    looks = [look_of_text(piece) for piece in split_pieces(text)]
    machine = not _BY_MACHINE.isdisjoint(fold_text(label).split())
    return looks[:1] == ["name"] and "date" not in looks and not machine


def is_bracketed_name(text: str) -> bool:
    """ "(Dr Alex Person)" or "(A. Person, Director)" under a signature; not "(Print Name)"."""
    words = fold_text(text).split()
    inner = text.strip()
    if not (inner.startswith("(") and inner.endswith(")")) or len(words) < 2:
        return False
    name, *jobs = split_pieces(inner[1:-1]) or [""]
    named = look_of_text(name) == "name" and _PRINTED.isdisjoint(fold_text(name).split())
    return named and all(look_of_text(job) == "designation" for job in jobs)


MAX_CLOSING_WORDS = 8  # words of a line that closes a letter
_CLOSES = re.compile(
    r"yours?\b.*|(?:.* )?(?:sincerely|faithfully|truly|respectfully|regards|wishes|thanks)"
)


def is_letter_closing(text: str) -> bool:
    """ "Yours sincerely", "With kind regards and thanks": whoever signs comes after it."""
    folded = fold_text(text)
    if folded in LETTER_CLOSINGS or folded in PARTING_LINES:
        return True
    return len(folded.split()) <= MAX_CLOSING_WORDS and _CLOSES.fullmatch(folded) is not None


def is_sentence(text: str) -> bool:
    """A sentence, which declares something and fills no blank."""
    words = text.split()
    small = sum(word[:1].islower() for word in words)
    return len(words) > MAX_PIECE_WORDS or (len(words) > 4 and small > len(words) / 2)


def _is_day(text: str, period: tuple[date, date] | None) -> bool:
    reading = read_date(text, period)
    return reading.value is not None or reading.refusal in (
        "not-a-day", "month-first", "with-time", "extra-words", "no-year", "month-only",
        "day-open",
    )  # fmt: skip
