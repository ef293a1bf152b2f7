"""Mail from senders nobody registered: what is known of it, and what of it waits for its turn."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from config.calendar import utc_text
from intake.database import RegisterDatabase
from intake.vault import Vault

MESSAGES_PER_DAY = 50  # messages of strangers that are taken in, from one domain


class LeftMail(StrEnum):
    """Whose a mail is that is left where it lies."""

    STRANGER = "left"
    OFFICER = "officer"  # in the name of somebody who may answer a digest


class UnregisteredSenders:
    """Strangers, by their domain; their messages, by where they lie."""

    def __init__(self, database: RegisterDatabase, mark: Callable[[bytes], str]) -> None:
        """`mark` makes keyed hashes."""
        self._database = database
        self._mark = mark
        self._marks: dict[str, str] = {}

    def passed_over_places(self, source: str, places: Iterable[str]) -> frozenset[str]:
        """Which of these were left where they are."""
        sql = (
            "SELECT place FROM passed_over WHERE source = ? AND state <> 'looking'"
            " AND place IN (SELECT value FROM json_each(?))"
        )
        rows = self._database.fetch_rows(sql, source, json.dumps(list(places)))
        return frozenset(row["place"] for row in rows)

    def count_passed_over(self) -> int:
        """How many were left where they are, however long ago."""
        return count_passed_over(self._database, None)

    def begin_look(self, source: str, place: str, now: datetime) -> bool:
        """Note it before it is looked at (failure mode 104). False where that was noted before: a
        look at it ended us, and it is taken in as it is, so that its tries are counted."""
        sql = (
            "INSERT INTO passed_over (source, place, state, at) VALUES (?, ?, 'looking', ?)"
            " ON CONFLICT DO NOTHING"
        )
        with self._database.transaction():
            return self._database.execute_change(sql, source, place, utc_text(now)) == 1

    def finish_look(self, source: str, place: str, left: LeftMail | None) -> None:
        """It is for nobody here and is left; or it is not left, and no more need be known."""
        where = "WHERE source = ? AND place = ? AND state = 'looking'"
        with self._database.transaction():
            if left is not None:
                self._database.execute_change(
                    f"UPDATE passed_over SET state = ? {where}",  # noqa: S608  our own words
                    left,
                    source,
                    place,
                )
            else:
                self._database.execute_change(f"DELETE FROM passed_over {where}", source, place)  # noqa: S608

    def daily_limit_check(self, day: date) -> Callable[[str], bool]:
        """Tells of a domain whether as much of it was taken in on this day as may be."""
        sql = "SELECT domain FROM strangers WHERE day = ? AND taken >= ?"
        full = {
            row["domain"]
            for row in self._database.fetch_rows(sql, day.isoformat(), MESSAGES_PER_DAY)
        }
        return lambda domain: bool(full) and self._marked(domain) in full

    def count_taken(self, domain: str, day: date) -> None:
        """One more of this domain. What earlier days had is forgotten."""
        with self._database.transaction():
            self._database.execute_change("DELETE FROM strangers WHERE day < ?", day.isoformat())
            self._database.execute_change(
                "INSERT INTO strangers (day, domain, taken) VALUES (?, ?, 1)"
                " ON CONFLICT (day, domain) DO UPDATE SET taken = taken + 1",
                *(day.isoformat(), self._marked(domain)),
            )

    def _marked(self, domain: str) -> str:
        if domain not in self._marks:
            self._marks[domain] = domain_mark(self._mark, domain)
        return self._marks[domain]


def count_passed_over(database: RegisterDatabase, since: datetime | None) -> int:
    """How many of strangers were left where they are since then; None: however long ago."""
    sql = "SELECT count(*) AS n FROM passed_over WHERE state = 'left' AND at >= ?"
    row = database.fetch_row(sql, utc_text(since) if since else "")
    return int(row["n"]) if row else 0


def domain_mark(mark: Callable[[bytes], str], domain: str) -> str:
    """The keyed hash of a domain."""
    return mark(b"domain\0" + domain.encode())


def domain_of_sender(sender: str) -> str:
    """ "" for a sender who gives no address."""
    return sender.rpartition("@")[2].casefold()


_SEALED = "domain"


@dataclass(frozen=True, slots=True)
class WaitingDomain:
    """What waits of one domain, "" for none; `full` says that it has had as much today as it may.
    `since` is UTC."""

    domain: str
    messages: int
    full: bool
    since: datetime


class WaitingDomains:
    """What waits, by source and domain."""

    def __init__(self, database: RegisterDatabase, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    def record_waiting(
        self, source: str, waiting: Mapping[str, int], full: Collection[str], now: datetime
    ) -> None:
        """How many wait of each domain now, and which have had as much today as they may. Costs no
        transaction while nothing has changed."""
        sql = "SELECT domain, messages, day FROM turns WHERE source = ?"
        known = {
            row["domain"]: (row["messages"], row["day"])
            for row in self._database.fetch_rows(sql, source)
        }
        if not (known or waiting):
            return
        marks = {domain_mark(self._vault.keyed_hash, domain): domain for domain in waiting}
        today = now.date().isoformat()
        found = {
            mark: (waiting[domain], today if domain in full else None)
            for mark, domain in marks.items()
        }
        if found == known:
            return
        with self._database.transaction():
            for mark in known.keys() - found.keys():
                self._database.execute_change(
                    "DELETE FROM turns WHERE source = ? AND domain = ?", source, mark
                )
            for mark, (messages, day) in found.items():
                if known.get(mark) != (messages, day):
                    self._put(source, mark, marks[mark], messages, day, now)

    def _put(
        self, source: str, mark: str, domain: str, messages: int, day: str | None, now: datetime
    ) -> None:
        self._database.execute_change(
            "INSERT INTO turns (source, domain, sealed, messages, day, since)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (source, domain)"
            " DO UPDATE SET messages = excluded.messages, day = excluded.day",
            *(source, mark, self._vault.seal_bytes(domain.encode(), _SEALED), messages, day),
            utc_text(now),
        )

    def waiting_domains(self, sources: Collection[str], today: date) -> list[WaitingDomain]:
        """What waits at these sources, each domain once, the most of it first."""
        found: dict[str, WaitingDomain] = {}
        for row in self._database.fetch_rows("SELECT * FROM turns ORDER BY source, domain"):
            if row["source"] in sources:
                turn = WaitingDomain(
                    self._vault.unseal_bytes(row["sealed"], _SEALED).decode(),
                    row["messages"],
                    row["day"] == today.isoformat(),
                    datetime.fromisoformat(row["since"]),
                )
                before = found.get(turn.domain)
                found[turn.domain] = _both(before, turn) if before else turn
        return sorted(found.values(), key=lambda turn: (-turn.messages, turn.domain))


def _both(one: WaitingDomain, other: WaitingDomain) -> WaitingDomain:
    messages, full = one.messages + other.messages, one.full or other.full
    return WaitingDomain(one.domain, messages, full, min(one.since, other.since))
