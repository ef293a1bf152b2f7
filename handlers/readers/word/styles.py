"""What a paragraph's own properties and its style make of text, worked out along the "based on"
chain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from handlers.readers.word import appearance, xml
from handlers.readers.word.appearance import RunLook, RunProperties
from handlers.readers.word.xml import Element

STYLE_TAGS, _MARK = xml.qualified_names("pStyle"), xml.qualified_names("rPr")
_OUTLINE, ALIGNMENT_TAGS = xml.qualified_names("outlineLvl"), xml.qualified_names("jc")
_NUMBERING, _NUMBER = xml.qualified_names("numPr"), xml.qualified_names("numId")
_DELETED = xml.qualified_names("del", "moveFrom")
PARAGRAPH_TAGS = STYLE_TAGS | _MARK | _OUTLINE | ALIGNMENT_TAGS | _NUMBERING | _DELETED
BODY_OUTLINE_LEVEL = 9  # the outline level that means body text


@dataclass(frozen=True, slots=True)
class ParagraphProperties:
    """What one pPr sets; None is unsaid. `outline` counts from 0, BODY is body text.

    `joined`: its paragraph mark is deleted, so that it runs into the next paragraph.
    """

    style: str | None = None
    outline: int | None = None
    numbered: bool | None = None
    centred: bool | None = None
    joined: bool = False


NO_PARAGRAPH_PROPERTIES = ParagraphProperties()


def read_paragraph_properties(properties: Element) -> ParagraphProperties:
    """What a pPr sets directly."""
    style, outline, numbered, centred, joined = None, None, None, None, False
    for mark in properties:
        tag = mark.tag
        if tag not in PARAGRAPH_TAGS:
            continue
        if tag in STYLE_TAGS:
            style = xml.value_of(mark)
        elif tag in _MARK:
            joined = len(mark) > 0 and xml.first_child(mark, _DELETED) is not None
        elif tag in ALIGNMENT_TAGS:
            centred = xml.value_of(mark) == "center"
        elif tag in _OUTLINE:
            outline = xml.bounded_number(mark, 0, BODY_OUTLINE_LEVEL)
        elif tag in _NUMBERING:
            numbered = _has_number(mark)
    return ParagraphProperties(style, outline, numbered, centred, joined)


def _has_number(numbering: Element) -> bool | None:
    """False where numId is 0, which takes a style's number away."""
    number = xml.first_child(numbering, _NUMBER)
    return None if number is None else xml.value_of(number) != "0"


_STYLE, _DEFAULTS = xml.qualified_names("style"), xml.qualified_names("docDefaults")
_DEFAULT_RUNS, _DEFAULT_PARAGRAPHS = (
    xml.qualified_names("rPrDefault"),
    xml.qualified_names("pPrDefault"),
)
_NAME, _BASED_ON = xml.qualified_names("name"), xml.qualified_names("basedOn")
_PPR, _RPR = xml.qualified_names("pPr"), xml.qualified_names("rPr")
MAX_STYLE_DEPTH = 50  # styles based on styles; Word itself stops at 11
_HEADING = re.compile(r"heading ?([1-9])")
_CONTENTS = re.compile(r"toc ?[1-9]")
_CONTENTS_TITLE = re.compile(r"toc ?heading|contents heading")


