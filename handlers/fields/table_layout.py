"""What each cell of a table is to the fields in it: a label, a value, whose they are, or
nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from handlers.document import Cell, Paragraph, Row
from handlers.fields.drawn_lines import entered_value, is_drawn_line
from handlers.fields.label_meanings import FoundField, LabelLexicon, LabelTerm, ValueSpot
from handlers.fields.labels import LineLabel, PrintedLine, find_line_labels, lines_of_cell
from handlers.fields.people import is_sentence, rate_value_look
from handlers.findings import FindingPlace


@dataclass(frozen=True, slots=True)
class RowLayout:
    """One row: the words over each grid column, those that ask for something, whether it holds
    labels and nothing else, and whether it has none that asks for anything."""

    texts: Mapping[int, str]
    asked: Mapping[int, tuple[LabelTerm, ...]]
    labels: bool
    values: bool

    @property
    def is_blank(self) -> bool:
        return not any(self.texts.values())


def count_footed_rows(rows: Sequence[RowLayout]) -> int:
    """How many rows from the first on go by twos, values over labels; 0 where they do not."""
    end = 0
    while end + 1 < len(rows) and rows[end].values and _stand_under(rows[end], rows[end + 1]):
        if end == 0 and len(rows[1].asked) < 2:
            return 0
        end += 2
    if end and end < len(rows) and rows[end].values and not rows[end].is_blank:
        return end if _fit(rows, end, -1) > _fit(rows, end, 1) else 0
    blank = all(row.is_blank for row in rows[0:end:2])
    return end if blank or _fit(rows, end, -1) > 0 else 0


def _stand_under(values: RowLayout, labels: RowLayout) -> bool:
    if not labels.labels or not labels.asked:
        return False
    texts = [text for text in values.texts.values() if text]
    return not any(is_sentence(text) or len(text) > 100 for text in texts) and (
        values.is_blank or any(values.texts.get(column) for column in labels.asked)
    )


def _fit(rows: Sequence[RowLayout], end: int, side: int) -> int:
    """How well the row over each row of labels answers them, or (`side` 1) the row under it."""
    total = 0
    for at in range(1, end, 2):
        if at + side >= len(rows) or not rows[at + side].values:
            continue
        for column, terms in rows[at].asked.items():
            look = next((term.look for term in terms if not term.person), "")
            total += rate_value_look(rows[at + side].texts.get(column, ""), look)
    return total


_COLON = re.compile(r"\s*:-?\s*")
CellKind = Literal["empty", "label", "open", "inner", "value", "continued"]


class FieldGrid:
    """A table's cells, each with its lines, the labels in them, and what kind that makes it."""

    def __init__(self, rows: Sequence[Row], position: int, known: LabelLexicon) -> None:
        rows = _without_rules(rows)
        self.rows, self.position, self.known = rows, position, known
        self.lines = [
            [lines_of_cell(c, position + i, known) for c in r.cells] for i, r in enumerate(rows)
        ]
        self.labels = [[_labels(lines, known) for lines in row] for row in self.lines]
        self.kinds = [
            [_kind(c, self.lines[i][j], self.labels[i][j]) for j, c in enumerate(r.cells)]
            for i, r in enumerate(rows)
        ]
        self._value_jobs()
        self._labels_again()

    def _value_jobs(self) -> None:
        """Words for a role beside a label that asks for a job are that job, and no label."""
        for at, kinds in enumerate(self.kinds):
            for j in range(1, len(kinds)):
                asks = any(self._job(at, k) for k in (0, j - 1))
                if asks and kinds[j] == "label" and self._person_in(at, j):
                    kinds[j], self.labels[at][j] = "value", []

    def _labels_again(self) -> None:
        """ "Name: A. Person" in the cell beside or under "Name" is that name, and no label."""
        for at, kinds in enumerate(self.kinds):
            for j, kind in enumerate(kinds):
                if kind != "inner" or not self._asked_again(at, j):
                    continue
                kinds[j], value = "value", self.labels[at][j][0].value
                self.labels[at][j] = []
                cell = replace(self.rows[at].cells[j], paragraphs=(Paragraph(value),))
                cells = (*self.rows[at].cells[:j], cell, *self.rows[at].cells[j + 1 :])
                self.rows[at] = replace(self.rows[at], cells=cells)
                self.lines[at][j] = lines_of_cell(cell, self.position + at, self.known)

    def _asked_again(self, at: int, j: int) -> bool:
        """Whether a cell is one label and its value, and that label's own cell is another."""
        found = self.labels[at][j]
        asked = {term.key for one in found for term in one.terms}
        plain = len(found) == 1 and found[0].value and not found[0].note
        cell = self.rows[at].cells[j]
        held = cell.picture or cell.ticks or cell.tables
        if not plain or held or sum(not line.is_empty for line in self.lines[at][j]) > 1:
            return False
        asks = [term for one in found for term in one.terms]
        if not asks or any(term.person for term in asks):
            return False
        beside = [self._part_in(at, k) for k in {0, j - 1} if 0 <= k < j and self._answers(j, k)]
        return any({t.key for t in terms} == asked for terms in (*beside, self._over(at, j)))

    def _answers(self, j: int, k: int) -> bool:
        """Whether the cells of a column answer those of another: one of them does so plainly. Where
        two people's blanks stand side by side none does, and one label is answered in both."""
        rows = [i for i, kinds in enumerate(self.kinds) if j < len(kinds)]
        both = any(
            self.kinds[i][k] == "inner" and self._part_keys(i, k) & self._part_keys(i, j)
            for i in rows
        )
        return not both and any(self.kinds[i][j] == "value" and self._part_in(i, k) for i in rows)

    def _over(self, at: int, j: int) -> tuple[LabelTerm, ...]:
        """What the heading of its column asks for, where that stands in a row of headings."""
        column = self.rows[at].cells[j].column
        for i in range(at - 1, -1, -1):
            heads = [k for k in range(len(self.kinds[i])) if self._part_in(i, k)]
            own = [k for k in heads if self.rows[i].cells[k].column == column]
            if own:
                return self._part_in(i, own[0]) if len(heads) > 1 else ()
        return ()

    def _opens_with_whose(self, at: int, j: int) -> bool:
        """Whether a cell says whose it is on its first line, and has blanks of theirs below."""
        found = self.labels[at][j]
        whose = bool(found) and all(term.person for term in found[0].terms)
        return whose and self.kinds[at][j] == "inner" and self._asks(at, j)

    def _job(self, at: int, j: int) -> bool:
        return self.kinds[at][j] == "label" and any(term.job for term in self._terms(at, j))

    def _terms(self, at: int, j: int) -> tuple[LabelTerm, ...]:
        return next((one.terms for one in self.labels[at][j] if one.terms), ())

    def _asks(self, at: int, j: int) -> bool:
        return any(not term.person for one in self.labels[at][j] for term in one.terms)

    def _person_in(self, at: int, j: int) -> tuple[LabelTerm, ...]:
        """Whose row it is, where a cell says so and nothing else."""
        terms = self._terms(at, j) if self.kinds[at][j] == "label" else ()
        return terms if terms and all(term.person for term in terms) else ()

    def _part_in(self, at: int, j: int) -> tuple[LabelTerm, ...]:
        terms = self._terms(at, j) if self.kinds[at][j] == "label" else ()
        return terms if any(not term.person for term in terms) else ()

    def _label_column(self, at: int, end: int, before: int) -> bool:
        return any(
            self.kinds[i][j] == "label" and self._asks(i, j)
            for i in range(at, end)
            for j, cell in enumerate(self.rows[i].cells)
            if cell.column < before
        )

    def _part_keys(self, i: int, j: int) -> set[str]:
        return {t.key for one in self.labels[i][j] for t in one.terms if not t.person}

    def _only_whose(self, at: int) -> bool:
        """Whether a row says whose the next is, and nothing else."""
        if len(self.kinds[at]) == 1 and any(t.person for t in self._terms(at, 0)):
            return True
        said = [j for j, kind in enumerate(self.kinds[at]) if kind != "empty"]
        return bool(said) and all(self._person_in(at, j) for j in said)

    def _labelled(self, at: int, heads: dict[int, tuple[LabelTerm, ...]]) -> bool:
        """Whether a row has labels of its own where the headings' values should be."""
        return any(
            self.kinds[at][j] in ("label", "open", "inner")
            and self._asks(at, j)
            and not self._opens_with_whose(at, j)
            for j, cell in enumerate(self.rows[at].cells)
            if cell.column in heads
        )

    def _told(self, at: int) -> RowLayout:
        cells, kinds = self.rows[at].cells, self.kinds[at]
        asked = {c.column: t for j, c in enumerate(cells) if (t := self._part_in(at, j))}
        texts = {c.column: c.text or "picture" * c.picture for c in cells}
        labels = all(k in ("label", "empty") for k in kinds) and bool(asked)
        values = all(k in ("value", "empty") or self._person_in(at, j) for j, k in enumerate(kinds))
        return RowLayout(texts, asked, labels, values and len(cells) > 1)

    def _cell(self, at: int, j: int) -> Cell:
        """A cell, or the one that it is merged with."""
        cell = self.rows[at].cells[j]
        while cell.continued and at > 0:
            at -= 1
            over = next((c for c in self.rows[at].cells if c.column == cell.column), None)
            cell = over or replace(cell, continued=False)
        return cell

    def _filled(
        self, terms: tuple[LabelTerm, ...], cell: Cell, at: int, spot: ValueSpot
    ) -> FoundField:
        where = replace(self._where(at), section=terms[0].words)
        lines = [p.text for p in cell.paragraphs if not p.placeholder]
        between = ", " if len(terms) > 1 else "\n"  # "Name and job title", each on its line
        shown = between.join(line for text in lines for line in text.split("\n") if line.strip())
        return FoundField(
            terms,
            entered_value(shown),
            cell.picture,
            cell.ticks,
            self.position + at,
            where,
            spot=spot,
        )

    def _where(self, at: int) -> FindingPlace:
        return FindingPlace(table=self.rows[at].table, row=self.rows[at].number)

    def _is_alone(self, at: int) -> bool:
        cells = self.rows[at].cells
        return len(cells) == 1 and not (cells[0].continued or cells[0].tables)

    def _is_mirrored(self, at: int) -> bool:
        kinds = self.kinds[at]
        return len(kinds) == 2 and kinds[0] in ("value", "empty") and bool(self._part_in(at, 1))

    def _people_at(self, at: int) -> list[int]:
        """The columns that begin with a label of somebody's, each another's."""
        seen: dict[str, int] = {}
        for j, cell in enumerate(self.rows[at].cells):
            first = next((one for one in self.labels[at][j]), None)
            who = next((t.key for t in first.terms if t.person), "") if first else ""
            if who and who not in seen:
                seen[who] = cell.column
        return list(seen.values())

    def _label_and_values(self, at: int) -> bool:
        kinds = self.kinds[at]
        return (
            len(kinds) == 3
            and kinds[0] == "label"
            and self._asks(at, 0)
            and all(kind in ("value", "empty") for kind in kinds[1:])
        )


