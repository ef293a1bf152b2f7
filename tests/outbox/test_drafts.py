"""Letters as drafts, in a real Dovecot."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from outbox.drafts import DraftTransport
from outbox.transport import Away
from tests.outbox.test_transports import LETTER, drafted, drafting
from tests.servers.dovecot import Dovecot


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
    transport.rest()
    transport.send(LETTER)
    other = LETTER.message.replace(b"scr.1@", b"scr.2@")
    transport.send(replace(LETTER, message_id="<scr.2@board.example>", message=other))
    transport.rest()
    assert drafted(dovecot, user) == [LETTER.message, other]


def test_a_mail_program_shows_it_as_a_draft(
    dovecot: Dovecot, user: str, transport: DraftTransport
) -> None:
    transport.send(LETTER)
    transport.rest()
    with dovecot.client(user) as client:
        client.select_folder("Drafts", readonly=True)
        (flags,) = client.get_flags(client.search()).values()
        assert b"\\Draft" in flags


def test_an_account_that_is_not_let_in_keeps_the_letter_here(
    dovecot: Dovecot, user: str, tmp_path: Path
) -> None:
    transport = drafting(dovecot, user, tmp_path, password="wrong")
    with pytest.raises(Away, match=r"does not let the account in$"):
        transport.send(LETTER)


def test_a_server_that_is_not_verified_is_told_nothing(
    dovecot: Dovecot, user: str, transport: DraftTransport
) -> None:
    """Failure mode 79."""
    transport._address = replace(transport._address, ca_file=None)
    with pytest.raises(Away, match="certificate"):
        transport.send(LETTER)
