"""The annotated copy: the same package with a comments part, and marks in the main part."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from lxml import etree

from config.kind import Kinds
from handlers.comments.places import CommentPlaces, outline_document
from handlers.comments.request import CommentRequest
from handlers.readers.word import xml
from handlers.readers.word.document import open_word, read_style_sheet
from handlers.readers.word.errors import UnreadableFile
from handlers.readers.word.package import Package
from handlers.readers.word.parts import CONTENT_TYPES_PART, PackageParts
from handlers.readers.word.xml import Element

_PROPERTIES = xml.qualified_names("pPr")
_COMMENT = xml.qualified_names("comment")
_DIGITS = 9
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class DocumentComments:
    """The comments of one document. `space` is its namespace: Transitional or Strict."""

    def __init__(self, space: str, there: Element | None) -> None:
        self._w = f"{{{space}}}"
        self.root = (
            etree.Element(f"{self._w}comments", nsmap={"w": space}) if there is None else there
        )
        self._next = 1 + max(map(_id, xml.children_named(self.root, _COMMENT)), default=-1)

    def add(self, paragraph: Element, words: Iterable[str], request: CommentRequest) -> None:
        """Add a comment on a paragraph."""
        id = str(self._next)
        self._next += 1
        self._write(id, words, request)
        self._mark(paragraph, id)

    def _write(self, id: str, words: Iterable[str], request: CommentRequest) -> None:
        comment = self._child(self.root, "comment", id=id, author=request.author)
        comment.set(f"{self._w}date", request.at)
        comment.set(f"{self._w}initials", request.initials)
        for n, said in enumerate(words):
            paragraph = self._child(comment, "p")
            if not n:
                self._child(self._child(paragraph, "r"), "annotationRef")
            written = self._child(self._child(paragraph, "r"), "t")
            written.text = said
            written.set(_SPACE, "preserve")

    def _mark(self, paragraph: Element, id: str) -> None:
        start = etree.Element(f"{self._w}commentRangeStart", {f"{self._w}id": id})
        has_properties = len(paragraph) and paragraph[0].tag in _PROPERTIES
        paragraph.insert(1 if has_properties else 0, start)
        self._child(paragraph, "commentRangeEnd", id=id)
        self._child(self._child(paragraph, "r"), "commentReference", id=id)

    def _child(self, parent: Element, name: str, **attributes: str) -> Element:
        qualified = {f"{self._w}{key}": value for key, value in attributes.items()}
        return etree.SubElement(parent, f"{self._w}{name}", qualified)


def _id(comment: Element) -> int:
    said = xml.attribute_of(comment, "id") or ""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _DIGITS else 0


def paragraph_order(paragraphs: Sequence[Element]) -> dict[Element, int]:
    """Each paragraph's place in the document."""
    return {paragraph: n for n, paragraph in enumerate(paragraphs)}


_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATION = {
    xml.TRANSITIONAL: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    xml.STRICT: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_SIGNED = "/digital-signature/"
_NEW = "scr-comments.xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def annotate_task(data: bytes, argument: CommentRequest, setup: Kinds) -> tuple[int, list[bytes]]:
    """How many comments were made, and the copy; none of a document that cannot have one."""
    try:
        return make_annotated_copy(data, argument, setup)
    except UnreadableFile:
        return 0, []


def make_annotated_copy(
    data: bytes, request: CommentRequest, kinds: Kinds
) -> tuple[int, list[bytes]]:
    """Raises UnreadableFile."""
    dangers = open_word(data).traits.dangers
    package = Package(data)
    parts = PackageParts(package)
    if dangers or any(_SIGNED in relation.type for relation in parts.relations):
        return 0, []
    changed: dict[str, bytes] = {}
    root = xml.parse_part(package.read_member(parts.main))
    made = _comment_on(root, package, parts, request, kinds, changed)
    changed[parts.main] = _bytes(root)
    return made, [_packed(package, changed)] if made else []


def _comment_on(
    root: Element,
    package: Package,
    parts: PackageParts,
    request: CommentRequest,
    kinds: Kinds,
    changed: dict[str, bytes],
) -> int:
    """Comment in the order of the document; the parts that have to change go into `changed`."""
    space = etree.QName(root).namespace or xml.TRANSITIONAL
    there = parts.related_parts("comments")
    comments = DocumentComments(
        space, xml.parse_part(package.read_member(there[0])) if there else None
    )
    whole = outline_document(root, read_style_sheet(package, parts))
    places, order = CommentPlaces(whole), paragraph_order(whole.paragraphs)
    found = [
        (places.find_paragraph(note.where, kinds.get(note.kind)), note) for note in request.notes
    ]
    placed = [(paragraph, note) for paragraph, note in found if paragraph is not None]
    for paragraph, note in sorted(placed, key=lambda pair: order.get(pair[0], 0)):
        comments.add(paragraph, note.words, request)
    if there:
        changed[there[0]] = _bytes(comments.root)
    elif placed:
        changed.update(_introduced(package, parts, comments.root, space))
    return len(placed)


def _introduced(
    package: Package, parts: PackageParts, comments: Element, space: str
) -> dict[str, bytes]:
    """A comments part where there was none, made known to the package."""
    folder, _, file = parts.main.rpartition("/")
    name = posixpath.join(folder, _NEW)
    types = xml.parse_part(package.read_member(CONTENT_TYPES_PART))
    etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=_TYPE)
    listed = posixpath.join(folder, "_rels", f"{file}.rels")
    relations = (
        xml.parse_part(package.read_member(listed))
        if listed in package
        else etree.Element(f"{{{_RELATIONS}}}Relationships")
    )
    etree.SubElement(
        relations,
        f"{{{_RELATIONS}}}Relationship",
        Id="rIdScrIntake",
        Type=f"{_RELATION.get(space, _RELATION[xml.TRANSITIONAL])}/comments",
        Target=_NEW,
    )
    return {CONTENT_TYPES_PART: _bytes(types), listed: _bytes(relations), name: _bytes(comments)}


def _packed(package: Package, changed: dict[str, bytes]) -> bytes:
    """The package again, each part in its place, what is new at the end."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for spelled in package.names_as_spelled:
            content = changed.get(spelled.casefold())
            with packed.open(_member(spelled), "w") as member:
                for piece in package.stream_member(spelled) if content is None else (content,):
                    member.write(piece)
        for name in sorted(changed.keys() - set(package.member_names)):
            packed.writestr(_member(name), changed[name])
    return out.getvalue()


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _EPOCH)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _bytes(root: Element) -> bytes:
    said: Any = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return bytes(said)
