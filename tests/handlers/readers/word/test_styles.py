"""Headings, titles and bold text as styles make them."""

from __future__ import annotations

import pytest

from tests.handlers.readers.word.parts import (
    STRICT,
    W,
    docx,
    element,
    members,
    only,
    p,
    run,
    zipped,
)
from tests.handlers.readers.word.parts import blocks as read


def style(name: str, shown: str, inner: str = "", kind: str = "paragraph") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{shown}"/>{inner}</w:style>'


def based(on: str) -> str:
    return f'<w:basedOn w:val="{on}"/>'


STYLES = (
    style("berschrift1", "heading 1")
    + style("Kapitel", "Kapitel", based("berschrift1"))
    + style("Abschnitt", "Abschnitt", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>')
    + style("Deeper", "Deeper", based("Abschnitt"))
    + style("NotOne", "x", based("Abschnitt") + '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>')
    + style("Ring1", "Ring1", based("Ring2"))
    + style("Ring2", "Ring2", based("Ring1"))
    + style("Lost", "Lost", based("Nowhere"))
    + style("Titel", "Title")
    + style("Mine", "My title", based("Titel"))
    + style("Strong", "Strong", "<w:rPr><w:b/></w:rPr>", kind="character")
    + style("Heavy", "Heavy", "<w:rPr><w:b/></w:rPr>")
    + style("Light", "Light", based("Heavy") + '<w:rPr><w:b w:val="0"/></w:rPr>')
    + style("Secret", "Secret", "<w:rPr><w:vanish/></w:rPr>", kind="character")
    + style("Bullets", "List", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
)


def styled(name: str, more: str = "") -> str:
    return p("Analysis", f'<w:pStyle w:val="{name}"/>{more}')


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("berschrift1", 1),
        ("Kapitel", 1),
        ("Abschnitt", 3),
        ("Deeper", 3),
        ("NotOne", 0),
        ("Ring1", 0),
        ("Lost", 0),
        ("Missing", 0),
        ("Heading4", 4),
    ],
)
def test_a_heading_is_told_by_name_by_what_it_is_based_on_and_by_outline_level(
    name: str, level: int
) -> None:
    assert only(styled(name), STYLES).heading == level


def test_a_paragraphs_own_outline_level_comes_before_its_style() -> None:
    assert only(styled("Kapitel", '<w:outlineLvl w:val="3"/>'), STYLES).heading == 4
    assert only(styled("Kapitel", '<w:outlineLvl w:val="9"/>'), STYLES).heading == 0


def test_a_chain_of_styles_longer_than_any_is_left_unread() -> None:
    chain = "".join(style(f"S{n}", f"s{n}", based(f"S{n + 1}")) for n in range(200))
    assert only(styled("S0"), chain + style("S200", "heading 1")).heading == 0
    assert only(styled("S190"), chain + style("S200", "heading 1")).heading == 1


def test_a_title_is_told_by_its_style_or_one_based_on_it() -> None:
    assert only(styled("Titel"), STYLES).title
    assert only(styled("Mine"), STYLES).title
    assert not only(styled("Kapitel"), STYLES).title


def test_bold_comes_from_styles_and_is_settled_by_the_nearest() -> None:
    assert only(styled("Heavy"), STYLES).bold
    assert not only(styled("Light"), STYLES).bold


def test_a_bold_character_style_in_a_bold_paragraph_style_cancels_out() -> None:
    strong = '<w:rStyle w:val="Strong"/>'
    assert only(p(run("x", strong)), STYLES).bold
    assert not only(p(run("x", strong), '<w:pStyle w:val="Heavy"/>'), STYLES).bold
    assert only(p(run("x", strong + "<w:b/>"), '<w:pStyle w:val="Heavy"/>'), STYLES).bold


def test_a_hidden_character_style_hides() -> None:
    assert only(p(run("x", '<w:rStyle w:val="Secret"/>') + run("y")), STYLES).text == "y"


def test_a_list_style_numbers() -> None:
    assert only(styled("Bullets"), STYLES).numbered
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    assert not only(styled("Bullets", off), STYLES).numbered


def test_the_default_style_and_the_document_defaults_apply_where_none_is_named() -> None:
    defaults = "<w:docDefaults><w:rPrDefault><w:rPr><w:b/></w:rPr></w:rPrDefault></w:docDefaults>"
    usual = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/>'
        '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    )
    found = only(p("x"), defaults + usual)
    assert (found.bold, found.heading) == (True, 2)


def test_a_style_of_contents_is_no_heading_even_based_on_one() -> None:
    assert only(p("x"), style("T", "toc 1", based("berschrift1")) + STYLES).heading == 0


def test_strict_documents_are_read_like_transitional_ones() -> None:
    body = styled("Kapitel") + p(run("x", "<w:b/>"))
    made = members(
        body,
        rels=[("styles", "styles.xml")],
        parts={"word/styles.xml": element("styles", STYLES)},
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    strict = {
        name: str(content)
        .replace(W, STRICT)
        .replace(office, "http://purl.oclc.org/ooxml/officeDocument/relationships")
        for name, content in made.items()
    }
    assert any(STRICT in content for content in strict.values())
    assert read(zipped(strict)) == read(docx(body, styles=STYLES))
