"""Shares the blanks of a signing off out between the people who sign.

Blocks without a role go to the roles that are left, in the shape's order. A role that is named
under its block is known by the first block's being so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from handlers.checks.report.roles import (
    declares,
    role_among_pieces,
    role_in_declaration,
    role_in_heading,
    role_named_alone,
)
from handlers.checks.report.sign_block import (
    SharedBlocks,
    SignBlock,
    completes_block,
    fits_in_block,
    is_another_persons,
    is_part_answered,
    join_blocks,
    may_be_of_role,
    unowned_answers,
)
from handlers.fields.label_meanings import (
    FieldItem,
    FoundField,
    LabelLexicon,
    NextPerson,
    UnclaimedText,
)
from handlers.fields.people import look_of_text, split_pieces, without_line_number
from handlers.values.blanks_not_filled import read_postponed_value
from handlers.values.normalise import fold_text

# "A. Green 11th May 2010" in a blank for both.
_BEFORE_DAY = re.compile(r"(?<=[A-Za-z.])\s+(?=\d{1,4}(?:st|nd|rd|th)?[\s/.-])")
_BEHALF = re.compile(r"\bon behalf of\b", re.I)
MADE_BY_PATTERN = re.compile(r"\b(?:report|review|imr)\s+(?:was|is|has been)\s+\w+\s+by\b", re.I)
_SIGNED = re.compile(r"\b(?:counter[ -]?)?sign(?:ed|ature)\b", re.I)
# Labels of a job by which people also say whose the block is: "Role: report author".
ROLE_LABELS = frozenset(["role", "capacity", "status"])


def share_sign_blocks(
    items: Iterable[FieldItem],
    known: LabelLexicon,
    roles: Sequence[str],
    empty: frozenset[int] = frozenset(),
) -> SharedBlocks:
    """`empty` are the positions of lines with nothing in them, and of the ends of tables."""
    sharing, items = _Sharing(known, empty), list(items)
    if _head_blocks(items):
        sharing.under = False
    for at, item in enumerate(items):
        sharing.rest = items[at + 1 :]
        sharing.take_item(item)
    return sharing.shared_blocks(roles)


def _head_blocks(items: Sequence[FieldItem]) -> bool:
    """Whether the lines that name a role and no more head what is below them, though something
    stands above the first: more blanks stand below the last than above the first."""
    blanks: list[set[str]] = [set()]
    for item in items:
        if isinstance(item, FoundField):
            parts = {term.key for term in item.terms if not term.person}
            blanks = blanks if parts else [*blanks, set()]
            blanks[-1] |= parts
    more = len(blanks) > 1 and len(blanks[-1]) > len(blanks[0]) > 0
    return more and not blanks[0].isdisjoint(blanks[-1])


class _Sharing:
    def __init__(self, known: LabelLexicon, empty: frozenset[int]) -> None:
        self.known, self.empty = known, empty
        self.blocks: list[SignBlock] = []
        self.now: SignBlock | None = None
        self.under: bool | None = None  # roles are named under their blocks
        self.before: FieldItem | None = None
        self.rest: Sequence[FieldItem] = ()

    def take_item(self, item: FieldItem) -> None:
        self._take(item)
        self.before = self.before if isinstance(item, NextPerson) else item

    def _take(self, item: FieldItem) -> None:
        if isinstance(item, NextPerson):
            self.now = None
        elif isinstance(item, UnclaimedText):
            self._loose(replace(item, text=without_line_number(item.text)))
        else:
            self._filled(item)

    def _filled(self, filled: FoundField) -> None:
        parts = [term.key for term in filled.terms if not term.person]
        if not parts and _is_signed(filled):
            parts = ["signature"]  # "Countersigned: A. Person"
        if parts == ["date"] and filled.below and _no_day(filled.text):
            # The next line is somebody's name or job; the day is blank.
            self._filled(replace(filled, text="", below=False))
            self._loose(UnclaimedText(filled.text, False, filled.position))
            return
        role = next((term.key for term in filled.terms if term.person), None)
        role = (
            role
            or role_named_alone(filled.note, self.known)
            or role_in_heading(filled.note, self.known)
        )
        if not parts:
            self._role(role, filled)
            return
        said = role_named_alone(filled.text, self.known) if "designation" in parts else None
        if said and fold_text(filled.text).startswith("the "):
            self._filled(replace(filled, text=""))  # "The author of this review": nobody's job
            self._role(said, None)
            return
        if said and fold_text(filled.label_words) in ROLE_LABELS and not self._awaits_job(said):
            self._role(said, None)  # "Role: report author"
            return
        if not said and not role and self._may_tell(filled):
            role = role_among_pieces(filled.text, self.known)
        self.under = bool(self.under) if self.under is not None else (False if role else None)
        block = self._block(role, parts, filled)
        block.last = filled.position
        for key, shared in _shared_out(parts, filled, self.known).items():
            block.fields[key] = shared
            if (
                key == "signature"
                and "date" not in block.fields
                and look_of_text(shared.text) == "date"
            ):
                block.fields["date"] = shared  # "Report author: A. Green, signed 17 May 2010"
            if filled.text and not shared.text:
                block.doubted.add(key)

    def _may_tell(self, filled: FoundField) -> bool:
        """Whether an answer may say whose it is: "A. Person, report author". Words for a role and
        nothing more, in a block that is somebody's, are no name: "on behalf of the agency"."""
        own = self.now is not None and self.now.role is not None
        return bool(filled.text) and not (own and role_named_alone(filled.text, self.known))

    def _awaits_job(self, role: str) -> bool:
        """Whether the block is somebody's already, and words for a role in it are a job."""
        now = self.now
        if now is None or now.role is None:
            return False
        return now.role == role or "designation" not in now.fields

    def _role(self, role: str | None, filled: FoundField | None) -> None:
        """A line or a cell that says whose the block is, and asks for nothing."""
        above = self.now or self._open_ended()
        if self.under is None:
            self.under = above is not None and not above.is_empty
        block = above if self.under else self.now
        if (
            block is not None
            and block.role is None
            and (self.under or (filled is not None and filled.position == block.last))
        ):
            block.role, block.closed = role, bool(self.under) and not self._goes_on_below(block)
        elif (
            block is None
            or (block.role not in (None, role))
            or not self._goes_on(block, role)
            or ((filled is None or filled.is_blank) and block.is_owned_by_labels)
        ):
            block = self._open(role)
        block.role = role
        if filled is not None and filled.text:
            block.named = block.named or filled.text
        if filled is not None and filled.picture:
            block.loose.append(UnclaimedText("", True, filled.position))

    def _open_ended(self) -> SignBlock | None:
        """The block that just ended, where it has blanks and nothing said yet whose it is."""
        last = self.blocks[-1] if self.blocks else None
        return last if last is not None and last.role is None and last.fields else None

    def _goes_on(self, block: SignBlock, role: str | None) -> bool:
        return block.is_empty or block.role == role

    def _goes_on_below(self, block: SignBlock) -> bool:
        """Whether what stands below the role is the same person's: blanks that the block has not
        yet, before any comes again and before another role."""
        new = False
        for item in self.rest:
            if isinstance(item, NextPerson):
                break
            if isinstance(item, FoundField):
                parts = {term.key for term in item.terms if not term.person}
                if not parts:
                    return False
                if parts & block.fields.keys():
                    break
                new = True
        return new

    def _loose(self, loose: UnclaimedText) -> None:
        if loose.signing:
            self._signing(loose)
            return
        role = None if loose.label else role_in_heading(loose.text, self.known)
        if role and not loose.picture:
            self._role(role, None)
            return
        if declares(loose.text, self.known) and not loose.picture:
            role = role_in_declaration(loose.text, self.known)
            if self._stands_for_agency(loose.text):
                return
            if self.now is None or (role is not None and self.now.role != role):
                self._open(role).loose.append(loose)
                self.now = self.now if role else None
            return
        role = role_among_pieces(loose.text, self.known)
        if role is None and MADE_BY_PATTERN.search(loose.text):
            role = role_in_declaration(loose.text, self.known)
        block = self.now
        if block is None or block.closed or (role and block.role not in (None, role)):
            block = self._open(role)
        block.role = block.role or role
        block.loose.append(loose)

    def _signing(self, loose: UnclaimedText) -> None:
        """What is said of a signing and not all known may be about whoever was read there, or
        about anybody."""
        now = self.now
        if now is not None and now.last == loose.position:
            now.loose.append(loose)
        else:
            self.blocks.append(SignBlock(loose=[loose], known=self.known))

    def _stands_for_agency(self, text: str) -> bool:
        """ "Signed for and on behalf of the Trust" right under a heading that says whose it is."""
        now = self.now
        return bool(now and now.role and now.is_empty and _BEHALF.search(text))

    def _block(self, role: str | None, parts: Sequence[str], filled: FoundField) -> SignBlock:
        position, in_table = filled.position, filled.where.table is not None
        now = self.now
        if now is not None and role is None and self._adds_above(now, parts, filled):
            return now
        other = now is not None and role is not None and not may_be_of_role(now, role)
        if now is None or other or any(is_another_persons(now, part, role) for part in parts):
            amidst = role is None and self._right_below(position)
            above, now = now, self._open(role)
            now.again = above is not None and role is None
            now.above = above if amidst else None
            now.follows = amidst and not in_table
        now.role = now.role or role
        return now

    def _adds_above(self, now: SignBlock, parts: Sequence[str], filled: FoundField) -> bool:
        """Whether a line below "(Report author)" gives what is blank above that: the next person's
        own line for it is still to come."""
        blank = all(
            key in now.fields and not is_part_answered(key, now.fields[key]) for key in parts
        )
        given = all(is_part_answered(key, filled) for key in parts)
        if not (now.closed and blank and given and self._right_below(filled.position)):
            return False
        for item in self.rest:
            if isinstance(item, FoundField):
                keys = {term.key for term in item.terms if not term.person}
                if not keys or not keys.isdisjoint(parts):
                    return bool(keys)
        return False

    def _right_below(self, position: int) -> bool:
        """Whether the blank before it is all that stands above it, and nobody else's heading."""
        before = self.before
        return isinstance(before, FoundField) and self.empty.issuperset(
            range(before.position + 1, position)
        )

    def _open(self, role: str | None) -> SignBlock:
        self.now = SignBlock(role, known=self.known)
        self.blocks.append(self.now)
        return self.now

    def _head_columns(self) -> None:
        """Whose columns are is said in lines or a row above them all: "For the author<tab>For the
        agency" over a table with a column for each. Lines in which a blank comes again are columns
        only where they ask for the same: else one was added under the headings, by either."""
        said = [block.role for block in self.blocks if block.role is not None]
        heads = [
            block for block in self.blocks if block.role is not None and not block.has_signing_place
        ]
        columns = [block for block in self.blocks if block.role is None and block.fields]
        alike = all(one.fields.keys() == columns[0].fields.keys() for one in columns)
        if any(one.again for one in columns) and not alike:
            return
        if len(set(said)) == len(heads) == len(columns) > 1 and all(one.is_empty for one in heads):
            for head, column in zip(heads, columns, strict=True):
                column.role, head.role = head.role, None

    def _unplaced(self, roles: Sequence[str]) -> bool:
        """Whether blanks are left for more people than nobody is named for: then a heading with
        nothing under it may be of any of them, and heads none."""
        said = {block.role for block in self.blocks}
        bare = [one for one in self.blocks if one.role and not one.has_signing_place]
        bare = [o for o in bare if not any(map(_tells, (*o.loose, UnclaimedText(o.named))))]
        columns = [block for block in self.blocks if block.role is None and block.fields]
        if not bare or len(columns) <= len(set(roles) - said):
            return False
        for block in bare:
            block.role = None
        return True

    def shared_blocks(self, roles: Sequence[str]) -> SharedBlocks:
        self._head_columns()
        unplaced = self._unplaced(roles)
        self._fill_up(roles)
        taken = {block.role for block in self.blocks}
        spare = [role for role in roles if role not in taken]
        nobodys = [block for block in self.blocks if block.role is None and block.has_signing_place]
        # A sentence that could not be read stands for a person only where there is one for each.
        told = len(nobodys) == len(spare)
        guessed = bool(spare) and any(block.fields for block in nobodys)
        people: dict[str, SignBlock] = {}
        left: list[UnclaimedText] = []
        loners: list[SignBlock] = []
        for block in self.blocks:
            stands = block.fields or (told and block.has_signing_place)
            role = block.role or (spare.pop(0) if spare and stands else None)
            if role is None:
                left += (*block.loose, *unowned_answers(block))
                loners.append(block)
            elif role in people:
                join_blocks(people[role], block)
            else:
                people[role] = block
        apart = any(completes_block(block, one) for block in loners for one in people.values())
        return SharedBlocks(people, tuple(left), tuple(loners), guessed, unplaced or apart)

    def _fill_up(self, roles: Sequence[str]) -> None:
        """Of two blanks for one part of one person one filled is filled: "Signature: A. Person"
        added below "Signed (author): ......" would be one person's too many."""
        spare = set(roles) - {block.role for block in self.blocks}
        nobodys = [block for block in self.blocks if block.role is None and block.fields]
        for block in sorted(nobodys, key=lambda one: len(one.fields)):
            if len(nobodys) <= len(spare):
                return
            if block.above is not None and fits_in_block(block, block.above):
                join_blocks(block.above, block)
                nobodys = [one for one in nobodys if one is not block]
                self.blocks = [one for one in self.blocks if one is not block]


