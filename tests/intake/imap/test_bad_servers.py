"""Servers that hang up, hang, split, lie and babble: nothing is lost and nothing is believed."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from intake.imap import connection, session
from intake.keys import Keys
from intake.source import (
    HeldItem,
    ItemTooLarge,
    ItemUnreadable,
    ItemVanished,
    MessageTruncated,
    MessageWithheld,
    SourceUnavailable,
    StillFetching,
)
from tests.intake.mail_stand import MailStand
from tests.servers.scripted_imap import Scripted, Wire, running

CANARY = "Zebedee Quillfeather"
MAIL = f"From: a@agency.example\r\nSubject: {CANARY}\r\n\r\n{CANARY}\r\n".encode()
SMALL = 1000  # bytes; the cap in these tests
PATIENCE = 30.0


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Scripted]:
    with running(tmp_path / "tls") as made:
        made.mail[7] = MAIL
        yield made


@pytest.fixture
def stand(server: Scripted, keys: Keys, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailStand]:
    """Its source waits for nothing for more than a second, and not at all between tries."""
    monkeypatch.setattr("intake.imap.connection_thread.FIRST_WAIT_SECONDS", 0.01)
    made = MailStand(server, "u", keys, largest=SMALL, answering=0.3)
    with closing(made):
        yield made


def until(seen: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not seen():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def once(server: Scripted, word: str, first: Callable[[Wire, str, str], None]) -> None:
    """The first time this answer, and then the ordinary one."""

    def answer(wire: Wire, tag: str, rest: str) -> None:
        del server.answers[word]
        first(wire, tag, rest)

    server.answers[word] = answer


def offered(stand: MailStand) -> list[bytes]:
    """All that can be read, asked for until the mailbox is there."""
    found: list[bytes] = []

    def there() -> bool:
        try:
            found[:] = stand.read()
        except (SourceUnavailable, StillFetching):
            return False
        return True

    until(there)
    return found


def hang_up(wire: Wire, tag: str, rest: str) -> None:
    wire.close()


def bye(wire: Wire, tag: str, rest: str) -> None:
    wire.send("* BYE Autologout; idle for too long")
    wire.close()


def half_a_line(wire: Wire, tag: str, rest: str) -> None:
    wire.raw(b"* 1 EX")
    wire.close()


def silence(wire: Wire, tag: str, rest: str) -> None:
    """Half-open: the other end has gone and nobody says so."""


def nonsense(wire: Wire, tag: str, rest: str) -> None:
    wire.send("))) what is this", f"{tag} OK done")


TROUBLES = [hang_up, bye, half_a_line, silence, nonsense]


@pytest.mark.parametrize("command", ["LOGIN", "SEARCH", "FETCH", "NOOP", "IDLE"])
@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.__name__)
def test_whatever_a_server_does_instead_of_answering_it_is_asked_again_on_a_new_connection(
    server: Scripted,
    stand: MailStand,
    trouble: Callable[[Wire, str, str], None],
    command: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Failure modes 1 to 5."""
    monkeypatch.setattr("intake.imap.connection_thread.IDLE_SLICE_SECONDS", 0.05)
    once(server, command, trouble)
    stand.source.attach_to_service(lambda: None, threading.Event())
    assert offered(stand) == [MAIL]
    until(lambda: command not in server.answers)
    assert offered(stand) == [MAIL]


def test_a_server_that_hangs_up_in_idle_is_not_listened_to_in_a_spin(
    server: Scripted, stand: MailStand
) -> None:
    """Failure mode 1: once for each connection, and the waits between those grow."""

    def idles_and_goes(wire: Wire, tag: str, rest: str) -> None:
        wire.send("+ idling")
        wire.close()

    server.answers["IDLE"] = idles_and_goes
    stand.source.attach_to_service(lambda: None, threading.Event())
    until(lambda: server.words.count("IDLE") >= 4)
    assert server.words.count("IDLE") <= server.words.count("LOGIN")


def test_a_hint_that_comes_together_with_the_answer_to_idle_is_heard(
    server: Scripted, stand: MailStand
) -> None:
    """What happened between the look and IDLE is told along with "+": no poll sees that."""
    heard = threading.Event()

    def tells_at_once(wire: Wire, tag: str, rest: str) -> None:
        wire.raw(b"+ idling\r\n* 2 EXISTS\r\n")
        wire.line()
        wire.send(f"{tag} OK done")

    assert offered(stand) == [MAIL]
    once(server, "IDLE", tells_at_once)
    stand.source.attach_to_service(heard.set, threading.Event())
    stand.offers()  # ends the listening under way; the next begins
    assert heard.wait(PATIENCE)


