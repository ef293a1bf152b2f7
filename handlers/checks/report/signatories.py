"""Everybody who signed a report, one for each role that the shape asks for.

Does: shares out the blanks of the signing off, and what sentences and lines without a label say of
who signed, between the people who sign.
Trusts: the shape's wordings of roles and parts.
Never touches: what an answer is worth; `handlers/checks/report/signatory.py` weighs it.
Known limits: where nothing says whose block it is, the blocks are taken in the toolkit's order,
author first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeGuard

from config.kind_shape import SignOff
from handlers.checks.report.blocks import blocks_of
from handlers.checks.report.roles import lexicon_in, says_otherwise
from handlers.checks.report.sign_block import WHOLE, Shared, SignBlock, answered
from handlers.checks.report.signatory import Part, Signatory, Weighed
from handlers.checks.report.unlabelled import unlabelled
from handlers.document import Block, Paragraph, Row
from handlers.fields.fields import read_items
from handlers.fields.label_meanings import Filled, Item, Lexicon, Loose
from handlers.fields.labels import labels_in
from handlers.fields.people import looks_like
from handlers.fields.signed_by import is_told, signings_in, told_of_signing
from handlers.values.placeholders import put_off

_RULES = re.compile(r"[\s._\u2026]+")
A_FORM = 3  # labels in one line, which is then no sentence

_STATES = re.compile(
    r"^(?:the |my |our )?(?P<label>[a-z' \u2019]{4,60}?) (?:is|was) (?P<value>[^.;]{2,60})\.?\s*$",
    re.I,
)


def signatories(
    blocks: Sequence[Block],
    sign_off: SignOff,
    own_section: bool = True,
    theirs: frozenset[str] = frozenset(),
) -> tuple[Signatory, ...]:
    """One for each role the shape asks for, in its order, however little was found.

    Outside a section of its own (`own_section`) only what has a label is a part of the sign-off.
    `theirs` are the agency's names, folded, which are nobody's signature.
    """
    known = lexicon_in(blocks, sign_off, theirs)
    roles = [one.key for one in sign_off.roles]
    every = _items(blocks, known) if own_section else read_items(blocks, known)
    items = [i for i in every if own_section or not isinstance(i, Loose)]
    asked = [one.key for one in sign_off.parts]
    if bare := unlabelled(items, roles, asked):
        return tuple(
            Signatory(role, {key: Part("there", bare[role][key]) for key in asked})
            for role in roles
        )
    empty = frozenset(at for at, one in enumerate(blocks) if _is_empty(one, known))
    shared = blocks_of(items, known, roles, empty)
    people = tuple(
        Signatory(
            role,
            Weighed(shared.people.get(role), shared.strays(role), theirs).parts(asked),
            role in shared.people,
        )
        for role in roles
    )
    people = _supplied(people, shared.spare, theirs)
    loose = {id(one) for role in roles for one in _loose(shared, role) if one.picture}
    people = _with_pictures(people, shared, len(loose))
    doubted = shared.unplaced or (shared.guessed and says_otherwise(blocks, known))
    return tuple(map(_doubted, people)) if doubted else people


def _doubted(person: Signatory) -> Signatory:
    """Whose a blank is that is left open cannot be told."""
    parts = {
        key: replace(part, state="unclear") if part.state == "absent" else part
        for key, part in person.parts.items()
    }
    return replace(person, parts=parts, sure=False)


def _is_empty(block: Block, known: Lexicon) -> bool:
    """Whether nobody's heading can stand in it: nothing does, or a rule, or a row of labels."""
    if isinstance(block, Paragraph):
        said = _RULES.sub(" ", block.text).strip()
        return not (said and not put_off(said)) and not (block.picture or block.ticks)
    if isinstance(block, Row):
        asked = [known.meaning(cell.text) for cell in block.cells if cell.text]
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
            if not answered(key, filled) or not all(_may_be_of(block, p) for p in lacking):
                continue
            own = Weighed(SignBlock(fields={key: filled}), (), theirs).parts([key])[key]
            clear = len(lacking) == 1 and block.follows and len(block.fields) < WHOLE
            part = own if clear and own.state == "there" else Part("unclear")
            people = tuple(
                replace(p, parts={**p.parts, key: part}) if p in lacking else p for p in people
            )
    return people


def _may_be_of(block: SignBlock, person: Signatory) -> bool:
    """A whole block is a third person's, save where somebody lacks all that it gives."""
    given = [key for key, filled in block.fields.items() if answered(key, filled)]
    return len(block.fields) < WHOLE or not set(given) & set(person.of("there"))


def _loose(shared: Shared, role: str) -> tuple[Loose, ...]:
    block = shared.people.get(role)
    return (*(block.loose if block else ()), *shared.strays(role))


def _with_pictures(
    people: Sequence[Signatory], shared: Shared, pictures: int
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


def _has_line(person: Signatory, shared: Shared) -> bool:
    block = shared.people.get(person.role)
    return block is not None and "signature" in block.fields


def _may_have_signed(person: Signatory) -> Signatory:
    return replace(person, parts={**person.parts, "signature": Part("unclear", picture=True)})


def _items(blocks: Sequence[Block], known: Lexicon) -> Iterator[Item]:
    """The blanks, and in their place what sentences say of who signed."""
    start = 0
    for at, block in enumerate(blocks):
        said = list(told_of_signing(block.kept, at, known)) if _is_said(block, known) else []
        said = said or _stated(block, at, known)
        if said:
            yield from read_items(blocks[start:at], known)
            yield from said
            start = at + 1
    yield from read_items(blocks[start:], known)


def _stated(block: Block, at: int, known: Lexicon) -> list[Item]:
    """ "The report author's job designation is Named Nurse.": a blank and its value."""
    said = _STATES.match(block.kept) if isinstance(block, Paragraph) and not block.heading else None
    terms = known.meaning(said["label"]) if said else ()
    asked = [term for term in terms if not term.person]
    if said is None or len(asked) != 1 or looks_like(said["value"]) != asked[0].look:
        return []
    return [Filled(terms, said["value"], position=at)]


def _is_said(block: Block, known: Lexicon) -> TypeGuard[Paragraph]:
    """A line that may be a sentence: no picture, and no label with a colon before what it says."""
    if not isinstance(block, Paragraph) or block.picture or block.heading:
        return False
    if not is_told(block.text):
        return False
    labels = sum(bool(one.terms) for one in labels_in(block.text, known))
    return labels < A_FORM or bool(signings_in(block.kept, known))
