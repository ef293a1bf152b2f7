"""Picks out the relationships that a signature covers, as signed (ECMA-376-2, 13.2.4.24)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from lxml import etree

from handlers.readers.word import xml
from handlers.readers.word.xml import Element

RELATIONSHIP_TRANSFORM = "http://schemas.openxmlformats.org/package/2006/RelationshipTransform"
_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"


def pick_relationships(part: Element, transform: Element) -> list[Element]:
    """The relationships, of those in a .rels part, that the transform names."""
    ids = _named(transform, "RelationshipReference", "SourceId")
    types = _named(transform, "RelationshipsGroupReference", "SourceType")
    return [e for e in part if e.get("Id") in ids or e.get("Type") in types]


def canonical_forms(part: Element, relationships: Iterable[Element]) -> Iterator[bytes]:
    """The canonical forms under which these relationships of a part may have been signed: the
    standard's, and LibreOffice's where it differs."""
    found = sorted(relationships, key=lambda e: e.get("Id") or "")
    yield _written(found, 0)
    gaps = sum(bool(text) for text in (part.text, *(e.tail for e in part)))
    if gaps:
        yield _written(found, gaps)


def _written(relationships: Iterable[Element], gaps: int) -> bytes:
    """LibreOffice's library (xmlsec, up to 1.2 at least) makes of each gap between elements, where
    the standard drops them, an empty element called "text", and these come first."""
    root = etree.Element(f"{{{_SPACE}}}Relationships", nsmap=cast("dict[str, str]", {None: _SPACE}))
    for _ in range(gaps):
        etree.SubElement(root, f"{{{_SPACE}}}text")
    for one in relationships:
        kept = etree.SubElement(root, f"{{{_SPACE}}}Relationship")
        for name in ("Id", "Target", "Type"):
            kept.set(name, one.get(name) or "")
        kept.set("TargetMode", one.get("TargetMode") or "Internal")
    return etree.tostring(root, method="c14n", with_comments=False)


def _named(transform: Element, element: str, attribute: str) -> set[str]:
    found = (e for e in transform.iter(etree.Element) if xml.local_name(e) == element)
    return {value for e in found if (value := e.get(attribute))}
