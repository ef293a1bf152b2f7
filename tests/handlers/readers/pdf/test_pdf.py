"""PDFs as LibreOffice makes them of the forms, and as only a pen or an attacker would."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.readers.pdf import ocr, pdf_file
from handlers.readers.pdf.pdf import open_pdf
from handlers.readers.pdf.pdf_file import AdobeOnlyForm, OcrNotInstalled
from handlers.readers.word.errors import DamagedFile, FileTooBig, ProtectedFile
from tests.builders import (
    STATEMENTS,
    STORIES,
    blank_qa_form,
    blank_statement,
    legacy_check_box,
    signed_with_picture,
    struck,
    symbol,
    through_libreoffice,
    with_cell,
)
from tests.each_case import each_case
from tests.handlers.readers.pdf.pdfs import (
    curve,
    line,
    pdf,
    scanned,
    square,
    text,
    widget,
    with_logo,
)
from tests.handlers.readers.pdf.reading import judged, paragraphs, read, rows, rules, texts
from tests.papers.chronology_paper import make_chronology
from tests.papers.imr_paper import make_imr
from tests.papers.qa_paper import make_qa_form
from tests.papers.statement_paper import make_statement

GRID, BLANKS = 2, 3


def as_pdf(docx: bytes) -> bytes:
    return through_libreoffice(docx, "pdf")


# Forms as a word processor prints them


def test_two_letters_drawn_as_one_sign_do_not_part_a_word():
    """ "fi" as many typefaces draw it: the label was not known for one, and its blank was empty."""
    drawn = pdf(text(50, 700, "Child Identi\xdeer: N12/A"))
    mac = drawn.replace(b" /WinAnsiEncoding", b"/MacRomanEncoding")  # which has that sign
    assert texts(mac) == ["Child Identifier: N12/A"]


def test_a_good_qa_form_is_read_whole_and_only_its_signature_asked_about():
    judgement = judged(as_pdf(make_qa_form()))
    assert (judgement.kind, judgement.verdict) == ("qa_form", "refer")
    assert rules(judgement) == ["signed-scan"]
    assert judgement.clues.answers == tuple((number, "yes") for number in range(1, 18))
    assert (judgement.clues.dated, judgement.clues.agency) == (date(2010, 5, 24), "own")


def test_a_good_statement_is_read_whole_and_only_its_signature_asked_about():
    judgement = judged(as_pdf(make_statement()))
    assert (judgement.kind, judgement.verdict) == ("evaluation_statement", "refer")
    assert rules(judgement) == ["signed-image"]
    assert judgement.clues.dated == date(2010, 5, 24)


def test_a_blank_answer_and_a_double_one_are_located():
    form = make_qa_form(answers={n: "Yes" for n in range(1, 18) if n != 4})
    judgement = judged(as_pdf(with_cell(form, 7, "No", "X", table=GRID)))
    assert judgement.verdict == "reject"
    assert [(f.rule, f.where.criterion) for f in judgement.findings if f.severity == "fault"] == [
        ("answer-missing", 4),
        ("answer-double", 6),
    ]


def test_a_blank_role_is_located():
    judgement = judged(as_pdf(with_cell(make_qa_form(), 2, 2, "", table=BLANKS)))
    assert [(f.rule, f.where.section) for f in judgement.findings if f.severity == "fault"] == [
        ("role-missing", "Role")
    ]


@pytest.mark.parametrize("form", [blank_qa_form, blank_statement])
def test_a_form_as_it_is_issued_is_known_for_one(form):
    judgement = judged(as_pdf(form()))
    assert (judgement.verdict, rules(judgement)) == ("reject", ["blank-template"])


def test_check_boxes_that_were_printed_as_squares_and_symbols_are_ticks():
    form = make_qa_form(answers={n: "Yes" for n in range(1, 18) if n > 2})
    for row, yes, no in ((2, True, False), (3, False, True)):
        form = legacy_check_box(form, row, "Yes", table=GRID, ticked=yes)
        form = legacy_check_box(form, row, "No", table=GRID, ticked=no)
    answers = dict(judged(as_pdf(symbol(form, 4, "Yes", table=GRID))).clues.answers)
    assert (answers[1], answers[2], answers[3], len(answers)) == ("yes", "no", "yes", 17)


def test_a_statement_struck_out_is_told():
    judgement = judged(as_pdf(struck(make_statement(), STATEMENTS[1])))
    (fault,) = (f for f in judgement.findings if f.severity == "fault")
    assert (fault.rule, fault.where.section) == ("statement-missing", "statement 2")


def test_a_picture_is_the_signature_of_the_line_it_stands_on():
    data = as_pdf(signed_with_picture(make_statement()))
    assert [p.text for p in paragraphs(data) if p.picture] == ["Signed:"]
    assert rules(judged(data)) == ["signed-image"]


def test_a_chronology_keeps_its_rows_and_columns():
    printed = rows(as_pdf(make_chronology(STORIES["GP"])))
    assert printed[0][:3] == ["Date", "Time", "Agency"]
    assert printed[1][:6] == ["08/01/2007", "10:20", "GP", "Mother", "", "N"]
    assert {len(row) for row in printed} == {9}


def test_the_lines_of_a_paragraph_are_joined_and_its_number_left_out():
    said = texts(as_pdf(make_imr()))
    assert "Introduction" in said
    (first,) = (text for text in said if text.startswith("This Individual Management Review is"))
    assert first.endswith("the threshold for a review was met.")


# What word processors do not make


def test_form_fields_are_read_where_they_stand():
    labels = text(50, 700, "Agency") + text(50, 680, "Yes") + text(50, 660, "No")
    look = "/AP << /N << /On 4 0 R /Off 4 0 R >> >>"
    fields = [
        widget("agency", "Tx", "120 695 300 712", "/V (Meadow Lane Surgery)"),
        widget("yes", "Btn", "100 678 112 690", f"/V /On /AS /On {look}"),
        widget("no", "Btn", "100 658 112 670", f"/V /Off /AS /Off {look}"),
    ]
    form = paragraphs(pdf(labels, fields, fields="5 0 R 6 0 R 7 0 R"))
    assert [p.text for p in form] == ["Agency\tMeadow Lane Surgery", "Yes\t☒", "No\t☐"]
    assert [p.ticks for p in form] == [(), (True,), (False,)]


def test_what_was_typed_inked_and_struck_on_top_is_read():
    blocks, traits = read(
        pdf(
            text(50, 700, "Name:") + text(50, 650, "Signed:") + text(50, 600, "A statement"),
            [
                "<< /Type /Annot /Subtype /FreeText /Rect [100 695 300 712] "
                "/Contents (Commissioner One) /DA (/F 10 Tf) >>",
                "<< /Type /Annot /Subtype /Ink /Rect [100 645 300 662] /InkList [[1 2 3 4]] >>",
                "<< /Type /Annot /Subtype /StrikeOut /Rect [48 598 130 612] "
                "/QuadPoints [48 612 130 612 48 598 130 598] >>",
                "<< /Type /Annot /Subtype /Text /Rect [0 0 10 10] /Contents (A note) >>",
                "<< /Type /Annot /Subtype /FreeText /Rect [100 500 300 512] /F 2 "
                "/Contents (hidden) /DA (/F 10 Tf) >>",
            ],
        )
    )
    assert [(p.text, p.picture, p.struck) for p in blocks] == [
        ("Name:\tCommissioner One", False, False),
        ("Signed:", True, False),
        ("A statement", False, True),
    ]
    assert traits.comments == 1


def test_a_note_in_the_boards_own_name_is_not_counted_as_a_comment():
    notes = [
        f"<< /Type /Annot /Subtype /Text /Rect [0 0 10 10] /T ({by}) /Contents (A note) >>"
        for by in ("A Board", "Somebody")
    ]
    reading = open_pdf(pdf(text(50, 700, "Name:"), notes))
    reading.traits.board = "A Board"
    assert list(reading.iter_blocks())
    assert reading.traits.comments == 1


def test_a_stroke_of_a_pen_is_a_picture_beside_its_label():
    signed, dated = paragraphs(
        pdf(text(50, 700, "Signed:") + curve(120, 700) + text(50, 650, "Date:"))
    )
    assert (signed.picture, dated.picture) == (True, False)


def test_a_square_is_ticked_by_a_stroke_or_a_letter_in_it():
    page = "".join(text(50, y, "Yes") + square(100, y - 2) for y in (700, 680, 660))
    page += line((100, 678), (110, 688)) + text(102, 660, "X")
    assert texts(pdf(page)) == ["Yes\t☐", "Yes\t☒", "Yes\t☒"]


def test_a_line_through_words_strikes_them_and_one_under_them_does_not():
    page = text(50, 700, "struck out") + line((48, 703.5), (100, 703.5))
    page += text(50, 650, "underlined") + line((48, 648.5), (100, 648.5))
    assert [p.struck for p in paragraphs(pdf(page))] == [True, False]


@each_case("turned", [0, 90, 180, 270])
@each_case("matrix", ["1 0 0 1", "0 1 -1 0", "-1 0 0 -1", "0 -1 1 0"])
def test_a_page_on_its_side_is_read_as_its_letters_stand(turned, matrix):
    page = f"BT /F 10 Tf {matrix} 300 400 Tm (Agency: Meadow) Tj 0 -20 Td (Child: N12/A) Tj ET\n"
    assert texts(pdf(page, page=f"/Rotate {turned}")) == ["Agency: Meadow", "Child: N12/A"]


def test_letters_that_a_font_draws_as_one_are_one_word():
    """Most fonts have a glyph for "fi"; it stands for two letters in one place."""
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap /CMapName /X def "
        "1 begincodespacerange <00> <FF> endcodespacerange "
        "1 beginbfchar <78> <00660069> endbfchar endcmap end"
    )
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    mapped = f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream"
    page = "BT /G 10 Tf 50 700 Td (Child Identixer) Tj ET"
    made = pdf(page, resources="/Font << /F 3 0 R /G 5 0 R >>", more=[font, mapped])
    assert texts(made) == ["Child Identifier"]


def test_what_stands_off_the_page_is_not_read():
    """Nobody who looks at the page sees it."""
    beyond = text(50, 900, "Signed: C One") + text(700, 700, "Date: 1/2/2010")
    assert texts(pdf(beyond + text(50, 700, "Name: C One"))) == ["Name: C One"]


def test_a_page_that_is_to_be_turned_is_read_as_it_is_looked_at():
    upright = text(50, 700, "Signed: C One") + text(50, 680, "Date: 1/2/2010")
    for turn in (0, 90, 180, 270):
        _, traits = read(pdf(upright, page=f"/Rotate {turn}"))
        assert texts(pdf(upright, page=f"/Rotate {turn}")) == ["Signed: C One", "Date: 1/2/2010"]
        assert traits.all_typed


PICTURE = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray {}>>{}"
PICTURE = PICTURE.format("/BitsPerComponent 8 /Length 1 ", "\nstream\nx\nendstream")


def test_words_under_a_picture_are_read_and_the_picture_is_seen():
    """As where a signature was pasted over the dots after its label, and half over the label."""
    drawn = text(50, 700, "Signed: ........") + "q 100 0 0 20 60 695 cm /I Do Q\n"
    (line,) = paragraphs(pdf(drawn, resources="/XObject << /I 5 0 R >>", more=[PICTURE]))
    assert (line.text, line.picture) == ("Signed: ........", True)


def test_a_page_whose_corner_is_not_at_nought_is_read():
    assert texts(pdf(text(150, 700, "Agency: Meadow"), box="100 100 500 800")) == ["Agency: Meadow"]


# What ink may be on it


def test_a_page_of_type_alone_is_all_typed():
    _, traits = read(pdf(text(50, 700, "Signed:")))
    assert (traits.on_paper, traits.all_typed, traits.may_hold_ink) == (True, True, False)


def test_words_behind_a_picture_of_the_page_are_not_all_there_is():
    """Scanners write the words they made out invisibly behind the picture."""
    blocks, traits = read(pdf("BT /F 10 Tf 3 Tr 50 700 Td (Signed:) Tj ET"))
    assert [p.text for p in blocks] == ["Signed:"]
    assert (traits.all_typed, traits.may_hold_ink) == (False, True)


NO_TABLE = "".join(
    text(50, y, said) + text(300, y, "Yes") + text(400, y, "No")
    for y, said in ((700, "Criteria"), (680, "One thing"), (660, "Another"))
)
SHAPES = "".join(curve(50 + 5 * n, 600, 4, 8) for n in range(101))
NAMELESS = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] >>",
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /FontDescriptor 7 0 R "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
    "<< /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [0 0 9 9] /ItalicAngle 0 "
    "/Ascent 9 /Descent 0 /CapHeight 9 /StemV 80 >>",
)


@pytest.mark.parametrize(
    "made",
    [
        {"content": NO_TABLE},
        {"content": text(50, 700, "Signed:") + SHAPES},
        {
            "content": "BT /G 10 Tf 50 700 Td <00410042> Tj ET",
            "resources": "/Font << /F 3 0 R /G 5 0 R >>",
            "more": NAMELESS,
        },
    ],
)
def test_what_was_hardly_read_whole_is_not_all_typed(made):
    """A table without lines, letters drawn as shapes, a font that names no letters: what is
    missing there may be ours to find."""
    _, traits = read(pdf(**made))
    assert not traits.all_typed


def test_a_blank_is_a_fault_where_all_is_typed_and_a_question_where_ink_may_be():
    form = as_pdf(with_cell(make_qa_form(), 2, 2, "", table=BLANKS))
    assert "role-missing" in rules(judged(form))
    assert rules(judged(with_logo(form))) == ["handwriting", "signed-scan"]


# Signatures, dangers, refusals


@pytest.mark.parametrize(("value", "signed"), [("", False), ("/V 6 0 R", True)])
def test_a_signature_counts_once_it_is_in_its_field(value, signed):
    signature = (
        "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached "
        "/Contents <3082> /ByteRange [0 10 20 30] >>"
    )
    field = widget("signature", "Sig", "120 695 300 712", value)
    _, traits = read(pdf(text(50, 700, "Signed"), [field], fields="5 0 R", more=[signature]))
    assert traits.digital_signature is signed


EMBEDDED = (
    "<< /Type /Filespec /F (a.exe) /EF << /F 6 0 R >> >>",
    "<< /Type /EmbeddedFile /Length 3 >>\nstream\nabc\nendstream",
)


@pytest.mark.parametrize(
    ("made", "dangers"),
    [
        (
            {"catalog": "/Names << /EmbeddedFiles << /Names [(a) 5 0 R] >> >>", "more": EMBEDDED},
            ["embedded-object"],
        ),
        (
            {"annotations": ["<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] >>"]},
            ["embedded-object"],
        ),
        (
            {
                "annotations": [
                    "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] "
                    "/A << /S /Launch /F (calc.exe) >> >>"
                ]
            },
            ["dde-field"],
        ),
        (
            {
                "annotations": [
                    "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] "
                    "/A << /S /URI /URI (https://board.example) >> >>"
                ]
            },
            [],
        ),
        ({"catalog": "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"}, []),
    ],
)
def test_dangers_are_marked_and_what_is_common_and_harmless_is_not(made, dangers):
    """Failure mode 50, for PDFs."""
    _, traits = read(pdf(text(50, 700, "x"), **made))
    assert traits.dangers == dangers


LOCKED = "/Encrypt << /Filter /{} /V 1 /R 2 /P -4 /O <{}> /U <{}> >> /ID [<00> <00>]"


@pytest.mark.parametrize("handler", ["Standard", "Adobe.APS"])
def test_a_protected_pdf_is_told_as_one(handler):
    """Failure mode 53, for PDFs."""
    with pytest.raises(ProtectedFile):
        read(pdf(text(50, 700, "x"), trailer=LOCKED.format(handler, "11" * 32, "22" * 32)))


def test_a_form_that_only_adobe_shows_is_told_as_one():
    form = "/NeedsRendering true /AcroForm << /Fields [] /XFA [(template) 5 0 R] >>"
    with pytest.raises(AdobeOnlyForm):
        read(pdf(catalog=form, more=["<< /Length 3 >>\nstream\n<a>\nendstream"]))


WHOLE = pdf(text(50, 700, "x"), pages=3)


@pytest.mark.parametrize(
    "data", [WHOLE[: len(WHOLE) // 2], WHOLE[:-250], b"%PDF-1.7\n", b"%PDF-1.7\n" + b"junk " * 99]
)
def test_a_pdf_cut_short_is_damaged(data):
    with pytest.raises(DamagedFile):
        read(data)


@pytest.mark.parametrize(
    "made",
    [
        {"pages": 201},
        {"content": "0 0 m 9 9 l S\n" * 60_000},
        {"annotations": ["<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] >>"] * 5_001},
    ],
)
def test_what_is_bigger_than_any_return_is_told_as_that(made):
    """Failure mode 48, for PDFs."""
    with pytest.raises(FileTooBig):
        read(pdf(**made))


def test_more_characters_than_any_return_has_are_too_many(monkeypatch):
    monkeypatch.setattr(pdf_file, "MAX_CHARACTERS", 100)
    assert len(read(pdf(text(50, 700, "a word or two"), pages=7))[0]) == 7
    with pytest.raises(FileTooBig):
        read(pdf(text(50, 700, "a word or two"), pages=8))


def test_pages_that_are_pictures_are_not_passed_over(monkeypatch):
    """Without a reader of pictures this is said, and never taken for an empty form."""
    monkeypatch.setattr(ocr, "_loaded", lambda: None)
    with pytest.raises(OcrNotInstalled):
        read(scanned(pdf(text(50, 700, "Signed:"))))
