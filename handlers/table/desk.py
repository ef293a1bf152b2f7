"""What every check has before it: the columns, the facts of the case, and the notebooks.

Does: finds a column by what it reads as, and notes findings. Those that would fall if the dates
turned out to be written month first go into a notebook of their own.
Trusts: the kind and the context.
Never touches: cells.
Known limits: where a kind has two columns of one sort, the first is the one that is checked.
"""

from __future__ import annotations

from config.kind import Kind
from config.refusals import REFUSALS
from config.rule import Severity
from config.shape import ReadAs, TableShape
from handlers.context import Context
from handlers.finding import Where
from handlers.findings import Findings
from handlers.form.sender import to_enter
from handlers.table.entry import UNSEEN, Entry
from handlers.table.subjects import Roll


class Desk:
    """One a judge; it outlives every row."""

    def __init__(self, kind: Kind, shape: TableShape, context: Context) -> None:
        self.columns = shape.columns
        self.context = context
        self.roll = Roll(context.case.subjects if context.case else ())
        self.notes = Findings(kind)
        self.doubtful = Findings(kind)
        self._kind = kind
        self._own = to_enter(context.agency)
        self._spoken: tuple[Entry | None, set[int]] = (None, set())

    def column(self, reads_as: ReadAs) -> int | None:
        """The index of the first column of that sort."""
        return next((i for i, c in enumerate(self.columns) if c.reads_as == reads_as), None)

    def asks(self, rule: str) -> bool:
        """Whether the kind has the rule, which it says itself."""
        return self._kind.asks(rule)

    def weighs(self, rule: str) -> Severity | None:
        return self.notes.weighs(rule)

    def note(self, rule: str, entry: Entry, column: int, cause: str = "", **words: object) -> None:
        """A finding in one cell. Of a cell read as the one above it, that one was told; of a ditto
        mark with nothing above it, what is told is that. Of hidden words nothing is told here."""
        if column in entry.taken and entry.texts[column] and rule != "ditto":
            return
        if entry.texts[column] == UNSEEN:
            return
        if column in entry.hollow:
            self._speak(entry, column)
            words["instead"] = REFUSALS["ditto"]["nothing-above"].says
        words.setdefault("your_agency", self._own)
        self.notes.add(rule, self._cell(entry, column), None, cause, **words)

    def spoken_of(self, entry: Entry, column: int) -> bool:
        """Whether anything was told of a ditto mark with nothing above it, in the row in hand."""
        return self._spoken[0] is entry and column in self._spoken[1]

    def doubt(self, rule: str, entry: Entry, column: int, cause: str = "", **words: object) -> None:
        """A finding in one cell that stands only if dates are written day first."""
        if column in entry.taken and rule == "date-future":
            return
        self.doubtful.add(rule, self._cell(entry, column), None, cause, **words)

    def tell(self, rule: str, where: Where, **words: object) -> None:
        """A finding anywhere else."""
        self.notes.add(rule, where, None, "", **{"your_agency": self._own, **words})

    def _speak(self, entry: Entry, column: int) -> None:
        if self._spoken[0] is not entry:
            self._spoken = (entry, set())
        self._spoken[1].add(column)

    def _cell(self, entry: Entry, column: int) -> Where:
        return Where(entry.table, entry.row, self.columns[column].heading)
