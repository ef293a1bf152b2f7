"""Where in a reply another's message begins, told by evidence and never by one word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from config.order_words import QUOTATION_MARKS
from handlers.orders.digest_text import fold_line
from intake.headers.address import strict_address
from intake.message.reply_lines import TextLine

_LABEL = re.compile(
    r"[*_>\s]{0,4}(?P<label>[^\W\d_][^\W\d_' -]{0,20}?)[*_]{0,2}\s{0,3}[:\uff1a]"
    r"[*_]{0,2}(?P<value>.*)"
)
_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w.-]{1,200}")
_MOST_HEAD_LINES = 14
_MOST_BETWEEN = 2  # lines without a label: a long list of names, an empty line
_MOST_WRAPPED = 4  # lines of "On ..., the board <...> wrote:"
_LONGEST_INTRODUCTION = 300
_RULED = re.compile(r"[\s_=-]*")


@dataclass(frozen=True, slots=True)
class QuotedHead:
    """The head of a message that is quoted: where it stands, and the addresses it names."""

    start: int
    end: int
    sender: tuple[str, ...]
    recipients: tuple[str, ...]


def find_heads(lines: Sequence[TextLine]) -> Iterator[QuotedHead]:
    """Every head of a quoted message, marked as quoted or not, in order."""
    at = 0
    while at < len(lines):
        head = _head_at(lines, at)
        if head is not None:
            yield head
        at = head.end if head is not None else at + 1


def _head_at(lines: Sequence[TextLine], start: int) -> QuotedHead | None:
    """From, and two of when it was sent, to whom and about what, each line behind the other."""
    values: dict[str, str] = {}
    at, between, last = start, 0, ""
    while at < len(lines) and at < start + _MOST_HEAD_LINES and between <= _MOST_BETWEEN:
        label, value = _labelled(lines[at].text)
        if label and label not in values:
            values[label], between, last = value, 0, label
        elif at == start:
            return None
        else:
            between += 1
            if last and lines[at].text:
                values[last] += f" {lines[at].text[:500]}"
        at += 1
    if "from" not in values or len(values.keys() & {"sent", "to", "subject"}) < 2:
        return None
    return QuotedHead(
        start, at - between, _addresses(values["from"]), _addresses(values.get("to", ""))
    )


def _labelled(text: str) -> tuple[str, str]:
    found = _LABEL.match(text[:500])
    label = QUOTATION_MARKS.labels.get(fold_line(found["label"]), "") if found else ""
    return (label, found["value"]) if found and label else ("", "")


def _addresses(value: str) -> tuple[str, ...]:
    strict = (strict_address(found) for found in _ADDRESS.findall(value[:2_000]))
    return tuple(dict.fromkeys(one.casefold() for one in strict if one))


def introduction_end(lines: Sequence[TextLine], start: int) -> int | None:
    """The line behind "On 26 May 2010, at 08:00, the board wrote:", wrapped or not, that begins
    here; None where none does."""
    first = lines[start].text
    if not first or lines[start].quoted or not any(map(str.isdigit, first)):
        return None
    whole = ""
    for at in range(start, min(start + _MOST_WRAPPED, len(lines))):
        text = lines[at].text
        if not text or lines[at].quoted:
            return None
        whole = f"{whole} {text}".strip()
        if len(whole) > _LONGEST_INTRODUCTION:
            return None
        if text.rstrip().endswith((":", "\uff1a")):
            return at + 1 if _introduces(whole) else None
    return None


def _introduces(whole: str) -> bool:
    folded = fold_line(whole)
    dated = len(re.findall(r"\d+", folded)) > 1
    wrote = any(
        re.search(rf"(?<!\w){re.escape(one)}(?!\w)", folded) for one in QUOTATION_MARKS.wrote
    )
    return dated and (wrote or (bool(_ADDRESS.search(folded)) and "<" in folded))


def is_announced(text: str) -> bool:
    """Whether a line says that another's message follows."""
    return fold_line(text[:200]).startswith(QUOTATION_MARKS.announced)


def is_ruled(text: str) -> bool:
    """Whether a line is only drawn."""
    return len(text) > 3 and _RULED.fullmatch(text[:200]) is not None
