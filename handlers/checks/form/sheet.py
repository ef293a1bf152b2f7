"""A form as it was filled in, read once and passed to every check.

Does: reads the blanks, the grid and the standing of the statements out of the blocks.
Trusts: nothing in the document; the kind's TOML for labels and wordings.
Never touches: files, the clock. It judges nothing.
Known limits: those of `handlers/fields/fields.py`, `grid.py` and `statements.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from config.document_words import COPIES
from config.kind import Kind
from config.kind_shape import Field, FormShape
from handlers.checks.form.answers import NONE
from handlers.checks.form.criteria import Asked
from handlers.checks.form.criteria_answers import NO_GRID, Added, grid_of
from handlers.checks.form.form_text import Passage, passages_in
from handlers.checks.form.letter import AGENCY, SIGNATORY, beside, said_in, unread_in, written
from handlers.checks.form.letter_sentences import letter_of
from handlers.checks.form.nil_items import SEARCHED, searched_in
from handlers.checks.form.statement_answers import (
    is_own,
    left_by_the_first,
    own_words,
    unless_stated,
    without_statements,
)
from handlers.checks.form.statements import Standing, first_of, rows_of, standings_in
from handlers.context import AgencyFacts
from handlers.document import Block, Paragraph, Row, TableEnd, Traits
from handlers.fields.fields import filled_in, read_items, unwrapped
from handlers.fields.label_meanings import (
    Filled,
    Item,
    Lexicon,
    Loose,
    Term,
    answered_first,
    lexicon,
)
from handlers.fields.people import LOOKS, NOBODY, is_job, looks_like, nobody, pieces
from handlers.fields.signed_by import told_of_signing
from handlers.findings import Where
from handlers.values.normalise import fold
from handlers.values.placeholders import NoValue, day_not_settled, no_value, put_off

# What the board may have printed before it sent the form out: no sign that anyone filled it in.
PRINTED = frozenset({"agency", "child"})
NO_SENTENCES = frozenset({"signature", "name", "role", "date"})  # what is entered in them is short
NAMES = frozenset({"signature", "name"})
BEFORE = 3  # blocks: a picture may stand so far above the first blank
NO_ROLES = frozenset({"as above", "see above", "above", "as below", "see below", "same", "ditto"})
MAY_ANSWER = frozenset({"unknown", "nothing"})  # elsewhere: "Records searched: none"

_PAGE_NUMBER = re.compile(r"\bpage \d{1,4}(?: of \d{1,4})?\b")
_MARKINGS = frozenset(
    {"", "strictly confidential", "confidential", "private and confidential", "restricted",
     "official", "official sensitive"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One blank of the form. `filled` is None when not even its label is there; `said` that its
    label is not there and the running text answers it, `unclear` that it may be there all the
    same."""

    field: Field
    filled: Filled | None
    said: bool = False
    unclear: bool = False  # it may stand in what was not understood
    told: str = ""  # what the sentences of a letter answer it with
    another: bool = False  # the first of two people left it blank, and the second did not
    theirs: frozenset[str] = frozenset()  # the agency's names, which are nobody's
    job: bool = False  # a job stands where a name should be

    @property
    def key(self) -> str:
        return self.field.key

    @property
    def text(self) -> str:
        return self.filled.text if self.filled and self.no_value is None else ""

    @property
    def no_value(self) -> NoValue | None:
        """What the text says in place of an answer: "TBC", "awaiting signature"."""
        if self.filled is None or self.filled.picture:
            return None
        if self.field.reads_as in NAMES:
            return NOBODY if self.job else nobody(self.filled.text, self.theirs)
        if self.field.reads_as in NO_SENTENCES:
            return put_off(self.filled.text)
        found = no_value(self.filled.text)
        return None if found and found.kind in MAY_ANSWER else found

    @property
    def not_settled(self) -> bool:
        """Whether a day stands there, and that it is still to come."""
        day = self.filled.text if self.filled and self.field.reads_as == "date" else ""
        return day_not_settled(day)

    @property
    def blank(self) -> bool:
        return self.filled is None or self.filled.blank or self.no_value is not None

    @property
    def answered(self) -> bool:
        return self.said or bool(self.told) or not self.blank

    @property
    def where(self) -> Where:
        return Where(section=self.field.label)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole form. `asked` has one item a criterion, `standings` one a statement."""

    kind: Kind
    shape: FormShape
    traits: Traits
    entries: tuple[Entry, ...]
    asked: tuple[Asked, ...]
    standings: tuple[Standing, ...]
    passages: tuple[Passage, ...]
    pictured: bool = False  # a picture stands outside its blanks
    spare: int = 0  # rows of its tables and lists whose wording is none of the criteria's
    added: tuple[Added, ...] = ()  # rows of the grid that are none of its criteria, with an answer
    loose: tuple[Loose, ...] = ()  # what stands where the form is signed and no label claims
    blanks: tuple[Filled, ...] = ()  # all that were found, those of which another counts too

    @property
    def by_key(self) -> Mapping[str, Entry]:
        return {entry.key: entry for entry in self.entries}

    @property
    def signing(self) -> tuple[Entry, ...]:
        """The blanks with which it is signed."""
        return tuple(e for e in self.entries if e.field.reads_as in NO_SENTENCES)

    @property
    def untouched(self) -> bool:
        """True when nobody has filled in a blank, ticked an answer, signed without a label or
        changed what the form says: then there is nothing else to tell."""
        if any(one.picture or looks_like(p) for one in self.loose for p in pieces(one.text)):
            return False
        if any(one.answered or one.state != "stands" for one in self.standings):
            return False
        if 0 < sum(a.line is None or a.reworded for a in self.asked) < len(self.asked):
            return False
        answered = any(a.answer != NONE for a in self.asked)
        own = (e for e in self.entries if e.field.reads_as not in PRINTED)
        return not answered and not any(entry.answered for entry in own)


def read_sheet(
    blocks: Sequence[Block],
    traits: Traits,
    kind: Kind,
    shape: FormShape,
    agency: AgencyFacts | None = None,
) -> Sheet:
    blocks = tuple(unwrapped(blocks))
    passages = tuple(passages_in(blocks))
    labels = _labels(shape.fields)
    asked, spare, added = grid_of(blocks, shape, labels, traits) if shape.criteria else NO_GRID
    rows = rows_of(blocks, shape.statements, labels)
    known = _lexicon(shape.fields)
    titles = frozenset(map(fold, kind.titles))
    unstated = tuple(without_statements(blocks, shape.statements, known))
    items = tuple(read_items(_outside_grid(unstated, asked, titles), known))
    start = first_of(passages, shape.statements) or _below_grid(asked)
    own = own_words(blocks, rows)
    found = tuple(unless_stated(one, shape.statements) for one in filled_in(items))
    found = (*found, *_said(items, found, known, start), *_named_again(items, found, start))
    return Sheet(
        kind,
        shape,
        traits,
        signed_in_one(_entries(found, passages, shape, agency, traits.margins)),
        asked,
        standings_in(rows, passages, shape.statements, shape.statement_names),
        passages,
        _pictured(blocks),
        spare,
        added,
        tuple(
            one
            for one in _where_signed(items, found, shape, start)
            if one.picture
            or one.label
            or not (_of_the_page(one.text) or is_own(one.text, one.position, own))
        ),
        found,
    )


def _said(
    items: Sequence[Item], found: Sequence[Filled], known: Lexicon, start: int
) -> Iterator[Filled]:
    """What one sentence says of who signed, of a form that has no blank of those for it."""
    lines = [i for i in items if isinstance(i, Loose) and i.position >= start]
    told = [i for line in lines for i in told_of_signing(line.text, line.position, known)]
    blanks = [i for i in told if isinstance(i, Filled)]
    keys = [one.terms[0].key for one in blanks]
    if len(keys) == len(set(keys)) and not {f.terms[0].key for f in found}.intersection(keys):
        yield from blanks


def _named_again(items: Sequence[Item], found: Sequence[Filled], start: int) -> Iterator[Filled]:
    """ "A. Person, Director of Nursing" by itself, where the name is A. Person and the one blank
    for a title holds nothing."""
    names = {fold(one.text) for one in found if one.terms[0].look == "name" and one.text}
    titles = [one for one in found if one.terms[0].look == "designation"]
    lines = [pieces(i.text) for i in items if isinstance(i, Loose) and i.position >= start]
    jobs = [line for line in lines if any(looks_like(one) == "designation" for one in line[1:])]
    if len(titles) == 1 and titles[0].blank and len(jobs) == 1:
        name, *job = jobs[0]
        if fold(name) in names and len(job) == 1:
            yield replace(titles[0], text=job[0])


def _of_the_page(text: str) -> bool:
    """A line that is printed on each page: its number, and the marking of the paper. A PDF has it
    among the rest."""
    words = _PAGE_NUMBER.sub(" ", fold(text)).strip()
    return bool(text.strip()) and words in _MARKINGS


def _below_grid(asked: Sequence[Asked]) -> int:
    """The last block of the grid: what stands above it is the form's own head."""
    return max((at for a in asked if a.line for at in a.line.positions), default=0)


