"""Builders of real mail bytes and of what mail carries. All people and places are made up."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP

import pytest

Tree = Mapping[str, "bytes | Tree"]

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns='
    '"http://schemas.openxmlformats.org/package/2006/content-types"/>'
)


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def word(macros: bool = False, text: str = "made up") -> bytes:
    members = {
        "[Content_Types].xml": CONTENT_TYPES.encode(),
        "word/document.xml": f"<document>{text}</document>".encode(),
    }
    if macros:
        members["word/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"
    return zipped(members)


def letter(**headers: str) -> EmailMessage:
    """A plain mail from a registered contact; `From_="..."` and the like replace its headers."""
    message = EmailMessage(policy=SMTP)
    usual = {
        "From": "Ann Author <ann.author@surgery.example>",
        "To": "scr-returns+k3y@board.example",
        "Subject": "Review N12",
        "Date": "Thu, 01 Apr 2010 10:15:00 +0100",
        "Message-ID": "<one@surgery.example>",
    }
    given = {name.rstrip("_").replace("_", "-"): value for name, value in headers.items()}
    for name, value in {**usual, **given}.items():
        message[name] = value
    message.set_content("Please see attached for review N12.\n")
    return message


def with_files(*files: tuple[str, bytes], **headers: str) -> bytes:
    message = letter(**headers)
    for name, content in files:
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return message.as_bytes()


def by_hand(head: str, body: bytes | str = b"") -> bytes:
    """A mail from its header lines and its body, with CRLF between; for what no library writes."""
    raw = body if isinstance(body, bytes) else body.replace("\n", "\r\n").encode()
    return head.strip("\n").replace("\n", "\r\n").encode("utf-8") + b"\r\n\r\n" + raw


# -- compound files ([MS-CFB], version 3) ---------------------------------------------------------

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


class CompoundWriter:
    """Writes streams and storages as a compound file, small streams in its mini stream."""

    def __init__(self, tree: Tree) -> None:
        self.sectors: list[bytes] = []
        self.table: list[int] = []
        self.mini = bytearray()
        self.mini_table: list[int] = []
        self.nodes: list[list[object]] = [["Root Entry", 5, FREE, FREE, END, 0]]
        self.nodes[0][3] = self._children(tree)

    def _children(self, tree: Tree) -> int:
        first, previous = FREE, None
        for name, content in tree.items():
            number = len(self.nodes)
            if isinstance(content, bytes):
                start = self._stream(content)
                self.nodes.append([name, 2, FREE, FREE, start, len(content)])
            else:
                self.nodes.append([name, 1, FREE, FREE, 0, 0])
                self.nodes[number][3] = self._children(content)
            if previous is None:
                first = number
            else:
                self.nodes[previous][2] = number
            previous = number
        return first

    def _stream(self, content: bytes) -> int:
        if len(content) >= 4096:
            return self._put(content)
        start = len(self.mini_table)
        count = -(-len(content) // 64)
        self.mini += content.ljust(count * 64, b"\0")
        self.mini_table += [*range(start + 1, start + count), END] if count else []
        return start if count else END

    def _put(self, content: bytes) -> int:
        start, count = len(self.sectors), -(-len(content) // 512)
        if not count:
            return END
        padded = content.ljust(count * 512, b"\0")
        self.sectors += [padded[i * 512 : i * 512 + 512] for i in range(count)]
        self.table += [*range(start + 1, start + count), END]
        return start

    def bytes(self) -> bytes:
        self.nodes[0][4:] = [self._put(bytes(self.mini)), len(self.mini)]
        mini_table = self._put(struct.pack(f"<{len(self.mini_table)}I", *self.mini_table))
        directory = self._put(b"".join(map(self._node, self.nodes)))
        fat_sectors = 1
        while fat_sectors * 128 < len(self.table) + fat_sectors:
            fat_sectors += 1
        first_fat = len(self.table)
        self.table += [FAT] * fat_sectors
        self.table += [FREE] * (fat_sectors * 128 - len(self.table))
        fat = struct.pack(f"<{len(self.table)}I", *self.table)
        named = [*range(first_fat, first_fat + fat_sectors)]
        head = struct.pack(
            "<8s16x5H6x9I",
            bytes.fromhex("d0cf11e0a1b11ae1"), 0x3E, 3, 0xFFFE, 9, 6,
            0, fat_sectors, directory, 0, 4096, mini_table, 1 if self.mini_table else 0, END, 0,
        )  # fmt: skip
        head += struct.pack("<109I", *(named + [FREE] * 109)[:109])
        return head + b"".join(self.sectors) + fat

    def _node(self, node: list[object]) -> bytes:
        name, kind, right, child, start, size = node
        wide = (str(name) + "\0").encode("utf-16-le")
        return struct.pack(
            "<64sHBB3I16x4x16xIQ", wide, len(wide), kind, 1, FREE, right, child, start, size
        )


def compound(tree: Tree) -> bytes:
    return CompoundWriter(tree).bytes()


def outlook_file(name: str, content: bytes, content_id: str = "") -> Tree:
    """One attachment of a .msg, as the storage that holds it."""
    tree: dict[str, bytes | Tree] = {
        "__properties_version1.0": b"\0" * 32,
        "__substg1.0_3707001F": name.encode("utf-16-le"),
        "__substg1.0_37010102": content,
    }
    if content_id:
        tree["__substg1.0_3712001F"] = content_id.encode("utf-16-le")
    return tree


def msg(*attached: Tree) -> bytes:
    tree: dict[str, bytes | Tree] = {
        "__properties_version1.0": b"\0" * 32,
        "__substg1.0_0C1F001F": "boss@elsewhere.example".encode("utf-16-le"),
    }
    for number, one in enumerate(attached):
        tree[f"__attach_version1.0_#{number:08X}"] = one
    return compound(tree)


def winmail(*files: tuple[str, bytes]) -> bytes:
    """A TNEF stream ([MS-OXTNEF])."""

    def record(level: int, attribute: int, data: bytes) -> bytes:
        checksum = struct.pack("<H", sum(data) & 0xFFFF)
        return struct.pack("<BII", level, attribute, len(data)) + data + checksum

    out = bytes.fromhex("789f3e22") + b"\x01\x00"
    out += record(1, 0x00089006, struct.pack("<I", 0x00010000))
    for name, content in files:
        out += record(2, 0x00069002, b"\1\0" + b"\xff" * 4 + b"\0" * 8)
        if content.startswith(bytes.fromhex("789f3e22")):  # a mail, kept as an object
            out += record(2, 0x00018010, name.encode() + b"\0")
            out += record(2, 0x00069005, mapi_attachment(name, MAIL_OBJECT + content, 0x000D))
            continue
        out += record(2, 0x0006800F, content)
        out += record(2, 0x00018010, short_name(name).encode() + b"\0")
        out += record(2, 0x00069005, mapi_attachment(name, b"", 0x0102))
    return out


MAIL_OBJECT = bytes.fromhex("0703020000000000c000000000000046")  # IID_IMessage


def short_name(name: str) -> str:
    """As Windows shortens it: "Chronology for N12.docx" is CHRONO~1.DOC."""
    stem, _, ending = name.rpartition(".")
    return f"{stem[:6].upper()}~1.{ending[:3].upper()}" if len(stem) > 8 else name


def mapi_attachment(name: str, kept: bytes, type: int) -> bytes:
    """What Outlook writes of an attachment besides ([MS-OXTNEF] attAttachment)."""

    def counted(value: bytes) -> bytes:
        return struct.pack("<II", 1, len(value)) + value + b"\0" * (-len(value) % 4)

    entries = [
        struct.pack("<HHI", 0x0003, 0x3705, 5 if kept else 1),  # how it is kept
        struct.pack("<HH", 0x001F, 0x3707) + counted((name + "\0").encode("utf-16-le")),
        struct.pack("<HH", 0x000B, 0x7FFE) + struct.pack("<I", 0),
    ]
    if kept:
        entries.append(struct.pack("<HH", type, 0x3701) + counted(kept))
    return struct.pack("<I", len(entries)) + b"".join(entries)


class Make:
    """The builders under one name, for tests."""

    letter = staticmethod(letter)
    with_files = staticmethod(with_files)
    by_hand = staticmethod(by_hand)
    zipped = staticmethod(zipped)
    word = staticmethod(word)
    compound = staticmethod(compound)
    msg = staticmethod(msg)
    outlook_file = staticmethod(outlook_file)
    winmail = staticmethod(winmail)


@pytest.fixture(scope="session")
def make() -> type[Make]:
    return Make
