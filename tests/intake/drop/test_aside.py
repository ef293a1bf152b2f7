"""What becomes of a file that is let go: moved, deleted or left, and nothing else with it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from intake.keys import Keys
from intake.safe_files import OpenFolder
from intake.source import ItemUnreadable
from tests.intake.drop.dropping import Dropping


def test_what_is_let_go_lies_in_done_under_the_day_and_its_own_name(dropping: Dropping) -> None:
    dropping.put(at="GP/N12/Our form.docx")
    (offer,) = dropping.offers()
    dropping.release(offer)
    kept = dropping.folder / "GP" / "N12" / "done" / "2010-04-01" / "Our form.docx"
    assert kept.read_bytes() == b"bytes"


def test_the_same_name_again_on_the_same_day_overwrites_nothing(dropping: Dropping) -> None:
    for content in (b"one", b"two"):
        dropping.put(content, "GP/x.docx")
        (offer,) = dropping.offers()
        dropping.release(offer, content)
    day = dropping.folder / "GP" / "done" / "2010-04-01"
    assert {path.name: path.read_bytes() for path in day.iterdir()} == {
        "x.docx": b"one",
        "x (2).docx": b"two",
    }


@pytest.mark.parametrize("at", ["done", "done/2010-04-01"])
def test_a_done_folder_that_is_a_link_is_not_moved_into(
    dropping: Dropping, tmp_path: Path, at: str
) -> None:
    """Failure mode 22."""
    path = dropping.put()
    (tmp_path / "outside").mkdir()
    link = path.parent / at
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(tmp_path / "outside")
    (offer,) = dropping.offers()
    with pytest.raises(ItemUnreadable):
        dropping.release(offer)
    assert path.read_bytes() == b"bytes"
    assert not list((tmp_path / "outside").iterdir())


def test_a_release_that_is_refused_can_be_made_later_and_leaves_nothing_meanwhile(
    dropping: Dropping, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 26."""
    path = dropping.put()
    (offer,) = dropping.offers()

    def locked(*_: object, **__: object) -> None:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(os, "rename", locked)
    for _ in range(3):
        with pytest.raises(OSError, match=os.strerror(errno.EACCES)):
            dropping.release(offer)
    assert path.read_bytes() == b"bytes"
    monkeypatch.undo()
    dropping.release(offer)
    day = dropping.folder / "GP" / "done" / "2010-04-01"
    assert os.listdir(day) == ["one"]


def saved_in_the_moment_of_its_move(
    monkeypatch: pytest.MonkeyPatch, path: Path, *, again: bool = False
) -> None:
    """Somebody saves the file just before it is moved aside; and, if `again`, just after."""
    actual = OpenFolder.move_file

    def saved_meanwhile(self: OpenFolder, name: str, into: OpenFolder, there: str) -> None:
        monkeypatch.setattr(OpenFolder, "move_file", actual)
        path.write_bytes(b"saved again")
        actual(self, name, into, there)
        if again:
            path.write_bytes(b"and once more")

    monkeypatch.setattr(OpenFolder, "move_file", saved_meanwhile)


@pytest.mark.parametrize("again", [False, True], ids=["once", "and once more"])
def test_a_file_saved_again_in_the_moment_of_its_release_is_put_back(
    dropping: Dropping, monkeypatch: pytest.MonkeyPatch, again: bool
) -> None:
    """Promise 1: Word saves by a rename, which may come after the last look at the content."""
    path = dropping.put()
    (offer,) = dropping.offers()
    saved_in_the_moment_of_its_move(monkeypatch, path, again=again)
    dropping.release(offer)
    expected = [b"and once more", b"saved again"] if again else [b"saved again"]
    assert sorted(dropping.read()) == expected


@pytest.fixture
def deleting(tmp_path: Path, keys: Keys) -> Dropping:
    return Dropping(tmp_path / "drop", keys, after="delete")


@pytest.fixture
def leaving(tmp_path: Path, keys: Keys) -> Dropping:
    return Dropping(tmp_path / "drop", keys, after="leave")


def test_what_is_deleted_leaves_nothing(deleting: Dropping) -> None:
    path = deleting.put()
    (offer,) = deleting.offers()
    deleting.release(offer)
    assert os.listdir(path.parent) == []


def test_what_is_deleted_was_what_the_spool_holds(
    deleting: Dropping, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise 1: saved again after the last look at its content."""
    path = deleting.put()
    (offer,) = deleting.offers()
    saved_in_the_moment_of_its_move(monkeypatch, path)
    deleting.release(offer)
    assert path.read_bytes() == b"saved again"


def test_what_is_deleted_takes_nothing_else_with_it(deleting: Dropping) -> None:
    deleting.put()
    other = deleting.put(b"older", "GP/done/2010-04-01/one")
    (offer,) = deleting.offers()
    deleting.release(offer)
    assert other.read_bytes() == b"older"


def test_what_is_left_stays_and_is_offered_no_more_until_it_changes(leaving: Dropping) -> None:
    path = leaving.put()
    (offer,) = leaving.offers()
    assert offer.stays
    leaving.release(offer)
    assert leaving.offers() == []
    assert path.read_bytes() == b"bytes"
    assert os.listdir(path.parent) == ["one"]
    path.write_bytes(b"a new version")
    assert leaving.read() == [b"a new version"]


def test_thousands_moved_aside_list_done_once(
    dropping: Dropping, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a large drop would take for ever: the folder grows with each."""
    for n in range(50):
        dropping.put(b"%d" % n, f"GP/{n}")
    offers = dropping.offers()
    listed: list[object] = []
    actual = os.scandir

    def counted(of: int) -> object:
        listed.append(of)
        return actual(of)

    monkeypatch.setattr(os, "scandir", counted)
    for offer in offers:
        dropping.release(offer, dropping.drop.read_content(offer))
    assert len(listed) == 1
