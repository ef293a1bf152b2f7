"""Names in the drop folder: which are ours, which are no return, and which are one name twice.

Does: says what to pass over, when two names would collide on some file system, and what of an
agency's name may be used for a file of ours.
Trusts: nothing about a name.
Never touches: files.
Known limits: names that differ only in ways no file system folds together are kept apart too.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from intake.message.litter import left_by_programs

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
