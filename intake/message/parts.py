"""The tree of parts, walked to every leaf.

Does: cuts a body at its boundaries and yields each leaf, decoded, whatever its disposition
(failure mode 29). Mails within the mail are left to `unpack.py`.
Trusts: nothing. Python's own parser recurses and scans line by line; here depth, parts and header
bytes are bounded before anything is parsed (failure mode 28).
Never touches: what a leaf holds.
Known limits: preambles and epilogues are not read. A part whose header block is too long is left
out, and told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from intake.message import headers as header_block
from intake.message import transfer
from intake.message.headers import Headers
from intake.message.limits import MailLimits

# RFC 2046: what a part is when it does not say, in a digest and elsewhere.
_DEFAULT = {"multipart/digest": "message/rfc822"}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One part that is no multipart: its headers, what kind it is declared, what it holds."""

    headers: Headers
    kind: str
    content: bytes
    damaged: bool = False


@dataclass(slots=True)
class Budget:
    """What reading one mail may still cost, and the troubles met so far, in their order."""

    limits: MailLimits
    parts: int = 0
    unpacked: int = 0
    told: dict[str, None] = field(default_factory=dict)

    def tell(self, trouble: str) -> None:
        self.told[trouble] = None

    def another_part(self) -> bool:
        self.parts += 1
        if self.parts > self.limits.parts:
            self.tell("too-many-parts")
        return self.parts <= self.limits.parts

    def room_for(self, size: int) -> bool:
        """Take `size` bytes of what may be unpacked; False when there is not so much left."""
        if self.unpacked + size > self.limits.unpacked_bytes:
            self.tell("too-big")
            return False
        self.unpacked += size
        return True


def leaves(headers: Headers, body: bytes, budget: Budget) -> Iterator[Leaf]:
    """Every leaf under one header block, in order. Troubles go to `budget`."""
    return _leaves(headers, body, budget, depth=0, default="text/plain", cut_off=False)


def _leaves(
    headers: Headers, body: bytes, budget: Budget, depth: int, default: str, cut_off: bool
) -> Iterator[Leaf]:
    if not budget.another_part():
        return
    kind = headers.kind or default
    if not kind.startswith("multipart/"):
        yield _leaf(headers, kind, body, cut_off)
        return
    pieces = Pieces(body, headers.parameter("boundary"), budget.limits.parts)
    if not pieces.starts:
        budget.tell("truncated")
        yield _leaf(headers, "text/plain", body, cut_off=True)
    elif depth >= budget.limits.depth:
        budget.tell("too-deep")
    else:
        yield from _children(kind, pieces, budget, depth + 1, cut_off)


def _children(
    kind: str, pieces: Pieces, budget: Budget, depth: int, cut_off: bool
) -> Iterator[Leaf]:
    if not pieces.closed:
        budget.tell("truncated")
    default = _DEFAULT.get(kind, "text/plain")
    for piece, last in pieces:
        block_and_body = header_block.cut(piece, budget.limits.part_header_bytes)
        if block_and_body is None:
            budget.tell("header-too-long")
            continue
        headers = header_block.parse(block_and_body[0])
        if headers.contradicts_itself:
            budget.tell("duplicate-headers")
        cut_here = last and (cut_off or not pieces.closed)
        yield from _leaves(headers, block_and_body[1], budget, depth, default, cut_here)
        if "too-many-parts" in budget.told:
            return


def _leaf(headers: Headers, kind: str, body: bytes, cut_off: bool) -> Leaf:
    content, damaged = transfer.decode(body, headers.first("content-transfer-encoding"))
    return Leaf(headers, kind, content, damaged or cut_off)


class Pieces:
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
