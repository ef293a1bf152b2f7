"""The layouts that an action plan can have: columns, labels before their values, labelled
lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from config.kind_shape import Plan
from handlers.checks.report.grid import Grid
from handlers.checks.report.plan_items import (
    KNOWN_BY,
    KNOWN_HERE,
    KNOWN_WITHOUT,
    RECOMMENDATION,
    TEXT,
    Entered,
    Item,
    PlanTable,
    cell_there,
    from_cell,
)
from handlers.checks.report.report import passages
from handlers.document import Block, Cell, Paragraph, Row
from handlers.fields.labels import entered_value
from handlers.findings import Where
from handlers.values.normalise import fold, halves, likeness, squash

LONGEST = 160  # letters of a heading, with what explains it
ALIKE = 0.85
FEW = 4  # words of a heading with one of the wordings at its beginning or end
_NUMBERS = frozenset(["", "no", "nos", "number", "ref", "refno", "reference", "item", "id", "rec"])
_BRACKETED = re.compile(r"\([^()]*\)")
_EXPLAINED = re.compile(r"\s[–—-]\s|:|\n|\?")
_JOINED = re.compile(r"\s*(?:/|&|\+|,|;|\n|\band\b|\bor\b)\s*", re.I)
_COUNTED = re.compile(r"(?:\s*(?:no\.?|number|#)?\s*\d+(?:\.\d+)*|\s+[a-z])[.:)]?$", re.I)
_LEAD = re.compile(r"^\s*(?:\(?[a-z\d]{1,2}[.)]\s+)", re.I)

Keys = tuple[str, ...]


@lru_cache(maxsize=1024)
def keys_in(text: str, plan: Plan) -> Keys:
    """The keys of the columns that a heading names; none when it is none we know."""
    if not text.strip() or len(text) > LONGEST or is_beside(text, plan) or _unsure(text, plan):
        return ()
    shown = _LEAD.sub("", text, count=1)
    return label_keys(shown, plan) or _nearly(shown, plan)


def label_keys(text: str, plan: Plan) -> Keys:
    """As `keys_in`, of a line that may as well be an answer: only by a wording, word for word."""
    bare = (_BRACKETED.sub(" ", text), _EXPLAINED.split(text, maxsplit=1)[0])
    for plain in (text, *halves(text), *bare):
        for words in (plain, _COUNTED.sub("", plain.strip())):
            if keys := _known(words, plan):
                return keys
    return ()


def is_number(text: str) -> bool:
    """True of the heading of a column of numbers or references, which may be to recommendations."""
    return squash(_BRACKETED.sub(" ", text)) in _NUMBERS


@lru_cache(maxsize=1024)
def is_beside(text: str, plan: Plan) -> bool:
    """True of the heading of a column that is added to a plan, such as "Status"."""
    plain = squash(_BRACKETED.sub(" ", text))
    return any(plain == squash(words) for words in plan.besides)


def _unsure(text: str, plan: Plan) -> bool:
    plain = squash(_BRACKETED.sub(" ", text))
    return any(plain == squash(words) for words in plan.unsure)


def is_heading(text: str, key: str, plan: Plan) -> bool:
    """Whether it is the toolkit's own heading of that column."""
    return any(squash(text) == squash(c.heading) for c in plan.columns if c.key == key)


def _known(text: str, plan: Plan) -> Keys:
    """A wording, or several joined, each of them known."""
    wordings = _wordings(plan)
    if (whole := wordings.get(squash(text))) is not None:
        return (whole,)
    parts = [part for part in _JOINED.split(text) if squash(part)]
    keys = [wordings.get(squash(part)) for part in parts]
    found = tuple(dict.fromkeys(key for key in keys if key is not None))
    return found if len(parts) > 1 and None not in keys else ()


def _nearly(text: str, plan: Plan) -> Keys:
    """A slip of the pen, or one wording at the beginning or end of a few words."""
    plain = fold(_BRACKETED.sub(" ", text))
    near = (c.key for c in plan.columns if likeness(plain, c.heading) >= ALIKE)
    key = next(near, None) or (_around(plain, plan) if len(plain.split()) <= FEW else None)
    return (key,) if key else ()


def _around(plain: str, plan: Plan) -> str | None:
    """ "Timescale for the work", "Named lead": what the wording in them asks for, unless others in
    them ask for something else ("Proof of completion")."""
    found = {
        key
        for words, key in _plain_wordings(plan)
        if len(words) > 3 and (plain.startswith(f"{words} ") or plain.endswith(f" {words}"))
    }
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=8)
def _plain_wordings(plan: Plan) -> tuple[tuple[str, str], ...]:
    return tuple((fold(words), c.key) for c in plan.columns for words in (c.heading, *c.also))


@lru_cache(maxsize=8)
def _wordings(plan: Plan) -> dict[str, str]:
    out: dict[str, str] = {}
    for column in plan.columns:
        out.setdefault(squash(column.heading), column.key)
    for column in plan.columns:
        for words in column.also:
            out.setdefault(squash(words), column.key)
    return out


