"""A source with a past: a mailbox that was in use before begins on the day of the first round."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from intake.maildir import OWN_MAILDIR_MARKER
from tests import builders as build
from tests.board import Board
from tests.flow.post import watch_mailbox
from tests.servers.dovecot import Dovecot

US = "scr-returns@board.example"
FIRST, NEXT = "2010-04-01T07:00", "2010-04-06T07:00"


def mail(n: int) -> bytes:
    document = build.make_chronology(build.STORIES["GP"])
    sender = "author@meadowlane.example"
    return build.mail(sender, US, f"N12 {n}", f"Attached, {n}.", [("chronology.docx", document)])


def in_use_before(board: Board) -> None:
    """A Maildir that somebody else made."""
    (board.folder / "mail" / OWN_MAILDIR_MARKER).unlink()


def came(path: Path, at: str) -> Path:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC).timestamp()
    os.utime(path, (moment, moment))
    return path


def says(board: Board, more: str) -> None:
    file = board.folder / "scr-intake.toml"
    file.write_text(file.read_text().replace('kind           = "maildir"', more, 1))


def test_what_lay_there_is_told_and_left_and_what_comes_is_taken(loaded: Board) -> None:
    """Failure mode 113."""
    in_use_before(loaded)
    old = [came(loaded.mail(mail(n)), f"20{n:02}-05-01T10:00") for n in (1, 9)]
    today = came(loaded.mail(mail(20)), "2010-04-01T05:00")
    told = loaded.once(at=FIRST).out
    assert told.startswith(
        "mail-1: 2 messages lie there from before, the oldest of 2001, and are left. What comes"
        " from Thursday 1 April 2010 on is taken in;"
    )
    assert "Taken in: 1." in told
    assert not today.exists()
    came(loaded.mail(mail(30)), "2010-04-05T10:00")
    told = loaded.once(at=NEXT).out
    assert "Taken in: 1." in told
    assert "from before" not in told
    assert all(path.exists() for path in old)


def test_the_day_stays_that_of_the_first_round_there(loaded: Board) -> None:
    """What came while the service was down for days is taken in."""
    in_use_before(loaded)
    loaded.once(at=FIRST)
    came(loaded.mail(mail(1)), "2010-04-02T10:00")
    assert "Taken in: 1." in loaded.once(at="2010-05-06T07:00").out


def test_the_settings_may_name_another_day(loaded: Board) -> None:
    in_use_before(loaded)
    says(loaded, 'kind = "maildir"\nsince = 2009-01-01')
    came(loaded.mail(mail(1)), "2008-12-30T10:00")
    for n in (2, 3):
        came(loaded.mail(mail(n)), "2009-01-02T10:00")
    will = "2 messages there came from Thursday 1 January 2009 on and are taken in."
    assert f"mailbox 1: {will}" in loaded.run("doctor", at=FIRST).out
    told = loaded.once(at=FIRST).out
    assert f"mail-1: {will}" in told
    assert "mail-1: 1 message lies there from before, of 2008, and is left." in told
    assert "Taken in: 2." in told


def test_a_day_that_is_none_is_refused(loaded: Board) -> None:
    says(loaded, 'kind = "maildir"\nsince = "last week"')
    ended = loaded.once()
    assert ended.status == 2
    assert "since" in ended.err


def test_what_init_made_has_no_past(loaded: Board) -> None:
    came(loaded.mail(mail(1)), "2001-01-01T10:00")
    told = loaded.once(at=FIRST).out
    assert "Taken in: 1." in told
    assert "from before" not in told


def test_the_doctor_says_what_is_there(loaded: Board) -> None:
    in_use_before(loaded)
    came(loaded.mail(mail(1)), "2001-01-01T10:00")
    told = loaded.run("doctor", at=FIRST).out
    assert "mailbox 1: 1 message lies there from before, of 2001, and is left." in told


def test_the_doctor_keeps_to_the_day_of_the_first_round(loaded: Board) -> None:
    """It looks as the rounds do: what came since is taken in, although it lies there."""
    in_use_before(loaded)
    came(loaded.mail(mail(1)), "2001-01-01T10:00")
    first = loaded.once(at=FIRST).out.splitlines()[0].removeprefix("mail-1: ")
    for n in (2, 3):
        came(loaded.mail(mail(n)), "2010-04-14T10:00")
    told = " ".join(loaded.run("doctor", at="2010-04-28T10:00").out.split())
    assert f"mailbox 1: {first}" in told
    assert "from Thursday 1 April 2010 on" in told


def test_the_doctor_says_the_same_day_as_the_first_round(loaded: Board) -> None:
    in_use_before(loaded)
    came(loaded.mail(mail(1)), "2001-01-01T10:00")
    doctor = " ".join(loaded.run("doctor", at=FIRST).out.split())
    first = loaded.once(at=FIRST).out.splitlines()[0].removeprefix("mail-1: ")
    assert f"mailbox 1: {first}" in doctor


@pytest.fixture
def user(loaded: Board, dovecot: Dovecot) -> str:
    user = uuid4().hex
    watch_mailbox(loaded, dovecot, user)
    return user


def test_a_mailbox_on_a_server_has_a_past_too_and_what_a_person_moves_in_is_new(
    loaded: Board, dovecot: Dovecot, user: str
) -> None:
    """An old message that comes to lie there later was put there to be taken in."""
    old = datetime(2001, 5, 1, tzinfo=UTC)
    with dovecot.client(user) as client:
        for n in range(3):
            client.append("INBOX", mail(n), msg_time=old)
    doctor = loaded.run("doctor", at=FIRST).out
    assert "mailbox 1: 3 messages lie there from before, the oldest of 2001" in doctor
    told = loaded.once(at=FIRST).out
    assert "mail-1: 3 messages lie there from before, the oldest of 2001, and are left." in told
    assert "Taken in" not in told
    with dovecot.client(user) as client:
        client.append("INBOX", mail(9), msg_time=old)
    later = loaded.run("doctor", at=NEXT).out
    assert "mailbox 1: 3 messages lie there from before, the oldest of 2001" in later
    assert "What comes from Thursday 1 April 2010 on" in " ".join(later.split())
    told = loaded.once(at=NEXT).out
    assert "Taken in: 1." in told
    with dovecot.client(user) as client:
        client.select_folder("INBOX", readonly=True)
        assert len(client.search()) == 3


def test_a_copy_that_lost_the_times_of_its_files_brings_no_past(loaded: Board) -> None:
    """A board that was copied took in 1,223 of the 2,000 messages that lay there from before."""
    in_use_before(loaded)
    old = came(loaded.mail(mail(1)), "2001-05-01T10:00")
    old = old.rename(old.with_name("988711200.M1P2.host"))
    untimed = came(loaded.mail(by_our_server(2, "2 May 2001 10:00:00 +0100")), "2001-05-02T10:00")
    untimed = untimed.rename(untimed.with_name("old-2.host"))
    assert "mail-1: 2 messages lie there from before" in loaded.once(at=FIRST).out
    for path in (old, untimed):
        came(path, "2010-04-03T10:00")
    new = loaded.mail(by_our_server(3, "4 Apr 2010 10:00:00 +0100"))
    new.rename(new.with_name("new-3.host"))
    assert "Taken in: 1." in loaded.once(at=NEXT).out
    assert old.exists() and untimed.exists()


def test_a_copy_before_the_first_round_has_the_same_past(loaded: Board) -> None:
    in_use_before(loaded)
    old = came(loaded.mail(mail(1)), "2010-04-01T05:00")
    old.rename(old.with_name("988711200.M1P2.host"))
    told = loaded.once(at=FIRST).out
    assert "mail-1: 1 message lies there from before, of 2001, and is left." in told


def by_our_server(n: int, at: str) -> bytes:
    return b"Received: by mail.board.example with ESMTP; " + at.encode() + b"\r\n" + mail(n)
