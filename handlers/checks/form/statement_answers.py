"""What stands beside a statement: a tick, "Yes", "Not yet", a cross among ticks, an empty box."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from operator import is_
from typing import Literal

from handlers.checks.form.added_words import added_in
from handlers.checks.form.answers import NONE, Answer
from handlers.checks.form.criteria import Asked
from handlers.checks.form.form_text import Piece
from handlers.checks.form.grid import Reply
from handlers.checks.form.grid_columns import Band, bands_in
from handlers.checks.form.marks import AFFIRMED, CHECKS, CROSSES, EMPTY, drawn, without_boxes
from handlers.checks.form.wording import around
from handlers.document import Block, Cell, Paragraph, Row
from handlers.fields.label_meanings import Filled, Lexicon
from handlers.fields.labels import labels_in
from handlers.fields.people import pieces
from handlers.values.doubts import denies, doubtful, is_whole, negates
from handlers.values.normalise import fold, without_number
from handlers.values.placeholders import put_off

# "unticked" is a box or a list with no mark, "empty" a place for an answer with nothing in it.
Says = Literal["", "confirmed", "crossed", "unticked", "empty", "denied", "put off", "doubted"]

LONGEST = 200  # characters beside a statement that are looked at
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
_CONFIRMED = frozenset({*AFFIRMED, "confirmed", "agreed", "met", "done", "checked", "complete",
                        "completed", "correct", "ok", "true"})  # fmt: skip
# What answers a statement and is nobody's name.
ANSWERED = _CONFIRMED | {"no", "n", "partially", "partly", "n a", "x", "not applicable", "yes no",
                         "yes no partially"}  # fmt: skip
_WHOLE = 4  # words: "outstanding" may open a longer praise


def says_of(text: str) -> Says:
    """What words in a place for an answer come to."""
    shown = drawn(text)
    words = fold(without_boxes(shown)[:LONGEST])
    said = _words(without_boxes(shown)[:LONGEST]) or (
        "put off" if shown.strip() and set(shown.strip()) <= {"?"} else ""
    )
    if said:
        return said
    if any(c in CHECKS for c in shown):
        return "confirmed"
    if any(c in CROSSES for c in shown) or words in ("x", "xx"):
        return "crossed"
    return "unticked" if any(c in EMPTY for c in shown) else ""


def _words(text: str, wording: str = "") -> Says:
    """What words come to that open with an answer. A whole sentence that opens as "No" does, "No
    member of staff was disciplined", is none; it is read with the other sentences."""
    words = fold(text)
    if not words or _NOTHING_WRONG.match(words):
        return ""
    if _LISTED.fullmatch(words):
        return "unticked"
    few = len(words.split()) <= _WHOLE
    if words.split()[0] in _CONFIRMED:
        return "confirmed"
    if _DOUBTED.match(words):
        return "doubted"
    put = put_off(words)
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


def is_answer(beside: str) -> bool:
    """Whether what stands beside a statement is no more than an answer to it, or nothing."""
    said = fold(beside)
    return said in ANSWERED or (len(said.split()) <= _ANSWER and not doubtful(said))


_NOT_YET = frozenset({"to-come", "unknown", "draft"})


def unchosen(piece: Piece) -> bool:
    """Whether a place for an answer lists them ("Yes / No") and none is marked."""
    marked = any(piece.ticks) or any(c in CHECKS or c in CROSSES for c in drawn(piece.text))
    plain = not marked and not any(s.struck or s.look for s in piece.stretches)
    return plain and says_of(piece.text) == "unticked"


def in_line(statement: str, lines: Iterable[str]) -> Says:
    """What stands before or behind a statement in the line that holds it whole."""
    for line in lines:
        sides = around(statement, line) if len(line) <= 2 * LONGEST + 2 * len(statement) else None
        if sides is not None:
            found = [_words(one.text, statement) for one in added_in(*sides)]
            return _worst(found) or says_of(_marks(line, *sides))
    return ""


