"""Reads labels and values out of a run of printed lines, whichever way they are laid out.

A value in the line below is at most 100 letters. Labels side by side are told from their values
only where tabs or wide gaps part both into as many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from handlers.document import Cell
from handlers.fields.drawn_lines import entered_value
from handlers.fields.label_meanings import (
    FieldItem,
    FoundField,
    LabelLexicon,
    UnclaimedText,
    ValueSpot,
)
from handlers.fields.labels import LineLabel, PrintedLine, find_line_labels, looks_like_label
from handlers.fields.labels_under_lines import find_labels_under, split_into_values
from handlers.fields.people import is_bracketed_name, is_letter_closing, look_of_text
from handlers.findings import FindingPlace

MAX_BELOW_LENGTH = 100


def read_line_fields(
    lines: Sequence[PrintedLine],
    where: FindingPlace,
    known: LabelLexicon,
    beyond: Cell | None = None,
    spot: ValueSpot = "beside",
) -> Iterator[FieldItem]:
    """Every blank in the lines, and what no label claims. `beyond` is the cell that answers a
    label left open at their end, and `spot` where that is."""
    yield from _Strip(lines, where, known, beyond, spot).iter_items()


class _Strip:
    """One reading of one run of lines."""

    def __init__(
        self,
        lines: Sequence[PrintedLine],
        where: FindingPlace,
        known: LabelLexicon,
        beyond: Cell | None,
        spot: ValueSpot,
    ) -> None:
        self.lines, self.where, self.beyond, self.spot = lines, where, beyond, spot
        self.labels = [find_line_labels(line.text, known) for line in lines]
        self._value_jobs()
        self.under = find_labels_under(lines, self.labels)
        self.taken = [i in self.under.taken for i in range(len(lines))]

    def iter_items(self) -> Iterator[FieldItem]:
        for at, line in enumerate(self.lines):
            if self.taken[at] or line.is_empty:
                continue
            if self.labels[at]:
                yield from self._blanks(at)
            elif line.picture or entered_value(line.text) or is_bracketed_name(line.text):
                yield UnclaimedText(line.text, line.picture, line.position, heading=line.heading)

    def _value_jobs(self) -> None:
        """Words for a role under a label that asks for a job are that job, where the person's
        other blanks go on below."""
        asked: set[str] = set()
        open_, last_at = False, 0
        for at, found in enumerate(self.labels):
            if self.lines[at].is_empty:
                continue
            whose = len(found) == 1 and _only_whose(found)
            goes_on = self._goes_on(at, asked, at - last_at == 1)
            last_at = at
            if open_ and whose and not found[0].colon and goes_on:
                self.labels[at] = []
                open_ = False
                continue
            asked = set() if whose else asked | {t.key for one in found for t in one.terms}
            last = found[-1] if found else None
            open_ = last is not None and not last.value and any(t.job for t in last.terms)

    def _goes_on(self, at: int, asked: set[str], right_below: bool) -> bool:
        after = next((f for f in self.labels[at + 1 :] if f), None)
        if after is None:
            return right_below
        return not asked & {t.key for one in after for t in one.terms}

    # One line of labels

    def _blanks(self, at: int) -> Iterator[FieldItem]:
        line, found = self.lines[at], self.labels[at]
        under = self.under.values.get(at)
        values = self._values_below(at) if under is None else under
        holder = next((i for i, one in enumerate(found) if not one.value), 0)
        for i, one in enumerate(found):
            if not one.terms:
                if one.value or (line.picture and i == holder):
                    yield UnclaimedText(one.value, line.picture, line.position, label=True)
                elif i == len(found) - 1 and not one.drawn:
                    yield from self._unknown_below(at)
                continue
            field = self._field(one, line, i == holder)
            if values and field.is_blank:
                field = replace(field, text=values[i].text, picture=values[i].picture, below=True)
            elif field.is_blank and i == len(found) - 1:
                field = self._completed(field, one, at)
            yield field

    def _field(self, one: LineLabel, line: PrintedLine, holder: bool) -> FoundField:
        where = replace(self.where, section=one.terms[0].words)
        ticks = line.ticks if holder else ()
        return FoundField(
            one.terms,
            one.value,
            line.picture and holder,
            ticks,
            line.position,
            where,
            one.note,
            one.drawn,
        )

    def _completed(self, field: FoundField, one: LineLabel, at: int) -> FoundField:
        """An open label at a line's end, with the value below it or in the next cell."""
        if field.ticks or one.drawn or at in self.under.values or _whose(one):
            return self._from_beyond(field, at) if _whose(one) else field
        below = self._next(at)
        if below is None:
            return self._from_beyond(field, at)
        return self._from_line(field, at, below)

    def _next(self, at: int) -> int | None:
        """The next line with something in it, if it is one of the two that follow."""
        near = range(at + 1, min(at + 3, len(self.lines)))
        return next((i for i in near if not self.lines[i].is_empty), None)

    def _from_line(self, field: FoundField, at: int, below: int) -> FoundField:
        line = self.lines[below]
        heading = line.heading and not self.lines[at].heading
        if heading or len(line.text) > MAX_BELOW_LENGTH or self.labels[below] or self.taken[below]:
            return field
        bracketed = not entered_value(line.text) and any(c.isalnum() for c in line.text)
        if _has_label(line.text) or bracketed or is_letter_closing(line.text):
            return field
        self.taken[below] = True
        return replace(
            field, text=entered_value(line.text), picture=line.picture, ticks=line.ticks, below=True
        )

    def _unknown_below(self, at: int) -> Iterator[FieldItem]:
        """What stands under a label that nobody told us of is its value, and nobody else's."""
        below = self._next(at)
        if below is not None and not self.labels[below] and not self.taken[below]:
            line = self.lines[below]
            if not self.lines[at].heading and len(line.text) <= MAX_BELOW_LENGTH:
                self.taken[below] = True
                yield UnclaimedText(line.text, line.picture, line.position, label=True)

    def _from_beyond(self, field: FoundField, at: int) -> FoundField:
        rest = self.lines[at + 1 :]
        if self.beyond is None or any(not line.is_empty for line in rest):
            return field
        cell = self.beyond
        lines = "\n".join(p.text for p in cell.paragraphs if not p.placeholder)
        whose = any(term.person for term in field.terms)  # a name, a job and a day, each on a line
        shown = ", ".join(filter(str.strip, lines.split("\n"))) if whose else lines
        return replace(
            field, text=entered_value(shown), picture=cell.picture, ticks=cell.ticks, spot=self.spot
        )

    # Several labels side by side, their values below or above

    def _values_below(self, at: int) -> list[PrintedLine] | None:
        found = self.labels[at]
        if len(found) < 2 or any(one.value or one.drawn for one in found):
            return None
        below = self._next(at)
        if below is None or self.labels[below] or self.lines[below].heading:
            return None
        values = split_into_values(self.lines[below], len(found))
        if values:
            self.taken[below] = True
        return values


def _has_label(text: str) -> bool:
    """Whether a line begins with a label that nobody told us of: "Name of worker<tab>A. Person"."""
    head, tab, rest = text.partition("\t")
    told = bool(tab and head.strip() and rest.strip()) and look_of_text(head) != "name"
    return told or looks_like_label(text)


def _whose(one: LineLabel) -> bool:
    """A label that says whose the blanks are, and asks for nothing."""
    return all(term.person for term in one.terms)


def _only_whose(found: Sequence[LineLabel]) -> bool:
    return all(_whose(one) for one in found)
