"""Decisions that no letter tells of yet, and who is to be told.

Does: reads from the register and the spool what a letter about a decision needs.
Trusts: the register.
Never touches: letters' words. Of two decisions about one entry only the latest is told, and of
two due dates only the one that counts.
Known limits: a decision that concerns nobody outside is looked at in each round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TypeVar

from handlers.register.decisions import Made
from handlers.register.entry import Entry
from handlers.register.register import Register
from intake.ledger import Ledger
from outbox.answers import Answerable
from outbox.apart import PROMISED
from outbox.decisions import Agreed, Ruled
from outbox.letter import Recipient
from outbox.overtaken import told_in_a_letter, told_to
from outbox.recipients import to_answer, to_authors
from outbox.unanswered import Place, Unanswered

_Told = TypeVar("_Told")
Places = dict[int, Place]  # by the agency's id

_UNTOLD = (
    "SELECT id FROM decisions d WHERE d.agency_id IS NOT NULL AND d.what IN ({})"  # noqa: S608
    f" AND NOT {told_in_a_letter('decision_id', 'd.id')}"
    " AND (NOT EXISTS (SELECT 1 FROM tells v WHERE v.decision_id = d.id AND v.overtaken = 1)"
    "  OR EXISTS (SELECT 1 FROM tells v WHERE v.decision_id = d.id AND v.overtaken = 0))"
    " AND {} ORDER BY d.id"
)
_RULED = _UNTOLD.format(
    "'accept', 'reject', 'assign'",
    "NOT EXISTS (SELECT 1 FROM decisions later WHERE later.entry_id = d.entry_id"
    " AND later.id > d.id)",
)
_AGREED = _UNTOLD.format(
    "'extend', 'waive'",
    "NOT EXISTS (SELECT 1 FROM decisions later WHERE later.return_id = d.return_id"
    " AND later.what IN ('extend', 'waive') AND later.id > d.id)",
)


_NOT_SO = "SELECT entry_id FROM tells WHERE decision_id = ? AND overtaken = 1"


class Untold:
    """Decisions that are due a letter."""

    def __init__(self, ledger: Ledger, register: Register, unanswered: Unanswered) -> None:
        self._ledger = ledger
        self._register = register
        self._unanswered = unanswered

    def ruled(self, now: datetime) -> list[Ruled]:
        """About what came."""
        return list(self._each(_RULED, now, self._ruled))

    def agreed(self, now: datetime) -> list[Agreed]:
        """About what is owed."""
        return list(self._each(_AGREED, now, self._agreed))

    def _each(
        self, sql: str, now: datetime, read: Callable[[Made, Places, datetime], _Told | None]
    ) -> Iterator[_Told]:
        ids = [row["id"] for row in self._ledger.rows(sql)]
        places: Places = self._unanswered.places(now) if ids else {}
        for id in ids:
            made = self._register.decisions.get(id)
            found = read(made, places, now) if made else None
            if found is not None:
                yield found

    def _ruled(self, made: Made, places: Places, now: datetime) -> Ruled | None:
        entry = self._register.entries.get(made.entry_id or 0)
        if entry is None or made.agency_id is None:
            return None
        entries = self._to_tell(made, entry)
        if not entries:
            return None
        case, agency, waiting = places[made.agency_id]
        delivery = self._unanswered.delivery(entry.delivery_id, made.agency_id)
        # Who sent it is answered only in the case and for the agency they sent it for, and never
        # when a machine wrote (failure mode 69).
        theirs = delivery.agency_id == made.agency_id and not delivery.automatic
        return Ruled(
            made,
            Answerable(
                delivery_id=entry.delivery_id,
                received=delivery.received.astimezone(now.tzinfo),
                dropped=delivery.dropped,
                thread=delivery.thread if theirs else "",
                case_id=case.id,
                reference=case.reference,
                agency=agency,
                recipients=self._not_told(
                    made,
                    to_answer(
                        self._register.people, agency.id, delivery.contact_id if theirs else None
                    ),
                ),
                entries=entries,
                again=(),
                kept=self._unanswered.kept(agency, now),
                waiting=waiting,
            ),
        )

    def _to_tell(self, made: Made, entry: Entry) -> tuple[Entry, ...]:
        """A message without a document came to nothing that anybody waits to hear of, unless we
        said that we would write, or a person has something to say about it."""
        if made.what == "assign":
            not_so = {row["entry_id"] for row in self._ledger.rows(_NOT_SO, made.id)}
            return tuple(e for e in self._register.entries.put_by(made.id) if e.id not in not_so)
        return (entry,) if entry.position or made.because.tell or entry.reason in PROMISED else ()

    def _agreed(self, made: Made, places: Places, now: datetime) -> Agreed | None:
        case, agency, waiting = places[made.agency_id or 0]
        row = next((row for row in agency.returns if row.id == made.return_id), None)
        if row is None:
            return None
        people = to_authors(self._register.people, agency.id, now.date())
        to = self._not_told(made, people)
        return Agreed(made, case.reference, case.id, agency, row, to, waiting)

    def _not_told(self, made: Made, people: Iterable[Recipient]) -> tuple[Recipient, ...]:
        """Those whom no letter tells of it: it was not written yet, or was called back."""
        told = told_to(self._ledger, "decision_id", made.id, made.agency_id or 0)
        return tuple(to for to in people if to.contact_id not in told)
