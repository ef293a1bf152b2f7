"""The contract of every source, where what it stands on is locked, slow or full; IMAP on a real
server, with MOVE and without."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from uuid import uuid4

import pytest

from intake.drop.drop_folder import DropFolder
from intake.keys import Keys
from intake.source import MAX_CONTENT_BYTES, ItemTooLarge, ItemUnreadable, SourceUnavailable
from tests.intake.file_stand import Stand
from tests.intake.mail_stand import CAN, SMALL, MailStand
from tests.servers.dovecot import Dovecot, running

PATIENCE = 20.0
LARGEST_MAIL = 200_000  # bytes


@pytest.fixture(scope="module")
def servers() -> Iterator[dict[str, Dovecot]]:
    with ExitStack() as open_things:
        yield {
            "imap": open_things.enter_context(running(SMALL)),
            "imap without MOVE": open_things.enter_context(running(SMALL + CAN)),
        }


@pytest.fixture(params=["drop", "maildir", "imap", "imap without MOVE"])
def stand(
    request: pytest.FixtureRequest, tmp_path: Path, keys: Keys
) -> Iterator[Stand | MailStand]:
    if not request.param.startswith("imap"):
        yield Stand(tmp_path / "source", keys, request.param)
        return
    server = request.getfixturevalue("servers")[request.param]
    with closing(MailStand(server, uuid4().hex, keys, largest=LARGEST_MAIL)) as made:
        yield made


def read(stand: Stand | MailStand) -> tuple[list[bytes], list[str]]:
    """What can be read, and why the rest cannot."""
    read, not_read = [], []
    try:
        offers = stand.offers()
    except SourceUnavailable:  # a server that hung up on us is left in peace for a second
        return [], []
    for offer in offers:
        try:
            read.append(stand.source.read_content(offer))
        except (ItemUnreadable, SourceUnavailable) as why:
            not_read.append(type(why).__name__)
    return sorted(read), not_read


def until(stand: Stand | MailStand, contents: list[bytes]) -> list[str]:
    """Looks until just that was read: a server may hang up on us. Why the rest was not."""
    deadline = time.monotonic() + PATIENCE
    while (met := read(stand))[0] != contents:
        assert time.monotonic() < deadline, met
        time.sleep(0.1)
    return met[1]


def test_what_cannot_be_read_stays_stops_no_other_and_is_read_once_it_can_be(
    stand: Stand | MailStand,
) -> None:
    """Failure mode 26."""
    path = stand.put(b"locked", "a")
    stand.put(b"other", "b")
    with stand.locked(path):  # type: ignore[arg-type]  each its own
        assert len(until(stand, [b"other"])) == 1
    stand.source = stand.opened()  # a mailbox would rest from it for minutes
    assert until(stand, [b"locked", b"other"]) == []


def test_what_is_too_large_is_never_read_and_stops_no_other(stand: Stand | MailStand) -> None:
    """Failure mode 14: of a message its head is, so that its sender can be told."""
    head = b"From: a@agency.example\r\n\r\n"
    if isinstance(stand, MailStand):
        stand.put(head + b"line\r\n" * LARGEST_MAIL)
    else:
        with stand.put(head, "0").open("r+b") as file:
            file.truncate(MAX_CONTENT_BYTES + 1)
    stand.put(b"bytes", "1")
    said, heads = [], []
    for offer in stand.offers():
        try:
            said.append(stand.source.read_content(offer))
        except ItemTooLarge as why:
            heads.append(why.head)
    assert said == [b"bytes"]
    assert heads == [b"" if isinstance(stand.source, DropFolder) else head]


def test_what_comes_slowly_is_read_whole_or_not_at_all(stand: Stand | MailStand) -> None:
    """Failure modes 11 and 20."""
    whole = b"".join(b"%s\r\n" % os.urandom(30).hex().encode() for _ in range(2000))
    stand.put(whole)
    with stand.slow():
        assert stand.read() == [whole]


def test_where_there_is_no_room_what_was_taken_is_kept_and_put_aside_later(
    stand: Stand | MailStand,
) -> None:
    """Failure mode 60: a disk or a mailbox with no room loses nothing, and keeps nothing from being
    read; whatever could not be put aside is asked for again."""
    contents = [b"one", b"other"]
    for n, content in enumerate(contents):
        stand.put(content, f"{n}")
    offers = stand.offers()
    with stand.full():
        assert sorted(stand.source.read_content(offer) for offer in offers) == contents
        for offer in offers:
            with suppress(OSError, ItemUnreadable):
                stand.release(offer, stand.source.read_content(offer))
        kept = sorted([*stand.read(), *stand.aside()])
        assert kept == contents
    for offer in stand.offers():
        stand.release(offer, stand.source.read_content(offer))
    assert stand.offers() == []
    assert stand.aside() == contents
