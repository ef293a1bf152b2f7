"""Reads the marks of a letter, a small part of Markdown, into passages.

What is put into a template stands in signs that make no mark until the marks have been read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from markupsafe import Markup, escape

from config.command_line import command_cuts, purpose_cut
from config.explained_error import ExplainedError

# The last plane of Unicode is for private use: to Markdown each of its signs is a letter.
_LITERAL = 0x100000
_LAST_SHIFTED = 0xFFFD
_LINE_ENDS = re.compile(r"\r\n|[\r\n]")
_LINK_BEGINS = ("https://", "mailto:")
REPLY_TITLE = "reply"  # of a link that writes a mail, which a reply may say as well
CHOICE_TITLE = "choice"  # the same; in plain text its words stand in brackets
FIRST_CHOICE_TITLE = "first choice"  # of those of one ask: on a page a row of their own begins
_Tag = tuple[Markup, Markup]  # how it begins and ends
_TAGS: Mapping[str, _Tag] = {
    "strong": (Markup("<strong>"), Markup("</strong>")),
    "em": (Markup("<em>"), Markup("</em>")),
}


class MarkUnknown(ExplainedError):
    sentence = "A mark stands there that letters do not have."

    fix = (
        "Letters have headings (##), lists of one level, tables, bold and italic words, links to"
        " https: and mailto:, lines set in (>), and one rule (---) above the closing."
    )


class _ShiftedSigns(dict[int, int]):
    """Each sign by what stands for it, filled as signs are met."""

    def __init__(self, shift: int, signs: range) -> None:
        self._shift, self._signs = shift, signs

    def __missing__(self, sign: int) -> int:
        self[sign] = sign + self._shift if sign in self._signs else sign
        return self[sign]


_TO_LITERAL = _ShiftedSigns(_LITERAL, range(_LAST_SHIFTED + 1))
_AS_SAID = _ShiftedSigns(-_LITERAL, range(_LITERAL, _LITERAL + _LAST_SHIFTED + 1))


def literal(said: str) -> str:
    """The same words in signs that make no mark, whatever they are. Done twice it changes
    nothing."""
    return said.translate(_TO_LITERAL)


def as_said(text: str) -> str:
    """The words again that `literal` was given."""
    return text.translate(_AS_SAID)


def fenced(text: str) -> str:
    """A text in the old form, as a passage that keeps it as it stands."""
    return f"~~~\n{literal(text)}\n~~~\n\n" if text.strip() else ""


class MarkText(str):
    """A number of a list or the address of a link that the service made: put in, it is the mark
    that it looks like."""

    __slots__ = ()


class MarkedLine(str):
    """A line as it reads in plain text. A page has `html`, with the line's emphasis and links."""

    __slots__ = ("html",)
    html: Markup

    def __new__(cls, text: str, html: Markup) -> MarkedLine:
        line = super().__new__(cls, text)
        line.html = html
        return line

    def __html__(self) -> Markup:
        return self.html


@dataclass(frozen=True, slots=True)
class HeadingPassage:
    """`depth` is the number of signs before it: what has more is below what has fewer."""

    line: MarkedLine
    depth: int


@dataclass(frozen=True, slots=True)
class TextPassage:
    """A paragraph; each line keeps its line. One that is set in belongs to what is above it."""

    lines: tuple[MarkedLine, ...]
    set_in: bool = False


