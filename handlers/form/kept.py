"""The checks that the form is still the board's form: its criteria and its statements.

Does: notes `criterion-missing` and `criterion-reworded`, `statement-missing` and
`statement-reworded`.
Trusts: the sheet.
Never touches: the answers, the blanks.
Known limits: on a scan or a PDF a grid that could not be read at all is a person's work.
"""

from __future__ import annotations

from handlers.context import Context
from handlers.finding import Where
from handlers.findings import Findings
from handlers.form.blanks import note_missing
from handlers.form.sheet import Sheet


def check_criteria(sheet: Sheet, context: Context, notes: Findings) -> None:
    """`criterion-missing` and `criterion-reworded`, by the criterion's number."""
    for asked in sheet.asked:
        if asked.line is None:
            note_missing("criterion-missing", asked.where, sheet, notes, asked.cause)
        elif asked.reworded:
            notes.add("criterion-reworded", asked.where, cause=asked.cause)


def check_statements(sheet: Sheet, context: Context, notes: Findings) -> None:
    """`statement-missing` with {state}, "missing" or "struck out"; `statement-reworded`."""
    for standing in sheet.standings:
        where = Where(section=standing.name)
        if standing.state == "reworded":
            notes.add("statement-reworded", where)
        elif standing.state == "missing":
            note_missing("statement-missing", where, sheet, notes, state=standing.state)
        elif standing.state == "struck out":
            notes.add("statement-missing", where, state=standing.state)
