"""Whole documents, as python-docx, LibreOffice and attackers make them."""

from __future__ import annotations

import io
import random

import docx as python_docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from handlers.document import DocumentReading, Paragraph, Row, TableEnd
from handlers.readers.word.document import open_word
from handlers.readers.word.errors import DamagedFile, DangerousFile, FileTooBig, UnreadableFile
from handlers.readers.word.xml import _OPENS_WITH_ROOT, declares_doctype
from tests.each_case import each_case
from tests.handlers.readers.word.fodt import Convert
from tests.handlers.readers.word.fodt import p as p_
from tests.handlers.readers.word.parts import (
    MACROS,
    blocks,
    docx,
    element,
    field,
    members,
    p,
    run,
    sdt,
    tbl,
    tr,
    traits,
    zipped,
)

DOCTYPE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e "HELLO">]>'


def written() -> bytes:
    """A report as python-docx writes it."""
    made = python_docx.Document()
    made.add_heading("Individual Management Review", 0)
    made.add_heading("1. Introduction", 1)
    made.add_paragraph("Some text.")
    made.add_paragraph("A point", style="List Bullet")
    custom = made.styles.add_style("Kapitel", WD_STYLE_TYPE.PARAGRAPH)
    custom.base_style = made.styles["Heading 2"]
    made.add_paragraph("Analysis", style="Kapitel")
    table = made.add_table(rows=2, cols=3)
    table.cell(0, 0).text = "Date"
    table.cell(1, 0).merge(table.cell(1, 1)).text = "across"
    made.sections[0].footer.paragraphs[0].text = "Version 2"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_reading_is_what_the_judges_expect() -> None:
    reading: DocumentReading = open_word(docx(p("x")))
    assert [b for b in reading.iter_blocks() if isinstance(b, Paragraph)] == [Paragraph("x")]


def test_a_document_python_docx_wrote_is_read() -> None:
    found = blocks(written())
    told = [(b.text, b.heading, b.title, b.numbered) for b in found if isinstance(b, Paragraph)]
    assert told == [
        ("Individual Management Review", 0, True, False),
        ("1. Introduction", 1, False, False),
        ("Some text.", 0, False, False),
        ("A point", 0, False, True),
        ("Analysis", 2, False, False),
    ]
    first, second = (b for b in found if isinstance(b, Row))
    assert [(c.column, c.span, c.text) for c in first.cells] == [
        (0, 1, "Date"),
        (1, 1, ""),
        (2, 1, ""),
    ]
    assert [(c.column, c.span, c.text) for c in second.cells] == [(0, 2, "across"), (2, 1, "")]
    assert traits(written()).margins == ["Version 2"]
    assert traits(written()).dangers == []


ODF = (
    '<text:h text:style-name="Heading_20_1" text:outline-level="1">Analysis</text:h>'
    + p_('<text:span text:style-name="Bold">Signed</text:span>')
    + p_('<text:span text:style-name="Struck">Not this</text:span>')
    + p_("a<text:tab/>b<text:line-break/>c\u00a0d")
    + "<table:table><table:table-column table:number-columns-repeated='3'/>"
    "<table:table-header-rows><table:table-row><table:table-cell><text:p>Date</text:p>"
    "</table:table-cell><table:table-cell table:number-columns-spanned='2'><text:p>Event</text:p>"
    "</table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows>"
    "<table:table-row><table:table-cell table:number-rows-spanned='2'><text:p>down</text:p>"
    "</table:table-cell><table:table-cell><text:p>x</text:p></table:table-cell>"
    "<table:table-cell><text:p>y</text:p></table:table-cell></table:table-row>"
    "<table:table-row><table:covered-table-cell/><table:table-cell><text:p>z</text:p>"
    "</table:table-cell><table:table-cell><text:p>w</text:p></table:table-cell></table:table-row>"
    "</table:table>"
    + p_(
        '<draw:frame svg:width="5cm" svg:height="2cm"><draw:text-box><text:p>In a box</text:p>'
        "</draw:text-box></draw:frame>"
    )
    + p_("a note<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation>"
         "<text:note-body><text:p>Small print</text:p></text:note-body></text:note>")
)  # fmt: skip


