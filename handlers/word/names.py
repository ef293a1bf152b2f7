"""The names of WordprocessingML, in both of its namespaces.

Does: makes tag and attribute names that match Transitional and Strict documents alike.
Trusts: nothing.
Never touches: anything but its arguments.
Known limits: a document that mixes the two namespaces is read as one; Word would not open it.
"""

from __future__ import annotations

from collections.abc import Iterator

from handlers.word.xml import Element

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MATH = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
OFFICE = "urn:schemas-microsoft-com:office:office"

ALTERNATE = f"{{{COMPATIBILITY}}}AlternateContent"
CHOICE = f"{{{COMPATIBILITY}}}Choice"
FALLBACK = f"{{{COMPATIBILITY}}}Fallback"
CHECKBOX_2010 = f"{{{WORD_2010}}}checkbox"
CHECKED_2010 = f"{{{WORD_2010}}}checked"
OLE_OBJECT = f"{{{OFFICE}}}OLEObject"

_DIGITS = 9  # more than these say the same: too many
_OFF = frozenset({"0", "false", "off"})


def tags(*names: str) -> frozenset[str]:
    """The qualified names of WordprocessingML elements, in both namespaces."""
    return frozenset(f"{{{space}}}{name}" for space in (TRANSITIONAL, STRICT) for name in names)


P, R, TBL, TR, TC = tags("p"), tags("r"), tags("tbl"), tags("tr"), tags("tc")
SDT, SDT_CONTENT, SDT_PROPERTIES = tags("sdt"), tags("sdtContent"), tags("sdtPr")
TEXT_BOX = tags("txbxContent")
WRAPPERS = tags("customXml", "smartTag")

_VAL = (f"{{{TRANSITIONAL}}}val", f"{{{STRICT}}}val")


def val(element: Element) -> str | None:
    """The element's w:val."""
    found = element.get(_VAL[0])
    return element.get(_VAL[1]) if found is None else found


def attribute(element: Element, name: str) -> str | None:
    found = element.get(f"{{{TRANSITIONAL}}}{name}")
    return element.get(f"{{{STRICT}}}{name}") if found is None else found


def on(element: Element) -> bool:
    """An on/off element is on unless it says otherwise."""
    said = val(element)
    return said is None or said.lower() not in _OFF


def number(element: Element, least: int, most: int) -> int:
    """The element's w:val as a whole number within bounds; `least` when it is none."""
    said = (val(element) or "").strip()
    if not (said.isascii() and said.isdigit()):
        return least
    return max(least, min(most, int(said[:_DIGITS])))


def child(element: Element, names: frozenset[str]) -> Element | None:
    """The first child with one of `names`."""
    return next((found for found in element if found.tag in names), None)


def children(element: Element, names: frozenset[str]) -> Iterator[Element]:
    return (found for found in element if found.tag in names)


def local(element: Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]
