"""What makes a document dangerous to open, found without opening any of it.

Does: reads the danger words of `handlers.document.block.DANGERS` out of the package's relations and
types (failure mode 50), and notes macros, which are ordinary here, and digital signatures.
Trusts: nothing: every .rels part and every part's type is looked at, whatever it belongs to.
Never touches: the parts themselves.
Known limits: a workbook embedded behind a chart is let be when a chart part relates to it and its
type is a plain .xlsx: Word keeps one behind every chart, shows it only when a person asks to edit
the chart's data, and that type cannot carry macros. Any other embedded package is a danger, also
an .xlsm or .xlsb behind a chart. Office add-in panes (webextensions) are not looked for.
"""

from __future__ import annotations

from handlers.document.block import Traits
from handlers.word.network import reaches_network
from handlers.word.parts import Parts, Relation

# The last word of a relation's type, and the danger it is.
RELATIONS = {
    "oleobject": "embedded-object",
    "control": "embedded-object",
    "activexcontrolbinary": "embedded-object",
    "package": "embedded-object",
    "afchunk": "foreign-part",
    "subdocument": "foreign-part",
    "frame": "foreign-part",
}
# A piece of a content type, and the danger a part of that type is.
TYPES = {
    "oleobject": "embedded-object",
    "vnd.ms-office.activex": "embedded-object",
}
# A relation to one signature; the place for them ("origin") may be there with none in it.
SIGNATURE = "/digital-signature/signature"
CHARTS = ("drawingml.chart+xml", "vnd.ms-office.chartex+xml")
PLAIN_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def look_over(parts: Parts, traits: Traits) -> None:
    """Fill `traits` with the dangers, macros and signatures the package's lists show."""
    for relation in parts.relations:
        for word in _dangers(parts, relation):
            traits.danger(word)
    for name in parts.names:
        kind = parts.type(name)
        for piece, word in TYPES.items():
            if piece in kind:
                traits.danger(word)
    traits.macros = _has_macros(parts)
    traits.digital_signature = any(r.type.endswith(SIGNATURE) for r in parts.relations)


def _dangers(parts: Parts, relation: Relation) -> list[str]:
    if relation.kind == "hyperlink":
        return []
    words = ["remote-part"] if reaches_network(relation.target) else []
    if relation.kind in RELATIONS and not _behind_chart(parts, relation):
        words.append(RELATIONS[relation.kind])
    return words


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
