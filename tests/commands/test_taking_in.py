"""Taking in: every source in turn, who is registered first, strangers by and by."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest

from commands.composition.app import Application, open_application
from commands.composition.round_limits import STRANGERS_PER_ROUND
from commands.global_options import GlobalOptions
from commands.once import run_round
from commands.rounds.round_report import RoundReport
from commands.rounds.take_in import take_in_sources
from handlers.deliveries.process_delivery import DeliveryProcessor
from intake import unregistered_senders
from intake.unregistered_senders import MESSAGES_PER_DAY
from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board
from tests.builders_mail import mail
from tests.told import newest

GOOD = build.make_chronology(build.STORIES["GP"])
EARLY = "2010-04-01T07:00"  # before the digest
AUTHOR, US = "author@meadowlane.example", "scr-returns@board.example"


def at_work(board: Board, at: str = "2010-04-01T10:00") -> AbstractContextManager[Application]:
    moment = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo("Europe/London"))
    return open_application(GlobalOptions(board.folder / "scr-intake.toml", moment), working=True)


def from_stranger(n: int, domain: str = "elsewhere.example", document: bytes = GOOD) -> bytes:
    return build.mail(
        f"stranger{n}@{domain}", US, "Papers", "Attached.", [(f"form{n}.docx", document)]
    )


def from_surgery() -> bytes:
    return build.mail(
        "author@meadowlane.example", US, "N12", "Attached.", [("chronology.docx", GOOD)]
    )


def chat(n: int) -> bytes:
    return build.mail(f"friend{n}@elsewhere.example", US, "Lunch?", f"Shall we, {n}?")


def rows(board: Board, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(board.folder / "register.db")) as register:
        return register.execute(sql).fetchall()


def in_the_vault(board: Board) -> int:
    return sum(1 for path in (board.folder / "vault").glob("??/*") if path.is_file())


def test_who_is_registered_is_taken_before_strangers_who_came_first(loaded: Board) -> None:
    """Failure mode 105: the hint orders, whatever lies before."""
    for n in range(5):
        loaded.mail(from_stranger(n))
    loaded.mail(from_surgery())
    with at_work(loaded) as app:
        report = RoundReport()
        taking = take_in_sources(app, report)
        while not report.taken:
            next(taking)
        (first,) = app.spool.waiting_deliveries()
    assert rows(loaded, "SELECT expected FROM deliveries") == [(1,)]
    assert first.source == "mail-1"


def test_a_return_that_comes_behind_strangers_in_the_spool_is_judged_before_them(
    loaded: Board,
) -> None:
    for n in range(3):
        loaded.mail(from_stranger(n))
    with at_work(loaded) as app:
        list(take_in_sources(app, RoundReport()))
        loaded.mail(from_surgery())
        list(take_in_sources(app, RoundReport()))
        first = app.spool.waiting_deliveries()[0]
        assert app.processor.settle_delivery(first, app.now()).first_origin.code == "GP"


def test_whoever_sends_much_keeps_nobody_waiting_behind_it(loaded: Board) -> None:
    """Senders and folders are judged in turn, the oldest of each first."""
    with at_work(loaded) as app:
        for n in range(4):
            loaded.mail(mail(AUTHOR, US, f"N12 {n}", attachments=[("a.docx", GOOD)]))
        list(take_in_sources(app, RoundReport()))
        loaded.mail(mail("author@shirepolice.example", US, "N12", attachments=[("b.docx", GOOD)]))
        loaded.drop("POL", GOOD)
        list(take_in_sources(app, RoundReport()))
        order = [delivery.id for delivery in app.spool.waiting_deliveries()]
    assert sorted(order[:3]) == [1, 5, 6]
    assert order[3:] == [2, 3, 4]


def test_the_hint_proves_nothing(loaded: Board) -> None:
    """A From that is forged is taken first, and judged as what it is."""
    settings = loaded.folder / "scr-intake.toml"
    assert 'authentication = "none"' in settings.read_text()
    raw = from_surgery().replace(b"author@meadowlane", b"author@nobody", 1)
    loaded.mail(raw)
    loaded.once()
    assert loaded.returns("GP")["chronology"]["state"] == "awaited"


def test_a_full_mailbox_does_not_keep_the_drop_folder_waiting(loaded: Board) -> None:
    """Failure mode 112: a thing of each source in turn."""
    for n in range(60):
        loaded.mail(from_surgery().replace(b"N12", b"N12 %d" % n, 1))
    loaded.drop("POL", build.make_chronology(build.STORIES["POL"]))
    with at_work(loaded) as app:
        taking, report = take_in_sources(app, RoundReport()), RoundReport()
        for _ in range(4):
            next(taking)
        assert "drop" in {d.source for d in app.spool.waiting_deliveries()}, report


def test_of_strangers_so_many_are_taken_in_a_round(loaded: Board) -> None:
    for n in range(STRANGERS_PER_ROUND + 5):
        loaded.mail(from_stranger(n, f"d{n}.example"))
    with at_work(loaded) as app:
        report = run_round(app)
        assert (report.taken, report.strangers, report.more) == (STRANGERS_PER_ROUND, 5, True)
        second = run_round(app)
        assert (second.taken, second.strangers) == (5, 0)


def test_of_one_domain_so_many_are_taken_in_a_day_and_the_rest_wait_and_are_told(
    loaded: Board,
) -> None:
    """Also after a restart, and never for ever."""
    for n in range(MESSAGES_PER_DAY + 3):
        loaded.mail(from_stranger(n))
    loaded.mail(from_stranger(1, "other.example"))
    ended = loaded.once()
    assert f"Taken in: {MESSAGES_PER_DAY + 1}." in ended.out
    assert "Messages of strangers that wait their turn: 3." in ended.out
    assert "Taken in" not in loaded.once().out
    assert "Taken in: 3." in loaded.once(at="2010-04-02T10:00").out


def test_strangers_that_wait_their_turn_are_on_the_digest_and_in_status_until_they_do_not(
    loaded: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Issue 12, point 9: an agency's own domain asks for somebody, the rest is told."""
    monkeypatch.setattr(unregistered_senders, "MESSAGES_PER_DAY", 2)
    for n in range(5):
        loaded.mail(from_stranger(n))
        loaded.mail(from_stranger(n, "meadowlane.example"))
    loaded.once(at=EARLY)
    digest = " ".join(loaded.run("digest", "--preview", "--all").out.split())
    assert (
        "3 messages from meadowlane.example, where people are registered, wait for their turn"
        " since Thursday 1 April: the senders themselves are not registered" in digest
    )
    assert 'scr-intake contact add REF CODE ADDRESS --name "..." --role author' in digest
    assert (
        "3 messages of strangers wait for their turn since Thursday 1 April:"
        " 3 from elsewhere.example. Untouched where they lie" in digest
    )
    status = loaded.run("status").out
    assert "3 messages from meadowlane.example" in status
    assert "3 messages of strangers wait" in status
    assert loaded.status()["strangers_waiting"] == [
        {
            "domain": f"{domain}.example",
            "messages": 3,
            "until_tomorrow": True,
            "since": "2010-04-01T06:00:00+00:00",
        }
        for domain in ("elsewhere", "meadowlane")
    ]
    for path in (loaded.folder / "mail" / "new").iterdir():
        path.unlink()  # somebody saw to them
    loaded.once()
    assert loaded.status()["strangers_waiting"] == []
    assert "turn since" not in loaded.run("digest", "--preview", "--all").out


