"""Logging: one entry a return, its two dates, and the same bytes never twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from handlers.findings import Finding, FindingPlace, Judgement
from handlers.register.submissions import Origin, Submission
from handlers.senders.attribution import UncertainPlace
from tests.registry import DAY, NOW, Registry, judgement

LATER = DAY + timedelta(days=5)


def dates(registry: Registry, kind: str, code: str = "GP") -> tuple[date | None, date | None]:
    """When the return was first received, and accepted."""
    row = next(r for r in registry.owed(code) if r.kind == kind)
    return row.received, row.accepted


# Entries


def test_an_entry_is_read_back_as_it_was_logged(registry: Registry) -> None:
    found = (
        Finding("x", "fault", "It is so.", "Mend it.", FindingPlace(table=1, row=2, column="Date")),
    )
    delivery = registry.log(Judgement("chronology", 0.9, found, ("all 3 dates",)))
    (entry,) = registry.register.entries.entries_of_delivery(delivery.id)
    assert (entry.kind, entry.verdict, entry.position, entry.judged) == (
        "chronology", "reject", 1, NOW,
    )  # fmt: skip
    assert (entry.told.findings, entry.told.passed) == (found, ("all 3 dates",))


def test_a_document_that_carries_three_returns_has_three_entries(registry: Registry) -> None:
    delivery = registry.log(
        judgement("imr"), judgement("qa_form", "reject"), judgement(None, "refer")
    )
    entries = registry.register.entries.entries_of_delivery(delivery.id)
    assert [(e.kind, e.verdict) for e in entries] == [
        ("imr", "accept"),
        ("qa_form", "reject"),
        (None, "refer"),
    ]
    assert registry.states()["imr"] == "accepted"
    assert registry.states()["qa_form"] == "rejected"


def test_a_return_nobody_owes_is_logged_and_moves_nothing(registry: Registry) -> None:
    before = registry.states()
    registry.log(judgement("extension_request", "refer"))
    assert registry.states() == before
    assert registry.record()[-1] == "logged"


def test_what_is_in_an_entry_is_sealed(registry: Registry) -> None:
    registry.log(judgement("imr", "reject"))
    row = registry.database.fetch_row("SELECT sealed FROM entries")
    assert row is not None
    assert b"Put it right" not in row["sealed"]


def test_every_version_that_came_for_a_return_is_kept_in_order(registry: Registry) -> None:
    chronology = registry.owed()[0].id
    assert registry.register.entries.entries_for_return(chronology) == []
    registry.log(judgement("chronology", "reject"), raw=b"1")
    registry.log(judgement("chronology"), raw=b"2")
    versions = registry.register.entries.entries_for_return(chronology)
    assert [version.verdict for version in versions] == ["reject", "accept"]


def test_all_that_an_agency_sent_is_its_own(registry: Registry) -> None:
    registry.log(judgement("imr"), raw=b"1")
    registry.log(judgement("qa_form"), raw=b"2", code="POL")
    entries = registry.register.entries.entries_of_agency(registry.place("POL").agency_id)
    assert [entry.kind for entry in entries] == ["qa_form"]


# The two dates


def test_a_return_remembers_when_it_came_and_when_it_was_accepted(registry: Registry) -> None:
    """Principle 3 of the toolkit's rules."""
    registry.log(judgement("imr", "reject"), raw=b"1")
    assert dates(registry, "imr") == (DAY, None)
    registry.log(judgement("imr"), raw=b"2", day=LATER)
    assert dates(registry, "imr") == (DAY, LATER)
    registry.log(judgement("imr"), raw=b"3", day=LATER + timedelta(days=1))
    assert dates(registry, "imr") == (DAY, LATER + timedelta(days=1))  # the one that counts


def test_what_is_held_is_not_received(registry: Registry) -> None:
    registry.log(judgement("imr", "hold"))
    assert (registry.states()["imr"], dates(registry, "imr")) == ("awaited", (None, None))
    registry.log(judgement("imr", "refer"), raw=b"2", day=LATER)
    assert (registry.states()["imr"], dates(registry, "imr")) == ("referred", (LATER, None))


def test_a_worse_version_does_not_take_back_what_was_accepted(registry: Registry) -> None:
    registry.log(judgement("imr"), raw=b"1")
    for verdict in ("reject", "refer", "hold"):
        registry.log(judgement("imr", verdict), raw=verdict.encode(), day=LATER)
        assert (registry.states()["imr"], dates(registry, "imr")) == ("accepted", (DAY, DAY))


def test_only_the_agency_that_sent_it_is_moved(registry: Registry) -> None:
    registry.log(judgement("imr"))
    assert registry.states("POL")["imr"] == "awaited"


# Repeats


