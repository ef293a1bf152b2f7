"""Lines one under another, and the blanks in them.

Does: reads labels and values out of a run of printed lines: in one line, on the next, labels side
by side over their values, labels *under* the lines they belong to.
Trusts: nothing.
Never touches: tables; `handlers/document/cells.py` reads those, a cell a strip.
Known limits: a value in the line below is taken to be at most 100 letters. Labels side by side
are told from their values only where tabs or wide gaps part both into as many.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from handlers.document.block import Cell, Paragraph
from handlers.document.filled import Filled, Item, Loose
from handlers.document.label import Labelled, entered, labels_in
from handlers.document.lexicon import Lexicon
from handlers.finding import Where

LONGEST_BELOW = 100
_ALL_DRAWN = re.compile(r"[\s._\u2026|-]*(?:[._]{2,}|\u2026)[\s._\u2026|-]*")
_APART = re.compile(r"\s*\t\s*|[ ]{3,}")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. A paragraph with line breaks in it is several."""

    text: str
    position: int
    picture: bool = False
    ticks: tuple[bool, ...] = ()
    heading: bool = False

    @property
    def empty(self) -> bool:
        return not (self.text.strip() or self.picture or self.ticks)

    @property
    def drawn(self) -> bool:
        """Nothing but a rule to write on."""
        return bool(self.text.strip()) and _ALL_DRAWN.fullmatch(self.text) is not None


def lines_of(paragraphs: Iterable[Paragraph], position: int, known: Lexicon) -> list[Line]:
    """The printed lines of some paragraphs; a control that nobody filled in is an empty one."""
    return [line for p in paragraphs for line in _lines(p, position, known)]


def cell_lines(cell: Cell, position: int, known: Lexicon) -> list[Line]:
    """Those of a cell; a label that was wrapped by hand is one line."""
    text = " ".join(cell.text.split())
    if "\n" in cell.text and known.meaning(text) and not _several(cell, known):
        return [Line(text, position, cell.picture, cell.ticks)]
    return lines_of(cell.paragraphs, position, known)


def _several(cell: Cell, known: Lexicon) -> bool:
    """Whether each line of a cell is a label by itself."""
    return all(known.meaning(line) for line in cell.text.split("\n") if line.strip())


def _lines(paragraph: Paragraph, position: int, known: Lexicon) -> list[Line]:
    if paragraph.placeholder:
        return [Line("", position)]
    heading = paragraph.heading > 0
    out = [Line(text, position, heading=heading) for text in paragraph.text.split("\n")]
    if paragraph.picture or paragraph.ticks:
        held = next((i for i, line in enumerate(out) if _has_blank(line.text, known)), 0)
        out[held] = replace(out[held], picture=paragraph.picture, ticks=paragraph.ticks)
    return out


def _has_blank(line: str, known: Lexicon) -> bool:
    return any(not found.value for found in labels_in(line, known))


def read_lines(
    lines: Sequence[Line], where: Where, known: Lexicon, beyond: Cell | None = None
) -> Iterator[Item]:
    """Every blank in the lines, and what no label claims. `beyond` is the cell that answers a
    label left open at their end."""
    yield from _Strip(lines, where, known, beyond).items()


