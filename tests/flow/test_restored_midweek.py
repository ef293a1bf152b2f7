"""A register restored in the middle of a busy week, beside the one that never was (failure mode
103): what came is there again, nobody gets a letter twice, and nobody misses one."""

from __future__ import annotations

import fcntl
import os
import re
import shlex
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import CASE, Board, Ended
from tests.builders_mail import mail
from tests.flow.post import watch_mailbox
from tests.servers.dovecot import Dovecot

GP, POL = (build.make_chronology(build.STORIES[code]) for code in ("GP", "POL"))
FAULTY = build.with_cell(POL, 14, "Date", "31/06/2007")
AUTHOR, POLICE = "author@meadowlane.example", "author@shirepolice.example"
TO = "scr@board.example"
# Everything is due in the week that is played, so that people are reminded and chased.
DUE = CASE.replace("2010-04-16", "2010-04-13").replace("2010-04-30", "2010-04-14")
RESTORED = "2010-04-20T15:00"


def said(board: Board, on: str, sender: str, body: str, *sent: tuple[str, bytes]) -> None:
    """By a mail system that names a file by when it came, as all do."""
    came = int(datetime.fromisoformat(f"{on}T08:00:00+00:00").timestamp())
    path = board.mail(mail(sender, TO, "N12", body, attachments=list(sent)))
    path = path.rename(path.with_name(path.name.replace("1270112400", str(came))))
    os.utime(path, (came, came))


def before_backup(board: Board) -> None:
    board.load(DUE)
    statement = build.make_statement(signed="Author One", dated=date(2010, 4, 8))
    board.drop("GP", statement, "statement.docx")
    board.once("2010-04-09T10:00")
    said(
        board,
        "2010-04-12",
        POLICE,
        "Please find our chronology attached.",
        ("chronology.docx", FAULTY),
    )
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
    said(
        board,
        "2010-04-14",
        POLICE,
        "Could we have two more weeks for our chronology, until 10 May?",
    )
    board.drop("POL", build.with_cell(FAULTY, 15, "Date", "30/02/2007"))
    board.once("2010-04-14T10:00")
    decided(board, "2010-04-14")
    board.once("2010-04-14T16:00")
    board.drop("GP", build.with_cell(GP, 22, "Source of Information", ""))
    board.once("2010-04-14T17:00")
    board.drop("GP", GP)
    board.once("2010-04-15T10:00")
    board.drop("GP", GP, "again.docx")
    said(board, "2010-04-16", AUTHOR, "Thank you for this.")
    said(board, "2010-04-16", "stranger@else.example", "Please see N12.", ("chronology.docx", POL))
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
    return Board.copied(week / "board", tmp_path / "never")


@pytest.fixture
def lost(week: Path, tmp_path: Path) -> Board:
    """The same, its register lost."""
    board = Board.copied(week / "board", tmp_path / "lost")
    for path in board.folder.glob("register.db*"):
        path.unlink()
    return board


def restore(board: Board, week: Path, at: str = RESTORED) -> Ended:
    """Into a folder of its own, which the settings name from now on, by the lines that it says."""
    ended = board.run("restore", week / "copy", board.folder / "new", at=at)
    assert ended.status == 0, ended.err
    settings = board.folder / "scr-intake.toml"
    text = settings.read_text()
    for name in ("register", "vault"):
        (line,) = (x.strip() for x in ended.out.splitlines() if x.startswith(f"  {name} = "))
        text, found = re.subn(f"^{name} .*", line, text, flags=re.M)
        assert found == 1
    settings.write_text(text)
    return ended


def recover(board: Board, *words: object) -> Ended:
    ended = board.run("recover", *words, at=RESTORED)
    assert ended.status == 0, ended.err
    return ended


def printed_commands(said: str) -> list[str]:
    return [line.strip() for line in said.splitlines() if line.strip().startswith("scr-intake ")]


def rows(board: Board, sql: str) -> Counter[tuple[object, ...]]:
    new = board.folder / "new" / "register.db"
    register = new if new.exists() else board.folder / "register.db"
    with closing(sqlite3.connect(register)) as db:
        return Counter(db.execute(sql).fetchall())


