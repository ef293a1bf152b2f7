"""The demonstration's stage: what the person watching sees.

Does: shows the case as a table that fills in while things happen, and what has just happened
below it; on something that is not a terminal, prints the same as lines.
Trusts: the register.
Never touches: anything but the screen.
Known limits: none.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich import box
from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from config.kind import Kinds
from handlers.register.matrix import CaseRow
from outbox.digest import cell

BEAT = 0.6  # seconds, so that a person can follow

_COLOURS = {
    "accepted": "green",
    "needs changes": "yellow",
    "look at it": "magenta",
    "OVERDUE": "bold red",
    "OVERDUE, rejected": "bold red",
}


class Stage:
    """One case on the screen."""

    def __init__(self, console: Console, kinds: Kinds, beat: float = BEAT) -> None:
        self._console = console
        self._kinds = kinds
        self._beat = beat if console.is_terminal else 0.0
        self._live: Live | None = None
        self._lines: list[str] = []

    @contextmanager
    def day(self, title: str, case: CaseRow) -> Iterator[None]:
        """Everything said inside belongs to one day, under one table."""
        self._console.rule(title)
        self._lines = []
        if not self._console.is_terminal:
            yield
            return
        with Live(self._shown(case), console=self._console, auto_refresh=False) as live:
            self._live = live
            yield
            self._live = None

    def say(self, line: str, case: CaseRow) -> None:
        """One more thing happened, after which the case stands like this."""
        self._lines.append(line)
        if self._live is None:
            self._console.print(f"  {line}", markup=False, highlight=False)
            return
        self._live.update(self._shown(case), refresh=True)
        time.sleep(self._beat)

    def _shown(self, case: CaseRow) -> Group:
        lines = [Text(f"  {line}") for line in self._lines]
        return Group(picture(case, self._kinds), *lines)


def picture(case: CaseRow, kinds: Kinds) -> Table:
    """The case as a table, agency by return, in words and in colour."""
    owed = {row.kind for agency in case.agencies for row in agency.returns}
    columns = [kind for kind in kinds.all if kind.id in owed]
    title = f"Case {case.reference}"
    # Narrow enough for a terminal of 80 columns with every word whole.
    shown = Table(title=title, title_justify="left", box=box.SIMPLE, padding=0, pad_edge=False)
    shown.add_column("Agency", no_wrap=True)
    for kind in columns:
        shown.add_column(kind.column, no_wrap=True)
    for agency in case.agencies:
        by_kind = {row.kind: cell(row) for row in agency.returns}
        words = [by_kind.get(kind.id, "") for kind in columns]
        shown.add_row(agency.name, *(Text(w, style=_COLOURS.get(w, "dim")) for w in words))
    return shown
