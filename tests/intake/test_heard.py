"""When each source last answered: exactly here, nearly so for others, at no cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from intake import spool
from intake.database import Ledger
from intake.source_health import EVERY, Heard

NOW = datetime(2010, 4, 1, 9, 15, tzinfo=UTC)
SOON = timedelta(minutes=1)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger(tmp_path / "register.db").bring_up_to_date([spool.SCHEMA])
    yield opened
    opened.close()


def test_whoever_answered_is_remembered_exactly(ledger: Ledger) -> None:
    heard = Heard(ledger)
    heard.noted(["mail-1", "drop"], NOW)
    heard.noted(["drop"], NOW + SOON)
    assert heard.last() == {"mail-1": NOW, "drop": NOW + SOON}


def test_another_process_sees_it_within_minutes(ledger: Ledger) -> None:
    heard = Heard(ledger)
    heard.noted(["drop"], NOW)
    heard.noted(["drop"], NOW + SOON)
    assert Heard(ledger).last() == {"drop": NOW}
    heard.noted(["drop"], NOW + EVERY)
    assert Heard(ledger).last() == {"drop": NOW + EVERY}


def test_a_quiet_round_writes_nothing(ledger: Ledger) -> None:
    heard = Heard(ledger)
    heard.noted(["mail-1", "drop"], NOW)
    before = ledger.stamp()
    for minute in range(1, 10):
        heard.noted(["mail-1", "drop"], NOW + timedelta(minutes=minute))
    assert ledger.stamp() == before
