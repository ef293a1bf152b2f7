"""Signed mail (S/MIME, RFC 8551): unwrapped, its outermost signature held against what it
signs."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from intake.headers import header_block
from intake.headers.header_block import Headers
from intake.message import mime
from intake.message.file_type import SIGNED_DATA_MARKS, is_encrypted_p7m, sniff_format
from intake.message.mime import MultipartPieces, ReadingBudget
from intake.signatures.signature import (
    BROKEN_SIGNATURE,
    DigitalSignature,
    SignatureTrust,
    doubtful_signature,
    load_if_installed,
)

MAX_ELEMENTS, MAX_NESTING = 500_000, 20
_SEQUENCE, _SET, _INTEGER, _OID, _OCTETS, _OCTETS_IN_PIECES, _TAGGED = (
    *(0x30, 0x31, 0x02, 0x06, 0x04, 0x24),
    0xA0,
)
_MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")
_HASHES = {
    bytes.fromhex("2b0e03021a"): "sha1",
    bytes.fromhex("608648016503040201"): "sha256",
    bytes.fromhex("608648016503040202"): "sha384",
    bytes.fromhex("608648016503040203"): "sha512",
}
_CONSTRUCTED, _LONG_TAG, _OPEN = 0x20, 0x1F, 0x80
_END = b"\0\0"
_ARMOUR = re.compile(rb"-----BEGIN (?:PKCS7|CMS)-----(.*?)-----END", re.S)


class NoSignedContent(Exception):
    """There is no content in it, or it cannot be followed to it."""


@dataclass(frozen=True, slots=True)
class _Element:
    tag: int
    start: int
    end: int
    after: int


def signed_content(signed: bytes) -> bytes:
    """Raises NoSignedContent."""
    reader = _Reader(_bare(signed))
    kind, wrapped = reader.inside(reader.element(0), _OID, _TAGGED)
    if reader.bytes_of(kind) != SIGNED_DATA_MARKS[0][2:]:
        raise NoSignedContent
    (data,) = reader.inside(wrapped, _SEQUENCE)
    _, _, packed = reader.inside(data, _INTEGER, _SET, _SEQUENCE)
    _, content = reader.inside(packed, _OID, _TAGGED)
    return b"".join(reader.octets(next(reader.children(content), content), 0))


def is_content_changed(content: bytes, signed: bytes) -> bool:
    """Whether `content` is not what was signed, by the digest of every signer. False where that
    cannot be told. Never raises."""
    try:
        said = list(_digests(_Reader(_bare(signed))))
    except (NoSignedContent, ValueError):  # a piece too few, or too many
        return False
    return bool(said) and all(
        hashlib.new(name, content, usedforsecurity=False).digest() != digest
        for name, digest in said
    )


def _digests(reader: _Reader) -> Iterator[tuple[str, bytes]]:
    """(hash, digest) of what each signer says they signed."""
    _, wrapped = reader.inside(reader.element(0), _OID, _TAGGED)
    (data,) = reader.inside(wrapped, _SEQUENCE)
    *_, signers = reader.children(data)
    for signer in reader.children(signers):
        _, _, algorithm, *rest = reader.children(signer)
        (oid,) = reader.inside(algorithm, _OID)
        name = _HASHES.get(reader.bytes_of(oid))
        for attribute in (
            reader.children(rest[0]) if name and rest and rest[0].tag == _TAGGED else ()
        ):
            kind, values = reader.inside(attribute, _OID, _SET)
            if name and reader.bytes_of(kind) == _MESSAGE_DIGEST:
                (digest,) = reader.inside(values, _OCTETS)
                yield name, reader.bytes_of(digest)


def _bare(signed: bytes) -> bytes:
    armoured = _ARMOUR.search(signed) if signed.startswith(b"-----BEGIN") else None
    if armoured is None:
        return signed
    try:
        return base64.b64decode(armoured[1])
    except binascii.Error:
        raise NoSignedContent from None


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._seen = 0

    def inside(self, parent: _Element, *tags: int) -> list[_Element]:
        """The first children, which have to be of these kinds."""
        found = [child for child, _ in zip(self.children(parent), tags, strict=False)]
        if [child.tag for child in found] != list(tags):
            raise NoSignedContent
        return found

    def octets(self, element: _Element, depth: int) -> Iterator[bytes]:
        if element.tag == _OCTETS:
            yield self.bytes_of(element)
        elif element.tag == _OCTETS_IN_PIECES and depth < MAX_NESTING:
            for piece in self.children(element):
                yield from self.octets(piece, depth + 1)
        else:
            raise NoSignedContent

    def bytes_of(self, element: _Element) -> bytes:
        return self._data[element.start : element.end]

    def children(self, parent: _Element) -> Iterator[_Element]:
        at = parent.start
        while at < parent.end:
            child = self.element(at)
            if child.after > parent.end:
                raise NoSignedContent
            yield child
            at = child.after

    def element(self, at: int, depth: int = 0) -> _Element:
        self._seen += 1
        head = self._data[at : at + 6]
        if self._seen > MAX_ELEMENTS or depth > MAX_NESTING or len(head) < 2:
            raise NoSignedContent
        tag, length, start = head[0], head[1], at + 2
        if tag & _LONG_TAG == _LONG_TAG:
            raise NoSignedContent
        if length == _OPEN:
            end = self._end_of(start, depth) if tag & _CONSTRUCTED else -1
            return self._within(_Element(tag, start, end, end + len(_END)))
        if length > _OPEN:
            width = length - _OPEN
            length, start = int.from_bytes(head[2 : 2 + width]), start + width
            if width > 4:
                raise NoSignedContent
        return self._within(_Element(tag, start, start + length, start + length))

    def _end_of(self, at: int, depth: int) -> int:
        """Where the end mark of an element stands whose length was left open."""
        while self._data[at : at + 2] != _END:
            at = self.element(at, depth + 1).after
        return at

    def _within(self, element: _Element) -> _Element:
        if not 0 <= element.start <= element.end <= element.after <= len(self._data):
            raise NoSignedContent
        return element


CHECKER_MODULE = "intake.signatures.cms"
SIGNATURE_TYPES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature"})
_WRAPPED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_LONE_LINE_FEED = re.compile(rb"(?<!\r)\n")


@dataclass(frozen=True, slots=True)
class MimeEntity:
    """A message or a part of one: its headers and, not yet decoded, what is under them."""

    headers: Headers
    body: bytes


def parse_entity(content: bytes, budget: ReadingBudget) -> MimeEntity | None:
    """What stands at the top of `content`; None, and a trouble told, where no header ends."""
    block_and_body = header_block.split_header_block(content, budget.limits.header_bytes)
    if block_and_body is None:
        budget.note_trouble("header-too-long")
        return None
    return MimeEntity(header_block.parse_headers(block_and_body[0]), block_and_body[1])


def unwrap_signed(whole: MimeEntity, budget: ReadingBudget) -> MimeEntity:
    """The message inside its signatures, or the message itself."""
    for _ in range(budget.limits.containers):
        signed = _wrapped(whole)
        inner = inner_message(signed, budget) if signed is not None else None
        if inner is None:
            return whole
        budget.note_trouble("signed")
        whole = inner
    return whole


def inner_message(signed: bytes, budget: ReadingBudget) -> MimeEntity | None:
    """The message inside a signed one; None where it cannot be got out."""
    try:
        content = signed_content(signed)
    except NoSignedContent:
        return None
    return parse_entity(content, budget) if budget.reserve_bytes(len(content)) else None


def check_signature(
    whole: MimeEntity, trust: SignatureTrust | None, budget: ReadingBudget
) -> DigitalSignature | None:
    """What the signature over a whole message comes to, None where there is none."""
    over = _signed_and_signature(whole, budget)
    if over is None:
        return None
    checker = load_if_installed(CHECKER_MODULE)
    if checker is None or trust is None:
        return BROKEN_SIGNATURE if is_content_changed(*over) else doubtful_signature("unchecked")
    found: DigitalSignature = checker.signature_over(*over, trust)
    return found


def warm(setup: object) -> None:
    """Load what checking needs, if it is installed, while files can still be opened."""
    load_if_installed(CHECKER_MODULE)


def _signed_and_signature(whole: MimeEntity, budget: ReadingBudget) -> tuple[bytes, bytes] | None:
    signed = _wrapped(whole)
    if signed is not None:
        try:
            return signed_content(signed), signed
        except NoSignedContent:
            return None
    return _beside(whole, budget) if whole.headers.content_type == "multipart/signed" else None


def _beside(whole: MimeEntity, budget: ReadingBudget) -> tuple[bytes, bytes] | None:
    """The first part, as it is signed: with the line ends that mail travels with."""
    pieces = MultipartPieces(
        whole.body, whole.headers.type_parameter("boundary"), budget.limits.parts
    )
    two = [piece for piece, _ in islice(pieces, 3)]
    signature = parse_entity(two[1], budget) if len(two) == 2 else None
    if signature is None or signature.headers.content_type not in SIGNATURE_TYPES:
        return None
    return _LONE_LINE_FEED.sub(b"\r\n", two[0]), _decoded(signature)


def _wrapped(whole: MimeEntity) -> bytes | None:
    """The signed message that `whole` is nothing but a cover of."""
    if whole.headers.content_type not in _WRAPPED:
        return None
    content = _decoded(whole)
    return content if sniff_format(content) == "p7m" and not is_encrypted_p7m(content) else None


def _decoded(part: MimeEntity) -> bytes:
    return mime.decode_content(part.body, part.headers.first_value("content-transfer-encoding"))[0]
