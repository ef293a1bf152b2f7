"""Tells whether an embedded object ([MS-OLEDS]) can act or reach out, by what it is made of.

Nothing that the document says of it is believed. What is not plainly one of the harmless classes,
with the streams of that class and no other, is a danger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

from handlers.document import Traits
from intake.message.compound import COMPOUND_MAGIC, CompoundFile, DirectoryNode, InvalidCompoundFile

ZIP_MAGIC = b"PK\x03\x04"
MAX_NODES = 2_000  # of one object
EMBEDDED_OBJECT, PACKED_FILE, ACTIVE_CONTROL, LINKED_OBJECT = (
    "embedded-object",
    "packed-file",
    "active-control",
    "linked-object",
)

_SHEET, _TEXT, _SLIDES = (
    frozenset({"workbook", "book"}),
    frozenset({"worddocument"}),
    frozenset({"powerpoint document"}),
)
_DRAWING, _EQUATION, _OPEN_XML = (
    frozenset({"visiodocument"}),
    frozenset({"equation native"}),
    frozenset({"package"}),
)
_PICTURE = frozenset({"contents", "\x02olepres000", "\x02olepres001"})

# Classes that only show something until a person opens them, and one of the streams each has.
HARMLESS_CLASSES: dict[str, frozenset[str]] = {
    "00020810-0000-0000-c000-000000000046": _SHEET,  # Excel 5
    "00020811-0000-0000-c000-000000000046": _SHEET,
    "00020820-0000-0000-c000-000000000046": _SHEET,  # Excel 97 to 2003
    "00020821-0000-0000-c000-000000000046": _SHEET,  # a chart of it
    "00020800-0000-0000-c000-000000000046": _SHEET,  # Graph
    "00020801-0000-0000-c000-000000000046": _SHEET,
    "00020803-0000-0000-c000-000000000046": _SHEET,
    "00020900-0000-0000-c000-000000000046": _TEXT,  # Word 6
    "00020901-0000-0000-c000-000000000046": _TEXT,  # a picture of it
    "00020906-0000-0000-c000-000000000046": _TEXT,  # Word 97 to 2003
    "00020907-0000-0000-c000-000000000046": _TEXT,  # a picture of it
    "64818d10-4f9b-11cf-86ea-00aa00b929e8": _SLIDES,  # PowerPoint 97 to 2003
    "64818d11-4f9b-11cf-86ea-00aa00b929e8": _SLIDES,
    "00021a13-0000-0000-c000-000000000046": _DRAWING,  # Visio
    "00021a14-0000-0000-c000-000000000046": _DRAWING,
    "00021a15-0000-0000-c000-000000000046": _DRAWING,
    "00021a20-0000-0000-c000-000000000046": _DRAWING,
    "0002ce02-0000-0000-c000-000000000046": _EQUATION,  # Equation 3.0
    "0002ce03-0000-0000-c000-000000000046": _EQUATION,  # MathType
    "00020830-0000-0000-c000-000000000046": _OPEN_XML,  # Excel since 2007
    "f4754c9b-64f5-4b40-8af4-679732ac0607": _OPEN_XML,  # Word since 2007
    "cf4f55f4-8f87-4d47-80bb-5808164bb3f8": _OPEN_XML,  # PowerPoint since 2007
    "048eb43e-2059-422f-95e0-557da96038af": _OPEN_XML,  # a slide of it
    "00000315-0000-0000-c000-000000000046": _PICTURE,  # a metafile
    "00000316-0000-0000-c000-000000000046": _PICTURE,  # a bitmap
    "00000319-0000-0000-c000-000000000046": _PICTURE,  # an enhanced metafile
}
_NO_CLASS = UUID(int=0)

# What, wherever it is in an object, makes it one that acts or reaches out.
_ACTS: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"\x01ole10native", "\x01ole10itemname"}), PACKED_FILE),
    (frozenset({"\x03ocxname", "\x03ocxdata", "ocxdata", "\x03vbframe"}), ACTIVE_CONTROL),
    (frozenset({"macros", "_vba_project_cur", "_vba_project", "vba"}), EMBEDDED_OBJECT),
    (frozenset({"encryptedpackage", "encryptioninfo"}), EMBEDDED_OBJECT),
)
_OLE = "\x01ole"
_IS_LINK = 1
# A font record of an equation, whose name has more than the editor's room for it.
_LONG_FONT = re.compile(rb"\x08[^\0]{44,}")
_MOST_EQUATION = 64 * 1024


def danger_of_content(content: bytes, opened: Traits | None = None) -> str:
    """A danger word, or "" for an object that does no more than be shown. `opened` is what was
    found in `content` as an Office file of its own, where it is one."""
    if content.startswith(ZIP_MAGIC):
        return (
            "" if opened is not None and not (opened.dangers or opened.macros) else EMBEDDED_OBJECT
        )
    if not content.startswith(COMPOUND_MAGIC):
        return EMBEDDED_OBJECT
    try:
        return _of_compound(CompoundFile(content))
    except InvalidCompoundFile:
        return EMBEDDED_OBJECT


def danger_beside_macros(content: bytes) -> str:
    """What acts in a compound file that is allowed to have macros, or ""."""
    try:
        names = {node.name for node in _nodes(CompoundFile(content))}
    except InvalidCompoundFile:
        return ""
    return next((word for acting, word in _ACTS[:1] if acting & names), "")


# What a packed file is, by how it begins, and by how its name ends where it says nothing.
_BEGINS = (
    (b"MZ", "packed-program"),
    (b"\x7fELF", "packed-program"),
    (b"L\0\0\0\x01\x14\x02\0", "packed-script"),
    (b"%PDF-", "packed-pdf"),
    (b"\xff\xd8\xff", "packed-picture"),
    (b"\x89PNG", "packed-picture"),
    (ZIP_MAGIC, "packed-office"),
    (COMPOUND_MAGIC, "packed-office"),
)
_SCRIPTS = (b".js", b".jse", b".vbs", b".vbe", b".wsf", b".bat", b".cmd", b".ps1", b".hta", b".lnk",
            b".url", b".reg", b".py", b".scf")  # fmt: skip
_HEAD = 2_048  # bytes of a packed file's names


def danger_of_packed_file(content: bytes) -> str:
    """What the packed file in an object is, a danger word; "" where that cannot be told."""
    try:
        compound = CompoundFile(content)
        root = compound.children_by_name()
        stream = compound.read_stream(root["\x01ole10native"], _HEAD + 64)
    except (InvalidCompoundFile, KeyError):
        return ""
    return danger_of_native_data(stream[4:])


def danger_of_native_data(native: bytes) -> str:
    """The same of what the packer itself wrote: two bytes, two names, a third one with its length,
    and the length of what follows."""
    label, _, rest = native[2:_HEAD].partition(b"\0")
    path, _, rest = rest.partition(b"\0")
    third = int.from_bytes(rest[4:8], "little")
    inner = rest[8 + third + 4 :]
    word = next((word for magic, word in _BEGINS if inner.startswith(magic)), "")
    named = label.lower().endswith(_SCRIPTS) or path.lower().endswith(_SCRIPTS)
    return word or ("packed-script" if named else "")


def inner_office_file(content: bytes) -> bytes:
    """The Office file that an object of a newer class wraps, or b""."""
    try:
        compound = CompoundFile(content)
        stream = compound.children_by_name().get("package")
        return b"" if stream is None else compound.read_stream(stream, len(content))
    except InvalidCompoundFile:
        return b""


def _of_compound(compound: CompoundFile) -> str:
    nodes = list(_nodes(compound))
    names = {node.name for node in nodes}
    for acting, word in _ACTS:
        if acting & names:
            return word
    if len(nodes) > MAX_NODES or any(not _known(node) for node in nodes):
        return EMBEDDED_OBJECT
    root = compound.children_by_name()
    wanted = HARMLESS_CLASSES.get(str(compound.read_node(0).class_id))
    if wanted is None or wanted.isdisjoint(root):
        return EMBEDDED_OBJECT
    if _OLE in root and _is_link(compound.read_stream(root[_OLE], 8)):
        return LINKED_OBJECT
    if wanted is _EQUATION and _overflows(compound.read_stream(root["equation native"], 1 << 20)):
        return EMBEDDED_OBJECT
    return ""


def _nodes(compound: CompoundFile) -> Iterator[DirectoryNode]:
    """Every entry of the directory, whether anything leads to it or not."""
    for number in range(min(compound.entry_count, MAX_NODES + 1)):
        yield compound.read_node(number)


def _known(node: DirectoryNode) -> bool:
    """A storage inside another may be an object of its own."""
    return node.class_id == _NO_CLASS or str(node.class_id) in HARMLESS_CLASSES or not node.storage


def _is_link(ole: bytes) -> bool:
    return len(ole) == 8 and bool(ole[4] & _IS_LINK)


def _overflows(equation: bytes) -> bool:
    return len(equation) > _MOST_EQUATION or _LONG_FONT.search(equation) is not None
