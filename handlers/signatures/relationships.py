"""The relationships that a signature covers, in the form in which they are signed.

Does: picks out those named by their id or their type, in the order and with the attributes that
the transform asks for (ECMA-376 part 2, 13.2.4.24).
Trusts: nothing in the part.
Never touches: what a relationship points to.
Known limits: ids are put in the order of their characters, as Office and LibreOffice do.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from lxml import etree

from handlers.word import names
from handlers.word.xml import Element, whole

TRANSFORM = "http://schemas.openxmlformats.org/package/2006/RelationshipTransform"
_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"


def picked(part: bytes, transform: Element) -> list[Element]:
    """The relationships of a .rels part that the transform names. Raises Damaged and TooBig."""
    ids = _named(transform, "RelationshipReference", "SourceId")
    types = _named(transform, "RelationshipsGroupReference", "SourceType")
    return [e for e in whole(part) if e.get("Id") in ids or e.get("Type") in types]


def as_signed(relationships: Iterable[Element]) -> bytes:
    """Their canonical form."""
    root = etree.Element(f"{{{_SPACE}}}Relationships", nsmap=cast("dict[str, str]", {None: _SPACE}))
    for one in sorted(relationships, key=lambda e: e.get("Id") or ""):
        kept = etree.SubElement(root, f"{{{_SPACE}}}Relationship")
        for name in ("Id", "Target", "Type"):
            kept.set(name, one.get(name) or "")
        kept.set("TargetMode", one.get("TargetMode") or "Internal")
    return etree.tostring(root, method="c14n", with_comments=False)


def _named(transform: Element, element: str, attribute: str) -> set[str]:
    found = (e for e in transform.iter(etree.Element) if names.local(e) == element)
    return {value for e in found if (value := e.get(attribute))}
