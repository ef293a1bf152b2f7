"""What a letter says of itself where a form has labelled blanks: who signs it, as what, and when.

Does: finds the name, the role and the day under "Yours sincerely"; in a line such as "Completed by:
A. Person, Manager", "From: A. Person, Manager" or "Manager: A. Person"; in a sentence such as
"Submitted by A. Person, Manager" or "I, A. Person, Manager, confirm"; and the day a letter bears.
Says, too, whether anything stands where it is signed that is none of these.
Trusts: nothing; the kind's TOML says which blanks a letter may answer so.
Never touches: what the letter is about.
Known limits: those of `signing.py`. Of two people the one who signs below goes before the one a
label names, and one with a role before one without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from config.labels import CLOSINGS, MAKES, NOT_SIGNING, PARTINGS
from config.shape import Field
from handlers.context import AgencyFacts
from handlers.document.filled import Filled
from handlers.document.lexicon import Term, lexicon
from handlers.document.signed_by import says_signed, signings_in
from handlers.finding import Where
from handlers.form.passage import Passage
from handlers.form.sentences import Letter, sentences
from handlers.form.signing import DAY, MONTH, Piece, is_role, may_be_a_name, pieces_of
from handlers.typed.fold import fold

SIGNATORY, OFFICE, DATED = "{signatory}", "{office}", "{dated}"
LONGEST = 240  # characters of a line somebody signs in
NEAR = 30  # lines of the closing part that are read
WORDS = 12  # words of a line that may be the letter's date line
SENTENCE = 6  # words of a line that ends in a full stop and is no line of a signature

_PART_OF_ONE = re.compile(
    rf"\W*(?:dated?\W+)?(?:\d{{1,2}}(?:st|nd|rd|th)? )?{MONTH}(?: \d{{2,4}})?\W*$", re.I
)
_NOT_ITS_OWN = frozenset(
    {"your", "re", "letter", "born", "birth", "dob", "period", "review", "due", "from", "until"}
    | {"to", "since"}
)
_ITS_OWN = frozenset({"sent", "date", "dated"})
_LABELLED = re.compile(r"^\W*(?P<label>[A-Za-z][A-Za-z/'’() -]{0,50}?)\s*:\s*(?P<value>.*)$", re.S)
_ASKED = re.compile(r"^\W*(?P<label>[A-Za-z][^?:]{8,160}\?)\s*:?\s*(?P<value>\S.{0,60})$", re.S)
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
_NO_ROLES = lexicon(())
_WORD = re.compile(r"[A-Za-z]")


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
    said = any(says_signed(passage.text) for passage in (*letter.body, *letter.foot))
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
    lines = _merged(letter.foot[1:]) if letter.foot else _after_sentence(letter.body)
    out = []
    for passage in lines:
        label = _LABELLED.match(passage.text)
        if label is not None or _is_sentence(passage.text) or len(passage.text) > LONGEST:
            continue
        bare = _without_parting(passage.text)
        if pieces := tuple(pieces_of(bare, theirs)):
            out.append(_Line(passage, pieces))
        if len(out) == NEAR:
            break
    return out


def _after_sentence(body: Sequence[Passage]) -> list[Passage]:
    merged = _merged(body)
    first = next((i for i, p in enumerate(merged) if _is_sentence(p.text)), 0)
    return merged[first + 1 :]


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
    return rest if comma and fold(head) in PARTINGS | CLOSINGS else text


def _merged(passages: Sequence[Passage]) -> list[Passage]:
    """Lines, the cells of a table's row as one: "From: A. Person"."""
    out: list[Passage] = []
    for passage in passages:
        above = out[-1] if out else None
        if above is None or not passage.table or above.position != passage.position:
            out.append(passage)
            continue
        joint = " " if above.text.rstrip().endswith(":") else ": "
        joint = " | " if _LABELLED.match(above.text + joint) is None or "|" in above.text else joint
        text = f"{above.text}{joint}{passage.text}"
        out[-1] = Passage(text, passage.position, passage.table)
    return out


def labelled_lines(passages: Sequence[Passage]) -> Iterator[tuple[str, str, int]]:
    """Each "Label: value" with its place, whatever the label; a table's row of two cells, too."""
    cells: dict[int, list[str]] = {}
    for passage in passages:
        if passage.table:
            cells.setdefault(passage.position, []).append(passage.text)
    for position, row in cells.items():
        if len(row) == 2:
            yield row[0].rstrip(" :?"), row[1], position
    for passage in passages:
        text = "" if passage.table else passage.text[:LONGEST]
        label = _ASKED.match(text) or _LABELLED.match(text)
        if label is not None and label["value"]:
            yield label["label"], label["value"], passage.position


def _labelled(letter: Letter, theirs: frozenset[str]) -> Iterator[_Line]:
    """Lines that a label begins and a name stands in: "Contact: A. Person, Manager"; and, below
    the letterhead, "Manager: A. Person"."""
    for passage in _merged((*letter.head, *letter.body, *letter.foot)):
        label = _LABELLED.match(passage.text[:LONGEST])
        if label is None or _not_signing(label["label"]):
            continue
        pieces = tuple(pieces_of(label["value"], theirs))
        if not any(piece.sort == "name" for piece in pieces):
            continue
        if is_role(label["label"]) and not any(piece.sort == "role" for piece in pieces):
            if passage in letter.head and not label["label"].lower().startswith("from"):
                continue  # a letterhead that names its people
            if not _asks_who(label["label"]):
                pieces = (*pieces, Piece(label["label"], "role"))
        yield _Line(passage, pieces, True)


def _asks_who(label: str) -> bool:
    """ "Responding officer", "Author": whoever fills it in, and nobody's role."""
    words = fold(label).split()
    return words[0] in (
        "responding",
        "reporting",
        "author",
        "named",
        "name",
        "lead",
        "signing",
    ) or (words[-1] in ("by", "author", "representative"))


def _not_signing(label: str) -> bool:
    folded = fold(label)
    return folded in NOT_SIGNING or any(
        folded.startswith(f"{word} ") for word in ("to", "cc", "re")
    )


def _in_sentences(letter: Letter, theirs: frozenset[str]) -> Iterator[_Line]:
    """ "Checked by A. Person, Manager, 9 March 2010." and "I, A. Person, Manager, confirm"."""
    for passage in (*letter.head, *letter.body, *letter.foot):
        for sentence in sentences([passage.text[:2000]]):
            who = _MADE_BY.search(sentence) or _I_AM.match(sentence)
            if who is None:
                continue
            pieces = tuple(pieces_of(who["who"][:LONGEST], theirs))
            if any(piece.sort in ("name", "role") for piece in pieces[:3]):
                yield _Line(passage, pieces, True)


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


def _places(letter: Letter, agency: AgencyFacts | None) -> frozenset[str]:
    """The agency's names and what its letterhead gives line by line: nobody's name or role."""
    lines = (p.text for p in letter.head[:8] if not _LABELLED.match(p.text))
    names = [piece for line in lines for piece in re.split(r"\s*(?:,|\t|\s[-–|]\s)\s*", line)]
    if agency is not None:
        names += [agency.name, agency.code, *agency.abbreviations]
    return frozenset(fold(name) for name in names if _WORD.search(name)) - {""}
