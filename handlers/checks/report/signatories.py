"""Finds everybody who signed a report, one for each role that the shape asks for.

Where nothing says whose block it is, the blocks are taken in the toolkit's order, author first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeGuard

from config.kind_shape import SignOff
from handlers.checks.report.block_sharing import share_sign_blocks
from handlers.checks.report.roles import lexicon_of_blocks, says_otherwise
from handlers.checks.report.sign_block import (
    FULL_BLOCK_SIZE,
    SharedBlocks,
    SignBlock,
    is_part_answered,
)
from handlers.checks.report.signatory import BlockWeighing, Signatory, SigningPart
from handlers.checks.report.unlabelled_sign_off import read_unlabelled_people
from handlers.document import Block, Paragraph, Row
from handlers.fields.drawn_lines import without_drawn_characters
from handlers.fields.fields import read_field_items
from handlers.fields.label_meanings import FieldItem, FoundField, LabelLexicon, UnclaimedText
from handlers.fields.labels import find_line_labels
from handlers.fields.people import look_of_text
from handlers.fields.signed_by import (
    find_signings,
    is_signing_line,
    read_signing_items,
    says_signed,
)
from handlers.values.blanks_not_filled import read_postponed_value
from handlers.values.day_words import DAY_PATTERN

MIN_FORM_LABELS = 3  # labels in one line, which is then no sentence

_STATES = re.compile(
    r"^(?:the |my |our )?(?P<label>[a-z' \u2019]{4,60}?) (?:is|was) (?P<value>[^.;]{2,60})\.?\s*$",
    re.I,
)


def read_signatories(
    blocks: Sequence[Block],
    sign_off: SignOff,
    own_section: bool = True,
    theirs: frozenset[str] = frozenset(),
) -> tuple[Signatory, ...]:
    """One for each role the shape asks for, in its order, however little was found.

    Outside a section of its own (`own_section`) only what has a label is a part of the sign-off.
    `theirs` are the agency's names, folded, which are nobody's signature.
    """
    known = lexicon_of_blocks(blocks, sign_off, theirs)
    roles = [one.key for one in sign_off.roles]
    every = _items(blocks, known) if own_section else read_field_items(blocks, known)
    items = [i for i in every if own_section or not isinstance(i, UnclaimedText)]
    asked = [one.key for one in sign_off.parts]
    if bare := read_unlabelled_people(items, roles, asked):
        return tuple(
            Signatory(role, {key: SigningPart("there", bare[role][key]) for key in asked})
            for role in roles
        )
    empty = frozenset(at for at, one in enumerate(blocks) if _is_empty(one, known))
    shared = share_sign_blocks(items, known, roles, empty)
    people = tuple(
        Signatory(
            role,
            BlockWeighing(shared.people.get(role), shared.stray_lines(role), theirs).weigh_parts(
                asked
            ),
            role in shared.people,
        )
        for role in roles
    )
    people = _supplied(people, shared.spare, theirs)
    loose = {id(one) for role in roles for one in _loose(shared, role) if one.picture}
    people = _with_pictures(people, shared, len(loose))
    people = _with_one_day(people, items)
    doubted = shared.unplaced or (shared.guessed and says_otherwise(blocks, known))
    return tuple(map(_doubted, people)) if doubted else people


def _doubted(person: Signatory) -> Signatory:
    """Whose a blank is that is left open cannot be told."""
    parts = {
        key: replace(part, state="unclear") if part.state == "absent" else part
        for key, part in person.parts.items()
    }
    return replace(person, parts=parts, sure=False)


def _is_empty(block: Block, known: LabelLexicon) -> bool:
    """Whether nobody's heading can stand in it: nothing does, or a rule, or a row of labels."""
    if isinstance(block, Paragraph):
        said = without_drawn_characters(block.text)
        return not (said and not read_postponed_value(said)) and not (block.picture or block.ticks)
    if isinstance(block, Row):
        asked = [known.terms_of_label(cell.text) for cell in block.cells if cell.text]
        return all(terms and not any(term.person for term in terms) for terms in asked)
    return True


