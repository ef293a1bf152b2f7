"""A change of the register that was not logged shows against the record (failure mode 88)."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from handlers.register.decision import Decision, DecisionReason
from handlers.register.fault import Fault
from handlers.register.reconciliation import find_head_faults, find_schema_changes
from tests.registry import SCHEMAS, Registry, judgement


@pytest.fixture
def busy(registry: Registry) -> Registry:
    """A register with two entries and a decision."""
    registry.log(judgement("imr", "reject"), raw=b"1")
    registry.log(judgement("qa_form"), raw=b"2")
    registry.decided(Decision("hold", DecisionReason("The court asks.", "her"), 1))
    return registry


def test_what_was_logged_agrees_with_the_record(registry: Registry) -> None:
    registry.log(judgement("chronology", "reject"), raw=b"1")
    registry.log(judgement("chronology"), judgement(None, "refer"), raw=b"2")
    registry.log(judgement("nil_return"), code="POL", raw=b"3")
    assert registry.register.unrecorded_changes() == []


def test_what_is_written_in_any_other_room_is_in_the_record_too(registry: Registry) -> None:
    registry.database.execute_change("UPDATE returns SET due = '2011-01-01' WHERE id = 1")
    assert registry.register.unrecorded_changes() == []


def test_what_is_taken_back_is_not_in_the_record(registry: Registry) -> None:
    before = registry.register.record.chain_head()
    with registry.database.dry_run_transaction():
        registry.database.execute_change("UPDATE returns SET due = '2011-01-01' WHERE id = 1")
    assert registry.register.record.chain_head() == before
    assert registry.register.unrecorded_changes() == []


@pytest.mark.parametrize(
    ("change", "row"),
    [
        ("UPDATE returns SET state = 'waived' WHERE id = 6", "row 6 of returns"),
        ("UPDATE returns SET due = '2011-01-01' WHERE id = 1", "row 1 of returns"),
        (
            "UPDATE returns SET received = '2010-03-01' WHERE id = 2",
            "row 2 of returns",
        ),
        (
            "UPDATE returns SET accepted = '2010-03-01' WHERE id = 3",
            "row 3 of returns",
        ),
        (
            "UPDATE contacts SET state = 'removed' WHERE id = 1",
            "row 1 of contacts",
        ),
        ("UPDATE contacts SET sealed = x'00' WHERE id = 1", "row 1 of contacts"),
        ("UPDATE agencies SET name = 'Another' WHERE id = 1", "row 1 of agencies"),
        ("UPDATE cases SET state = 'closed'", "row 1 of cases"),
        ("UPDATE cases SET sealed = x'00'", "row 1 of cases"),
        (
            "UPDATE deliveries SET content = 'x' WHERE id = 1",
            "row 1 of deliveries",
        ),
        (
            "UPDATE deliveries SET received = '2010' WHERE id = 1",
            "row 1 of deliveries",
        ),
        ("UPDATE origins SET agency_id = 2 WHERE id = 1", "row 1 of origins"),
        (
            "UPDATE entries SET kind = 'chronology' WHERE id = 1",
            "row 1 of entries",
        ),
        ("UPDATE entries SET sealed = x'00' WHERE id = 1", "row 1 of entries"),
        (
            "UPDATE decisions SET decided = '2010' WHERE id = 1",
            "row 1 of decisions",
        ),
    ],
)
def test_what_was_changed_by_hand_shows(busy: Registry, change: str, row: str) -> None:
    without_triggers(busy)
    busy.by_hand(change)
    assert busy.register.unrecorded_changes() == [f"The {row} was changed."]


def test_what_was_put_in_by_hand_shows(busy: Registry) -> None:
    without_triggers(busy)
    copied = "delivery_id, contact_id, until, noted"
    busy.by_hand(
        "INSERT INTO entries (delivery_id, position, part, content, verdict, sealed, judged)"
        " VALUES (1, 9, 1, 'x', 'refer', x'00', '')",
        f"INSERT INTO absences ({copied}) VALUES (1, 1, '2010-05-01', '2010-04-01')",
    )
    assert busy.register.unrecorded_changes() == [
        "The row 1, 1 of absences is not in the record.",
        "The table absences has 1 rows; the record has 0.",
        "The row 3 of entries is not in the record.",
        "The table entries has 3 rows; the record has 2.",
    ]


def test_what_was_taken_out_by_hand_shows(busy: Registry) -> None:
    without_triggers(busy)
    busy.by_hand("DELETE FROM entries WHERE id = 2", "DELETE FROM decisions")
    assert busy.register.unrecorded_changes() == [
        "The row 1 of decisions is in the record and nowhere else.",
        "The table decisions has 0 rows; the record has 1.",
        "The row 2 of entries is in the record and nowhere else.",
        "The table entries has 1 rows; the record has 2.",
    ]


def test_a_row_that_was_numbered_anew_shows(busy: Registry) -> None:
    without_triggers(busy)
    busy.by_hand("UPDATE decisions SET id = 7")
    assert busy.register.unrecorded_changes() == [
        "The row 7 of decisions is not in the record.",
        "The row 1 of decisions is in the record and nowhere else.",
    ]


def test_work_in_hand_alone_is_not_in_the_record(busy: Registry) -> None:
    busy.by_hand("UPDATE deliveries SET tries = 2")
    assert busy.register.unrecorded_changes() == []


def test_one_bit_in_what_is_sealed_and_long_shows(busy: Registry) -> None:
    """Its digest has the seal's head and tag alone, and it is opened to be compared."""
    without_triggers(busy)
    row = busy.database.fetch_row("SELECT sealed FROM entries WHERE id = 1")
    assert row is not None
    middle = len(row["sealed"]) // 2
    spoiled = bytearray(row["sealed"])
    spoiled[middle] ^= 1
    busy.by_hand(f"UPDATE entries SET sealed = x'{spoiled.hex()}' WHERE id = 1")
    assert busy.register.unrecorded_changes() == ["The row 1 of entries was changed."]


