"""Transfer encodings: from what travelled to what was sent.

Does: undoes base64 and quoted-printable, and says whether the encoding was whole.
Trusts: nothing. A base64 text cut short decodes without complaint in most libraries (failure
mode 34); here it is told, and as much as can be read is kept.
Never touches: charsets.
Known limits: base64 cut at a multiple of four characters looks whole; a missing closing boundary
then tells. uuencode and yEnc are kept as they came and called damaged.
"""

from __future__ import annotations

import binascii
import re

_SPACE = bytes(range(33))
_BASE64 = re.compile(rb"[A-Za-z0-9+/]*={0,2}")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_BAD_HEX = re.compile(rb"=(?![0-9A-Fa-f]{2}|[ \t]*\r?\n|[ \t]*\Z)")
_AS_IS = frozenset({"", "7bit", "8bit", "binary"})


def decode(content: bytes, encoding: str) -> tuple[bytes, bool]:
    """(what was sent, damaged). Never raises; an unknown encoding is damage."""
    encoding = encoding.strip().lower()
    if encoding == "base64":
        return _base64(content)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(content), bool(_BAD_HEX.search(content))
    return content, encoding not in _AS_IS


def _base64(content: bytes) -> tuple[bytes, bool]:
    packed = content.translate(None, _SPACE)
    whole = len(packed) % 4 == 0 and _BASE64.fullmatch(packed) is not None
    if whole:
        return binascii.a2b_base64(packed), False
    kept = _NOT_BASE64.sub(b"", packed.partition(b"=")[0])
    kept = kept[:-1] if len(kept) % 4 == 1 else kept
    return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4)), True
