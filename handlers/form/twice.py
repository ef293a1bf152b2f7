"""Blanks that two people are asked for on one form, and blanks beside a statement.

Does: says which blanks the first of two people left empty and another filled in: whose signature
the board asked for, a person has to say. A statement right over a blank does not fill it in, and
one that stands in a blank's own cell or line is no part of it.
Trusts: nothing.
Never touches: documents.
Known limits: two people are known by two labels or more that stand twice where the form is signed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from operator import is_

from handlers.document.block import Block, Cell, Paragraph, Row
from handlers.document.filled import Filled
from handlers.document.label import labels_in
from handlers.document.lexicon import Lexicon
from handlers.form.headed import HEADINGS
from handlers.form.marks import without_boxes
from handlers.typed.fold import fold, without_number
from handlers.typed.no_value import put_off

FEWEST = 2  # labels that stand twice
_APOSTROPHE = "['\u2018\u2019`\u02bc]?"
SHORTEST = 20  # characters: a shorter line holds no statement


def left_by_the_first(found: Sequence[Filled], signing: Collection[str]) -> frozenset[str]:
    """The keys, of those in `signing`, that the first left empty, or "TBC", and another did not."""
    blanks = {
        key: [f.blank or put_off(f.text) is not None for f in found if f.terms[0].key == key]
        for key in signing
    }
    twice = [key for key, each in blanks.items() if len(each) > 1]
    if len(twice) < FEWEST:
        return frozenset()
    return frozenset(key for key in twice if blanks[key][0] and not all(blanks[key]))


def unless_stated(filled: Filled, statements: Sequence[str]) -> Filled:
    """A blank under the last statement is not filled in with it."""
    said = fold(filled.text)
    stated = any(f" {fold(s)} " in f" {said} " for s in statements) if said else False
    return replace(filled, text="") if stated else filled


def without_statements(
    blocks: Iterable[Block], statements: Sequence[str], known: Lexicon
) -> Iterator[Block]:
    """The blocks, without the statements that stand word for word in a cell, or in one line with a
    label that is known. A row that held nothing else is left with no cells: it parts no heading
    from what stands under it."""
    wordings = _wordings(tuple(statements))
    for block in blocks:
        if wordings and isinstance(block, Row):
            cells = tuple(_unstated_cell(cell, wordings) for cell in block.cells)
            row = replace(block, cells=cells)
            yield block if cells == block.cells else replace(row, cells=()) if _heads(row) else row
        elif wordings and isinstance(block, Paragraph):
            left = _unstated(block, wordings)
            labelled = left is not block and any(o.terms for o in labels_in(left.text, known))
            yield left if labelled else block
        else:
            yield block


@lru_cache(maxsize=16)
def _wordings(statements: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Each statement's words, whatever stands between them, with an apostrophe or without."""
    words = ([_APOSTROPHE.join(word) for word in fold(one).split()] for one in statements)
    return tuple(
        re.compile(rf"[^\w\n]*\b{r'[^a-z0-9]+'.join(one)}\b[^\w\n]*", re.I) for one in words if one
    )


def _unstated_cell(cell: Cell, wordings: Sequence[re.Pattern[str]]) -> Cell:
    kept = tuple(_unstated(one, wordings) for one in cell.paragraphs)
    if all(map(is_, kept, cell.paragraphs)):
        return cell
    left = tuple(one for one in kept if one.text.strip() or one.picture or one.ticks)
    return replace(cell, paragraphs=left, before=())


def _unstated(paragraph: Paragraph, wordings: Sequence[re.Pattern[str]]) -> Paragraph:
    """A paragraph as it reads without the statements in it; one that is struck is no statement."""
    text = paragraph.text
    for wording in wordings if len(text) >= SHORTEST else ():
        text = wording.sub("\n", text)
    if text == paragraph.text or any(s.struck for s in paragraph.stretches) or paragraph.struck:
        return paragraph
    left = (line for line in text.split("\n") if without_number(without_boxes(line)).strip())
    return replace(paragraph, text="\n".join(left), stretches=())


def _heads(row: Row) -> bool:
    """Whether nothing is in the row but, at most, a word such as "Declaration"."""
    said = {fold(cell.text) for cell in row.cells if cell.text}
    return said <= HEADINGS and not any(c.ticks or c.picture or c.tables for c in row.cells)
