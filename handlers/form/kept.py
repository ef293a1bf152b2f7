"""The checks that the form is still the board's form: its criteria and its statements.

Does: notes `criterion-missing` and `criterion-reworded`, of the whole grid `criteria-unread`;
`statement-missing` and `statement-reworded`.
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
from handlers.throughout import FEWEST


def check_criteria(sheet: Sheet, context: Context, notes: Findings) -> None:
    """`criterion-missing` and `criterion-reworded`, by the criterion's number; where none of them
    was found and something else stands there, `criteria-unread` once."""
    missing = [asked for asked in sheet.asked if asked.line is None]
    changed = [asked for asked in sheet.asked if asked.reworded]
    if (rule := _as_a_whole(sheet, len(missing), len(changed))) and notes.asks(rule):
        notes.add(rule)
        return
    for asked in sheet.asked:
        if asked.line is None:
            note_missing("criterion-missing", asked.where, sheet, notes, asked.cause)
        elif asked.reworded:
            notes.add("criterion-reworded", asked.where, cause=asked.cause)


def _as_a_whole(sheet: Sheet, missing: int, changed: int) -> str:
    """The rule for a grid that could not be read; a grid that is not there misses each."""
    if len(sheet.asked) < FEWEST:
        return ""
    if sheet.traits.on_paper and missing + changed >= FEWEST:
        return "criteria-unread"
    if missing < len(sheet.asked):
        return ""
    return "criteria-unread" if sheet.spare >= FEWEST or sheet.pictured else ""


def check_statements(sheet: Sheet, context: Context, notes: Findings) -> None:
    """`statement-missing` with {state}, "missing" or "struck out in part"; `statement-reworded`."""
    for standing in sheet.standings:
        where = Where(section=standing.name)
        if standing.state in ("reworded", "answered otherwise"):
            notes.add("statement-reworded", where)
        elif standing.state == "missing":
            note_missing("statement-missing", where, sheet, notes, state=standing.state)
        elif standing.state != "stands":
            notes.add("statement-missing", where, state=standing.state)