def _without_rules(rows: Sequence[Row]) -> list[Row]:
    """The rows without cells that hold a colon, without a row of rules drawn under values, and
    without one of which no cell is left."""
    kept = [replace(row, cells=tuple(c for c in row.cells if not _COLON.fullmatch(c.text)))
            for row in rows]  # fmt: skip
    ruled = [_is_rule(row) and 0 < i < len(kept) - 1 for i, row in enumerate(kept)]
    return [row for row, rule in zip(kept, ruled, strict=True) if row.cells and not rule]


def _is_rule(row: Row) -> bool:
    texts = [cell.text for cell in row.cells if cell.text]
    return len(texts) > 1 and all(is_drawn_line(text) for text in texts)


def _labels(lines: Sequence[PrintedLine], known: LabelLexicon) -> list[LineLabel]:
    return [one for line in lines for one in find_line_labels(line.text, known)]


def _kind(cell: Cell, shown: Sequence[PrintedLine], labels: Sequence[LineLabel]) -> CellKind:
    """ "label": nothing but a label; "open": it ends with a label that has no value yet."""
    if cell.continued:
        return "continued"
    if not any(p.text.strip() and not p.placeholder for p in cell.paragraphs):
        return "value" if cell.picture or cell.ticks else ("inner" if cell.tables else "empty")
    if not labels:
        return "value"
    bare = not any(one.value for one in labels) and not cell.picture and not cell.tables
    lines = sum(1 for line in shown if line.text.strip())
    if bare and len(labels) == 1 and lines == 1 and not labels[0].drawn:
        return "label"
    last = labels[-1]
    ends = not last.value and not last.drawn and bare and lines == len(labels)
    return "open" if ends else "inner"
