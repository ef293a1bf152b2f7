"""What of one form of a reply its writer wrote in it: without what is quoted, and without the
digest's own lines where they stand unmarked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from config.order_words import NUMBERED_LINE_WORDS
from handlers.orders.digest_text import DigestText, fold_line
from handlers.orders.quotation import (
    QuotedHead,
    find_heads,
    introduction_end,
    is_announced,
    is_ruled,
)
from intake.message.reply_lines import TextLine, TextPart

_WRAPS_AT_MOST = 100  # characters; a program that breaks lines breaks longer ones


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One line that is its writer's. `starts` says that nothing, or an empty line, is before it.
    `width` is what the line before would be with its first word, where a program may have parted
    them, and 0 elsewhere; `doubtful` says that it may be the digest's, changed on its way, and
    `behind_quoted` that what is quoted stands right above it."""

    text: str
    starts: bool = False
    width: int = 0
    doubtful: bool = False
    hidden: bool = False
    struck: bool = False
    behind_quoted: bool = False


@dataclass(frozen=True, slots=True)
class OwnText:
    """`lines` are hers; `among_quoted` those that are neither hers for certain nor the digest's,
    behind the head of the digest that is quoted. `whole` says that her part of it was read to its
    end."""

    lines: tuple[OwnLine, ...]
    among_quoted: tuple[str, ...]
    heads: tuple[QuotedHead, ...]
    whole: bool


def own_text(part: TextPart, digest: DigestText) -> OwnText:
    heads = tuple(find_heads(part.lines))
    kept, cut = _above(part.lines, heads)
    ours = _lines_of_digest(part.lines[:cut], digest)
    altered = _is_altered(part.lines[:cut], kept, ours, digest)
    lines = tuple(_own(part, kept, ours, altered=altered))
    return OwnText(
        lines=lines,
        among_quoted=tuple(_among_quoted(part.lines, heads, cut, digest)),
        heads=heads,
        whole=part.whole or cut < len(part.lines),
    )


def _above(lines: Sequence[TextLine], heads: Sequence[QuotedHead]) -> tuple[list[int], int]:
    """(the lines before another's message that are not marked as quoted, where that begins)."""
    starts = {head.start for head in heads if not lines[head.start].quoted}
    kept, at = list[int](), 0
    while at < len(lines):
        line = lines[at]
        if line.cut or at in starts or (not line.quoted and is_announced(line.text)):
            return kept, at
        if line.text.strip() == "--" and not line.quoted:
            return kept, at
        end = introduction_end(lines, at)
        if end is not None:
            if not _quoted_follows(lines, end):
                return kept, at
            at = end
            continue
        if not line.quoted:
            kept.append(at)
        at += 1
    return kept, len(lines)


def _quoted_follows(lines: Sequence[TextLine], at: int) -> bool:
    return next((line.quoted for line in lines[at:] if line.text), False)


def _lines_of_digest(lines: Sequence[TextLine], digest: DigestText) -> frozenset[int]:
    """The lines that stand in the digest beside the line that they stand beside here, and those of
    its lines that could be nobody else's."""
    folded = [(at, fold_line(line.text)) for at, line in enumerate(lines) if line.text.strip()]
    found = {at for at, text in folded if text in digest.lines}
    for (one, above), (other, below) in pairwise(folded):
        if digest.holds(above, below):
            found |= {one, other}
    return frozenset(found)


def _is_altered(
    lines: Sequence[TextLine], kept: Sequence[int], ours: frozenset[int], digest: DigestText
) -> bool:
    """Whether the digest stands there without marks and is not all there, word for word: then
    nobody can tell which lines are its own."""
    if not any(at in ours or digest.is_like(fold_line(lines[at].text)) for at in kept):
        return False
    quoted = (fold_line(line.text) for at, line in enumerate(lines) if line.quoted or at in ours)
    there = " ".join(one for one in quoted if one)
    return f" {digest.folded} " not in f" {there} "


def _own(
    part: TextPart, kept: Sequence[int], ours: frozenset[int], *, altered: bool
) -> Iterator[OwnLine]:
    starts, quoted = True, False
    unmarked = [at for at in kept if at in ours]
    among = range(unmarked[0], unmarked[-1]) if unmarked else range(0)
    for at in kept:
        line, before = part.lines[at], part.lines[at - 1] if at else TextLine("")
        quoted = quoted or before.quoted
        if at in ours or is_ruled(line.text) or not (line.text.strip() or line.hidden):
            starts, quoted = True, quoted or at in ours
            continue
        yield OwnLine(
            text=line.text,
            starts=starts or before.quoted,
            width=_width(before.text, line.text) if part.wraps else 0,
            doubtful=altered or at in among,
            hidden=line.hidden,
            struck=line.struck,
            behind_quoted=quoted,
        )
        starts = quoted = False


def _width(before: str, text: str) -> int:
    word = text.split(None, 1)[0]
    return len(before) + 1 + len(word) if before and len(before) < _WRAPS_AT_MOST else 0


def _among_quoted(
    lines: Sequence[TextLine], heads: Sequence[QuotedHead], cut: int, digest: DigestText
) -> Iterator[str]:
    """What stands in the digest that is quoted below a head, and not in the digest: answers between
    its lines, or another's words."""
    ends = [head.end for head in heads if head.start <= cut + 2 and head.end > cut]
    begin = max(ends, default=cut + 1)
    stop = next((head.start for head in heads if head.start >= begin), len(lines))
    region = lines[begin:stop]
    ours = _lines_of_digest(region, digest)
    if not ours:
        return
    for at, line in enumerate(region):
        folded = fold_line(line.text)
        if folded and at not in ours and not line.quoted and not digest.holds(folded):
            yield line.text


def is_sign_off(text: str) -> bool:
    """Whether a line ends what a person says."""
    return fold_line(text[:200]).startswith(NUMBERED_LINE_WORDS.signed)
