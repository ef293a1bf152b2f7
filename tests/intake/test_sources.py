"""The contract that every source is held to (intake/source.py), whatever it is made of."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from intake.keys import Keys
from intake.maildir import OWN_MAILDIR_MARKER
from intake.source import (
    MAX_CONTENT_BYTES,
    DeliveryForm,
    HeldItem,
    ItemTooLarge,
    ItemVanished,
    PartBeginning,
    SourceUnavailable,
)
from tests.intake.file_stand import Stand
from tests.intake.mail_stand import MailStand

NAMES = [
    b"Our chronology for the review.docx",
    b"  spaces at both ends  ",
    "caf\u00e9.docx".encode(),
    "cafe\u0301.docx".encode(),
    b"a" * 255,
    ("\u00e9" * 127).encode(),
    b"\xff\xfe\xe9.docx",
    "\u202excod.mroF\u202c".encode(),
    "\u200b\ufeff".encode(),
    b"new\nline\tand\\slash\r",
    b"-rf",
    b"%s{0}$HOME`id`",
    b"CON.docx",
]


def test_what_was_there_at_the_start_is_offered(stand: Stand | MailStand) -> None:
    """Failure mode 19."""
    stand.put(b"bytes")
    stand.source = stand.opened()
    assert stand.read() == [b"bytes"]


def test_what_comes_later_is_offered_too(stand: Stand | MailStand) -> None:
    """Failure modes 16 and 17: the scan is the truth."""
    assert stand.offers() == []
    stand.put(b"bytes")
    assert stand.read() == [b"bytes"]


def test_reading_does_not_remove_and_reads_the_same_again(stand: Stand | MailStand) -> None:
    path = stand.put(b"bytes")
    (offer,) = stand.offers()
    assert [stand.source.read_content(offer) for _ in range(2)] == [b"bytes", b"bytes"]
    assert path.read_bytes() == b"bytes"
    assert stand.offers() == [offer]


def test_what_was_released_is_offered_no_more_and_is_kept_aside(stand: Stand | MailStand) -> None:
    stand.put(b"bytes")
    (offer,) = stand.offers()
    stand.release(offer, b"bytes")
    assert stand.offers() == []
    assert stand.aside() == [b"bytes"]


def test_releasing_twice_is_harmless(stand: Stand | MailStand) -> None:
    stand.put(b"bytes")
    (offer,) = stand.offers()
    for _ in range(2):
        stand.release(offer, b"bytes")
    stand.source = stand.opened()
    stand.release(offer, b"bytes")
    assert stand.aside() == [b"bytes"]


def test_a_release_that_a_crash_put_off_is_made_after_the_restart(stand: Stand | MailStand) -> None:
    stand.put(b"bytes")
    (offer,) = stand.offers()
    stand.source = stand.opened()
    stand.release(offer, b"bytes")
    assert stand.offers() == []


def test_releasing_what_is_gone_is_harmless(stand: Stand | MailStand) -> None:
    path = stand.put(b"bytes")
    (offer,) = stand.offers()
    path.unlink()
    stand.release(offer, b"bytes")
    stand.source.release_item("never heard of it", stand.mark(b"bytes"), "taken")
    assert stand.offers() == []
    assert stand.aside() == []


def test_what_was_set_aside_is_released_like_the_rest(stand: Stand | MailStand) -> None:
    stand.put(b"bytes")
    (offer,) = stand.offers()
    stand.source.release_item(offer.place, stand.mark(b"bytes"), "set aside")
    assert stand.offers() == []


@pytest.mark.parametrize("later", [b"other", b"longer than before"], ids=["as long", "longer"])
def test_what_has_changed_since_it_was_taken_stays_and_is_offered_again(
    stand: Stand | MailStand, later: bytes
) -> None:
    """Failure mode 25."""
    path = stand.put(b"bytes")
    (offer,) = stand.offers()
    assert stand.source.read_content(offer) == b"bytes"
    path.write_bytes(later)
    stand.release(offer, b"bytes")
    assert path.read_bytes() == later
    assert stand.read() == [later]


def test_a_name_used_again_after_release_is_a_new_arrival(stand: Stand | MailStand) -> None:
    """Failure mode 25."""
    stand.put(b"bytes")
    (offer,) = stand.offers()
    stand.release(offer, b"bytes")
    stand.put(b"other")
    assert stand.read() == [b"other"]


def test_what_goes_between_offer_and_reading_has_vanished(stand: Stand | MailStand) -> None:
    path = stand.put(b"bytes")
    (offer,) = stand.offers()
    path.unlink()
    with pytest.raises(ItemVanished):
        stand.source.read_content(offer)


def test_a_place_is_the_same_at_every_look_and_after_a_restart(stand: Stand | MailStand) -> None:
    for name in ("one", "other", "One", "one.docx"):
        stand.put(b"the same", name)
    places = [offer.place for offer in stand.offers()]
    assert len(set(places)) == 4
    assert [offer.place for offer in stand.offers()] == places
    stand.source = stand.opened()
    assert [offer.place for offer in stand.offers()] == places


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_taken_and_let_go_and_none_is_told(files: Stand, name: bytes) -> None:
    """Failure modes 25 and 33, promise 7: a place is plain text in the register."""
    files.put(b"bytes", os.fsdecode(name))
    (offer,) = files.offers()
    assert offer.place.isascii()
    # Words that a keyed hash, in hex digits, can never hold by chance.
    assert not any(word in offer.place for word in ("chronology", "docx", "a" * 20))
    assert files.source.read_content(offer) == b"bytes"
    files.release(offer, b"bytes")
    assert files.offers() == []
    assert files.aside() == [b"bytes"]


def test_a_name_composed_and_the_same_decomposed_are_two(files: Stand) -> None:
    """Failure mode 25."""
    files.put(b"one", "caf\u00e9")
    files.put(b"other", "cafe\u0301")
    assert sorted(files.read()) == [b"one", b"other"]


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00", b"line\r\nline\nline\r", bytes(range(256)), os.urandom(5_000_000)],
    ids=["empty", "nul", "line ends", "every byte", "5 MB"],
)
def test_bytes_come_back_exactly(files: Stand, content: bytes) -> None:
    files.put(content)
    assert files.read() == [content]


def test_the_earliest_comes_first(files: Stand) -> None:
    for n in range(5):
        path = files.put(b"%d" % n, f"{n}")
        os.utime(path, (1000 + n, 1000 + n))
    assert files.read() == [b"0", b"1", b"2", b"3", b"4"]


def test_what_is_too_large_is_offered_so_that_it_can_be_told_and_never_read(files: Stand) -> None:
    """Failure mode 14."""
    with files.put(b"", "0").open("r+b") as file:
        file.truncate(MAX_CONTENT_BYTES + 1)
    files.put(b"bytes", "1")
    said = []
    for offer in files.offers():
        try:
            said.append(files.source.read_content(offer))
        except ItemTooLarge:
            said.append(b"too large")
    assert sorted(said) == [b"bytes", b"too large"]


def test_a_source_that_is_gone_is_not_an_empty_one(files: Stand) -> None:
    """Failure mode 23; and it recovers."""
    files.put(b"bytes")
    (offer,) = files.offers()
    files.folder.rename(files.folder.with_name("unmounted"))
    files.folder.mkdir()  # where a share is mounted a bare folder stays
    for act in (
        files.offers,
        lambda: files.opened().read_content(offer),
        lambda: files.opened().release_item(offer.place, files.mark(b"bytes"), "taken"),
    ):
        with pytest.raises(SourceUnavailable):
            act()
    files.folder.rmdir()
    with pytest.raises(SourceUnavailable):
        files.offers()
    files.folder.with_name("unmounted").rename(files.folder)
    assert files.read() == [b"bytes"]


def _symbolic(path: Path) -> None:
    outside = path.parent.parent.parent / "outside"
    outside.write_bytes(b"secret")
    path.symlink_to(outside)


def _dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def _looping(path: Path) -> None:
    path.symlink_to(path.name)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _linked_folder(path: Path) -> None:
    outside = path.parent.parent.parent / "outside"
    outside.mkdir()
    (outside / "it").write_bytes(b"secret")
    path.symlink_to(outside)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        here = os.open(path.parent, os.O_RDONLY)  # a socket's path is short
        listener.bind(f"/proc/self/fd/{here}/{path.name}")
        os.close(here)


STRANGERS = [
    _symbolic,
    _dangling,
    _looping,
    _device,
    _linked_folder,
    os.mkfifo,
    Path.mkdir,
    _socket,
]


@pytest.mark.parametrize("make", STRANGERS, ids=lambda make: make.__name__.strip("_"))
def test_what_is_no_regular_file_is_never_offered_and_stops_no_other(
    files: Stand, make: Callable[[Path], None]
) -> None:
    """Failure mode 22; that it lies there is told, unless it is a folder where folders belong."""
    files.put(b"before", "a")
    make(files.inbox / "b")
    files.put(b"after", "c")
    assert sorted(files.read()) == [b"after", b"before"]
    assert os.path.lexists(files.inbox / "b")
    kinds = {"drop": [] if make is Path.mkdir else ["no file"], "mail-1": ["no message"]}
    assert [stray.kind for stray in files.source.list_strays()] == kinds[files.source.name]


@pytest.mark.parametrize("make", STRANGERS[:-1], ids=lambda make: make.__name__.strip("_"))
def test_what_becomes_something_else_after_it_was_offered_is_not_read(
    files: Stand, make: Callable[[Path], None]
) -> None:
    """Failure mode 22: the look and the reading are two moments."""
    path = files.put(b"bytes", "b")
    (offer,) = files.offers()
    path.unlink()
    make(path)
    try:
        said = files.source.read_content(offer)
    except Exception as why:
        said = type(why).__name__.encode()
    assert said in (b"ItemVanished", b"ItemUnreadable")
    try:
        files.release(offer, b"bytes")
    except Exception as why:
        assert type(why).__name__ == "ItemUnreadable"
    assert os.path.lexists(path)


def test_what_goes_while_it_is_looked_at_stops_no_other(
    files: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.put(b"bytes", "a")
    gone = files.put(b"gone", "b")
    actual = os.scandir

    class Slow:
        """Lists, and then the world goes on before anything is looked at."""

        def __init__(self, folder: object) -> None:
            with actual(folder) as entries:  # type: ignore[call-overload]
                self._entries = list(entries)
            if gone.name in {entry.name for entry in self._entries}:
                gone.unlink(missing_ok=True)

        def __enter__(self) -> list[os.DirEntry[str]]:
            return self._entries

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(os, "scandir", Slow)
    assert files.read() == [b"bytes"]


def test_a_name_that_begins_with_a_dot_is_not_a_return(files: Stand) -> None:
    """Failure mode 21."""
    files.put(b"hidden", ".hidden")
    files.put(b"bytes")
    assert files.read() == [b"bytes"]


def test_a_hundred_are_each_offered_once(files: Stand) -> None:
    for n in range(100):
        files.put(b"%d" % n, f"{n}")
    assert sorted(files.read()) == sorted(b"%d" % n for n in range(100))
    shutil.rmtree(files.inbox)
    files.inbox.mkdir()
    assert files.offers() == []


def test_a_source_says_what_it_delivers_and_proves_what_it_says(
    stand: Stand | MailStand,
) -> None:
    """Where its places prove the agency every offer names it, and else none does; messages alone
    have a sender."""
    for n in range(3):
        stand.put(b"From: author%d@agency.example\r\n\r\nwords\r\n" % n, f"{n}")
    told = stand.source.describe_offers(stand.offers())
    assert [offer.agency is not None for offer in told] == [stand.source.proves_agency] * 3
    has_senders = stand.source.form is DeliveryForm.MESSAGE
    assert [bool(offer.sender) for offer in told] == [has_senders] * 3


# What taking in asks of every source beside


def test_a_description_has_every_offer_in_its_order_and_changes_no_place(
    stand: Stand | MailStand,
) -> None:
    for n in range(3):
        stand.put(b"From: author%d@agency.example\r\n\r\nwords\r\n" % n, f"{n}")
    offers = stand.offers()
    told = stand.source.describe_offers(offers)
    assert [offer.place for offer in told] == [offer.place for offer in offers]
    mailed = {f"author{n}@agency.example" for n in range(3)}
    assert {offer.sender for offer in told} in ({""}, mailed)
    assert [offer.early for offer in told] == [False] * 3
    assert len({stand.source.read_content(offer) for offer in told}) == 3


def test_what_went_before_it_was_described_is_described_as_it_was_offered(
    stand: Stand | MailStand,
) -> None:
    path = stand.put(b"bytes")
    offers = stand.offers()
    path.unlink()
    assert stand.source.describe_offers(offers) == offers


def test_many_are_let_go_at_once_and_each_ends_for_itself(stand: Stand | MailStand) -> None:
    """Of three one is gone and one has changed: the third is put aside."""
    paths = [stand.put(b"bytes %d" % n, f"{n}") for n in range(3)]
    told = {stand.source.read_content(offer): offer for offer in stand.offers()}
    held = [HeldItem(told[raw].place, stand.mark(raw), "taken") for raw in sorted(told)]
    paths[0].unlink()
    paths[1].write_bytes(b"other")
    assert stand.source.release_items(held) == [None] * 3
    assert stand.aside() == [b"bytes 2"]
    assert stand.read() == [b"other"]


def test_a_source_made_for_the_service_has_no_past(files: Stand) -> None:
    path = files.put(b"bytes")
    os.utime(path, (1000, 1000))
    assert list(files.source.find_past_contents((), datetime(2010, 4, 1, tzinfo=UTC))) == []


@pytest.mark.parametrize("kind", ["maildir", "imap"])
def test_what_lay_there_before_is_early_and_what_comes_is_not(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, keys: Keys
) -> None:
    """Failure mode 113."""
    tomorrow = datetime.now(UTC) + timedelta(days=2)
    if kind == "imap":
        stand: Stand | MailStand = MailStand(request.getfixturevalue("dovecot"), uuid4().hex, keys)
    else:
        stand = Stand(tmp_path / "source", keys, kind)
        (stand.folder / OWN_MAILDIR_MARKER).unlink()
    stand.put(b"old", "old")
    (past,) = stand.source.find_past_contents((), tomorrow)
    assert (past.messages, past.oldest) == (1, datetime.now(UTC).year)
    assert list(stand.source.find_past_contents({past.part}, tomorrow)) == []
    stand.source.set_beginning(past.part, PartBeginning(tomorrow, past.last))
    assert all(offer.early for offer in stand.source.describe_offers(stand.offers()))
    new = stand.put(b"new", "new")
    if isinstance(new, Path):
        os.utime(new, (tomorrow.timestamp() + 1,) * 2)
    told = [o for o in stand.source.describe_offers(stand.offers()) if not o.early]
    assert [stand.source.read_content(offer) for offer in told] == [b"new"]
    if isinstance(stand, MailStand):
        stand.close()


def test_a_message_too_large_in_a_maildir_gives_its_header_block(
    tmp_path: Path, keys: Keys
) -> None:
    """Failure mode 14: its sender can be told, as by IMAP."""
    stand = Stand(tmp_path / "source", keys, "maildir")
    head = b"From: a@agency.example\nSubject: large\n\n"
    with stand.put(head).open("r+b") as file:
        file.truncate(MAX_CONTENT_BYTES + 1)
    (offer,) = stand.offers()
    with pytest.raises(ItemTooLarge) as told:
        stand.source.read_content(offer)
    assert told.value.head == head
    stand.release(offer, head)
    assert stand.offers() == []


LONG_AGO, DAYS_AFTER = datetime(2010, 3, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def test_what_was_dealt_with_is_still_to_be_had_under_its_place(stand: Stand | MailStand) -> None:
    """Failure mode 103: after a restore it is taken in again."""
    stand.put(b"From: a@b.example\r\n\r\nbytes")
    (offer,) = stand.offers()
    assert list(stand.source.list_dealt_with(LONG_AGO)) == [], "not while it waits"
    stand.source.release_item(offer.place, stand.mark(stand.read()[0]), "accepted")
    stand.source = stand.opened()
    (found,) = stand.source.list_dealt_with(LONG_AGO)
    assert found.raw == b"From: a@b.example\r\n\r\nbytes"
    assert found.came.tzinfo is not None
    if isinstance(stand, Stand):  # a mail server gives what is moved another number
        assert (found.offer.place, found.offer.agency) == (offer.place, offer.agency)
    assert list(stand.source.list_dealt_with(DAYS_AFTER)) == []
