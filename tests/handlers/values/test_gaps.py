"""What is lacking in a sentence is found, and what only looks so is left alone."""

from __future__ import annotations

from pathlib import Path

from handlers.values.gaps import holds_gap
from tests.each_case import each_case

HERE = Path(__file__).parent
GAPS = (HERE / "gaps.txt").read_text(encoding="utf-8").splitlines()
NONE = (HERE / "no_gaps.txt").read_text(encoding="utf-8").splitlines()


@each_case("text", GAPS)
def test_dots_crosses_or_a_blank_in_a_words_place_are_a_gap(text: str) -> None:
    assert holds_gap(text)


@each_case("text", NONE)
def test_an_honest_line_holds_none(text: str) -> None:
    assert not holds_gap(text)
    assert not holds_gap(text, cell=True)


def test_where_it_is_quoted_it_is_another_persons() -> None:
    assert not any(holds_gap(f'He wrote: "{text}"') for text in GAPS)


def test_a_post_has_tasks_of_its_own_in_a_plan_and_in_an_entry() -> None:
    assert not holds_gap("NN2 to complete.", planning=True)
    assert not holds_gap("Bruise seen. NN2 to complete.", cell=True)
    assert holds_gap("NN2 to complete.", cell=True)


def test_on_paper_and_in_a_cell_spaces_part_columns() -> None:
    text = "The midwife                 referred the mother to the clinic."
    assert not (holds_gap(text, paper=True) or holds_gap(text, cell=True))
