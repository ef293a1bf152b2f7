"""What a paragraph's own properties and its style make of text, worked out along the "based on"
chain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from handlers.readers.word import appearance, xml
from handlers.readers.word.appearance import Look, Marks
from handlers.readers.word.xml import Element

STYLE, _MARK = xml.tags("pStyle"), xml.tags("rPr")
_OUTLINE, ALIGNED = xml.tags("outlineLvl"), xml.tags("jc")
_NUMBERING, _NUMBER = xml.tags("numPr"), xml.tags("numId")
_DELETED = xml.tags("del", "moveFrom")
LOOKED_AT = STYLE | _MARK | _OUTLINE | ALIGNED | _NUMBERING | _DELETED
BODY = 9  # the outline level that means body text


@dataclass(frozen=True, slots=True)
class Setting:
    """What one pPr sets; None is unsaid. `outline` counts from 0, BODY is body text.

    `joined`: its paragraph mark is deleted, so that it runs into the next paragraph.
    """

    style: str | None = None
    outline: int | None = None
    numbered: bool | None = None
    centred: bool | None = None
    joined: bool = False


UNSET = Setting()


def setting(properties: Element) -> Setting:
    """What a pPr sets directly."""
    style, outline, numbered, centred, joined = None, None, None, None, False
    for mark in properties:
        tag = mark.tag
        if tag not in LOOKED_AT:
            continue
        if tag in STYLE:
            style = xml.val(mark)
        elif tag in _MARK:
            joined = len(mark) > 0 and xml.child(mark, _DELETED) is not None
        elif tag in ALIGNED:
            centred = xml.val(mark) == "center"
        elif tag in _OUTLINE:
            outline = xml.number(mark, 0, BODY)
        elif tag in _NUMBERING:
            numbered = _has_number(mark)
    return Setting(style, outline, numbered, centred, joined)


def _has_number(numbering: Element) -> bool | None:
    """False where numId is 0, which takes a style's number away."""
    number = xml.child(numbering, _NUMBER)
    return None if number is None else xml.val(number) != "0"


_STYLE, _DEFAULTS = xml.tags("style"), xml.tags("docDefaults")
_DEFAULT_RUNS, _DEFAULT_PARAGRAPHS = xml.tags("rPrDefault"), xml.tags("pPrDefault")
_NAME, _BASED_ON = xml.tags("name"), xml.tags("basedOn")
_PPR, _RPR = xml.tags("pPr"), xml.tags("rPr")
DEEPEST = 50  # styles based on styles; Word itself stops at 11
_HEADING = re.compile(r"heading ?([1-9])")
_CONTENTS = re.compile(r"toc ?[1-9]")
_CONTENTS_TITLE = re.compile(r"toc ?heading|contents heading")


@dataclass(frozen=True, slots=True)
class Style:
    """One style as written."""

    name: str
    based_on: str | None
    setting: Setting
    marks: Marks


@dataclass(frozen=True, slots=True)
class Manner:
    """What a paragraph style comes to. `contents` marks the lines of a table of contents, and
    `contents_title` what stands over them."""

    heading: int = 0
    title: bool = False
    numbered: bool = False
    centred: bool = False
    contents: bool = False
    contents_title: bool = False
    look: Look = field(default_factory=Look)


class Styles:
    """All styles of a document; ids that are not listed mean the default style."""

    def __init__(self, root: Element | None = None) -> None:
        self._listed: dict[tuple[str, str], Element] = {}
        self._styles: dict[tuple[str, str], Style] = {}
        self._default: str | None = None
        self._base = Look()
        self._manners: dict[str | None, Manner] = {}
        self._characters: dict[str, Look] = {}
        for entry in () if root is None else root:
            self._list(entry)

    def paragraph(self, style_id: str | None) -> Manner:
        """What the paragraph style makes of its paragraphs."""
        if style_id not in self._manners:
            self._manners[style_id] = self._manner(style_id)
        return self._manners[style_id]

    def character(self, style_id: str) -> Look:
        """What the character style sets, as toggles over the paragraph's look."""
        if style_id not in self._characters:
            chain = list(self._chain("character", style_id))
            self._characters[style_id] = _looked(chain, Look())
        return self._characters[style_id]

    def _list(self, entry: Element) -> None:
        if entry.tag in _DEFAULTS:
            for runs in xml.children(entry, _DEFAULT_RUNS):
                for properties in xml.children(runs, _RPR):
                    self._base = appearance.marks(properties).upon(Look())
        elif entry.tag in _STYLE:
            kind = xml.attribute(entry, "type") or "paragraph"
            style_id = xml.attribute(entry, "styleId") or ""
            self._listed[kind, style_id] = entry
            if kind == "paragraph" and xml.attribute(entry, "default") in ("1", "true", "on"):
                self._default = style_id

    def _chain(self, kind: str, style_id: str | None) -> Iterator[Style]:
        """The style and those it is based on, nearest first."""
        seen: set[str] = set()
        while style_id is not None and style_id not in seen and len(seen) < DEEPEST:
            seen.add(style_id)
            entry = self._listed.get((kind, style_id))
            if entry is None:
                return
            style = self._read(kind, style_id, entry)
            yield style
            style_id = style.based_on

    def _read(self, kind: str, style_id: str, entry: Element) -> Style:
        if (kind, style_id) not in self._styles:
            self._styles[kind, style_id] = _style(entry)
        return self._styles[kind, style_id]

    def _manner(self, style_id: str | None) -> Manner:
        known = style_id is not None and ("paragraph", style_id) in self._listed
        chain = list(self._chain("paragraph", style_id if known else self._default))
        called = [style.name for style in chain]
        if style_id is not None and not known:  # a producer that ships no styles
            called.insert(0, style_id.casefold())
        return Manner(
            heading=_heading(chain, called),
            title="title" in called,
            numbered=next(
                (s.setting.numbered for s in chain if s.setting.numbered is not None), False
            ),
            centred=next(
                (s.setting.centred for s in chain if s.setting.centred is not None), False
            ),
            contents=bool(called) and bool(_CONTENTS.fullmatch(called[0])),
            contents_title=bool(called) and bool(_CONTENTS_TITLE.fullmatch(called[0])),
            look=_looked(chain, self._base)._replace(apart=()),  # the same throughout
        )


def _style(entry: Element) -> Style:
    name, based_on, sets, marks = "", None, UNSET, appearance.UNMARKED
    for part in entry:
        if part.tag in _NAME:
            name = (xml.val(part) or "").casefold()
        elif part.tag in _BASED_ON:
            based_on = xml.val(part)
        elif part.tag in _PPR:
            sets = setting(part)
        elif part.tag in _RPR:
            marks = appearance.marks(part)
    return Style(name, based_on, sets, marks)


def _heading(chain: list[Style], called: list[str]) -> int:
    """1 to 9 by the nearest outline level, or by the name of a built-in heading style."""
    for style in chain:
        if style.setting.outline is not None:
            return 0 if style.setting.outline == BODY else style.setting.outline + 1
    found = (_HEADING.fullmatch(name) for name in called)
    return next((int(match[1]) for match in found if match), 0)


def _looked(chain: list[Style], base: Look) -> Look:
    """The nearest style that sets a mark decides it."""
    for style in reversed(chain):
        base = style.marks.upon(base)
    return base
