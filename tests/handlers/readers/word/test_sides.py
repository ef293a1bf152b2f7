"""Headers, footers, notes, comments, properties."""

from __future__ import annotations

import pytest

from handlers.document import Traits
from handlers.readers.word.document import open_word
from handlers.readers.word.errors import DamagedFile
from tests.handlers.readers.word.parts import (
    Relation,
    docx,
    element,
    field,
    p,
    run,
    sdt,
    tbl,
    tr,
    traits,
)


def with_side(kind: str, content: str, body: str = "") -> Traits:
    return traits(docx(body, rels=[(kind, "side.xml")], parts={"word/side.xml": content}))


def footer(inner: str) -> Traits:
    return with_side("footer", element("ftr", inner))


def test_headers_and_footers_are_margins() -> None:
    rels: list[Relation] = [("header", "header1.xml"), ("footer", "footer1.xml")]
    found = traits(
        docx(
            p("x"),
            rels=rels,
            parts={
                "word/header1.xml": element("hdr", p("OFFICIAL") + p() + tbl(tr("Version", "2"))),
                "word/footer1.xml": element("ftr", p("Page")),
            },
        )
    )
    assert found.margins == ["OFFICIAL", "Version\t2", "Page"]


def test_a_watermark_is_a_margin_too() -> None:
    """A report with "DRAFT" across every page is one, though no paragraph says so."""
    mark = (
        '<w:r><w:pict><v:shape id="PowerPlusWaterMarkObject1" type="#_x0000_t136">'
        '<v:textpath style="font-size:1pt" string="DRAFT"/></v:shape></w:pict></w:r>'
    )
    found = with_side("header", element("hdr", p(mark) + p(run("Version 2"))))
    assert found.margins == ["Version 2", "DRAFT"]


@pytest.mark.parametrize(
    "inner",
    [
        p(run("Page ") + field(" PAGE ", run("1"))),
        p(field("page \\* MERGEFORMAT", run("1"))),
        p('<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'),
        p("<w:r><w:pgNum/></w:r>"),
        sdt(p(sdt(field("PAGE", run("1"))))),
        tbl(tr(f"<w:tc>{p(field('PAGE', run('1')))}</w:tc>")),
        p(
            "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
            f"{p(field('PAGE', run('1')))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        ),
    ],
    ids=["complex", "switches", "simple", "pgNum", "control", "table", "text box"],
)
def test_a_page_number_is_found_however_it_is_made(inner: str) -> None:
    assert footer(inner).page_numbers


@pytest.mark.parametrize("text", ["NUMPAGES", "PAGEREF x", "DATE"])
def test_other_fields_are_no_page_number(text: str) -> None:
    assert not footer(p(field(text, run("1")))).page_numbers


def test_a_page_number_in_the_text_is_not_one_on_the_page() -> None:
    assert not traits(docx(p(field("PAGE", run("1"))))).page_numbers


def test_footnotes_are_read_without_the_lines_between() -> None:
    notes = (
        f'<w:footnote w:type="separator" w:id="-1">{p("---")}</w:footnote>'
        f'<w:footnote w:id="1">{p("First")}{p("more")}</w:footnote>'
        f'<w:footnote w:id="2">{p("Second")}</w:footnote>'
    )
    assert with_side("footnotes", element("footnotes", notes)).footnotes == [
        "First\nmore",
        "Second",
    ]


def test_endnotes_are_read_with_the_footnotes() -> None:
    notes = element("endnotes", f"<w:endnote>{p('End')}</w:endnote>")
    assert with_side("endnotes", notes).footnotes == ["End"]


def test_comments_are_counted() -> None:
    two = element("comments", f"<w:comment>{p('a')}</w:comment><w:comment>{p('b')}</w:comment>")
    assert with_side("comments", two).comments == 2


@pytest.mark.parametrize(
    "kind",
    [
        "custom-properties",
        "http://purl.oclc.org/ooxml/officeDocument/relationships/customProperties",
    ],
)
def test_custom_properties_are_read(kind: str) -> None:
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/'
        'docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" '
        'name="Case"><vt:lpwstr>N12</vt:lpwstr></property></Properties>'
    )
    data = docx(
        p("x"),
        package_rels=[(kind, "docProps/custom.xml")],
        parts={"docProps/custom.xml": custom},
    )
    assert traits(data).properties == {"Case": "N12"}


def test_a_side_part_that_is_not_there_is_passed_over() -> None:
    assert traits(docx(p("x"), rels=[("header", "gone.xml")])).margins == []


def test_a_malformed_side_part_is_damage_found_at_the_end() -> None:
    data = docx(p("x"), rels=[("header", "side.xml")], parts={"word/side.xml": "<w:hdr"})
    reading = open_word(data)
    with pytest.raises(DamagedFile):
        list(reading.iter_blocks())


def test_insertions_in_a_footnote_count_as_tracked() -> None:
    notes = element("footnotes", f"<w:footnote>{p('<w:ins>' + run('x') + '</w:ins>')}</w:footnote>")
    found = with_side("footnotes", notes)
    assert (found.tracked_changes, found.footnotes) == (1, ["x"])