@dataclass(frozen=True, slots=True)
class StyleDefinition:
    """One style as styles.xml writes it."""

    name: str
    based_on: str | None
    setting: ParagraphProperties
    marks: RunProperties


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a paragraph style comes to. `contents` marks the lines of a table of contents, and
    `contents_title` what stands over them."""

    heading: int = 0
    title: bool = False
    numbered: bool = False
    centred: bool = False
    contents: bool = False
    contents_title: bool = False
    look: RunLook = field(default_factory=RunLook)


class StyleSheet:
    """All styles of a document; ids that are not listed mean the default style."""

    def __init__(self, root: Element | None = None) -> None:
        self._listed: dict[tuple[str, str], Element] = {}
        self._styles: dict[tuple[str, str], StyleDefinition] = {}
        self._default: str | None = None
        self._base = RunLook()
        self._manners: dict[str | None, ParagraphStyle] = {}
        self._characters: dict[str, RunLook] = {}
        for entry in () if root is None else root:
            self._list(entry)

    def paragraph_style(self, style_id: str | None) -> ParagraphStyle:
        """What the paragraph style makes of its paragraphs."""
        if style_id not in self._manners:
            self._manners[style_id] = self._manner(style_id)
        return self._manners[style_id]

    def character_style(self, style_id: str) -> RunLook:
        """What the character style sets, as toggles over the paragraph's look."""
        if style_id not in self._characters:
            chain = list(self._chain("character", style_id))
            self._characters[style_id] = _looked(chain, RunLook())
        return self._characters[style_id]

    def _list(self, entry: Element) -> None:
        if entry.tag in _DEFAULTS:
            for runs in xml.children_named(entry, _DEFAULT_RUNS):
                for properties in xml.children_named(runs, _RPR):
                    self._base = appearance.read_run_properties(properties).apply_to(RunLook())
        elif entry.tag in _STYLE:
            kind = xml.attribute_of(entry, "type") or "paragraph"
            style_id = xml.attribute_of(entry, "styleId") or ""
            self._listed[kind, style_id] = entry
            if kind == "paragraph" and xml.attribute_of(entry, "default") in ("1", "true", "on"):
                self._default = style_id

    def _chain(self, kind: str, style_id: str | None) -> Iterator[StyleDefinition]:
        """The style and those it is based on, nearest first."""
        seen: set[str] = set()
        while style_id is not None and style_id not in seen and len(seen) < MAX_STYLE_DEPTH:
            seen.add(style_id)
            entry = self._listed.get((kind, style_id))
            if entry is None:
                return
            style = self._read(kind, style_id, entry)
            yield style
            style_id = style.based_on

    def _read(self, kind: str, style_id: str, entry: Element) -> StyleDefinition:
        if (kind, style_id) not in self._styles:
            self._styles[kind, style_id] = _style(entry)
        return self._styles[kind, style_id]

    def _manner(self, style_id: str | None) -> ParagraphStyle:
        known = style_id is not None and ("paragraph", style_id) in self._listed
        chain = list(self._chain("paragraph", style_id if known else self._default))
        called = [style.name for style in chain]
        if style_id is not None and not known:  # a producer that ships no styles
            called.insert(0, style_id.casefold())
        return ParagraphStyle(
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


def _style(entry: Element) -> StyleDefinition:
    name, based_on, sets, marks = "", None, NO_PARAGRAPH_PROPERTIES, appearance.NO_RUN_PROPERTIES
    for part in entry:
        if part.tag in _NAME:
            name = (xml.value_of(part) or "").casefold()
        elif part.tag in _BASED_ON:
            based_on = xml.value_of(part)
        elif part.tag in _PPR:
            sets = read_paragraph_properties(part)
        elif part.tag in _RPR:
            marks = appearance.read_run_properties(part)
    return StyleDefinition(name, based_on, sets, marks)


def _heading(chain: list[StyleDefinition], called: list[str]) -> int:
    """1 to 9 by the nearest outline level, or by the name of a built-in heading style."""
    for style in chain:
        if style.setting.outline is not None:
            return 0 if style.setting.outline == BODY_OUTLINE_LEVEL else style.setting.outline + 1
    found = (_HEADING.fullmatch(name) for name in called)
    return next((int(match[1]) for match in found if match), 0)


def _looked(chain: list[StyleDefinition], base: RunLook) -> RunLook:
    """The nearest style that sets a mark decides it."""
    for style in reversed(chain):
        base = style.marks.apply_to(base)
    return base
