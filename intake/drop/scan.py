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

from intake.message.clutter import left_by_programs
from intake.safe_files import Entry, Folder, Stamp, stamp
from intake.source import StrayKind, Unreadable, Vanished

SENTINEL = ".scr-intake"
LOCK = ".scr-intake.lock"
DONE = "done"
RETURNED = "returned"  # what we put there for the agency
RECEIPT = ".receipt.txt"
OURS = frozenset({DONE, RETURNED})

LONGEST = 255  # bytes, of a name on any file system in use
_ENDING = 16  # characters; what is longer is no file ending


def ignored(name: str) -> bool:
    """Lock files and what Word leaves while it saves are not returns (failure mode 21)."""
    return left_by_programs(name) or name.casefold().endswith((".tmp", RECEIPT))


def locks(name: str) -> Iterator[str]:
    """The files that say that `name` is open: Word's, which leave out a letter or two of a longer
    name, and LibreOffice's. In lower case."""
    folded = name.casefold()
    yield from (f"~${folded[left_out:]}" for left_out in range(3))
    yield f".~lock.{folded}#"


def is_lock(name: str) -> bool:
    return name.startswith(("~$", ".~lock."))


def folded(name: str) -> str:
    """Two names with the same one may be one file somewhere: upper and lower case, composed and
    decomposed letters, dots and spaces at the end."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return unicodedata.normalize("NFKC", plain).rstrip(". ")


def numbered(name: str) -> Iterator[str]:
    """The name itself, then "Form (2).docx" and so on; none longer than a disk allows."""
    yield name
    stem, ending = Path(name).stem, Path(name).suffix[:_ENDING]
    for n in count(2):
        yield cut(stem, f" ({n}){ending}")


def cut(stem: str, tail: str) -> str:
    """`stem` and `tail` as one name, the stem cut short where it has to be."""
    room = LONGEST - len(os.fsencode(tail))
    return os.fsencode(stem)[:room].decode("utf-8", "ignore") + tail


def plain(name: str) -> str:
    """The name without what does not print, or turns the text around: for a file of ours."""
    shown = "".join(c if c.isprintable() and c not in '\\/:*?"<>|' else "_" for c in name)
    return shown.encode("utf-8", "replace").decode("utf-8").strip(" .") or "document"


@dataclass(frozen=True, slots=True)
class Found:
    """A file seen by one look: the folders on the way to it, its name, and what must not change
    until the next look. `locked` is since when a lock file beside it says that it is open
    (seconds), or None."""

    way: tuple[str, ...]
    name: str
    stamp: Stamp
    locked: float | None = None

    @property
    def agency(self) -> str:
        """The folder's name, where it can be an agency's code at all; codes are ASCII."""
        return self.way[0] if self.way[0].isascii() else ""

    @property
    def case(self) -> str | None:
        """The folders below the agency's, one of which may be called after a case."""
        return "/".join(self.way[1:]) or None

    @property
    def path(self) -> bytes:
        """By the names' bytes: what differs in case or in Unicode form does not collide."""
        return path(self.way, self.name)


def path(way: tuple[str, ...], name: str) -> bytes:
    return os.fsencode("/".join((*way, name)))


PATIENCE = 600.0  # seconds: a file cut short that lies still for longer is taken as it is
_ZIP_END = b"PK\x05\x06"
_ZIP_END_SIZE = 22  # bytes; the last two say how long the comment after it is
_ZIP_TAIL = _ZIP_END_SIZE + 65_535  # bytes: the end record and the longest comment
_SHORT_TAIL = 1024  # bytes: what programs append after an end is less
_OLE_HEAD = 512  # bytes
_OLE_NO_SECTOR = 0xFFFFFFFA  # from here on a number names no sector


def long_untouched(stamp: Stamp, now: float) -> bool:
    """A file far from now, either way, is one that nobody is writing any more: cut short or not,
    its sender should hear."""
    return abs(now - stamp[1] / 1e9) > PATIENCE


