"""A row that somebody changed with the register's file, and without the keys, is never proven by
what is honestly written later (failure mode 102)."""

from __future__ import annotations

import pytest

from handlers.register.audit_acts import AuditAct
from handlers.register.row_proofs import RowNotAsRecorded
from tests.campaigns.tampered import written_over
from tests.handlers.register.test_reconciliation import without_triggers
from tests.registry import NOW, Registry, judgement

FORGED = "UPDATE returns SET due = '2011-01-01' WHERE id = 1"


@pytest.fixture
def busy(registry: Registry) -> Registry:
    """A register with an entry, and without triggers that refuse."""
    registry.log(judgement("imr", "reject"), raw=b"1")
    without_triggers(registry)
    return registry


def write_over(registry: Registry) -> None:
    registry.database.execute_change("UPDATE returns SET state = state WHERE id = 1")


def test_a_forged_row_stops_what_would_write_over_it_and_stays_found(busy: Registry) -> None:
    before = busy.register.record.chain_head()
    busy.by_hand(FORGED)
    with pytest.raises(RowNotAsRecorded, match=r"the row \[1\] of returns"):
        write_over(busy)
    assert busy.register.record.chain_head() == before
    assert busy.register.unrecorded_changes() == ["The row 1 of returns was changed."]


def test_another_row_goes_on_being_written(busy: Registry) -> None:
    busy.by_hand(FORGED)
    busy.database.execute_change("UPDATE returns SET state = 'waived' WHERE id = 2")
    assert busy.register.unrecorded_changes() == ["The row 1 of returns was changed."]


def test_a_forged_row_is_not_deleted_either(busy: Registry) -> None:
    busy.by_hand("UPDATE schema_steps SET version = '9' WHERE room = 'intake'")
    with pytest.raises(RowNotAsRecorded):
        busy.database.execute_change("DELETE FROM schema_steps")


def test_a_row_that_was_put_in_by_hand_is_not_written_over(busy: Registry) -> None:
    busy.by_hand("INSERT INTO heard (source, at) VALUES ('mail-9', '2010')")
    with pytest.raises(RowNotAsRecorded):
        busy.database.execute_change("UPDATE heard SET source = 'mail-8'")


def test_a_row_that_was_taken_out_by_hand_is_not_put_in_again(busy: Registry) -> None:
    busy.database.execute_insert("INSERT INTO heard (source, at) VALUES ('mail-1', '2010')")
    busy.by_hand("DELETE FROM heard")
    with pytest.raises(RowNotAsRecorded):
        busy.database.execute_insert("INSERT INTO heard (source, at) VALUES ('mail-1', '2010')")


def test_a_row_that_comes_changes_and_goes_in_one_transaction_is_well(busy: Registry) -> None:
    with busy.database.transaction():
        busy.database.execute_insert("INSERT INTO heard (source, at) VALUES ('mail-1', '2010')")
        busy.database.execute_change("UPDATE heard SET source = 'mail-2'")
        busy.database.execute_change("DELETE FROM heard")
        busy.database.execute_insert("INSERT INTO heard (source, at) VALUES ('mail-1', '2010')")
    write_over(busy)
    write_over(busy)
    assert busy.register.unrecorded_changes() == []


def test_a_yesterdays_row_put_back_with_its_digest_shows_for_good(busy: Registry) -> None:
    """Who has a copy from yesterday can put a row back with the digest it had then: it is written
    over, and that it was another before stands in the record."""
    row = busy.database.fetch_row(
        "SELECT digest FROM row_proofs WHERE of_table = 'returns' AND row_key = '[1]'"
    )
    assert row is not None
    was = busy.database.fetch_row("SELECT due FROM returns WHERE id = 1")
    assert was is not None
    busy.database.execute_change("UPDATE returns SET due = '2010-12-01' WHERE id = 1")
    busy.by_hand(
        f"UPDATE returns SET due = '{was['due']}' WHERE id = 1",
        f"UPDATE row_proofs SET digest = '{row['digest']}'"
        " WHERE of_table = 'returns' AND row_key = '[1]'",
    )
    write_over(busy)
    assert busy.register.unrecorded_changes() == [
        "The row 1 of returns was changed by other means, and after that written over by"
        " scr-intake."
    ]


def test_a_change_of_the_schema_proves_no_forged_row(busy: Registry) -> None:
    busy.by_hand(FORGED)
    record = busy.register.record
    unproven = record.proofs.unproven_rows()
    assert unproven == {("returns", "[1]")}
    with busy.database.transaction():
        record.append_existing_rows(NOW, AuditAct.SCHEMA_CHANGED, unproven)
    assert busy.register.unrecorded_changes() == ["The row 1 of returns was changed."]
    with pytest.raises(RowNotAsRecorded):
        write_over(busy)


@pytest.mark.parametrize("forged", [True, False])
def test_what_is_acted_on_is_looked_at_when_somebody_else_has_written(
    busy: Registry, forged: bool
) -> None:
    assert busy.register.record.proofs.find_foreign_change() is None
    busy.by_hand(FORGED if forged else "UPDATE deliveries SET tries = 1")
    assert (busy.register.record.proofs.find_foreign_change() is not None) is forged


def test_no_value_of_any_column_is_proven_by_being_written_over(busy: Registry) -> None:
    busy.database.execute_insert("INSERT INTO heard (source, at) VALUES ('mail-1', '2010')")
    busy.database.fetch_rows("PRAGMA ignore_check_constraints = ON")
    busy.database.fetch_rows("PRAGMA foreign_keys = OFF")
    tried, proven = written_over(busy.database, busy.register.record, most=1)
    assert proven == []
    assert tried > 60
