"""Scans: pictures of the forms, made out by machine."""

from __future__ import annotations

import pytest

from handlers.readers.pdf import ocr
from handlers.readers.pdf.ocr import open_picture
from handlers.readers.pdf.pdf_file import OcrNotInstalled
from handlers.readers.word.errors import DamagedFile
from tests.builders import signed_with_picture, through_libreoffice
from tests.handlers.readers.pdf.pdfs import grey_pages, png, scanned, tiff
from tests.handlers.readers.pdf.reading import judged, needs_ocr, read, rules
from tests.papers.qa_paper import make_qa_form
from tests.papers.statement_paper import make_statement


def as_pdf(docx: bytes) -> bytes:
    return through_libreoffice(docx, "pdf")


def test_without_the_extra_a_picture_is_a_question_that_says_so(monkeypatch):
    monkeypatch.setattr(ocr, "_loaded", lambda: None)
    with pytest.raises(OcrNotInstalled):
        open_picture(png(3, 2, [bytes(3)] * 2))


def test_a_picture_of_a_statement_is_read_and_only_its_signature_asked_about():
    needs_ocr()
    (page,) = grey_pages(as_pdf(make_statement()))
    judgement = judged(png(*page))
    assert (judgement.kind, judgement.verdict) == ("evaluation_statement", "refer")
    assert rules(judgement) == ["signed-image"]
    assert judgement.clues.dated is not None


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_form_scanned_to_a_tiff_of_two_pages_is_one_form(order):
    needs_ocr()
    judgement = judged(tiff(grey_pages(as_pdf(make_qa_form())), order))
    assert judgement.kind == "qa_form"
    assert rules(judgement) == ["handwriting", "signed-scan"]


def test_a_pdf_that_is_pictures_of_its_pages_is_read_as_pictures():
    needs_ocr()
    data = scanned(as_pdf(make_statement()))
    _, traits = read(data)
    assert (traits.made_out, traits.all_typed, traits.may_hold_ink) == (True, False, True)
    assert rules(judged(data)) == ["signed-image"]


def test_a_signature_by_hand_is_for_a_person_to_look_at():
    needs_ocr()
    (page,) = grey_pages(as_pdf(signed_with_picture(make_statement())))
    judgement = judged(png(*page))
    assert judgement.verdict == "refer"
    assert "signed-missing" not in rules(judgement)


def test_a_picture_that_cannot_be_decoded_is_damaged():
    needs_ocr()
    (page,) = grey_pages(as_pdf(make_statement()))
    whole = png(*page)
    with pytest.raises(DamagedFile):
        read(whole[:60])


def test_an_empty_page_has_nothing_on_it():
    needs_ocr()
    assert read(png(800, 1100, [b"\xff" * 800] * 1100))[0] == []
