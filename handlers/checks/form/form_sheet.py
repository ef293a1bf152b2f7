"""Reads a form as it was filled in, once, for every check: blanks, grid and statements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from config.kind import Kind
from config.kind_shape import Field, FormShape
from config.label_words import COPY_LIST_HEADINGS
from handlers.checks.form.answers import NO_ANSWER
from handlers.checks.form.criteria import CriterionMatch
from handlers.checks.form.criteria_answers import EMPTY_GRID_READING, AddedRow, read_criteria_grid
from handlers.checks.form.field_answer import SIGNING_FIELDS, FieldAnswer
from handlers.checks.form.form_text import FormPassage, form_passages
from handlers.checks.form.letter_fields import (
    AGENCY_MARK,
    SIGNATORY_TOKEN,
    contains_phrase,
    field_from_letter,
    has_unread_signing,
    piece_beside_label,
)
from handlers.checks.form.letter_layout import lay_out_letters
from handlers.checks.form.letter_sentences import split_letter
from handlers.checks.form.letter_signing import read_letter_signing
from handlers.checks.form.nil_items import SEARCHED_MARK, says_searched
from handlers.checks.form.printed_name import read_printed_name
from handlers.checks.form.statement_answers import (
    drop_stated_text,
    find_table_words,
    is_table_wording,
    keys_left_by_first,
    strip_statements,
)
from handlers.checks.form.statements import (
    StatementStanding,
    find_first_statement,
    match_statement_rows,
    read_statements,
)
from handlers.context import AgencyFacts
from handlers.document import Block, Cell, Paragraph, Row, TableEnd, Traits
from handlers.fields.fields import fields_of_items, read_field_items
from handlers.fields.label_meanings import (
    FieldItem,
    FoundField,
    LabelLexicon,
    LabelTerm,
    UnclaimedText,
    build_lexicon,
    first_answered_field,
)
from handlers.fields.people import LOOK_OF_FIELD, look_of_text, split_pieces
from handlers.fields.signed_by import read_signing_items
from handlers.values.normalise import fold_text
from handlers.values.personal_names import is_job_title

# What the board may have printed before it sent the form out: no sign that anyone filled it in.
PRINTED_FIELDS = frozenset({"agency", "child"})
MAX_BLOCKS_ABOVE = 3  # blocks: a picture may stand so far above the first blank

_PAGE_NUMBER = re.compile(r"\bpage \d{1,4}(?: of \d{1,4})?\b")
_MARKINGS = frozenset(
    {"", "strictly confidential", "confidential", "private and confidential", "restricted",
     "official", "official sensitive"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FormSheet:
    """The whole form. `asked` has one item a criterion, `standings` one a statement."""

    kind: Kind
    shape: FormShape
    traits: Traits
    entries: tuple[FieldAnswer, ...]
    asked: tuple[CriterionMatch, ...]
    standings: tuple[StatementStanding, ...]
    passages: tuple[FormPassage, ...]
    pictured: bool = False  # a picture stands outside its blanks
    drawn: bool = False  # a picture or a drawing stands anywhere
    spare: int = 0  # rows of its tables and lists whose wording is none of the criteria's
    # Rows of the grid that are none of its criteria, with an answer.
    added: tuple[AddedRow, ...] = ()
    # What stands where the form is signed and no label claims.
    loose: tuple[UnclaimedText, ...] = ()
    blanks: tuple[FoundField, ...] = ()  # all that were found, those of which another counts too

    @property
    def fields_by_key(self) -> Mapping[str, FieldAnswer]:
        return {entry.field_key: entry for entry in self.entries}

    @property
    def signing_fields(self) -> tuple[FieldAnswer, ...]:
        """The blanks with which it is signed."""
        return tuple(e for e in self.entries if e.field.reads_as in SIGNING_FIELDS)

    @property
    def is_untouched(self) -> bool:
        """True when nobody has filled in a blank, ticked an answer, signed without a label or
        changed what the form says: then there is nothing else to tell."""
        if any(
            one.picture or look_of_text(p) for one in self.loose for p in split_pieces(one.text)
        ):
            return False
        if any(one.answered or one.state != "stands" for one in self.standings):
            return False
        if 0 < sum(a.line is None or a.reworded for a in self.asked) < len(self.asked):
            return False
        answered = any(a.answer != NO_ANSWER for a in self.asked)
        own = (e for e in self.entries if e.field.reads_as not in PRINTED_FIELDS)
        return not answered and not any(entry.is_answered for entry in own)


def read_form_sheet(
    blocks: Sequence[Block],
    traits: Traits,
    kind: Kind,
    shape: FormShape,
    agency: AgencyFacts | None = None,
) -> FormSheet:
    by_letter = any(field.said_by for field in shape.fields)
    blocks = tuple(lay_out_letters(blocks, by_letter=by_letter))
    passages = tuple(form_passages(blocks))
    labels = _labels(shape.fields)
    asked, spare, added = (
        read_criteria_grid(blocks, shape, labels, traits) if shape.criteria else EMPTY_GRID_READING
    )
    rows = match_statement_rows(blocks, shape.statements, labels)
    known = _lexicon(shape.fields)
    titles = frozenset(map(fold_text, kind.titles))
    printed = frozenset(map(fold_text, shape.guidance))
    unstated = tuple(strip_statements(blocks, shape.statements, known))
    items = tuple(read_field_items(_outside_grid(unstated, asked, titles, printed), known))
    start = find_first_statement(passages, shape.statements) or _below_grid(asked)
    own = find_table_words(blocks, rows)
    found = tuple(drop_stated_text(one, shape.statements) for one in fields_of_items(items))
    found = (*found, *_said(items, found, known, start), *_named_again(items, found, start))
    if shape.statements:
        drawn = [at for at, b in enumerate(blocks) if isinstance(b, Paragraph) and b.picture]
        found = (*found, *read_letter_signing(shape.fields, passages, found, drawn))
    signed_at = tuple(
        one
        for one in _where_signed(items, found, shape, start)
        if one.picture
        or one.label
        or not (_of_the_page(one.text) or is_table_wording(one.text, one.position, own))
    )
    answers = _entries(found, passages, shape, agency, traits.margins)
    answers, loose = read_printed_name(answers, signed_at)
    return FormSheet(
        kind,
        shape,
        traits,
        fill_from_signature(answers),
        asked,
        read_statements(rows, passages, shape.statements, shape.statement_names),
        passages,
        _pictured(blocks),
        _is_drawn_on(blocks),
        spare,
        added,
        loose,
        found,
    )


def _said(
    items: Sequence[FieldItem], found: Sequence[FoundField], known: LabelLexicon, start: int
) -> Iterator[FoundField]:
    """What one sentence says of who signed, of a form that has no blank of those for it."""
    lines = [i for i in items if isinstance(i, UnclaimedText) and i.position >= start]
    told = [i for line in lines for i in read_signing_items(line.text, line.position, known)]
    blanks = [i for i in told if isinstance(i, FoundField)]
    keys = [one.terms[0].key for one in blanks]
    if len(keys) == len(set(keys)) and not {f.terms[0].key for f in found}.intersection(keys):
        yield from blanks


def _named_again(
    items: Sequence[FieldItem], found: Sequence[FoundField], start: int
) -> Iterator[FoundField]:
    """ "A. Person, Director of Nursing" by itself, where the name is A. Person and the one blank
    for a title holds nothing."""
    names = {fold_text(one.text) for one in found if one.terms[0].look == "name" and one.text}
    titles = [one for one in found if one.terms[0].look == "designation"]
    lines = [
        split_pieces(i.text) for i in items if isinstance(i, UnclaimedText) and i.position >= start
    ]
    jobs = [line for line in lines if any(look_of_text(one) == "designation" for one in line[1:])]
    if len(titles) == 1 and titles[0].is_blank and len(jobs) == 1:
        name, *job = jobs[0]
        if fold_text(name) in names and len(job) == 1:
            yield replace(titles[0], text=job[0])


def _of_the_page(text: str) -> bool:
    """A line that is printed on each page: its number, and the marking of the paper. A PDF has it
    among the rest."""
    words = _PAGE_NUMBER.sub(" ", fold_text(text)).strip()
    return bool(text.strip()) and words in _MARKINGS


def _below_grid(asked: Sequence[CriterionMatch]) -> int:
    """The last block of the grid: what stands above it is the form's own head."""
    return max((at for a in asked if a.line for at in a.line.positions), default=0)


