"""Everything a part holds that counts whether or not it is seen: tracked changes and dangers.

Does: counts insertions, deletions and moves not yet accepted, page number fields, and passes
field characters on to `instructions.py`; marks controls, links and foreign documents.
Trusts: nothing. Deleted text and the branches Word does not show are looked at too: another
program may show them.
Never touches: what the document says.
Known limits: formatting changes are not counted; a move counts once, where it arrives. Each piece
Word keeps apart (a paragraph's share of a longer deletion) counts as one change.
"""

from __future__ import annotations

from handlers.document.block import Traits
from handlers.word import drawing, names
from handlers.word.instructions import Instructions
from handlers.word.xml import Element

_CHANGES = names.tags("ins", "del", "moveTo", "cellIns", "cellDel")
_CHARACTERS, _SIMPLE = names.tags("fldChar"), names.tags("fldSimple")
_INSTRUCTIONS = names.tags("instrText", "delInstrText")
_CONTROLS = names.tags("control")
_OBJECTS = {names.OLE_OBJECT}
_FOREIGN = names.tags("altChunk", "subDoc")
_PAGE = names.tags("pgNum")

WATCHED = _CHANGES | _CHARACTERS | _SIMPLE | _INSTRUCTIONS | _CONTROLS | _OBJECTS | _FOREIGN | _PAGE


class Watch:
    """Looks at the watched elements of one part, in order; call `finish` after the last."""

    def __init__(self, traits: Traits) -> None:
        self._traits = traits
        self._instructions = Instructions(traits.danger)
        self._page_number = False

    @property
    def pages(self) -> bool:
        """The part holds a page number."""
        return self._page_number or self._instructions.pages

    def see(self, element: Element) -> None:
        tag = element.tag
        if tag in _CHANGES:
            self._traits.tracked_changes += 0 if drawing.dead(element) else 1
        elif tag in _CHARACTERS:
            self._instructions.character(names.attribute(element, "fldCharType"))
        elif tag in _INSTRUCTIONS:
            self._instructions.write(element.text or "")
        elif tag in _SIMPLE:
            self._instructions.simple(names.attribute(element, "instr") or "")
        elif tag in _CONTROLS:
            self._traits.danger("active-control")
        elif tag in _OBJECTS:
            self._object(element)
        elif tag in _FOREIGN:
            self._traits.danger("foreign-part")
        elif tag in _PAGE:
            self._page_number = True

    def _object(self, element: Element) -> None:
        """What is embedded is judged where it is kept, by `hazards.py`; what points at nothing in
        the package, or says that it is a link, is not let be."""
        if (element.get("Type") or "").casefold() == "link":
            self._traits.danger("linked-object")
        elif not any(str(name).endswith("}id") for name in element.keys()):  # noqa: SIM118  lxml's
            self._traits.danger("embedded-object")

    def finish(self) -> None:
        """The part is over."""
        self._instructions.finish()
