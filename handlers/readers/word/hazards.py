"""What makes a document dangerous to open, found without opening any of it; and tracked
changes."""

from __future__ import annotations

import re
from collections.abc import Callable

from handlers.document import Traits
from handlers.readers.word import drawings, embedded_objects, xml
from handlers.readers.word.errors import Refusal, TooBig
from handlers.readers.word.fields import DEEPEST, LONGEST
from handlers.readers.word.package import Package
from handlers.readers.word.parts import MAIN_TYPES, Parts, Relation, reaches_network
from handlers.readers.word.xml import Element
from intake.message.compound import MAGIC

ALWAYS = {
    "DDE": "dde-field",
    "DDEAUTO": "dde-field",
    "LINK": "embedded-object",
    "DATABASE": "remote-part",
}
FETCHING = ("INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "RD")
_ARGUMENT = re.compile(r'"([^"]*)"?|(\S+)')


class Instruction:
    """One field's instruction as it grows. `computed` once another field is nested in it."""

    __slots__ = ("computed", "ended", "text")

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.computed = False
        self.ended = False

    @property
    def name(self) -> str:
        return self.text.split(None, 1)[0].upper() if self.text.strip() else ""

    @property
    def named(self) -> bool:
        """Its name is complete: something follows it."""
        return self.text.lstrip() != self.text.strip()[: len(self.name)]


class Instructions:
    """Hears the field characters of one part in order and tells `danger` what they come to.

    `pages` becomes True once a field shows the number of the page.
    """

    def __init__(self, danger: Callable[[str], None]) -> None:
        self.pages = False
        self._danger = danger
        self._open: list[Instruction] = []

    def character(self, kind: str | None) -> None:
        """A field character: "begin", "separate" or "end"."""
        if kind == "begin":
            self._begin()
        elif self._open:
            self._judge(self._open[-1])
            self._open[-1].ended = True
            if kind == "end":
                self._open.pop()

    def write(self, text: str) -> None:
        """A piece of instruction."""
        if self._open and not self._open[-1].ended:
            field = self._open[-1]
            field.text = (field.text + text)[:LONGEST]

    def simple(self, text: str) -> None:
        """A field written in one piece."""
        self._judge(Instruction(text[:LONGEST]))

    def finish(self) -> None:
        """The part is over: fields never closed are judged as they stand."""
        for field in self._open:
            self._judge(field)
        self._open.clear()

    def _begin(self) -> None:
        if len(self._open) == DEEPEST:
            raise TooBig
        if self._open and not self._open[-1].ended:
            outer = self._open[-1]
            outer.computed = True
            if not outer.named and _could_become(outer.name):
                self._danger("dde-field")
        self._open.append(Instruction())

    def _judge(self, field: Instruction) -> None:
        name = field.name
        self.pages |= name == "PAGE"
        if name in ALWAYS:
            self._danger(ALWAYS[name])
        elif name in FETCHING and (field.computed or _fetches(field.text)):
            self._danger("remote-part")


def _could_become(start: str) -> bool:
    """A name that begins so could turn out to be a dangerous one."""
    return any(name.startswith(start) for name in (*ALWAYS, *FETCHING))


def _fetches(instruction: str) -> bool:
    """One of its arguments is an address on the network. Fields double their backslashes."""
    arguments = [quoted or plain for quoted, plain in _ARGUMENT.findall(instruction)[1:]]
    return any(reaches_network(argument) for argument in arguments)


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
DEEPEST_PACKAGE = 2  # a document, and an Office file in it

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
            word = self._danger(name) if count < MOST_OBJECTS else embedded_objects.UNKNOWN
            if word:
                traits.danger(_placed(self._parts, word, related.get(name, "")))
            if word == embedded_objects.PACKED and (
                kind := embedded_objects.packed_kind(self._package.whole(name))
            ):
                traits.danger(kind)

    def _is_one(self, name: str) -> bool:
        """By its type, or by how it begins."""
        if OBJECT_TYPE in self._parts.type(name):
            return True
        if name.endswith(".rels"):
            return False
        return self._package.begins(name, len(MAGIC)).startswith((MAGIC, embedded_objects.ZIP))

    def _danger(self, name: str) -> str:
        try:
            content = self._package.whole(name) if name in self._package else b""
        except Refusal:
            return embedded_objects.UNKNOWN
        if name in self._macros or "vbaproject" in self._parts.type(name):
            return embedded_objects.packs(content)
        return danger_of_object(content, self._depth)


def danger_of_object(content: bytes, depth: int = 1) -> str:
    """A danger word for an embedded object, or ""; an Office file that it is, or wraps, is looked
    over in its turn, down to DEEPEST."""
    word = embedded_objects.danger_of(content, _opened(content, depth))
    if word or not content.startswith(MAGIC):
        return word
    inner = embedded_objects.inner_file(content)
    return embedded_objects.danger_of(inner, _opened(inner, depth)) if inner else word


def _opened(content: bytes, depth: int) -> Traits | None:
    """What is found in an Office file that is embedded; None for anything else."""
    if not content.startswith(embedded_objects.ZIP) or depth >= DEEPEST_PACKAGE:
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


_CHANGES = xml.tags("ins", "del", "moveTo", "cellIns", "cellDel")
_CHARACTERS, _SIMPLE = xml.tags("fldChar"), xml.tags("fldSimple")
_INSTRUCTIONS = xml.tags("instrText", "delInstrText")
_CONTROLS = xml.tags("control")
_OBJECTS = {xml.OLE_OBJECT}
_FOREIGN = xml.tags("altChunk", "subDoc")
_PAGE = xml.tags("pgNum")

WATCHED = _CHANGES | _CHARACTERS | _SIMPLE | _INSTRUCTIONS | _CONTROLS | _OBJECTS | _FOREIGN | _PAGE


class Watch:
    """Looks at the watched elements of one part, in order; call `finish` after the last."""

    def __init__(self, traits: Traits) -> None:
        self._traits = traits
        self._instructions = Instructions(traits.danger)
        self._page_number = False

    @property
    def pages(self) -> bool:
        """The part holds a page number."""
        return self._page_number or self._instructions.pages

    def see(self, element: Element) -> None:
        tag = element.tag
        if tag in _CHANGES:
            self._traits.tracked_changes += 0 if drawings.dead(element) else 1
        elif tag in _CHARACTERS:
            self._instructions.character(xml.attribute(element, "fldCharType"))
        elif tag in _INSTRUCTIONS:
            self._instructions.write(element.text or "")
        elif tag in _SIMPLE:
            self._instructions.simple(xml.attribute(element, "instr") or "")
        elif tag in _CONTROLS:
            self._traits.danger("active-control")
        elif tag in _OBJECTS:
            self._object(element)
        elif tag in _FOREIGN:
            self._traits.danger("foreign-part")
        elif tag in _PAGE:
            self._page_number = True

    def _object(self, element: Element) -> None:
        """What is embedded is judged where it is kept, by `hazards.py`; what points at nothing in
        the package, or says that it is a link, is not let be."""
        if (element.get("Type") or "").casefold() == "link":
            self._traits.danger("linked-object")
        elif not any(str(name).endswith("}id") for name in element.keys()):  # noqa: SIM118  lxml's
            self._traits.danger("embedded-object")

    def finish(self) -> None:
        """The part is over."""
        self._instructions.finish()