def test_a_document_libreoffice_wrote_is_read(convert: Convert) -> None:
    data = convert(ODF, "docx")
    found = blocks(data)
    lines = [b for b in found if isinstance(b, Paragraph)]
    assert (lines[0].text, lines[0].heading) == ("Analysis", 1)
    assert (lines[1].text, lines[1].bold) == ("Signed", True)
    assert (lines[2].text, lines[2].struck) == ("Not this", True)
    assert lines[3].text == "a\tb\nc d"
    assert [b.text for b in lines[4:]] == ["", "In a box", "a note"]
    assert not any(b.picture for b in lines)
    heading, first, second = (b for b in found if isinstance(b, Row))
    assert heading.heading
    assert [(c.column, c.span, c.text) for c in heading.cells] == [(0, 1, "Date"), (1, 2, "Event")]
    assert (first.cells[0].continued, second.cells[0].continued) == (False, True)
    assert second.text == "\tz\tw"


def test_what_libreoffice_puts_beside_the_text_is_read(convert: Convert) -> None:
    found = traits(convert(ODF, "docx"))
    assert (found.page_numbers, found.margins) == (True, ["Page 1"])
    assert found.footnotes == ["Small print"]
    assert found.dangers == []


CONTENTS = (
    '<text:table-of-content text:name="T"><text:table-of-content-source text:outline-level="3"/>'
    "<text:index-body><text:index-title text:name='H'><text:p>Contents</text:p></text:index-title>"
    "<text:p>Analysis<text:tab/>1</text:p><text:p>Conclusions<text:tab/>2</text:p>"
    "</text:index-body></text:table-of-content>"
    '<text:h text:style-name="Heading_20_1" text:outline-level="1">Analysis</text:h>'
)


def test_a_table_of_contents_libreoffice_wrote_is_left_out(convert: Convert) -> None:
    data = convert(CONTENTS, "docx")
    found = [(b.text, b.heading) for b in blocks(data) if isinstance(b, Paragraph)]
    assert found == [("Analysis", 1)]
    assert traits(data).contents


def test_changes_libreoffice_tracked_are_read_as_accepted(convert: Convert) -> None:
    """Failure mode 54."""
    when = "<office:change-info xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:creator>A</dc:creator><dc:date>2026-01-02T03:04:05</dc:date></office:change-info>"
    data = convert(
        "<text:tracked-changes>"
        f"<text:changed-region text:id='a'><text:insertion>{when}</text:insertion>"
        "</text:changed-region><text:changed-region text:id='b'><text:deletion>"
        f"{when}<text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        + p_(
            "kept <text:change text:change-id='b'/><text:change-start text:change-id='a'/>added"
            "<text:change-end text:change-id='a'/>"
        ),
        "docx",
    )
    assert [b.text for b in blocks(data) if isinstance(b, Paragraph)] == ["kept added"]
    assert traits(data).tracked_changes == 2


def test_a_macro_document_is_read_like_any_other() -> None:
    assert blocks(docx(p("x"), main_type=MACROS)) == blocks(docx(p("x")))


@pytest.mark.parametrize("main", ["word/document2.xml", "content/the main part.xml", "doc.xml"])
def test_the_main_part_is_found_by_its_relation_not_its_name(main: str) -> None:
    assert blocks(docx(p("x"), main=main)) == [Paragraph("x")]


@pytest.mark.parametrize("gone", ["[Content_Types].xml", "_rels/.rels", "word/document.xml"])
def test_a_package_without_its_main_part_is_damaged(gone: str) -> None:
    with pytest.raises(DamagedFile):
        open_word(zipped({k: v for k, v in members(p("x")).items() if k != gone}))


def test_another_kind_of_package_is_damaged() -> None:
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    with pytest.raises(DamagedFile):
        open_word(docx(p("x"), main_type=sheet))


