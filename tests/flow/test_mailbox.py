"""The whole way from a real mail server: heard by IDLE, judged, answered, and put away."""

from __future__ import annotations

import signal
from uuid import uuid4

import pytest

from tests import builders as build
from tests.board import Board
from tests.flow.post import PATIENCE, service, until, watch_mailbox
from tests.servers.dovecot import Dovecot


def from_surgery() -> bytes:
    return build.mail(
        "author@meadowlane.example",
        "scr-returns@board.example",
        "N12",
        "Attached.",
        [("chronology.docx", build.chronology(build.STORIES["GP"]))],
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