def test_the_same_bytes_again_are_a_repeat_of_the_entries_they_made(registry: Registry) -> None:
    """Failure mode 25, promise 2."""
    first = registry.log(judgement("imr"), judgement("qa_form", "reject"))
    again = registry.log()
    assert registry.register.entries.entries_of_delivery(again.id) == []
    repeated = registry.register.entries.entries_repeated_in(again.id)
    assert repeated == registry.register.entries.entries_of_delivery(first.id)
    assert registry.record()[-2:] == ["came again", "came again"]
    assert registry.register.unrecorded_changes() == []


def test_a_document_is_known_to_the_agency_that_sent_it_and_to_no_other(
    registry: Registry,
) -> None:
    registry.log(judgement("imr"))
    content = registry.vault.keyed_hash(b"a document")
    assert registry.register.entries.is_known_content(registry.place("GP").agency_id, content)
    assert not registry.register.entries.is_known_content(registry.place("POL").agency_id, content)


# A nil return


def test_a_nil_return_settles_the_whole_pack(registry: Registry) -> None:
    registry.log(judgement("nil_return"))
    assert set(registry.states().values()) == {"nil"}
    assert set(registry.states("POL").values()) == {"awaited"}
    assert registry.record()[-5:] == ["logged", *["settled"] * 4]
    assert registry.register.unrecorded_changes() == []


@pytest.mark.parametrize("verdict", ["refer", "reject", "hold"])
def test_a_nil_return_that_is_not_accepted_settles_nothing(
    registry: Registry, verdict: str
) -> None:
    registry.log(judgement("nil_return", verdict))
    assert set(registry.states().values()) == {"awaited"}


def test_a_nil_return_settles_what_was_sent_back_and_leaves_what_is_settled(
    registry: Registry,
) -> None:
    registry.log(judgement("chronology", "reject"), raw=b"1")
    registry.log(judgement("imr"), raw=b"2")
    registry.log(judgement("nil_return"), raw=b"3")
    assert registry.states() == {
        "chronology": "nil",
        "imr": "accepted",
        "qa_form": "nil",
        "evaluation_statement": "nil",
    }


def test_what_comes_in_spite_of_a_nil_return_is_put_before_a_person(registry: Registry) -> None:
    registry.log(judgement("nil_return"), raw=b"1")
    registry.log(judgement("chronology", "refer"), raw=b"2", day=LATER)
    assert registry.states()["chronology"] == "referred"
    assert dates(registry, "chronology") == (LATER, None)


# Set apart


def test_what_has_no_place_is_logged_for_a_person(registry: Registry) -> None:
    delivery = registry.arrived(b"a message", "mail-1")
    why = UncertainPlace("case-unclear", ("N12", "N13"))
    apart = Submission(
        0, delivery.content, verdict=why.verdict, reason=why.reason, candidates=why.candidates
    )
    registry.write(delivery, Origin(), [apart])
    (entry,) = registry.register.entries.entries_of_delivery(delivery.id)
    assert (entry.position, entry.agency_id, entry.reason) == (0, None, "case-unclear")
    assert entry.told.candidates == ("N12", "N13")
    assert registry.record()[-1] == "set apart"


def test_what_is_held_is_counted(registry: Registry) -> None:
    assert registry.register.count_held_entries() == 0
    registry.log(judgement("imr", "hold"), judgement("qa_form"))
    assert registry.register.count_held_entries() == 1


def test_where_a_message_came_from_is_kept_sealed_for_the_answer(registry: Registry) -> None:
    delivery = registry.arrived(b"a message", "mail-1")
    origin = registry.origin()
    contact = registry.register.people.contacts_of_agency(registry.place().agency_id)[0]
    origin = Origin(
        origin.case_id, origin.reference, origin.agency_id, origin.code, contact.id,
        thread="<id@meadowlane.example>", automatic="absence",
    )  # fmt: skip
    registry.write(delivery, origin, [])
    row = registry.database.fetch_row("SELECT * FROM origins")
    assert row is not None
    assert (row["contact_id"], row["automatic"]) == (contact.id, "absence")
    assert b"meadowlane" not in row["thread"]
    assert registry.vault.unseal_bytes(row["thread"], "thread") == b"<id@meadowlane.example>"


def test_nothing_of_a_delivery_is_logged_when_its_last_document_cannot_be(
    registry: Registry,
) -> None:
    """Failure modes 56 and 57."""
    delivery = registry.arrived(b"two documents")
    good = Submission(1, registry.vault.keyed_hash(b"1"), (judgement("imr"),))
    clash = Submission(1, registry.vault.keyed_hash(b"2"), (judgement("qa_form"),))
    before = registry.register.record.chain_head()
    with pytest.raises(Exception, match="UNIQUE"):
        registry.write(delivery, registry.origin(), [good, clash])
    assert registry.register.record.chain_head() == before
    assert registry.states()["imr"] == "awaited"
    assert registry.spool.get(delivery.id).state == "spooled"
