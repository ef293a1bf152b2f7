"""The whole way from a real mail server: heard by IDLE, judged, answered, and put away."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from uuid import uuid4

import pytest

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board
from tests.flow.post import PATIENCE, service, until, watch_mailbox
from tests.servers.dovecot import Dovecot, renumber
from tests.servers.ports import free_ports
from tests.servers.scripted_imap import Wire
from tests.servers.scripted_imap import running as scripted

WHOLE = b"From: author@shirepolice.example\r\nSubject: another\r\n\r\nwhole\r\n"
STOPS = 15  # seconds: half of what a connection may be silent for


def from_surgery(document: bytes | None = None) -> bytes:
    return build.mail(
        "author@meadowlane.example",
        "scr-returns@board.example",
        "N12",
        "Attached.",
        [("chronology.docx", document or build.make_chronology(build.STORIES["GP"]))],
    )


@pytest.fixture
def user(loaded: Board, dovecot: Dovecot) -> str:
    user = uuid4().hex
    watch_mailbox(loaded, dovecot, user)
    return user


def count(server: Dovecot, user: str, folder: str) -> int:
    with server.client(user) as client:
        client.select_folder(folder, readonly=True)
        return len(client.search())


def test_a_return_in_the_mailbox_is_accepted_answered_and_put_away(
    loaded: Board, dovecot: Dovecot, user: str
) -> None:
    dovecot.deliver(user, from_surgery())
    ended = loaded.once()
    assert ended.out.startswith("Taken in: 1.\nDelivery 1: N12, GP: chronology accepted."), ended
    assert len(loaded.answers()) == 1
    assert (count(dovecot, user, "INBOX"), count(dovecot, user, "SCR accepted")) == (0, 1)
    assert loaded.once().out == "Nothing to do.\n"


def test_the_service_hears_of_a_mail_at_once_and_stops_when_told(
    loaded: Board, dovecot: Dovecot, user: str
) -> None:
    """Failure mode 81. It looks by itself every day only: it is IDLE that it hears."""
    settings = loaded.folder / "scr-intake.toml"
    settings.write_text(settings.read_text().replace("scan_seconds = 30", "scan_seconds = 86400"))
    with service(loaded) as process:
        until(lambda: dovecot.listens(user))
        dovecot.deliver(user, from_surgery())
        until(lambda: bool(loaded.answers()))
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, err
    assert "Delivery 1: N12, GP: chronology accepted." in out


def test_a_mailbox_that_is_away_stops_neither_the_others_nor_the_folder_nor_the_letters(
    loaded: Board, dovecot: Dovecot, user: str
) -> None:
    """Promise 6."""
    (nobody,) = free_ports(1)
    settings = loaded.folder / "scr-intake.toml"
    head, box, rest = settings.read_text().partition("[[mailbox]]")
    away = rest.partition("[drop]")[0].replace(f"{dovecot.imaps}", f"{nobody}")
    settings.write_text(head + box + away + "\n" + box + rest)
    dovecot.deliver(user, from_surgery())
    loaded.drop("POL", build.make_chronology(build.STORIES["POL"]))
    ended = loaded.once()
    assert ended.out.count("chronology accepted") == 2
    assert "mail-1: The mail server does not take connections on this port." in ended.err
    assert len(loaded.answers()) == 1
    assert count(dovecot, user, "SCR accepted") == 1


def test_a_mailbox_numbered_anew_brings_no_second_entry_and_no_second_letter(
    loaded: Board, dovecot: Dovecot
) -> None:
    """Failure mode 6: every message is read again, known by its bytes, and left."""
    user = uuid4().hex
    watch_mailbox(loaded, dovecot, user, 'after = { mode = "leave" }\n')
    dovecot.deliver(user, from_surgery())
    loaded.once()
    with dovecot.client(user) as client:
        client.select_folder("INBOX", readonly=True)
        (raw,) = (m[b"BODY[]"] for m in client.fetch(client.search(), ["BODY.PEEK[]"]).values())
    renumber(dovecot, user)
    with dovecot.client(user) as client:
        client.append("INBOX", b"Subject: another\r\n\r\nnow at its number\r\n")
        client.append("INBOX", raw)
    letters = len(loaded.sent())
    ended = loaded.once()
    assert ended.out.startswith("Taken in: 1.\n"), "the other one, that has its number now"
    assert "chronology" not in ended.out
    assert len(loaded.sent()) == letters
    assert loaded.once().out == "Nothing to do.\n"


def test_a_message_over_the_cap_is_not_fetched_and_its_sender_is_told(
    loaded: Board, dovecot: Dovecot
) -> None:
    """Failure mode 14."""
    user = uuid4().hex
    watch_mailbox(loaded, dovecot, user, "largest_mb = 1\n")
    dovecot.deliver(user, from_surgery(os.urandom(1_000_000)))
    assert "Taken in: 1." in loaded.once().out
    (answer,) = loaded.answers()
    assert "too large" in answer["Subject"]
    kept = [p for p in (loaded.folder / "vault").rglob("*") if p.is_file()]
    assert max(p.stat().st_size for p in kept) < 100_000
    assert count(dovecot, user, "INBOX") == 0
    assert loaded.once().out == "Nothing to do.\n"


def test_a_persons_mail_to_the_administrator_stays_unread_and_is_looked_at_once(
    loaded: Board, dovecot: Dovecot, user: str
) -> None:
    """Failure mode 7."""
    mail = build.mail(
        "a.friend@elsewhere.example", "scr-returns@board.example", "Lunch?", "At one?"
    )
    dovecot.deliver(user, mail)
    assert "Not for the service, left as they were: 1." in loaded.once().out
    assert loaded.once().out == "Nothing to do.\n"
    with dovecot.client(user) as client:
        client.select_folder("INBOX", readonly=True)
        assert len(client.search("UNSEEN")) == 1
    assert loaded.run("status", "--json").json["held"] == 0


def test_several_folders_and_mailboxes_are_all_looked_through(
    loaded: Board, dovecot: Dovecot
) -> None:
    first, second = uuid4().hex, uuid4().hex
    watch_mailbox(loaded, dovecot, second)
    settings = loaded.folder / "scr-intake.toml"
    box = settings.read_text().partition("[[mailbox]]")[2].partition("[drop]")[0]
    watch_mailbox(loaded, dovecot, first, 'folders = ["INBOX", "Rückläufe"]\n')
    settings.write_text(settings.read_text().replace("\n[drop]", f"\n[[mailbox]]{box}\n[drop]"))
    with dovecot.client(first) as client:
        client.create_folder("Rückläufe")
        client.append("Rückläufe", from_surgery())
    dovecot.deliver(second, build.mail("author@shirepolice.example", "x@board.example", "N12", ""))
    assert "Taken in: 2." in loaded.once().out
    assert count(dovecot, first, "SCR accepted") == 1


def test_a_message_that_never_comes_whole_is_an_alert_and_no_message_lost(
    loaded: Board, tmp_path: Path
) -> None:
    """Failure mode 11: one alert while it lasts and one when it is over; the others are read."""
    with scripted(tmp_path / "tls") as server:
        server.mail = {7: from_surgery(), 8: WHOLE}
        watch_mailbox(loaded, server, "u", 'after = { mode = "leave" }\n')

        def cut(wire: Wire, tag: str, rest: str) -> None:
            for uid in map(int, rest.split()[2].split(",")):
                raw = server.mail[uid]
                server.fetched(wire, uid, rest, raw[:90] if uid == 7 else raw, size=len(raw))
            wire.send(f"{tag} OK done")

        server.answers["FETCH"] = cut
        assert "Taken in: 1." in loaded.once().out
        for at in ("10:10", "10:20", "10:40"):
            assert "shorter than it is said to be" in loaded.once(f"2010-04-01T{at}").err
        assert len(loaded.sent("it@board.example")) == 1
        del server.answers["FETCH"]
        assert "chronology accepted" in loaded.once("2010-04-01T11:00").out
        first, second = loaded.sent("it@board.example")
    assert "a message in the mailbox mail-1 cannot be reached" in first["Subject"]
    assert "a message in the mailbox mail-1 is there again" in second["Subject"]


def test_a_server_that_hangs_does_not_keep_the_service_from_stopping(
    loaded: Board, tmp_path: Path
) -> None:
    """Failure mode 81: the connection's own time-out is half a minute, and not waited for."""
    with scripted(tmp_path / "tls") as server:
        server.mail[7] = from_surgery()
        server.answers["FETCH"] = lambda wire, tag, rest: None
        watch_mailbox(loaded, server, "u", 'after = { mode = "leave" }\n')
        with service(loaded) as process:
            until(lambda: "FETCH" in server.words)
            process.send_signal(signal.SIGTERM)
            _, err = process.communicate(timeout=STOPS)
        assert process.returncode == 0, err


