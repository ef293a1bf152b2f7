"""What every transport must be able to do; each one is held to it."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from intake.imap.connection import ServerAddress
from intake.sign_in.account import PasswordAccount, SecretFile
from outbox.sending.drafts_folder import DraftTransport
from outbox.sending.mail_server import MailServer
from outbox.sending.smtp import SmtpTransport
from outbox.sending.transport import FileTransport, HandoverPostponed, Transport
from outbox.writing.letter import Letter
from tests.servers.certificates import Certificates
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.smtp import running

LETTER = Letter(
    id=7,
    key="answer/1/2",
    kind="rejection",
    state="sending",
    message_id="<scr.1@board.example>",
    recipient="author@meadowlane.example",
    message=b"To: author@meadowlane.example\r\nSubject: made up\r\n"
    b"Message-ID: <scr.1@board.example>\r\n\r\nZo\xc3\xab\r\n",
    tries=1,
    queued=datetime(2010, 4, 1, tzinfo=UTC),
    since=datetime(2010, 4, 1, tzinfo=UTC),
    by_hand=False,
    sent=None,
    answer="",
)
Arrived = Callable[[], list[bytes]]


def drafting(dovecot: Dovecot, user: str, folder: Path, password: str = PASSWORD) -> DraftTransport:
    file = folder / "password"
    file.touch(mode=0o600)
    file.write_text(password)
    address = ServerAddress("localhost", dovecot.imaps, "implicit", dovecot.certificates.ca)
    return DraftTransport(address, PasswordAccount(user, SecretFile(file)), "Drafts")


def drafted(dovecot: Dovecot, user: str) -> list[bytes]:
    with dovecot.client(user) as client:
        client.select_folder("Drafts", readonly=True)
        found = client.fetch(client.search(), ["BODY[]"]) if client.search() else {}
    return [found[n][b"BODY[]"] for n in sorted(found)]


def files(folder: Path) -> Iterator[tuple[Transport, Arrived]]:
    yield FileTransport(folder), lambda: [p.read_bytes() for p in sorted(folder.iterdir())]


def smtp(folder: Path) -> Iterator[tuple[Transport, Arrived]]:
    certificates = Certificates.made_in(folder)
    with running(certificates, signing_in=False) as post:
        server = MailServer("localhost", post.port, "starttls", "board.example", certificates.ca)
        transport = SmtpTransport(server, None, "scr-returns@board.example")
        yield transport, lambda: [taken.content for taken in post.taken]


def drafts(folder: Path, dovecot: Dovecot) -> Iterator[tuple[Transport, Arrived]]:
    folder.mkdir()
    user = uuid4().hex
    yield drafting(dovecot, user, folder), lambda: drafted(dovecot, user)


TRANSPORTS = {"files": files, "smtp": smtp, "drafts": drafts}


@pytest.fixture(params=TRANSPORTS)
def transport(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[Transport, Arrived]]:
    needs = [request.getfixturevalue("dovecot")] if request.param == "drafts" else []
    made = TRANSPORTS[request.param](tmp_path / "sent", *needs)
    transport, arrived = next(made)
    yield transport, arrived
    transport.disconnect()
    assert list(made) == []


def test_a_letter_arrives_byte_for_byte(transport: tuple[Transport, Arrived]) -> None:
    sender, arrived = transport
    sender.send(LETTER)
    assert arrived() == [LETTER.message]


def test_there_is_another_round_after_a_rest(transport: tuple[Transport, Arrived]) -> None:
    sender, arrived = transport
    sender.disconnect()
    sender.send(LETTER)
    sender.disconnect()
    sender.disconnect()
    assert arrived() == [LETTER.message]


def test_the_same_letter_again_is_recognisable_as_the_same(
    transport: tuple[Transport, Arrived],
) -> None:
    """Promise 3."""
    sender, arrived = transport
    sender.send(LETTER)
    sender.send(LETTER)
    assert set(arrived()) == {LETTER.message}


def test_a_folder_that_cannot_be_written_is_not_now(tmp_path: Path) -> None:
    """Failure mode 60."""
    blocked = tmp_path / "sent"
    blocked.write_text("a file where the folder should be")
    with pytest.raises(HandoverPostponed):
        FileTransport(blocked).send(LETTER)


def test_a_files_name_says_nothing_of_the_letter(tmp_path: Path) -> None:
    FileTransport(tmp_path).send(LETTER)
    assert [p.name for p in tmp_path.iterdir()] == ["00007-rejection.eml"]


def test_a_letter_that_lies_there_is_never_written_over(tmp_path: Path) -> None:
    """After a restore another letter has its number."""
    FileTransport(tmp_path).send(LETTER)
    other = replace(LETTER, message=LETTER.message + b"Another.\r\n")
    for _ in range(2):
        FileTransport(tmp_path).send(other)
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "00007-rejection (2).eml",
        "00007-rejection.eml",
    ]
    assert (tmp_path / "00007-rejection.eml").read_bytes() == LETTER.message


def test_on_a_share_without_links_it_is_not_written_over_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*words: object) -> None:
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "link", unknown)
    test_a_letter_that_lies_there_is_never_written_over(tmp_path)
