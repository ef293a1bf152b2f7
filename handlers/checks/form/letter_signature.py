"""Who signs a letter, as what, and on which day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from config.label_words import (
    LETTER_CLOSINGS,
    ORGANISATION_WORDS,
    PARTING_LINES,
    RANK_TITLES,
    SUBMITTER_PHRASES,
)
from handlers.checks.form.form_text import FormPassage
from handlers.checks.form.letter_sentences import LetterParts
from handlers.fields.label_meanings import build_lexicon
from handlers.fields.signed_by import find_signings
from handlers.values.day_words import DAY_PATTERN, MONTH_PATTERN, WEEKDAY_PATTERN
from handlers.values.normalise import fold_text
from handlers.values.personal_names import (
    LETTERS_AFTER_NAME,
    holds_name_words,
    is_first_name_alone,
    is_full_name,
    is_role_title,
)

PieceSort = Literal["name", "first name", "role", "day", "place", "unknown"]

_ON_A_DAY = re.compile(
    rf"\s*[,(]?\s*\b(?:(?:on|dated?|the|sent)\b:?\s*)*(?:{WEEKDAY_PATTERN},?"
    rf"\s+)?(?P<day>{DAY_PATTERN.pattern})\)?",
    re.I,
)
_CONTACT = re.compile(
    r"@|\d{3}|\b(?:tel|telephone|phone|mobile|fax|email|e-mail|www|http|enc|encs|encl|cc|c\.c|"
    r"ext|extn|p\.?o\.? box)\b[.:]?|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|^\W*\d+[a-z]?,? [A-Z]",
)
_STREET = re.compile(
    r"\b(?:road|street|avenue|lane|close|drive|house|court|way|square|hill)$", re.I
)
_ON_BEHALF = re.compile(
    r"\b(?:for and on behalf of|signed for|on behalf of|for and behalf of|per pro)\b.*$", re.I
)
_PP = re.compile(r"^\W*p\.?p\.?[ :]+", re.I)
_SPLIT = re.compile(r"\s*(?:,|[()]|\s[-–—|/•·]\s|\||\t|;|\s{3,}|\n)\s*")


@dataclass(frozen=True, slots=True)
class SignaturePiece:
    """One piece of a line, and what sort it is."""

    text: str
    sort: PieceSort


def split_signature_line(text: str, theirs: frozenset[str]) -> Iterator[SignaturePiece]:
    """A line's pieces in order. `theirs` are names of the agency and of its places, folded."""
    text = _PP.sub("", text)
    for day in _ON_A_DAY.finditer(text):
        yield SignaturePiece(day["day"], "day")
    plain = _ON_BEHALF.sub("", _ON_A_DAY.sub(" ", text))
    reached = _CONTACT.search(plain) is not None
    for part in _SPLIT.split(plain):
        bare = part.strip(" .:-–—_*\"'")
        if bare:
            yield from _sorted(bare, theirs, reached)


def _sorted(text: str, theirs: frozenset[str], reached: bool) -> Iterator[SignaturePiece]:
    folded = fold_text(text)
    if not folded or folded in theirs or folded in PARTING_LINES or folded in LETTER_CLOSINGS:
        yield SignaturePiece(text, "place")
    elif ranked := _ranked(text):
        yield SignaturePiece(ranked[1], "name")
        yield SignaturePiece(ranked[0], "role")
    elif is_role_title(text):
        yield SignaturePiece(text, "role")
    elif is_full_name(text):
        yield SignaturePiece(text, "name")
    elif reached or _is_place(text, folded, theirs):
        yield SignaturePiece(text, "place")
    elif is_first_name_alone(text):
        yield SignaturePiece(text, "first name")
    else:
        yield SignaturePiece(text, "unknown")


def _ranked(text: str) -> tuple[str, str] | None:
    """ "DS 412 Green", "Nurse Jane Holt": the rank, and whose it is."""
    words = text.split()
    for length in (3, 2, 1):
        if fold_text(" ".join(words[:length])) in RANK_TITLES and len(words) > length:
            rest = words[length + 1 :] if words[length].isdigit() else words[length:]
            if 0 < len(rest) < 4 and holds_name_words(rest) and not is_role_title(" ".join(rest)):
                return " ".join(words[:length]), " ".join(rest)
    return None


