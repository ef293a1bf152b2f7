"""What nobody registered sent is destroyed after a while, told on the digest before."""

from __future__ import annotations

import json
from email.message import EmailMessage

import pytest

from tests.board import CASE, Board
from tests.builders_mail import mail

CANARY = b"Zebedee Quillfeather"
SERVICE = "returns@board.example"
# It came on 1 April; 30 days after is Saturday 1 May 2010.
BEFORE, TOLD, AFTER = "2010-04-20T10:00", "2010-04-27T10:00", "2010-05-04T10:00"


def stranger(loaded: Board, sender: str = "somebody@elsewhere.example") -> Board:
    """Somebody whom nobody knows names a case."""
    attached = [("notes.txt", CANARY)]
    loaded.mail(mail(sender, SERVICE, "N12 chronology", "N12: please see.\n", attached))
    loaded.once()
    assert json.loads(loaded.run("held", "--json").out), "it is held"
    return loaded


def held(board: Board, at: str) -> list[int]:
    return [entry["id"] for entry in json.loads(board.run("held", "--json", at=at).out)]


def words(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    return " ".join(body.get_content().split()) if body else ""


def lines_about(board: Board) -> list[str]:
    said = " ".join(map(words, board.sent()))
    return [each for each in said.split(". ") if "is destroyed from 1 May on" in each]


def test_it_is_told_on_a_digest_and_then_destroyed(loaded: Board) -> None:
    board = stranger(loaded)
    ids = held(board, BEFORE)
    board.once(at=BEFORE)
    assert lines_about(board) == []
    board.once(at=TOLD)
    assert len(lines_about(board)) == 1
    assert held(board, TOLD) == ids
    assert all("destroyed on" not in words(each) for each in board.sent())
    board.once(at=AFTER)
    said = [words(each) for each in board.sent() if "destroyed on" in words(each)]
    assert len(said) == 1, "on the digest of that day"
    assert "which came on 1 April and nobody decided about, was destroyed on 4 May" in said[0]
    told = " ".join(board.run("audit", "log", at=AFTER).out.split())
    assert f"withdraw entry {ids[0]}, by scr-intake" in told
    assert held(board, AFTER) == []
    assert board.run("open", ids[0], at=AFTER).status == 1
    assert not [p for p in board.folder.rglob("*") if p.is_file() and CANARY in p.read_bytes()]
    shown = board.run("show", ids[0], at=AFTER).out
    assert "is kept for 30 days" in shown
    ended = board.run("audit", "verify", at=AFTER)
    assert ended.status == 0, ended.out


def test_nothing_goes_that_no_digest_told_of(loaded: Board) -> None:
    board = stranger(loaded)
    ids = held(board, BEFORE)
    board.once(at=AFTER)
    assert held(board, AFTER) == ids
    board.once(at="2010-05-05T10:00")
    assert held(board, "2010-05-05T10:00") == []


def test_what_somebody_sent_who_is_registered_by_now_stays(loaded: Board) -> None:
    board = stranger(loaded, "author.three@hilltop.example")
    ids = held(board, BEFORE)
    board.load(CASE.replace("commissioner@meadowlane.example", "author.three@hilltop.example"))
    for at in (TOLD, AFTER):
        board.once(at=at)
    assert lines_about(board) == []
    assert held(board, AFTER) == ids


def test_what_a_person_decided_about_stays(loaded: Board) -> None:
    board = stranger(loaded)
    (id,) = held(board, BEFORE)
    board.run("reject", id, "--reason", "Not for us", "--yes", at=BEFORE)
    for at in (TOLD, AFTER):
        board.once(at=at)
    assert board.run("open", id, at=AFTER).status == 0


@pytest.mark.parametrize("days", [10, 60])
def test_how_long_is_a_setting(loaded: Board, days: int) -> None:
    settings = loaded.folder / "scr-intake.toml"
    settings.write_text(
        settings.read_text().replace("strangers_kept_days = 30", f"strangers_kept_days = {days}")
    )
    board = stranger(loaded)
    for at in ("2010-04-08T10:00", "2010-04-13T10:00", TOLD, AFTER):
        board.once(at=at)
    assert bool(held(board, AFTER)) == (days == 60)
