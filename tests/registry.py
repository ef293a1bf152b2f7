"""A register to test on, without the command line around it: real files, real keys, real SQLite.

Does: opens a database, a vault, a spool and a register in a test's own folder, loads cases, and
puts deliveries in the spool as a source would.
Trusts: nothing.
Never touches: the worker; a test that judges brings its own.
Known limits: one register in one folder at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # the build it picked

from config.case_file import load_case_file
from config.kind_loading import load_kinds
from handlers.findings import Finding, Judgement
from handlers.register import register as register_room
from handlers.register.agencies import AgencyPlace
from handlers.register.decision import Decision
from handlers.register.matrix import ReturnRow
from handlers.register.opening import bring_up_to_date
from handlers.register.register import Register
from handlers.register.submissions import LoggedDelivery, Origin, Submission
from intake import spool as spool_room
from intake.database import RegisterDatabase
from intake.keys import Keys, make_missing_keys, read_keys
from intake.source import SourceOffer
from intake.spool import Delivery, Spool
from intake.vault import Vault
from tests.board import CASE
from tests.known_sources import SOURCES

KINDS = load_kinds()
SCHEMAS = (spool_room.SPOOL_SCHEMA, register_room.REGISTER_SCHEMA)
NOW = datetime(2010, 4, 1, 9, 0, tzinfo=UTC)
DAY = date(2010, 4, 1)
SECOND_CASE = CASE.replace('"N12"', '"N13"').replace('"N12/A"', '"N13/A"')
# The second case with none of the first one's people in it.
STRANGERS = SECOND_CASE.replace("meadowlane", "hilltop").replace("shirepolice", "vale")


class Registry:
    """Everything the processor works with, open in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        make_missing_keys(folder / "keys")
        self.keys: Keys = read_keys(folder / "keys")
        self.vault = Vault(folder / "vault", self.keys)
        self.vault.check_keys()
        self.database = RegisterDatabase(folder / "register.db")
        bring_up_to_date(self.database, self.vault, self.keys, SCHEMAS, NOW, new=True)
        self.spool = Spool(self.database, self.vault)
        self.register = Register(self.database, self.vault, self.keys, KINDS)
        self._places = 0

    def by_hand(self, *statements: str) -> None:
        """As somebody would change the register who has its file and not the keys."""
        with closing(sqlite3.connect(self.folder / "register.db")) as other, other:
            for statement in statements:
                other.execute(statement)

    def load(self, text: str = CASE) -> list[str]:
        file = self.folder / "case.toml"
        file.write_text(text)
        return self.register.cases.load_case(load_case_file(file, KINDS), NOW)

    def arrived(
        self,
        raw: bytes,
        source: str = "drop",
        agency: str | None = None,
        case: str | None = None,
        now: datetime = NOW,
    ) -> Delivery:
        """A delivery, safe in the spool."""
        self._places += 1
        place = f"{agency or 'mail'}/{self._places}"
        self.spool.take_delivery(SOURCES[source], SourceOffer(place, agency, case), raw, now)
        return self.spool.waiting_deliveries()[-1]

    def place(self, code: str = "GP", reference: str = "N12") -> AgencyPlace:
        places = self.register.people.places_of_agency(code)
        return next(place for place in places if place.reference == reference)

    def log(
        self,
        *judgements: Judgement,
        code: str = "GP",
        raw: bytes = b"a document",
        day: date = DAY,
    ) -> Delivery:
        """Log one document of an agency in case N12, with these judgements of it."""
        delivery = self.arrived(raw, "drop", code)
        content = self.vault.keyed_hash(raw)
        self.write(delivery, self.origin(code), [Submission(1, content, judgements)], day)
        return delivery

    def origin(self, code: str = "GP") -> Origin:
        place = self.place(code)
        return Origin(place.case_id, place.reference, place.agency_id, place.code)

    def write(
        self,
        delivery: Delivery,
        origin: Origin,
        submissions: Sequence[Submission],
        day: date = DAY,
    ) -> None:
        logged = LoggedDelivery(delivery, origin, tuple(submissions), day, NOW)
        with self.register.transaction():
            self.register.logbook.log_delivery(logged)
            self.spool.mark_judged(delivery)

    def decided(self, decision: Decision) -> int:
        with self.register.transaction():
            return self.register.decisions.record_decision(decision, NOW)

    def states(self, code: str = "GP", reference: str = "N12") -> dict[str, str]:
        """Where each of the agency's returns stands."""
        return {r.kind: r.state for r in self.owed(code, reference)}

    def owed(self, code: str = "GP", reference: str = "N12") -> list[ReturnRow]:
        (case,) = self.register.case_matrix(DAY, reference)
        return list(next(a for a in case.agencies if a.code == code).returns)

    def record(self) -> list[str]:
        """What happened, in order."""
        return [
            row["what"]
            for row in self.database.fetch_rows(
                "SELECT what FROM record WHERE at IS NOT NULL AND seq > 1 ORDER BY seq"
            )
        ]


def judgement(kind: str | None, verdict: str = "accept") -> Judgement:
    """A judgement with no more to it than its verdict."""
    severity = {"refer": "question", "reject": "fault", "hold": "danger"}.get(verdict)
    found = (Finding("a-rule", severity, "It is so.", "Put it right."),) if severity else ()  # type: ignore[arg-type]
    return Judgement(kind, 1.0, found)