def fill_from_signature(entries: Sequence[FieldAnswer]) -> tuple[FieldAnswer, ...]:
    """ "Signed: A. Person, Director, 20 May 2010" answers what has no label of its own."""
    signed = next((e for e in entries if e.field.reads_as == "signature" and e.entered_text), None)
    parts = split_pieces(signed.entered_text) if signed else []
    if signed is None or signed.filled is None or len(parts) < 2:
        return tuple(entries)
    read: dict[str, str] = {look: part for part in reversed(parts) if (look := look_of_text(part))}
    out = []
    for entry in entries:
        text = read.get(LOOK_OF_FIELD.get(entry.field.reads_as, ""), "")
        bare = entry.filled is None and not entry.said and entry.field.reads_as in SIGNING_FIELDS
        out.append(
            replace(entry, filled=replace(signed.filled, text=text)) if bare and text else entry
        )
    return tuple(out)


def _pictured(blocks: Sequence[Block]) -> bool:
    """A picture or a drawing stands in the running text, or in a cell without words."""
    lines = any(isinstance(b, Paragraph) and b.picture for b in blocks)
    cells = (c for b in blocks if isinstance(b, Row) for c in b.cells)
    return lines or any(c.picture and not c.text for c in cells)


def _is_drawn_on(blocks: Sequence[Block]) -> bool:
    """A picture or a drawing stands anywhere, in tables within tables too."""
    rows = (b for b in blocks if isinstance(b, Row))
    lines = any(isinstance(b, Paragraph) and b.picture for b in blocks)
    return lines or any(_holds_drawing(cell) for row in rows for cell in row.cells)