def whole(descriptor: int, size: int) -> bool:
    """Whether a file has the end that its format has (failure modes 20 and 119). An empty file may
    yet become any of them; of a format that has no end nothing can be said, so it counts as whole.
    """
    start = os.pread(descriptor, _LONGEST_START, 0)
    for begins, ends in ENDS.items():
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
ENDS: Mapping[bytes, Callable[[_Tail], bool]] = {
    b"PK\x03\x04": lambda tail: ends_as_zip(tail.last(_ZIP_TAIL)),
    b"%PDF-": lambda tail: b"%%EOF" in tail.last(_SHORT_TAIL),
    rb"{\rtf": lambda tail: tail.last(_SHORT_TAIL).rstrip(b"\0 \t\r\n").endswith(b"}"),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": _ends_as_ole,
    b"\xff\xd8\xff": lambda tail: b"\xff\xd9" in tail.last(_SHORT_TAIL),
    b"\x89PNG\r\n\x1a\n": _ends_as_png,
}
_LONGEST_START = max(map(len, ENDS))


def ends_as_zip(tail: bytes) -> bool:
    """Whether a file with this tail ends where a zip's own end record says it does."""
    at = tail.rfind(_ZIP_END)
    record = tail[at : at + _ZIP_END_SIZE]
    comment = int.from_bytes(record[-2:], "little")
    return at >= 0 and at + _ZIP_END_SIZE + comment == len(tail)


_DEEPEST = 6  # an agency's folder, and folders in it as deep as agencies keep their papers


@dataclass(slots=True)
class Look:
    """What one look saw. `shut` are the folders that could not be looked into; `odd` is what is
    no return: where it lies, its name, and why; `aside` are the folders that have a `done/`."""

    files: list[Found] = field(default_factory=list)
    odd: list[tuple[tuple[str, ...], str, StrayKind, Stamp]] = field(default_factory=list)
    shut: list[tuple[str, ...]] = field(default_factory=list)
    aside: list[tuple[str, ...]] = field(default_factory=list)


def scan(root: Folder) -> Look:
    """Look everywhere. Raises Unreadable when not even the drop folder can be listed."""
    look = Look()
    for name, about in _of_others(root.entries(), depth=0):
        if stat.S_ISDIR(about.st_mode):
            _look_into(root, (name,), look)
        else:
            look.odd.append(((), name, "misplaced", stamp(about)))
    return look


def _look_into(parent: Folder, way: tuple[str, ...], look: Look) -> None:
    try:
        with parent.below(way[-1]) as folder:
            _look_at(folder, way, folder.entries(), look)
    except Vanished:
        return
    except Unreadable:
        look.shut.append(way)


def _look_at(folder: Folder, way: tuple[str, ...], entries: list[Entry], look: Look) -> None:
    look.aside += [way for name, _ in entries if name == DONE]
    open_elsewhere = {n.casefold(): about.st_mtime for n, about in entries if is_lock(n)}
    for name, about in _of_others(entries, depth=len(way)):
        if stat.S_ISDIR(about.st_mode):
            if len(way) < _DEEPEST:
                _look_into(folder, (*way, name), look)
            else:
                look.odd.append((way, name, "misplaced", stamp(about)))
        elif stat.S_ISREG(about.st_mode) and about.st_nlink == 1:
            locked = _locked(name, open_elsewhere) if open_elsewhere else None
            look.files.append(Found(way, name, stamp(about), locked))
        else:
            look.odd.append((way, name, "no file", stamp(about)))


def _of_others(entries: Iterable[Entry], *, depth: int) -> Iterator[Entry]:
    """Without our own folders, and without what programs leave."""
    for name, about in entries:
        ours = stat.S_ISDIR(about.st_mode) and depth <= _DEEPEST and name.casefold() in OURS
        if not ours and not ignored(name):
            yield name, about


def _locked(name: str, open_elsewhere: dict[str, float]) -> float | None:
    since = [open_elsewhere[lock] for lock in locks(name) if lock in open_elsewhere]
    return max(since, default=None)
