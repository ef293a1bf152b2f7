"""What stood in a letter's way: begun once, over once, and told in words of ours."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from intake.source_health import Outages
from outbox.due.letter_failures import MOST_UNWRITTEN, Unwritten, reason
from outbox.writing.disclosure_guard import Withheld
from outbox.writing.template_check import Proofreader
from outbox.writing.writer import Writer
from tests.outbox.conftest import BOARD, NOW, Desk


@pytest.fixture
def outages(desk: Desk) -> Outages:
    return Outages(desk.ledger)


def unwritten(desk: Desk, outages: Outages, letters: Path | None = None) -> Unwritten:
    board = BOARD.model_copy(update={"letters": letters})
    proofreader = Proofreader(board, Writer(board, "x@board.example"))
    return Unwritten(desk.ledger, outages, proofreader)


def lasting(outages: Outages) -> list[str]:
    return [outage.source for outage in outages.recent(NOW) if outage.over is None]


def test_a_kind_of_letter_is_in_trouble_from_the_first_that_was_missed_to_the_first_round_without(
    desk: Desk, outages: Outages
) -> None:
    """Failure mode 80b."""
    letters = unwritten(desk, outages)
    for minutes in range(3):
        letters.missed("chaser", RuntimeError())
        letters.noted(NOW + timedelta(minutes=minutes))
    (outage,) = outages.recent(NOW)
    assert (outage.source, outage.since, outage.over) == ("service/letters/chaser", NOW, None)
    letters.noted(NOW + timedelta(minutes=5))
    (outage,) = outages.recent(NOW)
    assert outage.over == NOW + timedelta(minutes=5)


def test_another_kind_is_another_trouble(desk: Desk, outages: Outages) -> None:
    letters = unwritten(desk, outages)
    for kind in ("chaser", "digest", "chaser"):
        letters.missed(kind, RuntimeError())  # type: ignore[arg-type]
    letters.noted(NOW)
    assert lasting(outages) == ["service/letters/chaser", "service/letters/digest"]


def test_what_was_raised_is_not_repeated() -> None:
    """Failure mode 89: it may carry what a letter says."""
    said = reason(ValueError("Zebedee Quill"))
    assert "Zebedee" not in f"{said.sentence}{said.fix}"
    assert "ValueError" in said.sentence
    assert "not theirs to know" in reason(Withheld("Zebedee Quill")).sentence


def test_slips_of_the_boards_own_words_last_until_all_are_mended(
    desk: Desk, outages: Outages, tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    for n in range(MOST_UNWRITTEN + 2):
        (folder / f"x{n}").write_text("x")
    letters = unwritten(desk, outages, folder)
    letters.noted(NOW)
    (outage,) = outages.recent(NOW)
    assert outage.said.count("is the name of none of our templates") == MOST_UNWRITTEN
    assert outage.said.endswith("And 2 more.")
    (folder / "x0").unlink()
    letters.noted(NOW)
    assert lasting(outages) == ["service/templates"]
    for path in folder.iterdir():
        path.unlink()
    letters.noted(NOW)
    assert lasting(outages) == []
