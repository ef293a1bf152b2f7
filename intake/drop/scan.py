"""One look at the drop folder: every file that may be a return, whether it is there whole, and
what else lies there."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from intake.message.clutter import is_left_by_program
from intake.safe_files import FileStamp, FolderEntry, OpenFolder, file_stamp
from intake.source import ItemUnreadable, ItemVanished, StrayKind

SENTINEL_FILE = ".scr-intake"
LOCK_FILE = ".scr-intake.lock"
DONE_FOLDER = "done"
RETURNED_FOLDER = "returned"  # what we put there for the agency
RECEIPT_ENDING = ".receipt.txt"
OWN_FOLDERS = frozenset({DONE_FOLDER, RETURNED_FOLDER})

MAX_NAME_BYTES = 255  # bytes, of a name on any file system in use
_ENDING = 16  # characters; what is longer is no file ending


def is_ignored_name(name: str) -> bool:
    """Lock files and what Word leaves while it saves are not returns (failure mode 21)."""
    return is_left_by_program(name) or name.casefold().endswith((".tmp", RECEIPT_ENDING))


def lock_file_names(name: str) -> Iterator[str]:
    """The files that say that `name` is open: Word's, which leave out a letter or two of a longer
    name, and LibreOffice's. In lower case."""
    folded = name.casefold()
    yield from (f"~${folded[left_out:]}" for left_out in range(3))
    yield f".~lock.{folded}#"


def is_lock_file(name: str) -> bool:
    return name.startswith(("~$", ".~lock."))


def fold_file_name(name: str) -> str:
    """Two names with the same one may be one file somewhere: upper and lower case, composed and
    decomposed letters, dots and spaces at the end."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return unicodedata.normalize("NFKC", plain).rstrip(". ")


def numbered_names(name: str) -> Iterator[str]:
    """The name itself, then "Form (2).docx" and so on; none longer than a disk allows."""
    yield name
    stem, ending = Path(name).stem, Path(name).suffix[:_ENDING]
    for n in count(2):
        yield shorten_name(stem, f" ({n}){ending}")


def shorten_name(stem: str, tail: str) -> str:
    """`stem` and `tail` as one name, the stem cut short where it has to be."""
    room = MAX_NAME_BYTES - len(os.fsencode(tail))
    return os.fsencode(stem)[:room].decode("utf-8", "ignore") + tail


def printable_name(name: str) -> str:
    """The name without what does not print, or turns the text around: for a file of ours."""
    shown = "".join(c if c.isprintable() and c not in '\\/:*?"<>|' else "_" for c in name)
    return shown.encode("utf-8", "replace").decode("utf-8").strip(" .") or "document"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file seen by one look: the folders on the way to it, its name, and what must not change
    until the next look. `locked` is since when a lock file beside it says that it is open
    (seconds), or None."""

    way: tuple[str, ...]
    name: str
    stamp: FileStamp
    locked: float | None = None

    @property
    def agency_code(self) -> str:
        """The folder's name, where it can be an agency's code at all; codes are ASCII."""
        return self.way[0] if self.way[0].isascii() else ""

    @property
    def case_folder(self) -> str | None:
        """The folders below the agency's, one of which may be called after a case."""
        return "/".join(self.way[1:]) or None

    @property
    def path_bytes(self) -> bytes:
        """By the names' bytes: what differs in case or in Unicode form does not collide."""
        return join_path_bytes(self.way, self.name)


def join_path_bytes(way: tuple[str, ...], name: str) -> bytes:
    return os.fsencode("/".join((*way, name)))


UNTOUCHED_SECONDS = 600.0  # seconds: a file cut short that lies still for longer is taken as it is
_ZIP_END = b"PK\x05\x06"
_ZIP_END_SIZE = 22  # bytes; the last two say how long the comment after it is
_ZIP_TAIL = _ZIP_END_SIZE + 65_535  # bytes: the end record and the longest comment
_SHORT_TAIL = 1024  # bytes: what programs append after an end is less
_OLE_HEAD = 512  # bytes
_OLE_NO_SECTOR = 0xFFFFFFFA  # from here on a number names no sector


def is_long_untouched(stamp: FileStamp, now: float) -> bool:
    """A file far from now, either way, is one that nobody is writing any more: cut short or not,
    its sender should hear."""
    return abs(now - stamp[1] / 1e9) > UNTOUCHED_SECONDS


def is_file_whole(descriptor: int, size: int) -> bool:
    """Whether a file has the end that its format has (failure modes 20 and 119). An empty file may
    yet become any of them; of a format that has no end nothing can be said, so it counts as whole.
    """
    start = os.pread(descriptor, _LONGEST_START, 0)
    for begins, ends in FORMAT_ENDS.items():
        if begins.startswith(start[: len(begins)]):
            return ends(_Tail(descriptor, size))
    return True


@dataclass(frozen=True, slots=True)
class _Tail:
    """The end of an open file of `size` bytes."""

    descriptor: int
    size: int

    def last(self, length: int) -> bytes:
        return os.pread(self.descriptor, length, max(0, self.size - length))

    def first(self, length: int) -> bytes:
        return os.pread(self.descriptor, length, 0)


