"""Who has left their agency, or is about to, by proven mail: their address's own automatic answer,
a colleague's that names them, or their own that names a day.

To put such a mail away does not change that. It ends when they are taken out, when they write
themselves after their last day, or when a person says that they are there.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from config.calendar import date_without_year
from handlers.register.submissions import LeavingNotice
from intake.database import RegisterDatabase

_STILL_REGISTERED = (
    "SELECT 1 FROM contacts WHERE state = 'active'"
    " AND id IN (SELECT value FROM json_each(?)) LIMIT 1"
)
# What they have written themselves since, or after the day that was named.
_WROTE = (
    "SELECT 1 FROM contacts o JOIN origins w ON w.contact_id = o.id"
    " JOIN deliveries d ON d.id = w.delivery_id WHERE o.address = k.address AND w.automatic = ''"
    " AND d.id > e.delivery_id AND (v.last_day IS NULL OR date(d.received) > v.last_day)"
)
_SAID_TO_BE_THERE = (
    "SELECT 1 FROM contacts o JOIN decisions d ON d.contact_id = o.id"
    " WHERE o.address = k.address AND d.decided >= e.judged"
    " AND (d.what = 'back' OR (d.what = 'add' AND o.id = k.id))"
)
# Each of them in each of their roles.
_DEPARTURES = (
    "SELECT s.id, v.last_day, v.gone FROM leavers v JOIN entries e ON e.id = v.entry_id"  # noqa: S608
    " JOIN contacts k ON k.id = v.contact_id"
    " JOIN contacts s ON s.address = k.address AND s.agency_id = k.agency_id"
    f" WHERE s.state = 'active' AND NOT EXISTS ({_WROTE}) AND NOT EXISTS ({_SAID_TO_BE_THERE})"
)


@dataclass(frozen=True, slots=True)
class Departure:
    """Somebody leaves: on which day, None where none is named; `gone` says that they have."""

    last_day: date | None
    gone: bool

    def is_to_come(self, today: date) -> bool:
        """Whether they are there until a day that is known."""
        return self.last_day is not None and today <= self.last_day

    def departure_clause(self, today: date) -> str:
        """ "who has left, as we were told", "who leaves on Friday 9 April, as we were told"."""
        if self.last_day is not None and self.is_to_come(today):
            return f"who leaves on {date_without_year(self.last_day)}, as we were told"
        has_left = self.has_left(today)
        return f"{'who has left' if has_left else 'who is leaving'}, as we were told"

    def has_left(self, today: date) -> bool:
        """Whether they are there no more, as we were told."""
        return not self.is_to_come(today) and (self.gone or self.last_day is not None)


def is_departure(leaving: LeavingNotice) -> bool:
    """Whether a notice says enough of who leaves for somebody to be written to besides: whoever
    writes that they leave themselves is there until a day that they name."""
    by_others = leaving.colleague or leaving.automatic
    return leaving.tells_who and (by_others or leaving.last_day is not None)


class LeftContacts:
    """Reads from the register who leaves, on which day, and who has left."""

    def __init__(self, database: RegisterDatabase) -> None:
        self._database = database

    def departures(self) -> Mapping[int, Departure]:
        """Who leaves, or has left, by contact; of several notices what they say together."""
        found = defaultdict[int, list[Departure]](list)
        for row in self._database.fetch_rows(_DEPARTURES):
            last = date.fromisoformat(row["last_day"]) if row["last_day"] else None
            found[row["id"]].append(Departure(last, bool(row["gone"])))
        return {id: _together(all_of) for id, all_of in found.items()}

    def is_seen_to(self, leaving: LeavingNotice | None) -> bool:
        """Whether whoever leaves is registered no more, which is all that a notice asked."""
        if leaving is None or leaving.asks or not leaving.tells_who or not leaving.contacts:
            return False
        return self._database.fetch_row(_STILL_REGISTERED, json.dumps(leaving.contacts)) is None


def _together(found: list[Departure]) -> Departure:
    """That they have left outweighs a day to come; of two days the first counts."""
    if any(one.gone and one.last_day is None for one in found):
        return Departure(None, gone=True)
    days = [one.last_day for one in found if one.last_day is not None]
    return Departure(min(days, default=None), gone=any(one.gone for one in found))
