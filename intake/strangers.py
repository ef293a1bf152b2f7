"""What comes from nobody who is registered. The only writer of `strangers` and `passed_over`.

Does: counts what was taken in on a day from each domain, and remembers what is for nobody here, so
that it is looked at once.
Trusts: the ledger. A domain is only claimed: the count bounds work, it proves nothing.
Never touches: messages; of a domain it keeps a keyed hash.
Known limits: a sender who claims another domain each time is bounded by the round alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime

from intake.ledger import Ledger

A_ROUND = 20  # messages of strangers that are looked at in a round
A_DAY = 50  # messages of strangers that are taken in, from one domain


class Strangers:
    """Strangers, by their domain; their messages, by where they lie."""

    def __init__(self, ledger: Ledger, mark: Callable[[bytes], str]) -> None:
        """`mark` makes keyed hashes."""
        self._ledger = ledger
        self._mark = mark
        self._marks: dict[str, str] = {}

    def passed_over(self, source: str, places: Iterable[str]) -> frozenset[str]:
        """Which of these were left where they are."""
        sql = (
            "SELECT place FROM passed_over WHERE source = ? AND state = 'left'"
            " AND place IN (SELECT value FROM json_each(?))"
        )
        rows = self._ledger.rows(sql, source, json.dumps(list(places)))
        return frozenset(row["place"] for row in rows)

    def left(self) -> int:
        """How many were left where they are, however long ago."""
        row = self._ledger.row("SELECT count(*) AS n FROM passed_over WHERE state = 'left'")
        return int(row["n"]) if row else 0

    def look_begins(self, source: str, place: str, now: datetime) -> bool:
        """Note it before it is looked at (failure mode 104). False where that was noted before: a
        look at it ended us, and it is taken in as it is, so that its tries are counted."""
        sql = (
            "INSERT INTO passed_over (source, place, state, at) VALUES (?, ?, 'looking', ?)"
            " ON CONFLICT DO NOTHING"
        )
        with self._ledger.transaction():
            return self._ledger.change(sql, source, place, _utc(now)) == 1

    def look_ends(self, source: str, place: str, *, left: bool) -> None:
        """It is for nobody here and is left; or it is not left, and no more need be known."""
        where = "WHERE source = ? AND place = ? AND state = 'looking'"
        with self._ledger.transaction():
            if left:
                self._ledger.change(f"UPDATE passed_over SET state = 'left' {where}", source, place)  # noqa: S608
            else:
                self._ledger.change(f"DELETE FROM passed_over {where}", source, place)  # noqa: S608

    def full(self, day: date) -> Callable[[str], bool]:
        """Tells of a domain whether as much of it was taken in on this day as may be."""
        sql = "SELECT domain FROM strangers WHERE day = ? AND taken >= ?"
        full = {row["domain"] for row in self._ledger.rows(sql, day.isoformat(), A_DAY)}
        return lambda domain: bool(full) and self._marked(domain) in full

    def taken(self, domain: str, day: date) -> None:
        """One more of this domain. What earlier days had is forgotten."""
        with self._ledger.transaction():
            self._ledger.change("DELETE FROM strangers WHERE day < ?", day.isoformat())
            self._ledger.change(
                "INSERT INTO strangers (day, domain, taken) VALUES (?, ?, 1)"
                " ON CONFLICT (day, domain) DO UPDATE SET taken = taken + 1",
                *(day.isoformat(), self._marked(domain)),
            )

    def _marked(self, domain: str) -> str:
        if domain not in self._marks:
            self._marks[domain] = marked(self._mark, domain)
        return self._marks[domain]


def marked(mark: Callable[[bytes], str], domain: str) -> str:
    """The keyed hash of a domain."""
    return mark(b"domain\0" + domain.encode())


def domain_of(sender: str) -> str:
    """ "" for a sender who gives no address."""
    return sender.rpartition("@")[2].casefold()


def _utc(now: datetime) -> str:
    return now.astimezone(UTC).isoformat()
