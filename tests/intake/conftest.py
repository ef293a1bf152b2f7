"""A ledger, keys and a vault of a test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.keys import Keys
from intake.ledger import Ledger
from intake.spool import SCHEMA, Spool
from intake.vault import Vault


@pytest.fixture
def keys() -> Keys:
    return Keys(vault=bytes(range(32)), marks=bytes(range(32, 64)))


@pytest.fixture
def vault(tmp_path: Path, keys: Keys) -> Vault:
    return Vault(tmp_path / "vault", keys)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = Ledger(tmp_path / "register.db").bring_up_to_date([SCHEMA])
    yield ledger
    ledger.close()


@pytest.fixture
def spool(ledger: Ledger, vault: Vault) -> Spool:
    return Spool(ledger, vault)
