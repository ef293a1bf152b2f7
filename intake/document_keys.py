"""A key of its own for each original, wrapped by a data key: of its case, or of the board while it
is of none.

The wrapped keys of one owner lie together in a ring, `case-keys/12.documents`: 96 bytes a key, in
places that are written over. So a key goes from one owner to another without its original being
written anew, and a key that is destroyed is written over where it lay. A document of two cases has
its key in the rings of both.
"""

from __future__ import annotations

import os
import re
import secrets
import struct
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake.data_keys import BOARD, CASE_KEYS_FOLDER, NONCE_BYTES, DataKeys
from intake.keys import KEY_BYTES
from intake.safe_files import lock_folder, sync_folder

MARK_BYTES = 32
_SLOT = struct.Struct(f">2s{MARK_BYTES}sH{NONCE_BYTES}s{KEY_BYTES + 16}s")  # one key: 96 bytes
_HEAD = struct.Struct(">4sQ")  # how a ring begins, in a place of the same length: counts changes
_MAGIC_SLOT, _MAGIC_RING = b"SK", b"SCRR"
_RING_NAME = re.compile(r"(\d+)\.documents")
_EMPTY = bytes(_SLOT.size)


def mark_bytes(mark: str) -> bytes:
    """A mark as rings and seals have it."""
    with suppress(ValueError):
        if len(found := bytes.fromhex(mark)) == MARK_BYTES:
            return found
    return sha256(mark.encode()).digest()


@dataclass(slots=True)
class _Ring:
    """What one file held when it was last read."""

    path: Path
    owner: int
    changes: int = -1  # as its head counts them
    read_at: int = -2  # how many there were when its keys were read
    size: int = _SLOT.size
    places: dict[bytes, int] = field(default_factory=dict)
    slots: dict[bytes, bytes] = field(default_factory=dict)
    free: list[int] = field(default_factory=list)

    def changes_now(self) -> int:
        """How often it was changed by now; -1 where there is none."""
        try:
            descriptor = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return -1
        try:
            return _changes(os.pread(descriptor, _HEAD.size, 0))
        finally:
            os.close(descriptor)

    def refresh(self) -> bool:
        """Read it again if anybody has changed it; whether anybody had. Raises OSError."""
        changes = self.changes_now()
        if changes == self.read_at:
            return False
        self._take(self.path.read_bytes() if changes >= 0 else b"")
        self.changes = self.read_at = changes
        return True

    def _take(self, data: bytes) -> None:
        self.size = max(len(data), _SLOT.size)
        self.places, self.slots, self.free = {}, {}, []
        for place in range(_SLOT.size, len(data) - _SLOT.size + 1, _SLOT.size):
            slot = data[place : place + _SLOT.size]
            magic, id = slot[:2], slot[2 : 2 + MARK_BYTES]
            if magic == _MAGIC_SLOT:
                self.places[id], self.slots[id] = place, slot
            elif slot == _EMPTY:
                self.free.append(place)
        self.size -= self.size % _SLOT.size  # a kill may have left a part of one at the end

    def write(self, changed: Mapping[bytes, bytes | None]) -> None:
        """Put keys in, or write over them with nothing. Durable. Raises OSError. It is counted
        before and after, so that nobody who reads in between takes it for unchanged."""
        new = not self.path.exists()
        with self._opened() as descriptor:
            self._count(descriptor)
            for id, slot in changed.items():
                self._put(descriptor, id, slot)
            self._count(descriptor)
            os.fsync(descriptor)
        self.read_at = self.changes
        if new:
            sync_folder(self.path.parent)

    def count(self) -> None:
        """A change of another ring. Raises OSError."""
        unread = self.changes != self.read_at
        with self._opened() as descriptor:
            self._count(descriptor)
        if not unread:
            self.read_at = self.changes

    @contextmanager
    def _opened(self) -> Iterator[int]:
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    def _put(self, descriptor: int, id: bytes, slot: bytes | None) -> None:
        place = self.places.get(id)
        if slot is None:
            if place is not None:
                os.pwrite(descriptor, _EMPTY, place)
                self.free.append(place)
                del self.places[id], self.slots[id]
            return
        if place is None:
            place = self.free.pop() if self.free else self.size
            self.size = max(self.size, place + _SLOT.size)
        os.pwrite(descriptor, slot, place)
        self.places[id], self.slots[id] = place, slot

    def _count(self, descriptor: int) -> None:
        self.changes = max(self.changes, 0) + 1
        os.pwrite(descriptor, _HEAD.pack(_MAGIC_RING, self.changes), 0)


