"""Rows read flat are the rows read the long way."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.document import Row
from handlers.readers.word.styles import StyleSheet
from handlers.readers.word.tables import PlainRowReader
from handlers.readers.word.xml import parse_part
from tests.each_case import each_case
from tests.handlers.readers.word.parts import element, p, rows, run, sdt, tbl, tc, tr

STYLES = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="C1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
)


def the_long_way(body: str) -> list[Row]:
    with patch.object(PlainRowReader, "read_cells", lambda self, row: None):
        return rows(body, STYLES)


def read_flat(row: str) -> bool:
    """True if a row is taken as plain."""
    root = parse_part(element("tbl", row).encode())
    styles = parse_part(element("styles", STYLES).encode())
    return PlainRowReader(StyleSheet(styles)).read_cells(root[0]) is not None


ORDINARY = '<w:rFonts w:ascii="Arial"/><w:sz w:val="18"/>'


def test_an_ordinary_row_is_read_flat() -> None:
    styled = p(run("x", ORDINARY), '<w:pStyle w:val="H1"/><w:jc w:val="center"/>')
    row = tr(tc(styled + p()), tc("y ☒ z", '<w:tcW w:w="10"/>'), "", "\u00a0")
    assert read_flat(row)
    assert rows(tbl(row), STYLES) == the_long_way(tbl(row))


def test_the_same_words_in_another_style_are_another_cell() -> None:
    heading = tr(tc(p("Event", '<w:pStyle w:val="H1"/>')))
    body = tbl(tr("Event"), heading, tr("Event"))
    assert [row.cells[0].paragraphs[0].heading for row in rows(body, STYLES)] == [0, 1, 0]
    assert rows(body, STYLES) == the_long_way(body)


@each_case(
    "row",
    [
        tr(tc("a", '<w:gridSpan w:val="2"/>')),
        tr(tc("a", "<w:vMerge/>")),
        tr("a", properties="<w:del/>"),
        tr("a", properties="<w:tblHeader/>"),
        tr(tc(p(run("a", "<w:b/>")))),
        tr(tc(p(run("a", "<w:strike/>")))),
        tr(tc(p(run("a", "<w:vanish/>")))),
        tr(tc(p(run("o", '<w:rFonts w:ascii="Wingdings"/>')))),
        tr(tc(p("<w:r><w:tab/></w:r>"))),
        tr(tc(p(f"<w:ins>{run('a')}</w:ins>"))),
        tr(tc(p(f"<w:del>{run('a')}</w:del>"))),
        tr(tc(p(f"<x:unknown>{run('a')}</x:unknown>"))),
        tr(tc(sdt(p("a")))),
        tr(tc(tbl(tr("a")) + p())),
        tr(tc(p("a", "<w:rPr><w:del/></w:rPr>") + p("b"))),
        tr(tc(p("a", '<w:pStyle w:val="B"/>'))),
        tr(tc(p("a", '<w:pStyle w:val="C1"/>'))),
        tr(tc(p("a", '<w:numPr><w:numId w:val="1"/></w:numPr>'))),
        tr(tc(p("a", '<w:outlineLvl w:val="1"/>'))),
        tr(tc(p("a", '<w:pPrChange><w:pPr><w:pStyle w:val="H1"/></w:pPr></w:pPrChange>'))),
        "<w:tr><w:tc><w:pStyle/></w:tc></w:tr>",
        "<w:tr><w:pStyle/><w:t>a</w:t></w:tr>",
        "<w:tr><w:tc><w:p/><w:pStyle/><w:r/></w:tc></w:tr>",
    ],
)
def test_anything_more_is_left_to_the_long_way(row: str) -> None:
    assert not read_flat(row)


texts = st.sampled_from(["", " ", "Y", "Health", "☒ yes", " two  words ", "a\u00a0b", "x" * 50])
marks = st.sampled_from(["", ORDINARY, "<w:b/>", "<w:color w:val='FF0000'/>"])
runs = st.builds(run, texts, marks)
bare = st.builds("<w:r><w:t>{}</w:t></w:r>".format, texts)
paragraphs = st.builds(
    p,
    st.lists(runs | bare, max_size=3).map("".join),
    st.sampled_from(["", '<w:jc w:val="center"/>', '<w:pStyle w:val="H1"/>',
                     '<w:pStyle w:val="B"/>', '<w:pStyle w:val="T"/>', '<w:pStyle w:val="C1"/>']),
)  # fmt: skip
some_cells = st.builds(
    tc,
    st.lists(paragraphs, min_size=1, max_size=3).map("".join),
    st.sampled_from(["", '<w:tcW w:w="9"/>', '<w:gridSpan w:val="2"/>', "<w:vMerge/>"]),
)
some_rows = st.lists(some_cells, max_size=4).map(lambda held: tr(*held))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(some_rows, min_size=1, max_size=4))
def test_both_ways_give_the_same_rows(made: list[str]) -> None:
    body = tbl(*made)
    assert rows(body, STYLES) == the_long_way(body)
