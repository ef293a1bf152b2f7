"""What is inside a .docx, and how to put it back together wrongly on purpose.

Does: takes a document apart into its parts, changes one and packs it again; saves it under a
password, in Strict Open XML, or cut short.
Trusts: its input to be a sound .docx.
Never touches: files.
Known limits: a repacked document has the same text as before, not the same bytes.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping

import msoffcrypto
from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCUMENT = "word/document.xml"
TYPES = "[Content_Types].xml"
EMPTY = b""
OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")

_STRICT = {
    W: "http://purl.oclc.org/ooxml/wordprocessingml/main",
    R: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "http://schemas.openxmlformats.org/drawingml/2006/main": (
        "http://purl.oclc.org/ooxml/drawingml/main"
    ),
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": (
        "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing"
    ),
    "http://schemas.openxmlformats.org/officeDocument/2006/math": (
        "http://purl.oclc.org/ooxml/officeDocument/math"
    ),
    "http://schemas.openxmlformats.org/officeDocument/2006/extendedProperties": (
        "http://purl.oclc.org/ooxml/officeDocument/extendedProperties"
    ),
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes": (
        "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes"
    ),
}

Element = etree._Element


def w(name: str) -> str:
    """A WordprocessingML name as lxml wants it."""
    return f"{{{W}}}{name}"


def xml(text: str) -> Element:
    """One element, the prefixes w and r known."""
    return etree.fromstring(f'<x xmlns:w="{W}" xmlns:r="{R}">{text}</x>')[0]


def body(root: Element) -> Element:
    """The body of a document's own part."""
    return child(root, "body")


def child(element: Element, *names: str) -> Element:
    """The first child of that name, and the first of the next name in it, and so on down.

    Raises KeyError where one is missing.
    """
    for name in names:
        found = element.find(w(name))
        if found is None:
            raise KeyError(name)
        element = found
    return element


def parts(docx: bytes) -> dict[str, bytes]:
    """Every member of the package by its name, in order."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(members: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of the members, in order. Pairs may repeat a name; a mapping cannot."""
    pairs = members.items() if isinstance(members, Mapping) else members
    out = io.BytesIO()
    packing = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with warnings.catch_warnings(), packing as package:
        warnings.simplefilter("ignore", UserWarning)  # a repeated name is what some tests are for
        for name, data in pairs:
            package.writestr(zipfile.ZipInfo(name, (2010, 4, 1, 9, 0, 0)), data, 8, 1)
    return out.getvalue()


def rewrite(docx: bytes, part: str, function: Callable[[bytes], bytes]) -> bytes:
    """The document with one part passed through `function`. Raises KeyError without that part."""
    members = parts(docx)
    members[part] = function(members[part])
    return packed(members)


def edited(docx: bytes, change: Callable[[Element], None], part: str = DOCUMENT) -> bytes:
    """The document with the XML of one part changed in place by `change`."""

    def apply(data: bytes) -> bytes:
        root = etree.fromstring(data)
        change(root)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    return rewrite(docx, part, apply)


def with_part(docx: bytes, name: str, data: bytes) -> bytes:
    """The document with one more part, or that part replaced."""
    return packed({**parts(docx), name: data})


def with_relationship(
    docx: bytes, kind: str, target: str, *, external: bool, id_: str, part: str = DOCUMENT
) -> bytes:
    """A relationship more from `part`. `kind` is the last word of its type's address, or all."""
    folder, _, name = part.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels"
    if rels not in parts(docx):
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        docx = with_part(docx, rels, f'<Relationships xmlns="{space}"/>'.encode())
    mode = ' TargetMode="External"' if external else ""
    type_ = kind if "://" in kind else f"{R}/{kind}"
    line = f'<Relationship Id="{id_}" Type="{type_}" Target="{target}"{mode}/>'
    return rewrite(docx, rels, lambda data: _before_end(data, b"Relationships", line.encode()))


def with_default_type(docx: bytes, ending: str, type_: str) -> bytes:
    """Declare the content type of parts that end in `ending`."""
    line = f'<Default Extension="{ending}" ContentType="{type_}"/>'
    return rewrite(docx, TYPES, lambda data: _before_end(data, b"Types", line.encode()))


def _before_end(data: bytes, root: bytes, line: bytes) -> bytes:
    end = b"</" + root + b">"
    if end in data:
        return data.replace(end, line + end)
    return data.rstrip().removesuffix(b"/>") + b">" + line + end


def in_body(docx: bytes, block: str) -> bytes:
    """The document with one more block at its end, before the section's own settings."""
    return edited(docx, lambda root: body(root)[-1].addprevious(xml(block)))


def encrypted(docx: bytes, password: str = "made-up") -> bytes:
    """The document under a password, as Word saves it: an OLE file, not a zip."""
    out = io.BytesIO()
    msoffcrypto.OfficeFile(io.BytesIO(docx)).encrypt(password, out)
    return out.getvalue()


def truncated(docx: bytes, keep: float = 0.6) -> bytes:
    """The first part of the file, `keep` being a share of its bytes."""
    return docx[: int(len(docx) * keep)]


def strict(docx: bytes) -> bytes:
    """The document as "Strict Open XML" saves it: other namespaces, otherwise the same."""

    def renamed(data: bytes) -> bytes:
        data = data.replace(
            b"relationships/extended-properties", b"relationships/extendedProperties"
        )
        for loose, tight in _STRICT.items():
            data = data.replace(loose.encode() + b'"', tight.encode() + b'"')
            data = data.replace(loose.encode() + b"/", tight.encode() + b"/")
        return data

    members = parts(docx)
    spoken = (".xml", ".rels")
    return packed({n: renamed(d) if n.endswith(spoken) else d for n, d in members.items()})
