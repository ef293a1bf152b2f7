"""HTML as the lines that its reader sees, in one pass of a real parser: numbers of lists, what is
hidden, crossed out or quoted, and where another's message begins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from config.order_words import QUOTATION_MARKS
from intake.message.reply_lines import (
    MAX_REPLY_CHARS,
    MAX_REPLY_LINES,
    TextLine,
    TextPart,
    bounded_part,
    is_turned,
    visible_text,
)

MAX_MARKUP_CHARS = 512 * 1024  # Outlook's own styles take 60 KB
_MAX_STYLE = 4_000
_MAX_EMOJI = 4  # characters of the text that stands for a small picture

_BLOCKS = frozenset(
    {"p", "div", "li", "ol", "ul", "table", "tr", "td", "th", "blockquote", "pre", "hr", "h1", "h2"}
    | {"h3", "h4", "h5", "h6", "body", "center", "dl", "dt", "dd", "form", "section", "article"}
    | {"header", "footer", "fieldset", "address", "figure", "caption", "main", "aside"}
)
_UNSHOWN = frozenset({"title", "style", "script", "template", "xml", "noframes", "datalist"})
_STRUCK = frozenset({"s", "strike", "del"})
_EMPTY = frozenset({"br", "hr", "img", "meta", "link", "input", "base", "col", "wbr", "area"})
_WHITE = frozenset({"white", "#fff", "#ffffff", "rgb(255,255,255)", "rgba(255,255,255,1)"})
_NO_BACKGROUND = _WHITE | {"", "transparent", "none", "initial", "inherit", "window"}
_NOTHING = frozenset({"0", "0px", "0pt", "0em", "0%", "0.0pt", "1px", "1pt", "0.1px", "0cm"})
_SPACES = re.compile(r"[ \t\r\n\f]+")
_FAR_OUT = re.compile(r"-\d{3,}(?!\.?\d*%)")  # where nobody scrolls to
_LETTERED = frozenset({"a", "i", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman"})


@dataclass(frozen=True, slots=True)
class _Frame:
    """One open element, and what it makes of the text inside."""

    tag: str = ""
    unshown: bool = False
    hidden: bool = False
    struck: bool = False
    quoted: bool = False
    kept: bool = False  # spaces and line ends are kept
    white: bool = False
    backed: bool = False  # on a background that is not white


class MarkupReader:
    """The parser's target. `steps` counts what it did, so that a test can hold it to the size."""

    def __init__(self) -> None:
        self.lines: list[TextLine] = []
        self.steps = 0
        self.full = False
        self._frames = [_Frame()]
        self._open: Counter[str] = Counter()
        self._lists: list[int | None] = []  # the next number; None where none is shown
        self._text: list[str] = []
        self._unseen: list[str] = []
        self._marker = ""  # the number of a list's entry that has no text yet
        self._line = TextLine("")
        self._hiding: set[str] = set()
        self._filled = self._chars = 0

    def start(self, tag: str | bytes, attrib: Mapping[str | bytes, str | bytes]) -> None:
        self.steps += 1
        tag, attributes = str(tag).lower(), {str(k): str(v) for k, v in attrib.items()}
        if tag in _BLOCKS:
            self._end_line()
        if self._is_marked(attributes, QUOTATION_MARKS.marked):
            self._end_line()
            self._line = replace(self._line, cut=True)
        if tag in _EMPTY:
            self._empty(tag, attributes)
            return
        self._frames.append(self._frame(tag, attributes))
        self._open[tag] += 1
        self._marker = "" if tag in ("li", "ol", "ul") else self._marker
        if tag in ("ol", "ul"):
            self._lists.append(_first_number(tag, attributes))
        elif tag == "li":
            self._number(attributes)

    def end(self, tag: str | bytes) -> None:
        self.steps += 1
        tag = str(tag).lower()
        if not self._open[tag]:
            return
        while self._frames[-1].tag != tag:
            self._close()
        self._close()
        if tag in _BLOCKS:
            self._end_line()

    def data(self, data: str | bytes) -> None:
        text = str(data)
        self.steps += len(text)
        frame = self._frames[-1]
        if frame.tag == "style":
            self._hiding.update(_hiding_selectors(text))
        if frame.unshown or self.full:
            return
        if frame.kept and "\n" in text:
            *whole, last = text.split("\n")
            for one in whole:
                self._add(one, frame)
                self._end_line(blank=True)
            text = last
        self._add(text, frame)

    def comment(self, text: str | bytes) -> None:
        """Leave a comment out: no reader sees one."""

    def close(self) -> None:
        self._end_line()

    def _add(self, text: str, frame: _Frame) -> None:
        if frame.hidden or (frame.white and not frame.backed):
            self._unseen.append(text)
            return
        self._text.append(text)
        if text.strip():
            self._line = replace(
                self._line,
                struck=self._line.struck or frame.struck,
                quoted=self._line.quoted or frame.quoted,
                hidden=self._line.hidden or is_turned(text),
            )

    def _empty(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "br":
            self._end_line(blank=True)
        elif tag == "img" and 0 < len(attributes.get("alt", "")) <= _MAX_EMOJI:
            self._add(attributes["alt"], self._frames[-1])

    def _close(self) -> None:
        frame = self._frames.pop()
        self._open[frame.tag] -= 1
        if frame.tag in ("ol", "ul") and self._lists:
            self._lists.pop()

    def _end_line(self, *, blank: bool = False) -> None:
        raw = "".join(self._text)
        unseen = " ".join(" ".join(self._unseen).split())
        told = any(map(str.isalnum, unseen)) and not unseen.lower().startswith(
            QUOTATION_MARKS.sentinels
        )
        if raw.strip(" \t\r\n") or told or blank or self._line.cut:
            text = visible_text(_SPACES.sub(" ", raw)).strip()
            if text and self._marker:
                text, self._marker = f"{self._marker} {text}", ""
            self._filled, self._chars = self._filled + bool(text), self._chars + len(raw)
            self.full = self._filled > MAX_REPLY_LINES or self._chars > MAX_REPLY_CHARS
            self.lines.append(replace(self._line, text=text, hidden=self._line.hidden or told))
            self._line = TextLine("")
        self._text, self._unseen = [], []

    def _frame(self, tag: str, attributes: Mapping[str, str]) -> _Frame:
        above, style = self._frames[-1], _style(attributes)
        colour = style.get("color", attributes.get("color", "").lower())
        ground = (
            style.get("background-color")
            or style.get("background")
            or attributes.get("bgcolor", "")
        )
        ground = ground.lower().replace(" ", "").partition("url(")[0]
        return _Frame(
            tag=tag,
            unshown=above.unshown or tag in _UNSHOWN,
            hidden=above.hidden or _hides(style, attributes) or self._by_rule(tag, attributes),
            struck=above.struck or tag in _STRUCK or "line-through" in _decoration(style),
            quoted=above.quoted or self._quotes(tag, attributes, style),
            kept=above.kept or tag == "pre" or style.get("white-space", "").startswith("pre"),
            white=colour in _WHITE if colour else above.white,
            backed=above.backed or ground not in _NO_BACKGROUND,
        )

    def _quotes(self, tag: str, attributes: Mapping[str, str], style: Mapping[str, str]) -> bool:
        if self._is_marked(attributes, QUOTATION_MARKS.introduced):
            return True
        if tag != "blockquote":
            return False
        lined = any(name.startswith("border-left") for name in style)
        cited = attributes.get("type", "").lower() == "cite" or "cite" in attributes
        return lined or cited or self._is_marked(attributes, QUOTATION_MARKS.quoted)

    def _is_marked(self, attributes: Mapping[str, str], marks: tuple[str, ...]) -> bool:
        named = (
            f"{attributes.get('id', '')} {attributes.get('class', '')} {attributes.get('name', '')}"
        )
        said = named[:_MAX_STYLE].lower() if len(named) > 2 else ""
        return bool(said) and any(mark in said for mark in marks)

    def _by_rule(self, tag: str, attributes: Mapping[str, str]) -> bool:
        if not self._hiding:
            return False
        classes = (f".{name}" for name in attributes.get("class", "")[:_MAX_STYLE].lower().split())
        own = {tag, f"#{attributes.get('id', '').lower()}", *classes}
        return not own.isdisjoint(self._hiding)

    def _number(self, attributes: Mapping[str, str]) -> None:
        """The number before an entry of a list, which is nowhere in the text."""
        if not self._lists or self._lists[-1] is None:
            return
        number = _whole(attributes.get("value", "")) or self._lists[-1]
        self._lists[-1] = number + 1
        self._marker = f"{number}."


def html_part(markup: str, reader: MarkupReader | None = None) -> TextPart:
    """The text of HTML, by a `reader` of its own. Never raises."""
    reader = reader or MarkupReader()
    parser = etree.HTMLParser(target=reader, no_network=True)
    try:
        parser.feed(markup[:MAX_MARKUP_CHARS].encode("utf-8", "replace").decode())
        parser.close()
    except etree.LxmlError:
        return bounded_part("html", reader.lines, whole=False)
    whole = not reader.full and len(markup) <= MAX_MARKUP_CHARS
    return bounded_part("html", reader.lines, whole=whole)


def _first_number(tag: str, attributes: Mapping[str, str]) -> int | None:
    """None for a list whose entries show no number."""
    shown = attributes.get("type", "") or _style(attributes).get("list-style-type", "")
    if tag == "ul" or "reversed" in attributes or shown.lower() in _LETTERED | {"none"}:
        return None
    started = attributes.get("start", "")
    return _whole(started) if started.strip() else 1


def _whole(written: str) -> int | None:
    written = written.strip()
    return int(written) if written.isascii() and written.isdigit() and len(written) < 5 else None


def _style(attributes: Mapping[str, str]) -> dict[str, str]:
    return _declared(attributes.get("style", "")[:_MAX_STYLE])


def _declared(style: str) -> dict[str, str]:
    pairs = (one.partition(":") for one in style.lower().split(";"))
    return {
        name.strip(): "".join(value.replace("!important", "").split()) for name, _, value in pairs
    }


def _decoration(style: Mapping[str, str]) -> str:
    return style.get("text-decoration", "") + style.get("text-decoration-line", "")


def _hides(style: Mapping[str, str], attributes: Mapping[str, str]) -> bool:
    if "hidden" in attributes or _hidden_style(style):
        return True
    size = attributes.get("size", "")
    return size == "0"


def _hidden_style(style: Mapping[str, str]) -> bool:
    far = (style.get(name, "") for name in ("text-indent", "left", "top", "margin-left"))
    return (
        style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or style.get("mso-hide") == "all"
        or style.get("font-size") in _NOTHING
        or style.get("opacity", "1").rstrip("0").rstrip(".") in ("", "0")
        or style.get("max-height") in _NOTHING
        or (style.get("height") in _NOTHING and "hidden" in style.get("overflow", ""))
        or any(_FAR_OUT.match(one) for one in far)
    )


def _hiding_selectors(css: str) -> Iterator[str]:
    """What of a style sheet hides elements, as "p", ".name" or "#name"."""
    for rule in css[:MAX_REPLY_CHARS].lower().split("}"):
        before, _, body = rule.rpartition("{")
        if not _hidden_style(_declared(body)):
            continue
        for selector in before.rpartition("{")[2].split(","):
            last = selector.split()[-1:]
            for one in last:
                mark = max(one.rfind("."), one.rfind("#"))
                yield one[mark:] if mark >= 0 else one
