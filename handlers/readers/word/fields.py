"""Content controls, legacy form fields, and the fields that are open at one point of a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handlers.readers.word import xml
from handlers.readers.word.errors import FileTooBig
from handlers.readers.word.xml import Element

_PROMPT = xml.qualified_names("showingPlcHdr")
_GALLERY, _GALLERY_NAME = xml.qualified_names("docPartObj"), xml.qualified_names("docPartGallery")
_FIELD_DATA = xml.qualified_names("ffData")
_CHECK_BOX, _CHECKED, _DEFAULT = (
    xml.qualified_names("checkBox"),
    xml.qualified_names("checked"),
    xml.qualified_names("default"),
)
_LIST, _RESULT, _ENTRY = (
    xml.qualified_names("ddList"),
    xml.qualified_names("result"),
    xml.qualified_names("listEntry"),
)
MAX_CHOICES = 25  # Word's own limit for a legacy list


@dataclass(frozen=True, slots=True)
class ContentControl:
    """What surrounds some content. `tick` is None unless it is a check box."""

    placeholder: bool = False
    tick: bool | None = None
    contents: bool = False  # a table of contents

    def enclose_control(self, inner: ContentControl) -> ContentControl:
        """An inner control inside this one."""
        return ContentControl(
            self.placeholder or inner.placeholder,
            self.tick if inner.tick is None else inner.tick,
            self.contents or inner.contents,
        )


NO_CONTROL = ContentControl()


def read_control(element: Element) -> ContentControl:
    """What sort of content control a w:sdt is."""
    properties = xml.first_child(element, xml.SDT_PROPERTIES)
    placeholder, tick, contents = False, None, False
    for mark in () if properties is None else properties:
        if mark.tag in _PROMPT:
            placeholder = xml.is_switched_on(mark)
        elif mark.tag == xml.CHECKBOX_2010:
            tick = _ticked(mark)
        elif mark.tag in _GALLERY:
            gallery = xml.first_child(mark, _GALLERY_NAME)
            contents = gallery is not None and xml.value_of(gallery) == "Table of Contents"
    return ContentControl(placeholder and tick is None, tick, contents)


def _ticked(box: Element) -> bool:
    checked = xml.first_child(box, frozenset({xml.CHECKED_2010}))
    said = None if checked is None else checked.get(f"{{{xml.WORD_2010}}}val", "1")
    return said in ("1", "true", "on")


@dataclass(frozen=True, slots=True)
class LegacyFormField:
    """A legacy form field: a check box, or a list showing `shown`."""

    tick: bool | None = None
    shown: str = ""


def read_form_field(character: Element) -> LegacyFormField:
    """What the field that begins at this w:fldChar is, if it is a form field at all."""
    data = xml.first_child(character, _FIELD_DATA)
    for part in () if data is None else data:
        if part.tag in _CHECK_BOX:
            return LegacyFormField(tick=_box(part))
        if part.tag in _LIST:
            return LegacyFormField(shown=_choice(part))
    return LegacyFormField()


def _box(part: Element) -> bool:
    """Checked says; where it is absent, the default does."""
    checked, default = xml.first_child(part, _CHECKED), xml.first_child(part, _DEFAULT)
    if checked is not None:
        return xml.is_switched_on(checked)
    return default is not None and xml.is_switched_on(default)


def _choice(part: Element) -> str:
    entries = [xml.value_of(entry) or "" for entry in xml.children_named(part, _ENTRY)]
    chosen = xml.first_child(part, _RESULT)
    if chosen is None:
        chosen = xml.first_child(part, _DEFAULT)
    index = 0 if chosen is None else xml.bounded_number(chosen, 0, MAX_CHOICES)
    return entries[index] if index < len(entries) else ""


MAX_FIELD_DEPTH = 100  # fields in fields; Word itself stops at 20
MAX_INSTRUCTION_LENGTH = 4096  # characters of an instruction
_CONTENTS = re.compile(r"\s*TOC\b", re.I)
_OF_FIGURES = re.compile(r"\\[ac]\b", re.I)


class _Field:
    __slots__ = ("contents", "instruction", "shows")

    def __init__(self) -> None:
        self.instruction = ""
        self.shows = False
        self.contents = False


class OpenFields:
    """`hidden`: what comes now is not the document's own text. `contents`: it is in a TOC.
    `begun_here`: this paragraph holds the beginning of one."""

    __slots__ = ("_open", "begun_here", "contents", "found_contents", "hidden")

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self.hidden = False
        self.contents = False
        self.begun_here = False
        self.found_contents = False  # a table of contents was met; never of figures or tables

    @property
    def has_open_field(self) -> bool:
        return bool(self._open)

    def take_character(self, kind: str | None) -> None:
        """A field character: "begin", "separate" or "end"."""
        if kind == "begin":
            if len(self._open) == MAX_FIELD_DEPTH:
                raise FileTooBig
            self._open.append(_Field())
        elif self._open and kind == "separate":
            self._separate(self._open[-1])
        elif self._open and kind == "end":
            self._separate(self._open.pop())
        self._weigh()

    def add_instruction(self, text: str) -> None:
        if self._open and not self._open[-1].shows:
            field = self._open[-1]
            field.instruction = (field.instruction + text)[:MAX_INSTRUCTION_LENGTH]

    def end_paragraph(self) -> None:
        """An instruction hides the text in its own paragraph only."""
        self.begun_here = False
        if self.hidden:
            for field in self._open:
                self._separate(field)
            self._weigh()

    def drop_contents_fields(self) -> None:
        self._open = [field for field in self._open if not field.contents]
        self._weigh()

    def close_all_fields(self) -> None:
        """A cell or text box is over, and no field reaches out of it."""
        if self._open:
            self._open.clear()
            self._weigh()

    def _separate(self, field: _Field) -> None:
        if not field.shows:
            field.shows = True
            field.contents = bool(_CONTENTS.match(field.instruction))
            self.begun_here |= field.contents
            if field.contents and not _OF_FIGURES.search(field.instruction):
                self.found_contents = True

    def _weigh(self) -> None:
        self.contents = any(field.contents for field in self._open)
        self.hidden = self.contents or any(not field.shows for field in self._open)