def read_turned(grid: Grid, plan: Plan, here: bool) -> PlanTable | None:
    """A table with labels before their values: one recommendation, or several side by side or one
    under another."""
    paired = any(_in_pairs(row, plan) for row in grid.rows)
    segments = [(row, segment) for row in grid.rows for segment in _segments(row, paired)]
    marks = [(k, row, s[1:]) for row, s in segments if (k := keys_in(s[0].text, plan))]
    keys = {key for label, _, _ in marks for key in label}
    least = KNOWN_HERE + 1 if here else KNOWN_WITHOUT
    if len(keys) < (KNOWN_BY if RECOMMENDATION in keys else least):
        return None
    items = [item for item in _gathered(marks, plan) if any(e.there for e in item.entered.values())]
    return PlanTable(
        frozenset(keys),
        tuple(items),
        sum(1 for _, segment in segments if _unknown_label(segment, plan)),
        False,
        range(grid.position, grid.end),
        frozenset(row.table for row in grid.rows),
    )


_Mark = tuple[Keys, Row, tuple[Cell, ...]]


def _segments(row: Row, paired: bool) -> Iterator[tuple[Cell, ...]]:
    """A row's label and what follows it; in a table of pairs, each label and its value."""
    cells = tuple(cell for cell in row.cells if not cell.continued)
    if len(cells) > 1 and not cells[0].text.strip(" .()").isdigit():
        size = 2 if paired and len(cells) % 2 == 0 else len(cells)
        yield from (cells[at : at + size] for at in range(0, len(cells), size))
    elif len(cells) > 2:
        yield cells[1:]


def _in_pairs(row: Row, plan: Plan) -> bool:
    cells = [cell for cell in row.cells if not cell.continued]
    return len(cells) > 3 and all(keys_in(cells[at].text, plan) for at in (0, 2))


def _unknown_label(segment: tuple[Cell, ...], plan: Plan) -> bool:
    label = segment[0].text
    told = bool(label) and len(label) <= TEXT and any(map(cell_there, segment[1:]))
    return told and not keys_in(label, plan) and not is_beside(label, plan)


def _gathered(marks: Sequence[_Mark], plan: Plan) -> Iterator[Item]:
    """Items out of marks: each value of a label is another item's, and a label that comes again
    begins the next."""
    headings = {column.key: column.heading for column in plan.columns}
    columns: dict[int, dict[str, Entered]] = {}
    for keys, row, values in marks:
        if any(keys[0] in found for found in columns.values()):
            yield from _side_by_side(columns)
            columns = {}
        for n, cell in enumerate(values):
            for key in keys:
                columns.setdefault(n, {})[key] = from_cell(cell, row, headings[key])
    yield from _side_by_side(columns)


def _side_by_side(columns: Mapping[int, Mapping[str, Entered]]) -> Iterator[Item]:
    for n, entered in columns.items():
        yield Item(entered, beside=n + 1 if len(columns) > 1 else 0)


_LABELLED = re.compile(
    r"\W{0,4}(?P<label>[A-Za-z][A-Za-z /&()'’?-]{1,70}?(?:\s+(?:no\.?\s*)?\d+(?:\.\d+)*)?)"
    r"\s*(?P<parted>:|\s[–—-]\s|[._…]{3,}|$)(?P<value>.*)",
    re.S,
)
_PIECES = re.compile(r"\t+|\n|\s{3,}|\s\|\s")


def labelled(text: str, plan: Plan) -> Iterator[tuple[Keys, str]]:
    """The labels of the plan's columns in a text, each with what follows it; what comes before any
    has no keys."""
    for piece in _PIECES.split(text):
        if not piece.strip():
            continue
        found = _LABELLED.fullmatch(piece.strip())
        keys: Keys = ()
        if found:
            by = keys_in if found["parted"] else label_keys
            keys = by(found["label"], plan)
        yield keys, (found["value"] if found and keys else piece)


def read_lines(
    blocks: Sequence[Block], plan: Plan, places: Sequence[range], section: str
) -> PlanTable | None:
    """A plan of labelled lines: "Recommendation 1: ...", "By whom: ..."."""
    headings = {column.key: column.heading for column in plan.columns}
    found: list[dict[str, list[str]]] = []
    now: list[str] | None = None
    unknown = 0
    for place in places:
        for passage in passages(blocks, place.start, place.stop):
            for keys, value in labelled(passage.text, plan):
                if not keys:
                    unknown += _may_label(passage.paragraph, value)
                    if now is not None:
                        now.append(value)
                    continue
                if not found or keys[0] in found[-1]:
                    found.append({})
                now = [value]
                found[-1] |= dict.fromkeys(keys, now)
    keys_ = {key for one in found for key in one}
    if len(keys_) < (KNOWN_BY if RECOMMENDATION in keys_ else KNOWN_WITHOUT):
        return None
    items = []
    for n, one in enumerate(found, 1):
        where = Where(section=f"{section}, recommendation {n}")
        told = {
            key: Entered(text, bool(text), replace(where, column=headings[key]))
            for key, lines in one.items()
            for text in [entered_value("\n".join(lines))]
        }
        blank = {
            key: Entered("", False, replace(where, column=headings[key]))
            for key in keys_ - one.keys()
        }
        items.append(Item(blank | told))
    return PlanTable(frozenset(keys_), tuple(items), unknown)


def _may_label(paragraph: Paragraph, piece: str) -> bool:
    """Whether a line without a label that we know may have one that we do not."""
    found = _LABELLED.fullmatch(piece.strip())
    return found is not None and (bool(found["parted"]) or paragraph.bold)