def _supplied(
    people: tuple[Signatory, ...], spare: Sequence[SignBlock], theirs: frozenset[str]
) -> tuple[Signatory, ...]:
    """The people, each with what a line by itself gives that nobody else lacks: "Name: A. Person"
    below the table in which one name is "TBC". Where more than one lacks it, or the line stands
    below something else, whose it is cannot be told."""
    for block in spare:
        for key, filled in block.fields.items():
            lacking = [p for p in people if key in p.parts and p.parts[key].state != "there"]
            if not is_part_answered(key, filled) or not all(_may_be_of(block, p) for p in lacking):
                continue
            own = BlockWeighing(SignBlock(fields={key: filled}), (), theirs).weigh_parts([key])[key]
            clear = len(lacking) == 1 and block.follows and len(block.fields) < FULL_BLOCK_SIZE
            part = own if clear and own.state == "there" else SigningPart("unclear")
            people = tuple(
                replace(p, parts={**p.parts, key: part}) if p in lacking else p for p in people
            )
    return people


def _may_be_of(block: SignBlock, person: Signatory) -> bool:
    """A whole block is a third person's, save where somebody lacks all that it gives."""
    given = [key for key, filled in block.fields.items() if is_part_answered(key, filled)]
    return len(block.fields) < FULL_BLOCK_SIZE or not set(given) & set(
        person.parts_in_state("there")
    )


def _with_one_day(
    people: tuple[Signatory, ...], items: Sequence[FieldItem]
) -> tuple[Signatory, ...]:
    """The people, where one day stands by itself and no label asks for any: it may be the day on
    which each of them signed. None is told as undated then."""
    dates = [p.parts["date"] for p in people if "date" in p.parts]
    alone = [one for one in dates if one.state == "there" and one.place is None]
    said = any(
        isinstance(i, UnclaimedText) and (says_signed(i.text) and DAY_PATTERN.search(i.text))
        for i in items
    )
    if not (alone or said) or any(one.place is not None for one in dates):
        return people
    return tuple(
        replace(p, parts={**p.parts, "date": SigningPart("unclear")})
        if p.parts["date"].state == "absent"
        else p
        for p in people
    )


def _loose(shared: SharedBlocks, role: str) -> tuple[UnclaimedText, ...]:
    block = shared.people.get(role)
    return (*(block.loose if block else ()), *shared.stray_lines(role))


def _with_pictures(
    people: Sequence[Signatory], shared: SharedBlocks, pictures: int
) -> tuple[Signatory, ...]:
    """Where there are as many pictures by themselves as people without a signature, any of them may
    be anybody's who has no line to sign on: nothing says whose block it stands in."""
    unsigned = [p for p in people if (one := p.parts.get("signature")) and one.state != "there"]
    if not unsigned or pictures < len(unsigned):
        return tuple(people)
    return tuple(
        _may_have_signed(person) if person in unsigned and not _has_line(person, shared) else person
        for person in people
    )


def _has_line(person: Signatory, shared: SharedBlocks) -> bool:
    block = shared.people.get(person.role)
    return block is not None and "signature" in block.fields


def _may_have_signed(person: Signatory) -> Signatory:
    return replace(
        person, parts={**person.parts, "signature": SigningPart("unclear", picture=True)}
    )


def _items(blocks: Sequence[Block], known: LabelLexicon) -> Iterator[FieldItem]:
    """The blanks, and in their place what sentences say of who signed."""
    start = 0
    for at, block in enumerate(blocks):
        said = (
            list(read_signing_items(block.unstruck_text, at, known))
            if _is_said(block, known)
            else []
        )
        said = said or _stated(block, at, known)
        if said:
            yield from read_field_items(blocks[start:at], known)
            yield from said
            start = at + 1
    yield from read_field_items(blocks[start:], known)


def _stated(block: Block, at: int, known: LabelLexicon) -> list[FieldItem]:
    """ "The report author's job designation is Named Nurse.": a blank and its value."""
    said = (
        _STATES.match(block.unstruck_text)
        if isinstance(block, Paragraph) and not block.heading
        else None
    )
    terms = known.terms_of_label(said["label"]) if said else ()
    asked = [term for term in terms if not term.person]
    if said is None or len(asked) != 1 or look_of_text(said["value"]) != asked[0].look:
        return []
    return [FoundField(terms, said["value"], position=at)]


def _is_said(block: Block, known: LabelLexicon) -> TypeGuard[Paragraph]:
    """A line that may be a sentence: no picture, and no label with a colon before what it says."""
    if not isinstance(block, Paragraph) or block.picture or block.heading:
        return False
    if not is_signing_line(block.text):
        return False
    labels = sum(bool(one.terms) for one in find_line_labels(block.text, known))
    return labels < MIN_FORM_LABELS or bool(find_signings(block.unstruck_text, known))
