"""What stands beside a statement: a tick, "Yes", "Not yet", a cross among ticks, an empty box."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from operator import is_
from typing import Literal

from handlers.checks.form.added_words import added_in
from handlers.checks.form.answer_marks import (
    AFFIRMING_WORDS,
    CHECK_MARKS,
    CROSS_MARKS,
    EMPTY_BOXES,
    draw_typed_boxes,
    strip_boxes,
)
from handlers.checks.form.answers import NO_ANSWER, FormAnswer
from handlers.checks.form.criteria import CriterionMatch
from handlers.checks.form.form_text import FormPiece
from handlers.checks.form.grid import RowReply
from handlers.checks.form.grid_columns import GridRow, read_grid_rows
from handlers.checks.form.wording import text_around_wording
from handlers.document import Block, Cell, Paragraph, Row
from handlers.fields.label_meanings import FoundField, LabelLexicon
from handlers.fields.labels import find_line_labels
from handlers.fields.people import split_pieces
from handlers.values.blanks_not_filled import read_postponed_value
from handlers.values.doubts import denies, doubtful, is_whole, negates
from handlers.values.normalise import fold_text, without_number

# "unticked" is a box or a list with no mark, "empty" a place for an answer with nothing in it.
StatementReply = Literal[
    "", "confirmed", "crossed", "unticked", "empty", "denied", "put off", "doubted"
]

MAX_BESIDE_LENGTH = 200  # characters beside a statement that are looked at
# What may follow "no" and deny nothing: "No concerns", "No further comments".
_NOTHING_WRONG = re.compile(
    r"no (?:further |other |additional |known |major |significant |outstanding )*"
    r"(?:concern|comment|exception|issue|problem|reservation|change|amendment|gap|omission|action"
    r"|doubt|query|queries|deviation|note|remark|difficult|matter|departure|objection|breach)"
)
_DENIED = re.compile(
    r"(?:no|n|not|never|false|untrue|unable|cannot|can not|could not|incorrect|disagree|disagreed"
    r"|declined|refused|unmet|rejected|failed|fails|unconfirmed|not met)\b"
)
_PUT_OFF = re.compile(
    r"(?:still |as )?(?:yet )?(?:in progress|work in progress|ongoing|on going|underway"
    r"|under way|incomplete|unfinished|outstanding|to do|awaited|being [a-z]+|in hand"
    r"|to be [a-z]+|will be [a-z]+|not yet)\b"
)
_DOUBTED = re.compile(
    r"(?:partially|partly|partial|in part|mostly|mainly|largely|almost|nearly|subject to|except"
    r"|maybe|perhaps|unsure|n a|not applicable|not relevant|not required)\b"
)
# "Yes / No", printed to choose from.
_LISTED = re.compile(
    r"(?:(?:yes|no|y|n|partially|partly|n a)(?: or)? ){1,3}(?:yes|no|y|n|partially|partly|n a)"
    r"(?: (?:please )?(?:delete|circle|tick|strike)[a-z ]*)?"
)
_CONFIRMED = frozenset({
    *AFFIRMING_WORDS, "confirmed", "agreed", "met", "done", "checked", "complete", "completed",
    "correct", "ok", "true",
})  # fmt: skip
# What answers a statement and is nobody's name.
ANSWERING_WORDS = _CONFIRMED | {
    "no", "n", "partially", "partly", "n a", "x", "not applicable", "yes no", "yes no partially",
}  # fmt: skip
_WHOLE = 4  # words: "outstanding" may open a longer praise


def read_answer_words(text: str) -> StatementReply:
    """What words in a place for an answer come to."""
    shown = draw_typed_boxes(text)
    words = fold_text(strip_boxes(shown)[:MAX_BESIDE_LENGTH])
    said = _words(strip_boxes(shown)[:MAX_BESIDE_LENGTH]) or (
        "put off" if shown.strip() and set(shown.strip()) <= {"?"} else ""
    )
    if said:
        return said
    if any(c in CHECK_MARKS for c in shown):
        return "confirmed"
    if any(c in CROSS_MARKS for c in shown) or words in ("x", "xx"):
        return "crossed"
    return "unticked" if any(c in EMPTY_BOXES for c in shown) else ""


def _words(text: str, wording: str = "") -> StatementReply:
    """What words come to that open with an answer. A whole sentence that opens as "No" does, "No
    member of staff was disciplined", is none; it is read with the other sentences."""
    words = fold_text(text)
    if not words or _NOTHING_WRONG.match(words):
        return ""
    if _LISTED.fullmatch(words):
        return "unticked"
    few = len(words.split()) <= _WHOLE
    if words.split()[0] in _CONFIRMED:
        return "confirmed"
    if _DOUBTED.match(words):
        return "doubted"
    put = read_postponed_value(words)
    if (put and put.kind in _NOT_YET) or (few and _PUT_OFF.match(words)):
        return "put off"
    if negates(text) and denies(text, wording):
        return "denied"
    if not _DENIED.match(words):
        return ""
    if denies(text, wording) or (few and words.split()[0] != "no" and not is_whole(text)):
        return "denied"
    return "doubted" if doubtful(text, beside=True) and not is_whole(text) else ""


