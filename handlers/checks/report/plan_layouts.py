"""The layouts that an action plan can have: columns, labels before their values, labelled
lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from config.kind_shape import Plan
from handlers.checks.report.plan_items import (
    CARDINALS,
    MAX_PLAIN_HEADING,
    MIN_HEADINGS_IN_PLACE,
    MIN_KNOWN_HEADINGS,
    MIN_OTHER_HEADINGS,
    ORDINALS,
    RECOMMENDATION,
    PlanCell,
    PlanItem,
    PlanTable,
    is_cell_filled,
    read_plan_cell,
    text_of_cell,
)
from handlers.checks.report.report import report_passages
from handlers.checks.report.report_tables import ReportTable
from handlers.document import Block, Cell, Paragraph, Row
from handlers.fields.drawn_lines import DRAWN_LINE, entered_value
from handlers.findings import FindingPlace
from handlers.values.normalise import (
    bilingual_halves,
    fold_text,
    fold_without_spaces,
    text_similarity,
)

MAX_EXPLAINED_HEADING = 160  # letters of a heading, with what explains it
MIN_HEADING_LIKENESS = 0.85
MAX_FEW_WORDS = 4  # words of a heading with one of the wordings at its beginning or end
_NUMBERS = frozenset(["", "no", "nos", "number", "ref", "refno", "reference", "item", "id", "rec"])
_BRACKETED = re.compile(r"\([^()]*\)")
_EXPLAINED = re.compile(r"\s[–—-]\s|:|\n|\?")
_JOINED = re.compile(r"\s*(?:/|&|\+|,|;|\n|\band\b|\bor\b)\s*", re.I)
_COUNT = r"(?:no\b\.?|number|nr\.?|#)?\s*\(?\d+(?:\.\d+)*\)?(?:\s+of\s+\d+)?"
_COUNTED = re.compile(
    rf"(?:\s*{_COUNT}|\s+(?:number\s+)?(?:[a-z]|[ivx]{{1,4}}|{'|'.join(CARDINALS)}))[.:)]?$"
    rf"|^(?:{'|'.join(ORDINALS)})\s+",
    re.I,
)
_LEAD = re.compile(r"^\s*(?:\(?[a-z\d]{1,2}[.)]\s+)", re.I)

ColumnKeys = tuple[str, ...]


@lru_cache(maxsize=1024)
def find_column_keys(text: str, plan: Plan) -> ColumnKeys:
    """The keys of the columns that a heading names; none when it is none we know."""
    if (
        not text.strip()
        or len(text) > MAX_EXPLAINED_HEADING
        or is_added_heading(text, plan)
        or _unsure(text, plan)
    ):
        return ()
    shown = _LEAD.sub("", text, count=1)
    return find_label_keys(shown, plan) or _nearly(shown, plan)


def find_label_keys(text: str, plan: Plan) -> ColumnKeys:
    """As `find_column_keys`, of a line that may as well be an answer: only by a wording, word for
    word."""
    bare = (_BRACKETED.sub(" ", text), _EXPLAINED.split(text, maxsplit=1)[0])
    for plain in (text, *bilingual_halves(text), *bare):
        for words in (plain, _COUNTED.sub("", plain.strip(), count=1)):
            if keys := _known(words, plan):
                return keys
    return ()


def is_number_heading(text: str) -> bool:
    """True of the heading of a column of numbers or references, which may be to recommendations."""
    return fold_without_spaces(_BRACKETED.sub(" ", text)) in _NUMBERS


@lru_cache(maxsize=1024)
def is_added_heading(text: str, plan: Plan) -> bool:
    """True of the heading of a column that is added to a plan, such as "Status"."""
    plain = fold_without_spaces(_BRACKETED.sub(" ", text))
    return any(plain == fold_without_spaces(words) for words in plan.besides)


def _unsure(text: str, plan: Plan) -> bool:
    plain = fold_without_spaces(_BRACKETED.sub(" ", text))
    return any(plain == fold_without_spaces(words) for words in plan.unsure)


def is_toolkit_heading(text: str, key: str, plan: Plan) -> bool:
    """Whether it is the toolkit's own heading of that column."""
    return any(
        fold_without_spaces(text) == fold_without_spaces(c.heading)
        for c in plan.columns
        if c.key == key
    )


def _known(text: str, plan: Plan) -> ColumnKeys:
    """A wording, or several joined, each of them known."""
    wordings = _wordings(plan)
    if (whole := wordings.get(fold_without_spaces(text))) is not None:
        return (whole,)
    parts = [part for part in _JOINED.split(text) if fold_without_spaces(part)]
    keys = [wordings.get(fold_without_spaces(part)) for part in parts]
    found = tuple(dict.fromkeys(key for key in keys if key is not None))
    return found if len(parts) > 1 and None not in keys else ()