def _holds_drawing(cell: Cell) -> bool:
    inner = (each for rows in cell.tables for row in rows for each in row.cells)
    return cell.picture or any(map(_holds_drawing, inner))


def _outside_grid(
    blocks: Sequence[Block],
    asked: Sequence[CriterionMatch],
    titles: frozenset[str],
    printed: frozenset[str],
) -> Sequence[Block]:
    """The blocks, those of the grid emptied: "Date: agreed" in a comment is no blank. Nor is the
    form's own title: "Representative on the Serious Case Review Panel"; nor what is `printed`
    across a table, which would be an answer to the heading above it."""
    lines = [line for a in asked if a.line for line in (a.line, *a.later)]
    grid = {position for line in lines for position in line.positions}
    grid |= {
        i for i, b in enumerate(blocks) if isinstance(b, Paragraph) and fold_text(b.text) in titles
    }
    grid |= {i for i, b in enumerate(blocks) if isinstance(b, Row) and fold_text(b.text) in printed}
    return [TableEnd(0) if i in grid else block for i, block in enumerate(blocks)]


def _entries(
    found: Sequence[FoundField],
    passages: Sequence[FormPassage],
    shape: FormShape,
    agency: AgencyFacts | None,
    margins: Sequence[str],
) -> tuple[FieldAnswer, ...]:
    """The blanks with what answers each; a letterhead may stand in the page's margin."""
    head = fold_text(" ".join(margins))
    whole = " ".join(p.text for p in passages if not p.struck)
    text = fold_text(whole)
    letter = split_letter(passages) if any(field.said_by for field in shape.fields) else None
    start = find_first_statement(passages, shape.statements)
    signing = [field.key for field in shape.fields if field.reads_as in SIGNING_FIELDS]
    theirs = frozenset(map(fold_text, (agency.name, *agency.abbreviations) if agency else ()))
    left = keys_left_by_first([f for f in found if f.position >= start], signing)
    out = []
    for field in shape.fields:
        filled = _own(field, found, start, theirs)
        if filled is None and letter is not None:
            filled = field_from_letter(field, letter, agency)
        said = filled is None and contains_phrase(text, field.said_by, agency)
        if filled is None and shape.denial is not None and SEARCHED_MARK in field.said_by:
            said = says_searched(text, shape.denial, whole)
        headed = filled is None and AGENCY_MARK in field.said_by and bool(head)
        said = said or (headed and contains_phrase(head, (AGENCY_MARK,), agency))
        unclear = (
            filled is None and letter is not None and has_unread_signing(field, letter, agency)
        )
        another = field.key in left
        out.append(FieldAnswer(field, filled, said, unclear and not said, "", another, theirs))
    return _without_jobs(_parted(out))


