"""A database, keys and a vault of a test's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from intake.database import RegisterDatabase
from intake.keys import Keys
from intake.spool import SPOOL_SCHEMA, Spool
from intake.vault import Vault
from tests.intake.file_stand import Stand
from tests.intake.mail_stand import MailStand


@pytest.fixture
def keys() -> Keys:
    return Keys(vault=bytes(range(32)), marks=bytes(range(32, 64)))


@pytest.fixture
def vault(tmp_path: Path, keys: Keys) -> Vault:
    return Vault(tmp_path / "vault", keys)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[RegisterDatabase]:
    database = RegisterDatabase(tmp_path / "register.db").apply_schema_steps([SPOOL_SCHEMA])
    yield database
    database.close()


@pytest.fixture
def spool(database: RegisterDatabase, vault: Vault) -> Spool:
    return Spool(database, vault)


@pytest.fixture(params=["drop", "maildir"])
def files(request: pytest.FixtureRequest, tmp_path: Path, keys: Keys) -> Stand:
    """A source that is made of files."""
    return Stand(tmp_path / "source", keys, request.param)


@pytest.fixture(params=["drop", "maildir", "imap"])
def stand(
    request: pytest.FixtureRequest, tmp_path: Path, keys: Keys
) -> Iterator[Stand | MailStand]:
    """Any source."""
    if request.param != "imap":
        yield Stand(tmp_path / "source", keys, request.param)
        return
    made = MailStand(request.getfixturevalue("dovecot"), f"{uuid4().hex}", keys)
    with closing(made):
        yield made
