"""A board's own templates, read through: every slip at once, with where it is and what to do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from outbox.samples.drafts import SAMPLES
from outbox.samples.facts import MORE_TIME
from outbox.writing.letter_text import letter_plain_text, parse_letter
from outbox.writing.template_check import TemplateChecker
from outbox.writing.templates import SHIPPED_FOLDER
from outbox.writing.writer import LetterWriter
from tests.outbox.conftest import BOARD, NOW

ID = "<scr.0123456789abcdef@board.example>"
HEAD = 'Subject: {{ subject("x") }}\n\n'


class Reading:
    """A folder of templates and its proofreader."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        board = BOARD.model_copy(update={"letters": folder})
        self.writer = LetterWriter(board, "x@board.example")
        self._proofreader = TemplateChecker(board, self.writer)

    def put(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def told(self) -> list[str]:
        return [str(slip) for slip in self._proofreader.find_mistakes()]

    def fixes(self) -> list[str]:
        return [slip.fix for slip in self._proofreader.find_mistakes()]


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    return Reading(tmp_path / "letters")


def test_what_ships_has_no_slips(reading: Reading) -> None:
    """Every sample of every kind can be written in our words: those are what is fallen back on."""
    for path in SHIPPED_FOLDER.rglob("*.j2"):
        reading.put(path.relative_to(SHIPPED_FOLDER).as_posix(), path.read_text(encoding="utf-8"))
    assert reading.told() == []


def test_a_mark_that_letters_do_not_have_is_told(reading: Reading) -> None:
    reading.put("waiver.md.j2", HEAD + "- one\n  - another below it\n")
    assert reading.told() == ["waiver.md.j2: a mark stands there that letters do not have."]
    assert "lists of one level" in reading.fixes()[0]


@pytest.mark.parametrize("form", ["md", "txt"])
def test_both_forms_are_read_through(reading: Reading, form: str) -> None:
    reading.put(f"waiver.{form}.j2", HEAD + "{{ letter.deadline }}")
    assert reading.told() == [
        f'waiver.{form}.j2, line 3: asks for "deadline", which this letter does not have.'
    ]


def test_a_board_without_words_of_its_own_has_none() -> None:
    assert TemplateChecker(BOARD, LetterWriter(BOARD, "x@board.example")).find_mistakes() == ()


def test_a_folder_that_is_not_there_is_told(reading: Reading) -> None:
    assert reading.told() == [f"{reading.folder}: is not a folder."]


def test_a_name_that_is_none_of_ours_is_told_with_the_nearest(reading: Reading) -> None:
    reading.put("rejction.txt.j2", HEAD)
    reading.put("parts/notes.md", "x")
    assert reading.told() == [
        "parts/notes.md: is the name of none of our templates.",
        "rejction.txt.j2: is the name of none of our templates.",
    ]
    assert "If rejection.txt.j2 was meant, rename it" in reading.fixes()[1]


@pytest.mark.parametrize(
    "text, told",
    [
        (HEAD + "\n{% if %}x", "waiver.txt.j2, line 4: cannot be read: Expected an expression"),
        (HEAD + "{{ letter.deadline }}", 'waiver.txt.j2, line 3: asks for "deadline", which'),
        (HEAD + "{{ deadline }}", 'waiver.txt.j2, line 3: asks for "deadline", which'),
        (HEAD + "{{ letter.noun + 3 }}", "waiver.txt.j2, line 3: goes wrong (TypeError)."),
        (HEAD + "{{ letter.__class__.x }}", "waiver.txt.j2, line 3: does what no template may do."),
        (HEAD + '{% include "x.j2" %}', 'waiver.txt.j2, line 3: includes "x.j2", which is not'),
        (HEAD + "{{ 1 | wrong }}", "waiver.txt.j2, line 3: cannot be read: No filter named"),
        ("Dear you", 'waiver.txt.j2, line 1: the first line does not begin with "Subject: ".'),
        ("Subject: x\n\nDear you", "waiver.txt.j2, line 1: the subject does not begin with"),
        (HEAD.strip() + "\nBcc: x\n\ny", "waiver.txt.j2, line 1: below the subject stands"),
        (HEAD, "waiver.txt.j2, line 1: there is nothing below the head."),
    ],
)
def test_a_slip_is_told_with_its_template_its_line_and_what_to_do(
    reading: Reading, text: str, told: str
) -> None:
    reading.put("waiver.txt.j2", text)
    (said,) = reading.told()
    assert said.startswith(told)
    assert all(reading.fixes())


def test_a_slip_in_a_shared_part_is_told_once_and_in_its_place(reading: Reading) -> None:
    reading.put("parts/closing.txt.j2", "Yours\n{{ letter.agency_name }}")
    assert reading.told() == [
        'parts/closing.txt.j2, line 2: asks for "agency_name", which this letter does not have.'
    ]


def test_all_slips_of_all_templates_are_told_at_once(reading: Reading) -> None:
    reading.put("waiver.txt.j2", "Dear you")
    reading.put("chaser.txt.j2", HEAD + "{{ letter.x }}")
    reading.put("receipt.txt.j2", "{{ letter.y }}")
    (reading.folder / "reminder.txt.j2").write_bytes(b"\xff\xfe")
    assert [line.partition(":")[0] for line in sorted(reading.told())] == [
        "chaser.txt.j2, line 3",
        "receipt.txt.j2, line 1",
        "reminder.txt.j2",
        "waiver.txt.j2, line 1",
    ]


def test_which_facts_there_are_is_told_to_who_asked_for_one_that_is_not(reading: Reading) -> None:
    reading.put("waiver.txt.j2", HEAD + "{{ letter.deadline }}")
    assert reading.fixes()[0].startswith("It has letter.to, letter.case, letter.agency,")


def test_a_slip_that_is_mended_is_told_no_more(reading: Reading) -> None:
    reading.put("waiver.txt.j2", HEAD + "{{ letter.deadline }}")
    assert reading.told()
    reading.put("waiver.txt.j2", HEAD + "{{ letter.until }}")
    assert reading.told() == []


def test_a_letter_whose_own_words_cannot_be_used_is_written_in_ours(reading: Reading) -> None:
    """Failure mode 76."""
    reading.put("waiver.txt.j2", HEAD + "{{ letter.deadline }}")
    ours = LetterWriter(BOARD, "x@board.example").write(SAMPLES["waiver"], ID, NOW)
    assert reading.writer.write(SAMPLES["waiver"], ID, NOW) == ours


def test_a_slip_that_only_a_real_letter_brings_out_is_told_until_it_is_mended(
    reading: Reading,
) -> None:
    """The name in the letter is not."""
    reading.put(
        "waiver.txt.j2", HEAD + '{% if letter.to == "Ann" %}{{ 1 + letter.to }}{% endif %}x'
    )
    assert reading.told() == []
    draft = replace(SAMPLES["waiver"], facts=replace(MORE_TIME, to="Ann"))
    letter = reading.writer.write(draft, ID, NOW)
    assert "Dear Ann" in letter_plain_text(parse_letter(letter))
    assert reading.told() == ["waiver.txt.j2, line 3: goes wrong (TypeError)."]
    reading.put("waiver.txt.j2", HEAD + "x")
    assert reading.told() == []
