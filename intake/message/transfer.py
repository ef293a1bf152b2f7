"""Transfer encodings: from what travelled to what was sent.

Does: undoes base64, quoted-printable and uuencode, also where the encoding's name is written
sloppily or says another than the one that was used, and says whether the encoding was whole.
Trusts: nothing. A base64 text cut short decodes without complaint in most libraries (failure
mode 34); here it is told, and as much as can be read is kept.
Never touches: charsets.
Known limits: base64 cut at a multiple of four characters looks whole; a missing closing boundary
then tells. yEnc is kept as it came and called damaged.
"""

from __future__ import annotations

import binascii
import re

from intake.message import uuencode

_SPACE = bytes(range(33))
_BASE64 = re.compile(rb"[A-Za-z0-9+/]*={0,2}")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_BAD_HEX = re.compile(rb"=(?![0-9A-Fa-f]{2}|[ \t]*\r?\n|[ \t]*\Z)")
_COMMENT = re.compile(r"\([^()]*\)")
_NOT_A_NAME = re.compile(r"[^a-z0-9]+")

# Names as programs write them, without what stands between their letters.
_NAMES = {
    **dict.fromkeys(("base64", "xbase64", "b64", "b", "mimebase64", "base64encoded"), "base64"),
    **dict.fromkeys(("quotedprintable", "qp", "q", "quotedprint", "quoted"), "quoted-printable"),
    **dict.fromkeys(
        ("xuuencode", "uuencode", "xuue", "uue", "xuuencoded", "uuencoded"), "uuencode"
    ),
    **dict.fromkeys(("", "7bit", "8bit", "binary", "7bits", "8bits", "none", "text", "plain"), ""),
    **dict.fromkeys(("ascii", "usascii", "utf8", "iso88591", "identity", "unknown8bit"), ""),
}
# How documents begin in base64: zip and Office, older Office, PDF, RTF, pictures.
_PACKED = (
    b"UEsDB", b"0M8R4KGx", b"JVBERi0", b"e1xydGY", b"/9j/", b"iVBORw0KGgo", b"SUkqA", b"TU0AK",
)  # fmt: skip


def decode(content: bytes, encoding: str) -> tuple[bytes, bool]:
    """(what was sent, damaged). Never raises; an encoding nobody knows is damage."""
    name = encoding_of(encoding)
    if name != "base64" and content[:20].lstrip().startswith(_PACKED):
        return _base64(content)
    if name == "base64":
        return _base64(content)
    if name == "quoted-printable":
        return binascii.a2b_qp(content), bool(_BAD_HEX.search(content))
    if name == "uuencode":
        return uuencode.decoded(content)
    return content, name is None


def encoding_of(said: str) -> str | None:
    """ "base64", "quoted-printable", "uuencode", "" for what is not encoded, or None."""
    first = _COMMENT.sub("", said[:200]).partition(";")[0].partition(",")[0]
    return _NAMES.get(_NOT_A_NAME.sub("", first.lower()))


def _base64(content: bytes) -> tuple[bytes, bool]:
    packed = content.translate(None, _SPACE)
    whole = len(packed) % 4 == 0 and _BASE64.fullmatch(packed) is not None
    if whole:
        return binascii.a2b_base64(packed), False
    kept = _NOT_BASE64.sub(b"", packed.partition(b"=")[0])
    kept = kept[:-1] if len(kept) % 4 == 1 else kept
    return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4)), True
