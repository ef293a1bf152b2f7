"""Blanks in a document, filled in and not, in every way they are laid out."""

from __future__ import annotations

from handlers.document import Cell, Paragraph, Row, TableEnd
from handlers.fields.fields import read_field, read_fields


def paragraphs(*texts):
    return [Paragraph(text) for text in texts]


def cell(words, column):
    return Cell(tuple(paragraphs(*words.split("|"))), column)


def table(*rows):
    made = [Row(1, n, tuple(map(cell, row, range(9)))) for n, row in enumerate(rows, 1)]
    return [*made, TableEnd(1)]


def text(blocks, label, *others):
    found = read_field(blocks, [label], others)
    return None if found is None else found.text


def test_a_blank_that_is_not_there_is_none():
    assert read_field(paragraphs("Dear Administrator"), ["Signed"]) is None


def test_label_and_value_in_one_line():
    found = read_field(paragraphs("", "Signed: A. Person"), ["Signed", "Signature"])
    assert (found.label_words, found.text, found.position) == ("Signed", "A. Person", 1)
    assert found.where.section == "Signed"
    assert not found.is_blank


def test_a_blank_of_dots_is_there_and_empty():
    found = read_field(paragraphs("Signed.....Date....."), ["Date"], ["Signed"])
    assert found.is_blank


def test_the_filled_one_of_two_blanks_is_given():
    assert text(paragraphs("Name: ......", "Name: A. Person"), "Name") == "A. Person"


def test_a_value_in_the_line_below():
    assert text(paragraphs("Author:", "", "A. Person"), "Author") == "A. Person"
    assert read_field(paragraphs("Author:", "A. Person"), ["Author"]).below
    assert not read_field(paragraphs("Author: A. Person"), ["Author"]).below


def test_a_label_below_is_not_a_value():
    assert text(paragraphs("Author:", "Date: 1/2/10"), "Author") == ""
    assert text(paragraphs("Author", "Role"), "Author", "Role") == ""
    assert text(paragraphs("Author:", "Job title:"), "Author") == ""


def test_neither_a_heading_nor_a_sentence_below_is_a_value():
    assert text([Paragraph("Date:"), Paragraph("Appendix", heading=1)], "Date") == ""
    assert text(paragraphs("Title:", "The officer named above " * 6), "Title") == ""


def test_dots_are_the_blank_so_nothing_below_them_is():
    assert text(paragraphs("Title.......", "Chief Officer or Director"), "Title") == ""


def test_a_value_in_the_next_cell_with_its_place():
    found = read_field(table(("Agency", "Police"), ("Role", "")), ["Agency"])
    assert (found.text, found.where.table, found.where.row) == ("Police", 1, 1)
    assert text(table(("Agency", "Police"), ("Role", "")), "Role") == ""


def test_an_empty_next_cell_is_not_filled_from_the_row_below():
    assert text(table(("Author", ""), ("Elsewhere", "x")), "Author") == ""


def test_a_value_in_the_cell_below():
    blocks = table(("Name", "Role", "Date"), ("A. Person", "Nurse", "1/2/10"))
    assert text(blocks, "Role", "Name", "Date") == "Nurse"
    assert text(blocks, "Date", "Name", "Role") == "1/2/10"


def test_a_long_label_broken_over_lines_in_its_cell():
    blocks = table(("Name and Contact Details of|Person Completing", "A. Person|1 Road"))
    assert text(blocks, "Name and Contact Details of Person Completing") == "A. Person 1 Road"


def test_a_cell_may_hold_label_and_value_and_a_row_several():
    blocks = table(("Signed: A. Person", "Date: 1/2/10"), ("Name", "A. Person", "Role", "Nurse"))
    assert text(blocks, "Signed", "Date") == "A. Person"
    assert text(blocks, "Date", "Signed") == "1/2/10"
    assert text(blocks, "Role", "Name") == "Nurse"


def test_a_table_inside_a_cell_is_searched():
    inner = tuple(block for block in table(("Role", "Nurse")) if isinstance(block, Row))
    blocks = [Row(1, 1, (Cell((), 0, tables=(inner,)),)), TableEnd(1)]
    assert text(blocks, "Role") == "Nurse"


def test_a_picture_fills_the_empty_blank_of_its_line():
    blocks = [Paragraph("Name: A. Person\nSigned:\nDate: 1/2/10", picture=True)]
    assert read_field(blocks, ["Signed"], ["Name", "Date"]).picture
    assert not read_field(blocks, ["Name"], ["Signed", "Date"]).picture
    below = [Paragraph("Signed:"), Paragraph("", picture=True)]
    assert read_field(below, ["Signed"]).picture
    beside = Row(1, 1, (cell("Signed", 0), Cell((Paragraph("", picture=True),), 1)))
    assert read_field([beside], ["Signed"]).picture


def test_check_boxes_come_with_their_blank():
    blocks = [Paragraph("Agreed:", ticks=(True, False))]
    found = read_field(blocks, ["Agreed"])
    assert (found.ticks, found.is_blank) == ((True, False), False)
    assert read_field([Paragraph("Agreed:", ticks=(False,))], ["Agreed"]).is_blank


def test_a_control_nobody_clicked_on_is_empty():
    blocks = [Paragraph("Name:"), Paragraph("Click or tap here to enter text.", placeholder=True)]
    assert read_field(blocks, ["Name"]).is_blank
    untouched = Cell((Paragraph("Choose an item.", placeholder=True),), 1)
    assert read_field([Row(1, 1, (cell("Name", 0), untouched))], ["Name"]).is_blank


def test_all_blanks_come_in_reading_order():
    blocks = paragraphs("Signed: A  Date: 1/2/10", "Signed: B  Date:")
    found = read_fields(blocks, ["Date", "Signed"])
    assert [(f.label_words, f.text) for f in found] == [
        ("Signed", "A"),
        ("Date", "1/2/10"),
        ("Signed", "B"),
        ("Date", ""),
    ]
