"""The record proves itself: whatever is done to it by hand shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.register.audit_acts import AuditAct
from handlers.register.audit_log import FIRST_SEAL, AuditLog, group_seal_digits
from tests.registry import NOW, Registry, judgement


@pytest.fixture
def chain(registry: Registry) -> Registry:
    """A record that can be tampered with: its triggers are gone."""
    for n, kind in enumerate(("chronology", "imr", "qa_form", "evaluation_statement")):
        registry.log(judgement(kind), raw=b"%d" % n)
    registry.database.execute_insert("DROP TRIGGER record_stands")
    registry.database.execute_insert("DROP TRIGGER record_stays")
    return registry


def fact(registry: Registry) -> int:
    """The number of a row in the middle that tells of something that happened."""
    sql = "SELECT seq FROM record WHERE at IS NOT NULL ORDER BY seq LIMIT 1 OFFSET 3"
    row = registry.database.fetch_row(sql)
    assert row is not None
    return int(row["seq"])


def last(registry: Registry) -> int:
    return registry.register.record.chain_head()[0]


def tamper(registry: Registry, sql: str, *values: object) -> int | None:
    """Do something to the record by hand; returns the first row that is found broken."""
    registry.database.execute_change(sql, *values)
    return registry.register.record.first_broken_row()


def test_an_empty_record_has_a_head_and_nothing_broken(registry: Registry) -> None:
    keys = replace(registry.keys, marks=b"0" * 32)
    registry.database.execute_insert("DROP TRIGGER record_stays")
    registry.database.execute_change("DELETE FROM record")
    empty = AuditLog(registry.database, keys)
    assert (empty.chain_head(), empty.began_recording_at(), empty.first_broken_row()) == (
        (0, FIRST_SEAL),
        None,
        None,
    )


def test_rows_follow_from_one_another(chain: Registry) -> None:
    record = chain.register.record
    assert record.first_broken_row() is None
    assert record.chain_head()[0] > 5
    assert record.began_recording_at() == NOW


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("what", "nothing"),
        ("detail", "{}"),
        ("at", (NOW - timedelta(days=1)).isoformat()),
        ("seal", "0" * 64),
    ],
)
def test_a_changed_row_is_found(chain: Registry, column: str, value: str) -> None:
    """Failure mode 86."""
    seq = fact(chain)
    assert tamper(chain, f"UPDATE record SET {column} = ? WHERE seq = {seq}", value) == seq


def test_a_deleted_row_is_found(chain: Registry) -> None:
    assert tamper(chain, "DELETE FROM record WHERE seq = 3") == 3


def test_a_deleted_row_is_found_also_when_the_rest_is_numbered_anew(chain: Registry) -> None:
    chain.database.execute_change("DELETE FROM record WHERE seq = 3")
    chain.database.execute_change("UPDATE record SET seq = 3 WHERE seq = 4")
    assert tamper(chain, "UPDATE record SET seq = 4 WHERE seq = 5") == 3


def test_two_rows_in_each_other_s_place_are_found(chain: Registry) -> None:
    for old, new in ((3, 99), (4, 3), (99, 4)):
        chain.database.execute_change("UPDATE record SET seq = ? WHERE seq = ?", new, old)
    assert chain.register.record.first_broken_row() == 3


def test_a_row_put_in_by_someone_without_the_key_is_found(chain: Registry) -> None:
    seq = last(chain) + 1
    row = "INSERT INTO record (seq, at, what, detail, seal) VALUES (?, ?, 'logged', '{}', ?)"
    assert tamper(chain, row, seq, NOW.isoformat(), "f" * 64) == seq


def test_a_chain_rewritten_whole_with_another_key_is_found_at_its_first_row(
    chain: Registry,
) -> None:
    """Failure mode 86."""
    forger = AuditLog(chain.database, replace(chain.keys, marks=b"1" * 32))
    sql = "SELECT what FROM record WHERE at IS NOT NULL ORDER BY seq"
    rows = chain.database.fetch_rows(sql)
    chain.database.execute_change("DELETE FROM record")
    for row in rows:
        forger.append(NOW, row["what"])
    assert forger.first_broken_row() is None
    assert chain.register.record.first_broken_row() == 1


def test_a_row_of_a_copy_that_went_its_own_way_is_found(chain: Registry) -> None:
    """Both rows are sealed with the key; only one follows from what is before it."""
    chain.database.execute_change("CREATE TEMP TABLE kept AS SELECT * FROM record")
    chain.database.execute_change("DELETE FROM record WHERE seq > 2")
    for _ in range(10):
        chain.register.record.append(NOW, AuditAct.RESTORED)
    seq = fact(chain)
    row = chain.database.fetch_row("SELECT * FROM record WHERE seq = ?", seq)
    assert row is not None
    chain.database.execute_change("DELETE FROM record")
    chain.database.execute_change("INSERT INTO record SELECT * FROM kept")
    assert chain.register.record.first_broken_row() is None
    sql = f"UPDATE record SET at = ?, what = ?, detail = ?, seal = ? WHERE seq = {seq}"
    assert tamper(chain, sql, row["at"], row["what"], row["detail"], row["seal"]) == seq


def test_a_cut_tail_shows_in_the_head_alone(chain: Registry) -> None:
    """Failure mode 85: the digest carries the head out of the machine."""
    before = chain.register.record.chain_head()
    assert tamper(chain, f"DELETE FROM record WHERE seq = {before[0]}") is None
    assert chain.register.record.chain_head() != before
    assert chain.register.record.chain_head()[0] == before[0] - 1


def test_a_row_and_its_change_stand_or_fall_together(registry: Registry) -> None:
    """Failure mode 87."""
    before = registry.register.record.chain_head()
    with pytest.raises(ZeroDivisionError), registry.register.transaction():
        registry.register.record.append(NOW, AuditAct.BACKED_UP)
        raise ZeroDivisionError
    assert registry.register.record.chain_head() == before


def test_two_rows_cannot_follow_the_same_one(chain: Registry) -> None:
    """Failure mode 87."""
    last = chain.database.fetch_row("SELECT * FROM record ORDER BY seq DESC LIMIT 1")
    assert last is not None
    sql = "INSERT INTO record (seq, at, what, detail, seal) VALUES (?, ?, ?, ?, ?)"
    values = (last["at"], last["what"], last["detail"], last["seal"])
    for seq in (last["seq"], last["seq"] + 1):
        with pytest.raises(Exception, match="UNIQUE"):
            chain.database.execute_insert(sql, seq, *values)


def test_the_record_holds_no_names(registry: Registry) -> None:
    registry.log(judgement("chronology"))
    told = " ".join(
        row["detail"] for row in registry.database.fetch_rows("SELECT detail FROM record")
    )
    for name in ("Author", "Mother", "meadowlane", "Meadow"):
        assert name not in told


def test_a_seal_is_compared_in_groups_of_four() -> None:
    assert group_seal_digits("7f3a92c104be11d0ffff") == "7f3a-92c1-04be-11d0"