class _Strip:
    """One reading of one run of lines."""

    def __init__(
        self, lines: Sequence[Line], where: Where, known: Lexicon, beyond: Cell | None
    ) -> None:
        self.lines, self.where, self.beyond = lines, where, beyond
        self.labels = [labels_in(line.text, known) for line in lines]
        self._value_jobs()
        self.taken = [False] * len(lines)
        self.under = self._labels_stand_under()

    def items(self) -> Iterator[Item]:
        for at, line in enumerate(self.lines):
            if self.taken[at] or line.empty:
                continue
            if self.labels[at]:
                yield from self._blanks(at)
            elif not self._answers_below(at) and (line.picture or entered(line.text)):
                yield Loose(line.text, line.picture, line.position, heading=line.heading)

    def _value_jobs(self) -> None:
        """Words for a role under a label that asks for a job are that job, where the person's
        other blanks go on below."""
        asked: set[str] = set()
        open_ = False
        for at, found in enumerate(self.labels):
            if self.lines[at].empty:
                continue
            whose = len(found) == 1 and _only_whose(found)
            if open_ and whose and not found[0].colon and self._goes_on(at, asked):
                self.labels[at] = []
                open_ = False
                continue
            asked = set() if whose else asked | {t.key for one in found for t in one.terms}
            last = found[-1] if found else None
            open_ = last is not None and not last.value and any(t.job for t in last.terms)

    def _goes_on(self, at: int, asked: set[str]) -> bool:
        after = next((f for f in self.labels[at + 1 :] if f), None)
        return after is None or not asked & {t.key for one in after for t in one.terms}

    # One line of labels

    def _blanks(self, at: int) -> Iterator[Item]:
        line, found = self.lines[at], self.labels[at]
        values = self._over(at) if self.under else self._values_below(at)
        holder = next((i for i, one in enumerate(found) if not one.value), 0)
        for i, one in enumerate(found):
            if not one.terms:
                if one.value or (line.picture and i == holder):
                    yield Loose(one.value, line.picture, line.position, label=True)
                elif i == len(found) - 1 and not one.drawn:
                    yield from self._unknown_below(at)
                continue
            field = self._field(one, line, i == holder)
            if values and field.blank:
                field = replace(field, text=values[i].text, picture=values[i].picture, below=True)
            elif field.blank and i == len(found) - 1:
                field = self._completed(field, one, at)
            yield field

    def _field(self, one: Labelled, line: Line, holder: bool) -> Filled:
        where = replace(self.where, section=one.terms[0].words)
        ticks = line.ticks if holder else ()
        return Filled(
            one.terms,
            one.value,
            line.picture and holder,
            ticks,
            line.position,
            where,
            one.note,
            one.drawn,
        )

    def _completed(self, field: Filled, one: Labelled, at: int) -> Filled:
        """An open label at a line's end, with the value below it or in the next cell."""
        if field.ticks or one.drawn or self.under or _whose(one):
            return self._from_beyond(field, at) if _whose(one) else field
        below = self._next(at)
        if below is None:
            return self._from_beyond(field, at)
        return self._from_line(field, at, below)

    def _next(self, at: int) -> int | None:
        """The next line with something in it, if it is one of the two that follow."""
        near = range(at + 1, min(at + 3, len(self.lines)))
        return next((i for i in near if not self.lines[i].empty), None)

    def _from_line(self, field: Filled, at: int, below: int) -> Filled:
        line = self.lines[below]
        heading = line.heading and not self.lines[at].heading
        if heading or len(line.text) > LONGEST_BELOW or self.labels[below] or self.taken[below]:
            return field
        self.taken[below] = True
        return replace(
            field, text=entered(line.text), picture=line.picture, ticks=line.ticks, below=True
        )

    def _unknown_below(self, at: int) -> Iterator[Item]:
        """What stands under a label that nobody told us of is its value, and nobody else's."""
        below = self._next(at)
        if below is not None and not self.labels[below] and not self.taken[below]:
            line = self.lines[below]
            if not self.lines[at].heading and len(line.text) <= LONGEST_BELOW:
                self.taken[below] = True
                yield Loose(line.text, line.picture, line.position, label=True)

    def _from_beyond(self, field: Filled, at: int) -> Filled:
        rest = self.lines[at + 1 :]
        if self.beyond is None or any(not line.empty for line in rest):
            return field
        cell = self.beyond
        shown = "\n".join(p.text for p in cell.paragraphs if not p.placeholder)
        return replace(field, text=entered(shown), picture=cell.picture, ticks=cell.ticks)

    # Several labels side by side, their values below or above

    def _values_below(self, at: int) -> list[Line] | None:
        found = self.labels[at]
        if len(found) < 2 or any(one.value or one.drawn for one in found):
            return None
        below = self._next(at)
        if below is None or self.labels[below] or self.lines[below].heading:
            return None
        values = _side_by_side(self.lines[below], len(found))
        if values:
            self.taken[below] = True
        return values

    def _over(self, at: int) -> list[Line] | None:
        above = self._line_over(at)
        if above is None:
            return None
        found = self.labels[at]
        rule = _line_before(self.lines, above) if self.lines[above].drawn else None
        if rule is not None and self._may_stand_over(rule) and not self.lines[rule].drawn:
            above = rule
        values = _side_by_side(self.lines[above], len(found))
        return values or _by_tabs(self.lines[above], self.lines[at].text, len(found))

    def _answers_below(self, at: int) -> bool:
        """Whether a line is the value of labels that stand under it."""
        if not self.under:
            return False
        below = next((i for i in range(at + 1, len(self.lines)) if not self.lines[i].empty), None)
        if below is not None and self.lines[below].drawn:
            below = next(
                (i for i in range(below + 1, len(self.lines)) if not self.lines[i].empty), None
            )
        return below is not None and self._is_under(below) and self._line_over(below) is not None

    def _labels_stand_under(self) -> bool:
        """Whether labels stand under the lines that they name, throughout the strip."""
        asked = [i for i, found in enumerate(self.labels) if found and not _only_whose(found)]
        if not asked or not all(self._is_under(i) for i in asked):
            return False
        first, last = self._line_over(asked[0]), asked[-1]
        if first is None or any(self._line_over(i) is None for i in asked):
            return False
        after = self._next(last)
        colons = any(one.colon for i in asked for one in self.labels[i])
        plain = after is None or bool(self.labels[after]) or self.lines[after].drawn
        return (plain and not colons) or self._over_rule(asked)

    def _over_rule(self, asked: Sequence[int]) -> bool:
        """Every label stands right under a rule that was drawn to write on."""
        above = [_line_before(self.lines, i) for i in asked]
        return all(i is not None and _has_rule(self.lines[i].text) for i in above)

    def _is_under(self, at: int) -> bool:
        found = self.labels[at]
        return bool(found) and not any(one.value or one.drawn for one in found)

    def _line_over(self, at: int) -> int | None:
        above = _line_before(self.lines, at)
        return above if above is not None and self._may_stand_over(above) else None

    def _may_stand_over(self, above: int) -> bool:
        """Whether a line can be what was written over a label, and is no sentence."""
        line = self.lines[above]
        if self.labels[above] or line.heading:
            return False
        sentence = len(line.text) > LONGEST_BELOW or line.text.rstrip().endswith(".")
        return line.drawn or not sentence


