"""What else an agency has to send at once, for a letter that asks for nothing itself: no such
letter says that there is nothing to do on a day on which there is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from config.calendar import date_without_year
from config.english import join_with_and
from config.kind import Kinds
from handlers.register.matrix import AgencyRow, ReturnRow
from handlers.register.returns import CHASED_STATES


def pressing(
    agency: AgencyRow, waiting: Mapping[str, str], kinds: Kinds, today: date
) -> tuple[str, str]:
    """What a subject says of it, "something else is late", and a sentence that asks for all of it;
    "" for both where nothing is. Of what waits for a person here nothing is asked."""
    rows = [row for row in agency.returns if row.kind not in waiting and _presses(row, today)]
    if not rows:
        return "", ""
    if any(row.overdue for row in rows):
        subject = "something else is late"
    elif any(row.due == today for row in rows):
        subject = "something else is due today"
    else:
        subject = "something else needs changes"
    order = {kind.id: n for n, kind in enumerate(kinds.all)}
    rows.sort(key=lambda row: order.get(row.kind, len(order)))
    return (
        subject,
        f"Please still send us {join_with_and([_asked(row, kinds, today) for row in rows])}.",
    )


def _presses(row: ReturnRow, today: date) -> bool:
    return row.state in CHASED_STATES and (
        row.overdue or row.due == today or row.state == "rejected"
    )


def _asked(row: ReturnRow, kinds: Kinds, today: date) -> str:
    """ "the new version of the IMR (due today)"."""
    version = "the new version of the" if row.state == "rejected" else "the"
    due = "due today" if row.due == today else f"due {date_without_year(row.due)}"
    return f"{version} {kinds[row.kind].noun} ({f'was {due}' if row.overdue else due})"