def _is_place(text: str, folded: str, theirs: frozenset[str]) -> bool:
    """The agency by another form of its name, a street, an organisation, letters after a name."""
    if any(f" {name} " in f" {folded} " for name in theirs if len(name) > 3):
        return True
    if _STREET.search(text) or LETTERS_AFTER_NAME.fullmatch(text.replace(" ", "")):
        return True
    return folded.split()[-1] in ORGANISATION_WORDS


_MADE_BY = re.compile(
    rf"\b(?:{'|'.join(SUBMITTER_PHRASES)})(?: (?:and|&) (?:{'|'.join(SUBMITTER_PHRASES)}))?"
    r" (?:for the agency )?by[: ]+"
    r"(?P<who>[A-Z].*)$",
    re.I | re.S,
)
_I_AM = re.compile(
    r"^\W*(?:I,?\s+(?:am\s+)?|my name is\s+)(?P<who>(?:[A-Z]|am\b|the\b).{3,160}?)"
    r"(?:,?\s+(?:hereby\s+|can\s+|wish to\s+|write to\s+)*(?:confirm|state|declare|certify|make|"
    r"submit|report|and\b(?= I\b)|at\b|of\b|for\b)|[.,]?\s*$)",
    re.S,
)
_DEAR = re.compile(r"^\W*Dear [^,.]{1,40}, (?=I )")
_NO_ROLES = build_lexicon(())


def find_maker(sentence: str) -> str:
    """Who made the return, as the sentence says it; "" where it says nothing of that."""
    sentence = _DEAR.sub("", sentence)
    who = _MADE_BY.search(sentence) or _I_AM.match(sentence)
    return who["who"] if who else ""


def names_the_maker(sentence: str) -> bool:
    """Whether a sentence says who made the return, and no more."""
    if find_signings(sentence, _NO_ROLES):
        return True
    made = _MADE_BY.search(sentence)
    return made is not None and len(sentence.split()) <= 30 and made.start() < 40


def strip_maker(sentence: str) -> str:
    """ "I, A. Person, Manager at the surgery, confirm that ..." as "I confirm that ..."."""
    if not sentence.startswith(("I, ", "I ")) or "," not in sentence[:120]:
        return sentence
    who = re.match(r"^I,? [A-Z][^.;]{3,200}?,? (?=(?:hereby |can |do )?confirm\b|wish\b)", sentence)
    return f"I {sentence[who.end() :]}" if who else sentence


MAX_DATE_LINE_WORDS = 12  # words of a line that may be the letter's date line

_PART_OF_ONE = re.compile(
    rf"\W*(?:dated?\W+)?(?:\d{{1,2}}(?:st|nd|rd|th)? )?{MONTH_PATTERN}(?: \d{{2,4}})?\W*$", re.I
)
_NOT_ITS_OWN = frozenset(
    {"your", "re", "letter", "born", "birth", "dob", "period", "review", "due", "from", "until"}
    | {"to", "since"}
)
_ITS_OWN = frozenset({"sent", "date", "dated"})


def find_letter_date(letter: LetterParts) -> tuple[str, FormPassage] | None:
    """The day the letter bears: in its head, or a short line of its own."""
    lines = [p for p in (*letter.head, *letter.body, *letter.foot) if _may_date(p)]
    lines.sort(key=lambda p: not _ITS_OWN.intersection(fold_text(p.text).split()[:1]))
    for passage in lines:
        if day := DAY_PATTERN.search(passage.text):
            return day[0], passage
    whole = (p for p in lines if _PART_OF_ONE.match(p.text))
    return next(((p.text.strip(), p) for p in whole), None)


def find_last_day(text: str) -> str:
    """The last day that a sentence gives with its year, as written; "" for none."""
    return next((day[0] for day in reversed(list(DAY_PATTERN.finditer(text)))), "")


def _may_date(passage: FormPassage) -> bool:
    words = fold_text(passage.text).split()
    if not words or len(words) > MAX_DATE_LINE_WORDS:
        return False
    if words[0] in _ITS_OWN:
        return True
    return _NOT_ITS_OWN.isdisjoint(words) and not (
        passage.text.rstrip().endswith((".", ";")) and len(words) > 5
    )
