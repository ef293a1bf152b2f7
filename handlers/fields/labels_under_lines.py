"""Reads labels that stand under the lines they name: "A. Person", a rule, "(Signature)".

Without a rule it is told by what the values look like: a day over "Date", and none under it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.fields.drawn_lines import entered_value, holds_drawn_line
from handlers.fields.labels import LineLabel, PrintedLine
from handlers.fields.people import is_letter_closing, is_sentence, rate_value_look

MAX_VALUE_LENGTH = 100
_APART = re.compile(r"\s*\t\s*|[ ]{3,}")
_RUN = re.compile(r"[ ]{3,}|\t")


@dataclass(frozen=True, slots=True)
class LabelsUnder:
    """Which lines hold labels that stand under their values, those values, and which lines they
    are taken from."""

    values: dict[int, list[PrintedLine]]
    taken: frozenset[int]


NO_LABELS_UNDER = LabelsUnder({}, frozenset())


def find_labels_under(
    lines: Sequence[PrintedLine], labels: Sequence[Sequence[LineLabel]]
) -> LabelsUnder:
    return _Reading(lines, labels).read_labels_under()


class _Reading:
    """One run of lines, the labels of each beside them."""

    def __init__(self, lines: Sequence[PrintedLine], labels: Sequence[Sequence[LineLabel]]) -> None:
        self.lines, self.labels = lines, labels
        self.asked = [i for i in range(len(lines)) if self._bare(i)]
        if any(one.colon for i in self.asked for one in labels[i]) and not self._have_drawn_lines():
            self.asked = [i for i in self.asked if not any(one.colon for one in labels[i])]

    def _bare(self, at: int) -> bool:
        """Labels that ask for something, with nothing beside them."""
        found = self.labels[at]
        asks = any(not term.person for one in found for term in one.terms)
        return asks and not any(o.value or o.drawn for o in found)

    def read_labels_under(self) -> LabelsUnder:
        if not self.asked:
            return NO_LABELS_UNDER
        over = {i: self._over(i) for i in self.asked}
        if not self._stand_under(over):
            return NO_LABELS_UNDER
        values = {i: self._shared_out(i, own) for i, own in over.items()}
        taken = {k for own in over.values() for k in own}
        return LabelsUnder(values, frozenset(taken))

    def _over(self, at: int) -> list[int]:
        """The lines over a label: the rule, the value, or the value and then the rule."""
        out: list[int] = []
        for i in range(at - 1, max(at - 4, -1), -1):
            line = self.lines[i]
            if line.is_empty:
                continue
            if self.labels[i] or line.heading or not _is_short(line):
                break
            if is_letter_closing(line.text):
                break  # whoever signs comes after it
            if (line.is_drawn and out) or (not line.is_drawn and at - i > 2 and not out):
                break
            out.insert(0, i)
            if not line.is_drawn:
                break
        return out

    def _stand_under(self, over: dict[int, list[int]]) -> bool:
        if not any(over.values()):
            return False
        if self._have_drawn_lines():
            return True
        here, there = self._fit(over), self._fit_below()
        if here != there:
            return here > there
        first, last = self.asked[0], self.asked[-1]
        return bool(over[first]) and all(over.values()) and self._ends(last)

    def _have_drawn_lines(self) -> bool:
        """Whether each label stands right under a rule to write on, and none follows the last."""
        over = [self._over(i) for i in self.asked]
        last = self.asked[-1]
        after = next((line for line in self.lines[last + 1 : last + 3] if not line.is_empty), None)
        return all(own and holds_drawn_line(self.lines[own[-1]].text) for own in over) and not (
            after is not None and after.is_drawn
        )

    def _ends(self, last: int) -> bool:
        """Nothing stands below the last label that may be meant for it."""
        near = range(last + 1, min(last + 3, len(self.lines)))
        after = next((i for i in near if not self.lines[i].is_empty), None)
        return after is None or bool(self.labels[after]) or self.lines[after].is_drawn

    def _fit(self, over: dict[int, list[int]]) -> int:
        """How well what stands over the labels answers them."""
        return sum(
            _fit_of(self.labels[i], values)
            for i, own in over.items()
            if own and (values := self._shared_out(i, own))
        )

    def _fit_below(self) -> int:
        """How well what stands below them would."""
        total = 0
        for i in self.asked:
            near = range(i + 1, min(i + 3, len(self.lines)))
            below = next((k for k in near if not self.lines[k].is_empty), None)
            if below is None or self.labels[below] or not _is_short(self.lines[below]):
                continue
            total += _fit_of(
                self.labels[i], split_into_values(self.lines[below], len(self.labels[i])) or ()
            )
        return total

    def _shared_out(self, at: int, own: Sequence[int]) -> list[PrintedLine]:
        """What stands over each of a line's labels."""
        found = self.labels[at]
        if not own:
            return [PrintedLine("", self.lines[at].position) for _ in found]
        line = self.lines[own[0]]
        values = split_into_values(line, len(found)) or _by_tabs(
            line, self.lines[at].text, len(found)
        )
        return values or [PrintedLine("", line.position) for _ in found]


def _is_short(line: PrintedLine) -> bool:
    """May be values, and is no sentence."""
    if line.is_drawn:
        return True
    parts = [part for part in _RUN.split(line.text) if part.strip()]
    sentence = line.text.rstrip().endswith(".") and not holds_drawn_line(line.text)
    return not sentence and all(len(p) <= MAX_VALUE_LENGTH and not is_sentence(p) for p in parts)


def _fit_of(found: Sequence[LineLabel], values: Sequence[PrintedLine]) -> int:
    looks = [next((t.look for t in one.terms if not t.person), "") for one in found]
    return sum(rate_value_look(line.text, look) for look, line in zip(looks, values, strict=False))


def split_into_values(line: PrintedLine, count: int) -> list[PrintedLine] | None:
    """A line taken apart into as many values as there are labels; None where it has not as many."""
    if count == 1:
        return [replace(line, text=entered_value(line.text))]
    for parts in (line.text.split("\t"), _APART.split(line.text.strip())):
        if len(parts) == count:
            return [
                replace(line, text=entered_value(part), picture=line.picture and i == 0)
                for i, part in enumerate(parts)
            ]
    return None


def _by_tabs(line: PrintedLine, labels: str, count: int) -> list[PrintedLine] | None:
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
        out[own] = replace(line, text=entered_value(part), picture=False)
        free = own + 1
    return out
