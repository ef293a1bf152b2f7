"""What a letter says of itself where a form has labelled blanks: who signs it, as what, and when.

Does: finds the name and the office under "Yours sincerely", and the day the letter bears.
Trusts: nothing; the kind's TOML says which blanks a letter may answer so.
Never touches: what the letter is about.
Known limits: a name is a short line with no figures in it; whatever line below it is no address,
no telephone and not the agency's own name is the office.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from config.labels import HONOURS, JOBS
from config.shape import Field
from handlers.context import AgencyFacts
from handlers.document.filled import Filled
from handlers.document.lexicon import Term
from handlers.finding import Where
from handlers.form.passage import Passage
from handlers.form.sentences import Letter
from handlers.typed.fold import fold

SIGNATORY, OFFICE, DATED = "{signatory}", "{office}", "{dated}"
LONGEST = 90  # characters of a line in a signature or a date line
NEAR = 12  # lines under the close in which a signature stands
WORDS = 12  # words of a line that may be the letter's date line

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ .\-/]*{_MONTH}[ .,\-/]*\d{{2,4}}|"
    rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}}[./\-]\d{{1,2}}[./\-]\d{{2,4}}|"
    rf"\d{{4}}-\d{{2}}-\d{{2}})\b",
    re.I,
)
_PART_OF_ONE = re.compile(
    rf"\W*(?:dated?\W+)?(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH}(?: \d{{2,4}})?\W*$", re.I
)
_NOT_ITS_OWN = frozenset(
    {"your", "re", "letter", "born", "birth", "dob", "period", "review", "due", "from", "until"}
    | {"to", "since"}
)
_ITS_OWN = frozenset({"sent", "date", "dated"})
_OF = frozenset({"of", "for", "and", "the", "in"})
_CONTACT = re.compile(
    r"@|\d|\b(?:tel|telephone|phone|mobile|fax|email|e-mail|www|http|enc|encs|cc|c\.c|p\.?s|road|"
    r"street|avenue|lane|close|drive|house)\b[.:]?",
    re.I,
)
_ON_BEHALF = re.compile(r"^\W*(?:p\.?p\.?|for and on behalf of|on behalf of|per pro)\b[ .:]*", re.I)
_SPLIT = re.compile(r"\s*(?:,|\(|\)|\s[-–—|/]\s|\t|;)\s*")
_LABEL = re.compile(r"^\W*(?:name|print(?:ed)? name|signed|signed by|signature)\s*:\s*", re.I)
_OTHER_LABEL = re.compile(r"^\W*[A-Za-z][A-Za-z ]{0,30}:")


@dataclass(frozen=True, slots=True)
class Signature:
    """The name and the office under a letter, each with its line; None for what is not there."""

    name: tuple[str, Passage] | None = None
    office: tuple[str, Passage] | None = None


def written(field: Field, letter: Letter, agency: AgencyFacts | None) -> Filled | None:
    """What the letter answers a blank with, where the kind lets it."""
    if DATED in field.said_by:
        return _filled(field, dated(letter))
    signed = signature(letter, agency)
    if SIGNATORY in field.said_by:
        return _filled(field, signed.name)
    return _filled(field, signed.office) if OFFICE in field.said_by else None


def _filled(field: Field, said: tuple[str, Passage] | None) -> Filled | None:
    if said is None:
        return None
    text, passage = said
    where = Where(section=field.label)
    return Filled((Term(field.key, field.label),), text, position=passage.position, where=where)


def dated(letter: Letter) -> tuple[str, Passage] | None:
    """The day the letter bears: in its head, or a short line of its own."""
    lines = [p for p in (*letter.head, *letter.body, *letter.foot) if _may_date(p)]
    lines.sort(key=lambda p: not _ITS_OWN.intersection(fold(p.text).split()[:1]))
    for passage in lines:
        if day := _DAY.search(passage.text):
            return day[0], passage
    whole = (p for p in lines if _PART_OF_ONE.match(p.text))
    return next(((p.text.strip(), p) for p in whole), None)


def last_day(text: str) -> str:
    """The last day that a sentence gives with its year, as written; "" for none."""
    return next((day[0] for day in reversed(list(_DAY.finditer(text)))), "")


def _may_date(passage: Passage) -> bool:
    words = fold(passage.text).split()
    if not words or len(words) > WORDS:
        return False
    if words[0] in _ITS_OWN:
        return True
    return _NOT_ITS_OWN.isdisjoint(words) and not (
        passage.text.rstrip().endswith((".", ";")) and len(words) > 5
    )


def signature(letter: Letter, agency: AgencyFacts | None) -> Signature:
    """Who signs, read downwards from the close."""
    theirs = _places(letter, agency)
    name: tuple[str, Passage] | None = None
    office: tuple[str, Passage] | None = None
    for passage in _signing(letter):
        for piece in _pieces(passage.text):
            if _is_place(piece, theirs):
                continue
            first = name is None or _is_same_name(name[0], piece)
            if first and _is_name(piece) and not _is_job(piece):
                name = (piece, passage)
            elif office is None:
                office = (piece, passage)
    return Signature(name, office)


def _signing(letter: Letter) -> Iterator[Passage]:
    """The lines under the close; without one, the short lines a letter ends with."""
    lines: Sequence[Passage] = letter.foot[1:] if letter.foot else _ending(letter.body)
    for passage in lines[:NEAR]:
        if len(passage.text) <= LONGEST and not passage.text.rstrip().endswith((".", "!", "?")):
            yield passage


def _ending(body: Sequence[Passage]) -> list[Passage]:
    short: list[Passage] = []
    for passage in reversed(body):
        if len(passage.text.split()) > 8 or passage.text.rstrip().endswith((".", "!", "?", ":")):
            break
        short.insert(0, passage)
    return short if len(short) < len(body) else []


def _pieces(text: str) -> list[str]:
    bare = _LABEL.sub("", _ON_BEHALF.sub("", text))
    if _OTHER_LABEL.match(bare):
        return []
    return [piece.strip(" .:-–—_*") for piece in _SPLIT.split(bare)]


def _is_place(piece: str, theirs: frozenset[str]) -> bool:
    return not fold(piece) or fold(piece) in theirs or _CONTACT.search(piece) is not None


def _is_name(piece: str) -> bool:
    words = piece.split()
    return 1 <= len(words) <= 6 and any(word[:1].isupper() for word in words)


def _is_job(piece: str) -> bool:
    """ "Practice Manager", "Head of Midwifery"; not "Dr A. Head", nor "Jane Partner"."""
    words = [word if word in JOBS else word.removesuffix("s") for word in fold(piece).split()]
    if not words or words[0] in HONOURS:
        return False
    of = not _OF.isdisjoint(words)
    return JOBS.union(_OF).issuperset(words) or (of and words[0] in JOBS)


def _is_same_name(before: str, piece: str) -> bool:
    """ "Jane", and under it "Jane Holt"; or initials that the full name follows."""
    first, again = before.split(), piece.split()
    if len(first) > 1 or len(again) < 2:
        return fold(before) == fold(piece)
    return again[0].casefold() == first[0].casefold() or (
        len(first[0].replace(".", "")) <= 3 and first[0][:1].isupper() and first[0].isupper()
    )


def _places(letter: Letter, agency: AgencyFacts | None) -> frozenset[str]:
    """The agency's names and what its letterhead gives line by line: nobody's name or office."""
    lines = (p.text for p in letter.head[:8] if not _OTHER_LABEL.match(p.text))
    names = [piece for line in lines for piece in _SPLIT.split(line)]
    if agency is not None:
        names += [agency.name, agency.code, *agency.abbreviations]
    return frozenset(map(fold, names))
