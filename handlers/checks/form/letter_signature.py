"""Who signs a letter, as what, and on which day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from config.document_words import (
    CLOSINGS,
    HONOURS,
    JOBS,
    MAKES,
    NO_NAMES,
    ORGANISATIONS,
    PARTINGS,
    RANKS,
    ROLES,
)
from handlers.checks.form.form_text import Passage
from handlers.checks.form.letter_sentences import Letter
from handlers.fields.label_meanings import lexicon
from handlers.fields.people import is_job
from handlers.fields.signed_by import signings_in
from handlers.values.normalise import fold

Sort = Literal["name", "first name", "role", "day", "place", "unknown"]

MOST_WORDS = 14  # of a role
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
DAY = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ .\-/]*{MONTH}[ .,\-/]*\d{{2,4}}|"
    rf"{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}}[./\-]\d{{1,2}}[./\-]\d{{2,4}}|"
    rf"\d{{4}}-\d{{2}}-\d{{2}})\b",
    re.I,
)
_ON_A_DAY = re.compile(
    rf"\s*[,(]?\s*\b(?:(?:on|dated?|the|sent)\b:?\s*)*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?"
    rf"\s+)?(?P<day>{DAY.pattern})\)?",
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
_NAME_WORD = re.compile(r"(?:[A-Z][\w'’.-]*|[A-Z]\.?|d[aei]|de|la|van|von|der|mc|al|bin)")
_IN_A_SENTENCE = re.compile(
    r"\b(?:(?:Dr|Mr|Mrs|Ms|Miss|Prof|Professor)\.? )?[A-Z][\w'’-]*\.?(?: [A-Z][\w'’-]+){1,2}"
)
_LETTERS = re.compile(
    r"[A-Z]{2,}[a-z]?[A-Z]*|B\.?Sc|M\.?Sc|B\.?A|Hons|Ph\.?D|Dip\w*|Cert\w*|M\.?Ed"
)
_HONOURS = HONOURS | {"professor", "dr", "rev", "revd", "fr", "capt", "lady", "lord"}


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a line, and what sort it is."""

    text: str
    sort: Sort


def pieces_of(text: str, theirs: frozenset[str]) -> Iterator[Piece]:
    """A line's pieces in order. `theirs` are names of the agency and of its places, folded."""
    text = _PP.sub("", text)
    for day in _ON_A_DAY.finditer(text):
        yield Piece(day["day"], "day")
    plain = _ON_BEHALF.sub("", _ON_A_DAY.sub(" ", text))
    reached = _CONTACT.search(plain) is not None
    for part in _SPLIT.split(plain):
        bare = part.strip(" .:-–—_*\"'")
        if bare:
            yield from _sorted(bare, theirs, reached)


def _sorted(text: str, theirs: frozenset[str], reached: bool) -> Iterator[Piece]:
    folded = fold(text)
    if not folded or folded in theirs or folded in PARTINGS or folded in CLOSINGS:
        yield Piece(text, "place")
    elif ranked := _ranked(text):
        yield Piece(ranked[1], "name")
        yield Piece(ranked[0], "role")
    elif is_role(text):
        yield Piece(text, "role")
    elif is_full_name(text):
        yield Piece(text, "name")
    elif reached or _is_place(text, folded, theirs):
        yield Piece(text, "place")
    elif _is_first_name(text):
        yield Piece(text, "first name")
    else:
        yield Piece(text, "unknown")


def _ranked(text: str) -> tuple[str, str] | None:
    """ "DS 412 Green", "Nurse Jane Holt": the rank, and whose it is."""
    words = text.split()
    for length in (3, 2, 1):
        if fold(" ".join(words[:length])) in RANKS and len(words) > length:
            rest = words[length + 1 :] if words[length].isdigit() else words[length:]
            if 0 < len(rest) < 4 and _named(rest) and not is_role(" ".join(rest)):
                return " ".join(words[:length]), " ".join(rest)
    return None


def is_role(text: str) -> bool:
    """Whether it has a word of roles, and is not "Dr A. Head"."""
    words = fold(text).split()
    if not 0 < len(words) <= MOST_WORDS or words[0] in _HONOURS - {"sister", "doctor"}:
        return False
    return any(word in ROLES or word.removesuffix("s") in ROLES for word in words)


def may_be_a_name(text: str, *, beside: bool) -> bool:
    """ "Jane Partner": two words like a name's that are no role by themselves, `beside` one that
    is; or, alone, "Clerk Holt"."""
    words = text.split()
    if len(words) != 2 or not _named(words):
        return False
    return not is_job(text) if beside else fold(words[1]) not in JOBS | ROLES