_ANSWER = 2  # words: "not applicable"


def is_only_answer(beside: str) -> bool:
    """Whether what stands beside a statement is no more than an answer to it, or nothing."""
    said = fold_text(beside)
    return said in ANSWERING_WORDS or (len(said.split()) <= _ANSWER and not doubtful(said))


_NOT_YET = frozenset({"to-come", "unknown", "draft"})


def is_unchosen_list(piece: FormPiece) -> bool:
    """Whether a place for an answer lists them ("Yes / No") and none is marked."""
    marked = any(piece.ticks) or any(
        c in CHECK_MARKS or c in CROSS_MARKS for c in draw_typed_boxes(piece.text)
    )
    plain = not marked and not any(s.struck or s.look for s in piece.stretches)
    return plain and read_answer_words(piece.text) == "unticked"


def answer_in_line(statement: str, lines: Iterable[str]) -> StatementReply:
    """What stands before or behind a statement in the line that holds it whole."""
    for line in lines:
        sides = (
            text_around_wording(statement, line)
            if len(line) <= 2 * MAX_BESIDE_LENGTH + 2 * len(statement)
            else None
        )
        if sides is not None:
            found = [_words(one.text, statement) for one in added_in(*sides)]
            return _worst(found) or read_answer_words(_marks(line, *sides))
    return ""


_WORST: tuple[StatementReply, ...] = (
    "denied", "put off", "doubted", "confirmed", "crossed", "unticked", "empty",
)  # fmt: skip


def _worst(said: Sequence[StatementReply]) -> StatementReply:
    return min((one for one in said if one), key=_WORST.index, default="")


def _marks(line: str, before: str, after: str) -> str:
    """The ticks and boxes in a line, and an "x" that stands for one."""
    marks = "".join(
        c
        for c in draw_typed_boxes(line)
        if c in CHECK_MARKS or c in CROSS_MARKS or c in EMPTY_BOXES
    )
    marks = marks or ("?" if "?" in line else "")
    return marks or ("x" if "x" in (before.strip(), after.strip()) else "")


def answer_in_row(replies: Sequence[RowReply], answer: FormAnswer) -> StatementReply:
    """What the cells of a statement's row say, where no choice was read from them."""
    if answer.given == ("No",):
        return "denied"
    if len(answer.given) > 1:
        return "doubted"
    if answer.given == ("Yes",) and not any(reply.whole for reply in replies):
        return "confirmed"
    whole = [r.whole for r in replies if r.whole is not None]
    told = [read_answer_words(p.unstruck_text) or _box(p.ticks) for p in whole if not p.picture]
    told += [_answers(p.unstruck_text) for r in replies for p in r.extra]
    told += [read_answer_words(answer.says)] if answer.says else []
    remarks = [read_answer_words(reply.comment) for reply in replies]
    worst = _worst(told)
    if worst in ("", "confirmed", "unticked") and any(r in ("denied", "put off") for r in remarks):
        return "doubted"
    if worst == "unticked" and answer.given == ("Yes",):  # one of those that are listed
        return "confirmed"
    return worst or ("empty" if _empty(replies, answer) else "")


def _answers(text: str) -> StatementReply:
    """What a cell of no answer's column says: "No:" before a statement, and no initials."""
    words = fold_text(strip_boxes(draw_typed_boxes(text)))
    return read_answer_words(text) if not words or words in ANSWERING_WORDS else ""