def mailed(board: Board) -> Counter[tuple[str, str]]:
    """To whom letters went, and what they are about, but for the digest."""
    letters = [(x["To"].addresses[0].addr_spec, x["Subject"]) for x in board.sent()]
    return Counter(x for x in letters if x[0] != "administrator@board.example")


def test_the_register_is_the_one_there_would_have_been_and_nobody_hears_twice(
    week: Path, never: Board, lost: Board
) -> None:
    told = restore(lost, week).out
    assert "It reaches up to 12:00pm on Monday 12 April 2010:" in told
    assert "the last letter left at 9:00am on Monday 12 April 2010" in told
    assert f"scr-intake recover --vault {lost.folder / 'vault'}" in told
    health = " ".join(lost.run("status", "--health", at=RESTORED).out.split())
    assert "The last was made at 12:00pm on Monday 12 April 2010" in health, "the one restored"
    assert f"scr-intake recover --vault {lost.folder / 'vault'}" in health
    sent = mailed(lost)
    said = recover(lost, "--vault", lost.folder / "vault").out
    assert "accept, N12, GP, evaluation statement, entry 1:\n" in said
    assert "extend, N12, POL, chronology, until 2010-05-10:\n" in said
    typed = printed_commands(said)
    assert typed[:2] == [
        'scr-intake accept 1 --reason "..."',
        'scr-intake extend N12 POL chronology --until 2010-05-10 --agreed-by "..." --reason "..."',
    ]
    assert rows(lost, ENTRIES) == rows(never, ENTRIES)
    assert rows(lost, LETTERS + OF_NO_DECISION) == rows(never, LETTERS + OF_NO_DECISION)
    missing = rows(never, RETURNS) - rows(lost, RETURNS)
    assert sorted(missing.elements()) == AGREED, "but for what people decided"
    assert lost.run("audit", "verify", at=RESTORED).status == 0
    for board in (never, lost):
        board.once(at="2010-04-20T15:30")
    assert mailed(lost) == sent == mailed(never)
    for line in typed[:2]:
        _, *words = shlex.split(line.replace("...", "The author rang"))
        assert lost.run(*words, "--yes", at="2010-04-20T15:45").status == 0, line
    lost.once(at="2010-04-20T16:00")
    assert rows(lost, RETURNS) == rows(never, RETURNS)
    assert mailed(lost) == sent, "decided again in the same way, it is told to nobody twice"
    assert lost.run("recover", "--resume-chasing", at="2010-04-20T17:00").status == 0
    for board in (never, lost):
        later(board)
    assert mailed(lost) == mailed(never)
    assert rows(lost, RETURNS) == rows(never, RETURNS)
    assert lost.run("audit", "verify", at="2010-06-01T10:00").status == 0
    reminders = [subject for _, subject in mailed(never) - sent if "a reminder" in subject]
    assert len(reminders) == 4, "there was somebody to remind"


def put_back(board: Board, week: Path) -> None:
    """Yesterday's register, copied into the place of the one that is lost."""
    shutil.copy(week / "copy" / "register.db", board.folder / "register.db")


def test_a_letter_that_was_written_into_a_file_stays_after_a_restore(
    week: Path, lost: Board
) -> None:
    """Letters are numbered anew: those that had left were overwritten by others of their number."""
    restore(lost, week)
    recover(lost, "--vault", lost.folder / "vault")
    written = {path: path.read_bytes() for path in (lost.folder / "sent").iterdir()}
    lost.run("recover", "--resume-chasing", at="2010-04-20T17:00")
    later(lost)
    assert {path: path.read_bytes() for path in written} == written
    assert len(lost.sent()) > len(written)


