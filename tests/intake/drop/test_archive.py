"""A folder in which nothing is ever overwritten, or hidden by a name that looks the same."""

from __future__ import annotations

import errno
import os
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from intake.drop.archive import FilingFolder
from intake.safe_files import OpenFolder
from intake.source import ItemUnreadable


def moved(path: Path, into: Path) -> str:
    with OpenFolder.open_path(path.parent) as here, OpenFolder.open_path(into) as there:
        return FilingFolder(there).move_file_in(here, path.name)


def put(into: Path, name: str, data: bytes) -> None:
    with OpenFolder.open_path(into) as folder:
        FilingFolder(folder).write_file(name, data)


@pytest.fixture
def done(tmp_path: Path) -> Path:
    (tmp_path / "done").mkdir()
    return tmp_path / "done"


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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Form.docx", "form.DOCX"),
        ("caf\u00e9.docx", "cafe\u0301.docx"),
        ("STRASSE.docx", "stra\u00dfe.docx"),
        ("\u017fum.docx", "Sum.docx"),
        ("Form.docx", "Form.docx."),
        ("Form", "Form "),
    ],
)
def test_names_that_a_share_may_take_for_one_are_two_files(
    tmp_path: Path, done: Path, one: str, other: str
) -> None:
    """Failure mode 25: whichever program looks at it, both are to be seen there."""
    for name in (one, other):
        (tmp_path / name).write_bytes(name.encode())
        moved(tmp_path / name, done)
    kept = [unicodedata.normalize("NFC", path.name).casefold() for path in done.iterdir()]
    assert len({name.rstrip(". ") for name in kept}) == 2
    assert sorted(path.read_bytes() for path in done.iterdir()) == sorted(
        [one.encode(), other.encode()]
    )


def test_a_name_taken_by_somebody_else_in_the_meantime_is_seen(tmp_path: Path, done: Path) -> None:
    (tmp_path / "it.docx").write_bytes(b"ours")
    with OpenFolder.open_path(tmp_path) as here, OpenFolder.open_path(done) as there:
        shelf = FilingFolder(there)
        (done / "it.docx").write_bytes(b"theirs")
        assert shelf.move_file_in(here, "it.docx") == "it (2).docx"
    assert (done / "it.docx").read_bytes() == b"theirs"


def test_what_is_put_there_twice_is_there_once(done: Path) -> None:
    """A crash may have come after it was written and before anybody remembered that."""
    for _ in range(2):
        put(done, "x.receipt.txt", b"words")
    assert [p.read_bytes() for p in done.iterdir()] == [b"words"]


def test_what_somebody_else_put_there_is_never_overwritten(done: Path) -> None:
    (done / "X.RECEIPT.TXT").write_bytes(b"theirs")
    for _ in range(2):
        put(done, "x.receipt.txt", b"words")
    assert {p.name: p.read_bytes() for p in done.iterdir()} == {
        "X.RECEIPT.TXT": b"theirs",
        "x.receipt (2).txt": b"words",
    }


def test_what_a_crash_left_empty_or_half_written_is_finished(done: Path) -> None:
    (done / "x.receipt.txt").write_bytes(b"")
    (done / ".scr-intake.part").write_bytes(b"wor")
    put(done, "x.receipt.txt", b"words")
    assert {p.name: p.read_bytes() for p in done.iterdir()} == {"x.receipt.txt": b"words"}


@pytest.mark.parametrize("name", ["x.receipt.txt", ".scr-intake.part"])
def test_a_link_in_the_way_leads_nowhere(tmp_path: Path, done: Path, name: str) -> None:
    """Failure mode 22: else what we write would end in a file of somebody else's."""
    (tmp_path / "outside").write_bytes(b"")
    (done / name).symlink_to(tmp_path / "outside")
    put(done, "x.receipt.txt", b"words")
    assert (tmp_path / "outside").read_bytes() == b""
    assert b"words" in [p.read_bytes() for p in done.iterdir() if not p.is_symlink()]


def test_a_hard_link_in_the_way_is_taken_away_and_not_written_through(
    tmp_path: Path, done: Path
) -> None:
    """Failure mode 22."""
    (tmp_path / "outside").write_bytes(b"theirs")
    os.link(tmp_path / "outside", done / ".scr-intake.part")
    put(done, "x.receipt.txt", b"words")
    assert (tmp_path / "outside").read_bytes() == b"theirs"


def test_a_folder_that_cannot_be_listed_is_unreadable(
    done: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stale(_: object) -> None:
        raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))

    monkeypatch.setattr(os, "scandir", stale)
    with pytest.raises(ItemUnreadable):
        put(done, "it", b"it")
