"""Says what of a Word document a signature covers, and whether it is as it was signed.

What Office leaves out of a signature is left out here: the document's properties, thumbnails,
custom XML. None of it is read for what a return says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from handlers.readers.signatures import relationships
from handlers.readers.signatures.xmldsig import (
    CANONICAL_FORMS,
    DSIG_NAMESPACE,
    AlteredAfterSigning,
    Element,
    UnsupportedXmlSignature,
    find_references,
    find_transforms,
    hash_and_digest,
)
from handlers.readers.word import xml
from handlers.readers.word.package import Package
from handlers.readers.word.parts import (
    PackageParts,
    PartRelation,
    read_relation,
    source_of_relations,
)

_TYPED = "?ContentType="
_RELS = ".rels"
# Kinds of relation through which what a reader sees comes into the document.
SEEN_RELATION_TYPES = frozenset(
    {"styles", "numbering", "settings", "header", "footer", "footnotes", "endnotes", "comments"}
    | {"image", "hyperlink", "chart", "diagramdata", "diagramdrawing", "oleobject", "package"}
    | {"afchunk", "subdocument", "attachedtemplate"}
)


@dataclass(slots=True)
class CoveredParts:
    """The parts and the relations that a signature was found to be of."""

    parts: set[str] = field(default_factory=set)
    relations: set[PartRelation] = field(default_factory=set)

    def covers_all_seen(self, parts: PackageParts) -> bool:
        """Whether all that is seen is covered: the main part and what it draws on."""
        return parts.main in self.parts and all(
            one in self.relations and (not one.part or one.part in self.parts)
            for one in parts.relations
            if one.short_type in SEEN_RELATION_TYPES and one.source in self.parts
        )


def check_covered_parts(
    objects: Sequence[Element], package: Package, parts: PackageParts
) -> CoveredParts:
    """Raises AlteredAfterSigning where a part is not as it was signed, UnsupportedXmlSignature
    where that cannot be told."""
    covered = CoveredParts()
    for manifest in _manifests(objects):
        for reference in find_references(manifest):
            _check(reference, package, parts, covered)
    return covered


def _manifests(objects: Sequence[Element]) -> Iterator[Element]:
    for one in objects:
        yield from one.iterfind(f"{{{DSIG_NAMESPACE}}}Manifest")


def _check(
    reference: Element, package: Package, parts: PackageParts, covered: CoveredParts
) -> None:
    name, kind = _named(reference)
    if name not in package or parts.content_type(name) != kind:
        raise AlteredAfterSigning
    if name.endswith(_RELS):
        _check_relations(reference, name, package, covered)
        return
    if find_transforms(reference):
        raise UnsupportedXmlSignature
    filled, expected = hash_and_digest(reference)
    for piece in package.stream_member(name):
        filled.update(piece)
    if filled.finalize() != expected:
        raise AlteredAfterSigning
    covered.parts.add(name)


def _check_relations(
    reference: Element, name: str, package: Package, covered: CoveredParts
) -> None:
    first, *others = find_transforms(reference) or [reference]
    forms = {step.get("Algorithm", "") for step in others}
    if (
        first.get("Algorithm") != relationships.RELATIONSHIP_TRANSFORM
        or not forms <= CANONICAL_FORMS.keys()
    ):
        raise UnsupportedXmlSignature
    part = xml.parse_part(package.read_member(name))
    found = relationships.pick_relationships(part, first)
    if not any(_is(form, reference) for form in relationships.canonical_forms(part, found)):
        raise AlteredAfterSigning
    covered.relations.update(read_relation(source_of_relations(name), one) for one in found)


def _is(content: bytes, reference: Element) -> bool:
    filled, expected = hash_and_digest(reference)
    filled.update(content)
    return filled.finalize() == expected


def _named(reference: Element) -> tuple[str, str]:
    """A part's name and type, in lower case. Raises UnsupportedXmlSignature for anything else."""
    uri = reference.get("URI", "")
    path, typed, kind = uri.partition(_TYPED)
    if not path.startswith("/") or not typed:
        raise UnsupportedXmlSignature
    return unquote(path[1:]).casefold(), unquote(kind).strip().casefold()
