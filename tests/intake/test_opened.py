"""A file from outside, opened so that its name cannot play tricks."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path

import pytest

from intake.safe_files import open_regular_file, read_descriptor
from intake.source import ItemTooLarge, ItemUnreadable, ItemVanished


def read(path: Path, **how: bool) -> bytes:
    with open_regular_file(path, **how) as descriptor:
        return read_descriptor(descriptor)


def open_descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


def test_a_plain_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "it").write_bytes(os.urandom(3_000_000))
    assert read(tmp_path / "it") == (tmp_path / "it").read_bytes()


def test_what_is_gone_has_vanished(tmp_path: Path) -> None:
    with pytest.raises(ItemVanished):
        read(tmp_path / "it")


def _symbolic(path: Path) -> None:
    (path.parent / "other").write_bytes(b"secret")
    path.symlink_to("other")


def _dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def _hard(path: Path) -> None:
    (path.parent / "other").write_bytes(b"secret")
    os.link(path.parent / "other", path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        here = os.open(path.parent, os.O_RDONLY)  # a socket's path is short
        listener.bind(f"/proc/self/fd/{here}/{path.name}")
        os.close(here)


TRICKS = [_symbolic, _dangling, _hard, os.mkfifo, Path.mkdir, _socket]


@pytest.mark.parametrize("make", TRICKS, ids=lambda make: make.__name__.strip("_"))
def test_anything_else_is_not_read_and_not_waited_for(tmp_path: Path, make: object) -> None:
    """Failure mode 22."""
    make(tmp_path / "it")  # type: ignore[operator]
    before = open_descriptors()
    with pytest.raises(ItemUnreadable):
        read(tmp_path / "it")
    assert open_descriptors() == before


def test_a_device_is_not_read() -> None:
    """Failure mode 22."""
    with pytest.raises(ItemUnreadable):
        read(Path("/dev/zero"))


def test_a_file_may_have_another_link_where_that_is_said(tmp_path: Path) -> None:
    _hard(tmp_path / "it")
    assert read(tmp_path / "it", linked=True) == b"secret"


def test_a_name_is_looked_up_in_the_folder_that_is_held(tmp_path: Path) -> None:
    """Failure mode 22: the folder may be renamed, and a link put in its place."""
    for name, said in (("folder", b"ours"), ("elsewhere", b"theirs")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "it").write_bytes(said)
    folder = os.open(tmp_path / "folder", os.O_RDONLY)
    (tmp_path / "folder").rename(tmp_path / "moved")
    (tmp_path / "folder").symlink_to("elsewhere")
    with open_regular_file("it", folder) as descriptor:
        assert read_descriptor(descriptor) == b"ours"
    os.close(folder)


def test_a_file_on_another_device_than_its_folder_is_not_read(tmp_path: Path) -> None:
    """Failure mode 22: /proc is always another device."""
    folder = os.open(tmp_path, os.O_RDONLY)
    with pytest.raises(ItemUnreadable), open_regular_file("/proc/self/status", folder):
        pass
    os.close(folder)


@pytest.mark.parametrize("code", [errno.EACCES, errno.EAGAIN, errno.ESTALE, errno.EIO])
def test_what_the_share_will_not_open_is_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """Failure mode 26."""

    def refuses(*_: object, **__: object) -> int:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "open", refuses)
    with pytest.raises(ItemUnreadable):
        read(tmp_path / "it")


def test_a_read_that_breaks_off_is_no_short_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "it").write_bytes(b"first and second")
    answers = iter([b"first"])

    def breaks_off(descriptor: int, size: int) -> bytes:
        try:
            return next(answers)
        except StopIteration:
            raise OSError(errno.EIO, os.strerror(errno.EIO)) from None

    monkeypatch.setattr(os, "read", breaks_off)
    with pytest.raises(ItemUnreadable):
        read(tmp_path / "it")


def test_as_large_as_allowed_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    for size in (1000, 1001):
        (tmp_path / str(size)).write_bytes(bytes(size))
    with open_regular_file(tmp_path / "1000") as descriptor:
        assert read_descriptor(descriptor, largest=1000) == bytes(1000)
    with open_regular_file(tmp_path / "1001") as descriptor, pytest.raises(ItemTooLarge):
        read_descriptor(descriptor, largest=1000)


def test_what_is_too_large_is_not_read_to_find_that_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "it").open("wb") as file:
        file.truncate(1 << 40)
    monkeypatch.setattr(os, "read", lambda *_: pytest.fail("it was read"))
    with pytest.raises(ItemTooLarge):
        read(tmp_path / "it")


@pytest.mark.parametrize("then", [b"more", b""], ids=["appended to", "touched"])
def test_a_file_written_to_while_it_is_read_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, then: bytes
) -> None:
    """Failure mode 20."""
    path = tmp_path / "it"
    path.write_bytes(b"half")
    os.utime(path, ns=(0, 0))
    actual = os.read

    def writing(descriptor: int, size: int) -> bytes:
        chunk = actual(descriptor, size)
        with path.open("ab") as file:
            file.write(then)
        os.utime(path)
        monkeypatch.setattr(os, "read", actual)
        return chunk

    monkeypatch.setattr(os, "read", writing)
    with pytest.raises(ItemUnreadable):
        read(path)


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    (tmp_path / "it").write_bytes(b"data")
    before = open_descriptors()
    read(tmp_path / "it")
    with pytest.raises(KeyError), open_regular_file(tmp_path / "it"):
        raise KeyError
    assert open_descriptors() == before
