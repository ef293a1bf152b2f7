"""The chasing ladder that ships."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from config.ladder import Rung, load_ladder


def test_it_reminds_then_chases_then_asks_those_above() -> None:
    assert load_ladder() == (
        Rung(-10, "reminder", ("author",)),
        Rung(-3, "reminder", ("author",)),
        Rung(0, "reminder", ("author",)),
        Rung(1, "chaser", ("author", "commissioner")),
        Rung(3, "escalation", ("commissioner", "panel representative")),
    )


def test_the_rungs_come_in_order_however_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "ladder.toml"
    rung = '[[rung]]\ndays = {}\nletter = "reminder"\nto = ["author"]\n'
    path.write_text(rung.format(5) + rung.format(-5))
    assert [step.days for step in load_ladder(path)] == [-5, 5]


def test_a_letter_that_nobody_wrote_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ladder.toml"
    path.write_text('[[rung]]\ndays = 1\nletter = "threat"\nto = ["author"]\n')
    with pytest.raises(ValidationError):
        load_ladder(path)
