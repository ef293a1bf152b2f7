"""What a letter says of itself where a form has labelled fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from config.document_words import CLOSINGS, PARTINGS
from config.kind_shape import Field
from handlers.checks.form.form_text import Passage
from handlers.checks.form.letter_sentences import (
    LABELLED,
    LONGEST,
    Letter,
    asks_who,
    merged,
    not_signing,
    sentences,
)
from handlers.checks.form.letter_signature import (
    DAY,
    Piece,
    dated,
    is_role,
    may_be_a_name,
    pieces_of,
    who_in,
)
from handlers.context import AgencyFacts
from handlers.fields.label_meanings import Filled, Term
from handlers.fields.signed_by import says_signed
from handlers.findings import Where
from handlers.values.normalise import fold

GAP = 10  # words
AGENCY = "{agency}"
# `letter.py` looks for the first three, `searched.py` for the next, `more_time.py` and `nominee.py`
# for the others.
WHICH, UNTIL, WHY = "{which}", "{until}", "{why}"
NOMINEE, SERVING, REACHED = "{nominee}", "{serving}", "{reached}"
OF_A_LETTER = frozenset(
    {"{signatory}", "{office}", "{dated}", "{searched}"}
    | {WHICH, UNTIL, WHY, NOMINEE, SERVING, REACHED}
)

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_DAY = rf"\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:\d{{1,2}}|{_MONTHS})|\d{{4}} \d\d \d\d"
# What stands between the words of a phrase. The text is folded: "11/06/2010" is "11 06 2010".
_STANDS_FOR = {"*": rf"(?:[a-z0-9]+ ){{0,{GAP}}}?", "{date}": rf"(?:{_DAY})\b ?",
               "{word}": "[a-z0-9]+(?: |$)"}  # fmt: skip


def said_in(text: str, phrases: tuple[str, ...], agency: AgencyFacts | None) -> bool:
    """True when `text`, already folded, has any of the phrases."""
    return any(_pattern(phrase).search(text) for phrase in _spelt_out(phrases, agency))


def _spelt_out(phrases: tuple[str, ...], agency: AgencyFacts | None) -> list[str]:
    names = [agency.name, *agency.abbreviations] if agency and AGENCY in phrases else []
    plain = [phrase for phrase in phrases if phrase not in (AGENCY, *OF_A_LETTER)]
    return plain + [n for n in names if fold(n)]


@lru_cache(maxsize=512)
def _pattern(phrase: str) -> re.Pattern[str]:
    parts = (_STANDS_FOR.get(part) or _word(part) for part in phrase.split())
    return re.compile(rf"\b{''.join(parts)}")


def _word(part: str) -> str:
    """A word, or the several that one such as "de-briefing" folds to, up to its end."""
    return rf"{re.escape(fold(part)).replace(chr(92) + ' ', ' ')}(?: |$)"


SIGNATORY, OFFICE, DATED = "{signatory}", "{office}", "{dated}"
NEAR = 30  # lines of the closing part that are read
SENTENCE = 6  # words of a line that ends in a full stop and is no line of a signature

_WORD = re.compile(r"[A-Za-z]")
_ON_BEHALF = re.compile(r"\W*(?:signed )?for and on behalf of\b", re.I)
_STOP = re.compile(r"(?<=[a-z]{3})\. (?=[A-Z\d])")
_WRITTEN_ON = re.compile(
    rf"\b(?:i|we)\b[^.]{{0,160}}?\bwrit(?:e|ing) on (?:the )?{DAY.pattern}", re.I
)


@dataclass(frozen=True, slots=True)
class Signature:
    """The name and the role under a letter, and a day beside them, each with its line; None for
    what is not there. `unread` says that something stands there that was not understood."""

    name: tuple[str, Passage] | None = None
    office: tuple[str, Passage] | None = None
    day: tuple[str, Passage] | None = None
    unread: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the closing part, or one that a label begins, with its pieces."""

    passage: Passage
    pieces: tuple[Piece, ...]
    labelled: bool = False

    def first(self, *sorts: str) -> str:
        return next((piece.text for piece in self.pieces if piece.sort in sorts), "")


