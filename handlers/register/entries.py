"""Reads `entries` and `repeats` back, for letters, for people, and to know what came before.

A document that was judged before is not judged again, even when the case's dates have changed
since; a person can ask for it. One that was sent back is, when it comes again on a later day.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from pydantic import TypeAdapter

from config.kind import Kinds
from handlers.findings import Finding
from handlers.register.decision import WITHDRAW
from handlers.register.decisions import RecordedDecision
from handlers.register.left_contacts import Departure, LeftContacts
from handlers.register.returns import EXTENSION_REQUEST
from handlers.register.set_apart_reasons import PossibleReason, SetApartReason, read_reason
from handlers.register.submissions import (
    OTHER_PLACE_REASON,
    SEALED_NOTICE_REASON,
    Entry,
    EntryDetails,
    EntryVerdict,
    LeavingNotice,
)
from handlers.register.time_requests import (
    MESSAGE_REASON,
    WITHDRAWN_REASON,
    AnsweredRequests,
    AskingEntry,
)
from intake.database import RegisterDatabase, Row
from intake.destroyed_originals import DestroyedOriginals
from intake.vault import Vault

ENTRY_DETAILS_ADAPTER = TypeAdapter(EntryDetails)
ENTRY_SEAL_CONTEXT = "entry"
_DECIDED = "(SELECT what FROM standing WHERE entry_id = entries.id ORDER BY id DESC LIMIT 1)"
# Of a return, a referred version waits until somebody decides about it, or a later delivery brings
# one that takes its place: one that counts as accepted, or one that a person was, or is, to look
# at. A later one that has to be mended takes nobody's place, nor does one of the same delivery,
# unless a person accepted it: of versions that came together that one was meant.
# What was waived, or is settled by a nil return, leaves the versions of the latest delivery alone.
_LATER = (
    "SELECT 1 FROM entries e WHERE e.return_id = entries.return_id"
    " AND (e.id > entries.id AND e.delivery_id <> entries.delivery_id"
    " OR (e.id > entries.id OR e.delivery_id = entries.delivery_id)"
    " AND EXISTS (SELECT 1 FROM standing WHERE entry_id = e.id AND what = 'accept'))"
)
_THEN = (
    "ifnull((SELECT what FROM standing WHERE entry_id = e.id ORDER BY id DESC LIMIT 1), e.verdict)"
)
_WAITS = (
    f"reason NOT IN ('{SetApartReason.THANKS}', '{SetApartReason.STATUS_ASKED}')"  # noqa: S608  our own words
    f" AND NOT (reason = '{WITHDRAWN_REASON}' AND agency_id IS NOT NULL)"
    " AND NOT EXISTS (SELECT 1 FROM standing WHERE entry_id = entries.id)"
    " AND (verdict = 'hold' OR (verdict = 'refer' AND (return_id IS NULL OR NOT EXISTS ("
    f"{_LATER} AND ({_THEN} = 'accept' OR (e.verdict = 'refer' AND {_THEN} IN ('refer', 'reject'))"
    " OR (SELECT state FROM returns WHERE id = e.return_id) IN ('waived', 'nil', 'outside'))))))"
)
_CAME = "(SELECT received FROM deliveries d WHERE d.id = entries.delivery_id)"
# Nothing that came since settles a notice of something sealed: nobody knows what is in it.
_UNSETTLED = (
    f"SELECT id, agency_id, kind, verdict, reason, judged, sealed, {_CAME} AS came FROM entries"  # noqa: S608  our own words
    f" WHERE verdict IN ('refer', 'hold') AND agency_id IS NOT NULL AND {_WAITS} ORDER BY id"
)
# What a proven sender sent for one of several reviews, or for one in which only their agency has a
# place; and what may have been sent for one, by a notice that anybody can write.
_OF_ONE_OF_SEVERAL = (
    f"SELECT id, kind, verdict, reason, judged, sealed, {_CAME} AS came FROM entries"  # noqa: S608  our own words
    f" WHERE (verdict = 'refer' OR reason = '{SEALED_NOTICE_REASON}'"
    f" OR reason = '{OTHER_PLACE_REASON}' AND kind IS NOT NULL)"
    f" AND agency_id IS NULL AND {_WAITS} ORDER BY id"
)
_TAKING_BACK = (
    f"reason = '{SetApartReason.TAKES_BACK}' AND verdict IN ('refer', 'hold') AND {_WAITS}"
)
# What asks for more time, or may, of an agency: judged before a decision and open until then.
_ASKED_BEFORE = (
    f"agency_id = ? AND judged < ? AND (kind = '{EXTENSION_REQUEST}'"  # noqa: S608  our own words
    f" OR reason = '{MESSAGE_REASON}' AND kind IS NULL)"
    " AND NOT EXISTS (SELECT 1 FROM standing d WHERE d.entry_id = entries.id AND d.decided <= ?)"
    " AND NOT EXISTS (SELECT 1 FROM standing d WHERE d.return_id = ?"
    "   AND d.what IN ('extend', 'waive') AND d.decided > entries.judged AND d.id < ?) ORDER BY id"
)
# Of each return of an agency, whether a later delivery than that of an entry brought the version
# that stands accepted.
_ACCEPTED_SINCE = (
    "SELECT r.kind, r.state = 'accepted' AND EXISTS (SELECT 1 FROM entries e"  # noqa: S608  our own words
    f" WHERE e.return_id = r.id AND {_THEN} = 'accept' AND e.id > ?"
    " AND e.delivery_id <> (SELECT delivery_id FROM entries WHERE id = ?)) AS since"
    " FROM returns r WHERE r.agency_id = ?"
)
WAITING_ELSEWHERE_REASONS = frozenset({SetApartReason.SEALED_WAITING, SetApartReason.SHARE_WAITING})

# One entry at a time, so that whoever has found what they look for reads no further.
_NEWEST = (
    f"SELECT *, {_DECIDED} AS decided FROM entries WHERE agency_id = ? AND kind = ? AND id < ?"  # noqa: S608  our own words
    f" AND ifnull({_DECIDED}, verdict) IN (SELECT value FROM json_each(?))"
    " ORDER BY id DESC LIMIT 1"
)
# Somebody opened and judged it, and nobody withdrew it, or took back where it was put.
_COUNTS = (
    f"reason NOT IN ('{SetApartReason.NOT_JUDGED}', '{SetApartReason.INFECTED}',"  # noqa: S608  our own words
    f" '{SetApartReason.NOT_SCANNED}') AND NOT EXISTS"
    " (SELECT 1 FROM decisions w WHERE w.entry_id = entries.id"
    f" AND w.what IN ('{WITHDRAW}', 'unplace'))"
)
# The returns in these bytes, as they were last judged.
LATEST_OF_CONTENT_SQL = (
    f"agency_id = ? AND content = ? AND {_COUNTS} AND delivery_id = (SELECT delivery_id"  # noqa: S608  our own words
    f" FROM entries WHERE agency_id = ? AND content = ? AND {_COUNTS} ORDER BY id DESC LIMIT 1)"
)
_LATEST_OF_CONTENT = (
    f"SELECT *, {_DECIDED} AS decided FROM entries WHERE {LATEST_OF_CONTENT_SQL} ORDER BY part"  # noqa: S608  our own words
)
_BEYOND = 1 << 62  # more than any id


@dataclass(frozen=True, slots=True)
class UnsettledEntry:
    """An entry of a known agency that waits for a person. Of what is sealed it has only what tells
    which return it is about: the blanks of a small return, the kinds that a message names, those
    that a document which was not recognised is likely to be.
    `came` is when its delivery did, `unclear` says that it could be of another review as well,
    `agreed` are the kinds of return that were agreed about since."""

    id: int
    agency_id: int
    kind: str | None
    reason: PossibleReason
    judged: datetime
    came: datetime
    asks: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()
    unclear: bool = False
    agreed: frozenset[str] = frozenset()
    likely: tuple[str, ...] = ()
    held: bool = False
    leaving: LeavingNotice | None = None


def _asking(entry: Entry) -> AskingEntry:
    told = entry.told
    return AskingEntry(
        *(entry.agency_id, entry.kind, entry.reason, entry.judged),
        *(told.names, told.clues.asks, entry.id, entry.verdict == "hold"),
    )


class Entries:
    """Reads entries, and writes none."""

    def __init__(self, database: RegisterDatabase, vault: Vault, kinds: Kinds) -> None:
        self._database = database
        self._destroyed = DestroyedOriginals(database, vault)
        self._answered = AnsweredRequests(database, kinds, lambda row: self._told(row).names)
        self._left = LeftContacts(database)

    def get_entry(self, id: int) -> Entry | None:
        found = self._where("id = ?", id)
        return found[0] if found else None

    def waiting_entries(self, verdict: Literal["hold", "refer"]) -> list[Entry]:
        """What was held, or referred, and waits for a person; oldest first. Of the versions of one
        return that were referred only the latest is worth a look, and none once it is settled by
        one that came later. Nor is what asks about returns once something was agreed about each."""
        found = self._where(f"{_WAITS} AND verdict = ? ORDER BY id", verdict)
        return [entry for entry in found if not self._is_seen_to(entry)]

    def waiting_of_kinds(self, kinds: Sequence[str]) -> list[Entry]:
        """What was held, or referred, of these kinds and waits for a person; oldest first."""
        named = ", ".join("?" * len(kinds))
        return self._where(
            f"verdict IN ('refer', 'hold') AND kind IN ({named}) AND {_WAITS} ORDER BY id", *kinds
        )

    def waiting_among(self, ids: Collection[int]) -> list[Entry]:
        """Those of these that wait for a person, oldest first."""
        asked = "verdict IN ('refer', 'hold') AND id IN (SELECT value FROM json_each(?))"
        found = self._where(f"{asked} AND {_WAITS} ORDER BY id", json.dumps([*ids]))
        return [entry for entry in found if not self._is_seen_to(entry)]

    def _is_seen_to(self, entry: Entry) -> bool:
        """Whether what it asks was done by a command that does not name it."""
        if self._answered.is_wholly_answered(_asking(entry)):
            return True
        if entry.verdict != "refer" or entry.kind:
            return self._left.is_seen_to(None)
        if self._is_overtaken(entry.id, entry.agency_id, entry.told.clues.likely):
            return True
        return self._left.is_seen_to(entry.told.leaving)

    def _is_overtaken(self, id: int, agency_id: int | None, likely: Collection[str]) -> bool:
        """Whether each return that a document could only be, which could not be read or told, came
        again since and was accepted: nobody needs that copy."""
        if not likely or agency_id is None:
            return False
        rows = self._database.fetch_rows(_ACCEPTED_SINCE, id, id, agency_id)
        since = [bool(row["since"]) for row in rows if row["kind"] in likely]
        return bool(since) and all(since)

    def kinds_doubted(self) -> dict[int, frozenset[str]]:
        """What was accepted that a message may take back which waits for a person: the kinds, by
        the agency."""
        found = defaultdict[int, frozenset[str]](frozenset)
        for entry in self._where(_TAKING_BACK):
            if entry.agency_id is not None:
                found[entry.agency_id] |= {*entry.told.names}
        return dict(found)

    def departures(self) -> Mapping[int, Departure]:
        """Who leaves their agency, or has left, by contact."""
        return self._left.departures()

    def entries_asking_about(self, made: RecordedDecision) -> list[Entry]:
        """What asked about the return that was agreed about, and was not answered until then."""
        decided, kind = made.decided.isoformat(), self._answered.kind_of_return(made.return_id)
        about = (made.agency_id or 0, decided, decided, made.return_id or 0, made.id)
        found = self._where(_ASKED_BEFORE, *about)
        return [entry for entry in found if kind in self.kinds_agreed_since(entry)]

    def kinds_agreed_since(self, entry: Entry) -> frozenset[str]:
        """The kinds of return that were agreed about since it asked about returns."""
        return self._answered.kinds_agreed(_asking(entry))

    def entries_among(self, ids: Collection[int]) -> list[Entry]:
        """All with these numbers, in order."""
        return self._where("id IN (SELECT value FROM json_each(?)) ORDER BY id", json.dumps([*ids]))

    def has_open_time_request(self, agency_id: int, kinds: Collection[str] = ()) -> bool:
        """Whether a request of an agency's for more time, for one of these kinds of return if any
        are named, waits to be decided."""
        return any(
            each.agency_id == agency_id
            and (each.kind == EXTENSION_REQUEST or each.asks)
            and (not kinds or self._answered.leaves_open(each.names, each.asks, each.agreed, kinds))
            for each in self.unsettled_entries()
        )

    def unsettled_entries(self) -> list[UnsettledEntry]:
        """What agencies have sent and a person has still to look at, oldest first. What could be of
        several reviews is there once for each."""
        placed = (
            self._unsettled(row, row["agency_id"]) for row in self._database.fetch_rows(_UNSETTLED)
        )
        found = map(self._still_asked, (*placed, *self._of_one_of_several()))
        return sorted((each for each in found if each is not None), key=lambda each: each.id)

    def _still_asked(self, entry: UnsettledEntry) -> UnsettledEntry | None:
        """With what was agreed about since; None where that answers all of it."""
        asking = AskingEntry(
            *(entry.agency_id, entry.kind, entry.reason, entry.judged),
            *(entry.names, entry.asks, entry.id, entry.held),
        )
        if self._answered.is_wholly_answered(asking) or self._left.is_seen_to(entry.leaving):
            return None
        if not entry.held and self._is_overtaken(entry.id, entry.agency_id, entry.likely):
            return None
        return replace(entry, agreed=self._answered.kinds_agreed(asking))

    def _of_one_of_several(self) -> Iterator[UnsettledEntry]:
        for row in self._database.fetch_rows(_OF_ONE_OF_SEVERAL):
            for agency_id, _ in self._told(row).places:
                yield replace(self._unsettled(row, agency_id), unclear=True)

    def _unsettled(self, row: Row, agency_id: int) -> UnsettledEntry:
        read = row["kind"] == EXTENSION_REQUEST or row["reason"] == MESSAGE_REASON
        read = read or (row["kind"] is None and row["reason"] in ("", SetApartReason.CASE_UNCLEAR))
        told = self._told(row) if read else EntryDetails()
        return UnsettledEntry(
            *(row["id"], agency_id, row["kind"], row["reason"]),
            datetime.fromisoformat(row["judged"]),
            datetime.fromisoformat(row["came"]),
            told.clues.asks,
            told.names,
            likely=told.clues.likely,
            held=row["verdict"] == "hold",
            leaving=told.leaving,
        )

    def _told(self, row: Row) -> EntryDetails:
        """Nothing of what was destroyed."""
        sealed = self._destroyed.unseal_or_none(row["sealed"], ENTRY_SEAL_CONTEXT)
        return ENTRY_DETAILS_ADAPTER.validate_json(sealed) if sealed else EntryDetails()

    def entries_not_judged(self) -> list[tuple[int, int]]:
        """What could not be judged and waits for a person: the entry and its delivery."""
        sql = (
            "SELECT id, delivery_id FROM entries WHERE verdict = 'refer'"  # noqa: S608  our own words
            f" AND reason = '{SetApartReason.NOT_JUDGED}' AND {_WAITS} ORDER BY id"
        )
        return [(row["id"], row["delivery_id"]) for row in self._database.fetch_rows(sql)]

    def entries_refused(self) -> list[tuple[int, int]]:
        """What the virus scanner does not let be opened, and waits for a person: the entry and its
        delivery."""
        sql = (
            "SELECT id, delivery_id FROM entries WHERE verdict = 'hold'"  # noqa: S608  our own words
            f" AND reason IN ('infected', 'not-scanned') AND {_WAITS} ORDER BY id"
        )
        return [(row["id"], row["delivery_id"]) for row in self._database.fetch_rows(sql)]

    def is_known_content(self, agency_id: int, content: str) -> bool:
        """Whether this agency has sent these very bytes before."""
        sql = f"SELECT 1 FROM entries WHERE agency_id = ? AND content = ? AND {_COUNTS}"  # noqa: S608  our own words
        return self._database.fetch_row(sql, agency_id, content) is not None

    def is_sent_back(self, agency_id: int, content: str, day: date) -> bool:
        """Whether these very bytes were sent back on an earlier day, and nobody decided about them:
        what was against them may have been that their own day had not come."""
        rows = self._database.fetch_rows(_LATEST_OF_CONTENT, agency_id, content, agency_id, content)
        return bool(rows) and all(
            row["verdict"] == "reject"
            and row["decided"] is None
            and datetime.fromisoformat(row["judged"]).date() < day
            for row in rows
        )

    def findings_of_content(self, agency_id: int, content: str) -> tuple[tuple[Finding, ...], ...]:
        """What was found in these very bytes when they were last judged, return by return."""
        rows = self._database.fetch_rows(_LATEST_OF_CONTENT, agency_id, content, agency_id, content)
        return tuple(self._told(row).findings for row in rows)

    def is_accepted_elsewhere(self, case_id: int, content: str) -> bool:
        """Whether these very bytes stand accepted in another case."""
        sql = (
            "SELECT 1 FROM entries WHERE content = ? AND case_id <> ?"  # noqa: S608  our own words
            f" AND ifnull({_DECIDED}, verdict) = 'accept'"
        )
        return self._database.fetch_row(sql, content, case_id) is not None

    def entries_made_by(self, decision_id: int) -> list[Entry]:
        """What an assignment made."""
        return self._where("decision_id = ? ORDER BY id", decision_id)

    def entries_of_agency(self, agency_id: int) -> list[Entry]:
        """All an agency ever sent, in order."""
        return self._where("agency_id = ? ORDER BY id", agency_id)

    def entries_newest_first(
        self, agency_id: int, kind: str, standing: Collection[EntryVerdict]
    ) -> Iterator[Entry]:
        """What an agency sent of one kind and counts as one of these, the latest first. Each is
        looked up and opened only once it is asked for (failure mode 118). An entry that was
        assigned counts for nothing, and is never among them."""
        before, words = _BEYOND, json.dumps(sorted(standing))
        while (
            row := self._database.fetch_row(_NEWEST, agency_id, kind, before, words)
        ) is not None:
            yield self._read(row)
            before = row["id"]

    def entries_of_delivery(self, delivery_id: int) -> list[Entry]:
        return self._where("delivery_id = ? ORDER BY position, part", delivery_id)

    def entries_repeated_in(self, delivery_id: int) -> list[Entry]:
        """The earlier entries whose very bytes came again in this delivery."""
        repeats = "SELECT entry_id FROM repeats WHERE delivery_id = ?"
        return self._where(f"id IN ({repeats}) ORDER BY id", delivery_id)

    def entries_for_return(self, return_id: int) -> list[Entry]:
        """Every version that came for one return, in order."""
        return self._where("return_id = ? ORDER BY id", return_id)

    def entries_of_decision(self, decision_id: int) -> list[Entry]:
        """The entries that a decision made, in order."""
        return self._where("decision_id = ? ORDER BY id", decision_id)

    def _where(self, condition: str, *values: int | str) -> list[Entry]:
        sql = f"SELECT *, {_DECIDED} AS decided FROM entries WHERE {condition}"  # noqa: S608  our own words
        return [self._read(row) for row in self._database.fetch_rows(sql, *values)]

    def _read(self, row: Row) -> Entry:
        return Entry(
            id=row["id"],
            delivery_id=row["delivery_id"],
            position=row["position"],
            part=row["part"],
            content=row["content"],
            kind=row["kind"],
            case_id=row["case_id"],
            agency_id=row["agency_id"],
            return_id=row["return_id"],
            verdict=row["verdict"],
            reason=read_reason(row["reason"]),
            told=self._told(row) if row["decided"] != WITHDRAW else EntryDetails(),
            judged=datetime.fromisoformat(row["judged"]),
            decision_id=row["decision_id"],
            decided=row["decided"],
        )
