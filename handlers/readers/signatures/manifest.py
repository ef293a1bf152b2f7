"""What of a Word document a signature covers, and whether it is as it was signed.

Does: checks every part that the signed objects list, byte for byte or, for relationships, in their
signed form; then says whether all that is read of the document is among them.
Trusts: nothing in the package; a part's type counts as signed only as the package gives it now.
Never touches: whose signature it is.
Known limits: what Office leaves out of a signature is left out here: properties of the document
(its title, its author, custom ones), thumbnails, custom XML, and kinds of part that came after
2010. None of it is read for what a return says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from handlers.readers.signatures import relationships
from handlers.readers.signatures.xmldsig import (
    C14N,
    DSIG,
    Altered,
    Element,
    Unclear,
    hashing,
    references,
    transforms,
)
from handlers.readers.word import xml
from handlers.readers.word.package import Package
from handlers.readers.word.parts import Parts, Relation, relation, source_of

_TYPED = "?ContentType="
_RELS = ".rels"
# Kinds of relation through which what a reader sees comes into the document.
SEEN = frozenset(
    {"styles", "numbering", "settings", "header", "footer", "footnotes", "endnotes", "comments"}
    | {"image", "hyperlink", "chart", "diagramdata", "diagramdrawing", "oleobject", "package"}
    | {"afchunk", "subdocument", "attachedtemplate"}
)


@dataclass(slots=True)
class Covered:
    """The parts and the relations that a signature was found to be of."""

    parts: set[str] = field(default_factory=set)
    relations: set[Relation] = field(default_factory=set)

    def whole(self, parts: Parts) -> bool:
        """Whether all that is seen is covered: the main part and what it draws on."""
        return parts.main in self.parts and all(
            one in self.relations and (not one.part or one.part in self.parts)
            for one in parts.relations
            if one.kind in SEEN and one.source in self.parts
        )


def covered_by(objects: Sequence[Element], package: Package, parts: Parts) -> Covered:
    """Raises Altered where a part is not as it was signed, Unclear where that cannot be told."""
    covered = Covered()
    for manifest in _manifests(objects):
        for reference in references(manifest):
            _check(reference, package, parts, covered)
    return covered


def _manifests(objects: Sequence[Element]) -> Iterator[Element]:
    for one in objects:
        yield from one.iterfind(f"{{{DSIG}}}Manifest")


def _check(reference: Element, package: Package, parts: Parts, covered: Covered) -> None:
    name, kind = _named(reference)
    if name not in package or parts.type(name) != kind:
        raise Altered
    if name.endswith(_RELS):
        _check_relations(reference, name, package, covered)
        return
    if transforms(reference):
        raise Unclear
    filled, expected = hashing(reference)
    for piece in package.stream(name):
        filled.update(piece)
    if filled.finalize() != expected:
        raise Altered
    covered.parts.add(name)


def _check_relations(reference: Element, name: str, package: Package, covered: Covered) -> None:
    first, *others = transforms(reference) or [reference]
    forms = {step.get("Algorithm", "") for step in others}
    if first.get("Algorithm") != relationships.TRANSFORM or not forms <= C14N.keys():
        raise Unclear
    part = xml.whole(package.whole(name))
    found = relationships.picked(part, first)
    if not any(_is(form, reference) for form in relationships.forms(part, found)):
        raise Altered
    covered.relations.update(relation(source_of(name), one) for one in found)


def _is(content: bytes, reference: Element) -> bool:
    filled, expected = hashing(reference)
    filled.update(content)
    return filled.finalize() == expected


def _named(reference: Element) -> tuple[str, str]:
    """A part's name and type, in lower case. Raises Unclear for anything else."""
    uri = reference.get("URI", "")
    path, typed, kind = uri.partition(_TYPED)
    if not path.startswith("/") or not typed:
        raise Unclear
    return unquote(path[1:]).casefold(), unquote(kind).strip().casefold()