def written(field: Field, letter: Letter, agency: AgencyFacts | None) -> Filled | None:
    """What the letter answers a blank with, where the kind lets it."""
    signed = signature(letter, agency)
    if DATED in field.said_by:
        return _filled(field, dated(letter) or signed.day)
    if SIGNATORY in field.said_by:
        return _filled(field, signed.name)
    return _filled(field, signed.office) if OFFICE in field.said_by else None


def unread_in(field: Field, letter: Letter, agency: AgencyFacts | None) -> bool:
    """Whether what such a blank asks for may be among what was not understood."""
    asked = not {SIGNATORY, OFFICE, DATED}.isdisjoint(field.said_by)
    lines = (*letter.body, *letter.foot)
    said = any(says_signed(p.text) or _WRITTEN_ON.search(p.text[:2000]) for p in lines)
    return asked and (said or signature(letter, agency).unread)


def beside(field: Field, text: str, wanted: str) -> str:
    """The role, or the name alone, out of what stands against one label: "A. Person, Manager"."""
    found = (piece.text for piece in pieces_of(text[:LONGEST], frozenset()) if piece.sort == wanted)
    return next(found, "")


def _filled(field: Field, said: tuple[str, Passage] | None) -> Filled | None:
    if said is None:
        return None
    text, passage = said
    where = Where(section=field.label)
    return Filled((Term(field.key, field.label),), text, position=passage.position, where=where)


@lru_cache(maxsize=4)
def signature(letter: Letter, agency: AgencyFacts | None) -> Signature:
    """Who signs: below the close, else where a label or a sentence says who."""
    theirs = _places(letter, agency)
    closing = _closing(letter, theirs)
    told = [*_labelled(letter, theirs), *_in_sentences(letter, theirs)]
    unread = any(_unread(line) for line in closing)
    for lines in (closing, told):
        if found := _signatory(lines):
            return _whole(found, [*closing, *told], unread)
    return _by_role([*closing, *told], unread)


def _by_role(lines: Sequence[_Line], unread: bool) -> Signature:
    """What stands there when no name was known: a role, above which "Jane Partner" is a name."""
    roles = [
        (piece.text, ln.passage) for ln in lines for piece in ln.pieces if piece.sort == "role"
    ]
    if roles and may_be_a_name(roles[0][0], beside=len(roles) > 1):
        return Signature(roles[0], roles[1] if len(roles) > 1 else None, _day(lines), unread)
    return Signature(None, roles[0] if roles else None, _day(lines), unread or len(roles) > 1)


def _whole(
    found: tuple[tuple[str, Passage], tuple[str, Passage] | None],
    lines: Sequence[_Line],
    unread: bool,
) -> Signature:
    """A name, with the role that another line gives where its own place gives none."""
    name, office = found
    if office is None:
        others = (line for line in lines if line.first("role"))
        own = (one for one in others if one.first("name") in ("", name[0]))
        office = next(((one.first("role"), one.passage) for one in own), None)
    return Signature(name, office, _day(lines), unread)


def _day(lines: Sequence[_Line]) -> tuple[str, Passage] | None:
    days = ((line.first("day"), line.passage) for line in lines)
    return next((day for day in days if day[0]), None)


def _signatory(
    lines: Sequence[_Line],
) -> tuple[tuple[str, Passage], tuple[str, Passage] | None] | None:
    """The first full name that a role stands beside or below, else the first, else a first name."""
    alone: tuple[str, Passage] | None = None
    for sort in ("name", "first name"):
        for at, line in enumerate(lines):
            if not (text := line.first(sort)):
                continue
            name = (text, line.passage)
            near = [line, *_below(lines, at)]
            role = next(((n.first("role"), n.passage) for n in near if n.first("role")), None)
            if role:
                return name, role
            alone = alone or name
        if alone:
            return alone, None
    return None


