"""What stood in a letter's way: begun once, over once, and told in words of ours."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from intake.source_health import OutageRecords, OutageSubject
from outbox.due.letter_failures import (
    MAX_LISTED_FAILURES,
    TEMPLATES_OUTAGE,
    LetterFailures,
    failure_reason,
    letters_outage,
)
from outbox.writing.disclosure_guard import LetterWithheld
from outbox.writing.template_check import TemplateChecker
from outbox.writing.writer import LetterWriter
from tests.outbox.conftest import BOARD, NOW, Desk


@pytest.fixture
def outages(desk: Desk) -> OutageRecords:
    return OutageRecords(desk.database)


def unwritten(desk: Desk, outages: OutageRecords, letters: Path | None = None) -> LetterFailures:
    board = BOARD.model_copy(update={"letters": letters})
    proofreader = TemplateChecker(board, LetterWriter(board, "x@board.example"))
    return LetterFailures(desk.database, outages, proofreader)


def lasting(outages: OutageRecords) -> list[OutageSubject]:
    return [outage.of for outage in outages.recent_outages(NOW) if outage.over is None]


def test_a_kind_of_letter_is_in_trouble_from_the_first_that_was_missed_to_the_first_round_without(
    desk: Desk, outages: OutageRecords
) -> None:
    """Failure mode 80b."""
    letters = unwritten(desk, outages)
    for minutes in range(3):
        letters.note_failure("chaser", RuntimeError())
        letters.update_outages(NOW + timedelta(minutes=minutes))
    (outage,) = outages.recent_outages(NOW)
    assert (outage.of, outage.since, outage.over) == (letters_outage("chaser"), NOW, None)
    letters.update_outages(NOW + timedelta(minutes=5))
    (outage,) = outages.recent_outages(NOW)
    assert outage.over == NOW + timedelta(minutes=5)


def test_another_kind_is_another_trouble(desk: Desk, outages: OutageRecords) -> None:
    letters = unwritten(desk, outages)
    for kind in ("chaser", "digest", "chaser"):
        letters.note_failure(kind, RuntimeError())  # type: ignore[arg-type]
    letters.update_outages(NOW)
    assert lasting(outages) == [letters_outage("chaser"), letters_outage("digest")]


def test_what_was_raised_is_not_repeated() -> None:
    """Failure mode 89: it may carry what a letter says."""
    said = failure_reason(ValueError("Zebedee Quill"))
    assert "Zebedee" not in f"{said.sentence}{said.fix}"
    assert "ValueError" in said.sentence
    assert "not theirs to know" in failure_reason(LetterWithheld("Zebedee Quill")).sentence


def test_slips_of_the_boards_own_words_last_until_all_are_mended(
    desk: Desk, outages: OutageRecords, tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    for n in range(MAX_LISTED_FAILURES + 2):
        (folder / f"x{n}").write_text("x")
    letters = unwritten(desk, outages, folder)
    letters.update_outages(NOW)
    (outage,) = outages.recent_outages(NOW)
    assert outage.said.count("is the name of none of our templates") == MAX_LISTED_FAILURES
    assert outage.said.endswith("And 2 more.")
    (folder / "x0").unlink()
    letters.update_outages(NOW)
    assert lasting(outages) == [TEMPLATES_OUTAGE]
    for path in folder.iterdir():
        path.unlink()
    letters.update_outages(NOW)
    assert lasting(outages) == []
