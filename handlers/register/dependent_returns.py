"""Which returns are about another one, and wait for it where it was given more time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from config.kind import Kinds
from config.kind_shape import FormShape
from handlers.register.matrix import AgencyRow, ReturnRow
from handlers.register.returns import CHASED_STATES


def report_kind(kind: str, kinds: Kinds) -> str:
    """The kind of report that a form is about, "" for none."""
    found = kinds.get(kind)
    return found.shape.about or "" if found and isinstance(found.shape, FormShape) else ""


def forms_due_before(agency: AgencyRow, report: ReturnRow, kinds: Kinds) -> Iterator[ReturnRow]:
    """The forms about a report that are still to come, and due before it."""
    for row in agency.returns:
        about = report_kind(row.kind, kinds)
        if about == report.kind and row.state in CHASED_STATES and row.due < report.due:
            yield row


def report_waited_for(agency: AgencyRow, form: ReturnRow, kinds: Kinds) -> ReturnRow | None:
    """The report that a form is about, where it is still to come, was given another day, and is
    due after the form: nobody can fill in the form before."""
    about = report_kind(form.kind, kinds)
    for row in agency.returns if about else ():
        if row.kind == about and row.state in CHASED_STATES:
            given = row.due_version > 1 and not row.overdue
            return row if given and row.due > form.due else None
    return None


def ladder_begins_on(agency: AgencyRow, row: ReturnRow, kinds: Kinds) -> date:
    """The due day from which the steps of a return are counted: that of the report it is about,
    where that was given a later one. The wait ends sooner where the report is accepted."""
    about = report_kind(row.kind, kinds)
    for report in agency.returns if about else ():
        if report.kind == about and report.due_version > 1:
            ends = min(report.due, report.accepted or report.due)
            return max(row.due, ends)
    return row.due
