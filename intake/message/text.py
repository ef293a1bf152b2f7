"""Bytes of a stated character set, turned into text that is safe to search.

Does: decodes with replacement whatever charset is claimed, reads encoded words, and takes out
control and direction characters. Tells the ending of a file name, the one use names have here.
Trusts: nothing. A charset counts only when it is in a closed list: Python's registry also holds
codecs that are slow, that warn, or that are no character sets (failure mode 32).
Never touches: a file once imported. Codecs are modules that Python opens on first use, and the
confined worker may open none by then, so they are all looked up here.
Known limits: a charset outside the list is read as UTF-8, then as Windows-1252.
"""

from __future__ import annotations

import codecs
import encodings.cp437  # zip names
import encodings.idna  # noqa: F401  # domains
import re
from email.errors import HeaderParseError
from email.header import decode_header

_NAMES = (
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254",
    "cp1255", "cp1256", "cp1257", "iso8859-2", "iso8859-15", "koi8-r", "gb18030", "big5",
    "shift_jis", "iso2022_jp", "euc_kr",
)  # fmt: skip
_CODECS = {codecs.lookup(name).name for name in _NAMES}
# Mail labelled with these was mostly written by programs that meant Windows-1252.
_REALLY = {"ascii": "cp1252", "iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_ALIASES = {
    "us-ascii": "ascii", "ansi_x3.4-1968": "ascii", "ascii": "ascii", "latin1": "iso8859-1",
    "latin-1": "iso8859-1", "iso-8859-1": "iso8859-1", "iso8859-1": "iso8859-1",
    "gb2312": "gb2312", "gbk": "gbk", "utf8": "utf-8", "iso-8859-15": "iso8859-15",
    "iso-8859-2": "iso8859-2", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
    "iso-2022-jp": "iso2022_jp", "euc-kr": "euc_kr",
    **{f"windows-{n}": f"cp{n}" for n in range(1250, 1258)},
}  # fmt: skip

# C0 and C1 controls, zero-width and direction characters, lone surrogates, byte order marks.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_ENDING = re.compile(r"\.([A-Za-z0-9]{1,8})[^A-Za-z0-9.]{0,20}\Z")


def decoded(content: bytes, charset: str = "") -> str:
    """The text of `content`. Never raises: what cannot be read becomes U+FFFD."""
    named = charset.strip().lower()
    named = _ALIASES.get(named, named)
    named = _REALLY.get(named, named)
    if named in _CODECS and named != "utf-8":
        return content.decode(named, "replace")
    text = content.decode("utf-8-sig", "replace")
    return text if named == "utf-8" or "\ufffd" not in text else content.decode("cp1252", "replace")


def cleaned(text: str, longest: int) -> str:
    """At most `longest` characters, without any that a reader cannot see."""
    return _UNSEEN.sub("", text[: longest * 2])[:longest]


def one_line(text: str, longest: int) -> str:
    """The same, white space folded to single spaces."""
    return " ".join(cleaned(text, longest).split())


def ending(name: str) -> str:
    """The ending of a file name in lower case: "docx" for "a/b.DOCX"; "" when it has none."""
    match = _ENDING.search(name[-300:])
    return match[1].lower() if match else ""


def without_encoded_words(value: str, longest: int = 2_000) -> str:
    """A header's value as a person reads it: `=?utf-8?q?caf=C3=A9?=` becomes `café`."""
    value = value[:longest]
    if "=?" not in value:
        return value
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError, LookupError):
        return value
    return "".join(p if isinstance(p, str) else decoded(p, c or "") for p, c in pieces)
