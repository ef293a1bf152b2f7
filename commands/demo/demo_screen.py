"""What the person watching the demonstration sees: a table of the case, and what just happened.

On something that is not a terminal the same is printed as lines.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rich import box
from rich.console import Console, Group
from rich.live import Live
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from config.kind import Kinds
from handlers.register.matrix import CaseRow
from outbox.digest.case_matrix import return_status_words

# Seconds, so that a person can follow; the whole stays under a minute.
CHANGE_SECONDS = 1.2  # after something that moved the case
LINE_SECONDS = 0.5  # after anything else
SENTENCE_SECONDS = 2.5  # to read a sentence or two
TABLE_SECONDS = 3.5  # to look over a table
LETTER_SECONDS = 3.6  # to see what a letter says

_WORDS = {"LATE, needs changes": "OVERDUE"}  # so that the table keeps to 80 columns
_COLOURS = {
    "accepted": "green",
    "needs changes": "yellow",
    "look at it": "magenta",
    "OVERDUE": "bold red",
}


class DemoScreen:
    """One case on the screen."""

    def __init__(self, console: Console, kinds: Kinds) -> None:
        self._console = console
        self._kinds = kinds
        self._live: Live | None = None
        self._lines: list[Padding] = []
        self._last: CaseRow | None = None

    def show_explanation(self, text: str) -> None:
        """A sentence or two, and time to read them."""
        self._console.print(Padding(Text(text), (0, 2, 1, 2)))
        self.pause_for(SENTENCE_SECONDS)

    @contextmanager
    def show_day(self, title: str, about: str, case: CaseRow) -> Iterator[None]:
        """Everything said inside belongs to one day, under one table."""
        self._console.rule(title)
        self.show_explanation(about)
        self._lines = []
        if not self._console.is_terminal:
            yield
            return
        with Live(self._shown(case), console=self._console, auto_refresh=False) as live:
            self._live = live
            self._last = case
            yield
            live.update(self._whole(self._last))
            self._live = None
        self.pause_for(CHANGE_SECONDS)

    def show_line(self, line: str, case: CaseRow, style: str = "") -> None:
        """One more thing happened, after which the case stands like this."""
        self._lines.append(Padding(Text(line, style), (0, 0, 0, 2)))
        if self._live is None:
            self._console.print(self._lines[-1])
            return
        before, self._last = self._last, case
        self._live.update(self._shown(case), refresh=True)
        self.pause_for(CHANGE_SECONDS if case != before else LINE_SECONDS)

    def show_section(self, title: str, shown: Table | Text, seconds: float = TABLE_SECONDS) -> None:
        """A table or a letter under a heading, and time to look at it."""
        self._console.rule(title)
        self._console.print(shown)
        self.pause_for(seconds)

    def close(self, title: str, lines: Iterable[str]) -> None:
        """The last words, each line whole, so that it can be copied."""
        self._console.rule(title)
        for line in lines:
            self._console.print(line, markup=False, soft_wrap=True)

    def pause_for(self, seconds: float) -> None:
        if self._console.is_terminal:
            time.sleep(seconds)

    def _shown(self, case: CaseRow) -> Group:
        """As many of the last lines as the screen has room for below the table."""
        room = max(1, self._console.height - len(case.agencies) - 8)
        return Group(case_as_table(case, self._kinds), *self._lines[-room:])

    def _whole(self, case: CaseRow) -> Group:
        return Group(case_as_table(case, self._kinds), *self._lines, Text())


def case_as_table(case: CaseRow, kinds: Kinds) -> Table:
    """The case as a table, agency by return, in words and in colour."""
    owed = {row.kind for agency in case.agencies for row in agency.returns}
    columns = [kind for kind in kinds.all if kind.id in owed]
    # Narrow enough for a terminal of 80 columns with every word whole.
    shown = Table(box=box.SIMPLE, padding=0, pad_edge=False)
    shown.add_column(f"Case {case.reference}", no_wrap=True)
    for kind in columns:
        shown.add_column(kind.column_heading, no_wrap=True)
    for agency in case.agencies:
        by_kind = {row.kind: return_status_words(row) for row in agency.returns}
        words = [_WORDS.get(w, w) for w in (by_kind.get(kind.id, "") for kind in columns)]
        shown.add_row(agency.name, *(Text(w, style=_COLOURS.get(w, "dim")) for w in words))
    return shown
