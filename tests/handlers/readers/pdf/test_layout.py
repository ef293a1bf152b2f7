"""Pages laid out by hand: grids, columns, paragraphs."""

from __future__ import annotations

from handlers.document import Paragraph, Row, TableEnd
from handlers.readers.pdf.layout import MAX_RULES, PageLayout, find_grids
from handlers.readers.pdf.page import Page, PageBox, PageWord
from tests.builders import DECLARATION, STATEMENTS
from tests.handlers.readers.pdf.pdfs import line, pdf, table, text
from tests.handlers.readers.pdf.reading import judged, read, rules, texts


def cells(data: bytes) -> list[list[tuple[str, int, int, bool]]]:
    return [
        [(cell.text, cell.column, cell.span, cell.continued) for cell in block.cells]
        for block in read(data)[0]
        if isinstance(block, Row)
    ]


GRID = table([50, 150, 250, 350], [700, 720, 740])


def test_words_go_to_the_fields_they_stand_in():
    page = GRID + text(55, 725, "a b") + text(155, 725, "c") + text(255, 705, "d")
    assert cells(pdf(page)) == [
        [("a b", 0, 1, False), ("c", 1, 1, False), ("", 2, 1, False)],
        [("", 0, 1, False), ("", 1, 1, False), ("d", 2, 1, False)],
    ]


def test_fields_with_no_line_between_them_are_one_cell():
    down = (line((x, 700), (x, 740)) for x in (50, 350))
    part = line((150, 700), (150, 720)) + line((250, 700), (250, 720))
    across = (line((50, y), (350, y)) for y in (700, 720, 740))
    page = "".join((*down, part, *across, text(155, 725, "across"), text(155, 705, "below")))
    assert cells(pdf(page)) == [
        [("across", 0, 3, False)],
        [("", 0, 1, False), ("below", 1, 1, False), ("", 2, 1, False)],
    ]


def test_a_cell_that_goes_on_from_the_row_above_keeps_its_words_in_the_first():
    level = line((50, 700), (350, 700)) + line((150, 720), (350, 720)) + line((50, 740), (350, 740))
    upright = "".join(line((x, 700), (x, 740)) for x in (50, 150, 350))
    page = level + upright + text(55, 705, "low") + text(155, 725, "b") + text(155, 705, "c")
    assert cells(pdf(page)) == [
        [("low", 0, 1, False), ("b", 1, 1, False)],
        [("", 0, 1, True), ("c", 1, 1, False)],
    ]


def test_no_word_is_lost_in_a_field_merged_both_ways():
    outer = "".join(line((50, y), (350, y)) for y in (680, 740))
    level = line((250, 700), (350, 700)) + line((250, 720), (350, 720))
    upright = "".join(line((x, 680), (x, 740)) for x in (50, 250, 350)) + line(
        (150, 680), (150, 700)
    )
    words = "".join(text(x, y, f"w{x}-{y}") for x in (60, 160, 260) for y in (685, 705, 725))
    said = " ".join(cell[0] for row in cells(pdf(outer + level + upright + words)) for cell in row)
    assert len(said.split()) == 9


def test_lines_drawn_in_pieces_and_double_lines_make_one_grid():
    pieces = "".join(
        line((x, y), (x + 100, y)) for x in (50, 150) for y in (700, 701.5, 720, 740, 741)
    )
    pieces += "".join(line((x, y), (x, y + 20)) for x in (50, 150, 250) for y in (700, 720))
    assert cells(pdf(pieces + text(55, 705, "a"))) == [
        [("", 0, 1, False), ("", 1, 1, False)],
        [("a", 0, 1, False), ("", 1, 1, False)],
    ]


def test_tables_are_counted_through_the_pages_and_each_comes_to_an_end():
    blocks, _ = read(pdf(text(50, 800, "above") + GRID + text(50, 600, "below"), pages=2))
    assert [b.table for b in blocks if isinstance(b, TableEnd)] == [1, 2]
    assert [b.text for b in blocks if isinstance(b, Paragraph)] == ["above", "below"] * 2
    assert [type(b).__name__ for b in blocks[:5]] == [
        "Paragraph",
        "Row",
        "Row",
        "TableEnd",
        "Paragraph",
    ]


def test_a_frame_around_a_page_is_no_table():
    assert texts(pdf(table([20, 570], [20, 820]) + text(50, 700, "Agency"))) == ["Agency"]


def test_a_page_with_more_lines_than_a_form_has_is_read_without_them():
    rules = [PageBox(0, 7.0 * n, 500, 7.0 * n) for n in range(MAX_RULES + 1)]
    assert find_grids(rules) == []
    page = Page(500, 9000, (PageWord("word", PageBox(10, 8, 40, 13)),), tuple(rules))
    assert list(PageLayout().blocks_of_page(page)) == [Paragraph("word")]


def test_lines_that_were_full_are_joined_and_a_list_of_blanks_is_not():
    page = text(50, 700, "This is a line that goes on to the very edge of the page and then it")
    page += text(50, 686, "ends here.") + text(50, 660, "Signed: A Person")
    page += text(50, 646, "Date: 24 May 2010")
    assert texts(pdf(page)) == [
        "This is a line that goes on to the very edge of the page and then it ends here.",
        "Signed: A Person",
        "Date: 24 May 2010",
    ]


def test_dotted_lines_over_the_whole_width_stay_apart():
    dots = "." * 90
    page = "".join(text(50, y, f"{label}{dots}") for label, y in (("Signed", 700), ("Date", 686)))
    assert texts(pdf(page)) == [f"Signed{dots}", f"Date{dots}"]


def test_words_far_apart_in_a_line_have_a_tab_between_them():
    assert texts(pdf(text(50, 700, "Signed:") + text(250, 700, "Date:"))) == ["Signed:\tDate:"]


def test_numbers_and_bullets_before_a_line_are_left_out_as_word_leaves_them_out():
    page = text(50, 700, "1.2") + text(90, 700, "The practice") + text(50, 680, "24 May")
    blocks, _ = read(pdf(page))
    assert [(p.text, p.numbered) for p in blocks] == [("The practice", True), ("24 May", False)]


def test_what_is_larger_than_the_rest_is_a_title():
    page = text(50, 760, "Evaluation Statement", 18)
    page += "".join(text(50, 700 - 20 * n, f"line {n}") for n in range(4))
    blocks, _ = read(pdf(page))
    assert [p.title for p in blocks] == [True, False, False, False, False]


def test_columns_are_read_across_and_no_word_of_either_is_lost():
    """As blanks for two people side by side are; running text in columns comes out broken."""
    left, right = ("Signed: C One", "Date: 1/4/2010"), ("Name: D Two", "Title: Director")
    page = "".join(
        text(50, 700 - 14 * n, one) + text(320, 700 - 14 * n, other)
        for n, (one, other) in enumerate(zip(left, right, strict=True))
    )
    assert texts(pdf(page)) == ["Signed: C One\tName: D Two", "Date: 1/4/2010\tTitle: Director"]
    judgement = judged(as_statement(page))
    assert rules(judgement) == ["signed-image"]


def as_statement(page: str) -> bytes:
    """An evaluation statement with this at its foot."""
    said = ["Evaluation Statement", *STATEMENTS, DECLARATION]
    lines = (text(50, 820 - 14 * n, words, 8) for n, words in enumerate(said))
    return pdf("".join((*lines, page)))
