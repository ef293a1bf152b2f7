"""What makes a document dangerous to open, found without opening any of it.

Does: reads the danger words of `handlers.document.block.DANGERS` out of the package's relations and
types (failure mode 50), has each embedded object judged by its bytes, and notes macros, which are
ordinary here, and digital signatures.
Trusts: nothing: every .rels part and every part's type is looked at, whatever it belongs to, and
every part that begins as an object does is one, whatever it is called.
Never touches: the parts that are no objects.
Known limits: the workbook behind a chart, in a type that cannot carry macros, is judged only where
it begins as one: Word keeps one behind every chart and shows it only when a person asks to edit
the chart's data. Office add-in panes (webextensions) are not looked for.
"""

from __future__ import annotations

import re

from handlers.document.block import Traits
from handlers.word import objects
from handlers.word.network import reaches_network
from handlers.word.package import Package
from handlers.word.parts import MAIN_TYPES, Parts, Relation
from handlers.word.refusals import Refusal
from intake.message.compound import MAGIC

# The last word of a relation's type, and the danger it is.
RELATIONS = {
    "control": "active-control",
    "activexcontrolbinary": "active-control",
    "afchunk": "foreign-part",
    "subdocument": "foreign-part",
    "frame": "foreign-part",
}
# Relations to an object, which is judged by what it is.
OBJECTS = frozenset({"oleobject", "package"})
# A relation that Word follows by itself, and the danger where it leads to another computer.
REMOTE = {"attachedtemplate": "remote-template"}
# A piece of a content type, and the danger a part of that type is.
TYPES = {"vnd.ms-office.activex": "active-control"}
OBJECT_TYPE = "oleobject"
# A relation to one signature; the place for them ("origin") may be there with none in it.
SIGNATURE = "/digital-signature/signature"
CHARTS = ("drawingml.chart+xml", "vnd.ms-office.chartex+xml")
PLAIN_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The main parts of Office files that cannot carry macros.
PLAIN_TYPES = (
    MAIN_TYPES[0],
    "spreadsheetml.sheet.main+xml",
    "presentationml.presentation.main+xml",
    "presentationml.slide.main+xml",
)
MOST_OBJECTS = 200
DEEPEST = 2  # a document, and an Office file in it

# Where an object stands, by what the part that relates to it is called in its type.
_PLACES = (
    ("document.main", "text"),
    ("template.main", "text"),
    ("header", "margin"),
    ("footer", "margin"),
    ("footnotes", "note"),
    ("endnotes", "note"),
    ("comments", "comment"),
    ("chart", "chart"),
    ("worksheet", "sheet"),
)
# A picture that came with the mail the text was copied from: there is no more of it to fetch.
_OF_A_MAIL = re.compile(r"cid:[^:/\\\s]*", re.I)


def look_over(package: Package, parts: Parts, traits: Traits, depth: int = 1) -> None:
    """Fill `traits` with the dangers, macros and signatures of a package."""
    for relation in parts.relations:
        for word in _dangers(parts, relation):
            traits.danger(word)
    for name in parts.names:
        kind = parts.type(name)
        for piece, word in TYPES.items():
            if piece in kind:
                traits.danger(word)
    _Objects(package, parts, depth).look_over(traits)
    traits.macros = _has_macros(parts)
    traits.digital_signature = any(r.type.endswith(SIGNATURE) for r in parts.relations)


def _dangers(parts: Parts, relation: Relation) -> list[str]:
    if relation.kind == "hyperlink":
        return []
    if relation.kind == "image" and _OF_A_MAIL.fullmatch(relation.target):
        return []
    words = [REMOTE.get(relation.kind, "remote-part")] if reaches_network(relation.target) else []
    if relation.kind in RELATIONS:
        words.append(_placed(parts, RELATIONS[relation.kind], relation.source))
    if relation.kind in OBJECTS and not relation.part:
        words.append(_placed(parts, "linked-object", relation.source))
    return words


def _placed(parts: Parts, word: str, source: str) -> str:
    """The danger word with the place of an object, where that is known."""
    kind = parts.type(source)
    place = next((place for piece, place in _PLACES if piece in kind), "")
    known = word in {"embedded-object", "packed-file", "active-control", "linked-object"}
    return f"{word}:{place}" if place and known else word


class _Objects:
    """The embedded objects of one package."""

    def __init__(self, package: Package, parts: Parts, depth: int) -> None:
        self._package = package
        self._parts = parts
        self._depth = depth
        self._macros = {r.part for r in parts.relations if r.kind == "vbaproject"}

    def look_over(self, traits: Traits) -> None:
        related = {r.part: r.source for r in self._parts.relations if r.kind in OBJECTS and r.part}
        let_be = {r.part for r in self._parts.relations if _behind_chart(self._parts, r)}
        found = dict.fromkeys(name for name in related if name not in let_be)
        found |= dict.fromkeys(n for n in self._parts.names if self._is_one(n) and n not in found)
        for count, name in enumerate(found):
            word = self._danger(name) if count < MOST_OBJECTS else objects.UNKNOWN
            if word:
                traits.danger(_placed(self._parts, word, related.get(name, "")))
            if word == objects.PACKED and (kind := objects.packed_kind(self._package.whole(name))):
                traits.danger(kind)

    def _is_one(self, name: str) -> bool:
        """By its type, or by how it begins."""
        if OBJECT_TYPE in self._parts.type(name):
            return True
        if name.endswith(".rels"):
            return False
        return self._package.begins(name, len(MAGIC)).startswith((MAGIC, objects.ZIP))

    def _danger(self, name: str) -> str:
        try:
            content = self._package.whole(name) if name in self._package else b""
        except Refusal:
            return objects.UNKNOWN
        if name in self._macros or "vbaproject" in self._parts.type(name):
            return objects.packs(content)
        return danger_of_object(content, self._depth)


def danger_of_object(content: bytes, depth: int = 1) -> str:
    """A danger word for an embedded object, or ""; an Office file that it is, or wraps, is looked
    over in its turn, down to DEEPEST."""
    word = objects.danger_of(content, _opened(content, depth))
    if word or not content.startswith(MAGIC):
        return word
    inner = objects.inner_file(content)
    return objects.danger_of(inner, _opened(inner, depth)) if inner else word


def _opened(content: bytes, depth: int) -> Traits | None:
    """What is found in an Office file that is embedded; None for anything else."""
    if not content.startswith(objects.ZIP) or depth >= DEEPEST:
        return None
    traits = Traits()
    try:
        package = Package(content)
        look_over(package, Parts(package, PLAIN_TYPES), traits, depth + 1)
    except Refusal:
        return None
    return traits


def _behind_chart(parts: Parts, relation: Relation) -> bool:
    return (
        relation.kind == "package"
        and parts.type(relation.source).endswith(CHARTS)
        and parts.type(relation.part) == PLAIN_WORKBOOK
    )


def _has_macros(parts: Parts) -> bool:
    return (
        "macroenabled" in parts.type(parts.main)
        or any(relation.kind == "vbaproject" for relation in parts.relations)
        or any("vbaproject" in parts.type(name) for name in parts.names)
    )
