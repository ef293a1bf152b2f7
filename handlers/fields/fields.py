"""Fields to be filled in, anywhere in a document: a label, and what was entered against it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from handlers.document import Block, Cell, Paragraph, Row, TableEnd
from handlers.fields.label_meanings import (
    TABBED_TABLE,
    FieldItem,
    FoundField,
    LabelLexicon,
    NextPerson,
    plain_lexicon,
)
from handlers.fields.labels import PrintedLine, find_line_labels, lines_of_paragraphs
from handlers.fields.lines import read_line_fields
from handlers.fields.table_fields import read_table_fields
from handlers.findings import FindingPlace
from handlers.values.normalise import fold_text, fold_without_spaces

_VERSION = frozenset({"version", "revision", "issue", "draft", "edition", "ver", "rev"})
_BESIDE = frozenset(
    ["date", "dated", "author", "authors", "by", "change", "changes", "amendment", "amendments",
     "reason", "description", "status", "comments", "comment", "summary", "details", "editor",
     "when", "who", "reviewer", "notes"]
)  # fmt: skip
_SIGNED = frozenset({"signed", "signature", "sign", "signatory"})


def is_version_table(rows: Sequence[Row]) -> bool:
    """Whether the first row heads versions, and says of each when, by whom or what changed."""
    if not rows or len(rows[0].cells) < 3:
        return False
    heads = [set(fold_text(cell.text).split()) for cell in rows[0].cells]
    if any(head & _SIGNED for head in heads):
        return False
    first = bool(heads[0] & _VERSION) or bool(heads[1] & _VERSION)
    return first and sum(bool(head & _BESIDE) for head in heads) >= 2


_APART = re.compile(r"\s*\t\s*|[ ]{3,}")
_TABS = re.compile(r"\t+")
_PIECE = re.compile(r"\s*(?:,|;|\n| [-\u2013\u2014] | / )\s*")


def read_field(
    blocks: Sequence[Block], labels: Sequence[str], others: Sequence[str] = ()
) -> FoundField | None:
    """The first filled blank under any of `labels`, else the first empty one, else None.

    `others` are the labels of the form's other blanks. They are never taken for a value, so give
    them whenever they are known: "Name" over "Role" is then an empty name, not one called Role.
    """
    wanted = {fold_without_spaces(label) for label in labels}
    found = [
        f
        for f in read_fields(blocks, (*labels, *others))
        if fold_without_spaces(f.label_words) in wanted
    ]
    return next((f for f in found if not f.is_blank), found[0] if found else None)


def read_fields(blocks: Sequence[Block], labels: Sequence[str]) -> tuple[FoundField, ...]:
    """Every blank under any of `labels`, filled or empty, in reading order."""
    return fields_of_items(read_field_items(blocks, plain_lexicon(labels)))


def fields_of_items(items: Iterable[FieldItem]) -> tuple[FoundField, ...]:
    """The blanks among them, one for each thing that a label asks for."""
    return tuple(one for item in items if isinstance(item, FoundField) for one in _each(item))


def _each(filled: FoundField) -> Iterator[FoundField]:
    """ "Name and title: A. Person, Director" is two blanks, as far as it can be taken apart."""
    parts = _PIECE.split(filled.text, maxsplit=len(filled.terms) - 1) if filled.text else []
    for i, term in enumerate(filled.terms):
        text = parts[i] if len(parts) == len(filled.terms) else filled.text
        yield replace(
            filled, terms=(term,), text=text, where=replace(filled.where, section=term.words),
            shared=len(filled.terms) > 1,
        )  # fmt: skip


def read_field_items(blocks: Sequence[Block], known: LabelLexicon) -> Iterator[FieldItem]:
    """Every blank that `known` has a label for and what no label claims, in reading order, each
    person's together. What is struck through stands there no more."""
    blocks = [b if isinstance(b, TableEnd) else b.without_struck for b in blocks]
    at = 0
    while at < len(blocks):
        end = _end(blocks, at)
        first = blocks[at]
        if isinstance(first, Paragraph):
            run = [b for b in blocks[at:end] if isinstance(b, Paragraph)]
            lines = [
                line for i, p in enumerate(run, at) for line in lines_of_paragraphs([p], i, known)
            ]
            yield from _in_lines(lines, known)
        elif isinstance(first, Row):
            rows = [b for b in blocks[at:end] if isinstance(b, Row)]
            if not is_version_table(rows):
                yield from read_table_fields(rows, at, known)
        at = end


