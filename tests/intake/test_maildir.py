"""A Maildir, beyond what every source is held to in test_sources.py."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from intake.keys import Keys
from intake.maildir import Maildir, make_maildir
from intake.source import SourceUnavailable


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_maildir(tmp_path / "mail")
    return tmp_path / "mail"


@pytest.fixture
def maildir(folder: Path, keys: Keys) -> Maildir:
    return Maildir("mail-1", folder, lambda data: keys.keyed_hash("content", data))


def arrived(folder: Path, content: bytes = b"mail", name: str = "1270112400.1.host") -> Path:
    """As a mail system delivers: written in tmp, and then linked or renamed into new."""
    path = folder / "tmp" / name
    path.write_bytes(content)
    return path.rename(folder / "new" / name)


def seen(path: Path, flags: str = "S") -> Path:
    """As a mail reader moves what a person has looked at."""
    unique = path.name.partition(":2,")[0]
    return path.rename(path.parent.parent / "cur" / f"{unique}:2,{flags}")


def test_every_folder_that_is_made_is_ours_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        make_maildir(tmp_path / "mail")
    finally:
        os.umask(before)
    everything = list((tmp_path / "mail").rglob("*"))
    files = [path for path in everything if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} <= {0o600}
    made = [tmp_path / "mail", *(path for path in everything if path.is_dir())]
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o700}
    assert sorted(str(path.relative_to(tmp_path)) for path in made) == [
        "mail",
        *(f"mail/.Dealt with{part}" for part in ("", "/cur", "/new", "/tmp")),
        *(f"mail/{part}" for part in ("cur", "new", "tmp")),
    ]


def test_making_it_again_leaves_what_lies_there(folder: Path) -> None:
    path = arrived(folder)
    make_maildir(folder)
    assert path.read_bytes() == b"mail"


def test_what_is_still_being_delivered_is_not_offered(folder: Path, maildir: Maildir) -> None:
    (folder / "tmp" / "1270112400.1.host").write_bytes(b"half")
    assert list(maildir.list_offers()) == []


def test_what_a_person_has_looked_at_is_the_same_message(folder: Path, maildir: Maildir) -> None:
    """Failure mode 7: seen is no queue; the administrator reads this mailbox too."""
    path = arrived(folder)
    (offer,) = maildir.list_offers()
    path = seen(path)
    assert maildir.read_content(offer) == b"mail"
    assert list(maildir.list_offers()) == [offer]
    path = seen(path, "FRS")
    assert maildir.read_content(offer) == b"mail"


def test_a_message_that_is_moved_while_it_is_looked_for_is_offered_once(
    folder: Path, maildir: Maildir, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = arrived(folder)
    actual, looked = os.scandir, []

    def moving(place: Path) -> object:
        """The reader moves it after one folder was listed and before the other is."""
        entries = actual(place)
        looked.append(place.name)
        if len(looked) == 1:
            with entries:
                kept = list(entries)
            seen(path)
            return _Listing(kept)
        return entries

    monkeypatch.setattr(os, "scandir", moving)
    (offer,) = maildir.list_offers()
    assert maildir.read_content(offer) == b"mail"


class _Listing(list[object]):
    def __enter__(self) -> _Listing:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def test_a_copy_by_hard_link_as_mail_systems_make_does_not_hide_a_message(
    folder: Path, maildir: Maildir
) -> None:
    path = arrived(folder)
    (folder / ".Kept" / "cur").mkdir(parents=True)
    os.link(path, folder / ".Kept" / "cur" / path.name)
    (offer,) = maildir.list_offers()
    assert maildir.read_content(offer) == b"mail"


@pytest.mark.parametrize("flags", [None, "", "S", "FRS"])
def test_what_is_dealt_with_is_kept_as_new_or_as_seen_as_it_was(
    folder: Path, maildir: Maildir, keys: Keys, flags: str | None
) -> None:
    path = arrived(folder)
    if flags is not None:
        path = seen(path, flags)
    (offer,) = maildir.list_offers()
    maildir.release_item(offer.place, keys.keyed_hash("content", b"mail"), "taken")
    target = folder / ".Dealt with" / path.parent.name / path.name
    assert target.read_bytes() == b"mail"


def test_the_folder_for_what_is_dealt_with_is_made_when_it_is_not_there(
    folder: Path, maildir: Maildir, keys: Keys
) -> None:
    path = arrived(folder)
    for part in ("new", "cur", "tmp", ""):
        (folder / ".Dealt with" / part).rmdir()
    (offer,) = maildir.list_offers()
    maildir.release_item(offer.place, keys.keyed_hash("content", b"mail"), "taken")
    assert (folder / ".Dealt with" / "new" / path.name).read_bytes() == b"mail"


def test_other_folders_of_the_mailbox_are_left_alone(folder: Path, maildir: Maildir) -> None:
    make_maildir(folder / ".Drafts")
    (folder / ".Drafts" / "cur" / "1270112400.1.host").write_bytes(b"draft")
    (folder / "dovecot.index").write_bytes(b"")
    assert list(maildir.list_offers()) == []


@pytest.mark.parametrize("part", ["new", "cur"])
def test_a_mailbox_that_cannot_be_listed_is_not_an_empty_one(
    folder: Path, maildir: Maildir, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    arrived(folder)
    actual = os.scandir

    def refuses(place: Path) -> object:
        if place.name == part:
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        return actual(place)

    monkeypatch.setattr(os, "scandir", refuses)
    with pytest.raises(SourceUnavailable):
        list(maildir.list_offers())


def test_two_mailboxes_do_not_know_each_other(folder: Path, tmp_path: Path, keys: Keys) -> None:
    make_maildir(tmp_path / "other")
    other = Maildir("mail-2", tmp_path / "other", lambda data: keys.keyed_hash("content", data))
    arrived(folder)
    assert list(other.list_offers()) == []


def test_messages_are_offered_in_the_order_in_which_they_came(
    folder: Path, maildir: Maildir
) -> None:
    """By their names, of which the tenth of a second would stand before the ninth."""
    for n in (10, 9):
        os.utime(arrived(folder, b"%d" % n, f"1270112400.M{n}.host"), (1270112400,) * 2)
    arrived(folder, b"first", "999999999.M1.host")
    offers = list(maildir.list_offers())
    assert [maildir.read_content(offer) for offer in offers] == [b"first", b"9", b"10"]
