"""Makes a plain page of a document that a word processor saved as a web page, to be converted.

Does: writes its text anew, with paragraphs, tables, lists and the looks that may be an answer.
Trusts: nothing. A page with anything else, such as a picture, a form, a script, an address, hidden
text or a change that nobody accepted, is not taken at all: nothing of it reaches the converter, and
a person looks at it (failure mode 83).
Known limits: what stands in Word's header and footer files is not there to be read.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from html import escape
from html.parser import HTMLParser

MAX_PAGE_BYTES = 4 * 1024 * 1024
MAX_PARTS = 300_000  # tags and stretches of text
MAX_DEPTH = 60  # marked stretches, or tables, inside each other
PLAIN_PAGE_MAGIC = b"<!DOCTYPE html><html><head>"
_HEAD = PLAIN_PAGE_MAGIC + b'<meta charset="utf-8"></head><body>'

_BLOCKS = frozenset(
    {"p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tfoot",
     "tr", "td", "th", "caption", "ul", "ol", "li", "dl", "dt", "dd", "hr", "center",
     "blockquote", "pre", "address"}
)  # fmt: skip
_MARKS = frozenset(
    {"b", "strong", "i", "em", "u", "s", "strike", "sup", "sub", "span", "font", "small", "big",
     "tt", "code"}
)  # fmt: skip
_PASSED = frozenset(
    {"html", "head", "body", "title", "style", "meta", "link", "a", "section", "article", "main",
     "header", "footer", "col", "colgroup", "label", "abbr", "o:p"}
)  # fmt: skip
_SMART_TAG = re.compile(r"st\d:[a-z]+")  # Word's: <st1:place>
_SILENT = frozenset({"title", "style"})
_NUMBERS = frozenset({"colspan", "rowspan", "start", "value"})
_NUMBER = re.compile(r"\d{1,4}")
_COLOUR = r"#[0-9a-f]{3,6}|[a-z]{3,20}|rgb\([\d, ]{5,20}\)"
# What a tag may have that says what it looks like.
_LOOKS = {
    "font-weight": re.compile(r"bold|bolder|normal|\d00"),
    "font-style": re.compile(r"italic|normal"),
    "text-decoration": re.compile(
        r"(?:none|underline|line-through)(?: (?:underline|line-through))?"
    ),
    "color": re.compile(_COLOUR),
    "background": re.compile(_COLOUR),
    "background-color": re.compile(_COLOUR),
}
# Attributes that lead out of the page, or do something; those that begin with "on" do as well.
_LEADS_OUT = frozenset(
    {"src", "data", "action", "formaction", "background", "cite", "longdesc", "code", "codebase",
     "archive", "poster", "srcset", "srcdoc", "ping", "hidden", "aria-hidden", "contenteditable"}
)  # fmt: skip
_PLAIN_LINK = re.compile(r"(?:#|mailto:)[^\s]*", re.I)
_BESIDE = re.compile(r"[\w%-]{1,80}(?:/[\w.%-]{1,80})?(?:\.\w{2,5})?")  # a file beside the page
_OF_WORD = frozenset({"file-list", "edit-time-data", "themedata", "colorschememapping", "preview"})
_HARMLESS_META = frozenset({"content-type", "content-language"})
# What hides text, reaches out, or is a change or a comment of the word processor's.
_REFUSED_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:|mso-hide|mso-element\s*:\s*comment|mso-comment|mso-prop-change"
    r"|opacity|clip(?:-path)?\s*:|position\s*:\s*(?:absolute|fixed)|font-size\s*:\s*[0-2](?:\.\d+)?\s*(?:p|e|%|;|$)"
    r"|text-indent\s*:\s*-\d{3}|overflow\s*:\s*hidden|(?<!line-)height\s*:\s*0(?:p|e|;|$)"
    r"|(?<![-\w])color\s*:\s*(?:white|#fff)|url\s*\(|expression|behaviou?r|javascript|@import|content\s*:",
    re.I,
)
# Looks of a whole class, which are not followed.
_REFUSED_CLASS = re.compile(
    r"line-through|background(?!(?:-color)?\s*:\s*(?:transparent|none|white|#fff(?:fff)?)\s*(?:;|\}|$))"
    r"|(?<![-\w])color\s*:\s*(?:white|#fff)|wingdings|webdings|font-family\s*:\s*\"?symbol",
    re.I,
)
_REMARK = re.compile(r"/\*.*?\*/|<!--|-->", re.S)
_FONTS_AND_LISTS = re.compile(r"@(?:font-face|list|page)[^{}]{0,200}\{[^{}]*\}", re.I)
_OF_DRAWINGS = re.compile(
    r"(?:[vow]\\:\*|\.shape)\s*\{\s*behavior\s*:\s*url\(#default#VML\);?\s*\}", re.I
)
_SYMBOLS = re.compile(r"wingdings|webdings|symbol", re.I)
_BULLETS = "\u00b7\u00a7o\u00d8\u00fcv\u2022 \u00a0\t\r\n"  # in those letters
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([a-z0-9_-]{3,20})", re.I)
_CODECS = {
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "cp1252", "ascii": "cp1252",
    "windows-1252": "cp1252", "iso-8859-1": "cp1252", "latin1": "cp1252",
}  # fmt: skip
for _codec in (*_CODECS.values(), "utf-16"):
    codecs.lookup(_codec)  # no module can be loaded once a page is being read
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class _NotPlain(Exception):
    """There is more in the page than a document has."""


def page_task(data: bytes, argument: object, setup: object) -> tuple[object, list[bytes]]:
    """`plain_page` as the worker calls it: its one blob, or none."""
    page = plain_page(data)
    return None, [] if page is None else [page]


def plain_page(data: bytes) -> bytes | None:
    """The page written anew; None where it is not taken."""
    if len(data) > MAX_PAGE_BYTES:
        return None
    reader = _PageReader()
    try:
        reader.feed(_decoded(data))
        reader.close()
    except (_NotPlain, AssertionError, UnicodeDecodeError):
        return None
    if not reader.is_whole:
        return None
    return _HEAD + "".join(reader.out).encode() + b"</body></html>"


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    if data.startswith(codecs.BOM_UTF8):
        return data[len(codecs.BOM_UTF8) :].decode()
    named = _CHARSET.search(data[:2_000])
    codec = _CODECS.get(named[1].decode("ascii").lower(), "") if named else "cp1252"
    if not codec:
        raise _NotPlain
    return data.decode(codec)


class _PageReader(HTMLParser):
    """Writes what is taken; raises _NotPlain at the first thing that is not."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.is_whole = False  # whether the page came to its end
        self._parts = 0
        self._tables = 0
        self._silent = ""
        # Of each stretch that is open: its tag, whether its letters are symbols, whether it is the
        # mark of a list.
        self._open: list[tuple[str, bool, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._count()
        given = {name: value or "" for name, value in attrs}
        self._refuse_dangers(tag, given)
        style = given.get("style", "")
        if tag in _SILENT:
            self._silent = tag
        elif tag in _MARKS:
            symbols = _SYMBOLS.search(f"{style} {given.get('face', '')}") is not None
            self._open.append((tag, symbols, "mso-list:ignore" in style.lower().replace(" ", "")))
            self._tables_and_depth(0)
        elif tag == "table":
            self._tables_and_depth(1)
        if tag in _BLOCKS or tag in _MARKS:
            self.out.append(f"<{tag}{''.join(_kept(given, style))}>")

    def handle_endtag(self, tag: str) -> None:
        self._count()
        self.is_whole = self.is_whole or tag == "html"
        if tag == self._silent:
            self._silent = ""
        if tag in _MARKS:
            at = next((n for n, one in enumerate(reversed(self._open)) if one[0] == tag), None)
            if at is None:
                return
            del self._open[len(self._open) - 1 - at :]
        elif tag == "table":
            self._tables = max(0, self._tables - 1)
        if tag in _BLOCKS or tag in _MARKS:
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._count()
        if self._silent == "style":
            _refuse_classes(data)
        if self._silent:
            return
        if any(symbols for _, symbols, _ in self._open) and data.strip():
            if data.strip(_BULLETS) or not any(mark for _, _, mark in self._open):
                raise _NotPlain  # a tick, it may be
            return
        self.out.append(escape(_CONTROL.sub("", data)))

    def handle_comment(self, data: str) -> None:
        self._count()
        if "vml" in data[:40].lower():
            raise _NotPlain  # a drawing

    def handle_pi(self, data: str) -> None:
        if not data.lower().startswith("xml"):
            raise _NotPlain

    def unknown_decl(self, data: str) -> None:
        self._count()  # "[if !supportLists]", whose content is shown

    def _count(self) -> None:
        self._parts += 1
        if self._parts > MAX_PARTS:
            raise _NotPlain

    def _tables_and_depth(self, more: int) -> None:
        self._tables += more
        if self._tables > MAX_DEPTH or len(self._open) > MAX_DEPTH:
            raise _NotPlain

    def _refuse_dangers(self, tag: str, given: dict[str, str]) -> None:
        known = tag in _BLOCKS or tag in _MARKS or tag in _PASSED or _SMART_TAG.fullmatch(tag)
        names = set(given)
        if not known or any(name.startswith("on") for name in names) or names & _LEADS_OUT:
            raise _NotPlain
        if _REFUSED_STYLE.search(given.get("style", "")) or _is_white(given.get("color", "")):
            raise _NotPlain
        meta = tag == "meta" and given.get("http-equiv", "content-type").lower()
        if meta and meta not in _HARMLESS_META:
            raise _NotPlain
        if "href" in given and not _leads_nowhere(tag, given):
            raise _NotPlain


def _is_white(colour: str) -> bool:
    return colour.strip().lower().startswith(("white", "#fff"))


def _leads_nowhere(tag: str, given: dict[str, str]) -> bool:
    href = given["href"].strip()
    if tag == "link":
        return given.get("rel", "").lower() in _OF_WORD and _BESIDE.fullmatch(href) is not None
    return tag == "a" and _PLAIN_LINK.fullmatch(href) is not None


def _refuse_classes(text: str) -> None:
    rules = _FONTS_AND_LISTS.sub("", _OF_DRAWINGS.sub("", _REMARK.sub("", text)))
    if _REFUSED_STYLE.search(rules) or _REFUSED_CLASS.search(rules):
        raise _NotPlain


def _kept(given: dict[str, str], style: str) -> Iterable[str]:
    """Of a tag's attributes what says how wide a cell is, where a list begins, and how it looks."""
    for name in _NUMBERS & given.keys():
        if _NUMBER.fullmatch(given[name].strip()):
            yield f' {name}="{given[name].strip()}"'
    for name in ("bgcolor", "color"):
        if re.fullmatch(_COLOUR, given.get(name, "").strip().lower()):
            yield f' {name}="{given[name].strip().lower()}"'
    looks = []
    for said in style.lower().split(";"):
        name, _, value = (part.strip() for part in said.partition(":"))
        name = "background" if name == "mso-highlight" else name
        if name in _LOOKS and _LOOKS[name].fullmatch(value):
            looks.append(f"{name}:{value}")
    if looks:
        yield f' style="{";".join(looks)}"'
