"""Why something waits, as the administrator reads it."""

from __future__ import annotations

from datetime import UTC, datetime

from config.kind_loading import load_kinds
from handlers.findings import Finding, FindingPlace
from handlers.register.submissions import Entry, EntryDetails, EntryVerdict
from outbox.due.question_reasons import waiting_reasons

KINDS = load_kinds()


def found(severity: str, message: str, where: FindingPlace | None = None) -> Finding:
    return Finding("a-rule", severity, message, "Look.", where or FindingPlace())  # type: ignore[arg-type]


def entry(verdict: EntryVerdict, *findings: Finding) -> Entry:
    at = datetime.now(UTC)
    return Entry(1, 1, 1, 1, "", "qa_form", 1, 1, 1, verdict, "", EntryDetails(findings), at)


def test_every_question_and_danger_is_a_reason_with_its_place_and_advice_is_none() -> None:
    """Also those that their author is not told of."""
    said = waiting_reasons(
        entry(
            "hold",
            found("question", "It is odd.", FindingPlace(criterion=3)),
            found("advice", "Be brief."),
            found("danger", "It is another's."),
        ),
        KINDS["qa_form"],
    )
    assert said == (
        "It is another's.",
        'The criterion that begins "Access to legal advice". It is odd.',
    )


def test_a_long_list_is_cut_and_counted() -> None:
    many = (found("question", f"Reason {n}.") for n in range(9))
    said = waiting_reasons(entry("refer", *many), KINDS["qa_form"])
    assert len(said) == 4
    assert said[-1] == "And 6 more things."
