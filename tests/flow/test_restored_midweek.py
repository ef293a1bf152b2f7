"""A register restored in the middle of a busy week, beside the one that never was (failure mode
103): what came is there again, nobody gets a letter twice, and nobody misses one."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests import builders as build
from tests.board import CASE, Board, Ended
from tests.builders_mail import mail

GP, POL = (build.make_chronology(build.STORIES[code]) for code in ("GP", "POL"))
FAULTY = build.with_cell(POL, 14, "Date", "31/06/2007")
AUTHOR, POLICE = "author@meadowlane.example", "author@shirepolice.example"
TO = "scr@board.example"
# Everything is due in the week that is played, so that people are reminded and chased.
DUE = CASE.replace("2010-04-16", "2010-04-13").replace("2010-04-30", "2010-04-14")
RESTORED = "2010-04-20T15:00"


def said(board: Board, sender: str, body: str, *sent: tuple[str, bytes]) -> None:
    board.mail(mail(sender, TO, "N12", body, attachments=list(sent)))


def before_backup(board: Board) -> None:
    board.load(DUE)
    statement = build.make_statement(signed="Author One", dated=date(2010, 4, 8))
    board.drop("GP", statement, "statement.docx")
    board.once("2010-04-09T10:00")
    said(board, POLICE, "Please find our chronology attached.", ("chronology.docx", FAULTY))
    board.once("2010-04-12T09:00")


def decide(board: Board, at: str, *words: object) -> Ended:
    ended = board.run(*words, "--reason", "The author rang", "--yes", at=at)
    assert ended.status == 0, ended.err
    return ended


def decided(board: Board, day: str) -> None:
    """What people decide, in the week that is lost and again after it."""
    decide(board, f"{day}T15:30", "accept", 1)
    decide(
        board,
        f"{day}T15:40",
        "extend",
        "N12",
        "POL",
        "chronology",
        "--until",
        "2010-05-10",
        "--agreed-by",
        "The Chair, by letter",
    )


def after_backup(board: Board) -> None:
    """Reminders and chasers, mails and files, decisions."""
    board.once("2010-04-13T10:00")
    said(board, POLICE, "Could we have two more weeks for our chronology, until 10 May?")
    board.drop("POL", build.with_cell(FAULTY, 15, "Date", "30/02/2007"))
    board.once("2010-04-14T10:00")
    decided(board, "2010-04-14")
    board.once("2010-04-14T16:00")
    board.drop("GP", build.with_cell(GP, 22, "Source of Information", ""))
    board.once("2010-04-14T17:00")
    board.drop("GP", GP)
    board.once("2010-04-15T10:00")
    board.drop("GP", GP, "again.docx")
    said(board, AUTHOR, "Thank you for this.")
    said(board, "stranger@else.example", "Please see N12.", ("chronology.docx", POL))
    board.once("2010-04-16T11:00")
    for day in (17, 19, 20):
        board.once(f"2010-04-{day}T10:00")


def later(board: Board) -> None:
    """Some days more, with what is still to come and to chase."""
    board.drop("POL", POL, "mended.docx")
    board.once("2010-04-21T11:00")
    for day in (27, 28):
        board.once(f"2010-04-{day}T10:00")
    for at in ("05-25", "05-28", "05-31"):
        board.once(f"2010-{at}T10:00")


ENTRIES = """
SELECT d.source, d.content, d.received, d.outcome, e.position, e.part, e.content, e.kind, e.verdict,
       e.reason, a.code FROM deliveries d LEFT JOIN entries e ON e.delivery_id = d.id
LEFT JOIN agencies a ON a.id = e.agency_id
"""
RETURNS = """
SELECT a.code, r.kind, r.state, r.received, r.accepted, r.due FROM returns r
JOIN agencies a ON a.id = r.agency_id
"""
LETTERS = """
SELECT l.kind, l.told_on, l.sent, l.contact_id, l.message_id,
(SELECT group_concat(r.return_id || 'v' || r.due_version || 'r' || r.days) FROM rungs r
 WHERE r.letter_id = l.id),
(SELECT group_concat(d.content) FROM tells t JOIN deliveries d ON d.id = t.delivery_id
 WHERE t.letter_id = l.id)
