"""What `doctor` says of a mailbox: on a real server, and on one that is not well."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import trustme

from commands.doctor.check import DoctorContext, DoctorResult
from commands.doctor.mailboxes import check_mailboxes
from config.settings import load_settings
from tests.board import Board
from tests.flow.post import watch_mailbox
from tests.servers.dovecot import Dovecot
from tests.servers.ports import free_ports
from tests.servers.scripted_imap import Scripted, Wire, running

VOUCHED = b"Authentication-Results: mx.board.example; dmarc=pass header.from=agency.example\r\n"


@pytest.fixture
def user(board: Board, dovecot: Dovecot) -> str:
    user = uuid4().hex
    watch_mailbox(board, dovecot, user)
    return user


@pytest.fixture
def scripted(tmp_path: Path, board: Board) -> Iterator[Scripted]:
    """A server in place of the real one; it lets nothing be appended."""
    with running(tmp_path / "tls") as server:
        watch_mailbox(board, server, "u", 'after = { mode = "leave" }\n')
        yield server


def said(board: Board) -> list[DoctorResult]:
    settings = load_settings(board.folder / "scr-intake.toml")
    return list(check_mailboxes(DoctorContext(settings, datetime(2010, 4, 1, tzinfo=UTC))))


def change(board: Board, old: str, new: str) -> None:
    file = board.folder / "scr-intake.toml"
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))


def wrongs(board: Board) -> list[str]:
    return [f"{one.sentence} {one.fix}" for one in said(board) if one.state == "wrong"]


def test_a_mailbox_that_is_well_is_told_step_by_step(
    board: Board, dovecot: Dovecot, user: str
) -> None:
    sentences = [one.sentence for one in said(board) if one.state == "well"]
    for words in (
        "localhost is known",
        "the connection is encrypted, and the certificate good for",
        "the server lets the account in",
        "can do all that is wished of it",
        'the folder "INBOX" is there and can be worked in',
        'the folder "SCR accepted" takes what is dealt with',
        "the server's clock and this machine's agree",
        "lets itself be listened to",
    ):
        assert [x for x in sentences if x.startswith("mailbox 1: ") and words in x], words
    assert wrongs(board) == []


def test_nothing_of_it_is_left_behind(board: Board, dovecot: Dovecot, user: str) -> None:
    dovecot.deliver(user, b"Subject: one\r\n\r\none\r\n")
    said(board)
    with dovecot.client(user) as client:
        for folder, many in (("INBOX", 1), ("SCR accepted", 0), ("SCR held", 0)):
            client.select_folder(folder, readonly=True)
            assert len(client.search()) == many
        client.select_folder("INBOX", readonly=True)
        assert not client.search("SEEN")


def test_the_whole_command_ends_well(board: Board, user: str) -> None:
    settings = board.folder / "scr-intake.toml"
    settings.write_text(settings.read_text().replace('"keyed"', '"proven"'))
    ended = board.run("doctor")
    assert (ended.status, ended.err) == (0, "")


def test_a_mailbox_on_a_server_with_answers_that_nobody_proves_is_told(
    board: Board, user: str
) -> None:
    ended = board.run("doctor")
    assert ended.status == 1
    assert 'Set `answers` to "proven".' in ended.out


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"localhost"', '"no-such-host.example"', "is not known to this machine's name service"),
        ("port           = {imaps}", "port           = {free}", "does not take connections"),
        ("port           = {imaps}", "port           = {imap}", "does not speak TLS"),
        ('ca_file        = "{ca}"\n', "", "certificate is not one to trust"),
        ('folder         = "INBOX"', 'folder         = "Nowhere"', "a folder"),
    ],
    ids=["host", "port", "tls", "authority", "folder"],
)
def test_each_way_to_be_away_has_its_sentence_and_its_cure(
    board: Board, dovecot: Dovecot, user: str, old: str, new: str, words: str
) -> None:
    (free,) = free_ports(1)
    facts = {"imaps": dovecot.imaps, "imap": dovecot.imap, "free": free}
    facts["ca"] = dovecot.certificates.ca
    if "Nowhere" in new:
        watch_mailbox(board, dovecot, user, old)
    change(board, old.format(**facts), new.format(**facts))
    told = wrongs(board)
    assert [x for x in told if words in x.lower() or words in x], told


def test_a_wrong_password_is_told_without_it(board: Board, user: str) -> None:
    (board.folder / "keys" / "imap-password").write_text("Quillfeather")
    (told,) = wrongs(board)
    assert "does not let the account in" in told
    assert "Quillfeather" not in told


def test_a_password_that_others_can_read_is_told_as_that(board: Board, user: str) -> None:
    (board.folder / "keys" / "imap-password").chmod(0o644)
    (told,) = wrongs(board)
    assert "can be read or changed by others" in told


class TestWhoVouches:
    """Whether the name in the settings is the one that the mail server writes."""

    @pytest.fixture(autouse=True)
    def by_dmarc(self, board: Board, user: str) -> None:
        dmarc = 'authentication = "dmarc"\nauthserv_id = "mx.board.example"'
        change(board, 'authentication = "none"', dmarc)

    def about(self, board: Board) -> tuple[str, str]:
        (found,) = [(x.state, x.sentence) for x in said(board) if "mx.board.example" in x.sentence]
        return found

    def test_it_is(self, board: Board, dovecot: Dovecot, user: str) -> None:
        mail = b"From: a@agency.example\r\nSubject: one\r\n\r\none\r\n"
        dovecot.deliver(user, mail, VOUCHED + mail)
        state, sentence = self.about(board)
        assert (state, "for 1 of the latest 2 messages" in sentence) == ("well", True)

    def test_it_is_not(self, board: Board, dovecot: Dovecot, user: str) -> None:
        mail = b"From: a@agency.example\r\nSubject: one\r\n\r\none\r\n"
        dovecot.deliver(user, VOUCHED.replace(b"mx.", b"mx2.") + mail)
        state, sentence = self.about(board)
        assert (state, "so every sender would be held" in sentence) == ("wrong", True)

    def test_nobody_can_tell_yet(self, board: Board) -> None:
        assert self.about(board)[0] == "soon"


class TestALesserServer:
    """A server that is there, and not all that it should be."""

    def test_what_it_cannot_do_is_told_with_what_that_costs(
        self, board: Board, scripted: Scripted
    ) -> None:
        def few(wire: Wire, tag: str, rest: str) -> None:
            wire.send("* CAPABILITY IMAP4rev1", f"{tag} OK done")

        scripted.answers["CAPABILITY"] = few
        told = [one.sentence for one in said(board) if one.state == "soon"]
        assert [x for x in told if "has no IDLE: new mail is found when the service looks" in x]
        change(board, 'after = { mode = "leave" }', 'after = { mode = "move" }')
        assert "lets no message be moved safely" in " ".join(wrongs(board))

    def test_one_that_says_idle_and_cannot_is_told(self, board: Board, scripted: Scripted) -> None:
        scripted.answers["IDLE"] = lambda wire, tag, rest: wire.close()
        assert "ends the connection" in " ".join(wrongs(board))

    def test_a_folder_that_may_only_be_read_is_told(self, board: Board, scripted: Scripted) -> None:
        def for_reading(wire: Wire, tag: str, rest: str) -> None:
            wire.send("* OK [UIDVALIDITY 1] numbered", f"{tag} OK [READ-ONLY] done")

        change(board, 'after = { mode = "leave" }', 'after = { mode = "flag" }')
        scripted.answers["SELECT"] = for_reading
        assert "nothing may be moved out of the folder" in " ".join(wrongs(board))

    def test_a_certificate_that_ends_soon_is_told(
        self, board: Board, scripted: Scripted, tmp_path: Path
    ) -> None:
        authority = trustme.CA()
        ends = datetime.now(UTC) + timedelta(days=9, hours=1)
        brief = authority.issue_cert("localhost", not_after=ends)
        brief.private_key_and_cert_chain_pem.write_to_path(scripted.certificates.certificate)
        scripted.certificates.key.write_bytes(brief.private_key_pem.bytes())
        authority.cert_pem.write_to_path(scripted.certificates.ca)
        scripted.renew()
        (told,) = [one.sentence for one in said(board) if "certificate" in one.sentence]
        assert "good for 9 more days" in told
        assert [one.state for one in said(board) if "certificate" in one.sentence] == ["soon"]


def test_two_clocks_that_disagree_are_told(
    board: Board, dovecot: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    actual = time.time
    monkeypatch.setattr("commands.doctor.mailboxes.time.time", lambda: actual() + 600)
    told = [one.sentence for one in said(board) if "clock" in one.sentence]
    assert told == ["mailbox 1: the server's clock is 10 minutes behind this machine's."]


def test_a_maildir_that_is_not_there_is_told(board: Board) -> None:
    assert [one.state for one in said(board)] == ["well", "well"]
    (board.folder / "mail" / "new").rmdir()
    (told,) = wrongs(board)
    assert "cannot be read and written" in told


def test_what_is_no_message_in_a_maildir_is_counted_not_named(board: Board) -> None:
    (board.folder / "mail" / "new" / "Zebedee").mkdir()
    os.mkfifo(board.folder / "mail" / "cur" / "Quillfeather")
    told = said(board)[-1]
    assert told.state == "soon"
    assert told.sentence.startswith("mailbox 1: 2 things lie in it that are no messages: links, ")


def test_one_mailbox_that_is_away_stops_no_other(board: Board, dovecot: Dovecot, user: str) -> None:
    file = board.folder / "scr-intake.toml"
    first = file.read_text().partition("[[mailbox]]")[2].partition("[drop]")[0]
    (free,) = free_ports(1)
    away = first.replace(str(dovecot.imaps), str(free))
    change(board, "[[mailbox]]" + first, f"[[mailbox]]{away}\n[[mailbox]]{first}")
    told = said(board)
    assert [one.state for one in told if one.sentence.startswith("mailbox 1")] == ["well", "wrong"]
    assert "lets itself be listened to" in " ".join(one.sentence for one in told)
