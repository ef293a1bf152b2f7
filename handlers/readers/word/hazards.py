"""What makes a document dangerous to open, found without opening any of it; and tracked
changes."""

from __future__ import annotations

import re
from collections.abc import Callable

from handlers.document import Traits
from handlers.readers.word import drawings, embedded_objects, xml
from handlers.readers.word.errors import FileTooBig, UnreadableFile
from handlers.readers.word.fields import MAX_FIELD_DEPTH, MAX_INSTRUCTION_LENGTH
from handlers.readers.word.package import Package
from handlers.readers.word.parts import MAIN_TYPES, PackageParts, PartRelation, reaches_network
from handlers.readers.word.xml import Element
from intake.message.compound import COMPOUND_MAGIC

DANGEROUS_FIELDS = {
    "DDE": "dde-field",
    "DDEAUTO": "dde-field",
    "LINK": "embedded-object",
    "DATABASE": "remote-part",
}
FETCHING_FIELDS = ("INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "RD")
_ARGUMENT = re.compile(r'"([^"]*)"?|(\S+)')


class FieldInstruction:
    """One field's instruction as it grows. `computed` once another field is nested in it."""

    __slots__ = ("computed", "ended", "text")

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.computed = False
        self.ended = False

    @property
    def field_name(self) -> str:
        return self.text.split(None, 1)[0].upper() if self.text.strip() else ""

    @property
    def has_complete_name(self) -> bool:
        """Its name is complete: something follows it."""
        return self.text.lstrip() != self.text.strip()[: len(self.field_name)]


class FieldInstructions:
    """Hears the field characters of one part in order and tells `danger` what they come to.

    `pages` becomes True once a field shows the number of the page.
    """

    def __init__(self, danger: Callable[[str], None]) -> None:
        self.pages = False
        self._danger = danger
        self._open: list[FieldInstruction] = []

    def take_character(self, kind: str | None) -> None:
        """A field character: "begin", "separate" or "end"."""
        if kind == "begin":
            self._begin()
        elif self._open:
            self._judge(self._open[-1])
            self._open[-1].ended = True
            if kind == "end":
                self._open.pop()

    def add_instruction(self, text: str) -> None:
        """Take in a piece of a field's instruction."""
        if self._open and not self._open[-1].ended:
            field = self._open[-1]
            field.text = (field.text + text)[:MAX_INSTRUCTION_LENGTH]

    def judge_simple_field(self, text: str) -> None:
        """A field written in one piece."""
        self._judge(FieldInstruction(text[:MAX_INSTRUCTION_LENGTH]))

    def finish_part(self) -> None:
        """The part is over: fields never closed are judged as they stand."""
        for field in self._open:
            self._judge(field)
        self._open.clear()

    def _begin(self) -> None:
        if len(self._open) == MAX_FIELD_DEPTH:
            raise FileTooBig
        if self._open and not self._open[-1].ended:
            outer = self._open[-1]
            outer.computed = True
            if not outer.has_complete_name and _could_become(outer.field_name):
                self._danger("dde-field")
        self._open.append(FieldInstruction())

    def _judge(self, field: FieldInstruction) -> None:
        name = field.field_name
        self.pages |= name == "PAGE"
        if name in DANGEROUS_FIELDS:
            self._danger(DANGEROUS_FIELDS[name])
        elif name in FETCHING_FIELDS and (field.computed or _fetches(field.text)):
            self._danger("remote-part")


def _could_become(start: str) -> bool:
    """A name that begins so could turn out to be a dangerous one."""
    return any(name.startswith(start) for name in (*DANGEROUS_FIELDS, *FETCHING_FIELDS))


def _fetches(instruction: str) -> bool:
    """One of its arguments is an address on the network. Fields double their backslashes."""
    arguments = [quoted or plain for quoted, plain in _ARGUMENT.findall(instruction)[1:]]
    return any(reaches_network(argument) for argument in arguments)


# The last word of a relation's type, and the danger it is.
DANGEROUS_RELATIONS = {
    "control": "active-control",
    "activexcontrolbinary": "active-control",
    "afchunk": "foreign-part",
    "subdocument": "foreign-part",
    "frame": "foreign-part",
}
# Relations to an object, which is judged by what it is.
OBJECT_RELATIONS = frozenset({"oleobject", "package"})
# A relation that Word follows by itself, and the danger where it leads to another computer.
REMOTE_RELATIONS = {"attachedtemplate": "remote-template"}
# A piece of a content type, and the danger a part of that type is.
DANGEROUS_TYPES = {"vnd.ms-office.activex": "active-control"}
OBJECT_TYPE = "oleobject"
# A relation to one signature; the place for them ("origin") may be there with none in it.
SIGNATURE_RELATION = "/digital-signature/signature"
CHART_TYPES = ("drawingml.chart+xml", "vnd.ms-office.chartex+xml")
PLAIN_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The main parts of Office files that cannot carry macros.
MACRO_FREE_TYPES = (
    MAIN_TYPES[0],
    "spreadsheetml.sheet.main+xml",
    "presentationml.presentation.main+xml",
    "presentationml.slide.main+xml",
)
MAX_OBJECTS = 200
MAX_PACKAGE_DEPTH = 2  # a document, and an Office file in it

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


def find_package_dangers(
    package: Package, parts: PackageParts, traits: Traits, depth: int = 1
) -> None:
    """Fill `traits` with the dangers, macros and signatures of a package."""
    for relation in parts.relations:
        for word in _dangers(parts, relation):
            traits.add_danger(word)
    for name in parts.names:
        kind = parts.content_type(name)
        for piece, word in DANGEROUS_TYPES.items():
            if piece in kind:
                traits.add_danger(word)
    _Objects(package, parts, depth).find_object_dangers(traits)
    traits.macros = _has_macros(parts)
    traits.digital_signature = any(r.type.endswith(SIGNATURE_RELATION) for r in parts.relations)


def _dangers(parts: PackageParts, relation: PartRelation) -> list[str]:
    if relation.short_type == "hyperlink":
        return []
    if relation.short_type == "image" and _OF_A_MAIL.fullmatch(relation.target):
        return []
    words = (
        [REMOTE_RELATIONS.get(relation.short_type, "remote-part")]
        if reaches_network(relation.target)
        else []
    )
    if relation.short_type in DANGEROUS_RELATIONS:
        words.append(_placed(parts, DANGEROUS_RELATIONS[relation.short_type], relation.source))
    if relation.short_type in OBJECT_RELATIONS and not relation.part:
        words.append(_placed(parts, "linked-object", relation.source))
    return words


def _placed(parts: PackageParts, word: str, source: str) -> str:
    """The danger word with the place of an object, where that is known."""
    kind = parts.content_type(source)
    place = next((place for piece, place in _PLACES if piece in kind), "")
    known = word in {"embedded-object", "packed-file", "active-control", "linked-object"}
    return f"{word}:{place}" if place and known else word


class _Objects:
    """The embedded objects of one package."""

    def __init__(self, package: Package, parts: PackageParts, depth: int) -> None:
        self._package = package
        self._parts = parts
        self._depth = depth
        self._macros = {r.part for r in parts.relations if r.short_type == "vbaproject"}

    def find_object_dangers(self, traits: Traits) -> None:
        related = {
            r.part: r.source
            for r in self._parts.relations
            if r.short_type in OBJECT_RELATIONS and r.part
        }
        let_be = {r.part for r in self._parts.relations if _behind_chart(self._parts, r)}
        found = dict.fromkeys(name for name in related if name not in let_be)
        found |= dict.fromkeys(n for n in self._parts.names if self._is_one(n) and n not in found)
        for count, name in enumerate(found):
            word = self._danger(name) if count < MAX_OBJECTS else embedded_objects.EMBEDDED_OBJECT
            if word:
                traits.add_danger(_placed(self._parts, word, related.get(name, "")))
            if word == embedded_objects.PACKED_FILE and (
                kind := embedded_objects.danger_of_packed_file(self._package.read_member(name))
            ):
                traits.add_danger(kind)

    def _is_one(self, name: str) -> bool:
        """By its type, or by how it begins."""
        if OBJECT_TYPE in self._parts.content_type(name):
            return True
        if name.endswith(".rels"):
            return False
        return self._package.read_beginning(name, len(COMPOUND_MAGIC)).startswith(
            (COMPOUND_MAGIC, embedded_objects.ZIP_MAGIC)
        )

    def _danger(self, name: str) -> str:
        try:
            content = self._package.read_member(name) if name in self._package else b""
        except UnreadableFile:
            return embedded_objects.EMBEDDED_OBJECT
        if name in self._macros or "vbaproject" in self._parts.content_type(name):
            return embedded_objects.danger_beside_macros(content)
        return danger_of_object(content, self._depth)


def danger_of_object(content: bytes, depth: int = 1) -> str:
    """A danger word for an embedded object, or ""; an Office file that it is, or wraps, is looked
    over in its turn, down to MAX_FIELD_DEPTH."""
    word = embedded_objects.danger_of_content(content, _opened(content, depth))
    if word or not content.startswith(COMPOUND_MAGIC):
        return word
    inner = embedded_objects.inner_office_file(content)
    return embedded_objects.danger_of_content(inner, _opened(inner, depth)) if inner else word


def _opened(content: bytes, depth: int) -> Traits | None:
    """What is found in an Office file that is embedded; None for anything else."""
    if not content.startswith(embedded_objects.ZIP_MAGIC) or depth >= MAX_PACKAGE_DEPTH:
        return None
    traits = Traits()
    try:
        package = Package(content)
        find_package_dangers(package, PackageParts(package, MACRO_FREE_TYPES), traits, depth + 1)
    except UnreadableFile:
        return None
    return traits


def _behind_chart(parts: PackageParts, relation: PartRelation) -> bool:
    return (
        relation.short_type == "package"
        and parts.content_type(relation.source).endswith(CHART_TYPES)
        and parts.content_type(relation.part) == PLAIN_WORKBOOK_TYPE
    )


def _has_macros(parts: PackageParts) -> bool:
    return (
        "macroenabled" in parts.content_type(parts.main)
        or any(relation.short_type == "vbaproject" for relation in parts.relations)
        or any("vbaproject" in parts.content_type(name) for name in parts.names)
    )


_CHANGES = xml.qualified_names("ins", "del", "moveTo", "cellIns", "cellDel")
_CHARACTERS, _SIMPLE = xml.qualified_names("fldChar"), xml.qualified_names("fldSimple")
_INSTRUCTIONS = xml.qualified_names("instrText", "delInstrText")
_CONTROLS = xml.qualified_names("control")
_OBJECTS = {xml.OLE_OBJECT}
_FOREIGN = xml.qualified_names("altChunk", "subDoc")
_PAGE = xml.qualified_names("pgNum")

WATCHED_TAGS = (
    _CHANGES | _CHARACTERS | _SIMPLE | _INSTRUCTIONS | _CONTROLS | _OBJECTS | _FOREIGN | _PAGE
)


class HazardWatch:
    """Looks at the watched elements of one part, in order; call `finish_part` after the last."""

    def __init__(self, traits: Traits) -> None:
        self._traits = traits
        self._instructions = FieldInstructions(traits.add_danger)
        self._page_number = False

    @property
    def has_page_number(self) -> bool:
        """The part holds a page number."""
        return self._page_number or self._instructions.pages

    def watch_element(self, element: Element) -> None:
        tag = element.tag
        if tag in _CHANGES:
            self._traits.tracked_changes += 0 if drawings.is_unshown(element) else 1
        elif tag in _CHARACTERS:
            self._instructions.take_character(xml.attribute_of(element, "fldCharType"))
        elif tag in _INSTRUCTIONS:
            self._instructions.add_instruction(element.text or "")
        elif tag in _SIMPLE:
            self._instructions.judge_simple_field(xml.attribute_of(element, "instr") or "")
        elif tag in _CONTROLS:
            self._traits.add_danger("active-control")
        elif tag in _OBJECTS:
            self._object(element)
        elif tag in _FOREIGN:
            self._traits.add_danger("foreign-part")
        elif tag in _PAGE:
            self._page_number = True

    def _object(self, element: Element) -> None:
        """What is embedded is judged where it is kept, by `hazards.py`; what points at nothing in
        the package, or says that it is a link, is not let be."""
        if (element.get("Type") or "").casefold() == "link":
            self._traits.add_danger("linked-object")
        elif not any(str(name).endswith("}id") for name in element.keys()):  # noqa: SIM118  lxml's
            self._traits.add_danger("embedded-object")

    def finish_part(self) -> None:
        """Add what is only known once a part is over."""
        self._instructions.finish_part()