def _empty(replies: Sequence[RowReply], answer: FormAnswer) -> bool:
    """Whether there is a place for an answer, and nothing in it."""
    whole = [r.whole for r in replies if r.whole is not None]
    spots = any(r.spots for r in replies) and answer == NO_ANSWER
    return (bool(whole) or spots) and not any(p.picture or p.unstruck_text.strip() for p in whole)


def combine_line_and_row(line: StatementReply, row: StatementReply) -> StatementReply:
    """What a statement's line and its row say together; one against the other is a doubt."""
    if {line, row} & {"denied", "put off"} and {line, row} & {"confirmed", "doubted"}:
        return "doubted"
    return line or row


def _box(ticks: Sequence[bool]) -> StatementReply:
    return ("confirmed" if any(ticks) else "unticked") if ticks else ""


def compare_answers(
    said: Sequence[StatementReply], there: Sequence[bool] = ()
) -> list[StatementReply]:
    """What each comes to beside the others: a cross among ticks says no, crosses everywhere, or
    among empty boxes, are ticks, and one left empty among ticks is told, or without the word that
    all others have. `there` says which statements stand on the form. A box that only one has is
    told by itself ("unticked"); what others have marked is told as "empty"."""
    ticked = sum(one == "confirmed" for one in said)
    crossed = sum(one == "crossed" for one in said)
    empty = sum(one in ("unticked", "empty") for one in said)
    most = 2 * crossed > (sum(there) if there else len(said)) - 1
    cross: StatementReply = "denied" if ticked else "confirmed" if most or empty else "doubted"
    others: StatementReply = "empty" if ticked or crossed else ""
    alone: StatementReply = "unticked" if empty == 1 else ""
    turned: dict[StatementReply, StatementReply] = {
        "crossed": cross,
        "unticked": others or alone,
        "empty": others,
    }
    out = [turned.get(one, one) for one in said]
    bare = [i for i, stands in enumerate(there[:-1]) if stands and not said[i]]
    if len(bare) == 1 and ticked > 1:  # the last is the declaration, which is signed
        out[bare[0]] = "empty"
    return out


TABLE_HEADINGS = frozenset({
    "statement", "statements", "standard", "criteria", "criterion", "declaration", "answer",
    "response", "tick", "please tick", "yes no", "comments", "comment", "confirmation", "evidence",
    "ref", "number",
})  # fmt: skip
MAX_HEADING_WORDS = 4  # words

TableWords = frozenset[tuple[int, str]]  # where, and the words, folded


def find_table_words(blocks: Sequence[Block], rows: Mapping[int, CriterionMatch]) -> TableWords:
    """What the tables of statements say beside them and above the first."""
    lines = [one.line for one in rows.values() if one.line is not None and one.line.table]
    at = {(line.table, position): line for line in lines for position in line.positions}
    found: set[tuple[int, str]] = set()
    above: GridRow | None = None
    for band in read_grid_rows(blocks, typed=False) if lines else ():
        line = at.get((band.table, band.position))
        if line is None:
            above = band
            continue
        if above is not None and above.table == band.table and _heads(above):
            found.update(_said(above.position, above.cells))
        if line.columns is not None and line.columns.order and line.columns.table == band.table:
            taken = line.columns.taken_columns()
            found.update(_said(band.position, [c for c in band.cells if c.column in taken]))
        above = None
    return frozenset(found)


def _heads(band: GridRow) -> bool:
    return len(band.cells) > 1 and all(
        len(fold_text(cell.text).split()) <= MAX_HEADING_WORDS for cell in band.cells
    )


def _said(position: int, cells: Sequence[Cell]) -> Iterator[tuple[int, str]]:
    for cell in cells:
        for text in (cell.text, *cell.text.split("\n")):
            yield position, fold_text(text)


def is_table_wording(text: str, position: int, own: TableWords) -> bool:
    """Whether what stands there is the table's own, or nothing but answers and headings."""
    if (position, fold_text(text)) in own:
        return True
    words = [fold_text(part) for part in split_pieces(text)]
    return bool(words) and all(word in ANSWERING_WORDS or word in TABLE_HEADINGS for word in words)


