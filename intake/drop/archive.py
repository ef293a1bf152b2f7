"""What becomes of a file once the spool holds it, and where files of ours are put back for an
agency."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Literal

from intake.drop.scan import (
    DONE_FOLDER,
    RECEIPT_ENDING,
    RETURNED_FOLDER,
    fold_file_name,
    numbered_names,
    printable_name,
    shorten_name,
)
from intake.safe_files import FileStamp, OpenFolder, file_stamp, read_descriptor
from intake.source import ItemTooLarge, ItemUnreadable, ItemVanished

_PART = ".scr-intake.part"  # the one file being written; a crash leaves it for the next to replace


# Whether a file that is there already says what one that is to be written would; None for none.
SameCheck = Callable[[bytes | None], bool]


def _is_nothing_else(content: bytes | None) -> bool:
    return False


class FilingFolder:
    """One folder to put things in. `taken` are its names, folded, if they were listed before."""

    def __init__(self, folder: OpenFolder, taken: set[str] | None = None) -> None:
        """Raises ItemUnreadable."""
        self.folder = folder
        self.taken = (
            {fold_file_name(n) for n, _ in folder.list_entries()} if taken is None else taken
        )

    def move_file_in(self, folder: OpenFolder, name: str) -> str:
        """Move a file here, under its own name or that name and a number; returns the name it
        has. Raises OSError."""
        there = next(free for free in numbered_names(name) if self._reserve(free))
        try:
            folder.move_file(name, self.folder, there)
        except OSError:
            self.folder.clear_reservation(there)
            self.taken.discard(fold_file_name(there))
            raise
        return there

    def move_file_back(self, name: str, folder: OpenFolder) -> None:
        """Move a file from here to where it came from. Raises OSError, ItemUnreadable."""
        FilingFolder(folder).move_file_in(self.folder, name)
        self.taken.discard(fold_file_name(name))

    def delete_file(self, name: str) -> None:
        """Delete a file. Raises OSError."""
        self.folder.unlink_file(name)
        self.taken.discard(fold_file_name(name))

    def write_file(self, name: str, data: bytes, same: SameCheck = _is_nothing_else) -> None:
        """Write a file of ours durably; one that is there already with the same bytes is it, or one
        whose bytes are the `same` by what they say. Raises OSError.
        """
        for there in numbered_names(name):
            if self._holds(there, data) or same(self._content(there)):
                return
            if self._reserve(there) or self._holds(there, b""):
                self._write(there, data)
                return

    def _reserve(self, name: str) -> bool:
        if fold_file_name(name) in self.taken:
            return False
        self.taken.add(fold_file_name(name))
        return self.folder.reserve_name(name)

    def _holds(self, name: str, data: bytes) -> bool:
        return self._content(name) == data

    def _content(self, name: str) -> bytes | None:
        """None where it is not there, or cannot be read."""
        try:
            with self.folder.open_file(name) as descriptor:
                return read_descriptor(descriptor)
        except (ItemVanished, ItemUnreadable, ItemTooLarge):
            return None

    def _write(self, name: str, data: bytes) -> None:
        with suppress(FileNotFoundError):
            self.folder.unlink_file(_PART)
        descriptor = self.folder.open_own_file(_PART, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o660)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        self.folder.move_file(_PART, self.folder, name)
        self.folder.sync_names()


_COPY = " (our comments)"


def write_returned_file(
    folder: OpenFolder, name: str, data: bytes, same: SameCheck = _is_nothing_else
) -> None:
    """Raises ItemUnreadable, ItemVanished or OSError."""
    with folder.make_subfolder(RETURNED_FOLDER) as returned:
        FilingFolder(returned).write_file(name, data, same)


def receipt_file_name(name: str) -> str:
    """ "Form.docx.receipt.txt" for "Form.docx"."""
    return shorten_name(printable_name(name), RECEIPT_ENDING)


def comments_copy_name(name: str, ending: str) -> str:
    """ "Form (our comments).docx" for "Form.docx", whatever ending it had."""
    shown = printable_name(name)
    stem = Path(shown).stem if Path(shown).suffix else shown
    return shorten_name(stem, f"{_COPY}.{ending}")


AfterMode = Literal["move", "delete", "leave"]
MarkFunction = Callable[[bytes], str]
FolderPath = tuple[str, ...]
FolderOpener = Callable[[FolderPath], AbstractContextManager[OpenFolder]]
# Whether something was taken from a folder under this name, and nothing with this mark.
OutgrownCheck = Callable[[FolderPath, str, str], bool]
RECHECK_SECONDS = 900.0  # seconds for which what was moved is looked at again


@dataclass(frozen=True, slots=True)
class _Moved:
    """A file in `done/`: whose folder it came from, and how it was at `at` (seconds)."""

    way: FolderPath
    day: str
    name: str
    stamp: FileStamp
    at: float

    @property
    def place(self) -> tuple[tuple[str, ...], str]:
        return self.way, self.day


class DoneFolders:
    """The `done/` folders, each listed once between two looks at the drop folder: there may be
    thousands of files to put into one."""

    def __init__(self, mark: MarkFunction, after: AfterMode) -> None:
        self._mark = mark
        self._after = after
        self._listed: dict[tuple[tuple[str, ...], str], set[str]] = {}
        self._moved: list[_Moved] = []

    def forget_listings(self) -> None:
        """Others may have put things there since."""
        self._listed.clear()

    def move_to_done(
        self,
        folder: OpenFolder,
        way: tuple[str, ...],
        name: str,
        content: str,
        day: str,
        now: float,
        *,
        keep: bool = True,
    ) -> None:
        """Take the file away if it still has that content; for good where it is not to `keep`,
        whatever the settings say.

        `now` is in seconds. Raises ItemVanished, ItemUnreadable, ItemTooLarge or OSError.
        """
        if self._marked(folder, name) != content:
            return
        delete = self._after == "delete" or not keep
        with folder.make_subfolder(DONE_FOLDER) as done, done.make_subfolder(day) as dated:
            shelf = FilingFolder(dated, self._listed.get((way, day)))
            self._listed[way, day] = shelf.taken
            moved = shelf.move_file_in(folder, name)
            as_moved = _stamp_of(dated, moved)
            if self._marked(dated, moved) != content:  # saved again in that very moment
                shelf.move_file_back(moved, folder)
            elif delete:
                shelf.delete_file(moved)
            else:
                self._moved.append(_Moved(way, day, moved, as_moved, now))
        if delete:
            self._tidy(folder, day)

    def recall_moved_files(
        self,
        opened: FolderOpener,
        ways: Iterable[FolderPath],
        today: date,
        now: float,
        outgrown: OutgrownCheck,
    ) -> None:
        """What a service that has just started need know of what was moved before: what was
        written on meanwhile is put back, and the rest of the latest is looked at again.

        Raises SourceUnavailable, ItemUnreadable or OSError.
        """
        days = [(today - timedelta(days=before)).isoformat() for before in (0, 1)]
        for way in ways:
            for day in days:
                with suppress(ItemVanished):
                    self._recall(opened, way, day, now, outgrown)

    def _recall(
        self, opened: FolderOpener, way: FolderPath, day: str, now: float, outgrown: OutgrownCheck
    ) -> None:
        with (
            opened(way) as folder,
            folder.open_subfolder(DONE_FOLDER) as done,
            done.open_subfolder(day) as dated,
        ):
            for name, about in dated.list_entries():
                if not stat.S_ISREG(about.st_mode) or abs(now - about.st_mtime) >= RECHECK_SECONDS:
                    continue
                mark = self._written_on(dated, name, about)
                if mark is not None and outgrown(way, name, mark):
                    FilingFolder(folder).move_file_in(dated, name)
                else:
                    self._moved.append(_Moved(way, day, name, file_stamp(about), now))

    def _written_on(self, dated: OpenFolder, name: str, about: os.stat_result) -> str | None:
        """The mark of what may have been written on since it was moved: moving a file changes only
        what is kept about it. None also while it is written on, which the next look notices."""
        if about.st_mtime_ns < about.st_ctime_ns:
            return None
        try:
            return self._marked(dated, name)
        except (ItemUnreadable, ItemTooLarge):
            return None

    def restore_grown_files(self, opened: FolderOpener, now: float) -> None:
        """Look once more at what was moved lately: what its program still wrote on is put back, to
        be taken as it is now (failure mode 119).

        `opened` opens a folder by its way. Raises SourceUnavailable, ItemUnreadable or OSError.
        """
        recent = [moved for moved in self._moved if now - moved.at < RECHECK_SECONDS]
        self._moved = []
        for place in dict.fromkeys(moved.place for moved in recent):
            there = [moved for moved in recent if moved.place == place]
            with suppress(ItemVanished):
                self._put_back(opened, *place, there)

    def _put_back(
        self,
        opened: FolderOpener,
        way: FolderPath,
        day: str,
        there: Sequence[_Moved],
    ) -> None:
        with (
            opened(way) as folder,
            folder.open_subfolder(DONE_FOLDER) as done,
            done.open_subfolder(day) as dated,
        ):
            now = {name: file_stamp(about) for name, about in dated.list_entries()}
            self._moved += [moved for moved in there if now.get(moved.name) == moved.stamp]
            grown = [m.name for m in there if m.name in now and now[m.name] != m.stamp]
            for name in grown:
                FilingFolder(folder).move_file_in(dated, name)
                self.forget_listings()

    def _marked(self, folder: OpenFolder, name: str) -> str:
        with folder.open_file(name) as descriptor:
            return self._mark(read_descriptor(descriptor))

    @staticmethod
    def _tidy(folder: OpenFolder, day: str) -> None:
        with folder.open_subfolder(DONE_FOLDER) as done:
            done.remove_empty(day)
        folder.remove_empty(DONE_FOLDER)


def files_put_away(folder: OpenFolder, since: date) -> Iterator[tuple[datetime, str, bytes]]:
    """What lies in `done/` of a folder from that day on: when it came as far as can be told, its
    name, its bytes. A file last changed on its day came then; of another only the day is known."""
    with folder.open_subfolder(DONE_FOLDER) as done:
        for day, about in sorted(done.list_entries(), key=lambda entry: entry[0]):
            on = _day(day)
            if on is None or on < since or not stat.S_ISDIR(about.st_mode):
                continue
            with suppress(ItemVanished, ItemUnreadable), done.open_subfolder(day) as dated:
                for name, file in dated.list_entries():
                    with suppress(ItemVanished, ItemUnreadable, ItemTooLarge):
                        with dated.open_file(name) as descriptor:
                            raw = read_descriptor(descriptor)
                        changed = datetime.fromtimestamp(file.st_mtime, UTC)
                        noon = datetime.combine(on, time(12), UTC)
                        yield (changed if changed.date() == on else noon), name, raw


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None


def _stamp_of(folder: OpenFolder, name: str) -> FileStamp:
    """Raises ItemVanished or ItemUnreadable."""
    with folder.open_file(name) as descriptor:
        return file_stamp(os.fstat(descriptor))
