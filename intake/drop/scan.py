"""One look at the drop folder: every file that may be a return, and what else lies there.

Does: walks the agencies' folders and those below them, by descriptor, following no link.
Trusts: nothing below the drop folder.
Never touches: what lies in a file.
Known limits: what lies deeper than any agency keeps its papers is told and not looked at. A file
that is gone between listing and looking is left out.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from intake.drop.found import Found
from intake.drop.names import DONE, OURS, ignored, is_lock, locks
from intake.folder import Entry, Folder
from intake.opened import Stamp, stamp
from intake.source import StrayKind, Unreadable, Vanished

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
