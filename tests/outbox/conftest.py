"""A real database, vault and queue in the test's own folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from commands.composition.app import Application, open_application
from commands.global_options import GlobalOptions
from config.kind_loading import load_kinds
from config.settings import Board as BoardSettings
from handlers.register import register as register_room
from handlers.register.opening import bring_up_to_date
from handlers.register.register import Register
from intake import spool as spool_room
from intake.database import RegisterDatabase
from intake.keys import make_missing_keys, read_keys
from intake.vault import Vault
from outbox.samples.drafts import ADMINISTRATOR, OPERATOR
from outbox.sending import letter_queue as queue_room
from outbox.sending.departures import Departures
from outbox.sending.gate import SendingCaps, SendingGate
from outbox.sending.letter_queue import LetterQueue
from outbox.writing.disclosure_guard import DisclosureGuard
from tests.board import Board
from tests.servers.certificates import Certificates
from tests.servers.smtp import Post, running

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2010, 4, 1, 10, 15, tzinfo=LONDON)
BOARD = BoardSettings.model_validate(
    {
        "name": "Shireshire Safeguarding Children Board",
        "marking": "OFFICIAL-SENSITIVE",
        "administrator": {"name": "The Administrator", "email": "administrator@board.example"},
        "operator": "it@board.example",
    }
)


@dataclass(frozen=True)
class Desk:
    """What letters are made from and kept in."""

    database: RegisterDatabase
    vault: Vault
    register: Register
    queue: LetterQueue
    gate: SendingGate


@contextmanager
def desk_in(folder: Path) -> Iterator[Desk]:
    make_missing_keys(folder / "keys")
    keys = read_keys(folder / "keys")
    schemas = (spool_room.SPOOL_SCHEMA, register_room.REGISTER_SCHEMA, queue_room.SCHEMA)
    vault = Vault(folder / "vault", keys)
    vault.check_keys()
    database = RegisterDatabase(folder / "register.db")
    bring_up_to_date(database, vault, keys, schemas, NOW, new=True)
    register = Register(database, vault, keys, load_kinds())
    queue = LetterQueue(database, vault, keys, "board.example")
    guard = DisclosureGuard(register, ADMINISTRATOR, OPERATOR)
    yield Desk(
        database,
        vault,
        register,
        queue,
        SendingGate(
            *(database, register.record, SendingCaps(10, 200), guard),
            departures=Departures(database, keys, register.journal),
        ),
    )
    database.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path) as desk:
        yield desk


@pytest.fixture
def app(loaded: Board) -> Iterator[Application]:
    """The application of a board with case N12 loaded, the Monday after its chronology was due."""
    at = datetime(2010, 4, 19, 10, tzinfo=LONDON)
    with open_application(GlobalOptions(loaded.folder / "scr-intake.toml", at)) as app:
        yield app


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates.made_in(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def post(certificates: Certificates) -> Iterator[Post]:
    with running(certificates) as post:
        yield post
