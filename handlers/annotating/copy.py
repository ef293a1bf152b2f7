"""The copy: the same package with a comments part, and marks in the main part.

Does: opens the document as the reader does, comments on it, and writes a package in which every
other part is as it was. The same document and the same notes give the same bytes.
Trusts: nothing in the document: what the reader refuses is refused here.
Never touches: macros, pictures, or any part but the main one, its relations, the list of types and
the comments.
Known limits: no copy is made of a document whose main part is larger than 16 MB, nor of one that is
digitally signed: the copy's signature would not hold.
"""

from __future__ import annotations

import posixpath
import zipfile
from io import BytesIO
from typing import Any

from lxml import etree

from config.kind import Kinds
from handlers.annotating.comments import Comments, ordered
from handlers.annotating.outline import outline
from handlers.annotating.places import Places
from handlers.annotating.request import Request
from handlers.word import names, xml
from handlers.word.document import open_word, styles_of
from handlers.word.package import Package
from handlers.word.parts import CONTENT_TYPES, Parts
from handlers.word.refusals import Refusal
from handlers.word.xml import Element

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATION = {
    names.TRANSITIONAL: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    names.STRICT: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_SIGNED = "/digital-signature/"
_NEW = "scr-comments.xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def annotate_task(data: bytes, argument: Request, setup: Kinds) -> tuple[int, list[bytes]]:
    """How many comments were made, and the copy; none of a document that cannot have one."""
    try:
        return annotated(data, argument, setup)
    except Refusal:
        return 0, []


def annotated(data: bytes, request: Request, kinds: Kinds) -> tuple[int, list[bytes]]:
    """Raises Refusal."""
    dangers = open_word(data).traits.dangers
    package = Package(data)
    parts = Parts(package)
    if dangers or any(_SIGNED in relation.type for relation in parts.relations):
        return 0, []
    changed: dict[str, bytes] = {}
    root = xml.whole(package.whole(parts.main))
    made = _comment_on(root, package, parts, request, kinds, changed)
    changed[parts.main] = _bytes(root)
    return made, [_packed(package, changed)] if made else []


def _comment_on(
    root: Element,
    package: Package,
    parts: Parts,
    request: Request,
    kinds: Kinds,
    changed: dict[str, bytes],
) -> int:
    """Comment in the order of the document; the parts that have to change go into `changed`."""
    space = etree.QName(root).namespace or names.TRANSITIONAL
    there = parts.of_kind("comments")
    comments = Comments(space, xml.whole(package.whole(there[0])) if there else None)
    whole = outline(root, styles_of(package, parts))
    places, order = Places(whole), ordered(whole.paragraphs)
    found = [(places.paragraph(note.where, kinds.get(note.kind)), note) for note in request.notes]
    placed = [(paragraph, note) for paragraph, note in found if paragraph is not None]
    for paragraph, note in sorted(placed, key=lambda pair: order.get(pair[0], 0)):
        comments.add(paragraph, note.words, request)
    if there:
        changed[there[0]] = _bytes(comments.root)
    elif placed:
        changed.update(_introduced(package, parts, comments.root, space))
    return len(placed)


def _introduced(package: Package, parts: Parts, comments: Element, space: str) -> dict[str, bytes]:
    """A comments part where there was none, made known to the package."""
    folder, _, file = parts.main.rpartition("/")
    name = posixpath.join(folder, _NEW)
    types = xml.whole(package.whole(CONTENT_TYPES))
    etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=_TYPE)
    listed = posixpath.join(folder, "_rels", f"{file}.rels")
    relations = (
        xml.whole(package.whole(listed))
        if listed in package
        else etree.Element(f"{{{_RELATIONS}}}Relationships")
    )
    etree.SubElement(
        relations,
        f"{{{_RELATIONS}}}Relationship",
        Id="rIdScrIntake",
        Type=f"{_RELATION.get(space, _RELATION[names.TRANSITIONAL])}/comments",
        Target=_NEW,
    )
    return {CONTENT_TYPES: _bytes(types), listed: _bytes(relations), name: _bytes(comments)}


def _packed(package: Package, changed: dict[str, bytes]) -> bytes:
    """The package again, each part in its place, what is new at the end."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for spelled in package.spelled:
            content = changed.get(spelled.casefold())
            with packed.open(_member(spelled), "w") as member:
                for piece in package.stream(spelled) if content is None else (content,):
                    member.write(piece)
        for name in sorted(changed.keys() - set(package.names)):
            packed.writestr(_member(name), changed[name])
    return out.getvalue()


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _EPOCH)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _bytes(root: Element) -> bytes:
    said: Any = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return bytes(said)