class DocumentKeys:
    """The keys of the originals of one vault. How the board's ring begins counts the changes of
    them all."""

    def __init__(self, vault: Path, data: DataKeys) -> None:
        self._vault = vault
        self._folder = vault / CASE_KEYS_FOLDER
        self._data = data
        self._seen = -2
        self._rings: dict[int, _Ring] = {}
        self._owners: dict[bytes, list[int]] = {}

    def find_cipher(self, mark: str | bytes) -> AESGCM | None:
        """The key of an original, from whichever ring has it; None where none does."""
        key = self._found(mark if isinstance(mark, bytes) else mark_bytes(mark))
        return AESGCM(key) if key is not None else None

    def get_or_make_cipher(self, mark: str) -> AESGCM:
        """The key of an original, made if there is none, and safe on the disk. Raises OSError."""
        id = mark_bytes(mark)
        with self._locked():
            key = self._found(id)
            if key is None:
                key = secrets.token_bytes(KEY_BYTES)
                self._write(BOARD, {id: self._slot(BOARD, id, key)})
            else:
                for owner in self._owners[id]:  # whoever wrote it may not have seen it safe
                    self._write(owner, {id: self._rings[owner].slots[id]})
        return AESGCM(key)

    def owners(self, mark: str) -> frozenset[int]:
        """In whose rings the key of an original is."""
        self._refresh()
        return frozenset(self._owners.get(mark_bytes(mark), ()))

    def marks_in_two_rings(self) -> list[str]:
        """Originals whose key is in more rings than one."""
        self._refresh()
        return sorted(id.hex() for id, owners in self._owners.items() if len(owners) > 1)

    def add_owners(self, owners: Mapping[str, Collection[int]]) -> None:
        """Put the key of each of these originals into the rings of these owners too, durably. One
        that has no key stays without. Raises OSError."""
        with self._locked():
            for owner in sorted({owner for whose in owners.values() for owner in whose}):
                ids = [mark_bytes(mark) for mark, whose in owners.items() if owner in whose]
                keys = {id: self._found(id) for id in ids if owner not in self._owners.get(id, ())}
                slots = {id: self._slot(owner, id, key) for id, key in keys.items() if key}
                self._write(owner, slots)

    def keep_owners(self, owners: Mapping[str, Collection[int]]) -> None:
        """Write over the key of each of these originals in every other ring; that of one which
        none of them has stays, unless there is to be none. Raises OSError."""
        with self._locked():
            self._refresh()
            gone: dict[int, dict[bytes, None]] = {}
            for mark, kept in owners.items():
                there = self._owners.get(mark_bytes(mark), ())
                for owner in there if not kept or set(kept) & set(there) else ():
                    if owner not in kept:
                        gone.setdefault(owner, {})[mark_bytes(mark)] = None
            for owner, ids in gone.items():
                self._write(owner, ids)

    def _found(self, id: bytes) -> bytes | None:
        self._refresh()
        opened = (self._opened(self._rings[owner], id) for owner in self._owners.get(id, ()))
        return next((key for key in opened if key is not None), None)

    def _opened(self, ring: _Ring, id: bytes) -> bytes | None:
        _, _, number, nonce, wrapped = _SLOT.unpack(ring.slots[id])
        cipher = self._data.cipher_by_number(ring.owner, number)
        if cipher is None:
            return None
        try:
            return cipher.decrypt(nonce, wrapped, _about(ring.owner, number, id))
        except InvalidTag:
            return None

    def _slot(self, owner: int, id: bytes, key: bytes) -> bytes:
        number, cipher = self._data.newest_cipher(owner)
        nonce = secrets.token_bytes(NONCE_BYTES)
        wrapped = cipher.encrypt(nonce, key, _about(owner, number, id))
        return _SLOT.pack(_MAGIC_SLOT, id, number, nonce, wrapped)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        for folder in (self._vault, self._folder):
            if not folder.exists():
                folder.mkdir(mode=0o700, exist_ok=True)
                sync_folder(folder.parent)
        with lock_folder(self._vault):
            yield

    def _write(self, owner: int, changed: Mapping[bytes, bytes | None]) -> None:
        """Only for whoever has the lock and has just looked."""
        if not changed:
            return
        board, ring = self._ring(BOARD), self._ring(owner)
        if ring is board:
            board.write(changed)
        else:
            board.count()
            ring.write(changed)
            board.count()
        self._seen = board.changes
        self._index(ring, changed)

    def _ring(self, owner: int) -> _Ring:
        return self._rings.setdefault(owner, _Ring(self._folder / f"{owner}.documents", owner))

    def _refresh(self) -> None:
        """Read again what anybody has changed."""
        board = self._ring(BOARD)
        changes = board.changes_now()
        if changes == self._seen:
            return
        self._seen = changes
        for path in self._folder.glob("*.documents"):
            if found := _RING_NAME.fullmatch(path.name):
                self._ring(int(found[1]))
        for ring in self._rings.values():
            before = ring.slots
            if ring.refresh():
                self._index(ring, {**before, **ring.slots})

    def _index(self, ring: _Ring, changed: Iterable[bytes]) -> None:
        for id in changed:
            others = [owner for owner in self._owners.get(id, ()) if owner != ring.owner]
            self._owners[id] = [*others, ring.owner] if id in ring.slots else others


def _changes(head: bytes) -> int:
    return int(_HEAD.unpack(head)[1]) if len(head) == _HEAD.size else 0


def _about(owner: int, number: int, id: bytes) -> bytes:
    return b"%s/%d/%d/" % (_MAGIC_SLOT, owner, number) + id
