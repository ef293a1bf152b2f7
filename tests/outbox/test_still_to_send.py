"""No letter says that there is nothing to do on a day on which there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from config.kind_loading import load_kinds
from handlers.register.matrix import AgencyRow, ReturnRow
from handlers.register.returns import ReturnState
from outbox.due.still_to_send import pressing
from outbox.samples.drafts import SAMPLES
from outbox.samples.facts import ACCEPTED
from outbox.writing.letter_text import letter_plain_text, parse_letter
from outbox.writing.writer import LetterWriter
from tests.outbox.conftest import BOARD, NOW

KINDS = load_kinds()
ID = "<scr.0123456789abcdef@board.example>"
TODAY = date(2010, 5, 12)


def row(kind: str, state: ReturnState, due: int) -> ReturnRow:
    late = state in ("awaited", "rejected") and date(2010, 5, due) < TODAY
    return ReturnRow(1, kind, date(2010, 5, due), 1, state, None, None, late)


def said(*rows: ReturnRow, waiting: tuple[str, ...] = ()) -> tuple[str, str]:
    agency = AgencyRow(1, "SCH", "Brook End School", rows)
    return pressing(agency, dict.fromkeys(waiting, "a person is looking"), KINDS, TODAY)


def test_what_is_due_today_late_or_needs_changes_is_asked_for_by_its_day() -> None:
    assert said(row("imr", "rejected", 12), row("evaluation_statement", "awaited", 12)) == (
        "something else is due today",
        "Please still send us the new version of the IMR (due today) and the evaluation statement"
        " (due today).",
    )
    subject, words = said(row("imr", "rejected", 14))
    assert subject == "something else needs changes"
    assert words == "Please still send us the new version of the IMR (due Friday 14 May)."
    subject, words = said(row("qa_form", "awaited", 11), row("imr", "awaited", 12))
    assert subject == "something else is late"
    assert "the IMR (due today) and the QA form (was due Tuesday 11 May)" in words


def test_what_is_due_later_is_here_or_waits_for_us_asks_for_nothing() -> None:
    rows = (row("imr", "awaited", 13), row("qa_form", "accepted", 12), row("chronology", "nil", 3))
    assert said(*rows) == ("", "")
    assert said(row("imr", "referred", 12)) == ("", "")
    assert said(row("imr", "rejected", 12), waiting=("imr",)) == ("", "")


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, draft in SAMPLES.items()
        if hasattr(draft.facts, "still") and not getattr(draft.facts, "rejected", 0)
    ],
)
def test_every_letter_that_asks_for_nothing_itself_says_what_is_still_to_be_sent(name: str) -> None:
    still = "Please still send us the IMR (due today)."
    draft = SAMPLES[name]
    facts = replace(draft.facts, pressing="something else is due today", still=still)  # type: ignore[type-var, call-arg]
    message = parse_letter(
        LetterWriter(BOARD, "scr-returns@board.example").write(replace(draft, facts=facts), ID, NOW)
    )
    subject, words = str(message["Subject"]), " ".join(letter_plain_text(message).split())
    assert "no action" not in subject
    assert "not need to do anything now" not in words
    assert still in words or subject.startswith("OFFICIAL-SENSITIVE: SCR N12: action needed")


@pytest.mark.parametrize("name", ["acknowledgement", "decision"])
def test_what_else_needs_changes_is_not_said_beside_the_name_of_what_is_accepted(name: str) -> None:
    """ "Something else needs changes - IMR" read as if the IMR needed them."""
    still = "Please still send us the new version of the chronology (due today)."
    facts = replace(ACCEPTED, pressing="something else needs changes", still=still)
    draft = replace(SAMPLES[name], facts=facts)
    letter = LetterWriter(BOARD, "scr-returns@board.example").write(draft, ID, NOW)
    subject = str(parse_letter(letter)["Subject"])
    assert subject.endswith("accepted, thank you - QA form; something else needs changes")