def _shared_out(
    parts: Sequence[str], filled: FoundField, known: LabelLexicon
) -> dict[str, FoundField]:
    """ "Name and job title: A. Person, Director" is two things; of one alone it is what it looks
    like, and the other cannot be told."""
    if len(parts) == 1 or not filled.text or read_postponed_value(filled.text):
        return dict.fromkeys(parts, filled)
    whole = _BEFORE_DAY.sub(", ", filled.text, count=1) if "date" in parts else filled.text
    texts = [text for text in split_pieces(whole) if role_named_alone(text, known) is None]
    if len(texts) >= len(parts):
        return {key: replace(filled, text=text) for key, text in zip(parts, texts, strict=False)}
    looks = {"name" if key == "signature" else key: key for key in reversed(parts)}
    out = {key: replace(filled, text="") for key in parts}
    for text in texts:
        key = looks.get(look_of_text(text) or parts[0], parts[0])
        out[key] = replace(filled, text=text)
    return out


def _tells(loose: UnclaimedText) -> bool:
    """Whether a line holds more than words for whose it is: a picture, a name, a job or a day."""
    return loose.picture or any(map(look_of_text, split_pieces(loose.text)))


def _is_signed(filled: FoundField) -> bool:
    """Whether a label that says whose it is asks for the signature in the same words."""
    said = any(_SIGNED.search(term.words) for term in filled.terms)
    return said and (filled.drawn or not filled.is_blank)


def _no_day(text: str) -> bool:
    return bool(text) and not any(c.isdigit() for c in text) and not read_postponed_value(text)
