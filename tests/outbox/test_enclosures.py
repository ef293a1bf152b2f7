"""Enclosures: inline pictures and files, at every writing the same."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
from lxml import html

from outbox.samples.drafts import SAMPLES
from outbox.writing.enclosures import self_contained_html
from outbox.writing.letter import Draft, LetterAttachment, LetterPicture
from outbox.writing.letter_text import letter_html, letter_plain_text, parse_letter
from outbox.writing.writer import LetterWriter
from tests.outbox.conftest import BOARD

ID = "<scr.0123456789abcdef@board.example>"
NOW = datetime(2010, 4, 20, 8, 0, tzinfo=ZoneInfo("Europe/London"))
TRAFFIC = "Dear Author One"  # a paragraph of the letter that a picture can stand for
PICTURES = (
    LetterPicture(TRAFFIC, b"\x89PNG one", 680, 120),
    LetterPicture("Unsaid.", b"\x89PNG two", 9, 9),
)
FILE = LetterAttachment(
    "deadlines.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "calendar", "PUBLISH"
)
CARRYING = replace(SAMPLES["chaser"], pictures=PICTURES, attachments=(FILE,))


def written(draft: Draft) -> bytes:
    return LetterWriter(BOARD, "scr-returns@board.example").write(draft, ID, NOW)


@pytest.fixture
def letter() -> EmailMessage:
    return parse_letter(written(CARRYING))


def test_a_picture_stands_where_the_text_says_it_in_words(letter: EmailMessage) -> None:
    (shown,) = html.document_fromstring(letter_html(letter)).iter("img")
    assert (shown.get("alt"), shown.get("width")) == (TRAFFIC, "680")
    (picture,) = [p for p in letter.walk() if p["Content-ID"] == f"<{shown.get('src')[4:]}>"]
    assert picture.get_content() == b"\x89PNG one"
    assert TRAFFIC in letter_plain_text(letter)


def test_a_mail_program_knows_what_belongs_where(letter: EmailMessage) -> None:
    """Outlook shows a picture as attached unless it is related to the HTML."""
    shape = [part.get_content_type() for part in letter.walk()]
    assert shape == [
        *("multipart/mixed", "multipart/alternative", "text/plain"),
        *("multipart/related", "text/html", "image/png", "image/png", "text/calendar"),
    ]
    assert [p.get_filename() for p in letter.iter_attachments()] == ["deadlines.ics"]


def test_a_file_arrives_as_it_was_made(letter: EmailMessage) -> None:
    (file,) = letter.iter_attachments()
    assert file.get_payload(decode=True) == FILE.content
    assert file.get_param("method") == "PUBLISH"


def test_a_letter_has_the_same_bytes_at_every_writing() -> None:
    assert written(CARRYING) == written(CARRYING)


def test_no_boundary_is_the_beginning_of_another(letter: EmailMessage) -> None:
    """RFC 2046, 5.1.2: a reader may take a line for a boundary that only begins like one."""
    found = [p.get_boundary() or "" for p in letter.walk() if p.is_multipart()]
    assert len(found) == 3
    assert not [(a, b) for a in found for b in found if a != b and b.startswith(a)]
    assert all(len(b) <= 70 for b in found)


def test_without_enclosures_it_is_text_and_html_and_nothing_else() -> None:
    shape = [part.get_content_type() for part in parse_letter(written(SAMPLES["chaser"])).walk()]
    assert shape == ["multipart/alternative", "text/plain", "text/html"]


def test_a_browser_is_given_the_pictures_inside_the_page(letter: EmailMessage) -> None:
    page = self_contained_html(letter)
    assert "cid:" not in page
    data = base64.b64encode(PICTURES[0].png).decode()
    assert f'src="data:image/png;base64,{data}"' in page