def _below(lines: Sequence[_Line], at: int) -> Iterator[_Line]:
    """The lines under one up to the next name."""
    for line in lines[at + 1 : at + 4]:
        if line.first("name"):
            return
        yield line


def _unread(line: _Line) -> bool:
    sorts = {piece.sort for piece in line.pieces}
    if line.labelled:
        return not sorts.isdisjoint({"name", "role"})
    return "unknown" in sorts


def _closing(letter: Letter, theirs: frozenset[str]) -> list[_Line]:
    """The lines under the close that are no sentences; without a close, those after the first
    sentence."""
    lines = merged(letter.foot[1:]) if letter.foot else _after_sentence(letter.body)
    if letter.foot and _ON_BEHALF.match(letter.foot[0].text):
        lines = [*_after_sentence(letter.body), *lines]  # who signs may stand above it
    out = []
    for passage in lines:
        label = LABELLED.match(passage.text)
        if label is not None or _is_sentence(passage.text) or len(passage.text) > LONGEST:
            continue
        bare = _without_parting(passage.text)
        if pieces := tuple(pieces_of(bare, theirs)):
            out.append(_Line(passage, pieces))
        if len(out) == NEAR:
            break
    return out


def _after_sentence(body: Sequence[Passage]) -> list[Passage]:
    lines = merged(body)
    first = next((i for i, p in enumerate(lines) if _is_sentence(p.text)), 0)
    return lines[first + 1 :]


def _is_sentence(text: str) -> bool:
    words = text.split()
    ends = text.rstrip().endswith((".", "!", "?"))
    small = sum(word[:1].islower() for word in words)
    return (ends and len(words) >= SENTENCE and small > 1) or (
        len(words) > 8 and 2 * small > len(words)
    )


def _without_parting(text: str) -> str:
    """ "Kind regards, A. Person": what stands after the comma."""
    head, comma, rest = text.partition(",")
    return _STOP.sub(", ", rest) if comma and fold(head) in PARTINGS | CLOSINGS else text


def _labelled(letter: Letter, theirs: frozenset[str]) -> Iterator[_Line]:
    """Lines that a label begins and a name stands in: "Contact: A. Person, Manager"; and, below
    the letterhead, "Manager: A. Person"."""
    for passage in merged((*letter.head, *letter.body, *letter.foot)):
        label = LABELLED.match(passage.text[:LONGEST])
        if label is None or not_signing(label["label"]):
            continue
        pieces = tuple(pieces_of(label["value"], theirs))
        if not any(piece.sort == "name" for piece in pieces):
            continue
        if is_role(label["label"]) and not any(piece.sort == "role" for piece in pieces):
            if passage in letter.head and not label["label"].lower().startswith("from"):
                continue  # a letterhead that names its people
            if not asks_who(label["label"]):
                pieces = (*pieces, Piece(label["label"], "role"))
        yield _Line(passage, pieces, True)


def _in_sentences(letter: Letter, theirs: frozenset[str]) -> Iterator[_Line]:
    """ "Checked by A. Person, Manager, 9 March 2010." and "I, A. Person, Manager, confirm"."""
    for passage in (*letter.head, *letter.body, *letter.foot):
        for sentence in sentences([passage.text[:2000]]):
            pieces = tuple(pieces_of(who_in(sentence)[:LONGEST], theirs))
            if any(piece.sort in ("name", "role") for piece in pieces[:3]):
                yield _Line(passage, pieces, True)


def _places(letter: Letter, agency: AgencyFacts | None) -> frozenset[str]:
    """The agency's names and what its letterhead gives line by line: nobody's name or role."""
    lines = (p.text for p in letter.head[:8] if not LABELLED.match(p.text))
    names = [piece for line in lines for piece in re.split(r"\s*(?:,|\t|\s[-–|]\s)\s*", line)]
    if agency is not None:
        names += [agency.name, agency.code, *agency.abbreviations]
    return frozenset(fold(name) for name in names if _WORD.search(name)) - {""}
