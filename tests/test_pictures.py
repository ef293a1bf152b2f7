"""The pictures of letters in the pages show the letters as they are."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from outbox.samples.drafts import SAMPLES
from outbox.writing.letter_text import letter_plain_text, parse_letter
from outbox.writing.writer import LetterWriter
from tests.outbox.conftest import BOARD

ROOT = Path(__file__).parents[1]
PICTURES = sorted((ROOT / "docs" / "pictures").glob("*.png"))
NOW = datetime(2010, 4, 1, 10, 15, tzinfo=ZoneInfo("Europe/London"))
LARGEST = 100_000  # bytes


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_a_picture_shows_the_letter_of_today(path: Path) -> None:
    """To draw them anew: tools/letter-pictures."""
    writer = LetterWriter(BOARD, "scr-returns@board.example")
    letter = parse_letter(writer.write(SAMPLES[path.stem], "<a.b@board.example>", NOW))
    with Image.open(path) as picture:
        assert picture.info["Description"] == letter_plain_text(letter)
    assert path.stat().st_size < LARGEST


def test_each_picture_is_shown_and_each_that_is_shown_is_there() -> None:
    pages = [ROOT / "README.md", ROOT / "docs" / "administrator.md"]
    said = "".join(page.read_text() for page in pages)
    assert PICTURES
    assert [path.name for path in PICTURES if f"pictures/{path.name})" not in said] == []
    assert said.count("pictures/") == sum(said.count(f"pictures/{p.name})") for p in PICTURES)


def test_the_administrators_page_has_no_shell_in_it() -> None:
    said = (ROOT / "docs" / "administrator.md").read_text()
    assert "scr-intake " not in said and "`" not in said and "$ " not in said
