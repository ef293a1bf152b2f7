"""Outlook's .msg: a mail kept as a compound file.

Does: takes the attached files out, those of a mail attached to it included.
Trusts: nothing. How much comes out in all is bounded here, because streams of a compound file may
overlap.
Never touches: the mail's own text, sender or recipients: it never says who sent what we got.
Known limits: an attachment kept only as a link or as another program's object stays inside; that
one is there is told.
Source: [MS-OXMSG]; property tags from [MS-OXPROPS].
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from intake.message.compound import Compound

_FILE = "__attach_version1.0_#"
_DATA = "__substg1.0_37010102"  # PidTagAttachDataBinary
_MAIL = "__substg1.0_3701000d"  # PidTagAttachDataObject
_PROPERTIES = "__properties_version1.0"  # every mail has them, and no other object
_NAMES = ("__substg1.0_3707001f", "__substg1.0_3703001f", "__substg1.0_3704001f")
_NARROW_NAMES = ("__substg1.0_3707001e", "__substg1.0_3703001e", "__substg1.0_3704001e")
_CONTENT_ID = ("__substg1.0_3712001f", "__substg1.0_3712001e")
_NAME_BYTES = 1_024


@dataclass(frozen=True, slots=True)
class Kept:
    """One file: its name or ending, its bytes, and whether the text shows it by content id.
    `lost` says that its bytes are not in the mail, or not as a file."""

    name: str
    content: bytes
    shown: bool
    lost: bool = False


def files(content: bytes, most: int, room: int, depth: int) -> Iterator[Kept]:
    """Every attached file, `most` at most.

    They end with the one that takes them over `room` bytes in all, cut to one byte more than
    there was room for. Raises NotCompound, also after some files have come out.
    """
    left = room
    compound = Compound(content)
    for count, storage in enumerate(_storages(compound, 0, depth)):
        if count >= most:
            return
        inside = compound.children(storage)
        if _DATA not in inside:
            yield Kept("", b"", shown=False, lost=True)
            continue
        data = compound.stream(inside[_DATA], left + 1)
        left -= len(data)
        yield Kept(_name(compound, inside), data, any(c in inside for c in _CONTENT_ID))
        if left < 0:
            return


def _storages(compound: Compound, mail: int, depth: int) -> Iterator[int]:
    """The attachments in the order they were attached, those of a mail among them in its place."""
    for name, storage in sorted(compound.children(mail).items()):
        if not name.startswith(_FILE):
            continue
        inside = compound.children(storage)
        kept = inside.get(_MAIL)
        if kept is not None and _PROPERTIES in compound.children(kept):
            if depth > 1:
                yield from _storages(compound, kept, depth - 1)
        else:
            yield storage


def _name(compound: Compound, inside: dict[str, int]) -> str:
    for wide, narrow in zip(_NAMES, _NARROW_NAMES, strict=True):
        if wide in inside:
            return compound.stream(inside[wide], _NAME_BYTES).decode("utf-16-le", "replace")
        if narrow in inside:
            return compound.stream(inside[narrow], _NAME_BYTES).decode("cp1252", "replace")
    return ""