def _without_jobs(entries: Sequence[FieldAnswer]) -> tuple[FieldAnswer, ...]:
    """The entries, "Chief Executive" where a name should be told as none; not so where the name
    may have been put in the place of the job."""
    swapped = any(
        e.field.reads_as == "role" and look_of_text(e.entered_text) == "name" for e in entries
    )
    return tuple(
        replace(
            e, job=not swapped and len(e.entered_text.split()) > 1 and is_job_title(e.entered_text)
        )
        if e.field.reads_as == "name"
        else e
        for e in entries
    )


def _parted(entries: Sequence[FieldAnswer]) -> tuple[FieldAnswer, ...]:
    """The entries, a name and a role that stand against one label each in its own."""
    named = next((e for e in entries if SIGNATORY_TOKEN in e.field.said_by), None)
    if named is None or not named.entered_text or named.filled is None:
        return tuple(entries)
    filled = named.filled
    name, role = (
        piece_beside_label(named.field, named.entered_text, "name"),
        piece_beside_label(named.field, named.entered_text, "role"),
    )
    out = []
    for entry in entries:
        if entry is named and name and role:
            entry = replace(entry, filled=replace(filled, text=name))
        elif entry is named and is_job_title(named.entered_text):
            entry = replace(entry, filled=None, unclear=True)
        elif entry.field.reads_as == "role" and role and name and entry.filled is None:
            entry = replace(entry, filled=replace(filled, text=role), unclear=False)
        out.append(entry)
    return tuple(out)


def _own(
    field: Field, found: Sequence[FoundField], start: int, theirs: frozenset[str]
) -> FoundField | None:
    """The first answered blank under the field's labels, else the first empty one.

    A form with statements is signed below them: what stands above may be a front sheet's.
    """
    own = [f for f in found if f.terms[0].key == field.key]
    below = [f for f in own if f.position >= start] or own
    return first_answered_field(below, lambda f: not FieldAnswer(field, f, theirs=theirs).is_blank)


def _where_signed(
    items: Sequence[FieldItem], found: Sequence[FoundField], shape: FormShape, start: int
) -> tuple[UnclaimedText, ...]:
    """What no label claims, from the first of the blanks for a signature, a name, a role or a day
    on; from the statements on where the form has some."""
    keys = {field.key for field in shape.fields if field.reads_as in SIGNING_FIELDS}
    signed = {field.key for field in shape.fields if field.reads_as == "signature"}
    if not signed:
        return ()
    places = [f.position for f in found if f.terms[0].key in keys and f.position >= start]
    first = min(places, default=start) - (MAX_BLOCKS_ABOVE if places else 0)
    return tuple(
        item
        for item in _without_copies(items)
        if isinstance(item, UnclaimedText)
        and item.position >= max(first, start + 1 if start else 0)
    )


def _without_copies(items: Iterable[FieldItem]) -> Iterator[FieldItem]:
    """What stands outside a list of those who have a copy, which goes on to the next blank."""
    listed = False
    for item in items:
        if isinstance(item, FoundField):
            listed = False
        elif isinstance(item, UnclaimedText):
            listed = (listed and not item.heading) or fold_text(item.text) in COPY_LIST_HEADINGS
        if not listed:
            yield item


def _labels(fields: Iterable[Field]) -> tuple[str, ...]:
    return tuple(label for field in fields for label in (field.label, *field.also))


@lru_cache(maxsize=64)
def _lexicon(fields: tuple[Field, ...]) -> LabelLexicon:
    return build_lexicon(
        tuple(
            LabelTerm(
                field.key, label, False, field.reads_as == "signature",
                field.reads_as in SIGNING_FIELDS, False, LOOK_OF_FIELD.get(field.reads_as, ""),
            )
            for field in fields
            for label in (field.label, *field.also)
        )
    )  # fmt: skip