def test_a_register_put_back_beside_its_vault_is_recovered_too(
    week: Path, never: Board, lost: Board
) -> None:
    put_back(lost, week)
    refused = lost.once(at=RESTORED)
    assert refused.status == 1
    assert "scr-intake recover" in refused.err
    doctor = lost.run("doctor", at=RESTORED).out
    assert "The journal in the vault tells of what this register does not have" in " ".join(
        doctor.split()
    )
    sent = mailed(lost)
    recover(lost)
    assert rows(lost, ENTRIES) == rows(never, ENTRIES)
    assert rows(lost, LETTERS + OF_NO_DECISION) == rows(never, LETTERS + OF_NO_DECISION)
    lost.once(at=RESTORED)
    assert mailed(lost) == sent
    assert lost.run("audit", "verify", at=RESTORED).status == 0


def test_recovering_once_more_changes_nothing(week: Path, lost: Board) -> None:
    put_back(lost, week)
    recover(lost)
    before = {sql: rows(lost, sql) for sql in (ENTRIES, LETTERS, RETURNS)}
    told = rows(lost, "SELECT * FROM told_before")
    again = recover(lost).out
    assert "Taken in again: 0 messages and 0 files." in again
    assert "accept, N12, GP, evaluation statement, entry 1" in again, (
        "what people did is told as often as it is asked"
    )
    assert {sql: rows(lost, sql) for sql in (ENTRIES, LETTERS, RETURNS)} == before
    assert rows(lost, "SELECT * FROM told_before") == told


WHAT_CAME = (
    "SELECT d.content, e.position, e.verdict, e.kind FROM deliveries d JOIN entries e"
    " ON e.delivery_id = d.id AND d.source <> 'vault'"
)


def test_with_its_vault_lost_too_the_sources_bring_it_again(
    week: Path, never: Board, lost: Board
) -> None:
    """Only `done/` and the folder of what is dealt with are left."""
    restore(lost, week)
    shutil.rmtree(lost.folder / "vault")
    said = recover(lost, "--without-journal").out
    assert "Whether more had left, and what people decided, is not known" in " ".join(said.split())
    assert "nobody decided anything" not in said
    assert "The last mark of the record" not in said, "nothing is known of it"
    assert rows(lost, WHAT_CAME) == rows(never, WHAT_CAME)
    days = "SELECT a.code, r.kind, r.received FROM returns r JOIN agencies a ON a.id = r.agency_id"
    assert rows(lost, days) == rows(never, days), "no return becomes a late one"


def test_without_a_journal_nothing_is_recovered_unless_a_person_says_so(
    week: Path, lost: Board
) -> None:
    """As doctor and status name the command: agencies were answered twice, and it said that no
    letter had left."""
    restore(lost, week)
    before = {sql: rows(lost, sql) for sql in (ENTRIES, LETTERS, RETURNS)}
    sent = mailed(lost)
    refused = lost.run("recover", at=RESTORED)
    assert refused.status == 1
    assert f"scr-intake recover --vault {lost.folder / 'vault'}" in refused.err
    assert {sql: rows(lost, sql) for sql in (ENTRIES, LETTERS, RETURNS)} == before
    recover(lost, "--vault", lost.folder / "vault")
    lost.once(at="2010-04-20T15:30")
    assert mailed(lost) == sent


def test_with_the_journal_and_the_sources_lost_originals_in_the_vault_are_for_a_person(
    week: Path, lost: Board
) -> None:
    restore(lost, week)
    (lost.folder / "vault" / "journal").unlink()
    for folder in (lost.folder / "drop" / "GP", lost.folder / "drop" / "POL"):
        shutil.rmtree(folder)
    shutil.rmtree(lost.folder / "mail" / ".Dealt with")
    words = ("--vault", lost.folder / "vault")
    refused = lost.run("recover", *words, at=RESTORED)
    assert refused.status == 1, "nobody knows who was answered"
    said = recover(lost, *words, "--without-journal").out
    assert "The last mark of the record tells of 2 decisions" in said
    came = rows(lost, "SELECT source, form FROM deliveries WHERE id > 2")
    # Three files, and the words of a message kept as a document.
    assert came == {("mail-1", "message"): 3, ("vault", "file"): 4}
    unplaced = (
        "SELECT DISTINCT e.verdict FROM entries e JOIN deliveries d ON d.id = e.delivery_id"
        " WHERE d.source = 'vault'"
    )
    assert set(rows(lost, unplaced)) == {("hold",)}


