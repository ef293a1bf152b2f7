"""The key of an original is its case's, from the transaction on that says which case it is of."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.register.reconciliation import find_unrecorded_changes
from handlers.register.submissions import LoggedDelivery, Origin, Submission
from intake.data_keys import BOARD
from intake.vault import SealBroken
from tests.registry import DAY, NOW, SECOND_CASE, Registry, judgement


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    registry = Registry(tmp_path)
    registry.load()
    registry.load(SECOND_CASE)
    return registry


def owners(registry: Registry, raw: bytes) -> frozenset[int]:
    return registry.vault.document_keys.owners(registry.vault.keyed_hash(raw))


def case(registry: Registry, reference: str = "N12") -> int:
    return registry.place("GP", reference).case_id


def origin(registry: Registry, reference: str) -> Origin:
    place = registry.place("GP", reference)
    return Origin(place.case_id, place.reference, place.agency_id, place.code)


def document(registry: Registry, raw: bytes, position: int = 1) -> Submission:
    registry.vault.store_original(raw)
    content = registry.vault.keyed_hash(raw)
    return Submission(position, content, (judgement("chronology"),))


def test_what_waits_to_be_read_is_the_boards_and_then_its_cases(registry: Registry) -> None:
    registry.arrived(b"not read yet")
    registry.log(judgement("chronology"), raw=b"a document")
    assert owners(registry, b"not read yet") == {BOARD}
    assert owners(registry, b"a document") == {case(registry)}


def test_a_message_with_documents_of_two_cases_stays_the_boards(registry: Registry) -> None:
    delivery = registry.arrived(b"a message", "mail-1")
    with registry.register.transaction():
        for position, (reference, raw) in enumerate((("N12", b"one"), ("N13", b"other")), 1):
            found = (document(registry, raw, position),)
            registry.register.logbook.log_delivery(
                LoggedDelivery(delivery, origin(registry, reference), found, DAY, NOW)
            )
        registry.spool.mark_judged(delivery)
    assert owners(registry, b"a message") == {BOARD}
    assert owners(registry, b"one") == {case(registry)}
    assert owners(registry, b"other") == {case(registry, "N13")}


def test_a_document_that_came_for_two_cases_is_of_both(registry: Registry) -> None:
    for reference in ("N12", "N13"):
        delivery = registry.arrived(b"the same", "drop", "GP")
        registry.write(delivery, origin(registry, reference), [document(registry, b"the same")])
    assert owners(registry, b"the same") == {case(registry), case(registry, "N13")}


def test_what_is_not_committed_stays_where_it_was_and_a_kill_is_made_good(
    registry: Registry,
) -> None:
    delivery = registry.arrived(b"a document", "drop", "GP")
    logged = LoggedDelivery(
        delivery, origin(registry, "N12"), (document(registry, b"a document"),), DAY, NOW
    )
    with pytest.raises(KeyboardInterrupt), registry.register.transaction():
        registry.register.logbook.log_delivery(logged)
        raise KeyboardInterrupt
    assert registry.vault.read_original(delivery.content) == b"a document"
    registry.register.owners.finish_moves()
    assert owners(registry, b"a document") == {BOARD}
    with registry.database.transaction():  # committed, and killed before the old wrap goes
        registry.register.logbook.log_delivery(logged)
    assert owners(registry, b"a document") == {BOARD, case(registry)}
    registry.register.owners.finish_moves()
    assert owners(registry, b"a document") == {case(registry)}
    assert registry.vault.read_original(delivery.content) == b"a document"


def test_without_the_keys_of_a_case_nothing_of_it_opens_and_its_rows_are_as_they_were(
    registry: Registry,
) -> None:
    registry.log(judgement("chronology"), raw=b"a document")
    registry.log(judgement("report"), raw=b"another")
    for path in (registry.vault.folder / "case-keys").glob(f"{case(registry)}.*"):
        path.unlink()
    left = registry.__class__(registry.folder)
    with pytest.raises(SealBroken):
        left.register.cases.case_file("N12")
    assert left.register.cases.case_file("N13").reference == "N13"
    for row in left.database.fetch_rows("SELECT content, sealed FROM entries"):
        with pytest.raises(SealBroken):
            left.vault.read_original(row["content"])
        with pytest.raises(SealBroken):
            left.vault.unseal_bytes(row["sealed"], "entry")
    assert left.register.record.first_broken_row() is None
    told = [(x.table, x.key) for x in find_unrecorded_changes(left.register.record, left.vault)]
    assert told == [("entries", "[1]"), ("entries", "[2]")]
