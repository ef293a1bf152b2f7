"""What a person's word comes to, decided without touching the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from config.kind_loading import load_kinds
from handlers.findings import Finding
from handlers.register.decision import Decision, DecisionReason, DecisionRefused
from handlers.register.entry_decisions import EntryToDecide, accept_entry, reject_entry
from handlers.register.matrix import ReturnRow
from handlers.register.returns import ReturnState
from handlers.register.submissions import Entry, EntryDetails, EntryVerdict

KINDS = load_kinds()
WHY = DecisionReason("It is so.", "an administrator")
DAY, TODAY = date(2010, 4, 1), date(2010, 4, 20)
QUESTION = Finding("a-rule", "question", "It is not clear.", "Make it clear.")


def entry(verdict: EntryVerdict = "refer", kind: str | None = "imr", id: int = 41) -> Entry:
    judged = datetime(2010, 4, 1, tzinfo=UTC)
    return Entry(id, 1, 1, 1, "mark", kind, 1, 1, 5, verdict, "", EntryDetails((QUESTION,)), judged)


def row(state: ReturnState = "referred", kind: str = "imr", id: int = 5) -> ReturnRow:
    received = None if state in ("awaited", "nil") else DAY
    return ReturnRow(id, kind, date(2010, 5, 28), 1, state, received, None, False)


def about(found: Entry, *owed: ReturnRow, versions: tuple[Entry, ...] = ()) -> EntryToDecide:
    return EntryToDecide(found, owed or (row(),), versions or (found,), DAY)


def moved(decision: Decision | DecisionRefused) -> list[tuple[str, str, str]]:
    assert isinstance(decision, Decision), decision
    return [(move.kind, move.was, move.to) for move in decision.moves]


def test_what_is_accepted_settles_its_return_on_the_day_it_came() -> None:
    decision = accept_entry(about(entry()), KINDS, WHY)
    assert moved(decision) == [("imr", "referred", "accepted")]
    assert isinstance(decision, Decision)
    assert (decision.moves[0].received, decision.moves[0].accepted) == (DAY, DAY)


def test_what_is_rejected_is_still_to_come() -> None:
    assert moved(reject_entry(about(entry()), KINDS, WHY)) == [("imr", "referred", "rejected")]


@pytest.mark.parametrize("state", ["awaited", "rejected", "referred", "nil", "waived"])
def test_a_person_may_accept_whatever_came_before(state: ReturnState) -> None:
    decision = accept_entry(about(entry("hold"), row(state)), KINDS, WHY)
    assert moved(decision) == [("imr", state, "accepted")]


def test_an_accepted_version_stays_when_a_later_one_is_rejected() -> None:
    """Point 2 of the register: a new version supersedes only when accepted."""
    later = entry(id=42)
    first = replace(entry("accept"), id=40)
    matter = about(later, row("accepted"), versions=(first, later))
    assert moved(reject_entry(matter, KINDS, WHY)) == []


def test_an_acceptance_can_be_undone() -> None:
    matter = about(entry("accept"), row("accepted"))
    assert moved(reject_entry(matter, KINDS, WHY)) == [("imr", "accepted", "rejected")]


def test_an_older_acceptance_that_is_undone_leaves_the_newer_one() -> None:
    older, newer = entry("accept"), entry("accept", id=42)
    matter = about(older, row("accepted"), versions=(older, newer))
    assert moved(reject_entry(matter, KINDS, WHY)) == []


def test_a_return_keeps_waiting_for_the_version_that_nobody_has_looked_at() -> None:
    older, newer = entry(), entry(id=42)
    assert moved(reject_entry(about(older, versions=(older, newer)), KINDS, WHY)) == []


def test_a_nil_return_that_is_accepted_settles_all_that_is_open() -> None:
    owed = (row("awaited", "chronology", 1), row("accepted", "qa_form", 2), row("referred"))
    decision = accept_entry(about(entry(kind="nil_return"), *owed), KINDS, WHY)
    assert moved(decision) == [("chronology", "awaited", "nil"), ("imr", "referred", "nil")]


def test_a_nil_return_that_is_rejected_after_all_opens_again_what_it_settled() -> None:
    owed = (row("nil", "chronology", 1), row("accepted", "qa_form", 2))
    decision = reject_entry(about(entry("accept", "nil_return"), *owed), KINDS, WHY)
    assert moved(decision) == [("chronology", "nil", "awaited")]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (entry("accept"), "accepted already"),
        (replace(entry(), agency_id=None, case_id=None), "belongs to no case yet"),
        (entry(kind=None), "Nobody has said what"),
        (replace(entry(), decided="assign"), "was assigned"),
        (entry("automatic"), "machine"),
    ],
)
def test_why_an_entry_cannot_be_accepted_is_said(found: Entry, words: str) -> None:
    refused = accept_entry(about(found), KINDS, WHY)
    assert isinstance(refused, DecisionRefused) and words in refused.why


def test_nobody_is_asked_to_mend_what_has_nothing_wrong_unless_told_what() -> None:
    sound = replace(entry(), told=EntryDetails())
    refused = reject_entry(about(sound), KINDS, WHY)
    assert isinstance(refused, DecisionRefused) and "--tell" in refused.why
    assert isinstance(reject_entry(about(sound), KINDS, replace(WHY, tell="Sign it.")), Decision)


def test_what_belongs_to_nobody_can_be_put_away() -> None:
    stray = replace(entry("hold", None), agency_id=None, case_id=None, return_id=None, position=0)
    decision = reject_entry(EntryToDecide(stray, (), (), DAY), KINDS, WHY)
    assert moved(decision) == []


def test_a_newer_version_that_a_person_accepts_is_the_one_of_that_day() -> None:
    older, newer = entry("accept", id=41), entry("refer", id=42)
    accepted = replace(row("accepted"), accepted=date(2010, 3, 1))
    decision = accept_entry(about(newer, accepted, versions=(older, newer)), KINDS, WHY)
    assert isinstance(decision, Decision)
    assert [(m.to, m.accepted) for m in decision.moves] == [("accepted", DAY)]
    late = accept_entry(
        about(
            replace(older, verdict="refer"),
            accepted,
            versions=(older, replace(newer, verdict="accept")),
        ),
        KINDS,
        WHY,
    )
    assert isinstance(late, Decision)
    assert late.moves == ()
