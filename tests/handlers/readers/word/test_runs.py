"""What is seen of a paragraph's runs."""

from __future__ import annotations

import pytest

from tests.handlers.readers.word.parts import (
    cells,
    docx,
    field,
    only,
    p,
    paragraphs,
    run,
    sdt,
    traits,
)


def test_text_split_over_many_runs_is_one_text() -> None:
    assert only(p("".join(run(c) for c in "Date"))).text == "Date"


def test_insertions_are_in_and_deletions_are_out() -> None:
    """Failure mode 54."""
    body = p(
        run("kept ")
        + f"<w:ins>{run('added ')}</w:ins>"
        + "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        + f"<w:del>{run('gone too')}</w:del>"
        + f"<w:ins><w:del>{run('neither')}</w:del></w:ins>"
        + f"<w:moveFrom>{run('moved away')}</w:moveFrom><w:moveTo>{run('moved here')}</w:moveTo>"
    )
    assert only(body).text == "kept added moved here"
    assert traits(docx(body)).tracked_changes == 6


def test_a_change_said_in_two_ways_counts_once() -> None:
    inserted = f"<w:ins>{run('x')}</w:ins>"
    box = f"<w:txbxContent>{p(inserted)}</w:txbxContent>"
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert traits(docx(p(f"<w:r>{both}</w:r>"))).tracked_changes == 1


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    gone = "<w:rPr><w:del/></w:rPr>"
    assert [found.text for found in paragraphs(p("one ", gone) + p("two"))] == ["one two"]


def test_a_paragraph_deleted_whole_is_not_there() -> None:
    deleted = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del>{run('gone')}</w:del></w:p>"
    assert [found.text for found in paragraphs(deleted + p("here"))] == ["here"]


def test_a_joined_paragraph_at_the_end_of_a_cell_is_not_lost() -> None:
    body = "<w:tbl><w:tr><w:tc>" + p("last", "<w:rPr><w:del/></w:rPr>") + "</w:tc></w:tr></w:tbl>"
    assert cells(body)[0].text == "last"


def test_text_inside_content_controls_hyperlinks_and_tags_is_read() -> None:
    """Failure mode 54."""
    body = p(
        sdt(run("control "))
        + f"<w:hyperlink>{run('link ')}</w:hyperlink>"
        + f"<w:smartTag>{run('tag ')}</w:smartTag>"
        + f"<w:customXml>{run('custom ')}</w:customXml>"
        + f"<w:fldSimple w:instr='DATE'>{run('field ')}</w:fldSimple>"
        + f"<w:r><w:ruby><w:rt>{run('small')}</w:rt><w:rubyBase>{run('base')}</w:rubyBase></w:ruby>"
        + "</w:r>"
    )
    assert only(body).text == "control link tag custom field base"


@pytest.mark.parametrize(
    ("inner", "seen"),
    [
        ("<w:tab/>", "a\tb"),
        ("<w:ptab/>", "a\tb"),
        ("<w:br/>", "a\nb"),
        ('<w:br w:type="page"/>', "a\nb"),
        ("<w:cr/>", "a\nb"),
        ("<w:noBreakHyphen/>", "a-b"),
        ("<w:softHyphen/>", "ab"),
        ("<w:t>\u00a0\u2011\u00ad\u200b</w:t>", "a -b"),
        ("<w:t>\u200e1\u200f/\u202a2\u202c\u2066\u2069\u2060/</w:t>", "a1/2/b"),
        ("<w:lastRenderedPageBreak/>", "ab"),
    ],
)
def test_spaces_breaks_and_hyphens_are_plain(inner: str, seen: str) -> None:
    assert only(p(f"<w:r><w:t>a</w:t>{inner}<w:t>b</w:t></w:r>")).text == seen


def test_white_space_that_is_not_kept_is_not_seen() -> None:
    assert only(p("<w:r><w:t>\n  Signed\n</w:t></w:r>")).text == "Signed"


def test_hidden_text_is_not_visible() -> None:
    assert only(p(run("seen") + run("unseen", "<w:vanish/>"))).text == "seen"


def test_formula_text_is_read() -> None:
    assert only(p("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>")).text == "x=1"


@pytest.mark.parametrize(
    ("marks", "bold"),
    [
        ("<w:b/>", True),
        ('<w:b w:val="1"/>', True),
        ('<w:b w:val="0"/>', False),
        ('<w:b w:val="false"/>', False),
        ("", False),
    ],
)
def test_a_line_is_bold_when_all_of_its_visible_text_is(marks: str, bold: bool) -> None:
    assert only(p(run("Analysis", marks) + run("  "))).bold is bold


def test_a_line_with_one_word_not_bold_is_not_bold() -> None:
    assert only(p(run("Analysis", "<w:b/>") + run(" of"))).bold is False


def test_a_blank_line_is_neither_bold_nor_struck() -> None:
    blank = only(p(run("  ", "<w:b/><w:strike/>")))
    assert (blank.bold, blank.struck) == (False, False)


@pytest.mark.parametrize("mark", ["<w:strike/>", "<w:dstrike/>"])
def test_struck_text_is_told(mark: str) -> None:
    assert only(p(run("I have read this report", mark))).struck
    assert not only(p(run("I have read", mark) + run(" this report"))).struck


def test_a_symbol_is_the_character_it_looks_like() -> None:
    ticked = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    empty = '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>'
    found = only(p(run("Yes ") + ticked + run(" No ") + empty))
    assert (found.text, found.ticks) == ("Yes ☑ No ☐", (True, False))


def test_a_symbol_that_is_no_number_is_not_lost() -> None:
    assert only(p('<w:r><w:sym w:font="Wingdings" w:char="zz"/></w:r>')).text == "\ufffd"


def test_text_typed_in_a_symbol_font_is_what_it_looks_like() -> None:
    typed = run("o", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>')
    private = run("\uf0fc", '<w:rFonts w:ascii="Wingdings"/>')
    found = only(p(typed + private + run("o")))
    assert (found.text, found.ticks) == ("☐✓o", (False, True))


def test_typed_boxes_and_ticks_count() -> None:
    assert only(p("☐ ☑ ☒ ✓ ✔ ✗")).ticks == (False, True, True, True, True, True)


def test_an_ordinary_field_shows_its_result_and_not_its_instruction() -> None:
    found = only(p(run("Date: ") + field(' DATE \\@ "d/M/yyyy" ', run("1/2/2009"))))
    assert found.text == "Date: 1/2/2009"


def test_a_list_number_is_told_and_can_be_taken_away() -> None:
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
    unlisted = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    assert only(p("one", listed)).numbered
    assert not only(p("one", unlisted)).numbered


def test_a_bold_centred_line_looks_like_a_title() -> None:
    centred = '<w:jc w:val="center"/>'
    assert only(p(run("QA Form", "<w:b/>"), centred)).title
    assert not only(p(run("QA Form"), centred)).title
