"""Puts a custom property into a Word document and copies every other part byte for byte.

A document with a digital signature over its properties would no longer verify; templates have none.
"""

from __future__ import annotations

import zipfile
from io import BytesIO

from lxml import etree

from handlers.document import STAMP_PROPERTY
from handlers.readers.word import xml
from handlers.readers.word.errors import UnreadableFile
from handlers.readers.word.package import Package
from handlers.readers.word.parts import CONTENT_TYPES_PART, PackageParts

ROOT_RELATIONS_PART = "_rels/.rels"
CUSTOM_PROPERTIES_PART = "docProps/custom.xml"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the one of properties that people add
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TRANSITIONAL = (
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties",
)
_STRICT = (
    "http://purl.oclc.org/ooxml/officeDocument/customProperties",
    "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/customProperties",
)


def stamp_task(data: bytes, argument: str, setup: object) -> tuple[object, list[bytes]]:
    """The document with the stamp `argument`, as the worker's one blob; none when it is no Word
    document that could be read."""
    try:
        return None, [stamp_document(data, argument)]
    except UnreadableFile:
        return None, []


def stamp_document(docx: bytes, value: str) -> bytes:
    """The document with the property set to `value`. Raises UnreadableFile."""
    package = Package(docx)
    found = PackageParts(package)
    spaces = _STRICT if any("purl.oclc.org" in r.type for r in found.relations) else _TRANSITIONAL
    existing = [
        part
        for kind in ("custom-properties", "customproperties")
        for part in found.related_parts(kind, source="")
    ]
    if existing:
        changed = {existing[0]: _with_property(package.read_member(existing[0]), value)}
    else:
        changed = {
            CUSTOM_PROPERTIES_PART.casefold(): _new_part(value, spaces),
            CONTENT_TYPES_PART: _with_type(package.read_member(CONTENT_TYPES_PART)),
            ROOT_RELATIONS_PART: _with_relation(
                package.read_member(ROOT_RELATIONS_PART), spaces[2]
            ),
        }
    return _packed(package, changed)


def _packed(package: Package, changed: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in package.names_as_spelled:
            content = changed.get(name.casefold())
            archive.writestr(
                _entry(name), package.read_member(name) if content is None else content
            )
        if CUSTOM_PROPERTIES_PART.casefold() in changed and CUSTOM_PROPERTIES_PART not in package:
            archive.writestr(
                _entry(CUSTOM_PROPERTIES_PART), changed[CUSTOM_PROPERTIES_PART.casefold()]
            )
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    """A member without a date: the same template, stamped twice, is the same file."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _new_part(value: str, spaces: tuple[str, str, str]) -> bytes:
    properties, types, _ = spaces
    spelled: dict[str | None, str] = {None: properties, "vt": types}
    root = etree.Element(f"{{{properties}}}Properties", nsmap=spelled)  # type: ignore[arg-type]
    _add(root, value, types)
    return _written(root)


def _with_property(part: bytes, value: str) -> bytes:
    root = xml.parse_part(part)
    types = next((str(s) for s in root.nsmap.values() if "docPropsVTypes" in str(s)), "")
    for old in [p for p in root if p.get("name") == STAMP_PROPERTY]:
        root.remove(old)
    _add(root, value, types or _TRANSITIONAL[1])
    return _written(root)


def _add(root: xml.Element, value: str, types: str) -> None:
    space = etree.QName(root).namespace
    numbers = [int(p.get("pid", "0")) for p in root if p.get("pid", "").isdecimal()]
    entry = etree.SubElement(root, f"{{{space}}}property")
    entry.set("fmtid", _FORMAT)
    entry.set("pid", str(max([1, *numbers]) + 1))  # numbers 0 and 1 are taken by the format
    entry.set("name", STAMP_PROPERTY)
    etree.SubElement(entry, f"{{{types}}}lpwstr").text = value


def _with_type(part: bytes) -> bytes:
    root = xml.parse_part(part)
    entry = etree.SubElement(root, f"{{{_PACKAGE}/content-types}}Override")
    entry.set("PartName", f"/{CUSTOM_PROPERTIES_PART}")
    entry.set("ContentType", _TYPE)
    return _written(root)


def _with_relation(part: bytes, type: str) -> bytes:
    root = xml.parse_part(part)
    taken = {entry.get("Id") for entry in root}
    number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
    entry = etree.SubElement(root, f"{{{_PACKAGE}/relationships}}Relationship")
    entry.set("Id", f"rId{number}")
    entry.set("Type", type)
    entry.set("Target", CUSTOM_PROPERTIES_PART)
    return _written(root)


def _written(root: xml.Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
