"""Reads blanks laid out in a table: side by side, under headings, a column or a row a person.

A table is taken for one layout from the row that shows it to the next that shows another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from handlers.document import Row
from handlers.fields.dotted_cells import without_dots_beside_values
from handlers.fields.drawn_lines import entered_value
from handlers.fields.label_column import LabelColumnRow, find_label_values, find_second_values
from handlers.fields.label_meanings import (
    FieldItem,
    FoundField,
    LabelLexicon,
    LabelTerm,
    NextPerson,
    UnclaimedText,
    ValueSpot,
)
from handlers.fields.labels import PrintedLine, lines_of_cell
from handlers.fields.lines import read_line_fields
from handlers.fields.people import is_sentence, rate_value_look
from handlers.fields.table_layout import FieldGrid, RowLayout, count_footed_rows

_SPARE = 2  # rows under a heading that may be wholly blank and still be somebody's


def read_table_fields(
    rows: Sequence[Row], position: int, known: LabelLexicon
) -> Iterator[FieldItem]:
    """Every blank in a table, and what no label claims. `position` is its first row's block."""
    rows = without_dots_beside_values(rows, known)
    yield from _Table(rows, position, known).iter_items()


class _Table(FieldGrid):
    """One reading of one table."""

    def __init__(self, rows: Sequence[Row], position: int, known: LabelLexicon) -> None:
        super().__init__(rows, position, known)
        self.taken: set[tuple[int, int]] = set()
        self.people = any(term.person for term in known.terms.values())
        self.layouts = (
            self._one_column, self._footed, self._mirrored, self._headed,
            self._person_columns, self._repeated, self._value_columns,
        )  # fmt: skip

    def iter_items(self) -> Iterator[FieldItem]:
        at = 0
        while at < len(self.rows):
            for layout in self.layouts:
                end, found = layout(at)
                if end > at:
                    yield from found
                    yield NextPerson()
                    at = end
                    break
            else:
                yield from self._pairs(at)
                at += 1

    # One column, in which labels stand under their values

    def _one_column(self, at: int) -> tuple[int, list[FieldItem]]:
        end = at
        while end < len(self.rows) and self._is_alone(end):
            end += 1
        rows = [self._rung(i) for i in range(at, end)]
        answers = find_label_values(rows)
        if not answers:
            return at, []
        again = find_second_values(rows, answers)
        taken = {*answers.values(), *again.values()}
        out: list[FieldItem] = []
        for i in range(at, end):
            if i - at not in taken:
                out += self._in_column(i, at, answers, again)
        return end, out

    def _rung(self, at: int) -> LabelColumnRow:
        cell, kind = self.rows[at].cells[0], self.kinds[at][0]
        asked = [term for term in self._part_in(at, 0) if not term.person]
        free = kind == "empty" or (kind == "value" and not is_sentence(cell.text))
        look = asked[0].look if asked else ""
        signature = any(term.signature for term in asked)
        return LabelColumnRow(bool(asked), look, signature, free, cell.text, cell.picture)

    def _in_column(
        self, i: int, at: int, answers: Mapping[int, int], again: Mapping[int, int]
    ) -> Iterator[FieldItem]:
        """What a row is: a label with the row, or the rows, of its value, or anything else."""
        own = [found[i - at] + at for found in (answers, again) if i - at in found]
        for j in own:
            spot: ValueSpot = "above" if j < i else "under"
            yield self._filled(self._terms(i, 0), self.rows[j].cells[0], i, spot)
        if not own:
            yield from read_line_fields(self.lines[i][0], self._where(i), self.known)

    # A row of values, and the row of their labels beneath it

    def _footed(self, at: int) -> tuple[int, list[FieldItem]]:
        rows = self._by_twos(at)
        end = count_footed_rows(rows)
        out: list[FieldItem] = []
        for over in range(0, end, 2):
            heads = rows[over + 1].asked
            if over and _keys(heads) & _keys(rows[over - 1].asked):
                out.append(NextPerson())
            out += self._under(at + over, heads, "above")
        return at + end, out

    def _by_twos(self, at: int) -> list[RowLayout]:
        """Rows from here on while they are values and labels by turns, and the one after them."""
        rows: list[RowLayout] = []
        for i in range(at, len(self.rows)):
            rows.append(self._told(i))
            if not (rows[-1].values if len(rows) % 2 else rows[-1].labels):
                break
        return rows

    # Values on the left, their labels on the right

    def _mirrored(self, at: int) -> tuple[int, list[FieldItem]]:
        end = at
        while end < len(self.rows) and self._is_mirrored(end):
            end += 1
        told = sum(
            rate_value_look(
                self.rows[i].cells[0].text, next(t.look for t in self._terms(i, 1) if not t.person)
            )
            for i in range(at, end)
        )
        if end - at < 2 or told < 1:
            return at, []
        return end, [
            self._filled(self._terms(i, 1), self.rows[i].cells[0], i, "beside")
            for i in range(at, end)
        ]

    # A row of headings, a row for each person

    def _headed(self, at: int) -> tuple[int, list[FieldItem]]:
        heads = self._heads(at)
        if not heads:
            return at, []
        out: list[FieldItem] = []
        end = at + 1
        while end < len(self.rows) and not self._labelled(end, heads):
            blank = all(kind in ("empty", "continued") for kind in self.kinds[end])
            whose = self._only_whose(end)
            if whose and end + 1 < len(self.rows) and self._labelled(end + 1, heads):
                break  # it heads the next person's own headings
            if not blank or end - at <= _SPARE:
                own = any(self._person_in(end, j) for j in range(len(self.kinds[end])))
                goes_on = self._only_whose(end - 1) and not own
                out += [NextPerson()] if end - at > 1 and not goes_on else []
                out += self._under(end, heads)
            end += 1
        return end, out

    def _heads(self, at: int) -> dict[int, tuple[LabelTerm, ...]]:
        """The columns under headings, where a row is one of headings."""
        kinds, cells = self.kinds[at], self.rows[at].cells
        asked = {
            cells[j].column: self._terms(at, j) for j, kind in enumerate(kinds) if kind == "label"
        }
        parts = {t.key for terms in asked.values() for t in terms if not t.person}
        spaced = any(kind == "empty" for kind in kinds[1:]) or "inner" in kinds or "open" in kinds
        many = sum(kind == "value" for kind in kinds)
        if len(parts) < 2 or len(asked) < 2 or spaced or many >= len(parts):
            return {}
        if at + 1 >= len(self.rows) or self._labelled(at + 1, asked):
            return {}
        return asked

    def _under(
        self, at: int, heads: Mapping[int, tuple[LabelTerm, ...]], spot: ValueSpot = "under"
    ) -> Iterator[FieldItem]:
        """A row of values under its headings, or above them."""
        whose: list[FieldItem] = []
        if spot == "under" and any(self._person_in(at, j) for j in range(len(self.kinds[at]))):
            spot = "row"
        rest: list[FieldItem] = []
        for j, cell in enumerate(self.rows[at].cells):
            role = self._person_in(at, j)
            terms = heads.get(cell.column, ())
            if role and not any(term.job for term in terms):
                whose.append(FoundField(role, position=self.position + at))
            elif self._opens_with_whose(at, j):
                whose += read_line_fields(self.lines[at][j], self._where(at), self.known)
            elif [t for t in terms if not t.person]:
                rest.append(self._filled(terms, self._cell(at, j), at, spot))
            elif self.kinds[at][j] != "empty":
                rest += read_line_fields(self.lines[at][j], self._where(at), self.known)
        yield from (*whose, *rest)

    # A column for each person

    def _person_columns(self, at: int) -> tuple[int, list[FieldItem]]:
        starts = self._people_at(at)
        if len(starts) < 2:
            return at, []
        end = next((i for i in range(at + 1, len(self.rows)) if len(self._people_at(i)) > 1),
                   len(self.rows))  # fmt: skip
        return end, self._lanes(at, end, starts)

    def _lanes(
        self, at: int, end: int, starts: Sequence[int], foot: int | None = None
    ) -> list[FieldItem]:
        """Column by column, with the labels that stand before the first. `foot` is the row under
        them all that says whose they are, and no more."""
        out: list[FieldItem] = []
        last = max(c.column + c.span for i in range(at, end) for c in self.rows[i].cells)
        for start, stop in zip(starts, [*starts[1:], last], strict=True):
            out.append(NextPerson())
            for j, cell in enumerate(self.rows[foot].cells if foot is not None else ()):
                if start <= cell.column < stop and (role := self._person_in(foot or 0, j)):
                    out.append(FoundField(role, position=self.position + at))
            if starts[0] > 0 and self._label_column(at, end, starts[0]):
                out += self._beside_labels(at, end, start, stop, starts[0])
            else:
                out += self._lane(at, end, start, stop)
        return out

    def _beside_labels(
        self, at: int, end: int, start: int, stop: int, before: int
    ) -> Iterator[FieldItem]:
        for i in range(at, end):
            asked: tuple[LabelTerm, ...] = ()
            unknown = False
            for j, cell in enumerate(self.rows[i].cells):
                if cell.column < before:
                    asked = asked or self._terms(i, j)
                    unknown = unknown or (not asked and self.kinds[i][j] != "empty")
                elif start <= cell.column < stop:
                    yield from self._in_lane(i, j, asked, unknown)

    def _in_lane(
        self, i: int, j: int, asked: tuple[LabelTerm, ...], unknown: bool
    ) -> Iterator[FieldItem]:
        cell, kind = self._cell(i, j), self.kinds[i][j]
        if kind in ("label", "inner", "open"):
            yield from read_line_fields(self.lines[i][j], self._where(i), self.known)
        elif asked:
            yield self._filled(asked, cell, i, "column")
        elif kind == "value":
            yield UnclaimedText(cell.text, cell.picture, self.position + i, label=unknown)

    def _lane(self, at: int, end: int, start: int, stop: int) -> Iterator[FieldItem]:
        """One person's columns, as a table of its own, or a strip where it is one cell wide."""
        rows = [
            replace(r, cells=tuple(c for c in r.cells if start <= c.column < stop))
            for r in self.rows[at:end]
        ]
        if any(len(row.cells) > 1 or any(c.tables for c in row.cells) for row in rows):
            yield from read_table_fields(rows, self.position + at, self.known)
            return
        lines: list[PrintedLine] = []
        for i, row in enumerate(rows, at):
            for cell in row.cells:
                own = lines_of_cell(cell, self.position + i, self.known)
                lines += own or [PrintedLine("", self.position + i)]
        yield from read_line_fields(lines, self._where(at), self.known)

    # The same labels again beside themselves

    def _repeated(self, at: int) -> tuple[int, list[FieldItem]]:
        columns: dict[str, list[int]] = {}
        for j, cell in enumerate(self.rows[at].cells):
            for key in {t.key for one in self.labels[at][j] for t in one.terms if not t.person}:
                columns.setdefault(key, []).append(cell.column)
        first = next(iter(sorted(columns.values(), key=lambda c: (c[0], -len(c)))), [])
        if not self.people or len(first) < 2 or not 1 < len(first) < 5:
            return at, []
        first[0] = 0
        whose = [i for i in range(at + 1, len(self.rows)) if len(self._people_at(i)) > 1]
        last = len(self.rows) - 1
        if whose == [last] and self._only_whose(last):
            return last + 1, self._lanes(at, last, first, last)
        end = whose[0] if whose and not self._under_roles(at, whose) else len(self.rows)
        return end, self._lanes(at, end, first)

    def _under_roles(self, at: int, whose: Sequence[int]) -> bool:
        """Whether the one row of roles stands amid what each person has: what is asked below it is
        nothing that was asked above it."""
        above, below = (
            {
                key
                for i in rows
                for j in range(len(self.rows[i].cells))
                for key in self._part_keys(i, j)
            }
            for rows in (range(at, whose[0]), range(whose[0] + 1, len(self.rows)))
        )
        return len(whose) == 1 and bool(below) and above.isdisjoint(below)

    # A column of labels, and a column of values for each person

    def _value_columns(self, at: int) -> tuple[int, list[FieldItem]]:
        end = at
        while end < len(self.rows) and self._label_and_values(end):
            end += 1
        both = any(self.kinds[i][1:] == ["value", "value"] for i in range(at, end))
        if not self.people or end - at < 2 or not both:
            return at, []
        starts = [cell.column for cell in self.rows[at].cells[1:]]
        return end, self._lanes(at, end, starts)

    # Label and value side by side, or one under the other

    def _pairs(self, at: int) -> Iterator[FieldItem]:
        for j, cell in enumerate(self.rows[at].cells):
            if (at, j) in self.taken:
                continue
            answer = self._answer(at, j) if self.kinds[at][j] in ("label", "open") else None
            lines = self.lines[at][j]
            beyond = None
            if answer is not None:
                self.taken.add(answer)
                beyond = self.rows[answer[0]].cells[answer[1]]
                if paired := self._paired(at, j, answer):
                    yield from paired
                    continue
            spot: ValueSpot = "under" if answer is not None and answer[0] > at else "beside"
            yield from read_line_fields(lines, self._where(at), self.known, beyond, spot)
            for table in cell.tables:
                yield from read_table_fields(table, self.position + at, self.known)

    def _answer(self, at: int, j: int) -> tuple[int, int] | None:
        """The next cell, unless that is a label itself; then the one underneath."""
        cell = self.rows[at].cells[j]
        if j + 1 < len(self.rows[at].cells) and self._may_answer(at, j + 1):
            return at, j + 1
        if at + 1 >= len(self.rows):
            return None
        under = next(
            (
                k
                for k, c in enumerate(self.rows[at + 1].cells)
                if c.column <= cell.column < c.column + c.span
            ),
            None,
        )
        if under is None or not self._may_answer(at + 1, under):
            return None
        alone = j + 1 < len(self.rows[at].cells) or len(self.rows[at + 1].cells) == 1
        return (at + 1, under) if alone else None

    def _may_answer(self, at: int, j: int) -> bool:
        return self.kinds[at][j] in ("value", "empty") and (at, j) not in self.taken

    def _paired(self, at: int, j: int, answer: tuple[int, int]) -> list[FieldItem]:
        """Labels one under another in a cell, and as many lines in the cell beside it."""
        asked = [one for one in self.labels[at][j] if one.terms]
        values = [line for line in self.lines[answer[0]][answer[1]]]
        while values and values[-1].is_empty and len(values) > len(asked):
            values.pop()
        if len(asked) < 2 or len(asked) != len(values):
            return []
        where = self._where(at)
        return [
            FoundField(
                one.terms, entered_value(line.text), line.picture, line.ticks, self.position + at,
                replace(where, section=one.terms[0].words), one.note,
            )
            for one, line in zip(asked, values, strict=True)
        ]  # fmt: skip


def _keys(heads: Mapping[int, tuple[LabelTerm, ...]]) -> set[str]:
    return {term.key for terms in heads.values() for term in terms}
