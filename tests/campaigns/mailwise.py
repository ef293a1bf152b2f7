"""Mutations of a mail that leave it a mail: its headers, boundaries, parts and encodings.

Does: each takes a mail and a source of chance, and returns another.
Trusts: nothing. Known limits: lines are what it sees; a header folded over several is several.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from random import Random

from tests.campaigns.bytewise import Mutation

Lines = list[bytes]
_HEADERS = (
    b"From: a@b.example, c@d.example", b'From: "', b"From: (c):", b"From: =?utf-8?b?AAAA?= <x@y>",
    b"Sender: <>", b"Content-Type: x; name*", b"Content-Type: multipart/mixed",
    b"Content-Type: message/rfc822", b"Content-Type: text/html; charset=x-no-such",
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=x",
    b"Content-Type: application/ms-tnef", b"Content-Type: application/pkcs7-mime",
    b'Content-Type: multipart/mixed; boundary="' + b"b" * 200 + b'"',
    b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: x-uuencode",
    b"Content-Transfer-Encoding: quoted-printable",
    b"Content-Disposition: attachment; filename*0*=x",
    b"Content-Disposition: inline; filename*=utf-99''%FF%00", b"Subject: =?x?q?=0D=0ABcc:_y@z?=",
    b"References: " + b"<a@b> " * 500, b"In-Reply-To: <" + b"x" * 900 + b">", b"Return-Path: <>",
    b"Auto-Submitted: auto-replied (x", b"To: " + b"a@b.example, " * 400, b"To: " + b"(" * 2000,
    b"Received: ;;;;", b"Date: 99 Foo 0000", b"\xff\xfe: \xff", b" folded", b"no colon here", b":",
    b"Message-ID: <<>>", b"Authentication-Results: a; dmarc=pass (x", b"DKIM-Signature: v=",
)  # fmt: skip


def _lines(change: Callable[[Lines, Random], None]) -> Mutation:
    def mutated(data: bytes, chance: Random) -> bytes:
        lines = data.split(b"\n")
        change(lines, chance)
        return b"\n".join(lines)

    mutated.__name__ = change.__name__
    return mutated


def _header_lines(lines: Lines) -> list[int]:
    """Lines that look like headers, of the mail and of its parts."""
    return [at for at, line in enumerate(lines) if b": " in line[:40]] or [0]


def header_dropped(lines: Lines, chance: Random) -> None:
    del lines[chance.choice(_header_lines(lines))]


def header_doubled(lines: Lines, chance: Random) -> None:
    at = chance.choice(_header_lines(lines))
    lines.insert(at, lines[at])


def header_put_in(lines: Lines, chance: Random) -> None:
    lines.insert(chance.choice(_header_lines(lines)), chance.choice(_HEADERS))


def header_replaced(lines: Lines, chance: Random) -> None:
    lines[chance.choice(_header_lines(lines))] = chance.choice(_HEADERS)


def header_moved(lines: Lines, chance: Random) -> None:
    one = lines.pop(chance.choice(_header_lines(lines)))
    lines.insert(chance.randrange(len(lines) + 1), one)


def boundary_changed(lines: Lines, chance: Random) -> None:
    bounds = [at for at, line in enumerate(lines) if line.startswith(b"--")]
    if bounds:
        at = chance.choice(bounds)
        odd = (lines[at] + b"--", lines[at][:-1], b"", lines[at] * 2, b" " + lines[at], b"--")
        lines[at] = chance.choice(odd)


def lines_dropped(lines: Lines, chance: Random) -> None:
    at = chance.randrange(len(lines))
    del lines[at : at + chance.randrange(1, 30)]


def lines_doubled(lines: Lines, chance: Random) -> None:
    at = chance.randrange(len(lines))
    lines[at:at] = lines[at : at + chance.randrange(1, 60)]


def endings_changed(data: bytes, chance: Random) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\n", chance.choice((b"\r", b"\n", b"\r\n")))


def in_a_mail(data: bytes, chance: Random) -> bytes:
    """Wrapped as a forwarded mail, a few times over."""
    for _ in range(chance.choice((1, 2, 40))):
        data = b"From: x@y.example\r\nContent-Type: message/rfc822\r\n\r\n" + data
    return data


def as_base64(data: bytes, chance: Random) -> bytes:
    kind = chance.choice((b"message/rfc822", b"application/octet-stream", b"text/plain", b"x"))
    head = b"From: x@y.example\r\nContent-Type: %s\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head % kind + b64encode(data)


def many_parts(data: bytes, chance: Random) -> bytes:
    part = b"--q\r\nContent-Type: %s\r\n\r\nx\r\n" % chance.choice(
        (b"text/html", b"", b"image/png")
    )
    head = b"From: x@y.example\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n"
    return head + part * chance.choice((5, 300, 3000)) + b"--q\r\n\r\n" + data


MUTATIONS: tuple[Mutation, ...] = (
    *map(_lines, (header_dropped, header_doubled, header_put_in, header_replaced, header_moved,
                  boundary_changed, lines_dropped, lines_doubled)),
    endings_changed, in_a_mail, as_base64, many_parts,
)  # fmt: skip