def _nearly(text: str, plan: Plan) -> ColumnKeys:
    """A slip of the pen, or one wording at the beginning or end of a few words."""
    plain = fold_text(_BRACKETED.sub(" ", text))
    near = (
        c.key for c in plan.columns if text_similarity(plain, c.heading) >= MIN_HEADING_LIKENESS
    )
    key = next(near, None) or (
        _around(plain, plan) if len(plain.split()) <= MAX_FEW_WORDS else None
    )
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
    return tuple((fold_text(words), c.key) for c in plan.columns for words in (c.heading, *c.also))


@lru_cache(maxsize=8)
def _wordings(plan: Plan) -> dict[str, str]:
    out: dict[str, str] = {}
    for column in plan.columns:
        out.setdefault(fold_without_spaces(column.heading), column.key)
    for column in plan.columns:
        for words in column.also:
            out.setdefault(fold_without_spaces(words), column.key)
    return out


def read_turned_table(grid: ReportTable, plan: Plan, here: bool) -> PlanTable | None:
    """A table with labels before their values: one recommendation, or several side by side or one
    under another."""
    paired = any(_in_pairs(row, plan) for row in grid.rows)
    segments = [(row, segment) for row in grid.rows for segment in _segments(row, paired)]
    said = [(k, row, s) for row, s in segments if (k := find_column_keys(s[0].text, plan))]
    told = [_Mark(keys, _shown(s[1:]), _heads(s[0].text, plan)) for keys, _, s in said]
    marks = [(k, row, s[1:]) for n, (k, row, s) in enumerate(said) if not _is_heading(told, n)]
    keys = {key for label, _, _ in marks for key in label}
    least = MIN_HEADINGS_IN_PLACE + 1 if here else MIN_OTHER_HEADINGS
    if len(keys) < (MIN_KNOWN_HEADINGS if RECOMMENDATION in keys else least):
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


_Segment = tuple[ColumnKeys, Row, tuple[Cell, ...]]


def _shown(cells: Sequence[Cell]) -> list[str]:
    return [text_of_cell(cell) or "(a picture)" for cell in cells if is_cell_filled(cell)]


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
    return len(cells) > 3 and all(find_column_keys(cells[at].text, plan) for at in (0, 2))


def _unknown_label(segment: tuple[Cell, ...], plan: Plan) -> bool:
    label = segment[0].text
    told = bool(label) and len(label) <= MAX_PLAIN_HEADING and any(map(is_cell_filled, segment[1:]))
    return told and not find_column_keys(label, plan) and not is_added_heading(label, plan)


def _gathered(marks: Sequence[_Segment], plan: Plan) -> Iterator[PlanItem]:
    """Items out of marks: each value of a label is another item's, and a label that comes again
    begins the next."""
    headings = {column.key: column.heading for column in plan.columns}
    columns: dict[int, dict[str, PlanCell]] = {}
    for keys, row, values in marks:
        if any(keys[0] in found for found in columns.values()):
            yield from _side_by_side(columns)
            columns = {}
        for n, cell in enumerate(values):
            for key in keys:
                columns.setdefault(n, {})[key] = read_plan_cell(cell, row, headings[key])
    yield from _side_by_side(columns)


def _side_by_side(columns: Mapping[int, Mapping[str, PlanCell]]) -> Iterator[PlanItem]:
    for n, entered in columns.items():
        yield PlanItem(entered, beside=n + 1 if len(columns) > 1 else 0)


_LABELLED = re.compile(
    r"\W{0,4}(?:\d{1,2}(?:[.)]|(?:\.\d{1,2})+[.)]?)\s+)?"
    rf"(?P<label>[A-Za-z](?:[A-Za-z /&()'’?-]|(?<=\bRec)\.){{1,70}}?(?:\s+{_COUNT})?)"
    rf"\s*(?P<parted>:|\s[–—-](?:\s|$)|{DRAWN_LINE}|[.)]?$)(?P<value>.*)",
    re.S | re.I,
)
_ITEM = re.compile(r"\W*(?:no|nr|number|item|point|row|ref|r)\.?\s*\(?\d{1,2}\)?\W*", re.I)
_PIECES = re.compile(r"\t+|\n|\s{3,}|\s\|\s")
_COLON, _BARE, _NUMBERED = range(3)  # how likely a label heads an item, and is no blank of it


@dataclass(frozen=True, slots=True)
class _Mark:
    """A label of the plan's, or a heading that only counts, and what follows it up to the next."""

    keys: ColumnKeys
    lines: list[str]
    heads: int = _COLON

    @property
    def entered_text(self) -> str:
        return entered_value("\n".join(self.lines))


