"""What may be wrapped around paragraphs, rows and cells without being one.

Does: looks through content controls, custom XML, insertions and alternate content to what they
hold.
Trusts: nothing.
Never touches: the content itself.
Known limits: none.
"""

from __future__ import annotations

from handlers.word import control, drawing, names
from handlers.word.control import Control
from handlers.word.xml import Element

# Whole blocks that were inserted, or moved to here.
_ARRIVED = names.tags("ins", "moveTo")


def unwrapped(part: Element, within: Control) -> tuple[Element | None, Control]:
    """The content of a wrapper, None if it is none, and the controls around that content."""
    if part.tag in names.SDT:
        content = names.child(part, names.SDT_CONTENT)
        return content, within.around(control.control(part))
    if part.tag in names.WRAPPERS or part.tag in _ARRIVED:
        return part, within
    if part.tag == names.ALTERNATE:
        return drawing.chosen(part), within
    return None, within


def around(element: Element) -> Control:
    """The content controls around an element, taken together."""
    together = control.NONE
    for wrapper in reversed(list(element.iterancestors(*names.SDT))):
        together = together.around(control.control(wrapper))
    return together
