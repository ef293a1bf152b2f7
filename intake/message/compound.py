"""Reads compound files ([MS-CFB]), which hold Word 97, Outlook and encrypted Office files.

Every chain is followed at most as far as the file is long. Streams may share sectors, so whoever
reads many keeps count of what comes out.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from uuid import UUID

COMPOUND_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")

_END = 0xFFFFFFFA  # this and above are marks, not sectors
_NONE = 0xFFFFFFFF
_ENTRY = 128
_HEADER = struct.Struct("<26xH2x2H6x8xI4x2I4xI4x")
_NODE = struct.Struct("<64sHBx3I16s4x16xIQ")


_NO_CLASS = UUID(int=0)


class InvalidCompoundFile(Exception):
    """This is no compound file, or one that is cut or tampered with."""


@dataclass(frozen=True, slots=True)
class DirectoryNode:
    """A directory entry: a storage, or a stream of `size` bytes."""

    name: str
    storage: bool
    left: int
    right: int
    child: int
    start: int
    size: int
    class_id: UUID = _NO_CLASS


class CompoundFile:
    """An opened compound file.

    Raises InvalidCompoundFile, here and from its methods, and nothing else.
    """

    def __init__(self, content: bytes) -> None:
        if not content.startswith(COMPOUND_MAGIC) or len(content) < 512:
            raise InvalidCompoundFile
        version, power, mini_power, directory, cutoff, mini_table, more = _HEADER.unpack_from(
            content
        )
        if (version, power, mini_power) not in ((3, 9, 6), (4, 12, 6)):
            raise InvalidCompoundFile
        self._content = content
        self._sector = 1 << power
        self._mini_cutoff = cutoff
        self._size_mask = 0xFFFFFFFF if version == 3 else 0xFFFFFFFFFFFFFFFF
        self._table = self._read_table(more)
        self._directory = self._chain(directory)
        self._mini_table = _numbers(self._chain(mini_table))
        self._mini: bytes | None = None

    def children_by_name(self, storage: int = 0) -> dict[str, int]:
        """What a storage holds, as lower-case name to node number. 0 is the root."""
        found: dict[str, int] = {}
        seen: set[int] = set()
        waiting = [self.read_node(storage).child]
        while waiting:
            number = waiting.pop()
            if number == _NONE or number in seen:
                continue
            seen.add(number)
            node = self.read_node(number)
            found[node.name] = number
            waiting += [node.left, node.right]
        return found

    @property
    def entry_count(self) -> int:
        """How many entries its directory has."""
        return len(self._directory) // _ENTRY

    def read_node(self, number: int) -> DirectoryNode:
        if not 0 <= number < self.entry_count:
            raise InvalidCompoundFile
        raw, length, kind, left, right, child, class_id, start, size = _NODE.unpack_from(
            self._directory, number * _ENTRY
        )
        name = raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace").lower()
        own = UUID(bytes_le=class_id)
        return DirectoryNode(
            name, kind in (1, 5), left, right, child, start, size & self._size_mask, own
        )

    def read_stream(self, number: int, most: int) -> bytes:
        """The bytes of a stream, `most` at most."""
        node = self.read_node(number)
        size = min(node.size, most)
        if node.size < self._mini_cutoff:
            return self._mini_stream(node.start, size)
        return self._chain(node.start, size)[:size]

    def _read_table(self, more: int) -> tuple[int, ...]:
        """The sector table (FAT): its first 109 sectors are named in the header."""
        named = list(struct.unpack_from("<109I", self._content, 76))
        per_sector = self._sector // 4 - 1
        for _ in range(len(self._content) // self._sector):
            if more >= _END:
                break
            numbers = struct.unpack(f"<{per_sector + 1}I", self._sector_at(more))
            named += numbers[:per_sector]
            more = numbers[per_sector]
        sectors = [self._sector_at(number) for number in named if number < _END]
        if len(sectors) > len(self._content) // self._sector:
            raise InvalidCompoundFile
        return _numbers(b"".join(sectors))

    def _sector_at(self, number: int) -> bytes:
        start = (number + 1) * self._sector
        sector = self._content[start : start + self._sector]
        if not sector:
            raise InvalidCompoundFile
        return sector.ljust(self._sector, b"\0")  # the last sector may be short

    def _chain(self, start: int, most: int | None = None) -> bytes:
        longest = len(self._content) // self._sector + 1
        wanted = longest if most is None else min(longest, -(-most // self._sector))
        sectors: list[bytes] = []
        while start < _END and len(sectors) < wanted:
            if start >= len(self._table):
                raise InvalidCompoundFile
            sectors.append(self._sector_at(start))
            start = self._table[start]
        return b"".join(sectors)

    def _mini_stream(self, start: int, size: int) -> bytes:
        if self._mini is None:
            root = self.read_node(0)
            self._mini = self._chain(root.start, min(root.size, len(self._content)))
        pieces: list[bytes] = []
        while start < _END and len(pieces) * 64 < size:
            if start >= len(self._mini_table) or start * 64 >= len(self._mini):
                raise InvalidCompoundFile
            pieces.append(self._mini[start * 64 : start * 64 + 64])
            start = self._mini_table[start]
        return b"".join(pieces)[:size]


def _numbers(table: bytes) -> tuple[int, ...]:
    """A table of little-endian 32-bit numbers. A shorter last number is left off."""
    return struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])
