"""The hardened XML parser, and the names of WordprocessingML in both of its namespaces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import cast

from lxml import etree

from handlers.readers.word.errors import DamagedFile, FileTooBig, UnreadableFile

Element = etree._Element

_DOCTYPE = b"<!DOCTYPE"
# A part that opens with its root element, in UTF-8, as all that Word writes does.
_OPENS_WITH_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml version=(?:\"1.0\"|'1.0')(?: encoding=[\"'][Uu][Tt][Ff]-8[\"'])?"
    rb"(?: standalone=[\"'](?:yes|no)[\"'])?\s*\?>)?\s*<[A-Za-z][^<>]*>"
)


def parse_part(content: bytes) -> Element:
    """The root of a part read in one piece.

    Raises DamagedFile, or FileTooBig beyond libxml2's limits.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        raise _refusal(fault) from None


class XmlStream:
    """Elements with one of `qualified_names`, each once it is closed, from content fed piece by
    piece.

    Raises DamagedFile, or FileTooBig beyond libxml2's limits. What has been read must be let go by
    the reader; the tree grows otherwise.
    """

    def __init__(self, tags: Iterable[str], *, opened: bool = False) -> None:
        self._parser = etree.XMLPullParser(
            events=("start",) if opened else ("end",),
            tag=tuple(tags) or None,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
        )

    def feed(self, piece: bytes) -> Iterator[tuple[str, Element]]:
        """Pairs of event and element."""
        try:
            self._parser.feed(piece)
        except etree.XMLSyntaxError as fault:
            raise _refusal(fault) from None
        # Only the start of a namespace would come as something else than an element.
        return cast("Iterator[tuple[str, Element]]", self._parser.read_events())

    def close(self) -> None:
        try:
            self._parser.close()
        except etree.XMLSyntaxError as fault:
            raise _refusal(fault) from None


def declares_doctype(pieces: Iterable[bytes]) -> bool:
    """True if the part has a document type declaration. Reads no further than its root element;
    where nothing can stand before that, the parser need not be asked."""
    stream, fed = None, bytearray()
    for piece in pieces:
        if stream is None and _DOCTYPE not in piece and _OPENS_WITH_ROOT.match(piece):
            return False
        stream = stream or XmlStream((), opened=True)
        fed += piece
        try:
            for _, root in stream.feed(piece):
                return root.getroottree().docinfo.internalDTD is not None
        except UnreadableFile:
            break
    return _DOCTYPE in fed.replace(b"\0", b"")  # in UTF-16, every other byte is NUL


def _refusal(fault: etree.XMLSyntaxError) -> UnreadableFile:
    code: int = fault.code  # type: ignore[attr-defined]  # missing from the stubs
    return FileTooBig() if code == etree.ErrorTypes.ERR_RESOURCE_LIMIT else DamagedFile()


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


def qualified_names(*names: str) -> frozenset[str]:
    """The qualified names of WordprocessingML elements, in both namespaces."""
    return frozenset(f"{{{space}}}{name}" for space in (TRANSITIONAL, STRICT) for name in names)


P, R, TBL, TR, TC = (
    qualified_names("p"),
    qualified_names("r"),
    qualified_names("tbl"),
    qualified_names("tr"),
    qualified_names("tc"),
)
SDT, SDT_CONTENT, SDT_PROPERTIES = (
    qualified_names("sdt"),
    qualified_names("sdtContent"),
    qualified_names("sdtPr"),
)
TEXT_BOX = qualified_names("txbxContent")
WRAPPERS = qualified_names("customXml", "smartTag")

_VAL = (f"{{{TRANSITIONAL}}}val", f"{{{STRICT}}}val")


def value_of(element: Element) -> str | None:
    """The value of the element's w:val."""
    found = element.get(_VAL[0])
    return element.get(_VAL[1]) if found is None else found


def attribute_of(element: Element, name: str) -> str | None:
    found = element.get(f"{{{TRANSITIONAL}}}{name}")
    return element.get(f"{{{STRICT}}}{name}") if found is None else found


def is_switched_on(element: Element) -> bool:
    """An on/off element is on unless it says otherwise."""
    said = value_of(element)
    return said is None or said.lower() not in _OFF


def bounded_number(element: Element, least: int, most: int) -> int:
    """The element's w:val as a whole number within bounds; `least` when it is none."""
    said = (value_of(element) or "").strip()
    if not (said.isascii() and said.isdigit()):
        return least
    return max(least, min(most, int(said[:_DIGITS])))


def first_child(element: Element, names: frozenset[str]) -> Element | None:
    """The first child with one of `names`."""
    return next((found for found in element if found.tag in names), None)


def children_named(element: Element, names: frozenset[str]) -> Iterator[Element]:
    return (found for found in element if found.tag in names)


def local_name(element: Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]
