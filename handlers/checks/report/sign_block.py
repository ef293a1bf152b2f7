"""One person's part of a signing off, and how two blocks of the same person's are joined.

Of two blanks for one part the one with an answer counts. An agency's name where a person's should
be is an answer here; `signatory.py` knows better.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from handlers.checks.report.roles import role_named_alone
from handlers.fields.label_meanings import FoundField, LabelLexicon, UnclaimedText
from handlers.fields.people import reason_names_nobody, split_pieces
from handlers.values.blanks_not_filled import read_postponed_value
from handlers.values.dates import read_date
from handlers.values.normalise import fold_text

FULL_BLOCK_SIZE = 3  # blanks of one block
NAME_PARTS = ("name", "signature")


@dataclass(slots=True)
class SignBlock:
    """One person's. `named` is what stands beside the role itself: "Report author: A. Person"."""

    role: str | None = None
    fields: dict[str, FoundField] = field(default_factory=dict)
    loose: list[UnclaimedText] = field(default_factory=list)
    named: str = ""
    doubted: set[str] = field(default_factory=set)  # parts that one label asks for with others
    disputed: set[str] = field(default_factory=set)  # parts with two answers that differ
    known: LabelLexicon | None = None
    closed: bool = False  # its role stood under it
    last: int = -1  # where its last blank stands
    again: bool = False  # it opened where a blank of another block came again
    above: SignBlock | None = None  # the block that it opened in the midst of, by a blank again
    follows: bool = False  # it opened on a line right below what somebody filled in

    @property
    def is_empty(self) -> bool:
        return not (self.fields or self.loose or self.named)

    @property
    def is_owned_by_labels(self) -> bool:
        """Whether each of its labels says whose it is: "Report author's name". What stands below
        a heading that says so again is that person's too."""
        fields = self.fields.values()
        return bool(fields) and all(any(t.person for t in one.terms) for one in fields)

    @property
    def has_signing_place(self) -> bool:
        """Whether it has blanks, or holds a sentence that says that somebody signed."""
        return bool(self.fields) or any(one.signing for one in self.loose)

    def is_role_name(self, text: str) -> bool:
        return self.known is not None and role_named_alone(text, self.known) is not None


@dataclass(frozen=True, slots=True)
class SharedBlocks:
    """Every person's block, and what may be anybody's: lines, and blanks by themselves."""

    people: dict[str, SignBlock]
    left: tuple[UnclaimedText, ...]
    spare: tuple[SignBlock, ...] = ()
    guessed: bool = False  # a block is somebody's by the order of the roles, or as the one left
    unplaced: bool = False  # a heading says whose, and of which block cannot be told

    def stray_lines(self, role: str) -> tuple[UnclaimedText, ...]:
        """What may be this person's though it stands elsewhere: where a person has no block at
        all, what the others' do not explain."""
        if role in self.people:
            return self.left
        others = (one for block in self.people.values() for one in block.loose if not one.label)
        return (*self.left, *others)


def is_part_answered(key: str, filled: FoundField) -> bool:
    """Whether something stands in a blank that is no mere "TBC"."""
    weigh = reason_names_nobody if key in NAME_PARTS else read_postponed_value
    return not filled.is_blank and not (filled.text and weigh(filled.text))


def fits_in_block(more: SignBlock, block: SignBlock) -> bool:
    """Whether nothing in a block is answered in the other already."""
    had = block.fields
    return all(
        key not in had or not is_part_answered(key, had[key]) or not is_part_answered(key, one)
        for key, one in more.fields.items()
    )


def unowned_answers(block: SignBlock) -> Iterator[UnclaimedText]:
    """What a block of nobody's holds, which may be what somebody's block lacks: "Date: 20 May 2010"
    in a line below the two. A whole block is a third person's."""
    if len(block.fields) < FULL_BLOCK_SIZE:
        for key, one in block.fields.items():
            if is_part_answered(key, one):
                yield UnclaimedText(one.text, one.picture, one.position, signing=True)


def join_blocks(block: SignBlock, more: SignBlock) -> None:
    """Two blocks of one person: what is answered in either is answered."""
    for key, filled in more.fields.items():
        had = block.fields.get(key)
        if had is None or not is_part_answered(key, had):
            block.fields[key] = filled if had is None or not filled.is_blank else had
        elif is_part_answered(key, filled) and _differ(key, had.text, filled.text):
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
        (fold_text(split_pieces(text)[0]).split() or [""])[-1]
        for text in (one, other)
        if split_pieces(text)
    }
    return key in NAME_PARTS and len(surnames) > 1


def completes_block(block: SignBlock, own: SignBlock) -> bool:
    """Whether a block of nobody's has several blanks, and none of those that a person has: the line
    that somebody added, and the lines it was added to."""
    return (
        len(block.fields) > 1
        and own.has_signing_place
        and own.fields.keys().isdisjoint(block.fields)
    )


def may_be_of_role(block: SignBlock, role: str) -> bool:
    """Whether a block may be this person's: not so one that nobody is named in and that a line
    added in the midst of another's has opened."""
    if block.role is None and block.above is not None:
        return block.above.role in (None, role)
    return block.role in (None, role)


def is_another_persons(block: SignBlock, part: str, role: str | None) -> bool:
    """A blank that comes again is another person's; not so the first below a heading that names a
    role and no more: "Signed by the report author:"."""
    had = block.fields.get(part)
    if had is None:
        return False
    heading = had.is_blank and not had.drawn and any(term.person for term in had.terms)
    return not (heading and role is None)