def test_nothing_is_written_in_a_round_that_finds_the_same_strangers_waiting(
    loaded: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unregistered_senders, "MESSAGES_PER_DAY", 1)
    for n in range(3):
        loaded.mail(from_stranger(n))
    with at_work(loaded) as app:
        list(take_in_sources(app, RoundReport()))
        before = app.register.change_counter()
        list(take_in_sources(app, RoundReport()))
        assert app.register.change_counter() == before


def test_colleagues_of_who_is_registered_come_before_other_strangers(loaded: Board) -> None:
    for n in range(STRANGERS_PER_ROUND):
        loaded.mail(from_stranger(n, f"d{n}.example"))
    colleague = loaded.mail(from_stranger(1, "meadowlane.example"))
    colleague.rename(colleague.with_name("9.last"))
    with at_work(loaded) as app:
        run_round(app)
    taken = loaded.folder / "mail" / ".Dealt with" / "new"
    assert any(b"@meadowlane.example" in path.read_bytes() for path in taken.iterdir())


PICTURES = [
    ("logo.png", b"\x89PNG\r\n\x1a\n" + bytes(50)),
    ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(50) + b"\xff\xd9"),
    ("meeting.ics", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"),
    ("card.vcf", b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Somebody\r\nEND:VCARD\r\n"),
]


@pytest.mark.parametrize(
    "raw",
    [chat(1)]
    + [
        build.mail(f"a@{n}.example", US, "Here it is", "See attached", [it])
        for n, it in enumerate(PICTURES)
    ],
    ids=["chat", *(name for name, _ in PICTURES)],
)
def test_what_could_be_no_return_is_left_and_nothing_of_it_is_kept(
    loaded: Board, raw: bytes
) -> None:
    """Failure mode 113: a stranger's picture, logo or calendar file is not ours."""
    loaded.once(at=EARLY)
    before = in_the_vault(loaded)
    path = loaded.mail(raw)
    ended = loaded.once(at=EARLY)
    assert ended.out == "Not for the service, left as they were: 1.\n"
    assert path.read_bytes() == raw
    assert in_the_vault(loaded) == before
    assert rows(loaded, "SELECT count(*) FROM deliveries") == [(0,)]
    assert loaded.once(at=EARLY).out == "Nothing to do.\n"


@pytest.mark.parametrize(
    ("subject", "name", "document"),
    [
        ("Papers", "return.docx", GOOD),
        ("About N12", "photo.jpg", PICTURES[1][1]),
        ("Papers", "bytes.bin", b"\x01\x02\x03 something" * 20),
    ],
)
def test_what_could_be_a_return_is_not_left(
    loaded: Board, subject: str, name: str, document: bytes
) -> None:
    loaded.mail(build.mail("a@elsewhere.example", US, subject, "Attached", [(name, document)]))
    assert "Taken in: 1." in loaded.once().out


def test_a_look_that_ended_the_service_is_not_made_twice(
    loaded: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 104: such a message is taken in, where its tries are counted."""

    class Killed(BaseException):
        pass

    def killed(*_: object) -> bool:
        raise Killed

    loaded.mail(chat(1))
    with monkeypatch.context() as patch, at_work(loaded) as app:
        patch.setattr(DeliveryProcessor, "is_for_others", killed)
        # As a kill leaves it: nothing of ours runs afterwards.
        patch.setattr(
            "intake.unregistered_senders.UnregisteredSenders.finish_look", lambda *_, **__: None
        )
        with pytest.raises(Killed):
            run_round(app)
    with at_work(loaded) as app:
        assert run_round(app).taken == 1


@pytest.mark.parametrize("kind", ["Unforeseen", "KeyError"])
def test_a_look_that_goes_wrong_leaves_nothing_out(
    loaded: Board, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    def wrong(*_: object) -> bool:
        raise KeyError(kind)

    loaded.mail(from_stranger(1))
    monkeypatch.setattr(DeliveryProcessor, "is_for_others", wrong)
    assert "Taken in: 1." in loaded.once().out


def test_what_is_known_costs_no_transaction(loaded: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(30):
        loaded.mail(chat(n))
    loaded.once()
    with at_work(loaded) as app:
        began: list[int] = []
        asked: list[int] = []
        actual, rows_of = app.database.transaction, app.database.fetch_rows
        monkeypatch.setattr(app.database, "transaction", lambda: (began.append(1), actual())[1])
        monkeypatch.setattr(
            app.database, "fetch_rows", lambda *a: (asked.append(1), rows_of(*a))[1]
        )
        list(take_in_sources(app, RoundReport()))
    assert began == []
    assert len(asked) < 10


def too_large(board: Board, sender: str) -> Path:
    path = board.mail(from_surgery().replace(b"author@meadowlane.example", sender.encode(), 1))
    with path.open("r+b") as file:
        file.truncate(51 * 1024 * 1024)
    return path


def test_a_message_too_large_in_a_maildir_is_told_to_its_sender_and_on_the_digest(
    loaded: Board,
) -> None:
    """As by IMAP."""
    path = too_large(loaded, "author@meadowlane.example")
    ended = loaded.once()
    assert "Taken in: 1." in ended.out
    assert len(loaded.answers()) == 1
    assert not path.exists()
    assert "Taken in" not in loaded.once().out
    loaded.once(at="2010-04-06T09:00")
    digest = loaded.sent("administrator@board.example")[-1].get_body(("plain",))
    assert digest is not None
    assert "a message larger than the service takes" in digest.get_content()


def test_a_message_that_a_person_moved_back_is_one_line_on_the_next_digest(
    loaded: Board,
) -> None:
    """Failure mode 120: an act of a person is answered."""
    loaded.mail(from_surgery())
    loaded.once()
    box = loaded.folder / "mail"
    (moved,) = (box / ".Dealt with" / "new").iterdir()
    moved.rename(box / "new" / moved.name)
    assert "Taken in" not in loaded.once(at="2010-04-01T11:00").out
    for at, told in (("2010-04-06T09:00", 1), ("2010-04-07T09:00", 0)):
        loaded.once(at=at)
        lines = newest(loaded)
        assert lines.count("lies in mail-1 again") == told, lines
        if told:
            assert "scr-intake show 1" in lines


@contextmanager
def shut(path: Path) -> Iterator[None]:
    """Of somebody else, or on a disk that will not say."""
    os.utime(path, (1_270_000_000, 1_270_000_000))
    actual = os.open

    def refused(name: Any, *words: Any, **more: Any) -> int:
        if Path(os.fsdecode(name)).name == path.name:
            raise PermissionError(errno.EACCES, "made up")
        return actual(name, *words, **more)

    with patch.object(os, "open", refused):
        yield


@pytest.mark.parametrize("where", ["the mailbox", "the folder"])
def test_what_cannot_be_read_is_told_until_it_has_gone(loaded: Board, where: str) -> None:
    """On each digest and by a monitor, and nothing says meanwhile that all is well there."""
    if where == "the folder":
        path = loaded.drop("GP", GOOD)
        name, line = "drop/message", "Drop folder GP: something of"
    else:
        path = loaded.mail(mail(AUTHOR, US, "N12", attachments=[("a.docx", GOOD)]))
        name, line = "mail-1/message", "The mailbox mail-1: something of"
    with shut(path):
        for day in ("06", "07", "16"):
            said = loaded.once(at=f"2010-04-{day}T10:00")
            assert ("drop, GP: " in said.err) == (where == "the folder")
            digest = loaded.sent("administrator@board.example")[-1]
            told = " ".join(letter_plain_text(digest).split())
            assert line in told and "cannot be read. Ask the operator to look at its" in told
            assert f"{where[:1].upper()}{where[1:]} holds something that cannot be read." in told
            well = told.partition("is well with")[2].partition(".")[0]
            assert where not in well
            health = loaded.run("status", "--health", at=f"2010-04-{day}T10:05")
            assert health.status == 1
            assert f"DEGRADED  source {name}" in health.out
    chased = [x for x in loaded.sent(AUTHOR) if x["Auto-Submitted"] == "auto-generated"]
    assert bool(chased) == (where == "the mailbox"), "nobody knows whose a message is"
    loaded.once(at="2010-04-16T11:00")
    assert loaded.returns("GP")["chronology"]["state"] == "accepted"
    assert "DEGRADED  source" not in loaded.run("status", "--health", at="2010-04-16T11:05").out
    loaded.once(at="2010-04-19T10:00")
    told = " ".join(letter_plain_text(loaded.sent("administrator@board.example")[-1]).split())
    assert line not in told
