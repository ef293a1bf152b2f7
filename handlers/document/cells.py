"""Blanks laid out in a table: label and value side by side, under headings, a column a person.

Does: finds how a table is laid out and reads its cells in the order of the people they are about.
A heading row over values, a column or a row for each person, a cell for each person, pairs of
label and value; tables inside cells too.
Trusts: nothing.
Never touches: what the blanks are for.
Known limits: a table is taken for one layout from the row that shows it to the next that shows
another. A label is answered in the next cell, or under it where the next is a label too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from handlers.document.block import Cell, Row
from handlers.document.filled import Filled, Item, Loose, NextPerson
from handlers.document.label import Labelled, entered, labels_in
from handlers.document.lexicon import Lexicon, Term
from handlers.document.strip import Line, cell_lines, read_lines
from handlers.finding import Where

Kind = Literal["empty", "label", "open", "inner", "value", "continued"]
_SPARE = 2  # rows under a heading that may be wholly blank and still be somebody's


def read_table(rows: Sequence[Row], position: int, known: Lexicon) -> Iterator[Item]:
    """Every blank in a table, and what no label claims. `position` is its first row's block."""
    yield from _Table(rows, position, known).items()


class _Table:
    """One reading of one table."""

    def __init__(self, rows: Sequence[Row], position: int, known: Lexicon) -> None:
        self.rows, self.position, self.known = rows, position, known
        self.lines = [
            [cell_lines(c, position + i, known) for c in r.cells] for i, r in enumerate(rows)
        ]
        self.labels = [[_labels(lines, known) for lines in row] for row in self.lines]
        self.kinds = [
            [_kind(c, self.lines[i][j], self.labels[i][j]) for j, c in enumerate(r.cells)]
            for i, r in enumerate(rows)
        ]
        self._value_jobs()
        self.taken: set[tuple[int, int]] = set()
        self.people = any(term.person for term in known.terms.values())

    def _value_jobs(self) -> None:
        """Words for a role beside a label that asks for a job are that job, and no label."""
        for at, kinds in enumerate(self.kinds):
            for j in range(1, len(kinds)):
                asks = any(self._job(at, k) for k in (0, j - 1))
                if asks and kinds[j] == "label" and self._person_in(at, j):
                    kinds[j], self.labels[at][j] = "value", []

    def _job(self, at: int, j: int) -> bool:
        return self.kinds[at][j] == "label" and any(term.job for term in self._terms(at, j))

    def items(self) -> Iterator[Item]:
        at = 0
        while at < len(self.rows):
            for layout in (self._headed, self._person_columns, self._repeated, self._value_columns):
                end, found = layout(at)
                if end > at:
                    yield from found
                    yield NextPerson()
                    at = end
                    break
            else:
                yield from self._pairs(at)
                at += 1

    # A row of headings, a row for each person

    def _headed(self, at: int) -> tuple[int, list[Item]]:
        heads = self._heads(at)
        if not heads:
            return at, []
        out: list[Item] = []
        end = at + 1
        while end < len(self.rows) and not self._labelled(end, heads):
            blank = all(kind in ("empty", "continued") for kind in self.kinds[end])
            if not blank or end - at <= _SPARE:
                out += [NextPerson()] if end - at > 1 else []
                out += self._under(end, heads)
            end += 1
        return end, out

    def _heads(self, at: int) -> dict[int, tuple[Term, ...]]:
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

    def _labelled(self, at: int, heads: dict[int, tuple[Term, ...]]) -> bool:
        """Whether a row has labels of its own where the headings' values should be."""
        return any(
            self.kinds[at][j] in ("label", "open", "inner") and self._asks(at, j)
            for j, cell in enumerate(self.rows[at].cells)
            if cell.column in heads
        )

    def _asks(self, at: int, j: int) -> bool:
        return any(not term.person for one in self.labels[at][j] for term in one.terms)

    def _under(self, at: int, heads: dict[int, tuple[Term, ...]]) -> Iterator[Item]:
        whose: list[Item] = []
        rest: list[Item] = []
        for j, cell in enumerate(self.rows[at].cells):
            role = self._person_in(at, j)
            terms = heads.get(cell.column, ())
            if role and not any(term.job for term in terms):
                whose.append(Filled(role, position=self.position + at))
            elif [t for t in terms if not t.person]:
                rest.append(self._filled(terms, self._cell(at, j), at))
            elif self.kinds[at][j] != "empty":
                rest += read_lines(self.lines[at][j], self._where(at), self.known)
        yield from (*whose, *rest)

    def _person_in(self, at: int, j: int) -> tuple[Term, ...]:
        """Whose row it is, where a cell says so and nothing else."""
        terms = self._terms(at, j) if self.kinds[at][j] == "label" else ()
        return terms if terms and all(term.person for term in terms) else ()

    def _cell(self, at: int, j: int) -> Cell:
        """A cell, or the one that it is merged with."""
        cell = self.rows[at].cells[j]
        while cell.continued and at > 0:
            at -= 1
            over = next((c for c in self.rows[at].cells if c.column == cell.column), None)
            cell = over or replace(cell, continued=False)
        return cell

    # A column for each person

    def _person_columns(self, at: int) -> tuple[int, list[Item]]:
        starts = self._people_at(at)
        if len(starts) < 2:
            return at, []
        end = next((i for i in range(at + 1, len(self.rows)) if len(self._people_at(i)) > 1),
                   len(self.rows))  # fmt: skip
        return end, self._lanes(at, end, starts)

    def _people_at(self, at: int) -> list[int]:
        """The columns that begin with a label of somebody's, each another's."""
        seen: dict[str, int] = {}
        for j, cell in enumerate(self.rows[at].cells):
            first = next((one for one in self.labels[at][j]), None)
            who = next((t.key for t in first.terms if t.person), "") if first else ""
            if who and who not in seen:
                seen[who] = cell.column
        return list(seen.values())

    def _lanes(self, at: int, end: int, starts: Sequence[int]) -> list[Item]:
        """Column by column, with the labels that stand before the first."""
        out: list[Item] = []
        last = max(c.column + c.span for i in range(at, end) for c in self.rows[i].cells)
        for start, stop in zip(starts, [*starts[1:], last], strict=True):
            out.append(NextPerson())
            if starts[0] > 0 and self._label_column(at, end, starts[0]):
                out += self._beside_labels(at, end, start, stop, starts[0])
            else:
                out += self._lane(at, end, start, stop)
        return out

    def _label_column(self, at: int, end: int, before: int) -> bool:
        return any(
            self.kinds[i][j] == "label" and self._asks(i, j)
            for i in range(at, end)
            for j, cell in enumerate(self.rows[i].cells)
            if cell.column < before
        )

    def _beside_labels(
        self, at: int, end: int, start: int, stop: int, before: int
    ) -> Iterator[Item]:
        for i in range(at, end):
            asked: tuple[Term, ...] = ()
            unknown = False
            for j, cell in enumerate(self.rows[i].cells):
                if cell.column < before:
                    asked = asked or self._terms(i, j)
                    unknown = unknown or (not asked and self.kinds[i][j] != "empty")
                elif start <= cell.column < stop:
                    yield from self._in_lane(i, j, asked, unknown)

    def _in_lane(self, i: int, j: int, asked: tuple[Term, ...], unknown: bool) -> Iterator[Item]:
        cell, kind = self._cell(i, j), self.kinds[i][j]
        if kind in ("label", "inner", "open"):
            yield from read_lines(self.lines[i][j], self._where(i), self.known)
        elif asked:
            yield self._filled(asked, cell, i)
        elif kind == "value":
            yield Loose(cell.text, cell.picture, self.position + i, label=unknown)

    def _lane(self, at: int, end: int, start: int, stop: int) -> Iterator[Item]:
        """One person's columns, as a table of its own, or a strip where it is one cell wide."""
        rows = [
            replace(r, cells=tuple(c for c in r.cells if start <= c.column < stop))
            for r in self.rows[at:end]
        ]
        if any(len(row.cells) > 1 or any(c.tables for c in row.cells) for row in rows):
            yield from read_table(rows, self.position + at, self.known)
            return
        lines: list[Line] = []
        for i, row in enumerate(rows, at):
            for cell in row.cells:
                own = cell_lines(cell, self.position + i, self.known)
                lines += own or [Line("", self.position + i)]
        yield from read_lines(lines, self._where(at), self.known)

    # The same labels again beside themselves

    def _repeated(self, at: int) -> tuple[int, list[Item]]:
        columns: dict[str, list[int]] = {}
        for j, cell in enumerate(self.rows[at].cells):
            for key in {t.key for one in self.labels[at][j] for t in one.terms if not t.person}:
                columns.setdefault(key, []).append(cell.column)
        first = next(iter(sorted(columns.values(), key=lambda c: (c[0], -len(c)))), [])
        if not self.people or len(first) < 2 or not 1 < len(first) < 5:
            return at, []
        first[0] = 0
        end = next((i for i in range(at + 1, len(self.rows)) if len(self._people_at(i)) > 1),
                   len(self.rows))  # fmt: skip
        return end, self._lanes(at, end, first)

    # A column of labels, and a column of values for each person

    def _value_columns(self, at: int) -> tuple[int, list[Item]]:
        end = at
        while end < len(self.rows) and self._label_and_values(end):
            end += 1
        both = any(self.kinds[i][1:] == ["value", "value"] for i in range(at, end))
        if not self.people or end - at < 2 or not both:
            return at, []
        starts = [cell.column for cell in self.rows[at].cells[1:]]
        return end, self._lanes(at, end, starts)

    def _label_and_values(self, at: int) -> bool:
        kinds = self.kinds[at]
        return (
            len(kinds) == 3
            and kinds[0] == "label"
            and self._asks(at, 0)
            and all(kind in ("value", "empty") for kind in kinds[1:])
        )

    # Label and value side by side, or one under the other

    def _pairs(self, at: int) -> Iterator[Item]:
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
            yield from read_lines(lines, self._where(at), self.known, beyond)
            for table in cell.tables:
                yield from read_table(table, self.position + at, self.known)

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

    def _paired(self, at: int, j: int, answer: tuple[int, int]) -> list[Item]:
        """Labels one under another in a cell, and as many lines in the cell beside it."""
        asked = [one for one in self.labels[at][j] if one.terms]
        values = [line for line in self.lines[answer[0]][answer[1]]]
        while values and values[-1].empty and len(values) > len(asked):
            values.pop()
        if len(asked) < 2 or len(asked) != len(values):
            return []
        where = self._where(at)
        return [
            Filled(
                one.terms, entered(line.text), line.picture, line.ticks, self.position + at,
                replace(where, section=one.terms[0].words), one.note,
            )
            for one, line in zip(asked, values, strict=True)
        ]  # fmt: skip

    # What all of them use

    def _terms(self, at: int, j: int) -> tuple[Term, ...]:
        return next((one.terms for one in self.labels[at][j] if one.terms), ())

    def _filled(self, terms: tuple[Term, ...], cell: Cell, at: int) -> Filled:
        where = replace(self._where(at), section=terms[0].words)
        shown = "\n".join(p.text for p in cell.paragraphs if not p.placeholder)
        return Filled(terms, entered(shown), cell.picture, cell.ticks, self.position + at, where)

    def _where(self, at: int) -> Where:
        return Where(table=self.rows[at].table, row=self.rows[at].number)


def _labels(lines: Sequence[Line], known: Lexicon) -> list[Labelled]:
    return [one for line in lines for one in labels_in(line.text, known)]


def _kind(cell: Cell, shown: Sequence[Line], labels: Sequence[Labelled]) -> Kind:
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
