"""The tree of MIME parts, walked to every leaf, and their transfer encodings."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from intake import decoding
from intake.headers import header_block
from intake.headers.header_block import Headers, MailLimits

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


def decode_content(content: bytes, encoding: str) -> tuple[bytes, bool]:
    """(what was sent, damaged). Never raises; an encoding nobody knows is damage."""
    name = transfer_encoding(encoding)
    if name != "base64" and content[:20].lstrip().startswith(_PACKED):
        return _base64(content)
    if name == "base64":
        return _base64(content)
    if name == "quoted-printable":
        return binascii.a2b_qp(content), bool(_BAD_HEX.search(content))
    if name == "uuencode":
        return decoding.decode_uuencoded(content)
    return content, name is None


def transfer_encoding(said: str) -> str | None:
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


# RFC 2046: what a part is when it does not say, in a digest and elsewhere.
_DEFAULT = {"multipart/digest": "message/rfc822"}
_ALTERNATIVES = "multipart/alternative"


@dataclass(frozen=True, slots=True)
class MimeLeaf:
    """One part that is no multipart: its headers, what kind it is declared, what it holds. `branch`
    names the innermost of several alternatives that it is in; it is empty outside of them."""

    headers: Headers
    kind: str
    content: bytes
    damaged: bool = False
    branch: tuple[int, ...] = ()


@dataclass(slots=True)
class ReadingBudget:
    """What reading one mail may still cost, and the troubles met so far, in their order."""

    limits: MailLimits
    parts: int = 0
    unpacked: int = 0
    told: dict[str, None] = field(default_factory=dict)

    def note_trouble(self, trouble: str) -> None:
        self.told[trouble] = None

    def count_part(self) -> bool:
        self.parts += 1
        if self.parts > self.limits.parts:
            self.note_trouble("too-many-parts")
        return self.parts <= self.limits.parts

    def reserve_bytes(self, size: int) -> bool:
        """Take `size` bytes of what may be unpacked; False when there is not so much left."""
        if self.unpacked + size > self.limits.unpacked_bytes:
            self.note_trouble("too-big")
            return False
        self.unpacked += size
        return True


def walk_leaves(headers: Headers, body: bytes, budget: ReadingBudget) -> Iterator[MimeLeaf]:
    """Every leaf under one header block, in order. Troubles go to `budget`."""
    return _leaves(headers, body, budget, depth=0, default="text/plain", cut_off=False)


def _leaves(
    headers: Headers, body: bytes, budget: ReadingBudget, depth: int, default: str, cut_off: bool
) -> Iterator[MimeLeaf]:
    if not budget.count_part():
        return
    kind = headers.content_type or default
    if not kind.startswith("multipart/"):
        yield _leaf(headers, kind, body, cut_off)
        return
    pieces = MultipartPieces(body, headers.type_parameter("boundary"), budget.limits.parts)
    if not pieces.starts:
        budget.note_trouble("truncated")
        yield _leaf(headers, "text/plain", body, cut_off=True)
    elif depth >= budget.limits.depth:
        budget.note_trouble("too-deep")
    else:
        children = enumerate(_children(kind, pieces, budget, depth + 1, cut_off))
        for number, leaves in children:
            yield from _in_branch(kind, number, leaves)


def _in_branch(kind: str, number: int, leaves: Iterable[MimeLeaf]) -> Iterator[MimeLeaf]:
    """The leaves below the part with that number, each told where among alternatives it is."""
    for leaf in leaves:
        inside = leaf.branch or kind == _ALTERNATIVES
        yield replace(leaf, branch=(number, *leaf.branch)) if inside else leaf


def _children(
    kind: str, pieces: MultipartPieces, budget: ReadingBudget, depth: int, cut_off: bool
) -> Iterator[Iterator[MimeLeaf]]:
    if not pieces.closed:
        budget.note_trouble("truncated")
    default = _DEFAULT.get(kind, "text/plain")
    for piece, last in pieces:
        block_and_body = header_block.split_header_block(piece, budget.limits.part_header_bytes)
        if block_and_body is None:
            budget.note_trouble("header-too-long")
            continue
        headers = header_block.parse_headers(block_and_body[0])
        if headers.contradicts_itself:
            budget.note_trouble("duplicate-headers")
        cut_here = last and (cut_off or not pieces.closed)
        yield _leaves(headers, block_and_body[1], budget, depth, default, cut_here)
        if "too-many-parts" in budget.told:
            return


def _leaf(headers: Headers, kind: str, body: bytes, cut_off: bool) -> MimeLeaf:
    content, damaged = decode_content(body, headers.first_value("content-transfer-encoding"))
    return MimeLeaf(headers, kind, content, damaged or cut_off)


class MultipartPieces:
    """A multipart's body, cut at its delimiter lines (RFC 2046, 5.1.1).

    `closed` says that the closing delimiter is there. It stops looking after `most` parts.
    """

    def __init__(self, body: bytes, boundary: str, most: int) -> None:
        self._body = body
        self.starts: list[int] = []
        self._ends: list[int] = []
        self.closed = False
        written = re.escape(boundary.rstrip()[:200].encode("utf-8", "replace"))
        delimiter = re.compile(rb"--" + written + rb"(--)?[ \t]*(?=\r?\n|\Z)")
        for line in delimiter.finditer(body) if boundary else ():
            if line.start() == 0 or body[line.start() - 1] == 0x0A:
                self._cut(line.start(), line.end(), closing=line[1] is not None)
            if self.closed or len(self.starts) > most:
                break

    def _cut(self, start: int, end: int, closing: bool) -> None:
        if len(self._ends) < len(self.starts):
            self._ends.append(start)
        if closing:
            self.closed = True
        else:
            self.starts.append(self._body.find(b"\n", end) + 1 or len(self._body))

    def __iter__(self) -> Iterator[tuple[bytes, bool]]:
        """Each part with whether it is the last. The line end before a delimiter belongs to the
        delimiter, so a part loses it."""
        ends = [*self._ends, len(self._body)]
        for number, (start, end) in enumerate(zip(self.starts, ends, strict=False), 1):
            piece = self._body[start:end]
            if number <= len(self._ends):
                piece = piece.removesuffix(b"\n").removesuffix(b"\r")
            yield piece, number == len(self.starts)
