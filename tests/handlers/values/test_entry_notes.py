"""Notes that were left in the cells of a chronology, and all that people planned at the time."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.values.entry_notes import holds_entry_note, puts_entry_off
from tests.each_case import each_case

HERE = Path(__file__).parent
LONG = (
    "Visit at home by appointment; the mother and the child were seen and the house was warm. " * 2
)


def listed(name: str) -> list[str]:
    return (HERE / name).read_text(encoding="utf-8").splitlines()


@each_case("text", listed("entry_notes.txt"))
def test_a_note_about_the_table_is_noticed(text: str) -> None:
    """Failure mode 93: notes of the authors to each other go to the panel."""
    assert holds_entry_note(text)


@each_case(
    "text", [*listed("no_entry_notes.txt"), *listed("no_notes.txt"), *listed("finished.txt")]
)
def test_what_people_planned_or_asked_at_the_time_is_no_note(text: str) -> None:
    assert not holds_entry_note(text)
    assert not puts_entry_off(text)


@pytest.mark.parametrize(
    "text", ["[check date]", "?? check with DS2", "NB delete before sending.", "Delete this row."]
)
def test_a_note_behind_a_long_entry_is_noticed(text: str) -> None:
    assert holds_entry_note(LONG + text)
    assert not holds_entry_note(LONG)


@pytest.mark.parametrize(
    "text",
    [
        "tbc - ask nursery",
        "TBC: ask HV",
        "to be confirmed with records",
        "tbc (ask HV)",
        "TBC ask HV",
    ],
)
def test_a_word_for_not_yet_with_a_note_behind_it_puts_the_entry_off(text: str) -> None:
    assert puts_entry_off(text)


@pytest.mark.parametrize(
    "text",
    [
        "To be confirmed with Mother at visit",
        "To be seen by GP",
        "Date tbc - HV to visit",
        "TBC by GP",
    ],
)
def test_a_plan_that_waits_for_something_puts_no_entry_off(text: str) -> None:
    assert not puts_entry_off(text)
