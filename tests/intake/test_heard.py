"""When each source last answered: exactly here, nearly so for others, at no cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from intake import spool
from intake.database import RegisterDatabase
from intake.source_health import WRITE_INTERVAL, SourceActivity

NOW = datetime(2010, 4, 1, 9, 15, tzinfo=UTC)
SOON = timedelta(minutes=1)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[RegisterDatabase]:
    opened = RegisterDatabase(tmp_path / "register.db").apply_schema_steps([spool.SPOOL_SCHEMA])
    yield opened
    opened.close()


def test_whoever_answered_is_remembered_exactly(database: RegisterDatabase) -> None:
    heard = SourceActivity(database)
    heard.record_answers(["mail-1", "drop"], NOW)
    heard.record_answers(["drop"], NOW + SOON)
    assert heard.last_answers() == {"mail-1": NOW, "drop": NOW + SOON}


def test_another_process_sees_it_within_minutes(database: RegisterDatabase) -> None:
    heard = SourceActivity(database)
    heard.record_answers(["drop"], NOW)
    heard.record_answers(["drop"], NOW + SOON)
    assert SourceActivity(database).last_answers() == {"drop": NOW}
    heard.record_answers(["drop"], NOW + WRITE_INTERVAL)
    assert SourceActivity(database).last_answers() == {"drop": NOW + WRITE_INTERVAL}


def test_a_quiet_round_writes_nothing(database: RegisterDatabase) -> None:
    heard = SourceActivity(database)
    heard.record_answers(["mail-1", "drop"], NOW)
    before = database.change_counter()
    for minute in range(1, 10):
        heard.record_answers(["mail-1", "drop"], NOW + timedelta(minutes=minute))
    assert database.change_counter() == before