def test_a_package_with_two_main_parts_is_a_danger() -> None:
    two = docx(p("x"), package_rels=[("officeDocument", "b.xml")], parts={"b.xml": "<x/>"})
    with pytest.raises(DangerousFile) as caught:
        open_word(two)
    assert caught.value.words == ("package",)


@each_case(
    "name",
    ["word/document.xml", "word/theme/theme1.xml", "customXml/item1.xml", "word/_rels/x.xml.rels",
     "[Content_Types].xml", "word/media/picture.svg"],
)  # fmt: skip
@each_case("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_a_document_type_in_any_part_is_a_danger(name: str, encoding: str) -> None:
    """Failure mode 49."""
    text = DOCTYPE.replace("?>", f' encoding="{encoding}"?>', 1) + "<!--" + "x" * 9000 + "--><x/>"
    with pytest.raises(DangerousFile) as caught:
        open_word(docx(p("HE&#101;LLO"), parts={name: text.encode(encoding)}))
    assert caught.value.words == ("doctype",)


def test_a_document_type_behind_a_long_comment_is_found() -> None:
    """Failure mode 49."""
    hidden = f"<!--{'x' * 200_000}--><!DOCTYPE x><x/>"
    with pytest.raises(DangerousFile):
        open_word(docx(p("x"), parts={"customXml/item1.xml": hidden}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_a_document_type_that_does_not_parse_is_found(encoding: str) -> None:
    """Failure mode 49."""
    broken = '<!DOCTYPE x [<!ENTITY e "'.encode(encoding)
    with pytest.raises(DangerousFile):
        open_word(docx(p("x"), parts={"customXml/item1.xml": broken}))


def test_a_document_type_in_a_part_with_another_ending_is_found() -> None:
    """Failure mode 49."""
    with pytest.raises(DangerousFile):
        open_word(
            docx(
                p("x"),
                parts={"word/thing.dat": DOCTYPE + "<x/>"},
                types={"word/thing.dat": "application/x-thing+xml"},
            )
        )


def test_a_document_type_is_found_before_any_root_and_none_is_made_up() -> None:
    """Failure mode 49, with the parser spared where nothing can stand before the root."""
    openings = (
        "", "\ufeff", "\n", "<?xml version='1.0'?>", '<?xml version="1.0" encoding="UTF-8"?>\r\n',
        '<?xml version="1.0" encoding="utf-8" standalone="yes"?>', "<!-- <x> -->", "<?p <x>?>",
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n<!--\u00e9-->',
    )  # fmt: skip
    for opening in openings:
        for root in ("<x/>", "<x a='>'>", "<x:y " + "a" * 5_000 + "='1'/>", "<x a=>"):
            for typed in ("", "<!DOCTYPE x>"):
                text = (opening + typed + root).encode()
                pieces = (text[at : at + 4_096] for at in range(0, len(text), 4_096))
                assert declares_doctype(pieces) == bool(typed), text[:60]
    seven = b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x+AD4-<x/>'
    assert not _OPENS_WITH_ROOT.match(seven)


def test_the_words_alone_are_no_document_type() -> None:
    assert blocks(docx(p("&lt;!DOCTYPE x&gt;"))) == [Paragraph("<!DOCTYPE x>")]


@pytest.mark.parametrize("cut", [b"</w:body>", b"</w:document>", b"</w:p>"])
def test_xml_that_is_cut_short_is_damaged(cut: bytes) -> None:
    parts = members(p("x"))
    parts["word/document.xml"] = str(parts["word/document.xml"]).encode().split(cut)[0]
    with pytest.raises(DamagedFile):
        blocks(zipped(parts))


def test_a_row_outside_of_any_table_is_damage() -> None:
    with pytest.raises(DamagedFile):
        blocks(docx(tr("a")))


def test_a_main_part_of_another_root_is_damaged() -> None:
    parts = members(p("x"))
    parts["word/document.xml"] = element("hdr", p("x"))
    with pytest.raises(DamagedFile):
        blocks(zipped(parts))


@each_case(
    "nested",
    [
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>",
        "<w:p><w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r></w:p>",
        "<w:p><w:ins>{}</w:ins></w:p>",
        "<w:customXml>{}</w:customXml>",
    ],
)
@each_case("depth", [60, 100, 125, 250, 1000])
def test_nesting_ends_in_a_reading_or_a_refusal(nested: str, depth: int) -> None:
    body = p("x")
    for _ in range(depth):
        body = nested.format(body)
    try:
        blocks(docx(body))
    except FileTooBig:
        assert depth > 40


def test_a_text_longer_than_any_book_is_too_big() -> None:
    with pytest.raises(FileTooBig):
        blocks(docx(p("x" * 11_000_000)))


def test_what_piles_up_without_end_is_too_big(monkeypatch: pytest.MonkeyPatch) -> None:
    """Failure mode 48."""
    from handlers.readers.word import body as story

    monkeypatch.setattr(story, "MAX_HELD_BYTES", 100_000)
    assert len(blocks(docx(p("x") * 10_000))) == 10_000
    with pytest.raises(FileTooBig):
        blocks(docx(tbl("<w:tr>" + "<w:tc><w:p/></w:tc>" * 10_000 + "</w:tr>")))
    with pytest.raises(FileTooBig):
        blocks(docx("<w:made-up>" + "<w:p/>" * 20_000 + "</w:made-up>"))


RICH = docx(
    p("Heading", '<w:outlineLvl w:val="0"/>')
    + sdt(p(run("☒", "<w:b/>") + field("PAGE", run("1"))))
    + tbl(tr("a", "b"), sdt(tr("c", "d")))
    + p("<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p/></w:txbxContent></v:textbox>"
        "</v:shape></w:pict></w:r>"),
    rels=[("header", "side.xml"), ("image", "http://evil.example/", "External")],
    parts={"word/side.xml": element("hdr", p("x"))},
)  # fmt: skip


def survives(data: bytes) -> None:
    try:
        for block in open_word(data).iter_blocks():
            assert isinstance(block, Paragraph | Row | TableEnd)
    except UnreadableFile:
        pass


@given(st.binary(max_size=400))
@example(b"PK\x05\x06" + b"\0" * 18)
@example(b"PK\x03\x04" + b"\0" * 26 + b"PK\x05\x06" + b"\0" * 18)
def test_arbitrary_bytes_end_in_a_reading_or_a_refusal(data: bytes) -> None:
    survives(data)
    survives(b"PK\x03\x04" + data)
    survives(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + data)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 8), st.booleans())
def test_a_document_with_bytes_changed_ends_in_a_reading_or_a_refusal(
    seed: int, changes: int, directory: bool
) -> None:
    rng = random.Random(seed)
    data = bytearray(RICH)
    start = RICH.index(b"PK\x01\x02") if directory else 0
    for _ in range(changes):
        data[rng.randrange(start, len(data))] = rng.randrange(256)
    survives(bytes(data))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(["word/document.xml", "word/side.xml",
       "_rels/.rels", "word/_rels/document.xml.rels", "[Content_Types].xml"]))  # fmt: skip
def test_a_document_with_xml_shuffled_ends_in_a_reading_or_a_refusal(seed: int, name: str) -> None:
    rng = random.Random(seed)
    parts = members(
        p("Heading", '<w:outlineLvl w:val="0"/>')
        + sdt(p(run("☒", "<w:b/>") + field("PAGE", run("1"))))
        + tbl(tr("a", "b"), sdt(tr("c", "d"))),
        rels=[("header", "side.xml")],
        parts={"word/side.xml": element("hdr", p("x"))},
    )
    pieces = str(parts[name]).replace("><", ">\0<").split("\0")
    for _ in range(rng.randrange(1, 4)):
        at, to = rng.randrange(1, len(pieces)), rng.randrange(1, len(pieces))
        pieces[at], pieces[to] = pieces[to], pieces[at]
    parts[name] = "".join(pieces)
    survives(zipped(parts))