def test_a_line_split_over_two_packets_is_one_line(server: Scripted, stand: MailStand) -> None:
    """Failure mode 3."""

    def in_pieces(wire: Wire, tag: str, rest: str) -> None:
        for piece in (b"* SEA", b"RCH", b" 7\r", b"\n", tag.encode(), b" OK done\r\n"):
            wire.raw(piece)
            time.sleep(0.01)

    server.answers["SEARCH"] = in_pieces
    assert offered(stand) == [MAIL]


def test_a_body_shorter_than_its_size_stays_and_is_asked_for_again(
    server: Scripted, stand: MailStand
) -> None:
    """Failure mode 11."""
    cut = MAIL[: len(MAIL) // 2]

    def short(wire: Wire, tag: str, rest: str) -> None:
        server.fetched(wire, 7, rest, cut, size=len(MAIL))
        wire.send(f"{tag} OK done")

    server.answers["FETCH"] = short
    (offer,) = stand.offers()
    with pytest.raises(MessageTruncated):
        stand.source.read_content(offer)
    del server.answers["FETCH"]
    assert stand.source.read_content(offer) == MAIL


def test_ok_without_a_body_is_not_an_empty_message(server: Scripted, stand: MailStand) -> None:
    """Failure mode 11."""

    def only_the_size(wire: Wire, tag: str, rest: str) -> None:
        server.fetched(wire, 7, "RFC822.SIZE", MAIL)
        wire.send(f"{tag} OK done")

    server.answers["FETCH"] = only_the_size
    (offer,) = stand.offers()
    with pytest.raises(MessageTruncated):
        stand.source.read_content(offer)


def test_a_message_refused_by_the_server_costs_no_connection(
    server: Scripted, stand: MailStand
) -> None:
    def refused(wire: Wire, tag: str, rest: str) -> None:
        wire.send(f"{tag} NO [SERVERBUG] cannot read it")

    once(server, "FETCH", refused)
    (offer,) = stand.offers()
    with pytest.raises(ItemUnreadable):
        stand.source.read_content(offer)
    assert stand.source.read_content(offer) == MAIL
    assert server.words.count("LOGIN") == 1


def test_a_message_over_the_cap_is_never_fetched_and_told_by_its_headers(
    server: Scripted, stand: MailStand
) -> None:
    """Failure mode 14."""
    server.mail[7] = MAIL + b"x" * SMALL

    def headers(wire: Wire, tag: str, rest: str) -> None:
        head = MAIL.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        body = server.mail[7] if "SIZE" in rest else head
        server.fetched(wire, 7, rest, body)
        wire.send(f"{tag} OK done")

    server.answers["FETCH"] = headers
    (offer,) = stand.offers()
    with pytest.raises(ItemTooLarge) as told:
        stand.source.read_content(offer)
    assert told.value.head == MAIL.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    assert not [line for line in server.said if "BODY.PEEK[]" in line]


@pytest.mark.parametrize("told", [1, len(MAIL)])
def test_a_huge_literal_behind_a_small_size_is_refused_before_it_is_read(
    server: Scripted, stand: MailStand, told: int
) -> None:
    """Failure mode 14: a server that lies about the size costs a connection, and no memory; and
    the message cannot keep others from being read."""
    server.mail[8] = MAIL + b"8"
    stand.address = replace(stand.address, answering=2 * PATIENCE)  # it is not waited for

    def huge(wire: Wire, tag: str, rest: str) -> None:
        uid = int(rest.split()[2])
        if uid != 7 or "SIZE" in rest:
            server.fetched(wire, uid, rest, server.mail[uid], size=told)
            wire.send(f"{tag} OK done")
        else:
            wire.raw(b"* 1 FETCH (UID 7 BODY[] {9999999999}\r\n")

    server.answers["FETCH"] = huge

    def the_other_is_read() -> bool:
        for offer in stand.offers_or_none():
            try:
                if stand.source.read_content(offer) == server.mail[8]:
                    return True
            except (SourceUnavailable, MessageWithheld):
                pass
        return False

    until(the_other_is_read)
    assert server.words.count("LOGIN") <= 1 + 3  # then it is left alone for a while


def test_a_body_longer_than_said_and_over_the_cap_is_too_large_as_well(
    server: Scripted, stand: MailStand
) -> None:
    """Failure mode 14: within what is read for the sake of long lines, and over the cap."""
    long = MAIL + b"x" * SMALL

    def liar(wire: Wire, tag: str, rest: str) -> None:
        server.fetched(wire, 7, rest, long, size=10)
        wire.send(f"{tag} OK done")

    server.answers["FETCH"] = liar
    (offer,) = stand.offers()
    with pytest.raises(ItemTooLarge):
        stand.source.read_content(offer)


def test_a_literal_that_breaks_off_is_not_taken_for_the_message(
    server: Scripted, stand: MailStand
) -> None:
    def breaks_off(wire: Wire, tag: str, rest: str) -> None:
        if "SIZE" in rest:
            server.fetched(wire, 7, rest, MAIL)
            wire.send(f"{tag} OK done")
            return
        del server.answers["FETCH"]
        wire.raw(b"* 1 FETCH (UID 7 BODY[] {%d}\r\n" % len(MAIL) + MAIL[:20])
        wire.close()

    server.answers["FETCH"] = breaks_off
    (offer,) = stand.offers()
    with pytest.raises(SourceUnavailable):
        stand.source.read_content(offer)
    assert offered(stand) == [MAIL]


def test_answers_about_other_messages_are_passed_over(server: Scripted, stand: MailStand) -> None:
    """Failure modes 10 and 12: another client changes flags, and a server adds what it likes."""
    other = MAIL.replace(b"agency", b"elsewhere")

    def babbles(wire: Wire, tag: str, rest: str) -> None:
        wire.send(r"* 1 FETCH (UID 7 FLAGS (\Seen))", "* 9 FETCH (FLAGS ())", "* 12 EXISTS")
        server.fetched(wire, 9, rest, other)
        server.fetched(wire, 7, rest, MAIL)
        wire.send("* 3 EXPUNGE", r"* 1 FETCH (FLAGS (\Seen \Flagged) UID 7)", f"{tag} OK done")

    server.answers["FETCH"] = babbles
    assert offered(stand) == [MAIL]


def test_uids_that_are_not_there_or_come_twice_are_offered_once_and_have_vanished(
    server: Scripted, stand: MailStand
) -> None:
    """Failure modes 8 and 10."""

    def extras(wire: Wire, tag: str, rest: str) -> None:
        wire.send("* SEARCH 7 7 4 7", f"{tag} OK done")

    server.answers["SEARCH"] = extras
    gone, there = stand.offers()
    with pytest.raises(ItemVanished):
        stand.source.read_content(gone)
    assert stand.source.read_content(there) == MAIL


def test_what_a_server_gives_a_number_again_without_saying_so_is_not_put_away(
    server: Scripted, stand: MailStand
) -> None:
    """Failure mode 6: the same UIDVALIDITY, the same UID, another message that nobody has seen."""
    (offer,) = stand.offers()
    server.mail[7] = MAIL.replace(b"agency", b"others")
    stand.release(offer, MAIL)
    assert "MOVE" not in server.words
    stand.release(offer, server.mail[7])
    assert "MOVE" in server.words


def test_a_folder_that_may_only_be_read_is_read_and_nothing_is_moved_there(
    server: Scripted, stand: MailStand
) -> None:
    """imaplib takes that for a broken connection, and would break one at every try."""

    def for_reading(wire: Wire, tag: str, rest: str) -> None:
        wire.send("* OK [UIDVALIDITY 1] numbered", f"{tag} OK [READ-ONLY] done")

    server.answers["SELECT"] = for_reading
    (offer,) = stand.offers()
    with pytest.raises(ItemUnreadable):
        stand.release(offer, MAIL)
    assert stand.read() == [MAIL]
    assert server.words.count("LOGIN") == 1


def test_a_server_that_hangs_holds_nobody_up_who_is_told_to_stop(
    server: Scripted, stand: MailStand
) -> None:
    """Failure modes 2 and 81."""
    stopping = threading.Event()
    stand.source.attach_to_service(lambda: None, stopping)
    (offer,) = stand.offers()
    server.answers["FETCH"] = silence
    stopping.set()
    with pytest.raises(StillFetching):
        stand.source.read_content(offer)


def test_what_was_not_waited_for_is_there_when_it_is_asked_for_again(
    server: Scripted, stand: MailStand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow message holds up nobody, and is not fetched twice for it."""
    stand.address = replace(stand.address, answering=PATIENCE)
    monkeypatch.setattr("intake.imap.mailbox.ANSWER_SECONDS", 0.3)
    goes_on = threading.Event()

    def slow(wire: Wire, tag: str, rest: str) -> None:
        goes_on.wait(PATIENCE)
        del server.answers["FETCH"]
        server._fetch(wire, tag, rest)

    (offer,) = stand.offers()
    stand.source.attach_to_service(lambda: None, threading.Event())
    server.answers["FETCH"] = slow
    with pytest.raises(StillFetching):
        stand.source.read_content(offer)
    goes_on.set()
    until(lambda: "FETCH" not in server.answers)
    assert stand.source.read_content(offer) == MAIL
    assert len([line for line in server.said if "BODY.PEEK[]" in line]) == 1


def test_no_word_of_a_message_reaches_a_log(
    server: Scripted, stand: MailStand, caplog: pytest.LogCaptureFixture
) -> None:
    """Failure modes 15b and 89, at the level at which everything is logged."""
    caplog.set_level(logging.DEBUG)
    once(server, "FETCH", lambda wire, tag, rest: wire.send(f"* {CANARY}", CANARY))
    assert offered(stand) == [MAIL]
    (offer,) = stand.offers()
    stand.release(offer, MAIL)
    assert "UID SEARCH" in caplog.text, "something is logged at all"
    assert not [word for word in CANARY.split() if word in caplog.text]


def test_a_look_and_a_reading_ask_for_nothing_that_leaves_a_trace(
    server: Scripted, stand: MailStand
) -> None:
    """Failure mode 7: twice sure, by how the folder is opened and the message asked for."""
    assert offered(stand) == [MAIL]
    assert "SELECT" not in server.words
    assert not [x for x in server.said if "FETCH" in x and "PEEK" not in x and "SIZE" not in x]


def test_the_waits_are_short_enough_for_what_they_guard_against() -> None:
    """Failure mode 2: routers forget a connection after 9 minutes, and systemd waits 15."""
    assert session.IDLE_SLICE_SECONDS < 9 * 60
    assert connection.ANSWER_TIMEOUT < session.IDLE_SLICE_SECONDS


def test_a_message_that_breaks_every_description_keeps_no_other_from_being_read(
    stand: MailStand, server: Scripted
) -> None:
    """Then each is read by itself, as before there were descriptions."""
    server.mail[8] = MAIL

    def breaks(wire: Wire, tag: str, rest: str) -> None:
        if "INTERNALDATE" in rest:
            wire.close()
            return
        server._fetch(wire, tag, rest)

    server.answers["FETCH"] = breaks
    offers = stand.offers()
    with pytest.raises(SourceUnavailable):
        stand.source.describe_offers(offers)
    until(lambda: len(stand.offers_or_none()) == 2)
    told = stand.source.describe_offers(offers)
    assert told == offers
    assert [stand.source.read_content(offer) for offer in told] == [MAIL, MAIL]


def test_a_server_that_refuses_to_describe_is_read_all_the_same(
    stand: MailStand, server: Scripted
) -> None:
    def refuses(wire: Wire, tag: str, rest: str) -> None:
        if "INTERNALDATE" in rest:
            wire.send(f"{tag} NO not today")
            return
        server._fetch(wire, tag, rest)

    server.answers["FETCH"] = refuses
    (offer,) = stand.source.describe_offers(stand.offers())
    assert stand.source.read_content(offer) == MAIL


def test_a_message_costs_little_more_than_one_question(stand: MailStand, server: Scripted) -> None:
    """Descriptions and moves go in batches, and nobody listens between two of our own questions."""
    for uid in range(1, 31):
        server.mail[uid] = MAIL.replace(b"\r\n\r\n", b"\r\nX-N: %d\r\n\r\n" % uid, 1)
    stand.offers()
    server.said.clear()
    offers = stand.source.describe_offers(stand.offers())
    held = []
    for offer in offers:
        raw = stand.source.read_content(offer)
        held.append(HeldItem(offer.place, stand.mark(raw), "accepted"))
        time.sleep(0.01)  # what else is done with it
    assert set(stand.source.release_items(held)) == {None}
    assert len(server.said) < 1.5 * len(offers), server.words
    assert server.words.count("MOVE") == 1
    assert "IDLE" not in server.words[2:-2]


@pytest.mark.parametrize("word", ["LOGIN", "EXAMINE", "SEARCH"])
def test_a_server_that_goes_silent_or_away_is_not_said_to_speak_no_tls(
    stand: MailStand, server: Scripted, word: str
) -> None:
    for answer in (lambda wire, tag, rest: None, lambda wire, tag, rest: wire.close()):
        server.answers[word] = answer
        with pytest.raises(SourceUnavailable) as told:
            stand.opened().list_offers().__next__()
        assert "does not answer" in told.value.sentence
        assert "TLS" not in told.value.sentence