def _end(blocks: Sequence[Block], at: int) -> int:
    """One past the last of the paragraphs, or of the table's rows, that begin at `at`."""
    first = blocks[at]
    for end in range(at + 1, len(blocks)):
        other = blocks[end]
        if type(other) is not type(first):
            return end
        if isinstance(first, Row) and isinstance(other, Row) and other.table != first.table:
            return end
    return len(blocks)


def _in_lines(lines: Sequence[PrintedLine], known: LabelLexicon) -> Iterator[FieldItem]:
    """Lines, those that stand in columns read as the table they stand for."""
    start = at = 0
    while at < len(lines):
        rows = _columns(lines, at, known)
        if rows:
            yield from read_line_fields(lines[start:at], FindingPlace(), known)
            yield from read_table_fields([row for row, _ in rows], lines[at].position, known)
            start = at = rows[-1][1] + 1
        else:
            at += 1
    yield from read_line_fields(lines[start:], FindingPlace(), known)


def _columns(lines: Sequence[PrintedLine], at: int, known: LabelLexicon) -> list[tuple[Row, int]]:
    """Rows of the table that lines stand for from here on, each with the index of its line."""
    head = _APART.split(lines[at].text.rstrip())
    if len(head) < 2 or len(head) > 5:
        return []
    if not (_heads(head, known) or _over_values(lines, at, head, known)):
        return []
    rows: list[tuple[Row, int]] = []
    for i in range(at, len(lines)):
        if lines[i].is_empty:
            continue
        parts = head if i == at else _parts(lines[i].text, len(head), known)
        if parts is None or lines[i].heading:
            break
        rows.append((_row(parts, lines[i], len(rows) + 1), i))
    return rows


def _heads(parts: Sequence[str], known: LabelLexicon) -> bool:
    """Whether each piece begins somebody's column: their roles, or one label again and again."""
    found = [find_line_labels(part, known) for part in parts if part.strip()]
    if len(found) < 2 or not all(found):
        return False
    keys = [one[0].terms[0].key for one in found if one[0].terms]
    who = [t.key for one in found for t in one[0].terms if t.person]
    return len(keys) == len(found) and (
        len(set(who)) == len(found) or (len(set(keys)) == 1 and _has_people(known))
    )


def _over_values(
    lines: Sequence[PrintedLine], at: int, head: Sequence[str], known: LabelLexicon
) -> bool:
    """Whether labels parted by tabs stand over two lines or more of as many values, and under
    none."""
    found = [find_line_labels(part, known) for part in head if part.strip()]
    bare = all(len(one) == 1 and not (one[0].value or one[0].drawn) for one in found)
    keys = [one[0].terms[0].key for one in found if one and one[0].terms]
    if len(found) < 2 or not bare or len(set(keys)) < len(found):
        return False
    above = next((line for line in reversed(lines[max(at - 2, 0) : at]) if not line.is_empty), None)
    if above is not None and len(above.text.split("\t")) == len(head):
        return False
    below = [line for line in lines[at + 1 :] if not line.is_empty][:2]
    return len(below) == 2 and all(
        len(line.text.split("\t")) == len(head) and not _asks(line.text, known) for line in below
    )


def _asks(text: str, known: LabelLexicon) -> bool:
    terms = [t for one in find_line_labels(text, known) for t in one.terms]
    return any(not term.person for term in terms)


def _has_people(known: LabelLexicon) -> bool:
    return any(term.person for term in known.terms.values())


def _parts(text: str, count: int, known: LabelLexicon) -> list[str] | None:
    """A line in as many pieces; one that ends early has nothing in the last. Each person's label
    and its answer are one."""
    single, wide = text.split("\t"), _APART.split(text.rstrip())
    runs = _TABS.split(text)  # "A. Person<tab><tab>" under "Author<tab><tab>Commissioner"
    for parts in (single, runs, wide, _APART.split(text.strip())):
        if len(parts) == count:
            return parts
        if len(parts) == 2 * count and all(
            known.terms_of_label(one.rstrip(" :")) for one in parts[::2]
        ):
            pairs = zip(parts[::2], parts[1::2], strict=True)
            return [f"{label.rstrip(' :')}: {value}" for label, value in pairs]
    return None


def _row(parts: Sequence[str], line: PrintedLine, number: int) -> Row:
    cells = tuple(
        Cell((Paragraph(part.strip(), picture=line.picture and i == 0),), i)
        for i, part in enumerate(parts)
    )
    return Row(TABBED_TABLE, number, cells)


__all__ = [
    "FoundField",
    "NextPerson",
    "fields_of_items",
    "read_field",
    "read_field_items",
    "read_fields",
]
