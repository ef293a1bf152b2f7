"""A board's own templates: one by one in front of ours, and shut in."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2.exceptions import SecurityError

from outbox.samples.drafts import SAMPLES
from outbox.writing.letter_text import letter_html, letter_plain_text, parse_letter
from outbox.writing.templates import (
    possible_template_names,
    template_environment,
    template_files,
)
from outbox.writing.writer import LetterWriter
from tests.outbox.conftest import BOARD, NOW

ID = "<scr.0123456789abcdef@board.example>"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "letters" / "parts").mkdir(parents=True)
    return tmp_path / "letters"


def written(own: Path, sample: str) -> bytes:
    board = BOARD.model_copy(update={"letters": own})
    return LetterWriter(board, "scr-returns@board.example").write_in_own_words(
        SAMPLES[sample], ID, NOW
    )


def test_one_template_of_the_boards_own_stands_for_one_of_ours(own: Path) -> None:
    (own / "waiver.txt.j2").write_text(
        'Subject: {{ subject("not needed") }}\n\nWe can do without the {{ letter.noun }}.\n\nBye'
    )
    letter = parse_letter(written(own, "waiver"))
    assert letter["Subject"] == "OFFICIAL-SENSITIVE: SCR N12: not needed"
    assert letter_plain_text(letter) == "We can do without the IMR.\n\nBye\n"
    ours = LetterWriter(BOARD, "scr-returns@board.example").write(SAMPLES["chaser"], ID, NOW)
    assert written(own, "chaser") == ours


def test_a_part_of_the_boards_own_is_in_every_letter_that_has_it(own: Path) -> None:
    (own / "parts" / "closing.txt.j2").write_text("Yours, {{ board.administrator }}\n")
    for sample in ("rejection", "chaser", "waiver"):
        assert letter_plain_text(parse_letter(written(own, sample))).endswith(
            "\n\nYours, The Administrator\n"
        )


def test_the_page_itself_can_be_the_boards_own(own: Path) -> None:
    (own / "parts" / "letter.html.j2").write_text("<html><body>{{ subject }}</body></html>")
    assert letter_html(parse_letter(written(own, "waiver"))).startswith(
        "<html><body>OFFICIAL-SENSITIVE:"
    )


def test_a_template_saved_by_notepad_will_do(own: Path) -> None:
    text = 'Subject: {{ subject("not needed") }}\r\n\r\nNo £, no IMR.\r\n\r\nBye\r\n'
    (own / "waiver.txt.j2").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert letter_plain_text(parse_letter(written(own, "waiver"))) == "No £, no IMR.\n\nBye\n"


def test_a_template_that_has_changed_is_read_anew(own: Path) -> None:
    """Nothing has to be started anew after a slip was mended."""
    board = BOARD.model_copy(update={"letters": own})
    writer = LetterWriter(board, "x@board.example")
    closing = own / "parts" / "closing.txt.j2"
    for said in ("The first.", "And the second one."):
        closing.write_text(said)
        assert said in letter_plain_text(
            parse_letter(writer.write_in_own_words(SAMPLES["waiver"], ID, NOW))
        )


@pytest.mark.parametrize(
    "reach",
    ["letter.__class__", "''.__class__.__mro__", "letter.__init__.__globals__", "subject.__code__"],
)
def test_a_template_reaches_nothing_but_the_facts(own: Path, reach: str) -> None:
    asks = f"{{{{ {reach}.x }}}}"
    (own / "waiver.txt.j2").write_text('Subject: {{ subject("x") }}\n\n' + asks)
    with pytest.raises(SecurityError):
        written(own, "waiver")


def test_what_editors_leave_in_the_folder_is_no_template(own: Path) -> None:
    for name in (".DS_Store", "waiver.txt.j2~", "waiver.txt.j2"):
        (own / name).write_text("x")
    assert [path.name for path in template_files(own)] == ["waiver.txt.j2"]


def test_every_name_that_a_template_may_have_can_be_found() -> None:
    names = set(possible_template_names())
    assert {"rejection.md.j2", "rejection.txt.j2", "parts/letter.html.j2"} <= names
    environment = template_environment(BOARD)
    assert all(environment.get_template(name) for name in names)
    assert set(environment.list_templates()) <= names
