"""The way from a source to the spool and back, small enough to walk hundreds of times.

Does: lays out a mailbox and a drop folder with one arrival each, does the first steps of the real
round on them (take in, judge, let go) with a processor that only counts, and says what is wrong.
Trusts: nothing of what it checks; it looks with a connection of its own.
Never touches: letters, the worker.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from commands.composition.incoming import IntakeMemory
from commands.rounds.round_judging import judge_new, judge_retried, release_taken
from commands.rounds.round_report import RoundReport
from commands.rounds.take_in import take_in_sources
from handlers.deliveries.judged_delivery import JudgedDelivery
from intake.database import RegisterDatabase
from intake.drop.drop_folder import DropFolder
from intake.drop.shared_folder import make_drop_folder
from intake.keys import Keys
from intake.maildir import Maildir, make_maildir
from intake.source_backlog import OfferBacklog, SourceBeginnings
from intake.spool import SPOOL_SCHEMA, Delivery, Spool
from intake.unregistered_senders import UnregisteredSenders, WaitingDomains
from intake.vault import CONTENT_PURPOSE, Vault
from tests.flow.onlooker import Onlooker

NOW = datetime(2010, 4, 1, 9, 30, tzinfo=UTC)
STEPS = (take_in_sources, judge_new, judge_retried, release_taken)
KEYS = Keys(vault=bytes(32), marks=bytes(32))
ARRIVALS = {"drop/GP/N12/form.docx": b"a form, dropped", "mail/new/1.1.host": b"a message"}


class Counting:
    """A processor who settles everything and remembers how often."""

    def __init__(self, database: RegisterDatabase, vault: Vault, spool: Spool) -> None:
        self._database, self._vault, self._spool = database, vault, spool

    def settle_delivery(self, delivery: Delivery, now: datetime) -> JudgedDelivery:
        raw = self._vault.read_original(delivery.content)
        with self._database.transaction():
            self._database.execute_insert("INSERT INTO settled (raw) VALUES (?)", raw)
            self._spool.mark_judged(delivery)
        return JudgedDelivery()


class Little:
    """One mailbox and one drop folder, with an arrival each, and a register."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        vault = Vault(folder / "vault", KEYS)
        self._onlooker = Onlooker(folder, vault, ARRIVALS)
        make_drop_folder(folder / "drop")
        make_maildir(folder / "mail")
        vault.check_keys()
        with closing(
            RegisterDatabase(folder / "register.db").apply_schema_steps([SPOOL_SCHEMA])
        ) as database:
            database.execute_insert("CREATE TABLE settled (raw BLOB) STRICT")
        for name, content in ARRIVALS.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)

    @staticmethod
    def mark(content: bytes) -> str:
        """The name of these bytes in the vault."""
        return KEYS.keyed_hash(CONTENT_PURPOSE, content)

    @contextmanager
    def _app(self) -> Iterator[Any]:
        with closing(
            RegisterDatabase(self.folder / "register.db").apply_schema_steps([SPOOL_SCHEMA])
        ) as database:
            vault = Vault(self.folder / "vault", KEYS)
            spool = Spool(database, vault)
            drop = DropFolder(
                self.folder / "drop",
                vault.keyed_hash,
                settle=lambda: None,
                today=lambda: date(2010, 4, 1),
            )
            yield SimpleNamespace(
                spool=spool,
                processor=Counting(database, vault, spool),
                sources=(Maildir("mail-1", self.folder / "mail", vault.keyed_hash), drop),
                now=lambda: NOW,
                vault=vault,
                sandbox_judge=SimpleNamespace(delivery_time_limit=lambda *_, **__: nullcontext()),
                settings=SimpleNamespace(
                    board=SimpleNamespace(answers="off"),
                    storage=SimpleNamespace(
                        register_file=self.folder / "register.db", vault=self.folder / "vault"
                    ),
                ),
                register=SimpleNamespace(people=SimpleNamespace(places_of_agency=lambda code: ())),
                intake_memory=IntakeMemory(
                    strangers=UnregisteredSenders(database, vault.keyed_hash),
                    turns=WaitingDomains(database, vault),
                    beginnings=SourceBeginnings(database),
                    backlog=OfferBacklog(),
                    since={},
                    registered=lambda sender: True,
                    domains=frozenset,
                    answering=frozenset(),
                ),
            )

    def round(self) -> RoundReport:
        """Take in, judge and let go, as a process that has just started."""
        report = RoundReport()
        with self._app() as app:
            for step in STEPS:
                for _ in step(app, report):
                    pass
        return report

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Looked at with a connection of its own."""
        return self._onlooker.rows(sql)

    def missing(self) -> list[str]:
        """What is neither at its source nor in the spool, whole."""
        return self._onlooker.missing()

    def wrong(self) -> list[str]:
        """What is not as it should be once everything has been dealt with; [] when all is."""
        rows = self._onlooker.rows(
            "SELECT source, state, released IS NULL FROM deliveries ORDER BY id"
        )
        settled = sorted(row[0] for row in self._onlooker.rows("SELECT raw FROM settled"))
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        aside = [p for p in files if "done" in p.parts or ".Dealt with" in p.parts]
        checks = {
            "each is one delivery, judged and let go": sorted(rows)
            == [("drop", "judged", 0), ("mail-1", "judged", 0)],
            "each is settled once": settled == sorted(ARRIVALS.values()),
            "the sources are empty": not self._onlooker.left(),
            "each is kept aside once": sorted(c for p in aside if (c := p.read_bytes()))
            == sorted(ARRIVALS.values()),
            "each is in the vault": not self.missing(),
            "nothing lies half-written": not [p for p in files if p.name.endswith(".part")],
        }
        return [told for told, true in checks.items() if not true]
