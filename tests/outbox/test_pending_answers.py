"""The matter of what waits: which returns are not chased meanwhile (failure mode 107)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from config.kind_loading import load_kinds
from handlers.register.entries import UnsettledEntry
from handlers.register.matrix import AgencyRow, ReturnRow
from outbox.due.waiting_matters import kinds_concerned, waiting_wordings
from outbox.writing.checklist import PERHAPS_CAME, READ

KINDS = load_kinds()
OWED = ("chronology", "imr", "qa_form", "evaluation_statement")
AT = datetime(2010, 4, 1, 9, tzinfo=UTC)
DUE = date(2010, 4, 16)


def about(kind: str | None = None, reason: str = "", **more: tuple[object, ...]) -> set[str]:
    return set(kinds_concerned(UnsettledEntry(1, 1, kind, reason, AT, AT, **more), OWED, KINDS))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", OWED)
def test_a_document_silences_the_return_that_it_is(kind: str) -> None:
    assert about(kind) == {kind}


@pytest.mark.parametrize("kind", ["scope_alert", "debrief_slip", "interview_summary"])
def test_what_is_not_owed_silences_nothing(kind: str) -> None:
    assert about(kind) == set()


def test_a_nil_return_could_settle_all_of_it() -> None:
    assert about("nil_return") == set(OWED)


def test_what_was_not_recognised_silences_only_what_it_is_likely_to_be() -> None:
    assert about(likely=("evaluation_statement",)) == {"evaluation_statement"}
    assert about(likely=("evaluation_statement", "overview_report")) == {"evaluation_statement"}
    assert about(likely=("overview_report",)) == set(OWED)


@pytest.mark.parametrize("reason", ["", "sealed-waiting", "share-waiting", "not-whole"])
def test_what_nobody_has_read_could_be_any_of_it(reason: str) -> None:
    assert about(None, reason) == set(OWED)


@pytest.mark.parametrize("reason", ["thanks", "document-missing", "too-big", "nothing-attached"])
def test_thanks_a_question_and_what_is_theirs_to_do_silence_nothing(reason: str) -> None:
    assert about(None, reason) == set()


def test_a_question_silences_the_returns_that_it_names() -> None:
    assert about(None, "nothing-attached", names=("imr", "overview_report")) == {"imr"}


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("IMR", {"imr"}),
        ("the IMR and the QA form", {"imr", "qa_form"}),
        ("our report", {"imr"}),
        ("the management review", {"imr"}),
        ("our internal review report", {"imr"}),
        ("the report", {"imr"}),
        ("the form", {"qa_form"}),
        ("the health summary", set(OWED)),
        ("", set(OWED)),
        ("Overview Report", set(OWED)),  # which they do not owe: it cannot be that
    ],
)
def test_a_request_silences_the_returns_it_is_for(words: str, kinds: set[str]) -> None:
    asks = (("Return", words), ("Reason", "The author of the chronology is on leave"))
    assert about("extension_request", asks=asks) == kinds


def waiting(kind: str | None = None, reason: str = "", **more: object) -> dict[str, str]:
    rows = tuple(
        ReturnRow(n, owed, DUE, 1, "accepted" if owed == "imr" else "awaited", None, None, False)
        for n, owed in enumerate(OWED)
    )
    entry = UnsettledEntry(1, 1, kind, reason, AT, AT, **more)  # type: ignore[arg-type]
    return dict(waiting_wordings([entry], KINDS)(AgencyRow(1, "GP", "Surgery", rows)))


def test_what_may_have_come_in_a_document_that_nobody_recognised_is_not_simply_still_to_come() -> (
    None
):
    assert waiting(likely=("qa_form",)) == {"qa_form": PERHAPS_CAME}
    assert set(waiting()) == {"chronology", "qa_form", "evaluation_statement"}


def test_of_a_return_that_only_a_message_is_about_nothing_is_said_to_have_come() -> None:
    late = ReturnRow(1, "chronology", DUE, 1, "awaited", None, None, True)
    entry = UnsettledEntry(1, 1, None, "nothing-attached", AT, AT, names=("chronology",))
    of = waiting_wordings([entry], KINDS)
    assert of(AgencyRow(1, "GP", "Surgery", (late,))) == {"chronology": READ}


def test_what_is_held_a_message_and_a_known_return_say_nothing_of_others() -> None:
    """Danger tells nobody outside."""
    assert waiting(held=True) == waiting(reason="message") == waiting("chronology") == {}
