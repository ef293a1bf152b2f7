"""Mail as it is written by hand: what no library will write, line for line.

Does: puts headers and parts together into the bytes of one message.
Trusts: its caller for what the headers say.
Never touches: the network, the clock.
Known limits: one level of parts, unless a part is given as a whole.
"""

from __future__ import annotations

import base64
import binascii
import struct
import zlib
from collections.abc import Mapping

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEAD = {
    "From": "Author One <author@meadowlane.example>",
    "To": "scr-returns@board.example",
    "Subject": "Chronology as asked",
    "Date": "Thu, 01 Apr 2010 09:00:00 +0100",
    "Message-ID": "<raw@meadowlane.example>",
    "MIME-Version": "1.0",
}
TEXT = {"Content-Type": "text/plain; charset=us-ascii"}
Part = tuple[Mapping[str, str], bytes]


def head(fields: Mapping[str, str]) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value).encode()


def message(body: str | bytes, extra: bytes = b"", **fields: str) -> bytes:
    """One without parts. `fields` replace those of HEAD, "_" standing for "-"; `extra` are lines
    of the header as they are to stand."""
    own = {**HEAD, **TEXT, **_named(fields)}
    return extra + head(own) + b"\r\n" + _bytes(body)


def mixed(*parts: Part | str, extra: bytes = b"", kind: str = "mixed", **fields: str) -> bytes:
    """One of several parts; a text alone is a part of plain text."""
    own = {**HEAD, **_named(fields), "Content-Type": f'multipart/{kind}; boundary="BB1"'}
    return extra + head(own) + b"\r\n" + _parts(parts, b"BB1") + b"--BB1--\r\n"


def inside(*parts: Part | str, kind: str = "alternative") -> Part:
    """Parts that are one part together."""
    body = _parts(parts, b"BB2") + b"--BB2--\r\n"
    return {"Content-Type": f'multipart/{kind}; boundary="BB2"'}, body


def attached(name: str, content: bytes, kind: str = DOCX, **fields: str) -> Part:
    """An attachment in base64; `fields` replace its headers, or with "" leave one out."""
    own = {
        "Content-Type": f'{kind}; name="{name}"',
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Transfer-Encoding": "base64",
        **_named(fields),
    }
    return own, base64.encodebytes(content)


def html(markup: str) -> Part:
    return {"Content-Type": "text/html; charset=utf-8"}, markup.encode()


def uuencoded(content: bytes, name: str = "chronology.docx") -> bytes:
    lines = (content[at : at + 45] for at in range(0, len(content), 45))
    packed = b"".join(binascii.b2a_uu(line) for line in lines)
    return f"begin 644 {name}\n".encode() + packed + b"`\nend\n"


def png(width: int, height: int, noise: int = 0) -> bytes:
    """A picture, white; `noise` adds bytes that no reader looks at."""

    def chunk(name: bytes, data: bytes) -> bytes:
        sum_ = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + sum_

    rows = (b"\0" + b"\xff" * width) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">2I5B", width, height, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows))
        + (chunk(b"teSt", b"x" * noise) if noise else b"")
        + chunk(b"IEND", b"")
    )


def _named(fields: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-").title().replace("Id", "ID", name == "message_id"): value
            for name, value in fields.items()}  # fmt: skip


def _parts(parts: tuple[Part | str, ...], boundary: bytes) -> bytes:
    out = b""
    for part in parts:
        fields, body = (TEXT, part.encode()) if isinstance(part, str) else part
        out += b"--" + boundary + b"\r\n" + head(fields) + b"\r\n" + body + b"\r\n"
    return out


def _bytes(body: str | bytes) -> bytes:
    return body.encode() if isinstance(body, str) else body
