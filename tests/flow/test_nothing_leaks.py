"""Plain text never rests (promise 7): canaries sent through the whole job, grepped everywhere."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from outbox.writing.letter_text import letter_readings
from tests import builders as build
from tests.board import CASE, Board

NAME = "Zebedee Quillfeather"
WORDS = ("Zebedee", "Quillfeather", "marmalade", "Plumduff")
# What people say in a message is told to the administrator, in the digest alone.
SAID_BY_MAIL = ("Xyloname", "parsnips")
ANYWHERE = (*WORDS, *SAID_BY_MAIL)


def canary_case() -> str:
    return CASE.replace('name         = "Child N"', f'name         = "{NAME}"')


def canary_chronology() -> bytes:
    events = list(build.STORIES["GP"])
    events[2] = replace(events[2], event="A canary called marmalade.", date="Quillfeather")
    events[4] = replace(events[4], subject=NAME)
    return build.make_chronology(events)


@pytest.fixture
def used(board: Board, caplog: pytest.LogCaptureFixture) -> Board:
    """A register that has taken in, judged, answered and chased."""
    caplog.set_level(logging.DEBUG)
    assert board.load(canary_case()).status == 0
    board.drop("GP", canary_chronology(), "Plumduff.docx")
    board.mail(
        build.mail(
            "author@meadowlane.example",
            "scr-returns@board.example",
            "About Zebedee Quillfeather",
            "Xyloname wrote this about parsnips.",
            [("Plumduff.docx", build.with_cell(canary_chronology(), 3, "Event", "Quillfeather"))],
        )
    )
    board.mail(b"From: x@y.example\r\nSubject: Plumduff\r\n\r\nparsnips")
    board.once()
    board.once(at="2010-04-20T09:30")
    return board


def test_no_canary_is_in_the_database_or_its_log(used: Board) -> None:
    """Failure mode 89."""
    for path in used.folder.glob("register.db*"):
        content = path.read_bytes()
        assert not [w for w in ANYWHERE if w.encode() in content], path.name


def test_a_digest_says_which_entry_to_look_at_and_nothing_of_what_is_in_it(used: Board) -> None:
    """In its words, pictures' words, file names and dates for the calendar."""
    used.drop("Quillfeather", canary_chronology(), "Plumduff.docx")
    question = build.with_cell(
        build.make_chronology(build.STORIES["POL"]), 5, "Agency", "marmalade"
    )
    used.drop("POL", question, "Plumduff.docx")
    used.once(at="2010-04-21T07:30")
    used.once(at="2010-04-21T08:00")
    digests = used.sent("administrator@board.example")
    assert len(digests) == 3
    for digest in digests:
        parts = [part for part in digest.walk() if not part.is_multipart()]
        said = [str(digest), *(str(part.get_content()) for part in parts)]
        assert not [word for word in WORDS if word in "\n".join(said)]
    shown = used.run("digest", "--preview", "--all", at="2010-04-21T09:30").out
    assert "Shire Police: chronology; waits for you to look, and the chronology" in " ".join(
        shown.split()
    )
    assert not [word for word in WORDS if word in shown]


def test_no_canary_is_in_the_vault_or_in_a_path_of_ours(used: Board) -> None:
    for path in (used.folder / "vault").rglob("*"):
        assert not [w for w in ANYWHERE if w in str(path)]
        if path.is_file():
            assert not [w for w in ANYWHERE if w.encode() in path.read_bytes()]
    assert not [p for p in (used.folder / "sent").iterdir() for w in ANYWHERE if w in p.name]


def test_no_canary_is_in_any_letter(used: Board) -> None:
    letters = used.sent()
    assert letters
    for letter in letters:
        text = "\n".join(letter_readings(letter))
        hers = "administrator@board.example" in letter["To"]
        assert not [w for w in (WORDS if hers else ANYWHERE) if w in text]


def test_no_canary_is_logged_or_printed(used: Board, caplog: pytest.LogCaptureFixture) -> None:
    used.drop("GP", build.with_cell(canary_chronology(), 5, "Source of Information", ""))
    ended = used.once(at="2010-04-21T09:30")
    told = ended.out + ended.err + used.run("status").out + caplog.text
    assert not [w for w in ANYWHERE if w in told]