FROM letters l WHERE l.sent IS NOT NULL
"""
OF_NO_DECISION = """
AND NOT EXISTS (SELECT 1 FROM tells t WHERE t.letter_id = l.id AND t.decision_id IS NOT NULL)
"""
AGREED = [
    ("GP", "evaluation_statement", "accepted", "2010-04-09", "2010-04-09", "2010-05-28"),
    ("POL", "chronology", "rejected", "2010-04-12", None, "2010-05-10"),
]


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The board at the end of the week, with its backup beside it."""
    folder = tmp_path_factory.mktemp("week")
    board = Board(folder / "board")
    before_backup(board)
    assert board.run("backup", folder / "copy", at="2010-04-12T12:00").status == 0
    after_backup(board)
    return folder


@pytest.fixture
def never(week: Path, tmp_path: Path) -> Board:
    """The board as it never was restored."""
    return copied(week / "board", tmp_path / "never")


@pytest.fixture
def lost(week: Path, tmp_path: Path) -> Board:
    """The same, its register lost."""
    board = copied(week / "board", tmp_path / "lost")
    for path in board.folder.glob("register.db*"):
        path.unlink()
    return board


def copied(folder: Path, to: Path) -> Board:
    shutil.copytree(folder, to, symlinks=True)
    board = Board.__new__(Board)
    board.folder, board._mails = to, 100
    return board


def restore(board: Board, week: Path) -> Ended:
    """Into a folder of its own, which the settings name from now on."""
    ended = board.run("restore", week / "copy", board.folder / "new", at=RESTORED)
    assert ended.status == 0, ended.err
    settings = board.folder / "scr-intake.toml"
    text = settings.read_text()
    for name in ("register.db", "vault"):
        assert f'"{name}"' in text
        text = text.replace(f'"{name}"', f'"new/{name}"')
    settings.write_text(text)
    return ended


def recover(board: Board, *words: object) -> Ended:
    ended = board.run("recover", *words, at=RESTORED)
    assert ended.status == 0, ended.err
    return ended


def rows(board: Board, sql: str) -> Counter[tuple[object, ...]]:
    new = board.folder / "new" / "register.db"
    register = new if new.exists() else board.folder / "register.db"
    with closing(sqlite3.connect(register)) as db:
        return Counter(db.execute(sql).fetchall())


def mailed(board: Board, since: int) -> Counter[tuple[str, str]]:
    """To whom letters went, and what they are about, but for the digest."""
    letters = [(x["To"].addresses[0].addr_spec, x["Subject"]) for x in board.sent()[since:]]
    return Counter(x for x in letters if x[0] != "administrator@board.example")


def test_the_register_is_the_one_there_would_have_been_and_nobody_hears_twice(
    week: Path, never: Board, lost: Board
) -> None:
    told = restore(lost, week).out
    assert "It reaches up to 9:00am on Monday 12 April 2010:" in told
    assert "the last letter left at 9:00am on Monday 12 April 2010" in told
    assert f"scr-intake recover --vault {lost.folder / 'vault'}" in told
    sent = len(lost.sent())
    said = recover(lost, "--vault", lost.folder / "vault").out
    assert "accept, N12, GP, entry 1" in said
    assert "extend, N12, POL, until 2010-05-10" in said
    assert rows(lost, ENTRIES) == rows(never, ENTRIES)
    assert rows(lost, LETTERS + OF_NO_DECISION) == rows(never, LETTERS + OF_NO_DECISION)
    missing = rows(never, RETURNS) - rows(lost, RETURNS)
    assert sorted(missing.elements()) == AGREED, "but for what people decided"
    assert lost.run("audit", "verify", at=RESTORED).status == 0
    for board in (never, lost):
        board.once(at="2010-04-20T15:30")
    assert len(lost.sent()) == sent == len(never.sent())
    decided(lost, "2010-04-20")
    lost.once(at="2010-04-20T16:00")
    assert rows(lost, RETURNS) == rows(never, RETURNS)
    assert len(lost.sent()) == sent, "decided again in the same way, it is told to nobody twice"
    assert lost.run("recover", "--resume-chasing", at="2010-04-20T17:00").status == 0
    for board in (never, lost):
        later(board)
    assert mailed(lost, sent) == mailed(never, sent)
    assert rows(lost, RETURNS) == rows(never, RETURNS)
    assert lost.run("audit", "verify", at="2010-06-01T10:00").status == 0
