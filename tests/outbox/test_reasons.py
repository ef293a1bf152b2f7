"""Why something waits, as the administrator reads it."""

from __future__ import annotations

from datetime import UTC, datetime

from config.kind_loading import load_kinds
from handlers.findings import Finding, Where
from handlers.register.submissions import Entry, EntryVerdict, Told
from outbox.due.question_reasons import reasons

KINDS = load_kinds()


def found(severity: str, message: str, where: Where | None = None) -> Finding:
    return Finding("a-rule", severity, message, "Look.", where or Where())  # type: ignore[arg-type]


def entry(verdict: EntryVerdict, *findings: Finding) -> Entry:
    at = datetime.now(UTC)
    return Entry(1, 1, 1, 1, "", "qa_form", 1, 1, 1, verdict, "", Told(findings), at)


def test_every_question_and_danger_is_a_reason_with_its_place_and_advice_is_none() -> None:
    """Also those that their author is not told of."""
    said = reasons(
        entry(
            "hold",
            found("question", "It is odd.", Where(criterion=3)),
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
    said = reasons(entry("refer", *many), KINDS["qa_form"])
    assert len(said) == 4
    assert said[-1] == "And 6 more things."
