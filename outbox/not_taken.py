"""What lies in a source and was not taken, in a sentence by which a person finds it.

Does: words a stray, or many of one sort, for the digest: which folder or mailbox, when it was last
changed, how large it is, and what to do. Pure.
Trusts: the register for which folder names may be said: a code or a reference is ours, any other
name may be a child's.
Never touches: names of files; they are not kept.
Known limits: two files of one size, changed in one minute, are told alike.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from config.calendar import moment
from intake.strays import Noticed

_SAYS = {
    "no file": "is a link, or not an ordinary file, and was not opened. Ask the agency for a copy",
    "no message": "is a link, a folder or not an ordinary file, and no message; it was not opened."
    " Ask the operator to take it away",
    "misplaced": "was not looked at: returns belong in an agency's folder, or in one"
    " not far below it. Move it there",
    "unsettled": "is still being written, or is open in Word. Ask the agency to close it",
    "unreadable": "cannot be read. Ask the operator to look at its permissions",
    "too large": "is larger than anything the toolkit asks for, and was not taken. Ask the agency",
}


def not_taken(strays: Sequence[Noticed], folder: str, now: datetime) -> str:
    """ "Drop folder GP: something of 34 KB, last changed at ..., cannot be read. Ask ...". Of many
    that are there for one reason: "Drop folder GP, 12 times: something of 4 MB in all ..."."""
    times = f", {len(strays):,} times" if len(strays) > 1 else ""
    in_all = " in all" if times else ""
    total = sum(stray.size for stray in strays)
    unknown = not total and strays[0].kind == "unreadable"
    what = "something" if unknown else f"something of {_size(total)}{in_all}"
    changed = max(stray.changed for stray in strays)
    when = moment(changed.astimezone(now.tzinfo)) if changed.year > 1970 else ""
    last = f", last changed at {when}," if when else ""
    return f"{folder}{times}: {what}{last} {_SAYS[strays[0].kind]}."


def folder(stray: Noticed, codes: Collection[str], references: Collection[str]) -> str:
    """Where it lies."""
    way = stray.way
    if stray.source != "drop":
        return f"The mailbox {stray.source}"
    if not way:
        return "The drop folder itself"
    if way[0] not in codes:
        return "A folder in the drop folder that is no agency's"
    if len(way) == 1:
        return f"Drop folder {way[0]}"
    below = way[1] if way[1] in references else "a folder below it that is no case's"
    return f"Drop folder {way[0]}, {below}"


def _size(size: int) -> str:
    if size < 1024:
        return f"{size} bytes"
    if size < 1024 * 1024:
        return f"{size // 1024:,} KB"
    return f"{size / (1024 * 1024):,.1f} MB"
