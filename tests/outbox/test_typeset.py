"""A letter's text, set as HTML: the same words, in an order that a screen reader follows."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import etree
from lxml import html as parser

from config.colours import ColourPair, load_colours
from outbox.writing.templates import SHIPPED_FOLDER
from outbox.writing.typeset import (
    HeadingBlock,
    ParagraphBlock,
    PointsBlock,
    TableBlock,
    TypesetCell,
    TypesetPoint,
    Typesetter,
)

COLOURS = load_colours()
LETTER = """Dear Author One

What we need from you
Please make the 2 changes below.
Attaching it to a reply is enough.

Chronology: needs changes before we can accept it
  1. Row 14, Date. 31/02/2009 is not a day in the calendar.
     Enter the day it happened.
  2. Row 22, Event. Nothing is entered.
     Say what happened.
  Rows are counted from the top of the table.

Meadow Lane Surgery's returns for N12
  Chronology   needs changes   due Friday 16 April
  QA form      accepted 1 April

The Administrator, Shireshire Safeguarding Children Board
This message was sent automatically on the board's behalf.
"""


@pytest.fixture
def typesetter() -> Typesetter:
    environment = Environment(
        loader=FileSystemLoader(SHIPPED_FOLDER), undefined=StrictUndefined, autoescape=True
    )
    return Typesetter(environment, COLOURS)


def blocks(typesetter: Typesetter, text: str) -> list[object]:
    return list(typesetter.parse_blocks(text.split("\n")))


def page(
    typesetter: Typesetter, text: str, places: Sequence[str] = (), subject: str = "A subject"
) -> str:
    return typesetter.render_html(subject, typesetter.letter_blocks(text, places))


def words(markup: str) -> list[str]:
    root = parser.document_fromstring(markup)
    body = root.find("body")
    assert body is not None
    return " ".join(" ".join(body.itertext()).split()).split()


def test_a_bare_line_above_something_is_its_heading(typesetter: Typesetter) -> None:
    assert blocks(typesetter, "What happens next\nYou will hear from us.") == [
        HeadingBlock("What happens next"),
        ParagraphBlock(("You will hear from us.",)),
    ]


def test_a_sentence_above_another_is_no_heading(typesetter: Typesetter) -> None:
    assert blocks(typesetter, "Please send it.\nA reply is enough.") == [
        ParagraphBlock(("Please send it.", "A reply is enough."))
    ]


def test_points_keep_what_hangs_under_them_and_let_go_of_what_does_not(
    typesetter: Typesetter,
) -> None:
    found = blocks(typesetter, "  1. Row 2.\n     Enter it.\n  2. Row 3.\n  Rows are counted.")
    assert found == [
        PointsBlock(True, (TypesetPoint("Row 2.", ("Enter it.",)), TypesetPoint("Row 3."))),
        ParagraphBlock(("Rows are counted.",)),
    ]


def test_columns_are_a_table_and_its_words_have_their_colours(typesetter: Typesetter) -> None:
    (table,) = blocks(typesetter, "N12           IMR\nMeadow Lane   OVERDUE")
    assert isinstance(table, TableBlock)
    assert table.head == ("N12", "IMR")
    overdue = COLOURS.colours_for_cell("OVERDUE")
    assert table.rows[0][1] == TypesetCell("OVERDUE", overdue.ink, overdue.ground, True, "state-1")
    assert COLOURS.colours_for_cell("Meadow Lane").ground == COLOURS.page.ground


def test_a_checklist_has_no_row_of_headings(typesetter: Typesetter) -> None:
    _, table = blocks(typesetter, "Returns for N12\n  QA form   accepted\n  IMR       due")
    assert isinstance(table, TableBlock)
    assert (table.head, len(table.rows)) == ((), 2)


def test_the_html_says_every_word_of_the_text_and_no_other(typesetter: Typesetter) -> None:
    said = [w for w in LETTER.split() if not re.fullmatch(r"\d\.", w)]  # the list numbers itself
    assert words(page(typesetter, LETTER)) == said


def test_where_a_fault_is_stands_out_and_what_to_do_is_set_apart(typesetter: Typesetter) -> None:
    place = "Row 14, Date"
    root = parser.document_fromstring(page(typesetter, LETTER, [place]))
    (strong,) = root.iter("strong")
    assert strong.text == f"{place}."
    (fault, *_) = root.iter("li")
    (fix,) = fault.iter("p")
    assert "border-left" in (fix.get("style") or "")
    said = [w for w in LETTER.split() if not re.fullmatch(r"\d\.", w)]
    assert words(page(typesetter, LETTER, [place])) == said


def test_a_table_is_named_by_the_heading_above_it(typesetter: Typesetter) -> None:
    root = parser.document_fromstring(page(typesetter, LETTER))
    headings = {h.get("id"): h.text for h in root.iter("h2")}
    (table,) = [t for t in root.iter("table") if t.get("role") != "presentation"]
    assert headings[table.get("aria-labelledby")] == "Meadow Lane Surgery's returns for N12"


def test_nothing_in_a_text_is_taken_for_markup(typesetter: Typesetter) -> None:
    hostile = '<img src="https://tracker.example/x"> & <script>\n\nCheck <b>\nNow.\n\nEnd'
    made = page(typesetter, hostile, subject="<title>")
    root = parser.document_fromstring(made)
    assert not list(root.iter("img", "script", "b"))
    assert html.escape("<script>") in made


def test_the_html_is_what_outlook_can_draw(typesetter: Typesetter) -> None:
    """Tables for layout, every style inline but for what a dark or a narrow screen changes, no
    picture, nothing fetched; headings and headers of rows and columns for those who listen."""
    root = parser.document_fromstring(page(typesetter, LETTER))
    assert not list(root.iter("script", "link", "img", "div"))
    assert all("@media" in str(style.text) for style in root.iter("style"))
    for style in root.iter("style"):  # what Outlook passes over
        style.drop_tree()
    assert not re.search(r"flex|grid|url\(|https?:", etree.tostring(root, encoding="unicode"))
    assert root.get("lang") == "en-GB"
    assert next(h.text for h in root.iter("h2")) == "What we need from you"
    data = [t for t in root.iter("table") if t.get("role") != "presentation"]
    assert all(row[0].get("scope") == "row" for table in data for row in table.iter("tr"))


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("shade", [COLOURS.page, COLOURS.quiet, *COLOURS.states])
def test_every_ink_can_be_read_on_its_ground(shade: ColourPair) -> None:
    light, dark = sorted((luminance(shade.ink), luminance(shade.ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