def test_a_message_that_a_person_moves_back_is_told_once_and_not_taken_twice(
    loaded: Board, dovecot: Dovecot, user: str
) -> None:
    """Failure mode 120."""
    dovecot.deliver(user, from_surgery())
    loaded.once()
    with dovecot.client(user) as client:
        client.select_folder("SCR accepted")
        client.move(client.search(), "INBOX")
    assert "Taken in" not in loaded.once(at="2010-04-01T11:00").out
    assert count(dovecot, user, "INBOX") == 1
    for at, told in (("2010-04-06T09:00", 1), ("2010-04-07T09:00", 0)):
        loaded.once(at=at)
        digest = loaded.sent("administrator@board.example")[-1].get_body(("plain",))
        assert digest is not None
        words = " ".join(digest.get_content().split())
        assert words.count("dealt with lies in mail-1 again") == told


def test_a_message_that_a_mail_server_delivers_twice_is_answered_in_words_that_are_true(
    loaded: Board, dovecot: Dovecot, user: str
) -> None:
    """Each delivery writes its own line over the message, so that these are no longer the same
    bytes: it is the document that is known, and nobody is told to have sent it again."""
    dovecot.deliver(user, from_surgery(), from_surgery())
    assert loaded.once().out.count("the same document again") == 1
    assert (count(dovecot, user, "INBOX"), count(dovecot, user, "SCR same again")) == (0, 1)
    first, second = loaded.answers()
    assert "accepted" in first["Subject"]
    words = " ".join(letter_plain_text(second).split())
    assert "the same document, unchanged, that reached us before" in words
    assert "you sent" not in words


def test_what_lies_among_the_messages_and_is_none_is_told_on_one_digest(loaded: Board) -> None:
    os.mkfifo(loaded.folder / "mail" / "new" / "Zebedee")
    for at, told in (("2010-04-06T09:00", 1), ("2010-04-07T09:00", 0)):
        loaded.once(at=at)
        words = " ".join(letter_plain_text(loaded.sent("administrator@board.example")[-1]).split())
        assert words.count("The mailbox mail-1: something of 0 bytes") == told
        assert "Zebedee" not in words
