"""One person's part of a signing off: the blanks that are theirs, and what stands among them.

Does: holds them; says whether one block fits in another of the same person's, and joins the two: of
two blanks for one part the one with an answer counts, whatever stands in the other.
Trusts: `handlers/checks/report/blocks.py` to share out what was read.
Never touches: documents, and what an answer is worth beyond being one.
Known limits: an agency's name where a person's should be is an answer here; `signatory.py` knows
better.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from handlers.checks.report.roles import whose
from handlers.fields.label_meanings import Filled, Lexicon, Loose
from handlers.fields.people import nobody, pieces
from handlers.values.dates import read_date
from handlers.values.normalise import fold
from handlers.values.placeholders import put_off

WHOLE = 3  # blanks of one block
UNSIGNED_PARTS = ("name", "signature")


@dataclass(slots=True)
class SignBlock:
    """One person's. `named` is what stands beside the role itself: "Report author: A. Person"."""

    role: str | None = None
    fields: dict[str, Filled] = field(default_factory=dict)
    loose: list[Loose] = field(default_factory=list)
    named: str = ""
    doubted: set[str] = field(default_factory=set)  # parts that one label asks for with others
    disputed: set[str] = field(default_factory=set)  # parts with two answers that differ
    known: Lexicon | None = None
    closed: bool = False  # its role stood under it
    last: int = -1  # where its last blank stands
    again: bool = False  # it opened where a blank of another block came again
    above: SignBlock | None = None  # the block that it opened in the midst of, by a blank again
    follows: bool = False  # it opened on a line right below what somebody filled in

    @property
    def empty(self) -> bool:
        return not (self.fields or self.loose or self.named)

    @property
    def owned(self) -> bool:
        """Whether each of its labels says whose it is: "Report author's name". What stands below
        a heading that says so again is that person's too."""
        fields = self.fields.values()
        return bool(fields) and all(any(t.person for t in one.terms) for one in fields)

    @property
    def signs(self) -> bool:
        """Whether it has blanks, or holds a sentence that says that somebody signed."""
        return bool(self.fields) or any(one.signing for one in self.loose)

    def says_whose(self, text: str) -> bool:
        return self.known is not None and whose(text, self.known) is not None


@dataclass(frozen=True, slots=True)
class Shared:
    """Every person's block, and what may be anybody's: lines, and blanks by themselves."""

    people: dict[str, SignBlock]
    left: tuple[Loose, ...]
    spare: tuple[SignBlock, ...] = ()
    guessed: bool = False  # a block is somebody's by the order of the roles, or as the one left
    unplaced: bool = False  # a heading says whose, and of which block cannot be told

    def strays(self, role: str) -> tuple[Loose, ...]:
        """What may be this person's though it stands elsewhere: where a person has no block at
        all, what the others' do not explain."""
        if role in self.people:
            return self.left
        others = (one for block in self.people.values() for one in block.loose if not one.label)
        return (*self.left, *others)


def answered(key: str, filled: Filled) -> bool:
    """Whether something stands in a blank that is no mere "TBC"."""
    weigh = nobody if key in UNSIGNED_PARTS else put_off
    return not filled.blank and not (filled.text and weigh(filled.text))


def fits_in(more: SignBlock, block: SignBlock) -> bool:
    """Whether nothing in a block is answered in the other already."""
    had = block.fields
    return all(
        key not in had or not answered(key, had[key]) or not answered(key, one)
        for key, one in more.fields.items()
    )


def filled_in(block: SignBlock) -> Iterator[Loose]:
    """What a block of nobody's holds, which may be what somebody's block lacks: "Date: 20 May 2010"
    in a line below the two. A whole block is a third person's."""
    if len(block.fields) < WHOLE:
        for key, one in block.fields.items():
            if answered(key, one):
                yield Loose(one.text, one.picture, one.position, signing=True)


def join(block: SignBlock, more: SignBlock) -> None:
    """Two blocks of one person: what is answered in either is answered."""
    for key, filled in more.fields.items():
        had = block.fields.get(key)
        if had is None or not answered(key, had):
            block.fields[key] = filled if had is None or not filled.blank else had
        elif answered(key, filled) and _differ(key, had.text, filled.text):
            block.disputed.add(key)
    block.loose += more.loose
    block.named = block.named or more.named
    block.doubted |= more.doubted
    block.disputed |= more.disputed


def _differ(key: str, one: str, other: str) -> bool:
    """Whether two answers for one part are two people's names, or two days."""
    if not one or not other:
        return False
    if key == "date":
        days = {read_date(text).value for text in (one, other)}
        return len(days) > 1 and None not in days
    surnames = {
        (fold(pieces(text)[0]).split() or [""])[-1] for text in (one, other) if pieces(text)
    }
    return key in UNSIGNED_PARTS and len(surnames) > 1
