"""What makes a document dangerous to open, and what only looks so (failure mode 50)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from handlers.document import DANGERS
from handlers.readers.word.document import open_word
from handlers.readers.word.errors import FileTooBig
from tests.handlers.readers.word.parts import (
    MACROS,
    OFFICE,
    Relation,
    docx,
    element,
    p,
    relations,
    run,
    tbl,
    tc,
    tr,
    traits,
)

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
OLE = "application/vnd.openxmlformats-officedocument.oleObject"
_SIGNATURES = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature"
ORIGIN, SIGNED = f"{_SIGNATURES}/origin", f"{_SIGNATURES}/signature"
VBA = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"


def dangers(rels: Sequence[Relation], body: str = "", **more: object) -> list[str]:
    found = traits(docx(body, rels=rels, **more)).dangers  # type: ignore[arg-type]
    assert set(found) <= set(DANGERS)
    return found


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "oleObject", "frame", "made-up"])
@pytest.mark.parametrize("target", ["https://evil.example/x", "\\\\server\\share\\x.dotm"])
def test_a_part_on_the_network_is_a_danger_whatever_its_kind(kind: str, target: str) -> None:
    """Failure mode 50."""
    word = "remote-template" if kind == "attachedTemplate" else "remote-part"
    assert word in dangers([(kind, target, "External")])


def test_every_rels_part_is_looked_at() -> None:
    """Failure mode 50."""
    settings = relations([("attachedTemplate", "http://evil.example/x.dotm", "External")])
    assert dangers([], parts={"word/_rels/settings.xml.rels": settings}) == ["remote-template"]


def test_a_template_on_this_computer_is_ordinary() -> None:
    template = ("attachedTemplate", "file:///C:\\Users\\a\\Normal.dotm", "External")
    assert dangers([template]) == []


def test_hyperlinks_are_ordinary() -> None:
    strict = "http://purl.oclc.org/ooxml/officeDocument/relationships/hyperlink"
    for kind in ("hyperlink", strict):
        assert dangers([(kind, "https://board.example/", "External")]) == []


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("oleObject", "embedded-object:text"),
        ("control", "active-control:text"),
        ("package", "embedded-object:text"),
        ("http://schemas.microsoft.com/office/2006/relationships/activeXControlBinary",
         "active-control:text"),
        ("aFChunk", "foreign-part"),
        ("http://purl.oclc.org/ooxml/officeDocument/relationships/aFChunk", "foreign-part"),
        ("subDocument", "foreign-part"),
    ],
)  # fmt: skip
def test_embedded_and_foreign_parts_are_dangers(kind: str, word: str) -> None:
    """Failure mode 50."""
    assert dangers([(kind, "embeddings/thing.bin")], parts={"word/embeddings/thing.bin": "x"}) == [
        word
    ]


def test_an_object_that_only_its_type_gives_away_is_a_danger() -> None:
    """Failure mode 50."""
    held = {"word/embeddings/x.dat": "x"}
    assert dangers([], parts=held, types={"word/embeddings/x.dat": OLE}) == ["embedded-object"]


@pytest.mark.parametrize(
    ("inner", "word"),
    [
        ("<w:r><w:object><o:OLEObject/></w:object></w:r>", "embedded-object"),
        ('<w:r><w:object><o:OLEObject Type="Link" r:id="r1"/></w:object></w:r>', "linked-object"),
        ("<w:r><w:object><w:control/></w:object></w:r>", "active-control"),
        ("<w:subDoc/>", "foreign-part"),
    ],
)
def test_objects_in_the_text_are_dangers(inner: str, word: str) -> None:
    assert dangers([], p(inner)) == [word]
    assert dangers([], tbl(tr(tc(p(inner))))) == [word]


def test_a_foreign_chunk_in_the_text_is_a_danger() -> None:
    assert dangers([], '<w:altChunk r:id="r1"/>') == ["foreign-part"]


def test_the_workbook_behind_a_chart_is_let_be() -> None:
    held = {
        "word/charts/chart1.xml": "<c/>",
        "word/charts/_rels/chart1.xml.rels": relations([("package", "../embeddings/a.xlsx")]),
        "word/embeddings/a.xlsx": "PK",
    }
    types = {"word/charts/chart1.xml": CHART, "word/embeddings/a.xlsx": WORKBOOK}
    assert dangers([("chart", "charts/chart1.xml")], parts=held, types=types) == []


@pytest.mark.parametrize(
    ("source", "kind", "word"),
    [
        (CHART, "application/vnd.ms-excel.sheet.macroEnabled.12", "embedded-object:chart"),
        (CHART, "application/vnd.ms-excel.sheet.binary.macroEnabled.12", "embedded-object:chart"),
        ("application/xml", WORKBOOK, "embedded-object"),
    ],
)
def test_any_other_embedded_package_is_a_danger(source: str, kind: str, word: str) -> None:
    held = {
        "word/charts/chart1.xml": "<c/>",
        "word/charts/_rels/chart1.xml.rels": relations([("package", "../embeddings/a.xlsx")]),
        "word/embeddings/a.xlsx": "PK",
    }
    types = {"word/charts/chart1.xml": source, "word/embeddings/a.xlsx": kind}
    assert dangers([], parts=held, types=types) == [word]


@pytest.mark.parametrize(
    ("kind", "target", "word"),
    [
        ("image", "cid:image001.png@01CA.0001", ""),
        ("image", "cid:https://evil.example/x", "remote-part"),
        ("attachedTemplate", "cid:x", "remote-template"),
        ("image", "https://evil.example/x?cid:y", "remote-part"),
    ],
)
def test_a_picture_of_the_mail_it_was_copied_from_reaches_nothing(
    kind: str, target: str, word: str
) -> None:
    assert dangers([(kind, target, "External")]) == ([word] if word else [])


def test_macros_are_noted_and_no_danger() -> None:
    typed = docx(p("x"), main_type=MACROS)
    related = docx(p("x"), rels=[(VBA, "vbaProject.bin")], parts={"word/vbaProject.bin": "x"})
    for data in (typed, related):
        assert (traits(data).macros, traits(data).dangers) == (True, [])
    assert not traits(docx(p("x"))).macros


def test_a_digital_signature_is_noted() -> None:
    """A place for signatures with none in it is an empty blank."""
    origin, signature = "_xmlsignatures/origin.sigs", "_xmlsignatures/sig1.xml"
    listed = "_xmlsignatures/_rels/origin.sigs.rels"
    points = relations([(SIGNED, "sig1.xml")])
    held = {origin: "", signature: "<Signature/>", listed: points}
    assert traits(docx(p("x"), package_rels=[(ORIGIN, origin)], parts=held)).digital_signature
    for parts in ({}, {origin: ""}):
        data = docx(p("x"), package_rels=[(ORIGIN, origin)] if parts else [], parts=parts)
        assert not traits(data).digital_signature


def test_relations_without_end_are_too_big() -> None:
    with pytest.raises(FileTooBig):
        open_word(docx(p("x"), rels=[("image", "x.png")] * 20_001))


def test_dangers_of_the_package_are_known_before_anything_is_read() -> None:
    data = docx(p("x"), rels=[("image", "http://evil.example/x.png", "External")])
    assert open_word(data).traits.dangers == ["remote-part"]


def test_dangers_in_parts_no_one_sees_are_found() -> None:
    glossary = element("glossaryDocument", p('<w:fldSimple w:instr="DDEAUTO a b"/>'))
    rels = [(f"{OFFICE}/glossaryDocument", "glossary/document.xml")]
    assert dangers(rels, parts={"word/glossary/document.xml": glossary}) == ["dde-field"]


def test_dangers_in_headers_notes_and_comments_are_found() -> None:
    for kind, root in (("header", "hdr"), ("footnotes", "footnotes"), ("comments", "comments")):
        dde = '<w:fldSimple w:instr=" DDE a b "/>'
        inner = f"<w:x>{p(run('x') + dde)}</w:x>"
        found = dangers([(kind, "side.xml")], parts={"word/side.xml": element(root, inner)})
        assert found == ["dde-field"], kind
