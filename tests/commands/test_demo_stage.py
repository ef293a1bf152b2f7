"""The demonstration on a terminal: it fills in while one watches, and is over within a minute."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from rich.console import Console

from commands.demo import demo_screen
from commands.demo.command import perform_demo
from commands.demo.news import LETTER_WORDS
from commands.init import make_board
from outbox.writing.letter import LetterKind

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
WATCHED = 52.0  # seconds of pauses; the work itself takes less than eight


class Watched:
    """A performance for somebody who watches, and how long it paused for them."""

    def __init__(self, board: Path, monkeypatch: pytest.MonkeyPatch, *, terminal: bool) -> None:
        self.paused = 0.0
        monkeypatch.setattr(demo_screen, "time", self)
        make_board(board)
        settings = board / "scr-intake.toml"
        settings.write_text(
            settings.read_text().replace("settle_seconds = 1.0", "settle_seconds = 0.0")
        )
        self.screen = io.StringIO()
        size = {"width": 80, "height": 40, "legacy_windows": False}
        console = Console(
            file=self.screen, force_terminal=terminal, highlight=False, _environ={}, **size
        )
        perform_demo(board, console)
        self.drawn = self.screen.getvalue()
        self.lines = [line.rstrip() for line in ESCAPES.sub("", self.drawn).split("\n")]

    def sleep(self, seconds: float) -> None:
        self.paused += seconds

    def frames(self) -> list[str]:
        """Each drawing of the table, with what had happened by then."""
        return ESCAPES.sub("", self.drawn).split(" Case N12")[1:]


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watched:
    return Watched(tmp_path / "board", monkeypatch, terminal=True)


def test_it_fills_in_live_and_each_day_stays_as_it_ended(watched: Watched) -> None:
    frames = watched.frames()
    assert len(frames) > 20
    surgery = [re.search(r"Meadow Lane Surgery\s+(\w+)", frame) for frame in frames]
    states = [found[1] for found in surgery if found]
    assert states[0] == "due"
    assert "due" not in states[states.index("accepted") :], "what was shown is not taken back"
    assert "Brook Street Primary School OVERDUE" in frames[-1]


def test_it_is_over_within_a_minute_and_leaves_time_to_read(watched: Watched) -> None:
    assert 30 < watched.paused < WATCHED


def test_it_keeps_to_eighty_columns_but_for_what_is_to_be_copied(watched: Watched) -> None:
    last = next(n for n, line in enumerate(watched.lines) if "Where to look" in line)
    assert [line for line in watched.lines[:last] if len(line) > 80] == []


def test_it_speaks_plainly(watched: Watched) -> None:
    text = "\n".join(watched.lines)
    assert "Meadow Lane Surgery: chronology accepted" in text
    assert "Shire Police: chronology needs changes" in text
    for word in ("qa_form", "imr accepted", "evaluation_statement", "Delivery", "rejected"):
        assert word not in text


def test_where_there_is_no_terminal_it_waits_for_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = Watched(tmp_path / "board", monkeypatch, terminal=False)
    assert printed.paused == 0
    assert "\x1b" not in printed.drawn
    assert len(printed.frames()) == 1, "the table is shown once, at the end"


def test_every_kind_of_letter_has_words() -> None:
    assert set(LETTER_WORDS) == set(LetterKind.__args__)  # type: ignore[attr-defined]