@dataclass(frozen=True, slots=True)
class ListPassage:
    """Points, each with the lines that hang under its first."""

    numbered: bool
    points: tuple[tuple[MarkedLine, ...], ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class TablePassage:
    """`head` is () where no column has a heading."""

    head: tuple[MarkedLine, ...]
    rows: tuple[tuple[MarkedLine, ...], ...]


@dataclass(frozen=True, slots=True)
class OldPassage:
    """Text in the old form, of a part that has no marks."""

    text: str


@dataclass(frozen=True, slots=True)
class RulePassage:
    """What stands below it closes the letter."""


Passage = HeadingPassage | TextPassage | ListPassage | TablePassage | OldPassage | RulePassage


@dataclass(frozen=True, slots=True)
class _Span:
    """Words in one look. `tags` are around them on a page; one that is not `shown` there stands
    in plain text alone."""

    text: str
    tags: tuple[_Tag, ...] = ()
    shown: bool = True

    def html(self) -> Markup:
        if not self.shown:
            return Markup()
        if not self.tags:
            return escape(self.text)
        begins, ends = ([tag[n] for tag in self.tags] for n in (0, 1))
        return Markup().join([*begins, self.text, *reversed(ends)])


def parse_marks(source: str) -> list[Passage]:
    """The passages of a rendered template. Raises MarkUnknown."""
    tree = SyntaxTreeNode(_MARKDOWN.parse(source))
    return [passage for node in tree.children for passage in _passages(node)]


class _LetterMarkdown(MarkdownIt):
    """CommonMark's headings, lists, quotes, rules, emphasis and links, and tables; no HTML, no
    pictures, no code. A template alone says where a link leads: what is put in never begins one."""

    def validateLink(self, url: str) -> bool:  # noqa: N802  the library's name
        return url.startswith(_LINK_BEGINS)

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return "".join(quote(as_said(c), safe="@") if ord(c) >= _LITERAL else c for c in url)


_BLOCKS = ("heading", "list", "table", "blockquote", "hr", "fence")
_WITHIN_LINES = ("newline", "escape", "backticks", "emphasis", "link")
_MARKDOWN = _LetterMarkdown("zero").enable([*_BLOCKS, *_WITHIN_LINES])


def _passages(node: SyntaxTreeNode) -> Iterator[Passage]:
    if (read := _READERS.get(node.type)) is None:
        raise MarkUnknown
    yield from read(node)


def _heading(node: SyntaxTreeNode) -> Iterator[Passage]:
    lines = [line for child in node.children for line in _lines(child)]
    text = " ".join(lines)
    if text:
        html = Markup(" ").join(line.html for line in lines)
        yield HeadingPassage(MarkedLine(text, html), len(node.markup))


def _paragraph(node: SyntaxTreeNode) -> Iterator[TextPassage]:
    """Where words that were put in have an empty line, another paragraph begins."""
    found: list[MarkedLine] = []
    for line in (line for child in node.children for line in _lines(child)):
        if line:
            found.append(line)
        elif found:
            yield TextPassage(tuple(found))
            found = []
    if found:
        yield TextPassage(tuple(found))


def _quote(node: SyntaxTreeNode) -> Iterator[TextPassage]:
    for child in node.children:
        if child.type != "paragraph":
            raise MarkUnknown
        yield from (replace(text, set_in=True) for text in _paragraph(child))


def _list(node: SyntaxTreeNode) -> Iterator[Passage]:
    points = (tuple(filter(None, _point_lines(item))) for item in node.children)
    if found := tuple(point for point in points if point):
        yield ListPassage(node.type == "ordered_list", found, int(node.attrs.get("start", 1)))


def _point_lines(item: SyntaxTreeNode) -> Iterator[MarkedLine]:
    for child in item.children:
        if child.type != "paragraph":
            raise MarkUnknown
        yield from (line for inline in child.children for line in _lines(inline))


def _table(node: SyntaxTreeNode) -> Iterator[Passage]:
    """Without the columns that are empty from head to foot."""
    rows = [
        [_cell(cell) for cell in row.children] for part in node.children for row in part.children
    ]
    kept = [n for n in range(len(rows[0])) if any(row[n] for row in rows)]
    head, *more = [tuple(row[n] for n in kept) for row in rows]
    if kept:
        yield TablePassage(head if any(head) else (), tuple(more))


def _cell(cell: SyntaxTreeNode) -> MarkedLine:
    lines = [line for inline in cell.children for line in _cut_lines(inline)]
    spans = [span for line in lines for span in (*line, _Span(" "))]
    return _marked(_part(spans, 0, len(_text(spans))))


def _old(node: SyntaxTreeNode) -> Iterator[Passage]:
    yield OldPassage(as_said(node.content).strip("\n"))


def _rule(node: SyntaxTreeNode) -> Iterator[Passage]:
    yield RulePassage()


_READERS: Mapping[str, Callable[[SyntaxTreeNode], Iterator[Passage]]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "blockquote": _quote,
    "bullet_list": _list,
    "ordered_list": _list,
    "table": _table,
    "fence": _old,
    "hr": _rule,
}


def _lines(inline: SyntaxTreeNode) -> Iterator[MarkedLine]:
    """Each line, and each command in backticks on a line of its own."""
    parts = [
        _part(line, begins, ends)
        for line in _cut_lines(inline)
        for begins, ends in command_cuts(_text(line)) or [(0, 0)]
    ]
    for line, below in zip(parts, [*parts[1:], []], strict=True):
        if cut := purpose_cut(_text(line), _text(below)) if below else 0:
            yield _marked(_part(line, 0, cut))
            line = _part(line, cut, len(_text(line)))
        yield _marked(line)


def _cut_lines(inline: SyntaxTreeNode) -> list[list[_Span]]:
    lines: list[list[_Span]] = [[]]
    for span in _spans(inline.children, ()):
        first, *more = _LINE_ENDS.split(span.text)
        lines[-1].append(replace(span, text=first))
        lines += ([replace(span, text=text)] for text in more)
    return lines


def _spans(nodes: Sequence[SyntaxTreeNode], tags: tuple[_Tag, ...]) -> Iterator[_Span]:
    for node in nodes:
        if node.type in ("softbreak", "hardbreak"):
            yield _Span("\n")
        elif node.type == "code_inline":
            yield _Span(f"`{as_said(node.content)}`", tags)
        elif node.type in _TAGS:
            yield from _spans(node.children, (*tags, _TAGS[node.type]))
        elif node.type == "link":
            yield from _link(node, tags)
        else:
            yield _Span(as_said(node.content), tags)


def _link(node: SyntaxTreeNode, tags: tuple[_Tag, ...]) -> Iterator[_Span]:
    """Plain text says where it leads, unless the words do, or a reply does the same."""
    target = str(node.attrs["href"])
    title = node.attrs.get("title")
    row = Markup("<br>") if title == FIRST_CHOICE_TITLE else Markup()
    chosen = title in (CHOICE_TITLE, FIRST_CHOICE_TITLE)
    look = Markup(' class="choice"') if chosen else Markup()
    link = (Markup('{}<a href="{}"{}>').format(row, target, look), Markup("</a>"))
    inner = list(_spans(node.children, (*tags, link)))
    begins, ends = ("[", "]") if chosen else ("", "")
    yield from (_Span(begins, shown=False), *inner, _Span(ends, shown=False))
    leads = target.removeprefix("mailto:")
    if _text(inner) not in (target, leads) and not chosen and title != REPLY_TITLE:
        yield _Span(f" ({leads})", shown=False)


def _text(spans: Sequence[_Span]) -> str:
    return "".join(span.text for span in spans)


def _part(spans: Sequence[_Span], begins: int, ends: int) -> list[_Span]:
    """What stands between two places of a line, without the blanks around it."""
    text = _text(spans)[begins:ends]
    begins += len(text) - len(text.lstrip())
    ends = begins + len(text.strip())
    found, at = [], 0
    for span in spans:
        said = span.text[max(begins - at, 0) : max(ends - at, 0)]
        at += len(span.text)
        if said:
            found.append(replace(span, text=said))
    return found


def _marked(spans: Sequence[_Span]) -> MarkedLine:
    return MarkedLine(_text(spans), Markup().join(span.html() for span in spans))
