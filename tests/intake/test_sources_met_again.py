"""The contract that every source is held to, on the same bytes again and on what nobody takes.

A message carries in its headers when and by which way it came, so the same bytes are the same
message, however often it was delivered; a file carries nothing, and put there again it is sent
again.
"""

from __future__ import annotations

import os
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from intake.database import RegisterDatabase
from intake.keys import Keys
from intake.source import HeldItem
from intake.spool import Spool
from tests.intake.file_stand import Stand
from tests.intake.mail_stand import MailStand
from tests.servers.dovecot import Dovecot

NOW = datetime(2010, 4, 1, 9, 30, tzinfo=UTC)


def taken(stand: Stand | MailStand, spool: Spool) -> int:
    """What a round takes in: how many deliveries."""
    offers = stand.offers()
    known = spool.known_places(stand.source, [offer.place for offer in offers])
    new = [offer for offer in offers if offer.place not in known]
    read = [(offer, stand.source.read_content(offer)) for offer in new]
    return sum(spool.take_delivery(stand.source, offer, raw, NOW) for offer, raw in read)


def let_go(stand: Stand | MailStand, spool: Spool, database: RegisterDatabase) -> None:
    """All that was taken is judged, and its source told."""
    for delivery in spool.waiting_deliveries():
        with database.transaction():
            spool.mark_judged(delivery)
    held = spool.deliveries_to_release(stand.source.name)
    told = [HeldItem(each.place, each.content, "taken") for each in held]
    assert stand.source.release_items(told) == [None] * len(held)
    spool.mark_released(held, NOW)


def test_the_same_delivered_twice_counts_once_as_a_message_and_neither_is_left(
    stand: Stand | MailStand, spool: Spool, database: RegisterDatabase
) -> None:
    stand.put(b"bytes", "one")
    stand.put(b"bytes", "other")
    assert taken(stand, spool) == (2 if stand.source.name == "drop" else 1)
    let_go(stand, spool, database)
    assert (stand.offers(), stand.aside()) == ([], [b"bytes"] * 2)


def test_the_same_delivered_once_more_after_it_was_dealt_with_is_left_where_it_is(
    stand: Stand | MailStand, spool: Spool, database: RegisterDatabase
) -> None:
    """A person may have moved it back and had a reason: it is told on the digest. The same file
    put there once more is a file that was sent once more."""
    stand.put(b"bytes", "one")
    assert taken(stand, spool) == 1
    let_go(stand, spool, database)
    stand.put(b"bytes", "other")
    if stand.source.name == "drop":
        assert taken(stand, spool) == 1
        return
    assert taken(stand, spool) == 0
    let_go(stand, spool, database)
    assert (stand.read(), stand.aside()) == ([b"bytes"], [b"bytes"])
    (row,) = database.fetch_rows("SELECT met, released FROM met_again")
    assert row["met"] == row["released"]  # which the digest tells


def test_what_is_no_message_is_told_the_same_at_every_look_until_it_is_gone(files: Stand) -> None:
    """What it is known by is kept, so that it is told once."""
    strange = files.inbox / "strange"
    strange.symlink_to("elsewhere")
    told = []
    for _ in range(2):
        files.offers()
        told.append(files.source.list_strays())
    assert told[0] == told[1]
    assert len(told[0]) == 1
    assert "strange" not in repr(told)
    strange.unlink()
    files.offers()
    assert files.source.list_strays() == []


def test_a_link_by_the_name_of_a_message_hides_no_message(tmp_path: Path, keys: Keys) -> None:
    """A mail reader keeps a message's name, and adds to it."""
    stand = Stand(tmp_path / "source", keys, "maildir")
    stand.put(b"bytes", "one")
    (stand.folder / "cur" / "one:2,S").symlink_to("elsewhere")
    assert stand.read() == [b"bytes"]
    assert len(stand.source.list_strays()) == 1


def test_a_mail_server_has_nothing_but_messages(dovecot: Dovecot, keys: Keys) -> None:
    with closing(MailStand(dovecot, uuid4().hex, keys)) as stand:
        stand.put(b"bytes")
        assert stand.read() == [b"bytes"]
        assert stand.source.list_strays() == []


def test_a_folder_among_the_messages_is_told_once_and_not_looked_into(
    tmp_path: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand = Stand(tmp_path / "source", keys, "maildir")
    (stand.inbox / "folder" / "in it").mkdir(parents=True)
    (stand.inbox / "folder" / "file").write_bytes(b"secret")
    looked = []
    actual = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: looked.append(Path(path).name) or actual(path))
    assert stand.read() == []
    assert looked == ["new", "cur"]
    assert [stray.kind for stray in stand.source.list_strays()] == ["no message"]