def _line_before(lines: Sequence[Line], at: int) -> int | None:
    return next((i for i in range(at - 1, max(at - 3, -1), -1) if not lines[i].empty), None)


def _has_rule(text: str) -> bool:
    return re.search(r"[._]{3,}|\u2026", text) is not None


def _side_by_side(line: Line, count: int) -> list[Line] | None:
    """A line taken apart into as many values as there are labels; None where it has not as many."""
    if count == 1:
        return [replace(line, text=entered(line.text))]
    for parts in (line.text.split("\t"), _APART.split(line.text.strip())):
        if len(parts) == count:
            return [
                replace(line, text=entered(part), picture=line.picture and i == 0)
                for i, part in enumerate(parts)
            ]
    return None


def _by_tabs(line: Line, labels: str, count: int) -> list[Line] | None:
    """Fewer values than labels, each over the label to which its tabs bring it."""
    at = [i for i, part in enumerate(labels.split("\t")) if part.strip()]
    values = [(i, part) for i, part in enumerate(line.text.split("\t")) if part.strip()]
    if len(at) != count or not 0 < len(values) < count:
        return None
    out = [replace(line, text="", picture=False) for _ in at]
    free = 0
    for i, part in values:
        own = min(range(free, count), key=lambda k: abs(at[k] - i), default=None)
        if own is None:
            return None
        out[own] = replace(line, text=entered(part), picture=False)
        free = own + 1
    return out


def _whose(one: Labelled) -> bool:
    """A label that says whose the blanks are, and asks for nothing."""
    return all(term.person for term in one.terms)


def _only_whose(found: Sequence[Labelled]) -> bool:
    return all(_whose(one) for one in found)