def _ends_as_ole(tail: _Tail) -> bool:
    """Whether it is as long as its header says: a whole number of sectors, with every sector that
    the header names among them. [MS-CFB] 2.2."""
    head = tail.first(_OLE_HEAD)
    if len(head) < _OLE_HEAD:
        return False
    shift = int.from_bytes(head[30:32], "little")
    if shift not in (9, 12):
        return True  # no compound file after all: nothing can be said of its end
    sectors, over = divmod(tail.size - (1 << shift), 1 << shift)
    named = (int.from_bytes(head[at : at + 4], "little") for at in range(76, _OLE_HEAD, 4))
    starts = (int.from_bytes(head[at : at + 4], "little") for at in (48, 60, 68))
    last = max((n for n in (*named, *starts) if n < _OLE_NO_SECTOR), default=0)
    return over == 0 and sectors > last


def _ends_as_png(tail: _Tail) -> bool:
    return b"IEND" in tail.last(_SHORT_TAIL)


# How a format begins, and whether a file ends as that format does.
FORMAT_ENDS: Mapping[bytes, Callable[[_Tail], bool]] = {
    b"PK\x03\x04": lambda tail: ends_as_zip(tail.last(_ZIP_TAIL)),
    b"%PDF-": lambda tail: b"%%EOF" in tail.last(_SHORT_TAIL),
    rb"{\rtf": lambda tail: tail.last(_SHORT_TAIL).rstrip(b"\0 \t\r\n").endswith(b"}"),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": _ends_as_ole,
    b"\xff\xd8\xff": lambda tail: b"\xff\xd9" in tail.last(_SHORT_TAIL),
    b"\x89PNG\r\n\x1a\n": _ends_as_png,
}
_LONGEST_START = max(map(len, FORMAT_ENDS))


def ends_as_zip(tail: bytes) -> bool:
    """Whether a file with this tail ends where a zip's own end record says it does."""
    at = tail.rfind(_ZIP_END)
    record = tail[at : at + _ZIP_END_SIZE]
    comment = int.from_bytes(record[-2:], "little")
    return at >= 0 and at + _ZIP_END_SIZE + comment == len(tail)


_DEEPEST = 6  # an agency's folder, and folders in it as deep as agencies keep their papers


@dataclass(slots=True)
class FolderScan:
    """What one look saw. `shut` are the folders that could not be looked into; `odd` is what is
    no return: where it lies, its name, and why; `aside` are the folders that have a `done/`."""

    files: list[FoundFile] = field(default_factory=list)
    odd: list[tuple[tuple[str, ...], str, StrayKind, FileStamp]] = field(default_factory=list)
    shut: list[tuple[str, ...]] = field(default_factory=list)
    aside: list[tuple[str, ...]] = field(default_factory=list)


def scan_drop_folder(root: OpenFolder) -> FolderScan:
    """Look everywhere. Raises ItemUnreadable when not even the drop folder can be listed."""
    look = FolderScan()
    for name, about in _of_others(root.list_entries(), depth=0):
        if stat.S_ISDIR(about.st_mode):
            _look_into(root, (name,), look)
        else:
            look.odd.append(((), name, "misplaced", file_stamp(about)))
    return look


def _look_into(parent: OpenFolder, way: tuple[str, ...], look: FolderScan) -> None:
    try:
        with parent.open_subfolder(way[-1]) as folder:
            _look_at(folder, way, folder.list_entries(), look)
    except ItemVanished:
        return
    except ItemUnreadable:
        look.shut.append(way)


def _look_at(
    folder: OpenFolder, way: tuple[str, ...], entries: list[FolderEntry], look: FolderScan
) -> None:
    look.aside += [way for name, _ in entries if name == DONE_FOLDER]
    open_elsewhere = {n.casefold(): about.st_mtime for n, about in entries if is_lock_file(n)}
    for name, about in _of_others(entries, depth=len(way)):
        if stat.S_ISDIR(about.st_mode):
            if len(way) < _DEEPEST:
                _look_into(folder, (*way, name), look)
            else:
                look.odd.append((way, name, "misplaced", file_stamp(about)))
        elif stat.S_ISREG(about.st_mode) and about.st_nlink == 1:
            locked = _locked(name, open_elsewhere) if open_elsewhere else None
            look.files.append(FoundFile(way, name, file_stamp(about), locked))
        else:
            look.odd.append((way, name, "no file", file_stamp(about)))


def _of_others(entries: Iterable[FolderEntry], *, depth: int) -> Iterator[FolderEntry]:
    """Without our own folders, and without what programs leave."""
    for name, about in entries:
        ours = stat.S_ISDIR(about.st_mode) and depth <= _DEEPEST and name.casefold() in OWN_FOLDERS
        if not ours and not is_ignored_name(name):
            yield name, about


def _locked(name: str, open_elsewhere: dict[str, float]) -> float | None:
    since = [open_elsewhere[lock] for lock in lock_file_names(name) if lock in open_elsewhere]
    return max(since, default=None)
