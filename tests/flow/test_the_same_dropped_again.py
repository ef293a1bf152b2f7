"""What comes again byte for byte is answered as that, whoever said whose it is, and whoever is left
in peace (docs/reliability.md: the same message twice)."""

from __future__ import annotations

import pytest

from tests import builders as build
from tests.board import Board
from tests.builders_mail import mail

POL = build.make_chronology(build.STORIES["POL"])
WHY = ("--reason", "The Chair rang", "--yes")
AUTHOR, COMMISSIONER = "author@shirepolice.example", "commissioner@shirepolice.example"


def assigned(board: Board) -> None:
    """Somebody unknown mailed it, and a person said that it is the police's."""
    stranger = "someone@else.example"
    text = "The police's chronology for N12 is attached."
    board.mail(mail(stranger, "scr@board.example", "N12", text, attachments=[("c.docx", POL)]))
    board.once("2010-04-06T10:00")
    words = ("--case", "N12", "--agency", "POL", "--kind", "chronology", *WHY)
    for held in board.run("held", "--json", at="2010-04-06T10:10").json:
        board.run("assign", held["id"], *words, at="2010-04-06T10:20")
    assert board.returns("POL", "2010-04-06T10:30")["chronology"]["state"] == "accepted"
    board.once("2010-04-06T10:40")


@pytest.mark.parametrize("paused", [(), (AUTHOR,), (AUTHOR, COMMISSIONER)], ids=len)
def test_what_a_person_assigned_and_is_dropped_again_is_answered(
    loaded: Board, paused: tuple[str, ...]
) -> None:
    assigned(loaded)
    for email in paused:
        words = ("contact", "pause", "N12", "POL", email, "--until", "2010-05-01", *WHY)
        assert loaded.run(*words, at="2010-04-07T09:00").status == 0
    before = len(loaded.answers(AUTHOR))
    loaded.drop("POL", POL)
    ended = loaded.once("2010-04-07T10:00")
    assert "POL: the same document again" in ended.out
    assert len(loaded.answers(AUTHOR)) == before + 1, "an answer is no surprise"
    (receipt,) = (loaded.folder / "drop" / "POL" / "returned").glob("*.receipt.txt")
    assert "It is the same document, unchanged" in " ".join(receipt.read_text("utf-8").split())