def split_labelled_text(text: str, plan: Plan) -> Iterator[tuple[ColumnKeys, str]]:
    """The labels of the plan's columns in a text, each with what follows it; what comes before any
    has no keys."""
    for piece in _pieces(text):
        mark = _mark(piece, plan)
        yield (mark.keys, mark.lines[0]) if mark else ((), piece)


def _pieces(text: str) -> Iterator[str]:
    yield from (piece for piece in _PIECES.split(text) if piece.strip())


def _mark(piece: str, plan: Plan) -> _Mark | None:
    found = _LABELLED.fullmatch(piece.strip())
    if found is None:
        return None
    parted = found["parted"].strip(" .)") or "..." in found["parted"]
    label = found["label"]
    keys = (find_column_keys if parted else find_label_keys)(label, plan)
    if not keys:
        return None
    return _Mark(keys, [found["value"]], _heads(label, plan) or (_COLON if parted else _BARE))


def _heads(label: str, plan: Plan) -> int:
    counted = _COUNTED.search(label.strip()) is not None and not _known(label, plan)
    return _NUMBERED if counted else _COLON


def read_labelled_lines(
    blocks: Sequence[Block], plan: Plan, places: Sequence[range], section: str
) -> PlanTable | None:
    """A plan of labelled lines: "Recommendation 1: ...", "By whom: ..."."""
    marks: list[_Mark] = []
    unknown = 0
    for place in places:
        for passage in report_passages(blocks, place.start, place.stop):
            for piece in _pieces(passage.text):
                mark = _mark(piece, plan)
                if mark is not None:
                    marks.append(mark)
                elif _ITEM.fullmatch(piece.strip()):
                    marks.append(_Mark((), [], _NUMBERED))
                else:
                    unknown += _may_label(passage.paragraph, piece)
                    if marks:
                        marks[-1].lines.append(piece)
    keys = {key for mark in marks for key in mark.keys}
    if len(keys) < (MIN_KNOWN_HEADINGS if RECOMMENDATION in keys else MIN_OTHER_HEADINGS):
        return None
    found = list(_items_of(marks))
    items = [
        _as_item(one, keys, FindingPlace(section=f"{section}, recommendation {n}"), plan)
        for n, one in enumerate(found, 1)
    ]
    return PlanTable(frozenset(keys), tuple(items), unknown)


def _as_item(
    found: Mapping[str, str], keys: Collection[str], where: FindingPlace, plan: Plan
) -> PlanItem:
    headings = {column.key: column.heading for column in plan.columns}
    told = {key: found.get(key, "") for key in keys}
    return PlanItem(
        {
            key: PlanCell(text, bool(text), replace(where, column=headings[key]))
            for key, text in told.items()
        }
    )


def _items_of(marks: Sequence[_Mark]) -> Iterator[dict[str, str]]:
    """What each label has, item by item: a label that comes again begins the next one, and so does
    a heading, "Recommendation 2" over "Action: ..." and "Recommendation: ..."."""
    now: dict[str, str] = {}
    title = ""
    for at, mark in enumerate(marks):
        if not mark.keys:
            continue
        heading = _is_heading(marks, at)
        if now and (heading or mark.keys[0] in now):
            yield now
            now = {}
        if heading:
            title = mark.entered_text
            continue
        own = dict.fromkeys(mark.keys, mark.entered_text)
        if title and RECOMMENDATION in own:
            own[RECOMMENDATION] = f"{title}\n{own[RECOMMENDATION]}".strip()
            title = ""
        now |= own
    if now:
        yield now


def _is_heading(marks: Sequence[_Mark], at: int) -> bool:
    """Whether a label heads an item in which the same is asked for again, in a plainer label. One
    with something in it is so only where the item goes on below that: else the plainer label is
    the next item's, without its number."""
    mark = marks[at]
    if not mark.heads or (mark.entered_text and mark.keys != (RECOMMENDATION,)):
        return False
    held: set[str] = set()
    for n, other in enumerate(marks[at + 1 :], at + 1):
        same = mark.keys[0] in other.keys
        if not other.keys or (same and other.heads >= mark.heads):
            return False
        if same:
            after = marks[n + 1 : n + 2]
            last = not after or after[0].heads == _NUMBERED
            return not mark.entered_text if last else held.isdisjoint(after[0].keys)
        held |= set(other.keys)
    return False


def _may_label(paragraph: Paragraph, piece: str) -> bool:
    """Whether a line without a label that we know may have one that we do not."""
    found = _LABELLED.fullmatch(piece.strip())
    return found is not None and (bool(found["parted"]) or paragraph.bold)
