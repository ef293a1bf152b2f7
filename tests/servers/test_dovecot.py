"""The real mail server that other tests lean on does what they take for granted."""

from __future__ import annotations

import imaplib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from imapclient import IMAPClient

from tests.servers import dovecot as module
from tests.servers.dovecot import PASSWORD, Dovecot, running

MAIL = b"From: a@agency.example\r\nTo: b@board.example\r\nSubject: One\r\n\r\nText.\r\n"


@pytest.fixture(scope="module")
def own() -> Iterator[Dovecot]:
    """One that may be stopped."""
    with running() as server:
        yield server


def test_what_is_delivered_lies_with_its_user_and_no_other(dovecot: Dovecot) -> None:
    dovecot.deliver("one", MAIL)
    for user, many in (("one", 1), ("two", 0)):
        with dovecot.client(user) as client:
            client.select_folder("INBOX", readonly=True)
            assert len(client.search()) == many


def test_it_speaks_starttls_too(dovecot: Dovecot) -> None:
    with IMAPClient("localhost", dovecot.imap, ssl=False, timeout=20) as client:
        assert client.has_capability("STARTTLS")
        client.starttls(dovecot.certificates.client_context())
        client.login("one", PASSWORD)
        assert {"IDLE", "MOVE", "UIDPLUS"} <= {c.decode() for c in client.capabilities()}


def test_it_keeps_its_mail_and_ports_over_a_restart_and_leaves_nothing_running(
    own: Dovecot,
) -> None:
    own.deliver("one", MAIL)
    own.restart()
    with own.client("one") as client:
        client.select_folder("INBOX")
        assert len(client.search()) == 1
        own.stop()
        with pytest.raises((imaplib.IMAP4.abort, OSError)):
            client.noop()
    listed = subprocess.run(["ps", "ax", "-o", "args"], capture_output=True, text=True, check=True)
    assert str(own.folder) not in listed.stdout
    own.start()


def test_without_one_a_laptop_skips_and_ci_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PROGRAM", Path("/nonexistent/dovecot"))
    monkeypatch.setitem(os.environ, "CI", "true")
    with pytest.raises(pytest.fail.Exception, match="not installed"), running():
        pass
    monkeypatch.delitem(os.environ, "CI")
    with pytest.raises(pytest.skip.Exception, match="not installed"), running():
        pass
