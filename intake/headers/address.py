"""Reads From into exactly one strict address, and To and Cc into those of theirs that are strict.

`email.utils` finds an address in `alice@example.org(<bob@evil.example>` (failure mode 42); here
what is not plainly one address is none. Quoted local parts, address literals and groups are none.
"""

from __future__ import annotations

import re

from config.international_address import MAX_ADDRESS_LENGTH, domain_to_ascii, normalise_local_part
from intake.decoding import decode_encoded_words
from intake.headers.header_block import Headers

_MARK = re.compile(r'["()<>,;:\\]')


def parse_sender(headers: Headers) -> tuple[str, str]:
    """(address, trouble): one of the two is "". The words are those of SENDER_TROUBLES."""
    found = headers.values_of("from")
    if not found:
        return "", "none"
    if len(found) > 1:
        return "", "several-headers"
    pieces = split_mailboxes(found[0])
    if pieces is None or not pieces:
        return "", "not-an-address"
    pieces = _with_unquoted_comma(pieces)
    if len(pieces) > 1:
        return "", "several"
    address = address_of_mailbox(pieces[0])
    return (address, "") if address else ("", "not-an-address")


def _with_unquoted_comma(pieces: list[str]) -> list[str]:
    """`One, Author <a@b>` without the quotes it needs is one mailbox: before the one address stand
    words alone, in which nothing can be taken for another."""
    *names, last = pieces
    if names and "<" in last and not any(c in name for name in names for c in "@<>"):
        return [last]
    return pieces


def parse_recipients(headers: Headers, most: int) -> tuple[str, ...]:
    """The strict addresses it was sent or delivered to, in their order, each once."""
    names = ("delivered-to", "x-original-to", "envelope-to", "to", "cc")
    found: dict[str, None] = {}
    for value in (value for name in names for value in headers.values_of(name)):
        for piece in split_mailboxes(value) or ():
            address = address_of_mailbox(piece)
            if address and len(found) < most:
                found[address] = None
    return tuple(found)


def display_name(headers: Headers) -> str:
    """What a mail program shows of From before its last address: a name, or a trick."""
    before, angle, _ = headers.first_value("from").rpartition("<")
    return decode_encoded_words(before).strip(" \t\"'") if angle else ""


def sub_address_tag(address: str) -> str:
    """The tag of a sub-address: "token" for `returns+token@board.example`; "" without one."""
    return address.rpartition("@")[0].partition("+")[2]


def without_sub_address(address: str) -> str:
    """The address that a sub-address belongs to: `returns@board.example`."""
    local, at, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


def strict_address(text: str) -> str:
    """`text` as `local@domain`, the domain an A-label in lower case; else ""."""
    local, _, domain = text.rpartition("@")
    local, domain = normalise_local_part(local), domain_to_ascii(domain)
    if not local or not domain or "=?" in local:
        return ""
    return f"{local}@{domain}" if len(local) + 1 + len(domain) <= MAX_ADDRESS_LENGTH else ""


def address_of_mailbox(piece: str) -> str:
    """The address of one mailbox, `Display <a@b>` or `a@b`; "" when it is not plainly one.

    Outlook leaves an address used as a display name unquoted. That passes only while it is the
    very same address: two different ones are what a forger writes.
    """
    display, angle, rest = piece.partition("<")
    if not angle:
        return strict_address(piece.strip())
    inner, _, after = rest.partition(">")
    address = strict_address(inner.strip())
    if after.strip() or ("@" in display and display.strip(" '\t").lower() != address.lower()):
        return ""
    return address


def split_mailboxes(value: str) -> list[str] | None:
    """The comma-separated mailboxes, comments and quoted display names taken out.

    None when quotes, comments or angle brackets do not close, or when it is a group. One pass,
    no recursion, however many brackets there are (failure mode 28).
    """
    scan = _Scan()
    position = 0
    for mark in _MARK.finditer(value):
        if mark.start() < position:  # the character after a backslash
            continue
        scan.text(value[position : mark.start()])
        position = mark.end()
        if mark[0] == "\\" and scan.unread:
            position += 1
        elif not scan.mark(mark[0]):
            return None
    scan.text(value[position:])
    return scan.finish()


class _Scan:
    """Where in an address list we are: in a quoted string, a comment, an angle bracket."""

    def __init__(self) -> None:
        self._quoted = False
        self._comments = 0
        self._angle = False
        self._piece: list[str] = []
        self._pieces: list[str] = []

    @property
    def unread(self) -> bool:
        """Inside a quoted string or a comment."""
        return self._quoted or self._comments > 0

    def text(self, text: str) -> None:
        if not self.unread:
            self._piece.append(text)

    def mark(self, mark: str) -> bool:
        """Step over one special character; False when it cannot stand where it does."""
        if self._quoted:
            self._quoted = mark != '"'
            return True
        if mark in "()":
            self._comments += 1 if mark == "(" else -1
            return self._comments >= 0 and not self._angle
        if self._comments:
            return mark != "<"  # a second address, that another program may read as the first
        return self._outside(mark)

    def _outside(self, mark: str) -> bool:
        if mark == '"':
            self._quoted = True
            return not self._angle
        if mark == ",":
            self._end_piece()
            return not self._angle
        if mark in "<>":
            self._angle, was = mark == "<", self._angle
            self._piece.append(mark)
            return was != self._angle
        return False  # ";" and ":" make a group; a backslash quotes nothing here

    def _end_piece(self) -> None:
        piece = "".join(self._piece).strip()
        if piece:
            self._pieces.append(piece)
        self._piece = []

    def finish(self) -> list[str] | None:
        if self._quoted or self._comments or self._angle:
            return None
        self._end_piece()
        return self._pieces
