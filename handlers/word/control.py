"""Things to fill in: content controls and legacy form fields.

Does: reads from their properties whether they are ticked, what a list shows, and whether what
they hold is only the prompt ("Click here to enter text").
Trusts: nothing.
Never touches: what a control is bound to (custom XML); what it shows is what counts.
Known limits: a text field's default is read only where it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from handlers.word import names
from handlers.word.xml import Element

_PROMPT = names.tags("showingPlcHdr")
_GALLERY, _GALLERY_NAME = names.tags("docPartObj"), names.tags("docPartGallery")
_FIELD_DATA = names.tags("ffData")
_CHECK_BOX, _CHECKED, _DEFAULT = (
    names.tags("checkBox"),
    names.tags("checked"),
    names.tags("default"),
)
_LIST, _RESULT, _ENTRY = names.tags("ddList"), names.tags("result"), names.tags("listEntry")
MOST_CHOICES = 25  # Word's own limit for a legacy list


@dataclass(frozen=True, slots=True)
class Control:
    """What surrounds some content. `tick` is None unless it is a check box."""

    placeholder: bool = False
    tick: bool | None = None
    contents: bool = False  # a table of contents

    def around(self, inner: Control) -> Control:
        """An inner control inside this one."""
        return Control(
            self.placeholder or inner.placeholder,
            self.tick if inner.tick is None else inner.tick,
            self.contents or inner.contents,
        )


NONE = Control()


def control(element: Element) -> Control:
    """What a w:sdt is."""
    properties = names.child(element, names.SDT_PROPERTIES)
    placeholder, tick, contents = False, None, False
    for mark in () if properties is None else properties:
        if mark.tag in _PROMPT:
            placeholder = names.on(mark)
        elif mark.tag == names.CHECKBOX_2010:
            tick = _ticked(mark)
        elif mark.tag in _GALLERY:
            gallery = names.child(mark, _GALLERY_NAME)
            contents = gallery is not None and names.val(gallery) == "Table of Contents"
    return Control(placeholder and tick is None, tick, contents)


def _ticked(box: Element) -> bool:
    checked = names.child(box, frozenset({names.CHECKED_2010}))
    said = None if checked is None else checked.get(f"{{{names.WORD_2010}}}val", "1")
    return said in ("1", "true", "on")


@dataclass(frozen=True, slots=True)
class FormField:
    """A legacy form field: a check box, or a list showing `shown`."""

    tick: bool | None = None
    shown: str = ""


def form_field(character: Element) -> FormField:
    """What the field that begins at this w:fldChar is, if it is a form field at all."""
    data = names.child(character, _FIELD_DATA)
    for part in () if data is None else data:
        if part.tag in _CHECK_BOX:
            return FormField(tick=_box(part))
        if part.tag in _LIST:
            return FormField(shown=_choice(part))
    return FormField()


def _box(part: Element) -> bool:
    """Checked says; where it is absent, the default does."""
    checked, default = names.child(part, _CHECKED), names.child(part, _DEFAULT)
    if checked is not None:
        return names.on(checked)
    return default is not None and names.on(default)


def _choice(part: Element) -> str:
    entries = [names.val(entry) or "" for entry in names.children(part, _ENTRY)]
    chosen = names.child(part, _RESULT)
    if chosen is None:
        chosen = names.child(part, _DEFAULT)
    index = 0 if chosen is None else names.number(chosen, 0, MOST_CHOICES)
    return entries[index] if index < len(entries) else ""