MIN_DOUBLE_LABELS = 2  # labels that stand twice
_APOSTROPHE = "['\u2018\u2019`\u02bc]?"
MIN_STATEMENT_LENGTH = 20  # characters: a shorter line holds no statement


def keys_left_by_first(found: Sequence[FoundField], signing: Collection[str]) -> frozenset[str]:
    """The keys, of those in `signing`, that the first left empty, or "TBC", and another did not.
    "Name and title: TBC" with "Name: ..." and "Title: ..." added below it is one person's."""
    asked = {key: [f for f in found if f.terms[0].key == key] for key in signing}
    twice = {key: each for key, each in asked.items() if len(each) > 1}
    again = {_asked_as(key, *each[:2]) for key, each in twice.items()}
    if len(again) < MIN_DOUBLE_LABELS:
        return frozenset()
    return frozenset(
        key for key, each in twice.items() if _is_open(each[0]) and not all(map(_is_open, each))
    )


def _asked_as(key: str, first: FoundField, second: FoundField) -> str:
    """What is asked for by one label and answered by two is asked for once."""
    return f"at {first.position}" if first.shared and not second.shared else key


def _is_open(filled: FoundField) -> bool:
    return filled.is_blank or read_postponed_value(filled.text) is not None


def drop_stated_text(filled: FoundField, statements: Sequence[str]) -> FoundField:
    """A blank under the last statement is not filled in with it."""
    said = fold_text(filled.text)
    stated = any(f" {fold_text(s)} " in f" {said} " for s in statements) if said else False
    return replace(filled, text="") if stated else filled


def strip_statements(
    blocks: Iterable[Block], statements: Sequence[str], known: LabelLexicon
) -> Iterator[Block]:
    """The blocks, without the statements that stand word for word in a cell, or in one line with a
    label that is known. A row that held nothing else is left with no cells: it parts no heading
    from what stands under it."""
    ways = statement_patterns(tuple(statements))
    for block in blocks:
        if ways and isinstance(block, Row):
            cells = tuple(_unstated_cell(cell, ways) for cell in block.cells)
            row = replace(block, cells=cells)
            yield (
                block
                if cells == block.cells
                else replace(row, cells=())
                if _heads_twice(row)
                else row
            )
        elif ways and isinstance(block, Paragraph):
            left = _unstated(block, ways)
            labelled = left is not block and any(
                o.terms for o in find_line_labels(left.text, known)
            )
            yield left if labelled else block
        else:
            yield block


@lru_cache(maxsize=64)
def statement_patterns(statements: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Each statement's words, whatever stands between them, with an apostrophe or without."""
    words = ([_APOSTROPHE.join(word) for word in fold_text(one).split()] for one in statements)
    return tuple(
        re.compile(rf"[^\w\n]*\b{r'[^a-z0-9]+'.join(one)}\b[^\w\n]*", re.I) for one in words if one
    )


def _unstated_cell(cell: Cell, ways: Sequence[re.Pattern[str]]) -> Cell:
    kept = tuple(_unstated(one, ways) for one in cell.paragraphs)
    if all(map(is_, kept, cell.paragraphs)):
        return cell
    left = tuple(one for one in kept if one.text.strip() or one.picture or one.ticks)
    return replace(cell, paragraphs=left, before=())


def _unstated(paragraph: Paragraph, ways: Sequence[re.Pattern[str]]) -> Paragraph:
    """A paragraph as it reads without the statements in it; one that is struck is no statement."""
    text = paragraph.text
    for wording in ways if len(text) >= MIN_STATEMENT_LENGTH else ():
        text = wording.sub("\n", text)
    if text == paragraph.text or any(s.struck for s in paragraph.stretches) or paragraph.struck:
        return paragraph
    left = (line for line in text.split("\n") if without_number(strip_boxes(line)).strip())
    return replace(paragraph, text="\n".join(left), stretches=())


def _heads_twice(row: Row) -> bool:
    """Whether nothing is in the row but, at most, a word such as "Declaration"."""
    said = {fold_text(cell.text) for cell in row.cells if cell.text}
    return said <= TABLE_HEADINGS and not any(c.ticks or c.picture or c.tables for c in row.cells)
