"""A header block, read once and guarded, and how much of one mail is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message as StdlibMessage

from intake.decoding import decode_encoded_words, decode_text

MAX_HEADER_BYTES = 256 * 1024  # bytes that are read of a message to see its headers

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class MailLimits:
    """Bounds for one mail. Sizes are in bytes, texts in characters."""

    header_bytes: int = MAX_HEADER_BYTES  # the mail's own header block; real ones are 5 to 30 KiB
    part_header_bytes: int = 32 * 1024  # the header block of one part
    parts: int = 200  # multiparts and leaves together, forwarded mails included
    depth: int = 20  # multiparts in multiparts
    containers: int = 3  # a mail in a mail in a zip
    attachments: int = 100
    unpacked_bytes: int = 100 * MIB  # what comes out of zips and .msg files, all together
    zip_members: int = 50
    picture_bytes: int = 100_000  # a picture shown in the text that is larger may be a scan
    subject_chars: int = 500
    body_chars: int = 100_000
    ids: int = 50  # ids named by In-Reply-To and References
    recipients: int = 50
    signers: int = 10  # addresses in one certificate


DEFAULT_LIMITS = MailLimits()


MAX_PARAMETERS_LENGTH = 4_096

_BLANK_LINE = re.compile(rb"\n\r?\n")
_LINE = re.compile(r"\r\n|\r|\n")
_NAME = re.compile(r"([!-9;-~]{1,200})[ \t]*:[ \t]*(.*)", re.S)
_PARAMETER = re.compile(r";\s*([A-Za-z0-9-]{1,40})\s*=\s*(?:\"([^\"]*)\"|([^;\s\"]+))")

# Who sent it and what it is made of: one at most of each. Where two differ, two programs may read
# two different mails out of one (failure mode 35). Two of Cc, Subject or Date are only sloppy.
_ONCE = frozenset(
    {"from", "sender", "content-type", "content-transfer-encoding", "content-disposition"}
)


@dataclass(frozen=True, slots=True)
class Headers:
    """The fields of one block in their order; names in lower case, values unfolded.

    `odd` says that some line is no header, or that a line ends in a way mail does not.
    """

    fields: tuple[tuple[str, str], ...] = ()
    odd: bool = False

    def values_of(self, name: str) -> tuple[str, ...]:
        return tuple(value for key, value in self.fields if key == name)

    def first_value(self, name: str) -> str:
        return next(iter(self.values_of(name)), "")

    def __contains__(self, name: object) -> bool:
        return any(key == name for key, _ in self.fields)

    @property
    def contradicts_itself(self) -> bool:
        """A field that may come once comes again with another value; From may not come again."""
        return len(self.values_of("from")) > 1 or any(
            len(set(self.values_of(name))) > 1 for name in _ONCE
        )

    @property
    def content_type(self) -> str:
        """The declared content type in lower case, such as "text/plain"; "" when there is none."""
        return _bare(self.first_value("content-type"))

    @property
    def disposition(self) -> str:
        return _bare(self.first_value("content-disposition"))

    def type_parameter(self, name: str) -> str:
        """A parameter of Content-Type, such as "boundary"; "" when there is none."""
        return parse_parameters(self.first_value("content-type")).get(name, "")

    @property
    def file_name(self) -> str:
        """As declared, for its ending only. It is never a path (failure mode 33)."""
        disposition = parse_parameters(self.first_value("content-disposition"))
        return disposition.get("filename") or self.type_parameter("name")


def _bare(value: str) -> str:
    return value[:200].partition(";")[0].strip().lower()


def split_header_block(raw: bytes, longest: int) -> tuple[bytes, bytes] | None:
    """`raw` as (header block, body); None when its header block is longer than `longest`."""
    if raw.startswith((b"\n", b"\r\n")):
        return b"", raw.partition(b"\n")[2]
    end = _BLANK_LINE.search(raw, 0, longest + 3)
    if end:
        return raw[: end.start() + 1], raw[end.end() :]
    return (raw, b"") if len(raw) <= longest else None


def parse_headers(block: bytes) -> Headers:
    """Never raises. Bytes that are not UTF-8 are read as Windows-1252."""
    text = decode_text(block)
    odd = "\0" in text or "\r" in text.replace("\r\n", "")
    fields: list[tuple[str, str]] = []
    for logical in _unfolded(text):
        match = _NAME.match(logical)
        if match:
            fields.append((match[1].lower(), match[2].strip()))
        elif not logical.startswith("From ") or fields:  # mbox puts one such line first
            odd = True
    return Headers(tuple(fields), odd)


def _unfolded(text: str) -> list[str]:
    lines: list[list[str]] = []
    for line in _LINE.split(text):
        if line[:1] in (" ", "\t") and lines:
            lines[-1].append(line)
        elif line:
            lines.append([line])
    return ["".join(pieces) for pieces in lines]


def parse_parameters(value: str) -> dict[str, str]:
    """The parameters of a header value, names in lower case. Never raises."""
    if len(value) > MAX_PARAMETERS_LENGTH:
        return {}
    carrier = StdlibMessage()
    carrier["content-type"] = value
    try:
        pairs = carrier.get_params(failobj=[])
        return {key.lower(): _plain(text) for key, text in reversed(pairs)}
    except (IndexError, ValueError, LookupError, TypeError, AttributeError):
        found = _PARAMETER.findall(value)
        return {key.lower(): quoted or bare for key, quoted, bare in reversed(found)}


def _plain(value: str | tuple[str | None, str | None, str]) -> str:
    """RFC 2231 values come as (charset, language, text); older programs use encoded words."""
    if isinstance(value, tuple):
        return decode_text(value[2].encode("latin-1", "replace"), value[0] or "")
    return decode_encoded_words(value)
