"""A file that is not a zip but Microsoft's older container (OLE compound file).

Does: tells an encrypted or rights-managed document from an old .doc by the names in the
container's directory.
Trusts: nothing. Directory entries are found by their shape (128 bytes, aligned, name, length of
name, type), so no chain of sectors is followed and none can loop.
Never touches: the streams themselves.
Known limits: an old .doc with a password of its own is told as an old .doc; the converter that
meets it next says the rest.
"""

from __future__ import annotations

from handlers.word.refusals import Damaged, LegacyWord, Protected, Refusal

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTRY = 128  # bytes in a directory entry; its name takes the first 64
STREAM = 2  # the type byte of a stream


def refusal(data: bytes) -> Refusal:
    """What to raise for a compound file; `Damaged` when it holds no document at all."""
    if _has_stream(data, "EncryptedPackage"):
        return Protected()
    if _has_stream(data, "WordDocument"):
        return LegacyWord()
    return Damaged()


def _has_stream(data: bytes, name: str) -> bool:
    raw = (name + "\0").encode("utf-16-le")
    at = data.find(raw)
    while at >= 0:
        length = int.from_bytes(data[at + 64 : at + 66], "little")
        if at % ENTRY == 0 and length == len(raw) and data[at + 66 : at + 67] == bytes([STREAM]):
            return True
        at = data.find(raw, at + 1)
    return False