def test_a_trigger_that_was_dropped_shows(registry: Registry) -> None:
    registry.by_hand(
        "DROP TRIGGER entries_stand",
        "CREATE TRIGGER returns_open AFTER UPDATE ON returns BEGIN SELECT 1; END",
        "DROP INDEX entries_by_return",
        "CREATE INDEX entries_by_return ON entries (kind)",
    )
    assert sentences(find_schema_changes(registry.database, SCHEMAS)) == [
        "The index entries_by_return of the register was changed.",
        "The trigger entries_stand of the register is not there.",
        "The trigger returns_open is none of the register's.",
    ]


def test_a_schema_that_was_left_alone_is_the_shipped_one(registry: Registry) -> None:
    assert list(find_schema_changes(registry.database, SCHEMAS)) == []


def test_an_end_that_was_cut_off_shows_against_the_head_beside_the_register(
    busy: Registry,
) -> None:
    register = busy.register
    assert list(find_head_faults(register.record, register.outside_head)) == []
    last, _ = register.record.chain_head()
    without_triggers(busy)
    busy.by_hand("DELETE FROM record WHERE seq = (SELECT max(seq) FROM record)")
    assert sentences(find_head_faults(register.record, register.outside_head)) == [
        f"The record is not the one that was last written: its entry {last} is missing, or is"
        " another. An older register lies in its place, or its end was cut off."
    ]


def test_a_head_that_was_taken_away_is_said_to_be_unknown(busy: Registry) -> None:
    (busy.folder / "vault" / "head").unlink()
    assert sentences(find_head_faults(busy.register.record, busy.register.outside_head)) == [
        "The vault does not hold the head of the record: whether anything was cut off its end is"
        " not known."
    ]


def sentences(faults: Iterable[Fault]) -> list[str]:
    return [fault.sentence for fault in faults]


def without_triggers(registry: Registry) -> None:
    rows = registry.database.fetch_rows(
        "SELECT name FROM main.sqlite_master WHERE type = 'trigger'"
    )
    registry.by_hand(*(f"DROP TRIGGER {row['name']}" for row in rows))