_WORST: tuple[Says, ...] = (
    "denied", "put off", "doubted", "confirmed", "crossed", "unticked", "empty",
)  # fmt: skip


def _worst(said: Sequence[Says]) -> Says:
    return min((one for one in said if one), key=_WORST.index, default="")


def _marks(line: str, before: str, after: str) -> str:
    """The ticks and boxes in a line, and an "x" that stands for one."""
    marks = "".join(c for c in drawn(line) if c in CHECKS or c in CROSSES or c in EMPTY)
    marks = marks or ("?" if "?" in line else "")
    return marks or ("x" if "x" in (before.strip(), after.strip()) else "")


def in_row(replies: Sequence[Reply], answer: Answer) -> Says:
    """What the cells of a statement's row say, where no choice was read from them."""
    if answer.given == ("No",):
        return "denied"
    if len(answer.given) > 1:
        return "doubted"
    if answer.given == ("Yes",) and not any(reply.whole for reply in replies):
        return "confirmed"
    whole = [r.whole for r in replies if r.whole is not None]
    told = [says_of(p.kept) or _box(p.ticks) for p in whole if not p.picture]
    told += [_answers(p.kept) for r in replies for p in r.extra]
    told += [says_of(answer.says)] if answer.says else []
    remarks = [says_of(reply.comment) for reply in replies]
    worst = _worst(told)
    if worst in ("", "confirmed", "unticked") and any(r in ("denied", "put off") for r in remarks):
        return "doubted"
    if worst == "unticked" and answer.given == ("Yes",):  # one of those that are listed
        return "confirmed"
    return worst or ("empty" if _empty(replies, answer) else "")


def _answers(text: str) -> Says:
    """What a cell of no answer's column says: "No:" before a statement, and no initials."""
    words = fold(without_boxes(drawn(text)))
    return says_of(text) if not words or words in ANSWERED else ""


def _empty(replies: Sequence[Reply], answer: Answer) -> bool:
    """Whether there is a place for an answer, and nothing in it."""
    whole = [r.whole for r in replies if r.whole is not None]
    spots = any(r.spots for r in replies) and answer == NONE
    return (bool(whole) or spots) and not any(p.picture or p.kept.strip() for p in whole)


def either(line: Says, row: Says) -> Says:
    """What a statement's line and its row say together; one against the other is a doubt."""
    if {line, row} & {"denied", "put off"} and {line, row} & {"confirmed", "doubted"}:
        return "doubted"
    return line or row


def _box(ticks: Sequence[bool]) -> Says:
    return ("confirmed" if any(ticks) else "unticked") if ticks else ""


def together(said: Sequence[Says], there: Sequence[bool] = ()) -> list[Says]:
    """What each comes to beside the others: a cross among ticks says no, crosses everywhere, or
    among empty boxes, are ticks, and one left empty among ticks is told, or without the word that
    all others have. `there` says which statements stand on the form. A box that only one has is
    told by itself ("unticked"); what others have marked is told as "empty"."""
    ticked = sum(one == "confirmed" for one in said)
    crossed = sum(one == "crossed" for one in said)
    empty = sum(one in ("unticked", "empty") for one in said)
    most = 2 * crossed > (sum(there) if there else len(said)) - 1
    cross: Says = "denied" if ticked else "confirmed" if most or empty else "doubted"
    others: Says = "empty" if ticked or crossed else ""
    alone: Says = "unticked" if empty == 1 else ""
    turned: dict[Says, Says] = {"crossed": cross, "unticked": others or alone, "empty": others}
    out = [turned.get(one, one) for one in said]
    bare = [i for i, stands in enumerate(there[:-1]) if stands and not said[i]]
    if len(bare) == 1 and ticked > 1:  # the last is the declaration, which is signed
        out[bare[0]] = "empty"
    return out


HEADINGS = frozenset({"statement", "statements", "standard", "criteria", "criterion", "declaration",
                      "answer", "response", "tick", "please tick", "yes no", "comments", "comment",
                      "confirmation", "evidence", "ref", "number"})  # fmt: skip
