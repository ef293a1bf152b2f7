"""The lines of a mail's text as its reader sees them, with what tells her own from others'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from intake.decoding import clean_text

MAX_REPLY_CHARS = 64 * 1024  # of the text of one part, mark-up not counted
MAX_REPLY_LINES = 400  # that are not blank

PartKind = Literal["plain", "html", "rich"]

# Characters that make a text look other than it is: overrides and embeddings of direction.
_TURNED = re.compile("[\u202a-\u202e]")
_BREAKS = re.compile("\r\n?|[\u2028\u2029]")
_QUOTE = re.compile(r"(?:> ?)+")


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line. `quoted` says that its writer's program marks it as another's; `hidden` that it
    holds words that no reader sees, which are not in `text`; `struck` that some of it is crossed
    out; `cut` that what follows is, by its mark-up, another's."""

    text: str
    quoted: bool = False
    hidden: bool = False
    struck: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class TextPart:
    """One of the forms in which a mail says what it says. `whole` is False where it is longer than
    is read; `wraps` says that a line may end where the program had no room for more."""

    kind: PartKind
    lines: tuple[TextLine, ...]
    whole: bool = True

    @property
    def wraps(self) -> bool:
        return self.kind == "plain"


def plain_part(text: str, *, flowed: bool = False, delete_space: bool = False) -> TextPart:
    """Plain text; `flowed` and `delete_space` are what its Content-Type says (RFC 3676)."""
    raw = _BREAKS.sub("\n", text[:MAX_REPLY_CHARS]).split("\n")
    lines = list(_flowed(raw, delete_space)) if flowed else [_line(one) for one in raw]
    return bounded_part("plain", lines, whole=len(text) <= MAX_REPLY_CHARS)


def bounded_part(kind: PartKind, lines: Iterable[TextLine], *, whole: bool) -> TextPart:
    """As many of the lines as are read."""
    kept, filled = list[TextLine](), 0
    for line in lines:
        filled += bool(line.text)
        if filled > MAX_REPLY_LINES:
            return TextPart(kind, tuple(kept), whole=False)
        kept.append(line)
    return TextPart(kind, tuple(kept), whole)


def visible_text(text: str) -> str:
    """Without the characters that nobody sees, and the spaces at its end."""
    return clean_text(text, MAX_REPLY_CHARS).rstrip()


def is_turned(text: str) -> bool:
    """Whether it is shown in another order than it is written."""
    return _TURNED.search(text) is not None


def _line(raw: str) -> TextLine:
    text, turned = visible_text(raw), is_turned(raw)
    marks = _QUOTE.match(text.lstrip())
    if marks is None:
        return TextLine(text, hidden=turned)
    return TextLine(text.lstrip()[marks.end() :], quoted=True)


def _flowed(raw: Iterable[str], delete_space: bool) -> Iterator[TextLine]:
    """Lines that end with a space go on in the next of the same depth, but for the "-- " of a
    signature."""
    pieces, depth, turned = list[str](), 0, False
    for one in raw:
        marks = len(list(takewhile(">".__eq__, one)))
        said = one[marks:].removeprefix(" ")
        if pieces and (marks != depth or said == "-- "):
            yield _joined(pieces, depth, turned)
            pieces, turned = [], False
        depth, turned = marks, turned or is_turned(one)
        goes_on = said.endswith(" ") and said != "-- "
        pieces.append(said[:-1] if goes_on and delete_space else said)
        if not goes_on:
            yield _joined(pieces, depth, turned)
            pieces, turned = [], False
    if pieces:
        yield _joined(pieces, depth, turned)


def _joined(pieces: list[str], depth: int, turned: bool) -> TextLine:
    return TextLine(visible_text("".join(pieces)), quoted=depth > 0, hidden=turned and not depth)
