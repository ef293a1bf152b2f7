"""The text of a mail: what a person typed, as far as looking for a case reference needs it.

Does: tells a mail's text from its attachments, turns HTML into words, and collects the content
ids of pictures the text shows.
Trusts: nothing. HTML is not parsed, only cut, in one pass.
Never touches: links, which are read from the raw text by `links.py` and never followed.
Known limits: quoted replies and footers are kept; hidden HTML text counts as text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from intake.message.parts import Leaf
from intake.message.text import cleaned, decoded

_KINDS = frozenset({"text/plain", "text/html", "text/enriched", "text/x-amp-html"})
_SNIFFED = frozenset({"text", "html", "empty", "unknown", "eml"})

_UNSHOWN = (
    ("<!--", "-->"),
    ("<style", "</style>"),
    ("<script", "</script>"),
    ("<head>", "</head>"),
)
_BREAK = re.compile(r"<(?:br|/p|/div|/tr|/li|/h[1-6]|/td|/th|hr)\b[^<>]*>", re.I)
_TAG = re.compile(r"<[^<>]*>")
_BLANKS = re.compile(r"[ \t\xa0]+")
_LINES = re.compile(r"\s*\n\s*")
_LINKED = re.compile(r"<(?:a|area|form)\b[^<>]*>", re.I)
_LEADS = re.compile(r"\b(?:href|action)\s*=\s*[\"']?([^\s\"'<>]+)", re.I)
_LONGEST_TAG = 8_000
_CID = re.compile(r"\bcid:([^\s\"'<>()]{1,250})", re.I)


def is_body(leaf: Leaf, sniffed: str) -> bool:
    """Whether a leaf is text of the mail: declared so, unnamed, not attached, and truly text.

    A bare document labelled text/plain is not (failure mode 29): `sniffed` comes first.
    """
    declared = leaf.kind in _KINDS and not leaf.headers.file_name
    return declared and leaf.headers.disposition != "attachment" and sniffed in _SNIFFED


def raw_text(leaf: Leaf, longest: int) -> str:
    """The leaf as text, HTML tags and all: for links and content ids."""
    return decoded(leaf.content[: longest * 4], leaf.headers.parameter("charset"))


def body_text(leaves: Iterable[Leaf], longest: int) -> str:
    """The plain text parts; where there are none with words in them, the HTML ones."""
    bodies = tuple(leaves)
    plain = _joined((b for b in bodies if b.kind != "text/html"), longest)
    return plain or _joined((b for b in bodies if b.kind == "text/html"), longest)


def shown_pictures(texts: Iterable[str]) -> frozenset[str]:
    """The content ids that the texts refer to, without angle brackets."""
    return frozenset(match[1] for text in texts for match in _CID.finditer(text))


def words_of(markup: str) -> str:
    """HTML as text: a line for each block, entities read, style and script left out."""
    for opening, closing in _UNSHOWN:
        markup = "".join(_outside(markup, opening, closing))
    text = html.unescape(_TAG.sub(" ", _BREAK.sub("\n", markup)))
    return _LINES.sub("\n", _BLANKS.sub(" ", text)).strip()


def linked_words(markup: str) -> str:
    """HTML as text, with each link's address where the link stands."""
    return words_of(_LINKED.sub(_address, markup))


def _address(tag: re.Match[str]) -> str:
    found = _LEADS.search(tag[0][:_LONGEST_TAG])
    return f" {found[1]} " if found else " "


def _outside(markup: str, opening: str, closing: str) -> Iterator[str]:
    lower = markup.lower() if len(markup.lower()) == len(markup) else markup
    at = 0
    while (start := lower.find(opening, at)) >= 0:
        yield markup[at:start]
        end = lower.find(closing, start)
        if end < 0:
            return
        at = end + len(closing)
    yield markup[at:]


def _joined(bodies: Iterable[Leaf], longest: int) -> str:
    text = ""
    for leaf in bodies:
        if len(text) >= longest:
            break
        raw = raw_text(leaf, longest)
        words = words_of(raw) if leaf.kind == "text/html" else raw.strip()
        text = f"{text}\n{words}" if text and words else text or words
    return cleaned(text.replace("\r\n", "\n").replace("\r", "\n"), longest)
