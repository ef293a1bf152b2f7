"""A directory held open, so that nothing on the way to a file can be swapped for a link."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from intake.folder import Folder
from intake.opened import read_all
from intake.source import Unreadable, Vanished


def moved(path: Path, into: Path) -> str:
    with Folder.at(path.parent) as here, Folder.at(into) as there:
        return here.move(path.name, there)


@pytest.fixture
def done(tmp_path: Path) -> Path:
    (tmp_path / "done").mkdir()
    return tmp_path / "done"


def test_the_folder_the_settings_name_may_be_a_link_and_none_below_it(tmp_path: Path) -> None:
    """Failure mode 22."""
    (tmp_path / "drop" / "GP").mkdir(parents=True)
    (tmp_path / "link").symlink_to("drop")
    (tmp_path / "drop" / "POL").symlink_to("GP")
    with Folder.at(tmp_path / "link") as root:
        with root.below("GP"):
            pass
        with pytest.raises(Unreadable), root.below("POL"):
            pass


def test_a_folder_swapped_for_a_link_still_leads_where_it_led(tmp_path: Path) -> None:
    """Failure mode 22: an agency's own case folder is the agency's to rename."""
    (tmp_path / "GP").mkdir()
    (tmp_path / "GP" / "it").write_bytes(b"its own")
    (tmp_path / "POL").mkdir()
    (tmp_path / "POL" / "it").write_bytes(b"another's")
    with Folder.at(tmp_path) as root, root.below("GP") as folder:
        (tmp_path / "GP").rename(tmp_path / "gone")
        (tmp_path / "GP").symlink_to("POL")
        with folder.file("it") as descriptor:
            assert read_all(descriptor) == b"its own"
        with folder.made("done") as shelf:
            folder.move("it", shelf)
    assert (tmp_path / "gone" / "done" / "it").read_bytes() == b"its own"
    assert os.listdir(tmp_path / "POL") == ["it"]


def test_what_is_gone_has_vanished_and_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "it").write_bytes(b"")
    with pytest.raises(Vanished), Folder.at(tmp_path / "nowhere"):
        pass
    with Folder.at(tmp_path) as root:
        with pytest.raises(Vanished), root.below("nowhere"):
            pass
        for way in (root.below, root.made):
            with pytest.raises(Unreadable), way("it"):
                pass


def test_entries_come_by_name_and_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"bb")
    (tmp_path / "a").symlink_to("b")
    with Folder.at(tmp_path) as root:
        found = root.entries()
    assert [name for name, _ in found] == ["a", "b"]
    assert [about.st_size for _, about in found] == [1, 2]


def test_a_folder_that_cannot_be_listed_is_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stale(_: object) -> None:
        raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))

    with Folder.at(tmp_path) as root:
        monkeypatch.setattr(os, "scandir", stale)
        with pytest.raises(Unreadable):
            root.entries()


def test_a_file_is_moved_under_its_own_name(tmp_path: Path, done: Path) -> None:
    (tmp_path / "it.docx").write_bytes(b"it")
    assert moved(tmp_path / "it.docx", done) == "it.docx"
    assert (done / "it.docx").read_bytes() == b"it"
    assert os.listdir(tmp_path) == ["done"]


@pytest.mark.parametrize(
    ("name", "second"),
    [
        ("Our form.docx", "Our form (2).docx"),
        ("no ending", "no ending (2)"),
        ("a" * 250 + ".docx", "a" * 246 + " (2).docx"),
        ("é" * 125 + ".docx", "é" * 123 + " (2).docx"),
        ("a." + "b" * 253, "a (2)." + "b" * 15),
        (os.fsdecode(b"\xe9\xff.docx"), " (2).docx"),
    ],
)
def test_nothing_is_overwritten(tmp_path: Path, done: Path, name: str, second: str) -> None:
    for said in (b"one", b"two", b"three"):
        (tmp_path / name).write_bytes(said)
        moved(tmp_path / name, done)
    assert (done / name).read_bytes() == b"one"
    assert (done / second).read_bytes() == b"two"
    assert sorted(path.read_bytes() for path in done.iterdir()) == [b"one", b"three", b"two"]


def test_a_move_that_is_refused_leaves_the_file_and_no_empty_one(
    tmp_path: Path, done: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 26: it is tried again each round, and must not leave a file each time."""
    (tmp_path / "it").write_bytes(b"it")

    def locked(*_: object, **__: object) -> None:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(os, "rename", locked)
    with pytest.raises(OSError, match=os.strerror(errno.EACCES)):
        moved(tmp_path / "it", done)
    assert (tmp_path / "it").read_bytes() == b"it"
    assert os.listdir(done) == []


def test_a_move_that_was_made_and_called_refused_loses_nothing(
    tmp_path: Path, done: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NFS sends a request again when the answer was lost, and then the file has gone."""
    (tmp_path / "it").write_bytes(b"it")
    actual = os.rename

    def made_and_refused(*names: str, **folders: Any) -> None:
        actual(*names, **folders)
        raise OSError(errno.ENOENT, os.strerror(errno.ENOENT))

    monkeypatch.setattr(os, "rename", made_and_refused)
    with pytest.raises(OSError, match=os.strerror(errno.ENOENT)):
        moved(tmp_path / "it", done)
    assert (done / "it").read_bytes() == b"it"
