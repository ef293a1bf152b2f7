"""Letters as drafts, in a real Dovecot."""

from __future__ import annotations

import imaplib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from imapclient import IMAPClient

from outbox.sending.drafts_folder import DraftTransport
from outbox.sending.transport import HandoverPostponed, TransportUnavailable
from tests.outbox.test_transports import LETTER, drafted, drafting
from tests.servers import dovecot as servers
from tests.servers.dovecot import Dovecot

# A server whose people's drafts lie in a folder with a name of its own, and whose mailboxes are
# small.
OTHERWISE = """
namespace inbox {
  inbox = yes
  mailbox Entwuerfe {
    special_use = \\Drafts
    auto = create
  }
}
mail_plugins = quota
plugin {
  quota = maildir:one person
  quota_rule = *:storage=2k
}
"""


@pytest.fixture(scope="module")
def otherwise() -> Iterator[Dovecot]:
    with servers.running(OTHERWISE) as server:
        yield server


@pytest.fixture
def user() -> str:
    return uuid4().hex


@pytest.fixture
def transport(dovecot: Dovecot, user: str, tmp_path: Path) -> DraftTransport:
    return drafting(dovecot, user, tmp_path)


def test_a_letter_is_one_draft_however_often_it_is_sent(
    dovecot: Dovecot, user: str, transport: DraftTransport
) -> None:
    """Promise 3: nobody is to send it twice."""
    transport.send(LETTER)
    transport.send(LETTER)
    transport.disconnect()
    transport.send(LETTER)
    other = LETTER.message.replace(b"scr.1@", b"scr.2@")
    transport.send(replace(LETTER, message_id="<scr.2@board.example>", message=other))
    transport.disconnect()
    assert drafted(dovecot, user) == [LETTER.message, other]


def test_a_mail_program_shows_it_as_a_draft(
    dovecot: Dovecot, user: str, transport: DraftTransport
) -> None:
    transport.send(LETTER)
    transport.disconnect()
    with dovecot.client(user) as client:
        client.select_folder("Drafts", readonly=True)
        (flags,) = client.get_flags(client.search()).values()
        assert b"\\Draft" in flags


def test_an_account_that_is_not_let_in_keeps_the_letter_here(
    dovecot: Dovecot, user: str, tmp_path: Path
) -> None:
    transport = drafting(dovecot, user, tmp_path, password="wrong")
    with pytest.raises(TransportUnavailable, match=r"does not let the account in$"):
        transport.send(LETTER)


def test_a_server_that_is_not_verified_is_told_nothing(
    dovecot: Dovecot, user: str, transport: DraftTransport
) -> None:
    """Failure mode 79."""
    transport._address = replace(transport._address, ca_file=None)
    with pytest.raises(TransportUnavailable, match="certificate"):
        transport.send(LETTER)


def test_drafts_go_where_people_s_mail_programs_put_theirs(
    otherwise: Dovecot, user: str, tmp_path: Path
) -> None:
    """RFC 6154: the folder has the name of the server's language, and no second one is made."""
    transport = drafting(otherwise, user, tmp_path)
    transport.send(LETTER)
    transport.disconnect()
    with otherwise.client(user) as client:
        assert client.folder_status("Entwuerfe", ["MESSAGES"])[b"MESSAGES"] == 1
        assert not client.folder_exists("Drafts")


def test_a_folder_of_the_name_that_the_settings_give_comes_first(
    otherwise: Dovecot, user: str, tmp_path: Path
) -> None:
    with otherwise.client(user) as client:
        client.create_folder("Drafts")
    transport = drafting(otherwise, user, tmp_path)
    transport.send(LETTER)
    transport.disconnect()
    assert drafted(otherwise, user) == [LETTER.message]


def test_a_full_mailbox_keeps_the_letter_here_until_there_is_room(
    otherwise: Dovecot, user: str, tmp_path: Path
) -> None:
    transport = drafting(otherwise, user, tmp_path)
    large = replace(LETTER, message=LETTER.message + b"x" * 70 * 60)
    with pytest.raises(HandoverPostponed, match="the mailbox for drafts is full") as full:
        transport.send(large)
    assert not isinstance(full.value, TransportUnavailable)
    transport.send(LETTER)
    transport.disconnect()
    with otherwise.client(user) as client:
        assert client.folder_status("Entwuerfe", ["MESSAGES"])[b"MESSAGES"] == 1


def test_a_folder_that_cannot_be_made_keeps_the_letter_here(
    dovecot: Dovecot, user: str, tmp_path: Path
) -> None:
    transport = drafting(dovecot, user, tmp_path)
    transport._folder = "a//b"
    with pytest.raises(HandoverPostponed, match="cannot be made"):
        transport.send(LETTER)
    transport.disconnect()


def test_a_link_that_dies_once_the_draft_is_there_makes_no_second_one(
    dovecot: Dovecot, user: str, transport: DraftTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 73, promise 3: a retry finds it by its Message-ID."""
    append = IMAPClient.append

    def dying(self: IMAPClient, *what: object) -> None:
        append(self, *what)
        raise imaplib.IMAP4.abort

    monkeypatch.setattr(IMAPClient, "append", dying)
    with pytest.raises(TransportUnavailable):
        transport.send(LETTER)
    transport.send(LETTER)
    transport.disconnect()
    assert drafted(dovecot, user) == [LETTER.message]


def test_a_draft_that_the_person_is_about_to_delete_is_not_put_there_again(
    dovecot: Dovecot, user: str, transport: DraftTransport
) -> None:
    transport.send(LETTER)
    transport.disconnect()
    with dovecot.client(user) as client:
        client.select_folder("Drafts")
        client.delete_messages(client.search())
    transport.send(LETTER)
    transport.disconnect()
    assert drafted(dovecot, user) == [LETTER.message]
