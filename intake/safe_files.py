"""Files and folders that others can write, opened so that no link or name plays tricks; and
files of ours that a power cut leaves whole."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from intake.source import MAX_CONTENT_BYTES, ItemTooLarge, ItemUnreadable, ItemVanished

_FLAGS_OPENED = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
_CHUNK = 1 << 20

FileStamp = tuple[int, int]  # size in bytes, modification time in nanoseconds


@contextmanager
def open_regular_file(
    path: Path | str, folder: int | None = None, *, linked: bool = False
) -> Iterator[int]:
    """A descriptor on a regular file (failure mode 22), which has one link unless it may be
    `linked`, and lies on the same device as the directory descriptor `folder` that `path` is
    relative to, if one is given. Raises ItemVanished or ItemUnreadable."""
    with open_descriptor(path, _FLAGS_OPENED, folder) as descriptor:
        about = os.fstat(descriptor)
        if not (
            stat.S_ISREG(about.st_mode)
            and (linked or about.st_nlink == 1)
            and (folder is None or about.st_dev == os.fstat(folder).st_dev)
        ):
            raise ItemUnreadable()
        yield descriptor


@contextmanager
def open_descriptor(path: Path | str, flags: int, folder: int | None = None) -> Iterator[int]:
    """A descriptor on whatever is there. Raises ItemVanished or ItemUnreadable."""
    try:
        descriptor = os.open(path, flags | os.O_CLOEXEC, dir_fd=folder)
    except FileNotFoundError as why:
        raise ItemVanished() from why
    except OSError as why:  # a link (ELOOP), a Windows lock, no permission
        raise ItemUnreadable() from why
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def file_stamp(about: os.stat_result) -> FileStamp:
    """What must not change while a file lies still."""
    return about.st_size, about.st_mtime_ns


def read_descriptor(descriptor: int, largest: int = MAX_CONTENT_BYTES) -> bytes:
    """Everything in it, up to `largest` bytes.

    Raises ItemTooLarge, or ItemUnreadable, also when it was written to while it was read (failure
    mode 20).
    """
    try:
        before = file_stamp(os.fstat(descriptor))
        raw = _read(descriptor, largest)
        if file_stamp(os.fstat(descriptor)) != before:
            raise ItemUnreadable()
    except OSError as why:
        raise ItemUnreadable() from why
    return raw


def _read(descriptor: int, largest: int) -> bytes:
    if os.fstat(descriptor).st_size > largest:
        raise ItemTooLarge()
    parts: list[bytes] = []
    total = 0
    while chunk := os.read(descriptor, _CHUNK):
        parts.append(chunk)
        total += len(chunk)
        if total > largest:
            raise ItemTooLarge()
    return b"".join(parts)


_FLAGS = os.O_RDONLY | os.O_DIRECTORY


FolderEntry = tuple[str, os.stat_result]  # a name, and what it is, links not followed


class OpenFolder:
    """A directory held open, so that what is in it cannot be exchanged under its name."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @staticmethod
    @contextmanager
    def open_path(path: Path) -> Iterator[OpenFolder]:
        """The folder the settings name. Raises ItemVanished or ItemUnreadable."""
        with open_descriptor(path, _FLAGS) as descriptor:
            yield OpenFolder(descriptor)

    @contextmanager
    def open_subfolder(self, name: str) -> Iterator[OpenFolder]:
        """A folder in this one. Raises ItemVanished, or ItemUnreadable, also for a link."""
        with open_descriptor(name, _FLAGS | os.O_NOFOLLOW, self._descriptor) as descriptor:
            yield OpenFolder(descriptor)

    @contextmanager
    def make_subfolder(self, name: str) -> Iterator[OpenFolder]:
        """The same, made if it is not there. Raises OSError too."""
        with suppress(FileExistsError):
            os.mkdir(name, dir_fd=self._descriptor)
        with self.open_subfolder(name) as folder:
            yield folder

    def list_entries(self) -> list[FolderEntry]:
        """What lies in it, by name. Raises ItemUnreadable."""
        found: list[FolderEntry] = []
        try:
            with os.scandir(self._descriptor) as entries:
                for entry in entries:
                    with suppress(FileNotFoundError):  # gone between listing and looking
                        found.append((entry.name, entry.stat(follow_symlinks=False)))
        except OSError as why:
            raise ItemUnreadable() from why
        return sorted(found, key=lambda pair: pair[0])

    def open_file(self, name: str) -> AbstractContextManager[int]:
        """A regular file of this folder, as `open_regular_file` opens one."""
        return open_regular_file(name, self._descriptor)

    def open_own_file(self, name: str, flags: int, mode: int = 0o600) -> int:
        """A descriptor on a file of ours, made if the flags say so. Raises OSError."""
        flags |= os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        return os.open(name, flags, mode, dir_fd=self._descriptor)

    def move_file(self, name: str, into: OpenFolder, there: str) -> None:
        """Move a file over the name `there`, which is reserved. Raises OSError."""
        os.rename(name, there, src_dir_fd=self._descriptor, dst_dir_fd=into._descriptor)

    def unlink_file(self, name: str) -> None:
        """Raises OSError."""
        os.unlink(name, dir_fd=self._descriptor)

    def remove_empty(self, name: str) -> None:
        """Remove a folder in this one, unless something is in it."""
        with suppress(OSError):
            os.rmdir(name, dir_fd=self._descriptor)

    def sync_names(self) -> None:
        """Make the names in it survive a power cut. Raises OSError."""
        os.fsync(self._descriptor)

    def reserve_name(self, name: str) -> bool:
        """Whether the name was free and is ours now: an empty file. A rename would overwrite, and
        a link is not to be had on every network share. Raises OSError."""
        try:
            os.close(self.open_own_file(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return False
        return True

    def clear_reservation(self, name: str) -> None:
        """Undo a reservation. What is not empty is no reservation: a share can move a file and
        still say that it could not."""
        with suppress(OSError):
            if os.stat(name, dir_fd=self._descriptor, follow_symlinks=False).st_size == 0:
                self.unlink_file(name)


def write_durably(path: Path, data: bytes) -> None:
    """Make `path` hold `data`, readable by us alone, for good. Raises OSError, and then `path` is
    as it was."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def name_free_file(path: Path, name: Path) -> bool:
    """Whether the name was free and is that file's now, which may have its old name still. Nothing
    is ever written over. Raises OSError."""
    try:
        os.link(path, name)
    except FileExistsError:
        return False
    except OSError:  # not every share knows links
        try:
            os.close(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        except FileExistsError:
            return False
        path.rename(name)
    return True


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Of two that begin something in a folder at once, one waits for the other."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