def is_full_name(text: str) -> bool:
    """Two to four words that may be a name, whatever letters stand before and after them."""
    words = [w for w in text.replace(".", ". ").split() if fold(w)]
    titled = bool(words) and fold(words[0]) in _HONOURS
    while words and fold(words[0]) in _HONOURS:
        words = words[1:]
    while len(words) > 2 and _LETTERS.fullmatch(words[-1].strip(".")):
        words = words[:-1]
    if titled:
        return 0 < len(words) < 5 and all(_NAME_WORD.fullmatch(word) for word in words)
    return 2 <= len(words) <= 4 and _named(words)


def _named(words: list[str]) -> bool:
    folded = [fold(word) for word in words]
    if not NO_NAMES.isdisjoint(folded) or folded[-1] in ORGANISATIONS:
        return False
    if all(len(word) == 1 for word in folded):
        return False
    return all(_NAME_WORD.fullmatch(word) for word in words) and any(
        len(word) > 1 and word[0].isupper() for word in words
    )


def name_in(sentence: str) -> str:
    """The first full name in a sentence; "" for none."""
    for found in _IN_A_SENTENCE.finditer(sentence[:600]):
        if is_full_name(found[0]) and not is_role(found[0]):
            return found[0]
        rank, _, name = found[0].partition(" ")  # "Superintendent Jane Partner"
        if is_role(rank) and is_full_name(name) and not is_role(name):
            return name
    return ""


def _is_first_name(text: str) -> bool:
    words = text.split()
    return len(words) == 1 and _named(words) and fold(text) not in JOBS | ORGANISATIONS


def _is_place(text: str, folded: str, theirs: frozenset[str]) -> bool:
    """The agency by another form of its name, a street, an organisation, letters after a name."""
    if any(f" {name} " in f" {folded} " for name in theirs if len(name) > 3):
        return True
    if _STREET.search(text) or _LETTERS.fullmatch(text.replace(" ", "")):
        return True
    return folded.split()[-1] in ORGANISATIONS


_MADE_BY = re.compile(
    rf"\b(?:{'|'.join(MAKES)})(?: (?:and|&) (?:{'|'.join(MAKES)}))? (?:for the agency )?by[: ]+"
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
_NO_ROLES = lexicon(())


def who_in(sentence: str) -> str:
    """Who made the return, as the sentence says it; "" where it says nothing of that."""
    sentence = _DEAR.sub("", sentence)
    who = _MADE_BY.search(sentence) or _I_AM.match(sentence)
    return who["who"] if who else ""


def says_who(sentence: str) -> bool:
    """Whether a sentence says who made the return, and no more."""
    if signings_in(sentence, _NO_ROLES):
        return True
    made = _MADE_BY.search(sentence)
    return made is not None and len(sentence.split()) <= 30 and made.start() < 40


def without_who(sentence: str) -> str:
    """ "I, A. Person, Manager at the surgery, confirm that ..." as "I confirm that ..."."""
    if not sentence.startswith(("I, ", "I ")) or "," not in sentence[:120]:
        return sentence
    who = re.match(r"^I,? [A-Z][^.;]{3,200}?,? (?=(?:hereby |can |do )?confirm\b|wish\b)", sentence)
    return f"I {sentence[who.end() :]}" if who else sentence


WORDS = 12  # words of a line that may be the letter's date line

_PART_OF_ONE = re.compile(
    rf"\W*(?:dated?\W+)?(?:\d{{1,2}}(?:st|nd|rd|th)? )?{MONTH}(?: \d{{2,4}})?\W*$", re.I
)
_NOT_ITS_OWN = frozenset(
    {"your", "re", "letter", "born", "birth", "dob", "period", "review", "due", "from", "until"}
    | {"to", "since"}
)
_ITS_OWN = frozenset({"sent", "date", "dated"})


def dated(letter: Letter) -> tuple[str, Passage] | None:
    """The day the letter bears: in its head, or a short line of its own."""
    lines = [p for p in (*letter.head, *letter.body, *letter.foot) if _may_date(p)]
    lines.sort(key=lambda p: not _ITS_OWN.intersection(fold(p.text).split()[:1]))
    for passage in lines:
        if day := DAY.search(passage.text):
            return day[0], passage
    whole = (p for p in lines if _PART_OF_ONE.match(p.text))
    return next(((p.text.strip(), p) for p in whole), None)


def last_day(text: str) -> str:
    """The last day that a sentence gives with its year, as written; "" for none."""
    return next((day[0] for day in reversed(list(DAY.finditer(text)))), "")


def _may_date(passage: Passage) -> bool:
    words = fold(passage.text).split()
    if not words or len(words) > WORDS:
        return False
    if words[0] in _ITS_OWN:
        return True
    return _NOT_ITS_OWN.isdisjoint(words) and not (
        passage.text.rstrip().endswith((".", ";")) and len(words) > 5
    )