def test_while_nobody_has_said_so_nobody_is_chased_and_it_is_told_everywhere(
    week: Path, lost: Board
) -> None:
    restore(lost, week)
    sent, all_sent = mailed(lost), len(lost.sent())
    for _ in range(2):  # each time
        held = lost.once(at=RESTORED)
        assert held.status == 1
        assert "No letter leaves: the register was restored" in " ".join(held.err.split())
        assert held.err.splitlines()[-1].strip().startswith("scr-intake recover")
    assert len(lost.sent()) == all_sent, "not recovered yet: nothing leaves, nor a second digest"
    assert "No letter leaves: the register was restored" in lost.run("outbox", at=RESTORED).out
    refused = lost.run("recover", "--resume-chasing", at=RESTORED)
    assert refused.status == 1
    recover(lost, "--vault", lost.folder / "vault")
    lost.once(at=RESTORED)
    assert len(lost.sent()) == all_sent, "the digest of that day had left"
    chasing_held = lost.once(at="2010-05-25T10:00")
    assert "Nobody is reminded or chased" in chasing_held.err
    assert "scr-intake recover --resume-chasing" in chasing_held.err
    assert mailed(lost) == sent
    (digest,) = (x for x in lost.sent() if "Tuesday 25 May" in x["Subject"])
    assert "Nobody is reminded or chased" in " ".join(letter_plain_text(digest).split())
    for words in (("status",), ("outbox",), ("doctor",)):
        shown = " ".join(lost.run(*words, at="2010-05-25T11:00").out.split())
        assert "Nobody is reminded or chased: the register was restored" in shown, words
        assert "scr-intake recover --resume-chasing" in shown
    lost.run("recover", "--resume-chasing", at="2010-05-25T12:00")
    assert "chased" not in lost.once(at="2010-05-25T12:05").err
    assert mailed(lost) - sent
    assert "Chasing is not held." in lost.run("recover", "--resume-chasing").out


def test_while_the_service_runs_it_is_refused(week: Path, lost: Board) -> None:
    put_back(lost, week)
    with (lost.folder / "register.db.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        ended = lost.run("recover", at=RESTORED)
    assert ended.status == 1
    assert "Another scr-intake is at work on this register" in ended.err


def test_a_register_that_lacks_nothing_is_left_alone(never: Board) -> None:
    before = (never.folder / "register.db").read_bytes()
    assert "Nothing is missing" in recover(never).out
    assert (never.folder / "register.db").read_bytes() == before


def test_the_journal_names_nobody(week: Path) -> None:
    told = (week / "board" / "vault" / "journal").read_bytes()
    for word in (b"meadowlane", b"author", b"chronology", b"received"):
        assert word not in told


def test_what_a_mail_server_keeps_aside_is_taken_in_again(
    loaded: Board, dovecot: Dovecot, tmp_path: Path
) -> None:
    """With the register and the vault lost, from the folders for what is dealt with."""
    user = uuid4().hex
    watch_mailbox(loaded, dovecot, user)
    at = datetime.now().astimezone().strftime("%Y-%m-%dT%H:%M")
    assert loaded.run("backup", tmp_path / "copy", at=at).status == 0
    dovecot.deliver(user, mail(AUTHOR, TO, "N12", attachments=[("chronology.docx", GP)]))
    assert "chronology accepted" in loaded.run("once", at=at).out
    for path in loaded.folder.glob("register.db*"):
        path.unlink()
    restore(loaded, tmp_path, at)
    shutil.rmtree(loaded.folder / "vault")
    ended = loaded.run("recover", "--without-journal", at=at)
    assert "Taken in again: 1 message and 0 files." in ended.out, ended.err
    assert loaded.returns("GP", at=at)["chronology"]["state"] == "accepted"
    assert "Taken in again: 0 messages and 0 files." in loaded.run("recover", at=at).out
    assert "Taken in" not in loaded.run("once", at=at).out
