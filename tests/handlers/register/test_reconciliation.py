"""A change of the register that was not logged shows against the record (failure mode 88)."""

from __future__ import annotations

import pytest

from handlers.register.decision import Decision, DecisionReason
from tests.registry import Registry, judgement


def test_what_was_logged_agrees_with_the_record(registry: Registry) -> None:
    registry.log(judgement("chronology", "reject"), raw=b"1")
    registry.log(judgement("chronology"), judgement(None, "refer"), raw=b"2")
    registry.log(judgement("nil_return"), code="POL", raw=b"3")
    assert registry.register.unrecorded_changes() == []


def test_a_return_moved_by_hand_shows(registry: Registry) -> None:
    registry.log(judgement("imr", "reject"))
    registry.ledger.execute_change("UPDATE returns SET state = 'waived' WHERE kind = 'imr'")
    assert registry.register.unrecorded_changes() == [
        "Return 2 is waived; the record has it rejected.",
        "Return 6 is waived; the record has it awaited.",
    ]


def test_an_entry_put_in_by_hand_shows(registry: Registry) -> None:
    registry.log(judgement("imr"))
    registry.ledger.execute_insert(
        "INSERT INTO entries (delivery_id, position, part, content, verdict, sealed, judged)"
        " VALUES (1, 9, 1, 'x', 'refer', x'00', '')"
    )
    assert registry.register.unrecorded_changes() == ["Entry 2 is not in the record."]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE returns SET due = '2011-01-01' WHERE id = 1",
        "UPDATE contacts SET state = 'removed' WHERE id = 1",
        "UPDATE contacts SET sealed = (SELECT sealed FROM contacts WHERE id = 2) WHERE id = 1",
        "UPDATE agencies SET name = 'Another' WHERE id = 1",
        "UPDATE cases SET state = 'closed'",
        "UPDATE cases SET sealed = x'00'",
    ],
)
def test_what_people_set_in_a_case_and_was_changed_by_hand_shows(
    registry: Registry, change: str
) -> None:
    registry.ledger.execute_change(change)
    assert registry.register.unrecorded_changes() == [
        "Case 1, or an agency, a contact or a due date in it, was changed."
    ]


def test_a_decision_made_or_changed_by_hand_shows(registry: Registry) -> None:
    registry.decided(Decision("hold", DecisionReason("The court asks.", "her"), 1))
    assert registry.register.unrecorded_changes() == []
    copied = "what, case_id, sealed, decided"
    registry.ledger.execute_insert(
        f"INSERT INTO decisions ({copied}) SELECT {copied} FROM decisions"
    )
    registry.ledger.execute_insert("DROP TRIGGER decisions_stand")
    registry.ledger.execute_change("UPDATE decisions SET what = 'close' WHERE id = 1")
    assert registry.register.unrecorded_changes() == [
        "Decision 1 was changed.",
        "Decision 2 is not in the record.",
    ]


def test_what_an_entry_says_and_was_changed_by_hand_shows(registry: Registry) -> None:
    registry.log(judgement("imr", "reject"), raw=b"1")
    registry.log(judgement("qa_form"), raw=b"2")
    registry.ledger.execute_insert("DROP TRIGGER entries_stand")
    registry.ledger.execute_change(
        "UPDATE entries SET sealed = (SELECT sealed FROM entries WHERE id = 2) WHERE id = 1"
    )
    assert registry.register.unrecorded_changes() == ["What entry 1 says was changed."]


def test_an_entry_changed_or_taken_out_by_hand_shows(registry: Registry) -> None:
    registry.log(judgement("imr", "reject"), raw=b"1")
    registry.log(judgement("qa_form"), raw=b"2")
    registry.ledger.execute_insert("DROP TRIGGER entries_stand")
    registry.ledger.execute_insert("DROP TRIGGER entries_stay")
    registry.ledger.execute_change("UPDATE entries SET verdict = 'accept' WHERE id = 1")
    registry.ledger.execute_change("DELETE FROM entries WHERE id = 2")
    assert registry.register.unrecorded_changes() == [
        "Entry 1 is accept; the record has it reject.",
        "Entry 2 is in the record and nowhere else.",
    ]