def signed_in_one(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """ "Signed: A. Person, Director, 20 May 2010" answers what has no label of its own."""
    signed = next((e for e in entries if e.field.reads_as == "signature" and e.text), None)
    parts = pieces(signed.text) if signed else []
    if signed is None or signed.filled is None or len(parts) < 2:
        return tuple(entries)
    read: dict[str, str] = {look: part for part in reversed(parts) if (look := looks_like(part))}
    out = []
    for entry in entries:
        text = read.get(LOOKS.get(entry.field.reads_as, ""), "")
        bare = entry.filled is None and not entry.said and entry.field.reads_as in NO_SENTENCES
        out.append(
            replace(entry, filled=replace(signed.filled, text=text)) if bare and text else entry
        )
    return tuple(out)


def _pictured(blocks: Sequence[Block]) -> bool:
    """A picture or a drawing stands in the running text, or in a cell without words."""
    lines = any(isinstance(b, Paragraph) and b.picture for b in blocks)
    cells = (c for b in blocks if isinstance(b, Row) for c in b.cells)
    return lines or any(c.picture and not c.text for c in cells)


def _outside_grid(
    blocks: Sequence[Block], asked: Sequence[Asked], titles: frozenset[str]
) -> Sequence[Block]:
    """The blocks, those of the grid emptied: "Date: agreed" in a comment is no blank. Nor is the
    form's own title: "Representative on the Serious Case Review Panel"."""
    lines = [line for a in asked if a.line for line in (a.line, *a.later)]
    grid = {position for line in lines for position in line.positions}
    grid |= {i for i, b in enumerate(blocks) if isinstance(b, Paragraph) and fold(b.text) in titles}
    return [TableEnd(0) if i in grid else block for i, block in enumerate(blocks)]


def _entries(
    found: Sequence[Filled],
    passages: Sequence[Passage],
    shape: FormShape,
    agency: AgencyFacts | None,
    margins: Sequence[str],
) -> tuple[Entry, ...]:
    """The blanks with what answers each; a letterhead may stand in the page's margin."""
    head = fold(" ".join(margins))
    whole = " ".join(p.text for p in passages if not p.struck)
    text = fold(whole)
    letter = letter_of(passages) if any(field.said_by for field in shape.fields) else None
    start = first_of(passages, shape.statements)
    signing = [field.key for field in shape.fields if field.reads_as in NO_SENTENCES]
    theirs = frozenset(map(fold, (agency.name, *agency.abbreviations) if agency else ()))
    left = left_by_the_first([f for f in found if f.position >= start], signing)
    out = []
    for field in shape.fields:
        filled = _own(field, found, start, theirs)
        if filled is None and letter is not None:
            filled = written(field, letter, agency)
        said = filled is None and said_in(text, field.said_by, agency)
        if filled is None and shape.denial is not None and SEARCHED in field.said_by:
            said = searched_in(text, shape.denial, whole)
        headed = filled is None and AGENCY in field.said_by and bool(head)
        said = said or (headed and said_in(head, (AGENCY,), agency))
        unclear = filled is None and letter is not None and unread_in(field, letter, agency)
        another = field.key in left
        out.append(Entry(field, filled, said, unclear and not said, "", another, theirs))
    return _without_jobs(_parted(out))


def _without_jobs(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries, "Chief Executive" where a name should be told as none; not so where the name
    may have been put in the place of the job."""
    swapped = any(e.field.reads_as == "role" and looks_like(e.text) == "name" for e in entries)
    return tuple(
        replace(e, job=not swapped and len(e.text.split()) > 1 and is_job(e.text))
        if e.field.reads_as == "name"
        else e
        for e in entries
    )


def _parted(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries, a name and a role that stand against one label each in its own."""
    named = next((e for e in entries if SIGNATORY in e.field.said_by), None)
    if named is None or not named.text or named.filled is None:
        return tuple(entries)
    filled = named.filled
    name, role = beside(named.field, named.text, "name"), beside(named.field, named.text, "role")
    out = []
    for entry in entries:
        if entry is named and name and role:
            entry = replace(entry, filled=replace(filled, text=name))
        elif entry is named and is_job(named.text):
            entry = replace(entry, filled=None, unclear=True)
        elif entry.field.reads_as == "role" and role and name and entry.filled is None:
            entry = replace(entry, filled=replace(filled, text=role), unclear=False)
        elif (
            entry.field.reads_as == "role" and entry.filled and fold(entry.filled.text) in NO_ROLES
        ):
            entry = replace(entry, filled=None, unclear=True)
        out.append(entry)
    return tuple(out)


def _own(
    field: Field, found: Sequence[Filled], start: int, theirs: frozenset[str]
) -> Filled | None:
    """The first answered blank under the field's labels, else the first empty one.

    A form with statements is signed below them: what stands above may be a front sheet's.
    """
    own = [f for f in found if f.terms[0].key == field.key]
    below = [f for f in own if f.position >= start] or own
    return answered_first(below, lambda f: not Entry(field, f, theirs=theirs).blank)


def _where_signed(
    items: Sequence[Item], found: Sequence[Filled], shape: FormShape, start: int
) -> tuple[Loose, ...]:
    """What no label claims, from the first of the blanks for a signature, a name, a role or a day
    on; from the statements on where the form has some."""
    keys = {field.key for field in shape.fields if field.reads_as in NO_SENTENCES}
    signed = {field.key for field in shape.fields if field.reads_as == "signature"}
    if not signed:
        return ()
    places = [f.position for f in found if f.terms[0].key in keys and f.position >= start]
    first = min(places, default=start) - (BEFORE if places else 0)
    return tuple(
        item
        for item in _without_copies(items)
        if isinstance(item, Loose) and item.position >= max(first, start + 1 if start else 0)
    )


def _without_copies(items: Iterable[Item]) -> Iterator[Item]:
    """What stands outside a list of those who have a copy, which goes on to the next blank."""
    listed = False
    for item in items:
        if isinstance(item, Filled):
            listed = False
        elif isinstance(item, Loose):
            listed = (listed and not item.heading) or fold(item.text) in COPIES
        if not listed:
            yield item


def _labels(fields: Iterable[Field]) -> tuple[str, ...]:
    return tuple(label for field in fields for label in (field.label, *field.also))


@lru_cache(maxsize=64)
def _lexicon(fields: tuple[Field, ...]) -> Lexicon:
    return lexicon(
        tuple(
            Term(
                field.key, label, False, field.reads_as == "signature",
                field.reads_as in NO_SENTENCES, False, LOOKS.get(field.reads_as, ""),
            )
            for field in fields
            for label in (field.label, *field.also)
        )
    )  # fmt: skip