LONGEST_HEADING = 4  # words

Own = frozenset[tuple[int, str]]  # where, and the words, folded


def own_words(blocks: Sequence[Block], rows: Mapping[int, Asked]) -> Own:
    """What the tables of statements say beside them and above the first."""
    lines = [one.line for one in rows.values() if one.line is not None and one.line.table]
    at = {(line.table, position): line for line in lines for position in line.positions}
    found: set[tuple[int, str]] = set()
    above: Band | None = None
    for band in bands_in(blocks, typed=False) if lines else ():
        line = at.get((band.table, band.position))
        if line is None:
            above = band
            continue
        if above is not None and above.table == band.table and _heads(above):
            found.update(_said(above.position, above.cells))
        if line.columns is not None and line.columns.order and line.columns.table == band.table:
            taken = line.columns.taken()
            found.update(_said(band.position, [c for c in band.cells if c.column in taken]))
        above = None
    return frozenset(found)


def _heads(band: Band) -> bool:
    return len(band.cells) > 1 and all(
        len(fold(cell.text).split()) <= LONGEST_HEADING for cell in band.cells
    )


def _said(position: int, cells: Sequence[Cell]) -> Iterator[tuple[int, str]]:
    for cell in cells:
        for text in (cell.text, *cell.text.split("\n")):
            yield position, fold(text)


def is_own(text: str, position: int, own: Own) -> bool:
    """Whether what stands there is the table's own, or nothing but answers and headings."""
    if (position, fold(text)) in own:
        return True
    words = [fold(part) for part in pieces(text)]
    return bool(words) and all(word in ANSWERED or word in HEADINGS for word in words)


FEWEST = 2  # labels that stand twice
_APOSTROPHE = "['\u2018\u2019`\u02bc]?"
SHORTEST = 20  # characters: a shorter line holds no statement


def left_by_the_first(found: Sequence[Filled], signing: Collection[str]) -> frozenset[str]:
    """The keys, of those in `signing`, that the first left empty, or "TBC", and another did not.
    "Name and title: TBC" with "Name: ..." and "Title: ..." added below it is one person's."""
    asked = {key: [f for f in found if f.terms[0].key == key] for key in signing}
    twice = {key: each for key, each in asked.items() if len(each) > 1}
    again = {_asked_as(key, *each[:2]) for key, each in twice.items()}
    if len(again) < FEWEST:
        return frozenset()
    return frozenset(
        key for key, each in twice.items() if _is_open(each[0]) and not all(map(_is_open, each))
    )


def _asked_as(key: str, first: Filled, second: Filled) -> str:
    """What is asked for by one label and answered by two is asked for once."""
    return f"at {first.position}" if first.shared and not second.shared else key


def _is_open(filled: Filled) -> bool:
    return filled.blank or put_off(filled.text) is not None


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
    ways = wordings(tuple(statements))
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
            labelled = left is not block and any(o.terms for o in labels_in(left.text, known))
            yield left if labelled else block
        else:
            yield block


@lru_cache(maxsize=64)
def wordings(statements: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Each statement's words, whatever stands between them, with an apostrophe or without."""
    words = ([_APOSTROPHE.join(word) for word in fold(one).split()] for one in statements)
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
    for wording in ways if len(text) >= SHORTEST else ():
        text = wording.sub("\n", text)
    if text == paragraph.text or any(s.struck for s in paragraph.stretches) or paragraph.struck:
        return paragraph
    left = (line for line in text.split("\n") if without_number(without_boxes(line)).strip())
    return replace(paragraph, text="\n".join(left), stretches=())


def _heads_twice(row: Row) -> bool:
    """Whether nothing is in the row but, at most, a word such as "Declaration"."""
    said = {fold(cell.text) for cell in row.cells if cell.text}
    return said <= HEADINGS and not any(c.ticks or c.picture or c.tables for c in row.cells)
